"""A sentence cut up for a page: runs of characters with what there is to say about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.export.html.display import visible


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters; `kind` is empty, `entity` or `trigger`, `title` what to say about it."""

    text: str
    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at half-open offsets into a report."""

    start: int
    end: int
    kind: str
    title: str


def pieces(text: str, start: int, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The text, which begins at offset `start`, cut up by its marks.

    Of marks that overlap the first and longest is shown.
    """
    done = 0
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        first, last = mark.start - start, min(mark.end - start, len(text))
        if first < done or last <= first:
            continue
        yield Piece(visible(text[done:first]))
        yield Piece(visible(text[first:last]), mark.kind, visible(mark.title))
        done = last
    yield Piece(visible(text[done:]))
