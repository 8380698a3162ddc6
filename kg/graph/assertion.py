"""The rule of assertion: which plain edges the claims of all reports give, and how firmly.

An edge is a fact only if some report presents it as having happened or holding and no source says
the opposite. "Fact" means reported, never true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.graph.evidence import NO_VOICES, Evidence, count_origins, evidence_in
from kg.graph.guesses import guessed_links, guessed_pronouns, without
from kg.graph.sides import by_side, joint_sides
from kg.lexicon import EdgeRule
from kg.model import Argument, Claim, Entity, Filler, Reading, Statement, Status
from kg.vocab import SAYING, SYMMETRIC, is_a, is_one_of, superclasses

Triple = tuple[str, str, str]
Rules = Mapping[str, tuple[EdgeRule, ...]]

_FORCES = ("MilitaryOrganization",)
_ACT_FOR_A_SIDE = (*_FORCES, "Government", "GovernmentBody")
_BYSTANDERS = ("PopulatedPlace", "NewsAgency", "ThinkTank", "InformationArtifact", "Law")
_BESIDE = ("near", "toward")
_DIRECTION = "_of"
_SETTLED = ("Country",)
_PEOPLE = ("PersonGroup",)
_VIOLENCE = ("CombatEvent", "HarmEvent")
_LOSS = "TerritorialLoss"
_GAINS = ("Capture", "Recapture")


def derive_statements(
    readings: Iterable[Reading], edges: Rules, voices: Mapping[str, str] = NO_VOICES
) -> tuple[Statement, ...]:
    """The plain edges of all readings, sorted; a pure function of the set of readings.

    `edges` gives the rules of an event type; a type without an entry has those of its nearest
    super-class that has one. Subject and object are lifted to the state or group that they act
    for, except the speaker of a `claimed` edge, whose object is the event that is told. An edge is
    `asserted` if a claim behind it is realis, stands below the headline and is none that its report
    says nobody could verify, and no claim says the opposite; otherwise `disputed` (claims for and
    against), `negated` (only against) or `unasserted`. Counts (of independent origins, see
    `kg.graph.evidence`) and dates are those of the claims for it, or if there are none, against.
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
    untrue = {each.id for each in reading.claims if each.factuality.polarity == "negative"}
    unverified = set(_unverified(reading))
    sides = joint_sides(reading)
    told_of: set[Triple] = set()
    denied: list[tuple[tuple[str, str], Evidence]] = []
    guessed, links = guessed_pronouns(reading), guessed_links(reading)
    for claim in reading.claims:
        rules = _rules(claim.type, edges)
        peaceful = not is_one_of(claim.type, _VIOLENCE)
        people = peaceful and any(_is_mutual(rule) for rule in rules)
        acting = (*_ACT_FOR_A_SIDE, *(_PEOPLE if people else ()))
        own = {argument.filler.entity for argument in claim.arguments}
        open_ = [number for number, rivals in links.items() if rivals - own]
        # "It added": who goes on speaking is seldom another than who spoke before
        open_ += [] if all(rule.edge == SAYING for rule in rules) else guessed
        told = without(by_side(claim, sides, acting, reading), open_)
        said = untrue if is_a(claim.type, "Denial") else events
        triples = dict.fromkeys(_triples(told, rules, entities, said))
        lost = claim.type == _LOSS
        ends = () if triples and not lost else tuple(_ends(told, rules, edges))
        if triples or ends:
            evidence = evidence_in(claim, reading, entities)
            if claim.id in unverified:
                evidence = replace(evidence, asserts=False)
            yield from ((triple, evidence) for triple in triples)
            told_of.update(triples)
            denied += [(end, evidence) for end in ends if evidence.opposes]
    for (edge, object_), evidence in denied:
        same = sorted(each for each in told_of if each[1:] == (edge, object_))
        yield from ((triple, evidence) for triple in same)


def _unverified(reading: Reading) -> Iterator[str]:
    """The claims of which the report says that they are not, or may not be, verified."""
    for claim in reading.claims:
        value = claim.factuality
        if claim.type == "Verification" and (value.polarity == "negative" or not value.realis):
            yield from (each.filler.event or "" for each in claim.fillers("content"))


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
        source_count=count_origins(heard, voices),
        document_count=len({each.document for each in heard}),
        first_reported=min(dates, default=None),
        last_reported=max(dates, default=None),
    )


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
            if _is_barred(rule, claim, argument) or _is_only_near(argument, rule, entities):
                continue
            violent = is_one_of(claim.type, _VIOLENCE)
            for subject in claim.fillers(rule.subject):
                if rule.object == rule.subject and subject.filler == argument.filler:
                    continue
                if violent and _has_no_part(subject, argument, claim, entities):
                    continue
                hit = _FORCES if violent and not _is_mutual(rule) else _ACT_FOR_A_SIDE
                triple = _triple(subject.filler, rule, argument.filler, entities, hit)
                if triple is not None:
                    yield triple


