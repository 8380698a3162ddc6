"""Readings survive a trip through JSON."""

from __future__ import annotations

from datetime import date

import pytest

from kg.codec import decode, encode, pack, unpack
from kg.errors import BuildError
from kg.model import Entity, Quantity, Reading, Time
from tests.builders import argument, claim, fact, mention, reading, report, said, span


def _sample() -> Reading:
    document = report("Norland sent “up to 10,000” men to Vale on Monday, it said \u2028 😀.")
    sent = claim(
        document,
        "Deployment",
        "sent",
        argument(document, "agent", "Norland", "Norland", spatial="near", part=True),
        factuality=fact(certainty="probable", operators=("said",)),
        attributions=(said(document, "it", "Norland"),),
        quantities=(Quantity(span(document, "10,000"), "at_most", "10000"),),
        time=Time(span(document, "Monday"), "day", "2024-11-18", date(2024, 11, 18)),
        headline=True,
    )
    norland = Entity("Norland", "Country", "Norland", ("Norlanders",), geonames=7)
    found = (mention(document, "Norland", "Country"), "Norland", "Norland_City")
    return reading(document, [sent], [norland], [found])


def test_what_is_encoded_is_decoded() -> None:
    assert decode(encode(_sample())) == _sample()


@pytest.mark.parametrize("record", ["", "word", "x" * 100_000, ("a", "b")])
def test_what_is_packed_is_unpacked(record: object) -> None:
    assert unpack(pack(record), type(record)) == record


def test_what_is_long_is_packed_tightly() -> None:
    assert len(pack("x" * 100_000)) < 1_000


@pytest.mark.parametrize("damaged", [b"", b"\x78\x01half", b"\xc1"])
def test_what_is_not_packed_is_an_error(damaged: bytes) -> None:
    with pytest.raises(BuildError, match="not a packed record"):
        unpack(damaged, str)


def test_a_reading_is_one_line() -> None:
    assert b"\n" not in encode(_sample())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b'"\xff"',
        encode(_sample())[:-1],
        encode(_sample()).replace(b'"day"', b'"?"'),
    ],
)
def test_what_is_no_reading_is_refused(data: bytes) -> None:
    with pytest.raises(BuildError, match="not a reading"):
        decode(data)
