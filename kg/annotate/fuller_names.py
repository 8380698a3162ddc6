"""Where a name begins of which only the end is known: "Ludovic Orban", "Darey-Daye"."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.annotate.phrases import Phrases
from kg.gazetteer import Entry, Gazetteer
from kg.lexicon import given_names
from kg.vocab import is_a

_SHORTEST = 3  # letters of a given name that nobody lists


def hyphened(phrases: Phrases, gazetteer: Gazetteer, first: int, last: int) -> int | None:
    """Where a longer name begins whose end alone is a known town: "Darey-Daye"."""
    tokens = phrases.tokens
    if first < 2 or tokens[first - 1].form != "-":
        return None
    start, end = tokens[first - 2], tokens[first]
    whole = start.xpos == "NNP" and start.end + 1 == end.start
    known = gazetteer.candidates(phrases.text(first, last))
    town = bool(known) and all(is_a(entry.type, "PopulatedPlace") for entry in known)
    if not whole or not town or gazetteer.candidates(start.form):
        return None
    return first - 2


def other_bearer(
    phrases: Phrases,
    gazetteer: Gazetteer,
    surname: int,
    known: Iterable[Entry],
    address: Collection[str],
) -> int | None:
    """Where the name of somebody begins who bears the surname of a `known` person."""
    if (start := _called(phrases, surname)) is not None:
        return start
    if phrases.tokens[surname - 1].form.lower() in address:
        return None
    return _unlisted(phrases, gazetteer, surname, known)


def _called(phrases: Phrases, surname: int) -> int | None:
    """Where a given name stands before a surname, or before the first of two surnames."""
    for start in (surname - 1, surname - 2):
        token = phrases.tokens[max(start, 0)]
        if token.xpos != "NNP" or token.head != surname:
            return None
        if token.form in given_names():
            return start
    return None


def _unlisted(
    phrases: Phrases, gazetteer: Gazetteer, surname: int, known: Iterable[Entry]
) -> int | None:
    """Where a given name stands that nobody lists; a title is none, nor is that of the known."""
    before = phrases.tokens[surname - 1]
    word = before.form.isalpha() and before.form.istitle() and len(before.form) >= _SHORTEST
    other = phrases.class_of(surname - 1) or gazetteer.candidates(before.form)
    own = any(name.split()[0] == before.form for entry in known for name in entry.names)
    return None if other or own or not word else surname - 1
