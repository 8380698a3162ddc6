"""The work list of the linguist: every miss and false alarm as a JSON line."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from kg.evaluate.suite import Slip


class ErrorLog:
    """Writes slips to a file as they come; without a file it takes them and writes nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> ErrorLog:
        if self._path is not None:
            self._file = self._path.open("wb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, suite: str, document: str, slip: Slip) -> None:
        """One line: suite, document, kind, sentence, gold, ours, rule."""
        if self._file is not None:
            record = {"suite": suite, "document": document, **asdict(slip)}
            self._file.write(msgspec.json.encode(record) + b"\n")
