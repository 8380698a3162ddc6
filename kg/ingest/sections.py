"""Sections of a report: headline, headings, body and boilerplate, and the title they give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from kg.ingest.boilerplate import is_boilerplate, trail
from kg.ingest.dateline import Dateline, dateline
from kg.ingest.report import Report
from kg.model import Section, SectionKind, Span

_HEADLINE, _HEADING, _TITLE = 200, 80, 80  # longest, in characters
_LOOKED_AT = 1000
_RUNS_ON = re.compile(r"[.!:;,–—-]\s?[\"'”’)\]]*$|[a-z]{4}[.!?][\"'”’)]*\s+[A-Z]")
_QUESTION = re.compile(r"\?\s?[\"'”’)]*$")
_FIRST_SENTENCE = re.compile(r".{30,}?[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections in order, the title, and what a dateline says."""

    sections: tuple[Section, ...]
    title: str
    dateline: Dateline


def outline(report: Report) -> Outline:
    """What each paragraph of the report is.

    The headline is the first paragraph that is no boilerplate, if more follows and it is a
    heading, the title given as metadata, or a short line without a final stop.
    """
    paragraphs = _marked(report)
    headline = _headline(report, paragraphs)
    body = (each for each in paragraphs if each.kind == "body" and each is not headline)
    first = next(body, None)
    found: list[Section] = []
    written = Dateline()
    for paragraph in paragraphs:
        line = _words(report.text, paragraph)
        if paragraph is headline:
            found += _split(report.text, paragraph.span, trail(line), "title", "boilerplate")
        elif paragraph is first:
            written = dateline(line)
            found += _split(report.text, paragraph.span, written.end, "boilerplate", "body")
        else:
            found.append(paragraph)
    return Outline(tuple(found), report.title or _title(report.text, found), written)


def _marked(report: Report) -> list[Section]:
    """The paragraphs with boilerplate told apart, and lines that read as headings."""
    marked = [
        replace(paragraph, kind="boilerplate")
        if is_boilerplate(_words(report.text, paragraph))
        else paragraph
        for paragraph in report.paragraphs
    ]
    last = max((number for number, each in enumerate(marked) if each.kind == "body"), default=0)
    for number, paragraph in enumerate(marked[:last]):
        line = _words(report.text, paragraph)
        if paragraph.kind == "body" and _is_label(line, _HEADING) and not _QUESTION.search(line):
            marked[number] = replace(paragraph, kind="heading")
    return marked


def _headline(report: Report, paragraphs: Sequence[Section]) -> Section | None:
    written = [paragraph for paragraph in paragraphs if paragraph.kind != "boilerplate"]
    if len(written) < 2:
        return None
    line = _words(report.text, written[0])
    named = report.title is not None and _same(line, report.title)
    if named or written[0].kind == "heading" or _is_label(line, _HEADLINE):
        return written[0]
    return None


def _is_label(line: str, longest: int) -> bool:
    """Whether a line is short, does not begin in mid-sentence, and no sentence ends in it."""
    return len(line) <= longest and not line[0].islower() and not _RUNS_ON.search(line)


def _same(line: str, title: str) -> bool:
    one, two = (_WORD.findall(each[: trail(each)].casefold()) for each in (line, title))
    return one == two


def _split(
    text: str, span: Span, at: int, before: SectionKind, after: SectionKind
) -> Iterator[Section]:
    """The two parts of a paragraph, without the white space between; an empty one is left out."""
    middle = span.start + at
    for start, end, kind in ((span.start, middle, before), (middle, span.end, after)):
        part = text[start:end]
        start, end = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        if start < end:
            yield Section(Span(start, end), kind)


def _title(text: str, found: Sequence[Section]) -> str:
    """The headline, else the beginning of the first sentence, cut at a word."""
    first = next((each for each in found if each.kind != "boilerplate"), found[0])
    words = _words(text, first)
    if first.kind == "title":
        return words
    sentence = _FIRST_SENTENCE.match(words[:_LOOKED_AT])
    words = sentence[0] if sentence else words
    if len(words) <= _TITLE:
        return words.rstrip(".") or words
    return words[: _TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _words(text: str, section: Section) -> str:
    return text[section.span.start : section.span.end]
