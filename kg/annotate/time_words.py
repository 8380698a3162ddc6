"""The word lists of the time grammar, and which class a word or a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.annotate.expressions import Word
from kg.annotate.numerals import number_words, read_numeral
from kg.annotate.patterns import OTHER, Grammar
from kg.annotate.tense import Future
from kg.model import Token
from kg.resources import load_yaml, ontology_path

_YEAR_ = r"(?:1[0-9]|20)\d\d"
_DAY_ = r"(?:[12]?\d|3[01])"
_SHAPES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("NTHDAY", rf"{_DAY_}(?:st|nd|rd|th)"),
        ("DECADE", r"(?:1[0-9]|20)\d0s"),
        ("DATE", rf"{_YEAR_}-[01]\d-[0-3]\d"),
        ("CLOCK", r"\d{1,2}[:.]\d\d(?:[ap]m)?|\d{1,2}[ap]m"),
        ("YEARS", rf"{_YEAR_}[-–/](?:{_YEAR_}|\d\d)"),
        ("DAYS", rf"{_DAY_}[-–]{_DAY_}"),
        ("PARTYEAR", rf"(?:early|mid|late)-{_YEAR_}"),
        ("MONTHDAY", rf"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*[-–]{_DAY_}"),
        ("NUMBER", r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"),
    )
)
_JOINED = frozenset(("DATE", "YEARS", "DAYS", "PARTYEAR", "MONTHDAY"))
_HYPHEN = re.compile("[-–/]")
_YEARS = range(1000, 2100)
_DAYS = range(1, 32)
_WEAK = ("NUMBER", "DAY", "DAYS", "ORDINAL", "VAGUE", "PART")  # no time without another class


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, and how what it finds is read."""

    kind: str
    match: str
    offset: int = 0
    clip: int = 0


@dataclass(frozen=True, slots=True)
class Famous:
    """A day that a name of an event is made of: its year, and the words that make the name."""

    month: int
    day: int
    year: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """`ontology/lexicon/times.yml`."""

    classes: dict[str, dict[str, int | str]]
    phrases: dict[str, str]
    rules: tuple[Rule, ...]
    triggers: tuple[str, ...]
    cautious: frozenset[str]
    cues: frozenset[str]
    named_days: frozenset[str]
    called_by_days: frozenset[str]
    famous: tuple[Famous, ...]
    future: frozenset[str]
    future_auxiliaries: frozenset[str]
    scheduled: frozenset[str]


class TimeLexicon:
    """The word lists with the grammar compiled from them."""

    def __init__(self, data: TimeWords) -> None:
        self.rules = data.rules
        self.cautious = data.cautious
        self.cues = data.cues
        self.named_days = data.named_days
        self.called_by_days = data.called_by_days
        self.famous = data.famous
        self.future = Future(data.future, data.future_auxiliaries, data.scheduled)
        known = number_words()
        numbers = dict.fromkeys((*known.cardinals, *known.multipliers), 0)
        classes = {**data.classes, "NUMBER": {**numbers, **data.classes["NUMBER"]}}
        self._values = {word: value for words in classes.values() for word, value in words.items()}
        self.grammar = Grammar(classes, data.phrases, [rule.match for rule in data.rules])
        strong = self.grammar.members(*(name for name in classes if name not in _WEAK))
        words = "".join(self.grammar.words[word] for word in data.triggers)
        self.triggers = frozenset(strong + words)
        self._names = frozenset(self.grammar.members("MONTH", "WEEKDAY"))
        self.units = frozenset(data.classes["UNIT"])
        names = (*data.classes["MONTH"], *data.classes["WEEKDAY"])
        self.calendar = frozenset(name.title() for name in names)
        """Names of months and days, and their short forms, as they are written."""

    def encode(self, tokens: Sequence[Token], words: Sequence[str]) -> str:
        """One character a word; names of months and days count only when written as names."""
        known, names, cautious = self.grammar.words, self._names, self.cautious
        codes = []
        for token, word in zip(tokens, words, strict=True):
            code = known.get(word)
            if code is None:
                figure = word[-1:].isdigit() or word[:1].isdigit()
                code = self._shape(word) if figure else OTHER
            elif (code in names and not token.form[:1].isupper()) or (
                word in cautious and not token.xpos.startswith("NN")
            ):
                code = OTHER
            codes.append(code)
        return "".join(codes)

    def _shape(self, word: str) -> str:
        """The class of a figure."""
        codes = self.grammar.codes
        if word.isdecimal() and word.isascii():
            if len(word) <= 2 and int(word) in _DAYS:
                return codes["DAY"]
            return codes["YEAR" if len(word) == 4 and int(word) in _YEARS else "NUMBER"]
        for name, pattern in _SHAPES:
            if pattern.fullmatch(word):
                return codes[name]
        return OTHER

    def classify(self, words: Sequence[str], codes: str, position: int, end: int) -> Iterator[Word]:
        """A word with its class and value; joined ones ("2014-18") are taken apart."""
        word = words[position]
        name = self.grammar.names.get(codes[position], "")
        if name in _JOINED:
            parts = _HYPHEN.split(word)
            inner = "".join(self.grammar.words.get(part) or self._shape(part) for part in parts)
            for number in range(len(parts)):
                if number:
                    yield Word("-", "", "-")
                yield from self.classify(parts, inner, number, number + 1)
            return
        value = self._values.get(word, word)
        if name in ("NUMBER", "DAY", "YEAR"):
            numeral = read_numeral(words, position, end)
            value = int(numeral.value) if numeral else 0
        elif name in ("NTHDAY", "DECADE"):
            value = int(word.rstrip("sthndr"))
        yield Word(word, name, value)


@lru_cache(maxsize=1)
def time_lexicon() -> TimeLexicon:
    """The time words. Raises `ResourceError` when the file is missing or wrong."""
    return TimeLexicon(load_yaml(ontology_path("lexicon", "times.yml"), TimeWords))
