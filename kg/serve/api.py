"""Facts, claims and sentences as JSON, for scripts that do not speak SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from kg.errors import KgError
from kg.model import Status
from kg.serve.asking import Asking, Row, data, firmness, term
from kg.serve.messages import Fields, HttpError, Request, Response, json_response
from kg.store.search import search
from kg.vocab import PARTICIPANTS

type Write = Callable[[str], object]

MOST = 1000
_USUAL = 100

_FACTS = """SELECT DISTINCT ?id ?subject ?predicate ?object ?status ?sources ?documents ?first ?last
WHERE {{
  {wanted} ?id a kg:Relation .
  ?id rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:status ?status ;
    kg:sourceCount ?sources ; kg:documentCount ?documents .
  OPTIONAL {{ ?id kg:firstReported ?first }} OPTIONAL {{ ?id kg:lastReported ?last }}
}} ORDER BY ?id LIMIT {limit} OFFSET {offset}"""
_BEHIND = """SELECT DISTINCT ?fact ?side ?claim WHERE {{
  VALUES ?fact {{ {facts} }} VALUES ?side {{ kg:supportedBy kg:opposedBy }} ?fact ?side ?claim
}} ORDER BY ?claim"""
_CLAIMS = """SELECT DISTINCT ?id WHERE {{ {wanted} ?id kg:evidence ?sentence }}
ORDER BY ?id LIMIT {limit} OFFSET {offset}"""
_ABOUT = """SELECT DISTINCT ?id ?type ?label ?text ?index ?document ?uri ?title ?published
  ?factuality ?modality ?realis
