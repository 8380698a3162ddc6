"""The tokens of a document as noun phrases: heads, dependents, words, and classes of heads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from kg.model import Token
from kg.vocab import is_a, is_one_of

_LEFT_OF_HEAD = frozenset({
    "det", "npadvmod", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "predet",
    "advmod", "punct",
})  # fmt: skip
_NAMED = ("NNP", "NNPS")
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 6
_NAMEABLE = ("Organization", "Facility", "Region", "BodyOfWater", "GeographicFeature", "Vessel")


class Phrases:
    """Dependents by token, and the classes that head nouns give (`lexicon/nouns.yml`)."""

    def __init__(self, tokens: Sequence[Token], classes: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.classes = classes
        self._children: dict[int, list[int]] = {}
        for index, token in enumerate(tokens):
            if token.head != index:
                self._children.setdefault(token.head, []).append(index)

    def children(self, index: int, *deprels: str) -> list[int]:
        """Dependents from left to right, all or those with one of the relations."""
        found = self._children.get(index)
        if found is None:
            return []
        return [i for i in found if self.tokens[i].deprel in deprels] if deprels else found

    def text(self, first: int, last: int) -> str:
        """The words of a span as one name, with the spaces of the text."""
        parts = [self.tokens[first].form]
        for before, token in pairwise(self.tokens[first:last]):
            parts.append(("" if before.end == token.start else " ") + token.form)
        return "".join(parts)

    def head(self, first: int, last: int) -> int:
        """The token whose own head lies outside the span; the last one if there are several."""
        for index in range(last - 1, first - 1, -1):
            head = self.tokens[index].head
            if not first <= head < last or head == index:
                return index
        return last - 1

    def first(self, index: int, floor: int) -> int:
        """The first word of the noun phrase of a head, none before `floor`."""
        first = self._leftmost(index, floor)
        # The parser may put a coordination inside the phrase: then its last member is meant.
        inside = [i for i in range(first, index) if self.tokens[i].xpos == "CC"]
        inside = [i for i in inside if self.tokens[i - 1].form != "-"]  # "a hit-and-run driver"
        plain = [i for i in inside if self.tokens[i - 1].xpos not in ("JJ", "VBN", "CD")]
        return plain[-1] + 1 if plain else first

    def _leftmost(self, index: int, floor: int) -> int:
        first = index
        for child in reversed(self._children.get(index, ())):
            if child > index or child < floor:
                continue
            token = self.tokens[child]
            if token.deprel not in _LEFT_OF_HEAD or (token.deprel == "punct" and token.form != "-"):
                break
            first = min(first, self._leftmost(child, floor))
        return first

    def class_of(self, index: int) -> str | None:
        """Class of a noun by its lemma, the word before it first ("air base", "prime minister").

        A type mark is one word, "#": "Su-24 bombers".
        """
        token = self.tokens[index]
        lemma = token.lemma.lower()
        if index and self.tokens[index - 1].head == index:
            before = self.tokens[index - 1].lemma.lower()
            if "-" in before and before[0].isalpha() and before[-1].isdigit():
                before = "#"
            for compound in (f"{before} {lemma}", f"{before}-{lemma}"):
                if compound in self.classes:
                    return self.classes[compound]
        found = self.classes.get(lemma)
        if found is not None:
            return found
        single = self.classes.get(lemma.removesuffix("s"))  # "barracks" may be plural
        return self.classes.get(token.form.lower()) if single is None else single

    def ends_title(self, index: int) -> bool:
        """As in "secretary of state": a bare word of somebody's title, and no state."""
        token = self.tokens[index]
        prep = self.tokens[token.head]
        plain = token.form == "state" and token.deprel == "pobj" and prep.form == "of"
        return plain and self.class_of(prep.head) == "Person"

    def is_of_office(self, link: int) -> bool:
        """As in "Secretary of Defense", "Minister of State for Health": what an office is for."""
        if not link or self.tokens[link].form not in ("of", "for"):
            return False
        office, state = link - 1, self.tokens[link - 1].head
        if self.tokens[link].form == "for" and self.tokens[state].form == "of":
            office = self.tokens[state].head
        return self.tokens[office].xpos in _NAMED and self.class_of(office) == "Person"

    def coordinated(self, index: int) -> int:
        """The first member of the coordination that a token belongs to."""
        while self.tokens[index].deprel == "conj":
            index = self.tokens[index].head
        return index


