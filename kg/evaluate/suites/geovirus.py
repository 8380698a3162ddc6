"""Suite `geovirus`: place names with coordinates in reports of epidemics and disasters.

================================ ==================================================================
span_f1 (_precision, _recall)    the name's exact span
within_161km                     of found names: our place lies within 161 km of the gold's
mean_error_km                    great-circle error of found names with a place; less is better
log_error_auc                    the same, mean of log errors relative to the greatest possible
title_accuracy                   of found names: our label is the title of the gold's article
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.evaluate.measure import F1, PRECISION, RATE_OF_ERROR, RECALL, SHARE, Metric, Row
from kg.evaluate.scores.places import error_row, great_circle_km, log_error_row, near_row
from kg.evaluate.suites.toponyms import Toponym, Toponyms, ToponymSuite
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    lat: float
    lon: float
    wikipedia: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    toponyms: tuple[Name, ...]


class GeoVirus(ToponymSuite[Item]):
    """Wikinews reports (Gritta et al. 2018)."""

    name = "geovirus"
    patterns = ("geovirus_*.jsonl", "geovirus_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("span_f1", "span", F1),
        Metric("span_precision", "span", PRECISION),
        Metric("span_recall", "span", RECALL),
        Metric("within_161km", "near", SHARE),
        Metric("mean_error_km", "error", RATE_OF_ERROR),
        Metric("log_error_auc", "log_error", RATE_OF_ERROR),
        Metric("title_accuracy", "title", SHARE),
    )

    def key(self, item: Item) -> Toponyms:
        return tuple(
            Toponym(
                Span(each.start, each.end),
                point=(each.lat, each.lon),
                title=_title(each.wikipedia),
            )
            for each in item.toponyms
        )

    def rows(
        self, _item: Item, gold: Toponyms, answer: Toponyms, pairs: Mapping[int, int]
    ) -> Mapping[str, Row]:
        ends = [(gold[left].point, answer[right].point) for left, right in pairs.items()]
        errors = [great_circle_km(one, other) for one, other in ends if one and other]
        titled = [left for left in pairs if gold[left].title]
        same = sum(_same(gold[left].title, answer[pairs[left]].title) for left in titled)
        return {
            "near": near_row(errors, len(pairs)),
            "error": error_row(errors),
            "log_error": log_error_row(errors),
            "title": (same, len(titled)),
        }


def _title(page: str) -> str:
    return page.replace("_", " ")


def _same(title: str | None, label: str | None) -> bool:
    """The same title, with or without what tells it apart: "Pandi, Bulacan", "Po (river)"."""
    if title is None or label is None:
        return False
    plain = title.split(" (")[0].split(",")[0]
    return label.casefold() in (title.casefold(), plain.casefold())
