"""Paragraphs of plain text: one a line, or one a blank-line block where lines are wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Section, Span

NARROWEST, WIDEST = 40, 100  # characters a line; wire copy wraps at 60 to 90
_SLACK = 6
_STOP = re.compile(r"[.!?:]\s?[\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with text on it; `opens` when a blank line or the start of the text is before it."""

    span: Span
    text: str
    indent: int
    opens: bool

    @property
    def first_word(self) -> str:
        return self.text.split(" ", 1)[0]


def paragraphs(text: str) -> tuple[str, tuple[Section, ...]]:
    """The body paragraphs of normalised text, and the text with hard-wrapped lines run on.

    Inside a paragraph each line end becomes a space, so no offset moves and no paragraph
    holds a line end.
    """
    lines = _lines(text)
    groups = _grouped(lines, _wrapped(lines))
    spans = [Span(group[0].span.start, group[-1].span.end) for group in groups]
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += text[done : span.start], text[span.start : span.end].replace("\n", " ")
        done = span.end
    return "".join(pieces) + text[done:], tuple(Section(span, "body") for span in spans)


def ends_sentence(text: str) -> bool:
    """Whether the text ends in a final stop, before closing quotation marks and brackets."""
    return _STOP.search(text) is not None


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start, opens = 0, True
    for raw in text.split("\n"):
        if line := raw.strip():
            indent = raw.index(line)
            first = start + indent
            lines.append(_Line(Span(first, first + len(line)), line, indent, opens))
        opens = not line
        start += len(raw) + 1
    return lines


def _width(lines: Sequence[_Line]) -> int:
    """The column the lines are filled to; one overlong line (a link) in twenty is let pass."""
    lengths = sorted(line.indent + len(line.text) for line in lines)
    return lengths[(len(lengths) - 1) * 19 // 20] if lengths else 0


def _wrapped(lines: Sequence[_Line]) -> bool:
    """Whether line ends are where a filled line had no room left, in mid-sentence."""
    width = _width(lines)
    breaks = [(above, below) for above, below in pairwise(lines) if not below.opens]
    if not NARROWEST <= width <= WIDEST or len(breaks) < 2:
        return False
    full = sum(_room(above, below, width) <= _SLACK for above, below in breaks)
    open_ = sum(not ends_sentence(above.text) for above, _ in breaks)
    running = sum(below.text[0].islower() or below.text.isupper() for _, below in breaks)
    total = len(breaks)
    return full >= 0.7 * total and open_ >= 0.5 * total and running >= 0.25 * total


def _room(above: _Line, below: _Line, width: int) -> int:
    """Columns that would be left if the first word of the line below were still on this one."""
    return width - above.indent - len(above.text) - 1 - len(below.first_word)


def _grouped(lines: Sequence[_Line], wrapped: bool) -> list[list[_Line]]:
    width = _width(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        above = groups[-1][-1] if groups and not line.opens else None
        if above and (_fills(above, line, width) if wrapped else _runs_on(above, line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _fills(above: _Line, below: _Line, width: int) -> bool:
    """Whether a wrapped paragraph goes on: no indent, and the line above was filled."""
    short = _room(above, below, width) > 2 * _SLACK and not below.text[0].islower()
    return below.indent <= above.indent and not short


def _runs_on(above: _Line, below: _Line) -> bool:
    """Whether a stray line end (a link, a page break) has cut a sentence in two."""
    return below.text[0].islower() and not ends_sentence(above.text)
