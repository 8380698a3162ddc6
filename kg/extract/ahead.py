"""What a clause in the present tells of a time to come: it is planned, and has not happened."""

from __future__ import annotations

from datetime import date

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.extract.values import apply
from kg.model import Factuality, Time
from kg.vocab import is_a

_SETTING = ("during", "in", "on", "at", "amid")
_LASTING = ("from", "until", "till")
_PLANNED = ("Visit", "Meeting", "Negotiation", "Withdrawal", "Deployment", "MilitaryExercise")


def scheduled(
    value: Factuality,
    proposition: Proposition,
    time: Time | None,
    published: date | None,
    context: Context,
) -> Factuality:
    """As in "visits X next week": what is told as a fact of a day to come is only planned."""
    if published is None or time is None or not value.realis:
        return value
    later = time.earliest is not None and time.earliest > published
    if not later and not _is_told_ahead(proposition.head, time, context):
        return value
    if proposition.kind == "verb" and value.tense == "past":
        return value
    return apply(value, context.lexicon.phrases["scheduled"], "scheduled")


def _is_told_ahead(event: int, time: Time, context: Context) -> bool:
    """As in "announces his resignation in the next month"; in the past that month is over."""
    tree, span = context.tree, time.span
    if any(tree[i].xpos == "VBD" for i in tree.ancestors(event)):
        return False
    inside = (tree[i] for i in tree.indices() if span.start <= tree[i].start < span.end)
    words = " ".join(token.form.lower() for token in inside)
    return words in context.lexicon.operators.soon


def is_to_come(time: Time | None, published: date | None) -> bool:
    """Whether a time begins, or with no beginning ends, after the day of the report."""
    bound = None if time is None else time.earliest or time.latest
    return bound is not None and published is not None and bound > published


def arranged(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "meets X tomorrow", "is going to Geneva": a present that is a future, whatever day."""
    if value.tense != "present" or not value.realis:
        return value  # "has arrived"
    tree, index = context.tree, proposition.head
    words = (index, *tree.children(index, "aux", "auxpass"))
    if not any(tree[i].xpos in ("VBZ", "VBP") for i in words):
        return value  # "to arrive soon"
    going = _is_going_somewhere(index, context) or _is_under_plan(index, context)
    if going or any(_is_soon(i, context) for i in tree.children(index)):
        return apply(value, context.lexicon.phrases["scheduled"], "scheduled")
    return value


def _is_going_somewhere(index: int, context: Context) -> bool:
    tree = context.tree
    progressive = tree.lemma(index) == "go" and tree[index].xpos == "VBG"
    return progressive and any(
        tree[i].form.lower() == "to" and tree.children(i, "pobj")
        for i in tree.children(index, "prep")
    )


def _is_under_plan(index: int, context: Context) -> bool:
    """As in "under the plan, X withdraws its troops"; not "is freed under a deal", a headline.

    Nor "is jailed under tax laws", which are in force.
    """
    tree, slots = context.tree, context.lexicon.slots
    if tree.lemma(index) == "be":
        return False  # "is illegal under the treaty"
    unders = [i for i in tree.children(index, "prep") if tree[i].form.lower() == "under"]
    found = [(prep, i) for prep in unders for i in tree.children(prep, "pobj")]
    return any(
        tree.lemma(noun) in slots.plans
        and (prep < index or not _is_new_plan(noun, context))
        and (prep < index or tree.lemma(noun) not in slots.in_force)
        for prep, noun in found
    )


def _is_new_plan(noun: int, context: Context) -> bool:
    return any(context.tree[i].form.lower() in ("a", "an") for i in context.tree.children(noun))


def _is_soon(index: int, context: Context) -> bool:
    """An adverb of the time to come, or "next week"."""
    tree = context.tree
    token = tree[index]
    if token.deprel == "prep":
        said = tree.lemma(token.head) in context.lexicon.report_verbs
        if said and token.form.lower() in _LASTING:
            return False  # "announces the closure of its border from tomorrow"
        return any(_is_soon(i, context) for i in tree.children(index, "pobj"))
    if token.deprel not in ("advmod", "npadvmod", "pobj"):
        return False
    first, last = tree.phrase(index)
    words = " ".join(tree[i].form.lower() for i in range(first, last + 1))
    return words in context.lexicon.operators.soon


def is_ahead(proposition: Proposition, above: Proposition, context: Context) -> bool:
    """As in "will meet X during his first visit", "her trip may help": no more real than that.

    Visits and the like are spoken of as known while they are still planned.
    """
    around = proposition.link == "subject" or proposition.marker in _SETTING
    if not around or not _is_arranged(proposition, context):
        return False
    return any(context.tree[i].xpos == "MD" for i in context.tree.children(above.head, "aux"))


def is_announced(proposition: Proposition, context: Context) -> bool:
    """As in "announces the withdrawal of its troops", "arrives for his summit with X".

    So too of any event that is among the terms of a plan: "the deal includes the release of X".
    """
    governor = proposition.governor
    if governor is not None and _is_term(governor, context):
        return True
    going = governor is not None and context.tree.lemma(governor) in context.lexicon.slots.going
    if going and proposition.marker == "for":
        return _is_arranged(proposition, context)
    announcing = context.lexicon.slots.announcing
    told = governor is not None and context.tree.lemma(governor) in announcing
    about = proposition.link == "object" or proposition.marker in ("of", "on", "about")
    return told and about and _is_arranged(proposition, context)


def _is_term(verb: int, context: Context) -> bool:
    tree, slots = context.tree, context.lexicon.slots
    if tree.lemma(verb) not in slots.containing or tree.children(verb, "neg"):
        return False
    subjects = tree.children(verb, "nsubj")
    if tree[verb].deprel == "relcl":
        subjects = [tree[verb].head, *subjects]
    return any(tree.lemma(i) in slots.plans for i in subjects)


def _is_arranged(proposition: Proposition, context: Context) -> bool:
    """Whether such an event is arranged beforehand, and spoken of before it takes place."""
    triggers = context.lexicon.nouns.get(proposition.lemmas[-1], ())
    return any(is_a(trigger.type, kind) for trigger in triggers for kind in _PLANNED)
