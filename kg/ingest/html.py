"""HTML pages through trafilatura: main text, title, date and site name; nothing is fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.ingest.decode import decode
from kg.ingest.report import Report, day, field, join
from kg.model import SectionKind

# Only encodings of the web are believed; others (punycode, ...) can be made to run for ever.
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?"
    rb"(windows-125\d|iso-8859-\d+|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5)\b",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_BLOCKS = frozenset({"head", "p", "list", "item", "quote", "code", "table", "row", "cell", "div"})
# Only dates that the page declares: a date guessed from the text or the clock is not its date.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31"}

for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read_html(data: bytes, uri: str) -> Report:
    """The article of a page; its headline is the first paragraph.

    Raises `InputError` when no main text is found.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Article

    page = _DECLARATION.sub("", decode(data, _charset(data)))
    try:
        article = bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except (ValueError, RecursionError) as error:
        raise InputError("the page cannot be parsed") from error
    if not isinstance(article, Article) or article.body is None:
        raise InputError("no article text found in the page")
    blocks = [(kind, words) for kind, words in _blocks(article.body) if words.strip()]
    if article.title and blocks and blocks[0][0] != "heading":
        blocks.insert(0, ("heading", article.title))
    text, paragraphs = join(blocks)
    return Report(
        uri,
        text,
        paragraphs,
        title=field(article.title),
        publisher=field(article.sitename),
        published=day(article.date),
    )


def _charset(data: bytes) -> str | None:
    """The encoding the page declares; on the web ISO-8859-1 means Windows-1252."""
    match = _CHARSET.search(data[:2048])
    name = match[1].decode().lower() if match else None
    return "cp1252" if name == "iso-8859-1" else name


def _blocks(element: Any) -> Iterator[tuple[SectionKind, str]]:
    """The innermost blocks of trafilatura's tree, and loose text between them, in order."""
    if any(child.tag in _BLOCKS for child in element):
        yield "body", element.text or ""
        for child in element:
            yield from _blocks(child)
            yield "body", child.tail or ""
        return
    for line_break in element.iter("lb"):
        line_break.tail = f" {line_break.tail or ''}"
    yield ("heading" if element.tag == "head" else "body"), "".join(element.itertext())
