"""What the text says of where a place lies: "London, Ontario", "Edmonton, south of Cairns"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from kg.gazetteer import Entry, Gazetteer
from kg.model import Annotation
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a, is_one_of

_APPENDED = ("appos", "npadvmod", "nmod", "dep", "punct")  # the last of "Sask."
_JOINED = ("conj", "appos")
_OF_STATES = ("GovernmentBody", "ArmedForce", "MilitaryUnit")
_OUTSIDE_KM = 300.0  # from the middle of a region
_QUARTER_KM = 60.0  # what lies nearer to a city may be a part of it
_FAR_MORE = 2
_LOOKED_AT = 6  # tokens after a name


class Said:
    """The names beside a name that say where it lies, of one document."""

    def __init__(self, annotation: Annotation, gazetteer: Gazetteer, index: PhraseIndex) -> None:
        self._mentions = annotation.mentions
        self._tokens = annotation.tokens
        self._gazetteer = gazetteer
        self._index = index
        self._starting = {
            mention.span.start: number
            for number, mention in enumerate(annotation.mentions)
            if mention.level == "NAM"
        }
        self.following: Mapping[int, int] = dict(self._containers())
        self._inside = {after: before for before, after in self.following.items()}

    def entries(self, number: int) -> list[Entry]:
        """The candidates of a mention."""
        return [self._gazetteer[id_] for id_ in self._mentions[number].candidates]

    def around(self, number: int) -> int | None:
        """The mention of what a place lies in by what the text says, if it says so."""
        return self.following.get(number, self._quartered.get(number))

    def is_around(self, number: int) -> bool:
        """Whether a place before it lies there ("Oso, Washington"): it is no seat of power then."""
        return number in self._inside

    def lies(self, number: int, entry: Entry) -> bool:
        """As in "London, Ontario": the name after the comma is where the place lies."""
        if number not in self.following:
            return False
        around = self._mentions[self.following[number]].candidates
        region = self._gazetteer.get(entry.within or "")
        return any(id_ in (entry.within, entry.country, region and region.within) for id_ in around)

    def contains(self, number: int, entry: Entry) -> bool:
        """As in "Buffalo, New York": the region is meant, and not the city of its name.

        Where the state has such a city, the place before the comma must be known as another one,
        or be unknown and the city lie elsewhere: "Oso, Washington" is not in the capital.
        """
        inner = self._inside.get(number)
        if inner is None or entry.type != "Region":
            return False
        cities = [
            each
            for each in self.entries(number)
            if is_a(each.type, "PopulatedPlace") and each.country == entry.country
        ]
        known = self.entries(inner)
        places = [each for each in known if each.within == entry.id]
        states = {each.id for each in self.entries(number) if each.type == "Country"}
        if any(each.country in states for each in known):
            return False  # "Toluca, Mexico"
        after = self.following.get(number)
        most = max((each.population or 0 for each in cities), default=0)
        larger = (entry.settled or 0) > _FAR_MORE * most  # of a town and much else
        if larger and after is not None and entry.country in self._mentions[after].candidates:
            return True  # "Lodi, New York, United States"; not "Basta, Beirut, Lebanon"
        if not known and all(distance(entry, city) > _OUTSIDE_KM for city in cities):
            return True
        return not cities or any(
            distance(place, city) > _QUARTER_KM for place in places for city in cities
        )

    def lies_elsewhere(self, number: int, entry: Entry) -> bool:
        """As in "Paris, Idaho", where the candidate is the one in France."""
        if not is_a(entry.type, "Place"):
            body = is_a(entry.type, "Organization")
            return body and (self._is_of_other(number, entry) or self._is_foreign(number, entry))
        if not is_a(entry.type, "PopulatedPlace"):
            return entry.type == "Region" and self._is_abroad(number, entry)
        return self._is_outside(number, entry) or self._is_far(number, entry)

    def _is_of_other(self, number: int, entry: Entry) -> bool:
        """As in "Iowa's House of Representatives", "the Kenyan Red Cross": a body of its own.

        What belongs to a region is not of the state, nor international what a state has.
        """
        kinds = ("Region", "Country") if entry.type == "InternationalOrganization" else ("Region",)
        beside = self._index.children(self._mentions[number].head, "poss", "amod", "compound")
        found = [n for n in map(self._index.by_head.get, beside) if n is not None]
        owned = [n for n in found if self._tokens[self._mentions[n].head].deprel == "poss"]
        one = entry.type == "InternationalOrganization"  # "the Kenya Red Cross"
        owned += [n for n in found if one or self._mentions[n].level == "ADJ"]
        return any(
            bool(self.entries(n)) and all(each.type in kinds for each in self.entries(n))
            for n in owned
        )

    def _is_foreign(self, number: int, entry: Entry) -> bool:
        """As in "the Ethiopian National Security Service", which is none of Sudan."""
        home = entry.country or entry.side
        if home is None or not is_one_of(entry.type, _OF_STATES):
            return False
        mention = self._mentions[number]
        before = mention.head - 1
        while before >= 0 and self._tokens[before].start >= mention.span.start:
            before -= 1
        beside = self._index.by_head.get(before)
        states = []
        if beside is not None and self._mentions[beside].level == "ADJ":
            states = [each for each in self.entries(beside) if each.type == "Country"]
        for prep in self._index.children(mention.head, "prep"):  # "Liberation Army of Manipur"
            if self._tokens[prep].form == "of":
                places = map(self._index.by_head.get, self._index.children(prep, "pobj"))
                states += [e for n in places if n is not None for e in self.entries(n)]
        return bool(states) and all(home not in (each.id, each.country) for each in states)

    def _is_abroad(self, number: int, entry: Entry) -> bool:
        """As in "Cairo, Illinois", where the candidate is a region of Egypt."""
        after = self.following.get(number)
        if after is None or not self._is_appended(number, after):
            return False
        regions = self.entries(after)
        countries = {each.country for each in regions if is_a(each.type, "Region")}
        return len(countries) == 1 == len(regions) and entry.country not in countries

    def _is_outside(self, number: int, entry: Entry) -> bool:
        """Not in the region that is appended to the name, unless that may be a list of places.

        Within one state it must also be far from the region, as borders of regions change.
        """
        after = self.following.get(number)
        if after is None or self.lies(number, entry) or not self._is_appended(number, after):
            return False
        regions = self.entries(after)
        if not all(is_a(each.type, "Region") for each in regions):
            return False
        if entry.country not in {each.country for each in regions}:
            return True
        placed = [each for each in regions if each.lat is not None]
        return bool(placed) and min(distance(entry, each) for each in placed) > _OUTSIDE_KM

    def _is_appended(self, number: int, after: int) -> bool:
        heads = [self._mentions[each].head for each in (number, after)]
        listed = any(self._index.children(head, "conj", "cc") for head in heads)
        return self._tokens[heads[1]].deprel in _APPENDED and not listed

    def _is_far(self, number: int, entry: Entry) -> bool:
        """Farther from the place beside it than anything is that lies "just outside" it."""
        near = self._near.get(number) or self._nearby_of_quarter(number)
        if near is None or entry.lat is None:
            return False
        anchors = [each for each in self.entries(near[0]) if each.lat is not None]
        return bool(anchors) and min(distance(entry, each) for each in anchors) > near[1]

    def _nearby_of_quarter(self, number: int) -> tuple[int, float] | None:
        whole = self._quartered.get(number)
        return None if whole is None else (whole, coreference_rules().beside["outside"])

    @cached_property
    def _near(self) -> dict[int, tuple[int, float]]:
        """By mention, the place beside it and how many kilometres away it may be."""
        found = {}
        for number, mention in enumerate(self._mentions):
            if mention.level == "NAM" and is_a(mention.type, "Place"):
                near = self._beside(mention.head + 1)
                if near is not None:
                    found[number] = near
        return found

    def _beside(self, at: int) -> tuple[int, float] | None:
        """As in ", just outside Cairns", ", 20 kilometres south of Cairns"."""
        reach = coreference_rules().beside
        for index in range(at, min(at + _LOOKED_AT, len(self._tokens) - 2)):
            word = self._tokens[index].form.lower()
            after = index + 1 + (self._tokens[index + 1].form.lower() == "of")
            if word in reach and after < len(self._tokens):
                number = self._starting.get(self._tokens[after].start)
                return None if number is None else (number, reach[word])
            if self._tokens[index].upos not in ("PUNCT", "ADV", "NUM", "NOUN"):
                return None
        return None

    @cached_property
    def _quartered(self) -> dict[int, int]:
        """By mention, the town that it is a quarter of: "the Cairns suburbs of X and Y"."""
        found = {}
        for number, mention in enumerate(self._mentions):
            if mention.level == "NAM":
                town = self._town_of(mention.head)
                if town is not None and town != number:
                    found[number] = town
        return found

    def _town_of(self, head: int) -> int | None:
        for owner in self._index.children(head, "poss"):  # "London's Heathrow"
            return self._town(owner)
        while self._tokens[head].deprel in _JOINED:
            head = self._tokens[head].head
        prep = self._tokens[head].head
        noun = self._tokens[prep].head
        if self._tokens[head].deprel != "pobj" or self._tokens[prep].form.lower() != "of":
            return None
        if self._tokens[noun].form.lower() not in coreference_rules().quarters:
            return None
        for child in self._index.children(noun, "compound", "poss", "nmod", "amod"):
            town = self._town(child)
            if town is not None:
                several = self._tokens[noun].form.lower().endswith("s")
                return town if several or self._is_bigger(town, head) else None
        return None

    def _is_bigger(self, town: int, head: int) -> bool:
        """Not so in "the Eastleigh suburb of Nairobi", where the name of the city stands last."""
        other = self._index.by_head.get(head)
        return other is None or self._persons(town) > self._persons(other)

    def _persons(self, number: int) -> int:
        return max((each.population or 0 for each in self.entries(number)), default=0)

    def _town(self, index: int) -> int | None:
        number = self._index.by_head.get(index)
        named = number is not None and self._mentions[number].level == "NAM"
        return (
            number if named and is_a(self._mentions[number or 0].type, "PopulatedPlace") else None
        )

    def _containers(self) -> Iterator[tuple[int, int]]:
        """By mention, the name of a region or state right after its comma."""
        named = [n for n, each in enumerate(self._mentions) if each.level == "NAM"]
        for number, after in pairwise(named):
            if self._is_after_comma(number, after) and any(map(_contains, self.entries(after))):
                yield number, after

    def _is_after_comma(self, number: int, after: int) -> bool:
        """Also ", in Ohio", ", in the state of Ohio"."""
        span, other = self._mentions[number].span, self._mentions[after].span
        first = self._mentions[number].head + 1
        if first >= len(self._tokens) or self._tokens[first].form != ",":
            return False
        if span.end < other.start <= span.end + 3:
            return True
        between = [token.form.lower() for token in self._tokens[first + 1 : first + 5]]
        return any(
            between[: len(words)] == list(words)
            and self._starting.get(self._tokens[first + 1 + len(words)].start) == after
            for words in _INSIDE
            if first + 1 + len(words) < len(self._tokens)
        )


_INSIDE: Sequence[tuple[str, ...]] = (
    ("in",),
    *(("in", "the", kind, "of") for kind in ("state", "province", "region", "governorate")),
)


def _contains(entry: Entry) -> bool:
    return is_a(entry.type, "Country") or is_a(entry.type, "Region")


def distance(one: Entry, other: Entry) -> float:
    """Great-circle distance in kilometres."""
    sin1, cos1, lon1 = _angles(one.lat, one.lon)
    sin2, cos2, lon2 = _angles(other.lat, other.lon)
    cosine = sin1 * sin2 + cos1 * cos2 * math.cos(lon1 - lon2)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


@lru_cache(maxsize=1 << 14)  # a name is compared with every place of the report
def _angles(lat: str | None, lon: str | None) -> tuple[float, float, float]:
    """Sine and cosine of the latitude, and the longitude."""
    latitude = math.radians(float(lat or 0))
    return math.sin(latitude), math.cos(latitude), math.radians(float(lon or 0))
