"""How pages and JSON ask the graph: through the same workers as everybody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kg.rdf import IRI
from kg.serve.channel import Question
from kg.serve.messages import HttpError
from kg.serve.pool import Pool
from kg.vocab import DATA, NAMESPACE, TERMS

Row = Mapping[str, str]

_LABELS = """SELECT ?node (MIN(?name) AS ?label) WHERE {{ VALUES ?node {{ {nodes} }}
  ?node rdfs:label ?name }} GROUP BY ?node"""
_LARGEST = 64 << 20


class _Term(msgspec.Struct):
    value: str


class _Bindings(msgspec.Struct):
    bindings: list[dict[str, _Term]]


class _Results(msgspec.Struct):
    results: _Bindings


_decoder = msgspec.json.Decoder(_Results)


class Asking:
    """The graph, asked by SELECT; IRIs of the product come and go as local names."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def rows(self, sparql: str) -> list[Row]:
        """The solutions; a variable that is not bound is not there. Raises `HttpError`."""
        question = Question(sparql, "application/sparql-results+json", (), (), _LARGEST)
        _, file = self._pool.ask(question)
        with file:
            solutions = _decoder.decode(file.read()).results.bindings
        return [
            {name: local(term.value) for name, term in solution.items()} for solution in solutions
        ]

    def labels(self, nodes: Iterable[str]) -> Mapping[str, str]:
        """A label for each entity or claim that has one."""
        named = " ".join(str(data(node)) for node in sorted(set(nodes)))
        if not named:
            return {}
        return {row["node"]: row["label"] for row in self.rows(_LABELS.format(nodes=named))}


def local(iri: str) -> str:
    """The local name of an IRI of the product, and anything else as it is."""
    return iri.removeprefix(DATA).removeprefix(NAMESPACE)


def firmness(name: str) -> str:
    """The FactBank value that an individual of the ontology stands for: `CTplus` is CT+."""
    return name.replace("plus", "+").replace("minus", "-")


def data(name: str) -> IRI:
    """The IRI that a client means by a local name, a `kgr:` name or itself.

    Raises `HttpError` for what makes no IRI, so that nothing else gets into a query.
    """
    try:
        return IRI(name if "://" in name else DATA + name.removeprefix("kgr:"))
    except ValueError as error:
        raise HttpError(400, f"not a name: {name[:100]}") from error


def term(name: str) -> IRI:
    """The term of the ontology with a local name. Raises `HttpError` for any other."""
    plain = name.removeprefix(NAMESPACE).removeprefix("kg:")
    if plain not in TERMS:
        raise HttpError(400, f"not a term of the ontology: {name[:100]}")
    return IRI(NAMESPACE + plain)
