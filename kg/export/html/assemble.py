"""Readings and statements in, the page's view out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from kg import __version__
from kg.export.html.display import visible, words
from kg.export.html.evidence import EvidenceTable
from kg.export.html.view import Fact, Link, Node, Report, Saying, View
from kg.model import Document, Entity, Reading, Statement
from kg.vocab import CLASSES, SYMMETRIC, superclasses

# The one relation whose object is an event; it shows who speaks and is no line between entities.
SAYING = "claimed"

# The family of a class is that of its nearest ancestor here.
_FAMILIES = {
    "Country": "state",
    "GroupOfStates": "state",
    "Place": "place",
    "ArmedGroup": "force",
    "MilitaryOrganization": "force",
    "Organization": "organisation",
    "Person": "person",
    "PersonGroup": "person",
    "Role": "person",
    "Materiel": "materiel",
    "Resource": "materiel",
}
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def assemble(readings: Sequence[Reading], statements: Sequence[Statement], title: str) -> View:
    """Build the view of `statements`, explained by the claims of `readings`.

    The order of either sequence does not matter. Raises `KeyError` if a statement names a claim
    that no reading holds.
    """
    ordered = sorted({r.document.id: r for r in readings}.values(), key=lambda r: r.document.id)
    triples = sorted(statements, key=lambda s: (s.subject, s.predicate, s.object, s.status))
    related = [s for s in triples if s.predicate != SAYING]
    said = [s for s in triples if s.predicate == SAYING]
    shown, nodes = _nodes(_entities(ordered), related, said)
    index = {key: position for position, key in enumerate(shown)}
    table = EvidenceTable(ordered, index)
    facts = tuple(_fact(statement, index, table) for statement in related)
    sayings = tuple(Saying(index[s.subject], table.index(s.object)) for s in said)
    return View(
        title=visible(title),
        nodes=nodes,
        facts=facts,
        sayings=sayings,
        evidence=tuple(table.evidence),
        passages=tuple(table.passages),
        reports=tuple(_report(reading.document) for reading in ordered),
        sources=tuple(table.sources),
        extractor=f"Claimgraph {__version__}",
        engines=tuple(sorted({visible(reading.engine) for reading in ordered})),
    )


def _entities(readings: Iterable[Reading]) -> dict[str, list[Entity]]:
    """Every description of each entity, by id, in the order of the readings."""
    entities: dict[str, list[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            entities.setdefault(entity.id, []).append(entity)
    return entities


def _nodes(
    entities: dict[str, list[Entity]], facts: Sequence[Statement], sayings: Sequence[Statement]
) -> tuple[list[str], tuple[Node, ...]]:
    """The ids of the entities to show, and their records, in the same order."""
    degree = Counter(end for fact in facts for end in {fact.subject, fact.object})
    shown = sorted(degree.keys() | {said.subject for said in sayings})
    records = (_node(key, entities.get(key) or [_unknown(key)], degree[key]) for key in shown)
    return shown, tuple(records)


def _unknown(key: str) -> Entity:
    """An entity that a statement names and no reading describes is shown by its own name."""
    return Entity(id=key, type="Entity", label=key.replace("_", " "))


def _node(key: str, descriptions: Sequence[Entity], degree: int) -> Node:
    entity = descriptions[0]
    names = {visible(n) for e in descriptions for n in (e.label, *e.aliases)}
    label = visible(entity.label)
    return Node(
        id=visible(key),
        label=label,
        type=words(entity.type),
        family=_family(entity.type),
        aliases=tuple(sorted(names - {label})),
        links=tuple(_links(entity)),
        degree=degree,
        anonymous=entity.anonymous,
    )


def _family(name: str) -> str:
    lineage = (name, *superclasses(name)) if name in CLASSES else ()
    return next((_FAMILIES[cls] for cls in lineage if cls in _FAMILIES), "other")


def _links(entity: Entity) -> Iterable[Link]:
    if entity.wikidata and _WIKIDATA.fullmatch(entity.wikidata):
        yield Link("Wikidata", f"https://www.wikidata.org/wiki/{entity.wikidata}")
    if entity.geonames:
        yield Link("GeoNames", f"https://www.geonames.org/{entity.geonames}")


def _report(document: Document) -> Report:
    return Report(
        title=visible(document.title),
        uri=visible(document.uri),
        publisher=visible(document.publisher) if document.publisher else None,
        date=_day(document.published),
    )


def _fact(statement: Statement, index: dict[str, int], table: EvidenceTable) -> Fact:
    return Fact(
        subject=index[statement.subject],
        relation=words(statement.predicate),
        object=index[statement.object],
        mutual=statement.predicate in SYMMETRIC,
        status=statement.status,
        support=table.indices(statement.supported_by),
        opposition=table.indices(statement.opposed_by),
        first_reported=_day(statement.first_reported),
        last_reported=_day(statement.last_reported),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
