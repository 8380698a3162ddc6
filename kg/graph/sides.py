"""Parties that the text names together: "American and South Korean officials" are of two states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from kg.model import Argument, Claim, Mention, Reading
from kg.vocab import is_one_of

Sides = Mapping[int, tuple[str, ...]]

_PARTY_ROLES = ("agent", "coAgent")
_POWERS = ("Country", "Region", "ArmedGroup", "InternationalOrganization")


def joint_sides(reading: Reading) -> Sides:
    """For a mention that begins with several names of powers, joined, the entities they name."""
    named = {reference.mention: reference.entity for reference in reading.references}
    powers = [(n, m) for n, m in enumerate(reading.mentions) if n in named and _is_power(m)]
    found = {}
    for number, mention in enumerate(reading.mentions):
        if mention.level == "NOM":
            inside = [power for power in powers if mention.span.contains(power[1].span)]
            joined = [other for other, _ in _joined(inside, reading.document.text, mention)]
            if len(joined) > 1:
                found[number] = tuple(dict.fromkeys(named[other] for other in joined))
    return found


def by_side(claim: Claim, sides: Sides, acting: tuple[str, ...], reading: Reading) -> Claim:
    """The claim with each party of several sides told side by side.

    `acting` are the classes that act for their side; of other people only the names count.
    """
    if not any(argument.filler.mention in sides for argument in claim.arguments):
        return claim
    arguments = (
        each for argument in claim.arguments for each in _told(argument, sides, acting, reading)
    )
    return replace(claim, arguments=tuple(arguments))


def _told(
    argument: Argument, sides: Sides, acting: tuple[str, ...], reading: Reading
) -> Iterator[Argument]:
    number = argument.filler.mention
    names = sides.get(number, ()) if number is not None else ()
    kind = reading.mentions[number].type if number is not None else ""
    if argument.role in _PARTY_ROLES and names and is_one_of(kind, acting):
        for name in names:
            yield replace(argument, filler=replace(argument.filler, entity=name))
    else:
        yield argument


def _is_power(mention: Mention) -> bool:
    return mention.level in ("ADJ", "NAM") and is_one_of(mention.type, _POWERS)


def _joined(
    inside: list[tuple[int, Mention]], text: str, whole: Mention
) -> Iterator[tuple[int, Mention]]:
    """The names from the start of a phrase on, as long as only "and" or a comma is between."""
    end: int | None = None
    for number, mention in sorted(inside, key=lambda pair: pair[1].span.start):
        start = whole.span.start if end is None else end
        between = text[start : mention.span.start].strip().lower()
        if between not in (("", "the") if end is None else (",", "and", ", and")):
            return
        end = mention.span.end
        yield number, mention
