"""What a clause with a subject of its own is worth behind a preposition: "knew of X being hurt"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.predicate import operator_of, own_value
from kg.extract.proposition import Proposition
from kg.extract.values import uncommitted, weakened
from kg.model import Factuality

_VAGUE = frozenset(("any", "anybody", "anyone", "anything", "nobody", "none", "no"))
_KNOWN = frozenset(("the", "this", "that", "these", "those"))
_ABOUT = frozenset(("of", "about"))
_COMING = frozenset(("to", "in"))  # "may lead to X being freed", "could result in"


def of_own_subject(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    """Nobody is committed to what is said of no one, denied, warned of or opposed.

    But the hostages of "did not know of the hostages being freed" were.
    """
    tree, governor = context.tree, current.governor
    if governor is None or current.marker is None:
        return value
    people = tree.children(current.head, "nsubj", "nsubjpass")
    words = {tree[w].form.lower() for i in people for w in (i, *tree.children(i, "det", "poss"))}
    if words & _VAGUE:
        return uncommitted(value, "any")
    denied = any(tree[i].form.lower() == "no" for i in tree.children(governor, "det"))
    if above is None or above.kind != "verb":
        return uncommitted(value, f"no {tree.lemma(governor)}") if denied else value
    act = own_value(above, Factuality(), context)
    if current.marker in _COMING:
        value = weakened(value, act)
    unheard = act.polarity == "negative" and current.marker in _ABOUT and not words & _KNOWN
    return uncommitted(value, "not") if unheard or _is_unreal(current, above, context) else value


def _is_unreal(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "warned of X being taken", "is opposed to X being sent": feared or wanted, not told."""
    operator = operator_of(above, context.lexicon.complements)
    cues = [context.lexicon.report_verbs.get(lemma) for lemma in above.lemmas]
    feared = any(cue is not None and cue.modality is not None for cue in cues)
    unreal = operator is not None and (operator.effect == "negate" or operator.modality is not None)
    return feared or (unreal and current.marker in (*_ABOUT, *_COMING, "for", "on", "against"))
