"""Quotations: where the marks are, and who speaks in each, over sentence boundaries."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Sentence, Span

_OPEN = {"“": "”", "«": "»", "„": "”"}
_STRAIGHT = '"'
_LONGEST = 1500  # characters; an unclosed mark must not swallow a report


def quotations(text: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Spans between paired double quotation marks, without the marks.

    A mark that is not closed in its paragraph is closed at the paragraph's end, as news writes a
    quotation that goes on in the next paragraph.
    """
    if not sentences:
        return ()
    found: list[Span] = []
    start: int | None = None
    closing = ""
    for index in range(sentences[0].span.start, sentences[-1].span.end + 1):
        char = text[index] if index < len(text) else "\n"
        if start is None:
            if char in _OPEN or char == _STRAIGHT:
                start, closing = index + 1, _OPEN.get(char, _STRAIGHT)
        elif char == closing or char == "\n" or index - start > _LONGEST:
            if index > start:
                found.append(Span(start, index))
            start = None
    return tuple(found)


def containing(quotes: Sequence[Span], span: Span) -> Span | None:
    """The quotation that holds the whole span."""
    return next((quote for quote in quotes if quote.contains(span)), None)
