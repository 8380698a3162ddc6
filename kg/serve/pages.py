"""The pages: server-side templates, our own style and one small script, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.errors import KgError
from kg.export.html.display import visible
from kg.serve import reader
from kg.serve.asking import Asking
from kg.serve.messages import HttpError, Request, Response
from kg.store import named_query, questions
from kg.store.search import Hit, search

_GRAPH = "graph.html"
_HTML = "text/html; charset=utf-8"
_STATIC = {"query.js": "text/javascript", "style.css": "text/css"}
_MOST = 500
_HITS = 50
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The network page has a policy of its own inside, which names its scripts by their hashes.
_GRAPH_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_FIRST = "advances"


class Pages:
    """What people look at: network, reports, editor."""

    def __init__(self, output: Path, asking: Asking, index: Path) -> None:
        """`output` may hold the network page, `index` is the full-text search; neither must be."""
        self._output = output
        self._asking = asking
        self._index = index

    def network(self, _request: Request) -> Response:
        """`graph.html` as it was built; the list of reports where there is none."""
        try:
            file = (self._output / _GRAPH).open("rb")
        except OSError:
            return Response(status=303, headers={"Location": "/doc"})
        return Response(file, _HTML, headers={"Content-Security-Policy": _GRAPH_POLICY})

    def editor(self, request: Request) -> Response:
        """A place to write a query, with the shipped ones as examples."""
        request.fields.only("query")
        query = request.fields.one("query")
        return _page(
            "query.html.j2",
            query=named_query(_FIRST) if query is None else query,
            examples=[(text, named_query(name)) for name, text in questions().items()],
        )

    def reports(self, request: Request) -> Response:
        """All reports, or the sentences that hold the words of the field `q`."""
        request.fields.only("q")
        wanted = request.fields.one("q") or ""
        listed = () if wanted else reader.reports(self._asking, _MOST)
        hits, trouble = self._found(wanted) if wanted else ((), "")
        return _page(
            "reports.html.j2", reports=listed, hits=hits, wanted=wanted, trouble=trouble, most=_MOST
        )

    def report(self, name: str) -> Response:
        """One report with its names and claims. Raises `HttpError`."""
        about, lines = reader.read(self._asking, name)
        return _page("report.html.j2", report=about, lines=lines)

    def static(self, name: str) -> Response:
        """A script or a style sheet. Raises `HttpError`."""
        if name not in _STATIC:
            raise HttpError(404, "there is no such file")
        body = (files("kg.serve") / "static" / name).read_bytes()
        return Response(body, f"{_STATIC[name]}; charset=utf-8")

    def _found(self, wanted: str) -> tuple[tuple[Hit, ...], str]:
        try:
            return search(self._index, wanted, _HITS), ""
        except KgError as error:
            return (), error.message


def _page(template: str, **values: Any) -> Response:
    text = _environment().get_template(template).render(**values)
    return Response(text.encode(), _HTML, headers={"Content-Security-Policy": _POLICY})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    return environment
