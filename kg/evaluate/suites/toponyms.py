"""What the three sets of place names in news share: the places of a reading, and their scores."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.evaluate.lookup import ACTING, Lookup, by_class, sentence_of
from kg.evaluate.measure import Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.spans import Labelled, any_label, match_spans
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Entity, Reference, Span

PLACES = {"Place": True, "Country": True}
LITERAL, METONYMIC = "literal", "metonymic"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name: its span, which place it is, and whether the place itself is meant."""

    span: Span
    geonames: int | None = None
    country: str | None = None
    point: tuple[float, float] | None = None
    title: str | None = None
    reading: str = LITERAL


type Toponyms = tuple[Toponym, ...]


class Passage(Protocol):
    """An item of such a set."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


class ToponymSuite[Item: Passage](Suite[Item, Toponyms]):
    """A set of texts with their place names; row `span` scores the exact spans."""

    def text(self, item: Item) -> Text:
        return Text(item.id, item.text)

    def blank(self, _item: Item) -> Toponyms:
        return ()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Toponyms:
        return places(outcome)

    def judge(self, item: Item, answer: Toponyms) -> Judgement:
        gold = self.key(item)
        pairs = matched(gold, answer)
        span = (len(pairs), len(answer), len(pairs), len(gold))
        rows = {"span": span, **self.rows(item, gold, answer, pairs)}
        return Judgement(rows, tuple(_slips(item.text, gold, answer, pairs)))

    @abstractmethod
    def rows(
        self, item: Item, gold: Toponyms, answer: Toponyms, pairs: Mapping[int, int]
    ) -> Mapping[str, Row]:
        """The other rows; `pairs` leads from names of the gold to ours with the same span."""


def places(outcome: Outcome) -> Toponyms:
    """The place names of a reading, demonyms included; a metonym is where its name points."""
    lookup = Lookup(outcome.reading)
    agents = _actors(lookup)
    found = []
    for index, mention in enumerate(outcome.reading.mentions):
        reference = lookup.reference(index)
        place = _place(lookup, reference)
        name = place.type if place else mention.type
        if mention.level not in ("NAM", "ADJ") or not by_class(PLACES, name):
            continue
        acting = (reference is not None and reference.surface is not None) or index in agents
        found.append(
            Toponym(
                mention.span,
                place.geonames if place else None,
                _country(lookup, place) if place else None,
                (float(place.lat), float(place.lon)) if place and place.lat and place.lon else None,
                place.label if place else None,
                METONYMIC if acting or mention.level == "ADJ" else LITERAL,
            )
        )
    return tuple(found)


def matched(gold: Sequence[Toponym], ours: Sequence[Toponym]) -> dict[int, int]:
    """Gold to ours by exact span."""
    sides = [[Labelled(each.span) for each in side] for side in (gold, ours)]
    return dict(match_spans(sides[0], sides[1], any_label, exact=True))


def identified(gold: Toponyms, ours: Toponyms, pairs: Mapping[int, int]) -> Row:
    """Of the found names with an id in the gold, those with the same id; and how many they are."""
    known = [at for at in pairs if gold[at].geonames is not None]
    return sum(ours[pairs[at]].geonames == gold[at].geonames for at in known), len(known)


def _slips(text: str, gold: Toponyms, ours: Toponyms, pairs: Mapping[int, int]) -> Iterator[Slip]:
    """Missed and invented names, and those linked to another place."""
    for at, each in enumerate(gold):
        words, sentence = text[each.span.start : each.span.end], sentence_of(text, each.span)
        if at not in pairs:
            yield Slip("toponym_miss", sentence, words)
        elif each.geonames is not None and ours[pairs[at]].geonames != each.geonames:
            given = f"{ours[pairs[at]].title} {ours[pairs[at]].geonames}"
            yield Slip("place_wrong", sentence, f"{words} {each.geonames}", given)
    for at, each in enumerate(ours):
        if at not in pairs.values():
            words = text[each.span.start : each.span.end]
            yield Slip("toponym_false", sentence_of(text, each.span), "", words)


def _actors(lookup: Lookup) -> set[int | None]:
    """Mentions that act in an event or speak: there a place name stands for its people."""
    claims = lookup.reading.claims
    acting = {
        each.filler.mention for claim in claims for each in claim.arguments if each.role in ACTING
    }
    return acting | {
        source.mention for claim in claims for step in claim.attributions for source in step.sources
    }


def _place(lookup: Lookup, reference: Reference | None) -> Entity | None:
    """What the name itself points to: the surface of a metonym, else the entity."""
    if reference is None:
        return None
    surface = lookup.entities.get(reference.surface or "")
    return surface or lookup.entities.get(reference.entity)


def _country(lookup: Lookup, place: Entity) -> str | None:
    """The id of the country that the place is or lies in."""
    seen: set[str] = set()
    at: Entity | None = place
    while at is not None and at.id not in seen:
        if at.type == "Country":
            return at.id
        seen.add(at.id)
        at = lookup.entities.get(at.within or at.side or "")
    return None
