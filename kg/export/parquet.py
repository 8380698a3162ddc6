"""Tables for analytics: `quads`, `edges`, `events` and their `fillers` as Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import BuildError
from kg.export.ordering import ordered
from kg.graph.network import links
from kg.graph.occurrences import Occurrence, occurrences
from kg.rdf import IRI, Quad

if TYPE_CHECKING:
    import pyarrow

Row = Mapping[str, Any]

_GROUP = 100_000  # rows that are held at a time
_TEXT, _FLAG, _NUMBER, _TEXTS = "string", "bool", "int32", "texts"
_QUADS = dict.fromkeys(("graph", "subject", "predicate", "object", "datatype", "language"), _TEXT)
_EDGES = {
    **dict.fromkeys(("subject", "predicate", "object", "status"), _TEXT),
    **dict.fromkeys(("sources", "documents"), _NUMBER),
    **dict.fromkeys(("first_reported", "last_reported"), _TEXT),
    **dict.fromkeys(("supported_by", "opposed_by"), _TEXTS),
    **dict.fromkeys(("subject_label", "subject_type", "object_label", "object_type"), _TEXT),
}
_EVENTS = {
    **dict.fromkeys(("id", "type", "label", "factuality"), _TEXT),
    "realis": _FLAG,
    **dict.fromkeys(("earliest", "latest", "precision", "reported"), _TEXT),
    **dict.fromkeys(("sources", "figures"), _TEXTS),
    **dict.fromkeys(("report", "title", "publisher", "sentence"), _TEXT),
}
_FILLERS = dict.fromkeys(("event", "role", "label"), _TEXT)


def parquet(read: Callable[[], Iterable[Quad]], folder: Path) -> None:
    """Writes `quads.parquet`, `edges.parquet`, `events.parquet` and `fillers.parquet`.

    `read` gives the quads, a few times. The rows are sorted, so that the same graph gives the same
    bytes (by the same library). Raises `BuildError` when pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise BuildError(
            "is not installed; run: pip install 'claimgraph[parquet]'", "pyarrow"
        ) from None
    _write(folder / "quads.parquet", _quads(read()), _QUADS)
    _write(folder / "edges.parquet", _edges(read()), _EDGES)
    _write(folder / "events.parquet", map(asdict, occurrences(read())), _EVENTS)
    fillers = (row for event in occurrences(read()) for row in _fillers(event))
    _write(folder / "fillers.parquet", fillers, _FILLERS)


def _quads(quads: Iterable[Quad]) -> Iterator[Row]:
    encode, decode = msgspec.json.Encoder().encode, msgspec.json.Decoder(tuple[str | None, ...])
    for line in ordered(encode(_cells(quad)).decode() for quad in quads):
        yield dict(zip(_QUADS, decode.decode(line), strict=True))


def _cells(quad: Quad) -> tuple[str | None, ...]:
    graph = quad.graph.value if quad.graph else None
    head = (graph, quad.subject.value, quad.predicate.value)
    if isinstance(quad.object, IRI):
        return *head, quad.object.value, None, None
    return *head, quad.object.lexical, quad.object.datatype, quad.object.language


def _edges(quads: Iterable[Quad]) -> Iterator[Row]:
    found, nodes = links(quads)
    for link in found:
        subject, object_ = nodes[link.subject], nodes[link.object]
        yield asdict(link) | {
            "subject_label": subject.label,
            "subject_type": subject.type,
            "object_label": object_.label,
            "object_type": object_.type,
        }


def _fillers(event: Occurrence) -> Iterator[Row]:
    for role, labels in event.roles.items():
        for label in labels:
            yield {"event": event.id, "role": role, "label": label}


def _write(path: Path, rows: Iterator[Row], columns: Mapping[str, str]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    types = {
        _TEXT: pa.string(),
        _FLAG: pa.bool_(),
        _NUMBER: pa.int32(),
        _TEXTS: pa.list_(pa.string()),
    }
    schema: pyarrow.Schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))
