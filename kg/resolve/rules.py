"""The tables of `ontology/lexicon/` that reference resolution uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.gazetteer import Gender
from kg.resources import load_yaml, ontology_path


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Classes that a pronoun may stand for, its number, and the gender of a person."""

    classes: tuple[str, ...]
    plural: bool
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class CoreferenceRules:
    """`lexicon/coreference.yml`."""

    anaphors: dict[str, tuple[str, ...]]
    irregular: frozenset[str]
    voices: frozenset[str]
    happenings: frozenset[str]
    minded: frozenset[str]
    offices: frozenset[str]
    out_of_office: frozenset[str]
    fatal: frozenset[str]
    prosecuting: frozenset[str]
    adversaries: frozenset[str]
    of_no_state: frozenset[str]
    pronouns: dict[str, Pronoun]
    speaker: dict[str, Literal["self", "side"]]
    generic_forces: tuple[str, ...]
    generic_governments: tuple[str, ...]
    pairs: dict[str, str]
    homelands: frozenset[str]
    native: frozenset[str]
    members: tuple[str, ...]
    bodies: tuple[str, ...]
    commanding: frozenset[str]
    doubtful: tuple[str, ...]
    descent: tuple[str, ...]
    lesser: frozenset[str]
    contrasting: tuple[str, ...]
    backed: frozenset[str]
    backing: frozenset[str]
    for_or_against: frozenset[str]
    legal_forms: frozenset[str]
    quarters: frozenset[str]
    region_words: frozenset[str]
    region_offices: frozenset[str]
    city_words: frozenset[str]
    beside: dict[str, float]
    locative: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]

    def gender_of(self, noun: str) -> Gender | None:
        if noun in self.female:
            return "female"
        return "male" if noun in self.male else None


@dataclass(frozen=True, slots=True)
class MetonymyRules:
    """`lexicon/metonymy.yml`."""

    actor_prepositions: frozenset[str]
    literal_governors: frozenset[str]
    blows: frozenset[str]
    scenes: frozenset[str]
    power_things: frozenset[str]
    power_of: frozenset[str]
    taken: frozenset[str]
    place_verbs: frozenset[str]
    describing_verbs: frozenset[str]
    land_things: frozenset[str]
    local_counts: frozenset[str]
    giving_verbs: frozenset[str]
    giving_nouns: frozenset[str]
    giving_up: frozenset[str]
    pressed: frozenset[str]


@lru_cache(maxsize=1)
def coreference_rules() -> CoreferenceRules:
    return load_yaml(ontology_path("lexicon", "coreference.yml"), CoreferenceRules)


@lru_cache(maxsize=1)
def metonymy_rules() -> MetonymyRules:
    return load_yaml(ontology_path("lexicon", "metonymy.yml"), MetonymyRules)
