"""Words for people, of `ontology/lexicon/people.yml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """`lexicon/people.yml`: single people of a force, words beside places and ships."""

    individuals: frozenset[str]
    opponents: frozenset[str]
    counting: frozenset[str]
    described: frozenset[str]
    generations: frozenset[str]
    address: frozenset[str]
    occasions: frozenset[str]
    placing: frozenset[str]
    compass: frozenset[str]
    moving: frozenset[str]
    hulls: frozenset[str]
    clubs: frozenset[str]
    before_lands: frozenset[str]
    storms: frozenset[str]
    laws: frozenset[str]
    papers: frozenset[str]
    mountains: frozenset[str]
    ministers: frozenset[str]
    parties: frozenset[str]
    salutations: frozenset[str]
    centres: frozenset[str]
    crowns: frozenset[str]
    directions: frozenset[str]
    spokesmen: frozenset[str]
    hurt: frozenset[str]
    lost: frozenset[str]
    taken: frozenset[str]
    making: frozenset[str]
    journeys: frozenset[str]
    winning: frozenset[str]
    abstract: frozenset[str]
