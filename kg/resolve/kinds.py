"""What kind of place an entry of the gazetteer is, beside others of its name."""

from __future__ import annotations

from collections.abc import Iterable

from kg.gazetteer import Entry

_ABOVE_CITY = 4


def is_called_city(city: Entry, region: Entry) -> bool:
    """Whether only "Gaza City" is the city, and the bare name the far more populous region."""
    if region.type != "Region" or city.within != region.id or not city.label.endswith(" City"):
        return False
    persons = region.population or region.settled or 0
    return persons > _ABOVE_CITY * (city.population or 1)


def share(other: Entry, entry: Entry) -> bool:
    """Whether two states are named side by side, or two regions of one state."""
    return entry.type == "Country" or other.country == entry.country


def is_continent(entry: Entry) -> bool:
    """As Asia, which is also a town; or another part of the world."""
    return entry.type == "Area" and entry.country is None and entry.within is None


def is_county(entry: Entry) -> bool:
    """A region within a region."""
    return entry.type == "Region" and entry.within != entry.country


def are_equal(
    score: float, entry: Entry, scored: Iterable[tuple[tuple[float, str], Entry]]
) -> bool:
    """Whether another county is as likely as this one."""
    return is_county(entry) and any(
        other.id != entry.id and points == score for (points, _), other in scored
    )
