"""Records as bytes and back: readings as JSON, any record packed for the database of a build."""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from functools import cache
from hashlib import sha256
from typing import Any, cast

import msgspec

from kg.errors import BuildError
from kg.model import Reading

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Reading)
_FAST = 1
_COMPRESSED = b"\x78"  # how zlib begins; of MessagePack the number 120, which is no record
_SHORT = 400  # bytes, from which on it takes longer to compress a record than to store it


def encode(reading: Reading) -> bytes:
    """One line of JSON without a line feed; equal readings give equal bytes."""
    return _encoder.encode(reading)


def decode(data: bytes) -> Reading:
    """The reading that was encoded. Raises `BuildError` for anything that is not one."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BuildError(f"not a reading: {error}") from error


def pack(record: object) -> bytes:
    """A record of `kg.model`, or a container of them, as MessagePack, compressed if it is long."""
    packed = msgspec.msgpack.encode(record)
    return zlib.compress(packed, _FAST) if len(packed) > _SHORT else packed


def digest(record: object) -> str:
    """SHA-256 of a record, in hex; equal records have equal ones."""
    return sha256(msgspec.msgpack.encode(record)).hexdigest()


def unpack[T](data: bytes, kind: type[T]) -> T:
    """The record that was packed. Raises `BuildError` for bytes that are not one of the kind."""
    decoder: msgspec.msgpack.Decoder[T] = _unpacker(cast("Hashable", kind))
    try:
        return decoder.decode(zlib.decompress(data) if data[:1] == _COMPRESSED else data)
    except (zlib.error, msgspec.DecodeError) as error:
        raise BuildError(f"not a packed record: {error}") from error


@cache
def _unpacker(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
