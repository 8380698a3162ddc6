"""The embedded SPARQL store: load a graph, ask it, and never reach for the network.

Oxigraph evaluates; it is the only engine that answers role joins over reified events fast. All
named graphs are queried as one, so that `graph.ttl` and `graph.trig` give the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

import pyoxigraph as ox

from kg import rdf
from kg.errors import InputError, QueryError
from kg.rdf import IRI, STRING, Quad
from kg.resources import ontology_path, read_text, resource_files
from kg.vocab import PREFIXES

Kind = Literal["select", "ask", "graph"]

_QUERIES = "queries"
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
_QUERY_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACE = re.compile(r"error at (\d+):(\d+)")
_PARSER_PLACE = re.compile(r"Parser error at line (\d+)")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NOT_KEYWORDS = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>     # IRI
    | "(?:[^"\\\r\n]|\\.)*"            # string on one line
    | '(?:[^'\\\r\n]|\\.)*'
    | \\.                              # escape in a local name, which may hide a quote
    | \#[^\r\n]*                       # comment
    | [?$]\w+                          # variable
    | :\w[\w-]*                        # local name""",
    re.VERBOSE,
)
_UPDATE = re.compile(
    r"^\s*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE | re.MULTILINE
)
_SERVICE = re.compile("service", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A term in an answer, of any form: user files may hold what Claimgraph itself never writes."""

    kind: Literal["iri", "literal", "blank", "triple"]
    text: str
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        """For people: a prefixed name where one fits, a literal without its datatype."""
        if self.kind == "iri":
            for prefix, namespace in PREFIXES.items():
                if self.text.startswith(namespace):
                    return f"{prefix}:{self.text[len(namespace) :]}"
        return self.text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives. ASK has one row of one boolean; CONSTRUCT and DESCRIBE have triples."""

    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    def __bool__(self) -> bool:
        """Whether there is something to show; for ASK the answer itself."""
        if self.kind == "ask":
            return self.rows[0][0] == _boolean(True)
        return bool(self.rows)


class Store:
    """A graph in memory that answers SPARQL 1.1 queries."""

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
        for quad in self._store:
            try:
                yield _quad(quad)
            except ValueError as error:
                raise InputError(f"cannot be written: {error}", str(quad)) from error

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._store)

    def query(self, sparql: str, where: str = "query") -> Answer:
        """Evaluates a query; the prefixes of `kg.vocab.PREFIXES` need not be declared.

        `where` names the query in errors. Raises `QueryError` with line and column for a query
        that does not parse, and for one that would reach another server (SERVICE).
        """
        if _federates(sparql):
            raise QueryError("SERVICE is refused: queries never reach for the network", where)
        try:
            found = self._store.query(
                sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True
            )
            return _answer(found)
        except SyntaxError as error:
            raise _located(error, sparql, where) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(str(error), where) from error


def named_query(name: str) -> str:
    """The text of a shipped query. Raises `QueryError`, with the names there are."""
    if not _QUERY_NAME.fullmatch(name) or not ontology_path(_QUERIES, f"{name}.rq").is_file():
        raise QueryError(
            f"no shipped query has this name; there are {', '.join(questions())}", name
        )
    return read_text(_QUERIES, f"{name}.rq")


def questions() -> dict[str, str]:
    """The shipped queries by name, each with the question it answers."""
    files = resource_files(_QUERIES, "*.rq")
    return {
        path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        for path in files
    }


def _federates(sparql: str) -> bool:
    """Whether the query holds, or may hold, the keyword SERVICE.

    Everything that cannot be a keyword is struck out, line by line, so that an unclear `<` never
    hides more than the parser itself would skip. Long strings may span lines; together with the
    word they are refused, as is an escaped spelling of it.
    """
    unescaped = _CODE_POINT.sub(lambda match: _character(match[1] or match[2]), sparql)
    for text in (sparql, unescaped):
        if _SERVICE.search(text) is None:
            continue
        if "'''" in text or '"""' in text or _SERVICE.search(_NOT_KEYWORDS.sub(" ", text)):
            return True
    return False


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""


def _quad(quad: ox.Quad) -> Quad:
    graph = None if isinstance(quad.graph_name, ox.DefaultGraph) else _iri(quad.graph_name)
    return Quad(_iri(quad.subject), _iri(quad.predicate), _term(quad.object), graph)


def _term(term: Any) -> rdf.Term:
    if isinstance(term, ox.Literal):
        return rdf.Literal(term.value, term.datatype.value, term.language)
    return _iri(term)


def _iri(term: Any) -> IRI:
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    raise ValueError(f"neither an IRI nor a literal: {term}")


def _located(error: SyntaxError, sparql: str, where: str) -> QueryError:
    """The engine lists every token it might have taken; say only where, and what stands there."""
    place = _PLACE.search(str(error))
    if place is None:
        return QueryError(f"not valid SPARQL: {error}", where)
    line, column = int(place[1]), int(place[2])
    where = f"{where}:{line}:{column}"
    if _UPDATE.search(sparql):
        return QueryError("not a query: updates are refused", where)
    if "Prefix not found" in str(error):
        return QueryError("a prefix is not declared", where)
    rest = sparql.split("\n")[line - 1][column - 1 :].strip()
    return QueryError(f"not valid SPARQL {f'at `{rest[:30]}`' if rest else 'after this'}", where)


def _answer(found: Any) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return Answer("ask", ("answer",), ((_boolean(bool(found)),),))
    if isinstance(found, ox.QueryTriples):
        return Answer("graph", ("subject", "predicate", "object"), tuple(_triples(found)))
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(_value(term) for term in solution) for solution in found)
    return Answer("select", columns, rows)


def _triples(found: ox.QueryTriples) -> Iterator[tuple[Value | None, ...]]:
    """The triples in order, each once."""
    rows = {(_value(each.subject), _value(each.predicate), _value(each.object)) for each in found}
    return iter(sorted(rows, key=lambda row: [str(value) for value in row]))


def _boolean(value: bool) -> Value:
    datatype = "http://www.w3.org/2001/XMLSchema#boolean"
    return Value("literal", "true" if value else "false", datatype)


def _value(term: Any) -> Value | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Value("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Value("blank", term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.datatype.value == STRING else term.datatype.value
        return Value("literal", term.value, datatype, term.language)
    return Value("triple", str(term))
