"""Which claims tell against the interest of who makes them, and where that is shown."""

from __future__ import annotations

import json

import pytest

from kg.build import Pipeline
from kg.export.claims import claims
from kg.graph import document_quads
from kg.model import Claim, Decision, Reading
from kg.resolve.ledger import Ledger
from kg.vocab import NAMESPACE
from tests.builders import report


def read(pipeline: Pipeline, text: str) -> Reading:
    (reading,) = pipeline.read([report(text)])
    return reading


def marked(reading: Reading) -> list[Claim]:
    return [claim for claim in reading.claims if claim.against_interest]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine said it had lost control of Bakhmut.",
        "Rwanda\u2019s president said three of its soldiers had been killed in Goma.",
        "The Ukrainian army said Russian forces had captured Bakhmut.",
        "Al-Shabaab said its fighters had withdrawn from Kismayo.",
        "Azerbaijan admitted that its soldiers had tortured Armenian prisoners.",
    ],
)
def test_a_loss_or_crime_of_the_own_side_is_marked(pipeline: Pipeline, text: str) -> None:
    assert marked(read(pipeline, text))


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine may lose control of Bakhmut, Ukraine said.",
        "Russia accused Ukraine of torturing prisoners.",
        "Armenia said that Azerbaijan had tortured prisoners.",
        "Iraq said Turkish forces had captured Sinjar from Islamic State.",
        "Bakhmut has been captured, Ukraine said.",
        "A Russian newspaper said Russian troops had withdrawn from Kherson.",
        "Moscow said Russian missiles had struck Kyiv.",
    ],
)
def test_what_is_open_told_by_others_or_told_gladly_is_not(pipeline: Pipeline, text: str) -> None:
    reading = read(pipeline, text)
    assert reading.claims
    assert not marked(reading)


def test_the_mark_is_in_the_graph_and_in_the_lines_of_claims(pipeline: Pipeline) -> None:
    reading = read(pipeline, "Ukraine said it had lost control of Bakhmut.")
    (claim,) = marked(reading)
    found = [
        q for q in document_quads(reading) if q.predicate.value == f"{NAMESPACE}againstInterest"
    ]
    assert [quad.subject.value.rpartition("/")[2] for quad in found] == [claim.id]
    lines = {line["id"]: line["against_interest"] for line in map(json.loads, claims([reading]))}
    assert lines == {each.id: each.against_interest for each in reading.claims}


def test_who_is_who_is_decided_before_it_is_marked(pipeline: Pipeline) -> None:
    text = "Ukraine said the Zorya Brigade had withdrawn from Bakhmut."
    (claim,) = [each for each in read(pipeline, text).claims if each.type == "Withdrawal"]
    (unit,) = [argument.filler.entity for argument in claim.fillers("agent")]
    assert unit is not None
    assert not claim.against_interest
    same = Decision("same", ("Ukrainian_Ground_Forces", unit))
    assert marked(read(pipeline.deciding(Ledger((same,))), text))
