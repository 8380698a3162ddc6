"""The shipped queries over a small invented war in which each of them has something to find."""

from __future__ import annotations

import re
from datetime import date

import pytest
import rdflib
from msgspec.structs import replace

from kg.export.nquads import ntriples
from kg.graph import derive_statements, quads
from kg.lexicon import EdgeRule
from kg.model import Argument, Attribution, Document, Entity, Filler, Quantity, Reading, Time
from kg.rdf import Quad
from kg.store import Store, named_query, questions
from kg.vocab import PREFIXES, TERMS
from tests.builders import (
    argument,
    claim,
    fact,
    filler,
    mention,
    open_claim,
    reading,
    report,
    said,
    span,
)

EDGES = {
    "Accusation": (EdgeRule("accused", "target"),),
    "Advance": (EdgeRule("advancedIn", "location"),),
    "Agreement": (EdgeRule("agreedWith", "agent"),),
    "Aid": (EdgeRule("providedAidTo", "recipient"),),
    "Attack": (EdgeRule("attacked", "target"),),
    "Capture": (EdgeRule("captured", "theme"),),
    "Claim": (EdgeRule("claimed", "content"),),
    "Control": (EdgeRule("controls", "theme"),),
    "Deployment": (EdgeRule("deployedTo", "destination"),),
    "Supply": (EdgeRule("supplied", "recipient"),),
}
ENTITIES = (
    Entity("Norland", "Country", "Norland", wikidata="Q9900001"),
    Entity("Sudor", "Country", "Sudor", wikidata="Q9900002"),
    Entity("Norland_City", "City", "Norland City", within="Norland", geonames=7),
    Entity("Norland_forces", "ArmedForce", "Norland's forces", side="Norland"),
    Entity("Vale", "Region", "Vale", within="Sudor", geonames=8),
    Entity(
        "x_1_officer", "Person", "an officer", anonymous=True, affiliation="Sudor", side="Sudor"
    ),
    Entity("x_1_men", "PersonGroup", "men"),
    Entity("x_1_shells", "Materiel", "shells"),
    Entity("Wire", "NewsAgency", "The Wire"),
)
MONDAY = date(2024, 11, 18)


def _args(document: Document, **roles: tuple[str, str]) -> list[Argument]:
    return [argument(document, role, words, name) for role, (words, name) in roles.items()]


def _movements() -> Reading:
    document = report(
        "Norland City sent 5,000 soldiers to Vale on Monday, an officer told The Wire.",
        "Norland advanced in Vale and holds 40 square miles.",
        "Sudor, which has a quay, is expected to hit Norland City.",
        "Nothing else is known.",
        title="Front",
        uri="a.txt",
        publisher="Herald",
    )
    officer = Attribution(
        "partial_quote",
        (filler(document, "an officer", "x_1_officer"),),
        via=(filler(document, "The Wire", "Wire"),),
        cue=span(document, "told"),
        quote=span(document, "5,000 soldiers"),
    )
    norland, vale = ("Norland City", "Norland"), ("Vale", "Vale")
    sent = claim(
        document,
        "Deployment",
        "sent",
        *_args(
            document, agent=norland, theme=("5,000 soldiers", "Norland_forces"), destination=vale
        ),
        attributions=(officer,),
        quantities=(Quantity(span(document, "5,000"), "exact", "5000", unit="person"),),
        time=Time(span(document, "Monday"), "day", "2024-11-18", MONDAY, MONDAY),
        factuality=fact(certainty="probable"),
    )
    advanced = claim(
        document,
        "Advance",
        "advanced",
        *_args(document, agent=norland, location=vale),
        attributions=(officer,),
    )
    holds = claim(
        document,
        "Control",
        "holds",
        *_args(document, agent=norland, theme=vale),
        quantities=(
            Quantity(
                span(document, "40 square miles"),
                "exact",
                "40",
                unit="square_mile",
                si_value="103.6",
                si_unit="square_kilometre",
            ),
        ),
    )
    hit = claim(
        document,
        "AirStrike",
        "hit",
        *_args(document, agent=("Sudor", "Sudor"), target=("Norland City", "Norland_City")),
        factuality=fact(tense="future", modality="expected"),
    )
    found = [
        (mention(document, "Norland City", "City"), "Norland", "Norland_City"),
        (mention(document, "an officer", "Person", "NOM"), "x_1_officer"),
    ]
    stocks = open_claim(
        document, "own", "has", argument(document, "object", "a quay"), attributions=(officer,)
    )
    claims = [sent, replace(advanced, against_interest=True), holds, hit]
    made = reading(document, claims, ENTITIES, found, open_claims=[stocks])
    last = replace(made.audit[-1], status="not", reason="no trigger")
    return replace(made, audit=(*made.audit[:-1], last))


