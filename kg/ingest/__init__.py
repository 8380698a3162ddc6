"""Readers: files, folders, globs and standard input become `Document` records.

    sources -> stream -> reader of the format -> Report -> sections, title -> Document

What cannot be read becomes a `Skipped` with one clear line, and the rest goes on.
"""

from kg.ingest.read import read, read_source, repeated, sources
from kg.ingest.records import Columns
from kg.ingest.sources import Source

__all__ = ["Columns", "Source", "read", "read_source", "repeated", "sources"]
