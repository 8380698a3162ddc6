"""Names that only a place can bear where they stand, whatever the recogniser takes them for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.annotate.phrases import Phrases
from kg.model import Token
from kg.people import People

_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "inside"))
_ARMED = ("ArmedForce", "ArmedGroup", "MilitaryUnit")
_TOWARDS = ("toward", "towards")


def is_located(tokens: Sequence[Token], head: int) -> bool:
    """As in "near Minova": nobody is attacked "near" a person in news."""
    token = tokens[_first_joined(tokens, head)]
    return token.deprel == "pobj" and tokens[token.head].form.lower() in _LOCATIVE


def must_lie(tokens: Sequence[Token], head: int, people: People, kinds: Collection[str]) -> bool:
    """As in "shelled Baba Amr", "residents of Baba Amr", "withdrew from Baba Amr".

    So too in front of one of the `kinds` of places, as in "the Sheikh Jarrah neighbourhood".
    """
    token = tokens[_first_joined(tokens, head)]
    above = tokens[token.head]
    if token.deprel in ("compound", "nmod") and token.head == head + 1:
        return above.lemma in kinds
    if token.deprel == "pobj" and above.form.lower() == "of":
        whole = tokens[above.head]
        return whole.lemma.lower() in people.placing or whole.form.lower() in people.compass
    if token.deprel == "pobj" and above.form.lower() in _TOWARDS:
        return tokens[above.head].lemma in people.moving
    if token.deprel == "pobj" and above.form.lower() in ("to", "from"):
        return tokens[above.head].lemma in people.journeys
    hit = token.deprel in ("dobj", "nsubjpass")
    return hit and above.upos == "VERB" and above.lemma in people.placing


def is_won(phrases: Phrases, head: int, people: People) -> bool:
    """As in "troops seized Umanske": what armed people take."""
    tokens = phrases.tokens
    token = tokens[_first_joined(tokens, head)]
    if token.deprel not in ("dobj", "nsubjpass") or tokens[token.head].lemma not in people.winning:
        return False
    doers = phrases.children(token.head, "nsubj") if token.deprel == "dobj" else ()
    nation = any(tokens[doer].xpos == "NNPS" for doer in doers)  # "the Russians"
    return nation or any(phrases.class_of(doer) in _ARMED for doer in doers)


def _first_joined(tokens: Sequence[Token], head: int) -> int:
    """The first of the names that are joined to one another by "and"."""
    while tokens[head].deprel == "conj" and tokens[tokens[head].head].upos == "PROPN":
        head = tokens[head].head
    return head
