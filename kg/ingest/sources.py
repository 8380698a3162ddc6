"""Finds what the arguments name: files, folders, globs and standard input, in a fixed order."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.ingest.clean import printable
from kg.model import Skipped

STDIN = "-"
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the name its reports get; without a path it is standard input."""

    uri: str
    path: Path | None


def find(arguments: Iterable[str | Path], known: Collection[str]) -> Iterator[Source | Skipped]:
    """The files in the order of the arguments; those of a folder or glob sorted by path.

    Inside a folder only files whose suffix is `known` are taken; hidden ones are passed over, and
    symbolic links are not followed, so that a folder cannot lead out of itself. A name is the path
    below the folder, below the fixed part of a glob, or the file's own.
    """
    for argument in arguments:
        path = Path(argument)
        if str(argument) == STDIN:
            yield Source("stdin", None)
        elif os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it never raises
            yield from _folder(path, known)
        elif (magic := _MAGIC.search(str(argument))) and not os.path.lexists(path):
            yield from _glob(str(argument), magic.start())
        else:
            yield Source(printable(path.name) or ".", path)


def _glob(pattern: str, magic: int) -> Iterator[Source | Skipped]:
    """The files that match; `magic` is where the part of the pattern that is not fixed begins."""
    fixed = Path(pattern[:magic] + "*").parent
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - patterns may be absolute
    files = [path for match in matches if (path := Path(match)).is_file()]
    for path in files:
        yield Source(_below(path, fixed), path)
    if not files:
        yield Skipped(printable(pattern.removeprefix("/")), "no file matches")


def _folder(folder: Path, known: Collection[str]) -> Iterator[Source | Skipped]:
    problems: list[OSError] = []
    entries: list[Path] = []
    for root, names, leaves in os.walk(folder, onerror=problems.append):
        names[:] = [name for name in names if not name.startswith(".")]
        entries += (Path(root, name) for name in (*names, *leaves) if not name.startswith("."))
    found = [item for path in sorted(entries) if (item := _entry(path, folder, known))]
    yield from found
    for problem in sorted(problems, key=lambda error: str(error.filename)):
        yield Skipped(_below(Path(problem.filename), folder), problem.strerror or "cannot be read")
    left = sorted(path.suffix.lower() or path.name for path in entries if _other(path, known))
    kinds = f"{len(left)} files of other kinds left out: {', '.join(dict.fromkeys(left))}"[:200]
    if not found and not problems:
        yield Skipped(
            _below(folder, folder), "no report in this folder" + (f"; {kinds}" if left else "")
        )
    elif left:
        yield Skipped(_below(folder, folder), kinds)


def _entry(path: Path, folder: Path, known: Collection[str]) -> Source | Skipped | None:
    uri = _below(path, folder)
    if path.is_symlink():
        return Skipped(uri, "symbolic link inside a folder; name it as an argument to read it")
    if path.is_dir() or path.suffix.lower() not in known:
        return None
    return Source(uri, path) if path.is_file() else Skipped(uri, "not a regular file")


def _other(path: Path, known: Collection[str]) -> bool:
    return not path.is_symlink() and not path.is_dir() and path.suffix.lower() not in known


def _below(path: Path, folder: Path) -> str:
    """The path as seen from the folder; the folder itself by its own name."""
    inside = path.relative_to(folder).as_posix()
    return printable(inside if inside != "." else folder.name or ".")
