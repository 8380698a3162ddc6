"""PDF through PDFium: the words in the order of the file, paragraphs by the room between lines.

The date in a PDF tells when the file was made, not when the report came out, and the title is
often that of a template: neither is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.layout import ends_sentence
from kg.ingest.report import MAX_CHARACTERS, TOO_LONG, Report, join
from kg.model import SectionKind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PDF_BYTES = 64_000_000
_ROOM = 0.35  # of a line's height: more than usual above a line begins a paragraph
_INDENT = 0.5
_LARGER = 1.12  # type of a heading, against that of most lines
_REPEATED = 3  # pages that have the same line at their edge: a running head or foot
_BROKEN = re.compile(r"(\w+)(?:\ufffe|[-\u2010\u00ad]\n)(?=([a-z]\w*))")
_COMPOUND = re.compile(r"\w+-\w+")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?#(?:\s*(?:/|of)\s*#)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of type in points, with the origin at the lower left."""

    text: str
    left: float
    bottom: float
    top: float
    height: float


def read_pdf(data: bytes, uri: str) -> Report:
    """The text of a PDF; a line in larger type is a heading.

    Raises `InputError` for a damaged or locked file and for one of pictures only.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(data) as document:
            pages = _pages(document)
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "is locked by a password" if locked else "cannot be parsed"
        raise InputError(f"the PDF {reason}") from error
    lines = [line for page in _without_running_heads(pages) for line in page]
    if not lines:
        raise InputError("no text in the PDF; is it a scan?")
    text, paragraphs = join(_blocks(lines))
    return Report(uri, text, paragraphs)


def _pages(document: PdfDocument) -> list[list[_Line]]:
    """The lines of each page that has any."""
    pages: list[list[_Line]] = []
    left = MAX_CHARACTERS
    for number in range(len(document)):
        page = list(_lines(document[number]))
        left -= sum(len(line.text) for line in page)
        if left < 0:
            raise InputError(TOO_LONG)
        if page:
            pages.append(page)
    return pages


def _lines(page: PdfPage) -> Iterator[_Line]:
    """The lines of a page; a word broken at the end of a line is whole on the first of the two."""
    words = page.get_textpage()
    offset = 0
    for raw in words.get_text_range().split("\r\n"):
        if text := raw.strip():
            first = offset + raw.index(text)
            left, low, _, top = words.get_charbox(first, loose=True)
            bottom = words.get_charbox(first + len(text) - 1, loose=True)[1]
            yield _Line(text, left, bottom, top, top - low)
        offset += len(raw) + 2


def _without_running_heads(pages: Sequence[Sequence[_Line]]) -> Iterator[Sequence[_Line]]:
    """The pages without page numbers and without what stands at the edge of several."""
    edges = Counter(edge for page in pages for edge in {_edge(page[0]), _edge(page[-1])})
    running = {
        edge for edge, count in edges.items() if count >= _REPEATED or _PAGE_NUMBER.fullmatch(edge)
    }
    for page in pages:
        first, last = 0, len(page)
        while first < last and _edge(page[first]) in running:
            first += 1
        while last > first and _edge(page[last - 1]) in running:
            last -= 1
        yield page[first:last]


def _edge(line: _Line) -> str:
    return _NUMBER.sub("#", line.text)


def _blocks(lines: Sequence[_Line]) -> Iterator[tuple[SectionKind, str]]:
    usual = median(line.height for line in lines)
    room = _usual_room(lines)
    compounds = frozenset(_COMPOUND.findall("\n".join(line.text for line in lines).lower()))
    block: list[_Line] = []
    for line in lines:
        if block and _begins(block[-1], line, room):
            yield _kind(block, usual), _words(block, compounds)
            block = []
        block.append(line)
    yield _kind(block, usual), _words(block, compounds)


def _kind(block: Sequence[_Line], usual: float) -> SectionKind:
    return "heading" if block[0].height > _LARGER * usual else "body"


def _words(block: Sequence[_Line], compounds: Collection[str]) -> str:
    """The text of a paragraph; a hyphen at the end of a line stays if the word has it elsewhere."""

    def whole(broken: re.Match[str]) -> str:
        compound = f"{broken[1]}-{broken[2]}".lower()
        return f"{broken[1]}-" if compound in compounds else broken[1]

    return _BROKEN.sub(whole, "\n".join(line.text for line in block))


def _usual_room(lines: Iterable[_Line]) -> float:
    """The white between lines of one paragraph: the lower quartile, as paragraphs have more."""
    rooms = sorted(
        above.bottom - below.top for above, below in pairwise(lines) if _falls(above, below)
    )
    return rooms[len(rooms) // 4] if rooms else 0.0


def _falls(above: _Line, below: _Line) -> bool:
    """Whether the second line stands below the first, not in the next column or on a new page."""
    return below.top < above.bottom + above.height / 2


def _begins(above: _Line, below: _Line, room: float) -> bool:
    """Whether a paragraph begins with the line below."""
    if max(above.height, below.height) > _LARGER * min(above.height, below.height):
        return True
    if not _falls(above, below):
        return ends_sentence(above.text)
    apart = above.bottom - below.top - room > _ROOM * above.height
    indented = below.left - above.left > _INDENT * below.height and ends_sentence(above.text)
    return apart or indented
