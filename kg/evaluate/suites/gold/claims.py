"""Scores events, who says so, and how firmly."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.measure import Row
from kg.evaluate.suite import Slip
from kg.evaluate.suites.gold.alignment import Alignment
from kg.evaluate.suites.gold.answers import NARRATOR
from kg.evaluate.suites.gold.matching import Matching
from kg.evaluate.suites.gold.records import GoldAnswer, GoldEvent, OurEvent


def event_row(answer: GoldAnswer, alignment: Alignment, matching: Matching) -> Row:
    """(credit, predicted, credit, gold); optional events and their finders are left out."""
    events = alignment.gold.events
    credit = sum(value for left, value in matching.credit.items() if not events[left].optional)
    required = sum(not event.optional for event in events)
    return (credit, len(answer.events) - len(matching.neutral), credit, required)


def event_slips(answer: GoldAnswer, alignment: Alignment, matching: Matching) -> Iterator[Slip]:
    """Missed, invented and misnamed events."""
    sentences = {each.id: each.text for each in alignment.gold.sentences}
    paired = set(matching.pairs.values()) | matching.neutral
    strays = [event for at, event in enumerate(answer.events) if at not in paired]
    confused: set[str] = set()
    for left, event in enumerate(alignment.gold.events):
        if event.optional or left in matching.pairs:
            continue
        ours = next((each for each in strays if _meets(event, each)), None)
        confused |= {ours.key} if ours else set()
        gold = f"{'|'.join((event.type, *event.type_alt))}({event.triggers[0].text})"
        yield Slip(
            "event_wrong" if ours else "event_miss",
            sentences.get(event.sentence, ""),
            gold,
            ours.type if ours else "",
            ours.rule if ours else "",
        )
    for stray in strays:
        if stray.key not in confused:
            yield Slip("event_false", _around(stray, alignment), "", _named(stray), stray.rule)


def perspective_rows(
    answer: GoldAnswer, alignment: Alignment, matching: Matching
) -> tuple[dict[str, Row], list[Slip]]:
    """Attribution and factuality of the matched events, as (right, all) rows."""
    names = ("attribution", "narrator", "factuality", "realis", "tense", "modality")
    counts = {name: [0, 0] for name in names}
    slips: list[Slip] = []
    for left, right in sorted(matching.pairs.items()):
        event, ours = alignment.gold.events[left], answer.events[right]
        if event.optional:
            continue
        said = right_source(event, ours, alignment)
        held = ours.factuality in (event.factuality, *event.fact_alt)
        _count(counts["attribution" if _sources(event) else "narrator"], said)
        _count(counts["factuality"], held)
        _count(counts["realis"], ours.realis == event.realis)
        _count(counts["tense"], ours.tense == event.tense)
        _count(counts["modality"], ours.modality == event.modality)
        slips += _perspective_slips(event, ours, alignment, said, held)
    rows: dict[str, Row] = {name: tuple(count) for name, count in counts.items()}
    required = [event for event in alignment.gold.events if not event.optional]
    rows["attribution_all"] = (
        counts["attribution"][0],
        sum(bool(_sources(event)) for event in required),
    )
    rows["factuality_all"] = (counts["factuality"][0], len(required))
    return rows, slips


def right_source(event: GoldEvent, ours: OurEvent, alignment: Alignment) -> bool:
    """Our nearest sources are accepted ones, and there is none where the report itself says it."""
    named = _sources(event)
    if not ours.sources:
        return not named or NARRATOR in event.attr_alt
    relayed = {name for step in event.attribution for name in step.via}
    accepted = named | set(event.attr_alt)
    given = [alignment.identify(source) for source in ours.sources]
    return any(each & accepted for each in given) and all(
        each & (accepted | relayed) for each in given
    )


def _sources(event: GoldEvent) -> set[str]:
    return {name for step in event.attribution for name in step.source} - {NARRATOR}


def _perspective_slips(
    event: GoldEvent, ours: OurEvent, alignment: Alignment, said: bool, held: bool
) -> Iterator[Slip]:
    sentences = {each.id: each.text for each in alignment.gold.sentences}
    sentence, label = sentences.get(event.sentence, ""), f"{event.type}({event.triggers[0].text})"
    if not said:
        wanted = ", ".join(sorted(_sources(event))) or NARRATOR
        given = ", ".join(source.entity or "?" for source in ours.sources) or NARRATOR
        yield Slip("attribution_wrong", sentence, f"{label} {wanted}", given, ours.rule)
    if not held:
        wanted = "|".join((event.factuality, *event.fact_alt))
        given = f"{ours.factuality} {ours.tense} {ours.modality}"
        yield Slip("factuality_wrong", sentence, f"{label} {wanted}", given, ours.rule)


def _meets(event: GoldEvent, ours: OurEvent) -> bool:
    return any(trigger.span.overlaps(ours.trigger) for trigger in event.triggers)


def _around(ours: OurEvent, alignment: Alignment) -> str:
    return next(
        (
            each.text
            for each in alignment.gold.sentences
            if each.start <= ours.trigger.start < each.end
        ),
        "",
    )


def _named(ours: OurEvent) -> str:
    roles = ", ".join(f"{role}={filler.entity or filler.event}" for role, filler in ours.roles)
    return f"{ours.type} {ours.key} {roles}".strip()


def _count(counts: list[int], right: bool) -> None:
    counts[0] += right
    counts[1] += 1
