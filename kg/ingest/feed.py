"""RSS and Atom files through feedparser: one report an entry, with its link, title and day."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from email.utils import parsedate
from typing import Any, BinaryIO

from kg.errors import InputError
from kg.ingest.records import Columns, record_report
from kg.ingest.report import MAX_TEXT_BYTES, Report, content
from kg.model import Skipped

_BLOCKS = ("p", "div", "li", "br", "blockquote", "tr", "h1", "h2", "h3", "h4")


def read_feed(stream: BinaryIO, uri: str, _: Columns) -> Iterator[Report | Skipped]:
    """The entries in the order of the feed; the text is the whole article if the feed has it.

    Raises `InputError` for what is no feed.
    """
    import feedparser

    data = content(stream, MAX_TEXT_BYTES)
    # As a stream: what is given as a string feedparser may take for an address to fetch.
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    if not feed.entries:
        raise InputError("no entries; is it an RSS or Atom feed?")
    for number, entry in enumerate(feed.entries, start=1):
        yield record_report(_record(entry, feed.feed.get("title")), uri, number, Columns())


def _record(entry: Mapping[str, Any], publisher: object) -> dict[str, object]:
    """The entry in the fields of a record: the longest text it has, below its title."""
    details = (*entry.get("content", ()), entry.get("summary_detail"))
    text = max((_text(detail) for detail in details if detail), key=len, default="")
    title = _text(entry.get("title_detail") or {})
    return {
        "text": f"{title}\n\n{text}" if title else text,
        "url": entry.get("link"),
        "title": title,
        "publisher": publisher,
        "date": _day(entry.get("published") or entry.get("updated") or ""),
    }


def _day(given: str) -> str:
    """The day where the entry was written, not in UTC: that is the day its "on Sunday" goes by."""
    mail = parsedate(given)
    return given if mail is None else "{:04}-{:02}-{:02}".format(*mail)


def _text(detail: Mapping[str, str]) -> str:
    """The words of a text construct, with a blank line between the blocks of HTML."""
    from lxml import html

    words = detail.get("value", "")
    if "html" not in detail.get("type", "") or not words.strip():
        return words
    body = html.fragment_fromstring(words, create_parent="div")
    for block in body.iter(*_BLOCKS):
        block.text = f"\n\n{block.text or ''}"
        block.tail = f"\n\n{block.tail or ''}"
    return str(body.text_content()).strip()
