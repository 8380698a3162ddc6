"""Scores the role fillers and figures of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.assignment import best_assignment
from kg.evaluate.lookup import sentence_of
from kg.evaluate.measure import Row
from kg.evaluate.suite import Slip
from kg.evaluate.suites.gold.alignment import Alignment
from kg.evaluate.suites.gold.answers import figure, gold_figure
from kg.evaluate.suites.gold.matching import Matching, filler_fits
from kg.evaluate.suites.gold.records import GoldAnswer, GoldEvent, GoldFiller, OurEvent, OurFiller
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gold filler: its role, its words, the entities or the event it may be."""

    role: str
    filler: OurFiller
    accepted: frozenset[str]
    event: str | None
    required: bool
    text: str


def role_rows(
    answer: GoldAnswer, alignment: Alignment, matching: Matching
) -> tuple[dict[str, Row], list[Slip]]:
    """Rows `role_strict`, `role_lenient`, `role_matched`, and the slips of the lenient reading."""
    sums = {name: [0.0, 0.0, 0.0, 0.0] for name in ("strict", "lenient", "matched")}
    slips: list[Slip] = []
    for left, event in enumerate(alignment.gold.events):
        if event.optional:
            continue
        wanted = list(_wanted(event, alignment))
        right = matching.pairs.get(left)
        ours = answer.events[right] if right is not None else None
        given = ours.roles if ours else ()
        for name in ("strict", "lenient"):
            row, pairs, idle = _compare(wanted, given, alignment, matching, name == "lenient")
            _add(sums[name], row)
        if ours:
            _add(sums["matched"], row)
            slips += _slips(event, ours, wanted, pairs, idle, alignment)
    paired = set(matching.pairs.values()) | matching.neutral
    stray = sum(len(each.roles) for at, each in enumerate(answer.events) if at not in paired)
    for name in ("strict", "lenient"):
        sums[name][1] += stray
    return {f"role_{name}": tuple(row) for name, row in sums.items()}, slips


def quantity_row(
    answer: GoldAnswer, alignment: Alignment, matching: Matching, text: str
) -> tuple[Row, list[Slip]]:
    """(right, predicted, right, gold) over figures: overlap and the same value."""
    right = predicted = wanted = 0
    slips: list[Slip] = []
    for left, event in enumerate(alignment.gold.events):
        if event.optional:
            continue
        at = matching.pairs.get(left)
        ours = answer.events[at].quantities if at is not None else ()
        fits = {
            (i, j): 1.0
            for i, gold in enumerate(event.quantities)
            for j, (span, value) in enumerate(ours)
            if span.overlaps(Span(gold.start, gold.end)) and gold_figure(gold) == figure(value)
        }
        pairs = best_assignment(fits)
        right += len(pairs)
        predicted += len(ours)
        wanted += len(event.quantities)
        slips += _figures(event, ours, pairs, text, at is not None)
    return (right, predicted, right, wanted), slips


def _figures(
    event: GoldEvent,
    ours: tuple[tuple[Span, str | None], ...],
    pairs: dict[int, int],
    text: str,
    found: bool,
) -> Iterator[Slip]:
    """Missed and invented figures of an event; all are missed of one that is not found."""
    trigger = event.triggers[0]
    sentence = sentence_of(text, Span(trigger.start, trigger.end))
    for number, gold in enumerate(event.quantities):
        if number not in pairs:
            kind = "quantity_miss" if found else "quantity_without_event"
            label = f"{event.type}({trigger.text}) {text[gold.start : gold.end]}={gold.value}"
            yield Slip(kind, sentence, label)
    for number, (span, value) in enumerate(ours):
        if number not in pairs.values():
            label = f"{event.type}({trigger.text}) {text[span.start : span.end]}={value}"
            yield Slip("quantity_false", sentence, "", label)


def _wanted(event: GoldEvent, alignment: Alignment) -> Iterator[Wanted]:
    mentions = {mention.id: mention for mention in alignment.gold.mentions}
    names = {entity.id: entity.name for entity in alignment.gold.entities}
    for role, fillers in event.roles.items():
        for each in fillers:
            mention = mentions.get(each.mention or "")
            span = mention.span if mention else Span(each.start, each.end)
            accepted = frozenset({each.entity} if each.entity else ())
            if mention:
                accepted |= mention.accepted
            text = (
                each.text or (mention.text if mention else "") or names.get(each.entity or "", "")
            )
            yield Wanted(
                role,
                OurFiller(span),
                accepted,
                each.event,
                _required(each),
                text or str(each.event),
            )


def _required(filler: GoldFiller) -> bool:
    return not filler.inferred


def _compare(
    wanted: list[Wanted],
    given: tuple[tuple[str, OurFiller], ...],
    alignment: Alignment,
    matching: Matching,
    lenient: bool,
) -> tuple[Row, dict[int, int], set[int]]:
    """The row, the pairs (wanted, given), and those of ours that stand for an inferred filler."""
    weights = {
        (i, j): 2.0 if each.required else 1.0
        for i, each in enumerate(wanted)
        for j, (role, filler) in enumerate(given)
        if role == each.role and _same(each, filler, alignment, matching, lenient)
    }
    pairs = best_assignment(weights)
    idle = {j for i, j in pairs.items() if not wanted[i].required}
    right = len(pairs) - len(idle)
    required = sum(each.required for each in wanted)
    return (right, len(given) - len(idle), right, required), pairs, idle


def _same(
    wanted: Wanted, filler: OurFiller, alignment: Alignment, matching: Matching, lenient: bool
) -> bool:
    if wanted.event is not None:
        return filler.event is not None and matching.gold_of.get(filler.event) == wanted.event
    return filler_fits(filler, wanted.filler, wanted.accepted, alignment, lenient=lenient)


def _slips(
    event: GoldEvent,
    ours: OurEvent,
    wanted: list[Wanted],
    pairs: dict[int, int],
    idle: set[int],
    alignment: Alignment,
) -> Iterator[Slip]:
    found = set(pairs.values()) | idle
    sentences = {each.id: each.text for each in alignment.gold.sentences}
    sentence, label = sentences.get(event.sentence, ""), f"{event.type}({event.triggers[0].text})"
    for i, each in enumerate(wanted):
        if each.required and i not in pairs:
            yield Slip("role_miss", sentence, f"{label} {each.role}={each.text}", "", ours.rule)
    for j, (role, filler) in enumerate(ours.roles):
        if j not in found:
            name = filler.event or filler.entity or f"{filler.span.start}-{filler.span.end}"
            yield Slip("role_false", sentence, label, f"{ours.type} {role}={name}", ours.rule)


def _add(sums: list[float], row: Row) -> None:
    for at, value in enumerate(row):
        sums[at] += value
