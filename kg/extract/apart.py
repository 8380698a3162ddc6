"""Nouns behind which a place is not theirs: "a report on X", "a warrant over a raid in X"."""

from __future__ import annotations

from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_one_of

_THERE = ("Place", "Materiel", "Vessel", "Person", "PersonGroup", "ArmedForce", "ArmedGroup")
_FOUGHT = ("CombatEvent", "HarmEvent")


def is_about(lemma: str, lexicon: Lexicon) -> bool:
    """As in "a report on X", "the envoy on X"; but "a base on X", "a man on X", "a raid on X"."""
    kind = lexicon.noun_classes.get(lemma, "Entity")
    if kind == "Border" or lemma in lexicon.slots.experts:
        return True
    fought = any(is_one_of(each.type, _FOUGHT) for each in lexicon.nouns.get(lemma, ()))
    return not fought and not is_one_of(kind, _THERE)


def is_apart(tree: Tree, noun: int, name: str, lexicon: Lexicon) -> bool:
    """As in "a warrant over an attack in X", "wanted men for a raid on X": they are not in X."""
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    people = name == "for" and is_one_of(kind, ("Person", "PersonGroup"))
    return people or name in lexicon.slots.elsewhere
