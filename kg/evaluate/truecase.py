"""Gives upper-case wire text its usual case, so that a reader of normal text can read it.

A word that no dictionary has is taken for a name. So are the known names of the gazetteer, given
names beside a name, what a title introduces, what follows "San" or "La", the words of a body that
bears a name ("the Atlas Battalion") and those that an acronym in brackets abbreviates. All else is
lower case. A heuristic for evaluation only: it has no model of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_ABBREVIATED = frozenset({
    "mr", "mrs", "ms", "dr", "gen", "col", "maj", "capt", "lt", "sgt", "msgr", "sen", "rep", "gov",
    "prof", "rev", "st", "sr", "jr",
})  # fmt: skip
_TITLES = _ABBREVIATED | {
    "general", "colonel", "major", "captain", "lieutenant", "sergeant", "president", "minister",
    "ambassador", "archbishop", "bishop", "monsignor", "father", "senator", "deputy", "judge",
    "governor", "mayor", "commander", "chancellor", "secretary", "don", "dona", "admiral", "pope",
    "prince", "princess", "king", "queen", "sir", "professor", "cardinal", "congressman",
}  # fmt: skip
_SMALL = frozenset({
    "de", "del", "la", "las", "los", "y", "el", "da", "dos", "of", "and", "the", "for", "von",
    "van", "bin", "ibn", "al",
})  # fmt: skip
# Words that begin a place's name and are none in English themselves.
_BEFORE_NAMES = frozenset({"san", "santa", "santo", "sao", "el", "la", "las", "los", "puerto"})
# The heads of bodies and places that take a capital with the name before them.
_HEADS = frozenset({
    "front", "army", "party", "movement", "union", "ministry", "department", "battalion",
    "brigade", "university", "company", "corporation", "institute", "commission", "congress",
    "church", "court", "association", "federation", "confederation", "council", "committee",
    "agency", "bureau", "board", "police", "guard", "force", "forces", "command", "junta",
    "alliance", "league", "bridge", "park", "street", "avenue", "airport", "hotel", "hospital",
    "plaza", "club", "province", "river", "lake", "mountain", "mountains", "hill", "island",
    "islands", "base", "prison", "palace", "bank", "assembly", "parliament", "senate", "group",
    "organization", "coalition", "foundation", "school", "college", "cathedral", "square", "road",
    "highway", "stadium", "valley", "district", "county", "division", "regiment", "organisation",
    "embassy", "garrison", "airlines", "radio", "cartel",
})  # fmt: skip
_PUBLIC = frozenset({
    "national", "people's", "popular", "revolutionary", "patriotic", "democratic", "liberation",
    "supreme", "republican", "islamic", "christian", "communist", "socialist", "liberal",
    "conservative", "labour", "labor", "united", "federal", "central", "international", "world",
})  # fmt: skip
_WITHIN = _PUBLIC | {
    "armed", "air", "army", "defense", "defence", "security", "infantry", "artillery", "military",
    "political", "independent", "workers", "unified", "joint", "general", "special", "state",
    "civil", "workers'", "resistance", "freedom", "unity", "action", "human", "rights", "electoral",
    "students", "peasant", "peace", "control", "peoples", "solidarity", "self", "rebel", "and",
}  # fmt: skip
_CALENDAR = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday",
})  # fmt: skip
_ALSO_VERBS = frozenset({"march", "may"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_START = re.compile(
    r"(?:\A|[.!?][\"'”)]*(?P<gap>\s+)[\"'“(\[]*|\n\s*\n\s*|\n\s*[\"“])(?P<first>[^\W\d_])"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_MODEL = re.compile(r"(?<![-\w])[^\W\d_]{1,2}(?=-\d{1,3}\b)")
_FIRST_PERSON = re.compile(r"\bi\b")
_ACRONYM = re.compile(r"[b-df-hj-np-tv-xz]{2,6}")
_OPEN, _CLOSE = ("(", "["), (")", "]")
LONGEST_NAME, LONGEST_ACRONYM, LONGEST_BODY = 6, 7, 9
FEWEST_OF_BODY = 2
SHORT = 4


@dataclass(frozen=True, slots=True)
class Truecaser:
    """What is known of words: all keys and collections are in lower case.

    `names` gives known names their case; `given` are given names; `classes` tells in which of
    "noun", "verb", "adj", "adv" and "small" a form is listed, and `is_word` whether in any.
    """

    names: Mapping[str, str]
    given: Collection[str]
    classes: Callable[[str], frozenset[str]]
    is_word: Callable[[str], bool]

    def restore(self, text: str) -> str:
        """The text in mixed case, of the same length; one that is already is returned as it is."""
        if sum(map(str.islower, text)) > sum(map(str.isupper, text)):
            return text
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose lower case is longer: not worth a table
            return text
        return _Restored(self, lower).text()


@dataclass(slots=True)
class _Restored:
    """One text: its words, those that an article stands before, and the forms found so far."""

    known: Truecaser
    lower: str
    words: list[re.Match[str]] = field(default_factory=list)
    forms: dict[int, str] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)

    def text(self) -> str:
        self.words = list(_WORD.finditer(self.lower))
        articled = pairwise(match[0] for match in self.words)
        self.common = {word for before, word in articled if before in ("the", "a", "an")}
        self._known_names()
        self._unknown_words()
        self._beside_names()
        self._beside_names()  # a name found late tells of the word before it
        self._again()
        self._bodies()
        self._acronyms()
        letters = list(self.lower)
        for at, form in self.forms.items():
            letters[self.words[at].start() : self.words[at].end()] = form
        upper = (_DOTTED, _MODEL, _FIRST_PERSON)
        for match in (each for pattern in upper for each in pattern.finditer(self.lower)):
            letters[match.start() : match.end()] = match[0].upper()
        for start in self._starts():
            letters[start] = letters[start].upper()
        return "".join(letters)

    def _word(self, at: int) -> str:
        return self.words[at][0] if 0 <= at < len(self.words) else ""

    def _joined(self, at: int) -> bool:
        """Whether only a space or a hyphen, or the dot of a title, parts the word from the next."""
        if not 0 <= at < len(self.words) - 1:
            return False
        between = self.lower[self.words[at].end() : self.words[at + 1].start()]
        dotted = self._word(at) in _ABBREVIATED or len(self._word(at)) == 1
        return between.strip() in (("", "-", ".") if dotted else ("", "-"))

    def _title(self, at: int) -> None:
        self.forms.setdefault(at, self._word(at)[:1].upper() + self._word(at)[1:])

    def _known_names(self) -> None:
        at = 0
        while at < len(self.words):
            last = next(filter(None, (self._named(at, n) for n in range(LONGEST_NAME, 0, -1))), at)
            at = last + 1 if last > at else at + 1

    def _named(self, at: int, count: int) -> int | None:
        """The last word of the known name of so many words that begins here; its case is taken."""
        last = at + count - 1
        if last >= len(self.words):
            return None
        start, end = self.words[at].start(), self.words[last].end()
        name = " ".join(self.lower[start:end].replace("’", "'").split()).removesuffix("'s")
        month = name in _CALENDAR and (name not in _ALSO_VERBS or self._dated(at))
        cased = name.capitalize() if month else self.known.names.get(name)
        if cased is None or (count == 1 and self._little(at, cased)):
            return None
        parts = [match[0] for match in _WORD.finditer(cased)]
        for offset, part in enumerate(parts[:count]):
            word = self._word(at + offset)
            if part.lower() == word.removesuffix("'s"):
                self.forms[at + offset] = part + word[len(part) :]
        return last

    def _little(self, at: int, name: str) -> bool:
        """Whether a common word stands here rather than its namesake; "the US" is none."""
        if name.isupper() and self.known.is_word(name.lower()):
            return self._word(at - 1) != "the"
        if self._is_plural(name.lower()) and self._joined(at - 1):  # "electricity poles"
            before = self.known.classes(self._word(at - 1))
            return "noun" in before and before.isdisjoint(("adj", "small"))
        return "small" in self.known.classes(name.lower()) and name.lower() not in _CALENDAR

    def _dated(self, at: int) -> bool:
        before, after = self._word(at - 1), self._word(at + 1)
        counted = before.isdigit() or after.isdigit()
        return counted or before in ("in", "since", "until", "last", "early", "late", "mid")

    def _unknown_words(self) -> None:
        for at, match in enumerate(self.words):
            word = match[0]
            if not word.replace("'", "").isalpha() or at in self.forms or len(word) == 1:
                continue
            if word in _SMALL or self.known.is_word(word) or word in _ABBREVIATED:
                continue
            if _ACRONYM.fullmatch(word):
                self.forms[at] = word.upper()
            else:
                self._title(at)

    def _beside_names(self) -> None:
        for at in range(len(self.words)):
            word, after = self._word(at), at + 1
            if not self._joined(at):
                continue
            if word in _BEFORE_NAMES and self._nameable(after):
                self._title(after)
                if self._word(at - 1) not in ("de", "y"):
                    self._title(at)
            elif word in ("de", "del") and at - 1 in self.forms and self._nameable(after):
                self._title(after)
            elif word in _TITLES and self._introduced(at):
                self._title(at)
                self._title(after)
            elif word in self.known.given and self._nameable(at) and self._is_given(at):
                self._title(at)
                if self._calls(at) and self._surname(after):
                    self._title(after)
            elif (self._calls(at) and self._surname(after)) or self._second_surname(after):
                self._title(after)

    def _again(self) -> None:
        """A noun that was the surname of somebody is so again wherever it stands."""
        surnames = {
            self._word(at)
            for at in self.forms
            if at - 1 in self.forms
            and self._joined(at - 1)
            and self._word(at - 1) in self.known.given
            and self.known.classes(self._word(at)) <= {"noun"}
        }
        for at, match in enumerate(self.words):
            if match[0].removesuffix("'s") in surnames:
                self._title(at)

    def _nameable(self, at: int) -> bool:
        return self._word(at) not in _SMALL and "small" not in self.known.classes(self._word(at))

    def _introduced(self, at: int) -> bool:
        """Whether the title stands before a name, as "the president promised" does not."""
        if at + 1 in self.forms:
            return True
        word = self._word(at + 1)
        if word in self.known.given and "verb" not in self.known.classes(word):
            return True
        return word not in _TITLES and self._surname(at + 1) and self._apart(at)

    def _apart(self, at: int) -> bool:
        """Whether no article or owner stands before the title."""
        before = self._word(at - 1)
        owner = before in ("the", "a", "an", "his", "her", "their", "our", "this", "that", "new")
        return not owner and not before.endswith("'s")

    def _calls(self, at: int) -> bool:
        """Whether a person's given name stands here that no surname follows yet."""
        before = self._word(at - 1)
        alone = not (at - 1 in self.forms and self._joined(at - 1))
        first = at in self.forms and self._word(at) in self.known.given
        return first and (alone or before in self.known.given or before in _TITLES)

    def _is_given(self, at: int) -> bool:
        """Whether a given name stands here; "said" and "urban" after a name are none."""
        common = self.known.classes(self._word(at)) & {"verb", "adj"}
        return self._in_name(at) and not (common and at - 1 in self.forms)

    def _in_name(self, at: int) -> bool:
        """Whether a name stands before the word or after it."""
        return at + 1 in self.forms or (at - 1 in self.forms and self._joined(at - 1))

    def _surname(self, at: int) -> bool:
        """Whether a common word may be a surname here: an uninflected noun and nothing else."""
        word = self._word(at)
        if not self.known.classes(word) and self._word(at - 1) in self.known.given:
            return True  # "Sandoval", which two words would make
        return (
            "noun" in self.known.classes(word)
            and not word.endswith(("ed", "ing"))
            and not (self._is_plural(word) and not self._only_name(at - 1))
            and (self.known.classes(word) <= {"noun"} or self._word(at - 1) in _ABBREVIATED)
        )

    def _second_surname(self, at: int) -> bool:
        """As in "Ana Perez castro, a nurse": nothing but a noun at the end of a full name."""
        if at in self.forms or not self._full_name(at - 1):
            return False
        word, after = self._word(at), self._word(at + 1)
        ended = not self._joined(at) or "small" in self.known.classes(after)
        common = word in self.common or word in _HEADS or self._is_plural(word)
        return ended and not common and self.known.classes(word) == {"noun"}

    def _full_name(self, last: int) -> bool:
        """Whether a surname ends here that a given name is before."""
        word, before = self._word(last), last - 1
        if word in self.known.given or not self._proper(last):
            return False
        named = before in self.forms and self._joined(before) and self._joined(last)
        return named and not word.endswith("'s") and self._word(before) in self.known.given

    def _is_plural(self, word: str) -> bool:
        return word.endswith("s") and "noun" in self.known.classes(word[:-1])

    def _only_name(self, at: int) -> bool:
        """A title or given name that is no other word: "Jaime Montes", not "Christian rites"."""
        word = self._word(at)
        titled = word in _ABBREVIATED
        return titled or (word in self.known.given and not self.known.is_word(word))

    def _bodies(self) -> None:
        for at, match in enumerate(self.words):
            if match[0] not in _HEADS:
                continue
            first = at
            while first > 0 and self._joined(first - 1) and self._of_body(first - 1):
                first -= 1
            while first < at and self._word(first) in ("and", "general", "state", "military"):
                first += 1
            run = range(first, at)
            named = any(self._proper(each) for each in run)
            if named or (run and self._word(first) in _PUBLIC):
                for each in [*run, at]:
                    self._capital(each)

    def _of_body(self, at: int) -> bool:
        if at in self.forms or self._word(at) in _WITHIN:
            return True
        after_name = self._joined(at - 1) and at - 1 in self.forms and self._proper(at - 1)
        return after_name and self.known.classes(self._word(at)) <= {"noun"}

    def _proper(self, at: int) -> bool:
        """Whether the word is a name by itself, not a people's adjective."""
        return (
            at in self.forms
            and not self.known.is_word(self._word(at))
            and (self.known.names.get(self._word(at)) is None)
        )

    def _acronyms(self) -> None:
        found = set()
        for at, match in enumerate(self.words):
            word = match[0]
            if not 2 <= len(word) <= LONGEST_ACRONYM:
                continue
            if self._bracketed(at):
                body = self._spelt_before(at, word)
            elif self._joined_by(at, _OPEN):
                body = self._spelt_after(at, word)
            else:
                continue
            for each in body:
                self._capital(each)
            if body or (len(word) <= SHORT and not self.known.is_word(word)):
                found.add(word)
        for at, match in enumerate(self.words):
            if match[0].removesuffix("'s") in found:
                bare = match[0].removesuffix("'s")
                self.forms[at] = bare.upper() + match[0][len(bare) :]

    def _bracketed(self, at: int) -> bool:
        match = self.words[at]
        before = self.lower[match.start() - 1 : match.start()]
        return before in _OPEN and self.lower[match.end() : match.end() + 1] in _CLOSE

    def _joined_by(self, at: int, marks: Collection[str]) -> bool:
        if at + 1 >= len(self.words):
            return False
        return self.lower[self.words[at].end() : self.words[at + 1].start()].strip() in marks

    def _spelt_before(self, at: int, letters: str) -> range:
        """The words before the bracket whose first letters are the acronym's, in any order."""
        if not self._joined_by(at - 1, _OPEN):
            return range(0)
        return self._spelt(range(at - 1, max(at - 1 - LONGEST_BODY, -1), -1), letters)

    def _spelt_after(self, at: int, letters: str) -> range:
        return self._spelt(range(at + 1, min(at + 1 + LONGEST_BODY, len(self.words))), letters)

    def _spelt(self, places: range, letters: str) -> range:
        left, last, previous = list(letters), None, places.start if places else 0
        for at in places:
            if at != previous and not self._joined(min(at, previous)):
                break
            previous, initial = at, self._word(at)[0]
            if initial in left and self._word(at) not in ("the", "of", "and"):
                left.remove(initial)
                last = at
            elif self._word(at) not in _SMALL:
                break
        if last is None or len(letters) - len(left) < max(FEWEST_OF_BODY, len(letters) - 1):
            return range(0)
        return range(min(places.start, last), max(places.start, last) + 1)

    def _capital(self, at: int) -> None:
        if self._word(at) not in _SMALL:
            self._title(at)

    def _starts(self) -> Iterator[int]:
        """Where sentences begin; the dot of a title or of an abbreviation ends none by itself."""
        for match in _START.finditer(self.lower):
            before = self.lower[: match.start() + 1].rsplit(None, 1)[-1:] or [""]
            word = before[0].strip("([\"'“").removesuffix(".")
            abbreviated = word in _ABBREVIATED or "." in word or len(word) == 1
            if not (abbreviated and match["gap"] and len(match["gap"]) == 1):
                yield match.start("first")
