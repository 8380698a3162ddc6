"""Where, why and by whom, told once for several events of a sentence.

"killed ten and wounded five in Herat", "soldiers were killed in a strike by X": the place of one
event is that of the others, and who comes to harm in an attack is its target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.addressees import other_party
from kg.extract.aims import aims, means, purposes
from kg.extract.causes import (
    FOR_A_DEED,
    inferred_cause,
    is_harm,
    result_of,
    told_cause,
    untyped_cause,
)
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.event_nouns import is_new
from kg.extract.fighters import force, other_side
from kg.extract.places import containers, of_buildings, place_role, spatial_relation
from kg.model import Argument, Filler
from kg.vocab import is_a, is_one_of

_HURT = ("Killing", "Injury", "Casualties", "Death", "Destruction")
_SCENES = ("CombatEvent", "Disaster", "Protest", "Unrest")
_ACTED = ("CombatEvent", "HarmEvent", "Protest", "Unrest")
_DURING = frozenset(("in", "during", "via"))
_CONQUERED = frozenset(("after", "following", "in", "amid", "during"))
_BY = frozenset(("subject", "by", "from", "after", "following"))
_EARLIER = (*FOR_A_DEED, "after", "since", "because")
_SUFFERED = ("CombatEvent", "Explosion", "Accident", "Killing", "Injury")
_PARTIES = ("Agent", "Materiel", "Facility")
_HOLDING = ("target", "theme", "destination")
_OWNERS = ("compound", "amod", "nmod", "poss")


def circumstances(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> list[Argument]:
    """Inferred locations, causes and parties of an event from its neighbours in the sentence.

    `opened` are the open claims of the sentence: what causes an event may have no event type.
    """
    found: list[Argument] = []
    inferred = inferred_cause(draft, drafts, context) or untyped_cause(draft, opened, context)
    cause = None if _is_punishment(draft, inferred) else inferred or _occasion(draft, drafts)
    if inferred is not None:
        filler = Filler(inferred.claim.trigger, event=inferred.claim.id)
        found.append(Argument("cause", filler, inferred=True))
    own = draft.claim.fillers("location")
    if not own and not _is_elsewhere(draft):
        found.extend(_borrowed_locations(draft, drafts, opened, cause, context))
    elif not any(_is_named(place, context) for place in own):
        found.extend(_around(draft, drafts, context))
    located = [*draft.claim.fillers("location"), *found]
    located += [each for role in _HOLDING for each in draft.claim.fillers(role)]
    found.extend(containers(located, context))
    found.extend(of_buildings(draft.claim.type, located, context))
    found.extend(_parties(draft, drafts, context))
    heads = {other.head for other in drafts}
    untold = [other for other in opened if other.head not in heads]
    moved = is_a(draft.claim.type, "ForceMovement")
    found.extend(other_party(draft, context))
    found.extend(purposes(draft, [*drafts, *untold] if moved else drafts))
    found.extend(means(draft, drafts))
    found.extend(aims(draft, drafts, context))
    found.extend(_meant(draft, drafts, context))
    return found


def _borrowed_locations(
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
    found = list(_shared_locations(draft, [*drafts, *told], cause, context))
    if found or cause is None or cause.match.proposition.link == "root":
        return found
    earlier = inferred_cause(cause, drafts, context) or _occasion(cause, drafts)
    clauses = [*drafts, *_told_of_harm(cause, opened, context)]
    return list(_shared_locations(cause, clauses, earlier, context))


def _is_punishment(draft: Draft, deed: Draft | None) -> bool:
    """As in "jailed for murdering two in X": where it was done, he need not have been jailed.

    So too in "arrested after a bomb exploded in X".
    """
    punished = is_one_of(draft.claim.type, ("JusticeEvent", "Detention"))
    return deed is not None and punished and deed.match.proposition.marker in _EARLIER


def _is_elsewhere(draft: Draft) -> bool:
    """As in "advancing towards X": where it leads is told; who speaks may speak anywhere."""
    moved = is_a(draft.claim.type, "ForceMovement") and draft.claim.fillers("destination")
    return bool(moved) or is_a(draft.claim.type, "CommunicationEvent")


def _meant(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "an arrest warrant": what the paper is about."""
    for other in drafts:
        compound = context.tree[other.head].deprel == "compound"
        if compound and other.match.proposition.governor == draft.head:
            yield Argument("content", Filler(other.claim.trigger, event=other.claim.id))


