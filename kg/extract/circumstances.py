"""Where and why, told once for several events of a sentence.

"killed ten and wounded five in Herat", "attacked a base near X, killing two": the place of one
event is that of the others, and what harms follows from what strikes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument, Filler
from kg.vocab import is_a

_HARM = ("HarmEvent",)
_CAUSES = ("CombatEvent", "Disaster", "Explosion", "Arson")
_AFTER = ("after", "when", "as", "because", "since")
_CONTAINERS = ("appos", "npadvmod", "conj")


def circumstances(draft: Draft, drafts: Sequence[Draft], context: Context) -> list[Argument]:
    """Inferred locations and causes of an event from its neighbours in the sentence."""
    found: list[Argument] = []
    if not draft.claim.fillers("location") and not is_a(draft.claim.type, "CommunicationEvent"):
        found.extend(_shared_locations(draft, drafts, context))
    located = [*draft.claim.fillers("location"), *found]
    found.extend(_containers(located, context))
    if any(is_a(draft.claim.type, kind) for kind in _HARM) and not _has_cause(draft):
        found.extend(_causes(draft, drafts, context))
    return found


def _shared_locations(
    draft: Draft, drafts: Sequence[Draft], context: Context
) -> Iterator[Argument]:
    """The place of a coordinated, governing or causing event, where the event has none."""
    for other in _neighbours(draft, drafts, context):
        places = other.claim.fillers("location")
        if places:
            yield from (replace(place, inferred=True) for place in places)
            return


def _neighbours(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Draft]:
    by_head = {other.head: other for other in drafts if other is not draft}
    for role in draft.match.roles:
        harm = is_a(draft.claim.type, "HarmEvent")
        if harm and role.event and role.name == "cause" and role.head in by_head:
            yield by_head[role.head]
    proposition = draft.match.proposition
    loose = proposition.link == "adverbial" and proposition.marker is None
    if proposition.governor in by_head and (proposition.link == "conjunct" or loose):
        yield by_head[proposition.governor]
    for child in context.tree.children(draft.head, "conj"):
        subject = context.tree.child(child, "nsubj", "nsubjpass")
        if child in by_head and subject is None:
            yield by_head[child]


def _containers(located: Sequence[Argument], context: Context) -> Iterator[Argument]:
    """As in "in Narena, Koulikoro Region, Mali": the places that contain the named one."""
    named = {argument.filler.span for argument in located}
    for argument in located:
        if argument.filler.mention is None:
            continue
        for head in _contained_in(context.mentions[argument.filler.mention].head, context):
            filler = context.filler(head)
            if filler.span not in named:
                named.add(filler.span)
                yield Argument("location", filler, "in", inferred=True)


def _contained_in(head: int, context: Context) -> Iterator[int]:
    tree = context.tree
    if head not in tree.indices():
        return
    for child in tree.children(head, *_CONTAINERS):
        mention = context.mention(child)
        comma = tree[child - 1].form == "," or tree[min(tree.subtree(child)) - 1].form == ","
        place = mention is not None and mention.level == "NAM" and is_a(mention.type, "Place")
        if comma and place and not tree.children(head, "cc"):
            yield child
            yield from _contained_in(child, context)


def _has_cause(draft: Draft) -> bool:
    return any(role.name == "cause" for role in draft.match.roles)


def _causes(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """The attack or disaster that a harm follows: "..., killing two", "killed after X struck"."""
    for other in drafts:
        violent = any(is_a(other.claim.type, kind) for kind in _CAUSES)
        if other is not draft and violent and _leads_to(other, draft, context):
            filler = Filler(other.claim.trigger, event=other.claim.id)
            yield Argument("cause", filler, inferred=True)
            return


def _leads_to(other: Draft, draft: Draft, context: Context) -> bool:
    proposition, cause = draft.match.proposition, other.match.proposition
    heads = {other.head, cause.light}
    if proposition.link == "adverbial" and proposition.marker is None:
        return proposition.governor in heads
    if cause.link == "adverbial" and cause.marker in _AFTER:
        return cause.governor == draft.head
    first = context.tree.first_conjunct(draft.head)
    return first != draft.head and _is_cause_of(first, other, context)


def _is_cause_of(head: int, other: Draft, context: Context) -> bool:
    """Whether the first of coordinated harms hangs on the attack ("killing 2 and hurting 5")."""
    proposition = context.propositions.get(head)
    if proposition is None:
        return False
    loose = proposition.link == "adverbial" and proposition.marker is None
    return loose and proposition.governor in (other.head, other.match.proposition.light)
