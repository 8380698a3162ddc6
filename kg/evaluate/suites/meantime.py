"""Suite `meantime`: events with roles, perspective, time and coreference in Wikinews (NewsReader).

Scored in the fully annotated sentences of each document only. Spans match by any overlap, one to
one, unless said otherwise.

================================ ==================================================================
entity_exact_f1, entity_f1       entity mentions: the same span; any overlap
coreference_conll_f1             mean of MUC, B3, CEAFe over clusters of two and more
link_accuracy                    of mentions whose entity has a DBpedia page: ours is that one
event_f1 (_precision, _recall)   event triggers
participant_f1                   (event, participant, PropBank role)
participant_untyped_f1           (event, participant)
perspective_macro_f1             of matched events: polarity x certainty x time, by class
negated_f1, uncertain_f1, future_f1   of matched events: the rare classes
reporting_f1                     (reporting event, reported event)
reporting_source_f1              (source, reported event); source: Arg0 of the reporting event
time_f1, time_value_f1           time expressions; overlap and the same value
================================ ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from kg.evaluate.assignment import best_assignment
from kg.evaluate.lookup import Lookup, fold_title, sentence_of, titles
from kg.evaluate.measure import F1, MACRO_F1, MEAN_F1, PRECISION, RECALL, SHARE, Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.classes import class_row
from kg.evaluate.scores.coreference import conll_row
from kg.evaluate.scores.spans import Labelled, any_label, match_spans, same_label, span_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.suites.slinks import slinks
from kg.evaluate.suites.wikiwars import time_slips
from kg.evaluate.timex import timexes
from kg.model import Factuality, Span

POLARITIES = ("POS", "NEG", "UNDERSPECIFIED")
CERTAINTIES = ("CERTAIN", "PROBABLE", "POSSIBLE", "UNDERSPECIFIED")
TIMES = ("NON_FUTURE", "FUTURE", "UNDERSPECIFIED")
PERSPECTIVES = ["|".join(values) for values in product(POLARITIES, CERTAINTIES, TIMES)]
RARE = {"negated": "NEG", "uncertain": "PROBABLE POSSIBLE", "future": "FUTURE"}
ROLES = {
    "agent": "Arg0", "theme": "Arg1", "target": "Arg1", "coAgent": "Arg1", "recipient": "Arg2",
    "beneficiary": "Arg2", "instrument": "Arg2", "location": "Argm-LOC",
    "destination": "Argm-LOC", "origin": "Argm-LOC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Markable:
    id: str
    kind: str
    start: int
    end: int
    tokens: tuple[int, ...] = ()
    polarity: str = "POS"
    certainty: str = "CERTAIN"
    time: str = "NON_FUTURE"
    value: str = ""
    functionInDocument: str = ""  # noqa: N815 - the name of the field in the file

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Instance:
    id: str
    kind: str
    external_ref: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    sem_role: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    tokens: tuple[tuple[str, int, int, int], ...]
    markables: tuple[Markable, ...]
    instances: tuple[Instance, ...]
    relations: tuple[Relation, ...]
    last_fully_annotated_sentence: int


@dataclass(frozen=True, slots=True)
class Mention:
    span: Span
    cluster: str
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Event:
    span: Span
    perspective: str
    rule: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two spans and what relates them: participant and role, reporting, source."""

    one: Span
    other: Span
    label: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    participants: tuple[Pair, ...] = ()
    reports: tuple[Pair, ...] = ()
    sources: tuple[Pair, ...] = ()
    times: tuple[Labelled, ...] = ()


