"""What on a page is no part of the report, by `ontology/lexicon/boilerplate.yml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.resources import load_yaml, ontology_path

# A longer paragraph is prose; the limit also keeps a hostile line away from the patterns.
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of the file; the examples are run as tests."""

    name: str
    match: Literal["paragraph", "trail"]
    pattern: str
    examples: list[str]
    counterexamples: list[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every entry of the file. Raises `ResourceError` when it breaks its schema."""
    return tuple(load_yaml(ontology_path("lexicon", "boilerplate.yml"), list[Pattern]))


def is_boilerplate(paragraph: str) -> bool:
    """Whether the whole paragraph is boilerplate."""
    if len(paragraph) > LONGEST:
        return False
    return any(pattern.fullmatch(paragraph) for pattern in _compiled("paragraph"))


def trail(headline: str) -> int:
    """Where the site's own names behind a headline begin; the length of the line if nowhere."""
    starts = (match.start() for p in _compiled("trail") if (match := p.search(headline[:LONGEST])))
    return min((start for start in starts if start), default=len(headline))


@cache
def _compiled(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each.pattern) for each in patterns() if each.match == kind)
