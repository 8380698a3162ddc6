"""Finds time expressions and reads them as periods of the calendar.

A grammar over word classes (`ontology/lexicon/times.yml`) finds the expressions; each is then
turned into a period in text order, because later ones lean on earlier ones. The ideas are those of
TIMEX3 (Pustejovsky et al. 2003), the resolution of bare dates follows HeidelTime's two domains
(Strötgen and Gertz 2013): news lean on the day of publication, narratives on the date before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from kg.annotate.anchored import anchored
from kg.annotate.expressions import Bound, Expression
from kg.annotate.tense import direction, tells_in_past, tells_in_present
from kg.annotate.time_words import time_lexicon
from kg.annotate.timeline import Timeline
from kg.model import Sentence, Span, Time, Token

_DATED = frozenset(("date", "iso", "weekday", "deictic", "unit", "season", "feast"))
_AFTERWARDS = frozenset(("after", "afterwards", "afterward", "before", "thereafter"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
_OPENING = 1  # words before a time that still opens its sentence: "In 1943 ..."
_FOLLOWERS = 4  # words: "the January 6 United States Capitol attack"
_USUAL_YEARS = range(1900, 2100)  # other years need a cue


def find_times(
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    text: str,
    published: date | None,
) -> tuple[Time, ...]:
    """The time expressions of a document in text order, none inside another.

    `published` is the day that "yesterday" and bare dates lean on; without it these keep no EDTF
    string and no bounds. Bounds are inclusive days. Raises `ResourceError` for a broken word list.
    """
    past = tells_in_past(tokens)
    found = [each for sentence in sentences for each in _expressions(tokens, sentence, past=past)]
    timeline = Timeline(published, found, today=tells_in_present(tokens))
    times = anchored(found, map(timeline.read, found), text, published)
    return tuple(
        time for each, time in zip(found, times, strict=True) if not _says_nothing(each, time)
    )


def _says_nothing(expression: Expression, time: Time) -> bool:
    """Of a story long past "soon" only says that it went on."""
    return expression.kind == "reference" and time.edtf is None and not expression.has("now")


def _expressions(
    tokens: Sequence[Token], sentence: Sentence, *, past: bool
) -> Iterator[Expression]:
    """What the grammar finds in one sentence, less what only looks like a time.

    `past` tells that the report is in the past tense.
    """
    lexicon = time_lexicon()
    window = tokens[sentence.first : sentence.last]
    words = [token.form.lower() for token in window]
    codes = lexicon.encode(window, words)
    taken = 0
    for number, first, end in lexicon.grammar.find(codes, lexicon.triggers):
        match = _Match(tokens, sentence, words, codes, first, end).trimmed()
        if match.is_something_else() or match.is_in_name():
            continue
        rule, last = lexicon.rules[number], match.last
        begin, length = sentence.first + first, last - first
        free = first > taken  # in "minute since yesterday" the word is the other's
        bound = match.bound() if rule.kind in _DATED and free else ""
        taken = last
        yield Expression(
            kind=rule.kind,
            offset=rule.offset,
            clip=rule.clip,
            span=Span(tokens[begin - bool(bound)].start, tokens[sentence.first + last - 1].end),
            words=tuple(
                word
                for position in range(first, last)
                for word in lexicon.classify(words, codes, position, last)
            ),
            direction=direction(tokens, sentence, begin, length, lexicon.future, announcing=past),
            bound=bound,
            opens=first <= _OPENING,
            followers=tuple(words[last : last + _FOLLOWERS]),
        )


class _Match(Struct, frozen=True):
    """What a rule has matched, `words[first:last]` of a sentence, before it is believed."""

    tokens: Sequence[Token]
    sentence: Sentence
    words: Sequence[str]
    codes: str
    first: int
    last: int

    @property
    def before(self) -> str:
        return self.words[self.first - 1] if self.first else ""

    @property
    def after(self) -> str:
        return self.words[self.last] if self.last < len(self.words) else ""

    def bound(self) -> Bound:
        """Whether the time is only the first or the last that can be meant."""
        if self.before == "since":
            return "since"
        owner = self.after in ("'s", "’s")  # "killed by Friday's blast"
        return "by" if self.before in ("by", "until", "till") and not owner else ""

    def _token(self, position: int) -> Token:
        return self.tokens[self.sentence.first + position]

    def _names(self) -> list[str]:
        """The classes of the matched words, "" for plain ones."""
        names = time_lexicon().grammar.names
        return [names.get(code, "") for code in self.codes[self.first : self.last]]

    def trimmed(self) -> _Match:
        """Leaves a number after a month to the noun that it counts: "in May 12 people died"."""
        if self.before != "in" or self._names() != ["MONTH", "DAY"]:
            return self
        counted = self.tokens[self._token(self.last - 1).head]
        if not counted.xpos.endswith("S"):
            return self
        return _Match(self.tokens, self.sentence, self.words, self.codes, self.first, self.last - 1)

    def is_in_name(self) -> bool:
        """As in "21st Century Fox", "the March 23 Movement"."""
        if not self.after or not self._token(self.last).xpos.startswith("NNP"):
            return False
        if self.words[self.last - 1] == "century":
            return self._token(self.last - 1).form.istitle()
        called = self.after in time_lexicon().called_by_days
        return called and "MONTH" in self._names() and "YEAR" not in self._names()

    def is_something_else(self) -> bool:
        """Ages, numbers that count, ordinals of other things, falls that are no autumns."""
        names = self._names()
        aged = self.words[max(self.first - 2, 0) : self.first] in (["age", "of"], ["ages", "of"])
        longer = self.before == "by" and names[-2:] == ["UNIT", ""]  # "extended by a week after X"
        if aged or longer or self.after == "old" or self._joined_to() == "old":
            return True
        match names:
            case ["REFERENCE"]:
                return self.after in _AFTERWARDS
            case ["FEAST", *_] if self._is_other_feast():
                return True
            case ["WEEKDAY"]:
                return self.before in time_lexicon().named_days
            case ["", "NTHDAY"]:
                return bool(self.after) and self._token(self.last).upos in _NOMINAL
            case ["YEAR"]:
                return self._counts()
            case ["MONTH"]:
                return self._is_name()
            case [*_, "UNIT"]:
                return self.after == "of" and self.words[self.last - 1].startswith("quarter")
            case [*_, "SEASON"]:
                return "YEAR" not in names and self.after in ("of", "in", "from")
        return False

    def _is_other_feast(self) -> bool:
        """The Christmas of another calendar, or that of a market or a tree."""
        modifies = bool(self.after) and self._token(self.last).upos in _NOMINAL
        return self.before in time_lexicon().named_days or (
            self.last == self.first + 1 and modifies
        )

    def _joined_to(self) -> str:
        """The word that a hyphen joins to the match: "2000-strong"."""
        return "".join(self.words[self.last + 1 : self.last + 2]) if self.after == "-" else ""

    def _counts(self) -> bool:
        """Whether four digits count things ("2000 troops") and name no year ("the 1994 talks")."""
        token = self._token(self.first)
        if self._joined_to().isalpha():
            return True
        cued = self.before in time_lexicon().cues
        if int(token.form) not in _USUAL_YEARS:
            return not cued
        head = self.tokens[token.head]
        counting = token.deprel == "nummod" and token.head > self.sentence.first + self.first
        plural = head.xpos in ("NNS", "NNPS")
        return counting and plural and not cued and token.form.endswith("0")

    def _is_name(self) -> bool:
        """Whether a month that is also a name or a verb lacks a word that goes with dates."""
        lexicon = time_lexicon()
        return self.words[self.first] in lexicon.cautious and self.before not in lexicon.cues
