"""What stands where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.serve.api import Api
from kg.serve.asking import Asking
from kg.serve.messages import HttpError, Request, Response
from kg.serve.pages import Pages
from kg.serve.pool import Pool
from kg.serve.sparql import PATH, Endpoint
from kg.store import search

_READ = ("GET", "HEAD")


class Site:
    """Answers requests by their path."""

    def __init__(self, output: Path, pool: Pool, largest: int) -> None:
        """`output` is the folder of the build, `largest` the most bytes of a query's answer."""
        asking, index = Asking(pool), output / search.NAME
        api, self._pages = Api(asking, index), Pages(output, asking, index)
        self._sparql = Endpoint(pool, largest)
        self._paths: dict[str, Callable[[Request], Response]] = {
            "/": self._pages.network,
            "/query": self._pages.editor,
            "/doc": self._pages.reports,
            "/api/facts": api.facts,
            "/api/claims": api.claims,
            "/api/search": api.search,
        }
        self._folders: dict[str, Callable[[str], Response]] = {
            "/doc": self._pages.report,
            "/static": self._pages.static,
        }

    def __call__(self, request: Request) -> Response:
        """Raises `HttpError` for what is not there, not allowed or not understood."""
        path = request.path.rstrip("/") or "/"
        methods = (*_READ, "POST") if path == PATH else _READ
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join((*methods, "OPTIONS"))})
        if request.method not in methods:
            raise HttpError(405, "this is only for reading", Allow=", ".join(methods))
        if path == PATH:
            return self._sparql.answer(request)
        if path in self._paths:
            return self._paths[path](request)
        folder, _, name = path.rpartition("/")
        if folder in self._folders:
            return self._folders[folder](name)
        raise HttpError(404, "there is nothing here")
