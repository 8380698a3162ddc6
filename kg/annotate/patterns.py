"""A finite-state grammar over classes of words, with its rules as data.

Each token becomes one character that stands for its class ("MONTH") or for the word itself where
a rule names it ("of"); a rule is a regular expression over these characters. So a sentence is
scanned once, and a rule file reads like what it finds: `MONTH DAY , YEAR`. The method is that of
the cascaded automata of FASTUS (Hobbs et al. 1997).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.errors import ResourceError

OTHER = "."
_FIRST_CODE = 0xE000  # private use area: no character of it means anything in a regular expression
_STRETCH = re.compile(r"[^.]+")
_SIGNS = frozenset("()|?*+")
_PIECE = re.compile(r"[()|?*+]|[^\s()|?*+]+")


class Grammar:
    """Rules compiled over the classes of words that they name.

    `classes` gives the words (lower case) of each class; figures have none and are coded by the
    caller, with `codes`. `phrases` are named parts of rules. Earlier rules win over later ones.
    Raises `ResourceError` when a word stands in two classes or a rule names an unknown class.
    """

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        phrases: Mapping[str, str],
        rules: Sequence[str],
    ) -> None:
        self._phrases = phrases
        self.codes = {name: chr(_FIRST_CODE + n) for n, name in enumerate(classes)}
        self.words: dict[str, str] = {}
        for name, words in classes.items():
            for word in words:
                if word in self.words:
                    raise ResourceError(f"the word `{word}` stands in two classes")
                self.words[word] = self.codes[name]
        self.names = {code: name for name, code in self.codes.items()}
        self._give_codes_to_plain_words([*phrases.values(), *rules])
        self._members = dict.fromkeys(classes, "")
        for code, name in self.names.items():
            self._members[name] += code
        parts = [f"(?P<r{n}>{self._expand(rule)})" for n, rule in enumerate(rules)]
        self._pattern = re.compile("|".join(parts))

    def _give_codes_to_plain_words(self, rules: Sequence[str]) -> None:
        """A word that some rule names gets a code of its own, also within its class."""
        plain = {piece for rule in rules for piece in _PIECE.findall(rule) if not _is_name(piece)}
        for number, word in enumerate(sorted(plain - _SIGNS)):
            code = chr(_FIRST_CODE + len(self.codes) + number)
            if word in self.words:
                self.names[code] = self.names[self.words[word]]
            self.words[word] = code

    def _expand(self, rule: str) -> str:
        return "".join(self._piece(piece) for piece in _PIECE.findall(rule))

    def _piece(self, piece: str) -> str:
        if piece in _SIGNS:
            return "(?:" if piece == "(" else piece
        if not _is_name(piece):
            return self.words[piece]
        if piece in self._phrases:
            return f"(?:{self._expand(self._phrases[piece])})"
        return f"[{self.members(piece)}]"

    def members(self, *names: str) -> str:
        """Every code that a word of these classes may have."""
        for name in names:
            if name not in self._members:
                raise ResourceError(f"unknown class `{name}` in a rule")
        return "".join(self._members[name] for name in names)

    def find(self, codes: str, triggers: frozenset[str]) -> Iterator[tuple[int, int, int]]:
        """(rule, first, last) of each match in a string of class codes, from left to right.

        Only stretches of known words with one of the codes in `triggers` are looked at, which
        spares most of a text the rules.
        """
        for stretch in _STRETCH.finditer(codes):
            if triggers.isdisjoint(stretch[0]):
                continue
            for match in self._pattern.finditer(codes, *stretch.span()):
                yield int((match.lastgroup or "r0")[1:]), match.start(), match.end()


def _is_name(piece: str) -> bool:
    return piece.isupper()
