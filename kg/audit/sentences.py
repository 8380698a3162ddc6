"""The audit of a graph: every sentence with what was read in it, and why not more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from kg.export.html.display import words
from kg.export.html.pieces import Mark
from kg.model import Extracted
from kg.store import Store
from kg.store.sources import local_graph
from kg.vocab import DATA, NAMESPACE

_SENTENCES = """
SELECT DISTINCT ?sentence ?document ?uri ?title ?index ?section ?status ?reason ?text ?start WHERE {
  ?sentence kg:audit ?status ; kg:inDocument ?document ; kg:sentenceIndex ?index ;
    kg:section ?section ; kg:text ?text ; kg:start ?start .
  ?document dcterms:identifier ?uri ; dcterms:title ?title .
  OPTIONAL { ?sentence kg:auditReason ?reason }
} ORDER BY ?uri ?document ?start"""
_CLAIMS = """
SELECT DISTINCT ?sentence ?id ?type ?label ?lemma ?start ?end WHERE {
  ?id kg:evidence ?sentence ; kg:specificType ?type ; rdfs:label ?label ; kg:trigger ?trigger .
  ?trigger kg:start ?start ; kg:end ?end . OPTIONAL { ?id kg:predicateLemma ?lemma }
} ORDER BY ?start ?id"""
_MENTIONS = """
SELECT ?sentence ?start ?end (MIN(?name) AS ?label) WHERE {
  ?mention kg:inSentence ?sentence ; kg:refersTo ?entity ; kg:start ?start ; kg:end ?end .
  ?entity rdfs:label ?name
} GROUP BY ?sentence ?start ?end ORDER BY ?start ?end"""
_OPEN = "OpenClaim"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim by its local name; `event` is its class in words, or the lemma of an open claim."""

    id: str
    event: str
    label: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Audited:
    """A sentence: where it stands, what became of it and why, and what was read in it.

    `index` counts from 0 in its report, `start` is its offset there. `marks` are the names and
    triggers inside.
    """

    document: str
    uri: str
    title: str
    index: int
    section: str
    status: Extracted
    reason: str
    text: str
    start: int
    claims: tuple[Told, ...]
    marks: tuple[Mark, ...]

    @property
    def is_open_only(self) -> bool:
        """Whether all that was read of it are open claims."""
        return bool(self.claims) and all(claim.is_open for claim in self.claims)


def audit(
    graph: Path, statuses: Collection[Extracted] = (), report: str = ""
) -> tuple[Audited, ...]:
    """The sentences of a graph by report and place, of all statuses and reports or of those given.

    `graph` is an RDF file or the folder of a store, `report` a piece of a report's name or title
    (in any case). Raises `InputError` for what is no graph.
    """
    store = local_graph([graph])
    wanted = report.casefold()
    rows = [
        row
        for row in _rows(store, _SENTENCES)
        if (not statuses or row["status"] in statuses)
        and (wanted in row["uri"].casefold() or wanted in row["title"].casefold())
    ]
    claims, mentions = (_grouped(_rows(store, query)) for query in (_CLAIMS, _MENTIONS))
    return tuple(
        _audited(row, claims.get(row["sentence"], ()), mentions.get(row["sentence"], ()))
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences by status; `open_only` of those partly read gave nothing but open claims."""

    extracted: int
    partly: int
    open_only: int
    not_read: int


def counts(lines: Sequence[Audited]) -> Counts:
    """How much of the sentences was read."""
    found = Counter(line.status for line in lines)
    open_only = sum(line.is_open_only for line in lines)
    return Counts(found["extracted"], found["partly"], open_only, found["not"])


def summary(lines: Sequence[Audited]) -> str:
    """The counts in words."""
    found = counts(lines)
    return (
        f"{found.extracted:,} extracted, {found.partly:,} partly "
        f"({found.open_only:,} of them as open claims only), {found.not_read:,} not"
    )


type _Row = Mapping[str, str]


def _rows(store: Store, query: str) -> Iterator[_Row]:
    answer = store.query(query)
    for row in answer.rows:
        values = (value.text if value else "" for value in row)
        yield dict(zip(answer.columns, values, strict=True))


def _grouped(rows: Iterable[_Row]) -> Mapping[str, Sequence[_Row]]:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row["sentence"]].append(row)
    return groups


def _audited(row: _Row, claims: Sequence[_Row], mentions: Sequence[_Row]) -> Audited:
    told = tuple(_told(each) for each in claims)
    triggers = (_mark(at, "trigger", each.event) for at, each in zip(claims, told, strict=True))
    return Audited(
        document=row["document"].removeprefix(DATA),
        uri=row["uri"],
        title=row["title"],
        index=int(row["index"]),
        section=row["section"],
        status=cast("Extracted", row["status"]),
        reason=row["reason"],
        text=row["text"],
        start=int(row["start"]),
        claims=told,
        marks=(*triggers, *(_mark(each, "entity", each["label"]) for each in mentions)),
    )


def _told(row: _Row) -> Told:
    name = row["type"].removeprefix(NAMESPACE)
    event = row["lemma"] if name == _OPEN else words(name)
    return Told(row["id"].removeprefix(DATA), event, row["label"], name == _OPEN)


def _mark(row: _Row, kind: str, title: str) -> Mark:
    return Mark(int(row["start"]), int(row["end"]), kind, title)
