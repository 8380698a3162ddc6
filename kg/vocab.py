"""The terms of `ontology/kg.ttl` as closed tables, for every layer and without an RDF library.

A test proves these tables equal to the ontology, so a term added on one side only fails at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

NAMESPACE = "https://w3id.org/claimgraph/ont#"
ONTOLOGY = NAMESPACE.rstrip("#")
DATA = "https://w3id.org/claimgraph/id/"
VERSION = "0.1.0"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": "http://purl.org/dc/terms/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "kg": NAMESPACE,
        "kgr": DATA,
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""The prefixes of every file written and every query read."""

# Indentation is sub-class, below the last name of the line above; a class with two parents stands
# below both, its own sub-classes below one of them.
_TREE = """
Entity
  Agent
    GeopoliticalEntity
      Country Region GroupOfStates
    Organization
      ArmedGroup Company Government GovernmentBody
        Court
      InternationalOrganization
      MilitaryOrganization
        ArmedForce MilitaryUnit
      NewsAgency PoliticalParty ThinkTank
    Person PersonGroup
  Place
    Area BodyOfWater Border Facility GeographicFeature GeopoliticalEntity
    PopulatedPlace
      City Town Village
  Award Conflict EventSeries
  InformationArtifact
    Document
  Law
  Materiel
    Aircraft Vessel
  Platform Resource Role
Attribution Extraction FactualityValue Mention Quantity Relation Sentence
Event
  Cessation
    Easing
  CommunicationEvent
    Apology Approval
    Claim
      Accusation Acknowledgement Assessment Condemnation Denial Forecast Praise
      ResponsibilityClaim Retraction Warning
    Demand
      Order
    Offer Opinion Promise Refusal Threat Verification
  HarmEvent
    Abduction Abuse
    Casualties
      Death Injury
      Killing
        Assassination Execution
    Destruction
      Arson
    Detention
      Arrest
    Disappearance
    Displacement
      Deportation
    Disruption
    Disaster
      Accident
        Sinking
      Epidemic Fire
      NaturalDisaster
        Drought Earthquake Flood Landslide Storm VolcanicEruption
      Outage Shortage
    Diversion Evacuation Explosion Illness Looting
  MilitaryEvent
    ArmsProduction Capability
    CombatEvent
      Attack
        AirStrike AttackOnCivilians Bombing ChemicalAttack Counterattack CyberAttack DroneStrike
        MissileStrike NavalAttack Shelling
      Blockade Clash CombatParticipation Interception
      MilitaryOperation
        Patrol Raid
      Offensive
        CounterOffensive Incursion
      PushBack Siege
    Command ForceIntegration
    ForceMovement
      Advance Deployment ForceBuildUp Withdrawal
    MilitaryExercise Mobilization Outbreak Recruitment Surrender
    TerritorialEvent
      Annexation
      Capture
        Recapture
      ContestedControl Control TerritorialLoss
    WeaponTest
  OpenClaim
  PoliticalEvent
    Agreement
      Ceasefire
    Appointment Approval Awarding Ban Coup DiplomaticExpulsion DiplomaticRecall
    DiplomaticSummons Easing Closure
    Cooperation Defection Dismissal Dispersal Election EmergencyDeclaration
    Exclusion IndependenceDeclaration Interference
    JusticeEvent
      Acquittal Arrest ArrestWarrant Asylum Charge Conviction CourtRuling Execution Extradition
      Escape Fine
      Investigation Lawsuit Pardon Plea Sentencing Trial
    Legislation Meeting
    Negotiation
      Mediation
    Nomination OrganizationEntry OrganizationExit Postponement
    Protest
      LabourStrike Riot
    Recognition RelationsResumption RelationsSuspension Resignation Sanction Unrest Visit
    Vote
  FinancialCrime Insolvency InterestRateChange ProductRecall Rescue SpaceLaunch Support
  TransferEvent
    Acquisition
    Aid
      EconomicAid HumanitarianAid
    AidSuspension Equipping Payment Release Repatriation Seizure
    Supply
      ArmsSupply Smuggling
    Theft
    Training
"""

_EDGE_TREE = """
relatedTo
  accused advancedIn advancedNear advancedToward
  agreedWith
    hasTruceWith
  appointed
  attacked
    counterattacked struck
  besieges blockades
  captured
    recaptured
  capturedTerritoryIn
    recapturedTerritoryIn
  claimed clashedWith commands condemned controls controlsPartOf deployedTo detained
  displacedFrom evacuatedFrom foughtAlongside integratedInto intercepted joinedOrganization
  killed
  launchedOffensiveIn
    incursionInto
  leftOrganization lostControlOf lostTerritoryIn massedForcesIn met negotiatesWith operatesIn
  protestedAgainst providedAidTo pushedBack recapturedTerritoryNear recruitedFrom
  refusedTalksWith sanctioned supplied supports threatened urged visited withdrewFrom
"""

_PARTICIPANTS = """
agent beneficiary coAgent destination instrument location medium origin recipient route
target theme
"""

