"""The whole knowledge graph as quads, a named graph for each origin of knowledge.

Each document has the graph that bears its own IRI: drop one, load one, and the rest still holds.
`graph_kb` says what the shipped tables know of linked entities; `graph_derived` holds the plain
edges with a node for each, and is a pure function of the document graphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg import __version__, rdf, vocab
from kg.description import described
from kg.graph.contradictions import contradictions
from kg.graph.names import Names, Triple, kg, known, typed
from kg.graph.reports import entity_triples, event_labels, is_scoped, reading_triples
from kg.model import Entity, Reading, Statement
from kg.rdf import IRI, Quad

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
        graph = names.document(reading.document)
        yield from _in(graph, reading_triples(reading, names, version, supertypes))
    kb = names.node("graph_kb")
    for entity in _linked(readings):
        yield from _in(kb, entity_triples(entity, names, supertypes))
    derived = names.node("graph_derived")
    yield from _in(derived, _derived(derived, readings, tuple(statements), names, supertypes))


def _in(graph: IRI, triples: Iterable[Triple]) -> Iterator[Quad]:
    for triple in triples:
        yield Quad(*triple, graph)


def _linked(readings: Iterable[Reading]) -> Iterator[Entity]:
    """The entities that more than one report may name, once each."""
    found: dict[str, set[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            if not is_scoped(entity):
                found.setdefault(entity.id, set()).add(entity)
    return map(described, found.values())


def _derived(
    graph: IRI,
    readings: Sequence[Reading],
    statements: Sequence[Statement],
    names: Names,
    supertypes: bool,
) -> Iterator[Triple]:
    yield graph, known("dcterms:conformsTo"), IRI(f"{vocab.ONTOLOGY}/{vocab.VERSION}")
    for name, notation in _NOTATIONS.items():
        yield kg(name), known("skos:notation"), rdf.text(notation)
    status = {(each.subject, each.predicate, each.object): each.status for each in statements}
    labels = _labels(readings)
    yield from _contradicted(readings, statements, names)
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


def _contradicted(
    readings: Sequence[Reading], statements: Sequence[Statement], names: Names
) -> Iterator[Triple]:
    """Both directions, since a store without inference does not know that it is symmetric."""
    for one, other in contradictions(readings, statements):
        yield names.node(one), kg("contradicts"), names.node(other)
        yield names.node(other), kg("contradicts"), names.node(one)


def _labels(readings: Iterable[Reading]) -> dict[str, str]:
    """A label for every entity and event; of rival labels the first in the alphabet."""
    labels: dict[str, str] = {}
    for reading in readings:
        pairs = [(entity.id, entity.label) for entity in reading.entities]
        for name, label in (*pairs, *event_labels(reading).items()):
            labels[name] = min(label, labels.get(name, label))
    return labels


def _relation(statement: Statement, names: Names, labels: dict[str, str]) -> Iterator[Triple]:
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
