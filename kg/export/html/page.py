"""The one file: template, style, scripts and data, closed against the network and the reports."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.export.html.assemble import assemble
from kg.export.html.layout import MAX_LINES, MAX_NODES
from kg.export.html.view import View
from kg.model import Reading, Statement

# Joined in this order into one script, so that they share one scope and the page stays one file.
_SCRIPTS = ("dom.js", "data.js", "filters.js", "graph.js", "panel.js", "table.js", "app.js")


def render(readings: Sequence[Reading], statements: Sequence[Statement], *, title: str) -> str:
    """The whole of `graph.html` as text, to be written as UTF-8.

    It needs no other file and no network, runs no script but its own two (named by hash in its
    content security policy) and is the same for the same input in any order. Raises `KeyError` if
    a statement names a claim that no reading holds.
    """
    # pyvis brings IPython along; only who draws a page shall wait for it.
    from kg.export.html.network import KnowledgeNetwork, engine_source

    view = assemble(readings, statements, title)
    network = KnowledgeNetwork(view)
    scripts = [_inline(source) for source in (engine_source(), _own_script())]
    style = _inline(_static("style.css"))
    environment = Environment(
        loader=PackageLoader("kg.export.html"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page.html.j2").render(
        title=view.title,
        policy=_policy(scripts, style),
        style=style,
        scripts=scripts,
        island=_island(view, network),
    )


def _own_script() -> str:
    parts = "\n".join(_static(name) for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _static(name: str) -> str:
    return (files("kg.export.html") / "static" / name).read_text(encoding="utf-8")


def _inline(source: str) -> str:
    """Our own or the engine's code, unable to end the element it stands in."""
    return source.replace("</script", r"<\/script").replace("</style", r"<\/style")


def _policy(scripts: Sequence[str], style: str) -> str:
    """Nothing may load or run but what the hashes name."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + _hash(style),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _island(view: View, network: Any) -> str:
    """All data as base64 of gzipped JSON: none of its characters can end the element."""
    drawing = {"nodes": network.nodes, "edges": network.edges, "options": network.options}
    limits = {"lines": MAX_LINES, "nodes": MAX_NODES}
    data = msgspec.json.encode({"view": view, "drawing": drawing, "limits": limits})
    return base64.b64encode(gzip.compress(data, mtime=0)).decode("ascii")
