"""What the endpoint says of itself: https://www.w3.org/TR/sparql11-service-description/."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export import WRITERS
from kg.rdf import IRI, Quad

FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
}
"""The writer for each media type that a description comes in."""

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def description(endpoint: str, media_type: str) -> str:
    """The service description of the endpoint at an address, in one of `FORMS`."""
    return "".join(WRITERS[FORMS[media_type]].write(_quads(endpoint)))


def _quads(endpoint: str) -> Iterator[Quad]:
    service, dataset, graph = (IRI(endpoint + name) for name in ("#service", "#data", "#graph"))
    yield Quad(service, _RDF_TYPE, _sd("Service"))
    yield Quad(service, _sd("endpoint"), IRI(endpoint))
    yield Quad(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Quad(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in _FORMATS:
        yield Quad(service, _sd("resultFormat"), IRI(f"http://www.w3.org/ns/formats/{name}"))
    yield Quad(service, _sd("defaultDataset"), dataset)
    yield Quad(dataset, _RDF_TYPE, _sd("Dataset"))
    yield Quad(dataset, _sd("defaultGraph"), graph)
    yield Quad(graph, _RDF_TYPE, _sd("Graph"))


def _sd(name: str) -> IRI:
    return IRI(_SD + name)
