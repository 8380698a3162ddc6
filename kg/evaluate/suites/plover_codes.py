"""Our claims as PLOVER codes them: the event type, who is its target, and the codes of actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from kg.evaluate.lookup import Lookup, by_class, fillers
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
    "OrganizationExit": "SANCTION", "Exclusion": "SANCTION",
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


def coded(claim: Claim, lookup: Lookup) -> str | None:
    """The event type of a claim; a plan is agreed to or threatened, a wish demanded or refused."""
    event = by_class(EVENT_TYPES, claim.type)
    how = claim.factuality
    if event == "ASSAULT" and _is_warfare(claim, lookup):
        return "FIGHT"
    about = (lookup.claims.get(each) for each in spoken_of(claim))
    if claim.type == "Claim" and any(any(_asked(each)) for each in about if each):
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


def spoken_of(claim: Claim) -> Iterator[str]:
    """The events that a claim is about or aims at; it is itself the coded one."""
    for filler in fillers(claim, "content", "purpose"):
        if filler.event is not None:
            yield filler.event


def rank(claim: Claim) -> tuple[bool, bool, bool, int]:
    """What happened before what is so; then by the actors told, then by the place in the text."""
    return (
        claim.type in STATES,
        not any(fillers(claim, "agent")),
        not any(fillers(claim, *TARGETS)),
        claim.trigger.start,
    )


def opponents(claim: Claim, lookup: Lookup) -> list[Filler]:
    """The targets of a claim, else of what it tells, else who does that.

    Of a "must" that is said it is who must act.
    """
    below = [other for each in spoken_of(claim) if (other := lookup.claims.get(each))]
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


def told(filler: Filler, lookup: Lookup) -> list[Span]:
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


def countries(found: Iterable[Filler], lookup: Lookup) -> frozenset[str]:
    """The codes of the states that the fillers are, act for, belong to or lie in."""
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
    listed = read_yaml(ontology_path("entities", "countries.yml")).value["Country"]
    return {name: facts["iso3"] for name, facts in listed.items() if "iso3" in facts}
