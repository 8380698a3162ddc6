"""Suite `tr_news`: place names in world news with GeoNames identities; demonyms are annotated.

================================ ==================================================================
span_f1 (_precision, _recall)    the name's exact span
id_accuracy                      of found names with an id in the gold: the same GeoNames id
country_accuracy                 of found names with a country in the gold: the same country
id_recall                        of all gold names with an id: found, and the same id
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.evaluate.measure import F1, PRECISION, RECALL, SHARE, Metric, Row
from kg.evaluate.pipeline import Text
from kg.evaluate.suites.toponyms import Toponym, Toponyms, ToponymSuite, identified
from kg.model import Span
from kg.resources import ontology_path, read_yaml


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    geonameid: int | str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    toponyms: tuple[Name, ...]
    date: str | None = None


class TrNews(ToponymSuite[Item]):
    """News of many countries (Kamalloo and Rafiei 2018)."""

    name = "tr_news"
    patterns = ("tr_news_*.jsonl", "tr_news_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("span_f1", "span", F1),
        Metric("span_precision", "span", PRECISION),
        Metric("span_recall", "span", RECALL),
        Metric("id_accuracy", "id", SHARE, "CHF .843"),
        Metric("country_accuracy", "country", SHARE, "CHF .978"),
        Metric("id_recall", "id_all", SHARE),
    )

    def text(self, item: Item) -> Text:
        try:
            published = date.fromisoformat((item.date or "")[:10])
        except ValueError:
            published = None
        return Text(item.id, item.text, published)

    def key(self, item: Item) -> Toponyms:
        return tuple(
            Toponym(
                Span(each.start, each.end),
                int(each.geonameid) if each.geonameid else None,
                _country_ids().get(each.country or "", each.country),
            )
            for each in item.toponyms
        )

    def rows(
        self, _item: Item, gold: Toponyms, answer: Toponyms, pairs: Mapping[int, int]
    ) -> Mapping[str, Row]:
        same_id, with_id = identified(gold, answer, pairs)
        with_country = [at for at in pairs if gold[at].country]
        same_country = sum(answer[pairs[at]].country == gold[at].country for at in with_country)
        return {
            "id": (same_id, with_id),
            "country": (same_country, len(with_country)),
            "id_all": (same_id, sum(each.geonames is not None for each in gold)),
        }


@cache
def _country_ids() -> dict[str, str]:
    """Names and two-letter ISO codes of states to our ids; of territories to their states'.

    The set takes every ISO code for a country, as Hong Kong's.
    """
    countries = read_yaml(ontology_path("entities", "countries.yml")).value["Country"]
    found = {facts["iso2"]: name for name, facts in countries.items() if "iso2" in facts}
    for name, facts in countries.items():
        for each in (*facts.get("aliases", ()), facts.get("label", name.replace("_", " "))):
            found[each] = name
    territories = read_yaml(ontology_path("entities", "territories.yml")).value["Region"]
    for name, facts in territories.items():
        if "iso2" in facts and "country" in facts:
            names = (*facts.get("aliases", ()), facts.get("label", name.replace("_", " ")))
            found |= dict.fromkeys((facts["iso2"], *names), facts["country"])
    return found
