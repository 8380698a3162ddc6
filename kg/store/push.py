"""Sends a graph to somebody else's store by the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from itertools import groupby
from operator import itemgetter
from urllib.parse import quote, urlsplit

from kg import __version__
from kg.errors import QueryError
from kg.store.remote import NoRedirects, said

TIMEOUT = 300.0
"""Seconds that a store may take to answer."""


def push(
    url: str,
    triples: Iterable[tuple[str, str]],
    *,
    authorization: str | None = None,
    progress: Callable[[str, int], None] = lambda _graph, _done: None,
) -> int:
    """Puts each named graph in place of what the store at `url` has under its name.

    `triples` are the IRI of a graph (empty for the default graph) and a line of N-Triples each,
    graph by graph. `authorization` is the value of that header. Gives the
    number of graphs; raises `QueryError` at the first that is not taken, for a store that cannot be
    reached, and for a URL that is not http or https.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise QueryError("is not an http or https URL", url)
    opener = urllib.request.build_opener(NoRedirects)
    done = 0
    for graph, members in groupby(triples, key=itemgetter(0)):
        body = "".join(f"{line}\n" for _, line in members).encode()
        _put(opener, _target(url, graph), body, authorization)
        done += 1
        progress("pushing", done)
    return done


def _target(url: str, graph: str) -> str:
    """Which graph of the store is meant, by the indirect way that every store understands."""
    name = f"graph={quote(graph, safe='')}" if graph else "default"
    return f"{url}{'&' if '?' in url else '?'}{name}"


def _put(
    opener: urllib.request.OpenerDirector, target: str, body: bytes, authorization: str | None
) -> None:
    request = urllib.request.Request(  # noqa: S310 - only http and https come here
        target,
        method="PUT",
        data=body,
        headers={
            "Content-Type": "application/n-triples",
            "User-Agent": f"claimgraph/{__version__}",
            **({"Authorization": authorization} if authorization else {}),
        },
    )
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            response.read()
    except urllib.error.HTTPError as error:
        raise QueryError(f"answers {said(error)}", target) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise QueryError(f"cannot be reached: {getattr(error, 'reason', error)}", target) from error
