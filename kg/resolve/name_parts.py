"""What two names have in common: the surname, an acronym's letters, all but the legal form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.gazetteer import given_names
from kg.resolve.rules import coreference_rules

Key = tuple[str, ...]
_TWO = 2
_WORD = re.compile(r"[^\W_]+")


def part_of_person(words: Sequence[str], full: Sequence[str]) -> str | None:
    """Surname or given name of somebody named in full before, or the other way round."""
    short, long = sorted((words, full), key=len)
    if len(short) == len(long):
        return None
    if short == long[-len(short) :] or _is_first_surname(short, long):
        return "surname"
    if len(short) > 1 and short == long[: len(short)]:
        return "short name"  # "Ana Perez" after "Ana Perez Ruiz"
    return "given name" if len(words) == 1 and short == long[:1] else None


def _is_first_surname(short: Sequence[str], long: Sequence[str]) -> bool:
    """As in "Perez" after "Ana Perez Rojas", who is called by the first of two surnames."""
    called = len(long) > _TWO and long[0] in given_names() and len(short) == 1
    return called and [*short] == [*long[-2:-1]] and short[0] not in given_names()


def short_name(words: Sequence[str], full: Sequence[str]) -> str | None:
    """As in "Safran" after "Safran Group S.A.": one name is the other without its legal form.

    Or without its aim or place: "the Warhol Foundation for the Visual Arts", "the Supreme Court of
    Kenya".
    """
    plain = [_without_legal_form(name) for name in (words, full)]
    if plain[0] and plain[0] == plain[1]:
        return "short name"
    short, long = sorted(plain, key=len)
    more = len(short) > 1 and long[: len(short)] == short and long[len(short)] in ("for", "of")
    return "short name" if more else None


def heads(word: str, full: Sequence[str]) -> bool:
    """Whether a word is the noun that a name of several words is built on."""
    return len(full) > 1 and (full[-1] == word or full[:2] == [word, "of"])


def _without_legal_form(words: Sequence[str]) -> list[str]:
    forms = coreference_rules().legal_forms
    return [word for word in words if word.strip(",.").lower() not in forms]


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())


@lru_cache(maxsize=8192)
def name_keys(name: str) -> frozenset[Key]:
    """What a name has in common with every other that may mean the same.

    Parts of a name share its first or last word, a short name all but the legal form, an acronym
    the initials. To try only those keeps a text of thousands of names from costing their square.
    """
    words = name.split()
    parts = [
        ("first", words[:1]),
        ("last", words[-1:]),
        ("plain", _without_legal_form(words)),
        ("initials", [initials(name)]),
    ]
    if len(words) > _TWO:
        parts.append(("last", words[-2:-1]))
    if is_acronym(name):
        parts.append(("initials", [name.replace(".", "")]))
    return frozenset((kind, *part) for kind, part in parts)


def is_acronym(text: str) -> bool:
    plain = text.replace(".", "")
    return plain.isupper() and plain.isalpha() and 2 <= len(plain) <= 8
