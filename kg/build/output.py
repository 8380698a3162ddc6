"""What a build writes: the store and the search index always, the files for people if asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from threading import Event

from kg.build.contents import Contents
from kg.build.corpus import Change
from kg.export import html
from kg.export.fragments import trig_batches, write_trig, write_turtle
from kg.rdf import IRI
from kg.store import changed_store, disk, load_store, search

GRAPH, DATASET, CLAIMS, PAGE = "graph.ttl", "graph.trig", "claims.jsonl", "graph.html"
FILES = (GRAPH, DATASET, CLAIMS, PAGE)
"""The files that are text; `kg.lock` has their hashes."""

INDEXES = (disk.NAME, search.NAME)
"""What is asked and searched; the same content may have other bytes."""

_WORTH_CHANGING = 4  # above a quarter of the documents it is quicker to write a store anew


@dataclass(frozen=True, slots=True)
class Previous:
    """The output that a change starts from, if it is whole and of the corpus as it was then."""

    folder: Path
    whole: bool

    def can_be_changed(self, change: Change, documents: int) -> bool:
        few = (len(change.gone) + len(change.fresh)) * _WORTH_CHANGING <= documents
        return few and self.whole and all((self.folder / name).exists() for name in INDEXES)


@contextmanager
def writing_store(
    staging: Path, contents: Contents, change: Change, previous: Previous
) -> Iterator[None]:
    """Writes the store while the block writes something else; of a large one what changed.

    The engine works without Python's lock. When the block fails the store is left as it is then.
    """
    stopped = Event()

    def batches(graphs: Iterable[tuple[IRI, Iterable[str]]]) -> Iterator[str]:
        return takewhile(lambda _: not stopped.is_set(), trig_batches(graphs))

    def write() -> None:
        store = staging / disk.NAME
        if not previous.can_be_changed(change, contents.size()):
            change.forget_lines()
            load_store(store, batches(contents.graphs()))
            return
        changed_store(
            previous.folder / disk.NAME,
            store,
            without=map(contents.graph_name, change.gone),
            trig=batches(contents.graphs_of(change.fresh)),
            removed=change.removed,
            added=change.added,
        )

    with ThreadPoolExecutor(1) as helper:
        written = helper.submit(write)
        try:
            yield
        except BaseException:
            stopped.set()
            raise
        written.result()


def write_search(staging: Path, contents: Contents, change: Change, previous: Previous) -> None:
    """Writes the search index; of a large corpus only what changed."""
    index = staging / search.NAME
    if not previous.can_be_changed(change, contents.size()):
        search.write_search(index, contents.pages())
        return
    shutil.copyfile(previous.folder / search.NAME, index)
    search.update_search(index, contents.pages_of(change.fresh), change.gone)


def write_files(
    staging: Path, contents: Contents, console: bool, step: Callable[[str], None]
) -> None:
    """Writes `FILES`; `step` is told which is under way. With `console` the page answers SPARQL."""
    step(GRAPH)
    fragments = (piece for _, pieces in contents.graphs() for piece in pieces)
    _write(staging / GRAPH, write_turtle(fragments))
    step(DATASET)
    _write(staging / DATASET, write_trig(contents.graphs()))
    step(CLAIMS)
    _write(staging / CLAIMS, contents.claims())
    step(PAGE)
    page = html.render(
        tuple(contents.readings()),
        tuple(contents.statements()),
        title="Claimgraph",
        dataset=contents.quads() if console else None,
    )
    _write(staging / PAGE, [page])


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)
