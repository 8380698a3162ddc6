"""What bare dates lean on: the day of publication, or the date that a narrative told last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median_low
from typing import Literal

from msgspec.structs import replace

from kg.annotate import periods
from kg.annotate.expressions import Bound, Expression
from kg.annotate.periods import Period

Anchor = Literal["absolute", "publication", "narrative"]

_DEICTIC = frozenset(("weekday", "deictic", "unit", "ago", "lapse", "night"))
_FINE = frozenset(("day", "days", "week", "month", "part_of_month"))
_COARSE = frozenset(("year", "part_of_year", "decade"))
_ANCIENT = 3  # so many years before Christ make a history


class Story:
    """The dates of one document so far.

    A document whose years mostly lie behind its publication, with hardly a "yesterday", is a
    narrative: its bare dates lean on the date told last, not on the day of publication; unless it
    tells of `today`, in the present tense.
    """

    def __init__(
        self, published: date | None, expressions: Sequence[Expression], *, today: bool
    ) -> None:
        self._published = published
        self._told: Period | None = None
        self._narrative = _is_narrative(published, expressions, today)

    def _here(self) -> tuple[date | None, Anchor]:
        """The day that bare expressions lean on."""
        if self._narrative and self._told:
            if self._told.earliest is None:  # before Christ
                return None, "narrative"
            return self._told.earliest, "narrative"
        return self._published, "publication"

    def _is_aside(self, expression: Expression, period: Period) -> bool:
        """Whether a year or a part of one stands beside a story that is told by days or months.

        It goes on with that year only where a sentence opens with it, and not with its own year.
        """
        told = self._told
        if told is None or told.precision not in _FINE or period.precision not in _COARSE:
            return False
        same = told.earliest and period.earliest and told.earliest.year == period.earliest.year
        return bool(same) or not expression.opens

    def _tells_days(self) -> bool:
        return self._told is not None and self._told.precision in ("day", "days")

    def _clipped(self, expression: Expression, period: Period) -> Period:
        """What is told in the past tense was over on the day of publication."""
        today, first, last = self._published, period.earliest, period.latest
        if today is None or first is None or last is None or not first < today < last:
            return period
        this = expression.kind == "unit" and expression.offset == 0 and not expression.clip
        over = expression.direction == "past" or (this and expression.direction == "open")
        if not over or period.precision == "vague":
            return period
        if period.precision == "week":
            return periods.between(first, today, "week")
        return replace(period, latest=today)

    def _bounded(self, bound: Bound, period: Period) -> Period:
        """Up to the period; or from it until publication, open where that is unknown.

        A decade or century bounds it by its years, as no interval of EDTF ends in "199X".
        """
        if "X" in period.edtf and period.earliest is not None and period.latest is not None:
            years = f"{period.earliest.year:04}/{period.latest.year:04}"
            period = replace(period, edtf=years)
        if bound == "by":
            return replace(period, edtf=f"../{period.edtf.split('/')[-1]}", earliest=None)
        first, today = period.earliest, self._published
        begin = period.edtf.split("/")[0]
        if today is None or first is None or self._narrative or today < first:
            return replace(period, edtf=f"{begin}/..", latest=None)
        return replace(period, edtf=f"{begin}/{today.isoformat()}", latest=today)


def _is_narrative(published: date | None, expressions: Sequence[Expression], today: bool) -> bool:
    """Of unknown day is a report with "last week" as well: that leans on no year told before."""
    years = [year for each in expressions if (year := each.number("YEAR")) is not None]
    if sum(each.kind == "era" for each in expressions) >= _ANCIENT:
        return True
    deictic = sum(each.kind in _DEICTIC for each in expressions)
    bare = deictic * 4 <= len(years)
    if published is None:
        return bare
    return bare and not today and len(years) >= 3 and median_low(years) < published.year - 1
