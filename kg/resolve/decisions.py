"""Applies the ledger to readings: splits first, then further names, then merges.

`Decider.apply` works on one reading and knows nothing of the others, so that readings can be
streamed, kept and redone alone, wherever they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from kg.description import completed, with_names
from kg.gazetteer import Gazetteer, fold
from kg.model import Attribution, Claim, Decision, Entity, Filler, Reading, Reference
from kg.resolve.entities import closure, from_entry
from kg.resolve.ledger import Ledger
from kg.vocab import is_a

_KINDS = ("Person", "PersonGroup", "Organization", "Place", "Materiel", "Conflict")
_NAMED = {"p": "Person", "n": "Organization"}  # kinds by the first letter of an id


class _Moved(Struct, frozen=True):
    """Where a decision leads an entity."""

    entity: str
    decision: Decision


type _Move = Callable[[str, int | None], _Moved | None]
"""What is decided of an entity as one mention (by its number) means it, or as any does."""


class Decider:
    """What a ledger makes of readings."""

    def __init__(self, ledger: Ledger, gazetteer: Gazetteer) -> None:
        self._ledger = ledger
        self._gazetteer = gazetteer
        self._split: dict[str, dict[str, _Moved]] = {}
        for (entity, report), (other, decision) in ledger.splits.items():
            self._split.setdefault(report, {})[entity] = _Moved(other, decision)
        self._given: dict[str, set[str]] = {}
        self._taken: dict[str, set[str]] = {}
        self._bearer: dict[str, _Moved] = {}
        for (entity, key), decision in ledger.names.items():
            lists = self._given if decision.verdict == "same" else self._taken
            lists.setdefault(entity, set()).update(n for n in decision.names if _key(n) == key)
            if decision.verdict == "same":
                self._bearer[key] = _Moved(entity, decision)

    def apply(self, reading: Reading) -> Reading:
        """The reading with the entities that are decided; itself when nothing of it is touched."""
        return self._joined(self._parted(reading)) if self._ledger else reading

    # -------------------------------------------------------------------------- splits

    def _parted(self, reading: Reading) -> Reading:
        """The reading with what it was wrongly taken to mean replaced."""
        apart = self._apart(reading)
        if not apart:
            return reading

        def move(entity: str, mention: int | None) -> _Moved | None:
            return apart.get((entity, mention)) or apart.get((entity, None))

        records = {entity.id: entity for entity in reading.entities}
        for (entity, _), moved in apart.items():
            if entity in records and moved.entity not in records:
                records[moved.entity] = self._split_off(records[entity], moved.entity)
        for id_, record in records.items():
            if id_.startswith("x_"):  # what only this report knows goes with it
                records[id_] = _linked(record, move)
        return self._rewritten(reading, move, records)

    def _apart(self, reading: Reading) -> dict[tuple[str, int | None], _Moved]:
        """What is split off in a reading: by entity, and by mention where only that is meant."""
        if not self._split:
            return {}
        document = f"doc_{reading.document.id[:16]}"
        found: dict[tuple[str, int | None], _Moved] = {}
        for report in (reading.document.uri, document):
            for entity, moved in self._split.get(report, {}).items():
                found[entity, None] = moved
        for number, mention in enumerate(reading.mentions):
            where = f"{document}_c{mention.span.start}_{mention.span.end}"
            for entity, moved in self._split.get(where, {}).items():
                found[entity, number] = moved
        return found

    def _split_off(self, entity: Entity, id_: str) -> Entity:
        """The known entity that is meant, else one of the same kind and label and no more."""
        if id_ in self._gazetteer:
            return from_entry(self._gazetteer[id_])
        return Entity(id_, entity.type, entity.label, anonymous=entity.anonymous)

    # ------------------------------------------------------------------ names and merges

    def _joined(self, reading: Reading) -> Reading:
        """The reading with one entity for those that are the same."""
        records = {entity.id: entity for entity in reading.entities}
        moves = {id_: moved for id_ in records if (moved := self._decided(records[id_], records))}
        renamed = records.keys() & (self._given.keys() | self._taken.keys())
        if not moves and not renamed:
            return reading

        def move(entity: str, _mention: int | None) -> _Moved | None:
            return moves.get(entity)

        kept = {id_: record for id_, record in records.items() if id_ not in moves}
        for id_, moved in sorted(moves.items()):
            known = kept.get(moved.entity) or self._known(moved.entity)
            record = replace(records[id_], id=moved.entity)
            kept[moved.entity] = completed(known, record) if known else record
        kept = {id_: self._renamed(_linked(record, move)) for id_, record in kept.items()}
        return self._rewritten(reading, move, kept)

    def _decided(self, entity: Entity, records: Mapping[str, Entity]) -> _Moved | None:
        """Which entity stands for this one, through its name or by a merge."""
        bearer = self._bearer.get(_key(entity.label))
        if bearer and not self._may_bear(entity, bearer.entity, records):
            bearer = None
        here = bearer.entity if bearer else entity.id
        root = self._ledger.root(here)
        if root != here:
            return _Moved(root, self._ledger.behind(here))
        return bearer

    def _may_bear(self, entity: Entity, bearer: str, records: Mapping[str, Entity]) -> bool:
        """Whether an entity may be taken for the one that bears its name: of the same kind only."""
        if entity.id == bearer or entity.anonymous or entity.id in self._gazetteer:
            return False
        known = records.get(bearer) or self._known(bearer)
        kind = _kind(known.type) if known else _NAMED.get(bearer.partition("_")[0])
        return kind == _kind(entity.type) and not self._ledger.apart(entity.id, bearer)

    def _renamed(self, entity: Entity) -> Entity:
        """The record with the names that the ledger adds, and without those it takes away."""
        taken = {_key(name) for name in self._taken.get(entity.id, ())}
        aliases = tuple(alias for alias in entity.aliases if _key(alias) not in taken)
        return with_names(replace(entity, aliases=aliases), *self._given.get(entity.id, ()))

    def _known(self, id_: str) -> Entity | None:
        return from_entry(self._gazetteer[id_]) if id_ in self._gazetteer else None

    # -------------------------------------------------------------------------- rewriting

    def _rewritten(self, reading: Reading, move: _Move, records: Mapping[str, Entity]) -> Reading:
        references = tuple(_reference(each, move) for each in reading.references)
        claims = tuple(_claim(claim, move) for claim in reading.claims)
        open_claims = tuple(_claim(claim, move) for claim in reading.open_claims)
        named = _named_in(references, (*claims, *open_claims))
        used = {id_: records[id_] for id_ in named if id_ in records}
        queue = list(used.values())
        for record in queue:  # grows while it is read
            for link in filter(None, (record.side, record.within, record.affiliation)):
                if link in records and link not in used:
                    used[link] = records[link]
                    queue.append(records[link])
        return replace(
            reading,
            references=references,
            claims=claims,
            open_claims=open_claims,
            entities=tuple(closure(used, self._gazetteer)),
        )


def _key(name: str) -> str:
    return fold(name).casefold()


def _kind(type_: str) -> str:
    return next((kind for kind in _KINDS if is_a(type_, kind)), type_)


def _linked(entity: Entity, move: _Move) -> Entity:
    """The record with its links led to the entities that are decided, never to itself."""

    def link(target: str | None) -> str | None:
        moved = move(target, None) if target else None
        found = moved.entity if moved else target
        return found if found != entity.id else None

    return replace(
        entity,
        side=link(entity.side),
        within=link(entity.within),
        affiliation=link(entity.affiliation),
    )


def _reference(reference: Reference, move: _Move) -> Reference:
    surface = move(reference.surface, reference.mention) if reference.surface else None
    if surface:
        reference = replace(reference, surface=surface.entity)
    moved = move(reference.entity, reference.mention)
    if moved is None:
        return reference
    decision = moved.decision
    reason = f": {decision.reason}" if decision.reason else ""
    method = f"decided {decision.verdict} {decision.method}{reason}"
    return replace(reference, entity=moved.entity, method=method, score=decision.score)


def _claim(claim: Claim, move: _Move) -> Claim:
    def fill(filler: Filler) -> Filler:
        moved = move(filler.entity, filler.mention) if filler.entity else None
        return replace(filler, entity=moved.entity) if moved else filler

    return replace(
        claim,
        arguments=tuple(replace(each, filler=fill(each.filler)) for each in claim.arguments),
        attributions=tuple(_attribution(each, fill) for each in claim.attributions),
    )


def _attribution(step: Attribution, fill: Callable[[Filler], Filler]) -> Attribution:
    return replace(
        step,
        sources=tuple(map(fill, step.sources)),
        via=tuple(map(fill, step.via)),
        medium=tuple(map(fill, step.medium)),
        basis=tuple(map(fill, step.basis)),
    )


def _named_in(references: Iterable[Reference], claims: Iterable[Claim]) -> list[str]:
    """Every entity that references and claims name, in order."""
    named = [name for each in references for name in (each.entity, each.surface) if name]
    for claim in claims:
        fillers = [argument.filler for argument in claim.arguments]
        for step in claim.attributions:
            fillers += (*step.sources, *step.via, *step.medium, *step.basis)
        named += [filler.entity for filler in fillers if filler.entity]
    return list(dict.fromkeys(named))
