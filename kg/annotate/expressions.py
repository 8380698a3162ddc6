"""A time expression as found in the text: its words by class, before it is given a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from kg.annotate.periods import Period, part_of
from kg.annotate.tense import Direction
from kg.model import Precision, Span

_JOINERS = frozenset(("to", "and", "or", "through", "until", "till", "-", "–", "—"))
Bound = Literal["since", "by", ""]
_LETTERS = {
    "minute": (1, "TM"), "hour": (1, "TH"), "day": (1, "D"), "week": (1, "W"), "month": (1, "M"),
    "quarter": (3, "M"), "year": (1, "Y"), "decade": (10, "Y"), "century": (100, "Y"),
}  # fmt: skip
LENGTHS: dict[str, Precision] = {
    "minute": "day", "hour": "day", "day": "days", "week": "week", "weekend": "days",
    "month": "month", "quarter": "part_of_year", "year": "year", "decade": "decade",
}  # fmt: skip


class Word(Struct, frozen=True):
    """A word in lower case, its class ("" for a plain word) and what it stands for."""

    form: str
    name: str
    value: int | str


class Expression(Struct, frozen=True):
    """A time expression: which rule found it, its words, and which way its verb points.

    `offset` and `clip` are the rule's; `bound` is the "since" or "by" that stands before it,
    `opens` tells that a sentence begins with it, `followers` are the words behind it.
    """

    kind: str
    offset: int
    clip: int
    span: Span
    words: tuple[Word, ...]
    direction: Direction
    bound: Bound
    opens: bool
    followers: tuple[str, ...] = ()

    def number(self, *names: str) -> int | None:
        """The value of the first word of these classes."""
        return number(self.words, *names)

    def text(self, name: str) -> str | None:
        return next((str(word.value) for word in self.words if word.name == name), None)

    def has(self, *forms: str) -> bool:
        return any(word.form in forms for word in self.words)

    @property
    def unit(self) -> str:
        """The unit of time that is named, else the day."""
        return self.text("UNIT") or "day"

    @property
    def plural(self) -> bool:
        return any(word.name == "UNIT" and word.form != word.value for word in self.words)

    def count(self, default: int) -> tuple[int, bool]:
        """How many units, and whether that is only a manner of speaking ("a few")."""
        counted, vague = self.number("NUMBER", "DAY"), self.number("VAGUE")
        if counted or vague:
            return counted or vague or default, vague is not None
        if self.has("a", "an"):
            return 1, False
        return (default, True) if self.plural else (1, False)

    def duration(self) -> str | None:
        """How long it lasts, as `kg.model.Time` keeps it; None where no unit is named."""
        letter = _LETTERS.get(self.text("UNIT") or "")
        if letter is None:
            return None
        count, vague = self.count(1)
        number_, unit = letter
        return f"P{unit[:-1]}{'X' if vague else count * number_}{unit[-1]}"

    def part(self, period: Period | None) -> Period | None:
        """What "early", "mid" or "the last days of" leaves of the period."""
        part = self.text("PART")
        days = self.kind == "date" and self.text("UNIT") is not None
        if part is None and days and self.has("first", "last", "final"):
            part = "early" if self.has("first") else "late"
        return part_of(period, part) if period and part and period.precision != "day" else period

    def precision(self) -> Precision:
        """How fine the expression is where it cannot be placed."""
        if self.text("UNIT"):
            return LENGTHS.get(self.unit, "vague")
        if self.number("DAY", "NTHDAY", "ORDINAL", "WEEKDAY", "DEICTIC") is not None:
            return "day"
        if self.number("MONTH") is not None:
            return "month"
        return "season" if self.number("SEASON") is not None else "vague"


def number(words: Sequence[Word], *names: str) -> int | None:
    """The value of the first word of these classes."""
    return next((int(word.value) for word in words if word.name in names), None)


def halves(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The two sides of a range."""
    cut = max(n for n, word in enumerate(words[:-1]) if word.form in _JOINERS and n)
    return words[:cut], words[cut + 1 :]


def parted(words: Sequence[Word], period: Period) -> Period:
    """The part of the period that a side of a range names ("from early May")."""
    part = next((str(word.value) for word in words if word.name == "PART"), None)
    return part_of(period, part) if part else period
