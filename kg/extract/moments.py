"""When, told once for several events of a sentence.

"A bombing killed ten on Monday", "attacked a base on Monday, killing ten", "two were killed and
five wounded on Monday": a harm is done when what does it is done, and with the harm beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.causes import FOR_A_DEED, inferred_cause, is_harm, is_outcome, result_of, told_cause
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.meanwhile import is_meanwhile
from kg.extract.untyped_causes import untyped_cause
from kg.model import Time
from kg.vocab import is_one_of

_AT_ONCE = ("Attack", "Explosion", "Accident", "Earthquake")
_BRIEF = ("Unrest", "Riot", "Clash", "Raid", "Flood", "Fire", "Storm", "Landslide")
_LASTING = ("CombatEvent", "Disaster", "Unrest", "Protest")
_BEFORE = ("after", "since", "because")
_DONE = ("Attack", "Casualties", "Destruction", "Arson", "Arrest")
_ACTS = ("CombatEvent", "HarmEvent", "Protest", "Unrest", "Blockade", "Seizure")
_SUBJECTS = ("nsubj", "nsubjpass")
_LATER = ("Death", "Casualties")
_SUDDEN = ("Casualties", "Destruction")
_BY = frozenset(("subject", "by", "in", "during"))
_HOLDING = ("Ceasefire", "Ban", "Sanction", "EmergencyDeclaration", "Blockade", "Closure")
_DOING = frozenset(("subject", "by"))


def shared_times(
    drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> dict[str, Time]:
    """The times of the events by id: their own, or those of what they are told with.

    In two rounds, as a harm is done by what has its time from a verb: "caused a blast on Monday
    that killed ten". `opened` are the clauses that no event type covers.
    """
    times = {each.claim.id: each.claim.time for each in drafts if each.claim.time is not None}
    if not times and all(each.claim.time is None for each in opened):
        return times
    for _ in range(2):
        found = {
            draft.claim.id: time
            for draft in drafts
            if draft.claim.id not in times
            and (time := _shared_time(draft, drafts, opened, times, context)) is not None
        }
        times.update(found)
    return times


def _shared_time(
    draft: Draft,
    drafts: Sequence[Draft],
    opened: Sequence[Draft],
    times: Mapping[str, Time],
    context: Context,
) -> Time | None:
    """The time of the harm or violence that an event is told with, or of the verb that brought it.

    No time passes between what is told as done and what is not.
    """
    for other in drafts:
        same = other.claim.factuality.realis == draft.claim.factuality.realis
        time = times.get(other.claim.id)
        if other is draft or time is None or not same:
            continue
        if (
            _are_joined(draft, other, context)
            or _is_told_at_last(draft, other, time, context)
            or _does(draft, other, drafts, context)
            or _does(other, draft, drafts, context)
            or _did_while_lasting(other, draft, drafts, context)
        ):
            return time
    clause = _told_by(draft, opened, context)
    if clause is not None:
        return clause.claim.time
    for other in (*drafts, *opened):
        if other.claim.time is not None and other.head < draft.head:
            untyped = other.claim.predicate is not None
            if (untyped and _is_brought(draft, other, context)) or _is_opened(
                draft, other, context
            ):
                return other.claim.time
    return None


def _told_by(draft: Draft, opened: Sequence[Draft], context: Context) -> Draft | None:
    """The clause without an event type that tells when the event was, or what did the harm then."""
    dated = [each for each in opened if each.claim.time is not None]
    for other in dated:
        if _is_told_of(draft, other, context):
            return other
    if not dated or not is_one_of(draft.claim.type, _SUDDEN) or draft.claim.type in _LATER:
        return None
    for other in dated:
        if is_meanwhile(other, draft, context):
            return other
    struck = untyped_cause(draft, opened, context)  # "killed when a train hit it on Monday"
    return struck if struck in dated else None


def _is_told_of(draft: Draft, other: Draft, context: Context) -> bool:
    """As in "a vote is due to take place on Monday", "the truce takes effect on Monday".

    A deal or law that takes effect was made before.
    """
    told, clause = draft.match.proposition, other.match.proposition
    if told.kind != "noun" or all(slot.head != draft.head for slot in clause.all("subject")):
        return False
    if context.lexicon.operators.befalling.intersection(clause.lemmas):
        return True
    holds = is_one_of(draft.claim.type, _HOLDING)
    return holds and any(
        each in context.lexicon.slots.coming_to_hold for each in _ends(other.head, context)
    )


def _ends(verb: int, context: Context) -> Iterator[str]:
    """The verb with what stands behind it: "take effect", "come into force"."""
    tree = context.tree
    for noun in tree.children(verb, "dobj"):
        yield f"{tree.lemma(verb)} {tree.lemma(noun)}"
    for prep in tree.children(verb, "prep"):
        for noun in tree.children(prep, "pobj"):
            yield f"{tree.lemma(verb)} {tree.lemma(prep)} {tree.lemma(noun)}"


def _is_brought(draft: Draft, other: Draft, context: Context) -> bool:
    """As in "a leak caused a blast on Monday", "drove into a crowd on Monday, killing two"."""
    told = draft.match.proposition
    if told.link == "object" and told.governor == other.head:
        return other.match.proposition.lemmas[-1] in context.lexicon.slots.causatives
    return is_one_of(draft.claim.type, _SUDDEN) and result_of(draft, context) == other.head


def _is_opened(draft: Draft, other: Draft, context: Context) -> bool:
    """As in "On Monday, rebels entered X and killed ten": the time before all holds for all.

    That behind the first verb holds for what else the same did on that day: "crossed the border
    on Monday and attacked X", but not "fled in May and attacked X".
    """
    tree, time, verb = context.tree, other.claim.time, _verb(other)
    if time is None or draft.match.proposition.kind != "verb" or tree.first_conjunct(verb) != verb:
        return False
    if draft.head not in tree.conjuncts(verb)[1:] or tree.children(draft.head, *_SUBJECTS):
        return False
    subject = tree.child(verb, *_SUBJECTS)
    if subject is not None and time.span.end <= tree[min(tree.subtree(subject))].start:
        return True
    alike = tree[verb].xpos == tree[draft.head].xpos and not draft.match.proposition.passive
    return alike and time.precision == "day" and is_one_of(draft.claim.type, _DONE)


def _are_joined(one: Draft, other: Draft, context: Context) -> bool:
    """As in "ten were killed and two wounded on Monday": told at the last for both."""
    if not is_harm(one.claim.type) or not is_harm(other.claim.type):
        return False
    if other.head in context.tree.conjuncts(_verb(one))[1:]:
        return True
    tree, told = context.tree, one.match.proposition
    same = told.link == "conjunct" and told.governor == _verb(other)
    if same and told.passive:  # "two were killed on Monday and five injured"
        return not tree.children(one.head, "auxpass", "aux", "prep")
    return same and not tree.children(one.head, *_SUBJECTS)  # "killed ten on Monday and burned X"


def _is_told_at_last(one: Draft, other: Draft, time: Time, context: Context) -> bool:
    """As in "blocked roads and clashed with police on Monday": what the same did on that day."""
    tree = context.tree
    if not all(is_one_of(each.claim.type, _ACTS) for each in (one, other)):
        return False
    if other.head not in tree.conjuncts(_verb(one))[1:] or tree.children(other.head, *_SUBJECTS):
        return False
    passive = one.match.proposition.passive or other.match.proposition.passive
    alike = tree[one.head].xpos == tree[other.head].xpos
    return alike and not passive and time.precision == "day"


def _verb(draft: Draft) -> int:
    light = draft.match.proposition.light
    return draft.head if light is None else light


def _does(cause: Draft, harm: Draft, drafts: Sequence[Draft], context: Context) -> bool:
    """Whether the one event does the harm, and at once; who is hurt may die of it later."""
    if not is_harm(harm.claim.type):
        return False
    if is_one_of(cause.claim.type, _BRIEF):  # "riots that killed ten in 2002"
        return told_cause(harm, drafts) is cause and _names(cause, harm) <= _BY
    if not is_one_of(cause.claim.type, _AT_ONCE):
        return False
    if told_cause(harm, drafts) is cause:
        return _names(cause, harm) <= _BY
    if cause.match.proposition.marker in FOR_A_DEED:
        return False  # "jailed for attacking X on Monday"
    late = _may_be_late(harm) and _is_before(cause, harm, context)
    return not late and inferred_cause(harm, drafts, context) is cause


def _may_be_late(harm: Draft) -> bool:
    """Who is hurt may die of it later, and be arrested long after; who is killed is so at once."""
    told = harm.claim.type
    return told in _LATER or not is_one_of(told, _SUDDEN)


def _did_while_lasting(
    cause: Draft, harm: Draft, drafts: Sequence[Draft], context: Context
) -> bool:
    """As in "Monday's riots killed six", "clashed on Monday, leaving six dead": done by it then."""
    if not is_harm(harm.claim.type) or not is_one_of(cause.claim.type, _LASTING):
        return False
    if told_cause(harm, drafts) is cause:
        return bool(names := _names(cause, harm)) and names <= _DOING
    told = harm.match.proposition
    joined = is_outcome(told) or told.link == "conjunct"
    return joined and inferred_cause(harm, drafts, context) is cause


def _names(cause: Draft, harm: Draft) -> set[str]:
    """The slots by which a harm names its cause."""
    return {slot.name for slot in harm.match.proposition.slots if slot.head == cause.head}


def _is_before(cause: Draft, harm: Draft, context: Context) -> bool:
    """As in "died after he was shot on Monday"."""
    for index in (cause.head, *context.tree.ancestors(cause.head)):
        clause = context.propositions.get(index)
        if index == harm.head:
            return False
        if clause is not None and clause.marker in _BEFORE:
            return True
    return False
