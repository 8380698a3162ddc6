"""The algebra of factuality: how one word changes the value below it."""

from __future__ import annotations

from msgspec.structs import replace

from kg.lexicon import Cue, Operator
from kg.model import Certainty, Factuality, Modality, Tense

_DONE = ("asserted", "reported", "alleged", "accused")
_RANK: dict[Certainty, int] = {"certain": 3, "probable": 2, "possible": 1, "underspecified": 0}


def apply(value: Factuality, operator: Operator, word: str) -> Factuality:
    """The value below an operator."""
    if operator.effect == "negate":
        value = negate(value, word)
    elif (
        operator.effect in ("pass", "presuppose")
        and operator.certainty is None
        and operator.modality is None
    ):
        return value
    return replaced(value, operator.certainty, operator.modality, operator.tense, word)


def by_cue(value: Factuality, cue: Cue, word: str) -> Factuality:
    if cue.polarity == "negative":
        value = negate(value, word)
    if cue.certainty is None and cue.modality is None:
        return value
    return replaced(value, cue.certainty, cue.modality, None, word)


def replaced(
    value: Factuality,
    certainty: Certainty | None,
    modality: Modality | None,
    tense: Tense | None,
    word: str,
) -> Factuality:
    """The weaker certainty wins; the first modality other than asserted stays (it is nearest)."""
    return Factuality(
        polarity=value.polarity,
        certainty=weaker(value.certainty, certainty or value.certainty),
        tense=tense or value.tense,
        modality=modality if modality and value.modality == "asserted" else value.modality,
        operators=value.operators if word in value.operators else (*value.operators, word),
    )


def negate(value: Factuality, word: str) -> Factuality:
    polarity = "positive" if value.polarity == "negative" else "negative"
    return replace(value, polarity=polarity, operators=(*value.operators, word))


def averted(
    value: Factuality, around: Factuality, word: str, *, known: bool, averting: bool
) -> Factuality:
    """An event that somebody averts, or calls off, with the value of his doing so.

    What he failed to prevent came about; "did not rule out a strike" leaves it open.
    """
    if around.polarity == "negative":
        if known and averting:
            return value
        probable = replace(value, certainty=weaker(value.certainty, "probable"))
        return probable if known or averting else uncommitted(value, word)
    if around.modality not in _DONE:
        return uncommitted(value, word)
    return weakened(negate(value, word), around)


def accused_of(value: Factuality) -> Factuality:
    return replaced(value, "possible", "accused", None, "accused of")


def uncommitted(value: Factuality, word: str) -> Factuality:
    return replaced(value, "underspecified", "considered", None, word)


def weakened(value: Factuality, own: Factuality) -> Factuality:
    """Takes over the modality and weaker certainty of the governing verb, not its polarity.

    The nearest modality stays, but who must be ready to act is asked to act.
    """
    tense = "future" if own.tense == "future" else value.tense
    asked = value.modality == "expected" and own.modality == "requested"
    modality = own.modality if asked or value.modality == "asserted" else value.modality
    operators = (*value.operators, *(word for word in own.operators if word not in value.operators))
    certainty = weaker(value.certainty, own.certainty)
    return replace(value, certainty=certainty, tense=tense, modality=modality, operators=operators)


def weaker(one: Certainty, other: Certainty) -> Certainty:
    return one if _RANK[one] <= _RANK[other] else other


def is_open(value: Factuality) -> bool:
    """Whether what is so valued may not be so."""
    doubted = value.certainty in ("possible", "underspecified")
    return doubted or value.polarity == "negative" or value.modality == "conditional"
