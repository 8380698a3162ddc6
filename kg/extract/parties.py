"""Parties that the parse gives a meeting, a pact or a fight, and that have no part in it."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.suspects import Suspect, is_violent, word_at
from kg.vocab import is_a, is_one_of

_DETERMINERS = ("det", "poss", "nummod", "compound")
_PACTS = ("Agreement",)


def _is_counted_outcome(suspect: Suspect) -> bool:
    """As in "X and Y clash with ten people injured": the outcome, and no party."""
    head, context = suspect.head, suspect.context
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].form.lower() != "with" or head + 1 >= tree.sentence.last:
        return False
    harmed = tree[head + 1].xpos == "VBN" or tree.lemma(head + 1) in ("dead", "missing")
    if head + 2 < tree.sentence.last and tree[head + 2].form.lower() == "by":
        return False
    return harmed and bool(tree.children(head, "nummod") or tree[head].xpos == "CD")


def _is_the_dead(suspect: Suspect) -> bool:
    """As in "fighting with the dead including ten rebels", "total civilians killed: 300"."""
    hurt = suspect.context.tree.lemma(suspect.head) in suspect.context.lexicon.people.hurt
    return hurt or (is_violent(suspect.found) and _is_tally(suspect))


def _is_common_compound(suspect: Suspect) -> bool:
    """As in "a government agreement": of what kind it is, not who made it with whom."""
    head, found, context = suspect.head, suspect.found, suspect.context
    kind = context.tree[head].deprel == "compound" and context.tree[head].upos == "NOUN"
    return kind and found.proposition.kind == "noun" and context.is_mutual(found.trigger.type)


def _is_one_of_offices(suspect: Suspect) -> bool:
    """As in "ministers of defence, health and trade meet": the offices of the ministers."""
    head, context = suspect.head, suspect.context
    tree, mention = context.tree, context.mention(head)
    first = tree.first_conjunct(head)
    if mention is None or mention.type != "Entity" or first == head:
        return False
    return any(
        tree[i].form.lower() == "of" and first < i < head for i in tree.children(first, "prep")
    )


def _is_tally(suspect: Suspect) -> bool:
    """As in "Total civilians killed some 1,500,000": a list of losses has no doers."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    counted = any(tree[i].xpos == "CD" for i in tree.children(verb, "dobj", "attr", "oprd"))
    plain = not tree.children(head, "det", "nummod", "poss")
    return (
        counted and plain and verb == head + 1 and tree.lemma(head) in context.lexicon.people.lost
    )


def _is_kind_of_pact(suspect: Suspect) -> bool:
    """As in "the Treaty of Lausanne with X", "a treaty of alliance": its name, and no party."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].form.lower() != "of" or found.proposition.kind != "noun":
        return False
    kind = context.type_of(head) or "Entity"
    pact = is_one_of(found.trigger.type, _PACTS)
    bare = tree[head].xpos == "NN" and not tree.children(head, *_DETERMINERS)
    direct = tree[prep].head == found.proposition.head
    return pact and direct and (bare or is_a(kind, "PopulatedPlace"))


def _is_announcer(suspect: Suspect) -> bool:
    """As in "X announces an agreement between Y, led by V, and Z": X and V are no third party."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, proposition = context.tree, found.proposition
    if proposition.kind != "noun" or not context.is_mutual(found.trigger.type):
        return False
    between = [i for i in tree.children(proposition.head, "prep") if tree[i].form == "between"]
    inside = {i for prep in between for i in tree.subtree(prep)}
    leads = tree[head].deprel == "pobj" and tree[tree[head].head].deprel == "agent"
    return bool(between) and head not in inside and (head < proposition.head or leads)


PARTY_CHECKS: tuple[Callable[[Suspect], bool], ...] = (
    _is_counted_outcome,
    _is_the_dead,
    _is_common_compound,
    _is_one_of_offices,
    _is_kind_of_pact,
    _is_announcer,
)


def is_each_for_itself(suspect: Suspect) -> bool:
    """As in "X and Y both hold meetings", "treaties signed by X and Y": not with each other.

    "A truce negotiated by X and Y" is mostly one between others.
    Nor do they who agree to pay agree among themselves.
    """
    found, context = suspect.found, suspect.context
    proposition, tree = found.proposition, context.tree
    if is_one_of(found.trigger.type, _PACTS):
        deeds = (tree.lemma(i) for i in tree.children(proposition.head, "xcomp"))
        triggers = (each for deed in deeds for each in context.lexicon.verbs.get(deed, ()))
        if any(is_a(each.type, "Payment") for each in triggers):
            return True
    by = tree.head(tree.first_conjunct(suspect.head))
    brokered = proposition.kind == "verb" and is_a(found.trigger.type, "Negotiation")
    many = tree[proposition.head].xpos == "NNS" or brokered
    if by is not None and tree[by].deprel == "agent" and many:
        return context.is_mutual(found.trigger.type)
    verb = proposition.light if proposition.light is not None else proposition.head
    apart = word_at(verb - 1, context) in context.lexicon.slots.apart
    return apart and context.is_mutual(found.trigger.type)


def is_of_own_side(suspect: Suspect) -> bool:
    """As in "X and his army fought", "X and Y fought for reform": not he with his army."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree = context.tree
    opposed = any(role.name in ("coAgent", "target") for role in found.roles)
    if opposed or found.proposition.kind != "verb" or not context.is_battle(found.trigger.type):
        return False
    side = tree.conjuncts(tree.first_conjunct(head))
    owned = (tree.children(each, "poss") for each in side if each <= head)
    aims = (tree[i].form.lower() == "for" for i in tree.children(found.proposition.head, "prep"))
    return any(aims) or any(tree[i].xpos == "PRP$" for each in owned for i in each)
