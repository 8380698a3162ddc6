"""What those who suffer were doing then: "killed while filming a raid in Hebron"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.draft import Draft

_OWN = ("nsubj", "aux")


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
