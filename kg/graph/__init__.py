"""From readings to one graph: plain edges, RDF dataset, validation, network."""

from kg.graph.assertion import derive_statements
from kg.graph.dataset import quads
from kg.graph.network import network
from kg.graph.ontology import ontology_quads
from kg.graph.shacl import Finding, validate, validate_file

__all__ = [
    "Finding",
    "derive_statements",
    "network",
    "ontology_quads",
    "quads",
    "validate",
    "validate_file",
]
