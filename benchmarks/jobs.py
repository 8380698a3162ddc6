"""Who has the processor in a build by two processes: `python -m benchmarks.jobs JSONL OUTPUT FILE`.

Clock times of two processes say nothing while other work shares the cores; how much of the work
one process has to do alone does. FILE gets the seconds of processor as a JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from kg.build import build
from kg.execute import Engine


class _Watch:
    """Seconds of processor of this process, of its main thread and of its workers, by phase."""

    def __init__(self) -> None:
        self.phase = ""
        self._last = self._now()
        self.spent = {phase: [0.0, 0.0, 0.0] for phase in ("reading", "writing")}

    def __call__(self, work: str, _done: int, _total: int) -> None:
        """The progress of a build: the time until it is called goes to the work before."""
        now = self._now()
        if self.phase:
            spent = self.spent[self.phase]
            for place, (before, after) in enumerate(zip(self._last, now, strict=True)):
                spent[place] += after - before
        self.phase = "reading" if work == "reading" else "writing"
        self._last = now

    @staticmethod
    def _now() -> tuple[float, float, float]:
        own, workers = (
            usage.ru_utime + usage.ru_stime
            for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        )
        return own, time.thread_time(), workers


def main(reports: str, output: str, file: str) -> None:
    """Builds and writes the figures; the store is written by a thread of its own."""
    watch = _Watch()
    build([Path(reports)], output, engine=Engine(2), validate=False, progress=watch)
    watch("end", 1, 1)
    (reading, reading_main, workers), (writing, writing_main, _) = watch.spent.values()
    figures = {
        "workers": workers,
        "parent": reading_main,
        "early": reading - reading_main,
        "files": writing_main,
        "store": writing - writing_main,
    }
    Path(file).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
