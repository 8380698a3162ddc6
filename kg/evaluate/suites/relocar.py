"""Suite `relocar`: is a place name literal or metonymic? One given name a sentence.

Mixed readings count as metonymic. A name that is not read as a mention at all is a wrong answer.

================================ ==================================================================
accuracy                         names with the right reading
metonymic_f1                     of the metonymic reading
literal_f1                       of the literal reading
found                            names that our reading has as a mention
================================ ==================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.evaluate.lookup import Lookup
from kg.evaluate.measure import F1, SHARE, Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.classes import class_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Span

LITERAL, METONYMIC = "lit", "met"
type Answer = str | None


@dataclass(frozen=True, slots=True)
class Location:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    location: Location
    reading: Literal["lit", "met", "mix"]


class Relocar(Suite[Item, Answer]):
    """Wikipedia sentences with one name each (Gritta et al. 2017)."""

    name = "relocar"
    patterns = ("relocar_*.jsonl", "relocar_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("accuracy", "right", SHARE, "BERT .95, 2017 .84 (remembered)"),
        Metric("metonymic_f1", METONYMIC, F1),
        Metric("literal_f1", LITERAL, F1),
        Metric("found", "found", SHARE),
    )

    def text(self, item: Item) -> Text:
        return Text(item.id, item.text)

    def key(self, item: Item) -> Answer:
        return LITERAL if item.reading == "lit" else METONYMIC

    def blank(self, _item: Item) -> Answer:
        return None

    def answer(self, item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        """Metonymic where the reference has another surface, or where the name acts or speaks."""
        span = Span(item.location.start, item.location.end)
        lookup = Lookup(outcome.reading)
        acting = lookup.acting()
        covering = [
            index
            for index, mention in enumerate(outcome.reading.mentions)
            if mention.span.overlaps(span)
        ]
        if not covering:
            return None
        references = [lookup.reference(index) for index in covering]
        moved = any(each is not None and each.surface is not None for each in references)
        return METONYMIC if moved or acting.intersection(covering) else LITERAL

    def judge(self, item: Item, answer: Answer) -> Judgement:
        gold = self.key(item) or LITERAL
        rows: dict[str, Row] = {
            "right": (gold == answer, 1),
            "found": (answer is not None, 1),
        }
        for name in (LITERAL, METONYMIC):
            right, predicted, wanted = class_row([LITERAL, METONYMIC], [gold], [answer])[
                0 if name == LITERAL else 3 :
            ][:3]
            rows[name] = (right, predicted, right, wanted)
        slip = Slip(
            "reading_wrong", item.text, f"{item.location.text}={gold}", answer or "not read"
        )
        return Judgement(rows, () if gold == answer else (slip,))
