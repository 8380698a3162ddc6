"""Plain text, and the front matter that a text or Markdown file may begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from kg.errors import InputError
from kg.ingest.clean import normalise
from kg.ingest.decode import decode
from kg.ingest.layout import paragraphs
from kg.ingest.report import Report, day, field

_LINE_END = re.compile(r"\r\n?")
_FRONT = re.compile(r"\ufeff?---[ \t]*\n((?:#.*\n)*\w+:(?s:.{1,4000}?)\n)---[ \t]*(?:\n+|\Z)")


def read_text(data: bytes, uri: str) -> Report:
    """A report whose paragraphs are lines, or blank-line blocks if its lines are hard-wrapped."""
    meta, body = front_matter(decode(data))
    text, spans = paragraphs(normalise(body))
    return described(Report(uri, text, spans), meta)


def front_matter(content: str) -> tuple[Mapping[str, object], str]:
    """The fields between the `---` lines at the top (values as text), and the rest.

    Raises `InputError` when the fields are not a YAML mapping.
    """
    content = _LINE_END.sub("\n", content)
    match = _FRONT.match(content)
    if not match:
        return {}, content
    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 2}" if mark else ""
        raise InputError(f"the front matter is not valid YAML{line}") from error
    if not isinstance(fields, dict):
        raise InputError("the front matter is not a YAML mapping")
    return fields, content[match.end() :]


def described(report: Report, meta: Mapping[str, object]) -> Report:
    """The report with the title, date and publisher (or source) of its front matter."""
    return Report(
        report.uri,
        report.text,
        report.paragraphs,
        title=field(meta.get("title")),
        publisher=field(meta.get("publisher")) or field(meta.get("source")),
        published=day(meta.get("date")),
    )
