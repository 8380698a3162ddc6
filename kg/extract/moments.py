"""When, told once for several events of a sentence.

"A bombing killed ten on Monday", "attacked a base on Monday, killing ten", "two were killed and
five wounded on Monday": a harm is done when what does it is done, and with the harm beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.causes import FOR_A_DEED, inferred_cause, is_harm, told_cause
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Time
from kg.vocab import is_one_of

_AT_ONCE = ("Attack", "Explosion", "Accident", "Earthquake")
_BEFORE = ("after", "since", "because")
_LATER = ("Death", "Casualties")
_BY = frozenset(("subject", "by", "in", "during"))


def shared_time(draft: Draft, drafts: Sequence[Draft], context: Context) -> Time | None:
    """The time of an event, or else that of the harm or violence that it is told with."""
    if draft.claim.time is not None:
        return draft.claim.time
    for other in drafts:
        same = other.claim.factuality.realis == draft.claim.factuality.realis
        if other is draft or other.claim.time is None or not same:
            continue
        if (
            _are_joined(draft, other, context)
            or _does(draft, other, drafts, context)
            or _does(other, draft, drafts, context)
        ):
            return other.claim.time
    return None


def _are_joined(one: Draft, other: Draft, context: Context) -> bool:
    """As in "ten were killed and two wounded on Monday": told at the last for both."""
    joined = other.head in context.tree.conjuncts(_verb(one))[1:]
    return joined and is_harm(one.claim.type) and is_harm(other.claim.type)


def _verb(draft: Draft) -> int:
    light = draft.match.proposition.light
    return draft.head if light is None else light


def _does(cause: Draft, harm: Draft, drafts: Sequence[Draft], context: Context) -> bool:
    """Whether the one event does the harm, and at once; who is hurt may die of it later."""
    deed = cause.match.proposition.marker in FOR_A_DEED  # "jailed for attacking X on Monday"
    if deed or not is_harm(harm.claim.type) or not is_one_of(cause.claim.type, _AT_ONCE):
        return False
    names = {slot.name for slot in harm.match.proposition.slots if slot.head == cause.head}
    if told_cause(harm, drafts) is cause:
        return names <= _BY
    late = is_one_of(harm.claim.type, _LATER) and _is_before(cause, harm, context)
    return not late and inferred_cause(harm, drafts, context) is cause


def _is_before(cause: Draft, harm: Draft, context: Context) -> bool:
    """As in "died after he was shot on Monday"."""
    for index in (cause.head, *context.tree.ancestors(cause.head)):
        clause = context.propositions.get(index)
        if index == harm.head:
            return False
        if clause is not None and clause.marker in _BEFORE:
            return True
    return False
