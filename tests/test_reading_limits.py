"""A report may be made to be slow: what is no sentence of news is left alone, and that is said."""

from __future__ import annotations

import pytest

from kg.build import Pipeline
from tests.test_cases import read


def test_a_sentence_of_a_thousand_towns_is_not_read(pipeline: Pipeline) -> None:
    towns = " and ".join(f"Town{number}" for number in range(500))
    reading = read(f"Russia attacked {towns}.", pipeline)
    assert not reading.claims
    assert {each.reason for each in reading.audit} == {"longer than 400 words"}


def test_the_sentences_beside_it_are_read(pipeline: Pipeline) -> None:
    reading = read(f"{'killed ' * 500}.\n\nRussian forces captured Sudzha.", pipeline)
    assert [claim.type for claim in reading.claims] == ["Capture"]


def test_a_country_named_long_before_is_still_found(pipeline: Pipeline) -> None:
    talks = " ".join("Anna Berg met Omar Diallo in a park." for _ in range(25))
    reading = read(f"Chad held an election. {talks} The country closed its border.", pipeline)
    assert any(claim.type == "Closure" for claim in reading.claims)


@pytest.mark.parametrize(
    "sentence",
    [
        "Not one of the rebels said that the army had shot down 12 of 15 drones over Goma.",
        "X's minister, whose party lost, denied, according to Reuters, arming both Chad and Mali.",
        "Troops killed nobody, a day after 40 people, among them two nuns, were freed in Gao.",
    ],
)
def test_a_report_may_break_off_after_any_word(sentence: str, pipeline: Pipeline) -> None:
    words = sentence.split()
    for count in range(1, len(words)):
        assert read(" ".join(words[:count]), pipeline).sentences
