"""Names: the spans of the recogniser and the gazetteer, each with the class its words suggest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kg.annotate.fuller_names import hyphened, other_bearer
from kg.annotate.phrases import (
    Phrases,
    can_be_named,
    compass_start,
    hull_start,
    is_acronym,
    is_centre_for,
    kind_said,
)
from kg.annotate.titled import STATE_BODIES, Titled
from kg.annotate.whereabouts import is_located, is_won, must_lie
from kg.gazetteer import Entry, Gazetteer
from kg.lexicon import People, given_names
from kg.model import Level, Mention, Span
from kg.vocab import is_a, is_one_of

_NER_TYPES = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "PopulatedPlace",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "PersonGroup",
    "PRODUCT": "Materiel",
    "EVENT": "EventSeries",
    "LAW": "Law",
    "WORK_OF_ART": "InformationArtifact",
}
_AGREEING = {
    "PERSON": ("Person",),
    "ORG": ("Organization",),
    "GPE": ("Place",),
    "LOC": ("Place",),
    "FAC": ("Place",),
    "PRODUCT": ("Materiel",),
}
_LABELS = frozenset((*_NER_TYPES, "KNOWN", "WEAK"))
_PRODUCT = re.compile(r"[0-9]|\b[a-z][A-Z]")  # "6GB", "iPhone": no town is written so
_BIG = 100_000  # persons: a city whose name outweighs the given name
_ACTING = ("nsubj", "nsubjpass", "dobj", "poss", "appos")

type _Found = tuple[int, int, Mention]
"""A mention with its tokens: first, and the one after the last."""


class NamedSpan(NamedTuple):
    """A name at `tokens[first:last]` with the recogniser's label (`KNOWN`: from the gazetteer)."""

    first: int
    last: int
    label: str


