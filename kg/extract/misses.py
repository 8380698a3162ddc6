"""Shots that hit nothing: "fired two missiles at X, but both missed"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.predicate import own_value
from kg.extract.proposition import Proposition
from kg.extract.values import apply
from kg.model import Factuality
from kg.vocab import is_a

_SHOTS = ("both", "all", "they", "it", "which", "that", "each", "none", "neither")


def missed(value: Factuality, found: Match, context: Context) -> Factuality:
    """The value of a blow, which was only tried where the sentence goes on that it missed."""
    if not value.realis or not is_a(found.trigger.type, "CombatEvent"):
        return value
    slots, start = context.lexicon.slots, found.proposition.head
    for head, clause in context.propositions.items():
        if head <= start or clause.kind != "verb":
            continue
        own = own_value(clause, Factuality(), context).polarity == "positive"
        astray = slots.missing if own else slots.hitting
        if clause.lemmas[-1] in astray and _is_of_shots(clause, context):
            return apply(value, context.lexicon.complements["try"], clause.lemmas[-1])
    return value


def _is_of_shots(clause: Proposition, context: Context) -> bool:
    """As in "both missed", "which missed the ship", "missing its target", "none hit the ship"."""
    tree = context.tree
    subjects = tree.children(clause.head, "nsubj")
    if not subjects:
        return clause.link == "adverbial" and bool(clause.all("object"))
    kinds = ((tree[i].form.lower(), context.type_of(i)) for i in subjects)
    return any(form in _SHOTS or (kind and is_a(kind, "Materiel")) for form, kind in kinds)
