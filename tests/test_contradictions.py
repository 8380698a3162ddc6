"""Claims that cannot both be true are linked, and only those."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from kg.graph.assertion import derive_statements
from kg.graph.contradictions import contradictions
from kg.lexicon import EdgeRule
from kg.model import Argument, Claim, Comparator, Document, Entity, Quantity, Reading
from tests.builders import argument, claim, fact, reading, report, said, span

EDGES = {
    "Capture": (EdgeRule("captured", "theme"),),
    "Control": (EdgeRule("controls", "theme"), EdgeRule("controlsPartOf", "theme", part=True)),
    "Killing": (),
    "TerritorialLoss": (),
}
ENTITIES = (
    Entity("Norland", "Country", "Norland"),
    Entity("Sudor", "Country", "Sudor"),
    Entity("Vale", "Town", "Vale"),
    Entity("Hill", "Town", "Hill"),
    Entity("Ministry", "GovernmentBody", "Ministry"),
)
DAY = date(2024, 11, 24)


def _pairs(*readings: Reading) -> tuple[tuple[str, str], ...]:
    return contradictions(readings, derive_statements(readings, EDGES))


def _ids(*readings: Reading) -> tuple[str, ...]:
    return tuple(sorted(c.id for each in readings for c in each.claims))


def _toll(
    number: str,
    *,
    day: date = DAY,
    place: str = "Vale",
    comparator: Comparator = "exact",
    counted: str = "people",
    extra: tuple[Argument, ...] = (),
) -> Reading:
    document = report(f"{number} {counted} were killed in {place}.", published=day)
    lower, upper = {
        "at_least": (number, None),
        "at_most": (None, number),
    }.get(comparator, (None, None))
    quantity = Quantity(
        span(document, number), comparator, number, lower, upper, counted=span(document, counted)
    )
    arguments = (argument(document, "location", place, place), *extra)
    killed = claim(document, "Killing", "killed", *arguments, quantities=(quantity,))
    return reading(document, [killed], ENTITIES)


def _held(side: str, words: str = "holds", day: date = DAY, *, part: bool = False) -> Reading:
    document = report(f"{side} {words} Vale.", published=day)
    return reading(document, [_holding(document, side, words, part=part)], ENTITIES)


def _holding(document: Document, side: str, words: str, *, part: bool = False) -> Claim:
    return claim(
        document,
        "Control",
        words,
        argument(document, "agent", side, side),
        argument(document, "theme", "Vale", "Vale", part=part),
        factuality=fact(tense="present"),
    )


def test_figures_of_one_day_that_do_not_meet() -> None:
    few, many = _toll("12"), _toll("30")
    assert _pairs(few, many) == (_ids(few, many),)


def test_intervals_that_meet_agree() -> None:
    assert _pairs(_toll("12", comparator="at_least"), _toll("30")) == ()
    assert _pairs(_toll("12", comparator="at_most"), _toll("30")) != ()
    assert _pairs(_toll("12", comparator="approximately"), _toll("13")) == ()


def test_a_later_toll_another_place_or_another_kind_contradicts_nobody() -> None:
    first = _toll("12")
    assert _pairs(first, _toll("30", day=date(2024, 11, 25))) == ()
    assert _pairs(first, _toll("30", place="Hill")) == ()
    assert _pairs(first, _toll("30", counted="soldiers")) == ()


def test_two_figures_of_one_report_need_two_sources() -> None:
    document = report("In Vale 12 people were killed.", "The ministry counts 30 people killed.")
    ministry = said(document, "The ministry", "Ministry")
    claims = []
    for number, trigger, source in (("12", "killed", ()), ("30", "killed", (ministry,))):
        at = document.text.index(number)
        quantity = Quantity(
            span(document, number), "exact", number, counted=span(document, "people", at)
        )
        place = argument(document, "location", "Vale", "Vale")
        made = claim(document, "Killing", trigger, place, quantities=(quantity,))
        claims.append((made, source, at))
    one, other = claims
    second = replace(
        other[0], id=f"{other[0].id}_2", trigger=span(document, "killed", other[2]), sentence=1
    )
    alone = reading(document, [one[0], second], ENTITIES)
    assert _pairs(alone) == ()
    told = reading(document, [one[0], replace(second, attributions=(ministry,))], ENTITIES)
    assert len(_pairs(told)) == 1


def test_two_sides_hold_one_place_on_one_day() -> None:
    ours, theirs = _held("Norland"), _held("Sudor")
    assert _pairs(ours, theirs) == (_ids(ours, theirs),)
    assert _pairs(ours, _held("Sudor", day=date(2024, 12, 24))) == ()
    assert _pairs(_held("Norland", part=True), _held("Sudor", part=True)) == ()


def test_joint_control_contradicts_nobody() -> None:
    document = report("Norland and Sudor hold Vale.")
    both = claim(
        document,
        "Control",
        "hold",
        argument(document, "agent", "Norland", "Norland"),
        argument(document, "agent", "Sudor", "Sudor"),
        argument(document, "theme", "Vale", "Vale"),
        factuality=fact(tense="present"),
    )
    assert _pairs(reading(document, [both], ENTITIES)) == ()


def test_a_denial_contradicts_what_was_told_at_the_time() -> None:
    def captured(day: date, *, denied: bool) -> Reading:
        words = "It is denied that Norland captured Vale." if denied else "Norland captured Vale."
        document = report(words, published=day)
        value = fact(polarity="negative") if denied else fact()
        made = claim(
            document,
            "Capture",
            "captured",
            argument(document, "agent", "Norland", "Norland"),
            argument(document, "theme", "Vale", "Vale"),
            factuality=value,
        )
        return reading(document, [made], ENTITIES)

    told = captured(DAY, denied=False)
    denied = captured(date(2024, 11, 26), denied=True)
    assert _pairs(told, denied) == (_ids(told, denied),)
    assert _pairs(told, captured(date(2025, 3, 1), denied=True)) == ()


def test_who_denies_a_loss_contradicts_who_took_the_place() -> None:
    document = report("Norland captured Vale.", "Sudor denies that it lost Vale.")
    taken = claim(
        document,
        "Capture",
        "captured",
        argument(document, "agent", "Norland", "Norland"),
        argument(document, "theme", "Vale", "Vale"),
    )
    kept = claim(
        document,
        "TerritorialLoss",
        "lost",
        argument(document, "agent", "Sudor", "Sudor"),
        argument(document, "theme", "Vale", "Vale"),
        factuality=fact(polarity="negative"),
    )
    both = reading(document, [taken, kept], ENTITIES)
    assert _pairs(both) == (_ids(both),)
    lost = replace(kept, factuality=fact())
    assert _pairs(reading(document, [taken, lost], ENTITIES)) == ()
