"""Markdown: the markup goes, the words stay, one paragraph a block."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.ingest.decode import decode
from kg.ingest.report import Report, join
from kg.ingest.text import described, front_matter
from kg.model import SectionKind


def read_markdown(data: bytes, uri: str) -> Report:
    """A CommonMark report; raw HTML in it is kept as text, images are left out."""
    meta, body = front_matter(decode(data))
    # Indented lines are indented prose in news copy, not program code.
    parser = MarkdownIt("commonmark", {"html": False}).disable("code")
    text, paragraphs = join(_blocks(parser.parse(body)))
    return described(Report(uri, text, paragraphs), meta)


def _blocks(tokens: list[Token]) -> Iterator[tuple[SectionKind, str]]:
    kind: SectionKind = "body"
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            kind = "heading" if token.nesting > 0 else "body"
        elif token.type == "inline":
            yield kind, "".join(_words(child) for child in token.children or ())
        elif token.type == "fence":
            yield "body", token.content


def _words(token: Token) -> str:
    """What a reader sees of an inline token."""
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "image" else token.content
