"""Which numbers and which time belong to an event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.model import Quantity, Sentence, Span, Time
from kg.vocab import is_a

_RANKS, _FIRST = ("JJS", "RBS"), ("first", "last")
_TO = ("to", "until", "till", "and", "-", "–")
# Roles that several events may have in common.
_SHARED = ("agent", "instrument", "location", "origin", "cause")


def by_sentence[T: (Quantity, Time)](
    records: Iterable[T], sentences: Iterable[Sentence]
) -> Mapping[int, Sequence[T]]:
    """The figures or times inside each sentence, by its index."""
    records = tuple(records)
    return {
        each.index: [record for record in records if each.span.contains(record.span)]
        for each in sentences
    }


def figures(quantities: Iterable[Quantity], found: Match, context: Context) -> tuple[Quantity, ...]:
    """The numbers of an event: of those whom it befalls, else by the nearest predicate.

    A part goes with its whole. The number of the places where it happened is theirs ("in two
    villages"), that of what somebody tells of belongs to what is told.
    """
    chosen: list[Quantity] = []
    wholes: dict[str | None, bool] = {}
    for quantity in quantities:
        belongs = wholes.get(quantity.unit) if quantity.part else None
        if belongs is None:
            belongs = _is_of(quantity, found, context)
        if not quantity.part:
            wholes[quantity.unit] = belongs
        if belongs:
            chosen.append(quantity)
    return tuple(chosen)


def time_of(times: Iterable[Time], found: Match, context: Context) -> Time | None:
    """The event's time by the nearest predicate; one that is bounded tells more than a duration."""
    times = tuple(times)
    near = [
        each
        for each in times
        if _is_near(each.span, found, context)
        and not _is_of_thing(each.span, context)
        and not _is_kind(each, found, context)
        and not _is_supposed(each.span, context)
        and not _is_of_rank(each.span, context)
        and not _is_of_told(each.span, found, context)
        and not _is_of_either(found, context)
        and not _is_of_punished(each.span, found, context)
        and not any(_are_hours(each, other, context) for other in times)
    ]
    first = min(near, key=lambda time: time.earliest is None and time.latest is None, default=None)
    return _with_second(first, times, context) if first is not None else None


def _with_second(first: Time, times: Iterable[Time], context: Context) -> Time | None:
    """As in "on Monday and Tuesday", "visited X on Monday and Y on Tuesday": from then till then.

    Of several that are each told with a time of its own, none has the first alone.
    """
    tree, top = context.tree, _top(first.span, context)
    if top is None or tree[top].deprel != "pobj" or "and" not in tree.forms:
        return first
    for other in times:
        second = _top(other.span, context)
        if second is None or second <= top or other.precision != first.precision:
            continue
        listed = tree[second].deprel == "conj" and tree[second].head == top
        if listed or _is_beside(tree[top].head, tree[second].head, context):
            return _until(first, other)
    return first


def _is_beside(prep: int, later: int, context: Context) -> bool:
    """Whether right before the later preposition stands one more object of the verb above."""
    tree, verb = context.tree, context.tree[prep].head
    if later < prep or tree[later].deprel != "prep" or tree[later].head != verb:
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
        _predicate(time.span, context): time.earliest
        for time in times
        if time.earliest is not None and time.earliest == time.latest
    }
    found = next((days[cue] for cue in cues if cue in days), None)
    return None if found is None or (published is not None and found > published) else found


def _is_of(quantity: Quantity, found: Match, context: Context) -> bool:
    counted = _top(quantity.counted or quantity.span, context)
    roles = {role.head: role.name for role in found.roles}
    role = roles.get(counted) if counted is not None else None
    if is_a(found.trigger.type, "CommunicationEvent"):
        is_sum = quantity.counted is None and quantity.unit is not None
        return role not in (None, "content") or (is_sum and _is_near(quantity.span, found, context))
    if _is_of_participle(quantity, found, context):
        return False
    if _is_total(quantity, found, context):
        return True
    if role is not None and role not in _SHARED:
        return True
    if quantity.unit == "person" and role is None and _is_scene(found, context):
        return False
    if role is None and counted is not None and _is_of_state(counted, found, context):
        return False
    return not _counts_places(quantity, counted, context) and _is_near(
        quantity.span, found, context
    )


