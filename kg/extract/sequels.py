"""What is told after "before" as what came next: "shot two before fleeing", "... being shot"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.proposition import Proposition


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
