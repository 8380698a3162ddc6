"""Who fought in a clash, told by who came to harm in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.causes import result_of
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument, Filler
from kg.vocab import is_a, is_one_of

_FORCES = ("ArmedForce", "ArmedGroup", "MilitaryUnit")
_HARMED = ("Killing", "Injury")
_OWNERS = ("compound", "amod", "nmod", "poss")


def as_parties(arguments: list[Argument], draft: Draft, context: Context) -> list[Argument]:
    """As in "soldiers are killed in clashes with X": two parties of a fight that nobody started.

    Where one side has several parties they stay apart, for allies do not fight each other.
    """
    sides = [[a for a in arguments if a.role == role] for role in ("agent", "coAgent")]
    told = draft.match.proposition.kind == "noun" and context.is_battle(draft.claim.type)
    joint = any(_is_joint(party, context) for party in (*sides[0], *sides[1]))
    if not told or len(sides[0]) > 1 or len(sides[1]) != 1 or joint:
        return arguments
    return [replace(a, role="agent") if a.role == "coAgent" else a for a in arguments]


def doers_told_last(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "two guards are killed and a nurse hurt by gunmen": told at the last for both.

    Of fighters it is so only where those that are told are others: not "one gunman is killed and
    two guards hurt by rebels", nor "a guard is killed and a suspect hurt by police".
    """
    tree, told = context.tree, draft.claim
    verbs = tree.conjuncts(draft.head)[1:]
    if not verbs or not draft.match.proposition.passive or told.fillers("agent"):
        return
    if told.fillers("instrument") or tree.children(draft.head, "prep", "agent", "advcl"):
        return
    fallen = told.fillers("theme")
    for other in drafts if all(_is_harmless(each, context) for each in fallen) else ():
        hurt = other.head in verbs and is_one_of(other.claim.type, _HARMED)
        if hurt and other.match.proposition.passive:
            doers = [a for a in other.claim.fillers("agent") if _is_assailant(a, context)]
            yield from (replace(each, inferred=True) for each in doers)


def doers_of_outcome(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "a convoy is bombed by jets of X, killing two": who attacks does what comes of it.

    Not so "is attacked by rebels, killing two rebels".
    """
    told = draft.claim
    verb = None if told.fillers("agent") else result_of(draft, context)
    fallen = {_lemma_of(each, context) for each in told.fillers("theme")}
    for other in drafts:
        passive = other.head == verb and other.match.proposition.passive
        if passive and is_a(other.claim.type, "CombatEvent") and other.claim.factuality.realis:
            doers = [a for a in other.claim.fillers("agent") if not a.inferred]
            apart = (a for a in doers if _lemma_of(a, context) not in fallen)
            yield from (replace(each, inferred=True) for each in apart)


def _lemma_of(party: Argument, context: Context) -> str | None:
    head = _head_of(party, context)
    return None if head is None else context.tree.lemma(head)


def _is_assailant(party: Argument, context: Context) -> bool:
    head = _head_of(party, context)
    listed = head is not None and context.tree.lemma(head) in context.lexicon.slots.assailants
    return listed or (head is not None and context.type_of(head) == "ArmedGroup")


def _is_harmless(party: Argument, context: Context) -> bool:
    """Whether it is told who they are, and that they are no assailants."""
    return _head_of(party, context) is not None and not _is_assailant(party, context)


def _head_of(party: Argument, context: Context) -> int | None:
    mention = party.filler.mention
    return None if mention is None else context.mentions[mention].head


def _is_joint(party: Argument, context: Context) -> bool:
    """As in "Armenian and Artsakh forces": one phrase for two parties."""
    mention = party.filler.mention
    head = context.mentions[mention].head if mention is not None else None
    owners = context.tree.children(head, *_OWNERS) if head is not None else []
    return any(context.tree.children(owner, "conj") for owner in owners)


def other_side(clash: Draft, harm: Draft, context: Context) -> Iterator[Argument]:
    """As in "soldiers are killed in clashes with X": the force that suffers is the other side.

    Where nobody is told to have fought them, fighters of one kind that fell are one of the sides,
    and the force that killed them is the other.
    """
    if clash.claim.fillers("agent"):
        return
    fallen = harm.claim.fillers("theme")
    if not clash.claim.fillers("coAgent"):
        fighters = [each for each in fallen if _is_fighting(each, context)]
        if len(fallen) == len(fighters) == 1:
            killers = [force(each, context) for each in harm.claim.fillers("agent")]
            sides = [*killers, fighters[0].filler] if len(killers) == 1 else [fighters[0].filler]
            yield from (Argument("agent", each, inferred=True) for each in sides if each)
        return
    kinds = {context.tree.lemma(role.head) for role in clash.match.roles if role.name == "coAgent"}
    for party in (*harm.claim.fillers("agent"), *fallen):
        filler = force(party, context)
        if filler is not None and not _is_of_kind(party, kinds, context):
            yield Argument("agent", filler, inferred=True)
            return


def _is_of_kind(party: Argument, kinds: set[str], context: Context) -> bool:
    """As in "clashes with smugglers in which a smuggler was killed": one of these."""
    mention = party.filler.mention
    return mention is not None and context.tree.lemma(context.mentions[mention].head) in kinds


def force(party: Argument, context: Context) -> Filler | None:
    """The force of a party: it is one, or these are people of one that is named before them."""
    if party.filler.mention is None:
        return None
    head = context.mentions[party.filler.mention].head
    kind = context.mentions[party.filler.mention].type
    if is_one_of(kind, _FORCES) or context.tree.lemma(head) in context.lexicon.people.opponents:
        return party.filler
    if context.tree.lemma(head) not in context.lexicon.people.individuals:
        return None
    for owner in reversed(context.tree.children(head, "compound", "amod", "poss")):
        mention = context.mention(owner)
        if mention is not None and any(is_a(mention.type, each) for each in (*_FORCES, "Country")):
            return context.filler(owner)
    return party.filler


def _is_fighting(party: Argument, context: Context) -> bool:
    """Whether these are people of a force, by the word for them."""
    if party.filler.mention is None:
        return False
    head = context.mentions[party.filler.mention].head
    kind = context.lexicon.noun_classes.get(context.tree.lemma(head), "Entity")
    return is_one_of(kind, _FORCES)
