"""Which time belongs to an event, and which to something else that its clause names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import takewhile

from msgspec.structs import replace

from kg.extract.causes import FOR_A_DEED
from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.spans import is_near, predicate_over, top_of, words_of
from kg.model import Span, Time
from kg.vocab import is_a, is_one_of

_RANKS, _SUBJECTS = ("JJS", "RBS"), ("nsubj", "nsubjpass")
_PUNISHING = ("JusticeEvent", "Detention")
_AFTER = ("after", "following")
_OF_CHARGE = ("with", "of")
_TO = ("to", "until", "till", "and", "-", "–")


def time_of(times: Iterable[Time], found: Match, context: Context) -> Time | None:
    """The event's time by the nearest predicate; one that is bounded tells more than a duration."""
    times = tuple(times)
    near = [
        each
        for each in times
        if (is_near(each.span, found, context) or _is_of_deed(each, found, context))
        and not _is_of_thing(each.span, context)
        and not _is_kind(each, found, context)
        and not _is_supposed(each.span, context)
        and not _is_of_rank(each, context)
        and not _is_lapse_before(each, context)
        and not _is_of_told(each, found, context)
        and not _is_of_either(found, context)
        and not _is_of_punished(each, found, context)
        and not any(_are_hours(each, other, context) for other in times)
    ]
    first = min(near, key=lambda time: time.earliest is None and time.latest is None, default=None)
    return _with_second(first, times, context) if first is not None else None


def _with_second(first: Time, times: Iterable[Time], context: Context) -> Time | None:
    """As in "on Monday and Tuesday", "visited X on Monday and Y on Tuesday": from then till then.

    Of several that are each told with a time of its own, none has the first alone.
    """
    tree, one = context.tree, _prep_of(first, context)
    if one is None or "and" not in tree.forms:
        return first
    for other in times:
        if _is_listed(first, other, context):
            return _until(first, other)
        two = _prep_of(other, context)
        if two is not None and _is_beside(min(one, two), max(one, two), context):
            same = other.precision == first.precision
            early, late = sorted((first, other), key=lambda time: time.span.start)
            return _until(early, late) if same else None
    return first


def _prep_of(time: Time, context: Context) -> int | None:
    """The preposition of a time, inside or before its words."""
    tree, top = context.tree, top_of(time.span, context)
    if top is None or tree[top].deprel == "prep":
        return top
    return tree[top].head if tree[top].deprel == "pobj" else None


def _is_listed(first: Time, other: Time, context: Context) -> bool:
    tree, one, two = context.tree, top_of(first.span, context), top_of(other.span, context)
    same = first.precision == other.precision
    return same and two is not None and tree[two].deprel == "conj" and tree[two].head == one


def _is_beside(prep: int, later: int, context: Context) -> bool:
    """Whether right before the later preposition stands one more object of the verb above."""
    tree, verb = context.tree, context.tree[prep].head
    if later == prep or tree[later].deprel != "prep":
        return False
    own = tree[later].head  # "the death of X in May and of Y in June"
    if tree.is_noun(own) and tree.first_conjunct(own) < prep < own:
        return True
    if own != verb:
        return False
    objects = (tree.conjuncts(each) for each in tree.children(verb, "dobj", "nsubjpass"))
    return any(later - 1 in listed[1:] and listed[0] < prep for listed in objects)


def _until(first: Time, last: Time) -> Time | None:
    span = Span(first.span.start, last.span.end)
    if first.edtf is None and last.edtf is None:  # of a report without a date
        return replace(first, span=span)
    if first.earliest is None or last.latest is None or last.latest < first.earliest:
        return None
    edtf = f"{first.edtf}/{last.edtf}"
    return replace(first, span=span, edtf=edtf, latest=last.latest)


def told_on(
    times: Iterable[Time], cues: Iterable[int], published: date | None, context: Context
) -> date | None:
    """The day on which the nearest source that has one spoke, at the latest that of publication."""
    days = {
        predicate_over(time.span, context): time.earliest
        for time in times
        if time.earliest is not None and time.earliest == time.latest
    }
    found = next((days[cue] for cue in cues if cue in days), None)
    return None if found is None or (published is not None and found > published) else found


