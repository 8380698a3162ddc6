"""The examples of the language data hold, and one that does not is told."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.build import Pipeline
from kg.build.lint import Finding, check_examples
from kg.build.lint.examples import Example, run_examples
from kg.resources import ontology_path

FILES = sorted(ontology_path("events").glob("*.yml"))


@pytest.fixture(scope="module")
def findings(pipeline: Pipeline) -> dict[str, list[Finding]]:
    """What is wrong with the examples of each file."""
    found = defaultdict(list)
    for finding in check_examples(pipeline):
        found[finding.where.rpartition(":")[0]].append(finding)
    return found


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_examples_of_an_event_file_hold(name: str, findings: dict[str, list[Finding]]) -> None:
    assert findings.get(f"ontology/events/{name}.yml", []) == []


def test_examples_of_the_operators_hold(findings: dict[str, list[Finding]]) -> None:
    assert findings.get("ontology/lexicon/operators.yml", []) == []


def test_examples_of_claims_against_an_interest_hold(findings: dict[str, list[Finding]]) -> None:
    assert findings.get("ontology/lexicon/interest.yml", []) == []


SENTENCE = "Rwanda denied that at least 12 troops of its army had advanced toward the city of Goma."


@pytest.mark.parametrize(
    "expected",
    [
        {"agent": "troops"},
        {"agent": "12 troops", "destination": "Goma"},
        {"agent": "at least 12 troops of its army"},
        {"source": "Rwanda", "value": "CT-", "modality": "asserted", "type": "Advance"},
    ],
)
def test_what_is_in_the_claim_is_met(expected: dict[str, str], pipeline: Pipeline) -> None:
    example = Example("x.yml:1", SENTENCE, "ForceMovement", expected)
    assert list(run_examples([example], pipeline)) == []


@pytest.mark.parametrize(
    "expected",
    [
        {"agent": "Rwanda"},
        {"agent": "its army"},
        {"destination": "city"},
        {"target": "Goma"},
        {"source": "Goma"},
        {"value": "CT+"},
        {"modality": "planned"},
        {"type": "Withdrawal"},
    ],
)
def test_what_is_not_in_the_claim_is_told(expected: dict[str, str], pipeline: Pipeline) -> None:
    example = Example("x.yml:1", SENTENCE, "ForceMovement", expected)
    (finding,) = run_examples([example], pipeline)
    assert (finding.code, finding.where) == ("KG201", "x.yml:1")
    assert "Advance(" in finding.message


def test_all_must_be_met_by_one_claim(pipeline: Pipeline) -> None:
    text = "The army captured Ndjamena, and the rebels captured Abeche."
    example = Example("x.yml:1", text, "Capture", {"agent": "The army", "theme": "Abeche"})
    (finding,) = run_examples([example], pipeline)
    assert finding.code == "KG201"


@pytest.mark.parametrize(("kind", "codes"), [("ForceMovement", ["KG202"]), ("Meeting", [])])
def test_an_event_that_should_not_be_there_is_told(
    kind: str, codes: list[str], pipeline: Pipeline
) -> None:
    example = Example("x.yml:1", SENTENCE, kind, {}, never=True)
    assert [finding.code for finding in run_examples([example], pipeline)] == codes
