"""Whether a claim is what an example asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.model import Claim, Filler, Reading, Span

_POSTMODIFIER = re.compile(
    r",| (?:of|in|at|on|from|near|to|for|by|with|who|that|which|and)\b", re.IGNORECASE
)
SPECIAL = frozenset(("type", "value", "modality", "source", "interest"))
"""What an example may ask for besides roles."""


def misses(claim: Claim, reading: Reading, expected: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of `expected` that the claim does not meet: roles and those of `SPECIAL`.

    A role or a source is given as words of the text. They are taken for a filler when the two
    overlap and end with the same head: "12 people" for "at least 12 people", "Sanaa" for "the city
    of Sanaa", "a commander" for "a commander of the militia".
    """
    return tuple(key for key, words in expected.items() if not _met(claim, reading, key, words))


def describe(claim: Claim, reading: Reading) -> str:
    """A claim on one line, for those who ask why an example fails."""
    roles = [
        f"{argument.role}={_text(reading, argument.filler.span)}" for argument in claim.arguments
    ]
    source = [_text(reading, filler.span) for filler in _sources(claim)]
    parts = [*roles, claim.factuality.value, claim.factuality.modality]
    parts += ["against its interest"] if claim.against_interest else []
    return f"{claim.type}({', '.join(parts)})" + (f" by {' and '.join(source)}" if source else "")


def _met(claim: Claim, reading: Reading, key: str, words: str) -> bool:
    if key not in SPECIAL:
        return named(reading, words, (each.filler for each in claim.fillers(key)))
    if key == "source":
        return named(reading, words, _sources(claim))
    factuality = claim.factuality
    found = {
        "type": claim.type,
        "value": factuality.value,
        "modality": factuality.modality,
        "interest": "against" if claim.against_interest else "none",
    }
    return found[key] == words


def _sources(claim: Claim) -> tuple[Filler, ...]:
    return claim.attributions[0].sources if claim.attributions else ()


def named(reading: Reading, words: str, fillers: Iterable[Filler]) -> bool:
    """Whether the words of the text are taken for one of the fillers."""
    places = list(_places(reading.document.text, words))
    spans = [_named_span(reading, filler) for filler in fillers]
    return any(_same(reading, place, span) for span in spans for place in places)


def _named_span(reading: Reading, filler: Filler) -> Span:
    """Two members, of "two members of the clan": the clan is another."""
    mention = None if filler.mention is None else reading.mentions[filler.mention].span
    if mention is not None and mention.start == filler.span.start:
        return mention
    return filler.span


def _places(text: str, words: str) -> Iterator[Span]:
    for match in re.finditer(rf"\b{re.escape(words)}(?!\w)", text):
        yield Span(*match.span())


def _same(reading: Reading, one: Span, other: Span) -> bool:
    ends = _ends(reading, one), _ends(reading, other)
    return one.overlaps(other) and not ends[0].isdisjoint(ends[1])


def _ends(reading: Reading, span: Span) -> set[int]:
    """Where the phrase ends, and where it would without what follows its head."""
    text = reading.document.text[span.start : span.end]
    match = _POSTMODIFIER.search(text)
    return {span.end, span.start + match.start()} if match else {span.end}


def _text(reading: Reading, span: Span) -> str:
    return reading.document.text[span.start : span.end]
