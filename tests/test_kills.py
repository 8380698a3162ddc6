"""`kill -9` of builder, workers and server at seeded moments: nothing is lost, nothing is half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from kg.build import build
from kg.build.folder import READY
from tests.serving import numbered
from tests.test_incremental import content, report
from tests.toy import ToyReader, write

pytestmark = pytest.mark.slow

KILLS = 10
LANDS = ("Arland", "Borvia", "Corland", "Durnia")

_BUILDER = """
import sys
from pathlib import Path
from kg.build import build
from kg.execute import Engine
from tests.toy import Slow
if __name__ == "__main__":
    print("ready", flush=True)
    engine = Engine(int(sys.argv[3]))
    result = build([sys.argv[1]], sys.argv[2], engine=engine, files=False, reader=Slow())
    print(result.counts.reports, [skip.reason for skip in result.skipped])
"""


def _reports(folder: Path, number: int) -> Path:
    texts = {f"r{n:04}": report(n, (LANDS[n % 4], LANDS[(n + 1) % 4])) for n in range(number)}
    return write(folder / "reports", **texts)


def _start(root: Path, folder: Path, jobs: int) -> subprocess.Popen[str]:
    (folder / "builder.py").write_text(_BUILDER)
    running = subprocess.Popen(
        [sys.executable, folder / "builder.py", folder / "reports", folder / "out", str(jobs)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert running.stdout
    assert running.stdout.readline() == "ready\n"
    return running


def test_a_builder_killed_at_any_moment_loses_nothing(root: Path, tmp_path: Path) -> None:
    reports = _reports(tmp_path, 40)
    output, random = tmp_path / "out", Random(20_240_807)  # noqa: S311
    started = time.monotonic()
    assert _start(root, tmp_path, 1).wait() == 0
    takes = time.monotonic() - started
    whole = content(output)
    for kill in range(KILLS):
        # Every report changes, so that the time of a build is that of the one which was measured.
        for path in reports.iterdir():
            path.write_text(path.read_text() + f"\nArland advanced in Borvia.\n\nRound {kill}.\n")
        build([reports], tmp_path / "fresh", files=False, reader=ToyReader())
        after = content(tmp_path / "fresh")
        running = _start(root, tmp_path, 1)
        time.sleep(random.uniform(0, takes))
        running.kill()
        running.wait()
        if (output / READY).exists():
            continue  # complete, and put in place by the next build
        assert content(output) in (whole, after)
        whole = content(output)
    assert _start(root, tmp_path, 1).wait() == 0
    assert content(output) == after


def test_workers_killed_at_any_moment_lose_nothing(root: Path, tmp_path: Path) -> None:
    reports = _reports(tmp_path, 800)
    random = Random(20_240_808)  # noqa: S311
    running = _start(root, tmp_path, 2)
    killed = 0
    while running.poll() is None:
        time.sleep(random.uniform(0.3, 1.0))
        workers = _children(running.pid)
        if killed < KILLS and workers:
            with suppress(ProcessLookupError):
                os.kill(random.choice(workers), signal.SIGKILL)
                killed += 1
    assert running.stdout
    assert running.stdout.read() == "800 []\n"
    assert killed == KILLS
    build([reports], tmp_path / "fresh", files=False, reader=ToyReader())
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_a_server_killed_at_any_moment_harms_nothing(tmp_path: Path) -> None:
    output, random = numbered(tmp_path, 1000), Random(20_240_809)  # noqa: S311
    before = {path: path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}
    for _ in range(KILLS):
        with _serving(output) as (running, url), ThreadPoolExecutor(4) as clients:
            asked = [clients.submit(_count, url) for _ in range(40)]
            time.sleep(random.uniform(0, 0.5))
            running.kill()
        counts = {each.result() for each in asked if each.exception() is None}
        assert counts <= {1000}, "an answer is whole or none"
    with _serving(output) as (running, url):
        assert _count(url) == 1000
    assert {path: path.read_bytes() for path in before} == before


@contextmanager
def _serving(output: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "kg", "serve", output, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        yield running, running.stdout.readline().strip()
        running.kill()


def _count(url: str) -> int:
    asked = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with urlopen(f"{url}sparql?query={asked}", timeout=30) as reply:  # noqa: S310 - a server here
        (row,) = json.load(reply)["results"]["bindings"]
    return int(row["n"]["value"])


def _children(process: int) -> list[int]:
    """The workers of a build: its children that are not the tracker of shared resources."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if parent == str(process) and "spawn_main" in command:
            found.append(int(folder.name))
    return sorted(found)
