"""Suite `plover_gsr`: who did what to whom, one coded event a sentence (PLOVER, 18 event types).

=============================== ===================================================================
event_accuracy, event_macro_f1  the event type, over the 18 types
quad_accuracy, quad_macro_f1    over verbal and material cooperation and conflict
source_overlap, target_overlap  records whose source (target) of ours overlaps a marked one, of
                                those that have one marked
source_country, target_country  our actors' countries are among the coded ones, and there is one
record_accuracy                 event, source and target all right
role_reversal_rate              of records where ours has both marked actors: source and target
                                swapped; less is better
=============================== ===================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from kg.evaluate.lookup import Lookup, by_class, fillers
from kg.evaluate.measure import MACRO_F1, RATE_OF_ERROR, SHARE, Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.classes import class_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Claim, Entity, Filler, Span
from kg.resources import ontology_path, read_yaml
from kg.vocab import is_a, is_one_of

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "INVESTIGATE",
    "DEMAND", "DISAPPROVE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE",
    "ASSAULT", "FIGHT",
]  # fmt: skip
QUADS = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("INVESTIGATE", "DEMAND", "DISAPPROVE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "FIGHT"),
}
QUAD_OF = {event: quad for quad, events in QUADS.items() for event in events}
RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # both parties are source and target
SPOKEN = frozenset({"AGREE", "DEMAND", "DISAPPROVE", "REJECT", "THREATEN"})
COOPERATION = frozenset((*QUADS["verbal cooperation"], *QUADS["material cooperation"]))

# Our class -> the event type of the 2016 draft that the records were coded with.
EVENT_TYPES: dict[str, EventType | None] = {
    "Approval": "AGREE", "Promise": "AGREE", "Offer": "AGREE", "Agreement": "AGREE",
    "Meeting": "CONSULT", "Negotiation": "CONSULT", "Visit": "CONSULT",
    "Support": "SUPPORT", "Praise": "SUPPORT", "Recognition": "SUPPORT",
    "Apology": "CONCEDE", "Acknowledgement": "CONCEDE", "ResponsibilityClaim": "CONCEDE",
    "Cessation": "CONCEDE", "Pardon": "CONCEDE", "Acquittal": "CONCEDE", "Legislation": "CONCEDE",
    "ForceIntegration": "COOPERATE", "RelationsResumption": "COOPERATE",
    "Cooperation": "COOPERATE", "Training": "COOPERATE", "Extradition": "COOPERATE",
    "CombatParticipation": "COOPERATE",
    "Aid": "AID", "Supply": "AID", "TransferEvent": "AID", "Rescue": "AID", "Evacuation": "AID",
    "Asylum": "AID", "Acquisition": None, "Theft": None, "Smuggling": None,
    "Withdrawal": "RETREAT", "TerritorialLoss": "RETREAT", "Release": "RETREAT",
    "Ceasefire": "RETREAT", "Surrender": "RETREAT", "Repatriation": "RETREAT",
    "Investigation": "INVESTIGATE",
    "Demand": "DEMAND",
    "Accusation": "DISAPPROVE", "Condemnation": "DISAPPROVE", "Lawsuit": "DISAPPROVE",
    "Charge": "DISAPPROVE", "Conviction": "DISAPPROVE", "DiplomaticSummons": "DISAPPROVE",
    "Denial": "REJECT", "Refusal": "REJECT",
    "Threat": "THREATEN", "Warning": "THREATEN",
    "Protest": "PROTEST", "Unrest": "PROTEST",
    "Sanction": "SANCTION", "DiplomaticExpulsion": "SANCTION", "DiplomaticRecall": "SANCTION",
    "RelationsSuspension": "SANCTION", "AidSuspension": "SANCTION", "Fine": "SANCTION",
    "OrganizationExit": "SANCTION",
    "ForceMovement": "MOBILIZE", "Mobilization": "MOBILIZE", "MilitaryExercise": "MOBILIZE",
    "WeaponTest": "MOBILIZE", "Recruitment": "MOBILIZE",
    "Seizure": "COERCE", "Detention": "COERCE", "Arrest": "COERCE", "Ban": "COERCE",
    "EmergencyDeclaration": "COERCE", "Destruction": "COERCE", "Deportation": "COERCE",
    "Raid": "COERCE", "Displacement": "COERCE", "Blockade": "COERCE", "Siege": "COERCE",
    "CyberAttack": "COERCE", "Dispersal": "COERCE",
    "HarmEvent": "ASSAULT", "Bombing": "ASSAULT", "AttackOnCivilians": "ASSAULT",
    "Disaster": None, "Illness": None,
    "Assassination": "ASSAULT", "Abduction": "ASSAULT", "Attack": "ASSAULT",
    "CombatEvent": "FIGHT", "AirStrike": "FIGHT", "DroneStrike": "FIGHT", "MissileStrike": "FIGHT",
    "Shelling": "FIGHT", "NavalAttack": "FIGHT", "Counterattack": "FIGHT", "Advance": "FIGHT",
    "TerritorialEvent": "FIGHT",
}  # fmt: skip
TARGETS = (
    "target", "recipient", "coAgent", "beneficiary", "theme", "destination", "origin", "location",
)  # fmt: skip

FORCES = ("ArmedForce", "MilitaryUnit", "Materiel", "Country")
STATES = ("Control", "ContestedControl")
MOVES = ("ForceMovement", "Mobilization", "Evacuation")

_MARK = re.compile(r"\(((?:SRC|TAR|EVT|LOC|/)+):\s*|[(){}]")


@dataclass(frozen=True, slots=True)
class Actor:
    actorText: str  # noqa: N815 - the name of the field in the file
    code: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    markup: str


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    event: EventType
    text: str
    textInfo: Markup  # noqa: N815 - the name of the field in the file
    source: tuple[Actor, ...] | str | None = None
    target: tuple[Actor, ...] | str | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    event: str | None = None
    sources: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    source_codes: frozenset[str] = frozenset()
    target_codes: frozenset[str] = frozenset()
    rule: str = ""


class PloverGsr(Suite[Item, Answer]):
    """Gold standard records of the PLOVER event ontology."""

    name = "plover_gsr"
    patterns = ("plover_gsr_*.jsonl", "plover_gsr_*.jsonl.gz")
    record = Item
    metrics = (
        Metric("event_accuracy", "event", SHARE),
        Metric("event_macro_f1", "event_classes", MACRO_F1),
        Metric("quad_accuracy", "quad", SHARE),
        Metric("quad_macro_f1", "quad_classes", MACRO_F1),
        Metric("source_overlap", "source", SHARE),
        Metric("target_overlap", "target", SHARE),
        Metric("source_country", "source_country", SHARE),
        Metric("target_country", "target_country", SHARE),
        Metric("record_accuracy", "record", SHARE),
        Metric("role_reversal_rate", "reversal", RATE_OF_ERROR),
    )

    def text(self, item: Item) -> Text:
        published = date.fromisoformat(item.date) if item.date else None
        return Text(item.id, item.text, published)

    def key(self, item: Item) -> Answer:
        marked = list(_marked(item))
        return Answer(
            item.event,
            tuple(span for role, span in marked if "SRC" in role),
            tuple(span for role, span in marked if "TAR" in role),
            _codes(item.source),
            _codes(item.target),
        )

    def blank(self, _item: Item) -> Answer:
        return Answer()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        lookup = Lookup(outcome.reading)
        coded = [
            (claim, event) for claim in outcome.reading.claims if (event := _coded(claim, lookup))
        ]
        if not coded:
            return Answer()
        inside = {told for each, _ in coded for told in _spoken_of(each)}
        claim, event = min(coded, key=lambda pair: (pair[0].id in inside, *_rank(pair[0])))
        sources = list(fillers(claim, "agent")) or list(fillers(claim, "instrument"))
        targets = _opponents(claim, lookup) or (sources if event in RECIPROCAL else [])
        return Answer(
            event,
            tuple(span for filler in sources for span in _told(filler, lookup)),
            tuple(span for filler in targets for span in _told(filler, lookup)),
            _countries(sources, lookup),
            _countries(targets, lookup),
            claim.rule,
        )

    def judge(self, item: Item, answer: Answer) -> Judgement:
        key = self.key(item)
        quad, our_quad = QUAD_OF[key.event or ""], QUAD_OF.get(answer.event or "")
        source, target = _meet(key.sources, answer.sources), _meet(key.targets, answer.targets)
        ends = ((source, key.sources), (target, key.targets))
        right = (key.event == answer.event) and all(met or not gold for met, gold in ends)
        swapped = _meet(key.targets, answer.sources) and _meet(key.sources, answer.targets)
        straight = source and target
        rows = {
            "event": (key.event == answer.event, 1),
            "event_classes": class_row(list(QUAD_OF), [item.event], [answer.event]),
            "quad": (quad == our_quad, 1),
            "quad_classes": class_row(list(QUADS), [quad], [our_quad]),
            "source": (source, bool(key.sources)),
            "target": (target, bool(key.targets)),
            "source_country": _country_row(key.source_codes, answer.source_codes),
            "target_country": _country_row(key.target_codes, answer.target_codes),
            "record": (right, 1),
            "reversal": (swapped and not straight, swapped or straight),
        }
        return Judgement(rows, tuple(self._slips(item, key, answer)))

    def _slips(self, item: Item, key: Answer, answer: Answer) -> Iterator[Slip]:
        if key.event != answer.event:
            kind = "event_wrong" if answer.event else "event_miss"
            yield Slip(kind, item.text, item.event, answer.event or "", answer.rule)
            return
        for role, gold, ours in (
            ("source", key.sources, answer.sources),
            ("target", key.targets, answer.targets),
        ):
            if gold and not _meet(gold, ours):
                shown = [
                    " / ".join(item.text[s.start : s.end] for s in each) for each in (gold, ours)
                ]
                yield Slip(f"{role}_wrong", item.text, shown[0], shown[1], answer.rule)


def _marked(item: Item) -> Iterator[tuple[str, Span]]:
    """The marked actors, where they stand in the plain text: marks may nest."""
    markup, at = item.textInfo.markup, 0
    plain: list[str] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(markup):
        plain.append(markup[at : match.start()])
        at, length = match.end(), sum(map(len, plain))
        if match[1]:
            open_marks.append((match[1], length))
        elif match[0] == "(":
            plain.append("(")
            open_marks.append(("", length))
        elif match[0] == ")" and open_marks:
            role, start = open_marks.pop()
            if not role:
                plain.append(")")
            elif span := _placed("".join(plain)[start:length], start, item.text):
                yield role, span


def _placed(words: str, near: int, text: str) -> Span | None:
    """The occurrence of the words nearest to where they stand in the marked text."""
    starts = [match.start() for match in re.finditer(re.escape(words.strip()), text)]
    if not starts or not words.strip():
        return None
    start = min(starts, key=lambda each: (abs(each - near), each))
    return Span(start, start + len(words.strip()))


def _codes(actors: tuple[Actor, ...] | str | None) -> frozenset[str]:
    if actors is None or isinstance(actors, str):
        return frozenset()
    return frozenset(actor.code for actor in actors if actor.code)


def _coded(claim: Claim, lookup: Lookup) -> str | None:
    """The event type of a claim; a plan is agreed to or threatened, a wish demanded or refused."""
    event = by_class(EVENT_TYPES, claim.type)
    how = claim.factuality
    if event == "ASSAULT" and _is_warfare(claim, lookup):
        return "FIGHT"
    about = (lookup.claims.get(each) for each in _spoken_of(claim))
    if claim.type == "Claim" and any(any(_asked(told)) for told in about if told):
        return "DEMAND"  # "said that the rebels must disarm"
    if event == "REJECT" and how.tense == "future" and how.polarity == "positive":
        return "THREATEN"  # "will boycott the vote"
    if event == "AGREE" and how.polarity == "negative":
        return "REJECT"
    if event is None or event in SPOKEN:
        return event
    if event in COOPERATION and how.polarity == "negative":
        return "REJECT"
    if how.modality in ("requested", "threatened"):
        return "DEMAND" if how.modality == "requested" else "THREATEN"
    if how.tense == "future" or how.modality in ("planned", "intended", "considered"):
        return "AGREE" if event in COOPERATION else "THREATEN"
    return event


def _is_warfare(claim: Claim, lookup: Lookup) -> bool:
    """Violence of a state's forces: what others do is assault (CAMEO 19 against 18)."""
    doers = (lookup.filler_entity(each) for each in fillers(claim, "agent", "instrument"))
    kinds = [each.type for each in doers if each is not None]
    martial = any(is_a(claim.type, each) for each in ("Attack", "Killing", "Injury"))
    return martial and any(is_a(kind, force) for kind in kinds for force in FORCES)


