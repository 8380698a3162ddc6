"""The corpus as a whole: documents come and go, and what rests on several of them follows.

Only what a changed document touches is put together anew: the edges it speaks of, the entities it
names, the labels of both, and the reports that it repeats. The rest stays as it is stored.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from kg import codec, graph
from kg.build.contribution import Shared
from kg.export.fragments import fragment
from kg.graph.assertion import Triple
from kg.graph.contradictions import Pair, Stance
from kg.graph.evidence import Evidence
from kg.graph.names import Names
from kg.graph.syndication import Print, are_alike, bands, originals
from kg.model import Entity, Statement
from kg.rdf import IRI, Quad

_TOUCHED = """
CREATE TEMP TABLE gone AS SELECT document FROM documents WHERE key NOT IN (SELECT key FROM wanted);
CREATE TEMP TABLE fresh AS
  SELECT document, uri, key, parse FROM wanted WHERE key NOT IN (SELECT key FROM documents);
CREATE TEMP TABLE touched_edges (subject TEXT, object TEXT, PRIMARY KEY (subject, object));
CREATE TEMP TABLE touched_nodes (node TEXT PRIMARY KEY);
CREATE TEMP TABLE touched_entities (entity TEXT PRIMARY KEY);
CREATE TEMP TABLE touched_slots (slot TEXT PRIMARY KEY);
"""
_TOUCH = (
    "INSERT OR IGNORE INTO touched_edges SELECT subject, object FROM edges WHERE document = ?",
    "INSERT OR IGNORE INTO touched_nodes SELECT node FROM labels WHERE document = ?",
    "INSERT OR IGNORE INTO touched_entities SELECT entity FROM linked WHERE document = ?",
    "INSERT OR IGNORE INTO touched_slots SELECT slot FROM stances WHERE document = ?",
)
_REMOVE = (
    *(
        f"DELETE FROM {table} WHERE document = ?"  # noqa: S608 - a fixed list
        for table in ("documents", "edges", "stances", "labels", "linked", "bands")
    ),
    "DELETE FROM twins WHERE document = ?",
    "DELETE FROM twins WHERE other = ?",
)
_RELABEL = """
INSERT OR IGNORE INTO touched_edges SELECT subject, object FROM edges WHERE subject = :node
UNION SELECT subject, object FROM edges WHERE object = :node
"""
_DERIVED, _KB = map(Names().node, (graph.DERIVED, graph.KB))

type Told = tuple[IRI, tuple[str]]
"""A named graph and a piece of it."""


@dataclass(slots=True)
class Change:
    """What a step changed: documents by id, and sorted Turtle of the graphs of no document.

    What is removed and added may have statements in common.
    """

    gone: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    removed: list[Told] = field(default_factory=list)
    added: list[Told] = field(default_factory=list)

    def forget_texts(self) -> None:
        """Frees what only a change of an older store needs; of a new corpus it is everything."""
        self.removed.clear()
        self.added.clear()


class Corpus:
    """The tables of the corpus; every method works inside the transaction of its caller."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def update(self) -> Change:
        """Makes the corpus consist of the wanted documents, all of which have been read."""
        execute = self._database.execute
        for statement in filter(str.strip, _TOUCHED.split(";")):
            execute(statement)
        change = Change(self._column("SELECT document FROM gone"))
        for document in change.gone:
            self._touch(document)
            for statement in _REMOVE:
                execute(statement, (document,))
        for document, uri, key, parse in execute("SELECT * FROM fresh").fetchall():
            self._add(document, uri, key, parse)
            self._touch(document)
            change.fresh.append(document)
        self._find_copies(change)
        self._relabel()
        self._derive(change)
        self._describe(change)
        self._contest(change)
        for table in ("gone", "fresh"):
            execute(f"DROP TABLE {table}")
        for kind in ("edges", "nodes", "entities", "slots"):
            execute(f"DROP TABLE touched_{kind}")
        return change

    # ----------------------------------------------------------- documents

    def _touch(self, document: str) -> None:
        for statement in _TOUCH:
            self._database.execute(statement, (document,))

    def _add(self, document: str, uri: str, key: str, parse: str) -> None:
        many = self._database.executemany
        (body,) = self._database.execute(
            "SELECT shared FROM contributions WHERE key = ?", (key,)
        ).fetchone()
        shared = codec.unpack(body, Shared)
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document, uri, key, parse, shared.published and shared.published.isoformat(),
                shared.voice, shared.signature, shared.claims, shared.open_claims, shared.scoped,
                json.dumps(shared.audit),
            ),
        )  # fmt: skip
        many(
            "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*triple, *_row(evidence)) for triple, evidence in shared.edges],
        )
        many(
            "INSERT INTO stances VALUES (?, ?, ?)",
            [(json.dumps(slot), document, codec.pack(each)) for slot, each in shared.stances],
        )
        many(
            "INSERT INTO labels VALUES (?, ?, ?)",
            [(node, label, document) for node, label in shared.labels],
        )
        many(
            "INSERT INTO linked VALUES (?, ?, ?)",
            [(entity.id, codec.pack(entity), document) for entity in shared.linked],
        )
        self._compare(document, shared.signature)

    # -------------------------------------------------------------- copies

    def _compare(self, document: str, signature: bytes) -> None:
        """Notes which earlier reports this one repeats."""
        parts = bands(signature)
        found: dict[str, bytes] = {}
        for part in parts:
            found |= self._database.execute(
                "SELECT document, signature FROM bands JOIN documents USING (document)"
                " WHERE band = ?",
                (part,),
            ).fetchall()
        self._database.executemany(
            "INSERT INTO twins VALUES (?, ?)",
            [(document, other) for other, mark in found.items() if are_alike(signature, mark)],
        )
        self._database.executemany(
            "INSERT INTO bands VALUES (?, ?)", [(part, document) for part in parts]
        )

    def _find_copies(self, change: Change) -> None:
        """Groups the reports that repeat each other; the edges of those that change are touched."""
        pairs = self._database.execute("SELECT document, other FROM twins").fetchall()
        prints, voices = self._prints()
        new = {
            (copy, original, voices[original])
            for copy, original in originals(pairs, prints).items()
        }
        old = set(self._database.execute("SELECT * FROM copies").fetchall())
        for copy, _, _ in old ^ new:
            self._database.execute(_TOUCH[0], (copy,))
        self._database.executemany("DELETE FROM copies WHERE copy = ?", [(c,) for c, *_ in old])
        self._database.executemany("INSERT INTO copies VALUES (?, ?, ?)", sorted(new))
        before, after = ({(copy, first) for copy, first, _ in each} for each in (old, new))
        change.removed += _told(_copied(before - after))
        change.added += _told(_copied(after - before))

    def _prints(self) -> tuple[dict[str, Print], dict[str, str]]:
        rows = self._database.execute(
            "SELECT document, uri, published, voice FROM documents WHERE document IN"
            " (SELECT document FROM twins UNION SELECT other FROM twins)"
        ).fetchall()
        prints = {
            document: Print(document, uri, published and date.fromisoformat(published))
            for document, uri, published, _ in rows
        }
        return prints, {document: voice for document, _, _, voice in rows}

    # ------------------------------------------------- edges and entities

    def _relabel(self) -> None:
        """Settles the labels of the touched nodes; edges at those with a new one are touched."""
        execute = self._database.execute
        for (node,) in execute("SELECT node FROM touched_nodes").fetchall():
            (new,) = execute("SELECT MIN(label) FROM labels WHERE node = ?", (node,)).fetchone()
            old = execute("SELECT label FROM names WHERE node = ?", (node,)).fetchone()
            if old == (new,):
                continue
            if new is None:
                execute("DELETE FROM names WHERE node = ?", (node,))
            else:
                execute("INSERT OR REPLACE INTO names VALUES (?, ?)", (node, new))
            execute(_RELABEL, {"node": node})

    def _derive(self, change: Change) -> None:
        """Puts the touched edges together from the evidence of all reports."""
        voices = self.voices()
        for pair in self._database.execute("SELECT subject, object FROM touched_edges").fetchall():
            statements = tuple(self.statements_between(pair, voices))
            self._replace("derived", ("subject", "object"), pair, self.quads(statements), change)

    def _describe(self, change: Change) -> None:
        """Puts together what the reports name of the shipped tables."""
        for (entity,) in self._database.execute("SELECT entity FROM touched_entities").fetchall():
            self._replace("kb", ("entity",), (entity,), self.about(entity), change)

    def _contest(self, change: Change) -> None:
        """Compares the claims in the touched slots; one pair may be rivals in several."""
        execute, before = self._database.execute, set(self.contradictions())
        for (slot,) in execute("SELECT slot FROM touched_slots").fetchall():
            execute("DELETE FROM rivals WHERE slot = ?", (slot,))
            bodies = execute("SELECT body FROM stances WHERE slot = ?", (slot,)).fetchall()
            taken = [codec.unpack(body, Stance) for (body,) in bodies]
            pairs = set(graph.rivals(tuple(json.loads(slot)), taken))
            self._database.executemany(
                "INSERT INTO rivals VALUES (?, ?, ?)", [(slot, *pair) for pair in pairs]
            )
        after = set(self.contradictions())
        change.removed += _told(graph.contradiction_quads(before - after))
        change.added += _told(graph.contradiction_quads(after - before))

    def _replace(
        self,
        table: str,
        names: tuple[str, ...],
        key: tuple[str, ...],
        quads: Iterable[Quad],
        change: Change,
    ) -> None:
        told = list(quads)
        lines = "".join(sorted({f"{quad}\n" for quad in told}))
        digest = sha256(lines.encode()).hexdigest() if told else None
        into = _DERIVED if table == "derived" else _KB
        where = " AND ".join(f"{name} = ?" for name in names)
        execute = self._database.execute
        old = execute(f"SELECT digest, graph FROM {table} WHERE {where}", key).fetchone()  # noqa: S608
        if digest == (old[0] if old else None):
            return
        if old:
            execute(f"DELETE FROM {table} WHERE {where}", key)  # noqa: S608
            change.removed.append((into, (codec.unpack(old[1], str),)))
        if told:
            text, marks = fragment(told), ", ".join("?" * (len(key) + 2))
            execute(f"INSERT INTO {table} VALUES ({marks})", (*key, digest, codec.pack(text)))  # noqa: S608
            change.added.append((into, (text,)))

    # ------------------------------------------------------------- reading

    def voices(self) -> dict[str, str]:
        """The voice of the original for each report that is a copy."""
        return dict(self._database.execute("SELECT copy, voice FROM copies").fetchall())

    def contradictions(self) -> list[Pair]:
        """The pairs of claims that contradict each other, sorted."""
        query = "SELECT DISTINCT one, other FROM rivals ORDER BY one, other"
        return self._database.execute(query).fetchall()

    def statements_between(
        self, pair: tuple[str, str], voices: Mapping[str, str]
    ) -> Iterator[Statement]:
        """The statements of one subject about one object."""
        rows = self._database.execute(
            "SELECT * FROM edges WHERE subject = ? AND object = ?", pair
        ).fetchall()
        found: dict[Triple, list[Evidence]] = {}
        for row in sorted(rows):
            found.setdefault(row[:3], []).append(evidence_of(row))
        return (graph.statement_of(each, found[each], voices) for each in found)

    def quads(self, statements: tuple[Statement, ...]) -> Iterator[Quad]:
        """What the graph says of all the statements about one pair."""
        ends = {end for each in statements for end in (each.subject, each.object)}
        labels: dict[str, str] = {}
        for end in ends:
            labels |= self._database.execute(
                "SELECT * FROM names WHERE node = ?", (end,)
            ).fetchall()
        return graph.edge_quads(statements, labels)

    def about(self, entity: str) -> Iterator[Quad]:
        """What the graph says of an entity that several reports may name; none if none does."""
        rows = self._database.execute(
            "SELECT DISTINCT body FROM linked WHERE entity = ? ORDER BY body", (entity,)
        ).fetchall()
        records = [codec.unpack(body, Entity) for (body,) in rows]
        return graph.entity_quads(records) if records else iter(())

    def _column(self, query: str) -> list[str]:
        return [row[0] for row in self._database.execute(query)]


def evidence_of(row: tuple[str, ...]) -> Evidence:
    """The evidence in a row of the table of edges."""
    claim, document, opposes, asserts, sources, called, sentence, voice, published = row[3:]
    return Evidence(
        claim,
        document,
        bool(opposes),
        bool(asserts),
        tuple(json.loads(sources)),
        tuple((name, source) for name, source in json.loads(called)),
        sentence,
        voice,
        date.fromisoformat(published) if published else None,
    )


def _row(evidence: Evidence) -> tuple[object, ...]:
    return (
        evidence.claim,
        evidence.document,
        evidence.opposes,
        evidence.asserts,
        json.dumps(evidence.sources),
        json.dumps(evidence.called),
        evidence.sentence,
        evidence.voice,
        evidence.published and evidence.published.isoformat(),
    )


def _copied(pairs: Iterable[tuple[str, str]]) -> Iterator[Quad]:
    return (quad for pair in pairs for quad in graph.copy_quads(*pair))


def _told(quads: Iterable[Quad]) -> list[Told]:
    """What `graph_derived` says of documents or claims, if anything."""
    text = fragment(quads)
    return [(_DERIVED, (text,))] if text else []
