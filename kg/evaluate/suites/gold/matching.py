"""Which of our events is which gold event: trigger overlap and class, the best one to one."""

from __future__ import annotations

from dataclasses import dataclass

from kg import vocab
from kg.evaluate.assignment import best_assignment
from kg.evaluate.suites.gold.alignment import Alignment
from kg.evaluate.suites.gold.records import (
    GoldAnswer,
    GoldEvent,
    GoldRecord,
    OurEvent,
    OurFiller,
)
from kg.model import Span

SUPERCLASS_CREDIT = 0.5
OPEN = "OpenClaim"


@dataclass(frozen=True, slots=True)
class Matching:
    """`pairs` maps gold to our indexes; `neutral` are ours that count neither way.

    `gold_of` gives the gold event that an event of ours tells, also where it tells it again or is
    an open claim: that finds no event, but what is said can point to it.
    """

    pairs: dict[int, int]
    credit: dict[int, float]
    neutral: frozenset[int]
    gold_of: dict[str, str]


def match_events(gold: GoldRecord, answer: GoldAnswer, alignment: Alignment) -> Matching:
    """Greatest class credit, then required before optional gold events, then shared roles."""
    earned: dict[tuple[int, int], float] = {}
    weights: dict[tuple[int, int], float] = {}
    for left, event in enumerate(gold.events):
        for right, ours in enumerate(answer.events):
            typed = ours.type != OPEN and _triggered(event, ours)
            credit = class_credit(event, ours.type) if typed else 0.0
            if credit:
                earned[left, right] = credit
                agreement = _agreement(event, ours, alignment)
                weights[left, right] = 8 * credit + (not event.optional) + agreement
    pairs = best_assignment(weights)
    ours_of = {right: left for left, right in pairs.items()}
    neutral = {right for left, right in pairs.items() if gold.events[left].optional}
    told = {gold.events[left].id: answer.events[right].trigger for left, right in pairs.items()}
    retold = {
        right: name
        for right, ours in enumerate(answer.events)
        if right not in ours_of and (name := _retold(gold, ours, told)) is not None
    }
    clauses = {right for right, ours in enumerate(answer.events) if ours.type == OPEN}
    neutral |= retold.keys() | clauses
    retold |= {
        right: event.id
        for right in sorted(clauses)
        for event in gold.events
        if _triggered(event, answer.events[right])
    }
    return Matching(
        pairs,
        {left: earned[left, right] for left, right in pairs.items()},
        frozenset(neutral),
        {answer.events[right].key: name for right, name in retold.items()}
        | {answer.events[right].key: gold.events[left].id for left, right in pairs.items()},
    )


def class_credit(event: GoldEvent, ours: str) -> float:
    """1 for an accepted class or one below it, half for a super-class or below "Event", else 0.

    The gold names the nearest class of its draft tree and often notes a finer one as wanted; a
    finer class of ours says the same and more.
    """
    accepted = (event.type, *event.type_alt)
    if ours in accepted:
        return 1.0
    general = {name for name in accepted if name in vocab.CLASSES and vocab.is_a(ours, name)}
    if general:
        return 1.0 if general - {"Event"} else SUPERCLASS_CREDIT
    above = {up for name in accepted if name in vocab.CLASSES for up in vocab.superclasses(name)}
    return SUPERCLASS_CREDIT if ours in above else 0.0


def filler_fits(
    filler: OurFiller,
    wanted: OurFiller,
    accepted: frozenset[str],
    alignment: Alignment,
    *,
    lenient: bool,
) -> bool:
    """Whether our filler is the wanted one: entity (or its side), else the same words.

    `accepted` are the gold entities that the wanted filler may be; events are compared by caller.
    """
    if not accepted:
        return filler.span.overlaps(wanted.span)
    identities = alignment.identify(filler)
    if identities & accepted:
        return True
    sides = {alignment.side(each) for each in accepted}
    return lenient and any(alignment.side(each) in sides for each in identities)


def _triggered(event: GoldEvent, ours: OurEvent) -> bool:
    return any(trigger.span.overlaps(ours.trigger) for trigger in event.triggers)


def _agreement(event: GoldEvent, ours: OurEvent, alignment: Alignment) -> float:
    """Share of the gold fillers that we also have in the same role; a tie-break below 1."""
    wanted = {
        (role, filler.entity)
        for role, fillers in event.roles.items()
        for filler in fillers
        if filler.entity
    }
    given = {(role, name) for role, filler in ours.roles for name in alignment.identify(filler)}
    return len(wanted & given) / (1 + len(wanted))


def _retold(gold: GoldRecord, ours: OurEvent, told: dict[str, Span]) -> str | None:
    """The event that ours tells again at other words: a claim of ours has one trigger only.

    `told` has the trigger of ours that was matched to each gold event.
    """
    kinds = {event.id: event for event in gold.events}
    tellings = [(each.event, Span(each.start, each.end)) for each in gold.event_mentions]
    tellings += [
        (event.id, words.span)
        for event in gold.events
        for words in event.triggers
        if event.id in told and not words.span.overlaps(told[event.id])
    ]
    return next(
        (
            name
            for name, span in tellings
            if name in kinds
            and span.overlaps(ours.trigger)
            and class_credit(kinds[name], ours.type) > 0
        ),
        None,
    )
