"""Stretches of calendar time: inclusive bounds with their EDTF level 1 string (ISO 8601-2)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kg.model import Precision

MONTHS_OF_SEASON = {21: 3, 22: 6, 23: 9, 24: 12}  # EDTF season -> first month (meteorological)
_DAYS_OF_PART = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_MONTHS_OF_PART = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_YEARS_OF_PART = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


class Period(Struct, frozen=True):
    """A stretch of days. A missing bound is open; `edtf` says the same as text."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: Precision


def day(when: date) -> Period:
    return Period(when.isoformat(), when, when, "day")


def month(year_: int, month_: int) -> Period:
    first = date(year_, month_, 1)
    last = first.replace(day=monthrange(year_, month_)[1])
    return Period(f"{year_:04}-{month_:02}", first, last, "month")


def year(year_: int) -> Period:
    return Period(f"{year_:04}", date(year_, 1, 1), date(year_, 12, 31), "year")


def decade(first: int) -> Period:
    return Period(f"{first // 10:03}X", date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century(number: int) -> Period:
    """The 20th century is `19XX`, which EDTF reads as 1900 to 1999."""
    first = (number - 1) * 100
    return Period(f"{number - 1:02}XX", date(first, 1, 1), date(first + 99, 12, 31), "vague")


def before_christ(number: int, part: int | None = None) -> Period:
    """A year before Christ, or its month or season; 1 BC is the year 0 of ISO 8601."""
    year_ = f"-{number - 1:04}" if number > 1 else "0000"
    if part is None:
        return Period(year_, None, None, "year")
    return Period(f"{year_}-{part:02}", None, None, "month" if part <= 12 else "season")


def season(year_: int, code: int) -> Period:
    """Meteorological seasons; winter belongs to the year in which it begins."""
    first = date(year_, MONTHS_OF_SEASON[code], 1)
    last = shift(first, "month", 3) - timedelta(days=1)
    return Period(f"{year_:04}-{code}", first, last, "season")


def between(first: date, last: date, precision: Precision) -> Period:
    """Whole days from `first` to `last`."""
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last, precision)


def months(year_: int, first: int, last: int, precision: Precision = "part_of_year") -> Period:
    """Whole months of one year."""
    begin, end = month(year_, first), month(year_, last)
    return Period(f"{begin.edtf}/{end.edtf}", begin.earliest, end.latest, precision)


def join(first: Period, last: Period) -> Period:
    """From the beginning of `first` to the end of `last`."""
    precision = last.precision if last.precision not in ("day", "week") else "days"
    begin, end = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    return Period(f"{begin}/{end}", first.earliest, last.latest, precision)


def until(when: date) -> Period:
    """Some time up to `when`."""
    return Period(f"../{when.isoformat()}", None, when, "vague")


def after(when: date) -> Period:
    """Some time from `when` on."""
    return Period(f"{when.isoformat()}/..", when, None, "vague")


def approximate(period: Period) -> Period:
    return replace(period, edtf=period.edtf + "~")


def containing(when: date, unit: str) -> Period:
    """The calendar unit around a day: its week (Monday first), weekend, month, quarter, ..."""
    monday = when - timedelta(days=when.weekday())
    match unit:
        case "week":
            return between(monday, monday + timedelta(days=6), "week")
        case "weekend":
            return between(monday + timedelta(days=5), monday + timedelta(days=6), "days")
        case "month":
            return month(when.year, when.month)
        case "quarter":
            first = (when.month - 1) // 3 * 3 + 1
            return months(when.year, first, first + 2)
        case "year":
            return year(when.year)
        case "decade":
            return decade(when.year // 10 * 10)
        case "century":
            return century(when.year // 100 + 1)
    return day(when)


def shift(when: date, unit: str, count: int) -> date:
    """`when` moved by `count` units; the 31st falls back to a shorter month's last day.

    Raises `ValueError` or `OverflowError` outside the years 1 to 9999.
    """
    if unit in ("week", "weekend"):
        return when + timedelta(weeks=count)
    if unit in _MONTHS:
        total = when.year * 12 + when.month - 1 + count * _MONTHS[unit]
        year_, month_ = divmod(total, 12)
        return date(year_, month_ + 1, min(when.day, monthrange(year_, month_ + 1)[1]))
    if unit in ("hour", "minute"):
        return when + timedelta(hours=count if unit == "hour" else 0)
    return when + timedelta(days=count)


_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def part_of(period: Period, part: str) -> Period:
    """Its early, middle or late part: ten days of a month, four months of a year, ..."""
    first, last = period.earliest, period.latest
    if first is None or last is None:
        return period
    if period.precision == "month":
        begin, end = _DAYS_OF_PART[part]
        return between(
            first.replace(day=begin), first.replace(day=min(end, last.day)), "part_of_month"
        )
    if period.precision == "year":
        return months(first.year, *_MONTHS_OF_PART[part])
    if period.precision == "decade":
        begin, end = _YEARS_OF_PART[part]
        return replace(join(year(first.year + begin), year(first.year + end)), precision="decade")
    third = ((last - first).days + 1) // 3
    begin = {"early": 0, "mid": third, "late": 2 * third}[part]
    end = {"early": third, "mid": 2 * third, "late": (last - first).days}[part]
    return between(first + timedelta(days=begin), first + timedelta(days=end), period.precision)


def day_or_month(year_: int, month_: int, day_: int | None) -> Period:
    """Raises `ValueError` for a day that the month has not."""
    return day(date(year_, month_, day_)) if day_ else month(year_, month_)


def day_of(year_: int, month_: int, day_: int) -> date:
    """The day, or the last of the month where the year has no such day (29 February)."""
    return date(year_, month_, min(day_, monthrange(year_, month_)[1]))


def weekday_from(here: date, weekday: int, offset: int) -> date:
    """That weekday before (-1) or after (1) a day, or in the same week (0, Monday first)."""
    if offset == 0:
        return here + timedelta(days=weekday - here.weekday())
    days = (weekday - here.weekday()) % 7
    if offset > 0:
        return here + timedelta(days=days or 7)
    return here + timedelta(days=days - 7)


def month_from(here: date, month_: int, offset: int) -> Period:
    """That month of another year than the current one: the last (-1), this (0) or next (1)."""
    passed = (month_ - here.month) * offset > 0
    return month(here.year if passed else here.year + offset, month_)


def season_from(here: date, code: int, offset: int) -> Period:
    """The last such season that has begun (-1), this year's (0), or the next to begin (1)."""
    if offset == 0:
        return season(here.year, code)
    begun = here >= date(here.year, MONTHS_OF_SEASON[code], 1)
    return season(here.year + (begun if offset > 0 else begun - 1), code)
