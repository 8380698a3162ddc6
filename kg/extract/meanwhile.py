"""What goes on beside a harm: "killed while filming a raid", "while five others are hurt"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.draft import Draft

_OWN = ("nsubj", "aux")
_MEANWHILE = ("while", "whereas")


def is_meanwhile(other: Draft, draft: Draft, context: Context) -> bool:
    """Whether the clause tells what the same people did then, so that it was there and then.

    As in "killed while filming a raid", "killed while he filmed it", "killed fighting a fire".
    """
    tree, below = context.tree, other.match.proposition
    above = below.governor
    if above is None:
        return False
    if tree[other.head].xpos != "VBG":
        own = [tree[i].form.lower() for i in tree.children(other.head, "nsubj")]
        same = above == draft.head and below.marker == "while"
        return same and bool(own) and all(each in ("he", "she", "they") for each in own)
    bare = below.marker is None and draft.match.proposition.passive and above == other.head - 1
    same = above == draft.head or (bare and above in tree.conjuncts(draft.head))
    return same and (bare or below.marker == "while") and not tree.children(other.head, *_OWN)


def is_told_meanwhile(other: Draft, draft: Draft) -> bool:
    """As in "ten are killed, while five are hurt, in a blast"; not where one has its own time."""
    told = other.match.proposition
    beside = told.link == "adverbial" and told.marker in _MEANWHILE
    return beside and told.governor == draft.head and draft.claim.time is None


def are_others(draft: Draft, other: Draft, context: Context) -> bool:
    """As in "ten are killed in a blast in X, while six others are hurt": more who suffer by it."""
    tree, slots = context.tree, context.lexicon.slots
    if not is_told_meanwhile(draft, other):
        return False
    some = [slot.head for slot in draft.match.proposition.all("object")]
    words = {tree.lemma(i) for each in some for i in (each, *tree.children(each))}
    return not words.isdisjoint({"another", *slots.further, *slots.rankings})


def is_then(other: Draft, draft: Draft, context: Context) -> bool:
    """As in "shot while filming in X", "after charging at guards in X"; not "after living in X"."""
    if is_meanwhile(other, draft, context):
        return True
    below = other.match.proposition
    if below.link != "gerund" or below.marker != "after" or other.claim.time is not None:
        return False
    lived = context.lexicon.slots.living.intersection(below.lemmas)
    return draft.match.proposition.passive and below.governor == draft.head and not lived
