"""What a clause in the present tells of a time to come: it is planned, and has not happened."""

from __future__ import annotations

from datetime import date

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.extract.values import apply
from kg.model import Factuality, Time


def scheduled(
    value: Factuality,
    proposition: Proposition,
    time: Time | None,
    published: date | None,
    context: Context,
) -> Factuality:
    """As in "visits X next week": what is told as a fact of a day to come is only planned."""
    if published is None or time is None or time.earliest is None:
        return value
    if not value.realis or time.earliest <= published:
        return value
    if proposition.kind == "verb" and value.tense == "past":
        return value
    return apply(value, context.lexicon.phrases["scheduled"], "scheduled")


def arranged(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "meets X tomorrow", "is going to Geneva": a present that is a future, whatever day."""
    tree, index = context.tree, proposition.head
    words = (index, *tree.children(index, "aux", "auxpass"))
    finite = any(tree[i].xpos in ("VBZ", "VBP") for i in words)
    if not finite or not value.realis or value.tense != "present":
        return value  # "to arrive soon", "has arrived"
    going = _is_going_somewhere(index, context)
    if going or any(_is_soon(i, context) for i in tree.children(index)):
        return apply(value, context.lexicon.phrases["scheduled"], "scheduled")
    return value


def _is_going_somewhere(index: int, context: Context) -> bool:
    tree = context.tree
    progressive = tree.lemma(index) == "go" and tree[index].xpos == "VBG"
    return progressive and any(
        tree[i].form.lower() == "to" and tree.children(i, "pobj")
        for i in tree.children(index, "prep")
    )


def _is_soon(index: int, context: Context) -> bool:
    """An adverb of the time to come, or "next week"."""
    tree = context.tree
    token = tree[index]
    if token.deprel == "prep":
        return any(_is_soon(i, context) for i in tree.children(index, "pobj"))
    first, last = tree.phrase(index)
    words = " ".join(tree[i].form.lower() for i in range(first, last + 1))
    time = token.deprel in ("advmod", "npadvmod", "pobj")
    return time and words in context.lexicon.operators.soon
