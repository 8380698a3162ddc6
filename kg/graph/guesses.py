"""Pronouns whose meaning is too much of a guess to charge anybody with a deed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import replace

from kg.model import Claim, Reading

_VAGUE = frozenset(("it", "its", "they", "them", "their"))


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
        elif reading.document.text[mention.span.start : mention.span.end].lower() in _VAGUE:
            vague.append((reference.mention, sentence, reference.entity))
    return frozenset(
        number for number, sentence, entity in vague if (sentence, entity) not in named
    )


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
