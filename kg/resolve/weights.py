"""How much speaks for an antecedent of a pronoun, after Lappin and Leass (1994)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of a candidate; a sentence of distance costs one."""

    subject: float = 1.2
    parallel: float = 0.6
    clause: float = 1.0  # subject of the clause that a possessive stands in
    main: float = 1.0  # subject of the said clause that "before he ..." belongs to
    told: float = 0.8  # who is told to do what the clause of a possessive says
    beside: float = 3.0  # "X and his wife": X's
    accused: float = 3.0  # who is accused before the pronoun denies it
    claimant: float = 4.0  # whose claim, told by another, the pronoun stands in
    acted_on: float = 3.0  # whom the clause is about that "accusing him of ..." goes on from
    judged: float = 4.0  # who is praised or blamed for what a possessive owns
    owner: float = 0.8
    oblique: float = -0.7
    inside: float = -0.9  # who only tells who somebody else is
    name: float = 0.7
    repeated: float = 0.4  # for each earlier mention, at most three
    carried_on: float = 0.4
    called: float = 1.0  # a lone name that is mostly hers, or his
    miscalled: float = -1.2
    speaker: float = 2.0
    many: float = 3.0  # "X arrests two men after they ...": the men, where X is one
    going_on: float = 1.0  # subject of the clause that "and it ..." goes on from
    announced: float = 1.6  # subject of the clause that a fronted phrase introduces
    mistaken: float = -0.4  # the recogniser took the name for no person


WEIGHTS = Weights()
