"""Sorted Turtle that changes by one line when the graph changes by one triple.

Each object stands on a line of its own under a repeated predicate, and the closing full stop too;
library serialisers either reorder or group, so that one edit moves many lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import cast

from kg.export.ordering import ordered
from kg.rdf import BOOLEAN, DATE, DECIMAL, INTEGER, IRI, Quad, Term
from kg.vocab import PREFIXES

Triple = tuple[IRI, IRI, Term]
Row = tuple[str, str, str]
"""Subject, predicate and object as they are written."""

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*)")
_JOINT = "\x1f"
_RDF_TYPE = PREFIXES["rdf"] + "type"


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> Iterator[str]:
    """The union of all graphs, as lines with their line feeds."""
    yield from declarations(prefixes)
    yield from blocks(in_order(map(Writer(prefixes).row, quads)))


def in_order[Cells: tuple[str, ...]](rows: Iterable[Cells]) -> Iterator[Cells]:
    """Rows of written terms in order, each once; more than memory holds are sorted on disk."""
    # No term holds the joint and every character of a term comes after it, so that joined rows
    # sort like tuples.
    return cast(
        "Iterator[Cells]",
        (tuple(line.split(_JOINT)) for line in ordered(_JOINT.join(row) for row in rows)),
    )


def declarations(prefixes: Mapping[str, str]) -> Iterator[str]:
    """The `@prefix` lines."""
    for prefix, namespace in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{namespace}> .\n"


def blocks(rows: Iterable[Row], indent: str = "") -> Iterator[str]:
    """A block for each subject of sorted rows."""
    for subject, group in groupby(rows, key=itemgetter(0)):
        yield f"\n{indent}{subject}\n"
        for _, predicate, object_ in group:
            yield f"{indent}    {predicate} {object_} ;\n"
        yield f"{indent}.\n"


class Writer:
    """Writes terms, with a prefix where one fits and the rest needs no escape."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._shorten = shorten = _shortener(prefixes)
        self._verb = cache(lambda iri: "a" if iri == _RDF_TYPE else shorten(iri))

    def row(self, quad: Triple | Quad) -> Row:
        """The terms of a triple, or those of a quad without its graph."""
        return self.iri(quad[0]), self.verb(quad[1]), self.term(quad[2])

    def iri(self, iri: IRI) -> str:
        return self._shorten(iri.value)

    def verb(self, predicate: IRI) -> str:
        return self._verb(predicate.value)

    def term(self, value: Term) -> str:
        if isinstance(value, IRI):
            return self._shorten(value.value)
        if value.datatype in (INTEGER, BOOLEAN) or (
            value.datatype == DECIMAL and "." in value.lexical
        ):
            return value.lexical
        return f'"{value.lexical}"^^xsd:date' if value.datatype == DATE else str(value)


def _shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    by_namespace = {namespace: prefix for prefix, namespace in sorted(prefixes.items())}

    @lru_cache(maxsize=1 << 14)  # keyed by text, whose hash is kept; that of an `IRI` is not
    def shorten(iri: str) -> str:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix, local = by_namespace.get(iri[:cut]), iri[cut:]
        if prefix is not None and _LOCAL_NAME.fullmatch(local):
            return f"{prefix}:{local}"
        return f"<{iri}>"

    return shorten
