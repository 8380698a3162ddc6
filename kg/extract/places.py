"""Places as fillers: their role and relation by preposition, and the place of bare ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.extract.context import Context
from kg.extract.ground import territory_place
from kg.extract.proposition import Slot
from kg.extract.role import Role
from kg.lexicon import Frame
from kg.model import Argument, Mention
from kg.vocab import is_a, is_one_of

PLACES = ("Place",)
PLACE_ROLES = ("location", "origin", "destination", "route")
_CONTAINERS = ("appos", "npadvmod", "conj", "poss")
_VIOLENT = ("CombatEvent", "HarmEvent", "Explosion", "Arson")
_WITHIN = ("in", "of")
_INSIDE = ("in", "inside")
_BESIDE = ("at", "outside", "near")


def narrowed(role: Role, context: Context) -> Role:
    """A bare area as a place is narrowed to the named place inside its phrase."""
    tree = context.tree
    bare = role.name in PLACE_ROLES and tree.lemma(role.head) in context.lexicon.slots.territory
    if not bare or tree[role.head].upos == "PROPN":
        return role
    for index in range(role.head + 1, tree.phrase(role.head)[1] + 1):
        mention = context.mention(index)
        named = mention is not None and mention.level == "NAM" and context.fits(index, PLACES)
        above = takewhile(lambda i: i != role.head, tree.ancestors(index))
        between = {tree[i].form.lower() for i in above if tree[i].upos == "ADP"}
        if named and between and between.issubset(_WITHIN):  # not "land around the city of X"
            return Role(role.name, index, role.spatial, role.part)
    return role


def place_role(slot: Slot, context: Context) -> str | None:
    place = context.lexicon.slots.places.get(slot.name)
    there = slot.name in _BESIDE or (slot.name in _INSIDE and _is_one(slot.head, context))
    if place is not None and there and is_gathering(slot.head, context):
        return place.role
    if place is None or not context.fits(slot.head, ("Place",)):
        return None
    name = context.mention(slot.head)
    told = name is not None and name.level == "NAM" and context.is_told_as_place(slot.head)
    if context.is_open(slot.head) and not told:
        return None
    if slot.name == "over" and is_ground(slot.head, context):
        return None  # "clashes over land"
    if slot.name == "by" and _is_way(slot.head, context):
        return None
    if slot.name == "by" and (slot.nested or context.fits(slot.head, ("GeopoliticalEntity",))):
        return None  # "the accusation by Israel": whose it is
    return place.role


def _is_way(noun: int, context: Context) -> bool:
    """As in "came by sea", "by land and air": how they came, and near no sea."""
    tree = context.tree
    return tree.lemma(noun) in context.lexicon.slots.elements and not tree.children(noun, "det")


def _is_one(noun: int, context: Context) -> bool:
    """As "a bank", "his office": a house, where "the ministry" may be the body."""
    tree = context.tree
    houses = context.lexicon.slots.premises
    one = any(tree[i].form.lower() in ("a", "an") for i in tree.children(noun, "det"))
    return tree.lemma(noun) in houses and (one or bool(tree.children(noun, "poss")))


def slots_of_there(frame: Frame) -> list[str]:
    """The slots that "there" may fill: where to, if what the frame tells leads somewhere."""
    to = frame.roles.get("to")
    leads = to == "destination" or (isinstance(to, dict) and to.get("Place") == "destination")
    return ["there", "to"] if leads else ["there"]


def is_gathering(head: int, context: Context) -> bool:
    """As in "shot at a wedding", "at Brown University": where people come together."""
    mention, slots = context.mention(head), context.lexicon.slots
    if mention is not None and mention.level == "NAM":
        return context.tree[head].form.lower() in slots.premises
    if context.tree[head].upos != "NOUN" or (mention is not None and mention.level != "NOM"):
        return False
    if mention is not None:
        return context.tree.lemma(head) in slots.premises
    return any(context.has_head(head, kind) for kind in (*slots.gatherings, *slots.premises))


def spatial_relation(slot: Slot, context: Context) -> str | None:
    if slot.spatial is not None:
        return slot.spatial
    place = context.lexicon.slots.places.get(slot.name)
    if place is not None and is_gathering(slot.head, context):
        return place.spatial
    if place is None or not context.fits(slot.head, ("Place",)):
        return "near" if place is not None and place.spatial == "near" else None
    return place.spatial


def takes_places(kinds: Sequence[str]) -> bool:
    """Whether a role takes places alone, be it not all of them."""
    return tuple(kind for kind in kinds if kind[0] != "-") == PLACES


def containers(located: Sequence[Argument], context: Context) -> Iterator[Argument]:
    """The places that contain the named one: "in Narena, Mali", "in Mali's Koulikoro Region"."""
    named = {argument.filler.span for argument in located}
    for argument in located:
        if argument.filler.mention is None:
            continue
        place = context.mentions[argument.filler.mention]
        apart = argument.spatial == "near"  # "near the districts of X"
        parts = () if apart else _of_parts(place, context)
        for head in (*_contained_in(place.head, context), *parts):
            if not is_a(place.type, "Place") and _is_beside_head(place.head, head, context):
                continue  # "their main ally, Russia"; but "kills soldiers in Lyman, Ukraine"
            filler = context.filler(head)
            if filler.span not in named:
                named.add(filler.span)
                yield Argument("location", filler, "in", inferred=True)


def _of_parts(place: Mention, context: Context) -> Iterator[int]:
    """As in "three districts of X", "in the Ituri Province of Y"."""
    tree = context.tree
    if place.level in ("NOM", "NAM") and is_a(place.type, "Place") and place.head in tree.indices():
        for prep in tree.children(place.head, "prep"):
            if tree[prep].form.lower() == "of":
                yield from (i for i in tree.children(prep, "pobj") if context.is_named_place(i))


def _is_beside_head(head: int, name: int, context: Context) -> bool:
    """Whether nothing but a comma stands between the two."""
    return min(context.tree.subtree(name)) - 2 <= head


def _contained_in(head: int, context: Context) -> Iterator[int]:
    tree = context.tree
    if head not in tree.indices():
        return
    for child in tree.children(head, *_CONTAINERS):
        start = min(i for i in tree.subtree(child) if tree[i].upos != "PUNCT")
        before = {tree[child - 1].form, tree[start - 1].form}
        apart = "," in before and not tree.children(head, "cc")
        owner = tree[child].deprel == "poss" and context.is_named_place(head)
        if (apart or owner) and context.is_named_place(child):
            yield child
            yield from _contained_in(child, context)


def of_buildings(type_: str, told: Sequence[Argument], context: Context) -> Iterator[Argument]:
    """As in "bombed a Kano market", "hit Yemen's airport": where what is hit stands."""
    located = any(each.role == "location" and _is_named(each, context) for each in told)
    if located or not is_one_of(type_, _VIOLENT):
        return
    tree = context.tree
    for each in told:
        if each.filler.mention is None or _is_named(each, context):
            continue
        building = context.mentions[each.filler.mention]
        if building.type != "Facility" or building.head not in tree.indices():
            continue
        for before in tree.children(building.head, "compound", "nmod", "poss"):
            mention = context.mention(before)
            named = mention is not None and mention.level == "NAM" and bool(mention.candidates)
            if named and context.fits(before, PLACES) and not _is_owner(before, building, context):
                yield Argument("location", context.filler(before), "in", inferred=True)


def _is_owner(before: int, building: Mention, context: Context) -> bool:
    """As in "Chad's embassy", which stands elsewhere."""
    return context.tree.lemma(building.head) in context.lexicon.slots.outposts and context.fits(
        before, ("Country",)
    )


def _is_named(argument: Argument, context: Context) -> bool:
    mention = argument.filler.mention
    return mention is not None and context.mentions[mention].level == "NAM"


def is_demonym(head: int, context: Context) -> bool:
    """As in "recovered Haitian, Nepali and Indian migrants": a people, and no place."""
    mention = context.mention(head)
    alone = context.tree[head].deprel in ("dobj", "conj", "nsubj", "nsubjpass")
    return alone and mention is not None and mention.level == "ADJ"


def grounded(roles: list[Role], frame: Frame, context: Context) -> list[Role]:
    """Ground that is taken or held is part of the place that the text names for it."""
    if not takes_places(frame.types.get("theme", ())):
        return roles
    ground = [role for role in roles if role.name == "theme" and is_ground(role.head, context)]
    bare = [role for role in ground if not _is_beside(role.head, context)]
    if not bare:
        return roles
    found = [role for role in roles if role not in bare]
    named = [role for role in found if role.name in ("theme", "location")]
    for role in bare:
        place = territory_place(context.tree, role.head, context.lexicon)
        if place is not None:
            found.append(Role("theme", place.head, place.spatial, part=True))
        elif not named:
            found.append(role)
    if len(found) == len(roles) - len(bare):
        found = [role for role in found if role not in named]
        found += [Role("theme", role.head, role.spatial, part=True) for role in named]
    themes = {role.head for role in found if role.name == "theme"}
    return [role for role in found if role.name != "location" or role.head not in themes]


def _is_beside(head: int, context: Context) -> bool:
    """As in "villages near Goma", which are no part of it."""
    kind = context.lexicon.noun_classes.get(context.tree.lemma(head), "Entity")
    place = territory_place(context.tree, head, context.lexicon)
    apart = place is not None and place.name != "of" and place.spatial != "in"
    return apart and is_a(kind, "PopulatedPlace")


def is_ground(head: int, context: Context) -> bool:
    tree = context.tree
    return tree.lemma(head) in context.lexicon.slots.territory and tree[head].upos != "PROPN"
