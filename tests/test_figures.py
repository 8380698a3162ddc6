"""Which numbers and which times belong to which event."""

from __future__ import annotations

from datetime import date

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
        (
            "At least 25 people were killed, including 7 officers, along with 50 wounded.",
            {"Killing": ["At least 25 people", "7 officers (part)"], "Injury": ["50"]},
        ),
        (
            "The army killed 9 men and seized a cache of arms, including six missiles.",
            {"Killing": ["9 men"], "Seizure": ["six missiles (part)"]},
        ),
        ("The army captured two villages on Monday.", {"Capture": ["two villages"]}),
        ("The army captured 40 percent of the town.", {"Capture": ["40 percent"]}),
        ("The governor reported 200 casualties.", {"Casualties": ["200 casualties"]}),
        ("The death toll in Gao rises to 436.", {"Casualties": ["436"]}),
        (
            "The death toll from the civil unrest in Kazakhstan increases to 225, including 19 "
            "members of the security forces.",
            {"Casualties": ["225"]},
        ),
        (
            "Two bombs explode in Gao, wounding five nurses.",
            {
                "Explosion": ["Two bombs"],
                "Injury": ["five nurses"],
            },
        ),
        (
            "An attack kills 16 people and wounds 40 others.",
            {"Killing": ["16 people"], "Injury": ["40 others"]},
        ),
        ("The death toll reached 436 as the river rose.", {"Casualties": ["436"]}),
        (
            "The army sent 300 troops to Gao as the death toll rose.",
            {"Deployment": ["300 troops"]},
        ),
    ],
)
def test_a_number_belongs_to_what_befalls_those_it_counts(
    text: str, expected: dict[str, list[str]], pipeline: Pipeline
) -> None:
    found = figures(text, pipeline)
    assert {name: found.get(name) for name in expected} == expected
    assert set(found) <= set(expected)


@pytest.mark.parametrize(
    ("text", "time", "told"),
    [
        (
            "The ministry said on 20 November 2024 that troops captured the town.",
            None,
            "2024-11-20",
        ),
        (
            "On 20 November 2024 he said that troops captured the town on 18 November 2024.",
            "2024-11-18",
            "2024-11-20",
        ),
        ("Troops captured the town on 18 November 2024.", "2024-11-18", None),
        ("The ministry said that troops captured the town in May 2024.", "2024-05", None),
    ],
)
def test_when_it_was_said_is_kept_apart_from_when_it_happened(
    text: str, time: str | None, told: str | None, pipeline: Pipeline
) -> None:
    claim = next(each for each in read(text, pipeline).claims if each.type == "Capture")
    assert (claim.time.edtf if claim.time else None) == time
    assert claim.as_of == (date.fromisoformat(told) if told else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brazil deployed soldiers before next month's games.", None),
        ("Monday's attack killed ten people.", "Monday"),
    ],
)
def test_the_day_of_what_is_named_after_it_is_its_own(
    text: str, expected: str | None, pipeline: Pipeline
) -> None:
    claims = read(text, pipeline).claims
    told = {text[each.time.span.start : each.time.span.end] for each in claims if each.time}
    assert {words.removesuffix("'s") for words in told} == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Parliament repealed a 2014 law in May 2019.", "2019-05"),
        ("Parliament repealed a 19th-century law.", None),
        ("Parliament repealed the law after the October 2021 coup.", None),
        ("The Senate, a mere council during the 1980s, repealed the law.", None),
        ("The Senate repealed the law during the 2014 summer.", "2014-22"),
    ],
)
def test_a_thing_keeps_the_time_that_it_is_from(
    text: str, time: str | None, pipeline: Pipeline
) -> None:
    claim = next(each for each in read(text, pipeline).claims if each.type == "Legislation")
    assert (claim.time.edtf if claim.time else None) == time
