"""Lists of names of one kind, of which the parser took the second for another name of the first.

"In Oman, Iran, and Qatar": in no place are two states one, nor is a person another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kg.annotate.phrases import Phrases
from kg.gazetteer import Entry
from kg.model import Mention, Token

_JOINTS = frozenset(("and", "or"))


def relist(
    tokens: list[Token], phrases: Phrases, mentions: Sequence[Mention], known: Mapping[str, Entry]
) -> None:
    """Joins the second name of a list to the first, in place."""
    names = {each.head: each for each in mentions if each.level == "NAM"}
    for second, name in names.items():
        token = tokens[second]
        first = names.get(token.head)
        if token.deprel != "appos" or first is None or first.type != name.type:
            continue
        listed = [*phrases.children(second), *phrases.children(token.head)]
        joint = next((i for i in listed if i > second and tokens[i].deprel == "cc"), None)
        third = next((i for i in listed if i > second and tokens[i].deprel == "conj"), None)
        if joint is None or third not in names or tokens[joint].form.lower() not in _JOINTS:
            continue
        apart = tokens[phrases.first(second, 0) - 1].form == ","  # not "(Doctors Without Borders)"
        if apart and not _lies_in(first, name, known):
            tokens[second] = replace(token, deprel="conj")


def _lies_in(inner: Mention, outer: Mention, known: Mapping[str, Entry]) -> bool:
    """As in "in Kings County, New York, and Ohio": the second tells where the first is.

    So too where both names may be of one thing.
    """
    around = set(inner.candidates) | {
        each
        for id_ in inner.candidates
        if id_ in known
        for each in (known[id_].within, known[id_].country)
    }
    return not around.isdisjoint(outer.candidates)