def _asked(claim: Claim) -> Iterator[Filler]:
    """Of whom the claim says that they must act."""
    if claim.factuality.modality == "requested":
        yield from fillers(claim, "agent", "subject")


def _spoken_of(claim: Claim) -> Iterator[str]:
    """The events that a claim is about or aims at; it is itself the coded one."""
    for filler in fillers(claim, "content", "purpose"):
        if filler.event is not None:
            yield filler.event


def _rank(claim: Claim) -> tuple[bool, bool, bool, int]:
    """What happened before what is so; then by the actors told, then by the place in the text."""
    return (
        claim.type in STATES,
        not any(fillers(claim, "agent")),
        not any(fillers(claim, *TARGETS)),
        claim.trigger.start,
    )


def _opponents(claim: Claim, lookup: Lookup) -> list[Filler]:
    """The targets of a claim, else of what it tells, else who does that.

    Of a "must" that is said it is who must act.
    """
    below = [told for each in _spoken_of(claim) if (told := lookup.claims.get(each))]
    if claim.type == "Claim":
        return [filler for each in below for filler in _asked(each)]
    found = (_targets(each, lookup) for each in (claim, *below))
    deeds = [filler for each in below for filler in fillers(each, "agent")]
    own = {filler.span for filler in fillers(claim, "agent")}
    return next((each for each in found if each), [each for each in deeds if each.span not in own])


