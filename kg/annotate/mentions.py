"""Mentions: names, noun phrases, demonyms and pronouns, each with the class its words suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import Level, Mention, Sentence, Span, Token
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
_LEFT_OF_HEAD = frozenset(
    (
        "det",
        "npadvmod",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "quantmod",
        "case",
        "predet",
        "advmod",
        "punct",
    )
)
_DIRECTIONS = frozenset(("central", "upper", "lower")) | {
    first + second + "ern"
    for first in ("north", "south", "")
    for second in ("east", "west", "-east", "-west", "")
    if first or second in ("east", "west")
}
_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "inside", "toward", "towards"))
_PRONOUNS = frozenset(("PRP", "PRP$"))
_EMPTY_IT = frozenset(
    ("likely", "possible", "clear", "unclear", "unlikely", "appear", "seem", "rain")
)
_NOUN_TAGS = frozenset(("NN", "NNS"))


class NamedSpan(NamedTuple):
    """A name at `tokens[first:last]` with the recogniser's label (`KNOWN`: from the gazetteer)."""

    first: int
    last: int
    label: str


def find_mentions(
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    names: Iterable[NamedSpan],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """All mentions of a document in text order; names first where two begin alike."""
    finder = _Finder(tokens, gazetteer, lexicon)
    found = finder.names(names)
    covered = {i for first, last, _ in found for i in range(first, last)}
    mentions = [mention for _, _, mention in found]
    for sentence in sentences:
        for index in range(sentence.first, sentence.last):
            if index not in covered:
                mentions.extend(finder.nominal(index, sentence))
                mentions.extend(finder.pronoun(index))
    return tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.level)))


