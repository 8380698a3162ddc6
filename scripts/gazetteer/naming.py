"""Which names a place keeps, which of them are weak, and the id it gets."""

from __future__ import annotations

import re
from collections import defaultdict

from gazetteer.regions import bare_region
from gazetteer.sources import Hand, Place, Policy
from gazetteer.text import shared_bigrams
from kg.gazetteer import fold

METROPOLIS = 1_500_000
WELL_KNOWN = 100_000
DOMINANCE = 5


def part_regions_from_cities(places: list[Place]) -> None:
    """Vienna the city keeps the bare label; the region of that name becomes "Vienna State"."""
    cities = {(p.iso2, p.label) for p in places if p.population >= WELL_KNOWN}
    for place in places:
        if place.type == "Region" and (place.iso2, place.label) in cities and place.kind:
            place.names.insert(0, place.label)
            place.label = f"{place.label} {place.kind}"


class Marker:
    """Decides which names of a place need support from the context, and which to drop."""

    def __init__(self, words: set[str], people: set[str], hand: Hand, policy: Policy) -> None:
        self.words, self.people = words, people | hand.people
        self.hand, self.policy = hand, policy

    def mark(self, place: Place, biggest: dict[str, int]) -> None:
        names = dict.fromkeys(filter(None, (place.label, *place.names)))
        ascii_forms = [fold(name) for name in names]
        names |= dict.fromkeys(ascii_forms)
        clean = [name for name in names if "|" not in name and "\t" not in name]
        kept = [name for name in clean if name == place.label or self.keeps(name, place, biggest)]
        place.names = kept
        place.weak = {name for name in kept if self.is_weak(name, place)}

    def keeps(self, name: str, place: Place, biggest: dict[str, int]) -> bool:
        plain = fold(name)
        if place.type == "Region":
            return not self.is_word(plain)
        if plain == fold(place.label):
            return True
        taken = plain in self.hand.names or self.is_word(plain) or plain in self.people
        if taken or is_fragment(plain, fold(place.label)):
            return False
        return biggest.get(plain, 0) < 10 * max(place.population, 1)

    def is_word(self, plain: str) -> bool:
        return all(part.lower() in self.words for part in re.split(r"[ '-]+", plain) if part)

    def is_weak(self, name: str, place: Place) -> bool:
        plain = fold(name)
        if plain in self.policy.strong or place.id in self.hand.capitals:
            return False
        if plain in self.policy.weak or self.is_word(plain) or len(plain) < 4:
            return True
        if place.type == "Region":
            return plain in self.people
        if plain != fold(place.label) and is_loose_alias(plain, place.label):
            return True
        if place.population >= METROPOLIS:
            return False
        parts = [part for part in re.split(r"[ '-]+", plain) if part]
        if all(part in self.people or part.lower() in self.words for part in parts):
            return True
        if place.geonames in self.hand.pinned or place.population >= WELL_KNOWN:
            return False
        return len(plain) == 4 or place.iso2 not in self.policy.alias_countries


def is_fragment(alias: str, label: str) -> bool:
    """One word of a longer name ("Hamad" of "Madinat Hamad"); but an Arabic article may go."""
    rest = [word for word in re.split(r"[ -]", label) if word != alias]
    return alias in re.split(r"[ -]", label) and not all(word in ARTICLES for word in rest)


ARTICLES = frozenset(["Al", "al", "An", "Ar", "As", "Ash", "At", "Ad", "Az", "El", "Et"])


def is_loose_alias(alias: str, label: str) -> bool:
    """A former name, an exonym or a scrap: fit to link a place, not to find one."""
    scrap = len(alias) <= 5 and " " not in alias
    return scrap or shared_bigrams(alias, fold(label)) < 0.4


def slug(name: str) -> str:
    text = re.sub(r"[^A-Za-z0-9-]+", "_", fold(name).replace("'", "").replace(".", ""))
    text = text.strip("_-")
    return text if text[:1].isalpha() else f"Place_{text}".rstrip("_")


def name_ids(places: list[Place], hand: Hand) -> None:
    """Plain ids where a name is unique or one bearer is far bigger, else with state and region."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.geonames in hand.pinned:
            place.id = hand.pinned[place.geonames]
        else:
            groups[slug(place.label)].append(place)
    taken = set(hand.ids)
    for name, group in sorted(groups.items()):
        group.sort(key=lambda place: (-place.population, place.key))
        for rank, place in enumerate(group):
            dominant = rank == 0 and name not in taken and is_dominant(group)
            place.id = name if dominant else with_state(name, place)
            if place.id in taken:
                place.id = f"{place.id}_{place.geonames or place.key}"
            taken.add(place.id)


def is_dominant(group: list[Place]) -> bool:
    if len(group) == 1:
        return True
    first, second = group[0].population, group[1].population
    return first >= DOMINANCE * second and first > 0


def with_state(name: str, place: Place) -> str:
    region = place.region
    parts = [name, place.iso2, slug(bare_region(region.label)) if region else ""]
    return "_".join(filter(None, parts))
