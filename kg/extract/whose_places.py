"""Places told of those who act or suffer, where the event was too.

"Shot nine men who were blocking a road in X", "gunmen in X storm a bank": there they were, and
no other place is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.obliques import nested_places, oblique_slots
from kg.extract.proposition import Proposition, Slot
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_SUFFERED = ("HarmEvent", "CombatEvent", "Dispersal")
_CLOSE = ("Attack", "Raid", "Abduction", "Clash")
_SUFFERING = ("object", "on", "at", "against")
_MOVING = ("Materiel", "Vessel")
_AIMS = ("object", "on", "at", "against", "toward", "towards", "into")


def add_places_of_parties(tree: Tree, clauses: Mapping[int, Proposition], lexicon: Lexicon) -> None:
    """Adds the places to the clauses of violence that tell none of their own."""
    for verb, told in clauses.items():
        kinds = {trigger.type for lemma in told.lemmas for trigger in lexicon.verbs.get(lemma, ())}
        if not any(is_one_of(kind, _SUFFERED) for kind in kinds):
            continue
        if any(_is_place(slot.name, lexicon) for slot in told.slots if not _is_hit(slot, tree)):
            continue
        there = [*_of_sufferers(tree, told, lexicon)]
        if not there and not kinds.isdisjoint(_CLOSE) and not told.passive:
            there = [*_of_doers(tree, verb, told, lexicon)]
        for slot in there:
            told.add(Slot(slot.name, slot.head, slot.spatial, slot.part, nested=True))


def _is_hit(slot: Slot, tree: Tree) -> bool:
    """As in "fired on students": no place."""
    return slot.name in _SUFFERING and tree[slot.head].upos != "PROPN"


def _is_place(name: str, lexicon: Lexicon) -> bool:
    place = lexicon.slots.places.get(name)
    return place is not None and place.role == "location"


def _of_sufferers(tree: Tree, told: Proposition, lexicon: Lexicon) -> Iterator[Slot]:
    """As in "killed miners gathered in X", "fired on men who were blocking a road in X"."""
    for slot in told.slots:
        for clause in tree.children(slot.head, "acl", "relcl") if _is_hit(slot, tree) else ():
            if _is_then(tree, clause, lexicon):
                own = oblique_slots(tree, clause, lexicon)
                yield from (each for each in own if _is_place(each.name, lexicon))
                for noun in tree.children(clause, "dobj"):
                    yield from nested_places(tree, noun, lexicon)


def _is_then(tree: Tree, clause: int, lexicon: Lexicon) -> bool:
    """What they were doing when it happened, and not what they did before or always do."""
    lemma, slots = tree.lemma(clause), lexicon.slots
    if tree.children(clause, "nsubj") and tree[clause].xpos == "VBG":
        return any(tree.lemma(i) == "be" for i in tree.children(clause, "aux"))
    if tree[clause].deprel == "relcl":
        return lemma in slots.gathering
    return lemma in slots.gathering or (tree[clause].xpos == "VBG" and lemma in slots.busy)


def _of_doers(tree: Tree, verb: int, told: Proposition, lexicon: Lexicon) -> Iterator[Slot]:
    """As in "gunmen in X storm a bank"; ships and named places or parties are hit from afar."""
    aims = [slot.head for slot in told.slots if slot.name in _AIMS]
    kinds = (lexicon.noun_classes.get(tree.lemma(i), "Entity") for i in aims)
    if any(tree[i].upos == "PROPN" for i in aims) or any(is_one_of(k, _MOVING) for k in kinds):
        return
    for noun in tree.children(verb, "nsubj"):
        people = is_a(lexicon.noun_classes.get(tree.lemma(noun), "Entity"), "Agent")
        if people and tree[noun].upos == "NOUN" and tree.lemma(noun) not in lexicon.nouns:
            yield from nested_places(tree, noun, lexicon)
