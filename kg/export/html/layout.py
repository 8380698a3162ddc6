"""Which lines are drawn first, and where the entities lie: the same for the same view.

Twenty thousand lines at once are a grey ball in every engine, so the page draws a working set.
`rank` puts the lines in the order in which they deserve a place; the page takes from its front.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import networkx as nx
import numpy as np

from kg.export.html.view import View

# Nobody reads a drawing that is larger.
MAX_LINES = 1_000
MAX_NODES = 480
# Lines looked at to fill the working set; a line that joins drawn entities may stand far behind.
_CANDIDATES = 4 * MAX_LINES

_ROUNDS = 60
_STILL = 0.002
_EDGE = 135
# A busy entity needs room around it for all who belong to it.
_CROWDING = 22
_GAP = 30
# A canvas between two side panels is a little wider than high; a thin drawing is filled out.
_ASPECT = 1.25
_MAX_STRETCH = 2.2
_STATUS_ORDER = {"asserted": 0, "disputed": 1, "unasserted": 2, "negated": 3}

_PUSHES = 80
_ROW_TRIALS = 40
_TOLERANCE = 0.5

Position = tuple[int, int]
Point = tuple[float, float]
Box = tuple[float, float]
Part = tuple[dict[int, Point], Box]


@dataclass(frozen=True, slots=True)
class Line:
    """All facts from one entity to another, the best supported first: one arrow on the canvas."""

    subject: int
    object: int
    facts: tuple[int, ...]


def rank(view: View) -> Iterator[Line]:
    """Group the facts into lines and order them so that every front part is well connected.

    Prim's algorithm on support: from the best line grow to the best neighbouring one; when a
    component is used up, start again at the best line that is left. `choose.js` does the same for
    what a search or a filter leaves.
    """
    lines = sorted(_lines(view), key=lambda line: _merit(view, line))
    touching: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        touching[line.subject].append(number)
        touching[line.object].append(number)
    seen: set[int] = set()
    for start in range(len(lines)):
        frontier = [start]
        while frontier:
            number = heapq.heappop(frontier)
            if number in seen:
                continue
            seen.add(number)
            yield lines[number]
            for end in (lines[number].subject, lines[number].object):
                for neighbour in touching.pop(end, ()):
                    heapq.heappush(frontier, neighbour)


def working_set(lines: Iterable[Line]) -> list[Line]:
    """The front of the ranked lines that fits both limits; the page chooses by the same rule."""
    drawn: list[Line] = []
    nodes: set[int] = set()
    for line in islice(lines, _CANDIDATES):
        if len(drawn) == MAX_LINES:
            break
        ends = nodes | {line.subject, line.object}
        if len(ends) <= MAX_NODES:
            nodes = ends
            drawn.append(line)
    return drawn


@dataclass(frozen=True, slots=True)
class Body:
    """What the layout needs to know of an entity: the room it takes in pixels, and its id."""

    extent: Box
    id: str

    @property
    def start(self) -> Point:
        """Where the springs find it: as its id alone says, so that it is there in every build."""
        digest = hashlib.sha256(self.id.encode("utf-8", "surrogatepass")).digest()
        x, y = (int.from_bytes(digest[i : i + 4]) / 2**32 for i in (0, 4))
        return x, y


def place(lines: Sequence[Line], bodies: Mapping[int, Body]) -> dict[int, Position]:
    """Positions in pixels of the entities that `lines` join.

    Each component by itself: stress majorisation, turned so that it is widest sideways, labels
    pushed off each other; then packed.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(sorted({_pair(line.subject, line.object) for line in lines}))
    components = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return _pack([_component(graph, sorted(part), bodies) for part in components])


def _lines(view: View) -> Iterable[Line]:
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, fact in enumerate(view.facts):
        pairs[fact.subject, fact.object].append(number)
    for (subject, object_), facts in pairs.items():
        best = sorted(facts, key=lambda number: (*_standing(view, number), number))
        yield Line(subject, object_, tuple(best))


def _standing(view: View, fact: int) -> tuple[int, int]:
    """Sort key of a fact: asserted before disputed before the rest, then by support."""
    record = view.facts[fact]
    return _STATUS_ORDER[record.status], -len(record.support)


def _merit(view: View, line: Line) -> tuple[int, int, int, int]:
    support = sum(len(view.facts[fact].support) for fact in line.facts)
    return _standing(view, line.facts[0])[0], -support, line.subject, line.object


def _component(graph: nx.Graph[int], nodes: Sequence[int], bodies: Mapping[int, Body]) -> Part:
    """One component, the top left corner of its boxes at the origin."""
    points = _fill_out(_level(_spread(graph, nodes, [bodies[node].start for node in nodes])))
    boxes = [bodies[node].extent for node in nodes]
    points = separate(points, boxes)
    reach = [
        (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        for (x, y), (w, h) in zip(points, boxes, strict=True)
    ]
    left, top = min(r[0] for r in reach), min(r[1] for r in reach)
    width, height = max(r[2] for r in reach) - left, max(r[3] for r in reach) - top
    return {n: (x - left, y - top) for n, (x, y) in zip(nodes, points, strict=True)}, (
        width,
        height,
    )


def _spread(graph: nx.Graph[int], nodes: Sequence[int], starts: Sequence[Point]) -> list[Point]:
    """Points as far apart as their entities are in the graph.

    Stress majorisation after Gansner, Koren and North (Graph Drawing 2004): each point in turn goes
    where the weighted mean of the others wants it, near entities counting most.
    """
    wanted = _distances(graph, nodes)
    weight = 1 / np.maximum(wanted, 1) ** 2
    np.fill_diagonal(weight, 0)
    whole = [row.sum() for row in weight]
    # Columns are quicker to work on; sums are taken over rows.
    points = np.asfortranarray(np.array(starts) * _EDGE * math.sqrt(len(nodes)))
    for _ in range(_ROUNDS):
        before = points.copy()
        for i in range(len(nodes) if len(nodes) > 1 else 0):
            away = points[i] - points
            length = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-6)
            pull = points + away * (wanted[i] / length)[:, None]
            points[i] = weight[i] @ np.ascontiguousarray(pull) / whole[i]
        if np.abs(points - before).max() < _STILL * _EDGE:
            break
    centred = points - np.ascontiguousarray(points).mean(axis=0)
    return [(float(x), float(y)) for x, y in centred]


