"""The lines behind the map: coasts, borders and disputed borders around the data.

Lines only, after Natural Earth: which country a place is in is the gazetteer's to say, never that
of a drawing. `scripts/compile_basemap.py` makes the two files, one coarse for the world.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import accumulate

from kg.export.html.view import View

Lines = dict[str, list[list[int]]]
Box = tuple[float, float, float, float]

UNITS = 100
"""Units a degree in the coordinates of the lines."""

_ROUND_THE_WORLD = 180 * UNITS
# Least and most degrees shown around the data.
_MARGIN = (3.0, 20.0)
# Degrees of longitude or latitude from which the coarse map is the better one.
_WIDE = 45


def basemap(view: View) -> Lines:
    """Lines by kind, each as x, y, dx, dy, ... in hundredths of a degree; none without places."""
    places = [(node.lon, node.lat) for node in view.nodes if node.lon is not None]
    points = [(x, y) for x, y in places if x is not None and y is not None]
    if not points:
        return {}
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    span = max(east - west, north - south)
    margin = min(max(_MARGIN[0], span / 3), _MARGIN[1])
    box = (west - margin, south - margin, east + margin, north + margin)
    lines = _load("world" if span > _WIDE else "region")
    return {
        kind: [line for line in _cropped(each, box) if len(line) > 2]
        for kind, each in sorted(lines.items())
    }


def _load(name: str) -> Lines:
    packed = (files("kg.export.html") / "vendor" / f"borders-{name}.json.gz").read_bytes()
    lines: Lines = json.loads(gzip.decompress(packed))
    return lines


def _cropped(lines: Iterable[Sequence[int]], box: Box) -> Iterator[list[int]]:
    """The parts of lines inside `box`, each with the one point before and after."""
    west, south, east, north = (UNITS * side for side in box)
    for line in lines:
        xs, ys = [*accumulate(line[::2])], [*accumulate(line[1::2])]
        if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
            continue
        inside = [west <= x <= east and south <= y <= north for x, y in zip(xs, ys, strict=True)]
        near = [any(inside[max(0, i - 1) : i + 2]) for i in range(len(inside))]
        yield from _runs([*zip(xs, ys, strict=True)], near)


def _runs(points: Sequence[tuple[int, int]], kept: Sequence[bool]) -> Iterator[list[int]]:
    """The parts of a line whose points are kept, broken where it jumps round the world."""
    run: list[int] = []
    last = (0, 0)
    for (x, y), keep in zip(points, kept, strict=True):
        if run and (not keep or abs(x - last[0]) > _ROUND_THE_WORLD):
            yield run
            run = []
        if keep:
            run += [x - last[0], y - last[1]] if run else [x, y]
            last = (x, y)
    if run:
        yield run
