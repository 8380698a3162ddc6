"""Times: the case file, what they lean on, and what may not break them."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg.annotate import periods
from kg.annotate.patterns import Grammar
from kg.annotate.time_words import time_lexicon
from kg.annotate.times import find_times
from kg.errors import ResourceError
from kg.model import Time
from kg.resources import load_yaml
from tests.parsing import flat, parse

PUBLISHED = date(2024, 11, 24)
EDTF = re.compile(
    r"(-?\d{4}(-(0[1-9]|1[0-2]|2[1-4])(-\d\d)?)?~?|\d{3}X|\d\dXX|\.\.)"
    r"(/(-?\d{4}(-(0[1-9]|1[0-2]|2[1-4])(-\d\d)?)?~?|\.\.))?"
)


@dataclass(frozen=True, slots=True)
class Found:
    span: str
    precision: str
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str = "absolute"
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    finds: list[Found]
    published: str = PUBLISHED.isoformat()


CASES = load_yaml(Path(__file__).parent / "cases" / "times.yml", list[Case])


def shown(text: str, found: Time) -> Found:
    values = {each.name: getattr(found, each.name) for each in fields(Found)}
    for bound in ("earliest", "latest"):
        values[bound] = values[bound].isoformat() if values[bound] else None
    values["span"] = text[found.span.start : found.span.end]
    return Found(**values)


@pytest.mark.parametrize("case", CASES, ids=[f"{c.published}: {c.text}" for c in CASES])
def test_finds_the_times_of_a_sentence(case: Case) -> None:
    tokens, sentences = parse(case.text)
    published = None if case.published == "none" else date.fromisoformat(case.published)
    found = find_times(tokens, sentences, case.text, published)
    assert [shown(case.text, each) for each in found] == case.finds


def test_case_file_is_broad_and_its_dates_are_edtf() -> None:
    found = [found for case in CASES for found in case.finds]
    assert len(CASES) >= 80
    assert {each.anchor for each in found} == {"absolute", "publication", "narrative"}
    assert not [each.edtf for each in found if each.edtf and not EDTF.fullmatch(each.edtf)]


def test_bounds_enclose_each_other_and_the_precision() -> None:
    for case in CASES:
        for each in case.finds:
            if each.earliest and each.latest:
                assert each.earliest <= each.latest, case.text
            if each.precision == "day" and each.edtf and "/" not in each.edtf:
                assert each.earliest == each.latest == each.edtf, case.text


def one(text: str, published: date | None = PUBLISHED) -> Time:
    (found,) = find_times(*flat(text), text, published)
    return found


@pytest.mark.parametrize(
    ("published", "edtf"),
    [("2024-11-23", "2024-11-23"), ("2024-11-24", "2024-11-23"), ("2024-11-22", "2024-11-16")],
)
def test_a_bare_weekday_is_the_last_one_today_included(published: str, edtf: str) -> None:
    assert one("on Saturday", date.fromisoformat(published)).edtf == edtf


def test_deictic_times_need_the_day_of_publication() -> None:
    for text in ("yesterday", "last week", "on Saturday", "two days ago", "in recent months"):
        found = one(text, None)
        assert (found.edtf, found.earliest, found.latest) == (None, None, None), text
    assert one("in July 2020", None).edtf == "2020-07"


def test_a_narrative_leans_on_the_date_before() -> None:
    text = "In 1943 and 1944 and July 1945 it began . In September it ended . The next year came ."
    times = find_times(*flat(text), text, PUBLISHED)
    assert [each.edtf for each in times] == ["1943", "1944", "1945-07", "1945-09", "1946"]
    assert times[3].anchor == "narrative"


def test_news_in_the_present_tense_is_no_narrative() -> None:
    text = "In 1943 and 1944 and July 1945 it began . He speaks of it in September ."
    for tag, edtf in (("VBZ", "2024-09"), ("VBD", "1945-09")):
        tokens, sentences = flat(text)
        told = [replace(t, xpos=tag, deprel="ROOT") if t.form == "speaks" else t for t in tokens]
        assert find_times(told, sentences, text, PUBLISHED)[-1].edtf == edtf


def test_a_date_that_is_none_keeps_its_span_without_bounds() -> None:
    for text in ("31 June 2024", "30 February 2023", "999999 years ago", "2024-13-45"):
        for found in find_times(*flat(text), text, PUBLISHED):
            assert found.earliest is None or found.earliest.year in (2023, 2024), text


@pytest.mark.parametrize(
    ("part", "edtf"),
    [
        ("early", "2023-02-01/2023-02-10"),
        ("mid", "2023-02-11/2023-02-20"),
        ("late", "2023-02-21/2023-02-28"),
    ],
)
def test_parts_of_a_month(part: str, edtf: str) -> None:
    assert periods.part_of(periods.month(2023, 2), part).edtf == edtf


def test_shifting_by_months_keeps_to_the_month() -> None:
    assert periods.shift(date(2024, 3, 31), "month", -1) == date(2024, 2, 29)
    assert periods.shift(date(2024, 1, 31), "month", -2) == date(2023, 11, 30)


def test_an_interval_of_intervals_has_two_ends() -> None:
    early, late = (periods.part_of(periods.year(2023), part) for part in ("early", "late"))
    assert periods.join(early, late).edtf == "2023-01/2023-12"


def test_units_of_the_calendar_around_a_day() -> None:
    around = {
        "day": "2024-11-24",
        "week": "2024-11-18/2024-11-24",
        "weekend": "2024-11-23/2024-11-24",
        "month": "2024-11",
        "quarter": "2024-10/2024-12",
        "year": "2024",
        "decade": "202X",
        "century": "20XX",
    }
    assert {unit: periods.containing(PUBLISHED, unit).edtf for unit in around} == around


def test_winter_spans_two_years() -> None:
    winter = periods.season(2023, 24)
    assert (winter.earliest, winter.latest) == (date(2023, 12, 1), date(2024, 2, 29))


def test_the_grammar_names_what_is_wrong_with_its_rules() -> None:
    with pytest.raises(ResourceError, match="unknown class `YEAR`"):
        Grammar({"MONTH": ["may"]}, {}, ["MONTH YEAR"])
    with pytest.raises(ResourceError, match="`may` stands in two classes"):
        Grammar({"MONTH": ["may"], "VERB": ["may"]}, {}, ["MONTH"])


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["5"] * 10000 + ["days", "ago"]),
        " ".join(["a"] * 10000 + ["week", "ago"]),
        " ".join(["Monday", ","] * 5000),
        " ".join(["early", "on"] * 5000 + ["Monday"]),
        "9" * 10000 + " years ago",
    ],
    ids=["numbers", "articles", "days", "parts", "digits"],
)
def test_hostile_times_end_soon(text: str) -> None:
    began = time.process_time()
    find_times(*flat(text), text, PUBLISHED)
    assert time.process_time() - began < 2


WORDS = [
    *sorted(time_lexicon().grammar.words),
    *("1", "5", "12", "31", "99", "1066", "2024", "2014-18", "5-7", "2024-11-24", "31st"),
    *("May", "Monday", "October", "1990s", "8:07", "mid-2026", "August-24", "0", "x"),
]


@settings(max_examples=300, deadline=None)
@example(["minute", "since", "yesterday"], None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_any_words_give_ordered_spans_and_bounds(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    times = find_times(*flat(text), text, published)
    assert all(one.span.end <= next_.span.start for one, next_ in pairwise(times))
    for each in times:
        assert each.edtf is None or EDTF.fullmatch(each.edtf), each
        if each.earliest and each.latest:
            assert each.earliest <= each.latest, each
