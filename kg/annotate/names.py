"""Names: the spans of the recogniser and the gazetteer, each with the class its words suggest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from kg.annotate.naming import Found, NamedSpan, Namer, chief
from kg.annotate.phrases import can_be_named, is_acronym, is_centre_for, kind_said
from kg.annotate.whereabouts import is_located, is_won, must_lie
from kg.gazetteer import Entry, given_names
from kg.model import Level, Mention, Span, Token
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
_LOOSE_TAGS = ("POS", "IN", "DT", "CC", ",")
_STOPS = (".", "!", "?", "“", "”", '"')
_BIG = 100_000  # persons: a city whose name outweighs the given name
_ACTING = ("nsubj", "nsubjpass", "dobj", "poss", "appos")


class NameFinder:
    """Makes mentions of the named spans of one document."""

    def __init__(self, namer: Namer, kinds: Iterable[str]) -> None:
        """`kinds` are the nouns that say what a place is ("region")."""
        self._namer = namer
        self._phrases = namer.phrases
        self._tokens = namer.phrases.tokens
        self._gazetteer = namer.gazetteer
        self._people = namer.people
        self._lower = {t.form for t in self._tokens if t.form.islower()}
        self._places: Collection[str] = ()
        self._kinds = frozenset(kinds)
        self._plural_kinds = frozenset(f"{kind}s" for kind in kinds)

    def find(self, spans: Iterable[NamedSpan]) -> list[Found]:
        """The names in text order, none inside another."""
        found: list[Found] = []
        last_end = -1
        parts = sorted(part for whole in spans for part in self._parts(whole))
        self._places = {self._phrases.text(*self._stripped(s)) for s in parts if self._lies(s)}
        for span in parts:
            first, last = self._stripped(span)
            if first >= last or last <= last_end or not self._is_name(first, last, span.label):
                continue
            found.append(Found(first, last, self._mention(first, last, span.label)))
            last_end = last
        return found

    def _is_name(self, first: int, last: int, label: str) -> bool:
        """No fragment of a word ("pro-"), and no word before an office ("Vice President")."""
        token = self._tokens[last - 1]
        head = self._tokens[token.head]
        title = head.xpos == "NNP" and self._phrases.class_of(token.head) == "Person"
        if label == "WEAK" and token.deprel == "compound" and title:
            return False
        if self._namer.is_charge(last - 1) and not self._namer.is_known(first, last):
            return False
        if self._phrases.ends_title(last - 1) or self._is_of_office(first, last):
            return False
        if token.form.lower() in self._people.papers:
            return False  # "a European Arrest Warrant"
        plain = self._is_plain(last - 1) or self._is_opening_word(first)
        if last - first == 1 and (self._ends_occasion(first, last) or plain):
            return False
        return (
            label in _LABELS and token.form[-1] != "-" and len(self._phrases.text(first, last)) > 1
        )

    def _is_plain(self, index: int) -> bool:
        """A common noun or an office that was taken for a name: "the navy", "the Governor"."""
        kind = self._phrases.class_of(index)
        office = kind == "Person" and not self._namer.known(index, index + 1)
        return kind is not None and (office or self._tokens[index].form.islower())

    def _is_opening_word(self, index: int) -> bool:
        """As in "Mission spokesman X said", where the report writes "the mission" elsewhere."""
        token, before = self._tokens[index], self._tokens[max(index - 1, 0)]
        opens = index == 0 or before.form in _STOPS or before.form.isspace()
        plain = token.xpos in ("NN", "NNS") or token.form.lower() in self._phrases.classes
        return opens and plain and token.form.lower() in self._lower

    def _ends_occasion(self, first: int, last: int) -> bool:
        """As in "the G7 Ise-Shima Summit": an event named after a place, and no place itself."""
        token = self._tokens[last - 1]
        if token.form.lower() not in self._people.occasions or not last - 1:
            return False
        before = self._tokens[last - 2]
        return last - first > 1 or (before.head == last - 1 and before.form[0].isupper())

    def _is_of_office(self, first: int, last: int) -> bool:
        link = first - 1 - (self._tokens[first - 1].form.lower() == "the")
        office = link > 0 and self._phrases.is_of_office(link)
        return office and not self._namer.known(first, last)

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
        while last > first and self._is_loose(self._tokens[last - 1]):
            last -= 1  # "Governor of" was cut short
        plural = last - first > 1 and self._tokens[last - 1].form.lower() in self._plural_kinds
        if plural and not self._gazetteer.candidates(self._phrases.text(first, last)):
            last -= 1  # "Diyala and Kirkuk Governorates"
        return first, last

    def _is_loose(self, token: Token) -> bool:
        """Whether no name ends in the word, unlike in "iPhone 8 Plus"."""
        return token.xpos in _LOOSE_TAGS and not token.form[0].isupper()

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
        if self._is_addressed(first, last) or self._is_who(first, last, candidates):
            people = [entry for entry in candidates if is_a(entry.type, "Person")]
            return self._namer.of(first, last, "Person", people).name
        if label == "WEAK" and not candidates:
            return self._namer.named(first, last, "Entity").name
        type_ = chief(candidates, text).type if candidates else self._plain_type(first, last, label)
        head = self._phrases.head(first, last)
        kind = kind_said(self._phrases, head, label)
        if kind is not None and not candidates:
            type_ = kind
        level: Level = "NAM"
        if self._namer.is_adjective(last - 1, label, candidates, text):
            level = "ADJ"
            if self._tokens[last - 1].xpos in ("NNS", "NNPS") or self._are_people(text):
                type_ = "PersonGroup"
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        return Mention(span, head, level, type_, tuple(c.id for c in candidates))

    def _are_people(self, text: str) -> bool:
        """As "Kazakhs", which the tagger may take for a singular."""
        one = text.removesuffix("s")
        return one != text and any(one in e.adjectives for e in self._gazetteer.candidates(one))

    def _is_addressed(self, first: int, last: int) -> bool:
        """As in "General Paris", "Mr Jordan": whoever bears a title is no place."""
        before = self._tokens[first - 1] if first else self._tokens[first]
        joined = before.deprel == "compound" and first <= before.head < last
        if not joined or before.xpos != "NNP" or not before.form[0].isupper():
            return False
        title = before.form.rstrip(".") in self._people.salutations
        return title or self._phrases.class_of(first - 1) == "Person"

    def _is_who(self, first: int, last: int, candidates: Sequence[Entry]) -> bool:
        """As in "Gonzalez, who won the vote": no town is anybody."""
        head = self._phrases.head(first, last)
        clauses = () if is_located(self._tokens, head) else self._phrases.children(head, "relcl")
        words = (self._tokens[i].form.lower() for c in clauses for i in self._phrases.children(c))
        towns = bool(candidates) and all(is_a(e.type, "PopulatedPlace") for e in candidates)
        return towns and any(word in ("who", "whom") for word in words)

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
        borne = self._namer.borne(text, last)
        if borne:
            return borne
        kinds = _AGREEING.get(label, ())
        sure = [entry for entry in found if text not in entry.weak or is_a(entry.type, "Place")]
        agreeing = [entry for entry in found if is_one_of(entry.type, kinds)]
        if label == "PERSON":
            called = token.deprel in _ACTING and (
                text in given_names() or (bool(sure) and self._is_surname_again(last))
            )
            known = [e for e in sure if not called or (e.population or 0) >= _BIG or _is_state(e)]
            if text.partition(" ")[2] and text.partition(" ")[0] in given_names():
                known = [e for e in known if text not in e.weak]  # a town named for her
            return tuple(agreeing or known)
        return tuple(agreeing) if agreeing and not sure else found

    def _is_surname_again(self, index: int) -> bool:
        """As in "Morales said" after "Evo Morales": he, and no town of that name."""
        form = self._tokens[index].form
        return any(
            token.form == form and before.head == i and before.xpos == "NNP" == token.xpos
            for i, (before, token) in enumerate(pairwise(self._tokens[:index]), start=1)
        )

    def _is_plain_noun(self, index: int, text: str) -> bool:
        """As in "the University", where no town is meant that bears the name too."""
        word = self._tokens[index]
        noun = word.form == text and word.form.lower() in self._phrases.classes
        return noun and not is_located(self._tokens, index)

    def _plain_type(self, first: int, last: int, label: str) -> str:
        """The class of a name that the gazetteer lacks: by its own head noun, else by the label."""
        if self._ends_occasion(first, last) and label in ("FAC", "GPE", "LOC"):
            return "EventSeries"
        if label == "GPE" and _PRODUCT.search(self._phrases.text(first, last)):
            return "Entity"
        if last - first > 1 and self._tokens[first].form == "Operation" and label != "PERSON":
            return "Conflict"
        if last - first > 1 and self._tokens[first].form.lower() in self._people.mountains:
            return "GeographicFeature"
        if last - first > 1 and self._tokens[last - 1].form.lower() in self._people.laws:
            return "Law"
        inner = self._phrases.head(first, last)  # as in "Department of the Interior"
        own = self._phrases.class_of(last - 1) or self._phrases.class_of(inner)
        if is_centre_for(self._phrases, inner, self._people.centres):
            return "Organization"
        built = last - first > 2 and own == "Facility"  # "Ann Lee Key Bridge"
        built = built or own == "Region"  # "Ann Lee District"
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


def _is_state(entry: Entry) -> bool:
    return is_a(entry.type, "GeopoliticalEntity")
