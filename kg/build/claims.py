"""The claims of a finished build, whether or not it wrote `claims.jsonl`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.build.contents import Contents
from kg.build.output import CLAIMS
from kg.build.state import consulted
from kg.errors import BuildError


def claim_lines(output: Path, reports: Iterable[str] = ()) -> Iterator[str]:
    """The lines of `claims.jsonl`: at least those of the reports whose ids begin so, or all.

    Where the file was not written they come from the state of the build, a report at a time.
    Raises `BuildError` where there is neither.
    """
    if (path := output / CLAIMS).is_file():
        with path.open(encoding="utf-8", newline="\n") as lines:
            yield from lines
        return
    try:
        with consulted(output) as database:
            for text in Contents(database).claims(reports):
                yield from text.splitlines()
    except sqlite3.Error as error:
        raise BuildError("has no state of this version of kg", str(output)) from error
