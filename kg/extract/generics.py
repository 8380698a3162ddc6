"""Deeds by which a clause only tells whom it means: whoever does so, or would do so."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.predicate import operator_of, own_value, verb_above
from kg.extract.proposition import Proposition
from kg.model import Factuality
from kg.vocab import is_one_of

_ARMED = ("ArmedForce", "ArmedGroup", "MilitaryUnit")
_TELLING = ("det", "poss", "nummod")
_ANYBODY = ("anyone", "anybody", "whoever", "any")
_OUGHT = ("requested", "planned", "considered", "conditional")


def is_in_mind(current: Proposition, context: Context) -> bool:
    """As in "rebels attacking Gao would be a mistake": the deed itself is what would be one."""
    noun = current.governor
    clause = verb_above(noun, context) if noun is not None else None
    if clause is None or noun is None or context.tree[noun].deprel != "nsubj":
        return False
    around = own_value(clause, Factuality(), context)
    return context.tree.lemma(clause.head) == "be" and around.modality == "conditional"


def is_anybody(current: Proposition, context: Context) -> bool:
    """As in "a refund for anyone who has bought the car", "punish any soldier who kills"."""
    tree, noun = context.tree, current.governor
    if noun is None:
        return False
    words = (noun, *tree.children(noun, "det"))
    return any(tree[i].form.lower() in _ANYBODY for i in words)


def is_generic(current: Proposition, context: Context) -> bool:
    """As in "people visiting X must carry a pass", "who visit X will be tested": whoever does so.

    Bare plurals of plain people; soldiers who hold a town are there.
    """
    tree, noun = context.tree, current.governor
    clause = verb_above(noun, context) if noun is not None else None
    if noun is not None and _is_held_out(noun, context):
        return True
    if noun is None or tree[noun].xpos != "NNS":
        return False
    kind = context.lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    told = tree.children(noun, "det", "poss", "nummod", "amod", "compound")
    if told or is_one_of(kind, _ARMED):
        return False
    any_such = _is_of_any_such(current, noun, context)
    if clause is None or any_such:
        return any_such
    around = own_value(clause, Factuality(), context)
    if tree[noun].deprel in ("nsubj", "nsubjpass"):
        return around.modality in _OUGHT
    operator = operator_of(clause, context.lexicon.complements)
    bidden = operator is not None and (
        operator.modality == "requested" or operator.effect == "negate"
    )
    return bidden and tree[noun].deprel == "dobj"


def _is_of_any_such(current: Proposition, noun: int, context: Context) -> bool:
    """As in "will jam ships that attack X": any that do so, where nothing tells which."""
    tree = context.tree
    if current.link != "relative" or tree[noun].deprel not in ("dobj", "pobj"):
        return False
    if not any(i == noun + 1 for i in tree.children(current.head, "nsubj", "nsubjpass")):
        return False
    clauses = (context.propositions.get(i) for i in tree.ancestors(noun) if tree.is_verb(i))
    values = (own_value(each, Factuality(), context) for each in clauses if each is not None)
    return any(each.modality in _OUGHT for each in values)


def _is_held_out(noun: int, context: Context) -> bool:
    """As in "an amnesty for rebels who surrender", "pardons rebels who surrender"."""
    tree, prep = context.tree, context.tree[noun].head
    held = context.lexicon.slots.held_out
    if tree[noun].deprel == "dobj":
        return tree[noun].xpos == "NNS" and tree.lemma(prep) in held
    if tree[noun].deprel != "pobj" or tree[prep].form.lower() not in ("for", "to"):
        return False
    above = tree[prep].head
    return any(tree.lemma(i) in held for i in (above, *tree.children(above, "dobj")))


def is_of_any(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "killing civilians is a crime": whoever would do so, and whomever it would hurt."""
    tree, verb = context.tree, current.head
    told = tree[above.head].xpos == "VBZ" and tree.lemma(above.head) == "be"
    objects = tree.children(verb, "dobj")
    named = {tree[i].form.lower() for each in objects for i in tree.children(each, *_TELLING)}
    plain = all(tree[i].upos == "NOUN" for i in objects) and named <= {"a", "an"}
    return told and bool(objects) and plain and tree[verb].xpos == "VBG"
