"""One-to-one assignment of greatest total weight (Kuhn 1955; shortest augmenting paths).

The weights are sparse, so the bipartite graph is cut into its connected parts first: each is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

type Weights = Mapping[tuple[int, int], float]


def best_assignment(weights: Weights) -> dict[int, int]:
    """Left index to right index; only pairs of positive weight are assigned."""
    positive = {pair: weight for pair, weight in sorted(weights.items()) if weight > 0}
    found: dict[int, int] = {}
    for lefts, rights in _parts(positive):
        dense = [[positive.get((left, right), 0.0) for right in rights] for left in lefts]
        for row, column in _solve(dense):
            if dense[row][column] > 0:
                found[lefts[row]] = rights[column]
    return found


def total(weights: Weights, assignment: Mapping[int, int]) -> float:
    return sum(weights[pair] for pair in sorted(assignment.items()))


def _parts(weights: Weights) -> Iterator[tuple[list[int], list[int]]]:
    by_left: dict[int, set[int]] = {}
    by_right: dict[int, set[int]] = {}
    for left, right in weights:
        by_left.setdefault(left, set()).add(right)
        by_right.setdefault(right, set()).add(left)
    seen: set[int] = set()
    for start in sorted(by_left):
        if start in seen:
            continue
        lefts, rights, queue = {start}, set[int](), [start]
        for left in queue:  # the queue grows while it is read
            for right in by_left[left] - rights:
                rights.add(right)
                queue.extend(sorted(by_right[right] - lefts))
                lefts |= by_right[right]
        seen |= lefts
        yield sorted(lefts), sorted(rights)


def _solve(dense: list[list[float]]) -> Iterator[tuple[int, int]]:
    """Pairs (row, column) of greatest total weight in a dense matrix of any shape."""
    flip = len(dense) > len(dense[0])
    matrix = [list(column) for column in zip(*dense, strict=True)] if flip else dense
    owner = [-1] * len(matrix[0])
    row_price, column_price = [0.0] * len(matrix), [0.0] * len(matrix[0])
    for row in range(len(matrix)):
        _augment(row, matrix, owner, row_price, column_price)
    for column, row in enumerate(owner):
        if row >= 0:
            yield (column, row) if flip else (row, column)


def _augment(
    start: int,
    matrix: list[list[float]],
    owner: list[int],
    row_price: list[float],
    column_price: list[float],
) -> None:
    """Gives row `start` a column along the cheapest alternating path (cost = minus weight)."""
    width = len(owner)
    slack, came_from = [float("inf")] * width, [-1] * width
    visited: list[int] = []
    free = set(range(width))
    row, column = start, -1
    while row >= 0:
        for each in free:
            cost = -matrix[row][each] - row_price[row] - column_price[each]
            if cost < slack[each]:
                slack[each], came_from[each] = cost, column
        step, nearest = min((slack[each], each) for each in free)
        row_price[start] += step
        for each in visited:
            row_price[owner[each]] += step
            column_price[each] -= step
        for each in free:
            slack[each] -= step
        free.discard(nearest)
        visited.append(nearest)
        column, row = nearest, owner[nearest]
    while column >= 0:
        before = came_from[column]
        owner[column] = owner[before] if before >= 0 else start
        column = before
