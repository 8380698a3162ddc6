"""What the tests of the server share: graphs to serve, and a client that speaks plain HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from kg.rdf import IRI, Quad
from kg.serve.service import Service
from kg.store import write_store

JSON = "application/sparql-results+json"
CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUGE_SORT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


def numbers(count: int) -> Iterable[Quad]:
    """A graph without meaning."""
    for number in range(count):
        yield Quad(IRI(f"urn:n:{number}"), IRI("urn:next"), IRI(f"urn:n:{number + 1}"))


def numbered(folder: Path, count: int = 1000) -> Path:
    """The folder with a store of so many quads."""
    write_store(folder / "store", numbers(count))
    return folder


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


def ask(
    service: Service,
    target: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | str | None = None,
) -> Reply:
    """One request on a connection of its own; `target` goes into the request line as it is."""
    address = urlsplit(service.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    try:
        connection.request(method, target, body, dict(headers or {}))
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, fields, response.read())
    finally:
        connection.close()


def query(service: Service, sparql: str, accept: str = JSON) -> Reply:
    return ask(service, f"/sparql?query={quote(sparql)}", headers={"Accept": accept})