def _is_of_state(counted: int, found: Match, context: Context) -> bool:
    """As in "will send aid, with four people dead": the four are those of another state."""
    tree, lexicon = context.tree, context.lexicon
    words = [(i, tree[i].form.lower()) for i in tree.children(counted, "amod")]
    told = [i for i, w in words if w in lexicon.adjectives or w in lexicon.slots.other_states]
    return any(i > counted and i != found.proposition.head for i in told)


def _is_scene(found: Match, context: Context) -> bool:
    """A disaster or battle told by a noun: people beside it are counted by what befalls them."""
    kind = found.trigger.type
    return found.proposition.kind == "noun" and (is_a(kind, "Disaster") or context.is_battle(kind))


def _is_total(quantity: Quantity, found: Match, context: Context) -> bool:
    """As in "the death toll rises to 436", "brings the toll to 436", "the toll reaches 436"."""
    noun, tree, top = found.proposition, context.tree, _top(quantity.span, context)
    if found.trigger.type != "Casualties" or top is None or top < noun.head:
        return False
    above = tree[top].head
    if tree[top].deprel == "pobj" and tree[above].form.lower() in context.lexicon.slots.totals:
        above = tree[above].head
    elif tree[top].deprel != "dobj":
        return False
    between = (context.propositions.get(i) for i in range(noun.head + 1, top))
    other = any(each is not None and each.lemmas == noun.lemmas for each in between)
    return above in (noun.governor, noun.head, noun.light) and not other


def _is_of_participle(quantity: Quantity, found: Match, context: Context) -> bool:
    """Whether a bare number is that of a participle that is another event: "and 50 wounded"."""
    if quantity.counted is not None:
        return False
    tree = context.tree
    after = next(
        (i for i in tree.indices() if tree[i].start >= quantity.span.end and tree[i].upos != "AUX"),
        None,
    )
    if after is None or tree[after].xpos not in ("VBN", "VBD"):
        return False
    return after not in (found.proposition.head, found.proposition.light)


def _counts_places(quantity: Quantity, counted: int | None, context: Context) -> bool:
    """As in "two villages", but not "40 percent of the village"."""
    type_ = context.type_of(counted) if counted is not None else None
    direct = quantity.counted is not None and quantity.span.contains(quantity.counted)
    return direct and type_ is not None and is_a(type_, "Place")


def _is_near(span: Span, found: Match, context: Context) -> bool:
    """Whether the nearest predicate is the event or its light verb."""
    near = _predicate(span, context)
    return near is not None and near in (found.proposition.head, found.proposition.light)


def _predicate(span: Span, context: Context) -> int | None:
    """The nearest proposition above the words of a span, not looking past the first verb."""
    tree = context.tree
    top = _top(span, context)
    if top is None:
        return None
    if tree[top].deprel == "poss":  # "next month's games" are no time of what is done before them
        return tree[top].head if tree[top].head in context.propositions else None
    others, inside = context.lexicon.slots.other_times, _inside(span, context)
    for index in (top, *tree.ancestors(top)):
        if tree[index].deprel == "prep":  # "including" is no predicate, whatever its tag
            own = index == tree[top].head or index in inside
            if not own and tree[index].form.lower() in others:
                return None  # "after the find on May 2, X left"
            continue
        if index in context.propositions and index not in inside[:-1]:
            return index
        if tree.is_verb(index):
            return index
    return None


def _is_of_thing(span: Span, context: Context) -> bool:
    """As in "repealed a 2014 law": when the thing is from, not when something became of it.

    What is done "during the 2014 Olympics" is done when they are.
    """
    tree, top = context.tree, _top(span, context)
    if top is not None and _is_of_apposition(top, context):
        return True
    if top is None or tree[top].deprel not in ("amod", "compound", "nmod", "nummod"):
        return False
    noun = tree[top].head
    while tree[noun].deprel in ("compound", "nmod"):
        noun = tree[noun].head  # "the 2010 Gulf of Mexico oil spill"
    prep = tree[tree[noun].head].form.lower() if tree[noun].deprel == "pobj" else None
    thing = tree.is_noun(noun) and noun not in context.propositions
    return thing and min(tree.subtree(noun)) < top and prep not in context.lexicon.slots.meanwhile


def _is_kind(time: Time, found: Match, context: Context) -> bool:
    """As in "a winter storm": what kind it is, in whatever year; but "the spring offensive"."""
    if time.precision != "season" or not is_a(found.trigger.type, "Disaster"):
        return False
    words = _inside(time.span, context)
    return bool(words) and context.tree[words[-1]].deprel in ("compound", "amod", "nmod")


