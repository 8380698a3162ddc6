"""Checks what is RDF or SPARQL: the ontology, its shapes, the shipped queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.build.lint.finding import Finding
from kg.errors import InputError, QueryError, ResourceError
from kg.resources import ontology_path, read_text, resource_files
from kg.store import Store, Value
from kg.vocab import CLASSES, EDGES, NAMESPACE, TERMS

_TERM = re.compile(r"(?<![\w:])kg:(\w+)")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_COLUMN = re.compile(r"(:\d+):\d+$")
_TERMS = """
    SELECT DISTINCT (STR(?term) AS ?name) WHERE {
      ?term a ?kind
      FILTER (STRSTARTS(STR(?term), STR(kg:)) && STRLEN(STR(?term)) > STRLEN(STR(kg:)))
    }"""
_PARENTS = """
    SELECT (STR(?child) AS ?name) (STR(?parent) AS ?above) WHERE {
      { ?child a owl:Class ; rdfs:subClassOf ?parent }
      UNION { ?child rdfs:subPropertyOf+ kg:relatedTo ; rdfs:subPropertyOf ?parent }
      FILTER (STRSTARTS(STR(?child), STR(kg:)) && STRSTARTS(STR(?parent), STR(kg:)))
    }"""


def check_graphs() -> Iterator[Finding]:
    """Findings of `kg.ttl`, `shapes.ttl` and `queries/*.rq`."""
    for name in ("kg.ttl", "shapes.ttl"):
        try:
            Store.of_files(ontology_path(name))
        except InputError as error:
            yield Finding("KG131", _shown(error.where or name), error.message)
        else:
            yield from _vocabulary() if name == "kg.ttl" else _unknown(name)
    for path in resource_files("queries", "*.rq"):
        yield from _query(path)


def _vocabulary() -> Iterator[Finding]:
    """Where the ontology and the tables of `kg.vocab` differ."""
    store = Store.of_files(ontology_path("kg.ttl"))
    lines = _lines()
    defined = {name for (name,) in _names(store, _TERMS)}
    for name in sorted(defined - TERMS):
        yield Finding("KG132", lines.get(name, "ontology/kg.ttl"), f"kg.vocab lacks `{name}`")
    for name in sorted(TERMS - defined):
        yield Finding("KG132", "ontology/kg.ttl", f"`{name}` of kg.vocab is not defined")
    found = set(_names(store, _PARENTS))
    told = {
        (name, parent) for table in (CLASSES, EDGES) for name in table for parent in table[name]
    }
    for name, parent in sorted(found ^ told):
        if name in defined and name in TERMS:
            message = f"only one of kg.vocab and the ontology puts `{name}` below `{parent}`"
            yield Finding("KG132", lines.get(name, "ontology/kg.ttl"), message)


def _names(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.query(query).rows:
        yield tuple(_local(value) for value in row)


def _local(value: Value | None) -> str:
    return value.text.removeprefix(NAMESPACE) if value else ""


def _lines() -> Mapping[str, str]:
    """Where each term of the ontology begins."""
    found: dict[str, str] = {}
    for number, line in enumerate(read_text("kg.ttl").splitlines(), 1):
        if match := re.match(r"kg:(\w+)\s", line):
            found.setdefault(match[1], f"ontology/kg.ttl:{number}")
    return found


def _query(path: Path) -> Iterator[Finding]:
    name = f"queries/{path.name}"
    try:
        Store().query(read_text("queries", path.name), f"ontology/{name}")
    except (QueryError, ResourceError) as error:
        where = _COLUMN.sub(r"\1", _shown(error.where or name))
        yield Finding("KG133", where, error.message)
    else:
        yield from _unknown(name)


def _unknown(name: str) -> Iterator[Finding]:
    for number, line in enumerate(read_text(*name.split("/")).splitlines(), 1):
        for term in _TERM.findall(_COMMENT.sub("", line)):
            if term not in TERMS:
                message = f"`kg:{term}` is no term of the ontology"
                yield Finding("KG134", f"ontology/{name}:{number}", message)


def _shown(where: str) -> str:
    root = str(ontology_path())
    return where.replace(root, "ontology", 1)
