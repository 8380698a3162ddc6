"""Writes the base map of the page: `python scripts/compile_basemap.py`. Needs npm and the network.

Natural Earth (public domain) as packed by the npm package world-atlas (ISC). Lines only: the page
never says by a polygon which country a place is in. `browser/disputed.yml` says what is dashed.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml
from browser.npm import Package
from browser.topology import Dispute, Point, lines
from browser.vendor import write

HERE = Path(__file__).parent
ATLAS = Package(
    "world-atlas",
    "2.0.2",
    "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
)
# File, source, and tolerance in degrees: one map for a front, one for the whole world.
MAPS = [("region", "countries-10m.json", 0.012), ("world", "countries-110m.json", 0.02)]
UNITS = 100  # a degree; a hundredth is about a kilometre


def main() -> None:
    disputes = _disputes(yaml.safe_load((HERE / "browser" / "disputed.yml").read_text("utf-8")))
    for (name, _, tolerance), source in zip(
        MAPS, ATLAS.files(*(file for _, file, _ in MAPS)), strict=True
    ):
        drawn: dict[str, list[list[int]]] = defaultdict(list)
        for kind, line in lines(json.loads(source), disputes, tolerance):
            if len(flat := _differences(line)) > 2:
                drawn[kind].append(flat)
        text = json.dumps(drawn, separators=(",", ":"), sort_keys=True)
        write(f"borders-{name}.json.gz", gzip.compress(text.encode(), mtime=0))
        print({kind: len(each) for kind, each in drawn.items()})


def _disputes(entries: list[Any]) -> list[Dispute]:
    return [
        Dispute(frozenset(entry["between"]), *([tuple(entry["box"])] if "box" in entry else []))
        for entry in entries
    ]


def _differences(line: list[Point]) -> list[int]:
    """x, y, dx, dy, ... in hundredths of a degree; points that fall together are one."""
    flat: list[int] = []
    last = (0, 0)
    for x, y in line:
        here = (round(x * UNITS), round(y * UNITS))
        if not flat or here != last:
            flat += [here[0] - last[0], here[1] - last[1]]
            last = here
    return flat


if __name__ == "__main__":
    main()
