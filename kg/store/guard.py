"""What a query's text gives away before it is run: whom it would ask, and where it is wrong."""

from __future__ import annotations

import re

from kg.errors import QueryError

_PLACE = re.compile(r"error at (\d+):(\d+)")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NOT_KEYWORDS = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*>     # IRI
    | "(?:[^"\\\r\n]|\\.)*"            # string on one line
    | '(?:[^'\\\r\n]|\\.)*'
    | \\.                              # escape in a local name, which may hide a quote
    | \#[^\r\n]*                       # comment
    | [?$]\w+                          # variable
    | :\w[\w-]*                        # local name""",
    re.VERBOSE,
)
_UPDATE = re.compile(
    r"^\s*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE | re.MULTILINE
)
_SERVICE = re.compile("service", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)


class RefusedError(QueryError):
    """A query that may be valid SPARQL, but asks for what no query is allowed to do."""


def federates(sparql: str) -> bool:
    """Whether the query holds, or may hold, the keyword SERVICE.

    Everything that cannot be a keyword is struck out, line by line, so that an unclear `<` never
    hides more than the parser itself would skip. Long strings may span lines; together with the
    word they are refused, as is an escaped spelling of it.
    """
    unescaped = _CODE_POINT.sub(lambda match: _character(match[1] or match[2]), sparql)
    for text in (sparql, unescaped):
        if _SERVICE.search(text) is None:
            continue
        if "'''" in text or '"""' in text or _SERVICE.search(_NOT_KEYWORDS.sub(" ", text)):
            return True
    return False


def names_dataset(sparql: str) -> bool:
    """Whether the query itself says FROM which graphs it is to be answered."""
    return _FROM.search(_NOT_KEYWORDS.sub(" ", sparql).partition("{")[0]) is not None


def located(error: SyntaxError, sparql: str, where: str) -> QueryError:
    """The engine lists every token it might have taken; say only where, and what stands there."""
    place = _PLACE.search(str(error))
    if place is None:
        return QueryError(f"not valid SPARQL: {error}", where)
    line, column = int(place[1]), int(place[2])
    where = f"{where}:{line}:{column}"
    if _UPDATE.search(sparql):
        return RefusedError("not a query: updates are refused", where)
    if "Prefix not found" in str(error):
        return QueryError("a prefix is not declared", where)
    rest = sparql.split("\n")[line - 1][column - 1 :].strip()
    return QueryError(f"not valid SPARQL {f'at `{rest[:30]}`' if rest else 'after this'}", where)


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else ""
