"""An endpoint of somebody else, asked by the SPARQL 1.1 protocol because the user named it."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import Any

import pyoxigraph as ox

from kg import __version__
from kg.errors import QueryError
from kg.store.answers import Answer, answer_of, graph_answer
from kg.vocab import PREFIXES

TIMEOUT = 60.0
"""Seconds that an endpoint may take to connect, and between any two pieces of its answer."""
LARGEST = 256 << 20
"""Bytes of an answer that are read at most."""

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
_ACCEPT = ", ".join([*_RESULTS, *(f"{kind};q=0.9" for kind in _GRAPHS)])
_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())


class Endpoint:
    """A SPARQL endpoint at an http or https URL."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self._url = url
        self._timeout = timeout
        self._opener = urllib.request.build_opener(NoRedirects)

    def query(self, sparql: str, where: str = "query") -> Answer:
        """Sends the query, with the prefixes of `kg.vocab.PREFIXES`, and reads the whole answer.

        Raises `QueryError` for an endpoint that cannot be reached, refuses, or answers in another
        form than SPARQL results (JSON, XML) or a graph (N-Triples, Turtle).
        """
        try:
            with self._opener.open(self._request(sparql), timeout=self._timeout) as response:
                media_type = response.headers.get_content_type()
                data = response.read(LARGEST + 1)
        except urllib.error.HTTPError as error:
            raise QueryError(f"{self._url} answers {said(error)}", where) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(f"{self._url} cannot be asked: {reason}", where) from error
        if len(data) > LARGEST:
            raise QueryError(f"{self._url} answers with more than {LARGEST:,} bytes", where)
        return self._read(data, media_type, where)

    def _request(self, sparql: str) -> urllib.request.Request:
        return urllib.request.Request(  # noqa: S310 - graph_of lets only http and https pass
            self._url,
            # On the first line, so that the endpoint counts lines as the user does.
            data=f"{_PROLOGUE} {sparql}".encode(),
            headers={
                "Accept": _ACCEPT,
                "Content-Type": "application/sparql-query; charset=utf-8",
                "User-Agent": f"claimgraph/{__version__}",
            },
        )

    def _read(self, data: bytes, media_type: str, where: str) -> Answer:
        try:
            if media_type in _GRAPHS:
                return graph_answer(ox.parse(data, format=_GRAPHS[media_type]))
            kind: Any = _RESULTS.get(media_type, ox.QueryResultsFormat.JSON)
            return answer_of(ox.parse_query_results(data, format=kind))
        except (SyntaxError, ValueError) as error:
            raise QueryError(
                f"{self._url} answers with {media_type}, which is no answer to a query", where
            ) from error


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """An endpoint that sends the query elsewhere is not the one that the user named."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def said(error: urllib.error.HTTPError) -> str:
    """Status and the first line of what the endpoint has to say about it."""
    if 300 <= error.code < 400:
        return f"{error.code}: it has moved to {error.headers.get('Location', 'elsewhere')}"
    with error:
        text = error.read(2000).decode("utf-8", "replace").strip()
    first = text.partition("\n")[0][:200]
    return f"{error.code} {error.reason}" + (f": {first}" if first else "")
