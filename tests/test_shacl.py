"""The shapes: what the product writes conforms, and every planted fault is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import InputError
from kg.export.trig import trig
from kg.graph import Finding, derive_statements, quads, validate
from kg.graph.shacl import validate_file
from kg.lexicon import EdgeRule
from kg.model import Entity, Quantity, Reading, Time
from kg.rdf import IRI, Quad
from kg.vocab import DATA, NAMESPACE
from tests.builders import argument, claim, fact, mention, reading, report, said, span

EDGES = {"Capture": (EdgeRule("captured", "theme"),)}
ENTITIES = (
    Entity("Norland", "Country", "Norland", wikidata="Q1"),
    Entity("Vale", "Town", "Vale", within="Norland"),
    Entity("Cape", "Town", "Cape"),
)


def _taken(text: str, place: str, **changes: object) -> Reading:
    document = report(text)
    took = claim(
        document,
        "Capture",
        "took",
        argument(document, "agent", "Norland", "Norland"),
        argument(document, "theme", place, place),
        **changes,  # type: ignore[arg-type]
    )
    found = [(mention(document, place, "Town"), place)]
    return reading(document, [took], ENTITIES, found)


@pytest.fixture(scope="module")
def good() -> frozenset[Quad]:
    """An asserted and a disputed edge, with everything that the shapes speak of."""
    document = report("Norland took Vale.")
    readings = [
        _taken(
            document.text,
            "Vale",
            attributions=(said(document, "Norland", "Norland"),),
            quantities=(Quantity(span(document, "Vale"), "between", lower="9", upper="10"),),
            time=Time(span(document, "took"), "day", None, date(2024, 1, 9), date(2024, 1, 10)),
        ),
        _taken("Norland never took Vale.", "Vale", factuality=fact(polarity="negative")),
        _taken("Norland took Cape.", "Cape"),
    ]
    return frozenset(quads(readings, derive_statements(readings, EDGES)))


def test_what_is_written_conforms(good: frozenset[Quad]) -> None:
    assert validate(good) == ()


def _all(good: frozenset[Quad], predicate: str) -> list[Quad]:
    return sorted(quad for quad in good if quad.predicate.value.endswith(predicate))


@pytest.mark.parametrize(
    "predicate",
    [
        "#attribution", "#comparator", "#certainty", "#documentCount", "#end",
        "#evidence", "#extractionConfidence", "#extractorVersion", "#factuality", "#inDocument",
        "#kind", "#modality", "#polarity", "#realis", "#sha256", "#sourceCount", "#specificType",
        "#start", "#status", "#step", "#supportedBy", "#tense", "#text", "#trigger",
        "prov#used", "prov#wasGeneratedBy", "ns#object", "ns#predicate", "ns#subject",
        "terms/title", "terms/identifier", "schema#label",
    ],
)  # fmt: skip
def test_what_is_missing_is_found(good: frozenset[Quad], predicate: str) -> None:
    missing = _all(good, predicate)
    assert missing
    assert validate(good - set(missing))


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("#comparator", rdf.text("some")),
        ("#certainty", rdf.text("sure")),
        ("#extractionConfidence", rdf.number("1.5")),
        ("#factuality", IRI(NAMESPACE + "CTdouble")),
        ("#earliest", rdf.day(date(2024, 1, 11))),
        ("#firstReported", rdf.day(date(2034, 1, 11))),
        ("#lowerBound", rdf.number(11)),
        ("#kind", rdf.text("hearsay")),
        ("#status", rdf.text("true")),
        ("#status", rdf.text("asserted")),
        ("#status", rdf.text("unasserted")),
        ("#start", rdf.number(10**6)),
        ("#start", rdf.text("0")),
        ("#sha256", rdf.text("abc")),
        ("#wikidata", rdf.text("Norland")),
        ("#realis", rdf.text("true")),
        ("#realis", rdf.boolean(False)),
        ("#tense", rdf.text("pluperfect")),
    ],
)
def test_what_is_wrong_is_found(good: frozenset[Quad], predicate: str, value: rdf.Term) -> None:
    wrong = _all(good, predicate)
    assert wrong
    assert validate((good - set(wrong)) | {quad._replace(object=value) for quad in wrong})


def test_a_leaked_edge_is_found_and_named(good: frozenset[Quad]) -> None:
    leak = Quad(IRI(DATA + "Norland"), IRI(NAMESPACE + "relatedTo"), IRI(DATA + "Vale"))
    assert validate(good | {leak}) == (
        Finding(
            "violation",
            "kgr:Norland",
            "",
            "a plain edge that no asserted relation accounts for",
        ),
    )


def test_what_is_only_odd_is_a_warning() -> None:
    document = report("It was said.")
    written = set(quads([reading(document, [claim(document, "Claim", "said")])], ()))
    (finding,) = validate(written)
    assert (finding.severity, finding.path) == ("warning", "kg:agent")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_a_file_is_checked_like_the_graph_it_holds(good: frozenset[Quad], tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text("".join(trig(good)))
    assert validate_file(path) == ()
    path.write_text("".join(trig(good - set(_all(good, "#captured")))))
    assert "the plain edge is missing" in validate_file(path)[0].message


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("graph.jsonld", '{"@context": "http://127.0.0.1:9/"}', "cannot be checked"),
        ("graph.ttl", "nonsense", "not valid RDF"),
        ("none.ttl", None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_checked_is_named(
    tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=rf"{name}: .*{message}"):
        validate_file(tmp_path / name)
