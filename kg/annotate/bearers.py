"""Other people than the one who is known by a surname alone: "Ludovic Orban" is not Viktor."""

from __future__ import annotations

from kg.annotate.phrases import Phrases
from kg.gazetteer import Gazetteer
from kg.lexicon import given_names


def start_of_bearer(surname: int, phrases: Phrases, gazetteer: Gazetteer) -> int | None:
    """Where a given name stands before a surname, or before the first of two surnames."""
    if _is_told_of(surname, phrases, gazetteer):
        return surname - 1
    for start in (surname - 1, surname - 2):
        token = phrases.tokens[max(start, 0)]
        if token.xpos != "NNP" or token.head != surname:
            return None
        if token.form in given_names():
            return start
    return None


def _is_told_of(surname: int, phrases: Phrases, gazetteer: Gazetteer) -> bool:
    """As in "Hasho Karzai, the cousin of the president": who is well known needs no such word.

    Whatever stands there is a given name, but for a title or the name of something known.
    """
    token = phrases.tokens[surname - 1]
    beside = phrases.children(surname, "appos", "relcl")
    listed = token.form.lower() in phrases.classes or gazetteer.candidates(token.form)
    named = token.xpos == "NNP" and token.form.isalpha() and token.form.istitle()
    return named and token.head == surname and bool(beside) and not listed
