"""What a corpus holds, read from its database a document, an edge or an entity at a time."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import batched, chain, groupby
from pathlib import Path
from threading import Lock
from typing import Any, get_args, overload

from kg import codec, graph
from kg.build.corpus import Corpus, evidence_of
from kg.build.state import consulted
from kg.export.fragments import fragment, merged
from kg.graph.names import Names, document_name
from kg.model import Extracted, Reading, Statement, Status
from kg.rdf import IRI, Quad
from kg.store.search import Page
from kg.vocab import SAYING

type Graphs = Iterator[tuple[IRI, Iterable[str]]]
"""Named graphs, each as pieces of sorted Turtle."""

_PIECES = 2_000  # a packed part of a graph: half a megabyte of text
_JOINED = "FROM documents JOIN contributions USING (key)"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a corpus holds; sentences by audit status, facts between entities by status.

    `sayings` counts the edges from a source to the event that it told of.
    """

    reports: int
    copies: int
    claims: int
    open_claims: int
    entities: int
    sentences: Counter[Extracted]
    facts: Counter[Status]
    sayings: int


class Contents:
    """The corpus of an open database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._corpus = Corpus(database)
        self._names = Names()
        self._lock = Lock()

    def size(self) -> int:
        """The number of documents."""
        return int(self._one("SELECT COUNT(*) FROM documents")[0])

    def reports(self) -> Iterator[tuple[str, str]]:
        """The name and the id of each document."""
        return self._rows("SELECT uri, document FROM documents")

    def readings(self) -> Iterator[Reading]:
        """All readings, by the name of the report."""
        query = f"SELECT reading {_JOINED} ORDER BY uri, document"
        return (codec.unpack(body, Reading) for (body,) in self._rows(query))

    def pages(self) -> Iterator[Page]:
        """All that is searched, by the name of the report."""
        query = f"SELECT page {_JOINED} ORDER BY uri, document"
        return (codec.unpack(body, Page) for (body,) in self._rows(query))

    def pages_of(self, documents: Iterable[str]) -> Iterator[Page]:
        """What is searched of some documents by their ids."""
        query = f"SELECT page {_JOINED} WHERE document = ?"
        for document in documents:
            for (body,) in self._rows(query, document):
                yield codec.unpack(body, Page)

    def claims(self, reports: Iterable[str] = ()) -> Iterator[str]:
        """The text of `claims.jsonl`, or its part on documents whose ids begin with `reports`."""
        query = f"SELECT claims {_JOINED} WHERE document GLOB ? ORDER BY document"
        for beginning in tuple(reports) or ("",):
            for (body,) in self._rows(query, f"{beginning}*"):
                yield codec.unpack(body, str)

    def statements(self) -> Iterator[Statement]:
        """All statements, sorted."""
        voices = self._corpus.voices()
        query = "SELECT * FROM edges ORDER BY subject, predicate, object"
        for triple, rows in groupby(self._rows(query), key=lambda row: row[:3]):
            yield graph.statement_of(triple, [evidence_of(row) for row in rows], voices)

    def quads(self) -> Iterator[Quad]:
        """Everything; nothing is held but one reading."""
        for reading in self.readings():
            yield from graph.document_quads(reading)
        for quads in (*self._known(), *self._derived()):
            yield from quads

    def graphs(self) -> Graphs:
        """The named graphs in the order of their names."""
        query = f"SELECT document, graph {_JOINED} ORDER BY document"
        for document, body in self._rows(query):
            yield self.graph_name(document), [codec.unpack(body, str)]
        yield from self.common_graphs()

    def common_graphs(self) -> Graphs:
        """The named graphs of no document, in the order of their names."""
        with self._lock:
            common = self._common
        for name, parts in common.items():
            yield self._names.node(name), (codec.unpack(part, str) for part in parts)

    def graphs_of(self, documents: Iterable[str]) -> Graphs:
        """The named graphs of some documents."""
        query = f"SELECT graph {_JOINED} WHERE document = ?"
        for document in documents:
            for (body,) in self._rows(query, document):
                yield self.graph_name(document), [codec.unpack(body, str)]

    def graph_name(self, document: str) -> IRI:
        """The named graph of a document."""
        return self._names.node(document_name(document))

    def digest(self) -> str:
        """The hash of the dataset, built from those of its parts.

        SHA-256 over the SHA-256 of the sorted Turtle of each document's graph, then of the sorted
        N-Quads about each entity of the shipped tables and about each pair of nodes with edges,
        then over the copies and the claims that contradict each other. Equal datasets have equal
        hashes, and only they.
        """
        total = sha256("".join(sorted(f"{q}\n" for q in graph.constant_quads())).encode())
        for query in (
            f"SELECT document, digest {_JOINED} ORDER BY document",
            "SELECT entity, digest FROM kb ORDER BY entity",
            "SELECT subject, object, digest FROM derived ORDER BY subject, object",
            "SELECT copy, original FROM copies ORDER BY copy",
            "SELECT DISTINCT one, other FROM rivals ORDER BY one, other",
        ):
            for row in self._rows(query):
                total.update(f"{'\t'.join(row)}\n".encode())
        return total.hexdigest()

    def counts(self) -> Counts:
        """The figures for people."""
        sentences: Counter[Extracted] = Counter()
        for (audit,) in self._rows("SELECT audit FROM documents"):
            sentences.update(json.loads(audit))
        reports, claims, open_claims, scoped = self._one(
            "SELECT COUNT(*), TOTAL(claim_count), TOTAL(open_count), TOTAL(scoped) FROM documents"
        )
        edges = Counter((each.predicate == SAYING, each.status) for each in self.statements())
        return Counts(
            reports=reports,
            copies=self._one("SELECT COUNT(*) FROM copies")[0],
            claims=int(claims),
            open_claims=int(open_claims),
            entities=int(scoped) + self._one("SELECT COUNT(DISTINCT entity) FROM linked")[0],
            sentences=sentences,
            facts=Counter({status: edges[False, status] for status in get_args(Status)}),
            sayings=sum(edges[True, status] for status in get_args(Status)),
        )

    @cached_property
    def _common(self) -> Mapping[str, Sequence[bytes]]:
        """The packed graphs of no document, which the store and two files have to be given."""
        derived = chain(map(fragment, self._told_of_claims()), self._stored("derived"))
        return {
            name: [codec.pack(text) for text in _joined(merged(fragments))]
            for name, fragments in ((graph.DERIVED, derived), (graph.KB, self._stored("kb")))
        }

    def _stored(self, table: str) -> Iterator[str]:
        return (codec.unpack(body, str) for (body,) in self._rows(f"SELECT graph FROM {table}"))  # noqa: S608

    def _told_of_claims(self) -> Iterator[Iterable[Quad]]:
        """What `graph_derived` says of documents and claims, and whatever they are."""
        yield graph.constant_quads()
        for copy, original in self._rows("SELECT copy, original FROM copies ORDER BY copy"):
            yield graph.copy_quads(copy, original)
        yield graph.contradiction_quads(self._corpus.contradictions())

    def _derived(self) -> Iterator[Iterable[Quad]]:
        yield from self._told_of_claims()
        voices = self._corpus.voices()
        for pair in self._rows("SELECT subject, object FROM derived ORDER BY subject, object"):
            yield self._corpus.quads(tuple(self._corpus.statements_between(pair, voices)))

    def _known(self) -> Iterator[Iterable[Quad]]:
        for (name,) in self._rows("SELECT entity FROM kb ORDER BY entity"):
            yield self._corpus.about(name)

    def _rows(self, query: str, *values: str) -> Iterator[Any]:
        return self._database.execute(query, values)

    def _one(self, query: str) -> Any:
        return self._database.execute(query).fetchone()


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    for some in batched(pieces, _PIECES):
        yield "".join(some)


class Stored[Item](Sequence[Item]):
    """Records of a finished build that are read from its database when somebody asks.

    Each use reads them as they are then: a later build of the same output changes them.
    """

    def __init__(self, output: Path, read: Callable[[Contents], Iterator[Item]]) -> None:
        self._output = output
        self._read = read

    def __iter__(self) -> Iterator[Item]:
        with consulted(self._output) as database:
            yield from self._read(Contents(database))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return tuple(self)[index]
