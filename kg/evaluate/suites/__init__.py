"""The suites, one module each: reader, mapping of our types to the set's, metric names."""

from __future__ import annotations

from typing import Any

from kg.evaluate.suite import Suite
from kg.evaluate.suites.gold import Gold

SUITES: tuple[Suite[Any, Any], ...] = (Gold(),)
"""Every suite, in the order of the scorecard."""
