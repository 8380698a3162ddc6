"""Where and when an event was that a sentence takes up from those before it.

"A car bomb went off in Mosul on Monday. The blast killed ten": they died in Mosul, on Monday.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.recall import is_known
from kg.model import Argument, Claim
from kg.vocab import is_a, is_one_of

_BEFALLEN = ("Casualties", "Destruction")
_BY = ("in", "by", "subject", "from")
_TAKEN_UP = ("CombatEvent", "Explosion", "Disaster", "Unrest", "Protest", "Arson")


def take_up(drafts: Sequence[Draft], before: Sequence[Claim], context: Context) -> None:
    """Adds the place and time of an event told `before` to the noun that means it.

    And to a harm done in it, where the noun is no event of its own: "ten died in the fire".
    """
    heads = {draft.head for draft in drafts}
    for draft in drafts if before else ():
        told = draft.claim
        if told.time is not None or _has_name(told, context) or not told.factuality.realis:
            continue
        noun = None
        if draft.match.proposition.kind == "noun" and is_one_of(told.type, _TAKEN_UP):
            lasting = context.is_battle(told.type) and context.tree[draft.head].form.endswith("ing")
            noun = None if lasting else draft.head  # "talks to end the fighting": wherever it is
        elif is_one_of(told.type, _BEFALLEN):
            noun = next((i for i in _causes(draft) if i not in heads), None)
        if noun is not None:
            draft.claim = _as_meant(told, noun, before, context)


def _has_name(claim: Claim, context: Context) -> bool:
    """Whether it is told by name where the event was; "the blast damaged shops" does not."""
    places = (each.filler.mention for each in claim.fillers("location"))
    return any(i is not None and context.mentions[i].level == "NAM" for i in places)


def _causes(draft: Draft) -> Iterator[int]:
    """The nouns by which a harm names what it was done in or by."""
    slots = {slot.head: slot.name for slot in draft.match.proposition.slots}
    for role in draft.match.roles:
        if role.name == "cause" and role.event and slots.get(role.head) in _BY:
            yield role.head


def _as_meant(told: Claim, noun: int, before: Sequence[Claim], context: Context) -> Claim:
    """The claim with the place and time of the event that the noun means.

    A noun with a place of its own tells of an event anew. Where several events told before may be
    meant, it is left open which.
    """
    if not is_known(noun, context):
        return told
    kinds = _kinds(noun, context)
    meant = [
        each
        for each in before
        if each.factuality.realis and _is_of(each, kinds) and _agrees(noun, each, context)
    ]
    placed = {frozenset(a.filler.span for a in _places(each, context)) for each in meant}
    timed = {each.time.edtf for each in meant if each.time is not None}
    placed.discard(frozenset())
    if not meant or len(placed) > 1 or len(timed) > 1:
        return told
    first = next((each for each in meant if any(_places(each, context))), meant[0])
    time = next((each.time for each in meant if each.time is not None), None)
    return replace(told, arguments=(*told.arguments, *_places(first, context)), time=time)


def _kinds(noun: int, context: Context) -> set[str]:
    words = {context.tree[noun].form.lower(), context.tree.lemma(noun)}
    triggers = (context.lexicon.nouns.get(word, ()) for word in words)
    return {trigger.type for found in triggers for trigger in found}


def _is_of(claim: Claim, kinds: Collection[str]) -> bool:
    """Whether the noun may mean it: "the attack" means a bombing, "the bombing" no shooting."""
    if any(is_a(claim.type, kind) for kind in kinds):
        return True
    bombed = claim.type == "Explosion" and claim.fillers("instrument")
    return bool(bombed) and not {"Attack", "Bombing"}.isdisjoint(kinds)


def _agrees(noun: int, claim: Claim, context: Context) -> bool:
    """Not "the attacks" for "an attack on X" and something else; a verb tells no number."""
    tokens = context.tree.tokens
    trigger = tokens[bisect_left(tokens, claim.trigger.start, key=lambda token: token.start)]
    return not (context.tree[noun].xpos == "NNS" and trigger.xpos == "NN")


def _places(claim: Claim, context: Context) -> Iterator[Argument]:
    """Where an event was, or what place it hit."""
    for each in claim.fillers("location"):
        yield Argument("location", each.filler, each.spatial, inferred=True)
    for each in claim.fillers("target"):
        mention = None if each.filler.mention is None else context.mentions[each.filler.mention]
        if mention is not None and mention.level == "NAM" and is_one_of(mention.type, ("Place",)):
            yield Argument("location", each.filler, "in", inferred=True)
