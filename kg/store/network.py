"""The network of entities out of a store, and the sentences that its facts stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import graph
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
_EVIDENCE = """SELECT DISTINCT ?s ?p ?o ?claim ?text ?index ?document ?uri ?published WHERE {{
  VALUES (?s ?p ?o) {{ {triples} }}
  ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:supportedBy ?claim .
  ?claim kg:evidence ?sentence ; kg:inDocument ?document .
  ?sentence kg:text ?text ; kg:sentenceIndex ?index . ?document dcterms:identifier ?uri .
  OPTIONAL {{ ?document dcterms:issued ?published }}
}} ORDER BY ?published ?uri ?index ?claim"""


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
