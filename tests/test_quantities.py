"""Quantities: the case file, and what may not break them."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate.numerals import read_numeral
from kg.annotate.quantities import find_quantities
from kg.annotate.quantity_words import quantity_lexicon
from kg.model import Quantity
from kg.resources import load_yaml
from tests.parsing import flat, parse


@dataclass(frozen=True, slots=True)
class Found:
    span: str
    comparator: str
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    si_value: str | None = None
    si_unit: str | None = None
    counted: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    finds: list[Found]


CASES = load_yaml(Path(__file__).parent / "cases" / "quantities.yml", list[Case])


def shown(text: str, quantity: Quantity) -> Found:
    values = {each.name: getattr(quantity, each.name) for each in fields(Found)}
    values["span"] = text[quantity.span.start : quantity.span.end]
    if quantity.counted is not None:
        values["counted"] = text[quantity.counted.start : quantity.counted.end]
    return Found(**values)


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_finds_the_quantities_of_a_sentence(case: Case) -> None:
    tokens, sentences = parse(case.text)
    found = find_quantities(tokens, sentences, case.text)
    assert [shown(case.text, each) for each in found] == case.finds


def test_case_file_is_broad() -> None:
    comparators = {found.comparator for case in CASES for found in case.finds}
    assert len(CASES) >= 80
    assert comparators == {
        "exact", "approximately", "nearly", "at_least", "at_most",
        "more_than", "less_than", "between", "vague",
    }  # fmt: skip
    assert sum(not case.finds for case in CASES) >= 10


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twelve", "12"),
        ("twenty - five", "25"),
        ("two hundred and fifty", "250"),
        ("three thousand four hundred", "3400"),
        ("one million two hundred thousand", "1200000"),
        ("two dozen", "24"),
        ("half a million", "500000.0"),
        ("a hundred", "100"),
        ("1.2 million", "1200000.0"),
        ("10,000", "10000"),
        ("3 hundred thousand", "300000"),
        ("five seven", "5"),
    ],
)
def test_reads_numbers_in_figures_and_words(words: str, value: str) -> None:
    numeral = read_numeral(words.split(), 0, len(words.split()))
    assert numeral is not None
    assert str(numeral.value) == value


@pytest.mark.parametrize("words", ["", "a house", "f-16", "1,00", "21st", "²"])
def test_leaves_other_words_alone(words: str) -> None:
    assert read_numeral((words or "the").split(), 0, len((words or "the").split())) is None


def test_works_without_a_parse() -> None:
    text = "more than 40 percent"
    (quantity,) = find_quantities(*flat(text), text)
    assert (quantity.comparator, quantity.value, quantity.unit) == ("more_than", "40", "percent")


def test_money_abbreviates_and_metres_do_not() -> None:
    money, length = "$ 5 m", "5 m"
    assert find_quantities(*flat(money), money)[0].value == "5000000"
    assert find_quantities(*flat(length), length)[0].unit == "metre"


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["5"] + ["million"] * 5000),
        " ".join(["seven", "hundred"] * 5000),
        " ".join(["one", "and"] * 5000),
        " ".join(["few"] * 10000),
        "9" * 10000,
    ],
    ids=["factors", "hundreds", "ands", "vague", "digits"],
)
def test_hostile_numbers_end_soon(text: str) -> None:
    began = time.process_time()
    find_quantities(*flat(text), text)
    assert time.process_time() - began < 2


WORDS = [
    *sorted(quantity_lexicon().starters),
    *("more", "than", "at", "least", "up", "to", "between", "and", "from", "or", "of", "the", "a"),
    *("1", "12", "1,000", "2.5", "2024", "$", "%", "-", "km", "square", "miles", "m", "bn", "2bn"),
    *("soldiers", "houses", "percent", "strong", "in", "killed", "(", ")", ",", "9/11", "x"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_any_words_give_ordered_spans_and_bounds(words: list[str]) -> None:
    text = " ".join(words)
    found = find_quantities(*flat(text), text)
    assert all(one.span.end <= next_.span.start for one, next_ in pairwise(found))
    for each in found:
        numbers = [Decimal(each_) for each_ in (each.lower, each.value, each.upper) if each_]
        assert numbers == sorted(numbers), each
