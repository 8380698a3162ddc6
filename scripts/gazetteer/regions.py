"""First-level regions from Natural Earth: outlines, names as English news writes them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gazetteer.sources import Place, Policy, RegionRule
from gazetteer.text import degrees, positive, shared_bigrams
from kg.gazetteer import fold


@dataclass(frozen=True)
class Outline:
    """The border of a Natural Earth division, and its row unless it is one that we skip."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    box: tuple[float, float, float, float]
    place: Place | None

    def contains(self, lon: float, lat: float) -> bool:
        west, south, east, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            return False
        return sum(_crossings(ring, lon, lat) for ring in self.rings) % 2 == 1


def _crossings(ring: tuple[tuple[float, float], ...], lon: float, lat: float) -> int:
    count = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            count += 1
    return count


class Regions:
    """First-level divisions, found by GeoNames code or else by position."""

    def __init__(self, features: list[dict[str, Any]], policy: Policy) -> None:
        self.by_code: dict[str, list[Place | None]] = defaultdict(list)
        self.by_state: dict[str, list[Outline]] = defaultdict(list)
        self.places: list[Place] = []
        self.uncoded = policy.uncoded
        self.coded = {
            code: Place(code, "Region", id_.replace("_", " "), [], code[:2], id=id_)
            for code, id_ in policy.coded.items()
        }
        ids = Counter(feature["properties"].get("wikidataid") for feature in features)
        numbers: set[int] = set()
        for feature in sorted(features, key=lambda each: each["properties"]["ne_id"]):
            props = feature["properties"]
            place = region_place(props, policy, unique=ids[props.get("wikidataid")] == 1)
            if place and place.geonames in numbers:
                place = None
            if place:
                self.places.append(place)
                numbers.add(place.geonames or -props["ne_id"])
            self.by_code[props.get("gn_a1_code") or ""].append(place)
            self.by_state[state_of(props)].append(outline(feature, place))

    def of(self, city: dict[str, Any]) -> Place | None:
        code = f"{city['countrycode']}.{city['admin1code']}"
        if code in self.coded:
            return self.coded[code]
        coded = self.by_code.get(code, [])
        if len(coded) == 1 and city["countrycode"] not in self.uncoded:
            return coded[0]
        if "longitude" not in city:
            return None
        for each in self.by_state.get(city["countrycode"], ()):
            if each.contains(city["longitude"], city["latitude"]):
                return each.place
        return None


def state_of(props: dict[str, Any]) -> str:
    """ISO 3166-2 rather than Natural Earth's own state, which follows de facto control."""
    code = str(props.get("iso_3166_2", ""))
    return code[:2] if re.match(r"[A-Z]{2}-", code) else str(props.get("iso_a2", ""))


def outline(feature: dict[str, Any], place: Place | None) -> Outline:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    rings = tuple(tuple((x, y) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return Outline(rings, (min(xs), min(ys), max(xs), max(ys)), place)


def region_place(props: dict[str, Any], policy: Policy, *, unique: bool) -> Place | None:
    iso2, kind, number = state_of(props), props.get("type_en") or "", positive(props.get("gn_id"))
    name = policy.corrected.get(str(number)) or props.get("name_en") or ""
    if not name or is_skipped(props, policy):
        return None
    rule = policy.regions.get(iso2, RegionRule())
    bare = bare_region(name)
    suffix = rule.by_type.get(kind, rule.suffix)
    fixed = str(number) in policy.corrected or bare.endswith(TYPE_WORDS)
    label = name if fixed else f"{bare} {suffix}".strip()
    folded = iso2 in policy.alias_countries
    return Place(
        key=f"r{props['ne_id']}",
        type="Region",
        label=fold(label) if folded else label,
        names=[bare, *region_variants(bare, kind, suffix, rule), *near_names(props, bare)],
        iso2=iso2,
        kind="" if "|" in kind else kind,
        wikidata=(props.get("wikidataid") or "") if unique else "",
        geonames=number,
        lat=degrees(props["latitude"]),
        lon=degrees(props["longitude"]),
    )


def is_skipped(props: dict[str, Any], policy: Policy) -> bool:
    return (
        "~" in str(props.get("iso_3166_2"))
        or (props.get("type_en") or "") in policy.skipped_types
        or state_of(props) in policy.skipped_countries
        or props.get("gn_id") in policy.skipped_ids
    )


TYPE_WORDS = ("Oblast", "Krai", "Okrug", "Republic", "Governorate", "Province", "Region", "State",
              "Prefecture", "Department", "District", "County", "Canton", "Territory")  # fmt: skip


def bare_region(name: str) -> str:
    """Kayes Region -> Kayes, Emirate of Dubai -> Dubai; a republic keeps its full name."""
    kinds = "|".join(word for word in TYPE_WORDS if word != "Republic")
    name = re.sub(rf" (?:Autonomous |Economic )?(?:{kinds})$", "", name)
    return re.sub(r"^(?:Emirate of|Republic of|Community of|comarca) ", "", name)


def region_variants(bare: str, kind: str, suffix: str, rule: RegionRule) -> list[str]:
    """Kursk oblast, Kursk region: the other ways to call it by its kind."""
    if bare.endswith(TYPE_WORDS):
        return []
    kinds = [*rule.variants, suffix, suffix.lower()]
    if not suffix and kind == "State":
        kinds.append("state")
    elif not suffix and "|" not in kind:
        kinds += [kind, kind.lower()]
    return [f"{bare} {each}" for each in kinds if each]


def near_names(props: dict[str, Any], bare: str) -> list[str]:
    """Natural Earth's other names, but only spellings of this one; many belong to neighbours."""
    others = [props.get("name"), *re.split(r"\|", props.get("name_alt") or "")]
    plain = [fold(other).strip() for other in others if other]
    return [
        other
        for other in plain
        if re.fullmatch(r"[A-Z][A-Za-z' -]{3,39}", other)
        and shared_bigrams(other, bare) >= 0.5
        and not set(other.split()) < set(bare.split())
    ]
