"""Readers: files, folders, globs and standard input become `Document` records.

    sources -> stream -> reader of the format -> Report -> sections, title -> Document

What cannot be read becomes a `Skipped` with one clear line, and the rest goes on.
"""

from kg.ingest.read import read
from kg.ingest.records import Columns

__all__ = ["Columns", "read"]
