"""The answer to a query as a table, or in a SPARQL 1.1 results format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Literal

from kg.cli.console import table
from kg.store import Answer, Value

Form = Literal["table", "csv", "json"]
_JSON_KINDS = {"iri": "uri", "literal": "literal", "blank": "bnode", "triple": "triple"}


def render(answer: Answer, form: Form) -> str:
    """The answer without a last line feed."""
    writers: Mapping[Form, Callable[[Answer], str]] = {"table": _table, "csv": _csv, "json": _json}
    return writers[form](answer)


def _table(answer: Answer) -> str:
    if answer.kind == "ask":
        return str(answer.rows[0][0])
    return table(answer.columns, ([_shown(value) for value in row] for row in answer.rows))


def _csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV, with the line ends of the system."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([value.text if value else "" for value in row] for row in answer.rows)
    return text.getvalue().removesuffix("\n")


def _json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON; the triples of a CONSTRUCT as three columns."""
    if answer.kind == "ask":
        return _dumped({"head": {}, "boolean": bool(answer)})
    bindings = [
        {name: _term(value) for name, value in zip(answer.columns, row, strict=True) if value}
        for row in answer.rows
    ]
    return _dumped({"head": {"vars": answer.columns}, "results": {"bindings": bindings}})


def _dumped(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _shown(value: Value | None) -> str:
    return "" if value is None else str(value)


def _term(value: Value) -> dict[str, str]:
    term = {"type": _JSON_KINDS[value.kind], "value": value.text}
    if value.language:
        term["xml:lang"] = value.language
    elif value.datatype:
        term["datatype"] = value.datatype
    return term
