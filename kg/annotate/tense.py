"""Which way a bare date points: the tense of the verb that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import Sentence, Token

Direction = Literal["past", "future", "open"]
_VERBAL = ("VERB", "AUX")
_PRESENT = ("VBZ", "VBP")
_LONGEST_CLIMB = 12
_REACH = 12  # tokens between a verb and its auxiliary


@dataclass(frozen=True, slots=True)
class Future:
    """Lemmas that put what they govern in the future, and auxiliaries that do so to a verb.

    The present of what is `scheduled` announces too ("talks begin on Monday"), but not in a report
    that tells all in the present.
    """

    governors: frozenset[str]
    auxiliaries: frozenset[str]
    scheduled: frozenset[str]


def tells_in_past(tokens: Sequence[Token]) -> bool:
    """Whether more sentences are in the past tense than in the present."""
    tags = [token.xpos for token in tokens if token.deprel == "ROOT"]
    return tags.count("VBD") > tags.count("VBZ") + tags.count("VBP")


def tells_in_present(tokens: Sequence[Token]) -> bool:
    """Whether more sentences are in the present tense, as of the news of a day."""
    tags = [token.xpos for token in tokens if token.deprel == "ROOT"]
    return tags.count("VBZ") + tags.count("VBP") > tags.count("VBD")


def direction(
    tokens: Sequence[Token],
    sentence: Sentence,
    first: int,
    length: int,
    future: Future,
    *,
    announcing: bool = False,
) -> Direction:
    """`past` or `future` by the governing verbs of `tokens[first:first + length]`, else `open`.

    The first verb on the way to the root decides, unless one above it plans or expects it
    ("is scheduled to open on Monday"); an infinitive under "be" is a plan too ("was to open").
    `announcing` tells that the present tense is used for nothing else.
    """
    found: Direction = "open"
    if first > sentence.first and tokens[first - 1].form.lower() in ("by", "until", "till"):
        found = "future"
    index = _outer(tokens, first, length)
    for _ in range(_LONGEST_CLIMB):
        token = tokens[index]
        lemma = token.lemma.lower()
        planned = announcing and lemma in future.scheduled and token.xpos in _PRESENT
        if lemma in future.governors or (planned and found == "open"):
            return "future"
        if token.upos in _VERBAL:
            tense = _tense(tokens, sentence, index, future)
            if tense == "future":
                return tense
            if tense == "past" or found == "open":
                found = tense
            if found == "past" and token.xpos != "VB":
                break
        if token.head == index:
            break
        index = token.head
    return found


def _outer(tokens: Sequence[Token], first: int, length: int) -> int:
    """The token of the expression whose head lies outside it."""
    last = first + length
    for index in range(first, last):
        if not first <= tokens[index].head < last:
            return index
    return first


def _tense(tokens: Sequence[Token], sentence: Sentence, index: int, future: Future) -> Direction:
    """The tense of one verb from its tag and its auxiliaries."""
    token = tokens[index]
    auxiliaries = {
        each.form.lower(): each
        for each in tokens[max(sentence.first, index - _REACH) : min(sentence.last, index + _REACH)]
        if each.head == index and each.deprel in ("aux", "auxpass") and each is not token
    }
    if not future.auxiliaries.isdisjoint(auxiliaries):
        return "future"
    if "to" in auxiliaries:
        governor = tokens[token.head]
        planned = governor.lemma == "be" or governor.form.lower() == "going"
        return "future" if planned else "open"
    past = {"had", "has", "have", "was", "were", "did", "been"}
    if token.xpos == "VBD" or not past.isdisjoint(auxiliaries):
        return "past"
    if token.xpos == "VBN" and not auxiliaries:
        return "past"
    return "open"
