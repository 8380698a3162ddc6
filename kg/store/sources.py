"""The graph that the user names: files, a store on disk, or an endpoint by its URL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from kg.errors import InputError
from kg.store import disk
from kg.store.answers import Answer
from kg.store.disk import settled
from kg.store.remote import Endpoint
from kg.store.store import Store

_FILES = ("graph.trig", "graph.ttl")
_URL = re.compile("https?://", re.IGNORECASE)


class Graph(Protocol):
    """Whatever answers a query."""

    def query(self, sparql: str, where: str = "query") -> Answer:
        """The whole answer. Raises `QueryError`, which names the query as `where`."""
        ...


def is_url(name: str) -> bool:
    """Whether a name is that of an endpoint; only such a name ever leads to the network."""
    return _URL.match(name) is not None


def graph_of(*names: str) -> Graph:
    """RDF files, which are asked as one graph; or the folder of a build or a store; or a URL.

    The URL is that of an endpoint.

    Raises `InputError` for what cannot be opened and for a mixture of these.
    """
    if len(names) == 1 and is_url(names[0]):
        return Endpoint(names[0])
    if any(map(is_url, names)):
        raise InputError("an endpoint is asked alone, not together with other graphs", *names[:1])
    return local_graph([Path(name) for name in names])


def local_graph(paths: Sequence[Path]) -> Store:
    """RDF files, or one store on disk, or the graph in the folder of a build. Raises `InputError`.

    Of a build the store is opened, which is there for every size and quicker than to read a file.
    """
    for path in paths:
        if not settled(path).exists():
            raise InputError(
                "there is neither a graph nor a store; `kg build` makes one", str(path)
            )
    if len(paths) == 1 and (path := settled(paths[0])).is_dir():
        return _graph_in(path)
    return Store.of_files(*paths)


def _graph_in(folder: Path) -> Store:
    if (folder / "CURRENT").exists():  # which is a file of every store
        return Store.opened(folder)
    if (store := settled(folder / disk.NAME)).is_dir():
        return Store.opened(store)
    for name in _FILES:
        if (folder / name).is_file():
            return Store.of_files(folder / name)
    raise InputError("holds neither a store nor a graph", str(folder))
