"""What came next, and what was before: "shot two before fleeing", "came to help after clashes"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.predicate import own_value
from kg.extract.proposition import Proposition
from kg.model import Factuality


def is_next_deed(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "shot two before fleeing", "... before being shot"; not so "left before voting".

    Who was shot before fleeing need not have fled, nor who kills himself before being caught.
    """
    operators, objects = context.lexicon.operators, above.all("object")
    if above.passive or not objects:
        return False
    if not current.passive:
        return any(lemma in operators.next_deeds for lemma in current.lemmas)
    violent = any(lemma in operators.next_deeds for lemma in above.lemmas)
    others = all(not context.tree[s.head].form.endswith(("self", "selves")) for s in objects)
    return violent and others and any(w in operators.stopping_deeds for w in current.lemmas)


def is_aim_of_done(above: Proposition, context: Context) -> bool:
    """As in "entered the town to restore order after clashes": they led to a deed that is done."""
    deed = context.propositions.get(-1 if above.governor is None else above.governor)
    if above.link not in ("purpose", "infinitive") or deed is None or deed.kind != "verb":
        return False
    told = deed.link in ("root", "conjunct")
    moving = any(lemma not in context.lexicon.complements for lemma in deed.lemmas)
    return told and moving and own_value(deed, Factuality(), context).realis
