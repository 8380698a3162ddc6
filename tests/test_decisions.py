"""Decisions on what is one thing: the file, what it makes of readings, and how it is undone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from kg.errors import ResourceError
from kg.gazetteer import Entry, Gazetteer
from kg.model import Decision, Entity, Reading
from kg.resolve import ledger
from kg.resolve.decisions import Decider
from kg.resolve.ledger import Ledger
from tests.builders import argument, claim, mention, reading, report, said

KYIV = Entry(
    id="Kyiv", type="City", label="Kyiv", aliases=("Kiev",), wikidata="Q1899", within="Ukraine"
)
GAZETTEER = Gazetteer(
    {
        "Kyiv": KYIV,
        "Ukraine": Entry(id="Ukraine", type="Country", label="Ukraine"),
        "Georgia": Entry(id="Georgia", type="Country", label="Georgia"),
        "Georgia_US": Entry(id="Georgia_US", type="Region", label="Georgia"),
    },
    {},
)
SMITH = Entity("p_eva_smit", "Person", "Eva Smit")
SMITT = Entity("p_eva_smitt", "Person", "Eva Smitt")
UNIT = Entity("x_1_guards", "PersonGroup", "guards", side="p_eva_smit", anonymous=True)


def told(uri: str, name: str, *entities: Entity) -> Reading:
    """A report in which the first entity says that the guards left."""
    document = report(f"{name} said on {uri} that guards left.", uri=uri)
    left = claim(
        document,
        "Withdrawal",
        "left",
        argument(document, "agent", "guards", "x_1_guards"),
        attributions=(said(document, name, entities[0].id),),
    )
    named = mention(document, name, entities[0].type)
    return reading(document, [left], [*entities, UNIT], [(named, entities[0].id)])


def same(*entities: str, **more: object) -> Decision:
    return Decision("same", entities, **more)  # type: ignore[arg-type]


def different(*entities: str, **more: object) -> Decision:
    return Decision("different", entities, **more)  # type: ignore[arg-type]


def decided(*decisions: Decision, readings: Iterable[Reading] = ()) -> tuple[Reading, ...]:
    decider = Decider(Ledger(decisions), GAZETTEER)
    return tuple(decider.apply(each) for each in readings or two())


def two() -> tuple[Reading, Reading]:
    return told("a.txt", "Eva Smit", SMITH), told("b.txt", "Eva Smitt", SMITT)


def speaker(found: Reading) -> str | None:
    return found.claims[0].attributions[0].sources[0].entity


def record(found: Reading, name: str) -> Entity:
    return next(entity for entity in found.entities if entity.id == name)


# ------------------------------------------------------------------------------ what they make


def test_without_decisions_a_reading_stays_the_same_object() -> None:
    given = two()
    assert all(one is other for one, other in zip(given, decided(readings=given), strict=True))


def test_merged_entities_are_one_everywhere() -> None:
    first, second = decided(same("p_eva_smit", "p_eva_smitt", reason="a typing error"))
    assert speaker(first) == speaker(second) == "p_eva_smit"
    assert second.references[0].entity == "p_eva_smit"
    assert second.references[0].method == "decided same by hand: a typing error"
    assert record(first, "p_eva_smit").label == "Eva Smit"
    assert record(second, "p_eva_smit").label == "Eva Smitt"
    assert "p_eva_smitt" not in {entity.id for entity in second.entities}


def test_links_of_others_follow_a_merge() -> None:
    first, _ = decided(same("p_eva_smitt", "p_eva_smit"))
    assert record(first, "x_1_guards").side == "p_eva_smitt"


def test_merging_with_a_known_entity_takes_over_its_links() -> None:
    given = told("a.txt", "Eva Smit", SMITH)
    (found,) = decided(same("Kyiv", "p_eva_smit"), readings=[given])
    assert record(found, "Kyiv").wikidata == "Q1899"
    assert record(found, "Kyiv").aliases == ("Eva Smit", "Kiev")
    assert record(found, "Ukraine").label == "Ukraine"  # a reading can be understood alone


def test_merges_chain() -> None:
    first, second = decided(same("p_eva_smit", "p_eva_smitt"), same("Kyiv", "p_eva_smitt"))
    assert speaker(first) == speaker(second) == "Kyiv"


def test_a_split_sends_one_report_elsewhere() -> None:
    given = told("a.txt", "Eva Smit", SMITH), told("b.txt", "Eva Smit", SMITH)
    first, second = decided(
        different("p_eva_smit", "p_eva_smit_2", reports=("b.txt",), reason="the painter"),
        readings=given,
    )
    assert (speaker(first), speaker(second)) == ("p_eva_smit", "p_eva_smit_2")
    assert record(second, "p_eva_smit_2").label == "Eva Smit"
    assert record(second, "x_1_guards").side == "p_eva_smit_2"
    assert second.references[0].method == "decided different by hand: the painter"


def test_a_split_may_send_to_a_known_entity_without_moving_its_neighbours() -> None:
    georgia = Entity("Georgia", "Country", "Georgia")
    town = Entity("Town", "City", "Town", within="Georgia")
    document = report("Georgia said that Town burned.", uri="us.txt")
    mentions = [
        (mention(document, "Georgia", "Country"), "Georgia"),
        (mention(document, "Town", "City"), "Town"),
    ]
    given = reading(document, (), [georgia, town], mentions)
    (found,) = decided(different("Georgia", "Georgia_US", reports=("us.txt",)), readings=[given])
    assert found.references[0].entity == "Georgia_US"
    assert record(found, "Georgia_US").type == "Region"
    assert record(found, "Town").within == "Georgia"
    assert record(found, "Georgia").type == "Country"


def test_a_split_may_be_of_one_mention() -> None:
    document = report("Eva Smit met Eva Smit.", uri="a.txt")
    mentions = [
        (mention(document, "Eva Smit", "Person"), "p_eva_smit"),
        (mention(document, "Eva Smit", "Person", after=5), "p_eva_smit"),
    ]
    given = reading(document, (), [SMITH], mentions)
    where = f"doc_{document.id[:16]}_c13_21"
    (found,) = decided(different("p_eva_smit", "p_other", reports=(where,)), readings=[given])
    assert [each.entity for each in found.references] == ["p_eva_smit", "p_other"]
    assert {entity.id for entity in found.entities} == {"p_eva_smit", "p_other"}


def test_a_name_that_is_given_merges_what_is_called_so() -> None:
    _, second = decided(same("p_eva_smit", names=("eva smitt",)))
    assert speaker(second) == "p_eva_smit"
    assert record(second, "p_eva_smit").aliases == ("eva smitt",)
    assert speaker(told("b.txt", "Eva Smitt", SMITT)) == "p_eva_smitt"


@pytest.mark.parametrize(
    "other",
    [
        Entity("n_eva_smitt", "Company", "Eva Smitt"),  # of another kind
        Entity("x_1_eva", "Person", "Eva Smitt", anonymous=True),
    ],
)
def test_a_name_does_not_merge_what_cannot_be_the_same(other: Entity) -> None:
    given = told("a.txt", "Eva Smit", SMITH), told("b.txt", "Eva Smitt", other)
    _, second = decided(same("p_eva_smit", names=("Eva Smitt",)), readings=given)
    assert speaker(second) == other.id


def test_a_name_may_be_taken_away() -> None:
    given = told("a.txt", "Kyiv", Entity("Kyiv", "City", "Kyiv", ("Kiev",)))
    (found,) = decided(different("Kyiv", names=("Kiev",)), readings=[given])
    assert record(found, "Kyiv").aliases == ()


def test_open_claims_follow_too() -> None:
    first, _ = two()
    given = replace(first, claims=(), open_claims=first.claims)
    (found,) = decided(same("Kyiv", "p_eva_smit"), readings=[given])
    assert found.open_claims[0].attributions[0].sources[0].entity == "Kyiv"


# ------------------------------------------------------------------------- the last word counts


def test_a_merge_is_undone_by_the_last_word() -> None:
    _, second = decided(same("p_eva_smit", "p_eva_smitt"), different("p_eva_smit", "p_eva_smitt"))
    assert speaker(second) == "p_eva_smitt"


def test_a_split_is_undone_by_a_merge() -> None:
    split = different("p_eva_smit", "p_eva_smit_2", reports=("a.txt",))
    first, _ = decided(split, same("p_eva_smit", "p_eva_smit_2"))
    assert speaker(first) == "p_eva_smit"


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_a_name_does_not_merge_what_is_decided_to_differ(verdict: str) -> None:
    apart = Decision(verdict, ("p_eva_smit", "p_eva_smitt"))  # type: ignore[arg-type]
    _, second = decided(apart, same("p_eva_smit", names=("Eva Smitt",)))
    assert speaker(second) == "p_eva_smitt"


def test_entities_cannot_differ_and_be_the_same_by_way_of_a_third() -> None:
    with pytest.raises(ResourceError, match="the same by way of others"):
        Ledger([same("a", "b"), same("b", "c"), different("a", "c")])


@pytest.mark.parametrize(
    ("decision", "complaint"),
    [
        (same("a"), "needs two entities"),
        (same("a", "a"), "twice"),
        (same("a", "b c"), "local name"),
        (same("a", "b", names=("n",)), "one entity"),
        (same("a", "b", reports=("r",)), "`different`"),
        (Decision("unsure", ("a",), ("n",)), "`same` or `different`"),
        (same("a", "b", score=1.5), "between 0 and 1"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(decision: Decision, complaint: str) -> None:
    with pytest.raises(ResourceError, match=complaint):
        Ledger([decision])


# ------------------------------------------------------------------------------------- the file


def test_what_is_added_is_read_back_and_what_was_written_by_hand_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    first = same("p_eva_smit", "p_eva_smitt", reason="no: one person", author="Ann")
    ledger.append(path, first)
    path.write_text(path.read_text() + "# we asked her\n")
    second = different("Kyiv", names=("on", "Київ"))
    ledger.append(path, second)
    assert ledger.read(path).decisions == (first, second)
    assert "# we asked her\n- verdict: different" in path.read_text()
    assert [each.name for each in tmp_path.iterdir()] == ["decisions.yml"]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert not ledger.read(tmp_path / "none.yml")
    (tmp_path / "empty.yml").write_text("# nothing yet\n")
    assert not ledger.read(tmp_path / "empty.yml")


def test_a_contradiction_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    ledger.append(path, same("a", "b", "c"))
    before = path.read_bytes()
    with pytest.raises(ResourceError, match="by way of others"):
        ledger.append(path, different("b", "c"))
    assert path.read_bytes() == before


def test_a_file_that_is_no_open_list_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yml"
    path.write_text("[{verdict: same, entities: [a, b]}]\n")
    with pytest.raises(ResourceError):
        ledger.append(path, same("c", "d"))
    assert [each.name for each in tmp_path.iterdir()] == ["decisions.yml"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- verdict: same\n  entities: [a, b]\n- verdict: maybe\n  entities: [a, b]\n", 3),
        ("- verdict: same\n  entities: [a, b]\n- verdict: same\n  entities: [a]\n", 3),
        ("- verdict: same\n  entities: [a, b]\n  because: x\n", 3),
        ("verdict: same\n", 1),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "decisions.yml"
    path.write_text(text)
    with pytest.raises(ResourceError, match=f"decisions.yml:{line}"):
        ledger.read(path)