def _occasion(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The named cause, if the event was part of it; what is done because of it is elsewhere."""
    cause = told_cause(draft, drafts)
    allowed = _DURING | _BY if is_harm(draft.claim.type) else _DURING
    return cause if cause is not None and _between(draft, cause) <= allowed else None


def _between(draft: Draft, cause: Draft) -> set[str]:
    """The slots by which an event names its cause."""
    return {slot.name for slot in draft.match.proposition.slots if slot.head == cause.head}


def _shared_locations(
    draft: Draft, drafts: Sequence[Draft], cause: Draft | None, context: Context
) -> Iterator[Argument]:
    """The place of a causing, coordinated or governing event, where the event has none."""
    neighbours = [*_neighbours(draft, drafts, context), *_around_it(draft, drafts)]
    told = False
    for other in neighbours if cause is None else (cause, *neighbours):
        places = list(_places_of(other, context))
        if other is cause:
            places += [each for each in other.claim.fillers("target") if _is_place(each, context)]
        for place in places:
            yield Argument("location", place.filler, place.spatial or "in", inferred=True)
        told = told or bool(places)
        if any(_is_named(place, context) for place in places):
            return
        if places and other is cause:
            yield from _around(cause, drafts, context)
        elif places:
            return
    if told:
        return
    yield from _of_harm(draft, drafts, context)
    yield from _of_joined(draft, context)


def _places_of(other: Draft, context: Context) -> Iterator[Argument]:
    """Where another event was, if that holds for more than what it was done to."""
    for each in (*other.claim.fillers("location"), *_of_open(other, context)):
        if not _is_of_object(each, other, context) and not _is_pronoun(each, context):
            yield each


def _around_it(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """As in "two are shot during protests in Lima": what it happened in, though not because of."""
    told = draft.match.proposition.kind == "verb"
    for other in drafts if told else ():
        between = _between(draft, other)
        if between == {"during"} and is_one_of(other.claim.type, _SCENES):
            yield other


def _of_open(other: Draft, context: Context) -> Iterator[Argument]:
    """Where a clause is that no event type covers: "fell ill after eating fish in Lima"."""
    for slot in other.match.proposition.slots if other.claim.predicate is not None else ():
        role, spatial = place_role(slot, context), spatial_relation(slot, context) or "in"
        if role == "location" or (role == "destination" and spatial == "into"):
            yield Argument("location", context.filler(slot.head), spatial)


def _is_of_object(place: Argument, other: Draft, context: Context) -> bool:
    """As in "recall diplomats in X and ban travel": they are in X, and so is no ban."""
    if is_one_of(other.claim.type, ("HarmEvent", "CombatEvent", "Disaster", "Accident")):
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
    """As in "attacked Goma and killed two there": it takes up what the other tells of."""
    mention = place.filler.mention
    return mention is not None and context.mentions[mention].level == "PRO"


def _around(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "a blast in a block kills ten and injures two in Lima": the block is in Lima."""
    for other in drafts:
        if told_cause(other, drafts) is draft and _between(other, draft) == {"subject"}:
            for place in other.claim.fillers("location"):
                if place.spatial == "in" and _is_named(place, context):
                    yield Argument("location", place.filler, "in", inferred=True)


def _is_named(place: Argument, context: Context) -> bool:
    mention = place.filler.mention
    return mention is not None and context.mentions[mention].level == "NAM"


def _of_harm(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "houses in the city were destroyed in the fighting": they fought in the city.

    Or in "air strikes kill ten and injure two in Gaza", "leave ten dead and two hurt in Gaza".
    """
    for other in drafts:
        part_of = told_cause(other, drafts) is draft
        part_of = part_of and _between(other, draft) <= _DURING | {"subject"}
        if draft.match.proposition.marker not in FOR_A_DEED:
            part_of = part_of or inferred_cause(other, drafts, context) is draft
        if other is not draft and part_of and is_harm(other.claim.type):
            for place in other.claim.fillers("location"):
                yield Argument("location", place.filler, place.spatial or "in", inferred=True)


def _hits_place(draft: Draft, context: Context) -> bool:
    """As in "attacked X and killed ten in Y": what was hit is where it was."""
    hit = draft.claim.fillers("target")
    return any(_is_named(each, context) and _is_place(each, context) for each in hit)


def _is_place(argument: Argument, context: Context) -> bool:
    """A town or region; who suffers in the bombing of a house need not have been in it."""
    if argument.filler.mention is None:
        return False
    type_ = context.mentions[argument.filler.mention].type
    return is_a(type_, "Place") and not is_a(type_, "Facility")


def _neighbours(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Draft]:
    by_head = {other.head: other for other in drafts if other is not draft}
    proposition = draft.match.proposition
    for other in tuple(by_head.values()):  # "staged a rally in Lima, chanting against X"
        if other.match.proposition.light is not None and is_one_of(other.claim.type, _ACTED):
            by_head.setdefault(other.match.proposition.light, other)
    loose = proposition.link == "adverbial" and proposition.marker is None
    if proposition.governor in by_head and (proposition.link == "conjunct" or loose):
        yield by_head[proposition.governor]
    result = result_of(draft, context)
    if result is not None and result != proposition.governor and result in by_head:
        yield by_head[result]
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
    realis = draft.claim.factuality.realis
    told = (each for each in opened if each.claim.factuality.realis == realis)
    return (each for each in told if each.head in above or _is_lost(each, context))


def _both_harm(one: Draft, other: Draft, context: Context) -> bool:
    hurt = is_harm(other.claim.type) or _is_lost(other, context)
    return is_harm(one.claim.type) and hurt


def _is_lost(other: Draft, context: Context) -> bool:
    """As in "and ten missing", which no event type covers."""
    form = context.tree[other.head].form.lower()
    return other.claim.predicate is not None and form in context.lexicon.slots.states_in_ing


def _parties(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """Who attacks and is attacked, from the harm that was done in it and is as real."""
    battle = context.is_battle(draft.claim.type)
    if battle:
        yield from _from_victory(draft, drafts, context)
    else:
        yield from _from_attack(draft, drafts)
    for other in drafts:
        hurt = is_one_of(other.claim.type, _HURT)
        if other is draft or not hurt or not other.claim.factuality.realis:
            continue
        if (told_cause(other, drafts) or inferred_cause(other, drafts, context)) is not draft:
            continue
        if battle:
            yield from other_side(draft, other, context)
        elif is_a(draft.claim.type, "Attack") or is_a(draft.claim.type, "Raid"):
            yield from _from_harm(draft, other, context)


def _from_attack(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Argument]:
    """As in "X launched strikes on a region, with missiles hitting two towns": X hit them."""
    below = draft.match.proposition
    if draft.claim.fillers("agent") or below.marker != "with" or below.governor is None:
        return
    for other in drafts:
        alike = all(is_a(each.claim.type, "Attack") for each in (draft, other))
        if alike and below.governor in (other.head, other.match.proposition.light):
            for agent in other.claim.fillers("agent"):
                yield replace(agent, inferred=True)


def _from_harm(attack: Draft, harm: Draft, context: Context) -> Iterator[Argument]:
    """As in "killed ten in an attack" (by whom), "X was killed in a strike by Y" (who).

    What is done because of an attack is another's.
    """
    names = _between(harm, attack)
    agents = [each for each in harm.claim.fillers("agent") if _is_party(each, context)]
    if agents and not attack.claim.fillers("agent") and names and names <= _DURING:
        yield from (replace(agent, inferred=True) for agent in agents)
    told = context.tree.children(attack.head, "dobj", "npadvmod")  # "attack the march"
    used = {role.head for role in attack.match.roles}  # "threw grenades", "opened fire"
    own = [i for i in told if context.tree.lemma(i) not in attack.match.lemma.split()]
    aimed = attack.claim.fillers("target") or not used.issuperset(own)
    told_of = attack.claim.fillers("agent") or is_new(attack.head, context)
    doers = {each.filler.span for each in attack.claim.fillers("agent")}
    others = agents or {each.filler.span for each in harm.claim.fillers("agent")} - doers
    if told_of and not aimed and not others and names <= _DURING | _BY:
        for theme in harm.claim.fillers("theme"):
            if _is_party(theme, context) and _can_be_target(theme, attack, context):
                yield Argument("target", theme.filler, inferred=True)


def _can_be_target(theme: Argument, attack: Draft, context: Context) -> bool:
    """Not so of attackers who die in their attack, as fighters may where nobody is told to act."""
    allowed = attack.match.trigger.frame.types.get("target", ())
    if theme.filler.mention is None:
        return False
    head = context.mentions[theme.filler.mention].head
    kind = context.lexicon.noun_classes.get(context.tree.lemma(head), "Entity")
    kinds = [kind, *(context.type_of(i) for i in context.tree.children(head, *_OWNERS))]
    fighting = "ArmedGroup" in kinds and not attack.claim.fillers("agent")
    return not fighting and (not allowed or context.fits(head, allowed))


def _is_party(argument: Argument, context: Context) -> bool:
    """A named or described person, group or thing; who is told by a people's name is no state."""
    mention = argument.filler.mention
    if mention is None:
        return False
    told = context.mentions[mention]
    return told.level != "ADJ" and is_one_of(told.type, _PARTIES)


def _from_victory(clash: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "X captured the town after clashes with Y": X fought them."""
    if clash.claim.fillers("agent") or not clash.claim.fillers("coAgent"):
        return
    for other in drafts:
        won = is_a(other.claim.type, "TerritorialEvent") and other.claim.factuality.realis
        if won and _between(other, clash) & _CONQUERED:
            for agent in other.claim.fillers("agent"):
                filler = force(agent, context)
                if filler is not None:
                    yield Argument("agent", filler, inferred=True)
