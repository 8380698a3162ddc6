"""Marks known names in the token stream before the statistical recogniser looks.

Without it the model calls places of current wars products and persons; with it, it only has to
find the names that nobody listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kg.gazetteer import Name


class Match(NamedTuple):
    """A known name at `tokens[first:last]`."""

    first: int
    last: int
    name: Name


class NameIndex:
    """Names by their first word; matching takes the longest name at each position."""

    def __init__(self, names: Iterable[Name], split: Callable[[str], Sequence[str]]) -> None:
        """`split` cuts a name into words as the tokeniser would."""
        self._by_first: dict[str, dict[tuple[str, ...], Name]] = {}
        self._longest: dict[str, int] = {}
        for name in names:
            plain = name.text.replace(" ", "")
            words = tuple(name.text.split(" ") if plain.isalpha() else split(name.text))
            self._by_first.setdefault(words[0], {})[words] = name
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def matches(self, forms: Sequence[str], plain: Sequence[str]) -> list[Match]:
        """The longest known names from left to right, without overlap.

        `plain` are the `forms` folded as in the gazetteer.
        """
        found: list[Match] = []
        end = 0
        for start, (form, bare) in enumerate(zip(forms, plain, strict=True)):
            if start < end or (form not in self._by_first and bare not in self._by_first):
                continue
            match = self._at(forms, start)
            if match is None and plain is not forms:
                match = self._at(plain, start)
            if match:
                found.append(match)
                end = match.last
        return found

    def _at(self, forms: Sequence[str], start: int) -> Match | None:
        names = self._by_first.get(forms[start])
        if names is None:
            return None
        words = tuple(forms[start : start + self._longest[forms[start]]])
        for length in range(len(words), 0, -1):
            name = names.get(words[:length])
            if name is not None:
                return Match(start, start + length, name)
        return None
