"""One report as the graph holds it: its sentences, and in them the names and the claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.export.html.display import visible, words
from kg.export.html.pieces import Mark, Piece, pieces
from kg.serve.asking import Asking, Row, data, firmness
from kg.serve.messages import HttpError

_DOCUMENTS = """SELECT DISTINCT ?id ?title ?uri ?publisher ?published WHERE {{
  {wanted} ?id a kg:Document ; dcterms:title ?title ; dcterms:identifier ?uri .
  OPTIONAL {{ ?id dcterms:publisher ?publisher }} OPTIONAL {{ ?id dcterms:issued ?published }}
}} ORDER BY DESC(?published) ?uri ?id LIMIT {limit}"""
_SENTENCES = """SELECT DISTINCT ?id ?start ?end ?text ?section ?audit WHERE {{
  ?id kg:inDocument {document} ; a kg:Sentence ;
    kg:start ?start ; kg:end ?end ; kg:text ?text ; kg:section ?section .
  OPTIONAL {{ ?id kg:audit ?audit }}
}} ORDER BY ?start"""
_MENTIONS = """SELECT DISTINCT ?sentence ?start ?end ?entity WHERE {{
  ?sentence kg:inDocument {document} ; a kg:Sentence . ?mention kg:inSentence ?sentence ;
    kg:refersTo ?entity ; kg:start ?start ; kg:end ?end .
}} ORDER BY ?start ?end"""
_CLAIMS = """SELECT DISTINCT ?id ?sentence ?start ?end ?type ?lemma ?label ?factuality ?modality
WHERE {{
  ?sentence kg:inDocument {document} ; a kg:Sentence . ?id kg:evidence ?sentence ;
    kg:trigger ?trigger ; rdfs:label ?label ; kg:factuality ?factuality ; kg:modality ?modality .
  ?trigger kg:start ?start ; kg:end ?end . OPTIONAL {{ ?id kg:specificType ?type }}
  OPTIONAL {{ ?id kg:predicateLemma ?lemma }}
}} ORDER BY ?start ?id"""
_SPEAKERS = """SELECT DISTINCT ?claim ?speaker WHERE {{
  ?claim kg:inDocument {document} ; kg:attributedTo ?speaker }} ORDER BY ?claim ?speaker"""


@dataclass(frozen=True, slots=True)
class Report:
    """What is known about a document."""

    id: str
    title: str
    uri: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim for a reader; `event` is its class in words, or the predicate of an open claim."""

    id: str
    event: str
    label: str
    speakers: tuple[str, ...]
    factuality: str
    modality: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; `opens` says that a paragraph begins with it."""

    pieces: tuple[Piece, ...]
    claims: tuple[Told, ...]
    section: str
    audit: str
    opens: bool


def reports(asking: Asking, limit: int) -> Sequence[Report]:
    """The reports, the latest first."""
    return [_report(row) for row in asking.rows(_DOCUMENTS.format(wanted="", limit=limit))]


def read(asking: Asking, name: str) -> tuple[Report, Sequence[Line]]:
    """The report with a local name and its sentences. Raises `HttpError`."""
    document = str(data(name))
    wanted = f"VALUES ?id {{ {document} }}"
    found = asking.rows(_DOCUMENTS.format(wanted=wanted, limit=1))
    if not found:
        raise HttpError(404, "there is no such report")
    sentences, mentions, claims, speakers = (
        asking.rows(query.format(document=document))
        for query in (_SENTENCES, _MENTIONS, _CLAIMS, _SPEAKERS)
    )
    labels = asking.labels(
        [*(row["entity"] for row in mentions), *(row["speaker"] for row in speakers)]
    )
    marks = _grouped(mentions), _grouped(claims)
    said = defaultdict(list)
    for row in speakers:
        said[row["claim"]].append(visible(labels.get(row["speaker"], row["speaker"])))
    return _report(found[0]), list(_lines(sentences, *marks, labels, said))


def _report(row: Row) -> Report:
    def shown(name: str) -> str | None:
        return visible(row[name]) if name in row else None

    return Report(
        row["id"], visible(row["title"]), visible(row["uri"]), shown("publisher"),
        shown("published"),
    )  # fmt: skip


def _grouped(rows: Iterable[Row]) -> Mapping[str, Sequence[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["sentence"]].append(row)
    return groups


def _lines(
    sentences: Iterable[Row],
    mentions: Mapping[str, Sequence[Row]],
    claims: Mapping[str, Sequence[Row]],
    labels: Mapping[str, str],
    speakers: Mapping[str, Sequence[str]],
) -> Iterator[Line]:
    end, section = -1, ""
    for row in sentences:
        start = int(row["start"])
        named, told = mentions.get(row["id"], ()), claims.get(row["id"], ())
        marks = [
            *(_mark(each, "open" if "lemma" in each else "trigger", _event(each)) for each in told),
            *(_mark(each, "entity", labels.get(each["entity"], "")) for each in named),
        ]
        yield Line(
            pieces=tuple(pieces(row["text"], start, marks)),
            claims=tuple(_told(each, speakers.get(each["id"], ())) for each in told),
            section=row["section"],
            audit=row.get("audit", ""),
            # Sentences of a paragraph are parted by one space; more is an empty line.
            opens=start - end > 1 or row["section"] != section,
        )
        end, section = int(row["end"]), row["section"]


def _mark(row: Row, kind: str, title: str) -> Mark:
    return Mark(int(row["start"]), int(row["end"]), kind, title)


def _told(row: Row, speakers: Sequence[str]) -> Told:
    return Told(
        id=row["id"],
        event=visible(_event(row)),
        label=visible(row["label"]),
        speakers=tuple(speakers),
        factuality=firmness(row["factuality"]),
        modality=row["modality"],
        is_open="lemma" in row,
    )


def _event(row: Row) -> str:
    return f"open claim: {row['lemma']}" if "lemma" in row else words(row.get("type", "Event"))
