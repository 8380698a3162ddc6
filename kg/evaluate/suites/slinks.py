"""What MEANTIME calls an SLINK, read from claims: a reporting word and the event it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kg.model import Claim, Span
from kg.vocab import is_a

type Link = tuple[Span, Span, tuple[Span, ...]]
"""A reporting word, what it reports, and who says so."""


def slinks(opened: Sequence[Claim], claims: Collection[Claim]) -> list[Link]:
    """The links of both kinds of claims: what sources say, and what verbs are about."""
    return [*_told([*claims, *opened]), *_governed(opened, claims)]


def _told(claims: Sequence[Claim]) -> Iterator[Link]:
    """What a source says, by its cue; an SLINK takes what heads the content, not its details."""
    by_cue: dict[Span, list[Claim]] = {}
    for claim in claims:
        cue = claim.attributions[0].cue if claim.attributions else None
        if cue is not None:
            by_cue.setdefault(cue, []).append(claim)
    for cue, told in by_cue.items():
        inside = [
            each.filler.span
            for claim in told
            for each in claim.arguments
            if not each.inferred and not each.filler.span.overlaps(claim.trigger)
        ]
        for claim in told:
            if not any(span.contains(claim.trigger) for span in inside):
                sources = tuple(source.span for source in claim.attributions[0].sources)
                yield cue, claim.trigger, sources


def _governed(opened: Sequence[Claim], claims: Collection[Claim]) -> Iterator[Link]:
    """An SLINK also joins "plans" to what is planned and "announced" to the cuts it names."""
    speech = {each.trigger for each in claims if is_a(each.type, "CommunicationEvent")}
    operators = {each.trigger: each.factuality.operators for each in opened}
    for claim in opened:
        lemma = claim.predicate.lemma.split()[0] if claim.predicate else ""
        sources = tuple(e.filler.span for e in claim.arguments if e.role == "subject")
        for argument in claim.arguments:
            span = argument.filler.span
            if argument.role == "complement":
                below = [each for each in operators if span.contains(each)]
                below = [each for each in below if lemma in operators[each]]
                yield from ((claim.trigger, each, sources) for each in below[:1])
            plain = argument.role == "object" and argument.filler.mention is None
            if plain and claim.trigger in speech:
                yield claim.trigger, span, sources
