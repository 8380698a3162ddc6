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
from kg.model import Entity, Reading, Statement
from kg.vocab import CLASSES, SAYING, SYMMETRIC, superclasses

WHOLE_TEXT = 1_500_000
"""Characters of all reports up to which the page carries their whole text and every claim.

Beyond, it carries the claims that a fact rests on or that somebody is said to have made, with their
sentences; ten thousand reports would make a page that no browser opens in a second.
"""


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

    The order of either sequence does not matter. Raises `KeyError` if a claim that supports or
    opposes a statement is in no reading.
    """
    ordered = sorted({r.document.id: r for r in readings}.values(), key=lambda r: r.document.id)
    whole = sum(len(reading.document.text) for reading in ordered) <= WHOLE_TEXT
    triples = sorted(statements, key=lambda s: (s.subject, s.predicate, s.object, s.status))
    related = [s for s in triples if s.predicate != SAYING]
    said = [s for s in triples if s.predicate == SAYING]
    shown, nodes = _nodes(_entities(ordered), related, said, _located(ordered) if whole else set())
    backing = {claim for s in triples for claim in (*s.supported_by, *s.opposed_by, s.object)}
    table = EvidenceTable(ordered, nodes, shown, None if whole else backing)
    index = {key: position for position, key in enumerate(shown)}
    facts = tuple(_fact(statement, index, table) for statement in related)
    sayings = tuple(
        Saying(index[s.subject], table.index(s.object)) for s in said if s.object in table
    )
    return View(
        title=visible(title),
        whole=whole,
        nodes=nodes,
        facts=facts,
        sayings=sayings,
        evidence=tuple(table.evidence),
        open_claims=tuple(table.open_claims),
        passages=tuple(table.passages),
        reports=tuple(_report(reading) for reading in ordered),
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


def _located(readings: Iterable[Reading]) -> set[str]:
    """The entities with a position that take part in a claim: the map shows them, fact or not."""
    located = set()
    for reading in readings:
        placed = {entity.id for entity in reading.entities if entity.lat and entity.lon}
        located |= placed & {a.filler.entity for claim in reading.claims for a in claim.arguments}
    return located


def _nodes(
    entities: dict[str, list[Entity]],
    facts: Sequence[Statement],
    sayings: Sequence[Statement],
    located: set[str],
) -> tuple[list[str], tuple[Node, ...]]:
    """The ids of the entities to show, and their records, in the same order."""
    degree = Counter(end for fact in facts for end in {fact.subject, fact.object})
    shown = sorted(degree.keys() | {said.subject for said in sayings} | located)
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
        lat=_degrees(entity.lat, entity.lon, 0),
        lon=_degrees(entity.lat, entity.lon, 1),
    )


def _degrees(lat: str | None, lon: str | None, which: int) -> float | None:
    """Latitude (0) or longitude (1); a thousandth of a degree is a hundred metres."""
    return round(float((lat, lon)[which]), 3) if lat and lon else None


def _family(name: str) -> str:
    lineage = (name, *superclasses(name)) if name in CLASSES else ()
    return next((_FAMILIES[cls] for cls in lineage if cls in _FAMILIES), "other")


def _links(entity: Entity) -> Iterable[Link]:
    if entity.wikidata and _WIKIDATA.fullmatch(entity.wikidata):
        yield Link("Wikidata", f"https://www.wikidata.org/wiki/{entity.wikidata}")
    if entity.geonames:
        yield Link("GeoNames", f"https://www.geonames.org/{entity.geonames}")


def _report(reading: Reading) -> Report:
    document = reading.document
    audit = Counter(item.status for item in reading.audit)
    return Report(
        title=visible(document.title),
        uri=visible(document.uri),
        publisher=visible(document.publisher) if document.publisher else None,
        date=_day(document.published),
        extracted=audit["extracted"],
        partly=audit["partly"],
        unread=audit["not"],
    )


def _fact(statement: Statement, index: dict[str, int], table: EvidenceTable) -> Fact:
    return Fact(
        subject=index[statement.subject],
        predicate=statement.predicate,
        relation=words(statement.predicate),
        object=index[statement.object],
        mutual=statement.predicate in SYMMETRIC,
        status=statement.status,
        support=table.indices(statement.supported_by),
        opposition=table.indices(statement.opposed_by),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
