"""Whole noun phrases around our mentions, for sets that mark them with all their complements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Annotation, Chain, Mention, Span

_OUTSIDE = frozenset(("conj", "cc", "appos", "relcl", "punct"))
_NO_NOUNS = ("JJ", "WP")


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
    for mention in (*annotation.mentions, *further):
        if annotation.tokens[mention.head].xpos in _NO_NOUNS:
            yield None
            continue
        alone = mention.level in ("PRO", "ADJ") or (mention.level, mention.type) == ("NAM", "Area")
        yield mention.span if alone else _around(annotation, mention, children)


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
    return Span(
        min(tokens[first].start, mention.span.start), max(tokens[last].end, mention.span.end)
    )