def _distances(
    graph: nx.Graph[int], nodes: Sequence[int]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Length in pixels of the shortest paths; an edge is longer between busy entities.

    Bellman and Ford's algorithm from all nodes at once: a row is how far a node is from each.
    """
    column = {node: number for number, node in enumerate(nodes)}
    edges = []
    for a, b in sorted(_pair(a, b) for a, b in graph.subgraph(nodes).edges):
        crowd = max(math.sqrt(graph.degree[a]), math.sqrt(graph.degree[b])) - 1
        edges.append((column[a], column[b], _EDGE + _CROWDING * crowd))
    matrix = np.full((len(nodes), len(nodes)), np.inf)
    np.fill_diagonal(matrix, 0)
    settled = False
    while not settled:
        before = matrix.copy()
        for a, b, length in edges:
            np.minimum(matrix[b], matrix[a] + length, out=matrix[b])
            np.minimum(matrix[a], matrix[b] + length, out=matrix[a])
        settled = np.array_equal(before, matrix)
    return matrix.T.copy()


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def _level(points: Sequence[Point]) -> list[Point]:
    """Turn the points so that their principal axis lies level: screens are wide."""
    xx = sum(x * x for x, _ in points)
    yy = sum(y * y for _, y in points)
    xy = sum(x * y for x, y in points)
    angle = math.atan2(2 * xy, xx - yy) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos + y * sin, y * cos - x * sin) for x, y in points]


def _fill_out(points: Sequence[Point]) -> list[Point]:
    """Stretch the drawing towards the shape of the canvas."""
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    wider = min(max(height * _ASPECT / max(width, 1), 1), _MAX_STRETCH)
    higher = min(max(width / _ASPECT / max(height, 1), 1), _MAX_STRETCH)
    return [(x * wider, y * higher) for x, y in points]


def separate(points: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    """Move centred boxes off each other, each pair by half their overlap along its shorter side."""
    moved = list(points)
    widest, tallest = (max((box[side] for box in boxes), default=0) for side in (0, 1))
    for _ in range(_PUSHES):
        by_height = sorted(range(len(moved)), key=lambda i: (moved[i][1], i))
        clear = True
        for place_, i in enumerate(by_height):
            for j in by_height[place_ + 1 :]:
                if moved[j][1] - moved[i][1] >= tallest:
                    break
                if abs(moved[j][0] - moved[i][0]) < widest:
                    clear &= not _push(moved, boxes, i, j)
        if clear:
            break
    return moved


def _push(points: list[Point], boxes: Sequence[Box], i: int, j: int) -> bool:
    """Part two boxes if they overlap; says whether they did."""
    (ax, ay), (bx, by) = points[i], points[j]
    wide = (boxes[i][0] + boxes[j][0]) / 2 - abs(bx - ax)
    high = (boxes[i][1] + boxes[j][1]) / 2 - abs(by - ay)
    if wide <= _TOLERANCE or high <= _TOLERANCE:
        return False
    if wide < high:
        shift = math.copysign(wide / 2, bx - ax)
        points[i], points[j] = (ax - shift, ay), (bx + shift, by)
    else:
        shift = math.copysign(high / 2, by - ay)
        points[i], points[j] = (ax, ay - shift), (bx, by + shift)
    return True


def _pack(parts: Sequence[Part]) -> dict[int, Position]:
    """Set the components in rows, the largest first, as wide as fits the canvas best."""
    boxes = [box for _, box in parts]
    widest = max((width for width, _ in boxes), default=0)
    total = sum(width + _GAP for width, _ in boxes)
    limits = [widest + (total - widest) * step / _ROW_TRIALS for step in range(_ROW_TRIALS + 1)]
    corners = min((_rows(boxes, limit) for limit in limits), key=lambda rows: _canvas(rows, boxes))
    return {
        node: (round(x + left), round(y + top))
        for (points, _), (left, top) in zip(parts, corners, strict=True)
        for node, (x, y) in points.items()
    }


def _rows(boxes: Sequence[Box], limit: float) -> list[Point]:
    """The top left corners of boxes set in rows of at most `limit` (or one box)."""
    corners: list[Point] = []
    left = top = row = 0.0
    for width, height in boxes:
        if left and left + width > limit:
            left, top, row = 0.0, top + row + _GAP, 0.0
        corners.append((left, top))
        left, row = left + width + _GAP, max(row, height)
    return corners


def _canvas(corners: Sequence[Point], boxes: Sequence[Box]) -> float:
    """How large a canvas of the usual shape must be to hold the boxes."""
    placed = list(zip(corners, boxes, strict=True))
    width = max((x + w for (x, _), (w, _) in placed), default=0)
    height = max((y + h for (_, y), (_, h) in placed), default=0)
    return max(width / _ASPECT, height)
