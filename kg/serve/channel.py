"""Messages between the server and its workers: JSON with a length before it, and open files."""

from __future__ import annotations

import os
import socket
import time
from typing import IO, Any

import msgspec

_HEAD = 4


class Question(msgspec.Struct, frozen=True):
    """A query, the dataset that the client chose for it, and the answers that it accepts.

    `accept` is the value of the HTTP header. `larger` than this many bytes no answer may be.
    `base` is what relative IRIs are relative to.
    """

    sparql: str
    accept: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    larger: int
    base: str | None = None


class Verdict(msgspec.Struct, frozen=True):
    """How it went, as an HTTP status: with 200 comes a file, else `text` says what is wrong."""

    status: int
    text: str = ""
    media_type: str = ""


class Channel:
    """One end of a pair of connected sockets.

    Everything it does raises `EOFError` when the other end is gone, `TimeoutError` past the time.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, message: Any, file: IO[bytes] | None = None) -> None:
        """Sends a message and with it, maybe, an open file."""
        data = msgspec.json.encode(message)
        head = len(data).to_bytes(_HEAD, "big")
        try:
            socket.send_fds(self._end, [head], [file.fileno()] if file else [])
            self._end.sendall(data)
        except ConnectionError as error:
            raise EOFError from error

    def receive[Message](
        self, kind: type[Message], seconds: float | None = None
    ) -> tuple[Message, IO[bytes] | None]:
        """The next message, and the file that came with it, at its start."""
        until = None if seconds is None else time.monotonic() + seconds
        self._end.settimeout(seconds)
        try:
            head, files, _, _ = socket.recv_fds(self._end, _HEAD, 1)
            file = os.fdopen(files[0], "rb") if files else None
            if not head:
                raise EOFError
            head += self._exactly(_HEAD - len(head), until)
            data = self._exactly(int.from_bytes(head, "big"), until)
        except ConnectionError as error:
            raise EOFError from error
        if file:
            file.seek(0)
        return msgspec.json.decode(data, type=kind), file

    def _exactly(self, size: int, until: float | None) -> bytes:
        data = bytearray()
        while len(data) < size:
            if until is not None:
                self._end.settimeout(max(until - time.monotonic(), 0.001))
            piece = self._end.recv(size - len(data))
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)

    def close(self) -> None:
        self._end.close()
