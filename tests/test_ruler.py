"""Names of the gazetteer in a text."""

from __future__ import annotations

import re

import pytest
import spacy

from kg import gazetteer
from kg.annotate.ruler import NameIndex
from kg.gazetteer import fold

NAMES = ("New York", "New York City", "York", "S-300", "S-300 battery", "São Paulo", "3M")


def words(name: str) -> list[str]:
    return re.findall(r"[^\W\d]+|\d+|[^\w\s]", name)


@pytest.fixture
def index() -> NameIndex:
    return NameIndex(NAMES, words)


def found(index: NameIndex, text: str) -> list[str]:
    forms = words(text)
    return [match.name for match in index.matches(forms, [fold(form) for form in forms])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("from New York City to York", ["New York City", "York"]),
        ("a New York minute", ["New York"]),
        ("a New S-300 battery, an S-300", ["S-300 battery", "S-300"]),
        ("new york", []),
        ("the 3M factory", ["3M"]),
        ("in São Paulo", ["São Paulo"]),
        ("in New", []),
    ],
)
def test_the_longest_name_is_taken_from_left_to_right(index, text, names):
    assert found(index, text) == names


def test_what_was_asked_before_makes_no_difference(index):
    text = "York, New York, S-300"
    first = found(index, text)
    found(index, "New S York Yorkshire 300")
    assert found(index, text) == first == ["York", "New York", "S-300"]


def test_a_folded_text_finds_a_folded_name():
    assert found(NameIndex(["Sao Paulo"], words), "in São Paulo") == ["Sao Paulo"]


def test_the_tokeniser_cuts_every_listed_name_as_the_index_expects():
    """One that cut between two letters would hide a name behind a beginning that no token has."""
    tokeniser, listed = spacy.blank("en").tokenizer, gazetteer.load()
    odd = [
        text
        for strength in ("strong", "weak")
        for text in listed.texts(strength)
        if not text.replace("-", "").replace(" ", "").isalpha()
    ]
    assert len(odd) > 1_000
    for text in odd:
        index = NameIndex([text], lambda name: [token.text for token in tokeniser(name)])
        assert found_whole(index, text, tokeniser), text


def found_whole(index: NameIndex, text: str, tokeniser) -> bool:
    forms = [token.text for token in tokeniser(text)]
    return [match.name for match in index.matches(forms, forms)] == [text]
