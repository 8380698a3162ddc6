"""What a graph holds to be one thing: an entity by any of its names, and why mentions mean it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from kg import rdf
from kg.errors import QueryError
from kg.rdf import IRI
from kg.store.sources import Graph
from kg.vocab import DATA, NAMESPACE

_SHOWN = 8
_NAMED = """SELECT DISTINCT ?entity WHERE {{
  ?entity {property} ?name ; a kg:Entity FILTER(LCASE(STR(?name)) = LCASE({name}))
}} ORDER BY ?entity"""
_KNOWN = "SELECT ?label WHERE {{ {entity} a kg:Entity ; rdfs:label ?label }}"
_ALIASES = "SELECT DISTINCT ?name WHERE {{ {entity} skos:altLabel ?name }} ORDER BY ?name"
_MENTIONS = """SELECT ?uri ?document ?text ?level ?method (COUNT(?mention) AS ?count) WHERE {{
  ?mention kg:refersTo {entity} ; kg:text ?text ; kg:linkMethod ?method ; kg:mentionType ?level ;
    kg:inSentence ?sentence . ?sentence kg:inDocument ?document .
  ?document dcterms:identifier ?uri
}} GROUP BY ?uri ?document ?text ?level ?method ORDER BY ?uri ?text ?method"""
_CLASS = "SELECT (MIN(?class) AS ?name) WHERE {{ {entity} kg:specificType ?class }}"
_REFERENT = "SELECT ?entity WHERE {{ {mention} kg:refersTo ?entity }}"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """How often a report means an entity by these words, and by which rule or decision.

    `level` is that of `kg.model.Mention`, `document` the local name of the report `uri`.
    """

    uri: str
    document: str
    text: str
    level: str
    method: str
    count: int


@dataclass(frozen=True, slots=True)
class Identity:
    """An entity with its names, and the mentions that are taken to mean it."""

    entity: str
    label: str
    aliases: tuple[str, ...]
    mentions: tuple[Mentioned, ...]


def local_name(name: str) -> str:
    """The local name that an IRI, a `kgr:` name or a plain name stands for."""
    return name.strip("<> ").removeprefix(DATA).removeprefix("kgr:")


def entity_named(graph: Graph, name: str, among: Container[str] | None = None) -> str:
    """The entity that is meant by its local name, IRI, label or another name of it.

    With `among` only these count, by their local names: those that facts are about. Raises
    `QueryError` when there is none, and when there are several.
    """
    local = local_name(name)
    if is_known(graph, local) if among is None else local in among:
        return local
    for property_ in ("rdfs:label", "skos:altLabel"):
        query = _NAMED.format(
            property=property_, name=rdf.text(name.encode(errors="replace").decode())
        )
        named = (local_name(row[0].text) for row in graph.query(query).rows if row[0])
        found = [entity for entity in named if among is None or entity in among]
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(found[:_SHOWN])
            raise QueryError(f"several entities have this name: {shown}", name)
    whole = "no entity of the graph has this name"
    raise QueryError(whole if among is None else "no fact is about an entity of this name", name)


def is_known(graph: Graph, local: str) -> bool:
    """Whether the graph has an entity of this local name."""
    return bool(_answer(graph, _KNOWN, entity=local))


def identity(graph: Graph, entity: str) -> Identity:
    """All that makes the entity one thing. Raises `QueryError` when the graph does not have it."""
    labels = _answer(graph, _KNOWN, entity=entity)
    if not labels:
        raise QueryError("no entity of the graph has this name", entity)
    return Identity(
        entity,
        min(labels)[0],
        tuple(name for (name,) in _answer(graph, _ALIASES, entity=entity)),
        tuple(
            Mentioned(uri, local_name(document), text, level, method, int(count))
            for uri, document, text, level, method, count in _answer(
                graph, _MENTIONS, entity=entity
            )
        ),
    )


def class_of(graph: Graph, entity: str) -> str | None:
    """The class of an entity by its local name; None where the graph does not tell it."""
    ((name,),) = _answer(graph, _CLASS, entity=entity) or (("",),)
    return name.removeprefix(NAMESPACE) or None


def referent(graph: Graph, mention: str) -> str | None:
    """The entity that a mention means, by its local name."""
    found = _answer(graph, _REFERENT, mention=mention)
    return local_name(found[0][0]) if found else None


def _answer(graph: Graph, query: str, **nodes: str) -> Sequence[tuple[str, ...]]:
    """The rows as text; empty for a name that makes no IRI."""
    try:
        terms = {role: str(IRI(DATA + name)) for role, name in nodes.items()}
    except ValueError:
        return ()
    rows = graph.query(query.format(**terms)).rows
    return [tuple(value.text if value else "" for value in row) for row in rows]
