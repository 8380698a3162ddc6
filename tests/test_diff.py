"""`kg diff`: claims and facts added, removed, changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from kg.annotate import Parse
from kg.build import build
from kg.build.diff import Difference, diff
from kg.cli import cli
from kg.model import Document, Factuality, Reading
from tests.toy import ToyReader, write

FIRST = "The first day at the front brought news.\n\n"
DAY = {
    "one": FIRST + "Arland advanced in Borvia.\n\nCorland advanced in Borvia.\n",
    "two": "Another report.\n\nDurnia advanced in Ersia.\n",
}


class Doubting(ToyReader):
    """Has doubts about Corland."""

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        reading = super().read_parsed(document, parse)
        return replace(
            reading,
            claims=tuple(
                replace(claim, factuality=Factuality(certainty="possible"))
                if claim.arguments[0].filler.entity == "Corland"
                else claim
                for claim in reading.claims
            ),
        )


@pytest.fixture
def outputs(tmp_path: Path) -> tuple[Path, Path]:
    reports = write(tmp_path / "reports", **DAY)
    build([reports], tmp_path / "old", reader=ToyReader())
    write(
        reports,
        one="A word in front. " + DAY["one"],  # moves the claims, and changes none
        two="Another report.\n\nErsia advanced in Durnia.\n",
    )
    build([reports], tmp_path / "new", reader=Doubting())
    return tmp_path / "old", tmp_path / "new"


def test_equal_graphs_do_not_differ(outputs: tuple[Path, Path]) -> None:
    assert diff(outputs[0], outputs[0] / "graph.trig") == ()


def test_claims_and_facts_that_differ_are_found(outputs: tuple[Path, Path]) -> None:
    found = diff(*outputs)
    assert [each for each in found if each.kind == "fact"] == [
        Difference("fact", "Corland advanced in Borvia", "", "", "asserted", "unasserted"),
        Difference("fact", "Durnia advanced in Ersia", "", "", "asserted", None),
        Difference("fact", "Ersia advanced in Durnia", "", "", None, "asserted"),
    ]
    changed = [(each.report, each.sentence, each.before, each.after) for each in found[3:]]
    assert changed == [
        ("one.txt", "Corland advanced in Borvia.", "CT+", "PS+"),
        ("two.txt", "Durnia advanced in Ersia.", "CT+", None),
        ("two.txt", "Ersia advanced in Durnia.", None, "CT+"),
    ]


def test_the_command_says_so_by_its_exit_code(outputs: tuple[Path, Path]) -> None:
    old, new = map(str, outputs)
    same, other = (CliRunner().invoke(cli, ["diff", old, each]) for each in (old, new))
    assert (same.exit_code, same.stdout) == (0, "")
    assert (other.exit_code, len(other.stdout.splitlines())) == (1, 2 + 6)
    data = json.loads(CliRunner().invoke(cli, ["diff", old, new, "--format", "json"]).stdout)
    assert {(each["before"], each["after"]) for each in data} >= {("asserted", "unasserted")}


def test_a_folder_without_a_graph_is_an_error(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["diff", str(outputs[0]), str(tmp_path)])
    assert result.exit_code == 2
    assert "holds neither a store nor a graph" in result.stderr
