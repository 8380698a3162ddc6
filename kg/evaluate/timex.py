"""Our times as TIMEX values, the notation of the sets annotated with TIMEX2 or TIMEX3."""

from __future__ import annotations

import re

from kg.model import Time

_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_UNSPECIFIED = re.compile(r"(\d+)X+")


def timex_value(time: Time) -> str | None:
    """The TIMEX value of a time; None where only its span is known.

    A stretch takes the value of the unit it is part of ("early October 1939" is 1939-10); a vague
    one that is open to one side is the reference PAST_REF or FUTURE_REF.
    """
    if time.edtf is None:
        return None
    first, _, last = time.edtf.replace("~", "").replace("?", "").partition("/")
    if time.precision == "vague" and (first == ".." or last == ".."):
        return "PAST_REF" if first == ".." else "FUTURE_REF"
    if time.precision == "week" and time.earliest:
        year, week, _ = time.earliest.isocalendar()
        return f"{year:04}-W{week:02}"
    if last and time.earliest and time.precision == "part_of_month":
        return f"{time.earliest:%Y-%m}"
    if last and time.earliest and time.precision == "part_of_year":
        return f"{time.earliest:%Y}"
    return _point(last if first == ".." else first)


def _point(edtf: str) -> str:
    if season := _SEASON.fullmatch(edtf):
        return f"{season[1]}-{_SEASONS[season[2]]}"
    if digits := _UNSPECIFIED.fullmatch(edtf):
        return digits[1]  # a decade 193X is 193, a century 19XX is 19
    return edtf
