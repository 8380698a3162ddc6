"""The place of an event, told once for several of a sentence.

"killed ten and wounded five in Herat", "walked into a bar in Reno and opened fire, killing two":
where one event was, so were what it came of, what came of it and what is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.causes import FOR_A_DEED, inferred_cause, is_harm, result_of, told_cause
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.gone_with import gone_with
from kg.extract.meanwhile import are_others, is_then
from kg.extract.mishaps import places_of_mishap
from kg.extract.places import place_role, spatial_relation
from kg.extract.where_told import where_told
from kg.model import Argument
from kg.vocab import is_a, is_one_of

_SCENES = ("CombatEvent", "Disaster", "Protest", "Unrest")
_ACTED = ("CombatEvent", "HarmEvent", "Protest", "Unrest")
_COUNTED = ("Epidemic", "Illness", "Death", "Casualties")
_SUFFERED = ("CombatEvent", "Explosion", "Accident", "Killing", "Injury")
_AFTER = ("after", "following")
_TALKS = ("Negotiation", "Meeting")
_THERE = ("location", "destination")
_OWN = ("nsubj", "aux")
_MISHAPS = ("Accident", "Sinking", "Explosion", "Fire")
_AMID = frozenset(("during", "amid", "amidst"))
_DURING = frozenset(("in", "during", "via"))
_BY = frozenset(("subject", "by", "of", "from", "after", "following", "due to"))


def shared_places(
    draft: Draft,
    drafts: Sequence[Draft],
    opened: Sequence[Draft],
    cause: Draft | None,
    context: Context,
) -> list[Argument]:
    """Inferred locations of an event that has none, or no more than an unnamed one, of its own.

    `opened` are the clauses that no event type covers, `cause` the event in which it happened.
    """
    own = draft.claim.fillers("location")
    if own or _is_elsewhere(draft):
        named = any(is_named(place, context) for place in own)
        beside = [*where_told(draft, context), *_around(draft, drafts, context)]
        around = [each for each in beside if each.filler not in {place.filler for place in own}]
        return [] if named or not own else around or [*_of_happening(draft, opened, context)]
    found = [*where_told(draft, context)] or _borrowed(draft, drafts, opened, cause, context)
    found = found or [
        *places_of_mishap(draft, opened, context),
        *_of_happening(draft, opened, context),
        *_of_meeting(draft, drafts, context),
        *_of_bomber(draft, opened, context),
    ]
    return found or list(_of_reporting(draft, context))


def _borrowed(
    draft: Draft,
    drafts: Sequence[Draft],
    opened: Sequence[Draft],
    cause: Draft | None,
    context: Context,
) -> list[Argument]:
    """The places of an event's neighbours, or else those that what caused it has from its own.

    As in "walked into a bar and opened fire, killing two".
    """
    violent = is_one_of(draft.claim.type, ("HarmEvent", "CombatEvent"))
    told = _told_of_harm(draft, opened, context) if violent else ()
    found = list(_from_others(draft, [*drafts, *told], cause, context))
    if not found and is_harm(draft.claim.type):
        beside = gone_with(draft, context)  # "killing two, with six injured"
        for harm in (each for each in drafts if each.head == beside and is_harm(each.claim.type)):
            above = inferred_cause(harm, drafts, context) or occasion(harm, drafts)
            return _borrowed(harm, drafts, opened, above, context)
    happened = list(_of_happening(cause, opened, context)) if cause else []
    if found or cause is None:
        return found if any(is_named(each, context) for each in found) else [*found, *happened]
    if happened:
        return happened
    if cause.match.proposition.link == "root":
        mishap = is_one_of(cause.claim.type, _MISHAPS)  # "a ferry capsizes and sinks off X"
        others = [*_neighbours(cause, drafts, context)] if mishap else []
        places = [replace(a, inferred=True) for each in others for a in _places_of(each, context)]
        return places or list(places_of_mishap(cause, opened, context))
    earlier = inferred_cause(cause, drafts, context) or occasion(cause, drafts)
    clauses = [*drafts, *_told_of_harm(cause, opened, context)]
    return list(_from_others(cause, clauses, earlier, context))


def _of_reporting(draft: Draft, context: Context) -> Iterator[Argument]:
    """As in "Oman reports ten new cases": a state counts those on its own ground."""
    told, tree = draft.match.proposition, context.tree
    kind = draft.claim.type
    mass = kind == "Epidemic" or not draft.claim.fillers("theme")  # not "the death of a soldier"
    if told.kind != "noun" or not mass or not is_one_of(kind, _COUNTED):
        return
    above = told.governor
    if told.link == "of-noun" and above is not None and tree[above].deprel == "dobj":
        above = tree.head(above)  # "a record of ten new cases"
    elif told.link != "object":
        return
    clause = context.propositions.get(-1 if above is None else above)
    if clause is None or clause.passive or clause.lemmas[-1] not in context.lexicon.slots.counting:
        return
    for slot in clause.all("subject"):
        if (context.is_named_place(slot.head) or _is_land(slot.head, context)) and not context.fits(
            slot.head, ("Facility",)
        ):
            yield Argument("location", context.filler(slot.head), "in", inferred=True)


def _is_elsewhere(draft: Draft) -> bool:
    """As in "advancing towards X": where it leads is told; who speaks may speak anywhere."""
    moved = is_a(draft.claim.type, "ForceMovement") and draft.claim.fillers("destination")
    return bool(moved) or is_a(draft.claim.type, "CommunicationEvent")


def occasion(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The named cause, if the event was part of it; what is done because of it is elsewhere."""
    cause = told_cause(draft, drafts)
    there = is_harm(draft.claim.type) or draft.claim.type == "Rescue"
    allowed = _DURING | _BY if there else _DURING
    return cause if cause is not None and between(draft, cause) <= allowed else None


