"""Building again whenever the reports, the decisions or the language data change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg import ingest
from kg.build.lock import fingerprint
from kg.build.pipeline import Pipeline
from kg.model import Skipped
from kg.resources import ontology_path

EVERY = 1.0
"""Seconds between two looks. Looking works on every file system, and a folder of ten thousand
reports is looked through in a tenth of a second."""


def rounds(
    paths: Sequence[str],
    overlays: Sequence[Path] = (),
    decisions: Path | None = None,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Pipeline]:
    """Gives the stages to build with: at once, and again after each change of the input.

    That is the reports at `paths`, the language data, and the file of decisions, which need not be
    there yet.

    The language model is loaded once, the language data when they change. A change is built when
    nothing has changed for the time between two looks, so that no half-written report is read.
    """
    built: object = None
    seen = _look(paths, overlays, decisions)
    language, stages = seen[1], Pipeline(overlays)
    while True:
        if seen != built:
            built = seen
            if seen[1] != language:
                language, stages = seen[1], Pipeline(overlays)
            yield stages
        before = seen
        wait(EVERY)
        seen = _look(paths, overlays, decisions)
        while seen != before:
            before = seen
            wait(EVERY)
            seen = _look(paths, overlays, decisions)


def _look(
    paths: Sequence[str], overlays: Sequence[Path], decisions: Path | None
) -> tuple[object, str]:
    """Names, sizes and times of the files to be read, and the hash of the language data."""
    given = [_seen(decisions)] if decisions else []
    return frozenset([*_files(paths), *given]), fingerprint([ontology_path(), *overlays])


def _files(paths: Sequence[str]) -> Iterator[object]:
    for source in ingest.sources(paths):
        if isinstance(source, Skipped) or source.path is None:
            yield source
        else:
            yield _seen(source.path)


def _seen(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return path, None
    return path, status.st_size, status.st_mtime_ns
