"""The queries that are shipped, each the answer to a question."""

from __future__ import annotations

import re

from kg.errors import QueryError
from kg.resources import ontology_path, read_text, resource_files

_FOLDER = "queries"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def named_query(name: str) -> str:
    """The text of a shipped query. Raises `QueryError`, with the names there are."""
    if not _NAME.fullmatch(name) or not ontology_path(_FOLDER, f"{name}.rq").is_file():
        raise QueryError(
            f"no shipped query has this name; there are {', '.join(questions())}", name
        )
    return read_text(_FOLDER, f"{name}.rq")


def questions() -> dict[str, str]:
    """The shipped queries by name, each with the question it answers."""
    files = resource_files(_FOLDER, "*.rq")
    return {
        path.stem: path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        for path in files
    }
