"""What is given in return: "sent drones to Ethiopia, which reciprocated with rifles"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.draft import Draft
from kg.model import Argument, Claim, Filler
from kg.vocab import is_one_of

_ROLE = "inReturnFor"


def returned(draft: Draft, drafts: Sequence[Draft], before: Sequence[Claim]) -> list[Argument]:
    """What an event answers, for frames that say which classes of events they answer.

    Who gave in the same sentence is who gets in return. `before` are the claims of the sentences
    before, in text order.
    """
    kinds = draft.match.trigger.frame.types.get(_ROLE, ())
    if not kinds:
        return []
    inside = [
        each.claim for each in drafts if each.head < draft.head and _is_one(each.claim, kinds)
    ]
    outside = [claim for claim in before if _is_one(claim, kinds)]
    answered = next(reversed(inside or outside), None)
    if answered is None:
        return []
    found = [Argument(_ROLE, Filler(answered.trigger, event=answered.id))]
    if inside and not draft.claim.fillers("recipient"):
        givers = answered.fillers("agent")
        found += [Argument("recipient", each.filler, inferred=True) for each in givers]
    return found


def _is_one(claim: Claim, kinds: Sequence[str]) -> bool:
    return claim.factuality.realis and is_one_of(claim.type, kinds)
