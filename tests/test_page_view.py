"""What the page shows, as data: facts, evidence, sources, reports, sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from kg.export.html.assemble import assemble
from kg.export.html.display import shorten, visible, words
from kg.export.html.view import FAMILIES, Evidence, Fact, Mark, View, When
from kg.model import Claim, Span
from tests.dispatches import load, read

TITLE = "Lower Arden front"


@pytest.fixture(scope="module")
def view() -> View:
    return assemble(*read(load()), TITLE)


def fact(view: View, subject: str, relation: str, object_: str) -> Fact:
    label = [node.label for node in view.nodes]
    return next(
        f
        for f in view.facts
        if (label[f.subject], f.relation, label[f.object]) == (subject, relation, object_)
    )


def evidence(view: View, *triple: str) -> Evidence:
    return view.evidence[fact(view, *triple).support[0]]


def test_a_fact_shows_its_sentence_with_trigger_and_arguments_marked(view: View) -> None:
    item = evidence(view, "Karden", "supplied", "Talmar")
    passage = view.passages[item.passage]
    marked = {mark.role: passage.text[mark.start :][: mark.length] for mark in item.marks}
    assert marked == {"trigger": "paid", "agent": "Karden", "theme": "long-range drones"}
    assert view.reports[passage.report].title == "Karden presses on in Lower Arden"


def test_the_speaker_chain_names_source_outlet_and_basis(view: View) -> None:
    assert evidence(view, "Karden", "supplied", "Talmar").speaker == (
        "a security official, via Northern Wire"
    )
    advances = fact(view, "Karden", "advanced in", "Lower Arden").support
    assert {view.evidence[index].speaker for index in advances} == {
        "Institute for Frontier Studies, citing geolocated footage",
        "The Brenna Gazette (own words)",
    }


def test_date_quantity_and_factuality_are_kept_as_written(view: View) -> None:
    item = evidence(view, "3rd Karden Brigade", "deployed to", "Hask")
    assert item.when == When("next month", "2031-05-01", "2031-05-31", "month")
    assert [(a.written, a.comparator) for a in item.amounts] == [("Up to 4,000 men", "at most")]
    assert (item.factuality, item.modality, item.tense) == ("PS+", "planned", "future")


def test_evidence_for_and_against_stay_apart(view: View) -> None:
    captured = fact(view, "Karden", "captured", "Solvik")
    assert captured.status == "disputed"
    assert [view.evidence[i].factuality for i in captured.support] == ["CT+"]
    assert [view.evidence[i].factuality for i in captured.opposition] == ["CT-"]


def test_evidence_stands_in_the_order_of_reporting(view: View) -> None:
    supplied = fact(view, "Talmar", "supplied", "Karden")
    reports = [
        view.reports[view.passages[view.evidence[i].passage].report] for i in supplied.support
    ]
    assert [report.date for report in reports] == ["2031-04-06", "2031-04-09"]


def test_what_somebody_claimed_is_a_saying_and_no_line(view: View) -> None:
    assert "claimed" not in {f.relation for f in view.facts}
    said = {(view.nodes[s.node].label, view.evidence[s.evidence].event) for s in view.sayings}
    assert ("Institute for Frontier Studies", "withdrawal") in said
    institute = next(n for n in view.nodes if n.label == "Institute for Frontier Studies")
    assert institute.degree == 0


def test_an_open_claim_is_told_apart_and_only_where_the_page_has_the_whole_text(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    [worded] = view.open_claims
    assert (worded.predicate, worded.speaker) == ("cite evidence", "Northern Wire (own words)")
    assert "advanced in Lower Arden" in view.passages[worded.passage].text
    assert worded.claim not in {item.claim for item in view.evidence}
    monkeypatch.setattr("kg.export.html.assemble.WHOLE_TEXT", 0)
    assert assemble(*read(load()), TITLE).open_claims == ()


def test_evidence_tells_what_is_against_the_interest_of_its_source() -> None:
    readings, statements = read(load())
    first, *others = readings[0].claims
    readings[0] = replace(readings[0], claims=(replace(first, against_interest=True), *others))
    view = assemble(readings, statements, TITLE)
    assert [item.claim for item in view.evidence if item.against] == [first.id]


def test_each_sentence_is_stored_once(view: View) -> None:
    texts = [passage.text for passage in view.passages]
    assert len(texts) == len(set(texts))
    two = [e for e in view.evidence if "struck the Orle Bridge" in view.passages[e.passage].text]
    assert len(two) == 2
    assert len({item.passage for item in two}) == 1


def test_a_mark_outside_the_sentence_is_left_out() -> None:
    readings, statements = read(load())
    first = readings[0]
    long = replace(first.claims[0], trigger=Span(0, len(first.document.text)))
    readings[0] = replace(first, claims=(long, *first.claims[1:]))
    view = assemble(readings, statements, TITLE)
    item = next(e for e in view.evidence if e.claim == long.id)
    assert {mark.role for mark in item.marks} == {"agent", "location"}


def test_only_well_formed_ids_become_links() -> None:
    case = load()
    case["entities"]["Karden"]["wikidata"] = "Q1/../../evil"
    nodes = {n.id: n for n in assemble(*read(case), TITLE).nodes}
    assert nodes["Karden"].links == ()
    assert [link.url for link in nodes["Vessia"].links] == [
        "https://www.wikidata.org/wiki/Q9900002"
    ]
    assert [link.url for link in nodes["Brenna"].links] == ["https://www.geonames.org/99000011"]


def test_families_follow_the_class_tree(view: View) -> None:
    family = {node.label: node.family for node in view.nodes}
    assert family["Karden"] == "state"
    assert family["Lower Arden"] == "place"
    assert family["Free Hask Militia"] == "force"
    assert family["General Staff of Vessia"] == "organisation"
    assert set(family.values()) <= set(FAMILIES)


def test_an_entity_that_no_reading_describes_is_shown_by_its_id() -> None:
    readings, statements = read(load())
    stray = replace(statements[0], subject="Some_Where", predicate="attacked")
    nodes = {n.id: n for n in assemble(readings, [*statements, stray], TITLE).nodes}
    assert (nodes["Some_Where"].label, nodes["Some_Where"].family) == ("Some Where", "other")


def test_a_statement_without_its_claim_is_an_error() -> None:
    readings, statements = read(load())
    with pytest.raises(KeyError, match="ev_nowhere"):
        assemble(readings, [replace(statements[0], supported_by=("ev_nowhere",))], TITLE)


def test_overlapping_marks_are_all_carried() -> None:
    """The page decides which one shows; the view drops none."""
    change: Callable[[Claim], Claim] = lambda c: replace(c, trigger=c.arguments[0].filler.span)  # noqa: E731
    readings, statements = read(load())
    first = readings[0]
    readings[0] = replace(first, claims=(change(first.claims[0]), *first.claims[1:]))
    view = assemble(readings, statements, TITLE)
    item = next(e for e in view.evidence if e.claim == first.claims[0].id)
    assert item.marks[:2] == (Mark(0, 16, "agent"), Mark(0, 16, "trigger"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gnp\u202eexe", "gnp\ufffdexe"),
        ("a\u2066b\u2069c", "a\ufffdb\ufffdc"),
        ("nul\x00esc\x1b", "nul\ufffdesc\ufffd"),
        ("line\u2028break\nand tab\t.", "line break and tab ."),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("tag\U000e0041", "tag\ufffd"),
        ("Судджа 👩‍🚒 مرحبا", "Судджа 👩‍🚒 مرحبا"),
    ],
)
def test_only_what_hides_or_reorders_is_replaced_one_for_one(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert len(visible(text)) == len(text)


def test_ontology_names_become_words() -> None:
    assert words("advancedIn") == "advanced in"
    assert words("part_of_month") == "part of month"


def test_shortening_keeps_to_its_width() -> None:
    assert shorten("short", 5) == "short"
    assert shorten("a long label", 7) == "a long…"
