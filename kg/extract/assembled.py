"""Where people are who come together, or protest, for something: "march in X, demanding Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.causes import SUBJECTS
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.places import place_role, spatial_relation
from kg.extract.proposition import Slot
from kg.extract.shared_places import between
from kg.model import Argument
from kg.vocab import is_a, is_one_of

_DONE_THERE = ("Protest", "Demand", "Vote", "Election", "Meeting", "Negotiation")
_COMING = ("Protest", "Election", "Meeting")
_AT = frozenset(("at", "during", "in"))
_WHERE = ("location", "route")


def assembled(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> Iterator[Argument]:
    """The place of what they came for, or of what else they do there.

    As in "gather in X to protest", "rally in X and call for Y", "protesters in X demand Y".
    `opened` are the clauses that no event type covers.
    """
    told, tree = draft.match.proposition, context.tree
    if draft.claim.fillers("location"):
        return
    if is_a(draft.claim.type, "CommunicationEvent"):
        yield from _of_speech(draft, drafts, context)
    if not is_one_of(draft.claim.type, _DONE_THERE):
        return
    clause = told if told.light is None else context.propositions.get(told.light, told)
    joined = clause.link == "conjunct" and not tree.children(clause.head, *SUBJECTS)
    loose = clause.link == "adverbial" and clause.marker is None
    if not (joined or loose or clause.link == "purpose"):
        return
    for other in drafts:
        there = clause.governor in (other.head, other.match.proposition.light)
        apart = draft.claim.type == "Demand" and is_a(other.claim.type, "Meeting")
        if there and is_one_of(other.claim.type, _COMING) and not apart:
            for place in (each for role in _WHERE for each in other.claim.fillers(role)):
                spatial = place.spatial if place.role == "location" else "in"
                yield Argument("location", place.filler, spatial or "in", inferred=True)
    for other in opened:
        lemmas = context.lexicon.slots.assembling.intersection(other.match.proposition.lemmas)
        if other.head == clause.governor and lemmas:
            yield from _places(other.match.proposition.slots, context)


def _of_speech(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "approved it at a summit in X", "protesters in X demand Y", "voters in X reject Y"."""
    tree, slots = context.tree, draft.match.proposition.slots
    subjects = tree.children(draft.head, "nsubj")
    if any(tree.lemma(i) in context.lexicon.slots.protesting for i in subjects):
        yield from _places([slot for slot in slots if slot.head < draft.head], context)
    for other in drafts:
        if is_a(other.claim.type, "Meeting") and between(draft, other) & _AT:
            yield from (replace(each, inferred=True) for each in other.claim.fillers("location"))


def _places(slots: Sequence[Slot], context: Context) -> Iterator[Argument]:
    for slot in slots:
        role = place_role(slot, context)
        spatial = spatial_relation(slot, context) if role == "location" else "in"
        if role in ("location", "destination"):
            yield Argument("location", context.filler(slot.head), spatial or "in", inferred=True)
