"""The gold suite: what counts, what counts half, and what counts neither way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.evaluate.measure import measure
from kg.evaluate.suite import Judgement
from kg.evaluate.suites.gold import Gold
from kg.evaluate.suites.gold.records import (
    GoldAnswer,
    GoldItem,
    OurEdge,
    OurEvent,
    OurFiller,
    OurMention,
    OurTime,
)
from kg.model import Span

GOLD = Gold()
FOLDER = Path(__file__).parent / "evaluate" / "gold"


@pytest.fixture
def item() -> GoldItem:
    """Three sentences: a capture, a denied shelling, and an optional forecast."""
    return next(each for each in GOLD.load([FOLDER / "mini.json"], []))


@pytest.fixture
def key(item: GoldItem) -> GoldAnswer:
    return GOLD.key(item)


def value(judgement: Judgement, name: str) -> float:
    metric = next(each for each in GOLD.metrics if each.name == name)
    return measure([judgement.rows[metric.row]], metric.formula).value


def kinds(judgement: Judgement) -> set[str]:
    return {slip.kind for slip in judgement.slips}


def with_event(key: GoldAnswer, name: str, change: Callable[[OurEvent], OurEvent]) -> GoldAnswer:
    return replace(
        key, events=tuple(change(each) if each.key == name else each for each in key.events)
    )


def without_event(key: GoldAnswer, name: str) -> GoldAnswer:
    return replace(key, events=tuple(each for each in key.events if each.key != name))


def test_the_gold_has_no_slips_against_itself(item: GoldItem, key: GoldAnswer) -> None:
    assert GOLD.judge(item, key).slips == ()


def test_an_accepted_class_is_right_and_a_superclass_half(item: GoldItem, key: GoldAnswer) -> None:
    accepted = with_event(key, "e1", lambda event: replace(event, type="Recapture"))
    above = with_event(key, "e1", lambda event: replace(event, type="TerritorialEvent"))
    other = with_event(key, "e1", lambda event: replace(event, type="Visit"))

    assert value(GOLD.judge(item, accepted), "event_recall") == 1.0
    assert value(GOLD.judge(item, above), "event_recall") == 3.5 / 4
    assert value(GOLD.judge(item, other), "event_recall") == 3 / 4
    assert "event_wrong" in kinds(GOLD.judge(item, other))


def test_a_finer_class_says_the_same_and_more(item: GoldItem, key: GoldAnswer) -> None:
    general = replace(item.record.events[3], type="Attack")
    events = (*item.record.events[:3], general, *item.record.events[4:])
    record = replace(item.record, events=events)

    assert value(GOLD.judge(replace(item, record=record), key), "event_recall") == 1.0


def test_an_optional_event_may_be_missed_or_found(item: GoldItem, key: GoldAnswer) -> None:
    missed = GOLD.judge(item, without_event(key, "e5"))

    assert value(missed, "event_recall") == value(missed, "event_precision") == 1.0
    assert missed.slips == ()


def test_an_invented_event_costs_precision_with_its_fillers(
    item: GoldItem, key: GoldAnswer
) -> None:
    stray = OurEvent("x", "Visit", Span(0, 7), (("agent", OurFiller(Span(0, 7), "norland")),))
    judged = GOLD.judge(item, replace(key, events=(*key.events, stray)))

    assert value(judged, "event_precision") == 0.8
    assert value(judged, "role_f1_strict") < 1.0
    assert value(judged, "role_f1_matched") == 1.0


def test_the_side_of_a_filler_is_enough_only_leniently(item: GoldItem, key: GoldAnswer) -> None:
    def by_side(event: OurEvent) -> OurEvent:
        roles = tuple(
            (role, replace(filler, entity="norland") if role == "agent" else filler)
            for role, filler in event.roles
        )
        return replace(event, roles=roles)

    judged = GOLD.judge(item, with_event(key, "e1", by_side))

    assert value(judged, "role_f1_lenient") == 1.0
    assert value(judged, "role_f1_strict") < 1.0


def test_an_inferred_filler_is_neither_required_nor_wrong(item: GoldItem, key: GoldAnswer) -> None:
    extra = ("origin", OurFiller(Span(53, 61), "southolm"))
    judged = GOLD.judge(
        item, with_event(key, "e1", lambda event: replace(event, roles=(*event.roles, extra)))
    )

    assert value(judged, "role_f1_strict") == 1.0


def test_the_wrong_way_round_is_wrong_twice(item: GoldItem, key: GoldAnswer) -> None:
    swap = {"agent": "target", "target": "agent"}
    judged = GOLD.judge(
        item,
        with_event(
            key,
            "e1",
            lambda event: replace(event, roles=tuple((swap[r], f) for r, f in event.roles)),
        ),
    )

    assert [slip.kind for slip in judged.slips] == ["role_miss"] * 2 + ["role_false"] * 2


def test_a_negated_edge_that_we_assert_is_a_false_assertion(
    item: GoldItem, key: GoldAnswer
) -> None:
    told = OurEdge("south_forces", "struck", "gao", "shelling#1", Span(87, 94))
    judged = GOLD.judge(item, replace(key, edges=(*key.edges, told)))
    slip = next(each for each in judged.slips if each.kind == "false_assertion")

    assert value(judged, "false_assertions") == 1.0
    assert value(judged, "edge_precision") == 0.5
    assert slip.rule == "shelling#1"
    assert slip.sentence.startswith("Southolm denied")


def test_an_edge_may_start_at_an_accepted_alternative(item: GoldItem, key: GoldAnswer) -> None:
    judged = GOLD.judge(item, replace(key, edges=(OurEdge("troops", "captured", "gao"),)))

    assert value(judged, "edge_f1") == 1.0


def test_speech_is_not_scored_as_an_edge(item: GoldItem, key: GoldAnswer) -> None:
    assert [edge.p for edge in key.edges] == ["captured"]
    assert value(GOLD.judge(item, replace(key, edges=())), "edge_recall") == 0.0


def test_a_missing_and_an_invented_source_are_both_wrong(item: GoldItem, key: GoldAnswer) -> None:
    silent = with_event(key, "e1", lambda event: replace(event, sources=()))
    invented = with_event(
        key, "e3", lambda event: replace(event, sources=(OurFiller(Span(0, 7), "norland"),))
    )

    assert value(GOLD.judge(item, silent), "attribution_accuracy") == 0.5
    assert value(GOLD.judge(item, invented), "narrator_accuracy") == 0.5


def test_accuracy_is_of_matched_events_and_recall_of_all(item: GoldItem, key: GoldAnswer) -> None:
    judged = GOLD.judge(item, without_event(key, "e1"))

    assert value(judged, "attribution_accuracy") == 1.0
    assert value(judged, "attribution_recall") == 0.5
    assert value(judged, "factuality_recall") == 0.75


def test_certainty_that_the_text_does_not_give_is_wrong(item: GoldItem, key: GoldAnswer) -> None:
    judged = GOLD.judge(
        item, with_event(key, "e4", lambda event: replace(event, factuality="CT+", realis=True))
    )

    assert value(judged, "factuality_accuracy") == 0.75
    assert value(judged, "realis_accuracy") == 0.75
    assert "factuality_wrong" in kinds(judged)


def test_a_link_to_another_thing_is_wrong_and_one_without_an_id_is_not_scored(
    item: GoldItem, key: GoldAnswer
) -> None:
    norland = replace(key.entities["norland"], wikidata="Q9", geonames=None)
    forces = replace(key.entities["troops"], wikidata="Q10")
    entities = {**key.entities, "norland": norland, "troops": forces}

    assert value(GOLD.judge(item, replace(key, entities=entities)), "link_accuracy") == 0.75


def test_a_mention_counts_by_overlap_and_exactly_without_its_article(
    item: GoldItem, key: GoldAnswer
) -> None:
    army = next(
        each for each in key.mentions if item.text[each.span.start :].startswith("the army")
    )
    bare = OurMention(Span(army.span.start + 4, army.span.end), army.type, army.entity)
    cut = OurMention(Span(army.span.start, army.span.end - 1), army.type, army.entity)

    def judged(other: OurMention) -> Judgement:
        mentions = tuple(other if each is army else each for each in key.mentions)
        return GOLD.judge(item, replace(key, mentions=mentions))

    assert value(judged(bare), "mention_exact_f1") == 1.0
    assert value(judged(cut), "mention_f1") == 1.0
    assert value(judged(cut), "mention_exact_f1") < 1.0


def test_a_time_is_right_by_its_value_or_by_its_bounds(item: GoldItem, key: GoldAnswer) -> None:
    span = key.times[0].span
    by_bounds = OurTime(span, "2020-01-03~", ("2020-01-03", "2020-01-03"))
    wrong = OurTime(span, "2020-01-10", ("2020-01-10", "2020-01-10"))

    assert value(GOLD.judge(item, replace(key, times=(by_bounds,))), "time_value_accuracy") == 1.0
    assert value(GOLD.judge(item, replace(key, times=(wrong,))), "time_value_accuracy") == 0.0
    assert value(GOLD.judge(item, replace(key, times=(wrong,))), "time_f1") == 1.0


def test_a_second_telling_of_a_found_event_is_not_an_invention(
    item: GoldItem, key: GoldAnswer
) -> None:
    again = OurEvent("again", "Capture", Span(0, 7))
    told = replace(item.record.events[0], triggers=(*item.record.events[0].triggers, _words(item)))
    record = replace(item.record, events=(told, *item.record.events[1:]))
    answer = replace(key, events=(*key.events, again))

    assert value(GOLD.judge(replace(item, record=record), answer), "event_precision") == 1.0
    assert value(GOLD.judge(item, answer), "event_precision") == 0.8


def _words(item: GoldItem):  # type: ignore[no-untyped-def]
    trigger = item.record.events[0].triggers[0]
    return replace(trigger, start=0, end=7, text="Norland")


def test_articles_and_items_are_told_apart_by_headline_and_length() -> None:
    items = GOLD.load(sorted(FOLDER.glob("*.json")), [])

    assert [GOLD.part(each) for each in items] == ["items", "articles"]
