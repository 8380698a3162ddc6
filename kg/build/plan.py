"""What a build would do: which reports came, went, changed or moved since the last one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Reports by name, sorted; a move is told by both names.

    `again` are those that are as they were, but are read anew because the program or its data
    changed; `parses` is the number of texts that the language engine has to parse for all of it.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    again: tuple[str, ...]
    unchanged: int
    parses: int


def plan(database: sqlite3.Connection) -> Plan:
    """Compares the wanted documents of an open state with those of the last build."""
    old = _documents(database, "documents")
    new = _documents(database, "wanted")
    fresh = {document: new[document] for document in new if new[document] != old.get(document)}
    gone = {document: old[document] for document in old if old[document] != new.get(document)}
    moved = sorted(
        (gone[document][0], fresh[document][0])
        for document in fresh.keys() & gone.keys()
        if gone[document][0] != fresh[document][0]
    )
    again = {fresh[d][0] for d in fresh.keys() & gone.keys() if gone[d][0] == fresh[d][0]}
    before = {uri for document, (uri, _) in gone.items() if document not in fresh}
    after = {uri for document, (uri, _) in fresh.items() if document not in gone}
    (parses,) = database.execute(
        "SELECT COUNT(*) FROM wanted WHERE body IS NOT NULL"
        " AND parse NOT IN (SELECT key FROM parses)"
    ).fetchone()
    return Plan(
        added=tuple(sorted(after - before)),
        changed=tuple(sorted(after & before)),
        deleted=tuple(sorted(before - after)),
        moved=tuple(moved),
        again=tuple(sorted(again)),
        unchanged=len(new) - len(fresh),
        parses=parses,
    )


def _documents(database: sqlite3.Connection, table: str) -> dict[str, tuple[str, str]]:
    rows = database.execute(f"SELECT document, uri, key FROM {table}")  # noqa: S608
    return {document: (uri, key) for document, uri, key in rows}
