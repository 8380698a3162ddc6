"""Deeds that somebody denies by a word for them: "denied doing so", "denied involvement"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.model import Claim
from kg.vocab import is_a, is_one_of

ANAPHORS = ("it", "this", "that", "them", "these")
_BACK = frozenset((*ANAPHORS, "there"))
_DEEDS = ("CombatEvent", "HarmEvent")
_SHORT = 4  # words behind "denied being": "behind it", "involved in it"


def own_deeds(
    proposition: Proposition, context: Context, claims: Sequence[Claim], before: Sequence[Claim]
) -> list[Claim] | None:
    """The deeds that somebody denies by a word that stands for them, if there is one."""
    doing = _denies_doing(proposition, context)
    if doing or _denies_part(proposition, context):
        told = (_deeds_of_one(proposition, c, context, own=not doing) for c in (claims, before))
        return next(filter(None, told), [])
    again = _denied_again(proposition, context)
    return _same_deeds(again, proposition, [*before, *claims], context) if again else None


def _denies_doing(proposition: Proposition, context: Context) -> bool:
    """As in "denied carrying it out", "denies doing so"."""
    tree = context.tree
    for verb in tree.children(proposition.head, "xcomp", "pcomp"):
        below = {tree[i].form.lower() for i in tree.subtree(verb) if i > verb}
        own = len(below) < _SHORT and not below.isdisjoint(ANAPHORS)
        if below == {"so"} or (own and tree.lemma(verb) in context.lexicon.slots.doing):
            return True
    return False


def _denies_part(proposition: Proposition, context: Context) -> bool:
    """As in "denied any involvement", of a deed that is told just before."""
    tree, sharing = context.tree, context.lexicon.slots.sharing
    nouns = tree.children(proposition.head, "dobj")
    return any(tree.lemma(i) in sharing and not tree.children(i, "prep") for i in nouns)


def _denied_again(proposition: Proposition, context: Context) -> set[str]:
    """As in "denied firing", "denied shelling it": verbs, of a deed that was told before."""
    tree = context.tree
    for verb in tree.children(proposition.head, "xcomp", "pcomp", "dobj"):
        form = tree[verb].form.lower()
        behind = {tree[i].form.lower() for i in tree.subtree(verb) if i > verb}
        if form.endswith("ing") and behind <= _BACK and not tree.children(verb, "det", "poss"):
            stem = form.removesuffix("ing")
            return {tree.lemma(verb), stem, stem + "e", stem[:-1]}
    return set()


def _same_deeds(
    verbs: set[str], proposition: Proposition, told: Sequence[Claim], context: Context
) -> list[Claim]:
    """What was told by the same verb, or as an event of the same type, of one doer."""
    tokens, start = context.tree.tokens, context.tree[proposition.head].start
    types = {trigger.type for verb in verbs for trigger in context.lexicon.verbs.get(verb, ())}
    deeds = []
    for claim in told:
        place = bisect_left(tokens, claim.trigger.start, key=attrgetter("start"))
        again = claim.type in types or tokens[place].lemma in verbs
        if again and claim.trigger.end <= start and claim.fillers("agent"):
            deeds.append(claim)
    return deeds if len(_doers(deeds, context)) == 1 else []


def _doers(deeds: Sequence[Claim], context: Context) -> set[str]:
    agents = [each.filler.mention for claim in deeds for each in claim.fillers("agent")]
    mentions, tokens = context.mentions, context.tree.tokens
    return {tokens[mentions[i].head].form for i in agents if i is not None}


def _deeds_of_one(
    proposition: Proposition, told: Sequence[Claim], context: Context, *, own: bool
) -> list[Claim]:
    """What the one doer of these claims did; `own`: only if he is who denies it.

    Of several it is who denies, as far as the words tell.
    """
    tree, start = context.tree, context.tree[proposition.head].start
    deeds = [
        claim
        for claim in told
        if claim.trigger.end <= start and claim.fillers("agent") and _is_deed(claim, own)
    ]
    who = [tree[i] for i in deniers(proposition, context)]
    names = {each.form for each in who}
    if not own and not names.isdisjoint(_doers(deeds, context)):
        deeds = [claim for claim in deeds if not names.isdisjoint(_doers([claim], context))]
    doers = _doers(deeds, context)
    himself = all(each.upos == "PRON" or each.form in doers for each in who)
    return deeds if len(doers) == 1 and (himself or not own) else []


def _is_deed(claim: Claim, harm: bool) -> bool:
    """Whether somebody may deny having done it; of any "involvement" only what does harm."""
    return is_one_of(claim.type, _DEEDS) or not (harm or is_a(claim.type, "CommunicationEvent"))


def deniers(speech: Proposition, context: Context) -> list[int]:
    """Who denies it: nobody but the report in "but this proved false"."""
    proven = context.tree.lemma(speech.head) in context.lexicon.reporting.proving
    return [] if proven else [slot.head for slot in speech.all("subject")]
