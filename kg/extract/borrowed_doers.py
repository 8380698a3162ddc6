"""Doers that a clause takes over from the one around it, and that have not done it."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.extract.suspects import Suspect, lemma_at, start_of, word_at
from kg.extract.told import is_either_threat
from kg.vocab import is_a

_WRECKS = ("Accident", "Sinking", "Disappearance")


def _is_spokesman(suspect: Suspect) -> bool:
    """As in "after seizing the town, X's spokesman said": he has taken no town."""
    head, found, context = suspect.head, suspect.found, suspect.context
    below, tree = found.proposition, context.tree
    if below.kind != "verb" or below.link != "gerund" or not below.head < head:
        return False
    speech = tree[head].head
    told = tree.lemma(speech) in context.lexicon.report_verbs
    told = told and not is_a(found.trigger.type, "CommunicationEvent")
    words = {lemma_at(i, context) for i in range(start_of(head, context), head + 1)}
    return told and not words.isdisjoint(context.lexicon.people.spokesmen)


def _is_wreck(suspect: Suspect) -> bool:
    """As in "an Israeli helicopter crashes, killing two", "the yacht sank and killed seven".

    The crash kills them, and neither the craft nor whose it is.
    """
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, below = context.tree, found.proposition
    above = context.propositions.get(-1 if below.governor is None else below.governor)
    if above is None or below.kind != "verb" or not is_a(found.trigger.type, "HarmEvent"):
        return False
    if below.link not in ("conjunct", "adverbial"):
        return False
    outer = context.propositions.get(-1 if above.governor is None else above.governor)
    if above.marker == "as" and outer is not None and head in _pronouns(above, context):
        return _wrecks(outer, context)  # "crashes as it nears X, killing two"
    if tree.children(above.head, "dobj"):
        return False
    wrecked = _wrecks(above, context)
    crafts = {slot.head for slot in (*above.all("subject"), *above.all("object"))}
    return wrecked and not crafts.isdisjoint((head, tree[head].head))


def _wrecks(clause: Proposition, context: Context) -> bool:
    """Whether the verb may tell of a crash or a sinking."""
    triggers = context.lexicon.verbs.get(clause.lemmas[-1], ())
    return any(is_a(trigger.type, kind) for trigger in triggers for kind in _WRECKS)


def _pronouns(clause: Proposition, context: Context) -> list[int]:
    return [each.head for each in clause.all("subject") if context.is_open(each.head)]


def _is_while_trying(suspect: Suspect) -> bool:
    """As in "a bomb goes off while police defuse it, killing six": the bomb kills, or they do."""
    head, below, context = suspect.head, suspect.found.proposition, suspect.context
    tree, verb = context.tree, below.head
    clause = context.propositions.get(-1 if below.governor is None else below.governor)
    loose = below.link == "adverbial" and below.marker is None
    if clause is None or not loose or clause.link != "adverbial" or clause.marker != "while":
        return False
    harm = tree.lemma(verb) in context.lexicon.slots.harms
    apart = word_at(min(tree.subtree(verb)) - 1, context) == ","
    return harm and apart and head in {slot.head for slot in clause.all("subject")}


def _is_either_threat(suspect: Suspect) -> bool:
    """As in "X said that Y had seized a ship and threatened to sink it": Y threatens, or X."""
    tree, verb = suspect.context.tree, suspect.found.proposition.head
    if tree[verb].deprel in ("xcomp", "dobj"):  # what is threatened
        verb = tree[verb].head
    return suspect.head < tree[verb].head and is_either_threat(verb, suspect.context)


BORROWED_CHECKS: tuple[Callable[[Suspect], bool], ...] = (
    _is_wreck,
    _is_spokesman,
    _is_while_trying,
    _is_either_threat,
)
