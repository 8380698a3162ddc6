"""What no event type covers: the sentences of `tests/cases/open.yml`, and what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from kg import codec
from kg.build import Pipeline
from kg.export.claims import claims
from kg.graph import derive_statements, quads, validate
from kg.graph.events import predicate_text
from kg.lexicon import EdgeRule
from kg.model import Claim, Entity, Filler, Reading
from kg.rdf import IRI, Literal, Quad
from kg.resources import load_yaml
from kg.vocab import DATA, NAMESPACE
from tests.builders import argument, open_claim, reading, report
from tests.test_cases import FOLDER, read

Expected = Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    expect: list[dict[str, str | bool]] = field(default_factory=list)
    absent: list[dict[str, str | bool]] = field(default_factory=list)


def cases() -> Iterator[object]:
    groups = load_yaml(FOLDER / "open.yml", dict[str, list[Case]])
    for phenomenon, members in groups.items():
        for number, case in enumerate(members, 1):
            yield pytest.param(case, id=f"{phenomenon}-{number}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, pipeline: Pipeline) -> None:
    found = read(case.text, pipeline)
    shown = [_shown(claim, found) for claim in found.open_claims]
    for expected in case.expect:
        assert any(_fits(claim, found, expected) for claim in found.open_claims), (expected, shown)
    for unwanted in case.absent:
        assert not any(_fits(claim, found, unwanted) for claim in found.open_claims), shown


def _fits(claim: Claim, found: Reading, expected: Expected) -> bool:
    return all(_holds(claim, found, key, wanted) for key, wanted in expected.items())


def _holds(claim: Claim, found: Reading, key: str, wanted: str | bool) -> bool:
    assert claim.predicate is not None
    text = found.document.text
    if key == "lemma":
        return claim.predicate.lemma == wanted
    if key == "words":
        return predicate_text(claim.predicate, text) == wanted
    if key == "unsaid":
        return not claim.predicate.words
    if key in ("value", "tense"):
        return getattr(claim.factuality, key) == wanted
    if key == "source":
        named = {_words(source, text) for step in claim.attributions for source in step.sources}
        return not named.isdisjoint(str(wanted).split("|"))
    if key == "event":
        return any(each.filler.event is not None for each in claim.fillers(str(wanted)))
    fillers = claim.fillers(key)
    return wanted in {
        f"{each.marker}: {_words(each.filler, text)}" if each.marker else _words(each.filler, text)
        for each in fillers
    }


def _words(filler: Filler, text: str) -> str:
    return text[filler.span.start : filler.span.end]


def _shown(claim: Claim, found: Reading) -> str:
    text = found.document.text
    roles = [(each.role, each.marker, _words(each.filler, text)) for each in claim.arguments]
    return f"{claim.predicate} {claim.factuality.value} {roles}"


def test_every_clause_is_worded_when_asked_for(pipeline: Pipeline) -> None:
    document = read("Russian forces captured Sudzha.", pipeline).document
    ((_, found),) = pipeline.annotate_and_read([document], every_clause=True)
    assert [claim.type for claim in found.claims] == ["Capture"]
    assert [claim.predicate.lemma for claim in found.open_claims if claim.predicate] == ["capture"]


def test_the_audit_says_what_is_an_open_claim_only(pipeline: Pipeline) -> None:
    text = "The harbour master owns two tugs. Rebels captured Goma. What a day!"
    (worded, typed, nothing) = read(text, pipeline).audit
    assert (worded.status, worded.reason) == ("partly", "open claim only: owns")
    assert (typed.status, typed.reason) == ("extracted", "")
    assert (nothing.status, nothing.reason) == ("not", "no predicate")


# ------------------------------------------------------------------ what is written

DOCUMENT = report("Norland owns the port of Vale <b>&amp;</b> Cape.")
ENTITIES = (Entity("Norland", "Country", "Norland"), Entity("Vale", "Town", "Vale"))
EDGES = {"OpenClaim": (EdgeRule("controls", "object", subject="subject"),)}


@pytest.fixture
def worded() -> Reading:
    owns = open_claim(
        DOCUMENT,
        "own",
        "owns",
        argument(DOCUMENT, "subject", "Norland", "Norland"),
        argument(DOCUMENT, "object", "the port of Vale <b>&amp;</b> Cape"),
        argument(DOCUMENT, "oblique", "Vale", "Vale", marker="of"),
    )
    return reading(DOCUMENT, (), ENTITIES, open_claims=[owns])


def test_no_plain_fact_comes_of_an_open_claim(worded: Reading) -> None:
    assert derive_statements([worded], EDGES) == ()


def test_the_graph_holds_it_as_a_class_of_its_own(worded: Reading) -> None:
    found = list(quads([worded], ()))
    (node,) = {q.subject for q in found if q.object == IRI(NAMESPACE + "OpenClaim")}
    told = {
        (q.predicate.value.removeprefix(NAMESPACE), q.object) for q in found if q.subject == node
    }
    assert ("predicateLemma", Literal("own")) in told
    assert ("predicateText", Literal("owns")) in told
    assert ("subject", IRI(DATA + "Norland")) in told
    assert ("oblique", IRI(DATA + "Vale")) in told
    assert ("argumentText", Literal("oblique of: Vale")) in told
    assert ("argumentText", Literal("object: the port of Vale <b>&amp;</b> Cape")) in told
    assert {name for name, _ in told} >= {"evidence", "trigger", "factuality", "realis"}


def test_the_graph_conforms_until_a_fact_rests_on_it(worded: Reading) -> None:
    found = list(quads([worded], ()))
    assert validate(found) == ()
    name = worded.open_claims[0].id
    leak = Quad(IRI(DATA + "leak"), IRI(NAMESPACE + "supportedBy"), IRI(DATA + name))
    assert "open claim" in " ".join(each.message for each in validate([*found, leak]))


def test_the_line_of_an_open_claim(worded: Reading) -> None:
    (line,) = claims([worded])
    record = json.loads(line)
    assert record["type"] == "OpenClaim"
    assert record["predicate"] == {"lemma": "own", "text": "owns"}
    assert [(role["role"], role["marker"]) for role in record["roles"]] == [
        ("subject", None), ("object", None), ("oblique", "of"),
    ]  # fmt: skip


def test_it_survives_the_record_of_a_build(worded: Reading) -> None:
    assert codec.decode(codec.encode(worded)) == worded