def _ends(claim: Claim, rules: Sequence[EdgeRule], edges: Rules) -> Iterator[tuple[str, str]]:
    """As in "X denies that the town has fallen", "its loss": whoever is said to have taken it."""
    if not claim.attributions or (claim.fillers("agent") and claim.type != _LOSS):
        return
    if claim.type == _LOSS:
        rules = [each for name in _GAINS for each in edges.get(name, ())]
    for argument in claim.arguments:
        for rule in _matching(argument, rules):
            if rule.subject == "agent" and argument.filler.entity is not None:
                yield rule.edge, argument.filler.entity


def _has_no_part(
    doer: Argument, hit: Argument, claim: Claim, entities: Mapping[str, Entity]
) -> bool:
    """A town that is no power attacks nobody: who did it was not understood."""
    return _is_bystander(doer.filler, entities) or _is_of_other_doer(doer, hit, claim, entities)


def _is_of_other_doer(
    doer: Argument, hit: Argument, claim: Claim, entities: Mapping[str, Entity]
) -> bool:
    """As in "X and Y exchange fire, killing two soldiers of X": that X did not kill."""
    victim = entities.get(hit.filler.entity or "")
    several = len(claim.fillers(doer.role)) > 1 and hit.role != doer.role
    if not several or victim is None or victim.side is None or doer.filler.entity is None:
        return False
    return _lifted(doer.filler.entity, entities) == victim.side


def _is_barred(rule: EdgeRule, claim: Claim, argument: Argument) -> bool:
    """Whether another role shows that the two fillers did not act on each other.

    So too where no event is told: "called the accusation a lie".
    """
    if rule.edge == SAYING and argument.filler.event is None:
        return True
    if rule.unless is not None and claim.fillers(rule.unless):
        return True
    # Several parties on one side against another, not against each other.
    return rule.object == rule.subject and bool(claim.fillers("coAgent"))


def _is_only_near(argument: Argument, rule: EdgeRule, entities: Mapping[str, Entity]) -> bool:
    """As in "operations near Poland": not in it, as they may be in a town that they are near.

    What lies "north of" a town is not in it.
    """
    if argument.role != "location" or rule.spatial:
        return False
    if (argument.spatial or "").endswith(_DIRECTION):
        return True
    if argument.spatial not in _BESIDE:
        return False
    entity = entities.get(argument.filler.entity or "")
    return entity is not None and is_one_of(entity.type, _SETTLED)


def _is_mutual(rule: EdgeRule) -> bool:
    return rule.edge in SYMMETRIC


def _matching(argument: Argument, rules: Sequence[EdgeRule]) -> list[EdgeRule]:
    """The rules for an argument as object; a rule that names its partitive form goes first."""
    if argument.spatial == "between":
        return []  # "an exclave between X and Y" is in neither
    if argument.part and argument.spatial in _BESIDE:
        rules = [rule for rule in rules if rule.spatial or not rule.part]  # "towns near X"
    beside = argument.spatial in _BESIDE or (argument.spatial or "").endswith(_DIRECTION)
    if argument.role in ("theme", "target") and beside:
        rules = [rule for rule in rules if rule.spatial]  # "villages south of X", "outskirts of X"
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


def _is_bystander(filler: Filler, entities: Mapping[str, Entity]) -> bool:
    entity = entities.get(filler.entity or "")
    return entity is not None and is_one_of(entity.type, _BYSTANDERS)


def _triple(
    subject: Filler,
    rule: EdgeRule,
    object_: Filler,
    entities: Mapping[str, Entity],
    lifted: Sequence[str],
) -> Triple | None:
    """The edge between two fillers; as its object, only the classes `lifted` mean their side.

    To hit an embassy is not to hit its state, to hit a state's soldiers is.
    """
    if subject.entity is None:
        return None
    if object_.event is not None:  # of the plain edges only "claimed" leads to an event
        return (subject.entity, rule.edge, object_.event) if rule.edge == SAYING else None
    if object_.entity is None:
        return None
    edge = rule.edge
    first, second = _lifted(subject.entity, entities), object_.entity
    whole = _lifted(second, entities, lifted)
    doer = entities.get(first)
    if not rule.as_told and (doer is None or doer.side != whole):
        second = whole  # but a president who urges his parliament does not urge his state
    if rule.as_told and rule.subject != "agent":
        first = subject.entity
    if first == second:
        return None
    if edge in SYMMETRIC:
        first, second = sorted((first, second))
    return first, edge, second


def _lifted(
    name: str, entities: Mapping[str, Entity], kinds: Sequence[str] = _ACT_FOR_A_SIDE
) -> str:
    """The state or group behind a force, government or ministry; anything else is itself."""
    passed = {name}
    while (entity := entities.get(name)) and entity.side and _acts_for_its_side(entity, kinds):
        name = entity.side
        if name in passed:
            break
        passed.add(name)
    return name


def _acts_for_its_side(entity: Entity, kinds: Sequence[str]) -> bool:
    if is_a(entity.type, "MilitaryUnit"):  # a unit known by name stays itself
        return entity.id.startswith("x_")
    if is_a(entity.type, "Court"):  # its rulings are no deeds of its state
        return False
    return is_one_of(entity.type, kinds)


def _status(supporting: Sequence[Evidence], opposing: Sequence[Evidence]) -> Status:
    if opposing:
        return "disputed" if supporting else "negated"
    return "asserted" if any(each.asserts for each in supporting) else "unasserted"


def _ids(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(sorted(each.claim for each in evidence))
