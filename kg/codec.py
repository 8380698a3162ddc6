"""Readings as JSON and back, for the records that a build keeps."""

from __future__ import annotations

import msgspec

from kg.errors import BuildError
from kg.model import Reading

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Reading)


def encode(reading: Reading) -> bytes:
    """One line of JSON without a line feed; equal readings give equal bytes."""
    return _encoder.encode(reading)


def decode(data: bytes) -> Reading:
    """The reading that was encoded. Raises `BuildError` for anything that is not one."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BuildError(f"not a reading: {error}") from error