def _quarrels() -> Reading:
    document = report(
        "Sudor accused Norland of taking Vale and of supplying shells to rebels.",
        "Norland gave money to Sudor and they agreed.",
        "The blast killed 7 men in Vale.",
        title="Quarrel",
        uri="b.txt",
        published=date(2024, 11, 25),
    )
    norland, sudor, vale = ("Norland", "Norland"), ("Sudor", "Sudor"), ("Vale", "Vale")
    taking = claim(
        document,
        "Capture",
        "taking",
        *_args(document, agent=norland, theme=vale),
        attributions=(said(document, "Sudor", "Sudor", "accusation"),),
    )
    accused = claim(
        document,
        "Accusation",
        "accused",
        *_args(document, agent=sudor, target=norland),
        Argument("content", Filler(taking.trigger, event=taking.id)),
    )
    supplying = claim(
        document,
        "ArmsSupply",
        "supplying",
        *_args(document, agent=norland, recipient=sudor, theme=("shells", "x_1_shells")),
        quantities=(Quantity(span(document, "shells"), "vague"),),
    )
    gave = claim(document, "EconomicAid", "gave", *_args(document, agent=norland, recipient=sudor))
    agreed = claim(
        document,
        "Agreement",
        "agreed",
        *_args(document, agent=norland),
        *_args(document, agent=sudor),
    )
    killed = claim(
        document,
        "Killing",
        "killed",
        *_args(document, theme=("7 men", "x_1_men"), location=vale),
        quantities=(Quantity(span(document, "7 men"), "exact", "7", unit="person"),),
    )
    return reading(document, [taking, accused, supplying, gave, agreed, killed], ENTITIES)


def _denial() -> Reading:
    document = report(
        "Norland denies taking Vale; 6,000 of its soldiers were sent to Vale.",
        title="No",
        uri="c.txt",
    )
    norland, vale = ("Norland", "Norland"), ("Vale", "Vale")
    taking = claim(
        document,
        "Capture",
        "taking",
        *_args(document, agent=norland, theme=vale),
        factuality=fact(polarity="negative"),
        attributions=(said(document, "Norland", "Norland", "denial"),),
    )
    sent = claim(
        document,
        "Deployment",
        "sent",
        *_args(document, agent=norland, destination=vale),
        quantities=(Quantity(span(document, "6,000"), "exact", "6000", unit="person"),),
    )
    return reading(document, [taking, sent], ENTITIES)


@pytest.fixture(scope="module")
def world() -> list[Quad]:
    readings = [_movements(), _quarrels(), _denial()]
    return sorted(set(quads(readings, derive_statements(readings, EDGES))))


@pytest.fixture(scope="module")
def store(world: list[Quad]) -> Store:
    return Store.of_quads(world)


def _rows(store: Store, name: str) -> list[list[str]]:
    answer = store.query(named_query(name), where=name)
    return [["" if value is None else str(value) for value in row] for row in answer.rows]


