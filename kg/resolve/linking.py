"""Linking names to known entities: scored candidates with the reason for the choice.

The countries and regions that the document speaks of outrank population, distances between places
outrank size, and a name without a fitting candidate stays unlinked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.gazetteer import Entry, Gazetteer, fold
from kg.model import Annotation, Mention
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a

_REGION_WORDS = (
    "region",
    "oblast",
    "province",
    "governorate",
    "state",
    "oblasts",
    "provinces",
    "regions",
)
_CITY_WORDS = ("city", "town", "village", "settlement")
_NEAR_KM = 250.0
_ACCEPT = 0.5
_SMALL = 50_000


@dataclass(frozen=True, slots=True)
class Link:
    """The chosen entry for a mention, its score in 0..1 and why."""

    entry: Entry
    score: float
    reason: str


class Linker:
    """Links the names of one document."""

    def __init__(self, annotation: Annotation, gazetteer: Gazetteer, index: PhraseIndex) -> None:
        self._mentions = annotation.mentions
        self._gazetteer = gazetteer
        self._index = index
        self._tokens = annotation.tokens
        self._countries: Counter[str] = Counter()
        self._regions: Counter[str] = Counter()
        self._places: list[Entry] = []
        self._named_regions = self._lower_names()

    def link(self) -> dict[int, Link]:
        """Links by mention; unambiguous names first, they are the context of the others."""
        found: dict[int, Link] = {}
        for number, mention in enumerate(self._mentions):
            entries = self._entries(mention)
            if mention.type == "Area":
                continue
            if len(entries) == 1 and not self._is_far_alias(mention, entries[0]):
                found[number] = Link(entries[0], 1.0, "only candidate")
                self._note(entries[0])
            elif entries and is_a(entries[0].type, "Country"):
                self._note(entries[0])
        for number, mention in enumerate(self._mentions):
            entries = self._entries(mention)
            if len(entries) > 1 and mention.type != "Area":
                link = self._best(mention, entries)
                if link is not None:
                    found[number] = link
                    self._note(link.entry)
        return {n: link for n, link in sorted(found.items()) if self._plausible(n, link)}

    def _entries(self, mention: Mention) -> list[Entry]:
        return [self._gazetteer[id_] for id_ in mention.candidates]

    def _note(self, entry: Entry) -> None:
        country = entry.id if entry.type == "Country" else entry.country or entry.side
        if country:
            self._countries[country] += 1
        if entry.type == "Region":
            self._regions[entry.id] += 1
        elif entry.within and entry.within != entry.country and is_a(entry.type, "Place"):
            self._regions[entry.within] += 1
        if entry.lat is not None and entry.type != "Country":
            self._places.append(entry)

    def _best(self, mention: Mention, entries: Sequence[Entry]) -> Link | None:
        scored = sorted(
            ((self._score(mention, entry), entry.id, entry) for entry in entries),
            key=lambda item: (-item[0][0], item[1]),
        )
        (score, reason), _, entry = scored[0]
        return Link(entry, min(1.0, score / 4), reason) if score >= _ACCEPT else None

    def _score(self, mention: Mention, entry: Entry) -> tuple[float, str]:
        """Points for a candidate, and the words for what gave them."""
        points, reasons = 0.0, []
        if entry.type == "Country" or not is_a(entry.type, "Place"):
            points += 2.0
            reasons.append("known name")
        if entry.country and entry.country in self._countries:
            points += 2.0
            reasons.append(f"country {entry.country} in the report")
        inside = entry.type != "Region" and entry.within in self._regions
        if entry.id in self._regions or inside:
            points += 1.5
            reasons.append("region in the report")
        near = self._nearest(entry)
        if near is not None and near < _NEAR_KM:
            points += 1.0 - near / _NEAR_KM
            reasons.append("near other places of the report")
        size = 1.4 if entry.type == "Region" else math.log10((entry.population or 1) + 1) / 4
        points += size + self._label_points(mention, entry)
        points += self._kind_points(mention, entry)
        return points, ", ".join(reasons) or "most populous"

    def _is_far_alias(self, mention: Mention, entry: Entry) -> bool:
        """A small place under another name, far from all that the report speaks of."""
        small = is_a(entry.type, "PopulatedPlace") and (entry.population or 0) < _SMALL
        if not small or self._label_points(mention, entry):
            return False
        near = self._nearest(entry)
        return entry.within not in self._regions and (near is None or near > _NEAR_KM / 2)

    def _label_points(self, mention: Mention, entry: Entry) -> float:
        """The usual name counts more than a former or foreign one."""
        text = " ".join(
            token.form
            for token in self._tokens[max(0, mention.head - 4) : mention.head + 1]
            if token.start >= mention.span.start
        )
        return 1.0 if fold(text) == fold(entry.label) or text == entry.label.split()[0] else 0.0

    def _nearest(self, entry: Entry) -> float | None:
        if entry.lat is None:
            return None
        others = [
            place for place in self._places if place.id != entry.id and place.label != entry.label
        ]
        return min((_distance(entry, place) for place in others), default=None)

    def _kind_points(self, mention: Mention, entry: Entry) -> float:
        """The word beside the name: "Kursk region", "the city of Kursk"."""
        words = self._kind_words(mention)
        if entry.type == "Region":
            if words & set(_REGION_WORDS):
                return 2.0
            named = any(
                f"{entry.label.split()[0]} {word}" in self._named_regions for word in _REGION_WORDS
            )
            return 2.5 if named else 0.0
        if words & set(_CITY_WORDS):
            return 1.5
        return 0.6 if is_a(entry.type, "PopulatedPlace") else 0.0

    def _lower_names(self) -> frozenset[str]:
        return frozenset(
            " ".join((m_tokens[0], m_tokens[1].lower())) for m_tokens in self._bigrams()
        )

    def _bigrams(self) -> list[tuple[str, str]]:
        return [
            (first.form, second.form)
            for first, second in zip(self._tokens, self._tokens[1:], strict=False)
            if second.form.lower() in _REGION_WORDS
        ]

    def _kind_words(self, mention: Mention) -> set[str]:
        found = set()
        head = self._tokens[mention.head]
        if head.deprel in ("compound", "conj", "nmod", "poss"):
            top = head
            for _ in range(4):
                top = self._tokens[top.head]
                found.add(top.form.lower())
                if top.deprel not in ("compound", "conj"):
                    break
        if head.deprel == "pobj" and self._tokens[head.head].form.lower() == "of":
            found.add(self._tokens[self._tokens[head.head].head].lemma.lower())
        return found

    def _plausible(self, number: int, link: Link) -> bool:
        """A person's name is not a place because a place bears it too."""
        mention = self._mentions[number]
        if mention.type != "Person" or link.entry.type == "Person":
            return True
        return link.score >= 0.75


def _distance(one: Entry, other: Entry) -> float:
    """Great-circle distance in kilometres."""
    lat1, lon1 = math.radians(float(one.lat or 0)), math.radians(float(one.lon or 0))
    lat2, lon2 = math.radians(float(other.lat or 0)), math.radians(float(other.lon or 0))
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(
        lon1 - lon2
    )
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))
