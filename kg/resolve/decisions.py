"""Applies the ledger to readings: splits first, then further names, then merges.

`Plan` is made once from all entities of a corpus; `Plan.apply` then works on one reading at a time
and knows nothing of the others, so that readings can be streamed, kept and redone alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from kg.gazetteer import Gazetteer, fold
from kg.model import Attribution, Claim, Decision, Entity, Filler, Reading, Reference
from kg.resolve.entities import closure, from_entry
from kg.resolve.ledger import Ledger
from kg.vocab import is_a

_KINDS = ("Person", "PersonGroup", "Organization", "Place", "Materiel", "Conflict")

_LINKS = ("wikidata", "geonames", "lat", "lon", "side", "within", "affiliation")


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a decision leads an entity."""

    entity: str
    decision: Decision


class Plan:
    """What the ledger makes of the entities of a corpus."""

    def __init__(self, ledger: Ledger, entities: Iterable[Entity], gazetteer: Gazetteer) -> None:
        """`entities` are those of all readings, in any order and number."""
        self._ledger = ledger
        self._gazetteer = gazetteer
        self._split: dict[str, dict[str, Moved]] = {}
        for (entity, report), (other, decision) in ledger.splits.items():
            self._split.setdefault(report, {})[entity] = Moved(other, decision)
        self._named = {
            name: Moved(entity, decision)
            for (entity, name), decision in ledger.names.items()
            if decision.verdict == "same"
        }
        self._merged = {
            entity: Moved(ledger.root(entity), ledger.behind(entity)) for entity in ledger.merged
        }
        self._records = self._canonical(entities)

    def apply(self, reading: Reading) -> Reading:
        """The reading with the entities that are decided; itself when nothing of it is touched."""
        apart = self._splits_of(reading)
        records = {entity.id: entity for entity in reading.entities}

        def moved(entity: str, mention: int | None = None) -> Moved | None:
            split = apart.get((entity, mention)) or apart.get((entity, None))
            here = split.entity if split else entity
            named = self._by_name(records.get(here))
            here = named.entity if named else here
            merged = self._merged.get(here)
            return merged or named or split

        def name(entity: str, mention: int | None = None) -> str:
            found = moved(entity, mention)
            return found.entity if found else entity

        touched = apart or any(
            moved(id_) or self._records.get(id_, entity) != entity
            for id_, entity in records.items()
        )
        if not touched:
            return reading
        references = tuple(_reference(each, moved) for each in reading.references)
        claims = tuple(_claim(claim, name) for claim in reading.claims)
        used = _named_in(references, claims) | {name(id_) for id_ in records}
        return replace(
            reading,
            references=references,
            claims=claims,
            entities=self._entities(used, records, name),
        )

    def _splits_of(self, reading: Reading) -> dict[tuple[str, int | None], Moved]:
        """What is split off in a reading: by entity, and by mention where only that is meant."""
        document = f"doc_{reading.document.id[:16]}"
        found: dict[tuple[str, int | None], Moved] = {}
        for report in (reading.document.uri, document):
            for entity, moved in self._split.get(report, {}).items():
                found[entity, None] = moved
        for number, mention in enumerate(reading.mentions if self._split else ()):
            where = f"{document}_c{mention.span.start}_{mention.span.end}"
            for entity, moved in self._split.get(where, {}).items():
                found[entity, number] = moved
        return found

    def _by_name(self, entity: Entity | None) -> Moved | None:
        """The entity that somebody says a name is of; never one of another kind."""
        if entity is None or entity.anonymous or entity.id in self._gazetteer:
            return None
        found = self._named.get(_key(entity.label))
        if found is None or found.entity == entity.id:
            return None
        target = self._records.get(found.entity)
        alike = target is not None and _kind(target.type) == _kind(entity.type)
        return found if alike and not self._ledger.apart(entity.id, found.entity) else None

    # ------------------------------------------------------------------------- records

    def _canonical(self, entities: Iterable[Entity]) -> dict[str, Entity]:
        """One record for each entity that several reports may describe differently."""
        wanted = {entity for entity, _ in self._ledger.names}
        wanted |= {entity for entity, _ in self._ledger.splits}
        wanted |= {entity for pair in self._ledger.pairs for entity in pair}
        found: dict[str, set[Entity]] = {}
        for entity in entities:
            if entity.id in wanted or entity.id.startswith(("n_", "p_")):
                found.setdefault(entity.id, set()).add(entity)
        own = {id_: reduce(_unified, sorted(each, key=_order)) for id_, each in found.items()}
        for other, decision in self._ledger.splits.values():
            if other not in own and decision.entities[0] in own:
                own[other] = _bare(own[decision.entities[0]], other)
        for id_ in wanted & self._gazetteer.keys():
            own[id_] = from_entry(self._gazetteer[id_])
        for id_, moved in sorted(self._merged.items()):
            if id_ in own:
                kept = own.get(moved.entity) or replace(own[id_], id=moved.entity)
                own[moved.entity] = _filled(kept, own[id_])
        return {id_: self._renamed(entity) for id_, entity in own.items()}

    def _renamed(self, entity: Entity) -> Entity:
        """The record with the names that the ledger adds, and without those it takes away."""
        taken = {
            name
            for (id_, name), decision in self._ledger.names.items()
            if id_ == entity.id and decision.verdict == "different"
        }
        given = [
            name
            for (id_, key), decision in self._ledger.names.items()
            if id_ == entity.id and decision.verdict == "same"
            for name in decision.names
            if _key(name) == key
        ]
        aliases = tuple(alias for alias in entity.aliases if _key(alias) not in taken)
        return _with_names(replace(entity, aliases=aliases), *given)

    def _entities(
        self, used: Iterable[str], records: Mapping[str, Entity], name: Callable[[str], str]
    ) -> tuple[Entity, ...]:
        """The records of the entities that are used, and of those that they link to."""
        found: dict[str, Entity] = {}
        queue = sorted(used)
        for id_ in queue:  # grows while it is read
            entity = self._record(id_, records)
            if id_ in found or entity is None:
                continue
            # What only this report knows goes with its split; the others with the merges alone.
            scoped = id_.startswith("x_")
            found[id_] = _linked(entity, name if scoped else self._ledger.root)
            queue += filter(None, (found[id_].side, found[id_].within, found[id_].affiliation))
        return tuple(closure(found, self._gazetteer))

    def _record(self, id_: str, records: Mapping[str, Entity]) -> Entity | None:
        known = self._records.get(id_) or records.get(id_)
        if known is None and id_ in self._gazetteer:
            return from_entry(self._gazetteer[id_])
        return known


