"""The dateline that opens a report: where, when and by which agency it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.resources import load_yaml, ontology_path

_LONGEST = 300  # characters looked at, which keeps a hostile line away from the patterns
_PART = re.compile(r"(?<!\?P)<([a-z]+)>")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Form:
    """A form that datelines have; the examples are run as tests."""

    name: str
    pattern: str
    examples: list[str]
    counterexamples: list[str]


@dataclass(frozen=True, slots=True)
class Datelines:
    """`ontology/lexicon/datelines.yml`: the forms, and the parts that their patterns name."""

    parts: dict[str, str]
    forms: list[Form]

    def compiled(self, form: Form) -> re.Pattern[str]:
        """Raises `re.error` for what is no pattern, `KeyError` for a part that there is not."""
        pattern = form.pattern
        while _PART.search(pattern):
            pattern = _PART.sub(lambda match: self.parts[match[1]], pattern)
        return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`end` is where the words of the report begin; 0 without a dateline."""

    end: int = 0
    publisher: str | None = None
    published: date | None = None


def dateline(paragraph: str) -> Dateline:
    """What the beginning of the first paragraph says of the report. A day needs its year."""
    for pattern in _patterns():
        if match := pattern.match(paragraph[:_LONGEST]):
            said = {name.rstrip("_"): value for name, value in match.groupdict().items() if value}
            return Dateline(match.end(), said.get("publisher"), _day(said))
    return Dateline()


def _day(said: Mapping[str, str]) -> date | None:
    if len(said.get("year", "")) != 4:
        return None
    try:
        month = _MONTHS.index(said["month"][:3].lower()) + 1
        return date(int(said["year"]), month, int(said["day"]))
    except ValueError:
        return None


@cache
def datelines() -> Datelines:
    """The forms and their parts. Raises `ResourceError` when the file breaks its schema."""
    return load_yaml(ontology_path("lexicon", "datelines.yml"), Datelines)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    found = datelines()
    return tuple(map(found.compiled, found.forms))
