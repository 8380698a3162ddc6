"""Names: the spans of the recogniser and the gazetteer, each with the class its words suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.annotate.phrases import Phrases, can_be_named
from kg.gazetteer import Entry, Gazetteer
from kg.model import Level, Mention, Span
from kg.vocab import is_a

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
_LABELS = frozenset((*_NER_TYPES, "KNOWN", "WEAK"))
_DIRECTIONS = frozenset(("central", "upper", "lower")) | {
    first + second + "ern"
    for first in ("north", "south", "")
    for second in ("east", "west", "-east", "-west", "")
    if first or second in ("east", "west")
}
_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "inside", "toward", "towards"))


class NamedSpan(NamedTuple):
    """A name at `tokens[first:last]` with the recogniser's label (`KNOWN`: from the gazetteer)."""

    first: int
    last: int
    label: str


class NameFinder:
    """Makes mentions of the named spans of one document."""

    def __init__(self, phrases: Phrases, gazetteer: Gazetteer, kinds: Iterable[str]) -> None:
        """`kinds` are the nouns that say what a place is ("region")."""
        self._phrases = phrases
        self._tokens = phrases.tokens
        self._gazetteer = gazetteer
        self._plural_kinds = frozenset(f"{kind}s" for kind in kinds)

    def find(self, spans: Iterable[NamedSpan]) -> list[tuple[int, int, Mention]]:
        """Names, grown to the official name around them where there is one."""
        found: list[tuple[int, int, Mention]] = []
        last_end = -1
        parts = sorted(part for whole in spans for part in self._parts(whole))
        for span in parts:
            first, last = self._stripped(span)
            if first >= last or last <= last_end or span.label not in _LABELS:
                continue
            titled = self._titled(first, last)
            if titled and not self._is_known_kind(titled):
                titled = None
            if titled:
                first_of, last_of, type_ = titled
                if first < first_of or first_of < last_end:
                    first_of = max(first_of, last_end)
                inner = self._mention(first, last, span.label)
                if (first, last) != (first_of, last_of) and inner.level == "ADJ":
                    found.append((first, last, inner))
                found.append((first_of, last_of, self._name(first_of, last_of, type_)))
                last_end = last_of
            else:
                found.append((first, last, self._mention(first, last, span.label)))
                last_end = last
        return found

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
        while first < last and self._tokens[first].form.lower() in ("the", "a", "an"):
            first += 1
        while last > first and self._tokens[last - 1].xpos == "POS":
            last -= 1
        plural = last - first > 1 and self._tokens[last - 1].form.lower() in self._plural_kinds
        if plural and not self._gazetteer.candidates(self._phrases.text(first, last)):
            last -= 1  # "Diyala and Kirkuk Governorates"
        return first, last

    def _titled(self, first: int, last: int) -> tuple[int, int, str] | None:
        """An official name around a known one: capitalised words up to a head noun of a kind."""
        end = last
        while end < len(self._tokens) and self._is_title_word(end) and self._joined(end):
            end += 1
        for stop in range(end, last, -1):
            head = self._tokens[stop - 1]
            type_ = self._phrases.class_of(stop - 1)
            if type_ and can_be_named(type_) and head.xpos in ("NNP", "NNPS"):
                return first, stop, type_
        return None

    def _is_known_kind(self, titled: tuple[int, int, str]) -> bool:
        """A place keeps its plain name unless the longer one is known ("Kursk oblasts" is not)."""
        first, last, type_ = titled
        return (
            not is_a(type_, "Place")
            or is_a(type_, "Facility")
            or bool(self._gazetteer.candidates(self._phrases.text(first, last)))
        )

    def _is_title_word(self, index: int) -> bool:
        token = self._tokens[index]
        return token.form[0].isupper() and token.xpos in ("NNP", "NNPS", "JJ", "NN")

    def _joined(self, index: int) -> bool:
        """Whether the word belongs to the same noun phrase as the one before it."""
        token, before = self._tokens[index], self._tokens[index - 1]
        return before.head == index or before.head == token.head or token.head == index - 1

    def _mention(self, first: int, last: int, label: str) -> Mention:
        text = self._phrases.text(first, last)
        candidates = self._gazetteer.candidates(text)
        if label == "WEAK" and not candidates:
            return self._name(first, last, "Entity")
        type_ = candidates[0].type if candidates else self._plain_type(first, last, label)
        kind = self._kind_before(first) or self._kind_beside(self._phrases.head(first, last))
        if kind is not None and not candidates:
            type_ = kind
        level: Level = "NAM"
        if self._is_adjective(last - 1, label, text in _adjectives(candidates)):
            level = "ADJ"
            if self._tokens[last - 1].xpos in ("NNS", "NNPS"):
                type_ = "PersonGroup"
        head = self._phrases.head(first, last)
        whole = level == "NAM" and is_a(type_, "Place") and not self._is_kind(last - 1)
        if whole and self._is_direction(first - 1, head):
            first, type_ = first - 1, "Area"
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        return Mention(span, head, level, type_, tuple(c.id for c in candidates))

    def _kind_before(self, first: int) -> str | None:
        """As in "the town of Ratyan": the text says what the name is."""
        if first < 2 or self._tokens[first - 1].form.lower() != "of":
            return None
        type_ = self._phrases.classes.get(self._tokens[first - 2].lemma.lower())
        return type_ if type_ and is_a(type_, "Place") else None

    def _kind_beside(self, head: int) -> str | None:
        """As in "Adan Yabal, a town in ...": the apposition says what the name is."""
        for child in self._phrases.children(head):
            token = self._tokens[child]
            type_ = self._phrases.class_of(child) if token.deprel == "appos" else None
            if type_ and token.xpos == "NN" and (is_a(type_, "Place") or type_ == "Person"):
                return type_
        return None

    def _is_kind(self, index: int) -> bool:
        """As in "Kursk region": the adjective before it belongs to the whole country's view."""
        return self._phrases.classes.get(self._tokens[index].form.lower()) in (
            "Region",
            "City",
            "Town",
        )

    def _is_direction(self, index: int, head: int) -> bool:
        """Whether the word before a place cuts an area out of it: "eastern Ukraine"."""
        return (
            index >= 0
            and self._tokens[index].head == head
            and self._tokens[index].lemma.lower() in _DIRECTIONS
        )

    def _plain_type(self, first: int, last: int, label: str) -> str:
        """The class of a name that the gazetteer lacks: by its own head noun, else by the label."""
        own = self._phrases.class_of(last - 1)
        if own and last - first > 1 and can_be_named(own) and label != "PERSON":
            return own
        head = self._tokens[self._phrases.head(first, last)]
        located = head.deprel == "pobj" and self._tokens[head.head].form.lower() in _LOCATIVE
        if label == "PERSON" and located:
            return "PopulatedPlace"  # nobody is attacked "near" a person in news
        return _NER_TYPES.get(label, "Entity")

    def _is_adjective(self, index: int, label: str, demonym: bool) -> bool:
        token = self._tokens[index]
        if token.deprel in ("amod", "nmod", "compound") and (demonym or label == "NORP"):
            return True
        return demonym and token.xpos in ("JJ", "NNPS", "NNS")

    def _name(self, first: int, last: int, type_: str) -> Mention:
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        found = self._gazetteer.candidates(self._phrases.text(first, last))
        type_ = found[0].type if found else type_
        return Mention(
            span, self._phrases.head(first, last), "NAM", type_, tuple(c.id for c in found)
        )


def _adjectives(candidates: Iterable[Entry]) -> frozenset[str]:
    return frozenset(name for candidate in candidates for name in candidate.adjectives)
