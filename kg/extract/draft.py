"""A claim under construction, with the tokens and readings that later steps need."""

from __future__ import annotations

from msgspec import Struct

from kg.extract.frames import Match
from kg.extract.sources import Step
from kg.model import Claim


class Draft(Struct):
    """The claim so far, the match it comes from, and its steps of attribution."""

    claim: Claim
    match: Match
    steps: list[Step]

    @property
    def head(self) -> int:
        """The token of the event."""
        return self.match.proposition.head
