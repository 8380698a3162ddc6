"""The errors a user can cause, each with the place that caused it."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that is the input's fault; the command line prints it as one line.

    `where` is a file, `file:line`, IRI or option name; it is printed before the message.
    """

    def __init__(self, message: str, where: str | None = None) -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.message = message
        self.where = where


class InputError(KgError):
    """A report that cannot be read: missing, empty, binary, oversized, wrong encoding."""


class ResourceError(KgError):
    """A file of `ontology/` (or an overlay) that breaks its schema or names an unknown term."""


class QueryError(KgError):
    """A SPARQL query that does not parse, or a query name that is not shipped."""


class BuildError(KgError):
    """An output folder that cannot be written, locked or rebuilt."""
