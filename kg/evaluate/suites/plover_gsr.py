"""Suite `plover_gsr`: who did what to whom, one coded event a sentence (PLOVER, 18 event types).

=============================== ===================================================================
event_accuracy, event_macro_f1  the event type, over the 18 types
quad_accuracy, quad_macro_f1    over verbal and material cooperation and conflict
source_overlap, target_overlap  records whose source (target) of ours overlaps a marked one, of
                                those that have one marked
source_country, target_country  our actors' countries are among the coded ones, and there is one
record_accuracy                 event, source and target all right
role_reversal_rate              of records where ours has both marked actors: source and target
                                swapped; less is better
=============================== ===================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.evaluate.lookup import Lookup, fillers
from kg.evaluate.measure import MACRO_F1, RATE_OF_ERROR, SHARE, Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.classes import class_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.suites.plover_codes import (
    QUAD_OF,
    QUADS,
    RECIPROCAL,
    EventType,
    coded,
    countries,
    opponents,
    rank,
    spoken_of,
    told,
)
from kg.model import Span

_MARK = re.compile(r"\(((?:SRC|TAR|EVT|LOC|/)+):\s*|[(){}]")


@dataclass(frozen=True, slots=True)
class Actor:
    actorText: str  # noqa: N815 - the name of the field in the file
    code: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    markup: str


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    event: EventType
    text: str
    textInfo: Markup  # noqa: N815 - the name of the field in the file
    source: tuple[Actor, ...] | str | None = None
    target: tuple[Actor, ...] | str | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    event: str | None = None
    sources: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    source_codes: frozenset[str] = frozenset()
    target_codes: frozenset[str] = frozenset()
    rule: str = ""


class PloverGsr(Suite[Item, Answer]):
    """Gold standard records of the PLOVER event ontology."""

    name = "plover_gsr"
    patterns = ("plover_gsr_*.jsonl", "plover_gsr_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("event_accuracy", "event", SHARE),
        Metric("event_macro_f1", "event_classes", MACRO_F1),
        Metric("quad_accuracy", "quad", SHARE),
        Metric("quad_macro_f1", "quad_classes", MACRO_F1),
        Metric("source_overlap", "source", SHARE),
        Metric("target_overlap", "target", SHARE),
        Metric("source_country", "source_country", SHARE),
        Metric("target_country", "target_country", SHARE),
        Metric("record_accuracy", "record", SHARE),
        Metric("role_reversal_rate", "reversal", RATE_OF_ERROR),
    )

    def text(self, item: Item) -> Text:
        published = date.fromisoformat(item.date) if item.date else None
        return Text(item.id, item.text, published)

    def key(self, item: Item) -> Answer:
        marked = list(_marked(item))
        return Answer(
            item.event,
            tuple(span for role, span in marked if "SRC" in role),
            tuple(span for role, span in marked if "TAR" in role),
            _codes(item.source),
            _codes(item.target),
        )

    def blank(self, _item: Item) -> Answer:
        return Answer()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        lookup = Lookup(outcome.reading)
        found = [
            (claim, event) for claim in outcome.reading.claims if (event := coded(claim, lookup))
        ]
        if not found:
            return Answer()
        inside = {about for each, _ in found for about in spoken_of(each)}
        claim, event = min(found, key=lambda pair: (pair[0].id in inside, *rank(pair[0])))
        sources = list(fillers(claim, "agent")) or list(fillers(claim, "instrument"))
        targets = opponents(claim, lookup) or (sources if event in RECIPROCAL else [])
        return Answer(
            event,
            tuple(span for filler in sources for span in told(filler, lookup)),
            tuple(span for filler in targets for span in told(filler, lookup)),
            countries(sources, lookup),
            countries(targets, lookup),
            claim.rule,
        )

    def judge(self, item: Item, answer: Answer) -> Judgement:
        key = self.key(item)
        quad, our_quad = QUAD_OF[key.event or ""], QUAD_OF.get(answer.event or "")
        source, target = _meet(key.sources, answer.sources), _meet(key.targets, answer.targets)
        ends = ((source, key.sources), (target, key.targets))
        right = (key.event == answer.event) and all(met or not gold for met, gold in ends)
        swapped = _meet(key.targets, answer.sources) and _meet(key.sources, answer.targets)
        straight = source and target
        rows = {
            "event": (key.event == answer.event, 1),
            "event_classes": class_row(list(QUAD_OF), [item.event], [answer.event]),
            "quad": (quad == our_quad, 1),
            "quad_classes": class_row(list(QUADS), [quad], [our_quad]),
            "source": (source, bool(key.sources)),
            "target": (target, bool(key.targets)),
            "source_country": _country_row(key.source_codes, answer.source_codes),
            "target_country": _country_row(key.target_codes, answer.target_codes),
            "record": (right, 1),
            "reversal": (swapped and not straight, swapped or straight),
        }
        return Judgement(rows, tuple(self._slips(item, key, answer)))

    def _slips(self, item: Item, key: Answer, answer: Answer) -> Iterator[Slip]:
        if key.event != answer.event:
            kind = "event_wrong" if answer.event else "event_miss"
            yield Slip(kind, item.text, item.event, answer.event or "", answer.rule)
            return
        for role, gold, ours in (
            ("source", key.sources, answer.sources),
            ("target", key.targets, answer.targets),
        ):
            if gold and not _meet(gold, ours):
                shown = [
                    " / ".join(item.text[s.start : s.end] for s in each) for each in (gold, ours)
                ]
                yield Slip(f"{role}_wrong", item.text, shown[0], shown[1], answer.rule)


def _marked(item: Item) -> Iterator[tuple[str, Span]]:
    """The marked actors, where they stand in the plain text: marks may nest."""
    markup, at = item.textInfo.markup, 0
    plain: list[str] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(markup):
        plain.append(markup[at : match.start()])
        at, length = match.end(), sum(map(len, plain))
        if match[1]:
            open_marks.append((match[1], length))
        elif match[0] == "(":
            plain.append("(")
            open_marks.append(("", length))
        elif match[0] == ")" and open_marks:
            role, start = open_marks.pop()
            if not role:
                plain.append(")")
            elif span := _placed("".join(plain)[start:length], start, item.text):
                yield role, span


def _placed(words: str, near: int, text: str) -> Span | None:
    """The occurrence of the words nearest to where they stand in the marked text."""
    starts = [match.start() for match in re.finditer(re.escape(words.strip()), text)]
    if not starts or not words.strip():
        return None
    start = min(starts, key=lambda each: (abs(each - near), each))
    return Span(start, start + len(words.strip()))


def _codes(actors: tuple[Actor, ...] | str | None) -> frozenset[str]:
    if actors is None or isinstance(actors, str):
        return frozenset()
    return frozenset(actor.code for actor in actors if actor.code)


def _country_row(gold: frozenset[str], ours: frozenset[str]) -> tuple[float, float]:
    return (bool(gold and ours and ours <= gold), bool(gold))


def _meet(gold: tuple[Span, ...], ours: tuple[Span, ...]) -> bool:
    return any(one.overlaps(other) for one in gold for other in ours)
