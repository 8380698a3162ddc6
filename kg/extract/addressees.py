"""Whom an act is towards where its own clause does not say it.

Who shall act is asked ("demanded that X withdraw"), who shall suffer is threatened; who rejects an
offer or condemns a crime turns on whoever made the one or did the other. All of it is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.obliques import objects
from kg.lexicon import Towards
from kg.model import Argument, Span
from kg.vocab import is_a

_WHOSE = ("compound", "amod", "nmod")
_FROM = ("by", "from")
_MOVES = "ForceMovement"
_ABOUT = ("content", "theme")
_INQUIRIES = ("Investigation",)
_OCCASIONS = ("against", "at", "over")


def towards(
    draft: Draft, drafts: Sequence[Draft], told: Sequence[Argument], context: Context
) -> list[Argument]:
    """The addressee or opponent, as the event's file says where to look; empty where it is told."""
    rule = context.lexicon.events[draft.claim.type].towards
    if rule is None or any(argument.role == rule.role for argument in told):
        return []
    speakers = {argument.filler.span for argument in told if argument.role == "agent"}
    for found in (_of_content, _whose, _of_condition, _of_aim):
        arguments = [
            Argument(rule.role, argument.filler, inferred=True)
            for argument in found(draft, drafts, told, rule, context)
            if argument.filler.span not in speakers and _can_be_meant(argument, context)
        ]
        if arguments:
            return list(dict.fromkeys(arguments))
    return []


def _heads(draft: Draft) -> tuple[int | None, ...]:
    return draft.head, draft.match.proposition.light


def _of_content(
    draft: Draft,
    drafts: Sequence[Draft],
    told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Parties of the event that is demanded, threatened, condemned.

    But "calls for a joint UN inquiry" asks no more of the UN than of others.
    """
    content = {argument.filler.event for argument in told if argument.role in _ABOUT}
    for role in rule.content:
        for other in drafts:
            below = other.match.proposition
            if below.link == "purpose" or below.governor not in _heads(draft):
                continue  # "demands that X be formed to inquire": X is asked nothing
            if other.claim.id in content:
                inside = _in_compound(other, context) if other.claim.type in _INQUIRIES else ()
                parties = other.claim.fillers(role)
                yield from (each for each in parties if each.filler.span not in inside)


def _in_compound(draft: Draft, context: Context) -> set[Span]:
    beside = context.tree.children(draft.head, *_WHOSE)
    return {context.filler(each).span for each in beside}


def _whose(
    draft: Draft,
    drafts: Sequence[Draft],
    _told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Whose the thing is: "a Senegalese plan", "Assad's failure", "a demand from the president"."""
    tree = context.tree
    proposition = draft.match.proposition
    told = proposition.passive and proposition.marker == "as"  # "as requested by X": not of whom
    if not rule.owner or proposition.kind != "verb" or told:
        return
    names = ("object", *_OCCASIONS) if rule.aim else ("object",)
    things = [slot.head for slot in proposition.slots if slot.name in names]
    moved = {d.head for d in drafts if is_a(d.claim.type, _MOVES)}  # "withdrawal from X"
    for name in () if proposition.passive else _FROM[:1] if moved & set(things) else _FROM:
        # "demand reforms by X": the parser gives X to the verb
        yield from (Argument(rule.role, context.filler(s.head)) for s in proposition.all(name))
    for thing in things:
        owners = tree.children(thing, "poss")
        owners += [each for each in tree.children(thing, *_WHOSE) if _is_named(each, context)]
        for prep in tree.children(thing, "prep"):
            if tree[prep].form.lower() in (_FROM[:1] if thing in moved else _FROM):
                owners += objects(tree, prep)
        done_to = _done_to(thing, drafts)
        for owner in owners:
            for each in tree.conjuncts(owner):
                if each not in done_to:
                    yield Argument(rule.role, context.filler(each))


def _done_to(event: int, drafts: Sequence[Draft]) -> set[int]:
    """Whom an event is done to: "X's extradition" is asked of others than X."""
    return {
        role.head
        for draft in drafts
        if draft.head == event
        for role in draft.match.roles
        if role.name in ("theme", "target")
    }


def _of_aim(
    draft: Draft,
    drafts: Sequence[Draft],
    _told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Of whom something is demanded at once: "a rally to demand reforms by the president"."""
    proposition = draft.match.proposition
    for other in drafts if rule.aim else ():
        below = other.match.proposition
        joined = below.governor in (proposition.head, proposition.light) and below.kind == "verb"
        if joined and other.claim.type == rule.aim:
            named = context.lexicon.events[rule.aim].towards
            found = other.claim.fillers(named.role) if named else ()
            yield from found or towards(other, drafts, other.claim.arguments, context)


def _of_condition(
    draft: Draft,
    _drafts: Sequence[Draft],
    _told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Who can still prevent it: "threatened to leave if X builds the dam"."""
    tree = context.tree
    own = {
        tree.lemma(i) for s in draft.match.proposition.all("subject") for i in tree.subtree(s.head)
    }
    for index in tree.subtree(draft.head) if rule.condition else ():
        marks = [tree[each].form.lower() for each in tree.children(index, "mark")]
        if tree[index].deprel == "advcl" and ("if" in marks or "unless" in marks):
            for subject in tree.children(index, "nsubj"):
                if tree.lemma(subject) in own:
                    continue  # "the leader of the gang ... if the gang is not paid"
                yield Argument(rule.role, context.filler(subject))


def _is_named(head: int, context: Context) -> bool:
    mention = context.mention(head)
    return mention is not None and mention.level in ("NAM", "ADJ")


def _can_be_meant(argument: Argument, context: Context) -> bool:
    mention = argument.filler.mention
    if mention is None:
        return False
    found = context.mentions[mention]
    return any(is_a(found.type, kind) for kind in ("Agent", "GeopoliticalEntity", "City"))
