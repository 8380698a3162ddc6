"""The word lists of the quantity grammar, in the shapes that it looks them up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.annotate.numerals import number_words
from kg.model import Comparator
from kg.resources import load_yaml, ontology_path

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """Spellings of a unit of measurement, and its SI unit with the factor (decimal string)."""

    words: tuple[str, ...]
    si: str | None = None
    factor: str = "1"


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """`ontology/lexicon/quantities.yml`."""

    comparators: dict[Comparator, tuple[str, ...]]
    qualifiers: dict[Comparator, tuple[str, ...]]
    parts: tuple[str, ...]
    vague: dict[str, tuple[int, ...]]
    vague_guarded: frozenset[str]
    collective: frozenset[str]
    plural_factors: dict[str, int]
    fractions: dict[str, int]
    percent: dict[str, str]
    currency_signs: dict[str, str]
    currencies: dict[str, str]
    units: dict[str, Unit]
    persons: frozenset[str]
    marked: frozenset[str]
    people_endings: tuple[str, ...]
    peoples: frozenset[str]
    happens_to_people: frozenset[str]
    designators: frozenset[str]
    ages: frozenset[str]
    lemmas: dict[str, str]
    measured_words: frozenset[str]
    uncountable: frozenset[str]
    months: frozenset[str]
    range_verbs: frozenset[str]


class Phrases[T]:
    """Phrases of several words, found by their first or last word; the longest wins."""

    def __init__(self, phrases: Mapping[str, T], *, backward: bool = False) -> None:
        self._backward = backward
        self._known: dict[str, list[tuple[Phrase, T]]] = {}
        for text, value in phrases.items():
            phrase = tuple(text.split())
            self._known.setdefault(phrase[-1 if backward else 0], []).append((phrase, value))
        for found in self._known.values():
            found.sort(key=lambda each: -len(each[0]))

    def at(self, words: Sequence[str], position: int) -> tuple[int, T] | None:
        """(length, value) of the phrase that starts, or ends when backward, at `position`."""
        if not 0 <= position < len(words):
            return None
        for phrase, value in self._known.get(words[position], ()):
            first = position - len(phrase) + 1 if self._backward else position
            if first >= 0 and tuple(words[first : first + len(phrase)]) == phrase:
                return len(phrase), value
        return None


class QuantityLexicon:
    """The lists with their look-up tables."""

    def __init__(self, data: QuantityWords) -> None:
        self.data = data
        self.comparators = Phrases(_inverted(data.comparators), backward=True)
        self.qualifiers = Phrases(_inverted(data.qualifiers))
        self.parts = Phrases(dict.fromkeys(data.parts, True), backward=True)
        units = {word: name for name, unit in data.units.items() for word in unit.words}
        self.measures = Phrases({**units, **data.currencies, **data.percent})
        self.currencies = frozenset(data.currency_signs.values()) | frozenset(
            data.currencies.values()
        )
        self.starters = frozenset(
            (*data.vague, *data.fractions, *number_words().cardinals, *number_words().multipliers)
        )
        self.si = {
            name: (unit.si, Decimal(unit.factor)) for name, unit in data.units.items() if unit.si
        }


def _inverted(lists: Mapping[Comparator, Sequence[str]]) -> dict[str, Comparator]:
    return {phrase: name for name, phrases in lists.items() for phrase in phrases}


@lru_cache(maxsize=1)
def quantity_lexicon() -> QuantityLexicon:
    """The quantity words. Raises `ResourceError` when the file is missing or wrong."""
    return QuantityLexicon(load_yaml(ontology_path("lexicon", "quantities.yml"), QuantityWords))
