"""The command line: streams, exit codes, one-line errors, examples in every help."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli

HEAVY = {"spacy", "rdflib", "pyoxigraph", "pyvis", "networkx", "pyshacl", "rich", "yaml", "msgspec"}


def kg(*arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=text)


def process(
    *arguments: str | Path, cwd: Path | None = None, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd, input=text, capture_output=True, text=True, env=environment(),
    )  # fmt: skip


def environment() -> dict[str, str]:
    root = Path(__file__).resolve().parent.parent
    return {**os.environ, "PYTHONPATH": str(root), "BROWSER": "true"}


def test_help_loads_no_heavy_library() -> None:
    code = "import sys, kg.cli; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, *sorted(HEAVY)],
        capture_output=True, text=True, check=True, env=environment(),
    )  # fmt: skip
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_shows_an_example(name: str) -> None:
    page = kg(name, "--help").stdout
    assert f"kg {name}" in page.partition("Examples:")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build"],
        ["build", "report.txt", "--date", "yesterday"],
        ["build", "report.csv", "--column", "body=text"],
        ["query", "--format", "xml", "x"],
        ["rebuild", "no-such-folder"],
        ["view", "no-such-folder"],
        ["explain", "Russia", "--output", "no-such-folder"],
        ["export", "--to", "turtle", "--graph", "no-such.ttl"],
        ["check", "no-such.ttl"],
    ],
)
def test_bad_usage_or_data_is_exit_code_2_on_stderr(arguments: list[str]) -> None:
    result = kg(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_an_error_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    done = process("build", "missing.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "kg: skipped missing.txt: no such file or directory",
        "kg: no report could be read",
    ]


def test_standard_input_is_read_and_an_unreadable_input_left_out(
    root: Path, tmp_path: Path
) -> None:
    report = (root / "samples" / "kursk-front.md").read_text()
    (tmp_path / "empty.txt").write_text("")
    arguments = ["build", "-", "empty.txt", "-o", "out", "--no-validate"]
    done = process(*arguments, cwd=tmp_path, text=report)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    talk = done.stderr.splitlines()
    assert talk[0] == "skipped empty.txt: the file is empty"
    assert talk[1].startswith("1 report, 1 input skipped; ")
    ask = "ASK { ?s kg:advancedIn ?o }"
    asked = kg("query", "-", "--graph", tmp_path / "out" / "graph.ttl", text=ask)
    assert asked.stdout == "true\n"


def test_ctrl_c_leaves_the_last_output_and_says_so_in_one_line(
    root: Path, samples: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    shutil.copytree(samples, output)
    before = {path.name: path.read_bytes() for path in output.iterdir() if path.is_file()}
    running = subprocess.Popen(
        [
            sys.executable, "-m", "kg", "build", "--force", root / "samples" / "kursk-front.md",
            "-o", output,
        ],
        stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    while not (output / ".kg" / "state.db-wal").exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    assert running.communicate()[1].splitlines() == [
        "kg: interrupted; the last finished output stands"
    ]
    assert running.returncode == 130
    after = {path.name: path.read_bytes() for path in output.iterdir() if path.is_file()}
    assert after == before


def test_a_closed_pipe_is_no_error(samples: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "export", "--to", "nquads", "--graph", samples / "graph.trig"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as running:  # fmt: skip
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


# ------------------------------------------------------------------ query


WHO = (
    "PREFIX kg: <https://w3id.org/claimgraph/ont#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "SELECT DISTINCT ?who ?where WHERE "
    "{ ?s kg:advancedIn ?o . ?s rdfs:label ?who . ?o rdfs:label ?where } ORDER BY ?who ?where"
)


def test_the_formats_of_a_query_give_the_same_rows(samples: Path) -> None:
    graph = ["--graph", samples / "graph.ttl"]
    rows = list(csv.reader(io.StringIO(kg("query", WHO, *graph, "--format", "csv").stdout)))
    assert rows[0] == ["who", "where"]
    assert ["Russia", "Kursk Oblast"] in rows
    answer = json.loads(kg("query", WHO, *graph, "--format", "json").stdout)
    assert [[b["who"]["value"], b["where"]["value"]] for b in answer["results"]["bindings"]] == (
        rows[1:]
    )
    table = kg("query", WHO, *graph).stdout.splitlines()
    assert table[0].split() == ["who", "where"]
    assert len(table) == len(rows) + 1


def test_a_query_can_be_text_a_file_or_the_name_of_a_shipped_one(
    samples: Path, tmp_path: Path
) -> None:
    graph = ["--graph", samples / "graph.ttl"]
    file = tmp_path / "who.rq"
    file.write_text(WHO)
    assert kg("query", file, *graph).stdout == kg("query", WHO, *graph).stdout
    listed = kg("query", "--list").stdout.splitlines()
    assert len(listed) > 2
    for line in listed[2:]:
        name, _, question = line.partition("  ")
        assert question.strip()
        assert kg("query", name, *graph).exit_code == 0


def test_an_unknown_query_name_and_a_syntax_error_are_one_line(samples: Path) -> None:
    for wrong in ("no-such-query", "SELECT ?x WHERE { ?x"):
        result = kg("query", wrong, "--graph", samples / "graph.ttl")
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1


# ---------------------------------------------------------------- explain


def test_explain_leads_to_sentence_speaker_rule_and_links(samples: Path) -> None:
    page = kg("explain", "Russia advancedIn Kursk", "--output", samples).stdout
    assert page.startswith("Russia advancedIn Kursk Oblast\n  asserted; ")
    for wanted in (">>", "<<", "says", "CT+", "rule", "wikidata.org/entity/Q"):
        assert wanted in page


def test_explain_needs_no_file_that_a_large_build_leaves_out(samples: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    left_out = ("graph.*", "claims.jsonl")
    shutil.copytree(samples, output, ignore=shutil.ignore_patterns(*left_out))
    for wanted in ("Russia advancedIn Kursk", "kgr:Sudzha", "ceasefire", "ev_cd0a4f5b_64"):
        page = kg("explain", wanted, "--output", output)
        assert page.exit_code == 0, page.stderr
        assert page.stdout == kg("explain", wanted, "--output", samples).stdout
    shutil.rmtree(output / ".kg")
    gone = kg("explain", "ceasefire", "--output", output)
    assert (gone.exit_code, gone.stdout) == (2, "")
    assert "has no state of a build" in gone.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "advances"],
        ["stats"],
        ["path", "Russia", "Sudzha"],
        ["audit"],
        ["export", "--to", "csv"],
        ["explain", "Russia"],
        ["aliases", "Russia"],
    ],
)
def test_what_reads_a_graph_takes_the_store_of_a_build(
    arguments: list[str], samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    missing = kg(*arguments)
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "output: there is neither a graph nor a store" in missing.stderr
    shutil.copytree(samples, tmp_path / "output", ignore=shutil.ignore_patterns("graph.*"))
    found = kg(*arguments)
    assert found.exit_code == 0, found.stderr
    assert found.stdout


def test_explain_says_when_nothing_matches(samples: Path) -> None:
    result = kg("explain", "Atlantis advancedIn Mu", "--output", samples)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Atlantis advancedIn Mu" in result.stderr


# ------------------------------------------------- view, rebuild, check, export


def test_view_prints_the_page(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    assert kg("view", samples).stdout.strip() == str(samples / "graph.html")
    assert opened == [(samples / "graph.html").as_uri()]


def test_rebuild_tells_whether_the_bytes_came_out_alike(root: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text((root / "samples" / "el-fasher.txt").read_text())
    out, fast = tmp_path / "out", "--no-validate"
    assert kg("build", tmp_path / "report.txt", "-o", out, fast).exit_code == 0
    assert kg("rebuild", out, fast).exit_code == 0
    with (tmp_path / "report.txt").open("a") as stream:
        stream.write("\n\nRussia captured Bakhmut on Friday.\n")
    again = kg("rebuild", out, fast)
    assert again.exit_code == 1
    assert "different from then: report report.txt: changed" in again.stderr


def test_check_finds_nothing_in_what_is_shipped_and_built(samples: Path) -> None:
    assert kg("check", "--no-examples").exit_code == 0
    assert kg("check", samples / "graph.ttl").exit_code == 0
    assert kg("check", samples).exit_code == 0


def test_check_gives_code_and_place_of_what_it_finds(tmp_path: Path) -> None:
    graph = tmp_path / "bad.ttl"
    graph.write_text(
        "@prefix kg: <https://w3id.org/claimgraph/ont#> .\n"
        "@prefix kgr: <https://w3id.org/claimgraph/id/> .\n"
        "kgr:ev_1 a kg:Event, kg:Advance .\n"
    )
    result = kg("check", graph)
    assert result.exit_code == 1
    assert "ev_1" in result.stdout


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csv"])
def test_every_export_writes_something_to_file_and_stdout(
    form: str, samples: Path, tmp_path: Path
) -> None:
    source = ["--to", form, "--graph", samples / "graph.trig"]
    printed = kg("export", *source).stdout
    target = tmp_path / "target"
    assert kg("export", *source, "-o", target).exit_code == 0
    assert "Kursk" in printed
    assert target.read_text() == printed


# --------------------------------------------------------- the second build


def test_a_dry_run_lists_what_would_be_read_and_writes_nothing(
    root: Path, samples: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    arguments = ["build", root / "samples", "-o", output, "--dry-run"]
    fresh = kg(*arguments)
    assert fresh.exit_code == 1
    assert "add kursk-front.md" in fresh.stdout.splitlines()
    assert all(line.startswith("add ") for line in fresh.stdout.splitlines())
    assert not output.exists()
    shutil.copytree(samples, output)
    known = kg(*arguments)
    assert (known.exit_code, known.stdout) == (0, "")
    assert known.stderr.startswith("0 texts to parse, ")


@pytest.mark.parametrize("engine", ["slurm", "127.0.0.1:8786"])
def test_an_unknown_engine_is_bad_usage(engine: str, root: Path, tmp_path: Path) -> None:
    result = kg("build", root / "samples", "-o", tmp_path / "out", "--engine", engine)
    assert result.exit_code == 2
    assert "address of a scheduler" in result.stderr


def test_standard_input_is_not_watched(tmp_path: Path) -> None:
    result = kg("build", "-", "-o", tmp_path / "out", "--watch")
    assert result.exit_code == 2
    assert "cannot be watched" in result.stderr