class NameFinder:
    """Makes mentions of the named spans of one document."""

    def __init__(
        self,
        phrases: Phrases,
        gazetteer: Gazetteer,
        kinds: Iterable[str],
        people: People,
    ) -> None:
        """`kinds` are the nouns that say what a place is ("region")."""
        self._phrases = phrases
        self._tokens = phrases.tokens
        self._titled = Titled(phrases, gazetteer, people.ministers)
        self._gazetteer = gazetteer
        self._people = people
        self._occasions = people.occasions
        self._hulls = people.hulls
        self._directions = people.directions
        self._places: Collection[str] = ()
        self._kinds = frozenset(kinds)
        self._plural_kinds = frozenset(f"{kind}s" for kind in kinds)

    def find(self, spans: Iterable[NamedSpan]) -> list[_Found]:
        """Names, grown to the official name around them where there is one."""
        found: list[_Found] = []
        last_end = -1
        parts = sorted(part for whole in spans for part in self._parts(whole))
        self._places = {self._phrases.text(*self._stripped(s)) for s in parts if self._lies(s)}
        for span in parts:
            first, last = self._stripped(span)
            fuller = self._fuller_name(first, last)
            if fuller is not None:
                found = [each for each in found if each[0] < fuller[0]]
                found.append((fuller[0], last, self._titled.called(*fuller)))
                last_end = last
                continue
            if first >= last or last <= last_end or not self._is_name(first, last, span.label):
                continue
            office = self._office_before(first, last)
            if office is None:
                found.extend(self._grown(first, last, span.label))
            elif is_a(office[1], "Organization"):
                start, type_ = office
                whole = self._titled.name(start, last, type_)
                found = [each for each in found if each[0] < start]
                found.extend(self._state_inside(start, last, whole))
                found.append((start, last, whole))
            last_end = max([last, *(end for _, end, _ in found[-1:])])
        return found

    def _is_name(self, first: int, last: int, label: str) -> bool:
        """No fragment of a word ("pro-"), and no word before an office ("Vice President")."""
        token = self._tokens[last - 1]
        head = self._tokens[token.head]
        title = head.xpos == "NNP" and self._phrases.class_of(token.head) == "Person"
        if label == "WEAK" and token.deprel == "compound" and title:
            return False
        if self._titled.is_charge(last - 1) and not self._titled.is_known(first, last):
            return False
        if last - first == 1 and (self._ends_occasion(first, last) or self._is_plain(last - 1)):
            return False
        return (
            label in _LABELS and token.form[-1] != "-" and len(self._phrases.text(first, last)) > 1
        )

    def _is_plain(self, index: int) -> bool:
        """A common noun that was taken for a name: "the navy"."""
        return self._tokens[index].form.islower() and self._phrases.class_of(index) is not None

    def _ends_occasion(self, first: int, last: int) -> bool:
        """As in "the G7 Ise-Shima Summit": an event named after a place, and no place itself."""
        token = self._tokens[last - 1]
        if token.form.lower() not in self._occasions or not last - 1:
            return False
        before = self._tokens[last - 2]
        return last - first > 1 or (before.head == last - 1 and before.form[0].isupper())

    def _grown(self, first: int, last: int, label: str) -> Iterator[_Found]:
        """The name with what stands in it and around it."""
        whole = self._mention(first, last, label)
        titled = self._titled.around(first, last)
        if titled and self._titled.is_kept(titled):
            body = self._titled.body_of(whole, titled)
            if titled[1] != last and self._titled.is_owner(first, last, whole, titled[2]):
                yield first, last, whole
            else:
                yield from self._state_inside(first, titled[1], body)
            yield first, titled[1], body
        else:
            yield from self._state_inside(first, last, whole)
            yield from self._area_around(first, whole)
            yield first, last, whole

    def _fuller_name(self, first: int, last: int) -> tuple[int, int, str] | None:
        """Another bearer of a known name: "Ludovic Orban" is not Viktor, "New Aleppo" no Aleppo."""
        hull = hull_start(self._phrases, first, last, self._hulls)
        if hull is not None:
            return hull, last, "Vessel"
        joint = hyphened(self._phrases, self._gazetteer, first, last)
        if joint is not None:
            return joint, last, "PopulatedPlace"
        before = self._tokens[first - 1] if first and last - first == 1 else None
        if before is None or before.xpos != "NNP" or before.head != first:
            return None
        known = self._gazetteer.candidates(self._phrases.text(first, last))
        if not known or self._gazetteer.candidates(self._phrases.text(first - 1, last)):
            return None
        if all(entry.type == "Person" for entry in known):
            start = other_bearer(self._phrases, self._gazetteer, first, known, self._people.address)
            if start is not None and not self._gazetteer.candidates(
                self._phrases.text(start, last)
            ):
                return start, last, "Person"
        if before.form == "New" and all(is_a(e.type, "Place") for e in known):
            return first - 1, last, "PopulatedPlace"
        return None

    def _office_before(self, first: int, last: int) -> tuple[int, str] | None:
        """As in "Department of the Interior", "Secretary of Defense": its start and class."""
        link = first - 1 - (self._tokens[first - 1].form.lower() == "the")
        if link < 1 or self._tokens[link].form.lower() not in ("of", "for"):
            return None
        noun = start = link - 1
        type_ = self._phrases.class_of(noun)
        if self._tokens[noun].xpos not in ("NNP", "NNPS") or type_ is None:
            return None
        office = is_a(type_, "Organization") or is_a(type_, "Person")
        if not office or self._gazetteer.candidates(self._phrases.text(first, last)):
            return None  # "Government of Sudan"
        while start and self._tokens[start - 1].xpos == "NNP" and self._titled.joined(start):
            start -= 1
        return start, type_

    def _state_inside(self, first: int, last: int, whole: Mention) -> Iterator[_Found]:
        """The state that a known body's name begins or ends with: "Russian Ministry of Defense"."""
        if whole.level != "NAM" or not is_one_of(whole.type, STATE_BODIES):
            return
        first += self._tokens[first].form in self._people.crowns
        starts = [(first, stop) for stop in range(min(first + 2, last - 1), first, -1)]
        ends = [(start, last) for start in range(last - 1, first + 1, -1)]
        for start, stop in starts + [e for e in ends if self._tokens[e[0] - 1].form == "of"]:
            inner = self._mention(start, stop, "KNOWN")
            if inner.candidates and inner.type == "Country":
                yield start, stop, inner
                return

    def _parts(self, span: NamedSpan) -> Iterator[NamedSpan]:
        """People and places joined by "and" are two names, whatever the recogniser says."""
        first = span.first
        if span.label in ("PERSON", "GPE", "LOC", "NORP"):
            for index in range(span.first + 1, span.last - 1):
                if self._tokens[index].xpos == "CC":
                    yield NamedSpan(first, index, span.label)
                    first = index + 1
        yield NamedSpan(first, span.last, span.label)

    def _stripped(self, span: NamedSpan) -> tuple[int, int]:
        first, last = span.first, span.last
        while first < last and self._is_before_name(first, last, span.label):
            first += 1
        while last > first and self._tokens[last - 1].xpos in ("POS", "IN", ","):
            last -= 1  # "Governor of" was cut short
        plural = last - first > 1 and self._tokens[last - 1].form.lower() in self._plural_kinds
        if plural and not self._gazetteer.candidates(self._phrases.text(first, last)):
            last -= 1  # "Diyala and Kirkuk Governorates"
        return first, last

    def _is_before_name(self, index: int, last: int, label: str) -> bool:
        """An article, the dateline in front of one ("DETROIT The"), or the title of a person."""
        form = self._tokens[index].form
        if form.lower() in ("the", "a", "an"):
            return True
        after = self._tokens[min(index + 1, len(self._tokens) - 1)]
        dated = form.isupper() and after.form == "The"
        titled = label == "PERSON" and form.rstrip(".") in self._people.salutations
        return index + 1 < last and (dated or titled)

    def _mention(self, first: int, last: int, label: str) -> Mention:
        text = self._phrases.text(first, last)
        candidates = self._candidates(text, last - 1, label)
        if label == "WEAK" and not candidates:
            return self._titled.name(first, last, "Entity")
        type_ = (
            _chief(candidates, text).type if candidates else self._plain_type(first, last, label)
        )
        head = self._phrases.head(first, last)
        kind = kind_said(self._phrases, head, label)
        if kind is not None and not candidates:
            type_ = kind
        level: Level = "NAM"
        if self._is_adjective(last - 1, label, candidates, text):
            level = "ADJ"
            if self._tokens[last - 1].xpos in ("NNS", "NNPS"):
                type_ = "PersonGroup"
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        return Mention(span, head, level, type_, tuple(c.id for c in candidates))

    def _candidates(self, text: str, last: int, label: str) -> tuple[Entry, ...]:
        """Entries of the name, without those that its form or the recogniser speaks against.

        An adjective means who bears it ("Somali troops" are not the region's); a weak name is no
        company where the recogniser sees a person, and no person where it sees a body.
        """
        found = self._gazetteer.candidates(text)
        token = self._tokens[last]
        settled = all(text in e.weak and is_a(e.type, "PopulatedPlace") for e in found)
        if settled and self._is_plain_noun(last, text):
            return ()
        borne = [entry for entry in found if text in entry.adjectives]
        if borne and (token.xpos in ("JJ", "NNS", "NNPS") or token.deprel in ("amod", "nmod")):
            return tuple(borne)
        kinds = _AGREEING.get(label, ())
        sure = [entry for entry in found if text not in entry.weak or is_a(entry.type, "Place")]
        agreeing = [entry for entry in found if is_one_of(entry.type, kinds)]
        if label == "PERSON":
            called = text in given_names() and token.deprel in _ACTING
            known = [e for e in sure if not called or (e.population or 0) >= _BIG or _is_state(e)]
            return tuple(agreeing or known)
        return tuple(agreeing) if agreeing and not sure else found

    def _is_plain_noun(self, index: int, text: str) -> bool:
        """As in "the University", where no town is meant that bears the name too."""
        word = self._tokens[index]
        noun = word.form == text and word.form.lower() in self._phrases.classes
        return noun and not is_located(self._tokens, index)

    def _area_around(self, first: int, place: Mention) -> Iterator[_Found]:
        """As in "eastern Ukraine": an area that the word before the name cuts out of the place."""
        named = place.level == "NAM" and is_a(place.type, "Place") and first > 0
        kind = self._phrases.classes.get(self._tokens[place.head].form.lower())
        before = self._tokens[first - 1]
        if not named or kind in ("Region", "City", "Town"):
            return  # "eastern Kursk region" may be the region, seen from the whole country
        if before.head == place.head and before.lemma.lower() in self._directions:
            start = compass_start(self._phrases, first - 1, self._people.compass)
            span = Span(self._tokens[start].start, place.span.end)
            yield start, first, replace(place, span=span, type="Area")

    def _plain_type(self, first: int, last: int, label: str) -> str:
        """The class of a name that the gazetteer lacks: by its own head noun, else by the label."""
        if self._ends_occasion(first, last) and label in ("FAC", "GPE", "LOC"):
            return "EventSeries"
        if label == "GPE" and _PRODUCT.search(self._phrases.text(first, last)):
            return "Entity"
        if last - first > 1 and self._tokens[first].form == "Operation" and label != "PERSON":
            return "Conflict"
        if last - first > 1 and self._tokens[last - 1].form.lower() in self._people.laws:
            return "Law"
        inner = self._phrases.head(first, last)  # as in "Department of the Interior"
        own = self._phrases.class_of(last - 1) or self._phrases.class_of(inner)
        if is_centre_for(self._phrases, inner, self._people.centres):
            return "Organization"
        built = label == "PERSON" and last - first > 2 and own == "Facility"  # "Ann Lee Key Bridge"
        if own and last - first > 1 and can_be_named(own) and (label != "PERSON" or built):
            return own
        if label == "PERSON" and last - first == 1 and self._is_lone_acronym(first):
            return "Organization"
        placed = label in ("PERSON", "ORG") and self._phrases.text(first, last) in self._places
        word = last - first == 1 and not _PRODUCT.search(self._tokens[first].form)
        unlike = label == "PERSON" or (label == "PRODUCT" and word)
        if placed or (unlike and is_located(self._tokens, inner)):
            return "PopulatedPlace"
        return _NER_TYPES.get(label, "Entity")

    def _lies(self, span: NamedSpan) -> bool:
        """Whether it was taken for a person or a body, where only a place is named so."""
        first, last = self._stripped(span)
        bare = self._is_bare_body(first, last, span)
        head = self._phrases.head(first, last)
        if first >= last or not (span.label == "PERSON" or bare):
            return False
        won = bare and is_won(self._phrases, head, self._people)
        return won or must_lie(self._tokens, head, self._people, self._kinds)

    def _is_bare_body(self, first: int, last: int, span: NamedSpan) -> bool:
        """One word that says nothing of what it names, like "Kotlino"."""
        plain = span.label == "ORG" and last - first == 1
        return plain and not is_acronym(self._tokens[first].form)

    def _is_lone_acronym(self, index: int) -> bool:
        """All capitals beside words that are not, unlike in a headline of capitals."""
        around = [t.form for t in self._tokens[max(index - 1, 0) : index + 2] if len(t.form) > 1]
        alone = sum(word.isupper() for word in around) == 1
        return is_acronym(self._tokens[index].form) and alone

    def _is_adjective(
        self, index: int, label: str, candidates: Collection[Entry], text: str
    ) -> bool:
        """Whether a word says whose something is; "a Frenchman" names nobody and no state."""
        token = self._tokens[index]
        demonym = text in _adjectives(candidates)
        if demonym and all(text not in entry.names for entry in candidates):
            return True
        if token.deprel in ("amod", "nmod", "compound") and (demonym or label == "NORP"):
            return True
        return demonym and token.xpos in ("JJ", "NNPS", "NNS")


def _chief(candidates: Sequence[Entry], text: str) -> Entry:
    """The first candidate that the name is enough to tell, as Honda is rather Japan's company."""
    return next((each for each in candidates if text not in each.weak), candidates[0])


def _is_state(entry: Entry) -> bool:
    return is_a(entry.type, "GeopoliticalEntity")


def _adjectives(candidates: Iterable[Entry]) -> frozenset[str]:
    return frozenset(name for candidate in candidates for name in candidate.adjectives)
