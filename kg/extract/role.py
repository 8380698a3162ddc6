"""The role that a filler has in an event."""

from __future__ import annotations

from msgspec import Struct


class Role(Struct, frozen=True):
    """A filled role; `event` says that the filler is itself a reported event."""

    name: str
    head: int
    spatial: str | None = None
    part: bool = False
    event: bool = False
