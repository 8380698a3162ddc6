"""Sorted N-Quads: the canonical machine form, one line a quad."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.export.ordering import ordered
from kg.rdf import Quad


def nquads(quads: Iterable[Quad]) -> Iterator[str]:
    """The lines of the dataset, each once, in code point order, with their line feeds.

    Equal datasets give equal lines, so the SHA-256 of the file names the dataset.
    """
    for line in ordered(str(quad) for quad in quads):
        yield line + "\n"


def ntriples(quads: Iterable[Quad]) -> Iterator[str]:
    """The lines of the union of all graphs, in the same order and form."""
    return nquads(quad._replace(graph=None) for quad in quads)


def triples_by_graph(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    """The IRI of a graph, empty for the default graph, and a line of N-Triples; both in order."""
    lines = (
        f"{quad.graph.value if quad.graph else ''} {quad._replace(graph=None)}" for quad in quads
    )
    for line in ordered(lines):
        graph, _, triple = line.partition(" ")
        yield graph, triple
