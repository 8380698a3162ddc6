"""The proposition: one predicate with its grammatical slots, after syntax has been undone.

Active, passive, reduced relative, relative clause, control, coordination and light verbs all end
in the same record (PredPatt, White et al. 2016; ClausIE, Del Corro and Gemulla 2013), so that an
event type never repeats syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct, field

Kind = Literal["verb", "noun", "adjective"]
Link = Literal[
    "root", "complement", "infinitive", "gerund", "adverbial", "purpose", "relative",
    "participle", "conjunct", "object", "subject", "oblique", "of-noun",
]  # fmt: skip


class Slot(Struct):
    """One filler; `name` is a preposition, or one of `subject object indirect bearer possessor
    compound undergoer`: a compound is a noun in front of a noun, where it may be its place as well
    as its owner; an undergoer the subject of "suffer", "face", who is never the doer.

    `nested` marks a place said of another filler ("an attack on a town in X"): it may tell where,
    but fills no role of its own. `spatial` overrides the preposition's own relation ("southeast
    of X"). `member` marks who is named after "including" as one of the filler before.
    """

    name: str
    head: int
    spatial: str | None = None
    part: bool = False
    nested: bool = False
    member: bool = False


class Proposition(Struct):
    """A predicate at token `head`.

    `lemmas` are the forms under which it may be listed, the most specific first ("push back",
    "push"). `link` says how it hangs on `governor` (a token; None for a root), `marker` is the
    subordinator or preposition between them. A noun under a light verb keeps it in `light`.
    """

    head: int
    kind: Kind
    lemmas: tuple[str, ...]
    slots: list[Slot] = field(default_factory=list)
    passive: bool = False
    governor: int | None = None
    link: Link = "root"
    marker: str | None = None
    light: int | None = None

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)

    def all(self, name: str) -> list[Slot]:
        return [slot for slot in self.slots if slot.name == name]

    def add(self, slot: Slot) -> None:
        """Adds a filler unless the same slot holds it already."""
        if all((s.name, s.head) != (slot.name, slot.head) for s in self.slots):
            self.slots.append(slot)


def surface_subject(proposition: Proposition) -> list[Slot]:
    """What stands before the verb: the logical object of a passive, or who is given one."""
    if not proposition.passive:
        return proposition.all("subject")
    return proposition.all("indirect") or proposition.all("object")


def obliques(slots: Iterable[Slot]) -> Iterator[Slot]:
    """The slots that are neither subject nor object."""
    return (s for s in slots if s.name not in ("subject", "object", "indirect"))
