"""Reports in tables: JSON Lines and CSV, one report a record, streamed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from kg.errors import InputError
from kg.ingest.clean import normalise, printable
from kg.ingest.layout import paragraphs
from kg.ingest.report import MAX_CHARACTERS, MAX_FIELD, TOO_LONG, Report, day, field
from kg.model import Skipped

# A line may escape each character as "\uXXXX" and carries other fields beside the text.
_MAX_LINE = 8 * MAX_CHARACTERS
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the fields of a record; only `text` has to be there."""

    text: str = "text"
    id: str = "id"
    url: str = "url"
    title: str = "title"
    publisher: str = "publisher"
    date: str = "date"


def read_jsonl(stream: BinaryIO, uri: str, columns: Columns) -> Iterator[Report | Skipped]:
    """One report a line of UTF-8 JSON; blank lines are passed over, a bad line is skipped."""
    for number, line in enumerate(_json_lines(stream), start=1):
        where = f"{uri}#{number}"
        if len(line) > _MAX_LINE:
            yield Skipped(where, f"the line is longer than the limit of {_MAX_LINE:,} bytes")
        elif line.strip():
            try:
                record = msgspec.json.decode(line, type=dict[str, object])
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                yield Skipped(where, f"not a JSON object: {str(error) or 'nested too deeply'}")
            else:
                yield record_report(record, uri, number, columns)


def read_csv(stream: BinaryIO, uri: str, columns: Columns) -> Iterator[Report | Skipped]:
    """One report a row of a UTF-8 CSV file (RFC 4180) with a header row.

    After a row that breaks the syntax the rest of the file is not read, because nothing tells
    where the next row begins.
    """
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    limit = csv.field_size_limit(MAX_CHARACTERS)
    try:
        rows = csv.DictReader(lines, strict=True)
        header = rows.fieldnames or ()
        if columns.text not in header:
            names = printable(", ".join(header))[:200]
            raise InputError(f"no column `{columns.text}` in the header: {names}")
        for number, row in enumerate(rows, start=1):
            yield record_report(row, uri, number, columns)
    except csv.Error as error:
        yield Skipped(f"{uri}#{rows.line_num}", f"{error}; the rest of the file is not read")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text; the rest of the file is not read") from error
    finally:
        csv.field_size_limit(limit)
        lines.detach()


def _json_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines without the byte order mark; of an overlong one only enough to tell that it is."""
    mark = b"\xef\xbb\xbf"
    while line := stream.readline(_MAX_LINE + 2):
        yield line.removeprefix(mark)
        mark = b""
        while not line.endswith(b"\n") and (line := stream.readline(_MAX_LINE)):
            pass


def record_report(
    record: Mapping[str, object], uri: str, number: int, columns: Columns
) -> Report | Skipped:
    """The report in record `number` of the file `uri`, or why there is none."""
    where = _name(record, uri, number, columns)
    raw = record.get(columns.text)
    if not isinstance(raw, str):
        return Skipped(where, f"no text in the field `{columns.text}`")
    if len(raw) > MAX_CHARACTERS:
        return Skipped(where, TOO_LONG)
    text, spans = paragraphs(normalise(raw))
    return Report(
        where,
        text,
        spans,
        title=field(record.get(columns.title)),
        publisher=field(record.get(columns.publisher)),
        published=day(record.get(columns.date)),
    )


def _name(record: Mapping[str, object], uri: str, number: int, columns: Columns) -> str:
    """The record's URL if it is a web address, else the file with the record's id or number."""
    url = record.get(columns.url)
    if isinstance(url, str) and url.isprintable() and _URL.fullmatch(url):
        return url
    given = record.get(columns.id)
    if isinstance(given, str | int) and str(given).strip():
        return f"{uri}#{printable(str(given).strip())[:MAX_FIELD]}"
    return f"{uri}#{number}"
