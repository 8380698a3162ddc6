"""The runner: any folder of the formats, damaged or not, one card, one work list."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.errors import InputError
from kg.evaluate import (
    ErrorLog,
    Outcome,
    Scorecard,
    Text,
    evaluate,
    lines,
    load_scorecard,
    peers,
)
from kg.model import Reading, Statement
from tests.builders import mention, reading, report

MINIATURE = Path(__file__).parent / "evaluate"


class Blind:
    """A pipeline that reads nothing but the word Gao."""

    engine = "none 1"

    def __init__(self) -> None:
        self.read: list[Text] = []

    def read_many(self, texts: Sequence[Text]) -> Iterator[Outcome]:
        for text in texts:
            self.read.append(text)
            document = report(text.text, uri=text.uri)
            found = [mention(document, "Gao", "City")] if "Gao" in text.text else []
            yield Outcome(reading(document, mentions=[(each, "Gao") for each in found]))

    def statements(self, _readings: Sequence[Reading]) -> tuple[Statement, ...]:
        return ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the miniature sets that a test may damage."""
    return Path(shutil.copytree(MINIATURE, tmp_path / "data"))


def run(folder: Path, *suites: str, limit: int | None = None) -> Scorecard:
    return evaluate(folder, pipeline=Blind(), suites=suites or None, limit=limit)


def test_every_set_in_the_folder_is_scored(folder: Path) -> None:
    card = run(folder)

    assert len(card.suites) == 16
    assert card.problems == {}
    assert card.suites["geowebnews"].metrics["span_f1"].value > 0
    assert card.suites["muc4"].metrics["ceaf_ree_f1"].value == 0.0


def test_the_json_has_the_promised_form_and_is_the_same_on_every_run(folder: Path) -> None:
    first, second = run(folder).to_json(), run(folder).to_json()

    found = json.loads(first)["suites"]["re3d"]["metrics"]["entities_relaxed_f1"]
    assert first == second
    assert set(found) == {"value", "low", "high", "items"}


def test_only_the_named_suites_run_and_only_so_many_items(folder: Path) -> None:
    card = run(folder, "re3d", "gap", limit=1)

    assert {name: score.documents for name, score in card.suites.items()} == {"re3d": 1, "gap": 1}


