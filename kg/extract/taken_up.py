"""Where and when an event was that a sentence takes up from those before it.

"A car bomb went off in Mosul on Monday. The blast killed ten": they died in Mosul, on Monday. So
too what a toll is of: "A ferry sank off Kos. The death toll has risen to ten."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.recall import is_known
from kg.model import Argument, Claim, Filler
from kg.vocab import is_a, is_one_of

_BEFALLEN = ("Casualties", "Destruction")
_BY = ("in", "by", "subject", "from")
_TAKEN_UP = ("CombatEvent", "Explosion", "Disaster", "Unrest", "Protest", "Arson", "Killing")
_LETHAL = ("CombatEvent", "Explosion", "Disaster", "Accident", "Sinking", "Unrest", "Arson")
_FOUGHT_FOR = ("TerritorialEvent", "ForceMovement")
_PLAIN = ("nsubjpass", "auxpass", "aux", "punct", "cc", "conj")
_SOME = ("several", "many")
_AGAIN = ("the", "these", "those", "its", "their")
_TOLLS = ("toll", "casualty", "fatality")
_COUNTED = ("subject", "compound", "at", "to")


def take_up(drafts: Sequence[Draft], before: Sequence[Claim], context: Context) -> None:
    """Adds the place and time of an event told `before` to the noun that means it.

    And to a harm done in it, where the noun is no event of its own: "ten died in the fire".
    """
    if not before:
        return
    heads = {draft.head for draft in drafts}
    harms = [draft for draft in drafts if is_one_of(draft.claim.type, _BEFALLEN)]
    for draft in drafts:
        told = draft.claim
        if told.time is not None or _has_name(told, context) or not told.factuality.realis:
            continue
        noun = None
        if draft.match.proposition.kind == "noun" and is_one_of(told.type, _TAKEN_UP):
            lasting = context.is_battle(told.type) and context.tree[draft.head].form.endswith("ing")
            here = not lasting or any(draft.head in _causes(each) for each in harms)
            noun = draft.head if here else None  # "talks to end the fighting": wherever it is
        elif draft in harms:
            noun = next((i for i in _causes(draft) if i not in heads), None)
        if noun is not None and not _is_told_here(noun, drafts, context):
            draft.claim = _as_meant(told, noun, before, context)
    if harms and before[-1].sentence + 1 == harms[0].claim.sentence:
        _take_from_last(harms, before, context)


def _is_told_here(noun: int, drafts: Sequence[Draft], context: Context) -> bool:
    """As in "gunmen attack an inn and a cook dies in the attack": it is no older one."""
    kinds = _kinds(noun, context)
    return any(each.head < noun and _is_of(each.claim, kinds) for each in drafts)


def _take_from_last(harms: Sequence[Draft], before: Sequence[Claim], context: Context) -> None:
    """Adds what the sentence right before tells of to the harms that came of it."""
    of_it = [each.head for each in harms if _is_of_last(each, context) or _is_bare(each, context)]
    for draft in harms if of_it else ():
        joined = context.tree.conjuncts(context.tree.first_conjunct(draft.head))
        own = (*draft.claim.fillers("location"), *draft.claim.fillers("cause"))
        if not own and not set(joined).isdisjoint(of_it):
            draft.claim = _after_last(draft, before, context)


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
    if not meant and any(context.is_battle(kind) for kind in kinds):
        last = before[-1].sentence  # "Rebels took X. Ten died in the fighting."
        fought = (each for each in before if each.sentence == last and each.factuality.realis)
        meant = [each for each in fought if is_one_of(each.type, _FOUGHT_FOR)]
    first = _one_of(meant, context)
    if first is None:
        return told
    time = next((each.time for each in meant if each.time is not None), None)
    return replace(told, arguments=(*told.arguments, *_places(first, context)), time=time)


def _one_of(meant: Sequence[Claim], context: Context) -> Claim | None:
    """The event that is meant, with its place if one tells it; none where they may be two."""
    placed = {frozenset(a.filler.span for a in _places(each, context)) for each in meant}
    timed = {each.time.edtf for each in meant if each.time is not None}
    placed.discard(frozenset())
    if not meant or len(placed) > 1 or len(timed) > 1:
        return None
    return next((each for each in meant if any(_places(each, context))), meant[0])


def _is_of_last(draft: Draft, context: Context) -> bool:
    """As in "the death toll rises to ten", "no casualties", "ten were hurt in the violence".

    A toll with a cause of its own is of something else, as is that of a place with a name.
    """
    clause = draft.match.proposition
    if draft.claim.fillers("location") or any(r.name == "cause" for r in draft.match.roles):
        return False
    if clause.kind == "noun":
        bare = all(slot.name in _COUNTED for slot in clause.slots)
        toll = bare and context.tree.lemma(draft.head) in _TOLLS
        return toll and not any(map(context.is_named_place, context.tree.indices()))
    happened = context.lexicon.slots.happenings
    return any(
        slot.name in ("in", "during")
        and context.tree.lemma(slot.head) in happened
        and is_known(slot.head, context)
        for slot in clause.slots
    )


def _is_bare(draft: Draft, context: Context) -> bool:
    """As in "Three people were killed and five injured.": told of nothing but how many.

    Not so of those who may have done it, nor of what has been going on.
    """
    tree, told = context.tree, draft.claim
    clause = draft.match.proposition
    others = (told.time, *told.fillers("agent"), *told.fillers("instrument"), *told.attributions)
    if clause.kind != "verb" or clause.link not in ("root", "conjunct") or any(others):
        return False
    verbs = tree.conjuncts(tree.first_conjunct(draft.head))
    below = [i for verb in verbs for i in tree.children(verb)]
    if any(tree[i].deprel not in _PLAIN and i not in verbs for i in below):
        return False
    if any(tree.lemma(i) == "have" for i in below) or not clause.passive:
        return False
    hurt = [i for i in below if tree[i].deprel == "nsubjpass"]
    return all(_is_counted(i, context) for i in hurt)


def _is_counted(noun: int, context: Context) -> bool:
    """As "three people", "several others", "five"; not "the gunman", "two attackers"."""
    tree = context.tree
    told = tree[noun].xpos == "CD" or bool(tree.children(noun, "nummod"))
    told = told or any(tree.lemma(i) in _SOME for i in tree.children(noun, "amod"))
    known = any(tree[i].form.lower() in _AGAIN for i in tree.children(noun, "det"))
    return told and not known and tree.lemma(noun) not in context.lexicon.slots.assailants


def _after_last(draft: Draft, before: Sequence[Claim], context: Context) -> Claim:
    """The claim with what the sentence right before it tells of as its cause, and its place.

    Of a toll nothing tells when it was reached.
    """
    told, last = draft.claim, before[-1].sentence
    meant = [
        each
        for each in before
        if each.sentence == last and each.factuality.realis and is_one_of(each.type, _LETHAL)
    ]
    first = _one_of(meant, context)
    if first is None:
        return told
    cause = Argument("cause", Filler(first.trigger, event=first.id), inferred=True)
    time = first.time if draft.match.proposition.kind == "verb" else told.time
    return replace(told, arguments=(*told.arguments, cause, *_places(first, context)), time=time)


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
    """Where an event was, or what place it hit or was fought for."""
    for each in claim.fillers("location"):
        yield Argument("location", each.filler, each.spatial, inferred=True)
    for each in (*claim.fillers("target"), *_won(claim)):
        mention = None if each.filler.mention is None else context.mentions[each.filler.mention]
        if mention is not None and mention.level == "NAM" and is_one_of(mention.type, ("Place",)):
            yield Argument("location", each.filler, "in", inferred=True)


def _won(claim: Claim) -> Sequence[Argument]:
    return claim.fillers("theme") if is_a(claim.type, "TerritorialEvent") else ()
