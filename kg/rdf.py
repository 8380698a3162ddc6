"""RDF terms and quads as light values, and their canonical N-Triples form.

Only lexical forms that every engine keeps as they are can be built (Oxigraph's store rewrites
`0.50` and `"x"@en-GB`, rdflib rewrites `007`), so that equal graphs are equal bytes everywhere.
There are no blank nodes. Terms sort by their N-Triples form, whose escapes follow RDF 1.2
N-Triples, section 4, "canonical form".
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING = XSD + "string"
BOOLEAN = XSD + "boolean"
INTEGER = XSD + "integer"
DECIMAL = XSD + "decimal"
DATE = XSD + "date"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"

# RFC 3987 without the brackets of IPv6 hosts; runs of plain characters, which an alternative for
# each would make five times as dear.
_PLAIN = (
    r"[A-Za-z0-9._~!$&'()*+,;=:@/?\-"
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd]*"
)
_IRI_PART = f"{_PLAIN}(?:%[0-9A-Fa-f]{{2}}{_PLAIN})*"
_IRI = re.compile(f"[A-Za-z][A-Za-z0-9+.-]*:{_IRI_PART}(?:#{_IRI_PART})?")
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
_TEXT = re.compile(r"[^\ud800-\udfff]*")  # a lone surrogate cannot be written as UTF-8
_CANONICAL = {
    BOOLEAN: re.compile(r"true|false"),
    INTEGER: re.compile(r"0|-?[1-9][0-9]*"),
    DECIMAL: re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?"),
    DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    STRING: _TEXT,
    LANG_STRING: _TEXT,
    WKT: re.compile(r"[A-Z][^\n]*"),
}
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_SHORT = {
    "\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\",
}  # fmt: skip


class IRI(msgspec.Struct, frozen=True):
    """An absolute IRI. Raises `ValueError` for anything else, percent signs at large included."""

    value: str

    def __post_init__(self) -> None:
        if not _IRI.fullmatch(self.value):
            raise ValueError(f"not an absolute IRI: {self.value!r}")

    def __str__(self) -> str:
        return f"<{self.value}>"

    def __lt__(self, other: IRI | Literal) -> bool:
        return str(self) < str(other)


class Literal(msgspec.Struct, frozen=True):
    """A literal in canonical form. Raises `ValueError` for any other form or datatype."""

    lexical: str
    datatype: str = STRING
    language: str | None = None

    def __post_init__(self) -> None:
        form = _CANONICAL.get(self.datatype)
        plain = form is _TEXT and self.lexical.isascii()
        if form is None or not (plain or form.fullmatch(self.lexical)):
            raise ValueError(f"not a canonical literal: {self.lexical!r} of {self.datatype}")
        if (self.language is not None) != (self.datatype == LANG_STRING):
            raise ValueError("a language goes with rdf:langString, and only with it")
        if self.language is not None and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"not a lower-case language tag: {self.language!r}")

    def __str__(self) -> str:
        quoted = f'"{_escaped(self.lexical)}"'
        if self.language is not None:
            return f"{quoted}@{self.language}"
        return quoted if self.datatype == STRING else f"{quoted}^^<{self.datatype}>"

    def __lt__(self, other: IRI | Literal) -> bool:
        return str(self) < str(other)


Term = IRI | Literal


class Quad(NamedTuple):
    """A statement in a named graph; `graph` None is the default graph."""

    subject: IRI
    predicate: IRI
    object: Term
    graph: IRI | None = None

    def __str__(self) -> str:
        """The N-Quads line, without its line feed."""
        graph = f"<{self.graph.value}> " if self.graph is not None else ""
        return f"<{self.subject.value}> <{self.predicate.value}> {self.object} {graph}."


@lru_cache(maxsize=1 << 14)  # most texts of a graph are names and the same few words
def text(value: str, language: str | None = None) -> Literal:
    """A string, or with a language (any case) a language-tagged string."""
    if language is None:
        return Literal(value)
    return Literal(value, LANG_STRING, language.lower())


@cache
def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", BOOLEAN)


def day(value: date) -> Literal:
    """An xsd:date without a zone."""
    return Literal(value.isoformat(), DATE)


@lru_cache(maxsize=1 << 14, typed=True)
def number(value: int | float | str) -> Literal:
    """An xsd:integer where the number is whole, else an xsd:decimal without trailing zeros.

    A float is taken by its shortest decimal form. Raises `ValueError` for what is not a plain
    decimal number. Works on the digits, so a number of any length costs no more than its text.
    """
    plain = format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise ValueError(f"not a plain decimal number: {value!r}")
    sign, whole, fraction = match.groups(default="")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    sign = "" if (whole, fraction) == ("0", "") else sign
    if fraction:
        return Literal(f"{sign}{whole}.{fraction}", DECIMAL)
    return Literal(sign + whole, INTEGER)


def _escaped(lexical: str) -> str:
    plain = lexical.isprintable() and '"' not in lexical and "\\" not in lexical
    return lexical if plain else _SPECIAL.sub(_escape, lexical)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
