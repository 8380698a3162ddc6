"""What the decided names of a report tell of the places that it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from kg.gazetteer import Entry
from kg.resolve.said import distance
from kg.vocab import is_a


class Evidence(Struct, frozen=True):
    """What one name tells of the places that the document speaks of."""

    name: str
    entry: Entry
    weight: float


class Context:
    """Countries, regions and points that the evidence speaks of."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.regions: set[str] = set()
        self.named_regions: set[str] = set()
        """Without those that only a town in them speaks of."""
        self._bodies: set[str | None] = set()
        self._points: list[Entry] = []
        self._nearest: dict[str, float | None] = {}
        for each in evidence:
            entry = each.entry
            self._bodies |= {entry.id, entry.affiliation}
            country = entry.id if entry.type == "Country" else entry.country or entry.side
            if country:
                self.countries[country] += each.weight
            if entry.type == "Region":
                self.regions.add(entry.id)
                self.named_regions.add(entry.id)
            if entry.within and entry.within != entry.country and is_a(entry.type, "Place"):
                self.regions.add(entry.within)
            if entry.lat is not None and entry.type != "Country":
                self._points.append(entry)

    def is_about(self, country: str | None) -> bool:
        """Whether no other country is told of more."""
        told = self.countries.get(country or "", 0.0)
        return told > 0 and told == max(self.countries.values())

    def is_of_body(self, entry: Entry) -> bool:
        """Whether what an organ belongs to is told of: the UN, before "the General Assembly"."""
        return entry.affiliation in self._bodies

    def nearest(self, entry: Entry) -> float | None:
        """Kilometres to the nearest other place; None where there is none."""
        if entry.lat is None:
            return None
        if entry.id not in self._nearest:
            self._nearest[entry.id] = self._distance_to_nearest(entry)
        return self._nearest[entry.id]

    def _distance_to_nearest(self, entry: Entry) -> float | None:
        others = [p for p in self._points if p.id != entry.id and p.label != entry.label]
        return min((distance(entry, place) for place in others), default=None)
