"""From a fact back to the words it stands on, out of `graph.ttl` and `claims.jsonl`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import InputError
from kg.store import Answer, Store
from kg.store.identity import Identity, identity, is_known, local_name
from kg.vocab import DATA, NAMESPACE

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FACTS = """
SELECT ?fact ?subject ?predicate ?object ?status ?sources ?documents WHERE {
  ?fact a kg:Relation ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    kg:status ?status ; kg:sourceCount ?sources ; kg:documentCount ?documents .
} ORDER BY ?fact"""
_BEHIND = """
SELECT ?fact ?side ?claim WHERE {
  VALUES ?side { kg:supportedBy kg:opposedBy } ?fact ?side ?claim
} ORDER BY ?fact ?claim"""
_CONTRADICTIONS = "SELECT ?one ?other WHERE { ?one kg:contradicts ?other } ORDER BY ?one ?other"
_NAMES = "SELECT ?node ?name WHERE { ?node rdfs:label|skos:altLabel ?name } ORDER BY ?node ?name"
_LABELS = "SELECT ?node (MIN(?name) AS ?label) WHERE { ?node rdfs:label ?name } GROUP BY ?node"
_LINKS = "SELECT ?node ?link WHERE { ?node skos:exactMatch ?link } ORDER BY ?node ?link"


class Words(msgspec.Struct, frozen=True):
    """A piece of a report, at half-open code point offsets into its text."""

    text: str
    start: int
    end: int


class Role(Words, frozen=True):
    """What fills a role; `entity` and `event` are local names."""

    role: str
    entity: str | None = None
    label: str | None = None
    event: str | None = None
    spatial: str | None = None
    marker: str | None = None


class Predicate(msgspec.Struct, frozen=True):
    """What an open claim says of its arguments."""

    lemma: str
    text: str


class Step(msgspec.Struct, frozen=True):
    """One step from the event to who says so."""

    kind: str
    sources: tuple[str, ...]
    via: tuple[str, ...]
    medium: tuple[str, ...]
    basis: tuple[str, ...]
    cue: str | None


class Firmness(msgspec.Struct, frozen=True):
    """How firmly; `value` is the FactBank value."""

    value: str
    tense: str
    modality: str
    operators: tuple[str, ...]


class Number(msgspec.Struct, frozen=True):
    """A number as reported."""

    text: str
    comparator: str


class When(msgspec.Struct, frozen=True):
    """A time as reported, as EDTF if it could be placed, and how long it lasts if it says so."""

    text: str
    edtf: str | None
    duration: str | None


class Sentence(Words, frozen=True):
    """The sentence of a claim; `index` counts from 0."""

    index: int


class Report(msgspec.Struct, frozen=True):
    """The report of a claim."""

    uri: str
    published: str | None


class Claim(msgspec.Struct, frozen=True):
    """A line of `claims.jsonl`, as far as an explanation needs it."""

    id: str
    type: str
    label: str
    sentence: Sentence
    trigger: Words
    roles: tuple[Role, ...]
    attributions: tuple[Step, ...]
    factuality: Firmness
    quantities: tuple[Number, ...]
    time: When | None
    document: Report
    rule: str
    confidence: float
    predicate: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A plain edge of the graph by local names, with its standing and the claims behind it."""

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    sources: int
    documents: int
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact with the claims for and against it; a claim that bears on no fact stands alone."""

    fact: Fact | None
    supporting: tuple[Claim, ...]
    opposing: tuple[Claim, ...] = ()


class Explainer:
    """The output of one build, ready to be asked."""

    def __init__(self, output: Path) -> None:
        """Reads `graph.ttl` and `claims.jsonl` of the folder. Raises `InputError`."""
        store = self._store = Store.of_files(output / "graph.ttl")
        self._claims = {claim.id: claim for claim in _claims(output / "claims.jsonl")}
        self._names = _grouped(store.query(_NAMES))
        self._labels = {name: label for name, (label,) in _grouped(store.query(_LABELS)).items()}
        self._links = _grouped(store.query(_LINKS))
        self._facts = tuple(_facts(store))
        self._rivals = _grouped(store.query(_CONTRADICTIONS))

    def label(self, name: str) -> str:
        """The label of an entity or event, its local name if it has none."""
        return self._labels.get(name, name)

    def links(self, name: str) -> Sequence[str]:
        """The IRIs that other data sets have for an entity."""
        return self._links.get(name, ())

    def rivals(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims that contradict a claim."""
        return tuple(self._claims[name] for name in self._rivals.get(claim.id, ()))

    def identity(self, wanted: str) -> Identity | None:
        """What makes an entity one thing, by its IRI or local name; None if it is no entity."""
        name = local_name(wanted)
        return identity(self._store, name) if is_known(self._store, name) else None

    def explain(self, wanted: str) -> tuple[Explanation, ...]:
        """What stands behind `wanted`, the firmest fact first; empty when nothing matches.

        `wanted` is the IRI or local name of a fact, an entity or a claim, or words that all occur
        in the names of a fact's ends and its predicate. What matches no fact is looked for among
        the claims.
        """
        name = local_name(wanted)
        words = wanted.casefold().split()
        if name in self._claims:
            return (Explanation(None, (self._claims[name],)),)
        facts = [fact for fact in self._facts if name in (fact.id, fact.subject, fact.object)]
        facts = facts or [fact for fact in self._facts if _covers(self._words(fact), words)]
        if facts:
            facts.sort(key=lambda fact: (fact.status != "asserted", -len(fact.supporting)))
            return tuple(map(self._explained, facts))
        return tuple(
            Explanation(None, (claim,))
            for claim in self._claims.values()
            if any(role.entity == name for role in claim.roles) or _covers(_spoken(claim), words)
        )

    def _explained(self, fact: Fact) -> Explanation:
        return Explanation(
            fact,
            tuple(self._claims[name] for name in fact.supporting),
            tuple(self._claims[name] for name in fact.opposing),
        )

    def _words(self, fact: Fact) -> str:
        ends = (fact.subject, fact.object)
        names = [name for end in ends for name in (end, *self._names.get(end, ()))]
        return " ".join([*names, fact.predicate, _CAMEL.sub(" ", fact.predicate)]).casefold()


def _claims(path: Path) -> Iterator[Claim]:
    decoder = msgspec.json.Decoder(Claim)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InputError(f"not a claim: {error}", f"{path}:{number}") from error


def _facts(store: Store) -> Iterator[Fact]:
    behind: dict[tuple[str, str], list[str]] = {}
    for fact, side, claim in _rows(store.query(_BEHIND)):
        behind.setdefault((fact, side), []).append(claim)
    for fact, subject, predicate, object_, status, sources, documents in _rows(store.query(_FACTS)):
        yield Fact(
            fact, subject, predicate, object_, status, int(sources), int(documents),
            tuple(behind.get((fact, "supportedBy"), ())),
            tuple(behind.get((fact, "opposedBy"), ())),
        )  # fmt: skip


def _rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    """The rows as text, IRIs of the product by their local names."""
    for row in answer.rows:
        yield tuple(
            value.text.removeprefix(DATA).removeprefix(NAMESPACE) if value else "" for value in row
        )


def _grouped(answer: Answer) -> Mapping[str, Sequence[str]]:
    groups: dict[str, list[str]] = {}
    for node, value in _rows(answer):
        groups.setdefault(node, []).append(value)
    return groups


def _covers(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _spoken(claim: Claim) -> str:
    words = [claim.sentence.text, claim.label, claim.type, _CAMEL.sub(" ", claim.type)]
    return " ".join(words).casefold()
