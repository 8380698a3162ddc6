"""`claims.jsonl`: complete without any other file."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from kg.export import claims as module
from kg.export.claims import claims
from kg.model import Argument, Attribution, Entity, Filler, Quantity, Reading, Time
from tests.builders import argument, claim, fact, filler, reading, report, span

DOCUMENT = report(
    "On Monday 5 “men”\u2028 went to Vale, a source told The Wire.",
    title='<b>"x"</b>',
    publisher="P",
)
ENTITIES = (Entity("Vale", "Town", "Vale Town"), Entity("Wire", "NewsAgency", "The Wire"))


@pytest.fixture
def sample() -> Reading:
    told = claim(DOCUMENT, "Claim", "told")
    went = claim(
        DOCUMENT,
        "Deployment",
        "went",
        argument(DOCUMENT, "theme", "5 “men”"),
        argument(DOCUMENT, "destination", "Vale", "Vale", spatial="near"),
        Argument("cause", Filler(told.trigger, event=told.id)),
        attributions=(
            Attribution(
                "indirect",
                (filler(DOCUMENT, "a source"),),
                via=(filler(DOCUMENT, "The Wire", "Wire"),),
                cue=span(DOCUMENT, "told"),
            ),
        ),
        quantities=(Quantity(span(DOCUMENT, "5"), "exact", "5", unit="person"),),
        time=Time(span(DOCUMENT, "Monday"), "day", "2024-11-18", date(2024, 11, 18)),
        factuality=fact(certainty="probable", operators=("told",)),
    )
    return reading(DOCUMENT, [told, went], ENTITIES)


@pytest.fixture
def record(sample: Reading) -> dict[str, Any]:
    lines = list(claims([sample]))
    return next(each for each in map(json.loads, lines) if each["type"] == "Deployment")


def test_every_line_is_one_object_even_with_odd_line_breaks(sample: Reading) -> None:
    lines = "".join(claims([sample])).splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["Deployment", "Claim"]


def test_a_record_has_all_documented_keys_in_order(record: dict[str, Any]) -> None:
    assert list(record) == re.findall(r"^`(\w+)` {2,}", module.__doc__ or "", re.MULTILINE)


def test_offsets_point_at_the_words(record: dict[str, Any]) -> None:
    for part in (record["sentence"], record["trigger"], *record["roles"]):
        assert DOCUMENT.text[part["start"] : part["end"]] == part["text"]


def test_roles_say_entity_event_or_only_words(record: dict[str, Any], sample: Reading) -> None:
    theme, destination, cause = record["roles"]
    assert (theme["text"], "entity" in theme, "event" in theme) == ("5 “men”", False, False)
    assert (destination["entity"], destination["label"]) == ("Vale", "Vale Town")
    assert (destination["kind"], destination["spatial"]) == ("Town", "near")
    assert cause["event"] == sample.claims[0].id


def test_the_chain_is_written_in_labels(record: dict[str, Any]) -> None:
    (step,) = record["attributions"]
    assert (step["sources"], step["via"], step["cue"]) == (["a source"], ["The Wire"], "told")


def test_factuality_time_number_and_document_are_spelt_out(record: dict[str, Any]) -> None:
    assert (record["factuality"]["value"], record["factuality"]["operators"]) == ("PR+", ["told"])
    assert (record["time"]["earliest"], record["time"]["latest"]) == ("2024-11-18", None)
    assert (record["quantities"][0]["value"], record["quantities"][0]["unit"]) == ("5", "person")
    assert record["document"]["title"] == '<b>"x"</b>'
    assert record["document"]["published"] == "2024-11-24"


def test_the_order_of_readings_and_claims_does_not_matter(sample: Reading) -> None:
    other = reading(report("Vale fell."), ())
    backwards = reading(DOCUMENT, sample.claims[::-1], ENTITIES)
    assert list(claims([sample, other])) == list(claims([other, backwards]))