def _is_of_thing(span: Span, context: Context) -> bool:
    """As in "repealed a 2014 law": when the thing is from, not when something became of it.

    What is done "during the 2014 Olympics" is done when they are.
    """
    tree, top = context.tree, top_of(span, context)
    if top is not None and tree[top].form.lower() == "now" and "then" in tree.forms:
        # "then mayor and now senator X"
        return top + 1 < tree.sentence.last and tree.is_noun(top + 1)
    if top is not None and _is_of_apposition(top, context):
        return True
    top = tree.first_conjunct(top) if top is not None else None  # "the 1999 and 2004 laws"
    if top is None or tree[top].deprel not in ("amod", "compound", "nmod", "nummod"):
        return False
    noun = tree[top].head
    while tree[noun].deprel in ("compound", "nmod"):
        noun = tree[noun].head  # "the 2010 Gulf of Mexico oil spill"
    prep = tree[tree[noun].head].form.lower() if tree[noun].deprel == "pobj" else None
    thing = tree.is_noun(noun) and noun not in context.propositions
    above = tree[tree[noun].head].head
    if thing and prep is not None and tree.is_noun(above) and above not in context.propositions:
        return True  # "the match at the 2014 Olympics is cancelled", whenever that was
    if thing and noun + 1 < tree.sentence.last and tree[noun + 1].form == ":":
        return True  # "2012 border conflict: the two sides meet"
    return thing and min(tree.subtree(noun)) < top and prep not in context.lexicon.slots.meanwhile


def _is_kind(time: Time, found: Match, context: Context) -> bool:
    """As in "a winter storm": what kind it is, in whatever year; but "the spring offensive"."""
    if time.precision != "season" or not is_a(found.trigger.type, "Disaster"):
        return False
    words = words_of(time.span, context)
    return bool(words) and context.tree[words[-1]].deprel in ("compound", "amod", "nmod")


def _is_of_rank(time: Time, context: Context) -> bool:
    """As in "the deadliest attack since 2017", "the first in a week": so long there was none.

    So too of the other: "the first attack since the raid in 2017", "the worst storm this year".
    """
    tree, words = context.tree, words_of(time.span, context)
    top = top_of(time.span, context)
    if top is None or not words:
        return False
    if tree[words[0] - 1].xpos in _RANKS and words[0] > tree.sentence.first:
        return True  # "the world's strongest this year"
    index = _since(top, context)
    lapse = time.duration is not None and all(tree[i].upos != "ADJ" for i in words)
    if index is None and lapse:  # not "in the past week"
        index = next((i for i in (top, tree[top].head) if tree.lemma(i) == "in"), None)
    if index is None:
        return False
    above = tree[index].head  # "the first by a leader of X in years"
    behind = tree[tree[above].head].head if tree[above].deprel == "pobj" else above
    if tree[above].deprel in ("acl", "relcl"):
        behind = tree[above].head  # "the first king to visit X since Y in 1931"
    return _is_ranked(above, context) or _is_ranked(behind, context)


def _since(top: int, context: Context) -> int | None:
    """The "since" of a time, also where the time was hung beside what was then."""
    tree = context.tree
    if "since" not in tree.forms:
        return None
    prep = tree[top].head
    if "since" in (tree.lemma(top), tree.lemma(prep)):
        return top if tree.lemma(top) == "since" else prep
    beside = (i for i in tree.children(tree[prep].head, "prep") if i < prep)
    return next((i for i in beside if tree.lemma(i) == "since" and _ends(i, context) == prep), None)


def _ends(index: int, context: Context) -> int:
    """The word behind all that hangs on one."""
    return max(context.tree.subtree(index)) + 1


def _is_ranked(above: int, context: Context) -> bool:
    """Whether what a verb tells of, or a noun itself, is the first, the last or the most."""
    tree = context.tree
    told = tree.children(above, "attr", "acomp", "dobj", "oprd")
    if not tree.children(above, "aux"):  # not "the first has been held since May"
        told = [*told, *tree.children(above, *_SUBJECTS)]
    ranked = (above, *tree.children(above, "amod"), *told)
    ranked += tuple(i for each in told for i in tree.children(each, "amod"))
    rankings = context.lexicon.slots.rankings
    return any(tree[i].xpos in _RANKS or tree[i].form.lower() in rankings for i in ranked)