class Meantime(Suite[Item, Answer]):
    """English Wikinews on companies and markets (Minard et al. 2016)."""

    name = "meantime"
    patterns = ("meantime_*.jsonl", "meantime_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("entity_f1", "entity", F1),
        Metric("entity_exact_f1", "entity_exact", F1),
        Metric("coreference_conll_f1", "coreference", MEAN_F1),
        Metric("link_accuracy", "link", SHARE),
        Metric("event_f1", "event", F1),
        Metric("event_precision", "event", PRECISION),
        Metric("event_recall", "event", RECALL),
        Metric("participant_f1", "participant", F1),
        Metric("participant_untyped_f1", "participant_untyped", F1),
        Metric("perspective_macro_f1", "perspective", MACRO_F1),
        *(Metric(f"{name}_f1", name, F1) for name in RARE),
        Metric("reporting_f1", "reporting", F1),
        Metric("reporting_source_f1", "reporting_source", F1),
        Metric("time_f1", "time", F1),
        Metric("time_value_f1", "time_value", F1),
    )

    def text(self, item: Item) -> Text:
        created = next(
            (each.value for each in item.markables if each.functionInDocument == "CREATION_TIME"),
            "",
        )
        return Text(item.id, item.text, _date(created))

    def key(self, item: Item) -> Answer:
        return _Key(item).answer()

    def blank(self, _item: Item) -> Answer:
        return Answer()

    def answer(self, item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        return _ours(outcome, _limit(item))

    def judge(self, item: Item, answer: Answer) -> Judgement:
        key = self.key(item)
        rows = {
            **_mention_rows(key.mentions, answer.mentions),
            **_event_rows(key.events, answer.events),
            "participant": _pair_row(key.participants, answer.participants),
            "participant_untyped": _pair_row(_bare(key.participants), _bare(answer.participants)),
            "reporting": _pair_row(key.reports, answer.reports),
            "reporting_source": _pair_row(key.sources, answer.sources),
            "time": span_row(key.times, answer.times, any_label),
            "time_value": span_row(key.times, answer.times, same_label),
        }
        return Judgement(
            rows, (*_slips(item, key, answer), *time_slips(item.text, key.times, answer.times))
        )


class _Key:
    """The gold of one document, by id."""

    def __init__(self, item: Item) -> None:
        limit = _limit(item)
        self.marks = {each.id: each for each in item.markables if each.end <= limit}
        self.relations = item.relations
        pages = {each.id: each.external_ref for each in item.instances}
        self.instance_of = {
            mention: (relation.target[0], pages.get(relation.target[0], ""))
            for relation in item.relations
            if relation.kind == "REFERS_TO" and relation.target
            for mention in relation.source
        }

    def answer(self) -> Answer:
        participants = list(self._pairs("HAS_PARTICIPANT"))
        reports = list(self._pairs("SLINK"))
        speakers: dict[Span, list[Span]] = {}
        for each in participants:
            if each.label == "Arg0":
                speakers.setdefault(each.one, []).append(each.other)
        return Answer(
            tuple(self._mention(each) for each in self._of("ENTITY_MENTION")),
            tuple(Event(each.span, _perspective(each)) for each in self._of("EVENT_MENTION")),
            tuple(sorted(set(participants))),
            tuple(sorted(set(reports))),
            tuple(
                sorted(
                    {Pair(s, pair.other) for pair in reports for s in speakers.get(pair.one, ())}
                )
            ),
            tuple(Labelled(each.span, each.value) for each in self._of("TIMEX3")),
        )

    def _of(self, kind: str) -> Iterator[Markable]:
        return (each for each in self.marks.values() if each.kind == kind)

    def _mention(self, mark: Markable) -> Mention:
        instance, page = self.instance_of.get(mark.id, (f"alone-{mark.id}", ""))
        title = fold_title(page.rsplit("/", 1)[-1]) if "dbpedia" in page else ""
        return Mention(mark.span, instance, frozenset({title} if title else ()))

    def _pairs(self, kind: str) -> Iterator[Pair]:
        for relation in self.relations:
            if relation.kind == kind:
                for one, other in product(relation.source, relation.target):
                    if one in self.marks and other in self.marks:
                        yield Pair(self.marks[one].span, self.marks[other].span, relation.sem_role)


def _ours(outcome: Outcome, limit: int) -> Answer:
    """Our reading of the annotated sentences."""
    reading, lookup = outcome.reading, Lookup(outcome.reading)
    claims = {each.id: each for each in reading.claims if each.trigger.end <= limit}
    chained = {span: chain.entity for chain in reading.chains for span in chain.spans}
    mentions = []
    for index, mention in enumerate(reading.mentions):
        entity = lookup.entity(index)
        alone = chained.get(mention.span, f"alone-{index}")
        cluster, pages = (entity.id, titles(entity)) if entity else (alone, frozenset())
        if mention.span.end <= limit:
            mentions.append(Mention(mention.span, cluster, pages))
    known = {mention.span for mention in mentions}
    mentions += [
        Mention(span, entity)
        for span, entity in chained.items()
        if span.end <= limit and span not in known
    ]
    participants = {
        Pair(claim.trigger, each.filler.span, ROLES.get(each.role, "Argm-OTHER"))
        for claim in claims.values()
        for each in claim.arguments
        if each.filler.event is None
    }
    opened = [e for e in reading.open_claims if e.trigger.end <= limit and e.arguments]
    links = slinks(opened, claims.values())
    reports = {Pair(cue, event) for cue, event, _ in links}
    sources = {Pair(source, event) for _, event, found in links for source in found}
    return Answer(
        tuple(mentions),
        tuple(Event(e.trigger, _held(e.factuality), e.rule) for e in claims.values()),
        tuple(sorted(participants)),
        tuple(sorted(reports)),
        tuple(sorted(sources)),
        tuple(
            each
            for time in outcome.times
            if time.span.end <= limit
            for each in timexes(time, reading.document.text)
        ),
    )


def _mention_rows(gold: Sequence[Mention], ours: Sequence[Mention]) -> dict[str, Row]:
    spans = [[Labelled(each.span) for each in side] for side in (gold, ours)]
    pairs = dict(match_spans(spans[0], spans[1], any_label))
    paged = [at for at, each in enumerate(gold) if each.pages]
    right = sum(at in pairs and bool(gold[at].pages & ours[pairs[at]].pages) for at in paged)
    name_of = {right: left for left, right in pairs.items()}
    return {
        "entity": (len(pairs), len(ours), len(pairs), len(gold)),
        "entity_exact": span_row(spans[0], spans[1], any_label, exact=True),
        "link": (right, len(paged)),
        "coreference": conll_row(
            _clusters(gold, range(len(gold))),
            _clusters(ours, [name_of.get(at, len(gold) + at) for at in range(len(ours))]),
        ),
    }


def _clusters(mentions: Sequence[Mention], names: Sequence[int]) -> list[set[int]]:
    found: dict[str, set[int]] = {}
    for mention, name in zip(mentions, names, strict=True):
        found.setdefault(mention.cluster, set()).add(name)
    return [cluster for cluster in found.values() if len(cluster) > 1]


def _event_rows(gold: Sequence[Event], ours: Sequence[Event]) -> dict[str, Row]:
    pairs = match_spans(
        [Labelled(each.span) for each in gold], [Labelled(each.span) for each in ours], any_label
    )
    wanted = [gold[left].perspective for left, _ in pairs]
    given = [ours[right].perspective for _, right in pairs]
    rows: dict[str, Row] = {
        "event": (len(pairs), len(ours), len(pairs), len(gold)),
        "perspective": class_row(PERSPECTIVES, wanted, given),
    }
    for name, values in RARE.items():
        hits = [[bool(set(each.split("|")) & set(values.split())) for each in side]
                for side in (wanted, given)]  # fmt: skip
        right = sum(one and other for one, other in zip(*hits, strict=True))
        rows[name] = (right, sum(hits[1]), right, sum(hits[0]))
    return rows


def _pair_row(gold: Sequence[Pair], ours: Sequence[Pair]) -> Row:
    right = len(
        best_assignment(
            {
                (left, right): 1.0
                for left, one in enumerate(gold)
                for right, other in enumerate(ours)
                if one.label == other.label
                and one.one.overlaps(other.one)
                and one.other.overlaps(other.other)
            }
        )
    )
    return (right, len(ours), right, len(gold))


def _bare(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted({Pair(each.one, each.other) for each in pairs})


def _perspective(mark: Markable) -> str:
    known = (
        mark.polarity if mark.polarity in POLARITIES else "UNDERSPECIFIED",
        mark.certainty if mark.certainty in CERTAINTIES else "UNDERSPECIFIED",
        mark.time if mark.time in TIMES else "UNDERSPECIFIED",
    )
    return "|".join(known)


def _held(factuality: Factuality) -> str:
    polarity = {"positive": "POS", "negative": "NEG"}.get(factuality.polarity, "UNDERSPECIFIED")
    future = factuality.tense == "future" or factuality.modality in ("planned", "expected")
    return f"{polarity}|{factuality.certainty.upper()}|{'FUTURE' if future else 'NON_FUTURE'}"


def _slips(item: Item, key: Answer, answer: Answer) -> Iterator[Slip]:
    """Missed reports and misread perspectives: missed events here are mostly not of our kind."""

    def words(span: Span) -> str:
        return item.text[span.start : span.end]

    pairs = match_spans(
        [Labelled(each.span) for each in key.events],
        [Labelled(each.span) for each in answer.events],
        any_label,
    )
    for left, right in pairs:
        gold, ours = key.events[left], answer.events[right]
        if gold.perspective != ours.perspective:
            sentence = sentence_of(item.text, gold.span)
            label = f"{words(gold.span)} {gold.perspective}"
            yield Slip("perspective_wrong", sentence, label, ours.perspective, ours.rule)
    found = [(each.one, each.other) for each in answer.sources]
    for pair in key.sources:
        if not any(pair.one.overlaps(s) and pair.other.overlaps(e) for s, e in found):
            sentence = sentence_of(item.text, pair.other)
            yield Slip("source_miss", sentence, f"{words(pair.one)}: {words(pair.other)}")


def _limit(item: Item) -> int:
    """Where the fully annotated sentences end."""
    last = item.last_fully_annotated_sentence
    return max((end for _, sentence, _, end in item.tokens if sentence <= last), default=0)


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
