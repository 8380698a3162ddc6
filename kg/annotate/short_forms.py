"""Short forms that a report defines itself: "the Arakan Army (AA) ... the AA"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.annotate.naming import Found
from kg.annotate.phrases import Phrases
from kg.model import Mention, Span

_SHORTEST, _LONGEST = 2, 6  # letters


def short_forms(found: Sequence[Found], phrases: Phrases) -> Iterator[Found]:
    """Mentions of the short forms that the recogniser overlooked.

    A short form stands in brackets behind one of the names and has its initials; it means the same
    from there on.
    """
    tokens = phrases.tokens
    covered = {index for first, last, _ in found for index in range(first, last)}
    defined: dict[str, tuple[int, Mention]] = {}
    for first, last, name in found:
        short = _in_brackets(last, phrases)
        if short is not None and name.level == "NAM" and _spells(short, first, last, phrases):
            defined.setdefault(short, (last, name))
    for index, token in enumerate(tokens) if defined else ():
        if token.form in defined and index not in covered:
            start, name = defined[token.form]
            if start < index:
                span = Span(token.start, token.end)
                yield Found(index, index + 1, replace(name, span=span, head=index))


def _in_brackets(start: int, phrases: Phrases) -> str | None:
    """The word between brackets that begin at a token."""
    words = [token.form for token in phrases.tokens[start : start + 3]]
    if len(words) < 3 or (words[0], words[2]) != ("(", ")"):
        return None
    letters = words[1]
    plain = letters.isalpha() and letters.isupper()
    return letters if plain and _SHORTEST <= len(letters) <= _LONGEST else None


def _spells(short: str, first: int, last: int, phrases: Phrases) -> bool:
    forms = (token.form for token in phrases.tokens[first:last])
    return "".join(form[0] for form in forms if form[0].isupper()) == short
