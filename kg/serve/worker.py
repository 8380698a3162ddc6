"""A process that answers queries one after the other, and that may be killed at any moment.

It gives up what it does not need before it reads the first query: memory beyond its limit, and
where the system lets it, the network. A query that runs on after the server has gone is ended by
the alarm.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from kg.errors import KgError, QueryError
from kg.serve.channel import Channel, Question, Verdict
from kg.serve.negotiation import best
from kg.store.disk import settled
from kg.store.guard import RefusedError
from kg.store.store import MEDIA_TYPES, Store


def main(end: str, path: str, memory: str, seconds: str) -> None:
    """Serves the store at `path` over the socket with the number `end` until it is closed."""
    channel = Channel(socket.socket(fileno=int(end)))
    _confine(int(memory))
    try:
        store = Store.opened(settled(Path(path)))
    except KgError as error:
        channel.send(Verdict(503, str(error)))
        return
    channel.send(Verdict(200))
    with suppress(EOFError):
        while True:
            question, _ = channel.receive(Question)
            signal.setitimer(signal.ITIMER_REAL, float(seconds))
            verdict, file = _answer(store, question)
            signal.setitimer(signal.ITIMER_REAL, 0)
            channel.send(verdict, file)
            if file:
                file.close()


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):  # the system allows even less
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    if sys.platform == "linux":
        # SERVICE is refused by the text of the query; this holds even if one slipped through.
        with suppress(OSError):
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def _answer(store: Store, question: Question) -> tuple[Verdict, IO[bytes] | None]:
    try:
        found = store.find(
            question.sparql,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
            base=question.base,
        )
    except RefusedError as error:
        return Verdict(403, error.message), None
    except QueryError as error:
        return Verdict(400, str(error)), None
    media_type = best(question.accept, MEDIA_TYPES[found.kind])
    if media_type is None:
        return Verdict(406, f"there is {', '.join(MEDIA_TYPES[found.kind])}"), None
    output = _Capped(question.larger)
    try:
        found.write(output, media_type)
    except QueryError as error:
        if output.full:
            text = f"the answer has more than {question.larger:,} bytes; LIMIT the query"
            return Verdict(403, text), None
        return Verdict(500, str(error)), None
    return Verdict(200, media_type=media_type), output.file()


class _Capped(io.RawIOBase):
    """A nameless file that takes so many bytes and not one more."""

    def __init__(self, size: int) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - the server closes it
        self._left = size
        self.full = False

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._left -= len(data)
        if self._left < 0:
            self.full = True
            raise OSError("too large")
        return self._file.write(data)

    def file(self) -> IO[bytes]:
        self._file.flush()
        return self._file


if __name__ == "__main__":
    main(*sys.argv[1:])
