"""Sorting more lines than memory holds: sorted runs in temporary files, merged (Knuth 5.4)."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

HELD = 48_000_000
"""Characters that are sorted in memory at a time."""


def ordered(lines: Iterable[str], held: int = HELD) -> Iterator[str]:
    """The lines in code point order, each once. They must not hold a line feed."""
    runs: list[IO[str]] = []
    batch: set[str] = set()
    size = 0
    try:
        for line in lines:
            if line not in batch:
                batch.add(line)
                size += len(line)
            if size >= held:
                runs.append(_run(batch))
                batch, size = set(), 0
        if not runs:
            yield from sorted(batch)
            return
        runs.append(_run(batch))
        batch = set()
        for line, _ in groupby(heapq.merge(*runs)):
            yield line.removesuffix("\n")
    finally:
        for run in runs:
            run.close()


def _run(batch: Iterable[str]) -> IO[str]:
    """The lines in a temporary file, sorted as they are read again: with their line feeds."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    file.writelines(sorted(f"{line}\n" for line in batch))
    file.seek(0)
    return file
