"""The whole knowledge graph as quads, a named graph for each origin of knowledge.

Each document has the graph that bears its own IRI: drop one, load one, and the rest still holds.
`graph_kb` says what the shipped tables know of linked entities; `graph_derived` holds the plain
edges with a node for each, and is a pure function of the document graphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg import __version__, rdf, vocab
from kg.description import described
from kg.graph.contradictions import Pair, contradictions
from kg.graph.names import Names, Triple, document_name, kg, known, typed
from kg.graph.reports import entity_triples, event_labels, is_scoped, reading_triples
from kg.model import Entity, Reading, Statement
from kg.rdf import IRI, Quad

KB, DERIVED = "graph_kb", "graph_derived"
"""Local names of the two graphs that are no document's."""

DEFAULT_NAMES = Names()

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOTATIONS = {
    "CTplus": "CT+", "PRplus": "PR+", "PSplus": "PS+", "CTminus": "CT-", "PRminus": "PR-",
    "PSminus": "PS-", "CTu": "CTu", "Uu": "Uu",
}  # fmt: skip


def quads(
    readings: Sequence[Reading],
    statements: Iterable[Statement],
    *,
    base: str = vocab.DATA,
    version: str = __version__,
    supertypes: bool = True,
) -> Iterator[Quad]:
    """The dataset of `readings` and the `statements` derived from them, in no particular order.

    `base` is the namespace of the data, `version` that of the extractor. With `supertypes` every
    node carries all classes above its own (marked by `kg:specificType`) and every asserted edge
    its super-edges, so that a query needs neither the ontology nor an inference engine. A quad can
    come more than once. Raises `ValueError` for an id that makes no IRI.
    """
    names = Names(base)
    for reading in readings:
        yield from document_quads(reading, names, version, supertypes)
    known_to_all: dict[str, set[Entity]] = {}
    for entity in (entity for reading in readings for entity in linked_entities(reading)):
        known_to_all.setdefault(entity.id, set()).add(entity)
    for records in known_to_all.values():
        yield from entity_quads(records, names, supertypes)
    yield from constant_quads(names)
    derived = tuple(statements)
    yield from edge_quads(derived, _labels(readings), names, supertypes)
    yield from contradiction_quads(contradictions(readings, derived), names)


def document_quads(
    reading: Reading,
    names: Names = DEFAULT_NAMES,
    version: str = __version__,
    supertypes: bool = True,
) -> Iterator[Quad]:
    """The named graph of one document."""
    graph = names.document(reading.document)
    labels = event_labels(reading)
    return _in(graph, reading_triples(reading, labels, names, version, supertypes))


def document_triples(reading: Reading, labels: Mapping[str, str]) -> Iterator[Triple]:
    """What stands in the named graph of one document, as `document_quads` gives it by default.

    `labels` are the `event_labels` of the reading.
    """
    return reading_triples(reading, labels, DEFAULT_NAMES, __version__, supertypes=True)


def linked_entities(reading: Reading) -> Iterator[Entity]:
    """The entities that more than one report may name: what a reading adds to `graph_kb`."""
    return (entity for entity in reading.entities if not is_scoped(entity))


def entity_quads(
    records: Iterable[Entity], names: Names = DEFAULT_NAMES, supertypes: bool = True
) -> Iterator[Quad]:
    """What `graph_kb` says of one entity, which the reports describe by at least one record."""
    yield from _in(names.node(KB), entity_triples(described(records), names, supertypes))


def constant_quads(names: Names = DEFAULT_NAMES) -> Iterator[Quad]:
    """What `graph_derived` says whatever the reports are."""
    graph = names.node(DERIVED)
    yield Quad(graph, known("dcterms:conformsTo"), IRI(f"{vocab.ONTOLOGY}/{vocab.VERSION}"), graph)
    for name, notation in _NOTATIONS.items():
        yield Quad(kg(name), known("skos:notation"), rdf.text(notation), graph)


