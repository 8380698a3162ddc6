"""Mentions: names, noun phrases, demonyms and pronouns, each with the class its words suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.annotate.names import NamedSpan, NameFinder
from kg.annotate.phrases import Phrases, can_be_named
from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import Mention, Sentence, Span, Token
from kg.vocab import is_a

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
_PRONOUNS = frozenset(("PRP", "PRP$"))
_EMPTY_IT = frozenset(
    ("likely", "possible", "clear", "unclear", "unlikely", "appear", "seem", "rain")
)
_NOUN_TAGS = frozenset(("NN", "NNS"))
_PEOPLE = ("Person", "PersonGroup", "ArmedForce", "ArmedGroup")


def find_mentions(
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    names: Iterable[NamedSpan],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """All mentions of a document in text order; names first where two begin alike."""
    phrases = Phrases(tokens, lexicon.noun_classes)
    found = NameFinder(phrases, gazetteer, lexicon.slots.kinds).find(names)
    covered = {i for first, last, _ in found for i in range(first, last)}
    mentions = [mention for _, _, mention in found]
    finder = _Finder(phrases, lexicon)
    for sentence in sentences:
        for index in range(sentence.first, sentence.last):
            if index not in covered:
                mentions.extend(finder.nominal(index, sentence))
                mentions.extend(finder.pronoun(index))
    return tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.level)))


class _Finder:
    def __init__(self, phrases: Phrases, lexicon: Lexicon) -> None:
        self._phrases = phrases
        self._tokens = phrases.tokens
        self._lexicon = lexicon

    # ---------------------------------------------------------- nominals

    def nominal(self, index: int, sentence: Sentence) -> Iterator[Mention]:
        """A common noun phrase of a known kind, from its first modifier to its head noun."""
        token = self._tokens[index]
        if token.deprel in ("compound", "npadvmod", "nmod"):
            return
        type_ = self._phrases.class_of(index)
        if token.xpos in ("NNP", "NNPS") and type_ is not None and can_be_named(type_):
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
        preps = self._phrases.children(index)
        return None if any(self._tokens[i].deprel == "prep" for i in preps) else "PersonGroup"

    def _can_head(self, token: Token) -> bool:
        return token.xpos in _NOUN_TAGS or (
            token.upos == "NOUN" or (token.upos == "PROPN" and token.form.islower())
        )

    def _leftmost(self, index: int, floor: int) -> int:
        first = index
        for child in sorted(self._phrases.children(index), reverse=True):
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
        children = [self._tokens[i] for i in self._phrases.children(self._tokens[index].head)]
        complements = [t for t in children if t.deprel == "acomp" and t.lemma in _EMPTY_IT]
        return verb.lemma == "be" and bool(complements)
