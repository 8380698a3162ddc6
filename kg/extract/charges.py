"""Deeds that stand in a report only by the word of who accuses, judges or punishes for them."""

from __future__ import annotations

from kg.extract.proposition import Proposition
from kg.lexicon import Lexicon


def is_accusing(above: Proposition, marker: str | None, lexicon: Lexicon) -> bool:
    """As in "charged with", "convicted of", before what somebody is said to have done."""
    accusing = lexicon.slots.accusing
    return any(lemma in accusing and accusing[lemma] == marker for lemma in above.lemmas)


def is_charge(event: Proposition, above: Proposition, lexicon: Lexicon) -> bool:
    """As in "convicted of an assault", "jailed for murder"; not "arrested for a request".

    An active verb of saying names who charges, and tells itself how firm that is.
    """
    lemmas = set(above.lemmas)
    said = [lexicon.report_verbs[w] for w in above.lemmas if w in lexicon.report_verbs]
    if not above.passive and any(cue.certainty is None for cue in said):
        return False  # but a court that convicts is no surer than one that finds him guilty
    operators = [lexicon.nominal_verbs[w] for w in above.lemmas if w in lexicon.nominal_verbs]
    known = bool(operators) and operators[0].effect == "presuppose"  # "condemned for the attack"
    words = set(event.lemmas) & lexicon.report_nouns.keys()
    punished = event.marker == "for" and bool(lemmas & set(lexicon.slots.penalties))
    return is_accusing(above, event.marker, lexicon) or (punished and not known and not words)
