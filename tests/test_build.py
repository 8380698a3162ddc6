"""The build: what it writes, what it keeps when it fails, what the lock says."""

from __future__ import annotations

import json
import os
import re
import signal
from datetime import date
from pathlib import Path

import pytest

from kg.annotate import Parse
from kg.build import Settings, build, rebuild
from kg.errors import BuildError, InputError
from kg.model import Document, Reading
from tests.toy import FILES, OUTPUTS, ToyReader, snapshot, write

ONE = "The front moved on Monday after a week of quiet.\n\nArland advanced in Borvia.\n"
TWO = "The second report of the day came in the evening.\n\nCorland advanced in Borvia.\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write(tmp_path / "reports", one=ONE, two=TWO)


def shown(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != ".kg"}


def test_a_build_writes_its_files_and_nothing_else(reports: Path, tmp_path: Path) -> None:
    result = build([reports], tmp_path / "out", reader=ToyReader())
    assert shown(tmp_path / "out") == OUTPUTS
    edges = [(fact.subject, fact.predicate, fact.object) for fact in result.statements]
    assert edges == [("Arland", "advancedIn", "Borvia"), ("Corland", "advancedIn", "Borvia")]


class Noting(ToyReader):
    """Says in which process it reads."""

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        Path(f"{document.uri}.{os.getpid()}").touch()
        return super().read_parsed(document, parse)


