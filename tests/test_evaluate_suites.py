"""Every suite: the perfect submission, the empty one, any order, documented names.

The miniature sets in `tests/evaluate` are our own writing in the suites' formats; the real sets are
used when they lie beside the checkout.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate.run import find, tabulate
from kg.evaluate.suite import Suite
from kg.evaluate.suites import SUITES

MINIATURE = Path(__file__).parent / "evaluate"
SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared")) / "data"
ABOUT_THE_GOLD = {"subject_hallucination", "object_hallucination"}
"""Metrics that the gold itself does not pass, because its labels are not in the sentences."""


def items_of(suite: Suite[Any, Any], folder: Path) -> list[Any]:
    problems: list[str] = []
    found = next(iter(find(folder, [suite])), None)
    if found is None:
        pytest.skip(f"{suite.name} is not there")
    items = suite.load(found.files, problems)
    assert problems == []
    assert items
    return items


def values(suite: Suite[Any, Any], items: list[Any], answers: list[Any]) -> dict[str, float]:
    score = tabulate(suite, suite.judge_all(items, answers))
    return {name: measured.value for name, measured in score.metrics.items()}


def check_perfect_and_empty(suite: Suite[Any, Any], items: list[Any]) -> None:
    perfect = values(suite, items, [suite.key(item) for item in items])
    empty = values(suite, items, [suite.blank(item) for item in items])
    for metric in suite.metrics:
        if metric.name in ABOUT_THE_GOLD:
            continue
        assert perfect[metric.name] == (1.0 if metric.formula.higher else 0.0), metric.name
        if metric.formula.higher:
            assert empty[metric.name] == 0.0, metric.name


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_perfect_is_one_and_empty_is_zero(suite: Suite[Any, Any]) -> None:
    check_perfect_and_empty(suite, items_of(suite, MINIATURE))


@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_perfect_is_one_and_empty_is_zero_on_the_real_sets(suite: Suite[Any, Any]) -> None:
    if not SHARED.is_dir():
        pytest.skip("no shared data beside the checkout")
    check_perfect_and_empty(suite, items_of(suite, SHARED))


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_the_order_of_predictions_changes_nothing(suite: Suite[Any, Any]) -> None:
    items = items_of(suite, MINIATURE)
    # The answers of the neighbour: right in form, mostly wrong, so that ties and misses occur.
    answers = [suite.key(item) for item in items]
    answers = [
        merged(one, other) for one, other in zip(answers, answers[1:] + answers[:1], strict=True)
    ]
    dice = random.Random(7)  # noqa: S311 - shuffles a test's input

    before = values(suite, items, answers)
    after = values(suite, items, [shuffled(answer, dice) for answer in answers])

    assert before == after


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_metric_names_are_unique_and_documented(suite: Suite[Any, Any]) -> None:
    names = [metric.name for metric in suite.metrics]
    module = __import__(type(suite).__module__, fromlist=["x"])
    package = __import__(module.__package__, fromlist=["x"])
    documented = f"{module.__doc__} {package.__doc__}"

    assert len(set(names)) == len(names)
    missing = [name for name in names if not is_documented(name, documented)]
    assert missing == []


def is_documented(name: str, text: str) -> bool:
    """Whether the name stands in the table, or its ending beside a name with the same beginning."""
    head, _, tail = name.rpartition("_")
    family = any(f"{head}_{each}" in text for each in ("f1", "recall", "precision"))
    pattern = "_<type>_" in text or "_<role>_" in text
    return name in text or (f"_{tail}" in text and family) or (pattern and tail == "f1")


def merged(one: Any, other: Any) -> Any:
    """Both answers in one, where an answer is a collection or a record of collections."""
    if isinstance(one, tuple) and not (one and isinstance(one[0], bool | float | type(None))):
        return tuple(dict.fromkeys(one + other))
    if isinstance(one, dict):
        return {key: merged(one.get(key, ()), other.get(key, ())) for key in {**one, **other}}
    if is_dataclass(one) and not isinstance(one, type):
        return replace(one, **dict(collections(one, other)))
    return one


def collections(one: Any, other: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(one):
        value = getattr(one, each.name)
        if isinstance(value, tuple):
            yield each.name, merged(value, getattr(other, each.name))


def shuffled(answer: Any, dice: random.Random) -> Any:
    """The same answer with its collections in another order; per-item answers stay in place."""
    if isinstance(answer, tuple) and not (
        answer and isinstance(answer[0], bool | float | type(None))
    ):
        return tuple(dice.sample(answer, len(answer)))
    if isinstance(answer, dict):
        return {key: shuffled(answer[key], dice) for key in reversed(list(answer))}
    if is_dataclass(answer) and not isinstance(answer, type):
        mixed = {
            each.name: shuffled(getattr(answer, each.name), dice)
            for each in fields(answer)
            if isinstance(getattr(answer, each.name), tuple)
        }
        return replace(answer, **mixed)
    return answer
