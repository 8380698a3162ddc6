"""Every example of every `--help` does what it says, in a folder that has what it names."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from kg.build import watch
from kg.cli import cli
from kg.evaluate import Scorecard
from kg.serve.service import Service
from kg.store import Store
from tests.conftest import ROOT

WAITS = 130
"""What ends a command that waits for Ctrl-C."""


def examples() -> list[str]:
    """The lines below "Examples:" of each command."""
    context = click.Context(cli)
    pages = (cli.commands[name].help or "" for name in cli.list_commands(context))
    lines = (line.strip() for page in pages for line in page.partition("Examples:")[2].split("\n"))
    return [line for line in lines if line]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, what was built of them, and what the examples name besides."""
    here = tmp_path_factory.mktemp("examples") / "here"
    samples = ROOT / "samples"
    for folder in (here, here / "elsewhere"):
        shutil.copytree(samples, folder / "samples")
    built = CliRunner().invoke(
        cli, ["build", str(here / "samples"), "-o", str(here / "output"), "--no-validate"]
    )
    assert built.exit_code == 0, built.stderr
    for name in ("yesterday", "today", "old", "elsewhere/graph"):
        shutil.copytree(here / "output", here / name)
    shutil.copytree(ROOT / "tests" / "evaluate", here.parent / "data")
    shutil.copy(here / "output" / "graph.html", here / "elsewhere" / "graph.html")
    shutil.copy(samples / "el-fasher.txt", here / "dispatch.txt")
    for name in ("wire.jsonl", "archive.jsonl"):
        shutil.copy(samples / "wire.jsonl", here / name)
    for folder in ("reports", "inbox"):
        (here / folder).mkdir()
        shutil.copy(samples / "drone-night.html", here / folder)
    (here / "wire.csv").write_text("body,day\nRussia attacked Kharkiv on Monday.,2024-11-24\n")
    (here / "question.rq").write_text("SELECT ?who ?whom { ?who kg:attacked ?whom }\n")
    (here / "my-ontology" / "entities").mkdir(parents=True)
    (here / "my-ontology" / "entities" / "own.yml").write_text("Town:\n  Vale_Town: {}\n")
    (here / "card.json").write_bytes(Scorecard("0", "none", {}).to_json())
    return here


@pytest.fixture
def here(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which nothing opens a browser, waits or leaves the machine."""
    folder = tmp_path / "here"
    shutil.copytree(world, folder)
    shutil.copytree(world.parent / "data", tmp_path / "data")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("webbrowser.open", lambda _url: True)
    monkeypatch.setattr("kg.build.watch.rounds", partial(watch.rounds, wait=_interrupted))
    monkeypatch.setattr("kg.serve.service.serve", _served)
    monkeypatch.setattr("kg.store.push.push", _pushed)
    monkeypatch.setattr(
        "kg.store.sources.Endpoint", lambda _url: Store.opened(Path("output/store"))
    )
    monkeypatch.setattr("kg.build.lint.check_examples", lambda *_given: ())  # has tests of its own
    return folder


def _interrupted(_seconds: float) -> None:
    raise KeyboardInterrupt


def _served(output: Path, _host: str, _port: int, **options: Any) -> None:
    ready: Callable[[str], None] = options.pop("ready")
    with Service(output, port=0, **options) as service:
        ready(service.url)


def _pushed(url: str, triples: Iterable[tuple[str, str]], **_options: object) -> int:
    assert url.startswith("http")
    return len(dict(triples))


def run(line: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The example as a shell runs it, as far as it is ours: what comes before and into `kg`."""
    words = shlex.split(line)
    while words[0] not in ("kg", "cat"):
        name, _, value = words.pop(0).partition("=")
        monkeypatch.setenv(name, os.path.expandvars(value))
    given = Path(words[1]).read_text() if words[0] == "cat" else None
    words = words[words.index("kg") + 1 :]
    ends = (number for number, word in enumerate(words) if word in ("|", ">"))
    return CliRunner().invoke(cli, words[: next(ends, None)], input=given)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("line", examples())
def test_the_example_works(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(line, monkeypatch)
    assert done.exit_code == (WAITS if "--watch" in line else 0), done.output
    assert done.output


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_help_is_alike_everywhere(name: str) -> None:
    command = cli.commands[name]
    first = (command.help or "").partition("\n")[0]
    assert re.fullmatch(r"[A-Z].*\.", first), "one sentence says what the command does"
    assert len(first) <= 80
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert [each.name for each in options if not each.help] == []
    assert all((each.help or "").endswith(".") for each in options)
