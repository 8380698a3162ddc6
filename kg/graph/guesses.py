"""Pronouns and bare nouns whose meaning is too much of a guess to tell anything of anybody."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from kg.gazetteer import Gender, given_names
from kg.model import Claim, Mention, Reading
from kg.vocab import is_a

_VAGUE = frozenset(("it", "its", "they", "them", "their"))
_STANDING_OUT = "somebody who stands out"
"""How an office was resolved that the report gives to nobody (`kg.resolve.offices`)."""
_ONE = frozenset(("he", "him", "his", "she", "her"))
_OBJECTS: Mapping[str, Gender] = {"him": "male", "her": "female"}
_FAR = 2
"""Sentences after which "he" need no longer be who was named before."""
_PLACES = ("PopulatedPlace", "Country", "Region", "Area", "Facility")
_GROUPS = ("ArmedGroup",)
_KINDS = ("Person", *_GROUPS, *_PLACES)
_DEFINITE = ("the", "this", "that")


def guessed_pronouns(reading: Reading) -> frozenset[int]:
    """The mentions "it" or "they" whose sentence does not name what they are taken for.

    Nor does the sentence before begin with its name ("Chad sent troops. It attacked ...").
    """
    named: set[tuple[int, str]] = set()
    begun: set[int] = set()
    vague: list[tuple[int, int, str]] = []
    starts = [each.span.start for each in reading.sentences]
    for reference in reading.references:
        mention = reading.mentions[reference.mention]
        sentence = bisect_right(starts, mention.span.start)
        if mention.level != "PRO":
            named.add((sentence, reference.entity))
            if mention.level == "NAM" and sentence not in begun:
                named.add((sentence + 1, reference.entity))
            begun.add(sentence)
        elif _words(mention, reading) in _VAGUE:
            vague.append((reference.mention, sentence, reference.entity))
    guessed = {number for number, sentence, entity in vague if (sentence, entity) not in named}
    owned = {reading.mentions[number].span.start for number in guessed}
    return frozenset(
        number  # "it", and "its troops"
        for number, mention in enumerate(reading.mentions)
        if number in guessed or (mention.level == "NOM" and mention.span.start in owned)
    )


def guessed_links(reading: Reading) -> Mapping[int, frozenset[str]]:
    """For mentions like "he" and "the city", the entities that another reader may take them for.

    Of people those named after who is meant, if that is more than two sentences before; of places
    those of the same kind named after it, or beside it in the same sentence. A "he" that was taken
    for no person may be anybody, "the mayor" too where the report calls nobody that; "the rebels"
    any armed group named so far; "her" for somebody without a name whoever was named since.
    """
    kinds = {entity.id: _kind(entity.type) for entity in reading.entities}
    genders = {entity.id: _gender(entity.label) for entity in reading.entities}
    starts = [each.span.start for each in reading.sentences]
    told = sorted(
        (reading.mentions[each.mention].span.start, each.entity, each.mention)
        for each in reading.references
    )
    standing = {each.mention for each in reading.references if each.method == _STANDING_OUT}
    named: list[str] = []  # so far, by names
    after: dict[str, int] = {}  # how many of them come up to the last mention of an entity
    seen: dict[str, int] = {}  # the sentence of its last mention
    found = {}
    for start, entity, number in told:
        mention, kind = reading.mentions[number], kinds.get(entity)
        sentence = bisect_right(starts, start)
        person = _words(mention, reading) in _ONE
        if (person and kind != "Person") or number in standing:
            found[number] = frozenset(("",))
        elif _words(mention, reading) in _OBJECTS and entity not in named:
            meant = (None, _OBJECTS[_words(mention, reading)])
            since = [o for o in named[after.get(entity, len(named)) :] if genders[o] in meant]
            found[number] = frozenset(other for other in since if kinds.get(other) == kind)
        elif (person and sentence - seen.get(entity, -_FAR - 1) > _FAR) or (
            kind in _PLACES and _is_bare(mention, reading)
        ):
            others = named[after.get(entity, len(named)) :]
            if not person and seen.get(entity) == sentence:
                others = [each for each in named if seen.get(each) == sentence and each != entity]
            found[number] = frozenset(other for other in others if kinds.get(other) == kind)
        elif kind in _GROUPS and entity in named and _is_bare(mention, reading):
            found[number] = frozenset(each for each in named if kinds.get(each) == kind) - {entity}
        if mention.level == "NAM":
            named.append(entity)
        if mention.level == "NAM" or (mention.level == "NOM" and kind == "Person"):
            after[entity], seen[entity] = len(named), sentence
    return found


def _gender(name: str) -> Gender | None:
    first, _, _ = name.partition(" ")
    return given_names().get(first)


def _is_bare(mention: Mention, reading: Reading) -> bool:
    first, *rest = _words(mention, reading).split()
    return mention.level == "NOM" and first in _DEFINITE and len(rest) == 1


def _kind(type_: str) -> str | None:
    return next((kind for kind in _KINDS if is_a(type_, kind)), None)


def _words(mention: Mention, reading: Reading) -> str:
    return reading.document.text[mention.span.start : mention.span.end].lower()


def without(claim: Claim, mentions: Collection[int]) -> Claim:
    """The claim without the entities of these mentions, of which only the words are kept."""
    if not any(argument.filler.mention in mentions for argument in claim.arguments):
        return claim
    arguments = tuple(
        replace(each, filler=replace(each.filler, entity=None))
        if each.filler.mention in mentions
        else each
        for each in claim.arguments
    )
    return replace(claim, arguments=arguments)
