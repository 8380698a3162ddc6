"""The database of a build: what was read, so that only what changes is read again.

It lies in the output folder and is worth only time: when it is lost, damaged or of another version
everything is read once more. What a worker has read is kept at once; what the corpus consists of
changes in one transaction, together with the output. So a build that is killed at any moment goes
on where it stopped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import filelock

from kg import codec
from kg.build.contribution import Contribution, Task
from kg.build.keys import Keys
from kg.errors import BuildError
from kg.model import Document

FOLDER = ".kg"
"""What the folder of the state is called in an output folder."""

_DATABASE, _LOCK = "state.db", "lock"
_FORMAT = 5
_SCHEMA = """
CREATE TABLE parses (key TEXT PRIMARY KEY, document TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX parses_document ON parses (document);
CREATE TABLE contributions (
  key TEXT PRIMARY KEY, digest TEXT NOT NULL, shared BLOB NOT NULL, page BLOB NOT NULL,
  claims BLOB NOT NULL, graph BLOB NOT NULL, reading BLOB NOT NULL
);

CREATE TABLE documents (
  document TEXT PRIMARY KEY, uri TEXT NOT NULL, key TEXT NOT NULL, parse TEXT NOT NULL,
  published TEXT, voice TEXT NOT NULL, signature BLOB NOT NULL, claim_count INTEGER NOT NULL,
  open_count INTEGER NOT NULL, scoped INTEGER NOT NULL, audit TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_uri ON documents (uri, document);
CREATE TABLE edges (
  subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL, claim TEXT NOT NULL,
  document TEXT NOT NULL, opposes INTEGER NOT NULL, asserts INTEGER NOT NULL,
  sources TEXT NOT NULL, called TEXT NOT NULL, sentence TEXT NOT NULL, voice TEXT NOT NULL,
  published TEXT,
  PRIMARY KEY (subject, object, predicate, claim, document)
) WITHOUT ROWID;
CREATE INDEX edges_object ON edges (object, subject);
CREATE INDEX edges_document ON edges (document);
CREATE TABLE stances (slot TEXT NOT NULL, document TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX stances_slot ON stances (slot);
CREATE INDEX stances_document ON stances (document);
CREATE TABLE labels (
  node TEXT NOT NULL, label TEXT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (node, label, document)
) WITHOUT ROWID;
CREATE INDEX labels_document ON labels (document);
CREATE TABLE linked (
  entity TEXT NOT NULL, body BLOB NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (entity, body, document)
) WITHOUT ROWID;
CREATE INDEX linked_document ON linked (document);
CREATE TABLE bands (
  band BLOB NOT NULL, document TEXT NOT NULL, PRIMARY KEY (band, document)
) WITHOUT ROWID;
CREATE INDEX bands_document ON bands (document);
CREATE TABLE twins (
  document TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (document, other)
) WITHOUT ROWID;
CREATE INDEX twins_other ON twins (other);

-- What is in the output of several documents together, as sorted Turtle with the digest of its
-- sorted N-Quads.
CREATE TABLE names (node TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE copies (copy TEXT PRIMARY KEY, original TEXT NOT NULL, voice TEXT NOT NULL)
WITHOUT ROWID;
CREATE TABLE derived (
  subject TEXT NOT NULL, object TEXT NOT NULL, digest TEXT NOT NULL, graph BLOB NOT NULL,
  PRIMARY KEY (subject, object)
) WITHOUT ROWID;
CREATE TABLE rivals (
  slot TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (slot, one, other)
) WITHOUT ROWID;
CREATE TABLE kb (
  entity TEXT PRIMARY KEY, digest TEXT NOT NULL, graph BLOB NOT NULL
) WITHOUT ROWID;
"""
_INPUT = """
CREATE TEMP TABLE wanted (
  document TEXT PRIMARY KEY, uri TEXT NOT NULL, key TEXT NOT NULL, parse TEXT NOT NULL,
  position INTEGER NOT NULL, body BLOB
) WITHOUT ROWID;
"""


class State:
    """The open database; `database` is for the modules that know its tables."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self._position = 0

    # --------------------------------------------------------------- input

    def knows(self, document: str) -> bool:
        """Whether a text was parsed before, which only an English one is."""
        return self._has("SELECT 1 FROM parses WHERE document = ?", document)

    def want(self, document: Document, keys: Keys) -> str | None:
        """Notes a report of the input; gives the name under which the same text came before."""
        for (uri,) in self._rows("SELECT uri FROM wanted WHERE document = ?", document.id):
            return str(uri)
        key = keys.contribution(document)
        done = self._has("SELECT 1 FROM contributions WHERE key = ?", key)
        self.database.execute(
            "INSERT INTO wanted VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.uri,
                key,
                keys.parse(document),
                self._position,
                None if done else codec.pack(document),
            ),
        )
        self._position += 1
        return None

    def unwant(self, document: Document) -> None:
        """Leaves a report out after all."""
        self.database.execute("DELETE FROM wanted WHERE document = ?", (document.id,))

    def wanted(self) -> int:
        """The number of reports in the input."""
        return self._count("wanted")

    def keys(self) -> dict[str, str]:
        """The key under which each wanted document is kept once it is read, in their order."""
        query = "SELECT document, key FROM wanted ORDER BY position"
        return dict(self.database.execute(query).fetchall())

    def arrange(self, documents: Iterable[str]) -> None:
        """Puts the wanted documents, which are all given, into another order than the input's."""
        rows = ((position, document) for position, document in enumerate(documents))
        self.database.executemany("UPDATE wanted SET position = ? WHERE document = ?", rows)

    def pending(self) -> int:
        """The number of documents that go or come before the corpus is as wanted."""
        return self._count("documents WHERE key NOT IN (SELECT key FROM wanted)") + self._count(
            "wanted WHERE key NOT IN (SELECT key FROM documents)"
        )

    def to_read(self) -> int:
        """The number of those that are not read yet."""
        return self._count("wanted WHERE body IS NOT NULL")

    def tasks(self) -> Iterator[Task]:
        """What there is to read, in order."""
        last = -1
        while rows := self.database.execute(
            "SELECT position, key, parse, body FROM wanted"
            " WHERE body IS NOT NULL AND position > ? ORDER BY position LIMIT 64",
            (last,),
        ).fetchall():
            last = rows[-1][0]
            for _, key, parse_key, body in rows:
                found = self._rows("SELECT body FROM parses WHERE key = ?", parse_key)
                parse = next((row[0] for row in found), None)
                yield Task(key, parse_key, codec.unpack(body, Document), parse)

    def keep(self, results: Iterable[Contribution]) -> None:
        """Stores what was read, for good."""
        with self.database:
            for each in results:
                if each.parse is not None:
                    self.database.execute(
                        "INSERT OR REPLACE INTO parses VALUES (?, ?, ?)",
                        (each.parse_key, each.document, each.parse),
                    )
                self.database.execute(
                    "INSERT OR REPLACE INTO contributions VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        each.key,
                        each.digest,
                        each.shared,
                        each.page,
                        each.claims,
                        each.graph,
                        each.reading,
                    ),
                )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes of the block, or none of them."""
        with self.database:
            yield

    def forget(self) -> None:
        """Throws away all that was read, so that it is read again."""
        with self.database:
            self.database.execute("DELETE FROM contributions")
            self.database.execute("DELETE FROM parses")

    def tidy(self) -> None:
        """Throws away what no document of the corpus needs."""
        with self.database:
            for table, column in (("contributions", "key"), ("parses", "parse")):
                self.database.execute(
                    f"DELETE FROM {table} WHERE key NOT IN (SELECT {column} FROM documents)"  # noqa: S608
                )

    def _has(self, query: str, value: str) -> bool:
        return next(self._rows(query, value), None) is not None

    def _count(self, what: str) -> int:
        return int(self.database.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0])  # noqa: S608

    def _rows(self, query: str, *values: str) -> Iterator[Any]:
        return iter(self.database.execute(query, values).fetchall())


@contextmanager
def locked(output: Path) -> Iterator[State]:
    """The state of an output folder, for one build at a time.

    The lock is the operating system's, which frees it when its holder ends in whichever way.
    Raises `BuildError` when another build is at work there, and when nothing can be written.
    """
    folder = output / FOLDER
    lock = filelock.FileLock(folder / _LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise BuildError("another build is at work here", str(output)) from None
    except OSError as error:
        raise BuildError(f"cannot be written: {error.strerror or error}", str(output)) from error
    try:
        database = _opened(folder / _DATABASE)
        try:
            yield State(database)
        finally:
            database.close()
    except sqlite3.DatabaseError as error:
        raise BuildError(f"cannot be written: {error}", str(folder / _DATABASE)) from error
    finally:
        lock.release()


@contextmanager
def consulted(output: Path) -> Iterator[sqlite3.Connection]:
    """The database of a finished build, to be read only. Raises `BuildError` without one."""
    path = output / FOLDER / _DATABASE
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise BuildError("has no state of a build", str(output)) from error
    try:
        yield database
    finally:
        database.close()


def _opened(path: Path) -> sqlite3.Connection:
    """The database, made anew when it is of another version or cannot be read."""
    with suppress(sqlite3.DatabaseError):
        database = _connected(path)
        if database.execute("PRAGMA user_version").fetchone()[0] == _FORMAT:
            database.executescript(_INPUT)
            return database
        database.close()
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink(missing_ok=True)  # the engine takes its own files away as a connection ends
    database = _connected(path)
    database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
    database.executescript(_INPUT)
    return database


def _connected(path: Path) -> sqlite3.Connection:
    # An output is written by two threads, which only read here while they do.
    database = sqlite3.connect(path, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    return database
