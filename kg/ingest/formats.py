"""Which reader a file gets: by its suffix, else by how its content begins."""

from __future__ import annotations

import io
import re
import stat
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kg.errors import InputError
from kg.ingest.feed import read_feed
from kg.ingest.html import read_html
from kg.ingest.markdown import read_markdown
from kg.ingest.pdf import MAX_PDF_BYTES, read_pdf
from kg.ingest.records import Columns, read_csv, read_jsonl
from kg.ingest.report import MAX_TEXT_BYTES, Report, content
from kg.ingest.sources import Source
from kg.ingest.text import read_text
from kg.model import Skipped

_WHOLE: dict[str, Callable[[bytes, str], Report]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
}
_RECORDS: dict[str, Callable[[BinaryIO, str, Columns], Iterator[Report | Skipped]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".rss": read_feed,
    ".atom": read_feed,
}
SUFFIXES = frozenset({*_WHOLE, *_RECORDS})

_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")


def reports(source: Source, columns: Columns) -> Iterator[Report | Skipped]:
    """The reports in one source; what cannot be read is one `Skipped` with the reason."""
    try:
        with _opened(source) as stream:
            suffix = source.path.suffix.lower() if source.path else ""
            if suffix not in SUFFIXES:
                suffix = _sniffed(stream)
            if suffix in _RECORDS:
                yield from _RECORDS[suffix](stream, source.uri, columns)
            else:
                limit = MAX_PDF_BYTES if suffix == ".pdf" else MAX_TEXT_BYTES
                yield _WHOLE[suffix](content(stream, limit), source.uri)
    except InputError as error:
        yield Skipped(source.uri, error.message)
    except OSError as error:
        yield Skipped(source.uri, (error.strerror or "cannot be read").lower())


def _opened(source: Source) -> io.BufferedReader:
    """The bytes of a file, a named pipe or standard input."""
    if source.path is None:
        return _buffered(sys.stdin.buffer)
    try:
        mode = source.path.stat().st_mode
    except ValueError as error:  # a null character in the name
        raise InputError("not a valid file name") from error
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise InputError("not a regular file")
    return source.path.open("rb")


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]


def _sniffed(stream: io.BufferedReader) -> str:
    head = stream.peek(512)
    if _HTML.match(head):
        return ".html"
    if _FEED.match(head):
        return ".rss"
    if head.startswith(b"%PDF-"):
        return ".pdf"
    return ".jsonl" if _JSON.match(head) else ".txt"