def between(draft: Draft, cause: Draft) -> set[str]:
    """The slots by which an event names its cause."""
    return {slot.name for slot in draft.match.proposition.slots if slot.head == cause.head}


def _from_others(
    draft: Draft, drafts: Sequence[Draft], cause: Draft | None, context: Context
) -> Iterator[Argument]:
    """The place of a causing, coordinated or governing event, where the event has none."""
    beside = list(_neighbours(draft, drafts, context))
    neighbours = [*beside, *(each for one in (draft, *beside) for each in _around_it(one, drafts))]
    if is_harm(draft.claim.type):
        harms = (each for each in drafts if is_harm(each.claim.type))
        neighbours += [each for each in drafts if is_then(each, draft, context)]
        neighbours += [each for each in harms if are_others(draft, each, context)]
    struck = [*_struck_first(draft, drafts, context), *_mishap_before(draft, drafts)]
    neighbours += [each for each in struck if each not in neighbours]
    told = False
    for other in neighbours if cause is None else (cause, *neighbours):
        places = list(_places_of(other, context))
        if other is cause or other in struck:
            places += [each for each in other.claim.fillers("target") if _is_place(each, context)]
        for place in places:
            yield Argument("location", place.filler, place.spatial or "in", inferred=True)
        told = told or bool(places)
        if any(is_named(place, context) for place in places):
            return
        if places and other is cause:
            yield from _around(cause, drafts, context)
        elif places:
            return
    if told:
        return
    yield from _of_harm(draft, drafts, context)
    yield from _of_joined(draft, context)


def _struck_first(draft: Draft, drafts: Sequence[Draft], context: Context) -> list[Draft]:
    """As in "attacked Beni and burned a clinic": what else the same did, they did there."""
    tree = context.tree
    if not is_harm(draft.claim.type) or tree.children(draft.head, "nsubj", "nsubjpass"):
        return []
    before = [i for i in tree.conjuncts(tree.first_conjunct(draft.head)) if i < draft.head]
    return [each for each in drafts if each.head in before and is_a(each.claim.type, "CombatEvent")]


