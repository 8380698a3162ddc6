"""The scorecard: what was measured, as a record, as JSON, as a table, and against an older one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kg.errors import InputError
from kg.evaluate.measure import Measured

SCHEMA = "kg-scorecard/1"


@dataclass(frozen=True, slots=True)
class SuiteScore:
    """Metrics by name in their order of importance; `parts` are the same metrics on a part."""

    documents: int
    metrics: Mapping[str, Measured]
    parts: Mapping[str, SuiteScore] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`problems` are what could not be read (`file:line: reason`), by suite."""

    version: str
    engine: str
    suites: Mapping[str, SuiteScore]
    problems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    schema: str = SCHEMA

    def to_json(self) -> bytes:
        """Deterministic JSON with a line for each metric."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


def load_scorecard(path: Path) -> Scorecard:
    """A scorecard written earlier. Raises `InputError` when it is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Scorecard)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"not a scorecard: {error}", str(path)) from error


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the printed card; `change` is against the older card, where there is one."""

    suite: str
    metric: str
    measured: Measured
    peer: str
    change: float | None


def lines(
    card: Scorecard, peers: Mapping[str, str], old: Scorecard | None = None
) -> Iterator[Line]:
    """Every metric of the card; `peers` maps `suite.metric` to the best peer's figure."""
    before = _flat(old) if old else {}
    for (suite, metric), measured in _flat(card).items():
        earlier = before.get((suite, metric))
        change = round(measured.value - earlier.value, 4) if earlier else None
        yield Line(suite, metric, measured, peers.get(f"{suite}.{metric}", ""), change)


def _flat(card: Scorecard) -> dict[tuple[str, str], Measured]:
    return {
        (name if not part else f"{name}/{part}", metric): measured
        for name, score in card.suites.items()
        for part, each in (("", score), *score.parts.items())
        for metric, measured in each.metrics.items()
    }
