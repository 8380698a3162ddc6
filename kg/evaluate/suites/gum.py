"""Suite `gum`: news and interviews with nested mentions, coreference, links, dates, attribution.

The other genres of the corpus are left out; `news` and `interview` are also reported as parts.

================================ ==================================================================
conll_f1                         coreference of exact spans, without singletons (as published)
conll_singletons_f1              the same with singletons
conll_aligned_f1                 without singletons, mentions aligned by overlap, one to one
mention_f1                       noun phrases: the same span (a leading article aside)
typed_f1                         the same span and type
name_recall                      of mentions with a Wikipedia page: found
link_accuracy                    of proper names with a Wikipedia page: ours is that one
date_f1, date_value_f1           dates: any overlap; overlap and the same value or bounds
source_f1, source_exact_f1       sources of attributed statements: any overlap; the same span
content_recall                   of attributed statements: a claim of ours in it has that source
================================ ==================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from kg import vocab
from kg.evaluate.lookup import Lookup, by_class, fillers, fold_title, sentence_of, titles
from kg.evaluate.measure import F1, MEAN_F1, SHARE, Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.coreference import conll_row
from kg.evaluate.scores.spans import (
    Labelled,
    any_label,
    match_spans,
    same_label,
    span_row,
    without_determiner,
)
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.timex import timex_value
from kg.model import Span, Time

GENRES = ("news", "interview")
TYPES = {
    "Person": "person", "PersonGroup": "person", "Organization": "organization",
    "Place": "place", "Country": "place", "GroupOfStates": "organization", "Materiel": "object",
    "Conflict": "event", "InformationArtifact": "abstract", "Law": "abstract", "Role": "abstract",
    "Platform": "object",
}  # fmt: skip
_WEEKDAY = re.compile(r"(\w+day), (?=\w)")
_ADVERBS = ("now", "currently", "recently", "lately", "later", "earlier", "previously", "once")
UNCLASSED = "abstract"  # common nouns that no class of ours covers


@dataclass(frozen=True, slots=True)
class Stretch:
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class GumMention:
    start: int
    end: int
    text: str
    type: str
    cluster: str
    wikipedia: str | None = None


class GumDate(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """A date as TEI has it: a point, a stretch, or bounds."""

    start: int
    end: int
    when: str | None = None
    first: str | None = None
    last: str | None = None
    notBefore: str | None = None  # noqa: N815 - the names of the fields in the file
    notAfter: str | None = None  # noqa: N815


@dataclass(frozen=True, slots=True)
class Attribution:
    content_head_edu: Stretch
    source: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    genre: str
    text: str
    mentions: tuple[GumMention, ...]
    dates: tuple[GumDate, ...]
    attributions: tuple[Attribution, ...]
    date_created: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    span: Span
    type: str
    cluster: str
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """`contents` are (words of the statement, its source)."""

    mentions: tuple[Mention, ...] = ()
    dates: tuple[Labelled, ...] = ()
    sources: tuple[Span, ...] = ()
    contents: tuple[tuple[Span, Span], ...] = field(default=())


class Gum(Suite[Item, Answer]):
    """The Georgetown University Multilayer corpus (Zeldes 2017), its Wikinews genres."""

    name = "gum"
    patterns = ("gum_*.jsonl", "gum_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("conll_f1", "conll", MEAN_F1, "OntoGUM low .60s (remembered)"),
        Metric("conll_singletons_f1", "conll_singletons", MEAN_F1),
        Metric("conll_aligned_f1", "conll_aligned", MEAN_F1),
        Metric("mention_f1", "mention", F1),
        Metric("typed_f1", "typed", F1),
        Metric("name_recall", "name", SHARE),
        Metric("link_accuracy", "link", SHARE),
        Metric("date_f1", "date", F1),
        Metric("date_value_f1", "date_value", F1),
        Metric("source_f1", "source", F1),
        Metric("source_exact_f1", "source_exact", F1),
        Metric("content_recall", "content", SHARE),
    )

    def load(self, files: Sequence[Path], problems: list[str]) -> list[Item]:
        return [item for item in super().load(files, problems) if item.genre in GENRES]

    def text(self, item: Item) -> Text:
        try:
            published = date.fromisoformat(item.date_created)
        except ValueError:
            published = None
        return Text(item.id, item.text, published)

    def part(self, item: Item) -> str:
        return item.genre

    def key(self, item: Item) -> Answer:
        sourced = [each for each in item.attributions if each.source]
        return Answer(
            tuple(
                Mention(
                    Span(each.start, each.end),
                    each.type,
                    each.cluster,
                    frozenset({fold_title(each.wikipedia)} if each.wikipedia else ()),
                )
                for each in item.mentions
            ),
            tuple(Labelled(Span(each.start, each.end), _date_value(each)) for each in item.dates),
            tuple(sorted({each.source.span for each in sourced if each.source})),
            tuple(
                (each.content_head_edu.span, each.source.span) for each in sourced if each.source
            ),
        )

    def blank(self, _item: Item) -> Answer:
        return Answer()

    def answer(self, item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        lookup = Lookup(outcome.reading)
        reading = outcome.reading
        contents = tuple(
            (claim.trigger, source.span)
            for claim in (*reading.claims, *(e for e in reading.open_claims if e.arguments))
            for step in claim.attributions[:1]
            for source in step.sources
        )
        speakers = {
            filler.span
            for claim in outcome.reading.claims
            if vocab.is_a(claim.type, "CommunicationEvent")
            for filler in fillers(claim, "agent")
        }
        return Answer(
            (*_mentions(lookup, outcome.phrases), *_dates(item, outcome.times)),
            tuple(
                Labelled(time.span, "|".join({timex_value(time) or "": 0, _bounds(time): 0}))
                for time in outcome.times
            ),
            tuple(sorted(speakers | {source for _, source in contents})),
            contents,
        )

    def judge(self, item: Item, answer: Answer) -> Judgement:
        key = self.key(item)
        sources = [[Labelled(_bare(item, s)) for s in side.sources] for side in (key, answer)]
        told = [_told(content, answer) for content in key.contents]
        rows = {
            **_mention_rows(item, key.mentions, answer.mentions),
            "date": span_row(key.dates, answer.dates, any_label),
            "date_value": span_row(key.dates, answer.dates, _same_date),
            "source": span_row(sources[0], sources[1], any_label),
            "source_exact": span_row(sources[0], sources[1], any_label, exact=True),
            "content": (sum(told), len(told)),
        }
        return Judgement(rows, tuple(_slips(item, key, answer, told)))


def _mentions(lookup: Lookup, phrases: Sequence[Span | None]) -> Iterator[Mention]:
    """Our mentions with whole phrases as spans, as GUM has them; those of chains add to them."""
    acting = lookup.acting()
    chained = {span: chain.entity for chain in lookup.reading.chains for span in chain.spans}
    for index, mention in enumerate(lookup.reading.mentions):
        phrase = phrases[index] if phrases else mention.span
        if phrase is None:
            continue
        entity = lookup.entity(index)
        kind = by_class(TYPES, lookup.type(index)) or UNCLASSED
        if kind == "place" and entity and entity.type == "Country" and index in acting:
            kind = "organization"  # GUM types a state that acts as a government as one
        yield Mention(
            phrase,
            kind,
            entity.id if entity else chained.pop(mention.span, f"alone-{index}"),
            titles(entity) if entity else frozenset(),
        )
    further = phrases[len(lookup.reading.mentions) :]
    spans = (span for chain in lookup.reading.chains for span in chain.spans)
    for span, phrase in zip(spans, further, strict=True):
        if span in chained and phrase is not None:
            yield Mention(phrase, UNCLASSED, chained[span])


def _dates(item: Item, times: Sequence[Time]) -> Iterator[Mention]:
    """Time expressions, which GUM counts among the noun phrases; those of one value are the same.

    A weekday and the date beside it are two of them, an adverb is none. Durations and what is of no
    known day have no value that would tell two of them apart.
    """
    for number, time in enumerate(times):
        dated = time.edtf is not None and time.duration is None
        name = f"time-{time.edtf if dated else number}"
        words = item.text[time.span.start : time.span.end]
        day = _WEEKDAY.match(words)
        if day:
            start = time.span.start
            yield Mention(Span(start, start + day.end(1)), "time", name)
            yield Mention(Span(start + day.end(), time.span.end), "time", name)
        elif words.lower() not in _ADVERBS:
            yield Mention(time.span, "time", name)


def _mention_rows(item: Item, gold: Sequence[Mention], ours: Sequence[Mention]) -> dict[str, Row]:
    spans = [
        [Labelled(_bare(item, each.span), each.type) for each in side] for side in (gold, ours)
    ]
    pairs = dict(match_spans(spans[0], spans[1], any_label))
    paged = [at for at, each in enumerate(gold) if each.pages]
    named = [at for at in paged if item.text[gold[at].span.start : gold[at].span.end].istitle()]
    right = sum(at in pairs and bool(gold[at].pages & ours[pairs[at]].pages) for at in named)
    aligned = {right: left for left, right in pairs.items()}
    names = [aligned.get(at, len(gold) + at) for at in range(len(ours))]
    return {
        "mention": span_row(spans[0], spans[1], any_label, exact=True),
        "typed": span_row(spans[0], spans[1], same_label, exact=True),
        "name": (sum(at in pairs for at in paged), len(paged)),
        "link": (right, len(named)),
        "conll": conll_row(_by_span(gold, 2), _by_span(ours, 2)),
        "conll_singletons": conll_row(_by_span(gold, 1), _by_span(ours, 1)),
        "conll_aligned": conll_row(_by_name(gold, range(len(gold))), _by_name(ours, names)),
    }


def _by_span(mentions: Sequence[Mention], least: int) -> list[set[Span]]:
    found: dict[str, set[Span]] = {}
    for mention in mentions:
        found.setdefault(mention.cluster, set()).add(mention.span)
    return [cluster for cluster in found.values() if len(cluster) >= least]


def _by_name(mentions: Sequence[Mention], names: Sequence[int]) -> list[set[int]]:
    found: dict[str, set[int]] = {}
    for mention, name in zip(mentions, names, strict=True):
        found.setdefault(mention.cluster, set()).add(name)
    return [cluster for cluster in found.values() if len(cluster) > 1]


def _told(content: tuple[Span, Span], answer: Answer) -> bool:
    words, source = content
    return any(words.overlaps(one) and source.overlaps(other) for one, other in answer.contents)


def _date_value(each: GumDate) -> str:
    return each.when or (f"{each.first or each.notBefore or ''}/{each.last or each.notAfter or ''}")


def _bounds(time: Time) -> str:
    return f"{time.earliest or ''}/{time.latest or ''}"


def _same_date(gold: Labelled, ours: Labelled) -> bool:
    return gold.label in ours.label.split("|")


def _bare(item: Item, span: Span) -> Span:
    return without_determiner(item.text, span)


def _slips(item: Item, key: Answer, answer: Answer, told: Sequence[bool]) -> Iterator[Slip]:
    def words(span: Span) -> str:
        return item.text[span.start : span.end]

    for (content, source), right in zip(key.contents, told, strict=True):
        if not right:
            yield Slip("attribution_miss", sentence_of(item.text, content), words(source), "")
    pairs = dict(match_spans(key.dates, answer.dates, any_label))
    for at, each in enumerate(key.dates):
        sentence, label = sentence_of(item.text, each.span), f"{words(each.span)}={each.label}"
        if at not in pairs:
            yield Slip("time_miss", sentence, label)
        elif not _same_date(each, answer.dates[pairs[at]]):
            yield Slip("time_wrong", sentence, label, answer.dates[pairs[at]].label)