def test_another_half_in_another_packing_is_the_same_set(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "whatever"
    other.mkdir(parents=True)
    content = (folder / "gap" / "gap_mini.jsonl").read_bytes()
    (other / "gap_heldout.jsonl.gz").write_bytes(gzip.compress(content))

    assert run(tmp_path / "other").suites["gap"] == run(folder, "gap").suites["gap"]


def test_a_set_folder_itself_may_be_named(folder: Path) -> None:
    assert set(run(folder / "relocar").suites) == {"relocar", "gold"}


def test_the_gold_may_lie_beside_the_data(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "gold", tmp_path / "gold")

    assert run(folder, "gold").suites["gold"].documents == 2


def test_parts_are_scored_apart_and_together(folder: Path) -> None:
    score = run(folder, "gum").suites["gum"]

    assert score.documents == 2
    assert {name: part.documents for name, part in score.parts.items()} == {
        "interview": 1,
        "news": 1,
    }


def test_a_malformed_line_is_named_and_the_rest_is_scored(folder: Path) -> None:
    path = folder / "gap" / "gap_mini.jsonl"
    path.write_text('{"id": 7}\nnot json\n' + path.read_text(encoding="utf-8"), encoding="utf-8")

    card = run(folder)

    assert [problem.split(": ")[0] for problem in card.problems["gap"]] == [
        "gap_mini.jsonl:1",
        "gap_mini.jsonl:2",
    ]
    assert card.suites["gap"].documents == 2
    assert len(card.suites) == 16


def test_a_truncated_archive_gives_what_was_before_the_damage(folder: Path) -> None:
    path = folder / "gap" / "gap_mini.jsonl"
    packed = gzip.compress(path.read_bytes() * 2000)
    path.unlink()
    (folder / "gap" / "gap_mini.jsonl.gz").write_bytes(packed[: len(packed) // 2])

    card = run(folder, "gap", "re3d")

    assert card.suites["gap"].documents > 0
    assert card.problems["gap"][0].startswith("gap_mini.jsonl.gz:")
    assert "re3d" in card.suites


def test_a_set_without_its_files_is_a_problem_not_a_crash(folder: Path) -> None:
    (folder / "re3d" / "re3d_mini.jsonl").unlink()

    card = run(folder)

    assert card.problems["re3d"] == ("re3d: no file re3d_*.jsonl or re3d_*.jsonl.gz",)
    assert "re3d" not in card.suites


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (lambda gold: (gold / "mini.txt").unlink(), "mini.txt:1"),
        (lambda gold: (gold / "mini.txt").write_text("Another text."), "mini.txt:1"),
        (lambda gold: (gold / "mini.json").write_text('{\n"schema": "kg-gold/1"'), "mini.json:2"),
        (
            lambda gold: (gold / "mini.json").write_text(
                (gold / "mini.json").read_text().replace('"mini.txt"', '"../../secret.txt"')
            ),
            "mini.json:1",
        ),
    ],
    ids=["text missing", "text changed", "gold truncated", "text elsewhere"],
)
def test_a_damaged_gold_file_is_named(folder: Path, damage, where: str) -> None:  # type: ignore[no-untyped-def]
    damage(folder / "gold")

    card = run(folder, "gold")

    assert card.suites["gold"].documents == 1
    assert card.problems["gold"][0].startswith(where)


def test_an_unknown_suite_and_an_empty_folder_are_bad_input(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(InputError, match=r"known: gold, re3d"):
        run(folder, "nonsense")
    with pytest.raises(InputError, match="no evaluation set"):
        run(tmp_path / "empty")


def test_the_work_list_names_document_sentence_and_gold(folder: Path, tmp_path: Path) -> None:
    with ErrorLog(tmp_path / "errors.jsonl") as log:
        evaluate(folder, pipeline=Blind(), suites=["gold"], report=log.add)
    slips = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text().splitlines()]

    missed = next(slip for slip in slips if slip["kind"] == "event_miss")
    assert missed == {
        "suite": "gold",
        "document": "mini.txt",
        "kind": "event_miss",
        "sentence": "Norland's troops seized Gao on Friday, the army said.",
        "gold": "Capture|Recapture(seized)",
        "ours": "",
        "rule": "",
    }


def test_an_older_card_shows_the_change(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_bytes(run(folder, "gap").to_json())
    old = load_scorecard(tmp_path / "old.json")

    changes = {line.change for line in lines(run(folder, "gap"), peers(), old)}
    without = {line.change for line in lines(run(folder, "re3d"), peers(), old)}

    assert changes == {0.0}
    assert without == {None}
    with pytest.raises(InputError, match="not a scorecard"):
        load_scorecard(folder / "gap" / "gap_mini.jsonl")


def test_texts_carry_their_publication_date(folder: Path) -> None:
    blind = Blind()
    evaluate(folder, pipeline=blind, suites=["gold", "tr_news"])

    assert [(text.uri, str(text.published)) for text in blind.read] == [
        ("mini.txt", "2020-01-04"),
        ("second.txt", "2020-01-04"),
        ("T1", "2013-01-27"),
        ("T2", "None"),
    ]


def test_the_command_prints_the_card_and_exits_by_problems(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.evaluate.built
    from kg.cli.eval import evaluate as command

    monkeypatch.setattr(kg.evaluate.built, "Built", Blind)
    card = tmp_path / "card.json"
    fine = CliRunner().invoke(command, [str(folder), "--suite", "wikiwars", "--json", str(card)])
    (folder / "re3d" / "re3d_mini.jsonl").write_text("{", encoding="utf-8")
    bad = CliRunner().invoke(
        command, [str(folder), "--suite", "wikiwars", "--suite", "re3d", "--compare", str(card)]
    )

    assert fine.exit_code == 0
    assert "value_f1" in fine.stdout
    assert load_scorecard(card).suites["wikiwars"].documents == 2
    assert bad.exit_code == 1
    assert "re3d_mini.jsonl:1" in bad.stderr
    assert "+0.000" in bad.stdout
