"""Vehicles in which somebody comes to harm: "stabbed on a train", "shot in a car"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument
from kg.vocab import is_one_of

_HURT = ("HarmEvent", "CombatEvent")
_MOVED = ("Disaster", "Displacement", "Evacuation")
_RELATIONS = {"in": "in", "inside": "in", "on": "on", "aboard": "on", "on board": "on"}


def aboard(draft: Draft, context: Context) -> Iterator[Argument]:
    """The vehicle as the place, beside that where it was; one that did the harm is the means."""
    type_ = draft.claim.type
    if not is_one_of(type_, _HURT) or is_one_of(type_, _MOVED):
        return
    told = {each.filler.span for each in draft.claim.arguments}
    for slot in draft.match.proposition.slots:
        vehicle = context.tree.lemma(slot.head) in context.lexicon.slots.aboard
        if slot.name in _RELATIONS and vehicle and not context.is_event(slot.head):
            filler = context.filler(slot.head)
            if filler.span not in told:
                yield Argument("location", filler, _RELATIONS[slot.name])
