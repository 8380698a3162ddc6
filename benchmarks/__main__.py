"""`python -m benchmarks [CORPUS]`: every figure in one run, as a table for docs/benchmarks.md."""

from __future__ import annotations

import argparse
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
mostly loading the language model, and taken off where it says so.

"""


def main() -> None:
    """Measures, prints the table and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("samples"))
    parser.add_argument("--limit", type=int, default=1_000, help="reports at most")
    parser.add_argument("--triples", type=int, default=1_000_000)
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(options, Path(folder)):
            rows.append(row)
            print(" | ".join(row), flush=True)
    machine = f"Claimgraph {__version__}, Python {platform.python_version()}"
    PAGE.write_text(f"{_INTRODUCTION}{machine}.\n\n{shown(rows)}\n", encoding="utf-8")


def _rows(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    yield from corpus_rows(options.corpus, options.limit, folder)
    yield from triple_rows(folder / "first", options.triples, folder)


if __name__ == "__main__":
    main()
