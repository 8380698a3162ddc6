"""The one file: template, style, scripts and data, closed against the network and the reports."""

from __future__ import annotations

import base64
import gc
import gzip
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.export.html.assemble import assemble
from kg.export.html.basemap import basemap
from kg.export.html.columns import pack
from kg.export.html.console import Console, console
from kg.export.html.layout import MAX_LINES, MAX_NODES
from kg.export.html.view import View
from kg.model import Reading, Statement
from kg.rdf import Quad
from kg.vocab import DATA, NAMESPACE

# Joined in this order into one script, so that they share one scope and the page stays one file.
_SCRIPTS = (
    "dom.js", "island.js", "data.js", "filters.js", "facets.js", "choose.js", "paint.js",
    "labels.js", "radial.js", "arrange.js", "overview.js", "graph.js", "panel.js", "table.js",
    "documents.js", "time.js", "map.js", "digest.js", "formats.js", "save.js", "console.js",
    "address.js", "about.js", "app.js",
)  # fmt: skip
# Half the time of the highest level, for a page that is a two hundredth larger.
_LEVEL = 7


def render(
    readings: Iterable[Reading],
    statements: Iterable[Statement],
    *,
    title: str,
    dataset: Iterable[Quad] | None = None,
) -> str:
    """The whole of `graph.html` as text, to be written as UTF-8.

    It needs no other file and no network, runs no script but those that its content security
    policy names by hash, and is the same for the same input in any order. With the `dataset` of the
    graph it carries a SPARQL console over it (two megabytes more). Raises `KeyError` if a statement
    names a claim that no reading holds.
    """
    # pyvis brings IPython along; only who draws a page shall wait for it.
    from kg.export.html.network import KnowledgeNetwork, engine_source

    engine = engine_source()
    asked = console(dataset) if dataset is not None else None
    with _collector_paused():
        view = assemble(tuple(readings), tuple(statements), title)
        islands = _islands(view, KnowledgeNetwork(view), engine, asked)
    parts = [engine, *([asked.glue] if asked else [])]
    own, style = _inline(_own_script()), _inline(_static("style.css"))
    environment = Environment(
        loader=PackageLoader("kg.export.html"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page.html.j2").render(
        title=view.title,
        policy=_policy([own, *parts], style, wasm=asked is not None),
        style=style,
        script=own,
        licences=[
            _licence(engine),
            f"d3-force, d3-quadtree, d3-dispatch, d3-timer\n\n{_licence(_forces())}",
        ],
        console=asked is not None,
        islands=islands,
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A view of a hundred thousand facts is millions of small objects, and none is in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _islands(view: View, network: Any, engine: str, asked: Console | None) -> dict[str, str]:
    """What the page carries packed, by the id of its element."""
    islands = {
        "engine": engine.encode("utf-8"),
        "forces": _forces().encode("utf-8"),
        "island": _data(view, network),
    }
    if asked:
        examples = {"prefixes": asked.prefixes, "examples": asked.examples}
        islands["sparql-engine"] = asked.wasm
        islands["sparql-glue"] = asked.glue.encode("utf-8")
        islands["sparql-graph"] = asked.graph.encode("utf-8", "replace")
        islands["sparql-examples"] = msgspec.json.encode(examples)
    return {name: _packed(content) for name, content in islands.items()}


def _data(view: View, network: Any) -> bytes:
    """The view as one column of one record, and what only the drawing needs."""
    drawing = {
        "options": network.options,
        "places": [[node["id"], node["x"], node["y"]] for node in network.nodes],
        "limits": {"lines": MAX_LINES, "nodes": MAX_NODES},
        "basemap": basemap(view),
        "namespaces": {"kg": NAMESPACE, "kgr": DATA},
    }
    packed = pack([msgspec.to_builtins(view)])
    return msgspec.json.encode({"view": packed, "drawing": drawing})


def _packed(content: bytes) -> str:
    """Base 85 of gzip, a comma for `<`: no character of it can end the element it stands in."""
    packed = base64.b85encode(gzip.compress(content, _LEVEL, mtime=0))
    return packed.replace(b"<", b",").decode("ascii")


def _forces() -> str:
    return (files("kg.export.html") / "vendor" / "d3-force.js").read_text(encoding="utf-8")


def _licence(source: str) -> str:
    """The comment on top of somebody else's script."""
    return source.partition("*/")[0].strip("/* \n")


def _own_script() -> str:
    parts = "\n".join(_static(name) for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _static(name: str) -> str:
    return (files("kg.export.html") / "static" / name).read_text(encoding="utf-8")


def _inline(source: str) -> str:
    """Our own code, unable to end the element it stands in."""
    return source.replace("</script", r"<\/script").replace("</style", r"<\/style")


def _policy(scripts: Sequence[str], style: str, *, wasm: bool) -> str:
    """Nothing may load or run but what the hashes name."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)) + " 'wasm-unsafe-eval'" * wasm,
            "style-src " + _hash(style),
            "img-src data: blob:",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
