"""Gives upper-case wire text its usual case, so that a reader of normal text can read it.

A word is capitalised where a sentence begins, where the known names of the gazetteer stand, in a
name that a title introduces, and where an acronym in brackets abbreviates the words beside it;
everything else is lower case. A heuristic for evaluation only: it has no model of the language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_TITLES = frozenset({
    "mr", "mrs", "ms", "dr", "gen", "general", "col", "colonel", "maj", "major", "capt",
    "captain", "lt", "lieutenant", "sgt", "sergeant", "president", "minister", "ambassador",
    "archbishop", "bishop", "monsignor", "father", "senator", "deputy", "judge", "governor",
    "mayor", "commander", "chancellor", "secretary", "don", "dona",
})  # fmt: skip
_SMALL = frozenset({
    "de", "del", "la", "las", "los", "y", "el", "da", "dos", "of", "and", "the", "for",
})  # fmt: skip
_ENDS = frozenset({
    "the", "a", "an", "of", "and", "or", "to", "in", "on", "at", "by", "for", "from", "with",
    "who", "that", "which", "was", "were", "is", "are", "has", "have", "had", "said", "says",
    "told", "today", "yesterday", "tomorrow", "this", "these", "those", "his", "her", "its",
    "their", "it", "he", "she", "they", "as", "general", "minister", "president", "secretary",
    "will", "would", "could", "may", "not", "but", "after", "before", "while", "when",
})  # fmt: skip
_CALENDAR = frozenset({
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_START = re.compile(r"(?:\A|[.!?]\s+[\"'(]*|\n\s*\n\s*)([^\W\d_])")
_OPEN, _CLOSE = ("(", "["), (")", "]")
LONGEST_NAME, LONGEST_ACRONYM = 5, 6
type Word = tuple[int, int, str]
"""Start, end and lower-case letters."""


def truecase(text: str, names: Collection[str]) -> str:
    """The text in mixed case, of the same length; `names` are known names in lower case.

    A text that is in mixed case already is returned as it is.
    """
    if sum(map(str.islower, text)) > sum(map(str.isupper, text)):
        return text
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose lower case is longer: rare, and not worth a table
        return text
    letters = list(lower)
    words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(lower)]
    pairs = list(_acronyms(words, lower))
    for start, end in [*_names(words, lower, names), *(full for _, full in pairs)]:
        _capitalise(letters, lower, start, end)
    acronyms = {acronym for acronym, _ in pairs}
    for start, end, word in words:
        if word in acronyms:
            letters[start:end] = word.upper()
    for match in _START.finditer(lower):
        letters[match.start(1)] = match[1].upper()
    return "".join(letters)


def _names(words: list[Word], text: str, names: Collection[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        last = _known(words, at, text, names) or _titled(words, at)
        if last is not None:
            found.append((words[at][0], words[last][1]))
        at = at + 1 if last is None else last + 1
    return found


def _known(words: list[Word], at: int, text: str, names: Collection[str]) -> int | None:
    """The last word of the longest known name that begins here."""
    for last in range(min(at + LONGEST_NAME, len(words)) - 1, at - 1, -1):
        name = " ".join(text[words[at][0] : words[last][1]].split())
        if name in names or name in _CALENDAR:
            return last
    return None


def _titled(words: list[Word], at: int) -> int | None:
    """The last of up to three words after a title; the title goes with them."""
    if words[at][2] not in _TITLES:
        return None
    last = at
    while last + 1 < len(words) and last - at < 3 and words[last + 1][2] not in _ENDS:
        between = words[last + 1][0] - words[last][1]
        if between > 2:
            break
        last += 1
    return last if last > at else None


def _acronyms(words: list[Word], text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Acronyms beside their words: "green front (gf)", "gf (green front)", with those words."""
    for at, (start, end, word) in enumerate(words):
        if not 2 <= len(word) <= LONGEST_ACRONYM:
            continue
        if text[start - 1 : start] in _OPEN and text[end : end + 1] in _CLOSE:
            if (first := _spelt(words, at - 1, word[::-1], -1)) is not None:
                yield word, (words[first][0], words[at - 1][1])
        elif at + 1 < len(words) and text[end : words[at + 1][0]].strip() in _OPEN:
            last = _spelt(words, at + 1, word, 1)
            if last is not None and text[words[last][1] : words[last][1] + 1] in _CLOSE:
                yield word, (words[at + 1][0], words[last][1])


def _spelt(words: list[Word], at: int, letters: str, step: int) -> int | None:
    """Where the words from `at` on, small ones aside, have spelt all the letters."""
    for letter in letters:
        while 0 <= at < len(words) and words[at][2] in _SMALL and words[at][2][0] != letter:
            at += step
        if not 0 <= at < len(words) or words[at][2][0] != letter:
            return None
        at += step
    return at - step


def _capitalise(letters: list[str], text: str, start: int, end: int) -> None:
    for match in _WORD.finditer(text, start, end):
        if match[0] not in _SMALL:
            letters[match.start()] = match[0][0].upper()
