"""Sorted JSON-LD: a node object for each subject, inside its named graph.

The context is in the file, so that nothing is fetched. Unlike the library serialisers, equal
datasets give equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.export.turtle import Writer
from kg.rdf import BOOLEAN, INTEGER, IRI, STRING, Quad, Term
from kg.vocab import PREFIXES

_RDF_TYPE = PREFIXES["rdf"] + "type"

Row = tuple[str, str, str, Term]


def jsonld(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> Iterator[str]:
    """The dataset as lines, a line a node object; nodes of the default graph stand first."""
    shorten = Writer(prefixes).iri
    rows = {
        (
            shorten(quad.graph) if quad.graph else "",
            shorten(quad.subject),
            "@type" if quad.predicate.value == _RDF_TYPE else shorten(quad.predicate),
            quad.object,
        )
        for quad in quads
    }
    yield f'{{"@context": {_dumps(dict(sorted(prefixes.items())))},\n"@graph": [\n'
    items = []
    for graph, group in groupby(sorted(rows), key=itemgetter(0)):
        nodes = [_dumps(node) for node in _nodes(group, shorten)]
        if graph:
            items.append(
                f'{{"@id": {_dumps(_bare(graph))}, "@graph": [\n' + ",\n".join(nodes) + "\n]}"
            )
        else:
            items.extend(nodes)
    yield ",\n".join(items) + "\n]}\n"


def _nodes(rows: Iterable[Row], shorten: Callable[[IRI], str]) -> Iterator[dict[str, Any]]:
    for subject, group in groupby(rows, key=itemgetter(1)):
        node: dict[str, Any] = {"@id": _bare(subject)}
        for _, _, predicate, value in group:
            written = _value(value, shorten)
            node.setdefault(_bare(predicate), []).append(
                written["@id"] if predicate == "@type" else written
            )
        yield node


def _value(term: Term, shorten: Callable[[IRI], str]) -> dict[str, Any]:
    if isinstance(term, IRI):
        return {"@id": _bare(shorten(term))}
    if term.language is not None:
        return {"@value": term.lexical, "@language": term.language}
    if term.datatype == STRING:
        return {"@value": term.lexical}
    if term.datatype == BOOLEAN:
        return {"@value": term.lexical == "true"}
    if term.datatype == INTEGER and len(term.lexical) < 16:
        return {"@value": int(term.lexical)}
    return {"@value": term.lexical, "@type": term.datatype}


def _bare(iri: str) -> str:
    """JSON-LD writes a full IRI without the angle brackets."""
    return iri.removeprefix("<").removesuffix(">")


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
