"""Where "there" is: the one place that the clause, or the sentence before, tells of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.resolve.discourse import Discourse, Tie
from kg.vocab import is_a

THERE = "there"
_FARTHEST = 2  # sentences
_REACHED = ("dobj", "nsubjpass")
_TOLD = ("pobj", *_REACHED)
_CARRIED = ("conj", "appos")
_LEFT = ("from",)


def places_meant(discourse: Discourse) -> Iterator[Tie]:
    """As in "entered Goma. Two died there", "took the town and posted guards there".

    The nearest sentence that tells of places decides; where it tells of two, neither is taken,
    unless one of them is what is left ("from").
    """
    for number, mention in enumerate(discourse.mentions):
        if mention.level != "PRO" or discourse.text(mention).lower() != THERE:
            continue
        for distance in range(_FARTHEST + 1):
            found = [
                before
                for before in range(number)
                if discourse.distance(before, number) == distance
                and _is_told(before, discourse)
                and _clause(before, discourse) != _clause(number, discourse)
            ]
            if found:
                place = _only_one(found, discourse)
                if place is not None:
                    yield Tie(number, place, THERE)
                break


def _only_one(found: list[int], discourse: Discourse) -> int | None:
    """The only place; what lies around it or is left counts for nothing."""
    inner = [each for each in found if not _is_around(each, found, discourse)]
    reached = [each for each in inner if _preposition(each, discourse) not in _LEFT] or inner
    roots = {discourse.root(each) for each in reached}
    return reached[-1] if len(roots) == 1 else None


def _is_told(number: int, discourse: Discourse) -> bool:
    """Whether a mention is a place in which, at which or to which something is done.

    A state that does something or is spoken to acts, and is no place then.
    """
    mention, token = discourse.mentions[number], discourse.token(number)
    if mention.level == "ADJ" or not is_a(discourse.class_of(number), "Place"):
        return False
    while token.deprel in _CARRIED and discourse.tokens[token.head] is not token:
        token = discourse.tokens[token.head]
    if token.deprel == "nsubj":
        return not is_a(discourse.class_of(number), "Country")
    if token.deprel not in _TOLD:
        return False
    governor = discourse.tokens[token.head]
    return token.deprel != "pobj" or governor.deprel in ("prep", "pcomp", "dative")


def _is_around(number: int, found: list[int], discourse: Discourse) -> bool:
    """Whether it only tells where another is, or what is said of that.

    As Congo in "attacked a village near Goma in Congo", "Goma, Congo", and the capital in "Haiti,
    where gangs hold the capital".
    """
    others = [each for each in found if each != number]
    heads = {discourse.mentions[each].head for each in others}
    index = discourse.mentions[number].head
    while discourse.tokens[index].head != index:
        index = discourse.tokens[index].head
        if index in heads:
            return True
    first, clause = discourse.mentions[number].span.start, _clause(number, discourse)
    if any(0 < first - discourse.mentions[each].span.end <= len(", ") for each in others):
        return True
    aside = discourse.token(number).deprel == "pobj"
    return aside and any(
        discourse.token(each).deprel in _REACHED and _clause(each, discourse) == clause
        for each in others
    )


def _clause(number: int, discourse: Discourse) -> int:
    """The nearest verb above."""
    index = discourse.mentions[number].head
    while discourse.tokens[index].upos != "VERB" and discourse.tokens[index].head != index:
        index = discourse.tokens[index].head
    return index


def _preposition(number: int, discourse: Discourse) -> str | None:
    return discourse.index.preposition(discourse.mentions[number].head)
