"""Wherever the parts are run the results are the same, whoever dies of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from distributed import LocalCluster

from kg.build import build
from kg.errors import BuildError
from kg.execute import HERE, Engine, run
from tests.test_incremental import content, report
from tests.toy import Dying, ToyReader, double, double_unless_deadly, fail, write

PROCESSES = Engine(jobs=2)
DASK = pytest.param(Engine(jobs=2, kind="dask"), marks=pytest.mark.slow, id="dask")


@pytest.mark.parametrize("engine", [HERE, PROCESSES, DASK])
def test_every_part_comes_back_with_its_result(engine: Engine) -> None:
    assert sorted(run(double, range(20), engine)) == [(n, 2 * n) for n in range(20)]


@pytest.mark.parametrize("engine", [HERE, PROCESSES, DASK])
def test_what_the_work_raises_is_raised(engine: Engine) -> None:
    with pytest.raises(ValueError, match="not 0"):
        list(run(fail, [0], engine))


@pytest.mark.parametrize("engine", [PROCESSES, DASK])
def test_only_a_part_that_ends_its_worker_each_time_is_lost(engine: Engine, tmp_path: Path) -> None:
    work = partial(double_unless_deadly, tmp_path / "marker")
    results = dict(run(work, range(10), engine))
    assert results == {number: None if number == 7 else 2 * number for number in range(10)}


def test_parts_are_taken_as_workers_become_free() -> None:
    taken: list[int] = []

    def parts() -> object:
        for number in range(100):
            taken.append(number)
            yield number

    results = run(double, parts(), PROCESSES)  # type: ignore[arg-type]
    next(results)
    assert len(taken) < 10
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("engine", [PROCESSES, DASK])
def test_a_worker_killed_in_a_build_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    lands = ("Arland", "Borvia", "Corland")
    texts = {f"r{n:02}": report(n, (lands[n % 3], lands[(n + 1) % 3])) for n in range(40)}
    reports = write(tmp_path / "reports", **texts)
    build([reports], tmp_path / "serial", reader=ToyReader())
    reader = Dying("r21.txt", tmp_path / "marker")
    result = build([reports], tmp_path / "out", engine=engine, reader=reader)
    assert reader.marker.exists()
    assert result.skipped == ()
    assert content(tmp_path / "out") == content(tmp_path / "serial")


def test_an_unknown_scheduler_is_an_error_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.execute.REACHED_WITHIN", 1)
    with pytest.raises(BuildError, match=r"tcp://127\.0\.0\.1:9: cannot be reached"):
        list(run(double, [1], Engine(kind="dask", address="tcp://127.0.0.1:9")))


@pytest.mark.slow
def test_a_scheduler_is_used_by_its_address() -> None:
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        engine = Engine(kind="dask", address=cluster.scheduler_address)
        assert sorted(run(double, range(5), engine)) == [(n, 2 * n) for n in range(5)]


_PARENT = """
from kg.execute import Engine, run
from tests.toy import linger
if __name__ == "__main__":
    list(run(linger, range(2), Engine(jobs=2)))
"""


def test_workers_end_with_a_parent_that_is_killed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(_PARENT)
    with subprocess.Popen(
        [sys.executable, tmp_path / "parent.py"], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as parent:  # fmt: skip
        assert parent.stdout
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(map(_lives, workers)):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
