"""Sorted TriG: Turtle with a block for each named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from kg.export.turtle import Writer, blocks, declarations, in_order
from kg.rdf import Quad
from kg.vocab import PREFIXES


def trig(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> Iterator[str]:
    """The dataset, the default graph first, as lines with their line feeds."""
    writer = Writer(prefixes)
    rows = (
        ("" if quad.graph is None else writer.iri(quad.graph), *writer.row(quad)) for quad in quads
    )
    yield from declarations(prefixes)
    for graph, group in groupby(in_order(rows), key=itemgetter(0)):
        triples = ((subject, predicate, object_) for _, subject, predicate, object_ in group)
        if not graph:
            yield from blocks(triples)
            continue
        yield f"\n{graph} {{\n"
        yield from blocks(triples, indent="    ")
        yield "}\n"
