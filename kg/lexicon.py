"""Language knowledge as data: event types, slots, cues and operators from `ontology/`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """Which plain edge an event type gives.

    `subject` and `object` are roles. `spatial` lists the spatial relations of the object's
    argument under which the rule applies (empty = any that no other rule of the type names);
    `part` restricts it to partitive (True) or whole (False) objects, None = either.
    """

    edge: str
    subject: str
    object: str
    spatial: tuple[str, ...] = ()
    part: bool | None = None
