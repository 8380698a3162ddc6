"""Suite `uds_factuality`: did the event happen? Scores from -3 (did not) to +3 (did) in web text.

Every target gets a value: that of our claim whose trigger is there, 0 (unknown) where we read none.

================================ ==================================================================
pearson_r                        correlation with the annotators' mean
mean_absolute_error              less is better
macro_f1                         three classes, cut at -1 and +1
covered                          targets that are the trigger of a claim of ours
covered_mean_absolute_error      over those targets alone; less is better
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.measure import MACRO_F1, SHARE, Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.classes import MEAN_ABSOLUTE_ERROR, PEARSON, class_row, error_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Claim, Factuality, Span

# An answer counts for as much as its annotator was sure of it: the mean of a plain fact is below 3.
SCALE = {"certain": 2.5, "probable": 1.5, "possible": 0.75, "underspecified": 0.0}
OPEN = frozenset({"considered", "conditional"})
NOT_YET = frozenset({"requested", "threatened", "planned", "expected"})
WISHED = frozenset({"intended", "considered"})
AHEAD = -2.0  # asked about a plan, a request or what may be, they say that it has not happened
CLASSES = ("did not", "unknown", "did")
type Answer = tuple[float | None, ...]
"""A value for each target in order; None where we read no event."""


@dataclass(frozen=True, slots=True)
class Target:
    token: int
    word: str
    factuality: float


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    tokens: tuple[str, ...]
    targets: tuple[Target, ...]


class UdsFactuality(Suite[Item, Answer]):
    """The "It Happened" scores over English Web Treebank sentences (White et al. 2016)."""

    name = "uds_factuality"
    patterns = ("uds_*.jsonl", "uds_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("pearson_r", "error", PEARSON),
        Metric("mean_absolute_error", "error", MEAN_ABSOLUTE_ERROR, "best .72, constant 1.92"),
        Metric("macro_f1", "classes", MACRO_F1),
        Metric("covered", "covered", SHARE),
        Metric("covered_mean_absolute_error", "covered_error", MEAN_ABSOLUTE_ERROR),
    )

    def text(self, item: Item) -> Text:
        return Text(item.id, item.text)

    def key(self, item: Item) -> Answer:
        return tuple(target.factuality for target in item.targets)

    def blank(self, item: Item) -> Answer:
        return (None,) * len(item.targets)

    def answer(self, item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        spans = _token_spans(item)
        reading = outcome.reading
        claims = (*reading.claims, *reading.open_claims)
        return tuple(_value(claims, spans.get(target.token)) for target in item.targets)

    def judge(self, item: Item, answer: Answer) -> Judgement:
        gold = [target.factuality for target in item.targets]
        ours = [0.0 if value is None else value for value in answer]
        read = [(x, y) for x, y in zip(gold, answer, strict=True) if y is not None]
        rows = {
            "error": error_row(gold, ours),
            "classes": class_row(
                CLASSES,
                [_class(value) for value in gold],
                [None if value is None else _class(value) for value in answer],
            ),
            "covered": (len(read), len(gold)),
            "covered_error": error_row([x for x, _ in read], [y for _, y in read]),
        }
        return Judgement(rows, tuple(_slips(item, answer)))


def _slips(item: Item, answer: Answer) -> Iterator[Slip]:
    for target, value in zip(item.targets, answer, strict=True):
        if value is not None and _class(value) != _class(target.factuality):
            gold = f"{target.word}={target.factuality:+.2f}"
            yield Slip("factuality_wrong", item.text, gold, f"{value:+.2f}")


def _value(claims: tuple[Claim, ...], span: Span | None) -> float | None:
    found = [claim for claim in claims if span is not None and claim.trigger.overlaps(span)]
    return _score(found[0].factuality) if found else None


def _score(factuality: Factuality) -> float:
    if factuality.tense == "future" or factuality.modality in NOT_YET:
        return AHEAD
    possible = factuality.certainty == "possible" and factuality.tense == "present"
    if possible and factuality.modality in WISHED:
        return AHEAD
    presupposed = factuality.certainty in ("certain", "probable")  # "who fired?": somebody did
    if factuality.polarity == "underspecified":
        return 0.0
    if factuality.modality in OPEN and not presupposed:
        return 0.0
    size = SCALE[factuality.certainty]
    return -size if factuality.polarity == "negative" else size


def _class(value: float) -> str:
    return CLASSES[0 if value < -1 else 2 if value > 1 else 1]


def _token_spans(item: Item) -> dict[int, Span]:
    """Where each token stands in the text."""
    found: dict[int, Span] = {}
    at = 0
    for index, token in enumerate(item.tokens):
        start = item.text.find(token, at)
        if start >= 0:
            found[index] = Span(start, start + len(token))
            at = start + len(token)
    return found
