"""Words of a figure or a time in the tree, and the predicate that they stand nearest to."""

from __future__ import annotations

from bisect import bisect_left

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.model import Span


def is_near(span: Span, found: Match, context: Context) -> bool:
    """Whether the nearest predicate is the event or its light verb."""
    near = predicate_over(span, context)
    return near is not None and near in (found.proposition.head, found.proposition.light)


def predicate_over(span: Span, context: Context) -> int | None:
    """The nearest proposition above the words of a span, not looking past the first verb."""
    tree = context.tree
    top = top_of(span, context)
    if top is None:
        return None
    if tree[top].deprel == "poss":  # "next month's games" are no time of what is done before them
        return tree[top].head if tree[top].head in context.propositions else None
    others, inside = context.lexicon.slots.other_times, words_of(span, context)
    for index in (top, *tree.ancestors(top)):
        if tree[index].deprel == "prep":  # "including" is no predicate, whatever its tag
            own = index == tree[top].head or index in inside
            if not own and tree[index].form.lower() in others:
                return None  # "after the find on May 2, X left"
            continue
        if index in context.propositions and index not in inside[:-1]:
            return index
        if tree.is_verb(index):
            return index
    return None


def top_of(span: Span, context: Context) -> int | None:
    """The word of a span whose head lies outside it."""
    inside = words_of(span, context)
    return next((i for i in inside if context.tree.head(i) not in inside), None)


def words_of(span: Span, context: Context) -> range:
    """The words of a span in its sentence."""
    tokens, sentence = context.tree.tokens, context.tree.sentence
    first, last = (
        bisect_left(tokens, end, sentence.first, sentence.last, key=lambda token: token.start)
        for end in (span.start, span.end)
    )
    return range(first, last)
