"""Where a name begins of which only the end is known: "Ludovic Orban", "Darey-Daye"."""

from __future__ import annotations

from kg.annotate.phrases import Phrases
from kg.gazetteer import Gazetteer
from kg.lexicon import given_names
from kg.vocab import is_a


def called(phrases: Phrases, surname: int) -> int | None:
    """Where a given name stands before a surname, or before the first of two surnames."""
    for start in (surname - 1, surname - 2):
        token = phrases.tokens[max(start, 0)]
        if token.xpos != "NNP" or token.head != surname:
            return None
        if token.form in given_names():
            return start
    return None


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
