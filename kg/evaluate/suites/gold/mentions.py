"""Scores mentions, their links and clusters, and time expressions."""

from __future__ import annotations

from collections.abc import Iterator

from kg import vocab
from kg.evaluate.measure import Row
from kg.evaluate.scores.coreference import conll_row
from kg.evaluate.scores.spans import (
    Labelled,
    any_label,
    match_spans,
    same_label,
    span_row,
    without_determiner,
)
from kg.evaluate.suite import Slip
from kg.evaluate.suites.gold.alignment import Alignment
from kg.evaluate.suites.gold.records import (
    GoldAnswer,
    GoldEntity,
    GoldMention,
    GoldTime,
    OurEntity,
    OurTime,
)
from kg.model import Span


def mention_rows(
    answer: GoldAnswer, alignment: Alignment, text: str
) -> tuple[dict[str, Row], list[Slip]]:
    """Rows `mention`, `mention_exact`, `mention_typed`, `coreference`; slips of the first."""
    gold, ours = alignment.gold.mentions, answer.mentions
    right = len(alignment.pairs)
    types = {each.id: "|".join((each.type, *each.type_alt)) for each in alignment.gold.entities}
    rows: dict[str, Row] = {
        "mention": (right, len(ours), right, len(gold)),
        "mention_exact": span_row(
            [Labelled(without_determiner(text, each.span)) for each in gold],
            [Labelled(without_determiner(text, each.span)) for each in ours],
            exact=True,
        ),
        "mention_typed": span_row(
            [Labelled(each.span, types.get(each.entity, "")) for each in gold],
            [Labelled(each.span, _type(answer, each.entity) or each.type) for each in ours],
            _kin,
        ),
        "coreference": _clusters(answer, alignment),
    }
    found_gold = {left for left, _ in alignment.pairs}
    found_ours = {right for _, right in alignment.pairs}
    slips = [
        Slip("mention_miss", _sentence(each.span, alignment), f"{each.type} {each.text}")
        for at, each in enumerate(gold)
        if at not in found_gold
    ]
    slips += [
        Slip("mention_false", _sentence(each.span, alignment), "", _quoted(text, each.span))
        for at, each in enumerate(ours)
        if at not in found_ours
    ]
    return rows, slips


def link_row(answer: GoldAnswer, alignment: Alignment) -> tuple[Row, list[Slip]]:
    """(right, all) over gold names and demonyms whose entity has an identifier."""
    entities = {each.id: each for each in alignment.gold.entities}
    ours_at = dict(alignment.pairs)
    right = wanted = 0
    slips: list[Slip] = []
    for at, mention in enumerate(alignment.gold.mentions):
        targets = [entities[each] for each in sorted(mention.accepted) if each in entities]
        if mention.type not in ("NAM", "ADJ") or not _identified(mention, entities):
            continue
        wanted += 1
        key = answer.mentions[ours_at[at]].entity if at in ours_at else None
        linked = answer.entities.get(key) if key else None
        if linked and any(_same_thing(linked, target) for target in targets):
            right += 1
        elif at in ours_at:
            sentence = _sentence(mention.span, alignment)
            slips.append(
                Slip("link_wrong", sentence, f"{mention.text}={mention.entity}", key or "")
            )
    return (right, wanted), slips


def time_rows(answer: GoldAnswer, gold: tuple[GoldTime, ...]) -> dict[str, Row]:
    """Rows `time` (overlap) and `time_value` (of gold expressions: same value or same bounds)."""
    wanted = [Labelled(Span(each.start, each.end)) for each in gold]
    pairs = match_spans(wanted, [Labelled(each.span) for each in answer.times], any_label)
    same = sum(_same_time(gold[left], answer.times[right]) for left, right in pairs)
    found = len(pairs)
    return {
        "time": (found, len(answer.times), found, len(gold)),
        "time_value": (same, len(gold)),
    }


def _same_time(gold: GoldTime, ours: OurTime) -> bool:
    bounds = (gold.earliest, gold.latest)
    return ours.value == gold.value or (any(bounds) and ours.bounds == bounds)


def _clusters(answer: GoldAnswer, alignment: Alignment) -> Row:
    """Entity clusters compared over the mentions that both sides have, singletons left out."""
    name_of = {right: left for left, right in alignment.pairs}
    gold: dict[str, set[int]] = {}
    ours: dict[str, set[int]] = {}
    for at, mention in enumerate(alignment.gold.mentions):
        gold.setdefault(mention.entity, set()).add(at)
    beyond = len(alignment.gold.mentions)
    for at, each in enumerate(answer.mentions):
        if each.entity is not None:
            ours.setdefault(each.entity, set()).add(name_of.get(at, beyond + at))
    return conll_row(
        [each for each in gold.values() if len(each) > 1],
        [each for each in ours.values() if len(each) > 1],
    )


def _type(answer: GoldAnswer, key: str | None) -> str:
    return answer.entities[key].type if key in answer.entities else ""


def _kin(gold: Labelled, ours: Labelled) -> bool:
    """Same class, or one is a super-class of the other; the gold may accept several."""
    return same_label(gold, ours) or any(
        vocab.is_a(one, other)
        for each in gold.label.split("|")
        for one, other in ((each, ours.label), (ours.label, each))
        if one in vocab.CLASSES and other in vocab.CLASSES
    )


def _identified(mention: GoldMention, entities: dict[str, GoldEntity]) -> bool:
    entity = entities.get(mention.entity)
    return entity is not None and (entity.wikidata is not None or entity.geonames is not None)


def _same_thing(ours: OurEntity, gold: GoldEntity) -> bool:
    return (ours.wikidata is not None and ours.wikidata == gold.wikidata) or (
        ours.geonames is not None and ours.geonames == gold.geonames
    )


def _sentence(span: Span, alignment: Alignment) -> str:
    return next(
        (each.text for each in alignment.gold.sentences if each.start <= span.start < each.end), ""
    )


def _quoted(text: str, span: Span) -> str:
    return text[span.start : span.end]


def slips_of_times(answer: GoldAnswer, alignment: Alignment, text: str) -> Iterator[Slip]:
    """Missed, invented and misread time expressions."""
    gold = alignment.gold.times
    wanted = [Labelled(Span(each.start, each.end)) for each in gold]
    pairs = dict(match_spans(wanted, [Labelled(each.span) for each in answer.times], any_label))
    for left, time in enumerate(gold):
        sentence = _sentence(wanted[left].span, alignment)
        label = f"{time.text}={time.value}"
        if left not in pairs:
            yield Slip("time_miss", sentence, label)
        elif not _same_time(time, answer.times[pairs[left]]):
            yield Slip("time_wrong", sentence, label, str(answer.times[pairs[left]].value))
    for right, ours in enumerate(answer.times):
        if right not in pairs.values():
            yield Slip("time_false", _sentence(ours.span, alignment), "", _quoted(text, ours.span))