def _is_lapse_before(time: Time, context: Context) -> bool:
    """As in "took X after four days of fighting": how long what came before it lasted."""
    tree, top = context.tree, top_of(time.span, context)
    if time.duration is None or time.earliest is not None or top is None:
        return False
    prep = tree[top].head
    return tree[top].deprel == "pobj" and tree[prep].form.lower() in ("after", "following")


def _is_supposed(span: Span, context: Context) -> bool:
    """As in "fled, possibly on Monday": the time is a guess, the deed is none."""
    tree, adverbs = context.tree, context.lexicon.report_adverbs
    before = range(tree.sentence.first, words_of(span, context).start)[-2:]
    if before and tree[before[-1]].upos != "ADP":
        before = before[-1:]
    return any(tree[i].upos == "ADV" and tree.lemma(i) in adverbs for i in before)


def _is_far(time: Time, verb: int, context: Context) -> bool:
    """Whether a month or year stands behind a verb in the present, which is of today."""
    far = time.precision in ("month", "year", "season", "decade")
    behind = words_of(time.span, context).start > verb
    return far and behind and context.tree[verb].xpos in ("VBZ", "VBP")


def _is_of_told(time: Time, found: Match, context: Context) -> bool:
    """As in "reports ten cases in the past day": a time of what is told, not of the telling."""
    if not is_a(found.trigger.type, "CommunicationEvent"):
        return False
    tree, top, verb = context.tree, top_of(time.span, context), found.proposition.head
    if top is None:
        return False
    if found.proposition.kind == "verb" and _is_far(time, verb, context):
        return True  # "rejects claims of an incident in November"
    if tree.children(words_of(time.span, context)[-1], "prep"):
        return True  # "thanked X for two years of friendship"
    above = takewhile(lambda i: i != verb, (top, *tree.ancestors(top)))
    return any(tree[i].deprel == "dobj" and tree[i].head == verb for i in above)


def _is_of_either(found: Match, context: Context) -> bool:
    """As in "will debate a motion to ban X on Friday": it is debated then, or banned."""
    tree, verb = context.tree, found.proposition.head
    noun = tree[verb].head
    if tree[verb].deprel != "acl" or tree[verb].xpos != "VB" or tree[noun].deprel != "dobj":
        return False
    return any(tree[i].xpos == "MD" for i in tree.children(tree[noun].head, "aux"))


def _is_of_punished(time: Time, found: Match, context: Context) -> bool:
    """As in "sentenced X for a murder in 2011": the murder was then, wherever the date was hung.

    So too of what something comes after: "cancels talks after clashes yesterday".
    """
    told = found.proposition
    if is_a(found.trigger.type, "Investigation"):  # "opens a probe into the attack on May 2"
        verb = told.head if told.light is None else told.light
    elif told.kind == "verb":
        verb = told.head
    else:
        return False
    justice = told.kind == "verb" and is_a(found.trigger.type, "JusticeEvent")
    if justice and _names_event(time, context):
        return True  # "acquitted of deaths during the 2011 revolution"
    if _past_deed(time, verb, context) not in (None, told.head):
        return True
    return _deed_before(time, verb, context) is not None


def _names_event(time: Time, context: Context) -> bool:
    """As in "the 2011 revolution": the year only tells which."""
    tree, top = context.tree, top_of(time.span, context)
    if top is None or tree[top].deprel not in ("nummod", "amod", "compound", "nmod"):
        return False
    return tree.is_noun(tree[top].head)


def _is_of_deed(time: Time, found: Match, context: Context) -> bool:
    """Whether it is the deed told after "for" that such a date belongs to."""
    tree, deed = context.tree, found.proposition.head
    if tree[deed].deprel not in ("pobj", "pcomp") or deed >= words_of(time.span, context).start:
        return False
    verb = predicate_over(time.span, context)
    if verb is None:
        return False
    return deed == _past_deed(time, verb, context) or (
        _deed_before(time, verb, context) == tree[deed].head
    )