def _targets(claim: Claim, lookup: Lookup) -> list[Filler]:
    """The fillers of the first role that names an actor or place, else of the first role.

    Forces that somebody moves are the mover's own: where to or where from comes before them.
    """
    movers = {filler.span for filler in fillers(claim, "agent")}
    own = movers.isdisjoint(filler.span for filler in fillers(claim, "theme"))
    moved = own and is_one_of(claim.type, MOVES)
    roles = sorted(TARGETS, key=lambda role: moved and role == "theme")
    found = [each for role in roles if (each := list(fillers(claim, role)))]
    acting = (each for each in found if any(_is_actor(filler, lookup) for filler in each))
    return next(acting, found[0] if found else [])


def _is_actor(filler: Filler, lookup: Lookup) -> bool:
    entity = lookup.filler_entity(filler)
    return entity is not None and any(is_a(entity.type, kind) for kind in ("Agent", "Place"))


def _told(filler: Filler, lookup: Lookup) -> list[Span]:
    """The filler, every other mention of the same and of whom it acts for, as PLOVER codes actors.

    The marks are on names, not on pronouns.
    """
    entity = lookup.filler_entity(filler)
    acting = _chain(entity, lookup, "side", "affiliation") if entity is not None else []
    clusters = lookup.clusters()
    spans = (
        lookup.reading.mentions[number].span
        for each in acting
        for number in clusters.get(each.id, ())
    )
    return list(dict.fromkeys((filler.span, *spans)))


