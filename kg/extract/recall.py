"""Events behind a noun: told of before ("killed in the attack") or in its own clause.

"denied reports that X had attacked Y" denies the attack, not that there were reports.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument, Claim, Filler
from kg.vocab import is_a, is_one_of

_AGAIN = ("the", "this", "that", "these", "those", "both")
_EITHER = ("either", "neither", "both")
_CHARGING = ("Accusation", "Denial")


def recalled(head: int, before: Sequence[Claim], context: Context) -> Claim | None:
    """The last event told before that a definite event noun may mean, by its class; else None."""
    tree = context.tree
    if not is_known(head, context):
        return None
    words = dict.fromkeys((tree[head].form.lower(), tree.lemma(head)))
    triggers = (context.lexicon.nouns.get(word, ()) for word in words)
    kinds = {trigger.type for found in triggers for trigger in found}
    if kinds & {*_CHARGING} and _is_told_within(head, context):
        return None
    near = {
        claim.id: claim
        for claim in before
        if not _is_silent(claim)
        and any(is_a(claim.type, kind) or is_a(kind, claim.type) for kind in kinds)
    }
    last = next(reversed(near.values()), None)
    causes = [near.get(a.filler.event or "") for a in (last.fillers("cause") if last else ())]
    return next((each for each in causes if each is not None), last)  # the strike that hit X


def is_known(head: int, context: Context) -> bool:
    """As "the attack", "those strikes": a definite event noun of which no more is told."""
    tree = context.tree
    definite = any(tree[i].form.lower() in _AGAIN for i in tree.children(head, "det"))
    return definite and tree[head].upos == "NOUN" and not _is_told(head, context)


def _is_silent(claim: Claim) -> bool:
    """As in "did not mention any victims": no words that somebody may take up."""
    return is_a(claim.type, "CommunicationEvent") and claim.factuality.polarity == "negative"


def _is_told(head: int, context: Context) -> bool:
    """Whether the noun is told of anew, by more than who was in it ("the raid, including two")."""
    tree = context.tree
    preps = [i for i in tree.children(head, "prep") if tree[i].form.lower() != "including"]
    return bool(preps or tree.children(head, "acl", "relcl"))


def _is_told_within(head: int, context: Context) -> bool:
    """As in "X denied arming Y, though Z called the allegations true": those of this sentence."""
    verbs = (p for p in context.propositions.values() if p.kind == "verb" and p.head < head)
    words = (lemma for verb in verbs for lemma in verb.lemmas)
    told = (trigger.type for word in words for trigger in context.lexicon.verbs.get(word, ()))
    return any(is_one_of(kind, _CHARGING) for kind in told)


def through_reports(
    arguments: Sequence[Argument],
    draft: Draft,
    drafts: Sequence[Draft],
    before: Sequence[Claim],
    context: Context,
) -> list[Argument]:
    """The arguments of a speech act, with what a report says in the place of the report.

    "denied the accusation" denies what an accusation told of `before` has said.
    """
    if not is_a(draft.claim.type, "CommunicationEvent"):
        return list(arguments)
    found = list(arguments)
    for slot in draft.match.proposition.all("object"):
        if context.tree.lemma(slot.head) not in context.lexicon.report_nouns:
            continue
        told = [
            Argument("content", Filler(other.claim.trigger, event=other.claim.id))
            for other in drafts
            if other.match.proposition.governor == slot.head
            and other.match.proposition.link == "complement"
        ]
        for earlier in () if told else _earlier(slot.head, draft.claim.type, before, context):
            told += [each for each in earlier.fillers("content") if each.filler.event is not None]
        if told:
            noun = context.tree.token_span(slot.head)
            found = [each for each in found if not each.filler.span.contains(noun)] + told
    return found


def _earlier(noun: int, type_: str, before: Sequence[Claim], context: Context) -> list[Claim]:
    """The speech acts that a noun takes up: the last, or of what is verified all that it counts.

    As in "Neither claim could be verified", "was unable to verify the accounts".
    """
    if type_ == "Verification" and _is_counted(noun, context):
        said = [each for each in before if is_a(each.type, "CommunicationEvent")]
        told = [each for each in said if not _is_silent(each)]
        both = context.tree[noun].xpos == "NNS" or len(told) <= 1
        return told if both or _is_either(noun, context) else told[-1:]
    last = recalled(noun, before, context)
    return [last] if last is not None and is_a(last.type, "CommunicationEvent") else []


def _is_counted(noun: int, context: Context) -> bool:
    tree = context.tree
    definite = tree.children(noun, "det", "poss") and not tree.children(
        noun, "prep", "acl", "relcl"
    )
    return bool(definite) and tree.lemma(noun) not in context.lexicon.reporting.basis


def _is_either(noun: int, context: Context) -> bool:
    words = {context.tree[i].form.lower() for i in context.tree.children(noun, "det")}
    return not words.isdisjoint(_EITHER)
