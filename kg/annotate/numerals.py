"""Reads cardinal numbers in figures and in words: 10,000; 1.2 million; two hundred and fifty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from kg.resources import load_yaml, ontology_path

_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([a-z]*)")
_MOST_FACTORS = 2  # "two hundred thousand"; a longer run of them is no number
_HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`ontology/lexicon/numbers.yml`."""

    cardinals: dict[str, int]
    multipliers: dict[str, int]
    abbreviations: dict[str, int]


class Numeral(Struct, frozen=True):
    """A number in `words[first:last]`; `multiplier` is its last factor ("million"), else 1."""

    first: int
    last: int
    value: Decimal
    multiplier: int = 1


@lru_cache(maxsize=1)
def number_words() -> NumberWords:
    """The number words. Raises `ResourceError` when the file is missing or wrong."""
    return load_yaml(ontology_path("lexicon", "numbers.yml"), NumberWords)


def read_numeral(
    words: Sequence[str], at: int, end: int, *, abbreviated: bool = False
) -> Numeral | None:
    """The longest number that starts at `words[at]` (lower case), or None.

    `abbreviated` allows the factors that mean something else outside money ("2m").
    """
    word = words[at]
    if word[:1].isdigit():
        return _figure(words, at, end, abbreviated)
    if word in ("a", "an", "half"):
        return _with_article(words, at, end)
    if word in number_words().cardinals:
        return _in_words(words, at, end)
    return None


def _figure(words: Sequence[str], at: int, end: int, abbreviated: bool) -> Numeral | None:
    match = _FIGURE.fullmatch(words[at])
    if match is None:
        return None
    value = Decimal(match[1].replace(",", ""))
    if not match[2]:
        last = at + 1
        while match[1].isdigit() and len(match[1]) <= 3 and last < end and _is_group(words[last]):
            value = value * 1000 + int(words[last])
            last += 1
        return _times(words, at, last, end, value, abbreviated)
    factor = _factor(match[2], abbreviated)
    return None if factor is None else Numeral(at, at + 1, value * factor, factor)


def _is_group(word: str) -> bool:
    """As in "200 000": three figures that go on with the number before the space."""
    return len(word) == 3 and word.isdigit()


def _factor(word: str, abbreviated: bool) -> int | None:
    known = number_words()
    factor = known.multipliers.get(word)
    return known.abbreviations.get(word) if factor is None and abbreviated else factor


def _times(
    words: Sequence[str], first: int, last: int, end: int, value: Decimal, abbreviated: bool
) -> Numeral:
    """Takes the factors that follow the number: "1.2 million", "2 hundred thousand"."""
    multiplier = 1
    limit = min(end, last + _MOST_FACTORS)
    while last < limit and (factor := _factor(words[last], abbreviated)) is not None:
        multiplier *= factor
        last += 1
    return Numeral(first, last, value * multiplier, multiplier)


def _with_article(words: Sequence[str], at: int, end: int) -> Numeral | None:
    """A number that opens with an article or "half": "a dozen", "half a million"."""
    value = Decimal(1)
    last = at + 1
    if words[at] == "half":
        value = Decimal("0.5")
        last += last < end and words[last] in ("a", "an")
    numeral = _times(words, at, last, end, value, False)
    return numeral if numeral.multiplier > 1 else None


def _in_words(words: Sequence[str], at: int, end: int) -> Numeral:
    """A number in words, each group below a thousand times its factor, summed up."""
    known = number_words()
    total = group = last_added = 0
    multiplier = 1
    last = at
    for position in range(at, end):
        word = words[position]
        added, factor = known.cardinals.get(word), known.multipliers.get(word)
        if added is not None and (position == at or _fits(group, last_added, added)):
            group, last_added = group + added, added
        elif factor is not None and group and (factor >= 1000 or last_added < 100):
            multiplier = last_added = factor
            group *= factor
            if factor >= 1000:
                total, group = total + group, 0
        elif word in _HYPHENS or word == "and":
            continue
        else:
            break
        last = position + 1
    return Numeral(at, last, Decimal(total + group), multiplier)


def _fits(group: int, last_added: int, added: int) -> bool:
    """Whether a cardinal continues the number: ones after tens, anything after a factor."""
    if last_added >= 100:
        return True
    return last_added >= 20 and added < 10 and group % 10 == 0
