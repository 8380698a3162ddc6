"""`kg.build.lint` finds each planted fault at its line, and none in what is shipped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build.lint import Finding, lint
from kg.cli import cli
from kg.resources import ontology_path

FAULTS = Path(__file__).parent / "faults"
CODE = re.compile(r"KG\d{3}")

# What is put into a copy of the shipped files; the code stands where the finding must be.
EDITS = [
    ("events/siege.yml", "", "speed: fast  # KG101\n"),
    ("lexicon/coreference.yml", "  country: [Country]", "  country: [Contry]  # KG105"),
    ("lexicon/interest.yml", "  Surrender:", "  Yielding: {}  # KG103\n  Surrender:"),
    (
        "lexicon/interest.yml",
        "  Abuse: {agent: [Agent, Place]}",
        "  Abuse: {who: [Agent]}  # KG106",
    ),
    (
        "lexicon/interest.yml",
        "  Capture: {theme: [",
        "  Siege: {agent: [Foe]}  # KG105\n  Capture: {theme: [",
    ),
    ("lexicon/interest.yml", "", "  - {say: It fell., type: Capture, interest: some}  # KG111\n"),
    ("lexicon/nouns.yml", "", "Ogre: [ogre, ogress]  # KG105\n"),
    ("lexicon/nouns.yml", "", "EventSeries:\n  - world cup\n  - world cup  # KG112\n"),
    ("lexicon/operators.yml", ' => CT- asserted"]', ' CT- asserted"]  # KG111'),
    ("lexicon/operators.yml", ' => PS+ attempted"]', ' => PS+ tried"]  # KG111'),
    ("lexicon/operators.yml", "lemmas: [threaten]", "lemmas: [threaten, plan]  # KG112"),
    ("lexicon/slots.yml", "places:\n", "places:\n  nigh: {role: place, spatial: near}  # KG106\n"),
    ("lexicon/boilerplate.yml", "  pattern: '", "  pattern: '(  # KG113' #"),
    ("lexicon/datelines.yml", "    pattern: '", "    pattern: '(  # KG113' #"),
    ("lexicon/times.yml", "\nrules:\n", "\nrules:  # KG113\n  - {kind: date, match: FORTNIGHT}\n"),
    (
        "lexicon/quantities.yml",
        "\nunits:\n",
        "\nunits:\n  ell: {words: [ell], factor: l}  # KG113\n",
    ),
    ("lexicon/numbers.yml", "", "fractions: {half: 2}  # KG101\n"),
    ("lexicon/idioms.yml", None, "# KG114\n"),
    ("kg.ttl", "", "kg:Duel a owl:Class .  # KG132\n"),
    ("shapes.ttl", "", "kg:Duel a <http://www.w3.org/ns/shacl#NodeShape> .  # KG134\n"),
    ("queries/advances.rq", None, "SELECT ?who {\n  ?who kg:duelled ?whom  # KG134\n}\n"),
    ("queries/accusations.rq", None, "SELECT ?who {\n  ?who ?does\n}  # KG133\n"),
]


def places(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(finding.code, finding.where) for finding in findings}


def planted(folder: Path, shown: str, files: Iterable[Path]) -> set[tuple[str, str]]:
    """Code and place of each fault that the files mark with its code."""
    found = set()
    for path in files:
        where = f"{shown}/{path.relative_to(folder).as_posix()}"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for code in CODE.findall(line):
                found.add((code, where if code == "KG114" else f"{where}:{number}"))
    return found


def test_nothing_is_wrong_with_what_is_shipped() -> None:
    assert lint() == ()


@pytest.fixture(scope="module")
def faults() -> tuple[Finding, ...]:
    return lint([FAULTS])


def test_each_fault_of_an_overlay_is_found_at_its_line(faults: tuple[Finding, ...]) -> None:
    files = [path for path in FAULTS.rglob("*") if path.is_file()]
    assert places(faults) == planted(FAULTS, str(FAULTS), files)


def test_findings_come_by_file_and_line(faults: tuple[Finding, ...]) -> None:
    found = [finding.where.rpartition(":") for finding in faults]
    numbered = [(path, int(line)) for path, _, line in found if line.isdigit()]
    assert numbered == sorted(numbered)


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped files with the faults of `EDITS` in the place of `ontology/`."""
    copy = tmp_path / "ontology"
    shutil.copytree(ontology_path(), copy)
    for name, old, new in EDITS:
        path = copy / name
        text = path.read_text(encoding="utf-8") if old is not None else ""
        assert old is None or old in text, f"{name} no longer has {old!r}"
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    monkeypatch.setattr("kg.resources._ontology_root", lambda: copy)
    return copy


def test_each_fault_of_the_shipped_files_is_found_at_its_line(damaged: Path) -> None:
    expected = planted(damaged, "ontology", {damaged / name for name, _, _ in EDITS})
    assert places(lint()) == expected


def test_a_turtle_file_that_does_not_parse_is_found(damaged: Path) -> None:
    (damaged / "shapes.ttl").write_text("\nkg:A a\n")
    assert ("KG131", "ontology/shapes.ttl:2") in places(lint())


def test_the_command_prints_a_line_for_each_finding(faults: tuple[Finding, ...]) -> None:
    result = CliRunner().invoke(cli, ["check", "--overlay", str(FAULTS)])
    assert result.exit_code == 1
    lines = [f"{each.where}: {each.code}: {each.message}" for each in faults]
    assert result.stdout.splitlines() == lines


def test_every_code_is_documented_and_planted(root: Path) -> None:
    sources = "".join(path.read_text() for path in (root / "kg/build/lint").glob("*.py"))
    used = set(re.findall(r'"(KG\d{3})"', sources))
    listed = CODE.findall((root / "kg/build/lint/__init__.py").read_text().partition('\n"""\n')[0])
    documented = re.findall(r"^\| (KG\d{3}) ", (root / "docs/checks.md").read_text(), re.MULTILINE)
    marked = "".join(new for _, _, new in EDITS)
    marked += "".join(path.read_text() for path in FAULTS.rglob("*.yml"))
    assert used == set(listed) == set(documented)
    assert used - set(CODE.findall(marked)) == {"KG131", "KG201", "KG202"}  # tests of their own
