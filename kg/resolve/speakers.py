"""First and second persons: the author of a report, who is interviewed, who is quoted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.resolve.discourse import Discourse, Tie

_SPEAKER = frozenset(("i", "me", "my", "mine", "myself"))
_SPEAKERS = frozenset(("we", "us", "our", "ours", "ourselves"))
_ADDRESSED = frozenset(("you", "your", "yours", "yourself"))
_ASKED = ("dobj", "nsubjpass")
_NEAR = 1  # sentences from one "you" to the next
PASSING = "same unnamed voice"


def first_persons(discourse: Discourse) -> Iterator[Tie]:
    """Ties every "I" to the first of the same voice, every "we" to the first.

    Where somebody is said to be interviewed, that is who says "I" and is addressed; else a question
    addresses whoever says "I" in the answers. What is quoted has voices of its own.
    """
    guest = _interviewed(discourse)
    first: dict[str, int] = {}
    if guest is None:
        first.update(_answering(discourse))
    for number, mention in enumerate(discourse.mentions):
        kind = person_of(discourse.text(mention).lower()) if mention.level == "PRO" else None
        if kind is None or mention.head in discourse.quoted:
            continue
        known = guest is not None or kind in first
        if kind == "addressed" and not (known and discourse.is_question(number)):
            continue  # else "you" may be anybody
        if kind != "speakers" and guest is not None and guest < number:
            yield Tie(number, guest, "interview")
        elif first.get(kind, number) != number:
            yield Tie(number, first[kind], "same voice")
        first.setdefault(kind, number)


def passing_persons(discourse: Discourse) -> Iterator[Tie]:
    """Ties a quoted "we" to the one before of the same speaker, and a "you" to one close by.

    Whom they mean is open, as in "you never know what you get": they are of no entity.
    """
    last: dict[tuple[str, int], int] = {}
    for number, mention in enumerate(discourse.mentions):
        kind = person_of(discourse.text(mention).lower()) if mention.level == "PRO" else None
        quoted = mention.head in discourse.quoted
        if kind is None or number in discourse.ties or not (quoted or kind == "addressed"):
            continue
        if kind == "addressed" and discourse.is_question(number):
            continue
        voice = kind, discourse.voice(number)
        before = last.get(voice)
        last[voice] = number
        near = before is not None and discourse.distance(number, before) <= _NEAR
        if before is not None and (near or kind != "addressed"):
            yield Tie(number, before, PASSING)


def _answering(discourse: Discourse) -> Iterator[tuple[str, int]]:
    """The first unquoted "I" that no question holds, as who is addressed."""
    for number, mention in enumerate(discourse.mentions):
        said = mention.level == "PRO" and person_of(discourse.text(mention).lower()) == "speaker"
        quoted = mention.head in discourse.quoted
        if said and not quoted and not discourse.is_question(number):
            yield "addressed", number
            return


def person_of(word: str) -> str | None:
    """Which of the persons that speak or are spoken to a pronoun is (lower case), if any."""
    if word in _SPEAKER:
        return "speaker"
    if word in _SPEAKERS:
        return "speakers"
    return "addressed" if word in _ADDRESSED else None


def _interviewed(discourse: Discourse) -> int | None:
    """As in "the agency interviewed the captain": the first person so named."""
    for number, mention in enumerate(discourse.mentions):
        if mention.level == "PRO" or not discourse.is_any(number, ("Person",)):
            continue
        token = discourse.token(number)
        verb = discourse.tokens[token.head]
        if token.deprel in _ASKED and verb.lemma == "interview":
            return number
    return None
