"""The rule of assertion: what becomes a plain fact, and what must not."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from kg.graph.assertion import derive_statements
from kg.lexicon import EdgeRule
from kg.model import Argument, Claim, Document, Entity, Filler, Reading, Span, Statement
from tests.builders import argument, claim, fact, reading, report, said

EDGES = {
    "Advance": (
        EdgeRule("advancedIn", "location"),
        EdgeRule("advancedNear", "location", spatial=("near", "southeast_of")),
        EdgeRule("advancedToward", "destination"),
    ),
    "Control": (EdgeRule("controls", "theme"), EdgeRule("controlsPartOf", "theme", part=True)),
    "Clash": (EdgeRule("clashedWith", "agent"),),
    "Attack": (EdgeRule("attacked", "target"),),
    "Claim": (EdgeRule("claimed", "content"),),
    "Recruitment": (),
}
ENTITIES = (
    Entity("Russia", "Country", "Russia"),
    Entity("Ukraine", "Country", "Ukraine"),
    Entity("Kursk_Oblast", "Region", "Kursk Oblast"),
    Entity("Russian_forces", "ArmedForce", "Russian forces", side="Russia"),
    Entity("Ministry", "GovernmentBody", "Ministry", side="Russia"),
    Entity("x_1_officials", "PersonGroup", "officials", side="Russia"),
    Entity("x_1_residents", "PersonGroup", "residents"),
    Entity("Putin", "Person", "Putin", side="Russia"),
    Entity("Rebels", "ArmedGroup", "the rebels", side="Russia"),
    Entity("Brigade", "MilitaryUnit", "3rd Brigade", side="Ukraine"),
    Entity("x_1_brigade", "MilitaryUnit", "a brigade", side="Ukraine"),
    Entity("ISW", "ThinkTank", "ISW"),
    Entity("Reuters", "NewsAgency", "Reuters"),
)
DOCUMENT = report(
    "Troops advanced in Kursk near Korenevo. The ministry said the enemy hit Sudzha. It denied."
)


def _statements(*claims: Claim, document: Document = DOCUMENT) -> tuple[Statement, ...]:
    return derive_statements([reading(document, claims, ENTITIES)], EDGES)


def _advance(subject: str = "Russia", document: Document = DOCUMENT, **changes: object) -> Claim:
    arguments = (
        argument(document, "agent", "Troops", subject),
        argument(document, "location", "Kursk", "Kursk_Oblast"),
    )
    return claim(document, "Advance", "advanced", *arguments, **changes)  # type: ignore[arg-type]


def _edge(agent: str, target: str, kind: str = "Attack", role: str = "target") -> tuple[str, ...]:
    hit = claim(
        DOCUMENT,
        kind,
        "hit",
        argument(DOCUMENT, "agent", "enemy", agent),
        argument(DOCUMENT, role, "Sudzha", target),
    )
    return tuple(f"{each.subject} {each.predicate} {each.object}" for each in _statements(hit))


@pytest.mark.parametrize(
    ("subject", "lifted"),
    [
        ("Russian_forces", "Russia"),
        ("Ministry", "Russia"),
        ("x_1_officials", "x_1_officials"),
        ("x_1_brigade", "Ukraine"),
        ("x_1_residents", "x_1_residents"),
        ("Putin", "Putin"),
        ("Rebels", "Rebels"),
        ("Brigade", "Brigade"),
    ],
)
def test_forces_and_offices_are_lifted_and_people_and_groups_are_not(
    subject: str, lifted: str
) -> None:
    (statement,) = _statements(_advance(subject))
    assert statement.subject == lifted


def test_the_object_is_lifted_too() -> None:
    assert _edge("Ukraine", "Russian_forces") == ("Ukraine attacked Russia",)


def test_an_edge_from_a_side_to_itself_is_dropped() -> None:
    assert _edge("Russia", "Russian_forces") == ()


def test_sides_that_point_at_each_other_end_the_search() -> None:
    circle = (
        Entity("A", "ArmedForce", "a", side="B"),
        Entity("B", "ArmedForce", "b", side="A"),
        ENTITIES[2],
    )
    (statement,) = derive_statements([reading(DOCUMENT, [_advance("A")], circle)], EDGES)
    assert statement.subject in {"A", "B"}


@pytest.mark.parametrize(
    ("role", "spatial", "edge"),
    [
        ("location", None, "advancedIn"),
        ("location", "in", "advancedIn"),
        ("location", "southeast_of", "advancedNear"),
        ("destination", "near", "advancedToward"),
    ],
)
def test_the_spatial_relation_chooses_the_edge(role: str, spatial: str | None, edge: str) -> None:
    advance = claim(
        DOCUMENT,
        "Advance",
        "advanced",
        argument(DOCUMENT, "agent", "Troops", "Russia"),
        argument(DOCUMENT, role, "Korenevo", "Kursk_Oblast", spatial=spatial),
    )
    assert [statement.predicate for statement in _statements(advance)] == [edge]


@pytest.mark.parametrize(("part", "edge"), [(True, "controlsPartOf"), (False, "controls")])
def test_a_partitive_object_chooses_the_edge(part: bool, edge: str) -> None:
    control = claim(
        DOCUMENT,
        "Control",
        "hit",
        argument(DOCUMENT, "agent", "Troops", "Ukraine"),
        argument(DOCUMENT, "theme", "Kursk", "Kursk_Oblast", part=part),
    )
    assert [statement.predicate for statement in _statements(control)] == [edge]


def test_a_type_without_rules_has_those_of_its_super_class() -> None:
    assert _edge("Ukraine", "Russia", "DroneStrike") == ("Ukraine attacked Russia",)


def test_a_type_may_say_that_it_gives_no_edge() -> None:
    assert _edge("Ukraine", "Russia", "Recruitment") == ()


def test_a_symmetric_edge_is_written_once() -> None:
    assert _edge("Ukraine", "Russian_forces", "Clash", "agent") == ("Russia clashedWith Ukraine",)


def test_parties_on_one_side_do_not_meet_each_other() -> None:
    clash = claim(
        DOCUMENT,
        "Clash",
        "hit",
        argument(DOCUMENT, "agent", "Troops", "Russia"),
        argument(DOCUMENT, "agent", "ministry", "Rebels"),
        argument(DOCUMENT, "coAgent", "enemy", "Ukraine"),
    )
    rules = {"Clash": (*EDGES["Clash"], EdgeRule("clashedWith", "coAgent"))}
    found = derive_statements([reading(DOCUMENT, [clash], ENTITIES)], rules)
    assert [(each.subject, each.object) for each in found] == [
        ("Rebels", "Ukraine"),
        ("Russia", "Ukraine"),
    ]


def test_the_speaker_claims_the_event_and_is_not_lifted() -> None:
    told = _advance(attributions=(said(DOCUMENT, "ministry", "Ministry"),))
    content = Argument("content", Filler(told.trigger, event=told.id))
    speech = claim(
        DOCUMENT, "Claim", "said", argument(DOCUMENT, "agent", "ministry", "Ministry"), content
    )
    statements = _statements(told, speech)
    assert [(each.subject, each.predicate, each.object) for each in statements] == [
        ("Ministry", "claimed", told.id),
        ("Russia", "advancedIn", "Kursk_Oblast"),
    ]


def test_a_filler_without_entity_gives_no_edge() -> None:
    nameless = claim(
        DOCUMENT,
        "Advance",
        "advanced",
        Argument("agent", Filler(Span(0, 6))),
        argument(DOCUMENT, "location", "Kursk", "Kursk_Oblast"),
    )
    assert _statements(nameless) == ()


@pytest.mark.parametrize(
    "unreal",
    [
        fact(tense="future"),
        fact(modality="planned"),
        fact(modality="accused"),
        fact(certainty="possible"),
        fact(polarity="underspecified"),
    ],
)
def test_what_is_not_presented_as_real_is_not_asserted(unreal: object) -> None:
    (statement,) = _statements(_advance(factuality=unreal))
    assert statement.status == "unasserted"
    assert len(statement.supported_by) == 1


def test_a_headline_alone_asserts_nothing() -> None:
    (statement,) = _statements(_advance(headline=True))
    assert statement.status == "unasserted"


def test_probable_is_firm_enough() -> None:
    (statement,) = _statements(_advance(factuality=fact(certainty="probable")))
    assert statement.status == "asserted"


def _another(name: str = "another report", **changes: object) -> Reading:
    document = report(
        f"Troops advanced in Kursk, says {name}.",
        publisher="Another",
        published=date(2024, 11, 30),
    )
    return reading(document, [_advance(document=document, **changes)], ENTITIES)


def test_one_denial_makes_it_disputed_in_any_order() -> None:
    readings = [
        reading(DOCUMENT, [_advance()], ENTITIES),
        _another(factuality=fact(polarity="negative")),
    ]
    for order in permutations(readings):
        (statement,) = derive_statements(order, EDGES)
        assert statement.status == "disputed"
        assert (len(statement.supported_by), len(statement.opposed_by)) == (1, 1)


def test_only_denied_is_negated_and_counts_the_deniers() -> None:
    (statement,) = _statements(_advance(factuality=fact(polarity="negative")))
    assert statement.status == "negated"
    assert (statement.supported_by, statement.source_count, statement.document_count) == ((), 1, 1)


def test_reports_are_counted_and_dated() -> None:
    (statement,) = derive_statements([_another(), reading(DOCUMENT, [_advance()], ENTITIES)], EDGES)
    assert (statement.document_count, statement.source_count) == (2, 2)
    assert (statement.first_reported, statement.last_reported) == (
        date(2024, 11, 24),
        date(2024, 11, 30),
    )


def test_one_originator_through_two_reports_is_one_source() -> None:
    document = report("Troops advanced in Kursk, says ISW.")
    isw = said(document, "ISW", "ISW")
    readings = [
        _another(attributions=(isw,)),
        reading(document, [_advance(document=document, attributions=(isw,))], ENTITIES),
    ]
    (statement,) = derive_statements(readings, EDGES)
    assert (statement.source_count, statement.document_count) == (1, 2)


def test_the_nearest_step_is_the_origin_and_an_unnamed_source_is_the_report() -> None:
    chain = (said(DOCUMENT, "ministry", "Ministry"), said(DOCUMENT, "It", "Reuters"))
    unnamed = said(DOCUMENT, "It", None, "unspecified_allegation")
    (statement,) = derive_statements(
        [
            reading(DOCUMENT, [_advance(attributions=chain)], ENTITIES),
            _another("a first report", attributions=(unnamed,)),
            _another("a second report"),
        ],
        EDGES,
    )
    assert (statement.source_count, statement.document_count) == (2, 3)


def test_a_sentence_that_two_publishers_share_is_one_origin() -> None:
    shared = "Troops advanced in Kursk on Sunday after a long night."
    readings = []
    for publisher in ("Herald", "Gazette"):
        document = report(shared, f"Printed by the {publisher}.", publisher=publisher)
        readings.append(reading(document, [_advance(document=document)], ENTITIES))
    (statement,) = derive_statements(readings, EDGES)
    assert (statement.source_count, statement.document_count) == (1, 2)
    other = report("Troops advanced in Kursk on Sunday after a long march.", publisher="Courier")
    readings.append(reading(other, [_advance(document=other)], ENTITIES))
    (statement,) = derive_statements(readings, EDGES)
    assert (statement.source_count, statement.document_count) == (2, 3)


def test_a_short_sentence_may_be_written_twice() -> None:
    readings = []
    for publisher in ("Herald", "Gazette"):
        document = report(
            "Troops advanced in Kursk.", f"Printed by the {publisher}.", publisher=publisher
        )
        readings.append(reading(document, [_advance(document=document)], ENTITIES))
    (statement,) = derive_statements(readings, EDGES)
    assert (statement.source_count, statement.document_count) == (2, 2)


def test_an_agency_and_who_quotes_it_are_one_origin() -> None:
    wire = report("Troops advanced in Kursk.", publisher="Reuters")
    quoting = report("Troops advanced in Kursk, Reuters says.", publisher="Herald")
    agency = said(quoting, "Reuters", "Reuters")
    readings = [
        reading(wire, [_advance(document=wire)], ENTITIES),
        reading(quoting, [_advance(document=quoting, attributions=(agency,))], ENTITIES),
    ]
    (statement,) = derive_statements(readings, EDGES)
    assert (statement.source_count, statement.document_count) == (1, 2)


def test_unnamed_sources_of_a_copied_sentence_are_one_origin() -> None:
    readings = []
    for publisher in ("Herald", "Gazette"):
        document = report(
            "Troops advanced in Kursk on Sunday night, officials say.",
            f"By the {publisher}.",
            publisher=publisher,
        )
        scoped = f"x_{document.id[:8]}_officials"
        officials = said(document, "officials", scoped)
        entities = (*ENTITIES, Entity(scoped, "PersonGroup", "officials"))
        claims = [_advance(document=document, attributions=(officials,))]
        readings.append(reading(document, claims, entities))
    (statement,) = derive_statements(readings, EDGES)
    assert (statement.source_count, statement.document_count) == (1, 2)
