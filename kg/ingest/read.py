"""From arguments to documents: find, read, tell the sections, judge, name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from kg.ingest.formats import SUFFIXES, reports
from kg.ingest.language import foreign
from kg.ingest.records import Columns
from kg.ingest.report import MAX_CHARACTERS, TOO_LONG, Report
from kg.ingest.sections import outline
from kg.ingest.sources import find
from kg.model import Document, Skipped

_DEFAULT = Columns()


def read(
    paths: Sequence[str | Path],
    *,
    published: date | None = None,
    publisher: str | None = None,
    columns: Columns = _DEFAULT,
) -> Iterator[Document | Skipped]:
    """Reads files, folders, globs and `-` (standard input), in the order given.

    `published` and `publisher` are for reports that do not say themselves. A text that has been
    read already is skipped. No bad input raises: it becomes a `Skipped`, and the rest goes on.
    """
    seen: dict[str, str] = {}
    for source in find(paths, SUFFIXES):
        for report in [source] if isinstance(source, Skipped) else reports(source, columns):
            item = _document(report, published, publisher)
            if isinstance(item, Document):
                if item.id in seen:
                    item = Skipped(item.uri, f"same text as {seen[item.id]}")
                else:
                    seen[item.id] = item.uri
            yield item


def _document(
    report: Report | Skipped, published: date | None, publisher: str | None
) -> Document | Skipped:
    if isinstance(report, Skipped):
        return report
    if len(report.text) > MAX_CHARACTERS:
        return Skipped(report.uri, TOO_LONG)
    if not report.paragraphs:
        return Skipped(report.uri, "no text in it")
    if code := foreign(report.text):
        return Skipped(report.uri, f"not in English (language `{code}`)")
    layout = outline(report)
    return Document(
        id=sha256(report.text.encode()).hexdigest(),
        uri=report.uri,
        text=report.text,
        sections=layout.sections,
        title=layout.title,
        publisher=report.publisher or layout.publisher or publisher,
        published=report.published or published,
    )
