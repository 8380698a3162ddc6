"""What an event follows from that no event type covers: "jailed for selling secrets"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.causes import AFTERMATH, SUBJECTS, punished_deed, result_of, with_conjuncts
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.vocab import is_one_of

_SUFFERED = ("Death", "Illness", "Injury")
_UPON = ("when", "after")
_FINDING = ("find", "discover")


def untyped_cause(draft: Draft, opened: Sequence[Draft], context: Context) -> Draft | None:
    """A deed without an event type that is punished or hurts: "jailed for selling secrets"."""
    if any(role.name == "cause" for role in draft.match.roles):
        return None
    if is_one_of(draft.claim.type, (*_SUFFERED, "Casualties")):
        for other in opened:
            if _is_met_with(other, draft, context) or _is_undergone(other, draft, context):
                return other
            if _is_of_thing(other, draft, context):
                return other
        return None
    idle = context.lexicon.slots.for_which  # "arrested for questioning"
    done = [each for each in opened if each.match.proposition.marker == "for"]
    by_head = {each.head: each for each in done if context.tree[each.head].form not in idle}
    return punished_deed(draft, by_head)  # "talks over reopening a mine" do not follow from it


def _is_undergone(other: Draft, draft: Draft, context: Context) -> bool:
    """As in "two died and ten fell ill after eating fish": what those did who suffer."""
    below = other.match.proposition
    if not is_one_of(draft.claim.type, _SUFFERED):
        return False
    if below.link != "gerund" or below.marker not in AFTERMATH:
        return False
    preps = context.tree.children(other.head, "prep")
    if any(context.tree[i].form.lower() == "since" for i in preps):
        return False  # "died after leading the party since 1988"
    if context.tree.lemma(other.head) in context.lexicon.slots.living:
        return False  # "died after spending a week in hospital"
    return below.governor in with_conjuncts(draft, context)


def _is_met_with(other: Draft, draft: Draft, context: Context) -> bool:
    """As in "three were killed when waves hit a ship": what something else did to them then.

    Not so "killed when he was visiting X", which tells of himself, or "died a day after X left".
    """
    below, tree = other.match.proposition, context.tree
    if below.marker not in _UPON or below.link != "adverbial":
        return False
    if below.marker == "after" and not _is_upon(other, draft, context):
        return False
    noun = tree[other.head].head
    if tree[other.head].deprel == "relcl" and tree[tree[noun].head].form.lower() == "by":
        return False  # "died by the time a boat came"
    subject = tree.child(other.head, *SUBJECTS)
    apart = subject is not None and tree[subject].upos in ("NOUN", "PROPN")
    lasting = tree[other.head].xpos == "VBG" or tree.lemma(other.head) == "be"
    joined = below.governor in with_conjuncts(draft, context)
    return joined and apart and not lasting and draft.claim.factuality.realis


def _is_of_thing(other: Draft, draft: Draft, context: Context) -> bool:
    """As in "a car drove into a crowd, killing two": the harm is what came of it.

    Of what somebody does by the way that need not be so: "walked into a bar, killing two".
    """
    means = {each.filler.span for each in draft.claim.fillers("instrument")}
    if not means or result_of(draft, context) != other.head:
        return False
    doers = other.match.proposition.all("subject")
    return any(context.filler(slot.head).span in means for slot in doers)


def _is_upon(other: Draft, draft: Draft, context: Context) -> bool:
    """As in "killed after a van hit them"; not "found dead after ...", "killed soon after ..."."""
    tree, verb, above = context.tree, other.head, other.match.proposition.governor
    found = above is not None and tree.lemma(above) in _FINDING
    apart = any(tree[i - 1].upos in ("ADV", "NOUN", "NUM") for i in tree.children(verb, "mark"))
    dies = draft.claim.type == "Death"
    return not (dies or found or apart or tree.children(verb, "npadvmod", "aux"))
