"""`python -m benchmarks [CORPUS]`: every figure in one run, as a table for docs/benchmarks.md.

What stands there under "Measured apart" stays as it is.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import Row, corpus_rows
from benchmarks.triples import shown, triple_rows
from kg import __version__

PAGE = Path("docs/benchmarks.md")
_INTRODUCTION = """\
# Speed and size

Written by `make bench CORPUS=reports.jsonl`. Ratios are of processes in the same run, because
seconds are those of one machine on one day. What a build of one report takes is start-up, which is
mostly loading the language model, and taken off where it says so. A query that lists thousands of
rows cannot meet the bar by any order of its patterns: a look-up on disk takes 10 to 15
microseconds, a row of five things said of a claim some 90.

"""
_BY_HAND = "\n## Measured apart"
_QUIET = 0.5


def main() -> None:
    """Measures, prints the table and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("samples"))
    parser.add_argument("--limit", type=int, default=300, help="reports at most")
    parser.add_argument("--triples", type=int, default=1_000_000)
    options = parser.parse_args()
    conditions = _conditions()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(options, Path(folder)):
            rows.append(row)
            print(" | ".join(row), flush=True)
    machine = f"Claimgraph {__version__}, Python {platform.python_version()}."
    _, mark, kept = PAGE.read_text(encoding="utf-8").partition(_BY_HAND)
    text = f"{_INTRODUCTION}{machine} {conditions}\n\n{shown(rows)}\n{mark}{kept}"
    PAGE.write_text(text, encoding="utf-8")


def _conditions() -> str:
    """What else the machine had to do before the run, without which clock times say little."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    said = f"The machine has {cores} cores and a load of {load:.1f} before the run"
    shared = load > _QUIET
    return f"{said}, so that clock times tell little." if shared else f"{said}."


def _rows(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    yield from corpus_rows(options.corpus, options.limit, folder)
    yield from triple_rows(folder / "first", options.triples, folder)


if __name__ == "__main__":
    main()
