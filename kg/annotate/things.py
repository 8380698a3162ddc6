"""Noun phrases of no known class: nothing that is reported on, but what "it" may take up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.annotate.phrases import Phrases
from kg.model import Mention, Sentence, Span

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_INSIDE = frozenset(("npadvmod", "amod", "advmod", "nummod"))
_COMPOUNDED = frozenset(("compound", "nmod"))


def find_things(
    phrases: Phrases,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    dated: Sequence[Span],
) -> tuple[Mention, ...]:
    """The noun phrases that no mention has the head of, in text order, as `Entity`.

    Also nouns within a compound that head a phrase elsewhere ("salt", "salt prices").
    `dated` are the spans of time expressions, which are no things.
    """
    taken = {mention.head for mention in mentions}
    named = [mention.span for mention in mentions if mention.level in ("NAM", "ADJ")]
    closed = sorted((*named, *dated), key=lambda span: span.start)
    return tuple(_found(phrases, sentences, taken, closed))


def _found(
    phrases: Phrases, sentences: Sequence[Sentence], taken: set[int], closed: Sequence[Span]
) -> Iterator[Mention]:
    tokens = phrases.tokens
    nouns = {t.lemma.lower() for t in tokens if t.xpos in _NOUNS and t.deprel not in _COMPOUNDED}
    at, reached = 0, 0
    for sentence in sentences:
        for index in range(sentence.first, sentence.last):
            token = tokens[index]
            while at < len(closed) and closed[at].start <= token.start:
                reached = max(reached, closed[at].end)
                at += 1
            noun = token.xpos in _NOUNS and token.deprel not in _INSIDE
            if not noun or index in taken or token.start < reached or not token.form[0].isalpha():
                continue
            if token.deprel not in _COMPOUNDED or token.lemma.lower() in nouns:
                first = tokens[phrases.first(index, sentence.first)]
                yield Mention(Span(first.start, token.end), index, "NOM", "Entity")
