"""Suite `gap`: an ambiguous pronoun and two names in a paragraph of Wikipedia: which one is it?

Two yes-or-no decisions an item, each from our clusters: the pronoun and a mention that overlaps the
name refer to one entity.

================================ ==================================================================
f1 (precision, recall)           of "yes"
masculine_f1, feminine_f1        by the pronoun
================================ ==================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.evaluate.lookup import Lookup, sentence_of
from kg.evaluate.measure import F1, PRECISION, RECALL, Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Span

MASCULINE = frozenset({"he", "him", "his"})
type Answer = tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Pronoun:
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    start: int
    coref: bool


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    pronoun: Pronoun
    A: Name
    B: Name


class Gap(Suite[Item, Answer]):
    """Gendered ambiguous pronouns (Webster et al. 2018)."""

    name = "gap"
    patterns = ("gap_*.jsonl", "gap_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("f1", "all", F1, "rules .669, supervised .925 with given spans"),
        Metric("precision", "all", PRECISION),
        Metric("recall", "all", RECALL),
        Metric("masculine_f1", "masculine", F1),
        Metric("feminine_f1", "feminine", F1),
    )

    def text(self, item: Item) -> Text:
        return Text(item.id, item.text)

    def key(self, item: Item) -> Answer:
        return (item.A.coref, item.B.coref)

    def blank(self, _item: Item) -> Answer:
        return (False, False)

    def answer(self, item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        lookup = Lookup(outcome.reading)
        pronoun = _entities(lookup, _span(item.pronoun))
        return (
            bool(pronoun & _entities(lookup, _span(item.A))),
            bool(pronoun & _entities(lookup, _span(item.B))),
        )

    def judge(self, item: Item, answer: Answer) -> Judgement:
        gold = self.key(item)
        right = sum(one and other for one, other in zip(gold, answer, strict=True))
        row: Row = (right, sum(answer), right, sum(gold))
        nothing: Row = (0, 0, 0, 0)
        masculine = item.pronoun.text.lower() in MASCULINE
        rows = {
            "all": row,
            "masculine": row if masculine else nothing,
            "feminine": nothing if masculine else row,
        }
        return Judgement(rows, () if gold == answer else (_slip(item, answer),))


def _entities(lookup: Lookup, span: Span) -> set[str]:
    """What the mentions that overlap the span refer to; of nested ones, the smallest alone."""
    covering = [
        (mention.span.end - mention.span.start, index)
        for index, mention in enumerate(lookup.reading.mentions)
        if mention.span.overlaps(span)
    ]
    references = [lookup.reference(index) for _, index in sorted(covering)[:1]]
    return {reference.entity for reference in references if reference is not None}


def _span(place: Pronoun | Name) -> Span:
    return Span(place.start, place.start + len(place.text))


def _slip(item: Item, answer: Answer) -> Slip:
    def shown(flags: Answer) -> str:
        names = [name.text for name, yes in zip((item.A, item.B), flags, strict=True) if yes]
        return f"{item.pronoun.text}={' + '.join(names) or 'neither'}"

    sentence = sentence_of(item.text, _span(item.pronoun))
    kind = "pronoun_wrong" if any(answer) else "pronoun_miss"
    return Slip(kind, sentence, shown((item.A.coref, item.B.coref)), shown(answer))
