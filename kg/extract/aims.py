"""To what end and by what means: "sent troops to support X", "supported X by sending arms"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.causes import is_harm
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.predicate import verb_above
from kg.model import Argument, Filler
from kg.vocab import is_a


def purposes(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "sent troops to support X": what it is done for, and whom that helps."""
    heads = (draft.head, draft.match.proposition.light)
    suffered = is_harm(draft.claim.type)
    for other in drafts:
        below = other.match.proposition
        aimed = below.link == "purpose" and below.marker != "only"
        if other is draft or not aimed or below.governor not in heads:
            continue
        if suffered and context.tree[other.head].deprel in ("acl", "relcl"):
            continue  # "killed in an attempt to free X"
        yield Argument("purpose", Filler(other.claim.trigger, event=other.claim.id))
        if is_a(other.claim.type, "Support") and is_a(draft.claim.type, "MilitaryEvent"):
            for helped in other.claim.fillers("recipient"):
                yield Argument("beneficiary", helped.filler, inferred=True)


def aims(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "an offensive aimed at weakening X's control of Y", "to retake Y": against X, in Y."""
    told = draft.match.proposition.kind != "noun" or draft.claim.fillers("location")
    offensive = is_a(draft.claim.type, "Offensive") and not told
    heads = (draft.head, draft.match.proposition.light)
    for other in drafts if offensive else ():
        below = other.match.proposition
        aimed = below.link == "purpose" and below.governor in heads
        aimed = aimed or draft.head in context.tree.ancestors(other.head)
        if not aimed or not is_a(other.claim.type, "TerritorialEvent"):
            continue
        broken = _is_to_break(draft, other, context)
        for place in other.claim.fillers("theme"):
            yield Argument("location", place.filler, "in", inferred=not (broken and place.part))
        if is_a(other.claim.type, "Control") and not draft.claim.fillers("target"):
            for holder in other.claim.fillers("agent"):
                yield Argument("target", holder.filler, inferred=True)


def _is_to_break(draft: Draft, other: Draft, context: Context) -> bool:
    """As in "an offensive aimed at weakening X's control in Y": where X is, not yet all of Y.

    To take a town an army may set out from anywhere.
    """
    held = is_a(other.claim.type, "Control") and other.claim.factuality.realis
    above = verb_above(other.head, context) if held else None
    heads = (draft.head, draft.match.proposition.light)
    return above is not None and above.link == "purpose" and above.governor in heads


def means(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Argument]:
    """As in "supported X by sending missiles"."""
    heads = (draft.head, draft.match.proposition.light)
    acted = not is_a(draft.claim.type, "CommunicationEvent")
    for other in drafts if acted else ():
        below = other.match.proposition
        if below.link == "gerund" and below.marker == "by" and below.governor in heads:
            yield Argument("instrument", Filler(other.claim.trigger, event=other.claim.id))
