"""`kg merge`, `kg split`, `kg aliases` and what builds make of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.resolve import ledger

FIRST = "The engineer Orsa Velnik fled to Kenya on Monday. Orsa Velnik left Uganda."
SECOND = "The engineer Orsa Vellnik fled to Kenya on Friday."


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports of one person, who is spelt in two ways, and what was built of them."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(FIRST)
    (tmp_path / "reports" / "b.txt").write_text(SECOND)
    monkeypatch.chdir(tmp_path)
    assert build() == {"p_orsa_velnik", "p_orsa_vellnik"}
    return tmp_path


def build(*options: str) -> set[str]:
    """The persons after a build."""
    done = kg("build", "reports", "--date", "2024-11-24", *options)
    assert done.exit_code == 0, done.stderr
    return people()


def people() -> set[str]:
    claims = map(json.loads, Path("output/claims.jsonl").read_text().splitlines())
    named = {role.get("entity") for claim in claims for role in claim["roles"]}
    return {name for name in named if name and name.startswith("p_")}


@pytest.mark.usefixtures("folder")
def test_a_merge_is_honoured_explained_and_undone() -> None:
    done = kg("merge", "Orsa Velnik", "kgr:p_orsa_vellnik", "--reason", "a slip", "--author", "Ann")
    assert done.stdout == "same: p_orsa_velnik, p_orsa_vellnik: a slip (Ann)\n"
    assert build() == {"p_orsa_velnik"}
    page = kg("explain", "p_orsa_velnik").stdout
    assert "also       Orsa Vellnik" in page
    assert 'mention    "Orsa Vellnik" in b.txt (decided same by hand: a slip)' in page
    assert "decided    same: p_orsa_velnik, p_orsa_vellnik: a slip (Ann)" in page
    assert kg("rebuild").exit_code == 0

    assert kg("split", "p_orsa_velnik", "p_orsa_vellnik").exit_code == 0
    assert kg("rebuild").exit_code == 1  # the decisions are different from then
    assert people() == {"p_orsa_velnik", "p_orsa_vellnik"}


@pytest.mark.usefixtures("folder")
def test_a_merge_of_different_kinds_is_made_with_a_warning() -> None:
    odd = kg("merge", "Kenya", "Orsa Velnik")
    assert (odd.exit_code, odd.stdout) == (0, "same: Kenya, p_orsa_velnik\n")
    assert odd.stderr.startswith("warning: Kenya is a Country, p_orsa_velnik a Person\n")
    assert "warning" not in kg("merge", "p_orsa_velnik", "p_orsa_vellnik").stderr
    assert "warning" not in kg("merge", "--unsure", "Uganda", "p_orsa_velnik").stderr


@pytest.mark.usefixtures("folder")
def test_a_split_sends_a_report_to_another_entity() -> None:
    done = kg("split", "Orsa Velnik", "reports/a.txt")
    assert done.stdout == "different: p_orsa_velnik, p_orsa_velnik_2; in a.txt\n"
    assert build() == {"p_orsa_velnik_2", "p_orsa_vellnik"}
    assert kg("split", "p_orsa_velnik_2", "a.txt", "--as", "kgr:p_other").exit_code == 0
    assert "p_orsa_velnik_2, p_other; in a.txt" in kg("explain", "p_orsa_velnik_2").stdout


@pytest.mark.usefixtures("folder")
def test_a_split_takes_a_mention_by_its_name() -> None:
    graph = Path("output/graph.ttl").read_text()
    start = FIRST.rindex("Orsa Velnik")
    mention = next(word for word in graph.split() if word.endswith(f"_c{start}_{start + 11}"))
    assert kg("split", "p_orsa_velnik", mention, "--as", "p_other").exit_code == 0
    build()
    assert '"Orsa Velnik" in a.txt (decided different by hand)' in kg("explain", "p_other").stdout
    assert '"Orsa Velnik" in a.txt (same name)' in kg("explain", "p_orsa_velnik").stdout


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_given_is_listed_and_honoured() -> None:
    assert kg("aliases", "p_orsa_velnik", "Orsa Vellnik").exit_code == 0
    assert build() == {"p_orsa_velnik"}
    rows = [line.split("  ") for line in kg("aliases", "p_orsa_velnik").stdout.splitlines()[2:]]
    assert [(row[0], row[-1].strip()) for row in rows] == [
        ("Orsa Velnik", "2"),
        ("Orsa Vellnik", "1"),
    ]
    assert kg("aliases", "p_orsa_velnik", "Orsa Vellnik", "--remove").exit_code == 0
    assert build() == {"p_orsa_velnik", "p_orsa_vellnik"}


@pytest.mark.usefixtures("folder")
def test_a_file_may_be_named_and_is_found_again() -> None:
    done = kg("merge", "Orsa Velnik", "Orsa Vellnik", "--decisions", "mine.yml")
    assert done.exit_code == 0
    assert not Path("decisions.yml").exists()
    assert build("--decisions", "mine.yml") == {"p_orsa_velnik"}
    assert kg("merge", "--unsure", "p_orsa_velnik", "Kenya").exit_code == 0
    assert [each.verdict for each in ledger.read(Path("mine.yml")).decisions] == ["same", "unsure"]
    Path("mine.yml").unlink()
    gone = kg("rebuild")
    assert (gone.exit_code, gone.stdout) == (2, "")
    assert "no such file of decisions" in gone.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["merge", "Orsa Velnik", "nobody"], "nobody: no entity of the graph has this name"),
        (["merge", "p_orsa_velnik", "Orsa Velnik"], "names an entity twice"),
        (["split", "Orsa Velnik", "b.txt"], "b.txt: no entity of the graph has this name"),
        (["split", "Orsa Velnik", "a.txt", "Kenya"], "either reports and mentions, or entities"),
        (["split", "Orsa Velnik", "a.txt", "--as", "an other"], "not the local name of an entity"),
        (["aliases", "\udce4"], "no entity of the graph has this name"),
        (["aliases", "Kenya", "--output", "none"], "none"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_decided_is_one_line(arguments: list[str], complaint: str) -> None:
    done = kg(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert complaint in done.stderr
    assert not Path("decisions.yml").exists()


@pytest.mark.usefixtures("folder")
def test_a_contradiction_names_its_place() -> None:
    Path("decisions.yml").write_text(
        "- {verdict: same, entities: [Kenya, Uganda, Chad]}\n"
        "- {verdict: different, entities: [Uganda, Chad]}\n"
    )
    done = kg("build", "reports", "--date", "2024-11-24")
    assert done.exit_code == 2
    assert "decisions.yml:2: `Chad` and `Uganda` are to be different" in done.stderr
