"""Where the decisions of a build are kept."""

from __future__ import annotations

import os
from pathlib import Path

from kg.build import lock
from kg.errors import BuildError

NAME = "decisions.yml"


def usual(output: Path) -> Path:
    """Where the decisions on `output` are when nobody says otherwise: `NAME` beside the folder."""
    return lock.path_of(f"../{NAME}", output)


def ledger_path(output: Path, given: str | os.PathLike[str] | None = None) -> Path:
    """Where to write a decision on `output`.

    The given file, the one that the last build honoured, or `NAME` beside the folder.
    """
    if given:
        return Path(given)
    record = lock.read_if_any(output)
    honoured_then = record.options.decisions if record else None
    return lock.path_of(honoured_then, output) if honoured_then else usual(output)


def honoured(output: Path, given: str | os.PathLike[str] | None = None) -> Path | None:
    """The file that a build of `output` honours: the given one, or `NAME` beside that folder.

    `None` if there is none. Raises `BuildError` when the given file does not exist.
    """
    path = Path(given) if given else usual(output)
    if path.is_file():
        return path
    if given:
        raise BuildError("there is no such file of decisions", str(path))
    return None
