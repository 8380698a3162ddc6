"""What did harm in a relative clause: the event, where its place or target stands before it."""

from __future__ import annotations

from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_AIMED = ("on", "against", "at")
_LIFELESS = ("Materiel", "Facility")


def meant_event(tree: Tree, noun: int, verb: int, lexicon: Lexicon) -> int | None:
    """As in "a stabbing in X, Y, which killed one": no place does harm, the event does.

    Where no noun tells of the event ("a bridge fell in X, which killed ten"), nobody is named.
    """
    harmful = tree.lemma(verb) in lexicon.slots.harms
    doers = tree.children(verb, "nsubj")
    if any(tree[i].form.lower() == "who" for i in doers):
        return noun  # "the arrest of X, who killed two"
    before = min(tree.subtree(verb)) - 1  # "the suspects in a stabbing that killed two"
    event = tree[before].upos == "NOUN" and tree.lemma(before) in lexicon.nouns  # not "in March"
    if harmful and before > noun and event:
        return before
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    place = tree[noun].upos == "PROPN" or is_a(kind, "Place")
    place = place or (harmful and _is_hit(tree, noun, verb, lexicon))
    if not place or not harmful or tree[noun].deprel == "nsubj":
        return noun
    for index in tree.ancestors(noun):
        if tree.is_verb(index):
            return None if _is_scene_of(tree, noun, verb, lexicon) else noun
        if tree[index].upos == "NOUN" and tree.lemma(index) in lexicon.nouns:
            inside = range(index, noun)  # "an inquiry into a strike on X, which killed ten"
            deeds = (i for i in inside if _is_attack(tree.lemma(i), lexicon))
            return next(deeds, index)
    return noun


def _is_hit(tree: Tree, noun: int, verb: int, lexicon: Lexicon) -> bool:
    """As in "an ambush on a convoy that killed ten": what is hit kills nobody, the deed does.

    People who are hit may kill, but are seldom told of by "that".
    """
    deed = tree.head(tree[noun].head)
    if tree[noun].deprel != "pobj" or tree[tree[noun].head].form.lower() not in _AIMED:
        return False
    if deed is None or tree.children(verb, "auxpass") or not _is_attack(tree.lemma(deed), lexicon):
        return False
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    relative = [tree[i].form.lower() for i in tree.subtree(verb) if tree[i].xpos in ("WDT", "WP")]
    return is_one_of(kind, _LIFELESS) or relative[:1] == ["that"]


def _is_attack(lemma: str, lexicon: Lexicon) -> bool:
    """Whether a noun tells of an act of violence."""
    return any(is_a(trigger.type, "CombatEvent") for trigger in lexicon.nouns.get(lemma, ()))


def _is_scene_of(tree: Tree, noun: int, verb: int, lexicon: Lexicon) -> bool:
    """A place in which something happened, before a clause of what it did."""
    place = lexicon.slots.places.get(tree[tree[noun].head].form.lower())
    inside = tree[noun].deprel == "pobj" and place is not None and place.role == "location"
    return inside and not tree.children(verb, "auxpass")
