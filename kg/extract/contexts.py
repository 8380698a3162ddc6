"""The sentences of a document as the matcher sees them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.extract.clauses import VerbReader
from kg.extract.context import Context
from kg.extract.nominals import NominalReader
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Annotation, Mention, Sentence, Span


class Contexts:
    """Each sentence is parsed once."""

    def __init__(self, annotation: Annotation, lexicon: Lexicon) -> None:
        self._annotation = annotation
        self._lexicon = lexicon
        self._known: dict[int, Context] = {}
        self._by_head = {m.head: i for i, m in reversed(list(enumerate(annotation.mentions)))}
        self._names = {
            index: number  # of names in one another the longest, which comes last, holds
            for number, mention in sorted(enumerate(annotation.mentions), key=_length)
            if mention.level in ("NAM", "ADJ")
            for index in _tokens_of(annotation, mention)
        }

        dates = sorted(time.span for time in annotation.times)
        self._dated = {  # "in March" is no protest
            index
            for index, token in enumerate(annotation.tokens)
            if token.upos == "PROPN" and _is_inside(token.start, dates)
        }

    def of(self, sentence: Sentence) -> Context:
        """The sentence with its propositions."""
        if sentence.index not in self._known:
            self._known[sentence.index] = self._parsed(sentence)
        return self._known[sentence.index]

    def _parsed(self, sentence: Sentence) -> Context:
        tree = Tree(self._annotation.tokens, sentence, self._names)
        verbs = VerbReader(tree, self._lexicon).read()
        named = self._names.keys() | self._dated
        nouns = NominalReader(tree, self._lexicon, verbs, named).read()
        propositions = {**verbs, **nouns}
        mentions = self._annotation.mentions
        return Context(tree, self._lexicon, mentions, self._by_head, propositions, self._dated)


def _length(numbered: tuple[int, Mention]) -> int:
    return numbered[1].span.end - numbered[1].span.start


def _is_inside(start: int, spans: Sequence[Span]) -> bool:
    """Whether one of the sorted spans holds the place."""
    before = bisect_right(spans, start, key=lambda span: span.start)
    return before > 0 and start < spans[before - 1].end


def _tokens_of(annotation: Annotation, mention: Mention) -> range:
    first = last = mention.head
    while first and annotation.tokens[first - 1].start >= mention.span.start:
        first -= 1
    while last + 1 < len(annotation.tokens) and annotation.tokens[last + 1].end <= mention.span.end:
        last += 1
    return range(first, last + 1)
