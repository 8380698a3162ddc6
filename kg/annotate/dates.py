"""Dates: days, months and years as the calendar names them, in the light of what was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kg.annotate import periods
from kg.annotate.expressions import Expression, Word, halves, number, parted
from kg.annotate.periods import Period
from kg.annotate.story import Anchor, Story
from kg.annotate.tense import Direction
from kg.annotate.time_words import time_lexicon

Reading = tuple[Period | None, Anchor]

_DAY = ("DAY", "NTHDAY", "ORDINAL")
_YEARS_BEFORE = ("YEAR", "NUMBER", "DAY")
_APPOINTMENT = timedelta(days=14)  # a past tense may still announce a day this near
_NEAR = timedelta(days=60)  # a day so near needs no year, whatever the verb above it says
_SOON = 4  # months; what is further off is not told without a future
_NEW_YEAR = 6  # months: in a narrative, a month so much earlier than the last is of the next year


class Dates(Story):
    """Reads the expressions that name days, months, years or parts of them."""

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

    def _bare_weekday(self, weekday: int, direction: Direction) -> tuple[date | None, Anchor]:
        """The last such day, today included; the next one under a future verb or in a narrative."""
        here, anchor = self._here()
        if here is None or (anchor == "narrative" and not self._tells_days()):
            return None, anchor
        if here.weekday() == weekday:
            return here, anchor
        ahead = direction == "future" or anchor == "narrative"
        return periods.weekday_from(here, weekday, 1 if ahead else -1), anchor

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
