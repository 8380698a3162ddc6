"""The store of an output, written on a thread of its own beside what the build does meanwhile.

The engine works without Python's lock. While several processes read, a part of the reports is
loaded as it comes, the rest beside what else is written after the last report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, takewhile
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Protocol

from kg import codec
from kg.build.contents import Contents, Graphs
from kg.build.contribution import Contribution
from kg.build.corpus import Change
from kg.build.state import consulted
from kg.export.fragments import trig_batches
from kg.graph.names import Names, document_name
from kg.rdf import IRI
from kg.store import changed_store, disk, load_store, loading_order

_WAITING = 512  # packed graphs that are held until they are loaded, at most
# Bytes of TriG, some 37 a quad, that the store takes at a time. Of less at a time the engine sorts
# again more of what it has sorted; it takes some 25 times their size as memory. The larger steps
# are for builds that hold little else. See docs/benchmarks.md.
_STEP, _LARGE_STEP = 14_000_000, 19_000_000


def best_order(documents: Iterable[str]) -> list[str]:
    """The documents as the engine of the store can best take them."""
    names = Names()
    found = {names.node(document_name(each)): each for each in documents}
    return [found[graph] for graph in loading_order(found)]


class StoreWriter(Protocol):
    """A store that is being written."""

    def take(self, read: Contribution) -> None:
        """May load what has just been read."""
        ...

    def begin(self, output: Path, keys: Mapping[str, str]) -> None:
        """Says that all is read: the documents with their keys in the state of the output."""
        ...

    def complete(self, contents: Contents, change: Change) -> None:
        """Gives what there is to write once the corpus is as it shall be."""
        ...

    def wait(self) -> None:
        """Returns when the store is written. Raises `BuildError`."""
        ...


@contextmanager
def writing_store(
    staging: Path, previous: Path | None, *, early: float = 0, large: bool = False
) -> Iterator[StoreWriter]:
    """Writes the store in `staging`: that of the output `previous` changed, or else a new one.

    Of a new one the share `early` is loaded while the reports are read, and all of it in larger
    steps if it is `large`. When the block fails the store is left as it is then.
    """
    store, stopped = staging / disk.NAME, Event()
    with ThreadPoolExecutor(1) as helper:
        if previous:
            yield _ChangedStore(previous / disk.NAME, store, helper)
            return
        step = _LARGE_STEP if large else _STEP
        writer = _NewStore(store, helper, stopped, early=early, step=step)
        try:
            yield writer
        except BaseException:
            stopped.set()
            raise
        finally:
            writer.give(None)


class _NewStore:
    def __init__(
        self, store: Path, helper: ThreadPoolExecutor, stopped: Event, *, early: float, step: int
    ) -> None:
        self._given: SimpleQueue[Graphs | None] = SimpleQueue()
        self._stopped = stopped
        self._early = early
        self._step = step
        self._names = Names()
        self._documents: set[str] = set()
        self._come = 0
        self._written = helper.submit(load_store, store, self._batches())

    def give(self, graphs: Graphs | None) -> None:
        """Loads named graphs, which are taken on the other thread; `None` after the last."""
        self._given.put(graphs)

    def take(self, read: Contribution) -> None:
        self._come += 1
        due = len(self._documents) < self._early * self._come
        if due and self._given.qsize() < _WAITING:
            self._documents.add(read.document)
            self.give(iter([(self._name(read.document), map(_text, [read.graph]))]))

    def begin(self, output: Path, keys: Mapping[str, str]) -> None:
        self.give(self._others(output, keys))

    def complete(self, contents: Contents, change: Change) -> None:
        change.forget_texts()
        self.give(contents.common_graphs())
        self.give(None)

    def wait(self) -> None:
        self._written.result()

    def _batches(self) -> Iterator[bytes]:
        given = (each for graphs in iter(self._given.get, None) for each in graphs)
        return takewhile(lambda _: not self._stopped.is_set(), trig_batches(given, self._step))

    def _others(self, output: Path, keys: Mapping[str, str]) -> Iterator[tuple[IRI, list[str]]]:
        """What was not loaded early, in its order; by a connection that sees no transaction."""
        with consulted(output) as database:
            query = "SELECT graph FROM contributions WHERE key = ?"
            for document, key in keys.items():
                if document not in self._documents:
                    for (body,) in database.execute(query, (key,)):
                        yield self._name(document), [_text(body)]

    def _name(self, document: str) -> IRI:
        return self._names.node(document_name(document))


class _ChangedStore:
    def __init__(self, source: Path, target: Path, helper: ThreadPoolExecutor) -> None:
        self._source, self._target = source, target
        self._helper = helper
        self._written: Future[None] | None = None

    def take(self, read: Contribution) -> None:
        """Waits for the change as a whole."""

    def begin(self, output: Path, keys: Mapping[str, str]) -> None:
        """Waits for the change as a whole."""

    def complete(self, contents: Contents, change: Change) -> None:
        self._written = self._helper.submit(
            changed_store,
            self._source,
            self._target,
            without=map(contents.graph_name, change.gone),
            removed=trig_batches(change.removed, _STEP),
            trig=trig_batches(chain(contents.graphs_of(change.fresh), change.added), _STEP),
        )

    def wait(self) -> None:
        if self._written:
            self._written.result()


def _text(body: bytes) -> str:
    return codec.unpack(body, str)
