"""One partition function, three ways to run it: here, in processes, on a Dask cluster.

Whoever runs a build decides where; what comes out is the same, in any order. A worker that dies
takes no part with it: its part is run again, and only a part that kills its worker each time is
given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from kg.errors import BuildError
from kg.garbage import look_seldom

DEATHS = 3
"""How many workers a part may kill, alone with them, before it is given up."""

REACHED_WITHIN = 10
"""Seconds that a scheduler has to answer."""

_AHEAD = 2  # parts a worker that are handed out at a time: none idles, and few are held


@dataclass(frozen=True, slots=True)
class Engine:
    """Where to run: `jobs` processes, or Dask workers of this machine or of the cluster `address`.

    One job and no Dask is this very process, unless it shall be one `apart`, which leaves its
    memory to this one when it ends.
    """

    jobs: int = 1
    kind: Literal["processes", "dask"] = "processes"
    address: str | None = None
    apart: bool = False

    @property
    def is_here(self) -> bool:
        return self.kind == "processes" and self.jobs == 1 and not self.apart


HERE = Engine()
"""This very process."""


def run[Part, Result](
    work: Callable[[Part], Result], parts: Iterable[Part], engine: Engine
) -> Iterator[tuple[Part, Result | None]]:
    """Each part with its result as it comes; the result is `None` where every worker died of it.

    `work` and the parts are sent to other processes, so `work` has to be importable there. Parts
    are taken from the iterable as workers become free. What `work` raises is raised here. Raises
    `BuildError` when Dask is asked for and not installed, or its scheduler cannot be reached.
    """
    if engine.is_here:
        return ((part, work(part)) for part in parts)
    if engine.kind == "dask":
        return _dask(work, iter(parts), engine)
    return _processes(work, iter(parts), engine.jobs)


def _processes[Part, Result](
    work: Callable[[Part], Result], parts: Iterator[Part], jobs: int
) -> Iterator[tuple[Part, Result | None]]:
    """One dead process breaks the whole pool, and nobody can tell which part it died of.

    So all that were under way are suspects and run again one by one, in a new pool.
    """
    suspects: list[tuple[Part, int]] = []
    while True:
        # Forked workers would inherit the locks of threads that do not exist in them.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
        try:
            yield from _one_by_one(pool, work, suspects)
            yield from _side_by_side(pool, work, parts, jobs, suspects)
            return
        except BrokenProcessPool:
            continue
        finally:
            pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Ctrl-C reaches every process of the terminal; the parent alone answers it.

    A parent that is killed cannot stop its workers, so they look out for that themselves.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _one_by_one[Part, Result](
    pool: ProcessPoolExecutor, work: Callable[[Part], Result], suspects: list[tuple[Part, int]]
) -> Iterator[tuple[Part, Result | None]]:
    while suspects:
        part, deaths = suspects.pop()
        try:
            yield part, pool.submit(work, part).result()
        except BrokenProcessPool:
            if deaths + 1 < DEATHS:
                suspects.append((part, deaths + 1))
            else:
                yield part, None
            raise


def _side_by_side[Part, Result](
    pool: ProcessPoolExecutor,
    work: Callable[[Part], Result],
    parts: Iterator[Part],
    jobs: int,
    suspects: list[tuple[Part, int]],
) -> Iterator[tuple[Part, Result | None]]:
    running: dict[Future[Result], Part] = {}
    try:
        while True:
            for part in islice(parts, jobs * _AHEAD - len(running)):
                suspects.append((part, 0))  # until the pool has taken it
                running[pool.submit(work, part)] = part
                suspects.pop()
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result = future.result()
                yield running.pop(future), result
    except BrokenProcessPool:
        suspects.extend((part, 0) for part in running.values())
        raise


def _dask[Part, Result](
    work: Callable[[Part], Result], parts: Iterator[Part], engine: Engine
) -> Iterator[tuple[Part, Result | None]]:
    try:
        from distributed import KilledWorker, as_completed
    except ImportError:
        raise BuildError("is not installed; run: pip install 'claimgraph[dask]'", "dask") from None
    with _client(engine) as client:
        running: dict[Any, Part] = {}
        suspects: list[Part] = []

        def submit(part: Part) -> Any:
            future = client.submit(work, part, pure=False)
            running[future] = part
            return future

        ahead = _AHEAD * max(engine.jobs, len(client.scheduler_info(n_workers=-1)["workers"]))
        finished = as_completed([submit(part) for part in islice(parts, ahead)])
        for future in finished:
            part = running.pop(future)
            try:
                yield part, future.result()
            except KilledWorker:
                suspects.append(part)
            for following in islice(parts, 1):
                finished.add(submit(following))
        # Dask blames a death on every part that its worker had been given. Alone, a part can only
        # be blamed for its own.
        for part in suspects:
            try:
                yield part, submit(part).result()
            except KilledWorker:
                yield part, None


def _client(engine: Engine) -> Any:
    """A client of the named scheduler, or of a cluster of this machine that ends with it."""
    import logging

    from distributed import Client

    try:
        if engine.address is not None:
            return Client(engine.address, timeout=REACHED_WITHIN)
        return Client(
            n_workers=engine.jobs,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
    except (OSError, ValueError) as error:
        raise BuildError(f"cannot be reached: {error}", engine.address or "dask") from error
