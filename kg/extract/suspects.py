"""Somebody whom the parse gives a role, and the words around them that may tell otherwise."""

from __future__ import annotations

from msgspec import Struct

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.vocab import is_a, is_one_of

VIOLENT = ("CombatEvent", "HarmEvent")
_BLOWS = (*VIOLENT, "Disaster", "Explosion", "Accident")
_LEFT = ("compound", "amod", "nmod", "det", "poss", "nummod", "advmod")


class Suspect(Struct, frozen=True):
    """A filler by its head token, the event it has a role in, and the sentence."""

    head: int
    found: Match
    context: Context


def is_violent(found: Match) -> bool:
    return is_one_of(found.trigger.type, VIOLENT)


def is_blow(index: int, context: Context) -> bool:
    """Whether the word names an attack, an accident or a disaster, which may kill as well."""
    tree = context.tree
    tables = (context.lexicon.nouns, context.lexicon.verbs)
    if f"{lemma_at(index - 1, context)} {tree.lemma(index)}" in context.lexicon.verbs:
        return False  # "open fire", wherever the parser hung it
    table = tables[0] if tree[index].upos in ("NOUN", "PROPN") else tables[1]
    triggers = table.get(tree.lemma(index), ())
    return any(is_a(trigger.type, kind) for trigger in triggers for kind in _BLOWS)


def start_of(head: int, context: Context) -> int:
    """The first word of the noun phrase, without what the parser hung on it from afar."""
    tree, first = context.tree, head
    while first - 1 >= tree.sentence.first and tree[first - 1].deprel in _LEFT:
        if tree[first - 1].form == "," or tree[first - 1].upos in ("ADP", "VERB"):
            break
        first -= 1
    return first


def word_at(index: int, context: Context) -> str:
    inside = context.tree.sentence.first <= index < context.tree.sentence.last
    return context.tree[index].form.lower() if inside else ""


def lemma_at(index: int, context: Context) -> str:
    inside = context.tree.sentence.first <= index < context.tree.sentence.last
    return context.tree.lemma(index) if inside else ""
