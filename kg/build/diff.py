"""What one graph says that another does not, in claims and in facts, not in triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.store import Store
from kg.store.sources import local_graph

Kind = Literal["claim", "fact"]
Key = tuple[str, ...]

_FACTS = """
SELECT ?label ?subject ?predicate ?object ?status {
  ?fact a kg:Relation ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    rdfs:label ?label ; kg:status ?status .
  FILTER (?predicate != kg:claimed)
}"""
_CLAIMS = """
SELECT ?label ?type ?report ?sentence ?value {
  ?claim kg:trigger ?trigger ; kg:specificType ?type ; rdfs:label ?label ; kg:inDocument ?document ;
    kg:evidence/kg:text ?sentence ; kg:factuality/skos:notation ?value .
  ?document dcterms:identifier ?report .
}"""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A claim or fact that only one graph has, or that stands differently in the two.

    `before` and `after` are the status of a fact or the FactBank value of a claim, `None` where it
    is not there. `report` and `sentence` say where a claim stands; a fact has neither.
    """

    kind: Kind
    label: str
    report: str
    sentence: str
    before: str | None
    after: str | None


def diff(old: Path, new: Path) -> tuple[Difference, ...]:
    """The differences between two output folders, stores or RDF files, sorted.

    A fact is told by its ends and its edge, a claim by its report, sentence, type and label, so
    that text that moves within a report does not count. Raises `InputError`.
    """
    before, after = local_graph([old]), local_graph([new])
    found = [*_compared("fact", _facts, before, after), *_compared("claim", _claims, before, after)]
    return tuple(sorted(found, key=lambda each: (each.kind == "claim", _shown(each))))


def _shown(each: Difference) -> tuple[str, ...]:
    return each.report, each.label, each.sentence, each.before or "", each.after or ""


def _compared(
    kind: Kind,
    read: Callable[[Store], Iterator[tuple[Key, tuple[str, str, str], str]]],
    before: Store,
    after: Store,
) -> Iterator[Difference]:
    old, new = _standing(read(before)), _standing(read(after))
    for key in old.keys() | new.keys():
        about, gone = old.get(key, (None, Counter()))
        also, come = new.get(key, (None, Counter()))
        label, report, sentence = about or also or ("", "", "")
        left, right = sorted((gone - come).elements()), sorted((come - gone).elements())
        for index in range(max(len(left), len(right))):
            yield Difference(
                kind,
                label,
                report,
                sentence,
                left[index] if index < len(left) else None,
                right[index] if index < len(right) else None,
            )


def _standing(
    rows: Iterator[tuple[Key, tuple[str, str, str], str]],
) -> dict[Key, tuple[tuple[str, str, str], Counter[str]]]:
    found: dict[Key, tuple[tuple[str, str, str], Counter[str]]] = {}
    for key, about, value in rows:
        found.setdefault(key, (about, Counter()))[1][value] += 1
    return found


def _facts(graph: Store) -> Iterator[tuple[Key, tuple[str, str, str], str]]:
    for row in graph.query(_FACTS).rows:
        label, *key, status = map(str, row)
        yield tuple(key), (label, "", ""), status


def _claims(graph: Store) -> Iterator[tuple[Key, tuple[str, str, str], str]]:
    for row in graph.query(_CLAIMS).rows:
        label, kind, report, sentence, value = map(str, row)
        yield (label, kind, report, sentence), (label, report, sentence), value