def edge_quads(
    statements: Sequence[Statement],
    labels: Mapping[str, str],
    names: Names = DEFAULT_NAMES,
    supertypes: bool = True,
) -> Iterator[Quad]:
    """What `graph_derived` says of the given statements.

    They can be written part by part, if all statements of one subject about one object are in the
    same part. `labels` names the entities and events at their ends.
    """
    return _in(names.node(DERIVED), _edges(statements, labels, names, supertypes))


def copy_quads(copy: str, original: str, names: Names = DEFAULT_NAMES) -> Iterator[Quad]:
    """That one document (by `Document.id`) repeats another, as `graph_derived` has it."""
    nodes = (names.node(document_name(document)) for document in (copy, original))
    yield Quad(next(nodes), known("dcterms:isVersionOf"), next(nodes), names.node(DERIVED))


def contradiction_quads(pairs: Iterable[Pair], names: Names = DEFAULT_NAMES) -> Iterator[Quad]:
    """Which claims `graph_derived` says cannot both be true.

    Both directions, since a store without inference does not know that it is symmetric.
    """
    for pair in pairs:
        one, other = map(names.node, pair)
        yield Quad(one, kg("contradicts"), other, names.node(DERIVED))
        yield Quad(other, kg("contradicts"), one, names.node(DERIVED))


def node_labels(reading: Reading, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each entity and event of a reading with its label; `labels` are those of the events."""
    yield from ((entity.id, entity.label) for entity in reading.entities)
    yield from labels.items()


def _in(graph: IRI, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(*triple, graph)


def _edges(
    statements: Sequence[Statement], labels: Mapping[str, str], names: Names, supertypes: bool
) -> Iterator[Triple]:
    status = {(each.subject, each.predicate, each.object): each.status for each in statements}
    for statement in statements:
        yield from _relation(statement, names, labels)
        if statement.status != "asserted":
            continue
        subject, object_ = names.node(statement.subject), names.node(statement.object)
        yield subject, kg(statement.predicate), object_
        for edge in vocab.super_edges(statement.predicate) if supertypes else ():
            # A super-edge that is itself disputed must not come in by the back door.
            if status.get((statement.subject, edge, statement.object), "asserted") == "asserted":
                yield subject, kg(edge), object_


def _labels(readings: Iterable[Reading]) -> dict[str, str]:
    """A label for every entity and event; of rival labels the first in the alphabet."""
    labels: dict[str, str] = {}
    for reading in readings:
        for name, label in node_labels(reading, event_labels(reading)):
            labels[name] = min(label, labels.get(name, label))
    return labels


def _relation(statement: Statement, names: Names, labels: Mapping[str, str]) -> Iterator[Triple]:
    node = names.statement(statement)
    subject, object_ = statement.subject, statement.object
    words = _CAMEL.sub(" ", statement.predicate).lower()
    label = f"{labels.get(subject, subject)} {words} {labels.get(object_, object_)}"
    yield from typed(node, "Relation", supertypes=False)
    yield node, known("rdf:type"), known("rdf:Statement")
    yield node, known("rdfs:label"), rdf.text(label, "en")
    yield node, known("rdf:subject"), names.node(subject)
    yield node, known("rdf:predicate"), kg(statement.predicate)
    yield node, known("rdf:object"), names.node(object_)
    yield node, kg("status"), rdf.text(statement.status)
    yield node, kg("sourceCount"), rdf.number(statement.source_count)
    yield node, kg("documentCount"), rdf.number(statement.document_count)
    if statement.first_reported is not None:
        yield node, kg("firstReported"), rdf.day(statement.first_reported)
    if statement.last_reported is not None:
        yield node, kg("lastReported"), rdf.day(statement.last_reported)
    for claim in statement.supported_by:
        yield node, kg("supportedBy"), names.node(claim)
    for claim in statement.opposed_by:
        yield node, kg("opposedBy"), names.node(claim)
