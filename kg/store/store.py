"""A graph that answers SPARQL 1.1 queries, in memory or on disk.

Oxigraph evaluates; it is the only engine that answers role joins over reified events fast. Unless a
query names its graphs all of them are queried as one, so that `graph.ttl` and `graph.trig` give the
same answers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

import pyoxigraph as ox

from kg import rdf
from kg.errors import InputError, QueryError
from kg.rdf import IRI, Quad
from kg.store.answers import Answer, Kind, answer_of
from kg.store.guard import RefusedError, federates, located, names_dataset
from kg.vocab import PREFIXES

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
MEDIA_TYPES: Mapping[Kind, tuple[str, ...]] = {
    "select": tuple(_RESULTS),
    "ask": tuple(_RESULTS),
    "graph": tuple(_GRAPHS),
}
"""The media types an answer can be written in, by its kind; the first is the usual one."""

_PARSER_PLACE = re.compile(r"Parser error at line (\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query, not read yet: most of the work is done while it is."""

    kind: Kind
    _found: Any
    _where: str

    def answer(self) -> Answer:
        """The whole answer as values. Raises `QueryError`."""
        try:
            return answer_of(self._found)
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(str(error), self._where) from error

    def quads(self) -> Iterator[Quad]:
        """The triples of a CONSTRUCT or DESCRIBE, in no order. Raises `InputError` as `Store`'s."""
        return (_checked(triple) for triple in self._found)

    def write(self, output: IO[bytes] | io.RawIOBase, media_type: str) -> None:
        """Writes the answer in one of the `MEDIA_TYPES` of its kind.

        Raises `QueryError`, also for an `OSError` of `output`.
        """
        forms: Mapping[str, Any] = _GRAPHS if self.kind == "graph" else _RESULTS
        try:
            self._found.serialize(output, format=forms[media_type])
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(str(error), self._where) from error


class Store:
    """A graph, in memory unless it is `opened`, that answers SPARQL 1.1 queries."""

    def __init__(self) -> None:
        self._store = ox.Store()

    @classmethod
    def of_quads(cls, quads: Iterable[Quad]) -> Self:
        """A store that holds the quads."""
        store = cls()
        lines = "".join(f"{quad}\n" for quad in quads)
        store._store.bulk_load(lines.encode(), format=ox.RdfFormat.N_QUADS)
        return store

    @classmethod
    def of_files(cls, *paths: Path) -> Self:
        """A store that holds RDF files, their format told by the extension. Raises `InputError`."""
        store = cls()
        for path in paths:
            store.load(path)
        return store

    @classmethod
    def opened(cls, path: Path) -> Self:
        """A store on disk, to be read only and as it is now. Raises `InputError`."""
        store = cls.__new__(cls)
        try:
            store._store = ox.Store.read_only(str(path))
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError("not a store that can be opened", str(path)) from error
        return store

    def load(self, path: Path) -> None:
        """Adds an RDF file. Raises `InputError` with `file:line` when it cannot be read."""
        kind = _FORMATS.get(path.suffix.lower())
        if kind is None:
            raise InputError(f"not an RDF file, which ends in {', '.join(_FORMATS)}", str(path))
        try:
            self._store.bulk_load(path.read_bytes(), format=kind)
        except OSError as error:
            raise InputError(error.strerror or "cannot be read", str(path)) from error
        except SyntaxError as error:
            line = _PARSER_PLACE.search(str(error))
            where = f"{path}:{line.group(1)}" if line else str(path)
            raise InputError(f"not valid RDF: {error}", where) from error

    def quads(self) -> Iterator[Quad]:
        """Everything in the store, to be written in another format.

        Raises `InputError` for a term that Claimgraph never writes: a blank node, a triple term, a
        literal that is not in canonical form.
        """
        return (_checked(quad) for quad in self._store)

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._store)

    def query(self, sparql: str, where: str = "query") -> Answer:
        """Evaluates a query; the prefixes of `kg.vocab.PREFIXES` need not be declared.

        `where` names the query in errors. Raises `QueryError` with line and column for a query
        that does not parse, and for one that would reach another server (SERVICE).
        """
        return self.find(sparql, where).answer()

    def find(
        self,
        sparql: str,
        where: str = "query",
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Found:
        """Begins to evaluate a query, as `query` does; raises what it raises.

        Graphs given by IRI are the dataset of the query whatever it says itself, as the SPARQL
        protocol has it; a graph that the store does not hold is empty. `base` is what relative
        IRIs are relative to. Raises `QueryError` also for a graph name that is no IRI.
        """
        if federates(sparql):
            raise RefusedError("SERVICE is refused: queries never reach for the network", where)
        try:
            dataset = _dataset(sparql, default_graphs, named_graphs)
            found: Any = self._store.query(
                sparql, base_iri=base, prefixes=dict(PREFIXES), **dataset
            )
        except SyntaxError as error:
            raise located(error, sparql, where) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(str(error), where) from error
        return Found(_kind(found), found, where)


def _dataset(sparql: str, default: Sequence[str], named: Sequence[str]) -> dict[str, Any]:
    if default or named:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in default],
            "named_graphs": [ox.NamedNode(iri) for iri in named],
        }
    return {"use_default_graph_as_union": not names_dataset(sparql)}


def _kind(found: Any) -> Kind:
    if isinstance(found, ox.QueryBoolean):
        return "ask"
    return "graph" if isinstance(found, ox.QueryTriples) else "select"


def _checked(statement: Any) -> Quad:
    try:
        return _quad(statement)
    except ValueError as error:
        raise InputError(f"cannot be written: {error}", str(statement)) from error


def _quad(statement: Any) -> Quad:
    graph = getattr(statement, "graph_name", None)
    name = _iri(graph) if isinstance(graph, ox.NamedNode) else None
    return Quad(_iri(statement.subject), _iri(statement.predicate), _term(statement.object), name)


def _term(term: Any) -> rdf.Term:
    if isinstance(term, ox.Literal):
        return rdf.Literal(term.value, term.datatype.value, term.language)
    return _iri(term)


def _iri(term: Any) -> IRI:
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    raise ValueError(f"neither an IRI nor a literal: {term}")
