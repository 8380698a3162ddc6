"""Turns time expressions into periods, each in the light of the publication and of the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.annotate import periods
from kg.annotate.expressions import LENGTHS, Expression, Word, halves, number, parted
from kg.annotate.periods import Period
from kg.annotate.story import Anchor, Story
from kg.annotate.tense import Direction
from kg.annotate.time_words import time_lexicon
from kg.model import Time

Reading = tuple[Period | None, Anchor]

_TOLD = frozenset(
    ("date", "iso", "range", "weekday", "deictic", "shifted", "unit", "week", "era", "feast")
)
_LASTING = frozenset(("duration", "lapse", "within"))
_DAY = ("DAY", "NTHDAY", "ORDINAL")
_YEARS_BEFORE = ("YEAR", "NUMBER", "DAY")
_APPOINTMENT = timedelta(days=14)  # a past tense may still announce a day this near
_NEAR = timedelta(days=60)  # a day so near needs no year, whatever the verb above it says
_SOON = 4  # months; what is further off is not told without a future
_NEW_YEAR = 6  # months: in a narrative, a month so much earlier than the last is of the next year


class Timeline(Story):
    """Reads the expressions of one document in text order."""

    def __init__(self, published: date | None, expressions: Sequence[Expression]) -> None:
        super().__init__(published, expressions)
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

    # --------------------------------------------------------------------------- dates

    def _iso(self, expression: Expression) -> Reading:
        year, month, day = (int(word.value) for word in expression.words[:5:2])
        return periods.day(date(year, month, day)), "absolute"

    def _date(self, expression: Expression) -> Reading:
        words = expression.words
        if expression.text("UNIT"):  # "the first days of May", "May of that year"
            words = tuple(word for word in words if word.name not in _DAY)
        famous = self._famous(expression)
        if famous is not None:
            return periods.day(famous), "absolute"
        period, anchor = self._composed(words, expression.direction)
        return expression.part(period), anchor

    def _famous(self, expression: Expression) -> date | None:
        """The day that a well-known event is called by, once it has happened."""
        if expression.number("YEAR") is not None:
            return None
        month, day = expression.number("MONTH"), expression.number(*_DAY)
        for each in time_lexicon().famous:
            called = not each.words.isdisjoint(expression.followers)
            if called and (month, day) == (each.month, each.day):
                found = date(each.year, each.month, each.day)
                return found if self._published is None or found <= self._published else None
        return None

    def _composed(self, words: Sequence[Word], direction: Direction) -> Reading:
        """A date from its year, month and day, or as many of them as are given."""
        decade, year, month = (number(words, name) for name in ("DECADE", "YEAR", "MONTH"))
        day, season = number(words, *_DAY), number(words, "SEASON")
        if decade is not None:
            return periods.decade(decade), "absolute"
        if year is not None and month is not None:
            return periods.day_or_month(year, month, day), "absolute"
        if year is not None:
            return periods.season(year, season) if season else periods.year(year), "absolute"
        here, anchor = self._here()
        if here is None or (month is None and day is None):
            return None, anchor
        if month is None:
            return periods.day_or_month(here.year, here.month, day), anchor
        return periods.day_or_month(self._year(here, month, day, direction), month, day), anchor

    def _year(self, here: date, month: int, day: int | None, direction: Direction) -> int:
        """The year of a date without one."""
        if self._narrative and self._told:
            return here.year + (month < here.month - _NEW_YEAR)
        if day is None:
            soon = (month - here.month) % 12 <= _SOON  # in August, "elections in November"
            ahead = direction == "future" or (direction == "open" and soon)
            return here.year + (month < here.month if ahead else -(month > here.month))
        days = [periods.day_of(here.year + n, month, day) for n in (-1, 0, 1)]
        nearest = min(days, key=lambda each: abs(each - here))
        if direction == "past":
            return max(each for each in days if each <= here + _APPOINTMENT).year
        if direction == "future" and abs(nearest - here) > _NEAR:
            return min(each for each in days if each >= here).year
        return nearest.year

    def _range(self, expression: Expression) -> Reading:
        """Two dates; each takes over from the other what it leaves out."""
        left, right = halves(expression.words)
        months = [word for word in (*left, *right) if word.name == "MONTH"]
        if number(right, "WEEKDAY") is not None:
            return self._weekdays(left, right, expression.direction)
        if not months:
            return _years(left, right), "absolute"
        given = [word for word in (*right, *left) if word.name == "YEAR"][:1]
        words = [word for word in right if word.name in _DAY]
        end, anchor = self._composed([*words, months[-1], *given], expression.direction)
        if end is None or end.earliest is None:
            return None, anchor
        year, month = number(left, "YEAR"), int(months[0].value)
        begin = periods.day_or_month(year or end.earliest.year, month, number(left, *_DAY))
        if year is None and begin.earliest and begin.earliest > end.earliest:
            begin = periods.day_or_month(end.earliest.year - 1, month, number(left, *_DAY))
        return periods.join(parted(left, begin), parted(right, end)), anchor

    def _weekdays(
        self, left: Sequence[Word], right: Sequence[Word], direction: Direction
    ) -> Reading:
        last, anchor = self._bare_weekday(number(right, "WEEKDAY") or 0, direction)
        if last is None:
            return None, anchor
        first = periods.weekday_from(last, number(left, "WEEKDAY") or 0, -1)
        return periods.between(first, last, "days"), anchor

    # ------------------------------------------------------------------- days and nights

    def _weekday(self, expression: Expression) -> Reading:
        weekday = expression.number("WEEKDAY") or 0
        found, anchor = self._bare_weekday(weekday, expression.direction)
        return (periods.day(found) if found else None), anchor

    def _bare_weekday(self, weekday: int, direction: Direction) -> tuple[date | None, Anchor]:
        """The last such day, today included; the next one under a future verb or in a narrative."""
        here, anchor = self._here()
        if here is None or (anchor == "narrative" and not self._tells_days()):
            return None, anchor
        if here.weekday() == weekday:
            return here, anchor
        ahead = direction == "future" or anchor == "narrative"
        return periods.weekday_from(here, weekday, 1 if ahead else -1), anchor

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
        season = expression.number("SEASON")
        days = expression.unit in ("day", "week") and season is None
        if here is None or (days and not self._tells_days()):
            return None, "narrative"
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

    # ------------------------------------------------------------------ parts of the calendar

    def _week_of_month(self, expression: Expression) -> Reading:
        words = [word for word in expression.words if word.name in ("MONTH", "YEAR")]
        period, anchor = self._composed(words, expression.direction)
        if period is None or period.earliest is None or period.latest is None:
            return None, anchor
        nth = expression.number("ORDINAL", "NTHDAY")
        if nth is None:
            return periods.between(period.latest - timedelta(days=6), period.latest, "week"), anchor
        first = period.earliest + timedelta(weeks=nth - 1)
        return periods.between(first, min(first + timedelta(days=6), period.latest), "week"), anchor

    def _part_of_year(self, expression: Expression) -> Reading:
        """Halves and quarters of a year."""
        year = expression.number("YEAR")
        anchor: Anchor = "absolute"
        if year is None:
            here, anchor = self._here()
            if here is None or expression.number("MONTH", "DECADE") is not None:
                return None, anchor
            year = here.year + {"last": -1, "next": 1}.get(expression.words[-2].form, 0)
        length = 6 if expression.has("half") else 3
        nth = expression.number("ORDINAL", "NTHDAY") or 12 // length
        return periods.months(year, (nth - 1) * length + 1, nth * length), anchor

    def _century(self, expression: Expression) -> Reading:
        return periods.century(expression.number("ORDINAL", "NTHDAY") or 0), "absolute"

    def _era(self, expression: Expression) -> Reading:
        """Years before Christ; the calendar of the program begins with the year 1."""
        years = [int(word.value) for word in expression.words if word.name in _YEARS_BEFORE]
        month = None if len(years) > 1 else expression.number("MONTH", "SEASON")
        begin, *end = [periods.before_christ(year, month) for year in years]
        return (periods.join(begin, end[0]) if end else begin), "absolute"

    def _feast(self, expression: Expression) -> Reading:
        """The fixed day of a feast, or the day before it; New Year has none in the word list."""
        month, day = divmod(expression.number("FEAST") or 101, 100)
        if expression.has("eve"):
            month, day = (month, day - 1) if day > 1 else (12, 31)
        years = (word for word in expression.words if word.name == "YEAR")
        words = [Word("", "MONTH", month), Word("", "DAY", day), *years]
        return self._composed(words, expression.direction)

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


def _years(left: Sequence[Word], right: Sequence[Word]) -> Period | None:
    """Years from one to another; "2019-20" ends in 2020, but "2024-11" is a month."""
    first = number(left, "YEAR") or 0
    last = number(right, "YEAR", "DAY") or 0
    if last <= min(12, first % 100):
        return periods.month(first, last)
    last += first // 100 * 100 if last < 100 else 0
    if last < first:
        return None
    return periods.join(parted(left, periods.year(first)), parted(right, periods.year(last)))


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
