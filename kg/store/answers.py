"""What a query gives, as values that know no engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyoxigraph as ox

from kg.rdf import BOOLEAN, STRING
from kg.vocab import PREFIXES

Kind = Literal["select", "ask", "graph"]

TRIPLE_COLUMNS = ("subject", "predicate", "object")


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


def answer_of(found: Any) -> Answer:
    """The engine's solutions, boolean or triples, read to their end."""
    if isinstance(found, ox.QueryBoolean):
        return Answer("ask", ("answer",), ((_boolean(bool(found)),),))
    if isinstance(found, ox.QueryTriples):
        return graph_answer(found)
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(_value(term) for term in solution) for solution in found)
    return Answer("select", columns, rows)


def graph_answer(triples: Iterable[Any]) -> Answer:
    """The triples of a graph in order, each once."""
    return Answer("graph", TRIPLE_COLUMNS, tuple(_rows(triples)))


def _rows(triples: Iterable[Any]) -> Iterator[tuple[Value | None, ...]]:
    rows = {(_value(each.subject), _value(each.predicate), _value(each.object)) for each in triples}
    return iter(sorted(rows, key=lambda row: [str(value) for value in row]))


def _boolean(value: bool) -> Value:
    return Value("literal", "true" if value else "false", BOOLEAN)


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
