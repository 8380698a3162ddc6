"""What somebody does because of what a clause with "after" tells: "resigned after X was jailed".

"After" with a noun ("resigned after the riots") is read by the frames; harm follows from violence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.causes import SUBJECTS, is_harm
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument, Filler
from kg.vocab import is_a, is_one_of

_UPON = ("after", "because")
_NO_REACTIONS = ("JusticeEvent", "Claim", "Election", "Accident", "Disaster")


def prompted(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> Iterator[Argument]:
    """The event that a clause with "after" tells, as the cause of what somebody does then."""
    held = is_a(draft.claim.type, "Detention")
    if (is_harm(draft.claim.type) and not held) or not draft.claim.factuality.realis:
        return
    tree, verb = context.tree, _verb(draft, context)
    clauses = [i for i in tree.children(verb, "advcl") if _is_upon(i, context)]
    judged = is_one_of(draft.claim.type, _NO_REACTIONS) and not held
    if not clauses or judged or not _is_open(draft, context):
        return
    worded = (each for each in opened if not _may_carry(each, context))
    for each in _told_in(clauses[0], (*drafts, *worded), context):
        happened = each.claim.factuality.realis and not is_a(each.claim.type, "Claim")
        if each is not draft and happened:
            yield Argument("cause", Filler(each.claim.trigger, event=each.claim.id), inferred=True)
            return


def _verb(draft: Draft, context: Context) -> int:
    """The verb that tells of the event, also that which it befalls by: "riots erupt"."""
    told = draft.match.proposition
    if told.light is not None:
        return told.light
    clause = context.propositions.get(-1 if told.governor is None else told.governor)
    if clause is None or told.kind != "noun" or told.link != "subject":
        return draft.head
    befallen = context.lexicon.operators.befalling.intersection(clause.lemmas)
    return clause.head if befallen or clause.lemmas[-1] == "continue" else draft.head


def _is_upon(clause: int, context: Context) -> bool:
    """As in "after X was jailed"; "two days after" tells only when, as does "after he left"."""
    tree = context.tree
    subject = tree.child(clause, *SUBJECTS)
    marks = [i for i in tree.children(clause, "mark") if tree[i].form.lower() in _UPON]
    if subject is None or not marks or tree.children(clause, "npadvmod"):
        return False
    own = tree[subject].upos == "PRON"
    own = own and (tree[subject].deprel == "nsubj" or tree.lemma(subject) == "it")
    before = marks[0] - 1
    timed = tree.is_noun(before) and tree.lemma(before) in context.lexicon.slots.measured_before
    return not own and not timed


def _is_open(draft: Draft, context: Context) -> bool:
    """Not so "the raid comes after X left", "calls off the search for ten missing after X sank"."""
    told, tree = draft.match.proposition, context.tree
    if told.light is not None:
        return tree.lemma(told.light) != "come" and tree[told.light].xpos != "VBG"
    own = draft.match.lemma.split()  # "imposed a ban"
    objects = () if told.passive else (slot.head for slot in told.all("object"))
    others = [noun for noun in objects if tree.lemma(noun) not in own]
    return not any(context.is_event(noun) or _is_for(noun, context) for noun in others)


def _is_for(noun: int, context: Context) -> bool:
    tree = context.tree
    return any(tree[i].form == "for" for i in tree.children(noun, "prep"))


def _told_in(clause: int, told: Sequence[Draft], context: Context) -> Iterator[Draft]:
    """The event of the clause, or else that which acts in it: "after riots erupt"."""
    for heads in ((clause,), context.tree.children(clause, *SUBJECTS)):
        for each in told:
            if each.head in heads or each.match.proposition.light in heads:
                yield each


def _may_carry(clause: Draft, context: Context) -> bool:
    """As in "after X tried to flee": the verb may say nothing of its own, and is not kept then."""
    tree = context.tree
    known = context.lexicon.complements.get(tree.lemma(clause.head))
    return known is not None and bool(tree.children(clause.head, "xcomp", "ccomp", "prep"))