def _of_happening(draft: Draft, opened: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "an incident occurs in X when a bomb explodes": there it does."""
    told = draft.match.proposition
    for other in opened if told.marker == "when" and told.link == "adverbial" else ():
        happened = context.lexicon.operators.befalling.intersection(other.match.proposition.lemmas)
        if other.head == told.governor and happened:
            yield from _of_open(other, context)


def _of_meeting(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "met in Doha to discuss a truce", "travelled to Doha and held talks": there."""
    told, tree = draft.match.proposition, context.tree
    verb = draft.head if told.light is None else told.light
    for other in drafts if draft.claim.type in _TALKS else ():
        aimed = told.link == "purpose" or (told.link == "oblique" and told.marker == "for")
        aimed = aimed and told.governor == other.head
        joined = verb in tree.conjuncts(other.head)[1:] and not tree.children(verb, *_OWN)
        if (aimed or joined) and is_one_of(other.claim.type, ("Meeting", "Visit")):
            for place in (each for role in _THERE for each in other.claim.fillers(role)):
                spatial = place.spatial if place.role == "location" else "in"
                yield Argument("location", place.filler, spatial or "in", inferred=True)


def _of_bomber(draft: Draft, opened: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "a suicide bomber targets a bazaar in Gao": he blows up where he does it."""
    for other in opened if context.tree.lemma(draft.head) == "bomber" else ():
        if any(slot.head == draft.head for slot in other.match.proposition.all("subject")):
            yield from (replace(each, inferred=True) for each in _of_open(other, context))


def _is_land(noun: int, context: Context) -> bool:
    """As "the country", "the state", told of by name before."""
    mention = context.mention(noun)
    return mention is not None and mention.level == "NOM" and is_a(mention.type, "Country")


def _mishap_before(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """As in "a ferry sank after hitting a reef off Kos", "derailed after a blast in Gao"."""
    for other in drafts if is_one_of(draft.claim.type, _MISHAPS) else ():
        told = other.match.proposition
        after = told.link in ("gerund", "oblique") and told.marker in _AFTER
        if after and told.governor == draft.head and is_one_of(other.claim.type, _MISHAPS):
            yield other


def _places_of(other: Draft, context: Context) -> Iterator[Argument]:
    """Where another event was, if that holds for more than what it was done to."""
    for each in (*other.claim.fillers("location"), *_of_open(other, context)):
        if not _is_of_object(each, other, context) and not _is_pronoun(each, context):
            yield each


def _around_it(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """As in "two are shot during protests in Lima": what it happened in, though not because of."""
    told = draft.match.proposition.kind == "verb"
    for other in drafts if told else ():
        there = between(draft, other)
        if there and there <= _AMID and is_one_of(other.claim.type, _SCENES):
            yield other


def _of_open(other: Draft, context: Context) -> Iterator[Argument]:
    """Where a clause is that no event type covers: "fell ill after eating fish in Lima"."""
    for slot in other.match.proposition.slots if other.claim.predicate is not None else ():
        role, spatial = place_role(slot, context), spatial_relation(slot, context) or "in"
        entered = role == "destination" and other.match.proposition.marker != "while"
        if role == "location" or (entered and spatial == "into"):
            yield Argument("location", context.filler(slot.head), spatial)


def _is_of_object(place: Argument, other: Draft, context: Context) -> bool:
    """As in "recall diplomats in X and ban travel": they are in X, and so is no ban."""
    if is_one_of(other.claim.type, ("HarmEvent", "CombatEvent", "Disaster", "Protest")):
        return False
    if other.claim.predicate is not None:
        return False
    nested = {slot.head for slot in other.match.proposition.slots if slot.nested}
    return any(context.filler(head) == place.filler for head in nested)


def _of_joined(draft: Draft, context: Context) -> Iterator[Argument]:
    """As in "a bus crashes and catches fire in Kano": told at the last for both."""
    if draft.match.proposition.kind != "verb" or not is_one_of(draft.claim.type, _SUFFERED):
        return
    if _hits_place(draft, context):
        return
    for child in context.tree.children(draft.head, "conj"):
        clause = context.propositions.get(child)
        if clause is None or context.tree.children(child, "nsubj", "nsubjpass"):
            continue
        for slot in clause.slots:
            place = context.mention(slot.head)
            named = place is not None and place.level == "NAM"
            if slot.name == "in" and named and place_role(slot, context) == "location":
                yield Argument("location", context.filler(slot.head), "in", inferred=True)


def _is_pronoun(place: Argument, context: Context) -> bool:
    """As in "killed two there": it takes up what the other tells of."""
    mention = place.filler.mention
    return mention is not None and context.mentions[mention].level == "PRO"


def _around(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "a blast in a block kills ten and injures two in Lima": the block is in Lima."""
    for other in drafts:
        if told_cause(other, drafts) is draft and between(other, draft) == {"subject"}:
            for place in other.claim.fillers("location"):
                if place.spatial == "in" and is_named(place, context):
                    yield Argument("location", place.filler, "in", inferred=True)


def is_named(place: Argument, context: Context) -> bool:
    mention = place.filler.mention
    return mention is not None and context.mentions[mention].level == "NAM"


def _of_harm(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "houses in the city were destroyed in the fighting": they fought in the city.

    Or in "air strikes kill ten and injure two in Gaza", "leave ten dead and two hurt in Gaza".
    """
    if _hits_place(draft, context):
        return  # "launched drones across X, killing two in Y": not there alone
    ill = is_a(draft.claim.type, "Illness")  # "died in Lima of a heart attack"
    for other in drafts:
        part_of = told_cause(other, drafts) is draft
        part_of = part_of and (ill or between(other, draft) <= _DURING | {"subject"})
        if draft.match.proposition.marker not in FOR_A_DEED:
            part_of = part_of or inferred_cause(other, drafts, context) is draft
        if other is not draft and part_of and is_harm(other.claim.type):
            for place in other.claim.fillers("location"):
                yield Argument("location", place.filler, place.spatial or "in", inferred=True)


def _hits_place(draft: Draft, context: Context) -> bool:
    """As in "attacked X and killed ten in Y": what was hit is where it was."""
    hit = draft.claim.fillers("target")
    return any(is_named(each, context) and _is_place(each, context) for each in hit)


def _is_place(argument: Argument, context: Context) -> bool:
    """A town or region; who suffers in the bombing of a house need not have been in it.

    Nor are the positions of an army that are struck a place of their own.
    """
    if argument.filler.mention is None:
        return False
    type_ = context.mentions[argument.filler.mention].type
    return is_a(type_, "Place") and not is_one_of(type_, ("Facility", "Area"))


def _neighbours(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Draft]:
    by_head = {other.head: other for other in drafts if other is not draft}
    proposition = draft.match.proposition
    for other in tuple(by_head.values()):  # "staged a rally in Lima, chanting against X"
        if other.match.proposition.light is not None and is_one_of(other.claim.type, _ACTED):
            by_head.setdefault(other.match.proposition.light, other)
    loose = proposition.link == "adverbial" and proposition.marker is None
    apart = context.tree.children(draft.head, "mark")  # "that two died in X, and that Y fled"
    loose = loose or (proposition.link == "conjunct" and not apart)
    if proposition.governor in by_head and loose:
        yield by_head[proposition.governor]
    result = result_of(draft, context)
    if result is not None and result != proposition.governor and result in by_head:
        yield by_head[result]
    amid = proposition.marker in ("amid", "during") and is_one_of(draft.claim.type, _SCENES)
    around = by_head.get(-1 if proposition.governor is None else proposition.governor)
    if amid and around is not None and is_one_of(around.claim.type, _ACTED):
        yield around  # "shot in X amid a protest"
    taken = is_a(draft.claim.type, "TerritorialEvent")  # "captured X and are fighting in Y"
    taken = taken or _hits_place(draft, context)
    left = proposition.governor if proposition.kind == "adjective" else None  # "leaves ten dead"
    own = next((i for i in (proposition.light, left) if i is not None), draft.head)
    for child in () if taken else context.tree.children(own, "conj"):
        subject = context.tree.child(child, "nsubj", "nsubjpass")
        if child in by_head and (subject is None or _both_harm(draft, by_head[child], context)):
            yield by_head[child]


def _told_of_harm(draft: Draft, opened: Sequence[Draft], context: Context) -> Iterator[Draft]:
    """Clauses without an event type that tell where a harm was done.

    As in "a car drove into a crowd in Bonn, killing two", "walked into a bar in Bonn and opened
    fire", "ten are dead and two missing in Bonn".
    """
    clause = draft.match.proposition
    above = [result_of(draft, context), clause.governor if clause.link == "conjunct" else None]
    for each in opened:
        same = each.claim.factuality.realis == draft.claim.factuality.realis
        told = same and (each.head in above or _is_lost(each, context))
        if told or is_then(each, draft, context):
            yield each


def _both_harm(one: Draft, other: Draft, context: Context) -> bool:
    hurt = is_one_of(other.claim.type, ("HarmEvent", "Rescue")) or _is_lost(other, context)
    suffered = is_a(one.claim.type, "CombatEvent") and one.match.proposition.passive
    return (is_harm(one.claim.type) or suffered) and hurt  # "two are shot and one is hurt in X"


def _is_lost(other: Draft, context: Context) -> bool:
    """As in "and ten missing", which no event type covers."""
    form = context.tree[other.head].form.lower()
    return other.claim.predicate is not None and form in context.lexicon.slots.states_in_ing
