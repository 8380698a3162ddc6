"""The rule of assertion: which plain edges the claims of all reports give, and how firmly.

An edge is a fact only if some report presents it as having happened or holding and no source says
the opposite. "Fact" means reported, never true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kg.lexicon import EdgeRule
from kg.model import Argument, Claim, Document, Entity, Filler, Reading, Statement, Status
from kg.vocab import SYMMETRIC, is_a, superclasses

Triple = tuple[str, str, str]
Rules = Mapping[str, tuple[EdgeRule, ...]]

NO_VOICES: Mapping[str, str] = MappingProxyType({})

_ACT_FOR_A_SIDE = ("MilitaryOrganization", "Government", "GovernmentBody")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one claim has to say for or against an edge, without the reading it stands in.

    `sources` are the entities that said so first; where there is none it is the report itself that
    speaks, with the `voice` of its publisher, or if that is unknown its own. `asserts` is not the
    opposite of `opposes`: most claims do neither.
    """

    claim: str
    document: str
    opposes: bool
    asserts: bool
    sources: tuple[str, ...]
    voice: str
    published: date | None


def derive_statements(
    readings: Iterable[Reading], edges: Rules, voices: Mapping[str, str] = NO_VOICES
) -> tuple[Statement, ...]:
    """The plain edges of all readings, sorted; a pure function of the set of readings.

    `edges` gives the rules of an event type; a type without an entry has those of its nearest
    super-class that has one. Subject and object are lifted to the state or group that they act
    for, except the speaker of a `claimed` edge, whose object is the event that is told. An edge
    is `asserted` if a claim behind it is realis, stands below the headline and no claim says the
    opposite; otherwise `disputed` (claims for and against), `negated` (only against) or
    `unasserted`. Counts and dates are those of the claims for it, or if there are none, against.
    `voices` as in `statement_of`.
    """
    found: dict[Triple, list[Evidence]] = defaultdict(list)
    for reading in readings:
        for triple, evidence in find_evidence(reading, edges):
            found[triple].append(evidence)
    return tuple(statement_of(triple, found[triple], voices) for triple in sorted(found))


def find_evidence(reading: Reading, edges: Rules) -> Iterator[tuple[Triple, Evidence]]:
    """The edges that the claims of one reading speak of; for each edge a claim comes once."""
    entities = {entity.id: entity for entity in reading.entities}
    events = {claim.id for claim in reading.claims}
    for claim in reading.claims:
        triples = dict.fromkeys(_triples(claim, _rules(claim.type, edges), entities, events))
        if triples:
            evidence = _evidence(claim, reading.document)
            yield from ((triple, evidence) for triple in triples)


def statement_of(
    triple: Triple, evidence: Collection[Evidence], voices: Mapping[str, str] = NO_VOICES
) -> Statement:
    """An edge with the evidence of all reports, in any order.

    `voices` names for a report that repeats another one (by `Document.id`) the voice of that
    other, so that a dispatch printed in ten papers is one source and not ten.
    """
    supporting = [each for each in evidence if not each.opposes]
    opposing = [each for each in evidence if each.opposes]
    heard = supporting or opposing
    dates = [each.published for each in heard if each.published]
    return Statement(
        *triple,
        status=_status(supporting, opposing),
        supported_by=_ids(supporting),
        opposed_by=_ids(opposing),
        source_count=len({origin for each in heard for origin in _origins(each, voices)}),
        document_count=len({each.document for each in heard}),
        first_reported=min(dates, default=None),
        last_reported=max(dates, default=None),
    )


def _evidence(claim: Claim, document: Document) -> Evidence:
    value = claim.factuality
    sources = claim.attributions[0].sources if claim.attributions else ()
    return Evidence(
        claim=claim.id,
        document=document.id,
        # Says that it is not so; "will not" and "may not have" contradict nobody.
        opposes=value.polarity == "negative"
        and value.tense != "future"
        and value.modality in ("asserted", "reported")
        and value.certainty in ("certain", "probable"),
        # A headline is too short to be trusted alone; it supports but never asserts.
        asserts=value.realis and not claim.headline,
        sources=tuple(source.entity for source in sources if source.entity),
        voice=voice_of(document),
        published=document.published,
    )


def voice_of(document: Document) -> str:
    """Who speaks where a report names no source."""
    return document.publisher or document.id


def _origins(evidence: Evidence, voices: Mapping[str, str]) -> Iterator[str]:
    """Who first said so; an unnamed source and the report's own voice are the publisher."""
    yield from evidence.sources
    if not evidence.sources:
        yield f"publisher {voices.get(evidence.document, evidence.voice)}"


def _rules(event_type: str, edges: Rules) -> tuple[EdgeRule, ...]:
    for name in (event_type, *superclasses(event_type)):
        if name in edges:
            return edges[name]
    return ()


def _triples(
    claim: Claim,
    rules: Sequence[EdgeRule],
    entities: Mapping[str, Entity],
    events: Collection[str],
) -> Iterator[Triple]:
    for argument in claim.arguments:
        if argument.inferred and argument.role == "location":
            continue  # told of a neighbouring event; true of this one, but not said of it
        if argument.filler.event is not None and argument.filler.event not in events:
            continue  # an edge must not lead to an event that nobody describes
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
        and not (rule.said and argument.inferred)
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


def _status(supporting: Sequence[Evidence], opposing: Sequence[Evidence]) -> Status:
    if opposing:
        return "disputed" if supporting else "negated"
    return "asserted" if any(each.asserts for each in supporting) else "unasserted"


def _ids(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(sorted(each.claim for each in evidence))
