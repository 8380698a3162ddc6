"""Matching propositions to event types: which frame fits, and what fills its roles."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.actors import (
    HURTS,
    can_act,
    is_ignored,
    is_no_cause,
    is_no_doer,
    is_of_another,
    is_of_reason,
    is_scene,
    is_subject_matter,
    is_weapon,
    own_doer,
    ravages,
    reciprocal_roles,
    wielders,
)
from kg.extract.context import Context
from kg.extract.event_nouns import is_phrase
from kg.extract.listed import listed, parties_of
from kg.extract.obliques import is_measure
from kg.extract.places import (
    PLACE_ROLES,
    PLACES,
    grounded,
    is_demonym,
    is_gathering,
    is_ground,
    narrowed,
    place_role,
    slots_of_there,
    spatial_relation,
    takes_places,
)
from kg.extract.proposition import Proposition, Slot
from kg.extract.role import Role
from kg.lexicon import Frame, Trigger
from kg.vocab import is_a, is_one_of

_CORE = ("subject", "object")
_SPATIAL_ROLES = (*PLACE_ROLES, "theme", "target")
_NOMINAL = {
    "possessor": ("subject",),
    "compound": ("possessor", "subject"),
    "by": ("subject",),
    "of": ("object", "subject"),
    "undergoer": ("bearer", "subject"),
}
_CAUSAL = (
    "in", "by", "during", "from", "after", "following", "amid", "via", "over", "due to",
    "because of",
)  # fmt: skip
_DOING = ("agent", "coAgent", "instrument")
_SUFFERING = ("theme", "target")
_THINGS = ("Place", "Materiel", "Vessel")
_OWNERS = ("possessor", "compound")
_HARM = ("HarmEvent", "Disaster", "CombatEvent")
_MOVES = ("CombatEvent", "ForceMovement")
_TWO = 2
_SETTING = ("in", "during", "amid")
_KEYS = ("event", "words", "doing", "other")  # what no class is


class Match(Struct, frozen=True):
    """A proposition read as an event."""

    proposition: Proposition
    trigger: Trigger
    roles: tuple[Role, ...]
    lemma: str


class _MismatchError(Exception):
    """A core slot is filled by something that this sense of the trigger cannot take."""


def match(proposition: Proposition, context: Context) -> list[Match]:
    """The best reading of a proposition: the longest trigger, then the fullest frame.

    Empty when no frame fits; more than one when coordinated themes belong to different events.
    """
    tables = {
        "verb": context.lexicon.verbs,
        "noun": context.lexicon.nouns,
        "adjective": context.lexicon.adjectives,
    }
    for lemma in proposition.lemmas:
        found = []
        slots = _free_slots(lemma, proposition, context)
        for trigger in tables[proposition.kind].get(lemma, ()):
            roles = _roles(slots, proposition, trigger, context)
            if roles is not None:
                found.append(Match(proposition, trigger, roles, lemma))
        if found:
            best = max(found, key=_fullness)  # the first of equals: files in order of their names
            return [_with_rest(best, found, context), *_beside(best, found)]
        if lemma in context.lexicon.slots.idioms:
            break  # the verb alone would mean something else
    return []


def _free_slots(lemma: str, proposition: Proposition, context: Context) -> list[Slot]:
    """The slots without what is part of the trigger ("gain ground").

    The object of a whole phrase is what its last word leads to ("laid siege to X").
    """
    slots = proposition.slots
    if proposition.kind == "verb" and " " in lemma:
        _, *words = lemma.split()
        slots = [s for s in slots if s.name != "object" or context.tree.lemma(s.head) not in words]
        if len(words) > 1 and not any(s.name == "object" for s in slots):
            slots = [replace(s, name="object") if s.name == words[-1] else s for s in slots]
    if " " in lemma and proposition.kind == "noun":
        inside = [s for s in slots if s.name == "compound" and context.fits(s.head, PLACES)]
        places = {s.head for s in inside if context.tree.lemma(s.head) in lemma.split()}
        slots = [s for s in slots if s.head not in places]  # "Monsoon rains"
    if proposition.slot("subject") and proposition.kind == "noun":
        slots = [s for s in slots if s.name != "possessor" or context.tree[s.head].upos != "PRON"]
    return slots


def _beside(best: Match, found: list[Match]) -> list[Match]:
    """Coordinated themes of two kinds are two events ("sent rifles and food")."""
    taken = {role.head for role in best.roles if role.name == "theme"}
    others = []
    for other in found:
        themes = {role.head for role in other.roles if role.name == "theme"}
        if (
            taken
            and themes
            and themes.isdisjoint(taken)
            and other.trigger.type != best.trigger.type
        ):
            taken |= themes
            others.append(other)
    return others


def _with_rest(best: Match, found: list[Match], context: Context) -> Match:
    """With the joined themes that another frame of the event takes ("sent troops and jets")."""
    first = context.tree.first_conjunct
    beside = {first(role.head) for role in best.roles if role.name == "theme"}
    for other in found:
        if beside and other.trigger.type == best.trigger.type:
            taken = {role.head for role in best.roles}
            rest = [r for r in other.roles if r.name == "theme" and r.head not in taken]
            rest = [role for role in rest if first(role.head) in beside]
            best = replace(best, roles=(*best.roles, *rest))
    return best


def _fullness(found: Match) -> tuple[int, int]:
    return len({role.name for role in found.roles}), len(found.trigger.frame.require)


def _roles(
    slots: list[Slot], proposition: Proposition, trigger: Trigger, context: Context
) -> tuple[Role, ...] | None:
    frame = trigger.frame
    if frame.forbid and _is_forbidden(slots, proposition, frame, context):
        return None
    slots = own_doer(slots, proposition, frame, context)
    slots = [slot for slot in slots if slot.head != proposition.head]  # "the injured were X and Y"
    slots = [s for s in slots if not is_of_reason(s, proposition, trigger.type, context)]
    roles: list[Role] = []
    filled: set[str] = set()
    unfit: set[str] = set()
    said = is_a(trigger.type, "CommunicationEvent")
    for slot in slots:
        if said and slot.nested:
            continue  # "announced a case in X": nobody speaks there
        idle = _is_setting(slot, trigger, context) or context.is_reciprocal(slot.head)
        if idle or (slot.member and context.is_mutual(trigger.type)):
            continue
        try:
            roles.extend(_fill(slot, proposition, trigger, context))
            filled.add(slot.name)
        except _MismatchError:
            unfit.add(slot.name)  # a coordinated filler may belong to another event
    if unfit - filled:
        return None
    roles = grounded(_with_members(roles, trigger, context), frame, context)
    if proposition.kind == "adjective" and any(
        role.name == "theme" and is_ground(role.head, context) for role in roles
    ):
        return None  # "Russian-held land" names no place
    told = {role.name for role in roles} | reciprocal_roles(slots, frame, context)
    if not told and is_phrase(proposition, context):
        return None
    if any(
        told.isdisjoint(required.split("|")) for required in frame.require if required != "content"
    ):
        return None
    return tuple(roles)


def _is_forbidden(
    slots: list[Slot], proposition: Proposition, frame: Frame, context: Context
) -> bool:
    """Whether the clause has something with which the trigger is not this event."""
    names = {slot.name for slot in slots if not slot.nested} | _markers(proposition, context)
    if "compound" in names:
        names.add("possessor")
    return not names.isdisjoint(frame.forbid)


def _with_members(roles: list[Role], trigger: Trigger, context: Context) -> list[Role]:
    """With those of a group that are named; as parties they stand for it: "two sides, X and Y"."""
    found = [each for role in roles for each in (role, *_with_listed(role, trigger.frame, context))]
    if context.is_mutual(trigger.type):
        heads = {role.head for role in found}
        found = [each for each in found if len(heads & parties_of(each.head, context)) < _TWO]
    return list(dict.fromkeys(found))


def _markers(proposition: Proposition, context: Context) -> set[str]:
    """The prepositions before gerunds that hang on the predicate ("attacked X for taking Y")."""
    tree = context.tree
    preps = (i for i in tree.children(proposition.head, "prep") if tree.children(i, "pcomp"))
    return {tree[prep].form.lower() for prep in preps}


def _with_listed(role: Role, frame: Frame, context: Context) -> Iterator[Role]:
    things = _THINGS if role.name in _SUFFERING else ()
    for head in listed(role.head, things, frame.types.get(role.name, ()), context):
        yield Role(role.name, head, role.spatial, role.part)


def _named_in(spec: dict[str, str | None], head: int, context: Context) -> bool:
    """Whether a frame gives a role to the very noun ("participate in the summit")."""
    nouns = (each for each in spec if each[0].islower() and each not in _KEYS)
    return any(context.has_head(head, noun) for noun in nouns)


def _is_setting(slot: Slot, trigger: Trigger, context: Context) -> bool:
    """As in "elected amid protests", "said during talks": only harm comes of what surrounds it."""
    if slot.name not in _SETTING or not context.is_event(slot.head):
        return False
    spec = trigger.frame.roles.get(slot.name)
    named = isinstance(spec, dict) and ("event" in spec or _named_in(spec, slot.head, context))
    natural = is_a(trigger.type, "NaturalDisaster")
    return not named and (natural or not is_one_of(trigger.type, _HARM))


def _fill(
    slot: Slot, proposition: Proposition, trigger: Trigger, context: Context
) -> Iterator[Role]:
    """The role of one slot, if it has one here."""
    frame, core = trigger.frame, slot.name in _CORE
    if slot.nested and is_ignored(slot, proposition, trigger, context):
        return
    name, open_ = _named(slot, proposition, frame, context)
    listed = name is not None and any(
        context.has_head(slot.head, kind) for kind in frame.types.get(name, ())
    )
    about = is_subject_matter(slot, proposition, context)
    if about or is_scene(slot, proposition, trigger.type, context):
        yield from _scene(slot, trigger, context, about=about)
        return
    movers = list(_movers(slot, trigger, context))
    if movers:
        yield from movers
    elif context.is_event(slot.head) and slot.head != proposition.head and not listed:
        aside = slot.nested and proposition.kind == "verb"
        strife = slot.name == "over" and (aside or is_one_of(trigger.type, HURTS))
        if not strife and not is_no_cause(slot, trigger.type, context):
            yield from _event_role(slot, proposition, frame)
    elif name is None and ravages(slot, trigger.type, context):
        yield Role("cause", slot.head)  # "Typhoon Jebi killed six"
    elif core and not open_:
        raise _MismatchError
    elif name is not None and not is_no_doer(name, slot, proposition, context):
        yield from _plain_role(name, slot, listed, trigger, context)


def _movers(slot: Slot, trigger: Trigger, context: Context) -> Iterator[Role]:
    """As in "the army's offensive has reached X": whose movement it is."""
    if slot.name != "subject" or not is_a(trigger.type, "ForceMovement"):
        return
    triggers = context.lexicon.nouns.get(context.tree.lemma(slot.head), ())
    military = any(is_one_of(each.type, _MOVES) for each in triggers)  # fires advance alone
    moving = military and context.is_event(slot.head)
    for owner in context.propositions[slot.head].slots if moving else ():
        own = owner.name in (*_OWNERS, "by", "of")
        if own and _fits("agent", owner, trigger.frame, context):
            yield Role("agent", owner.head)


def _plain_role(
    name: str, slot: Slot, listed: bool, trigger: Trigger, context: Context
) -> Iterator[Role]:
    """The role of a filler that is no event."""
    frame, core = trigger.frame, slot.name in _CORE
    name, _, part = name.partition("/")
    if slot.name == "subject" and is_weapon(slot.head, trigger.type, context):
        name = _of_weapon(name, slot, frame, context)
        owners = wielders(slot.head, context) if name == "instrument" else ()
        yield from (Role("agent", owner) for owner in owners)
    if not _fits(name, slot, frame, context):
        if core:
            raise _MismatchError
        return
    spatial = spatial_relation(slot, context) if name in _SPATIAL_ROLES else None
    told = listed and context.is_event(slot.head) and name not in _DOING  # "dynamite charges"
    role = Role(name, slot.head, spatial, slot.part or part == "part", told)
    place = narrowed(role, context)
    if place != role and context.fits(role.head, ("PopulatedPlace",)):
        yield role  # "two villages in X" are not all of X
    yield place


def _of_weapon(name: str, slot: Slot, frame: Frame, context: Context) -> str:
    """As in "a drone killed two": what is no doer of its own is the means."""
    return name if name != "agent" or _fits(name, slot, frame, context) else "instrument"


def _named(
    slot: Slot, proposition: Proposition, frame: Frame, context: Context
) -> tuple[str | None, bool]:
    """The role that the frame gives to the slot, and whether it takes such a filler at all."""
    spec = _spec(slot, proposition, frame)
    name, taken = _by_spec(spec, slot, context)
    if slot.name == "possessor" and is_of_another(name, proposition, frame, context):
        return _by_spec(frame.roles.get("subject", "default"), slot, context)
    return name, taken


def _by_spec(
    spec: str | dict[str, str | None] | None, slot: Slot, context: Context
) -> tuple[str | None, bool]:
    if isinstance(spec, dict):
        name = _by_class(spec, slot, context)
        ignored = [kind for kind, role in spec.items() if role is None and kind[0].isupper()]
        taken = name is not None or "other" in spec or context.fits(slot.head, ignored)
        return name, taken
    return place_role(slot, context) if spec == "default" else spec, True


def _fits(name: str, slot: Slot, frame: Frame, context: Context) -> bool:
    """Whether the filler is of a class that the frame allows in the role, and can have it."""
    allowed = frame.types.get(name, PLACES if name in PLACE_ROLES else ())
    if takes_places(allowed) and is_demonym(slot.head, context):
        return False
    fitting = context.fits(slot.head, allowed) and can_act(name, slot.head, context)
    fitting = fitting or (name == "location" and is_gathering(slot.head, context))
    return slot.head not in context.dated and (not allowed or fitting)


def _event_role(slot: Slot, proposition: Proposition, frame: Frame) -> Iterator[Role]:
    """An event in a slot causes the event, or is what it is about."""
    spec = frame.roles.get(slot.name)
    if isinstance(spec, dict) and "event" in spec:
        if spec["event"]:  # "freed from arrest" does not come of the arrest
            yield Role(spec["event"], slot.head, event=True)
    elif slot.name == "subject" or (slot.name in _CAUSAL and not is_measure(slot, proposition)):
        yield Role("cause", slot.head, event=True)
    elif slot.name == "object" and isinstance(spec, dict) and spec.get("other"):
        yield Role(str(spec["other"]), slot.head, event=True)
    elif slot.name == "object" and isinstance(spec, str) and proposition.kind == "verb":
        raise _MismatchError


def _scene(slot: Slot, trigger: Trigger, context: Context, *, about: bool) -> Iterator[Role]:
    """Where an event is that bears a name; an investigation about a land is elsewhere."""
    there = not about or is_a(trigger.type, "CombatEvent")
    if there and context.fits(slot.head, PLACES) and not context.is_open(slot.head):
        yield Role("location", slot.head, "in")


def _spec(slot: Slot, proposition: Proposition, frame: Frame) -> str | dict[str, str | None] | None:
    """What the frame says of a slot; of a noun, owner and "of" are subject and object."""
    if slot.nested:
        return "default"
    names = slots_of_there(frame) if slot.name == "there" else [slot.name]
    if slot.name == "on" and proposition.kind == "noun" and proposition.slot("against"):
        return "default"  # "an attack against rebels on the island of X"
    if proposition.kind != "verb":
        names += _NOMINAL.get(slot.name, ())
    for name in names:
        if name in frame.roles:
            return frame.roles[name]
    return "default"


def _by_class(spec: dict[str, str | None], slot: Slot, context: Context) -> str | None:
    if context.is_open(slot.head) and "other" in spec:
        return spec["other"] or spec.get("Agent")  # a pronoun fits every class, so it shows none
    for kind, role in spec.items():
        if kind not in _KEYS and context.fits(slot.head, (kind,)):
            return role
    return spec.get("other")
