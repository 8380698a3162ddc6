"""Full-text search over the sentences of all reports, by SQLite's FTS5 with BM25 ranking.

The file holds every sentence with its report and the claims that were read in it. Written whole, it
is the same bytes for the same readings in the same order (by the same SQLite).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BuildError, InputError, QueryError
from kg.graph.names import document_name
from kg.model import Reading

NAME = "search.db"
"""What the file is called in an output folder."""

_SCHEMA = """
CREATE TABLE documents (
  document TEXT PRIMARY KEY, uri TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT, published TEXT
) WITHOUT ROWID;
CREATE TABLE sentences (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE UNIQUE INDEX places ON sentences (document, position);
CREATE TABLE claims (
  sentence INTEGER NOT NULL, claim TEXT NOT NULL, type TEXT NOT NULL, label TEXT NOT NULL,
  factuality TEXT NOT NULL, PRIMARY KEY (sentence, claim)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
  text, content='sentences', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
"""
_ADD_DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?)"
_ADD_SENTENCE = "INSERT INTO sentences (document, position, text) VALUES (?, ?, ?)"
_ADD_WORDS = "INSERT INTO words (rowid, text) VALUES (?, ?)"
_ADD_CLAIM = "INSERT INTO claims VALUES (?, ?, ?, ?, ?)"
_DROP = (
    "INSERT INTO words (words, rowid, text)"
    " SELECT 'delete', id, text FROM sentences WHERE document = ?",
    "DELETE FROM claims WHERE sentence IN (SELECT id FROM sentences WHERE document = ?)",
    "DELETE FROM sentences WHERE document = ?",
    "DELETE FROM documents WHERE document = ?",
)
_FIND = """
SELECT sentences.id, sentences.text, position, document, uri, title, publisher, published
FROM words JOIN sentences ON sentences.id = words.rowid JOIN documents USING (document)
WHERE words MATCH ? ORDER BY bm25(words), document, position LIMIT ?
"""
_CLAIMS = "SELECT claim, type, label, factuality FROM claims WHERE sentence = ? ORDER BY claim"
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that was read in a sentence, an open one too: id and class, FactBank value."""

    id: str
    type: str
    label: str
    factuality: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence with its report (by local name) and claims; `sentence` counts from 0."""

    text: str
    sentence: int
    document: str
    uri: str
    title: str
    publisher: str | None
    published: str | None
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the index holds of one report: rows of its tables, sentences by their position."""

    document: str
    uri: str
    title: str
    publisher: str | None
    published: str | None
    sentences: tuple[tuple[int, str], ...]
    claims: tuple[tuple[int, Claimed], ...]


def page(reading: Reading, labels: Mapping[str, str]) -> Page:
    """The part of a reading that is searched; `labels` are its `event_labels`."""
    document = reading.document
    return Page(
        document_name(document.id),
        document.uri,
        document.title,
        document.publisher,
        document.published.isoformat() if document.published else None,
        tuple(
            (each.index, document.text[each.span.start : each.span.end])
            for each in reading.sentences
        ),
        tuple(
            (
                claim.sentence,
                Claimed(claim.id, claim.type, labels[claim.id], claim.factuality.value),
            )
            for claim in (*reading.claims, *reading.open_claims)
        ),
    )


def write_search(path: Path, pages: Iterable[Page]) -> None:
    """Makes the file anew, in place of an older one. Raises `BuildError`.

    The pages are taken one by one; in the same order they give the same bytes.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as database:
            database.executescript(_SCHEMA)
            with database:
                for each in pages:
                    _add(database, each)
                database.execute("INSERT INTO words (words) VALUES ('optimize')")
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise BuildError(f"the search index cannot be written: {error}", str(path)) from error
    finally:
        partial.unlink(missing_ok=True)


def update_search(path: Path, added: Iterable[Page], removed: Iterable[str]) -> None:
    """Takes documents out (by `Document.id`) and puts pages in, all at once or none.

    A page whose document is there already takes its place. Raises `BuildError`.
    """
    try:
        with closing(_opened(path, "rw")) as database, database:
            for document in removed:
                _drop(database, document_name(document))
            for each in added:
                _drop(database, each.document)
                _add(database, each)
    except sqlite3.Error as error:
        raise BuildError(f"the search index cannot be changed: {error}", str(path)) from error


def search(path: Path, text: str, limit: int = 10) -> tuple[Hit, ...]:
    """The sentences that hold all the words (by their stems) and all the "phrases" of `text`.

    The best match goes first; equal ones go by document. Raises `QueryError` when there is no word
    to look for and `InputError` when there is no index.
    """
    wanted = _match(text)
    if not wanted:
        raise QueryError("there is no word to search for", repr(text))
    try:
        with closing(_opened(path, "ro")) as database:
            return tuple(_hits(database, wanted, limit))
    except sqlite3.Error as error:
        raise InputError(f"not a search index: {error}", str(path)) from error


def _match(text: str) -> str:
    """The text in FTS5's query language, in which every term is quoted and means only itself."""
    terms = (phrase or word for phrase, word in _TERM.findall(text.replace("\0", " ")))
    return " ".join(f'"{term.replace('"', "")}"' for term in terms if _WORD.search(term))


def _hits(database: sqlite3.Connection, wanted: str, limit: int) -> Iterator[Hit]:
    for key, text, sentence, *about in database.execute(_FIND, (wanted, limit)).fetchall():
        document, uri, title, publisher, published = about
        claims = tuple(Claimed(*row) for row in database.execute(_CLAIMS, (key,)))
        yield Hit(text, sentence, document, uri, title, publisher, published, claims)


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)


def _drop(database: sqlite3.Connection, document: str) -> None:
    for statement in _DROP:
        database.execute(statement, (document,))


def _add(database: sqlite3.Connection, page: Page) -> None:
    database.execute(
        _ADD_DOCUMENT, (page.document, page.uri, page.title, page.publisher, page.published)
    )
    rows: dict[int, int] = {}
    for position, text in page.sentences:
        cursor = database.execute(_ADD_SENTENCE, (page.document, position, text))
        rows[position] = cursor.lastrowid or 0
    database.executemany(_ADD_WORDS, [(rows[position], text) for position, text in page.sentences])
    database.executemany(
        _ADD_CLAIM,
        [
            (rows[sentence], claim.id, claim.type, claim.label, claim.factuality)
            for sentence, claim in page.claims
        ],
    )
