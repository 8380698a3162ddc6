"""Suite `benchie`: open information extraction, matched whole against clusters of wordings.

================================ ==================================================================
f1                               of precision and recall
precision                        predictions that are a wording of some fact
recall                           facts that some prediction words
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.measure import F1, PRECISION, RECALL, Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.benchie import Wording, benchie_row, full_wording, says
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.suites.openie import triples

type Answer = tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    sent: str
    clusters: tuple[tuple[tuple[str, str, str], ...], ...]


class BenchIE(Suite[Item, Answer]):
    """English sentences with complete fact clusters."""

    name = "benchie"
    patterns = ("benchie_*.jsonl", "benchie_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("f1", "facts", F1, "ClausIE .339, MinIE .337"),
        Metric("precision", "facts", PRECISION, "ClausIE .50"),
        Metric("recall", "facts", RECALL, "MinIE .28"),
    )

    def text(self, item: Item) -> Text:
        return Text(f"benchie-{item.id}", item.sent)

    def key(self, item: Item) -> Answer:
        return tuple(full_wording(cluster[0]) for cluster in item.clusters if cluster)

    def blank(self, _item: Item) -> Answer:
        return ()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        return tuple(dict.fromkeys(triples(outcome)))

    def judge(self, item: Item, answer: Answer) -> Judgement:
        return Judgement({"facts": benchie_row(item.clusters, answer)}, tuple(_slips(item, answer)))


def _slips(item: Item, answer: Answer) -> Iterator[Slip]:
    for cluster in item.clusters:
        if cluster and not any(says(cluster, each) for each in answer):
            yield Slip("fact_miss", item.sent, " | ".join(cluster[0]))
    for each in answer:
        if not any(says(cluster, each) for cluster in item.clusters):
            yield Slip("fact_false", item.sent, "", " | ".join(each))