def _past_deed(time: Time, verb: int, context: Context) -> int | None:
    """As in "mourns the victims of the bombing yesterday": who mourns today, of what was then."""
    tree, inside = context.tree, words_of(time.span, context)
    past = any(tree[i].form.lower() in ("yesterday", "ago") for i in inside)
    if not past or not inside or not _is_now(verb, context) or tree.children(verb, "aux"):
        return None
    under = (i for i in reversed(range(verb + 1, inside[0])) if context.is_event(i))
    deed = next((i for i in under if verb in tree.ancestors(i)), None)
    return deed if deed is not None and tree[deed].deprel == "pobj" else None


def _deed_before(time: Time, verb: int, context: Context) -> int | None:
    """The preposition of a deed before a time: "jailed for", "is charged with the ... of"."""
    tree, first = context.tree, words_of(time.span, context).start
    if time.duration is not None and time.earliest is None:
        return None  # "jailed for theft for two years"
    told = context.lexicon.verbs.get(tree.lemma(verb), ())
    justice = any(is_one_of(each.type, _PUNISHING) for each in told)
    for prep in reversed(range(verb + 1, first - 1)):
        if tree[prep].deprel != "prep" or verb not in tree.ancestors(prep):
            continue
        form, above = tree[prep].form.lower(), tree.lemma(tree[prep].head)
        if form == "into" or (form in _AFTER and _is_now(verb, context)):
            of_year = form in _AFTER and time.precision == "year"  # "after the X disaster in 1994"
            if any(of_year or context.is_event(i) for i in tree.children(prep, "pobj")):
                return prep
        elif not justice:
            continue
        elif form in FOR_A_DEED or (form in _OF_CHARGE and _is_known(prep, time, context)):
            return prep
        elif above in ("relation", "connection") and tree.children(prep, "pobj"):
            return prep  # "arrested in connection with the murder of X in 2019"
    return None


def _is_now(verb: int, context: Context) -> bool:
    """Whether it is told in the present: "is arrested", "cancels"."""
    tree = context.tree
    words = (verb, *tree.children(verb, "auxpass", "aux"))
    return any(tree[i].xpos in ("VBZ", "VBP") for i in words)


def _is_known(prep: int, time: Time, context: Context) -> bool:
    """As in "is charged with the murder of X last year": who is charged today, is so for then."""
    tree = context.tree
    words = [i for noun in tree.children(prep, "pobj") for i in tree.children(noun)]
    told = {tree[i].form.lower() for i in words}
    current = _is_now(tree[prep].head, context)
    return {"the", "of"} <= told and current and time.precision in ("year", "month", "season")


def _are_hours(one: Time, other: Time, context: Context) -> bool:
    """As in "a curfew from 8 p.m. to 6 a.m.": the hours of one day, on whatever day."""
    if one is other or one.precision != "day" or one.edtf is None or one.edtf != other.edtf:
        return False
    first, last = sorted((words_of(one.span, context), words_of(other.span, context)), key=min)
    between = range(max(first) + 1, min(last))
    return len(between) == 1 and context.tree[between[0]].form.lower() in _TO


def _is_of_apposition(top: int, context: Context) -> bool:
    """As in "X, a minister during the war, dies": when X was that, told of somebody."""
    tree, classes = context.tree, context.lexicon.noun_classes
    if tree[top].upos == tree[tree[top].head].upos == "NUM":
        top = tree[top].head  # "the winner (1951, 1953)"
    if tree[top].deprel == "appos" and tree[top - 1].form == "(":
        return tree[top].head not in context.propositions  # "the premier (2010–2014) dies"
    for index in (top, *tree.ancestors(top)):
        if index in context.propositions or tree.is_verb(index):
            return False
        if tree[index].deprel == "appos":
            who = tree[index].head
            known = is_a(classes.get(tree.lemma(who), "Entity"), "Person")
            known = known or tree[who].upos == "PROPN"
            return index != top and known and tree[index].upos == "NOUN"
    return False