WHERE {{
  VALUES ?id {{ {claims} }}
  ?id kg:evidence ?sentence ; rdfs:label ?label ; kg:inDocument ?document ;
    kg:factuality ?factuality ; kg:modality ?modality ; kg:realis ?realis .
  ?sentence kg:text ?text ; kg:sentenceIndex ?index .
  ?document dcterms:identifier ?uri ; dcterms:title ?title .
  OPTIONAL {{ ?id kg:specificType ?type }} OPTIONAL {{ ?document dcterms:issued ?published }}
}} ORDER BY ?id"""
_ROLES = """SELECT DISTINCT ?claim ?role ?filler WHERE {{
  VALUES ?claim {{ {claims} }} VALUES ?role {{ {roles} kg:attributedTo }} ?claim ?role ?filler
}} ORDER BY ?claim ?role ?filler"""
_ROLE_TERMS = " ".join(f"kg:{name}" for name in sorted(PARTICIPANTS))


class Api:
    """What stands below `/api/`."""

    def __init__(self, asking: Asking, index: Path) -> None:
        """`index` is the file of the full-text search, which need not be there."""
        self._asking = asking
        self._index = index

    def facts(self, request: Request) -> Response:
        """Plain edges of any status, with the ids of the claims for and against them.

        Fields: `subject`, `predicate`, `object`, `entity` (either end), `status`, `limit`,
        `offset`.
        """
        rows = self._asking.rows(_FACTS.format(**_asked(request.fields, _FACTS_BY)))
        behind = self._behind([row["id"] for row in rows])
        labels = self._asking.labels(row[end] for row in rows for end in ("subject", "object"))
        return json_response({"facts": [_fact(row, behind[row["id"]], labels) for row in rows]})

    def claims(self, request: Request) -> Response:
        """Claims with sentence, report, roles and sources.

        Fields: `id`, `fact` (claims for or against it), `entity` (in any role), `source`, `type`
        (with its sub-classes), `document`, `limit`, `offset`.
        """
        found = self._asking.rows(_CLAIMS.format(**_asked(request.fields, _CLAIMS_BY)))
        claims = " ".join(str(data(row["id"])) for row in found)
        rows = self._asking.rows(_ABOUT.format(claims=claims))
        roles = self._roles(claims)
        labels = self._asking.labels(name for each in roles.values() for _, name in each)
        return json_response({"claims": [_claim(row, roles[row["id"]], labels) for row in rows]})

    def search(self, request: Request) -> Response:
        """Sentences by their words. Fields: `q` and `limit`."""
        fields = request.fields
        fields.only("q", "limit")
        try:
            hits = search(self._index, fields.one("q") or "", fields.number("limit", 20, MOST))
        except KgError as error:
            raise HttpError(400 if self._index.exists() else 404, error.message) from error
        return json_response({"sentences": [asdict(hit) for hit in hits]})

    def _behind(self, facts: Sequence[str]) -> Mapping[str, Sequence[Row]]:
        behind: dict[str, list[Row]] = defaultdict(list)
        for row in self._asking.rows(_BEHIND.format(facts=" ".join(str(data(f)) for f in facts))):
            behind[row["fact"]].append(row)
        return behind

    def _roles(self, claims: str) -> Mapping[str, Sequence[tuple[str, str]]]:
        roles: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self._asking.rows(_ROLES.format(claims=claims, roles=_ROLE_TERMS)):
            roles[row["claim"]].append((row["role"], row["filler"]))
        return roles


def _status(status: str) -> str:
    if status not in get_args(Status):
        raise HttpError(400, f"status is one of {', '.join(get_args(Status))}")
    return f'"{status}"'


# What a field asks of facts and of claims, the most selective first, and how its value is written.
_FACTS_BY: Mapping[str, tuple[str, Write]] = {
    "entity": ("?id rdf:subject|rdf:object {} .", data),
    "subject": ("?id rdf:subject {} .", data),
    "object": ("?id rdf:object {} .", data),
    "predicate": ("?id rdf:predicate {} .", term),
    "status": ("?id kg:status {} .", _status),
}
_CLAIMS_BY: Mapping[str, tuple[str, Write]] = {
    "id": ("VALUES ?id {{ {} }}", data),
    "fact": ("{} kg:supportedBy|kg:opposedBy ?id .", data),
    "entity": (f"?id ?role {{}} . VALUES ?role {{{{ {_ROLE_TERMS} }}}}", data),
    "source": ("?id kg:attributedTo {} .", data),
    "type": ("?id a {} .", term),
    "document": ("?id kg:inDocument {} .", data),
}


def _asked(fields: Fields, by: Mapping[str, tuple[str, Write]]) -> Mapping[str, str | int]:
    """The patterns of the fields that are given, and which page of the answers is wanted."""
    fields.only(*by, "limit", "offset")
    given = ((pattern, write, fields.one(name)) for name, (pattern, write) in by.items())
    return {
        "wanted": " ".join(
            pattern.format(write(value)) for pattern, write, value in given if value
        ),
        "limit": fields.number("limit", _USUAL, MOST),
        "offset": fields.number("offset", 0, 10**8),
    }


def _fact(row: Row, behind: Iterable[Row], labels: Mapping[str, str]) -> Mapping[str, Any]:
    sides: dict[str, list[str]] = {"supportedBy": [], "opposedBy": []}
    for claim in behind:
        sides[claim["side"]].append(claim["claim"])
    return {
        "id": row["id"],
        "subject": _named(row["subject"], labels),
        "predicate": row["predicate"],
        "object": _named(row["object"], labels),
        "status": row["status"],
        "sources": int(row["sources"]),
        "documents": int(row["documents"]),
        "first_reported": row.get("first"),
        "last_reported": row.get("last"),
        "supported_by": sides["supportedBy"],
        "opposed_by": sides["opposedBy"],
    }


def _claim(
    row: Row, roles: Sequence[tuple[str, str]], labels: Mapping[str, str]
) -> Mapping[str, Any]:
    return {
        "id": row["id"],
        "type": row.get("type", "Event"),
        "label": row["label"],
        "sentence": {"text": row["text"], "index": int(row["index"])},
        "document": {
            "id": row["document"],
            "uri": row["uri"],
            "title": row["title"],
            "published": row.get("published"),
            "page": f"/doc/{row['document']}#{row['id']}",
        },
        "factuality": firmness(row["factuality"]),
        "modality": row["modality"],
        "realis": row["realis"] == "true",
        "attributed_to": [_named(name, labels) for role, name in roles if role == "attributedTo"],
        "roles": [
            {"role": role, **_named(name, labels)} for role, name in roles if role != "attributedTo"
        ],
    }


def _named(name: str, labels: Mapping[str, str]) -> dict[str, str]:
    return {"id": name, "label": labels.get(name, name)}
