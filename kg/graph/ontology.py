"""The ontology itself as a named graph, for datasets that are to explain themselves."""

from __future__ import annotations

from collections.abc import Iterator

from kg import rdf, vocab
from kg.rdf import IRI, Quad
from kg.resources import read_text


def ontology_quads() -> Iterator[Quad]:
    """Everything in `ontology/kg.ttl`, in the graph that bears the ontology's IRI."""
    import rdflib

    graph = IRI(vocab.ONTOLOGY)
    for subject, predicate, value in rdflib.Graph().parse(
        data=read_text("kg.ttl"), format="turtle"
    ):
        if isinstance(value, rdflib.Literal):
            object_: rdf.Term = rdf.text(str(value), value.language)
        else:
            object_ = IRI(str(value))
        yield Quad(IRI(str(subject)), IRI(str(predicate)), object_, graph)
