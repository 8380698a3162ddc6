"""Suite `wikiwars`: time expressions in long histories of wars (TIMEX2).

================================ ==================================================================
strict_f1                        expressions of the same span
relaxed_f1 (_precision, _recall) expressions by any overlap, one to one
value_f1                         overlap and the same normalised value
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.evaluate.lookup import sentence_of
from kg.evaluate.measure import F1, PRECISION, RECALL, Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.spans import Labelled, any_label, match_spans, same_label, span_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.timex import timexes
from kg.model import Span

type Answer = tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    start: int
    end: int
    val: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    timex2: tuple[Expression, ...]
    reference_time: str = ""


class WikiWars(Suite[Item, Answer]):
    """Wikipedia articles about wars (Mazur and Dale 2010)."""

    name = "wikiwars"
    patterns = ("wikiwars_*.jsonl", "wikiwars_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("value_f1", "value", F1, "about .83-.87 (remembered)"),
        Metric("relaxed_f1", "relaxed", F1),
        Metric("relaxed_precision", "relaxed", PRECISION),
        Metric("relaxed_recall", "relaxed", RECALL),
        Metric("strict_f1", "strict", F1),
    )

    def text(self, item: Item) -> Text:
        day = item.reference_time[:10]
        return Text(item.id, item.text, date.fromisoformat(day) if day else None)

    def key(self, item: Item) -> Answer:
        return tuple(Labelled(Span(each.start, each.end), each.val or "") for each in item.timex2)

    def blank(self, _item: Item) -> Answer:
        return ()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        text = outcome.reading.document.text
        return tuple(each for time in outcome.times for each in timexes(time, text))

    def judge(self, item: Item, answer: Answer) -> Judgement:
        gold = self.key(item)
        rows = {
            "strict": span_row(gold, answer, any_label, exact=True),
            "relaxed": span_row(gold, answer, any_label),
            "value": span_row(gold, answer, same_label),
        }
        return Judgement(rows, tuple(time_slips(item.text, gold, answer)))


def time_slips(text: str, gold: Answer, ours: Answer) -> Iterator[Slip]:
    """Missed, invented and misread expressions."""
    pairs = dict(match_spans(gold, ours, any_label))
    for at, each in enumerate(gold):
        words, sentence = text[each.span.start : each.span.end], sentence_of(text, each.span)
        if at not in pairs:
            yield Slip("time_miss", sentence, f"{words}={each.label}")
        elif ours[pairs[at]].label != each.label:
            yield Slip("time_wrong", sentence, f"{words}={each.label}", ours[pairs[at]].label)
    for at, each in enumerate(ours):
        if at not in pairs.values():
            words = text[each.span.start : each.span.end]
            yield Slip("time_false", sentence_of(text, each.span), "", f"{words}={each.label}")
