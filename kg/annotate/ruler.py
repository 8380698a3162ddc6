"""Marks known names in the token stream before the statistical recogniser looks.

Without it the model calls places of current wars products and persons; with it, it only has to
find the names that nobody listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

_BEGINNING = re.compile(r"[^\W\d_]+|\d+|")
_NONE: Mapping[tuple[str, ...], str] = {}


class Match(NamedTuple):
    """A known name at `tokens[first:last]`."""

    first: int
    last: int
    name: str


class NameIndex:
    """Names by their first word; matching takes the longest name at each position.

    A hundred thousand names are cut into words only when a text has a word that begins like them.
    """

    def __init__(self, names: Iterable[str], split: Callable[[str], Sequence[str]]) -> None:
        """`split` cuts a name into words as the tokeniser would, never between two letters."""
        self._split = split
        self._waiting: dict[str, list[str]] = {}
        for name in names:
            self._waiting.setdefault(_beginning(name), []).append(name)
        self._by_first: dict[str, Mapping[tuple[str, ...], str]] = {}
        self._longest: dict[str, int] = {}

    def matches(self, forms: Sequence[str], plain: Sequence[str]) -> list[Match]:
        """The longest known names from left to right, without overlap.

        `plain` are the `forms` folded as in the gazetteer.
        """
        found: list[Match] = []
        end = 0
        for start, form in enumerate(forms):
            if start < end:
                continue
            match = self._at(forms, start) if self._beginning_with(form) else None
            if match is None and plain is not forms:
                match = self._at(plain, start)
            if match:
                found.append(match)
                end = match.last
        return found

    def _beginning_with(self, word: str) -> Mapping[tuple[str, ...], str]:
        """The names that have `word` as their first."""
        known = self._by_first.get(word)
        if known is None:
            found: dict[str, dict[tuple[str, ...], str]] = {}
            for name in self._waiting.pop(_beginning(word), ()):
                words = self._words(name)
                found.setdefault(words[0], {})[words] = name
            for first, names in found.items():
                self._by_first[first] = names
                self._longest[first] = max(map(len, names))
            known = self._by_first.setdefault(word, _NONE)
        return known

    def _words(self, name: str) -> tuple[str, ...]:
        plain = name.replace(" ", "")
        return tuple(name.split(" ") if plain.isalpha() else self._split(name))

    def _at(self, forms: Sequence[str], start: int) -> Match | None:
        names = self._beginning_with(forms[start])
        if not names:
            return None
        words = tuple(forms[start : start + self._longest[forms[start]]])
        for length in range(len(words), 0, -1):
            name = names.get(words[:length])
            if name is not None:
                return Match(start, start + length, name)
        return None


def _beginning(text: str) -> str:
    """The letters or the digits up to the first other character."""
    found = _BEGINNING.match(text)
    return found[0] if found else ""
