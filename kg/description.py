"""One description of a thing out of several."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from msgspec.structs import replace

from kg.gazetteer import fold
from kg.model import Entity
from kg.vocab import is_a

_FACTS = ("wikidata", "geonames", "lat", "lon", "side", "within", "affiliation")


def described(records: Iterable[Entity]) -> Entity:
    """The one record of an entity, whatever the order of the given ones, at least one.

    Its label is the one that its id was made of, where a report uses it, the others are aliases;
    its class is the most specific one of those that agree.
    """
    return reduce(_agreed, sorted(records, key=_rank))


def completed(kept: Entity, other: Entity) -> Entity:
    """`kept` with what only the other description tells, and with its names as aliases."""
    facts = {name: getattr(kept, name) or getattr(other, name) for name in _FACTS}
    return with_names(replace(kept, **facts), other.label, *other.aliases)


def with_names(entity: Entity, *names: str) -> Entity:
    """The entity with more aliases, sorted and each once."""
    aliases = {*entity.aliases, *names} - {entity.label}
    return replace(entity, aliases=tuple(sorted(aliases)))


def _rank(entity: Entity) -> tuple[bool, str, str, str]:
    words = "".join(filter(str.isalnum, fold(entity.label).casefold()))
    named = entity.id.replace("_", "").casefold().endswith(words)
    return not named, entity.label, entity.type, repr(entity)


def _agreed(kept: Entity, other: Entity) -> Entity:
    type_ = other.type if is_a(other.type, kept.type) else kept.type
    return completed(replace(kept, type=type_), other)
