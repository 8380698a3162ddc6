"""Places that the parser took for who acts, though they only say where something happened."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from kg.model import Claim
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a

_SUBJECTS = ("nsubj", "nsubjpass")
_FRONTED = ("prep", "pobj", "pcomp")
_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "inside"))


def only_where(index: PhraseIndex, following: Mapping[int, int]) -> frozenset[int]:
    """Mentions that are subjects for the parser only.

    As in "Shelling in Bir Al Abd, Egypt kills ...", where the state is no more than what the town
    lies in, and "blasts in the capital Dhaka kill ...", where the name is cut off from its noun or
    preposition. `following` gives for a place the mention after its comma.
    """
    after_comma = {after: before for before, after in following.items()}
    return frozenset(
        number
        for number, mention in enumerate(index.mentions)
        if mention.level == "NAM"
        and index.tokens[mention.head].deprel in _SUBJECTS
        and is_a(mention.type, "Place")
        and (_is_around(index, after_comma.get(number)) or _is_governed(index, mention.head))
    )


def _is_around(index: PhraseIndex, inner: int | None) -> bool:
    """Whether the place before the comma belongs to a word further left.

    Not so in "In Cairo, Egypt executed ...", "After an attack in Cairo, Egypt closed ...".
    """
    if inner is None:
        return False
    token = index.tokens[index.mentions[inner].head]
    governor = index.tokens[token.head]
    above = index.tokens[governor.head]
    if token.deprel != "pobj" or governor.form.lower() not in _LOCATIVE:
        return False
    if above.end >= governor.start:
        return False
    while above.deprel not in (*_FRONTED, "ROOT") and index.tokens[above.head] is not above:
        above = index.tokens[above.head]
    return above.deprel not in _FRONTED


def _is_governed(index: PhraseIndex, head: int) -> bool:
    """Whether a preposition that governs nothing stands right before the phrase."""
    before = min((head, *index.children(head))) - 1
    if before < 0:
        return False
    if index.tokens[before].form.lower() in _LOCATIVE:
        return not index.children(before)
    kind = index.by_head.get(before)
    named = kind is not None and is_a(index.mentions[kind].type, "PopulatedPlace")
    return named and index.tokens[before].deprel == "pobj"


def without_places(claim: Claim, places: Collection[int]) -> Claim:
    """The claim without the agents that only say where."""
    kept = tuple(
        each
        for each in claim.arguments
        if each.role != "agent" or each.filler.mention not in places
    )
    return claim if len(kept) == len(claim.arguments) else replace(claim, arguments=kept)
