"""A pronoun means nothing that its role in the event cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kg.lexicon import Lexicon
from kg.model import Argument, Claim, Entity, Mention
from kg.vocab import is_one_of


def fitting(
    claim: Claim, mentions: Sequence[Mention], entities: Mapping[str, Entity], lexicon: Lexicon
) -> Claim:
    """The claim, with pronouns left open whose entity is of no class that the role admits.

    As in "the Taliban shot it down": after the pronoun is resolved, its class is known.
    """
    number = claim.rule.rpartition("#")[2]
    frames = lexicon.events[claim.type].frames
    if not number.isdigit() or not 0 < int(number) <= len(frames):
        return claim
    types = frames[int(number) - 1].types
    checked = [_checked(a, types.get(a.role, ()), mentions, entities) for a in claim.arguments]
    same = all(new is old for new, old in zip(checked, claim.arguments, strict=True))
    return claim if same else replace(claim, arguments=tuple(checked))


def _checked(
    argument: Argument,
    kinds: Sequence[str],
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
) -> Argument:
    filler = argument.filler
    entity = entities.get(filler.entity or "")
    pronoun = filler.mention is not None and mentions[filler.mention].level == "PRO"
    classes = [kind for kind in kinds if kind[0].isupper()]
    if entity is None or not pronoun or not classes:
        return argument
    if is_one_of(entity.type, classes):
        return argument
    return replace(argument, filler=replace(filler, entity=None))
