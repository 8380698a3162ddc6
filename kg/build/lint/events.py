"""Checks the event files: terms, roles, edges, dead entries and the form of the examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.build.lint.finding import Finding
from kg.build.lint.matching import SPECIAL
from kg.build.lint.triggers import KINDS, shadowed, slot_roles
from kg.lexicon import EventFile, Frame
from kg.resources import Key, YamlFile
from kg.slots import Slots
from kg.vocab import CLASSES, EDGES, PARTICIPANTS, is_a

ROLES = PARTICIPANTS | {"cause", "content"}
_NEVER_A_SLOT = frozenset(("cause", "content"))  # filled by the clause below, not by a phrase
_GRAMMATICAL = frozenset(
    ("subject", "object", "indirect", "bearer", "undergoer", "possessor", "compound")
)
ANSWERED = "inReturnFor"  # its types are the events that one answers: "reciprocated with"
VALUES = frozenset(("CT+", "CT-", "CTu", "PR+", "PR-", "PS+", "PS-", "Uu"))

Loaded = tuple[YamlFile, EventFile]


def check_events(files: Sequence[Loaded], slots: Slots) -> Iterator[Finding]:
    """Findings of files that keep their schema, of each alone and of all together."""
    for file, event in files:
        yield from _class(file, event)
        yield from _edges(file, event, slots)
        for number, frame in enumerate(event.frames):
            yield from _frame(file, number, frame, slots)
        yield from _agent_from(file, event, slots)
        yield from _towards(file, event)
        yield from _examples(file, event)
    yield from _forbidden(files, slots)
    yield from _claimed_twice(files)
    yield from _borrowed(files)


def _class(file: YamlFile, event: EventFile) -> Iterator[Finding]:
    if event.type not in CLASSES:
        yield Finding("KG102", file.where("type"), f"`{event.type}` is no class of the ontology")
    elif not is_a(event.type, "Event"):
        yield Finding("KG103", file.where("type"), f"`{event.type}` is no class of events")


def _edges(file: YamlFile, event: EventFile, slots: Slots) -> Iterator[Finding]:
    known = _spatial(slots)
    given = {role for frame in event.frames for role in _given(frame, slots)}
    given |= {"agent"} if event.agent_from else set()
    given |= {event.borrow.role} if event.borrow else set()
    given |= {event.towards.role} if event.towards else set()
    for number, rule in enumerate(event.edges):
        if rule.edge not in EDGES:
            where = file.where("edges", number, "edge")
            yield Finding("KG104", where, f"`{rule.edge}` is no plain edge of the ontology")
        for key in ("subject", "object"):
            where, role = file.where("edges", number, key), getattr(rule, key)
            yield from _role(where, role)
            if role in ROLES and role not in given:
                yield Finding("KG109", where, f"no frame of the file gives the role `{role}`")
        for relation in sorted(set(rule.spatial) - known):
            where = file.where("edges", number, "spatial")
            yield Finding("KG107", where, f"`{relation}` is no spatial relation of slots.yml")


def _frame(file: YamlFile, number: int, frame: Frame, slots: Slots) -> Iterator[Finding]:
    at = ("frames", number)
    if not any(getattr(frame, kind) for kind in KINDS):
        yield Finding("KG109", file.where(*at), "the frame has no trigger")
    for kind in KINDS:
        yield from _doubled(file, (*at, kind), getattr(frame, kind))
    for slot, spec in frame.roles.items():
        where = file.where(*at, "roles", slot)
        for role in slot_roles(frame)[slot]:
            yield from _role(where, role)
        if isinstance(spec, dict):
            yield from _classes(where, spec)
    for role, classes in frame.types.items():
        where = file.where(*at, "types", role)
        if role == ANSWERED:
            yield from _event_classes(where, classes)
            continue
        yield from _role(where, role)
        yield from _classes(where, classes)
    yield from _dead(file, at, frame, slots)


def _dead(file: YamlFile, at: tuple[Key, ...], frame: Frame, slots: Slots) -> Iterator[Finding]:
    given = _given(frame, slots)
    for role in frame.types:
        if role in ROLES and role not in given:
            where = file.where(*at, "types", role)
            yield Finding("KG109", where, f"no slot of the frame gives the role `{role}`")
    for index, required in enumerate(frame.require):
        where = file.where(*at, "require", index)
        for role in required.split("|"):
            yield from _role(where, role)
            if role in ROLES and role not in given:
                yield Finding("KG109", where, f"no slot of the frame gives the role `{role}`")


def _given(frame: Frame, slots: Slots) -> set[str]:
    """The roles that a clause can fill under a frame: its own, those of places, of clauses."""
    own = {role for roles in slot_roles(frame).values() for role in roles}
    return own | {place.role for place in slots.places.values()} | _NEVER_A_SLOT


def _agent_from(file: YamlFile, event: EventFile, slots: Slots) -> Iterator[Finding]:
    role = event.agent_from
    if role is None:
        return
    yield from _role(file.where("agent_from"), role)
    if role in ROLES and not any(role in _given(frame, slots) for frame in event.frames):
        yield Finding("KG109", file.where("agent_from"), f"no frame gives the role `{role}`")


def _towards(file: YamlFile, event: EventFile) -> Iterator[Finding]:
    rule = event.towards
    if rule is None:
        return
    for role in (rule.role, *rule.content):
        yield from _role(file.where("towards"), role)
    if rule.aim is not None and not _below(rule.aim, "Event"):
        yield Finding("KG103", file.where("towards"), f"`{rule.aim}` is no class of events")


def _examples(file: YamlFile, event: EventFile) -> Iterator[Finding]:
    if not any("say" in example for example in event.examples):
        yield Finding("KG110", file.where("examples"), "there is no example that says the event")
    for number, example in enumerate(event.examples):
        where = file.where("examples", number)
        if len(example.keys() & {"say", "never"}) != 1:
            yield Finding("KG111", where, "an example has either `say` or `never`")
        for key in sorted(example.keys() - SPECIAL - ROLES - {"say", "never"}):
            yield Finding("KG106", where, f"`{key}` is no role")
        if example.get("value", "CT+") not in VALUES:
            yield Finding("KG111", where, f"`{example['value']}` is no FactBank value")
        if "type" in example and not _below(example["type"], event.type):
            yield Finding("KG111", where, f"`{example['type']}` is not below `{event.type}`")
        sentence = example.get("say", "")
        for key in sorted(example.keys() & (ROLES | {"source"})):
            if "say" in example and example[key] not in sentence:
                yield Finding("KG111", where, f"`{example[key]}` is not in the sentence")


def _forbidden(files: Sequence[Loaded], slots: Slots) -> Iterator[Finding]:
    """Slots that stand in the way of a frame but that no frame and no place knows."""
    known = _GRAMMATICAL | slots.places.keys()
    known |= {slot for _, event in files for frame in event.frames for slot in frame.roles}
    for file, event in files:
        for number, frame in enumerate(event.frames):
            for slot in sorted(set(frame.forbid) - known):
                where = file.where("frames", number, "forbid")
                yield Finding("KG109", where, f"nothing fills the slot `{slot}`")


def _claimed_twice(files: Sequence[Loaded]) -> Iterator[Finding]:
    owners: dict[tuple[Path, str], str] = {}
    for file, event in files:
        first = owners.setdefault((file.path.parent, event.type), file.where("type"))
        if first != file.where("type"):
            message = f"`{event.type}` has a file already: {first}"
            yield Finding("KG108", file.where("type"), message)
    for trigger, winner in shadowed(files):
        message = (
            f"`{trigger.lemma}` is claimed twice: the frame of {winner.type} at {winner.where} "
            f"reads all that this one reads"
        )
        yield Finding("KG108", trigger.where, message)


def _borrowed(files: Sequence[Loaded]) -> Iterator[Finding]:
    known = {event.type for _, event in files}
    for file, event in files:
        if event.borrow is None:
            continue
        yield from _role(file.where("borrow", "role"), event.borrow.role)
        if event.borrow.source not in known:
            message = f"no file reads events of the class `{event.borrow.source}`"
            yield Finding("KG109", file.where("borrow", "source"), message)


def _role(where: str, role: str) -> Iterator[Finding]:
    if role not in ROLES:
        yield Finding("KG106", where, f"`{role}` is no role")


def _classes(where: str, fillers: Iterable[str]) -> Iterator[Finding]:
    """A filler in lower case is a head noun (or the word `other` or `event`), not a class."""
    for name in fillers:
        if name[:1].isupper() and not _below(name, "Entity"):
            yield Finding("KG105", where, f"`{name}` is no class of entities")


def _event_classes(where: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if not _below(name, "Event"):
            yield Finding("KG103", where, f"`{name}` is no class of events")


def _doubled(file: YamlFile, at: tuple[Key, ...], lemmas: Sequence[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, lemma in enumerate(lemmas):
        if lemma in seen:
            yield Finding("KG108", file.where(*at, index), f"`{lemma}` stands twice in the list")
        seen.add(lemma)


def _spatial(slots: Slots) -> set[str]:
    return {place.spatial for place in slots.places.values()} | slots.relators.keys()


def _below(name: str, above: str) -> bool:
    return name in CLASSES and above in CLASSES and is_a(name, above)
