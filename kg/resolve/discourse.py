"""The mentions of one document with what is known of each: words, class, gender, antecedent."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from kg.gazetteer import Gender, given_names
from kg.model import Annotation, Mention, Span, Token
from kg.resolve.linking import Link
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a, is_one_of

_SUBJECTS = ("nsubj", "nsubjpass", "agent")
_OWNING = ("compound", "nmod", "amod")


class Tie(Struct, frozen=True):
    """A mention that refers to what an earlier mention refers to, and the pass that says so."""

    mention: int
    antecedent: int
    method: str


class Discourse:
    """What the passes of coreference ask and change: `ties` grows from pass to pass."""

    def __init__(
        self,
        annotation: Annotation,
        index: PhraseIndex,
        classes: Mapping[int, str],
        speakers: Mapping[Span, int],
        beside: Mapping[int, frozenset[int]],
        things: Collection[int] = frozenset(),
        linked: Mapping[int, Link] = MappingProxyType({}),
    ) -> None:
        """`classes` are the classes known after linking, `speakers` who speaks each quotation.

        `beside` gives the mentions that fill other roles of the same event: they are others.
        `things` are the noun phrases of no known class, `linked` the names of known entities.
        """
        self.linked = linked
        self.things = things
        self._rank = _ranks(len(annotation.mentions), things)
        self.mentions = annotation.mentions
        self.tokens = annotation.tokens
        self.index = index
        self.speakers = speakers
        self.quoted = _quoted_tokens(annotation)
        self.sentence_of = _sentence_numbers(annotation)
        self._kinds_of = [sentence.kind for sentence in annotation.sentences]
        self._ends = [self.tokens[each.last - 1].form for each in annotation.sentences]
        self.ties: dict[int, Tie] = {}
        self._beside = beside
        self._classes = classes
        self._kinds: dict[int, str] = {}  # until the next tie
        self._texts: dict[Span, str] = {}
        self._lemmas = [self.token(n).lemma.lower() for n in range(len(self.mentions))]
        self._learnt: dict[int, Gender] = {}

    def tie(self, tie: Tie) -> None:
        """Keeps the first tie of a mention; what has a class is no thing without one."""
        if tie.mention not in self.ties and not self._loses_class(tie):
            self.ties[tie.mention] = tie
            self._kinds.clear()

    def _loses_class(self, tie: Tie) -> bool:
        named = tie.mention not in self.things and self.mentions[tie.mention].level != "PRO"
        return named and self.root(tie.antecedent) in self.things

    def root(self, number: int) -> int:
        seen = {number}
        while number in self.ties and self.ties[number].antecedent not in seen:
            number = self.ties[number].antecedent
            seen.add(number)
        return number

    def near(self, number: int, window: int) -> range:
        """The mentions before one, so many of them proper ones."""
        return range(bisect_left(self._rank, self._rank[number] - window), number)

    def others(self, number: int) -> Collection[int]:
        """Mentions that must be something else, as they fill other roles of the same event.

        With whose they are: in "a UN panel blamed the agency" that is not the UN.
        """
        found = self._beside.get(number, frozenset())
        heads = [self.mentions[each].head for each in found]
        owners = (i for head in heads for i in self.index.children(head, *_OWNING))
        return found | {self.index.by_head[i] for i in owners if i in self.index.by_head}

    def token(self, number: int) -> Token:
        return self.tokens[self.mentions[number].head]

    def lemma(self, number: int) -> str:
        return self._lemmas[number]

    def distance(self, one: int, other: int) -> int:
        """How many sentences apart two mentions stand."""
        return abs(self.sentence_of[one] - self.sentence_of[other])

    def voice(self, number: int) -> int:
        """A number for who speaks the words around: of the speaker, the quotation or the report."""
        quotation = self.quoted.get(self.mentions[number].head)
        if quotation is None:
            return -1
        span = self.mentions[number].span
        for quote, source in self.speakers.items():
            if quote.contains(span):
                return self.root(source)
        return len(self.mentions) + quotation

    def speakers_first(self) -> list[int]:
        """The mentions in text order, but who speaks a quotation before those in it.

        As in "“He left,” he said": one does not mean the other, and the speaker stands behind.
        """
        starts = {number: quote.start for quote, number in self.speakers.items()}
        spans = [each.span.start for each in self.mentions]
        return sorted(range(len(spans)), key=lambda n: (min(spans[n], starts.get(n, spans[n])), n))

    def is_in_title(self, number: int) -> bool:
        return self._kinds_of[self.sentence_of[number]] == "title"

    def is_question(self, number: int) -> bool:
        return self._ends[self.sentence_of[number]] == "?"

    def is_subject(self, number: int) -> bool:
        return self.token(number).deprel in _SUBJECTS

    def rather(self, repeated: int | None, named: int | None) -> int | None:
        """The later of two, but "a group that left X" rather than X that is named within."""
        if repeated is None or named is None:
            return named if repeated is None else repeated
        index, whole = self.mentions[named].head, self.mentions[repeated].head
        told = False
        while self.tokens[index].head != index and index != whole:
            told = told or self.tokens[index].deprel in ("relcl", "acl")
            index = self.tokens[index].head
        return repeated if told and index == whole else max(repeated, named)

    def is_container(self, before: int) -> bool:
        """As the country in "entered Uvira, Congo, after it had been held": it is Uvira."""
        mention = self.mentions[before]
        if mention.level != "NAM" or not self.is_any(before, ("Place",)):
            return False
        first = mention.head
        while first > 1 and self.tokens[first - 1].start >= mention.span.start:
            first -= 1
        comma, place = self.tokens[first - 1], self.tokens[first - 2].end
        return comma.form == "," and any(
            each.span.end == place and is_a(each.type, "Place") and each.level == "NAM"
            for each in self.mentions[:before]
        )

    def is_by_name(self, number: int) -> bool:
        """A name, or a noun with one behind a comma: "the trader, Ann Lee,"."""
        tie = self.ties.get(number)
        named = tie is not None and tie.method == "apposition" and tie.antecedent > number
        return named or self.mentions[number].level == "NAM"

    def is_many(self, number: int) -> bool:
        """As "groups"; "police" has no form for one."""
        token = self.token(number)
        return token.xpos == "NNS" and token.form.lower() != token.lemma

    def is_newcomer(self, number: int, before: int) -> bool:
        """As in "Air X cancelled flights after the fuel supplier refused": not Air X itself."""
        token, other = self.token(number), self.token(before)
        clause = self.tokens[token.head]
        aside = token.deprel == other.deprel == "nsubj" and clause.deprel == "advcl"
        words = self.index.children(self.mentions[number].head, "amod", "compound", "nmod")
        return aside and bool(words) and other.head == clause.head

    def is_inside(self, number: int) -> bool:
        """As Y in "X, the son of Y", "Y ministers": named only to tell who somebody else is."""
        head = index = self.mentions[number].head
        if self.tokens[index].deprel == "compound":
            return self.tokens[self.tokens[index].head].xpos == "NNS"
        while self.tokens[index].deprel in ("pobj", "prep", "poss", "compound"):
            index = self.tokens[index].head
        return index != head and self.tokens[index].deprel == "appos"

    @cached_property
    def plural_names(self) -> frozenset[str]:
        """Last words of names that are plurals by their verbs: "the Forces shoot down a jet"."""
        found = set()
        for number, mention in enumerate(self.mentions):
            token = self.token(number)
            words = (token.head, *self.index.children(token.head, "aux", "auxpass"))
            alone = self.is_subject(number) and not self.index.children(mention.head, "conj")
            if alone and token.xpos == "NNPS":
                found |= {token.form for i in words if self.tokens[i].xpos == "VBP"}
        return frozenset(found)

    # ------------------------------------------------------------- class

    def class_of(self, number: int) -> str:
        """Of what the first mention names; of a metonym ("Kyiv denied") what it stands for."""
        kind = self._kinds.get(number)
        if kind is None:
            kind = self._kinds[number] = self._class_of(number)
        return kind

    def _class_of(self, number: int) -> str:
        own = self._classes.get(number)
        tie = self.ties.get(number)
        surname = tie is not None and tie.method == "surname"
        if own == "Country" and self.mentions[number].type != own and not surname:
            return own
        root = self.root(number)
        return self._classes.get(root, self.mentions[root].type)

    def is_any(self, number: int, classes: Collection[str]) -> bool:
        return is_one_of(self.class_of(number), classes)

    def agree(self, one: int, other: int) -> bool:
        first, second = self.class_of(one), self.class_of(other)
        return is_a(first, second) or is_a(second, first)

    # ------------------------------------------------------------ gender

    def gender(self, number: int) -> Gender | None:
        """Of a person, from a pronoun before, a title, the noun or the given name."""
        root = self.root(number)
        return self._learnt.get(root) or self._own_gender(number) or self._own_gender(root)

    def learn(self, number: int, gender: Gender | None) -> None:
        """A resolved "she" tells the gender of what it means."""
        if gender is not None:
            self._learnt.setdefault(self.root(number), gender)

    def is_shown(self, number: int) -> bool:
        """Whether a "she" or "he" has told the gender."""
        return self.root(number) in self._learnt

    def leaning(self, number: int) -> Gender | None:
        """What a name of one word tells: it may be a given name, but also a surname."""
        text = self.text(self.mentions[self.root(number)])
        return given_names().get(text) if self.gender(number) is None else None

    def _own_gender(self, number: int) -> Gender | None:
        rules, mention = coreference_rules(), self.mentions[number]
        if mention.level == "NOM":
            return rules.gender_of(self.lemma(number))
        words = self.text(mention).split()
        full = mention.level == "NAM" and len(words) > 1
        called = given_names().get(words[0]) if full else None
        kinds = ("compound", "nmod") if called else ("compound", "nmod", "appos")
        before = (
            self.tokens[i].form.lower().rstrip(".")
            for i in self.index.children(mention.head, *kinds)
        )  # a late apposition may be of another: "the killer of Ann Lee, a businessman"
        titles = (rules.gender_of(word) for word in before)
        return next((gender for gender in titles if gender is not None), called)

    # -------------------------------------------------------------- words

    def text(self, mention: Mention) -> str:
        """The words of a mention, single spaced."""
        if mention.span not in self._texts:
            self._texts[mention.span] = self._words(mention)
        return self._texts[mention.span]

    def _words(self, mention: Mention) -> str:
        first = mention.head
        while first and self.tokens[first - 1].start >= mention.span.start:
            first -= 1
        last = mention.head
        while last + 1 < len(self.tokens) and self.tokens[last + 1].end <= mention.span.end:
            last += 1
        return " ".join(token.form for token in self.tokens[first : last + 1])


def _ranks(count: int, things: Collection[int]) -> list[int]:
    """How many mentions proper stand before each mention."""
    ranks, rank = [], 0
    for number in range(count):
        ranks.append(rank)
        rank += number not in things
    return ranks


def _quoted_tokens(annotation: Annotation) -> dict[int, int]:
    """The number of the quotation for each token that stands in one."""
    found: dict[int, int] = {}
    number, inside = 0, False
    for index, token in enumerate(annotation.tokens):
        if token.form in ("“", "”", '"'):
            inside = token.form == "“" or (token.form == '"' and not inside)
            number += inside
        elif inside:
            found[index] = number
    return found


def _sentence_numbers(annotation: Annotation) -> list[int]:
    """Sentence number of each mention."""
    ends = [sentence.span.end for sentence in annotation.sentences]
    numbers, current = [], 0
    for mention in annotation.mentions:
        while current + 1 < len(ends) and mention.span.start >= ends[current]:
            current += 1
        numbers.append(current)
    return numbers


def is_way(tokens: Sequence[Token], place: int) -> bool:
    """As in "the Kabul–Kandahar Highway": a place that only tells which road is meant."""
    dash, other = tokens[place + 1 : place + 2], tokens[place + 2 : place + 3]
    joined = bool(dash and other) and dash[0].form in ("-", "–", "—")
    return joined and dash[0].start == tokens[place].end and other[0].start == dash[0].end
