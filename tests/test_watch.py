"""`kg build --watch`: a build at once and after every change, and none without one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.build.watch import rounds


def _steps(*actions: Callable[[], object]) -> Callable[[float], None]:
    """Does the next thing each time the watcher waits; ends it when there is nothing left."""
    left = iter(actions)

    def wait(_seconds: float) -> None:
        try:
            next(left)()
        except StopIteration:
            raise KeyboardInterrupt from None

    return wait


def _count(
    path: Path,
    overlays: list[Path],
    *actions: Callable[[], object],
    decisions: Path | None = None,
) -> list[object]:
    found: list[object] = []
    with pytest.raises(KeyboardInterrupt):
        found.extend(rounds([str(path)], overlays, decisions, wait=_steps(*actions)))
    return found


def _nothing() -> None:
    pass


def test_a_change_is_built_when_it_has_come_to_rest(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("One.")
    rest = (_nothing, _nothing)
    assert len(_count(tmp_path, [], *rest)) == 1
    assert len(_count(tmp_path, [], lambda: first.write_text("Two sentences."), *rest)) == 2
    come_and_gone = (lambda: second.write_text("New."), *rest, second.unlink, *rest)
    assert len(_count(tmp_path, [], *come_and_gone)) == 3
    half = [lambda: second.write_text("Half"), lambda: second.write_text("Half and half")]
    assert len(_count(tmp_path, [], *half, *rest)) == 2


def test_a_decision_is_built_at_once_with_the_same_stages(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    decisions = tmp_path / "decisions.yml"
    rest = (_nothing, _nothing)
    write = [lambda: decisions.write_text("[]"), *rest, decisions.unlink, *rest]
    found = _count(tmp_path / "reports", [], *write, decisions=decisions)
    assert len(found) == 3
    assert len({id(each) for each in found}) == 1


def test_the_language_data_are_loaded_anew_when_they_change(tmp_path: Path) -> None:
    overlay, reports = tmp_path / "overlay" / "events", tmp_path / "reports"
    overlay.mkdir(parents=True)
    reports.mkdir()
    (reports / "one.txt").write_text("One.")
    table = overlay / "marching.yml"
    found = _count(
        reports,
        [overlay.parent],
        lambda: (reports / "two.txt").write_text("Two."),
        _nothing,
        lambda: table.write_text("type: Advance\nframes: []\n"),
        _nothing,
    )
    assert found[0] is found[1]
    assert found[1] is not found[2]


def test_the_command_builds_again_and_ends_with_ctrl_c(root: Path, tmp_path: Path) -> None:
    reports, output = tmp_path / "reports", tmp_path / "out"
    reports.mkdir()
    command = [sys.executable, "-m", "kg", "build", reports, "-o", output, "--watch"]
    with subprocess.Popen(
        [*command, "--no-validate"], stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as running:  # fmt: skip
        assert running.stderr
        assert "no report could be read" in running.stderr.readline()
        for name, text in (("one", "Russia attacked Kharkiv."), ("two", "Ukraine hit Belgorod.")):
            assert running.stderr.readline() == "watching; Ctrl-C ends it\n"
            (reports / f"{name}.txt").write_text(f"Reported on Monday.\n\n{text}\n")
            while not (line := running.stderr.readline()).endswith(": written\n"):
                assert line
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        assert running.wait() == 130
    assert {path.name for path in output.iterdir()} >= {"graph.ttl", "store", "kg.lock"}
