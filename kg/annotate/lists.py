"""Repairs of a parse that the names show: whose is a list, and whom a title tells of.

"In Oman, Iran, and Qatar": in no place are two states one, nor is a person another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kg.annotate.phrases import Phrases
from kg.gazetteer import Entry
from kg.model import Mention, Token
from kg.vocab import is_a

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


def name_officers(tokens: list[Token], phrases: Phrases, mentions: Sequence[Mention]) -> None:
    """As in "senator from Ohio Mary Lee": Ohio is where from, and she is the senator; in place.

    The parser takes place and name for one name behind the preposition.
    """
    names = {each.head: each for each in mentions if each.level == "NAM"}
    for head, name in names.items():
        if name.type != "Person" or tokens[head].deprel != "pobj":
            continue
        place = phrases.first(head, 0)
        inside = [i for i in range(place, head) if tokens[i].start < name.span.start]
        prep = tokens[head].head
        title = tokens[prep].head
        where = names.get(inside[-1]) if inside else None
        behind = place - 1 == prep and phrases.class_of(title) == "Person"
        if where is None or not behind or not is_a(where.type, "Place"):
            continue
        for part in inside:
            tokens[part] = replace(tokens[part], head=where.head)
        tokens[where.head] = replace(tokens[where.head], head=prep, deprel="pobj")
        tokens[head] = replace(tokens[head], head=title, deprel="appos")
        for after in phrases.children(head, "prep"):
            tokens[after] = replace(tokens[after], head=title)


def part_partners(tokens: list[Token], mentions: Sequence[Mention]) -> None:
    """As in "with his counterpart X and minister Y": Y is no second name of X; in place."""
    names = {each.head for each in mentions if each.level == "NAM" and each.type == "Person"}
    for second in names:
        token = tokens[second]
        first = tokens[token.head]
        noun = tokens[first.head]
        if token.deprel != "conj" or token.head not in names or first.deprel != "appos":
            continue
        if noun.xpos == "NN" and noun.deprel in ("pobj", "dobj", "nsubj") and first.head < second:
            tokens[second] = replace(token, head=first.head)


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
