"""From readings to one graph: plain edges, RDF dataset, validation, network."""

from kg.graph.assertion import derive_statements
from kg.graph.dataset import quads

__all__ = ["derive_statements", "quads"]
