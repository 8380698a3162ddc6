"""A million triples grown from real claims: written, loaded, asked."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph
import rdflib

from benchmarks.corpus import Row
from kg.export.ordering import ordered
from kg.store import Store, disk, load_store, named_query, questions
from kg.vocab import PREFIXES

DEADLINE = 3.0
"""Seconds that an engine has for a query by the clock."""

Answer = tuple[float, int] | None
"""Seconds of processor and rows; `None` when the deadline passed."""

_NAME = re.compile(r"/id/(doc|run|ev|oc|x|point_x)_([0-9a-f]{8})")


def triple_rows(built: Path, triples: int, folder: Path) -> Iterator[Row]:
    """Grows the store of the output folder `built`; the work goes to `folder`."""
    lines = [str(quad) for quad in Store.opened(built / disk.NAME).quads()]
    quads = folder / "quads.nq"
    started = time.monotonic()
    total = hashlib.sha256()
    number = 0
    with quads.open("wb") as stream:
        for line in ordered(_grown(lines, triples)):
            data = f"{line}\n".encode()
            total.update(data)
            stream.write(data)
            number += 1
    took = time.monotonic() - started
    yield f"{number:,} quads grown, written, sorted and hashed", f"{took:.1f} s", "< 15 s"
    started = time.monotonic()
    with quads.open(encoding="utf-8") as text:
        parts = ("".join(map(_in_graph, part)).encode() for part in batched(text, 100_000))
        load_store(folder / "store", parts)
    yield "loaded into a store", f"{time.monotonic() - started:.1f} s", ""
    yield from _asked(folder, quads)


def _asked(folder: Path, quads: Path) -> Iterator[Row]:
    yield "**query: ours / plain pyoxigraph / rdflib, seconds of processor**", "", "< 0.1 s ours"
    engines = [
        _Engine(_ours, folder / "store"),
        _Engine(_plain, folder / "store"),
        _Engine(_rdflib, quads, forks=True),
    ]
    for name in questions():
        found = [engine.ask(name) for engine in engines]
        rows = {answer[1] for answer in found if answer}
        agree = f"{rows.pop():,} rows" if len(rows) == 1 else "**rows differ**"
        yield f"`{name}` ({agree})", " / ".join(map(_shown, found)), ""
    for engine in engines:
        engine.close()


def _grown(lines: list[str], triples: int) -> Iterator[str]:
    """The lines, over and over under the names of other documents, until there are enough."""
    copies = -(-triples // len(lines))
    for copy in range(copies):

        def renamed(match: re.Match[str], copy: int = copy) -> str:
            digest = hashlib.sha256(f"{copy} {match[2]}".encode()).hexdigest()
            return f"/id/{match[1]}_{digest[:8]}"

        for line in lines:
            yield _NAME.sub(renamed, line) if copy else line


def _in_graph(line: str) -> str:
    """A line of N-Quads as TriG."""
    triple, _, graph = line.removesuffix(" .\n").rpartition(" ")
    return f"{graph} {{ {triple} }}\n"


def _shown(answer: Answer) -> str:
    return f"> {DEADLINE:.0f}" if answer is None else f"{answer[0]:.3f}"


# ------------------------------------------------------------------ engines


def _ours(path: Path) -> Callable[[str], int]:
    store = Store.opened(path)
    return lambda sparql: len(store.query(sparql).rows)


def _plain(path: Path) -> Callable[[str], int]:
    store = pyoxigraph.Store.read_only(str(path))

    def ask(sparql: str) -> int:
        found = store.query(sparql, use_default_graph_as_union=True, prefixes=dict(PREFIXES))
        return sum(1 for _ in found)  # type: ignore[union-attr]

    return ask


def _rdflib(path: Path) -> Callable[[str], int]:
    graph = rdflib.Dataset(default_union=True)
    graph.parse(path, format="nquads")
    return lambda sparql: len(list(graph.query(sparql, initNs=dict(PREFIXES))))


class _Engine:
    """An engine in a process of its own, which is ended when it takes too long.

    One that `forks` answers each query in a copy of itself, so that it need not load again.
    """

    def __init__(
        self, make: Callable[[Path], Callable[[str], int]], path: Path, forks: bool = False
    ) -> None:
        self._make = make
        self._path = path
        self._forks = forks
        self._start()

    def ask(self, name: str) -> Answer:
        self._pipe.send(named_query(name))
        if self._forks or self._pipe.poll(DEADLINE):
            answer: Answer = self._pipe.recv()
            return answer
        self.close()
        self._start()
        return None

    def close(self) -> None:
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, end = context.Pipe()
        arguments = (self._make, self._path, end, self._forks)
        self._process = context.Process(target=_serve, args=arguments)
        self._process.start()
        self._pipe.recv()


def _serve(
    make: Callable[[Path], Callable[[str], int]], path: Path, pipe: Connection, forks: bool
) -> None:
    ask = make(path)
    pipe.send(None)
    while True:
        sparql = pipe.recv()
        pipe.send(_in_a_copy(ask, sparql) if forks else _timed(ask, sparql))


def _timed(ask: Callable[[str], int], sparql: str) -> Answer:
    started = time.process_time()
    rows = ask(sparql)
    return time.process_time() - started, rows


def _in_a_copy(ask: Callable[[str], int], sparql: str) -> Answer:
    context = multiprocessing.get_context("fork")
    pipe, end = context.Pipe()
    copy = context.Process(target=lambda: end.send(_timed(ask, sparql)))
    copy.start()
    answer: Answer = pipe.recv() if pipe.poll(DEADLINE) else None
    copy.kill()
    copy.join()
    return answer


def shown(rows: Iterable[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| measured | | bar |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {value} | {bar} |" for name, value, bar in rows)])
