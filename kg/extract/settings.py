"""Events that only tell when or amid what another happened: "killed during a protest"."""

from __future__ import annotations

from kg.extract.causes import SETTING, VIOLENT, is_harm
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.vocab import is_a, is_one_of

_PROCEEDINGS = ("JusticeEvent", "CommunicationEvent", "Meeting")
_NEXT = frozenset(("after", "before", "following"))
_WHILE = frozenset(("during", "amid"))


def is_setting(draft: Draft, event: int, type_: str, context: Context) -> bool:
    """As in "killed during a protest": only violence does the harm that is told in it.

    "Detained after the attack" tells when, where "for" and "over" tell why.
    """
    names = {slot.name for slot in draft.match.proposition.slots if slot.head == event}
    violent = any(is_a(type_, kind) for kind in (*VIOLENT, "HarmEvent", "Unrest"))
    if is_a(draft.claim.type, "CombatEvent") and names and names <= _WHILE:
        return True  # "the attack occurs during a protest"
    light = draft.match.proposition.light
    if light is not None and context.tree.lemma(light) == "come" and names <= _NEXT:
        return True  # "the raid comes after an attack on X"
    if is_a(draft.claim.type, "Accident"):  # "crashed in a storm", but "during combat"
        violent = is_a(type_, "Disaster")
    if is_a(draft.claim.type, "Detention"):
        return bool(names) and names <= SETTING | {"after", "following"}
    if is_harm(draft.claim.type) and is_one_of(type_, (*_PROCEEDINGS, "Election")):
        return bool(names) and names <= SETTING | {"after", "following"}
    suffered = is_harm(draft.claim.type) or is_a(draft.claim.type, "Accident")
    return bool(names) and names <= SETTING and suffered and not violent


def is_idle_setting(draft: Draft, event: int, context: Context) -> bool:
    """As in "crashed during an exercise", "acquitted after a trial": told is when it happened.

    Only harm comes of what no event type covers ("killed in an operation").
    """
    names = {slot.name for slot in draft.match.proposition.slots if slot.head == event}
    if not names:
        return False
    if is_harm(draft.claim.type):
        lemma = context.tree.lemma(event)
        if f"{context.tree[event - 1].form.lower()} {lemma}" in context.lexicon.slots.idioms:
            return names <= _WHILE  # "killed during rescue operations"
        kinds = context.lexicon.nouns.get(lemma, ())
        if any(is_one_of(each.type, _PROCEEDINGS) for each in kinds):
            return True  # "convicted of murder in a retrial"
        return names <= _WHILE and not any(is_one_of(each.type, VIOLENT) for each in kinds)
    if names == {"in"} and not context.tree.children(event, "det", "poss", "amod", "compound"):
        return context.tree[event].xpos == "NN"  # "in support of X", "in progress"
    accident = is_a(draft.claim.type, "Accident")
    return names <= (SETTING if accident else _WHILE | {"after"})
