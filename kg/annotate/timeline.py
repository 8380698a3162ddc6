"""Turns time expressions into periods, each in the light of the publication and of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from kg.annotate import periods
from kg.annotate.dates import Dates, Reading
from kg.annotate.expressions import LENGTHS, Expression
from kg.annotate.periods import Period
from kg.annotate.story import Anchor
from kg.model import Time

_TOLD = frozenset(
    ("date", "iso", "range", "weekday", "deictic", "shifted", "unit", "week", "era", "feast")
)
_LASTING = frozenset(("duration", "lapse", "within"))


class Timeline(Dates):
    """Reads the expressions of one document in text order."""

    def __init__(
        self, published: date | None, expressions: Sequence[Expression], *, today: bool
    ) -> None:
        super().__init__(published, expressions, today=today)
        self._readers: dict[str, Callable[[Expression], Reading]] = {
            "date": self._date,
            "iso": self._iso,
            "range": self._range,
            "weekday": self._weekday,
            "deictic": self._deictic,
            "night": self._night,
            "clock": self._clock,
            "unit": self._unit,
            "season": self._season,
            "shifted": self._shifted,
            "same": self._same,
            "ago": self._ago,
            "lapse": self._lapse,
            "offset": self._offset,
            "within": self._within,
            "week": self._week_of_month,
            "part": self._part_of_year,
            "century": self._century,
            "era": self._era,
            "feast": self._feast,
            "reference": self._reference,
        }

    def read(self, expression: Expression) -> Time:
        """The time that an expression means; without bounds where nothing tells them."""
        period: Period | None = None
        anchor: Anchor = "narrative"
        reader = self._readers.get(expression.kind)
        try:
            if reader is not None:  # mere durations have none
                period, anchor = reader(expression)
            period = self._clipped(expression, period) if period else None
        except (ValueError, OverflowError):  # the 31st of June, a million years ago
            period = None
        duration = expression.duration() if expression.kind in _LASTING else None
        if period is None:
            precision = expression.precision()
            return Time(expression.span, precision, anchor=anchor, duration=duration)
        if expression.kind in _TOLD and not self._is_aside(expression, period):
            self._told = period
        if expression.bound:
            period = self._bounded(expression.bound, period)
        return Time(
            expression.span,
            period.precision,
            period.edtf,
            period.earliest,
            period.latest,
            anchor,
            duration,
        )

    # ------------------------------------------------------------------- days and nights

    def _weekday(self, expression: Expression) -> Reading:
        weekday = expression.number("WEEKDAY") or 0
        found, anchor = self._bare_weekday(weekday, expression.direction)
        return (periods.day(found) if found else None), anchor

    def _deictic(self, expression: Expression) -> Reading:
        if self._published is None:
            return None, "publication"
        days = expression.number("DEICTIC") or 0
        return periods.day(self._published + timedelta(days=days)), "publication"

    def _night(self, expression: Expression) -> Reading:
        if self._published is None:
            return None, "publication"
        before = self._published - timedelta(days=1)
        if expression.has("last"):
            return periods.day(before), "publication"
        return periods.between(before, self._published, "day"), "publication"

    def _clock(self, _: Expression) -> Reading:
        """A time of day belongs to the day told last, else to that of publication."""
        if self._tells_days() and self._told and self._told.latest:
            return periods.day(self._told.latest), "narrative"
        return (periods.day(self._published) if self._published else None), "publication"

    # --------------------------------------------------------------- this, last and next

    def _unit(self, expression: Expression) -> Reading:
        here, anchor = self._here()
        if here is None:
            return None, anchor
        period = _stepped(expression, here)
        ahead = period.earliest is not None and period.earliest > here
        if ahead and expression.unit == "weekend" and expression.direction == "past":
            period = periods.containing(periods.shift(here, "week", -1), "weekend")
        if expression.clip and period.earliest and period.latest:
            first = here if expression.clip > 0 else period.earliest
            last = here if expression.clip < 0 else period.latest
            return periods.between(first, last, period.precision), anchor
        return expression.part(period), anchor

    def _season(self, expression: Expression) -> Reading:
        here, anchor = self._here()
        season = expression.number("SEASON")
        if here is None or season is None:
            return None, anchor
        if expression.direction == "future" or expression.has("following"):
            return expression.part(periods.season_from(here, season, 1)), anchor
        offset = 0 if anchor == "narrative" else -1
        return expression.part(periods.season_from(here, season, offset)), anchor

    def _shifted(self, expression: Expression) -> Reading:
        """Counted from the date told last: "the next day", "two weeks later"."""
        here = self._told.earliest if self._told else None
        anchor: Anchor = "narrative"
        unit = expression.unit
        if here is None and expression.offset < 0:
            here, anchor = self._published, "publication"
        elif unit in ("day", "week") and not self._tells_days():
            return None, anchor
        count, vague = expression.count(1)
        if here is None or vague:
            return None, anchor
        if unit in ("hour", "minute"):  # of a day that is told, the same or the next
            if not self._tells_days() or expression.offset < 0:
                return None, anchor
            last = here + timedelta(days=unit == "hour")
            return (
                periods.between(here, last, "day") if last > here else periods.day(here)
            ), anchor
        if expression.number("MONTH", "SEASON") is not None:
            return _stepped(expression, here), anchor
        when = periods.shift(here, unit, count * expression.offset)
        return (periods.day(when) if unit == "week" else periods.containing(when, unit)), anchor

    def _offset(self, expression: Expression) -> Reading:
        """At the end of a clause "two days before" counts from the date told last."""
        ends = not expression.followers or not expression.followers[0][0].isalnum()
        if expression.has("before") and ends:
            return self._shifted(expression)
        return None, "narrative"

    def _same(self, expression: Expression) -> Reading:
        here = self._told.earliest if self._told else None
        season, month = expression.number("SEASON"), expression.number("MONTH")
        days = expression.unit in ("day", "week") and season is None and month is None
        if here is None or (days and not self._tells_days()):
            return None, "narrative"
        if month is not None:  # "in 2019 ... that May"; of another year after "in June 2019"
            return (periods.month(here.year, month) if month >= here.month else None), "narrative"
        if season is not None:
            return periods.season(here.year, season), "narrative"
        return periods.containing(here, expression.unit), "narrative"

    # ------------------------------------------------------------------ counted stretches

    def _ago(self, expression: Expression) -> Reading:
        if self._published is None:
            return None, "publication"
        unit = expression.unit
        count, vague = expression.count(2)
        if unit in ("hour", "minute"):
            yesterday = self._published - timedelta(days=1)
            return periods.between(yesterday, self._published, "day"), "publication"
        when = periods.shift(self._published, unit, -count)
        if vague:
            return periods.until(when), "publication"
        if unit == "day":
            return periods.day(when), "publication"
        if unit == "week":
            around = timedelta(days=3)
            return Period(f"{when}~", when - around, when + around, "week"), "publication"
        unit = "month" if unit == "month" else "year"
        return periods.approximate(periods.containing(when, unit)), "publication"

    def _lapse(self, expression: Expression) -> Reading:
        """So many units up to now, or from now on; a vague count gives whole units."""
        here, anchor = self._here()
        if here is None:
            return None, anchor
        unit = expression.unit
        count, vague = expression.count(3)
        first, last = sorted((here, periods.shift(here, unit, count * expression.offset)))
        if not vague or unit in ("hour", "day", "week"):
            precision = "vague" if vague else LENGTHS.get(unit, "vague")
            return periods.between(first, last, precision), anchor
        begin, end = periods.containing(first, unit), periods.containing(last, unit)
        latest = here if expression.offset < 0 else end.latest
        return replace(periods.join(begin, end), latest=latest, precision="vague"), anchor

    def _within(self, expression: Expression) -> Reading:
        """A term that runs from the publication; in the past it is a mere duration."""
        if self._published is None or self._narrative or expression.direction == "past":
            return None, "narrative"
        count, _ = expression.count(3)
        end = periods.shift(self._published, expression.unit, count)
        return periods.between(self._published, end, "days"), "publication"

    def _reference(self, expression: Expression) -> Reading:
        """What "now", "recently" and "soon" mean to the readers of news."""
        side = expression.number("REFERENCE")
        side = expression.offset if side is None else side
        if self._published is None or self._narrative:
            return None, "narrative"
        if side > 0 and expression.direction == "past":  # "was soon taken"
            return None, "narrative"
        reader = {-1: periods.until, 0: periods.day, 1: periods.after}[side]
        return reader(self._published), "publication"


def _stepped(expression: Expression, here: date) -> Period:
    """Last, this or next weekday, month, season or calendar unit, seen from a day."""
    offset = expression.offset
    weekday, month, season = (expression.number(n) for n in ("WEEKDAY", "MONTH", "SEASON"))
    if weekday is not None:
        return periods.day(periods.weekday_from(here, weekday, offset))
    if season is not None:
        return periods.season_from(here, season, offset)
    if month is not None and expression.text("UNIT"):  # "May of next year"
        return periods.month(here.year + offset, month)
    if month is not None:
        return periods.month_from(here, month, offset)
    return periods.containing(periods.shift(here, expression.unit, offset), expression.unit)