class _Finder:
    def __init__(self, tokens: Sequence[Token], gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._gazetteer = gazetteer
        self._classes = lexicon.noun_classes
        self._plural_kinds = frozenset(f"{kind}s" for kind in lexicon.slots.kinds)
        self._children: dict[int, list[int]] = {}
        for index, token in enumerate(tokens):
            if token.head != index:
                self._children.setdefault(token.head, []).append(index)

    # ------------------------------------------------------------- names

    def names(self, spans: Iterable[NamedSpan]) -> list[tuple[int, int, Mention]]:
        """Names, grown to the official name around them where there is one."""
        found: list[tuple[int, int, Mention]] = []
        last_end = -1
        parts = sorted(part for whole in spans for part in self._parts(whole))
        for span in parts:
            first, last = self._stripped(span)
            if first >= last or last <= last_end or span.label not in _NER_TYPES | _OWN:
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
        if plural and not self._gazetteer.candidates(self._text(first, last)):
            last -= 1  # "Diyala and Kirkuk Governorates"
        return first, last

    def _titled(self, first: int, last: int) -> tuple[int, int, str] | None:
        """An official name around a known one: capitalised words up to a head noun of a kind."""
        end = last
        while end < len(self._tokens) and self._is_title_word(end) and self._joined(end):
            end += 1
        for stop in range(end, last, -1):
            head = self._tokens[stop - 1]
            type_ = self._class_of(stop - 1)
            if type_ and _can_be_named(type_) and head.xpos in ("NNP", "NNPS"):
                return first, stop, type_
        return None

    def _is_known_kind(self, titled: tuple[int, int, str]) -> bool:
        """A place keeps its plain name unless the longer one is known ("Kursk oblasts" is not)."""
        first, last, type_ = titled
        return (
            not is_a(type_, "Place")
            or is_a(type_, "Facility")
            or bool(self._gazetteer.candidates(self._text(first, last)))
        )

    def _is_title_word(self, index: int) -> bool:
        token = self._tokens[index]
        return token.form[0].isupper() and token.xpos in ("NNP", "NNPS", "JJ", "NN")

    def _joined(self, index: int) -> bool:
        """Whether the word belongs to the same noun phrase as the one before it."""
        token, before = self._tokens[index], self._tokens[index - 1]
        return before.head == index or before.head == token.head or token.head == index - 1

    def _mention(self, first: int, last: int, label: str) -> Mention:
        text = self._text(first, last)
        candidates = self._gazetteer.candidates(text)
        if label == "WEAK" and not candidates:
            return self._name(first, last, "Entity")
        type_ = candidates[0].type if candidates else self._plain_type(first, last, label)
        kind = self._kind_before(first) or self._kind_beside(self._head(first, last))
        if kind is not None and not candidates:
            type_ = kind
        level: Level = "NAM"
        if self._is_adjective(last - 1, label, text in _adjectives(candidates)):
            level = "ADJ"
            if self._tokens[last - 1].xpos in ("NNS", "NNPS"):
                type_ = "PersonGroup"
        head = self._head(first, last)
        whole = level == "NAM" and is_a(type_, "Place") and not self._is_kind(last - 1)
        if whole and self._is_direction(first - 1, head):
            first, type_ = first - 1, "Area"
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        return Mention(span, head, level, type_, tuple(c.id for c in candidates))

    def _kind_before(self, first: int) -> str | None:
        """As in "the town of Ratyan": the text says what the name is."""
        if first < 2 or self._tokens[first - 1].form.lower() != "of":
            return None
        type_ = self._classes.get(self._tokens[first - 2].lemma.lower())
        return type_ if type_ and is_a(type_, "Place") else None

    def _kind_beside(self, head: int) -> str | None:
        """As in "Adan Yabal, a town in ...": the apposition says what the name is."""
        for child in self._children.get(head, ()):
            token = self._tokens[child]
            type_ = self._class_of(child) if token.deprel == "appos" else None
            if type_ and token.xpos == "NN" and (is_a(type_, "Place") or type_ == "Person"):
                return type_
        return None

    def _is_kind(self, index: int) -> bool:
        """As in "Kursk region": the adjective before it belongs to the whole country's view."""
        return self._classes.get(self._tokens[index].form.lower()) in ("Region", "City", "Town")

    def _is_direction(self, index: int, head: int) -> bool:
        """Whether the word before a place cuts an area out of it: "eastern Ukraine"."""
        return (
            index >= 0
            and self._tokens[index].head == head
            and self._tokens[index].lemma.lower() in _DIRECTIONS
        )

    def _plain_type(self, first: int, last: int, label: str) -> str:
        """The class of a name that the gazetteer lacks: by its own head noun, else by the label."""
        own = self._class_of(last - 1)
        if own and last - first > 1 and _can_be_named(own) and label != "PERSON":
            return own
        head = self._tokens[self._head(first, last)]
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
        found = self._gazetteer.candidates(self._text(first, last))
        type_ = found[0].type if found else type_
        return Mention(span, self._head(first, last), "NAM", type_, tuple(c.id for c in found))

    # ---------------------------------------------------------- nominals

    def nominal(self, index: int, sentence: Sentence) -> Iterator[Mention]:
        """A common noun phrase of a known kind, from its first modifier to its head noun."""
        token = self._tokens[index]
        if token.deprel in ("compound", "npadvmod", "nmod"):
            return
        type_ = self._class_of(index)
        if token.xpos in ("NNP", "NNPS") and type_ is not None and _can_be_named(type_):
            yield self._named_body(index, type_)
            return
        if token.xpos in ("NNP", "NNPS") and type_ in ("Person", "PersonGroup"):
            pass  # "the Prime Minister", "the Secretary-General"
        elif token.xpos == "CD":
            type_ = self._counted_people(index)
        elif not self._can_head(token):
            return
        if type_ is None:
            return
        if type_ == "Person" and token.xpos in ("NNS", "NNPS"):
            type_ = "PersonGroup"
        first = self._after_conjunction(self._leftmost(index, sentence.first), index)
        yield Mention(Span(self._tokens[first].start, token.end), index, "NOM", type_)

    def _named_body(self, index: int, type_: str) -> Mention:
        """A proper name that only its head noun shows: "Foreign Ministry", "Supreme Court"."""
        first = index
        while (
            first
            and self._tokens[first - 1].xpos in ("NNP", "NNPS")
            and (self._tokens[first - 1].deprel in ("compound", "nmod", "amod"))
        ):
            first -= 1
        span = Span(self._tokens[first].start, self._tokens[index].end)
        return Mention(span, index, "NAM", type_)

    def _counted_people(self, index: int) -> str | None:
        """A bare number as subject or object of a verb counts people in news: "around 30 died"."""
        token = self._tokens[index]
        plain = token.form[0].isdigit() or token.form.isalpha()
        core = token.deprel in ("nsubjpass", "dobj", "nsubj") and plain
        if not core or (token.form.isdigit() and len(token.form) == 4):
            return None
        preps = self._children.get(index, ())
        return None if any(self._tokens[i].deprel == "prep" for i in preps) else "PersonGroup"

    def _can_head(self, token: Token) -> bool:
        return token.xpos in _NOUN_TAGS or (
            token.upos == "NOUN" or (token.upos == "PROPN" and token.form.islower())
        )

    def _leftmost(self, index: int, floor: int) -> int:
        first = index
        for child in sorted(self._children.get(index, ()), reverse=True):
            if child > index or child < floor:
                continue
            if self._tokens[child].deprel not in _LEFT_OF_HEAD:
                break
            if self._tokens[child].deprel == "punct" and self._tokens[child].form != "-":
                break
            first = min(first, self._leftmost(child, floor))
        return first

    def _after_conjunction(self, first: int, index: int) -> int:
        """The start of the last member where the parser put a coordination inside the phrase."""
        inside = [i for i in range(first, index) if self._tokens[i].xpos == "CC"]
        plain = [i for i in inside if self._tokens[i - 1].xpos not in ("JJ", "VBN", "CD")]
        return plain[-1] + 1 if plain else first

    def _class_of(self, index: int) -> str | None:
        """Class of a noun by its lemma, the word before it first ("air base", "prime minister")."""
        token = self._tokens[index]
        lemma = token.lemma.lower()
        if index and self._tokens[index - 1].head == index:
            before = self._tokens[index - 1].lemma.lower()
            for compound in (f"{before} {lemma}", f"{before}-{lemma}"):
                if compound in self._classes:
                    return self._classes[compound]
        return self._classes.get(lemma) or self._classes.get(lemma.removesuffix("s"))

    # ---------------------------------------------------------- pronouns

    def pronoun(self, index: int) -> Iterator[Mention]:
        """Personal and possessive pronouns, without the empty "it"."""
        token = self._tokens[index]
        if token.xpos not in _PRONOUNS or token.deprel == "expl":
            return
        head = self._tokens[token.head]
        if token.form.lower() == "it" and token.deprel == "nsubj" and self._is_empty(head, index):
            return
        yield Mention(Span(token.start, token.end), index, "PRO", "Entity")

    def _is_empty(self, verb: Token, index: int) -> bool:
        if verb.lemma in _EMPTY_IT:
            return True
        children = [self._tokens[i] for i in self._children.get(self._tokens[index].head, ())]
        complements = [t for t in children if t.deprel == "acomp" and t.lemma in _EMPTY_IT]
        return verb.lemma == "be" and bool(complements)

    # ------------------------------------------------------------ spans

    def _text(self, first: int, last: int) -> str:
        """The words of a span as one name, with the spaces of the text."""
        parts = [self._tokens[first].form]
        for before, token in pairwise(self._tokens[first:last]):
            parts.append(("" if before.end == token.start else " ") + token.form)
        return "".join(parts)

    def _head(self, first: int, last: int) -> int:
        """The token whose own head lies outside the span; the last one if there are several."""
        for index in range(last - 1, first - 1, -1):
            head = self._tokens[index].head
            if not first <= head < last or head == index:
                return index
        return last - 1


_OWN = {"KNOWN": "", "WEAK": ""}
_NAMEABLE = ("Organization", "Facility", "Region", "BodyOfWater", "GeographicFeature", "Vessel")


def _can_be_named(type_: str) -> bool:
    """Kinds whose head noun stands in their names: ministries, forces, airports, rivers."""
    return any(is_a(type_, kind) for kind in _NAMEABLE)


def _adjectives(candidates: Iterable[object]) -> frozenset[str]:
    return frozenset(
        name for candidate in candidates for name in getattr(candidate, "adjectives", ())
    )
