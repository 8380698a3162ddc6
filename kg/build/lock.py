"""`kg.lock`: what a build read, with which options and versions, and what it wrote."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, Literal

import msgspec

from kg.errors import BuildError

NAME = "kg.lock"
FORMAT: Final = 2
STDIN = "-"
_RESOURCES = frozenset((".csv", ".gz", ".rq", ".tsv", ".ttl", ".yml"))


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The options that decide what is written.

    `overlays` are named like `Lock.inputs`, in the order in which they were given; so is the file
    of `decisions`. `console` says that the page answers SPARQL.
    """

    published: date | None = None
    publisher: str | None = None
    columns: Mapping[str, str] = {}
    overlays: tuple[str, ...] = ()
    decisions: str | None = None
    console: bool = False


class Versions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What did the work: this product, the language engine with its model, `ontology/`'s hash.

    `decisions` is the SHA-256 sum of the ledger, empty without one.
    """

    claimgraph: str
    engine: str
    ontology: str
    decisions: str = ""


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A report that was read: its name, and the hash of its text as stored."""

    uri: str
    sha256: str


class Lock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The record of one build. It holds no clock and no folder outside the inputs' own.

    `inputs` are named by the way that leads to them from the output folder, so that the two can be
    moved together and rebuilt from anywhere. `files` maps what was written to its SHA-256 sum; the
    bytes of the store and of the search index are not the same each time, but what they hold is,
    and `dataset` is its hash (see `kg.build.contents.Contents.digest`).
    """

    inputs: tuple[str, ...]
    options: Options
    versions: Versions
    reports: tuple[Report, ...]
    files: Mapping[str, str]
    dataset: str
    format: Literal[2] = FORMAT

    def write(self, folder: Path) -> None:
        """Writes the lock as sorted, indented JSON."""
        text = msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=2)
        (folder / NAME).write_bytes(text + b"\n")

    def changed(self, older: Lock | None) -> Iterator[str]:
        """The files that are not byte for byte as the older build wrote them."""
        for name, digest in self.files.items():
            if older is None or older.files.get(name) != digest:
                yield name

    def differences(self, older: Lock) -> Iterator[str]:
        """What of the input and the machinery is not as in the older build, a line each."""
        for name in Versions.__struct_fields__:
            before, after = getattr(older.versions, name), getattr(self.versions, name)
            if before != after:
                yield f"{name}: {before} -> {after}"
        gone = {report.uri for report in set(older.reports) - set(self.reports)}
        new = {report.uri for report in set(self.reports) - set(older.reports)}
        for uri in sorted(gone | new):
            verb = "gone" if uri not in new else "new" if uri not in gone else "changed"
            yield f"report {uri}: {verb}"


def read(folder: Path) -> Lock:
    """The lock of an output folder. Raises `BuildError` when there is none that can be read."""
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Lock)
    except FileNotFoundError:
        raise BuildError("no build has been finished here", str(folder)) from None
    except OSError as error:
        raise BuildError(error.strerror or str(error), str(path)) from error
    except msgspec.DecodeError as error:
        raise BuildError(f"is not a lock of format {FORMAT}: {error}", str(path)) from error


def read_if_any(folder: Path) -> Lock | None:
    """The lock of the last build here, `None` when there is none or it is of another format."""
    try:
        return read(folder)
    except BuildError:
        return None


def name_of(path: str | os.PathLike[str], output: Path) -> str:
    """How the lock names a given path: with slashes, as seen from `output`.

    A path that has nothing but the root in common with `output` stays absolute, because the way up
    and down again would tell just as much and break when either is moved.
    """
    if os.fspath(path) == STDIN:
        return STDIN
    given, base = _absolute(path), _absolute(output)
    apart = given.parts[:2] != base.parts[:2]
    return str(given) if apart else given.relative_to(base, walk_up=True).as_posix()


def path_of(name: str, output: Path) -> Path:
    """The path that a name in the lock of `output` stands for."""
    return _absolute(output / name)


def _absolute(path: str | os.PathLike[str]) -> Path:
    """The absolute path without dots, in which symbolic links keep the names the user knows."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fingerprint(folders: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of the resource files below the folders, in hex.

    A folder may also be a single file.
    """
    total = hashlib.sha256()
    for folder in folders:
        found = [folder] if folder.is_file() else folder.rglob("*")
        for path in sorted(path for path in found if path.suffix in _RESOURCES):
            total.update(f"{path.relative_to(folder).as_posix()} {sha256(path)}\n".encode())
    return total.hexdigest()
