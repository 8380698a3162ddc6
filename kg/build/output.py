"""What a build writes: the store and the search index always, the files for people if asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.build.contents import Contents
from kg.build.corpus import Change
from kg.export import html
from kg.export.fragments import write_trig, write_turtle
from kg.store import disk, search

GRAPH, DATASET, CLAIMS, PAGE = "graph.ttl", "graph.trig", "claims.jsonl", "graph.html"
FILES = (GRAPH, DATASET, CLAIMS, PAGE)
"""The files that are text; `kg.lock` has their hashes."""

INDEXES = (disk.NAME, search.NAME)
"""What is asked and searched; the same content may have other bytes."""


def is_whole(folder: Path) -> bool:
    """Whether an output has all that is changed, rather than written anew, when little changes."""
    return all((folder / name).exists() for name in INDEXES)


def write_search(staging: Path, contents: Contents, change: Change, previous: Path | None) -> None:
    """Writes the search index: that of the output `previous` changed, or else a new one."""
    index = staging / search.NAME
    if previous is None:
        search.write_search(index, contents.pages())
        return
    shutil.copyfile(previous / search.NAME, index)
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
        contents.readings(),
        contents.statements(),
        title="Claimgraph",
        dataset=contents.quads() if console else None,
    )
    _write(staging / PAGE, [page])


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)
