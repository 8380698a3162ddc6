"""Names of bodies that go on behind their head noun: "Ministry of Culture and Sport"."""

from __future__ import annotations

from kg.annotate.phrases import Phrases
from kg.gazetteer import Gazetteer
from kg.vocab import is_a, is_one_of

_PROPER = ("NNP", "NNPS")
_LINKS = ("of", "for")
_JOINTS = ("and", "&", "of", "the")
_APART = ("Country", "Region", "City", "Person")


def domain_end(phrases: Phrases, gazetteer: Gazetteer, stop: int, type_: str) -> int:
    """Where a body's name ends whose head noun ends at `stop`: behind what it is for, if told.

    "Embassy of Chad" names whose it is, and a place or a person is told apart.
    """
    tokens = phrases.tokens
    if stop + 1 >= len(tokens):
        return stop
    link = tokens[stop]
    first = stop + 1 + (tokens[stop + 1].form == "the")
    if link.form not in _LINKS or link.head != stop - 1 or first >= len(tokens):
        return stop
    end = _proper_end(phrases, gazetteer, first)
    known = end > first and gazetteer.candidates(phrases.text(stop - 1, end))
    if not is_a(type_, "Organization") and not known:
        return stop  # "U.S. Centers for ...", but "Gaza Hospital for Women"
    apart = any(
        _is_apart(phrases.text(first, last), gazetteer) for last in range(first + 1, end + 1)
    )
    return stop if apart and not known else max(end, stop)


def _proper_end(phrases: Phrases, gazetteer: Gazetteer, first: int) -> int:
    """The end of the capitalised words, and of what joins them, from `first` on."""
    tokens, end = phrases.tokens, first
    while end < len(tokens) and tokens[end].xpos in _PROPER:
        end += 1
        joint = end
        while joint + 1 < len(tokens) and tokens[joint].form in _JOINTS:
            joint += 1
        joined = joint > end and tokens[joint].xpos in _PROPER and tokens[end].head < joint
        if joined and not _is_apart(tokens[joint].form, gazetteer):
            end = joint
    return end


def _is_apart(name: str, gazetteer: Gazetteer) -> bool:
    return any(is_one_of(each.type, _APART) for each in gazetteer.candidates(name))
