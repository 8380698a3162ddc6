"""Spans with labels: one-to-one matching and the rows of precision, recall and F1.

Greedy by longest overlap, as the re3d and the usual relaxed named-entity scores do; ties are broken
by position, so that the order of the predictions cannot matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.evaluate.measure import Row
from kg.model import Span


@dataclass(frozen=True, slots=True, order=True)
class Labelled:
    """A span with what the suite says of it: a type, a normalised value, an identity."""

    span: Span
    label: str = ""


type Agrees = Callable[[Labelled, Labelled], bool]


def same_label(gold: Labelled, ours: Labelled) -> bool:
    return gold.label == ours.label


def any_label(_gold: Labelled, _ours: Labelled) -> bool:
    return True


def overlap(one: Span, other: Span) -> int:
    """Characters in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def match_spans(
    gold: Sequence[Labelled],
    ours: Sequence[Labelled],
    agrees: Agrees = same_label,
    *,
    exact: bool = False,
) -> list[tuple[int, int]]:
    """Pairs of indexes (gold, ours): same span if `exact`, else any overlap, longest first."""
    ranked = []
    for left, one in enumerate(gold):
        for right, other in enumerate(ours):
            common = overlap(one.span, other.span)
            if common and agrees(one, other) and (one.span == other.span or not exact):
                surplus = one.span.end - one.span.start + other.span.end - other.span.start
                ranked.append((2 * common - surplus, -common, one, other, left, right))
    ranked.sort(key=lambda pair: (pair[1], -pair[0], pair[2], pair[3]))
    pairs: list[tuple[int, int]] = []
    used_gold, used_ours = set[int](), set[int]()
    for *_, left, right in ranked:
        if left not in used_gold and right not in used_ours:
            used_gold.add(left)
            used_ours.add(right)
            pairs.append((left, right))
    return sorted(pairs)


def span_row(
    gold: Sequence[Labelled],
    ours: Sequence[Labelled],
    agrees: Agrees = same_label,
    *,
    exact: bool = False,
) -> Row:
    """(right, predicted, right, gold)."""
    right = len(match_spans(gold, ours, agrees, exact=exact))
    return (right, len(ours), right, len(gold))


def set_row[T](gold: set[T], ours: set[T]) -> Row:
    """(right, predicted, right, gold) of two sets of hashable items."""
    right = len(gold & ours)
    return (right, len(ours), right, len(gold))


_DETERMINERS = ("the ", "a ", "an ")


def without_determiner(text: str, span: Span) -> Span:
    """The span without one leading article, on which annotators disagree at random."""
    words = text[span.start : span.end].lower()
    for article in _DETERMINERS:
        if words.startswith(article) and len(words) > len(article):
            return Span(span.start + len(article), span.end)
    return span
