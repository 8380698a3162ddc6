"""A pronoun means nothing that its role in the event cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kg.lexicon import Lexicon
from kg.model import Argument, Claim, Entity, Mention
from kg.vocab import is_one_of

_UNDERGOING = ("target", "recipient", "coAgent")


def fitting(
    claim: Claim, mentions: Sequence[Mention], entities: Mapping[str, Entity], lexicon: Lexicon
) -> Claim:
    """The claim, with pronouns left open whose entity is of no class that the role admits.

    As in "the Taliban shot it down": after the pronoun is resolved, its class is known.
    """
    claim = _apart(claim, mentions)
    number = claim.rule.rpartition("#")[2]
    frames = lexicon.events[claim.type].frames
    if not number.isdigit() or not 0 < int(number) <= len(frames):
        return claim
    types = frames[int(number) - 1].types
    checked = [_checked(a, types.get(a.role, ()), mentions, entities) for a in claim.arguments]
    same = all(new is old for new, old in zip(checked, claim.arguments, strict=True))
    return claim if same else replace(claim, arguments=tuple(checked))


def _apart(claim: Claim, mentions: Sequence[Mention]) -> Claim:
    """As in "it accused Bangkok", where "it" is not Thailand: nobody does this to himself."""
    others = {
        argument.filler.entity
        for argument in claim.arguments
        if argument.role in _UNDERGOING and not _is_pronoun(argument, mentions)
    }
    arguments = tuple(
        replace(argument, filler=replace(argument.filler, entity=None))
        if argument.role == "agent"
        and argument.filler.entity in others - {None}
        and _is_pronoun(argument, mentions)
        else argument
        for argument in claim.arguments
    )
    return claim if arguments == claim.arguments else replace(claim, arguments=arguments)


def _is_pronoun(argument: Argument, mentions: Sequence[Mention]) -> bool:
    number = argument.filler.mention
    return number is not None and mentions[number].level == "PRO"


def _checked(
    argument: Argument,
    kinds: Sequence[str],
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
) -> Argument:
    filler = argument.filler
    entity = entities.get(filler.entity or "")
    pronoun = _is_pronoun(argument, mentions)
    classes = [kind for kind in kinds if kind[0].isupper()]
    if entity is None or not pronoun or not classes:
        return argument
    if is_one_of(entity.type, classes):
        return argument
    return replace(argument, filler=replace(filler, entity=None))
