"""Our times as TIMEX values, the notation of the sets annotated with TIMEX2 or TIMEX3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.evaluate.scores.spans import Labelled
from kg.model import Span, Time

_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_BEFORE = re.compile(r"-\d{4}")
_DATED = re.compile(
    r"\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
)
_JOINT = re.compile(r"(?<=\w)\s*(?:[-–—]|\b(?:to|and|or|through|until|till)\b)\s*(?=\w*\d|[A-Z])")
_PRESENT = frozenset(("now", "currently", "presently", "nowadays", "at present", "at the moment"))
_UNSPECIFIED = re.compile(r"(\d+)X+")


def timex_value(time: Time) -> str | None:
    """The TIMEX value of a time; None where only its span is known.

    A stretch takes the value of the unit it is part of ("early October 1939" is 1939-10); a vague
    one that is open to one side is the reference PAST_REF or FUTURE_REF.
    """
    if time.duration is not None:
        return time.duration
    if time.edtf is None:
        return None
    first, _, last = time.edtf.replace("~", "").replace("?", "").partition("/")
    if time.precision == "vague" and (first == ".." or last == ".."):
        return "PAST_REF" if first == ".." else "FUTURE_REF"
    day = time.earliest or time.latest
    if time.precision == "week" and day:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if last and day and time.precision == "part_of_month":
        return f"{day:%Y-%m}"
    if last and day and time.precision == "part_of_year":
        return f"{day:%Y}{_quarter_or_half(first[5:], last[5:])}"
    return _point(last if first == ".." else first)


def _quarter_or_half(first: str, last: str) -> str:
    """`-Q2` or `-H1` for the months of a quarter or a half; nothing for another part of a year."""
    for sign, length in (("Q", 3), ("H", 6)):
        for number in range(12 // length):
            if (first, last) == (f"{number * length + 1:02}", f"{(number + 1) * length:02}"):
                return f"-{sign}{number + 1}"
    return ""


def timexes(time: Time, text: str) -> Iterator[Labelled]:
    """The expressions of these sets with their values; a range that names both ends is two."""
    words = text[time.span.start : time.span.end]
    if words.lower() in _PRESENT:
        yield Labelled(time.span, "PRESENT_REF")
        return
    first, _, last = (time.edtf or "").partition("/")
    cut = _JOINT.search(words)
    if (
        not cut
        or not _DATED.search(words[: cut.start()])
        or not last
        or ".." in (first, last)
        or time.duration
    ):
        yield Labelled(time.span, timex_value(time) or "")
        return
    yield Labelled(Span(time.span.start, time.span.start + cut.start()), _point(first))
    yield Labelled(Span(time.span.start + cut.end(), time.span.end), _point(last))


def _point(edtf: str) -> str:
    if before := _BEFORE.match(edtf):
        return f"BC{int(before[0][1:]) + 1:04}" + _point(f"2000{edtf[5:]}")[4:]
    if season := _SEASON.fullmatch(edtf):
        return f"{season[1]}-{_SEASONS[season[2]]}"
    if digits := _UNSPECIFIED.fullmatch(edtf):
        return digits[1]  # a decade 193X is 193, a century 19XX is 19
    return edtf
