"""Quotations: where the marks are, and who speaks in each, over sentence boundaries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Sentence, Span

_OPEN = {"“": "”", "«": "»", "„": "”"}
_STRAIGHT = '"'
_MARK = re.compile(f"[{_STRAIGHT}{''.join(_OPEN)}]")
_LONGEST = 1500  # characters; an unclosed mark must not swallow a report


def quotations(text: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Spans between paired double quotation marks, without the marks.

    A mark that is not closed in its paragraph is closed at the paragraph's end where the next one
    opens again, as news writes a quotation of several paragraphs; else where it is closed later.
    Of straight marks the spaces around tell which one opens or closes, so that a lost one does not
    turn quotations inside out; a doubled one counts once.
    """
    if not sentences:
        return ()
    first = _MARK.search(text, sentences[0].span.start)
    if first is None:
        return ()
    found: list[Span] = []
    start: int | None = None
    closing = ""
    for index in range(first.start(), sentences[-1].span.end + 1):
        char = text[index] if index < len(text) else "\n"
        side = _side(text, index) if char == _STRAIGHT else ""
        if side == "doubled":
            continue
        if start is None:
            if char in _OPEN or (char == _STRAIGHT and side != "closes"):
                start, closing = index + 1, _OPEN.get(char, _STRAIGHT)
        elif char == "\n" and index - start <= _LONGEST and _goes_on(text, index, closing):
            continue
        elif _ends(char, side, closing) or char == "\n" or index - start > _LONGEST:
            if index > start:
                found.append(Span(start, index))
            start = index + 1 if side == "opens" else None
    return tuple(found)


def _side(text: str, index: int) -> str:
    """Whether a straight mark opens or closes, as far as its neighbours tell."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if before == _STRAIGHT:
        return "doubled"
    if after == _STRAIGHT:
        return ""
    if after.isalnum() and (not before or before.isspace() or before in "(["):
        return "opens"
    ends = not after or after.isspace() or after in ".,;:!?)]"
    return "closes" if ends and before and not before.isspace() else ""


def _ends(char: str, side: str, closing: str) -> bool:
    """Whether a mark closes the quotation; a curly one may be closed by a straight one."""
    mixed = {char, closing} == {_STRAIGHT, "”"} and side != "opens"
    return char == closing or mixed


def _goes_on(text: str, end: int, closing: str) -> bool:
    """Whether the next mark after the end of a line closes what is open there."""
    marks = (_STRAIGHT, *_OPEN, *_OPEN.values())
    after = next((i for i in range(end, min(end + _LONGEST, len(text))) if text[i] in marks), None)
    if after is None or text[after] != closing:
        return False
    return closing != _STRAIGHT or not text[after - 1].isspace()


def containing(quotes: Sequence[Span], span: Span) -> Span | None:
    """The quotation that holds the whole span."""
    return next((quote for quote in quotes if quote.contains(span)), None)
