"""What the SPARQL console of a page needs: the engine, the graph and questions to begin with."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from kg.export.html.display import visible
from kg.export.turtle import turtle
from kg.rdf import Quad
from kg.resources import resource_files
from kg.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class Console:
    """`wasm` is Oxigraph's program, `glue` the script that starts it, `graph` Turtle.

    `examples` are the shipped queries: name, question and text.
    """

    wasm: bytes
    glue: str
    graph: str
    prefixes: dict[str, str]
    examples: list[tuple[str, str, str]]


def console(dataset: Iterable[Quad]) -> Console:
    """The console over the union of all graphs of `dataset`."""
    vendor = files("kg.export.html") / "vendor"
    return Console(
        wasm=gzip.decompress((vendor / "oxigraph.wasm.gz").read_bytes()),
        glue=(vendor / "oxigraph.js").read_text(encoding="utf-8"),
        graph="".join(turtle(dataset)),
        prefixes=dict(PREFIXES),
        examples=[
            (path.stem, *_question(path.read_text(encoding="utf-8")))
            for path in resource_files("queries", "*.rq")
        ],
    )


def _question(query: str) -> tuple[str, str]:
    """The comment on top of a query, and the query."""
    first, _, rest = query.partition("\n")
    return visible(first.lstrip("# ")), rest
