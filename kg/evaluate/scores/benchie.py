"""The BenchIE score of open information extraction (Gashteovski et al. 2022).

A fact is a cluster of wordings; words in [square brackets] are optional. A prediction is right when
it is, slot by slot, one wording of a cluster with some choice of the optional words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.evaluate.measure import Row

type Wording = tuple[str, str, str]
type Cluster = Sequence[Wording]

_GROUP = re.compile(r"\[([^\[\]]*)\]|([^\s\[\]]+)")


def benchie_row(gold: Sequence[Cluster], ours: Sequence[Wording]) -> Row:
    """(right predictions, predictions, clusters hit, clusters) of one sentence."""
    right = sum(any(says(cluster, each) for cluster in gold) for each in ours)
    hit = sum(any(says(cluster, each) for each in ours) for cluster in gold)
    return (right, len(ours), hit, len(gold))


def says(cluster: Cluster, prediction: Wording) -> bool:
    """Whether the prediction is one of the cluster's wordings."""
    slots = [tuple(slot.split()) for slot in prediction]
    return any(
        all(_fits(_pattern(slot), words) for slot, words in zip(wording, slots, strict=True))
        for wording in cluster
    )


def full_wording(wording: Wording) -> Wording:
    """The wording with all its optional words."""
    one, relation, other = (
        " ".join(word for words, _ in _pattern(slot) for word in words) for slot in wording
    )
    return one, relation, other


@cache
def _pattern(slot: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Groups of words in order, each with whether it is optional."""
    return tuple(
        (tuple((match[1] if match[2] is None else match[2]).split()), match[2] is None)
        for match in _GROUP.finditer(slot)
    )


def _fits(pattern: tuple[tuple[tuple[str, ...], bool], ...], words: tuple[str, ...]) -> bool:
    ends = {0}
    for group, optional in pattern:
        after = {end + len(group) for end in ends if words[end : end + len(group)] == group}
        ends = after | ends if optional else after
    return len(words) in ends
