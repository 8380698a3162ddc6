"""Which claims cannot both be true: denials, incompatible figures, one place under two sides.

Each kind asks for the same slot: the same event with opposite polarity, the same figure as of the
same day with intervals that do not meet, the same place held by two sides on the same day. A later
figure or a later holder contradicts nobody. Contradictions are links; they retire nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kg.model import Claim, Document, Entity, Quantity, Reading, Statement
from kg.vocab import is_a

type Pair = tuple[str, str]
"""The ids of two claims, in order."""

_APART = 14  # days between reports after which a denial answers something else
_ROUND = 0.1  # how far a rounded figure may be off
_HELD = "controls"
_PLACE_ROLES = ("location", "destination", "target", "origin")
_PREPOSITIONS = (" of ", " in ", " from ", " with ", " at ", " for ")


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with the report that makes it."""

    claim: Claim
    document: Document


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number that some claim gives for an event."""

    told: _Told
    low: float
    high: float


def contradictions(
    readings: Sequence[Reading], statements: Iterable[Statement]
) -> tuple[Pair, ...]:
    """Pairs of contradicting claims, sorted; a pure function of the set of readings.

    `statements` are those derived from the readings.
    """
    told = {c.id: _Told(c, r.document) for r in readings for c in r.claims}
    derived = tuple(statements)
    pairs = {
        (min(pair), max(pair))
        for pair in (
            *_denials(told, derived),
            *_losses(told),
            *_figures(readings, told),
            *_holders(told, derived),
        )
    }
    return tuple(sorted(pairs))


def _denials(told: dict[str, _Told], statements: Sequence[Statement]) -> Iterator[Pair]:
    """Claims for and against one edge, and events that their own report says are denied."""
    for statement in statements:
        for one, other in product(statement.supported_by, statement.opposed_by):
            if told[one].claim.factuality.realis and _together(told[one], told[other]):
                yield one, other
    for name in told:
        event, denied, _ = name.partition("_denied")
        if denied and event in told:
            yield event, name


def _losses(told: dict[str, _Told]) -> Iterator[Pair]:
    """Who takes a place and who denies that it is lost say the opposite in other words."""
    taken: dict[str, list[str]] = defaultdict(list)
    for name, each in told.items():
        if is_a(each.claim.type, "Capture") and each.claim.factuality.realis:
            for place in _fillers(each.claim, "theme"):
                taken[place].append(name)
    for name, each in told.items():
        value = each.claim.factuality
        denied = value.polarity == "negative" and value.certainty == "certain"
        if not is_a(each.claim.type, "TerritorialLoss") or not denied:
            continue
        for place in sorted(_fillers(each.claim, "theme", "origin")):
            for other in taken[place]:
                if _together(told[other], each):
                    yield other, name


def _together(one: _Told, other: _Told) -> bool:
    """Whether two reports may speak of one time."""
    first, second = one.claim.time, other.claim.time
    if first and second and first.earliest and second.earliest and first.latest and second.latest:
        return first.earliest <= second.latest and second.earliest <= first.latest
    days = one.document.published, other.document.published
    return days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= _APART


# ------------------------------------------------------------------ figures


def _figures(readings: Sequence[Reading], told: dict[str, _Told]) -> Iterator[Pair]:
    slots: dict[tuple[str, ...], list[_Figure]] = defaultdict(list)
    for reading in readings:
        entities = {entity.id: entity for entity in reading.entities}
        for claim in reading.claims:
            place = _place(claim, entities)
            day = reading.document.published
            if place is None or day is None or not claim.factuality.realis:
                continue
            for quantity in claim.quantities:
                counted = _counted(quantity, reading.document.text)
                bounds = _interval(quantity)
                if counted and bounds:
                    slot = (claim.type, place, counted, day.isoformat())
                    slots[slot].append(_Figure(told[claim.id], *bounds))
    for figures in slots.values():
        for one, other in combinations(figures, 2):
            apart = one.high < other.low or other.high < one.low
            if apart and _same_event(one.told, other.told, told):
                yield one.told.claim.id, other.told.claim.id


def _place(claim: Claim, entities: dict[str, Entity]) -> str | None:
    """The linked place that tells events of one kind apart: of harm a town, else any."""
    for argument in claim.arguments:
        entity = entities.get(argument.filler.entity or "")
        if argument.role not in _PLACE_ROLES or argument.inferred or entity is None:
            continue
        wide = is_a(claim.type, "HarmEvent") and entity.type in ("Country", "Region", "Area")
        if is_a(entity.type, "Place") and not entity.id.startswith("x_") and not wide:
            return entity.id
    return None


def _counted(quantity: Quantity, text: str) -> str | None:
    """The head of what is counted, without its plural ending."""
    if quantity.counted is None:
        return None
    words = text[quantity.counted.start : quantity.counted.end].casefold()
    for preposition in _PREPOSITIONS:
        words = words.partition(preposition)[0]
    return words.split()[-1].removesuffix("s") if words.split() else None


def _interval(quantity: Quantity) -> tuple[float, float] | None:
    """The least and the greatest number that the words allow."""
    value, lower, upper = (
        None if each is None else float(each)
        for each in (quantity.value, quantity.lower, quantity.upper)
    )
    if quantity.comparator == "exact" and value is not None:
        return value, value
    if quantity.comparator in ("approximately", "nearly") and value is not None:
        return value * (1 - _ROUND), value * (1 + _ROUND)
    if lower is None and upper is None:
        return None
    return lower or 0.0, float("inf") if upper is None else upper


def _same_event(one: _Told, other: _Told, told: dict[str, _Told]) -> bool:
    """Not of two doers or two causes; in one report, told by two sources."""
    for role in ("agent", "theme", "recipient"):
        named = [_named(each.claim, role) for each in (one, other)]
        if all(named) and named[0].isdisjoint(named[1]):
            return False
    causes = [
        {
            told[a.filler.event].claim.type
            for a in each.claim.fillers("cause")
            if a.filler.event in told
        }
        for each in (one, other)
    ]
    if all(causes) and causes[0].isdisjoint(causes[1]):
        return False
    sources = [_sources(each.claim) for each in (one, other)]
    return one.document.id != other.document.id or sources[0].isdisjoint(sources[1])


def _fillers(claim: Claim, *roles: str) -> set[str]:
    """The entities in some roles."""
    found = (a.filler.entity for role in roles for a in claim.fillers(role))
    return {entity for entity in found if entity}


def _named(claim: Claim, role: str) -> set[str]:
    """Entities in a role that other reports know by the same name."""
    return {entity for entity in _fillers(claim, role) if not entity.startswith("x_")}


def _sources(claim: Claim) -> set[str]:
    """Who says so, by entity or else by words; the report itself as an empty name."""
    steps = claim.attributions[:1]
    found = {f.entity or f"{f.span.start}" for step in steps for f in step.sources}
    return found or {""}


# ------------------------------------------------------------------ control


def _holders(told: dict[str, _Told], statements: Iterable[Statement]) -> Iterator[Pair]:
    """Claims of the same day that give one place to two sides."""
    held: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for statement in statements:
        for name in statement.supported_by if statement.predicate == _HELD else ():
            claim, day = told[name].claim, told[name].document.published
            if claim.factuality.realis and day is not None:
                held[statement.object, day.isoformat()].append((statement.subject, name))
    for holders in held.values():
        joint = {(side, name) for side, name in holders}
        for (side, one), (rival, other) in combinations(holders, 2):
            shared = (side, other) in joint or (rival, one) in joint
            if side != rival and not shared and _together(told[one], told[other]):
                yield one, other
