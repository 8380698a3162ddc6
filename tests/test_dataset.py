"""The RDF dataset of a reading, checked by reading it back."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
import rdflib
from msgspec.structs import replace

from kg.description import described
from kg.export.nquads import ntriples
from kg.graph import derive_statements, ontology_quads, quads
from kg.lexicon import EdgeRule
from kg.model import Argument, Attribution, Entity, Filler, Quantity, Reading, Time
from kg.rdf import IRI, Literal, Quad
from kg.resources import read_text
from kg.vocab import DATA, NAMESPACE, ONTOLOGY
from tests.builders import argument, claim, fact, filler, mention, reading, report, said, span

EDGES = {
    "Deployment": (EdgeRule("deployedTo", "destination"),),
    "Recapture": (EdgeRule("recaptured", "theme"),),
    "Capture": (EdgeRule("captured", "theme"),),
}
ENTITIES = (
    Entity("Norland", "Country", "Norland", ("the Norlanders",), "Q9900001"),
    Entity("Norland_City", "City", "Norland City", geonames=7, lat="1.5", lon="-2.25"),
    Entity("Forces", "ArmedForce", "Norland's forces", side="Norland"),
    Entity("Vale", "Region", "Vale", within="Norland"),
    Entity("x_1_source", "Person", "an official", anonymous=True, affiliation="Norland"),
    Entity("Wire", "NewsAgency", "The Wire"),
)
DOCUMENT = report(
    "Norland City said on Monday.",
    'An official told The Wire that up to 10,000 Norland troops were sent to Vale "to help".',
    title="Troops <b>sent</b>",
    publisher="The Herald",
)


@pytest.fixture(scope="module")
def sample() -> Reading:
    document = DOCUMENT
    sent = claim(
        document,
        "Deployment",
        "sent",
        argument(document, "agent", "Norland troops", "Forces"),
        argument(document, "destination", "Vale", "Vale", spatial="near", part=True),
        argument(document, "purpose", "to help"),
        Argument("instrument", filler(document, "told")),
        attributions=(
            Attribution(
                "partial_quote",
                (filler(document, "An official", "x_1_source"),),
                via=(filler(document, "The Wire", "Wire"),),
                cue=span(document, "told"),
                quote=span(document, "to help"),
            ),
            said(document, "The Wire", "Wire"),
        ),
        quantities=(
            Quantity(
                span(document, "up to 10,000"),
                "at_most",
                value="10000",
                upper="10000",
                unit="person",
                counted=span(document, "10,000 Norland troops"),
            ),
        ),
        time=Time(
            span(document, "Monday"), "day", "2024-11-18", date(2024, 11, 18), date(2024, 11, 18)
        ),
        factuality=fact(certainty="probable", operators=("told", "reportedly")),
    )
    mentions = [
        (mention(document, "Norland City", "City"), "Norland", "Norland_City"),
        (mention(document, "Norland troops", "ArmedForce", "NOM"), "Forces"),
        (mention(document, "Norland", "Country", "ADJ", after=40), "Norland"),
    ]
    return reading(document, [sent], ENTITIES, mentions)


@pytest.fixture(scope="module")
def written(sample: Reading) -> set[Quad]:
    return set(quads([sample], derive_statements([sample], EDGES)))


def _objects(written: set[Quad], subject: str, predicate: str) -> set[str]:
    return {
        quad.object.value.removeprefix(DATA).removeprefix(NAMESPACE)
        if isinstance(quad.object, IRI)
        else quad.object.lexical
        for quad in written
        if quad.subject.value == DATA + subject and quad.predicate.value.endswith(predicate)
    }


@pytest.fixture(scope="module")
def event(sample: Reading) -> str:
    return sample.claims[0].id


@pytest.mark.parametrize(
    ("predicate", "values"),
    [
        ("#type", {"Deployment", "ForceMovement", "MilitaryEvent", "Event"}),
        ("#specificType", {"Deployment"}),
        ("#label", {"Norland's forces: sent (Vale)"}),
        ("#agent", {"Forces"}),
        ("#destination", {"Vale"}),
        ("#purpose", {"to help"}),
        ("#argumentText", {"instrument: told"}),
        ("#spatialRelation", {"near"}),
        ("#partial", {"true"}),
        ("#factuality", {"PRplus"}),
        ("#realis", {"true"}),
        ("#operatorChain", {"told > reportedly"}),
        ("#attributedTo", {"x_1_source"}),
        ("#reportedVia", {"Wire"}),
        ("#timeText", {"Monday"}),
        ("#earliest", {"2024-11-18"}),
        ("#asOf", {"2024-11-24"}),
        ("#extractionConfidence", {"1"}),
        ("#evidence", {f"doc_{DOCUMENT.id[:16]}_s01"}),
    ],
)
def test_an_event_carries(written: set[Quad], event: str, predicate: str, values: set[str]) -> None:
    assert _objects(written, event, predicate) == values


def test_a_quantity_keeps_figure_comparator_and_what_is_counted(
    written: set[Quad], event: str
) -> None:
    node = f"{event}_q0"
    assert _objects(written, event, "#quantity") == {node}
    assert _objects(written, node, "#value") == {"10000"}
    assert _objects(written, node, "#comparator") == {"at_most"}
    assert _objects(written, node, "#text") == {"up to 10,000"}
    assert _objects(written, node, "#quantityOf") == {"Forces"}


def test_the_chain_of_attribution_keeps_its_order(written: set[Quad], event: str) -> None:
    assert _objects(written, f"{event}_a0", "#source") == {"x_1_source"}
    assert _objects(written, f"{event}_a0", "#quote") == {"to help"}
    assert _objects(written, f"{event}_a1", "#source") == {"Wire"}
    assert _objects(written, f"{event}_a1", "#step") == {"1"}


def test_a_metonym_keeps_its_surface(written: set[Quad]) -> None:
    node = f"doc_{DOCUMENT.id[:16]}_c0_12"
    assert _objects(written, node, "#refersTo") == {"Norland"}
    assert _objects(written, node, "#surfaceReferent") == {"Norland_City"}
    assert _objects(written, node, "#metonymy") == {"metonym"}


def test_every_span_says_the_words_at_its_offsets(written: set[Quad]) -> None:
    spans = [quad.subject.value for quad in written if quad.predicate.value == NAMESPACE + "start"]
    assert len(spans) == 2 + 4  # sentences; three mentions and a trigger
    for node in (name.removeprefix(DATA) for name in spans):
        (start,), (end,) = _objects(written, node, "#start"), _objects(written, node, "#end")
        assert _objects(written, node, "#text") == {DOCUMENT.text[int(start) : int(end)]}


def _graphs(written: set[Quad], subject: str) -> set[str]:
    return {
        quad.graph.value.removeprefix(DATA)
        for quad in written
        if quad.subject.value == DATA + subject and quad.graph
    }


def test_each_origin_of_knowledge_has_its_graph(written: set[Quad], event: str) -> None:
    document = f"doc_{DOCUMENT.id[:16]}"
    assert _graphs(written, event) == {document}
    assert _graphs(written, "x_1_source") == {document}
    assert _graphs(written, "Vale") == {"graph_kb"}
    assert _graphs(written, "Norland") == {"graph_kb", "graph_derived"}


def test_the_edge_and_its_node_agree(written: set[Quad]) -> None:
    assert _objects(written, "Norland", "#deployedTo") == {"Vale"}
    assert _objects(written, "Norland", "#relatedTo") == {"Vale"}
    (node,) = (quad.subject for quad in written if quad.object == IRI(NAMESPACE + "Relation"))
    local = node.value.removeprefix(DATA)
    assert _objects(written, local, "#status") == {"asserted"}
    assert _objects(written, local, "#label") == {"Norland deployed to Vale"}


def test_coordinates_are_a_point_with_longitude_first(written: set[Quad]) -> None:
    assert _objects(written, "point_Norland_City", "#asWKT") == {"POINT(-2.25 1.5)"}


def test_only_the_ontology_is_used_and_nothing_is_blank(written: set[Quad]) -> None:
    ontology = rdflib.Graph().parse(data=read_text("kg.ttl"), format="turtle")
    known = {str(subject) for subject in ontology.subjects()}
    used = {
        term.value
        for quad in written
        for term in quad
        if isinstance(term, IRI) and term.value.startswith(NAMESPACE)
    }
    assert used <= known


def _capture(kind: str, document_text: str, **changes: object) -> Reading:
    document = report(document_text)
    taken = claim(
        document,
        kind,
        "took",
        argument(document, "agent", "Norland", "Norland"),
        argument(document, "theme", "Vale", "Vale"),
        **changes,  # type: ignore[arg-type]
    )
    return reading(document, [taken], ENTITIES)


def test_a_disputed_super_edge_does_not_come_in_by_the_back_door() -> None:
    readings = [
        _capture("Recapture", "Norland took back Vale."),
        _capture("Capture", "Norland took Vale."),
        _capture("Capture", "No, Norland never took Vale.", factuality=fact(polarity="negative")),
    ]
    written = set(quads(readings, derive_statements(readings, EDGES)))
    assert _objects(written, "Norland", "#recaptured") == {"Vale"}
    assert _objects(written, "Norland", "#captured") == set()


def test_a_thing_that_nothing_is_told_of_is_no_node() -> None:
    document = report("A guard saw a dog. Rex left the yard. Four cats, one of them old, fled.")
    things = {"A guard": "x_1_guard", "a dog": "x_1_dog", "the yard": "x_1_yard", "Rex": "x_1_rex"}
    told = claim(
        document,
        "Escape",
        "fled",
        argument(document, "agent", "A guard", "x_1_guard"),
        quantities=(
            Quantity(span(document, "Four"), "exact", counted=span(document, "Four cats")),
        ),
    )
    things["cats"] = "x_1_cats"
    found = quads(
        [
            reading(
                document,
                [told],
                [Entity(id_, "Person", words) for words, id_ in things.items()],
                [
                    (mention(document, words, "Person", "NAM" if words == "Rex" else "NOM"), id_)
                    for words, id_ in things.items()
                ],
            )
        ],
        [],
    )
    told_of = {quad.subject.value.removeprefix(DATA) for quad in found}
    assert told_of & set(things.values()) == {"x_1_guard", "x_1_rex", "x_1_cats"}
    assert not any("_c12_17" in node for node in told_of)  # "a dog"


def test_without_supertypes_only_the_own_class_is_written(sample: Reading, event: str) -> None:
    written = set(quads([sample], (), supertypes=False))
    assert _objects(written, event, "#type") == {"Deployment"}


def test_another_base_moves_the_data_and_not_the_ontology(sample: Reading) -> None:
    statements = derive_statements([sample], EDGES)
    written = set(quads([sample], statements, base="https://example.org/x/"))
    assert not any(quad.subject.value.startswith(DATA) for quad in written)
    assert {quad.predicate for quad in written} == {
        quad.predicate for quad in quads([sample], statements)
    }


def test_the_order_of_reports_does_not_matter(sample: Reading) -> None:
    other = _capture("Capture", "Norland took Vale.")
    there = set(quads([sample, other], derive_statements([sample, other], EDGES)))
    back = set(quads([other, sample], derive_statements([other, sample], EDGES)))
    assert there == back


def test_an_event_as_purpose_is_a_link_between_events() -> None:
    document = report("Norland sent troops to take Vale.")
    take = claim(document, "Capture", "take", factuality=fact(modality="intended"))
    link = Argument("purpose", Filler(take.trigger, event=take.id))
    sent = claim(document, "Deployment", "sent", link)
    written = set(quads([reading(document, [take, sent])], ()))
    assert _objects(written, sent.id, "#purposeEvent") == {take.id}


def test_a_report_without_date_has_no_date() -> None:
    document = report("Norland took Vale.", published=None)
    taken = claim(document, "Capture", "took")
    written = set(quads([reading(document, [taken])], ()))
    assert not any(
        isinstance(q.object, Literal) and q.object.datatype.endswith("date") for q in written
    )


def test_the_ontology_can_be_written_beside_the_data() -> None:
    meant = rdflib.Graph().parse(data=read_text("kg.ttl"), format="turtle")
    written = list(ontology_quads())
    assert {quad.graph for quad in written} == {IRI(ONTOLOGY)}
    assert set(rdflib.Graph().parse(data="".join(ntriples(written)), format="nt")) == set(meant)


def test_descriptions_of_one_entity_become_one() -> None:
    records = (
        Entity("n_aurora_works", "Organization", "AURORA Works"),
        Entity("n_aurora_works", "Company", "Aurora Works", side="Freedonia"),
        Entity("n_aurora_works", "Organization", "Aurora Ltd", aliases=("Aurora",), wikidata="Q1"),
    )
    expected = Entity(
        "n_aurora_works",
        "Company",
        "AURORA Works",
        ("Aurora", "Aurora Ltd", "Aurora Works"),
        wikidata="Q1",
        side="Freedonia",
    )
    assert all(described(each) == expected for each in permutations(records))


def test_the_day_of_saying_a_duration_and_a_part_of_a_total_are_written() -> None:
    document = report(
        "He said on 20 November that troops held 12 people, 3 of them women, for a day."
    )
    part = Quantity(span(document, "3 of them"), "exact", value="3", unit="person", part=True)
    held = replace(
        claim(
            document,
            "Detention",
            "held",
            quantities=(part,),
            time=Time(span(document, "for a day"), "days", duration="P1D"),
        ),
        as_of=date(2024, 11, 20),
    )
    written = set(quads([reading(document, [held])], ()))
    assert _objects(written, held.id, "#asOf") == {"2024-11-20"}
    assert _objects(written, held.id, "#duration") == {"P1D"}
    assert _objects(written, f"{held.id}_q0", "#partOfTotal") == {"true"}
