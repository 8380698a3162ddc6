"""Metrics as sums over documents, so that every one has a bootstrap interval.

A suite gives each document a row of additive figures ("right, predicted, right, gold"); a `Formula`
turns the summed row into the value. Resampling documents is then one matrix product: the interval
is the 2.5 to 97.5 percentile of 1,000 resamples of the documents (Efron's percentile bootstrap),
with a fixed seed, so the same rows always give the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

type Row = tuple[float, ...]
type Sums = npt.NDArray[np.float64]

RESAMPLES = 1000
SEED = 20240807
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Formula:
    """How summed rows become a value.

    `value` maps an array of summed rows (n, width) to n values; `items` says how many items the
    value rests on, for one row or, column by column, for many; `higher` is false where less is
    better (errors, counts of errors).
    """

    value: Callable[[Sums], Sums]
    items: Callable[[Any], Any]
    higher: bool = True


@dataclass(frozen=True, slots=True)
class Metric:
    """A stable metric name, the suite's row it is computed from, and the best peer's figure."""

    name: str
    row: str
    formula: Formula
    peer: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of a metric with its 95 % interval and the number of items behind it."""

    value: float
    low: float
    high: float
    items: int


def measure(rows: Sequence[Row], formula: Formula) -> Measured:
    """The formula over the documents' rows, with its interval; zeros when there is no document."""
    if not rows:
        return Measured(0.0, 0.0, 0.0, 0)
    table = np.array(rows, dtype=np.float64)
    total = table.sum(axis=0)
    low, high = _interval(table, formula)
    value = formula.value(total[np.newaxis, :])[0]
    items = int(formula.items(tuple(total.tolist())))
    return Measured(_rounded(value), _rounded(low), _rounded(high), items)


def ratio(part: Sums, whole: Sums) -> Sums:
    """`part / whole`, and 0 where there is nothing to divide by."""
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)


def harmonic(precision: Sums, recall: Sums) -> Sums:
    return ratio(2 * precision * recall, precision + recall)


def prf_columns(sums: Sums) -> tuple[Sums, Sums]:
    """Precision and recall of rows (right of predicted, predicted, right of gold, gold)."""
    return ratio(sums[:, 0], sums[:, 1]), ratio(sums[:, 2], sums[:, 3])


def _mean_f1(sums: Sums) -> Sums:
    """The mean of the F1 of several four-figure groups side by side (CoNLL average of three)."""
    groups = [harmonic(*prf_columns(sums[:, at : at + 4])) for at in range(0, sums.shape[1], 4)]
    return np.mean(groups, axis=0)


def _macro_f1(sums: Sums) -> Sums:
    """Mean F1 over the classes that occur; three figures a class: right, predicted, gold."""
    right, predicted, gold = sums[:, 0::3], sums[:, 1::3], sums[:, 2::3]
    per_class = ratio(2 * right, predicted + gold)
    return ratio(per_class.sum(axis=1), (predicted + gold > 0).sum(axis=1).astype(np.float64))


PRECISION = Formula(lambda sums: prf_columns(sums)[0], lambda row: row[1])
RECALL = Formula(lambda sums: prf_columns(sums)[1], lambda row: row[3])
F1 = Formula(lambda sums: harmonic(*prf_columns(sums)), lambda row: row[3])
SHARE = Formula(lambda sums: ratio(sums[:, 0], sums[:, 1]), lambda row: row[1])
RATE_OF_ERROR = Formula(SHARE.value, SHARE.items, higher=False)
COUNT_OF_ERRORS = Formula(lambda sums: sums[:, 0], lambda row: row[1], higher=False)
MEAN_F1 = Formula(_mean_f1, lambda row: row[3])
MACRO_F1 = Formula(_macro_f1, lambda row: sum(row[2::3]))


def _interval(table: Sums, formula: Formula) -> tuple[float, float]:
    """The 2.5 and 97.5 percentiles over the resamples that have any item to measure."""
    samples = _resample(table)
    values = formula.value(samples)[np.asarray(formula.items(samples.T)) > 0]
    if not len(values):
        return 0.0, 0.0
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _resample(table: Sums) -> Sums:
    documents = len(table)
    draws = np.random.default_rng(SEED).multinomial(
        documents, np.full(documents, 1 / documents), size=RESAMPLES
    )
    return draws.astype(np.float64) @ table


def _rounded(value: float) -> float:
    return round(float(value), DIGITS) + 0.0  # no minus zero