def _countries(found: Iterable[Filler], lookup: Lookup) -> frozenset[str]:
    codes = _iso_codes()
    entities = (lookup.filler_entity(filler) for filler in found)
    named = (_country(entity, lookup, codes) for entity in entities if entity)
    return frozenset(code for code in named if code)


def _country(entity: Entity, lookup: Lookup, codes: dict[str, str]) -> str | None:
    """The code of the state that an entity is, acts for, belongs to or lies in."""
    for each in _chain(entity, lookup, "side", "affiliation", "within"):
        if each.id in codes:
            return codes[each.id]
    return "IGO" if entity.type == "InternationalOrganization" else None


def _chain(entity: Entity, lookup: Lookup, *ties: str) -> list[Entity]:
    """The entity, then those it is tied to (`side`, `affiliation`, `within`), nearest first."""
    queue = [entity]
    for each in queue:  # the queue grows while it is read
        above = (lookup.entities.get(getattr(each, tie) or "") for tie in ties)
        queue += [other for other in above if other is not None and other not in queue]
    return queue


@cache
def _iso_codes() -> dict[str, str]:
    countries = read_yaml(ontology_path("entities", "countries.yml")).value["Country"]
    return {name: facts["iso3"] for name, facts in countries.items() if "iso3" in facts}


def _country_row(gold: frozenset[str], ours: frozenset[str]) -> tuple[float, float]:
    return (bool(gold and ours and ours <= gold), bool(gold))


def _meet(gold: tuple[Span, ...], ours: tuple[Span, ...]) -> bool:
    return any(one.overlaps(other) for one in gold for other in ours)
