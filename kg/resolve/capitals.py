"""Which city "the capital" is: the seat of a state that the report speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from kg.resolve.discourse import Discourse, Tie

_CAPITAL = "capital"
_TELLING = ("amod", "compound", "nmod", "poss", "prep", "relcl", "acl", "appos")
_WINDOW = 60


def capitals_meant(discourse: Discourse) -> Iterator[Tie]:
    """As in "reached Khartoum. Two died in the capital": the last seat named as a place.

    Not that of a state that nobody speaks of, as where Sudan's envoys meet, and no seat of a
    district ("the provincial capital").
    """
    for number, mention in enumerate(discourse.mentions):
        if mention.level != "NOM" or discourse.lemma(number) != _CAPITAL:
            continue
        index = discourse.index
        if index.determiner(mention) != "the" or index.children(mention.head, *_TELLING):
            continue
        near = discourse.near(number, _WINDOW)
        seats = [each for each in near if _is_seat(each, discourse)]
        links = (discourse.linked[each].entry for each in near if each in discourse.linked)
        states = {entry.id for entry in links if entry.type == "Country"}
        if seats and (not states or discourse.linked[seats[-1]].entry.seat_of in states):
            yield Tie(number, seats[-1], _CAPITAL)


def _is_seat(number: int, discourse: Discourse) -> bool:
    """Whether a seat is named as the place that it is: in "Moscow denied it" it is Russia."""
    link = discourse.linked.get(number)
    seat = link is not None and link.entry.seat_of is not None and link.entry.type == "City"
    return seat and discourse.class_of(number) == "City"
