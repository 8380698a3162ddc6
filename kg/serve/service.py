"""`kg serve` as a function, and as an object that can be started and stopped."""

from __future__ import annotations

import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import InputError
from kg.serve.front import Front
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.site import Site
from kg.store import Store, disk, write_store

HOST, PORT = "127.0.0.1", 7878
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_DATASETS = ("graph.trig", "graph.nq", "graph.ttl")


class Service:
    """A server that runs beside its caller until it is stopped; also a context manager."""

    def __init__(
        self,
        output: Path,
        host: str = HOST,
        port: int = PORT,
        *,
        names: Iterable[str] = (),
        limits: Limits | None = None,
    ) -> None:
        """Opens the store and the port; port 0 is any that is free.

        `output` is the folder of a build, of a store, or an RDF file; what is no store yet is
        loaded into one that goes when the service does. Clients may call the server by `host`, by
        the names of this machine for itself, and by `names`. Raises `InputError` when there is
        nothing to serve and `OSError` when the port cannot be had.
        """
        self.limits = limits or Limits()
        with ExitStack() as stack:
            store = _store(output, stack)
            self.pool = Pool(store, self.limits)
            stack.callback(self.pool.close)
            site = Site(output, self.pool, self.limits.answer)
            known = (*_LOOPBACK, host, *names)
            self._front = Front(host, port, site, self.limits, known)
            stack.callback(self._front.server_close)
            self._stack = stack.pop_all()
        self._thread = threading.Thread(target=self._front.serve_forever, daemon=True)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._front.server_address[1]}/"

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Takes no more requests, lets those under way come to their end for a while, and ends."""
        self._front.shutdown()
        until = time.monotonic() + self.limits.grace
        while self._front.active and time.monotonic() < until:
            time.sleep(0.01)
        self._stack.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.stop()


def serve(
    output: Path,
    host: str = HOST,
    port: int = PORT,
    *,
    names: Iterable[str] = (),
    limits: Limits | None = None,
    ready: Callable[[str], None] = lambda _url: None,
) -> None:
    """Serves `output` until SIGINT or SIGTERM; `ready` is called with the address.

    Runs in the main thread only. Takes and raises what `Service` does.
    """
    stopped = threading.Event()
    before = {
        each: signal.signal(each, lambda *_: stopped.set())
        for each in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        with Service(output, host, port, names=names, limits=limits) as service:
            ready(service.url)
            stopped.wait()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _store(output: Path, stack: ExitStack) -> Path:
    """The store that `output` means, made for the occasion if it must be."""
    for path in (output / disk.NAME, output):
        if (disk.settled(path) / "CURRENT").is_file():
            return path
    files = [output] if output.is_file() else [output / name for name in _DATASETS]
    file = next((each for each in files if each.is_file()), None)
    if file is None:
        raise InputError("there is nothing to serve; `kg build` makes it", str(output))
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-serve-")))
    write_store(folder / disk.NAME, Store.of_files(file).quads())
    return folder / disk.NAME
