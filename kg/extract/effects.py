"""Verbs by which an event acts on something: "the quake hit a town", "the attack had no effect"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.proposition import Proposition, Slot, obliques
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_one_of

_REACTIONS = ("Protest", "Unrest", "CombatEvent", "PoliticalEvent", "CommunicationEvent")


def acts_on(clause: Proposition, tree: Tree, lexicon: Lexicon) -> bool:
    """As in "the attack had no effect", which took place; not so "no attack took place".

    Nor "the trial will last two weeks", which acts on nothing.
    """
    whole = any(" " in each and each in lexicon.nominal_verbs for each in clause.lemmas)
    things = (tree.lemma(i) for i in tree.children(clause.head, "dobj"))
    acted_on = any(lemma not in lexicon.slots.durations for lemma in things)
    return not clause.passive and not whole and acted_on


def places_of_effect(clause: Proposition, tree: Tree, lexicon: Lexicon) -> Iterator[Slot]:
    """Where the event that acts was: not where others react, as in "sparked protests in X"."""
    leading = lexicon.slots.leading.get(clause.lemmas[-1])
    reacted = is_reacted_to(clause, tree, lexicon)
    for slot in clause.slots:
        place = lexicon.slots.places.get(slot.name)
        if slot.name == leading and not slot.nested:
            continue  # "resulted in ten deaths": what came of the event
        if place is not None and place.role == "location":
            yield from () if reacted else (slot,)
        elif slot.name == "object" and _strikes(clause, slot.head, tree, lexicon):
            yield Slot("on", slot.head)


def places_of_caused(clause: Proposition, lexicon: Lexicon) -> Iterator[Slot]:
    """As in "the killing sparked protests in X", wherever the parser hung the place."""
    caused = clause.lemmas[-1] in lexicon.slots.causatives
    for slot in obliques(clause.slots) if caused else ():
        place = lexicon.slots.places.get(slot.name)
        if place is not None and place.role == "location" and not slot.nested:
            yield slot


def is_reacted_to(clause: Proposition, tree: Tree, lexicon: Lexicon) -> bool:
    """As in "sparked protests": whoever protests may be elsewhere than what they protest at."""
    lemma = clause.lemmas[-1]
    name = "object" if lemma in lexicon.slots.causatives else lexicon.slots.leading.get(lemma)
    nouns = (tree.lemma(slot.head) for slot in clause.slots if slot.name == name)
    told = (trigger for noun in nouns for trigger in lexicon.nouns.get(noun, ()))
    return any(is_one_of(trigger.type, _REACTIONS) for trigger in told)


def struck(clause: Proposition, tree: Tree, lexicon: Lexicon) -> Iterator[Slot]:
    """As in "the quake that hit a town": the town, on which it was."""
    for slot in clause.all("object"):
        if _strikes(clause, slot.head, tree, lexicon):
            yield Slot("on", slot.head)


def _strikes(clause: Proposition, noun: int, tree: Tree, lexicon: Lexicon) -> bool:
    """As in "hits a town"; a quake that "destroyed ten houses" was not on them alone."""
    told = lexicon.verbs.get(clause.lemmas[-1], ())
    one = any(tree[i].form.lower() in ("a", "an", "the") for i in tree.children(noun, "det"))
    many = tree[noun].xpos == "NNS" and not one
    many = many and any(each.type == "Destruction" for each in told)
    return clause.lemmas[-1] in lexicon.slots.effects and not many
