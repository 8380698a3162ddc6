"""How a repair is declared: by the words that it looks at, one at a time.

    @related("npadvmod")
    def _repair(view: View, index: int, lexicon: Lexicon) -> Changes:

gets each word of a sentence with that relation and yields what is to be changed. So a repair costs
next to nothing where no such word stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg.annotate.repair.view import ROOTS, View, form_place
from kg.lexicon import Lexicon
from kg.model import Token

VERB_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")

Changes = Iterator[tuple[int, Token]]
"""Words with what they become; of two changes of a word the later one holds."""

type _Look = Callable[[View, int, Lexicon], Changes]
type _Declare = Callable[[_Look], Repair]


class Repair(NamedTuple):
    """What to do about a word, and the places where such words stand (see `View`)."""

    places: tuple[str, ...]
    look: _Look


def tagged(*tags: str, by: Iterable[str] = ()) -> _Declare:
    """Of words with one of the tags (`xpos`), and one `by` of the relations to their heads."""
    both = tuple(f"{tag} {deprel}" for deprel in by for tag in tags)
    return lambda look: Repair(both or tags, look)


def related(*deprels: str, below: Iterable[str] = ()) -> _Declare:
    """Of words that have one of the relations, to heads that have one of those `below` which."""
    both = tuple(f"{deprel} < {above}" for above in below for deprel in deprels)
    return lambda look: Repair(both or deprels, look)


def formed(*forms: str) -> _Declare:
    """Of words with one of the forms, in lower case."""
    return lambda look: Repair(tuple(map(form_place, forms)), look)


def roots(look: _Look) -> Repair:
    """Of the words that hang on no other."""
    return Repair((ROOTS,), look)
