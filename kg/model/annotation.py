"""The records of a report and of what the language engine sees in it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

SectionKind = Literal["title", "heading", "body", "boilerplate"]
Level = Literal["NAM", "NOM", "PRO", "ADJ"]
Comparator = Literal[
    "exact", "approximately", "nearly", "at_least", "at_most",
    "more_than", "less_than", "between", "vague",
]  # fmt: skip
Precision = Literal[
    "day", "days", "week", "month", "part_of_month", "season", "year", "part_of_year",
    "decade", "vague",
]  # fmt: skip


class Span(Struct, frozen=True, order=True, gc=False):
    """Half-open code point offsets into a document's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


# ------------------------------------------------------------------ ingest


class Section(Struct, frozen=True, gc=False):
    """One paragraph of a document; text between sections is white space."""

    span: Span
    kind: SectionKind


class Document(Struct, frozen=True, gc=False):
    """A report as stored: the normalised text and what is known about it.

    `id` is the SHA-256 (hex) of `text`; `uri` is how the user named it (path below the given
    folder, URL, or `stdin`), never an absolute path.
    """

    id: str
    uri: str
    text: str
    sections: tuple[Section, ...]
    title: str
    publisher: str | None = None
    published: date | None = None
    language: str = "en"


class Skipped(Struct, frozen=True, gc=False):
    """An input that is not a report we can read, and why; the build goes on without it."""

    uri: str
    reason: str


# ---------------------------------------------------------------- annotate


class Token(Struct, frozen=True, gc=False):
    """One word, with CoNLL-U names. `head` is an index into `Annotation.tokens` (own index = root).

    `deprel` is the parser's own (ClearNLP) label; `xpos` is the Penn tag.
    """

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


class Sentence(Struct, frozen=True, gc=False):
    """A sentence: its characters, and its tokens as `tokens[first:last]`."""

    index: int
    span: Span
    first: int
    last: int
    kind: SectionKind


class Mention(Struct, frozen=True, gc=False):
    """A span that refers to an entity. `candidates` are gazetteer ids found by name."""

    span: Span
    head: int
    level: Level
    type: str
    candidates: tuple[str, ...] = ()


class Quantity(Struct, frozen=True, gc=False):
    """A number as reported. `lower`/`upper` bound it; `value` is the figure in the text.

    Numbers are decimal strings in canonical form ("60000", "1375.28"); `si_value` is in `si_unit`.
    `counted` is the span of the noun phrase that is counted or measured, where there is one;
    `part` tells that these are among those of another figure ("12 people, including 3 children").
    """

    span: Span
    comparator: Comparator
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    si_value: str | None = None
    si_unit: str | None = None
    counted: Span | None = None
    part: bool = False


class Time(Struct, frozen=True, gc=False):
    """A time expression. `edtf` is an EDTF level 1 string; the bounds are inclusive days.

    `duration` is how long it lasts as an ISO 8601 duration ("P3D", "PT72H"), with an X where the
    text does not count ("several days" is "PXD"), as in TIMEX3.

    Without a publication date the deictic ones keep `edtf` and both bounds empty.
    """

    span: Span
    precision: Precision
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    anchor: Literal["absolute", "publication", "narrative"] = "absolute"
    duration: str | None = None


class Annotation(Struct, frozen=True, gc=False):
    """What the language engine sees in one document.

    `things` are the noun phrases of no known class: no mentions, but what "it" may take up.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    engine: str
    things: tuple[Mention, ...] = ()
