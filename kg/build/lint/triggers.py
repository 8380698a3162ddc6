"""Triggers that can never be chosen.

Many event types share a verb: "send" is a deployment with troops, a supply with arms. Which frame
reads a clause is decided by what fills its slots, then by how many roles are filled, and between
equals by the order of the files (`kg.extract`). So a lemma is claimed twice, and the second claim
is dead, when a frame before it reads every clause that the second one reads, at least as fully:

- it gives a role to each slot of the second and takes there all that the second takes,
- it looks at no subject or object that the second leaves aside,
- whatever the second requires is enough for it, it asks for as many things, and forbids no more.

Two equal frames are the plain case. Frames that differ in a required slot, or in what may fill it,
are never reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from kg.lexicon import EventFile, Frame
from kg.resources import YamlFile
from kg.vocab import CLASSES, is_a

Kind = Literal["verbs", "nouns", "adjectives"]
KINDS: tuple[Kind, ...] = ("verbs", "nouns", "adjectives")
_CORE = frozenset(("subject", "object"))
_ANYTHING = frozenset(("Entity",))

Fillers = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A lemma of a frame, with the place that says so."""

    where: str
    type: str
    lemma: str
    kind: Kind
    frame: Frame


def shadowed(files: Sequence[tuple[YamlFile, EventFile]]) -> Iterator[tuple[Claimed, Claimed]]:
    """Each trigger that is never chosen, with the earlier one that always is; files in order."""
    claims: dict[tuple[Kind, str], list[Claimed]] = defaultdict(list)
    for claimed in _claimed(files):
        earlier = claims[claimed.kind, claimed.lemma]
        winner = next((each for each in earlier if _covers(each.frame, claimed.frame)), None)
        if winner is not None:
            yield claimed, winner
        earlier.append(claimed)


def _claimed(files: Sequence[tuple[YamlFile, EventFile]]) -> Iterator[Claimed]:
    for file, event in files:
        for number, frame in enumerate(event.frames):
            for kind in KINDS:
                lemmas = cast("tuple[str, ...]", getattr(frame, kind))
                for index, lemma in enumerate(dict.fromkeys(lemmas)):
                    where = file.where("frames", number, kind, index)
                    yield Claimed(where, event.type, lemma, kind, frame)


def _covers(first: Frame, second: Frame) -> bool:
    one, other = _fillers(first), _fillers(second)
    return (
        all(slot in one and _takes(one[slot], other[slot]) for slot in other)
        and _CORE & one.keys() <= other.keys()
        and _needs_no_more(first, second)
        and len(first.require) >= len(second.require)
        and set(first.forbid) <= set(second.forbid)
    )


def _fillers(frame: Frame) -> Fillers:
    """What may stand in each slot that gives a role."""
    found: dict[str, frozenset[str]] = {}
    for slot, roles in slot_roles(frame).items():
        if roles:
            allowed = (frame.types.get(role) or _ANYTHING for role in roles)
            found[slot] = frozenset(kind for kinds in allowed for kind in kinds)
    return found


def slot_roles(frame: Frame) -> dict[str, tuple[str, ...]]:
    """The roles that each slot of a frame may give."""
    found: dict[str, tuple[str, ...]] = {}
    for slot, spec in frame.roles.items():
        names = spec.values() if isinstance(spec, dict) else (spec,)
        found[slot] = tuple(name.partition("/")[0] for name in names if name)
    return found


def _takes(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    barred = {kind for kind in wide if kind.startswith("-")}
    taken = {kind for kind in narrow if not kind.startswith("-")}
    within = all(any(_within(kind, above) for above in wide) for kind in taken)
    return within and barred <= narrow


def _within(kind: str, above: str) -> bool:
    """Whether a class is below another; a head noun (lower case) is only below itself."""
    if kind == above:
        return True
    return kind in CLASSES and above in CLASSES and is_a(kind, above)


def _needs_no_more(first: Frame, second: Frame) -> bool:
    """Whether each thing that the first requires is given where the second's are."""
    given = [_slots(second, required) for required in second.require]
    return all(
        any(slots and slots <= _slots(first, required) for slots in given)
        for required in first.require
    )


def _slots(frame: Frame, required: str) -> frozenset[str]:
    wanted = set(required.split("|"))
    return frozenset(slot for slot, roles in slot_roles(frame).items() if wanted & set(roles))
