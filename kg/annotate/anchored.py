"""Times counted from an event with a date in the same clause: "a day after Monday's attack"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from kg.annotate import periods
from kg.annotate.expressions import Expression
from kg.annotate.periods import Period
from kg.model import Time

_BETWEEN = re.compile(r"[^.,;:!?\n]{1,60}")  # the words of the event before its date
_AROUND = timedelta(days=3)  # a week is seldom counted to the day
_LONGEST = timedelta(days=31)  # what is dated more vaguely anchors nothing


def anchored(
    expressions: Sequence[Expression], times: Iterable[Time], text: str, published: date | None
) -> list[Time]:
    """The times, those counted from the next one in the clause ("offset") placed by it."""
    found = list(times)
    for number, (expression, time) in enumerate(zip(expressions, found, strict=True)):
        if expression.kind != "offset" or number + 1 == len(found):
            continue
        base = found[number + 1]
        if not _BETWEEN.fullmatch(text[time.span.end : base.span.start]):
            continue
        try:
            period = _counted(expression, base, published)
        except (ValueError, OverflowError):  # a million years before Monday
            period = None
        if period is not None:
            found[number] = replace(
                time,
                precision=period.precision,
                edtf=period.edtf,
                earliest=period.earliest,
                latest=period.latest,
            )
    return found


def _counted(expression: Expression, base: Time, published: date | None) -> Period | None:
    """So many units before or after the date of the event."""
    first, last = base.earliest, base.latest
    if first is None or last is None or last - first > _LONGEST:
        return None
    unit, sign = expression.unit, expression.offset
    count, vague = expression.count(1)
    if unit in ("hour", "minute"):
        day = timedelta(days=unit == "hour")
        return periods.between(first - day * (sign < 0), last + day * (sign > 0), "day")
    if vague:
        return _since(last, published) if sign > 0 else periods.until(first)
    begin, end = (periods.shift(each, unit, count * sign) for each in (first, last))
    if unit == "day":
        return periods.day(begin) if begin == end else periods.between(begin, end, "days")
    if unit == "week":
        edtf = f"{begin}~" if begin == end else f"{begin}~/{end}~"
        return Period(edtf, begin - _AROUND, end + _AROUND, "week")
    return periods.approximate(periods.containing(begin, "month" if unit == "month" else "year"))


def _since(last: date, published: date | None) -> Period:
    """Some time between an event and the report."""
    if published is None or published <= last:
        return periods.after(last)
    return periods.between(last, published, "vague")