def _is_of_rank(span: Span, context: Context) -> bool:
    """As in "the deadliest attack since 2017", "is the first since May": so long there was none."""
    tree, top = context.tree, _top(span, context)
    since = () if top is None else (i for i in (top, tree[top].head) if tree.lemma(i) == "since")
    index = next(iter(since), None)
    if index is None:
        return False
    above = tree[index].head
    ranked = (above, *tree.children(above, "attr", "acomp", "amod"))
    ranked += tuple(i for each in ranked[1:] for i in tree.children(each, "amod"))
    return any(tree[i].xpos in _RANKS or tree[i].form.lower() in _FIRST for i in ranked)


def _is_supposed(span: Span, context: Context) -> bool:
    """As in "fled, possibly on Monday": the time is a guess, the deed is none."""
    tree, adverbs = context.tree, context.lexicon.report_adverbs
    before = range(tree.sentence.first, _inside(span, context).start)[-2:]
    if before and tree[before[-1]].upos != "ADP":
        before = before[-1:]
    return any(tree[i].upos == "ADV" and tree.lemma(i) in adverbs for i in before)


def _is_of_told(span: Span, found: Match, context: Context) -> bool:
    """As in "reports ten cases in the past day": a time of what is told, not of the telling."""
    if not is_a(found.trigger.type, "CommunicationEvent"):
        return False
    tree, top, verb = context.tree, _top(span, context), found.proposition.head
    if top is None:
        return False
    above = takewhile(lambda i: i != verb, (top, *tree.ancestors(top)))
    return any(tree[i].deprel == "dobj" and tree[i].head == verb for i in above)


def _is_of_either(found: Match, context: Context) -> bool:
    """As in "will debate a motion to ban X on Friday": it is debated then, or banned."""
    tree, verb = context.tree, found.proposition.head
    noun = tree[verb].head
    if tree[verb].deprel != "acl" or tree[verb].xpos != "VB" or tree[noun].deprel != "dobj":
        return False
    return any(tree[i].xpos == "MD" for i in tree.children(tree[noun].head, "aux"))


def _is_of_punished(span: Span, found: Match, context: Context) -> bool:
    """As in "sentenced X for a murder in 2011": the murder was then, wherever the date was hung."""
    verb, tree = found.proposition.head, context.tree
    if found.proposition.kind != "verb" or not is_a(found.trigger.type, "JusticeEvent"):
        return False
    first = _inside(span, context).start
    reasons = (i for i in range(verb + 1, first - 1) if tree[i].form.lower() in ("for", "over"))
    return any(tree[i].deprel == "prep" and verb in tree.ancestors(i) for i in reasons)


def _are_hours(one: Time, other: Time, context: Context) -> bool:
    """As in "a curfew from 8 p.m. to 6 a.m.": the hours of one day, on whatever day."""
    if one is other or one.precision != "day" or one.edtf is None or one.edtf != other.edtf:
        return False
    first, last = sorted((_inside(one.span, context), _inside(other.span, context)), key=min)
    between = range(max(first) + 1, min(last))
    return len(between) == 1 and context.tree[between[0]].form.lower() in _TO


def _is_of_apposition(top: int, context: Context) -> bool:
    """As in "X, a minister during the war, dies": when X was that, told of somebody."""
    tree, classes = context.tree, context.lexicon.noun_classes
    for index in (top, *tree.ancestors(top)):
        if index in context.propositions or tree.is_verb(index):
            return False
        if tree[index].deprel == "appos":
            who = tree[index].head
            known = is_a(classes.get(tree.lemma(who), "Entity"), "Person")
            known = known or tree[who].upos == "PROPN"
            return index != top and known and tree[index].upos == "NOUN"
    return False


def _top(span: Span, context: Context) -> int | None:
    """The word of a span whose head lies outside it."""
    inside = _inside(span, context)
    return next((i for i in inside if context.tree.head(i) not in inside), None)


def _inside(span: Span, context: Context) -> range:
    tokens, sentence = context.tree.tokens, context.tree.sentence
    first, last = (
        bisect_left(tokens, end, sentence.first, sentence.last, key=lambda token: token.start)
        for end in (span.start, span.end)
    )
    return range(first, last)
