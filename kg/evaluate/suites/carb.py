"""Suite `carb`: open information extraction, matched in part (CaRB).

The sentences with verbs of saying are a part of their own, `said`.

================================ ==================================================================
best_f1                          the greatest F1 over all confidence thresholds
auc                              area under the precision-recall curve
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluate.measure import Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.carb import (
    AUC,
    BEST_F1,
    Extraction,
    curve_rows,
    pair_score,
    without_context,
)
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.suites.openie import tuples

type Answer = tuple[Extraction, ...]


@dataclass(frozen=True, slots=True)
class Tuple:
    rel: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    sent: str
    tuples: tuple[Tuple, ...]


class Carb(Suite[Item, Answer]):
    """Crowd-sourced tuples for Wikipedia and newswire sentences."""

    name = "carb"
    patterns = ("carb_*.jsonl", "carb_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("best_f1", "curve", BEST_F1, "CIGL-OIE .540, OpenIE4 .488, ClausIE .450"),
        Metric("auc", "curve", AUC, "CIGL-OIE .357, OpenIE4 .272, ClausIE .224"),
    )

    def text(self, item: Item) -> Text:
        return Text(item.id, item.sent)

    def key(self, item: Item) -> Answer:
        return tuple(without_context(Extraction(each.rel, each.args)) for each in item.tuples)

    def blank(self, _item: Item) -> Answer:
        return ()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        return tuple(tuples(outcome))

    def judge(self, item: Item, answer: Answer) -> Judgement:
        return self.judge_all([item], [answer])[0]

    def judge_all(self, items: Sequence[Item], answers: Sequence[Answer]) -> list[Judgement]:
        keys = [self.key(item) for item in items]
        rows = curve_rows(keys, answers)
        return [
            Judgement({"curve": row}, _slips(item, key, answer))
            for item, key, answer, row in zip(items, keys, answers, rows, strict=True)
        ]


def _slips(item: Item, key: Answer, answer: Answer) -> tuple[Slip, ...]:
    """Gold tuples of which no prediction has any words."""
    return tuple(
        Slip("tuple_miss", item.sent, f"{' | '.join((*each.args[:1], each.rel, *each.args[1:]))}")
        for each in key
        if not any(any(pair_score(each, ours)) for ours in answer)
    )
