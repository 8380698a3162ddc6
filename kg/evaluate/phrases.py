"""Whole noun phrases around our mentions, for sets that mark them with all their complements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Annotation, Chain, Mention, Span, Token
from kg.vocab import is_a

_OUTSIDE = frozenset(("conj", "cc", "appos", "relcl", "punct"))
_NO_NOUNS = ("JJ", "WP")
_BEFORE_NOUNS = ("amod", "compound", "nmod")


def noun_phrases(annotation: Annotation, chains: Sequence[Chain]) -> Iterator[Span | None]:
    """For each mention its phrase: the head with all below it, no apposition or relative clause.

    Then those of the spans of the chains, in their order. Adjectives ("Malian troops") and relative
    pronouns are no noun phrases.
    """
    children: dict[int, list[int]] = {}
    for index, token in enumerate(annotation.tokens):
        if token.head != index:
            children.setdefault(token.head, []).append(index)
    by_span = {mention.span: mention for mention in (*annotation.mentions, *annotation.things)}
    further = [by_span[span] for chain in chains for span in chain.spans]
    farther = _farther(annotation)
    for mention in (*annotation.mentions, *further):
        if _is_no_noun(annotation.tokens[mention.head], mention):
            yield None
            continue
        alone = mention.level in ("PRO", "ADJ") or (mention.level, mention.type) == ("NAM", "Area")
        phrase = mention.span if alone else _around(annotation, mention, children)
        end = farther.get(phrase.end) if _is_place(mention) else None
        yield phrase if end is None else Span(phrase.start, end)


def _is_no_noun(token: Token, mention: Mention) -> bool:
    adjective = mention.level == "ADJ" and token.deprel in _BEFORE_NOUNS
    return adjective or token.xpos in _NO_NOUNS


def _is_place(mention: Mention) -> bool:
    return mention.level == "NAM" and is_a(mention.type, "Place")


def _farther(annotation: Annotation) -> dict[int, int]:
    """Where a place ends with the places around it, as in "Austin, Texas", by where its name ends.

    All of them is one phrase to annotators, though parsers take the second for an apposition.
    """
    found: dict[int, int] = {}
    tokens = annotation.tokens
    after = {tokens[i].start: i for i in range(1, len(tokens)) if tokens[i - 1].form == ","}
    for mention in reversed(annotation.mentions):
        comma = after.get(mention.span.start, 0) - 1
        listed = tokens[mention.head].deprel == "conj"
        if comma > 0 and _is_place(mention) and not listed:
            found[tokens[comma - 1].end] = found.get(mention.span.end, mention.span.end)
    return found


def _around(annotation: Annotation, mention: Mention, children: dict[int, list[int]]) -> Span:
    tokens = annotation.tokens
    inside = [i for i in children.get(mention.head, ()) if tokens[i].deprel not in _OUTSIDE]
    first = last = mention.head
    while inside:
        index = inside.pop()
        first, last = min(first, index), max(last, index)
        inside.extend(children.get(index, ()))
    while last > mention.head and tokens[last].deprel == "punct":
        last -= 1
    while tokens[first].start > mention.span.start:
        first -= 1
    if first and tokens[last].xpos == "POS" and tokens[first - 1].form.lower() == "the":
        first -= 1  # "the Red Cross's trucks": the parser gives the article to the trucks
    return Span(tokens[first].start, max(tokens[last].end, mention.span.end))
