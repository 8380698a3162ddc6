"""Which numbers belong to which event."""

from __future__ import annotations

import pytest

from kg.build import Pipeline
from tests.test_cases import read


def figures(text: str, pipeline: Pipeline) -> dict[str, list[str]]:
    """The numbers of each event with any, by its class."""
    reading = read(text, pipeline)
    found: dict[str, list[str]] = {}
    for claim in reading.claims:
        for each in claim.quantities:
            words = text[each.span.start : each.span.end] + (" (part)" if each.part else "")
            found.setdefault(claim.type, []).append(words)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 10 people were killed during the strike, including seven children.",
            {"Killing": ["At least 10 people", "seven children (part)"]},
        ),
        ("The army expected 200 prisoners to be released.", {"Release": ["200 prisoners"]}),
        ("At least 227 miners are expected to be released.", {"Release": ["At least 227 miners"]}),
        (
            "Gunmen killed 43 civilians in two villages on Monday.",
            {"Killing": ["43 civilians"]},
        ),
        ("The army captured two villages on Monday.", {"Capture": ["two villages"]}),
        ("The army captured 40 percent of the town.", {"Capture": ["40 percent"]}),
        ("The governor reported 200 casualties.", {}),
    ],
)
def test_a_number_belongs_to_what_befalls_those_it_counts(
    text: str, expected: dict[str, list[str]], pipeline: Pipeline
) -> None:
    found = figures(text, pipeline)
    assert {name: found.get(name) for name in expected} == expected
    assert set(found) <= set(expected)
