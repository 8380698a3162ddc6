"""Fills the answer sheet: from a reading of ours, and from the gold itself (the perfect one)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from kg.evaluate.pipeline import Outcome, Pipeline
from kg.evaluate.suites.gold.records import (
    GoldAnswer,
    GoldEvent,
    GoldFiller,
    GoldQuantity,
    GoldRecord,
    OurEdge,
    OurEntity,
    OurEvent,
    OurFiller,
    OurMention,
    OurTime,
)
from kg.model import Claim, Filler, Span, Statement
from kg.vocab import SAYING

# Edges that came after the gold was made; it has no answer for them, so they count neither way.
LATER_EDGES = (
    "appointed", "blockades", "condemned", "detained", "joinedOrganization", "killed",
    "leftOrganization", "met", "protestedAgainst", "sanctioned", "threatened", "visited",
)  # fmt: skip
NARRATOR = "article"

_MULTIPLIERS = {"thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def from_outcome(outcome: Outcome, pipeline: Pipeline) -> GoldAnswer:
    """Our reading on the answer sheet."""
    reading = outcome.reading
    entity_of = {reference.mention: reference.entity for reference in reading.references}
    claims = {claim.id: claim for claim in reading.claims}
    told = {each.filler.event for claim in reading.claims for each in claim.arguments}
    clauses = [claim for claim in reading.open_claims if claim.id in told]
    return GoldAnswer(
        entities={
            each.id: OurEntity(
                each.id, each.type, each.label, each.wikidata, each.geonames, each.side
            )
            for each in reading.entities
        },
        mentions=tuple(
            OurMention(mention.span, mention.type, entity_of.get(index))
            for index, mention in enumerate(reading.mentions)
        ),
        times=tuple(
            OurTime(
                time.span,
                time.edtf or time.duration,
                (
                    time.earliest.isoformat() if time.earliest else None,
                    time.latest.isoformat() if time.latest else None,
                ),
            )
            for time in outcome.times
        ),
        events=tuple(_event(claim, entity_of) for claim in (*reading.claims, *clauses)),
        edges=tuple(
            _edge(statement, claims)
            for statement in pipeline.statements([reading])
            if statement.status == "asserted" and statement.predicate not in (SAYING, *LATER_EDGES)
        ),
    )


def _edge(statement: Statement, claims: Mapping[str, Claim]) -> OurEdge:
    behind = [claims[each] for each in statement.supported_by if each in claims]
    return OurEdge(
        statement.subject,
        statement.predicate,
        statement.object,
        ", ".join(dict.fromkeys(claim.rule for claim in behind)),
        behind[0].trigger if behind else None,
    )


def _event(claim: Claim, entity_of: dict[int, str]) -> OurEvent:
    def filler(each: Filler) -> OurFiller:
        entity = each.entity
        if entity is None and each.mention is not None:
            entity = entity_of.get(each.mention)
        return OurFiller(each.span, entity, each.event)

    return OurEvent(
        key=claim.id,
        type=claim.type,
        trigger=claim.trigger,
        roles=tuple((each.role, filler(each.filler)) for each in claim.arguments)
        if claim.predicate is None
        else (),
        sources=tuple(filler(each) for step in claim.attributions[:1] for each in step.sources),
        quantities=tuple((each.span, each.value) for each in claim.quantities),
        factuality=claim.factuality.value,
        tense=claim.factuality.tense,
        modality=claim.factuality.modality,
        realis=claim.factuality.realis,
        rule=claim.rule,
    )


def from_gold(gold: GoldRecord) -> GoldAnswer:
    """The gold on the answer sheet, under its own ids."""
    spans = {mention.id: mention.span for mention in gold.mentions}
    return GoldAnswer(
        entities={
            each.id: OurEntity(
                each.id, each.type, each.name, each.wikidata, each.geonames, each.side
            )
            for each in gold.entities
        },
        mentions=tuple(
            OurMention(each.span, _type_of(gold, each.entity), each.entity)
            for each in gold.mentions
        ),
        times=tuple(
            OurTime(Span(each.start, each.end), each.value, (each.earliest, each.latest))
            for each in gold.times
        ),
        events=tuple(_gold_event(each, spans) for each in gold.events),
        edges=tuple(
            OurEdge(each.s, each.p, each.o)
            for each in gold.relations
            if each.status == "asserted" and each.p != SAYING
        ),
    )


def _gold_event(event: GoldEvent, spans: dict[str, Span]) -> OurEvent:
    def filler(each: GoldFiller) -> OurFiller:
        span = spans[each.mention] if each.mention in spans else Span(each.start, each.end)
        return OurFiller(span, each.entity, each.event)

    sources = dict.fromkeys(name for step in event.attribution for name in step.source)
    return OurEvent(
        key=event.id,
        type=event.type,
        trigger=event.triggers[0].span,
        roles=tuple(
            (role, filler(each))
            for role, fillers in event.roles.items()
            for each in fillers
            if not each.inferred
        ),
        sources=tuple(OurFiller(Span(0, 0), name) for name in sources if name != NARRATOR),
        quantities=tuple(
            (Span(each.start, each.end), gold_figure(each)) for each in event.quantities
        ),
        factuality=event.factuality,
        tense=event.tense,
        modality=event.modality,
        realis=event.realis,
    )


def _type_of(gold: GoldRecord, entity: str) -> str:
    return next((each.type for each in gold.entities if each.id == entity), "")


def gold_figure(quantity: GoldQuantity) -> str | None:
    """The number of a gold quantity, whose unit may hold a multiplier ("million_USD")."""
    found, multiplier = figure(quantity.value), (quantity.unit or "").partition("_")[0]
    if found is None or multiplier not in _MULTIPLIERS:
        return found
    return figure(str(Decimal(found) * _MULTIPLIERS[multiplier]))


def figure(value: float | str | None) -> str | None:
    """A number in canonical decimal form, as `kg.model.Quantity` keeps it."""
    if value is None:
        return None
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    return f"{number:f}"
