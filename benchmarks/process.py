"""One command in a process of its own, and what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor with those of its children, megabytes at most."""

    wall: float
    cpu: float
    memory: float


def run(module: str, *arguments: object) -> Cost:
    """Runs `python -m module arguments`. Raises `RuntimeError` with what it said when it fails."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}\n{said}")
    wall = time.monotonic() - started
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The cost with the median time on the clock."""
    return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]
