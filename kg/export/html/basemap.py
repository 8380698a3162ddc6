"""The lines behind the map: coasts, borders and disputed borders around the data.

Lines only, after Natural Earth: which country a place is in is the gazetteer's to say, never that
of a drawing. `scripts/compile_basemap.py` makes the two files, one coarse for the world.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import accumulate

from kg.export.html.view import View

Lines = dict[str, list[list[int]]]
Box = tuple[float, float, float, float]

UNITS = 100
"""Units a degree in the coordinates of the lines."""

_ROUND_THE_WORLD = 180 * UNITS
# Least degrees shown around the data, and as a part of what the data spans.
_MARGIN = (3.0, 0.3)
# A screen may be so much wider than high, or a phone so much higher than wide.
_WIDER, _HIGHER = 2.0, 1.4
# Degrees of longitude or latitude over which the coarse map, all of it, is the better one.
_WIDE = 45
_WORLD = (-180.0, -90.0, 180.0, 90.0)
# Places that still get lines in detail then.
_DETAILED = 40


def basemap(view: View) -> dict[str, Lines]:
    """Lines by kind, each as x, y, dx, dy, ... in hundredths of a degree; empty without places.

    `near` are those around the data in detail. Where the data lies far apart, `far` are those of
    the whole world, and `near` only those around the places that take part in most.
    """
    located = sorted((n for n in view.nodes if n.lat is not None), key=lambda n: -n.degree)
    points = [(node.lon or 0.0, node.lat or 0.0) for node in located]
    if not points:
        return {}
    box = _around(points)
    if max(box[2] - box[0], box[3] - box[1]) <= _WIDE:
        return {"near": _cropped("region", [_screen(box)])}
    places = [_screen(_around([point])) for point in points[:_DETAILED]]
    return {"far": _cropped("world", [_WORLD]), "near": _cropped("region", places)}


def _around(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _screen(box: Box) -> Box:
    """What a screen of any usual shape shows when the box is fitted into it."""
    west, south, east, north = box
    x, y = (west + east) / 2, (south + north) / 2
    margin = max(_MARGIN[0], _MARGIN[1] * max(east - west, north - south))
    # A degree of longitude is the shorter the nearer to a pole; the map stretches latitudes.
    shrink = math.cos(math.radians(y))
    width, height = east - west + 2 * margin, north - south + 2 * margin * shrink
    half_width = max(width, height / shrink * _WIDER) / 2
    half_height = max(height, width * shrink * _HIGHER) / 2
    return x - half_width, y - half_height, x + half_width, y + half_height


def _cropped(name: str, boxes: Sequence[Box]) -> Lines:
    """The parts of the lines of a file inside a box, with the one point before and after."""
    packed = (files("kg.export.html") / "vendor" / f"borders-{name}.json.gz").read_bytes()
    lines: Lines = json.loads(gzip.decompress(packed))
    scaled = [tuple(UNITS * side for side in box) for box in boxes]
    return {
        kind: [part for line in each for part in _inside(line, scaled) if len(part) > 2]
        for kind, each in sorted(lines.items())
    }


def _inside(line: Sequence[int], boxes: Sequence[tuple[float, ...]]) -> Iterator[list[int]]:
    xs, ys = [*accumulate(line[::2])], [*accumulate(line[1::2])]
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    close = [b for b in boxes if east >= b[0] and west <= b[2] and north >= b[1] and south <= b[3]]
    if not close:
        return
    points = [*zip(xs, ys, strict=True)]
    hit = [any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in close) for x, y in points]
    yield from _runs(points, [any(hit[max(0, i - 1) : i + 2]) for i in range(len(hit))])


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
