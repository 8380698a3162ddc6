"""The rule of assertion: which plain edges the claims of all reports give, and how firmly.

An edge is a fact only if some report presents it as having happened or holding and no source says
the opposite. "Fact" means reported, never true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.origins import Origins
from kg.lexicon import EdgeRule
from kg.model import Argument, Claim, Document, Entity, Filler, Reading, Statement, Status
from kg.vocab import SYMMETRIC, is_a, superclasses

Triple = tuple[str, str, str]
Rules = Mapping[str, tuple[EdgeRule, ...]]

_ACT_FOR_A_SIDE = ("MilitaryOrganization", "Government", "GovernmentBody")


@dataclass(frozen=True, slots=True)
class _Evidence:
    claim: Claim
    reading: Reading

    @property
    def document(self) -> Document:
        return self.reading.document

    @property
    def opposes(self) -> bool:
        """Says that it is not so; "will not" and "may not have" contradict nobody."""
        value = self.claim.factuality
        return (
            value.polarity == "negative"
            and value.tense != "future"
            and value.modality in ("asserted", "reported")
            and value.certainty in ("certain", "probable")
        )

    @property
    def asserts(self) -> bool:
        """A headline is too short to be trusted alone; it supports but never asserts."""
        return self.claim.factuality.realis and not self.claim.headline


def derive_statements(readings: Iterable[Reading], edges: Rules) -> tuple[Statement, ...]:
    """The plain edges of all readings, sorted; a pure function of the set of readings.

    `edges` gives the rules of an event type; a type without an entry has those of its nearest
    super-class that has one. Subject and object are lifted to the state or group that they act
    for, except the speaker of a `claimed` edge, whose object is the event that is told. An edge
    is `asserted` if a claim behind it is realis, stands below the headline and no claim says the
    opposite; otherwise `disputed` (claims for and against), `negated` (only against) or
    `unasserted`. Counts (of independent origins, see `Origins`) and dates are those of the claims
    for it, or if there are none, against.
    """
    known = tuple(readings)
    origins = Origins(known)
    found: dict[Triple, dict[str, _Evidence]] = defaultdict(dict)
    for reading in known:
        entities = {entity.id: entity for entity in reading.entities}
        for claim in reading.claims:
            evidence = _Evidence(claim, reading)
            for triple in _triples(claim, _rules(claim.type, edges), entities):
                found[triple][claim.id] = evidence
    return tuple(_statement(each, found[each].values(), origins) for each in sorted(found))


def _rules(event_type: str, edges: Rules) -> tuple[EdgeRule, ...]:
    for name in (event_type, *superclasses(event_type)):
        if name in edges:
            return edges[name]
    return ()


def _triples(
    claim: Claim, rules: Sequence[EdgeRule], entities: Mapping[str, Entity]
) -> Iterator[Triple]:
    for argument in claim.arguments:
        if argument.inferred and argument.role == "location":
            continue  # told of a neighbouring event; true of this one, but not said of it
        for rule in _matching(argument, rules):
            if rule.object == rule.subject and claim.fillers("coAgent"):
                continue  # several parties on one side against another, not against each other
            for subject in claim.fillers(rule.subject):
                triple = _triple(subject.filler, rule, argument.filler, entities)
                if triple is not None:
                    yield triple


def _matching(argument: Argument, rules: Sequence[EdgeRule]) -> list[EdgeRule]:
    """The rules for an argument as object; a rule that names its partitive form goes first."""
    candidates = [rule for rule in rules if rule.object == argument.role]
    named = {spatial for rule in candidates for spatial in rule.spatial}
    fitting = [
        rule
        for rule in candidates
        if rule.part in (None, argument.part)
        and (argument.spatial in rule.spatial if rule.spatial else argument.spatial not in named)
    ]
    return [rule for rule in fitting if rule.part is not None] or fitting


def _triple(
    subject: Filler, rule: EdgeRule, object_: Filler, entities: Mapping[str, Entity]
) -> Triple | None:
    if subject.entity is None:
        return None
    if object_.event is not None:
        return subject.entity, rule.edge, object_.event
    if object_.entity is None:
        return None
    edge = rule.edge
    first, second = _lifted(subject.entity, entities), object_.entity
    if not rule.as_told:
        second = _lifted(second, entities)
    elif rule.subject != "agent":
        first = subject.entity
    if first == second:
        return None
    if edge in SYMMETRIC:
        first, second = sorted((first, second))
    return first, edge, second


def _lifted(name: str, entities: Mapping[str, Entity]) -> str:
    """The state or group behind a force, government or ministry; anything else is itself."""
    passed = {name}
    while (entity := entities.get(name)) and entity.side and _acts_for_its_side(entity):
        name = entity.side
        if name in passed:
            break
        passed.add(name)
    return name


def _acts_for_its_side(entity: Entity) -> bool:
    if is_a(entity.type, "MilitaryUnit"):  # a unit known by name stays itself
        return entity.id.startswith("x_")
    return any(is_a(entity.type, kind) for kind in _ACT_FOR_A_SIDE)


def _statement(triple: Triple, evidence: Collection[_Evidence], origins: Origins) -> Statement:
    supporting = [each for each in evidence if not each.opposes]
    opposing = [each for each in evidence if each.opposes]
    voices = supporting or opposing
    dates = [each.document.published for each in voices if each.document.published]
    return Statement(
        *triple,
        status=_status(supporting, opposing),
        supported_by=_ids(supporting),
        opposed_by=_ids(opposing),
        source_count=origins.count((each.claim, each.reading) for each in voices),
        document_count=len({each.document.id for each in voices}),
        first_reported=min(dates, default=None),
        last_reported=max(dates, default=None),
    )


def _status(supporting: Sequence[_Evidence], opposing: Sequence[_Evidence]) -> Status:
    if opposing:
        return "disputed" if supporting else "negated"
    return "asserted" if any(each.asserts for each in supporting) else "unasserted"


def _ids(evidence: Iterable[_Evidence]) -> tuple[str, ...]:
    return tuple(sorted(each.claim.id for each in evidence))