_GRAMMATICAL = """
attribute complement indirectObject object oblique subject
"""

_LINKS = """
cause condition content contradicts inReturnFor partOfEvent purposeEvent sameEventAs
"""

_OTHER_PROPERTIES = """
acled affiliatedWith againstInterest aidaLdc anonymous argumentText asOf attributedTo attribution
audit auditReason basedIn basis cameo certainty channel comparator cue derivedFromClass
documentCount duration earliest eastOf edtf end engine evidence extractionConfidence extractor
extractorVersion factuality firstReported forceOf framenet geonames headline inDocument
inSentence informationCredibility kind lastReported latest linkMethod linkScore locatedIn
lowerBound memberOf mentionType metonymy modality near northOf northeastOf northwestOf
operates operatorChain opposedBy partOfTotal partial plover polarity predicateLemma
predicateText propbank purpose
quantity quantityOf quote realis refersTo reportedVia role rule section sentenceIndex sha256
siUnit siValue side source sourceCount sourceReliability southOf southeastOf southwestOf
spatialRelation specificType start status step supportedBy surfaceReferent tense
text timePrecision timeText trigger unit upperBound value via westOf wikidata
"""

_INDIVIDUALS = """
CTminus CTplus CTu CredibilityScheme PRminus PRplus PSminus PSplus ReliabilityScheme Uu
credibility1 credibility2 credibility3 credibility4 credibility5 credibility6 reliabilityA
reliabilityB reliabilityC reliabilityD reliabilityE reliabilityF
"""


def _edges(tree: str) -> Iterator[tuple[str, str | None]]:
    path: list[str] = []
    for line in tree.split("\n"):
        names = line.split()
        del path[(len(line) - len(line.lstrip())) // 2 :]
        parent = path[-1] if path else None
        yield from ((name, parent) for name in names)
        path += names[-1:]


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
_LINES = {name: frozenset((name, *above)) for name, above in _ANCESTORS.items()}


def superclasses(name: str) -> tuple[str, ...]:
    """The proper super-classes of a class, nearest first; KeyError for an unknown class."""
    return _ANCESTORS[name]


def is_a(name: str, ancestor: str) -> bool:
    """Whether a class is the ancestor or below it; KeyError if either is unknown."""
    if ancestor in _LINES[name]:
        return True
    _LINES[ancestor]  # a misspelt ancestor must not read as "no"
    return False


def is_one_of(name: str, ancestors: Collection[str]) -> bool:
    """Whether a class is one of the ancestors or below one; KeyError if any is unknown."""
    if not _LINES[name].isdisjoint(ancestors):
        return True
    for ancestor in ancestors:
        _LINES[ancestor]
    return False


EDGES: Mapping[str, tuple[str, ...]] = MappingProxyType(_parents(_EDGE_TREE))
"""Every plain edge with its direct super-edge; all lie below `relatedTo`."""

_EDGE_ANCESTORS = _ancestors(EDGES)

Status = Literal["asserted", "disputed", "unasserted", "negated"]
"""What may be said of a plain edge; these two lists are asked for before any record is made."""

Extracted = Literal["extracted", "partly", "not"]
"""What may become of a sentence."""

SAYING = "claimed"
"""The plain edge from a source to the event it told of; all others are between entities."""

SYMMETRIC = frozenset(("agreedWith", "clashedWith", "hasTruceWith", "met", "negotiatesWith"))
"""The plain edges that mean the same in both directions; they are written once."""

PARTICIPANTS = frozenset(_PARTICIPANTS.split())
"""The roles that an entity can fill."""

EVENT_LINKS = frozenset(_LINKS.split())
"""The properties that lead from one event to another."""

GRAMMATICAL_ROLES = frozenset(_GRAMMATICAL.split())
"""The roles in an open claim: grammatical ones, of the active voice."""

ROLES = PARTICIPANTS | {"cause", "condition", "content", "inReturnFor", "purpose"}
"""What `Argument.role` may be in a claim of an event type.

An event that fills `purpose` is written as `purposeEvent`.
"""

PROPERTIES = (
    PARTICIPANTS
    | GRAMMATICAL_ROLES
    | EVENT_LINKS
    | EDGES.keys()
    | frozenset(_OTHER_PROPERTIES.split())
)
"""Every property of the ontology."""

INDIVIDUALS = frozenset(_INDIVIDUALS.split())
"""The members of the value vocabularies."""

TERMS = CLASSES.keys() | PROPERTIES | INDIVIDUALS
"""Every term of the ontology, as a local name."""


def super_edges(name: str) -> tuple[str, ...]:
    """The proper super-edges of a plain edge, nearest first; KeyError for an unknown edge."""
    return _EDGE_ANCESTORS[name]


def term(name: str) -> str:
    """The IRI of a term of the ontology; KeyError for a name that the ontology does not define."""
    if name not in TERMS:
        raise KeyError(name)
    return NAMESPACE + name
