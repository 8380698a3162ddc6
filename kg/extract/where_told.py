"""The place that a relative clause with "where" tells of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument


def where_told(draft: Draft, context: Context) -> Iterator[Argument]:
    """As in "fled to Gao, where rebels killed ten", "where a battle is fought": in Gao."""
    tree, told = context.tree, draft.match.proposition
    verb = told.head if told.kind == "verb" else told.light
    if verb is None and told.link == "subject":
        verb = told.governor
    first = tree.first_conjunct(draft.head if verb is None else verb)
    if tree[first].deprel != "relcl":
        return
    if any(tree.lemma(i) == "it" for i in tree.children(first, "nsubj")):
        return  # "hit X, where it killed two": not X, but so only if nobody is told to be there
    place = tree[first].head
    adverbs = [i for verb in tree.conjuncts(first) for i in tree.children(verb, "advmod")]
    where = any(tree[i].form.lower() == "where" for i in adverbs)
    if where and context.fits(place, ("Place",)):
        yield Argument("location", context.filler(place), "in", inferred=True)
