"""What the sets of open information extraction share: our claims as worded triples."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.pipeline import Outcome
from kg.evaluate.scores.carb import Extraction
from kg.model import Claim

SUBJECTS = ("agent",)
OBJECTS = (
    "theme", "target", "recipient", "coAgent", "beneficiary", "instrument", "location",
    "destination", "origin", "route", "medium",
)  # fmt: skip


def extractions(outcome: Outcome) -> Iterator[Extraction]:
    """Each claim with an agent as trigger and fillers, in the words of the text.

    The model has no open claims: what no event frame covers is not extracted.
    """
    text = outcome.reading.document.text
    for claim in outcome.reading.claims:
        subjects = list(_worded(claim, SUBJECTS, text))
        objects = list(_worded(claim, OBJECTS, text))
        if not subjects and len(objects) > 1:
            subjects, objects = objects[:1], objects[1:]
        relation = text[claim.trigger.start : claim.trigger.end]
        for subject in subjects:
            yield Extraction(relation, (subject, *objects), claim.confidence)


def _worded(claim: Claim, roles: tuple[str, ...], text: str) -> Iterator[str]:
    for role in roles:
        for argument in claim.fillers(role):
            span = argument.filler.span
            yield text[span.start : span.end]
