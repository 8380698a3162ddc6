"""Labels given to known items: accuracy and macro F1, numeric values: error and correlation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from kg.evaluate.measure import Formula, Row, Sums, ratio


def share_row(rights: Sequence[bool]) -> Row:
    """(right, all)."""
    return (sum(rights), len(rights))


def class_row(classes: Sequence[str], gold: Sequence[str], ours: Sequence[str | None]) -> Row:
    """Three figures a class (right, predicted, gold); an answer of None is no prediction."""
    counts = {name: [0, 0, 0] for name in classes}
    for wanted, given in zip(gold, ours, strict=True):
        counts[wanted][2] += 1
        if given in counts:
            counts[given][1] += 1
            counts[given][0] += given == wanted
    return tuple(chain.from_iterable(counts.values()))


def error_row(gold: Sequence[float], ours: Sequence[float]) -> Row:
    """(number, sum of absolute errors, sums of x, y, xx, yy, xy) of paired values."""
    pairs = list(zip(gold, ours, strict=True))
    return (
        len(pairs),
        sum(abs(x - y) for x, y in pairs),
        sum(x for x, _ in pairs),
        sum(y for _, y in pairs),
        sum(x * x for x, _ in pairs),
        sum(y * y for _, y in pairs),
        sum(x * y for x, y in pairs),
    )


def _pearson(sums: Sums) -> Sums:
    n, _, x, y, xx, yy, xy = sums.T
    spread = np.sqrt(np.clip(n * xx - x * x, 0, None) * np.clip(n * yy - y * y, 0, None))
    return ratio(n * xy - x * y, spread)


MEAN_ABSOLUTE_ERROR = Formula(
    lambda sums: ratio(sums[:, 1], sums[:, 0]), lambda row: row[0], higher=False
)
PEARSON = Formula(_pearson, lambda row: row[0])
