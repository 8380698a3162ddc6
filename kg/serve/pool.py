"""The workers: who is free, who takes too long, and who works on a store that is out of date."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from kg.errors import InputError
from kg.serve.channel import Channel, Question, Verdict
from kg.serve.limits import Limits
from kg.serve.messages import HttpError
from kg.store.disk import settled

_BOOT = 30.0
_SLACK = 2.0
"""Seconds after which a worker whose server does not end it ends itself."""

_PACKAGES = str(Path(__file__).resolve().parent.parent.parent)

Version = tuple[int, int]


class Pool:
    """Processes that answer queries to one store on disk."""

    def __init__(self, store: Path, limits: Limits) -> None:
        """Starts the workers. Raises `InputError` when the store cannot be opened."""
        self.store = store
        self._limits = limits
        self._closed = False
        self.workers: set[Worker] = set()
        self._places: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        try:
            for _ in range(limits.workers):
                self._places.put(self._hire())
        except HttpError as error:
            self.close()
            raise InputError(error.text) from error

    def ask(self, question: Question) -> tuple[str, IO[bytes]]:
        """The media type of the answer and a file with it, to be closed by the caller.

        Raises `HttpError`: 400 and 403 for the query, 406 for what is accepted, 503 when there was
        no worker to be had or the query used up its time or memory.
        """
        try:
            worker = self._places.get(timeout=self._limits.patience)
        except queue.Empty:
            raise HttpError(503, "too many queries at once", Retry_After="5") from None
        try:
            worker = self._fit(worker)
            try:
                verdict, file = worker.ask(question, self._limits.deadline)
            except EOFError:
                if worker.exit_code() != -signal.SIGKILL:
                    raise
                # Somebody else ended it, so that it is not the query's fault.
                worker = self._hire()
                verdict, file = worker.ask(question, self._limits.deadline)
        except TimeoutError:
            raise HttpError(503, f"stopped after {self._limits.deadline:g} seconds") from None
        except EOFError:
            memory = self._limits.memory >> 20
            raise HttpError(503, f"stopped for want of memory ({memory} MB)") from None
        finally:
            self._places.put(worker if worker and worker.alive else None)
        if verdict.status != 200 or file is None:
            raise HttpError(verdict.status, verdict.text)
        return verdict.media_type, file

    def close(self) -> None:
        """Ends all workers, also those that are at work."""
        self._closed = True
        for worker in list(self.workers):
            worker.end()

    def _fit(self, worker: Worker | None) -> Worker:
        """The worker, if it is alive and its store is still the one that is served, or another."""
        if worker and worker.alive and worker.version == self._version():
            return worker
        if worker:
            worker.end()
        return self._hire()

    def _hire(self) -> Worker:
        if self._closed:
            raise HttpError(503, "the server is about to stop")
        self.workers -= {worker for worker in list(self.workers) if not worker.alive}
        worker = Worker(self.store, self._version(), self._limits)
        self.workers.add(worker)
        return worker

    def _version(self) -> Version:
        """Tells one store from the next: a writer always makes a new folder."""
        try:
            status = settled(self.store).stat()
        except OSError as error:
            raise HttpError(503, f"{self.store.name} is not there", Retry_After="1") from error
        return status.st_ino, status.st_mtime_ns


class Worker:
    """A process at the other end of a channel."""

    def __init__(self, store: Path, version: Version, limits: Limits) -> None:
        """Raises `HttpError` when it does not come up with the store open."""
        self.version = version
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [
                    sys.executable, "-P", "-m", "kg.serve.worker", str(theirs.fileno()),
                    str(store), str(limits.memory), str(limits.deadline + _SLACK),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the server, which ends its workers
                env={**os.environ, "PYTHONPATH": _PACKAGES},
            )  # fmt: skip
        try:
            verdict, _ = self._channel.receive(Verdict, _BOOT)
        except (EOFError, TimeoutError):
            verdict = Verdict(503, "a worker could not be started")
        if verdict.status != 200:
            self.end()
            raise HttpError(503, verdict.text, Retry_After="1")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: Question, seconds: float) -> tuple[Verdict, IO[bytes] | None]:
        """The verdict and the file with the answer. A worker that fails is ended.

        Raises `TimeoutError` past the time and `EOFError` when the worker died.
        """
        begun = time.monotonic()
        try:
            self._channel.send(question)
            return self._channel.receive(Verdict, seconds - (time.monotonic() - begun))
        except TimeoutError:
            self.end()
            raise

    def exit_code(self) -> int:
        """How a process ended that has closed its channel."""
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return self.end()

    def end(self) -> int:
        """Kills the process if it is not dead yet; its exit code."""
        self._channel.close()
        self._process.kill()
        return self._process.wait()
