"""Which gold entity each of a system's entities is, so that ends, fillers and sources compare."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.evaluate.scores.spans import Labelled, any_label, match_spans, overlap
from kg.evaluate.suites.gold.records import GoldAnswer, GoldMention, GoldRecord, OurFiller
from kg.model import Span

_WEIGHT = {"NAM": 9, "ADJ": 3, "NOM": 3, "PRO": 1}  # a name says more than a resolved pronoun


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs` are matched mentions (gold, ours); `entities` maps our keys to gold ids."""

    gold: GoldRecord
    pairs: tuple[tuple[int, int], ...]
    entities: dict[str, str]
    sides: dict[str, str]

    def identify(self, filler: OurFiller) -> frozenset[str]:
        """The gold entities it may be: by its entity, else by the mention it covers."""
        if filler.entity is not None and filler.entity in self.entities:
            return frozenset({self.entities[filler.entity]})
        mention = _nearest(self.gold.mentions, filler.span)
        return mention.accepted if mention else frozenset()

    def side(self, entity: str) -> str:
        """The state or group a gold entity acts for, itself if nothing else is said."""
        return self.sides.get(entity, entity)


def align(gold: GoldRecord, answer: GoldAnswer) -> Alignment:
    """By identifier, else by most of the mentions, else by name, else by the side acted for."""
    pairs = match_spans(
        [Labelled(mention.span) for mention in gold.mentions],
        [Labelled(mention.span) for mention in answer.mentions],
        any_label,
    )
    votes: dict[str, Counter[str]] = {}
    for left, right in pairs:
        key, mention = answer.mentions[right].entity, gold.mentions[left]
        if key is not None:
            votes.setdefault(key, Counter())[mention.entity] += _WEIGHT.get(mention.type, 1)
    by_id = _by_identifier(gold)
    by_name = {
        name.casefold(): each.id for each in gold.entities for name in (*each.aliases, each.name)
    }
    found: dict[str, str] = {}
    for key, entity in answer.entities.items():
        known = by_id.get(str(entity.wikidata)) or by_id.get(str(entity.geonames))
        voted = (
            min(votes[key], key=lambda name: (-votes[key][name], name)) if key in votes else None
        )
        if match := known or voted or by_name.get(entity.label.casefold()):
            found[key] = match
    sides = {each.id: each.side for each in gold.entities if each.side}
    _align_sides(answer, sides, found)
    return Alignment(gold, tuple(pairs), found, sides)


def _align_sides(answer: GoldAnswer, sides: dict[str, str], found: dict[str, str]) -> None:
    """A state that is only the side of someone mentioned is the gold's side of that someone."""
    for key, entity in answer.entities.items():
        if entity.side and key in found and entity.side not in found and found[key] in sides:
            found[entity.side] = sides[found[key]]


def _by_identifier(gold: GoldRecord) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in gold.entities:
        for identifier in (each.wikidata, each.geonames):
            if identifier is not None:
                found.setdefault(str(identifier), each.id)
    return found


def _nearest(mentions: tuple[GoldMention, ...], span: Span) -> GoldMention | None:
    """The mention that shares most with the span, relative to what both cover."""

    def shared(mention: GoldMention) -> float:
        common = overlap(mention.span, span)
        return common / (mention.end - mention.start + span.end - span.start - common)

    covering = [mention for mention in mentions if overlap(mention.span, span)]
    return max(covering, key=lambda each: (shared(each), -each.start), default=None)
