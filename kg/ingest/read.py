"""From arguments to documents: find, read, tell the sections, judge, name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from kg.ingest.formats import SUFFIXES, reports
from kg.ingest.language import foreign
from kg.ingest.records import Columns
from kg.ingest.report import MAX_CHARACTERS, TOO_LONG, Report
from kg.ingest.sections import outline
from kg.ingest.sources import Source, find
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
    for source in sources(paths):
        for item in read_source(source, published=published, publisher=publisher, columns=columns):
            if isinstance(item, Document) and item.id in seen:
                item = repeated(item.uri, seen[item.id])
            elif isinstance(item, Document):
                seen[item.id] = item.uri
            yield item


def sources(paths: Sequence[str | Path]) -> Iterator[Source | Skipped]:
    """What the arguments name, in a fixed order, without opening it."""
    return find(paths, SUFFIXES)


def read_source(
    source: Source | Skipped,
    *,
    published: date | None = None,
    publisher: str | None = None,
    columns: Columns = _DEFAULT,
    judged: Callable[[str], bool] = lambda _: False,
) -> Iterator[Document | Skipped]:
    """The reports in one source, repeated texts and all.

    `judged` tells by `Document.id` which texts are known to be English: to judge the language is
    most of the work.
    """
    for report in [source] if isinstance(source, Skipped) else reports(source, columns):
        yield _document(report, published, publisher, judged)


def repeated(uri: str, first: str) -> Skipped:
    """What becomes of a report whose text was read before, as the report `first`."""
    return Skipped(uri, f"same text as {first}")


def _document(
    report: Report | Skipped,
    published: date | None,
    publisher: str | None,
    judged: Callable[[str], bool],
) -> Document | Skipped:
    if isinstance(report, Skipped):
        return report
    if len(report.text) > MAX_CHARACTERS:
        return Skipped(report.uri, TOO_LONG)
    if not report.paragraphs:
        return Skipped(report.uri, "no text in it")
    name = sha256(report.text.encode()).hexdigest()
    if not judged(name) and (code := foreign(report.text)):
        return Skipped(report.uri, f"not in English (language `{code}`)")
    layout = outline(report)
    return Document(
        id=name,
        uri=report.uri,
        text=report.text,
        sections=layout.sections,
        title=layout.title,
        publisher=report.publisher or layout.dateline.publisher or publisher,
        published=report.published or layout.dateline.published or published,
    )
