"""The CaRB score of open information extraction (Bhardwaj, Aggarwal and Mausam 2019).

A prediction may match a gold tuple in part: matched words over predicted words is the precision of
the pair, over gold words its recall. Predictions are put in a canonical order first, so that ties
do not depend on the order in which they were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.evaluate.measure import Formula, Row, Sums, harmonic, ratio

SPEECH = ("said", "told", "added", "adds", "says")
CONTEXT = "C: "
BE = frozenset({"am", "are", "be", "been", "being", "is", "was", "were"})
NOTHING = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Extraction:
    """A relation phrase and its arguments as white-space separated words."""

    rel: str
    args: tuple[str, ...]
    confidence: float = 1.0

    @property
    def binary(self) -> tuple[str, ...]:
        """The first argument, and all the others as one."""
        return (*self.args[:1], *([" ".join(self.args[1:])] if len(self.args) > 1 else []))


def without_context(gold: Extraction) -> Extraction:
    """The gold tuple without its attribution and condition arguments."""
    return Extraction(gold.rel, tuple(each for each in gold.args if CONTEXT not in each))


def pair_score(gold: Extraction, ours: Extraction) -> tuple[float, float]:
    """(precision, recall) of a prediction against a gold tuple; swapped for verbs of saying."""
    straight = _score(gold.rel, gold.binary, ours.rel, ours.binary)
    if not any(verb in gold.rel for verb in SPEECH):
        return straight
    return max(straight, _score(gold.rel, gold.binary, ours.rel, ours.binary[::-1]))


def curve_rows(
    gold: Sequence[Sequence[Extraction]], ours: Sequence[Sequence[Extraction]]
) -> list[Row]:
    """A row a sentence for `BEST_F1` and `AUC`: four figures for each confidence, highest first."""
    levels = sorted({each.confidence for side in ours for each in side}, reverse=True) or [0.0]
    return [
        _sentence([without_context(each) for each in wanted], given, levels)
        for wanted, given in zip(gold, ours, strict=True)
    ]


def _sentence(
    gold: Sequence[Extraction], ours: Sequence[Extraction], levels: Sequence[float]
) -> Row:
    ranked = sorted(ours, key=lambda each: (-each.confidence, each.rel, each.args))
    scores = [[pair_score(wanted, given) for given in ranked] for wanted in gold]
    row: list[float] = []
    figures: tuple[float, float, float, float] = (0.0, 0.0, 0.0, len(gold))
    count = 0
    for level in levels:
        above = sum(each.confidence >= level for each in ranked)
        if above != count:
            count = above
            figures = _figures([line[:count] for line in scores], count)
        row += figures
    return tuple(row)


def _figures(
    scores: list[list[tuple[float, float]]], predictions: int
) -> tuple[float, float, float, float]:
    """Sum of precisions one to one, predictions, sum of best recalls, gold tuples."""
    pairs = sorted(
        (-precision, -recall, row, column)
        for row, line in enumerate(scores)
        for column, (precision, recall) in enumerate(line)
    )
    rows, columns, sum_of_precisions = set[int](), set[int](), 0.0
    for negative, _, row, column in pairs:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            sum_of_precisions -= negative
    sum_of_recalls = sum(max((each for _, each in line), default=0.0) for line in scores)
    return sum_of_precisions, predictions, sum_of_recalls, len(scores)


def _score(
    gold_rel: str, gold_args: Sequence[str], rel: str, args: Sequence[str]
) -> tuple[float, float]:
    matched = _matched_relation(gold_rel.split(), rel.split())
    if not matched or len(args) < min(2, len(gold_args)):
        return NOTHING
    predicted, wanted = len(rel.split()), len(gold_rel.split())
    for at, argument in enumerate(gold_args):
        wanted += len(argument.split())
        if at < len(args):
            predicted += len(args[at].split())
            matched += sum((Counter(argument.split()) & Counter(args[at].split())).values())
    return matched / predicted, matched / wanted


def _matched_relation(gold: Sequence[str], ours: Sequence[str]) -> int:
    """Words in common as multisets; a predicted "be" stands for any form of it."""
    left = list(ours)
    matched = 0
    for word in gold:
        for candidate in (word, "be" if word in BE else word):
            if candidate in left:
                left.remove(candidate)
                matched += 1
                break
    return matched


def _curve(sums: Sums) -> tuple[Sums, Sums]:
    """Precision and recall by confidence, (n, levels) each."""
    precision = ratio(sums[:, 0::4], sums[:, 1::4])
    return precision, ratio(sums[:, 2::4], sums[:, 3::4])


def _best_f1(sums: Sums) -> Sums:
    best: Sums = harmonic(*_curve(sums)).max(axis=1)
    return best


def _area(sums: Sums) -> Sums:
    """Under the curve from (recall 0, precision 1), by trapezoids."""
    precision, recall = _curve(sums)
    start = np.ones((len(sums), 1))
    heights = np.hstack([start, precision])
    steps = np.diff(np.hstack([0 * start, recall]), axis=1)
    area: Sums = ((heights[:, 1:] + heights[:, :-1]) / 2 * steps).sum(axis=1)
    return area


BEST_F1 = Formula(_best_f1, lambda row: row[3])
AUC = Formula(_area, lambda row: row[3])