SENT = "Norland: sent (Norland's forces, Vale)"
ANSWERS = {
    "accusations": "Sudor|Norland|Norland: taking (Vale)|Norland|",
    "advances": "Norland|kg:advancedIn|Vale|1|2024-11-24",
    "against-interest": "Norland: advanced (Vale)|an officer|Sudor|2024-11-24|Norland advanced",
    "agreements": "Norland|kg:agreedWith|Sudor|asserted|2024-11-25|2024-11-25",
    "aid": "Norland|Sudor||kg:EconomicAid|CT+|",
    "anonymous-sources": f"{SENT}|an officer|Sudor|The Wire|Norland City sent",
    "arms-transfers": "Norland|Sudor|shells|shells|CT+||Sudor accused",
    "attacks": "Sudor|Norland City||kg:AirStrike|CT+||",
    "casualties": "kg:Killing|men|7 men|7|Vale|CT+|",
    "claims-by-source": f"an officer|{SENT}|PR+|told|5,000 soldiers|Norland City sent",
    "competing-figures": "Norland|kg:Deployment|5,000|5000|person|2024-11-24|an officer",
    "contradictions": "Norland: taking (Vale)|Sudor accused Norland of",
    "control": "Norland|Vale|40 square miles|103.6|2024-11-24||CT+|",
    "denied-or-disputed": "disputed|Norland captured Vale|Norland|Norland denies",
    "documents": "2024-11-24|Herald|Front|a.txt|4",
    "events-by-place": "Sudor|kg:Deployment|2",
    "evidence": "Norland deployed to Vale|Front|13|17|sent|PR+|Norland City sent",
    "foreign-deployments": "Norland|Vale|Sudor|5,000|PR+|an officer",
    "metonyms": "Norland City|Norland City|Norland|1",
    "not-yet-real": "expected|future|kg:AirStrike|Sudor: hit (Norland City)||Sudor, which has",
    "open-claims": "own|has (a quay)|CT+|an officer|Sudor, which has",
    "one-sided": "Norland advanced in Vale|1|an officer|Sudor",
    "single-source": "Norland advanced in Vale|an officer|Herald|2024-11-24",
    "source-profiles": "an officer|3|1",
    "supporters": "Norland|kg:supplied|Sudor|asserted|1",
    "territory": "Norland|kg:captured|Vale|disputed|1|2024-11-25|2024-11-25",
    "timeline": f"2024-11-18|2024-11-18|day|kg:Deployment|{SENT}|Monday",
    "troop-figures": "Norland|Vale|5,000|exact|5000|PR+|an officer|2024-11-24|Norland City sent",
    "unlinked": "Front|kg:Person|an officer|an officer",
    "unread-sentences": "Front|3|not|no trigger|Nothing else",
}


def test_every_query_has_an_expected_answer() -> None:
    assert set(ANSWERS) == set(questions())


@pytest.mark.parametrize("name", ANSWERS)
def test_the_question_is_answered(store: Store, name: str) -> None:
    rows = ["|".join(row) for row in _rows(store, name)]
    assert any(row.startswith(ANSWERS[name]) for row in rows), rows


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_the_same_without_named_graphs(
    store: Store, world: list[Quad], name: str
) -> None:
    flat = Store.of_quads(quad._replace(graph=None) for quad in world)
    assert _rows(flat, name) == _rows(store, name)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_empty_graph_gives_no_rows_and_no_error(name: str) -> None:
    assert _rows(Store(), name) == []


@pytest.mark.parametrize("name", ANSWERS)
def test_a_query_uses_known_terms_and_orders_its_rows(name: str) -> None:
    text = named_query(name)
    assert set(re.findall(r"\bkg:(\w+)", text)) <= TERMS
    assert "ORDER BY" in text
    assert "kgr:" not in text, "a shipped query is not about one war"


def test_a_denied_edge_is_not_among_the_facts(store: Store) -> None:
    assert not [row for row in _rows(store, "evidence") if "captured" in row[0]]


def test_a_fact_that_the_report_itself_states_is_not_one_sided(store: Store) -> None:
    facts = {row[0] for row in _rows(store, "one-sided")}
    assert facts == {"Norland advanced in Vale"}


@pytest.fixture(scope="module")
def in_rdflib(world: list[Quad]) -> rdflib.Graph:
    graph = rdflib.Graph().parse(data="".join(ntriples(world)), format="nt")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


@pytest.mark.parametrize("name", ANSWERS)
def test_rdflib_gives_the_same_answer(store: Store, in_rdflib: rdflib.Graph, name: str) -> None:
    found = in_rdflib.query(named_query(name), initNs=dict(PREFIXES))
    theirs = sorted(
        ["" if value is None else str(value) for value in row]  # type: ignore[union-attr]
        for row in found
    )
    answer = store.query(named_query(name))
    ours = sorted(["" if value is None else value.text for value in row] for row in answer.rows)
    assert theirs == ours