def is_acronym(form: str) -> bool:
    """Whether the word is all capitals, as nobody's name is."""
    return SHORTEST_ACRONYM <= len(form) <= LONGEST_ACRONYM and form.isalpha() and form.isupper()


def is_centre_for(phrases: Phrases, noun: int, centres: Collection[str]) -> bool:
    """As in "the Nigeria Centre for Disease Control": no building."""
    after = phrases.tokens[min(noun + 1, len(phrases.tokens) - 1)]
    return phrases.tokens[noun].form.lower() in centres and after.form == "for"


def can_be_named(type_: str) -> bool:
    """Kinds whose head noun stands in their names: ministries, forces, airports, rivers."""
    return is_one_of(type_, _NAMEABLE)


def kind_said(phrases: Phrases, head: int, label: str = "") -> str | None:
    """What the text says that a name is, before or beside it."""
    told = _kind_before(phrases, head, label) or _kind_beside(phrases, head)
    return told or (None if label == "PERSON" else _kind_above(phrases, head))


def hull_start(phrases: Phrases, first: int, last: int, hulls: Collection[str]) -> int | None:
    """Where the name of a ship begins that ends so: "USS Arizona", "the tanker Pacific Zircon".

    `hulls` are the letters that navies write before such names.
    """
    tokens = phrases.tokens
    if last - first > 1 and tokens[first].form in hulls:
        return first
    if first and tokens[first - 1].form in hulls:
        return first - 1
    head = phrases.head(first, last)
    apposed = tokens[head].deprel == "appos" and phrases.class_of(tokens[head].head) == "Vessel"
    if apposed:
        return first  # "a vessel, the Karin, sank"
    while first and tokens[first - 1].xpos == "NNP" and tokens[first - 1].head == head:
        first -= 1
        if tokens[first].form in hulls:
            return first
    if not first:
        return None
    before = tokens[first - 1]
    named = before.head == head or tokens[head].head == first - 1
    called = before.xpos == "NN" and named
    return first if called and phrases.class_of(first - 1) == "Vessel" else None


def compass_start(phrases: Phrases, index: int, compass: Collection[str]) -> int:
    """Where a direction of two words begins that ends here: "south-central"."""
    start, dash = index - 2, index - 1
    if start < 0 or phrases.tokens[dash].form != "-":
        return index
    tight = phrases.tokens[start].end + 1 == phrases.tokens[index].start
    return start if tight and phrases.tokens[start].form.lower() in compass else index


def _kind_before(phrases: Phrases, head: int, label: str) -> str | None:
    """As in "the town of Ratyan", "the villages of X and Y"."""
    name = phrases.tokens[phrases.coordinated(head)]
    prep = phrases.tokens[name.head]
    if name.deprel != "pobj" or prep.form.lower() != "of":
        return None
    type_ = phrases.classes.get(phrases.tokens[prep.head].lemma.lower())
    if type_ == "Area" and label != "ORG":
        return "PopulatedPlace"  # "new areas of X"
    return type_ if type_ and is_a(type_, "PopulatedPlace") else None


def _kind_beside(phrases: Phrases, head: int) -> str | None:
    """As in "Adan Yabal, a town in ...", "the FPL, a rebel group"; "a rebel" is a person."""
    for child in phrases.children(head, "appos"):
        type_ = phrases.class_of(child)
        single = phrases.tokens[child].xpos == "NN"
        own = phrases.classes.get(phrases.tokens[child].lemma.lower())
        body = type_ == "ArmedGroup" and own == "Organization"
        if type_ and single and (is_a(type_, "Place") or type_ == "Person" or body):
            return type_
    return None


def _kind_above(phrases: Phrases, head: int) -> str | None:
    """As in "the company, Sunrise Roads,": no road."""
    token = phrases.tokens[head]
    if token.deprel != "appos" or phrases.tokens[phrases.first(head, 0) - 1].form != ",":
        return None
    type_, single = phrases.class_of(token.head), phrases.tokens[token.head].xpos == "NN"
    return type_ if single and type_ and is_a(type_, "Organization") else None
