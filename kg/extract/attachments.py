"""What belongs to a verb although it hangs on another word, most of all on its object.

Parsers attach "with drones", "to Y" or "in X" to the noun before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.meant_nouns import noun_slots
from kg.extract.obliques import nested_places, oblique_slots, resolve
from kg.extract.proposition import Slot
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_ON_THE_SPOT = ("HarmEvent", "JusticeEvent", "Protest", "Election", "Rescue", "Seizure")
_SUFFERED = (*_ON_THE_SPOT, "CombatEvent")


def is_where(tree: Tree, lexicon: Lexicon, verb: int, noun: int, *, suffering: bool) -> bool:
    """Whether the event is where its subject is: "a man in X was shot", "police in X arrest Y".

    Who attacks may do so from afar, and an event noun is no party.
    """
    if tree.lemma(noun) in lexicon.nouns:
        return False
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    kinds = _SUFFERED if suffering else _ON_THE_SPOT
    return any(is_a(trigger.type, kind) for trigger in triggers for kind in kinds)


def places_of(tree: Tree, lexicon: Lexicon, noun: int) -> Iterator[Slot]:
    """Where who or what is acted on is: "60 percent of the houses in Bara were destroyed"."""
    for head in tree.conjuncts(noun):
        for each in dict.fromkeys((head, resolve(tree, head, lexicon).head)):
            yield from nested_places(tree, each, lexicon)


def stray_doers(tree: Tree, lexicon: Lexicon, verb: int) -> Iterator[Slot]:
    """As in "was removed from his post by X": the parser hung the doer on the post."""
    for prep in tree.children(verb, "prep"):
        for noun in tree.children(prep, "pobj"):
            own = tree.children(noun, "poss") and tree.lemma(noun) not in lexicon.nouns
            for by in tree.children(noun, "prep") if own else ():
                if tree[by].form.lower() == "by":
                    for doer in tree.children(by, "pobj"):
                        yield from noun_slots(tree, "subject", doer, verb, lexicon)


def counted_among(tree: Tree, lexicon: Lexicon, verb: int) -> Iterator[Slot]:
    """As in "ten are killed in the strike, including two children": some of the ten."""
    if tree.lemma(verb) not in lexicon.slots.harms:
        return
    inside = [i for prep in tree.children(verb, "prep") for i in tree.children(prep, "pobj")]
    for noun in (verb, *inside):
        for prep in tree.children(noun, "prep"):
            if tree[prep].form.lower() == "including":
                for part in tree.children(prep, "pobj"):
                    counted = [i for i in tree.conjuncts(part) if tree.children(i, "nummod")]
                    yield from (Slot("object", each, member=True) for each in counted)


def means_of(tree: Tree, lexicon: Lexicon, noun: int) -> Iterator[Slot]:
    """As in "attack Odesa with drones": the means was hung on the object."""
    slots = oblique_slots(tree, noun, lexicon)
    yield from (slot for slot in slots if slot.name in ("with", "using"))
    for clause in tree.children(noun, "acl", "advcl", "xcomp"):
        if tree[clause].form.lower() == "using":
            yield from (Slot("using", each) for each in tree.children(clause, "dobj"))


def aims_of(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "fired a barrage of rockets toward X": what is shot takes its aim from the verb."""
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    shooting = [trigger.frame.roles for trigger in triggers if "at" in trigger.frame.roles]
    aims = {name for roles in shooting for name, role in roles.items() if role == "target"}
    if any(roles.get("object") == "instrument" for roles in shooting):
        yield from (slot for slot in oblique_slots(tree, noun, lexicon) if slot.name in aims)


def receivers(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "ceded half of X to Y": a verb of giving takes the "to" from its object."""
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    if not any("to" in trigger.frame.roles for trigger in triggers):
        return
    if tree.lemma(noun) in lexicon.nouns and any(
        is_a(trigger.type, "CommunicationEvent") for trigger in triggers
    ):
        return  # "announced a visit to Y": who is visited was not told first
    for prep in tree.subtree(noun):
        above = [i for i in tree.ancestors(prep) if i > noun]
        direct = not any(
            tree.is_verb(i) or tree.lemma(i) in lexicon.slots.exceptions for i in above
        )
        to = tree[prep].form.lower() == "to" and tree[prep].deprel == "prep"
        if to and direct:
            for head in tree.children(prep, "pobj"):
                yield from (Slot("to", each) for each in tree.conjuncts(head))


def losers(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "territory from X's troops", "seized weapons from X": they are taken from X."""
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    taking = any("from" in trigger.frame.roles for trigger in triggers)
    if taking or tree.lemma(noun) in lexicon.slots.territory:
        slots = oblique_slots(tree, noun, lexicon)
        yield from (slot for slot in slots if slot.name == "from")
