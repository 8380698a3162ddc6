"""What every reader hands on: normalised text, its paragraphs, what the input says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from kg.errors import InputError
from kg.ingest.clean import one_line
from kg.model import Section, SectionKind, Span

MAX_CHARACTERS = 2_000_000
MAX_TEXT_BYTES = 4 * MAX_CHARACTERS  # the longest UTF-8 character
MAX_FIELD = 300
TOO_LONG = f"longer than the limit of {MAX_CHARACTERS:,} characters"

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Report:
    """A report before its sections are known: `paragraphs` are `body` or `heading`, in order."""

    uri: str
    text: str
    paragraphs: tuple[Section, ...]
    title: str | None = None
    publisher: str | None = None
    published: date | None = None


def content(stream: BinaryIO, limit: int) -> bytes:
    """All of a stream; raises `InputError` when it has more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"larger than the limit of {limit:,} bytes")
    return data


def join(blocks: Iterable[tuple[SectionKind, str]]) -> tuple[str, tuple[Section, ...]]:
    """Text of one block a paragraph, with a blank line between, and the paragraphs in it.

    White space inside a block becomes one space; empty blocks are left out.
    """
    pieces: list[str] = []
    paragraphs: list[Section] = []
    offset = 0
    for kind, block in blocks:
        if line := one_line(block):
            pieces.append(line)
            paragraphs.append(Section(Span(offset, offset + len(line)), kind))
            offset += len(line) + 2
    return "\n\n".join(pieces), tuple(paragraphs)


def field(value: object) -> str | None:
    """A title or name given as metadata, on one line and cut at `MAX_FIELD` characters."""
    return one_line(value)[:MAX_FIELD] or None if isinstance(value, str) else None


def day(value: object) -> date | None:
    """The day of an ISO 8601 date or date-time, `None` for anything else."""
    if not isinstance(value, str) or not (match := _ISO_DAY.match(value.strip())):
        return None
    try:
        return date.fromisoformat(match[0])
    except ValueError:
        return None
