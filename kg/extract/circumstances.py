"""Where and why, told once for several events of a sentence.

"killed ten and wounded five in Herat", "attacked a base near X, killing two": the place of one
event is that of the others, and what harms follows from what strikes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.proposition import surface_subject
from kg.model import Argument, Filler
from kg.vocab import is_a

_CAUSES = ("CombatEvent", "Disaster", "Explosion", "Arson")
_AFTER = ("after", "when", "as", "because", "since")
_FORCES = ("ArmedForce", "ArmedGroup", "MilitaryUnit")
_HOLDING = ("target", "theme", "destination")
_CONTAINERS = ("appos", "npadvmod", "conj")


def circumstances(draft: Draft, drafts: Sequence[Draft], context: Context) -> list[Argument]:
    """Inferred locations, causes and parties of an event from its neighbours in the sentence."""
    found: list[Argument] = []
    cause = _cause(draft, drafts, context)
    if cause is not None and not _causes_told(draft):
        filler = Filler(cause.claim.trigger, event=cause.claim.id)
        found.append(Argument("cause", filler, inferred=True))
    if not draft.claim.fillers("location") and not is_a(draft.claim.type, "CommunicationEvent"):
        found.extend(_shared_locations(draft, drafts, cause, context))
    located = [*draft.claim.fillers("location"), *found]
    located += [each for role in _HOLDING for each in draft.claim.fillers(role)]
    found.extend(_containers(located, context))
    found.extend(_party(draft, drafts, context))
    return found


def _shared_locations(
    draft: Draft, drafts: Sequence[Draft], cause: Draft | None, context: Context
) -> Iterator[Argument]:
    """The place of a causing, coordinated or governing event, where the event has none."""
    neighbours = _neighbours(draft, drafts, context)
    for other in neighbours if cause is None else (cause, *neighbours):
        places = list(other.claim.fillers("location"))
        if other is cause:
            places += [each for each in other.claim.fillers("target") if _is_place(each, context)]
        if places:
            for place in places:
                yield Argument("location", place.filler, place.spatial or "in", inferred=True)
            return


def _is_place(argument: Argument, context: Context) -> bool:
    mention = argument.filler.mention
    return mention is not None and is_a(context.mentions[mention].type, "Place")


def _neighbours(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Draft]:
    by_head = {other.head: other for other in drafts if other is not draft}
    proposition = draft.match.proposition
    loose = proposition.link == "adverbial" and proposition.marker is None
    if proposition.governor in by_head and (proposition.link == "conjunct" or loose):
        yield by_head[proposition.governor]
    for child in context.tree.children(draft.head, "conj"):
        subject = context.tree.child(child, "nsubj", "nsubjpass")
        if child in by_head and (subject is None or _both_harm(draft, by_head[child])):
            yield by_head[child]


def _both_harm(one: Draft, other: Draft) -> bool:
    return _is_harm(one.claim.type) and _is_harm(other.claim.type)


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


def _is_harm(type_: str) -> bool:
    return is_a(type_, "HarmEvent") and not is_a(type_, "Disaster")


def _causes_told(draft: Draft) -> bool:
    return any(role.name == "cause" for role in draft.match.roles)


def _cause(draft: Draft, drafts: Sequence[Draft], context: Context) -> Draft | None:
    """The attack or disaster that a harm follows or names, or that one told with it names.

    "..., killing two", "killed after X struck", "five are killed and ten hurt in a blast".
    """
    by_head = {other.head: other for other in drafts if other is not draft}
    told = _named_cause(draft, by_head)
    if told is not None or _causes_told(draft) or not _is_harm(draft.claim.type):
        return told
    for other in by_head.values():
        violent = any(is_a(other.claim.type, kind) for kind in _CAUSES)
        if violent and _leads_to(other, draft, context):
            return other
    if draft.claim.fillers("location"):
        return None
    first = context.tree.first_conjunct(draft.head)
    for other in by_head.values():
        if context.tree.first_conjunct(other.head) == first and _is_harm(other.claim.type):
            told = _named_cause(other, by_head)
            if told is not None and told is not draft:
                return told
    return None


def _named_cause(draft: Draft, by_head: Mapping[int, Draft]) -> Draft | None:
    heads = (role.head for role in draft.match.roles if role.event and role.name == "cause")
    return next((by_head[head] for head in heads if head in by_head), None)


def _party(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "soldiers are killed in clashes with X": the force in the clause is the other side."""
    proposition = draft.match.proposition
    against = draft.claim.fillers("coAgent")
    if draft.claim.type != "Clash" or draft.claim.fillers("agent") or not against:
        return
    above = next((d for d in drafts if d.head == proposition.governor), None)
    if above is None or proposition.link != "oblique":
        return
    clause = above.match.proposition
    for slot in surface_subject(clause):
        mention = context.mention(slot.head)
        force = mention is not None and any(is_a(mention.type, kind) for kind in _FORCES)
        if force:
            yield Argument("agent", context.filler(slot.head), inferred=True)


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
