"""Which claims cannot both be true: denials, incompatible figures, one place under two sides.

Each kind asks for the same slot: the same event with opposite polarity, the same figure as of the
same day with intervals that do not meet, the same place held by two sides on the same day. A later
figure or a later holder contradicts nobody. Contradictions are links; they retire nothing. So that
a corpus can be kept up to date, the claims of a reading take their stances by themselves, and those
in one slot are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Literal

from kg.graph.evidence import Evidence
from kg.model import Claim, Quantity, Reading, Statement
from kg.vocab import is_a

Pair = tuple[str, str]
"""The ids of two claims, in order."""

Edge = tuple[tuple[str, str, str], str, bool]
"""Subject, predicate and object; a claim that speaks of it; whether it says that it is not so."""

Kind = Literal["denial", "figure", "holder"]
Slot = tuple[str, ...]
"""What is contested: the kind, then what tells one such thing from another."""

_APART = 14  # days between reports after which a denial answers something else
_ROUND = 0.1  # how far a rounded figure may be off
_HELD = "controls"
_PLACE_ROLES = ("location", "destination", "target", "origin")
_PARTIES = ("agent", "theme", "recipient")
_PREPOSITIONS = (" of ", " in ", " from ", " with ", " at ", " for ")


@dataclass(frozen=True, slots=True)
class Stance:
    """What one claim says in a slot.

    `side` is "for" or "against" of a denial, the holder of a place, else empty; `low` and `high`
    bound a figure. `when` are the bounds of the time of the event. `parties` are the entities in
    each of the roles that tell events apart, `causes` the types of what caused it, `sources` who
    says so.
    """

    claim: str
    document: str
    published: date | None
    when: tuple[date, date] | None
    side: str = ""
    low: float = 0.0
    high: float = 0.0
    parties: tuple[tuple[str, ...], ...] = ()
    causes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def contradictions(
    readings: Iterable[Reading], statements: Iterable[Statement]
) -> tuple[Pair, ...]:
    """Pairs of contradicting claims, sorted; a pure function of the set of readings.

    `statements` are those derived from the readings.
    """
    edges: dict[str, list[Edge]] = defaultdict(list)
    for each in statements:
        triple = (each.subject, each.predicate, each.object)
        for opposes, claims in ((False, each.supported_by), (True, each.opposed_by)):
            for claim in claims:
                edges[claim].append((triple, claim, opposes))
    found: dict[Slot, list[Stance]] = defaultdict(list)
    for reading in readings:
        own = (edge for claim in reading.claims for edge in edges[claim.id])
        for slot, stance in stances(reading, own):
            found[slot].append(stance)
    return tuple(sorted({pair for slot in found for pair in rivals(slot, found[slot])}))


def told_edges(evidence: Iterable[tuple[tuple[str, str, str], Evidence]]) -> Iterator[Edge]:
    """The edges that the claims of a reading speak of, from `kg.graph.assertion.find_evidence`."""
    return ((triple, each.claim, each.opposes) for triple, each in evidence)


def stances(reading: Reading, edges: Iterable[Edge]) -> Iterator[tuple[Slot, Stance]]:
    """What the claims of a reading, which speak of `edges`, say in each slot."""
    taker = _Taker(reading)
    yield from taker.of_edges(edges)
    yield from taker.of_denials()
    yield from taker.of_losses()
    yield from taker.of_figures()


def rivals(slot: Slot, taken: Iterable[Stance]) -> Iterator[Pair]:
    """The pairs of claims that contradict each other in a slot."""
    ordered = sorted(taken, key=lambda stance: (stance.claim, stance.side, stance.low, stance.high))
    held = {(stance.side, stance.claim) for stance in ordered}
    tests: Mapping[str, Callable[[Stance, Stance], bool]] = {
        "denial": _denies,
        "figure": _differs,
        "holder": lambda one, other: _excludes(one, other, held),
    }
    for one, other in combinations(ordered, 2):
        if one.claim != other.claim and tests[slot[0]](one, other):
            yield one.claim, other.claim


class _Taker:
    """Finds the stances of the claims of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._document = reading.document
        self._claims = {claim.id: claim for claim in reading.claims}
        self._entities = {entity.id: entity for entity in reading.entities}

    def of_edges(self, edges: Iterable[Edge]) -> Iterator[tuple[Slot, Stance]]:
        """Claims for and against one edge, and who holds a place on a day."""
        for triple, name, opposes in edges:
            claim = self._claims[name]
            if opposes:
                yield ("denial", *triple), self._stance(claim, "against")
            elif claim.factuality.realis:
                yield ("denial", *triple), self._stance(claim, "for")
                holder, predicate, place = triple
                if predicate == _HELD and self._document.published is not None:
                    slot = ("holder", place, self._document.published.isoformat())
                    yield slot, self._stance(claim, holder)

    def of_denials(self) -> Iterator[tuple[Slot, Stance]]:
        """Events that their own report says are denied."""
        for name, claim in self._claims.items():
            event, denied, _ = name.partition("_denied")
            if denied and event in self._claims:
                for side, each in (("for", self._claims[event]), ("against", claim)):
                    yield ("denial", event), replace(self._stance(each, side), when=None)

    def of_losses(self) -> Iterator[tuple[Slot, Stance]]:
        """Who takes a place and who denies that it is lost say the opposite in other words."""
        for claim in self._claims.values():
            value = claim.factuality
            denied = value.polarity == "negative" and value.certainty == "certain"
            side, roles = "", ["theme"]
            if is_a(claim.type, "Capture") and value.realis:
                side = "for"
            elif is_a(claim.type, "TerritorialLoss") and denied:
                side, roles = "against", ["theme", "origin"]
            for place in sorted(_fillers(claim, *roles)) if side else ():
                yield ("denial", "loss", place), self._stance(claim, side)

    def of_figures(self) -> Iterator[tuple[Slot, Stance]]:
        """How many of a kind an event befell; a part of another figure contradicts none."""
        for claim in self._claims.values():
            place = self._place(claim)
            day = claim.as_of or self._document.published
            if place is None or day is None or not claim.factuality.realis:
                continue
            for quantity in claim.quantities:
                counted, bounds = self._counted(quantity), _interval(quantity)
                if counted and bounds and not quantity.part:
                    slot = ("figure", claim.type, place, counted, day.isoformat())
                    yield slot, self._figure(claim, *bounds)

    def _stance(self, claim: Claim, side: str) -> Stance:
        time, when = claim.time, None
        if time is not None and time.earliest is not None and time.latest is not None:
            when = (time.earliest, time.latest)
        return Stance(claim.id, self._document.id, self._document.published, when, side)

    def _figure(self, claim: Claim, low: float, high: float) -> Stance:
        causes = {
            self._claims[argument.filler.event].type
            for argument in claim.fillers("cause")
            if argument.filler.event in self._claims
        }
        return replace(
            self._stance(claim, ""),
            low=low,
            high=high,
            parties=tuple(tuple(sorted(_named(claim, role))) for role in _PARTIES),
            causes=tuple(sorted(causes)),
            sources=tuple(sorted(_sources(claim))),
        )

    def _place(self, claim: Claim) -> str | None:
        """The linked place that tells events of one kind apart: of harm a town, else any."""
        for argument in claim.arguments:
            entity = self._entities.get(argument.filler.entity or "")
            if argument.role not in _PLACE_ROLES or argument.inferred or entity is None:
                continue
            wide = is_a(claim.type, "HarmEvent") and entity.type in ("Country", "Region", "Area")
            if is_a(entity.type, "Place") and not entity.id.startswith("x_") and not wide:
                return entity.id
        return None

    def _counted(self, quantity: Quantity) -> str | None:
        """The head of what is counted, without its plural ending."""
        if quantity.counted is None:
            return None
        span = quantity.counted
        words = self._document.text[span.start : span.end].casefold()
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


# ------------------------------------------------------------ what contradicts


def _denies(one: Stance, other: Stance) -> bool:
    return one.side != other.side and _together(one, other)


def _differs(one: Stance, other: Stance) -> bool:
    """Not of two doers or two causes; in one report, told by two sources."""
    apart = one.high < other.low or other.high < one.low
    pairs = (*zip(one.parties, other.parties, strict=True), (one.causes, other.causes))
    if not apart or any(a and b and set(a).isdisjoint(b) for a, b in pairs):
        return False
    return one.document != other.document or set(one.sources).isdisjoint(other.sources)


def _excludes(one: Stance, other: Stance, held: set[tuple[str, str]]) -> bool:
    """Two sides that do not hold the place together."""
    joint = (one.side, other.claim) in held or (other.side, one.claim) in held
    return one.side != other.side and not joint and _together(one, other)


def _together(one: Stance, other: Stance) -> bool:
    """Whether two reports may speak of one time."""
    if one.when and other.when:
        return one.when[0] <= other.when[1] and other.when[0] <= one.when[1]
    days = one.published, other.published
    return days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= _APART