def test_a_large_new_store_has_the_reports_read_apart_and_a_small_one_not(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "noted"
    noted.mkdir()
    monkeypatch.chdir(noted)
    build([reports], tmp_path / "small", reader=Noting())
    here = {f"{name}.{os.getpid()}" for name in ("one.txt", "two.txt")}
    assert shown(noted) == here
    monkeypatch.setattr("kg.build.run._MANY", 1)
    build([reports], tmp_path / "large", reader=Noting())
    assert len(shown(noted) - here) == 2
    assert snapshot(tmp_path / "large") == snapshot(tmp_path / "small")


def test_the_order_of_the_paths_does_not_matter(reports: Path, tmp_path: Path) -> None:
    paths = [reports / "one.txt", reports / "two.txt"]
    build(paths, tmp_path / "a", reader=ToyReader())
    build(reversed(paths), tmp_path / "b", reader=ToyReader())
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")


def test_a_second_build_says_that_nothing_changed(reports: Path, tmp_path: Path) -> None:
    first = build([reports], tmp_path / "out", reader=ToyReader())
    second = build([reports], tmp_path / "out", reader=ToyReader())
    assert set(first.changed) == OUTPUTS - {"kg.lock"}
    assert second.changed == ()


def test_what_cannot_be_read_is_reported_and_the_rest_is_built(
    reports: Path, tmp_path: Path
) -> None:
    write(reports, empty="")
    result = build([reports, tmp_path / "missing.txt"], tmp_path / "out", reader=ToyReader())
    assert {skip.uri for skip in result.skipped} == {"empty.txt", "missing.txt"}
    assert len(result.readings) == 2


def test_a_report_given_twice_counts_once(reports: Path, tmp_path: Path) -> None:
    write(reports, copy=ONE)
    result = build([reports], tmp_path / "out", reader=ToyReader())
    assert [reading.document.uri for reading in result.readings] == ["copy.txt", "two.txt"]
    assert [(skip.uri, skip.reason) for skip in result.skipped] == [
        ("one.txt", "same text as copy.txt")
    ]


def test_without_a_single_report_the_build_fails_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        build([tmp_path / "missing.txt"], tmp_path / "out", reader=ToyReader())
    assert caught.value.__notes__[0].startswith("skipped missing.txt: ")
    assert not (tmp_path / "out").exists()


class Interrupting(ToyReader):
    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        signal.raise_signal(signal.SIGINT)
        return super().read_parsed(document, parse)


def test_an_interrupted_build_leaves_the_last_output_whole(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    before = snapshot(tmp_path / "out")
    write(reports, three="Arland said that it would stay.\n\nArland advanced in Durnia.\n")
    with pytest.raises(KeyboardInterrupt):
        build([reports], tmp_path / "out", reader=Interrupting())
    assert snapshot(tmp_path / "out") == before


def test_a_failing_writer_leaves_the_last_output_whole(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    before = snapshot(tmp_path / "out")
    write(reports, two="Nothing to see in this report today.\n\nDurnia advanced in Borvia.\n")

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.html.render", full)
    with pytest.raises(OSError, match="No space"):
        build([reports], tmp_path / "out", reader=ToyReader())
    assert snapshot(tmp_path / "out") == before


def test_what_a_killed_build_left_behind_is_cleaned_up(reports: Path, tmp_path: Path) -> None:
    write(tmp_path / "out" / ".partial", graph="half")
    build([reports], tmp_path / "out", reader=ToyReader())
    assert shown(tmp_path / "out") == OUTPUTS


def test_an_output_that_is_a_file_is_an_error(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BuildError, match="out: cannot be written"):
        build([reports], tmp_path / "out", reader=ToyReader())
    assert (tmp_path / "out").read_text() == "mine"


def test_an_output_among_the_inputs_is_an_error(reports: Path) -> None:
    with pytest.raises(BuildError, match="lies in the input folder"):
        build([reports], reports / "out", reader=ToyReader())
    assert not (reports / "out").exists()


def test_the_lock_names_inputs_from_the_output_and_hashes_what_it_wrote(
    reports: Path, tmp_path: Path
) -> None:
    build([reports], tmp_path / "out", Settings(published=date(2024, 11, 24)), reader=ToyReader())
    text = (tmp_path / "out" / "kg.lock").read_text()
    lock = json.loads(text)
    assert lock["inputs"] == ["../reports"]
    assert lock["options"]["published"] == "2024-11-24"
    assert [report["uri"] for report in lock["reports"]] == ["one.txt", "two.txt"]
    assert set(lock["files"]) == FILES - {"kg.lock"}
    assert str(tmp_path) not in text


def test_rebuild_repeats_the_build_from_another_folder_after_a_move(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([reports], tmp_path / "out", Settings(publisher="Example Wire"), reader=ToyReader())
    before = snapshot(tmp_path / "out")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (tmp_path / "reports").rename(moved / "reports")
    (tmp_path / "out").rename(moved / "out")
    monkeypatch.chdir(os.sep)
    result = rebuild(moved / "out", reader=ToyReader())
    assert (result.changed, result.differences) == ((), ())
    assert snapshot(moved / "out") == before


def test_a_page_with_a_console_is_rebuilt_with_it(reports: Path, tmp_path: Path) -> None:
    plain = build([reports], tmp_path / "plain", reader=ToyReader())
    asked = build([reports], tmp_path / "asked", Settings(console=True), reader=ToyReader())
    page = (asked.output / "graph.html").read_text(encoding="utf-8")
    assert 'id="sparql-engine"' in page
    assert 'id="sparql-engine"' not in (plain.output / "graph.html").read_text(encoding="utf-8")
    assert rebuild(asked.output, reader=ToyReader()).changed == ()


def test_rebuild_names_the_report_and_the_files_that_changed(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    write(reports, one=ONE.replace("Arland", "Durnia"), three=TWO.replace("Corland", "Ersia"))
    (reports / "two.txt").unlink()
    result = rebuild(tmp_path / "out", reader=ToyReader())
    assert result.differences == (
        "report one.txt: changed",
        "report three.txt: new",
        "report two.txt: gone",
    )
    assert set(result.changed) == OUTPUTS - {"kg.lock"}


def test_standard_input_cannot_be_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, ONE.encode())
    os.close(write_end)
    with os.fdopen(read_end) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        build(["-"], tmp_path / "out", reader=ToyReader())
    with pytest.raises(BuildError, match="standard input"):
        rebuild(tmp_path / "out", reader=ToyReader())


@pytest.mark.parametrize("lock", [None, "", "{}", '{"format": 99}', "[1]"])
def test_rebuild_without_a_good_lock_is_an_error(tmp_path: Path, lock: str | None) -> None:
    if lock is not None:
        (tmp_path / "kg.lock").write_text(lock)
    with pytest.raises(BuildError, match=re.escape(str(tmp_path))):
        rebuild(tmp_path, reader=ToyReader())
