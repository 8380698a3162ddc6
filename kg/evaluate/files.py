"""Reads the suites' files record by record: a bad record costs its line, a bad file its rest."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec


def find_files(folder: Path, *patterns: str, without: tuple[str, ...] = ()) -> list[Path]:
    """Files of the folder by name that fit one of the patterns and none of `without`."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and any(path.match(pattern) for pattern in patterns)
        and not any(path.match(pattern) for pattern in without)
    )


def read_lines[T](path: Path, kind: type[T], problems: list[str]) -> Iterator[T]:
    """The records of a JSON Lines file (gzip by its name), decoded as `kind`.

    What cannot be read is added to `problems` as `file:line: reason`: one line where a record is
    wrong, the rest of the file where it is truncated or cannot be decompressed.
    """
    decoder = msgspec.json.Decoder(kind)
    number = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    yield decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    problems.append(f"{path.name}:{number}: {error}")
    except (OSError, EOFError, zlib.error) as error:
        problems.append(f"{path.name}:{number + 1}: {error}")


def read_record[T](path: Path, kind: type[T], problems: list[str]) -> T | None:
    """One JSON file as `kind`, or None and a problem."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}:1: {error}")
        return None
