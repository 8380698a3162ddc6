"""Who is held to have done a deed that is told as known: "guilty of the murder of two nurses".

That they were murdered is told; that the one found guilty did it is the word of who judges. The
deed gets a second claim with its doer, no firmer than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.charges import is_accusing
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.values import accused_of
from kg.model import Argument, Claim
from kg.vocab import is_one_of

_HELD = ("Conviction", "Charge", "Accusation")
_DEEDS = ("CombatEvent", "HarmEvent")
_SUFFERING = ("theme", "target")


def convicted(
    claims: Sequence[Claim], drafts: Sequence[Draft], context: Context
) -> Iterator[Claim]:
    """The second claims of the deeds that somebody in `claims` is convicted or accused of.

    Only of deeds told with whom or what they were done to: "the attack" may be another's.
    """
    laid = {each.claim.id for each in drafts if _is_laid(each, context)}
    deeds = {each.id: each for each in claims if each.id in laid and _is_known_deed(each)}
    for each in claims if deeds else ():
        held = (a for role in _SUFFERING for a in each.fillers(role))
        doers = tuple(Argument("agent", a.filler) for a in held if a.filler.event is None)
        for content in each.fillers("content") if doers and is_one_of(each.type, _HELD) else ():
            deed = deeds.get(content.filler.event or "")
            if deed is not None and each.factuality.realis:
                value = accused_of(deed.factuality)
                arguments = (*deed.arguments, *doers)
                new = f"{deed.id}_held{each.trigger.start}"
                yield replace(deed, id=new, arguments=arguments, factuality=value)


def _is_laid(draft: Draft, context: Context) -> bool:
    """As in "charged with the murder", but not "charged over the murder"."""
    told = draft.match.proposition
    above = context.propositions.get(told.governor) if told.governor is not None else None
    owned = context.tree.children(draft.head, "poss")  # "last month's murder", or of whom
    return above is not None and not owned and is_accusing(above, told.marker, context.lexicon)


def _is_known_deed(claim: Claim) -> bool:
    told = claim.factuality.realis and claim.factuality.modality == "asserted"
    if not told or claim.fillers("agent") or not is_one_of(claim.type, _DEEDS):
        return False
    return any(not each.inferred for role in _SUFFERING for each in claim.fillers(role))
