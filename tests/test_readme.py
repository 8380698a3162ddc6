"""The README's examples run and print what it says they print."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

BLOCK = re.compile(r"```console\n\$ kg (?P<arguments>.+)\n(?P<printed>(?s:.*?))```")

PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_the_examples_print_what_the_readme_says(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    page = (root / "README.md").read_text(encoding="utf-8")
    shutil.copytree(root / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)

    def run(match: re.Match[str]) -> str:
        result = CliRunner().invoke(cli, shlex.split(match["arguments"]))
        assert result.exit_code == 0, result.output
        return f"```console\n$ kg {match['arguments']}\n{result.output.rstrip()}\n```"

    now = BLOCK.sub(run, page)
    if pytestconfig.getoption("--update-golden"):
        (root / "README.md").write_text(now, encoding="utf-8")
    assert len(BLOCK.findall(page)) >= 3
    assert now == (root / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = PYTHON.findall((root / "README.md").read_text(encoding="utf-8"))
    shutil.copytree(root / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert "Russia advancedIn Kursk_Oblast" in capsys.readouterr().out.splitlines()
