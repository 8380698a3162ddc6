"""Suite `geowebnews`: how a place name is used in news: literally, or for people and institutions.

================================ ==================================================================
span_f1 (_precision, _recall)    the name's exact span, over all types but the expressions and
                                 what is no toponym
literal_f1, associative_f1       span and use: the place itself, or something associated with it
metonymic_recall                 of names that stand for a government, army or people: found, and
                                 read as such
id_accuracy                      of found names with an id in the gold: the same GeoNames id
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.evaluate.measure import F1, PRECISION, RECALL, SHARE, Metric, Row
from kg.evaluate.scores.spans import Labelled, span_row
from kg.evaluate.suites.toponyms import (
    LITERAL,
    METONYMIC,
    Toponym,
    Toponyms,
    ToponymSuite,
    identified,
)
from kg.model import Span

IGNORED = frozenset({"Literal_Expression", "Non_Lit_Expression", "Non_Toponym"})
LITERAL_TYPES = frozenset({"Literal", "Literal_Modifier", "Mixed", "Coercion"})


@dataclass(frozen=True, slots=True)
class Name:
    type: str
    start: int
    end: int
    geonames: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    toponyms: tuple[Name, ...]


class GeoWebNews(ToponymSuite[Item]):
    """Global news with a pragmatic taxonomy of place names (Gritta et al. 2019)."""

    name = "geowebnews"
    patterns = ("gwn_*.jsonl", "gwn_*.jsonl.gz", "geowebnews_*.jsonl", "geowebnews_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("span_f1", "span", F1, "Google .832, spaCy 2018 .749"),
        Metric("span_precision", "span", PRECISION),
        Metric("span_recall", "span", RECALL),
        Metric("literal_f1", "literal", F1),
        Metric("associative_f1", "associative", F1),
        Metric("metonymic_recall", "metonymic", SHARE),
        Metric("id_accuracy", "id", SHARE),
    )

    def key(self, item: Item) -> Toponyms:
        return tuple(
            Toponym(
                Span(each.start, each.end),
                int(each.geonames) if each.geonames and each.geonames.isdigit() else None,
                reading=LITERAL if each.type in LITERAL_TYPES else METONYMIC,
            )
            for each in item.toponyms
            if each.type not in IGNORED
        )

    def rows(
        self, item: Item, gold: Toponyms, answer: Toponyms, pairs: Mapping[int, int]
    ) -> Mapping[str, Row]:
        spans = {Span(each.start, each.end) for each in item.toponyms if each.type == "Metonymic"}
        metonyms = [at for at, each in enumerate(gold) if each.span in spans]
        read = [at for at in metonyms if at in pairs and answer[pairs[at]].reading == METONYMIC]
        return {
            "literal": span_row(_of(gold, LITERAL), _of(answer, LITERAL), exact=True),
            "associative": span_row(_of(gold, METONYMIC), _of(answer, METONYMIC), exact=True),
            "metonymic": (len(read), len(metonyms)),
            "id": identified(gold, answer, pairs),
        }


def _of(toponyms: Toponyms, reading: str) -> list[Labelled]:
    return [Labelled(each.span) for each in toponyms if each.reading == reading]
