"""How a reading of ours is put in each suite's terms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import astuple, replace

from kg.evaluate import Outcome
from kg.evaluate.offsets import moved
from kg.evaluate.pipeline import Pipeline
from kg.evaluate.scores.spans import Labelled
from kg.evaluate.suites import gap, gum, meantime, muc4, re3d, relocar, uds_factuality
from kg.evaluate.suites.benchie import BenchIE
from kg.evaluate.suites.carb import Carb
from kg.evaluate.suites.gold.answers import from_outcome
from kg.evaluate.suites.plover_gsr import PloverGsr
from kg.evaluate.suites.text2kgbench import Item as TripleItem
from kg.evaluate.suites.text2kgbench import Text2KgBench
from kg.evaluate.suites.toponyms import places
from kg.evaluate.suites.wikiwars import WikiWars
from kg.model import Document, Entity, Factuality, Quantity, Reading, Span, Statement, Time
from tests.builders import argument, claim, fact, mention, open_claim, reading, report, said, span


class Derived:
    """A pipeline of which only the plain edges are asked."""

    engine = "none 1"

    def __init__(self, *statements: Statement) -> None:
        self._statements = statements

    def read_many(self, texts: Any) -> Any:
        raise NotImplementedError

    def statements(self, _readings: Any) -> tuple[Statement, ...]:
        return self._statements


NOTHING: Pipeline = Derived()
KENYA = Entity("Kenya", "Country", "Kenya", wikidata="Q114", side="Kenya")
TROOPS = Entity("x_troops", "ArmedForce", "Kenyan troops", side="Kenya")
GAO = Entity("Gao", "City", "Gao", geonames=2457163, lat="16.27", lon="-0.04", within="Mali")
MALI = Entity("Mali", "Country", "Mali", wikidata="Q912", side="Mali")
NAIROBI = Entity("Nairobi", "City", "Nairobi", geonames=184745, within="Kenya")


@pytest.fixture
def document() -> Document:
    return report("Kenyan troops shelled Gao in Mali on Friday, Nairobi said.")


@pytest.fixture
def shelling(document: Document) -> Reading:
    """Nairobi (that is Kenya) says that its troops shelled Gao."""
    return reading(
        document,
        [
            claim(
                document,
                "Shelling",
                "shelled",
                argument(document, "agent", "Kenyan troops", "x_troops"),
                argument(document, "target", "Gao", "Gao"),
                argument(document, "location", "Mali", "Mali"),
                attributions=(said(document, "Nairobi", "Kenya"),),
            ),
            claim(document, "Claim", "said", argument(document, "agent", "Nairobi", "Kenya")),
        ],
        [KENYA, TROOPS, GAO, MALI, NAIROBI],
        [
            (mention(document, "Kenyan troops", "ArmedForce", "NOM"), "x_troops"),
            (mention(document, "Gao", "City"), "Gao"),
            (mention(document, "Mali", "Country"), "Mali"),
            (mention(document, "Nairobi", "City"), "Kenya", "Nairobi"),
            (mention(document, "Kenyan", "Country", "ADJ"), "Kenya"),
        ],
    )


@pytest.fixture
def outcome(document: Document, shelling: Reading) -> Outcome:
    friday = Time(span(document, "Friday"), "day", "2024-11-22", date(2024, 11, 22))
    return Outcome(shelling, (friday,), ())


def words(document: Document, place: Span) -> str:
    return document.text[place.start : place.end]


def test_answers_are_given_in_the_offsets_of_the_text_as_it_came(outcome: Outcome) -> None:
    stored = outcome.reading.document.text
    given = stored.replace(" ", "\u200e ", 1)  # a mark that reading takes out
    put_back = moved(outcome, stored, given)
    assert given[slice(*astuple(put_back.times[0].span))] == "Friday"
    shelled = put_back.reading.claims[0].trigger
    assert given[slice(*astuple(shelled))] == "shelled"


def test_gold_takes_entities_edges_and_nearest_sources(
    document: Document, outcome: Outcome
) -> None:
    trigger = outcome.reading.claims[0].id
    struck = Statement("Kenya", "struck", "Gao", "asserted", (trigger,))
    doubted = Statement("Kenya", "struck", "Mali", "disputed", (trigger,))
    spoken = Statement("Kenya", "claimed", trigger, "asserted", ())

    answer = from_outcome(outcome, Derived(struck, doubted, spoken))

    assert [(edge.s, edge.p, edge.o, edge.rule) for edge in answer.edges] == [
        ("Kenya", "struck", "Gao", "Shelling#0")
    ]
    assert [source.entity for source in answer.events[0].sources] == ["Kenya"]
    assert answer.times[0].bounds == ("2024-11-22", None)


def test_re3d_types_and_relations(document: Document, outcome: Outcome) -> None:
    item = re3d.Item("x", document.text, (), ())
    answer = re3d.Re3d().answer(item, outcome, NOTHING)

    types = {words(document, each.span): each.label for each in answer.entities}
    links = {
        (each.type, words(document, each.source), words(document, each.target))
        for each in answer.links
    }
    assert types == {
        "Kenyan troops": "Organisation",
        "Gao": "Location",
        "Mali": "Location",
        "Nairobi": "Location",
        "Kenyan": "Nationality",
        "Friday": "Temporal",
    }
    assert ("FightingAgainst", "Kenyan troops", "Gao") in links
    assert ("CoLocated", "Kenyan troops", "Mali") in links


def test_re3d_reads_money_and_counted_things(document: Document, shelling: Reading) -> None:
    sum_ = Quantity(Span(0, 6), "exact", "5", unit="USD")
    two = Quantity(Span(14, 21), "exact", "2", unit="person", counted=Span(22, 25))
    item = re3d.Item("x", document.text, (), ())

    answer = re3d.Re3d().answer(item, Outcome(shelling, (), (sum_, two)), NOTHING)

    assert Labelled(Span(0, 6), "Money") in answer.entities
    assert re3d.Link("HasAttrOf", Span(22, 25), Span(14, 21)) in answer.links


def test_muc4_tells_bodies_people_and_things_apart() -> None:
    document = report(
        "Gunmen of the Green Front killed Ana Perez and two guards, and burnt a school."
    )
    front = Entity("x_front", "ArmedGroup", "Green Front")
    gunmen = Entity("x_gunmen", "PersonGroup", "gunmen", side="x_front")
    ana, guards = Entity("x_ana", "Person", "Ana"), Entity("x_guards", "PersonGroup", "guards")
    school = Entity("x_school", "Facility", "school")
    killed = claim(
        document,
        "Killing",
        "killed",
        argument(document, "agent", "Gunmen", "x_gunmen"),
        argument(document, "theme", "Ana Perez", "x_ana"),
        argument(document, "theme", "two guards", "x_guards"),
    )
    burnt = claim(
        document,
        "Destruction",
        "burnt",
        argument(document, "agent", "Gunmen", "x_gunmen"),
        argument(document, "theme", "a school", "x_school"),
    )
    found = reading(
        document,
        [killed, burnt],
        [front, gunmen, ana, guards, school],
        [
            (mention(document, "Gunmen", "PersonGroup", "NOM"), "x_gunmen"),
            (mention(document, "Green Front", "ArmedGroup"), "x_front"),
            (mention(document, "Ana Perez", "Person"), "x_ana"),
            (mention(document, "two guards", "PersonGroup", "NOM"), "x_guards"),
            (mention(document, "a school", "Facility", "NOM"), "x_school"),
        ],
    )

    assert muc4.Muc4().answer(muc4.Item("x", "", (), {}), Outcome(found), NOTHING) == {
        "perp_ind": ("Gunmen",),
        "perp_org": ("Green Front",),
        "target": ("school",),
        "victim": ("Ana Perez",),
        "weapon": (),
    }


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "told", "roles"),
    [
        ("Rebels hit an army convoy.", "Attack", "hit", fact(), {"target": "an army convoy"}),
        ("Rebels came to burn a school.", "Destruction", "burn",
         fact(certainty="possible", modality="intended"), {"theme": "a school"}),
        ("Rebels began their bombings.", "Bombing", "bombings", fact(), {}),
        ("Rebels threatened a nurse.", "Threat", "threatened", fact(), {}),
    ],
)  # fmt: skip
def test_muc4_answers_no_fighting_no_aims_and_no_series(
    text: str, kind: str, trigger: str, told: Factuality, roles: dict[str, str]
) -> None:
    document = report(text)
    rebels, hit = Entity("x_rebels", "ArmedGroup", "rebels"), Entity("x_hit", "Facility", "it")
    others = [argument(document, role, words, "x_hit") for role, words in roles.items()]
    deed = claim(
        document, kind, trigger, argument(document, "agent", "Rebels", "x_rebels"), *others,
        factuality=told,
    )  # fmt: skip
    mentions = [(mention(document, "Rebels", "ArmedGroup", "NOM"), "x_rebels")]
    mentions += [(mention(document, words, "Facility", "NOM"), "x_hit") for words in roles.values()]
    found = reading(document, [deed], [rebels, hit], mentions)

    answer = muc4.Muc4().answer(muc4.Item("x", "", (), {}), Outcome(found), NOTHING)

    assert not any(answer.values())


def test_muc4_answers_a_group_of_people_as_one() -> None:
    document = report("A group of armed men placed a bomb in a street.")
    men, street = Entity("x_men", "PersonGroup", "men"), Entity("x_street", "Facility", "street")
    placed = claim(
        document,
        "Attack",
        "placed",
        argument(document, "agent", "armed men", "x_men"),
        argument(document, "instrument", "a bomb"),
        argument(document, "location", "a street", "x_street"),
    )
    found = reading(
        document,
        [placed],
        [men, street],
        [
            (mention(document, "armed men", "PersonGroup", "NOM"), "x_men"),
            (mention(document, "a street", "Facility", "NOM"), "x_street"),
        ],
    )

    answer = muc4.Muc4().answer(muc4.Item("x", "", (), {}), Outcome(found), NOTHING)

    assert (answer["perp_ind"], answer["target"]) == (("group of armed men",), ())


def test_plover_codes_the_event_and_the_countries(document: Document, outcome: Outcome) -> None:
    item: Any = None
    answer = PloverGsr().answer(item, outcome, NOTHING)

    assert answer.event == "FIGHT"
    told = [words(document, each) for each in answer.sources]
    assert told == ["Kenyan troops", "Nairobi", "Kenyan"]  # the troops, then whom they act for
    assert (answer.source_codes, answer.target_codes) == ({"KEN"}, {"MLI"})


@pytest.mark.parametrize(
    ("kind", "factuality", "event"),
    [
        ("Support", fact(tense="future", modality="planned"), "AGREE"),
        ("Sanction", fact(tense="future", modality="planned"), "THREATEN"),
        ("Aid", fact(polarity="negative"), "REJECT"),
        ("Threat", fact(tense="future"), "THREATEN"),
        ("Sanction", fact(), "SANCTION"),
    ],
)
def test_plover_reads_plans_and_refusals(kind: str, factuality: Any, event: str) -> None:
    document = report("Kenya will do it.")
    planned = claim(
        document, kind, "will", argument(document, "agent", "Kenya", "Kenya"), factuality=factuality
    )
    item: Any = None

    answer = PloverGsr().answer(item, Outcome(reading(document, [planned], [KENYA])), NOTHING)

    assert answer.event == event


@pytest.mark.parametrize(("kind", "event"), [("Person", "ASSAULT"), ("ArmedForce", "FIGHT")])
def test_plover_tells_warfare_from_assault_by_who_does_it(kind: str, event: str) -> None:
    document = report("The men will attack.")
    men = Entity("x_men", kind, "The men")
    attacked = claim(document, "Attack", "attack", argument(document, "agent", "The men", "x_men"))
    item: Any = None

    answer = PloverGsr().answer(item, Outcome(reading(document, [attacked], [men])), NOTHING)

    assert answer.event == event


def test_a_metonym_is_where_its_name_points(document: Document, outcome: Outcome) -> None:
    found = {words(document, each.span): each for each in places(outcome)}

    assert found["Nairobi"].geonames == 184745
    assert found["Nairobi"].country == "Kenya"
    assert {name: each.reading for name, each in found.items()} == {
        "Gao": "literal",
        "Mali": "literal",
        "Nairobi": "metonymic",
        "Kenyan": "metonymic",
    }


def test_relocar_answers_only_for_a_name_it_has_read(document: Document, outcome: Outcome) -> None:
    def answer(name: str) -> str | None:
        place = span(document, name)
        item = relocar.Item(
            "x", document.text, relocar.Location(place.start, place.end, name), "lit"
        )
        return relocar.Relocar().answer(item, outcome, NOTHING)

    assert (answer("Nairobi"), answer("Gao"), answer("Friday")) == ("met", "lit", None)


def test_times_as_wikiwars_wants_them(document: Document, outcome: Outcome) -> None:
    item: Any = None

    assert WikiWars().answer(item, outcome, NOTHING) == (
        Labelled(span(document, "Friday"), "2024-11-22"),
    )


def test_meantime_leaves_out_what_is_not_fully_annotated() -> None:
    document = report("Kenya met Mali.", "Kenya left.")
    met = claim(document, "Meeting", "met", argument(document, "agent", "Kenya", "Kenya"))
    left = claim(document, "Withdrawal", "left", argument(document, "agent", "Kenya", "Kenya"))
    tokens = tuple(
        (word, at > 14, at, at + len(word))
        for word, at in (("Kenya", 0), ("met", 6), ("Mali.", 10), ("Kenya", 16), ("left.", 22))
    )
    item = meantime.Item("x", document.text, tokens, (), (), (), 0)  # type: ignore[arg-type]

    answer = meantime.Meantime().answer(
        item, Outcome(reading(document, [met, left], [KENYA])), NOTHING
    )

    assert [words(document, event.span) for event in answer.events] == ["met"]
    assert [pair.label for pair in answer.participants] == ["Arg0"]


def test_gum_sources_are_speakers_and_attributed_to(document: Document, outcome: Outcome) -> None:
    item = gum.Item("x", "news", document.text, (), (), ())
    answer = gum.Gum().answer(item, outcome, NOTHING)

    assert [words(document, each) for each in answer.sources] == ["Nairobi"]
    assert [words(document, each) for each, _ in answer.contents] == ["shelled"]
    assert "2024-11-22" in answer.dates[0].label.split("|")


def test_gum_takes_a_weekday_and_its_date_for_two_phrases_and_an_adverb_for_none() -> None:
    document = report("Friday, 22 November 2024. Rain fell now.")
    day = {"precision": "day", "edtf": "2024-11-22"}
    times = (Time(Span(0, 24), **day), Time(Span(36, 39), **day))
    outcome = Outcome(reading(document, [], [], []), times)
    answer = gum.Gum().answer(gum.Item("x", "news", document.text, (), (), ()), outcome, NOTHING)

    assert [words(document, each.span) for each in answer.mentions] == [
        "Friday",
        "22 November 2024",
    ]
    assert len({each.cluster for each in answer.mentions}) == 1


def test_gap_asks_whether_one_entity_covers_both() -> None:
    document = report("Ana met Rosa before she left.")
    people = [Entity("x_ana", "Person", "Ana"), Entity("x_rosa", "Person", "Rosa")]
    found = reading(
        document,
        [],
        people,
        [
            (mention(document, "Ana", "Person"), "x_ana"),
            (mention(document, "Rosa", "Person"), "x_rosa"),
            (mention(document, "she", "Person", "PRO"), "x_rosa"),
        ],
    )
    item = gap.Item(
        "x",
        document.text,
        gap.Pronoun("she", 20),
        gap.Name("Ana", 0, True),
        gap.Name("Rosa", 8, False),
    )

    assert gap.Gap().answer(item, Outcome(found), NOTHING) == (False, True)


def test_uds_values_follow_tense_polarity_and_certainty() -> None:
    document = report("They did not leave but may return .")
    left = claim(document, "Withdrawal", "leave", factuality=fact(polarity="negative"))
    may = fact(certainty="possible", modality="considered", tense="present")
    back = claim(document, "Visit", "return", factuality=may)
    targets = tuple(
        uds_factuality.Target(index, word, 0.0) for index, word in ((3, "leave"), (6, "return"))
    )
    item = uds_factuality.Item(
        "x",
        document.text,
        tuple(document.text.split()),
        (*targets, uds_factuality.Target(0, "They", 0.0)),
    )

    answer = uds_factuality.UdsFactuality().answer(
        item, Outcome(reading(document, [left, back])), NOTHING
    )

    assert answer == (0.375, -1.5, None)


def _tuples(found: Reading) -> list[tuple[str, tuple[str, ...]]]:
    item: Any = None
    return [(each.rel, each.args) for each in Carb().answer(item, Outcome(found), NOTHING)]


def _triples(found: Reading) -> tuple[tuple[str, str, str], ...]:
    item: Any = None
    return BenchIE().answer(item, Outcome(found), NOTHING)


def test_a_clause_as_a_tuple_and_as_triples() -> None:
    document = report("In May the mayor and a priest sent tons of bread to towns in Mali .")
    sent = open_claim(
        document,
        "send",
        "sent",
        argument(document, "subject", "the mayor"),
        argument(document, "subject", "a priest"),
        argument(document, "oblique", "May", marker="in"),
        argument(document, "object", "tons of bread"),
        argument(document, "oblique", "towns in Mali", marker="to"),
    )
    found = reading(document, open_claims=[sent])

    assert _tuples(found) == [
        ("sent", ("the mayor and a priest", "In May", "tons of bread", "to towns in Mali")),
    ]
    assert set(_triples(found)) == {
        (who, *fact)
        for who in ("the mayor", "a priest")
        for fact in (
            ("sent tons of bread", "In May"),
            ("sent", "tons of bread"),
            ("sent tons", "of bread"),
            ("sent tons of bread", "to towns"),
            ("sent tons of bread to towns", "in Mali"),
        )
    }


def test_a_passive_stands_in_surface_order_and_takes_its_preposition() -> None:
    document = report("The oven was built by masons .")
    built = open_claim(
        document,
        "build",
        "was built",
        argument(document, "object", "The oven"),
        argument(document, "subject", "masons", marker="by"),
    )

    found = reading(document, open_claims=[built])

    assert _tuples(found) == [("was built by", ("The oven", "masons"))]
    assert _triples(found) == (("The oven", "was built", "by masons"),)


def test_a_verb_below_another_takes_its_words_along() -> None:
    document = report("Ana began to bake bread .")
    subject = argument(document, "subject", "Ana")
    bake = open_claim(
        document,
        "bake",
        "to bake",
        replace(subject, inferred=True),
        argument(document, "object", "bread"),
    )
    whole = argument(document, "complement", "to bake bread")
    whole = replace(whole, filler=replace(whole.filler, event=bake.id))
    began = open_claim(document, "begin", "began", subject, whole)

    assert _tuples(reading(document, open_claims=[began, bake])) == [
        ("began", ("Ana", "to bake bread")),
        ("began to bake", ("Ana", "bread")),
    ]


def test_what_the_text_leaves_unsaid_is_being() -> None:
    document = report("Ana , leader of Norland , spoke .")
    leads = open_claim(
        document,
        "be leader of",
        "",
        argument(document, "subject", "Ana"),
        argument(document, "object", "leader of Norland"),
        argument(document, "oblique", "Norland", marker="of"),
    )

    assert _tuples(reading(document, open_claims=[leads])) == [("is", ("Ana", "leader of Norland"))]


def test_text2kgbench_reads_what_somebody_is_said_to_be() -> None:
    document = report("Ana Perez was a general of the Norland Navy and president of Norland.")
    entities = [
        Entity("x_ana", "Person", "Ana Perez"),
        Entity("x_navy", "ArmedForce", "Norland Navy"),
        Entity("Norland", "Country", "Norland"),
    ]
    navy = mention(document, "Norland Navy", "ArmedForce")
    country = mention(document, "Norland", "Country", after=60)
    be = open_claim(
        document,
        "be general of",
        "was",
        argument(document, "subject", "Ana Perez", "x_ana"),
        argument(document, "object", "a general of the Norland Navy"),
        argument(document, "object", "president of Norland"),
    )
    found = reading(
        document, [], entities, [(navy, "x_navy"), (country, "Norland")], open_claims=[be]
    )
    item = TripleItem("x", document.text, (), frozenset(("militarybranch", "positionheld")))

    assert Text2KgBench().answer(item, Outcome(found), NOTHING) == (
        ("Ana Perez", "military branch", "Norland Navy"),
        ("Ana Perez", "position held", "president of Norland"),
    )


def test_text2kgbench_gives_only_relations_of_the_ontology() -> None:
    document = report("Ana Perez of the Norland Navy spoke.")
    navy = Entity("x_navy", "ArmedForce", "Norland Navy")
    ana = Entity("x_ana", "Person", "Ana Perez", affiliation="x_navy")
    outcome = Outcome(reading(document, [], [ana, navy]))

    def answer(*relations: str) -> Any:
        item = TripleItem("x", document.text, (), frozenset(relations))
        return Text2KgBench().answer(item, outcome, NOTHING)

    assert answer("militarybranch") == (("Ana Perez", "military branch", "Norland Navy"),)
    assert answer("memberof") == ()
