"""Suite `uds_factuality`: did the event happen? Scores from -3 (did not) to +3 (did) in web text.

Every target gets a value: that of our claim whose trigger is there, 0 (unknown) where we read none.

**Scale.** The annotators were asked "did it happen?" and how sure they were; the gold is the mean
of their signed answers. That is another question than ours (how firmly does the text present it?):
to them a plan is a thing that has not happened, and about negated clauses ("he did not know") their
answers are spread over both signs, so that the median is near 0. What we read is therefore put on
their scale by `SCALE`: one value for each tense (what is requested, threatened, planned or expected
counts as future) and certainty, one for what is negated. The values are the medians of the gold of
the even-numbered sentences of the development half, to the annotators' own step of three eighths (a
tie goes to the smaller). With it the error is 1.063 there and 1.085 on the odd-numbered sentences,
which no value was taken from; on the plain scale that it replaced (+-2.5, +-1.5, +-0.75, 0, and -2
for what lies ahead) the same reading had 1.160 and 1.174. This is a calibration of the scale, for
this score alone; nothing of it is known to the reader. It is not monotone in certainty: what is
negated stands above what is open in the present.

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

NOT_YET = frozenset({"requested", "threatened", "planned", "expected"})
COLUMNS = {"certain": 4, "probable": 3, "possible": 2, "underspecified": 1}
SCALE = {
    "past": (0.375, 1.5, 1.5, 2.625, 2.625),
    "present": (0.0, -0.75, -1.5, 2.25, 2.25),
    "future": (-1.875, -2.25, -1.5, -2.25, -2.25),
}
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
    """Of the claim that the word triggers, else of one whose predicate has it ("get rid")."""
    if span is None:
        return None
    found = [claim for claim in claims if claim.trigger.overlaps(span)]
    words = [c for c in claims if c.predicate and any(w.overlaps(span) for w in c.predicate.words)]
    return next((_score(claim.factuality) for claim in (*found, *words)), None)


def _score(factuality: Factuality) -> float:
    row = "future" if factuality.modality in NOT_YET else factuality.tense
    negated = factuality.polarity == "negative"
    return SCALE[row][0 if negated else COLUMNS[factuality.certainty]]


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
