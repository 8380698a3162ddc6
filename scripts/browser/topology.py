"""TopoJSON countries as lines: coasts, borders and disputed borders, simplified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]


@dataclass(frozen=True)
class Dispute:
    """The border between two countries, or its part inside `box` (west, south, east, north)."""

    between: frozenset[str]
    box: tuple[float, float, float, float] = (-180, -90, 180, 90)

    def covers(self, owners: set[str], line: Sequence[Point]) -> bool:
        west, south, east, north = self.box
        x, y = line[len(line) // 2]
        return owners == self.between and west <= x <= east and south <= y <= north


def lines(
    topology: Any, disputes: Sequence[Dispute], tolerance: float
) -> Iterator[tuple[str, list[Point]]]:
    """Each arc as its kind (`coast`, `border`, `disputed`) and its points in degrees."""
    for owners, line in zip(_owners(topology), _arcs(topology), strict=True):
        kind = "coast" if len(owners) < 2 else "border"
        if any(dispute.covers(owners, line) for dispute in disputes):
            kind = "disputed"
        if owners:
            yield kind, simplify(line, tolerance)


def _owners(topology: Any) -> list[set[str]]:
    owners: dict[int, set[str]] = defaultdict(set)
    for country in topology["objects"]["countries"]["geometries"]:
        for arc in _numbers(country.get("arcs", [])):
            owners[arc if arc >= 0 else ~arc].add(country["properties"]["name"])
    return [owners[number] for number in range(len(topology["arcs"]))]


def _numbers(nested: Iterable[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, int):
            yield item
        else:
            yield from _numbers(item)


def _arcs(topology: Any) -> Iterator[list[Point]]:
    (scale_x, scale_y), (left, bottom) = topology["transform"].values()
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + bottom))
        yield points


def simplify(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker (1973): drop points nearer than `tolerance` to the line without them."""
    keep = {0, len(line) - 1}
    open_ends = [(0, len(line) - 1)]
    while open_ends:
        first, last = open_ends.pop()
        far, distance = first, 0.0
        for number in range(first + 1, last):
            if (away := _distance(line[number], line[first], line[last])) > distance:
                far, distance = number, away
        if distance > tolerance:
            keep.add(far)
            open_ends += [(first, far), (far, last)]
    return [line[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = ((px - ax) * dx + (py - ay) * dy) / square if square else 0.0
    along = min(max(along, 0.0), 1.0)
    return float(((px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2) ** 0.5)
