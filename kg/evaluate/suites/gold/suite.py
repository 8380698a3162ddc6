"""The suite object: reads kg-gold/1 files and puts the layers' rows together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kg.evaluate.files import find_files, read_record
from kg.evaluate.measure import (
    COUNT_OF_ERRORS,
    F1,
    MEAN_F1,
    PRECISION,
    RECALL,
    SHARE,
    Metric,
)
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.suite import Judgement, Suite
from kg.evaluate.suites.gold.alignment import align
from kg.evaluate.suites.gold.answers import from_gold, from_outcome
from kg.evaluate.suites.gold.claims import event_row, event_slips, perspective_rows
from kg.evaluate.suites.gold.edges import edge_rows
from kg.evaluate.suites.gold.matching import match_events
from kg.evaluate.suites.gold.mentions import link_row, mention_rows, slips_of_times, time_rows
from kg.evaluate.suites.gold.records import GoldAnswer, GoldItem, GoldRecord
from kg.evaluate.suites.gold.roles import quantity_row, role_rows

FORMAT = "kg-gold/1"
ARTICLE_SENTENCES = 8
_HEAD = 400


class Gold(Suite[GoldItem, GoldAnswer]):
    """Whole readings; see the package for the metrics."""

    name = "gold"
    patterns = ("*.json",)
    record = GoldItem
    metrics = (
        Metric("mention_f1", "mention", F1),
        Metric("mention_precision", "mention", PRECISION),
        Metric("mention_recall", "mention", RECALL),
        Metric("mention_exact_f1", "mention_exact", F1),
        Metric("mention_typed_f1", "mention_typed", F1),
        Metric("link_accuracy", "link", SHARE),
        Metric("coreference_conll_f1", "coreference", MEAN_F1),
        Metric("time_f1", "time", F1),
        Metric("time_value_accuracy", "time_value", SHARE),
        Metric("event_recall", "event", RECALL),
        Metric("event_precision", "event", PRECISION),
        Metric("event_f1", "event", F1),
        Metric("role_f1_strict", "role_strict", F1),
        Metric("role_f1_lenient", "role_lenient", F1),
        Metric("role_f1_matched", "role_matched", F1),
        Metric("quantity_f1", "quantity", F1),
        Metric("edge_f1", "edge", F1),
        Metric("edge_precision", "edge", PRECISION),
        Metric("edge_recall", "edge", RECALL),
        Metric("edge_f1_lenient", "edge_lenient", F1),
        Metric("false_assertions", "false_assertions", COUNT_OF_ERRORS),
        Metric("attribution_accuracy", "attribution", SHARE),
        Metric("attribution_recall", "attribution_all", SHARE),
        Metric("narrator_accuracy", "narrator", SHARE),
        Metric("factuality_accuracy", "factuality", SHARE),
        Metric("factuality_recall", "factuality_all", SHARE),
        Metric("realis_accuracy", "realis", SHARE),
        Metric("tense_accuracy", "tense", SHARE),
        Metric("modality_accuracy", "modality", SHARE),
    )

    def files(self, folder: Path) -> list[Path]:
        return [path for path in find_files(folder, *self.patterns) if _is_gold(path)]

    def load(self, files: Sequence[Path], problems: list[str]) -> list[GoldItem]:
        items = []
        for path in files:
            record = read_record(path, GoldRecord, problems)
            if record is None:
                continue
            if Path(record.file).name != record.file:
                problems.append(f"{path.name}:1: the text must lie beside it: {record.file}")
            elif text := _text(path.parent / record.file, record.sha256, problems):
                items.append(GoldItem(record, text))
        return items

    def text(self, item: GoldItem) -> Text:
        published = item.record.publication_date.value
        return Text(item.record.file, item.text, date.fromisoformat(published))

    def answer(self, _item: GoldItem, outcome: Outcome, pipeline: Pipeline) -> GoldAnswer:
        return from_outcome(outcome, pipeline)

    def key(self, item: GoldItem) -> GoldAnswer:
        return from_gold(item.record)

    def blank(self, _item: GoldItem) -> GoldAnswer:
        return GoldAnswer()

    def part(self, item: GoldItem) -> str:
        sentences = item.record.sentences
        headed = any(each.kind == "headline" for each in sentences)
        return "articles" if headed or len(sentences) > ARTICLE_SENTENCES else "items"

    def judge(self, item: GoldItem, answer: GoldAnswer) -> Judgement:
        alignment = align(item.record, answer)
        matching = match_events(item.record, answer, alignment)
        mentions, mention_slips = mention_rows(answer, alignment, item.text)
        link, link_slips = link_row(answer, alignment)
        roles, role_slips = role_rows(answer, alignment, matching)
        edges, edge_slips = edge_rows(answer, alignment)
        quantity, quantity_slips = quantity_row(answer, alignment, matching, item.text)
        perspective, perspective_slips = perspective_rows(answer, alignment, matching)
        rows = {
            **mentions,
            "link": link,
            **time_rows(answer, item.record.times),
            "event": event_row(answer, alignment, matching),
            **roles,
            "quantity": quantity,
            **edges,
            **perspective,
        }
        slips = (
            *edge_slips,
            *event_slips(answer, alignment, matching),
            *perspective_slips,
            *role_slips,
            *link_slips,
            *quantity_slips,
            *slips_of_times(answer, alignment, item.text),
            *mention_slips,
        )
        return Judgement(rows, slips)


def _is_gold(path: Path) -> bool:
    with path.open("rb") as file:
        return FORMAT.encode() in file.read(_HEAD) and not path.name.endswith(".schema.json")


def _text(path: Path, digest: str, problems: list[str]) -> str | None:
    """The text beside the gold, if it is the text that was annotated."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}:1: {error}")
        return None
    if hashlib.sha256(raw).hexdigest() != digest:
        problems.append(f"{path.name}:1: not the text that was annotated (sha256 differs)")
        return None
    return text
