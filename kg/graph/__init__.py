"""From readings to one graph: plain edges, RDF dataset, validation, network."""

from kg.graph.assertion import derive_statements, find_evidence, statement_of
from kg.graph.contradictions import rivals, stances, told_edges
from kg.graph.dataset import (
    DERIVED,
    KB,
    constant_quads,
    contradiction_quads,
    copy_quads,
    document_quads,
    document_triples,
    edge_quads,
    entity_quads,
    linked_entities,
    node_labels,
    quads,
)
from kg.graph.network import network
from kg.graph.ontology import ontology_quads
from kg.graph.reports import event_labels, idle_entities
from kg.graph.shacl import Finding, validate, validate_file
from kg.graph.syndication import signature

__all__ = [
    "DERIVED",
    "KB",
    "Finding",
    "constant_quads",
    "contradiction_quads",
    "copy_quads",
    "derive_statements",
    "document_quads",
    "document_triples",
    "edge_quads",
    "entity_quads",
    "event_labels",
    "find_evidence",
    "idle_entities",
    "linked_entities",
    "network",
    "node_labels",
    "ontology_quads",
    "quads",
    "rivals",
    "signature",
    "stances",
    "statement_of",
    "told_edges",
    "validate",
    "validate_file",
]
