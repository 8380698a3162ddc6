"""Reads the suites' files record by record: a bad record costs its line, a bad file its rest."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

_BYTE = re.compile(r"\(byte (\d+)\)")


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
    """One JSON file as `kind`, or None and a problem at the line where it is wrong."""
    content = b""
    try:
        content = path.read_bytes()
        return msgspec.json.decode(content, type=kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}:{_line(content, str(error))}: {error}")
        return None


def _line(content: bytes, message: str) -> int:
    """The line of the byte that msgspec names, the last one of a truncated file, else the first."""
    if at := _BYTE.search(message):
        return content.count(b"\n", 0, int(at[1])) + 1
    return content.rstrip().count(b"\n") + 1 if "truncated" in message else 1
