"""The network of entities out of a store, and the sentences that its facts stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import graph, rdf
from kg.errors import QueryError
from kg.rdf import IRI
from kg.store.store import Store
from kg.vocab import DATA, NAMESPACE

if TYPE_CHECKING:
    import networkx

    from kg.graph.analysis import Edge

_RELATIONS = """CONSTRUCT {
  ?fact ?property ?value . ?end rdfs:label ?label ; kg:specificType ?type
} WHERE {
  { ?fact a kg:Relation ; ?property ?value }
  UNION { ?fact a kg:Relation ; rdf:subject|rdf:object ?end . ?end rdfs:label ?label }
  UNION { ?fact a kg:Relation ; rdf:subject|rdf:object ?end . ?end kg:specificType ?type }
}"""
_NAMED = """SELECT DISTINCT ?entity WHERE {{
  ?entity {property} ?name FILTER(LCASE(STR(?name)) = LCASE({name}))
}} ORDER BY ?entity"""
_EVIDENCE = """SELECT DISTINCT ?s ?p ?o ?claim ?text ?index ?document ?uri ?published WHERE {{
  VALUES (?s ?p ?o) {{ {triples} }}
  ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:supportedBy ?claim .
  ?claim kg:evidence ?sentence ; kg:inDocument ?document .
  ?sentence kg:text ?text ; kg:sentenceIndex ?index . ?document dcterms:identifier ?uri .
  OPTIONAL {{ ?document dcterms:issued ?published }}
}} ORDER BY ?published ?uri ?index ?claim"""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that supports a fact, by the claim that was read in it."""

    text: str
    sentence: int
    claim: str
    document: str
    uri: str
    published: str | None


def network_of(store: Store) -> networkx.MultiDiGraph[str]:
    """The facts of any status in the store, as `kg.graph.network` gives them."""
    return graph.network(store.find(_RELATIONS).quads())


def entity_named(store: Store, network: networkx.MultiDiGraph[str], name: str) -> str:
    """The entity of the network that is meant by its local name, IRI, label or another name.

    Raises `QueryError` when there is none, and when there are several.
    """
    local = name.strip("<> ").removeprefix(DATA).removeprefix("kgr:")
    if local in network:
        return local
    for property_ in ("rdfs:label", "skos:altLabel"):
        query = _NAMED.format(property=property_, name=rdf.text(name))
        found = [str(row[0]).removeprefix("kgr:") for row in store.query(query).rows]
        known = [entity for entity in found if entity in network]
        if len(known) == 1:
            return known[0]
        if known:
            shown = ", ".join(known[:_SHOWN])
            raise QueryError(f"several entities have this name: {shown}", name)
    raise QueryError("no fact is about an entity of this name", name)


def passages(store: Store, edges: Iterable[Edge]) -> Mapping[Edge, Sequence[Passage]]:
    """The sentences behind each of the facts, the earliest first."""
    by_triple = {
        (DATA + edge.subject, NAMESPACE + edge.predicate, DATA + edge.object): edge
        for edge in edges
    }
    triples = " ".join(f"({' '.join(str(IRI(name)) for name in triple)})" for triple in by_triple)
    found: dict[Edge, list[Passage]] = defaultdict(list)
    for row in store.query(_EVIDENCE.format(triples=triples)).rows:
        subject, predicate, object_, claim, text, index, document, uri, published = (
            value.text if value else "" for value in row
        )
        found[by_triple[subject, predicate, object_]].append(
            Passage(
                text, int(index), claim.removeprefix(DATA), document.removeprefix(DATA), uri,
                published or None,
            )
        )  # fmt: skip
    return found
