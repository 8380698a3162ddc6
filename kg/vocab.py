"""The terms of `ontology/kg.ttl` as closed tables, for every layer and without an RDF library.

A test proves these tables equal to the ontology, so a term added on one side only fails at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

NAMESPACE = "https://w3id.org/claimgraph/ont#"
ONTOLOGY = NAMESPACE.rstrip("#")
DATA = "https://w3id.org/claimgraph/id/"

# Indentation is sub-class; a class below two parents stands below both, its own sub-classes once.
_TREE = """
Entity
  Agent
    GeopoliticalEntity
      Country
      Region
      GroupOfStates
    Organization
      ArmedGroup
      Company
      Government
      GovernmentBody
      InternationalOrganization
      MilitaryOrganization
        ArmedForce
        MilitaryUnit
      NewsAgency
      PoliticalParty
      ThinkTank
    Person
    PersonGroup
  Place
    Area
    BodyOfWater
    Border
    Facility
    GeographicFeature
    GeopoliticalEntity
    PopulatedPlace
      City
      Town
      Village
  Award
  Conflict
  EventSeries
  InformationArtifact
    Document
  Law
  Materiel
    Aircraft
    Vessel
  Platform
  Resource
  Role
Attribution
Extraction
FactualityValue
Mention
Quantity
Relation
Sentence
Event
  CommunicationEvent
    Apology
    Approval
    Claim
      Accusation
      Acknowledgement
      Assessment
      Condemnation
      Denial
      Forecast
      Praise
      ResponsibilityClaim
      Retraction
      Warning
    Demand
      Order
    Offer
    Promise
    Refusal
    Threat
    Verification
  Disaster
    Accident
      Sinking
    Epidemic
    Fire
    NaturalDisaster
      Drought
      Earthquake
      Flood
      Landslide
      Storm
      VolcanicEruption
    Outage
    Shortage
  HarmEvent
    Abduction
    Abuse
    Casualties
      Death
      Injury
      Killing
        Assassination
        Execution
    Destruction
      Arson
    Detention
      Arrest
    Disappearance
    Displacement
      Deportation
    Diversion
    Evacuation
    Explosion
    Looting
  JusticeEvent
    Acquittal
    Arrest
    ArrestWarrant
    Asylum
    Charge
    Conviction
    CourtRuling
    Execution
    Extradition
    Investigation
    Lawsuit
    Pardon
    Sentencing
    Trial
  MilitaryEvent
    ArmsProduction
    Capability
    CombatEvent
      Attack
        AirStrike
        AttackOnCivilians
        Bombing
        ChemicalAttack
        Counterattack
        CyberAttack
        DroneStrike
        MissileStrike
        NavalAttack
        Shelling
      Blockade
      Clash
      CombatParticipation
      Interception
      MilitaryOperation
        Patrol
        Raid
      Offensive
        CounterOffensive
        Incursion
      PushBack
      Siege
    Command
    ForceIntegration
    ForceMovement
      Advance
      Deployment
      ForceBuildUp
      Withdrawal
    MilitaryExercise
    Mobilization
    Outbreak
    Recruitment
    Surrender
    TerritorialEvent
      Annexation
      Capture
        Recapture
      ContestedControl
      Control
      TerritorialLoss
    WeaponTest
  PoliticalEvent
    Agreement
      Ceasefire
    Appointment
    Awarding
    Ban
    Coup
    DiplomaticExpulsion
    DiplomaticRecall
    DiplomaticSummons
    Dismissal
    Election
    EmergencyDeclaration
    IndependenceDeclaration
    Legislation
    Meeting
    Negotiation
      Mediation
    Nomination
    OrganizationEntry
    OrganizationExit
    Postponement
    Protest
      LabourStrike
      Riot
    Recognition
    RelationsResumption
    RelationsSuspension
    Resignation
    Sanction
    Visit
  Rescue
  Support
  TransferEvent
    Aid
      EconomicAid
      HumanitarianAid
    AidSuspension
    Equipping
    Payment
    Release
    Repatriation
    Seizure
    Supply
      ArmsSupply
      Smuggling
    Training
"""


def _edges(tree: str) -> Iterator[tuple[str, str | None]]:
    path: list[str] = []
    for line in tree.split("\n"):
        if name := line.strip():
            del path[(len(line) - len(name)) // 2 :]
            yield name, path[-1] if path else None
            path.append(name)


def _parents(tree: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, parent in _edges(tree):
        found[name] = (*found.get(name, ()), *((parent,) if parent else ()))
    return found


def _ancestors(parents: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in parents:
        queue = list(parents[name])
        for ancestor in queue:  # the queue grows while it is read: breadth first, nearest first
            queue.extend(parent for parent in parents[ancestor] if parent not in queue)
        found[name] = tuple(dict.fromkeys(queue))
    return found


CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(_parents(_TREE))
"""Every class with its direct super-classes."""

_ANCESTORS = _ancestors(CLASSES)


def superclasses(name: str) -> tuple[str, ...]:
    """The proper super-classes of a class, nearest first; KeyError for an unknown class."""
    return _ANCESTORS[name]


def is_a(name: str, ancestor: str) -> bool:
    """Whether a class is the ancestor or below it; KeyError if either is unknown."""
    _ANCESTORS[ancestor]  # a misspelt ancestor must not read as "no"
    return name == ancestor or ancestor in _ANCESTORS[name]
