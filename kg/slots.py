"""What grammar means for roles, whatever the event type: `ontology/lexicon/slots.yml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceSlot:
    """Role and spatial relation of a preposition whose object is a place."""

    role: str
    spatial: str


@dataclass(frozen=True, slots=True)
class Slots:
    """`lexicon/slots.yml`: what grammar means for roles, whatever the event type."""

    places: dict[str, PlaceSlot]
    relators: dict[str, tuple[str, ...]]
    kinds: tuple[str, ...]
    proxies: tuple[str, ...]
    sides: tuple[str, ...]
    bearings: tuple[str, ...]
    measures: tuple[str, ...]
    singled: tuple[str, ...]
    parts: tuple[str, ...]
    soil: tuple[str, ...]
    effects: tuple[str, ...]
    harms: tuple[str, ...]
    objecting: tuple[str, ...]
    taking_part: tuple[str, ...]
    applying: tuple[str, ...]
    hosting: tuple[str, ...]
    awaiting: tuple[str, ...]
    announcing: tuple[str, ...]
    going: tuple[str, ...]
    containing: tuple[str, ...]
    plans: tuple[str, ...]
    before_places: tuple[str, ...]
    clause_prepositions: tuple[str, ...]
    participle_prepositions: tuple[str, ...]
    states: tuple[str, ...]
    starting_on: tuple[str, ...]
    causatives: tuple[str, ...]
    disposing: tuple[str, ...]
    exceptions: tuple[str, ...]
    accusing: dict[str, str]
    agreeing: dict[str, tuple[str, ...]]
    penalties: tuple[str, ...]
    judging: tuple[str, ...]
    resulting: tuple[str, ...]
    departing: tuple[str, ...]
    staying: tuple[str, ...]
    aims: tuple[str, ...]
    courses: tuple[str, ...]
    contests: tuple[str, ...]
    requirements: tuple[str, ...]
    leading: dict[str, str]
    pressing: tuple[str, ...]
    granting: tuple[str, ...]
    meanwhile: tuple[str, ...]
    totals: tuple[str, ...]
    succeeding: tuple[str, ...]
    harmed: tuple[str, ...]
    aiming: tuple[str, ...]
    doers_after: dict[str, str]
    territory: tuple[str, ...]
    undergone: tuple[str, ...]
    sufferers: tuple[str, ...]
    including: tuple[str, ...]
    identifying: tuple[str, ...]
    authorship: tuple[str, ...]
    authored: tuple[str, ...]
    asked_from: tuple[str, ...]
    claimed: tuple[str, ...]
    idioms: tuple[str, ...]
    object_control: tuple[str, ...]
    consequences: tuple[str, ...]
    rankings: tuple[str, ...]
    states_in_ing: tuple[str, ...]
    clause_nouns: tuple[str, ...]
    particles: tuple[str, ...]
    place_adverbs: tuple[str, ...]
    verb_prefixes: tuple[str, ...]
    surrounding: tuple[str, ...]
    elsewhere: tuple[str, ...]
    occasions: tuple[str, ...]
    assailants: tuple[str, ...]
    happenings: tuple[str, ...]
    of_deeds: tuple[str, ...]
    guises: tuple[str, ...]
    apart: tuple[str, ...]
    taking: tuple[str, ...]
    beside: tuple[str, ...]
    former: tuple[str, ...]
    empty_it: tuple[str, ...]
