"""Whom a possessive in a fronted phrase announces: "In his speech, X said ..."."""

from __future__ import annotations

from kg.resolve.binding import SUBJECTS
from kg.resolve.discourse import Discourse

_FRONTED = ("prep", "advcl", "pcomp", "pobj", "poss", "compound", "amod", "dobj", *SUBJECTS)


def announced_after(number: int, discourse: Discourse) -> int | None:
    """The subject of the clause that the phrase of a pronoun introduces."""
    tokens, index = discourse.tokens, discourse.index
    head = at = discourse.mentions[number].head
    while tokens[at].deprel in _FRONTED and tokens[at].head > head:
        at = tokens[at].head
    while tokens[at].deprel in _FRONTED and tokens[at].head != at:
        at = tokens[at].head
        if _is_done(discourse, at, head):
            return None
        if tokens[at].upos == "VERB" and at > head:
            break
    for subject in index.children(at, *SUBJECTS):
        found = index.by_head.get(subject)
        if subject > head and found is not None and _may_be_announced(discourse, number, found):
            return found
    return None


def _is_done(discourse: Discourse, verb: int, head: int) -> bool:
    """As in "as the strike entered its 100th day, X ...": the strike is at hand."""
    owned = discourse.tokens[head].xpos == "PRP$" and discourse.tokens[verb].upos == "VERB"
    return owned and any(i < head for i in discourse.index.children(verb, *SUBJECTS))


def _may_be_announced(discourse: Discourse, number: int, found: int) -> bool:
    """A name, or whoever is somebody's: "In their advance, Ukrainian units ..."."""
    named = discourse.mentions[found].level == "NAM"
    own = discourse.token(number).xpos == "PRP$"
    return named or (own and bool(list(discourse.index.owners(discourse.mentions[found]))))