def decide(
    readings: Iterable[Reading], ledger: Ledger, gazetteer: Gazetteer
) -> tuple[Reading, ...]:
    """All readings with the entities that are decided; a pure function of its arguments."""
    kept = tuple(readings)
    plan = Plan(ledger, (entity for each in kept for entity in each.entities), gazetteer)
    return tuple(map(plan.apply, kept))


def _key(name: str) -> str:
    return fold(name).casefold()


def _kind(type_: str) -> str:
    return next((kind for kind in _KINDS if is_a(type_, kind)), type_)


def _order(entity: Entity) -> tuple[str, str, str]:
    return entity.label, entity.type, repr(entity)


def _unified(one: Entity, other: Entity) -> Entity:
    """Two descriptions of one thing: the first label, the more specific class."""
    merged = _filled(one, other)
    return replace(merged, type=other.type) if is_a(other.type, one.type) else merged


def _filled(kept: Entity, other: Entity) -> Entity:
    """`kept` with what only the other description tells, and with its names."""
    links = {name: getattr(kept, name) or getattr(other, name) for name in _LINKS}
    return _with_names(replace(kept, **links), other.label, *other.aliases)


def _with_names(entity: Entity, *names: str) -> Entity:
    aliases = {*entity.aliases, *names} - {entity.label}
    return replace(entity, aliases=tuple(sorted(aliases)))


def _bare(entity: Entity, id_: str) -> Entity:
    """What is known of a thing of the same name: its kind and label, no link and no place."""
    return Entity(id_, entity.type, entity.label, anonymous=entity.anonymous)


def _linked(entity: Entity, name: Callable[[str], str]) -> Entity:
    """The record with its links led to the entities that are decided, never to itself."""

    def link(target: str | None) -> str | None:
        found = name(target) if target else None
        return found if found != entity.id else None

    return replace(
        entity,
        side=link(entity.side),
        within=link(entity.within),
        affiliation=link(entity.affiliation),
    )


def _reference(reference: Reference, moved: Callable[[str, int | None], Moved | None]) -> Reference:
    surface = moved(reference.surface, reference.mention) if reference.surface else None
    found = moved(reference.entity, reference.mention)
    if surface:
        reference = replace(reference, surface=surface.entity)
    if found is None:
        return reference
    decision = found.decision
    reason = f": {decision.reason}" if decision.reason else ""
    method = f"decided {decision.verdict} {decision.method}{reason}"
    return replace(reference, entity=found.entity, method=method, score=decision.score)


def _claim(claim: Claim, name: Callable[[str, int | None], str]) -> Claim:
    def fill(filler: Filler) -> Filler:
        if filler.entity is None:
            return filler
        return replace(filler, entity=name(filler.entity, filler.mention))

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


def _named_in(references: Iterable[Reference], claims: Iterable[Claim]) -> set[str]:
    """Every entity that references and claims name."""
    named = {reference.entity for reference in references}
    named |= {reference.surface for reference in references if reference.surface}
    for claim in claims:
        fillers = [argument.filler for argument in claim.arguments]
        for step in claim.attributions:
            fillers += (*step.sources, *step.via, *step.medium, *step.basis)
        named |= {filler.entity for filler in fillers if filler.entity}
    return named
