"""Deeds that the text tells of by their doer alone: "a suicide bomber killed ten people"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.causes import is_harm
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.frames import Match
from kg.extract.proposition import Proposition
from kg.extract.role import Role
from kg.lexicon import Trigger
from kg.model import Argument

_TOLD = ("agent", "location")


def with_implied(drafts: Sequence[Draft], context: Context) -> list[Draft]:
    """The events of a sentence, and those that the harms among them came of.

    A doer whose name is made from the deed has done it where the harm was done, and it is told as
    firmly; several harms of one doer come of one deed.
    """
    deeds: dict[int, Draft] = {}
    done = {
        role.head
        for each in drafts
        if not is_harm(each.claim.type) or _is_caused(each)
        for role in _doers(each)
    }
    for harm in drafts:
        if not is_harm(harm.claim.type) or not harm.claim.factuality.realis or _is_caused(harm):
            continue
        for role in _doers(harm):
            trigger = _trigger(role.head, context)
            if trigger is None or role.head in done:
                continue
            deeds.setdefault(role.head, _deed(role.head, trigger, harm, context))
            roles = (*harm.match.roles, Role("cause", role.head, event=True))
            harm.match = replace(harm.match, roles=roles)
    return sorted([*drafts, *deeds.values()], key=lambda draft: draft.head) if deeds else [*drafts]


def _is_caused(harm: Draft) -> bool:
    """As in "killed ten and wounded two in an attack": that is the deed, for both."""
    return any(role.name == "cause" for role in harm.match.roles)


def _doers(draft: Draft) -> Iterator[Role]:
    return (role for role in draft.match.roles if role.name == "agent")


def _trigger(head: int, context: Context) -> Trigger | None:
    """The listed noun of the deed: "suicide bombing" for "suicide bomber"."""
    tree = context.tree
    stem = tree.lemma(head).removesuffix("er")
    phrase = f"{tree[head - 1].form.lower()} {stem}ing"
    beside = head > tree.sentence.first and tree[head - 1].head == head
    return context.lexicon.nouns[phrase][0] if beside and phrase in context.lexicon.nouns else None


def _deed(head: int, trigger: Trigger, harm: Draft, context: Context) -> Draft:
    """The event behind a doer, with the place and the sources of the harm.

    Whoever is killed alone was meant, where of many some may only have been near.
    """
    lemma = context.tree.lemma(head)
    below = Proposition(head, "noun", (lemma,), governor=harm.head, link="subject")
    span = context.tree.token_span(head)
    hurt = harm.claim.fillers("theme")
    heads = [role.head for role in harm.match.roles if role.name == "theme"]
    alone = [context.type_of(head) for head in heads] == ["Person"]
    hit = [Argument("target", a.filler, inferred=True) for a in hurt if alone]
    claim = replace(
        harm.claim,
        id=f"{harm.claim.id.rpartition('_')[0]}_{span.start}",
        type=trigger.type,
        trigger=span,
        arguments=(*(a for a in harm.claim.arguments if a.role in _TOLD), *hit),
        quantities=(),
        rule=trigger.rule,
    )
    roles = tuple(role for role in harm.match.roles if role.name in _TOLD)
    return Draft(claim, Match(below, trigger, roles, lemma), list(harm.steps))
