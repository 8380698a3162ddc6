"""`kg audit`: what became of every sentence, as records and as a page safe from hostile text."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from kg.audit import Counts, audit, counts, render
from kg.cli import cli
from kg.errors import InputError
from kg.export.turtle import turtle
from kg.graph import quads
from kg.model import Audit, Document, Entity, Reading
from tests.builders import argument, claim, mention, open_claim, reading, report
from tests.dispatches import PAYLOADS

ENTITIES = (Entity("Norland", "Country", "Norland"), Entity("Vale", "Town", "Vale"))


def _read(document: Document) -> Reading:
    """A report of four sentences: typed, open, mixed and nothing."""
    took = claim(
        document,
        "Capture",
        "took",
        argument(document, "agent", "Norland", "Norland"),
        argument(document, "theme", "Vale", "Vale"),
    )
    owns = open_claim(document, "own", "owns", argument(document, "object", "two tugs"), sentence=1)
    fled = claim(document, "Escape", "fled")
    feeds = open_claim(document, "feed", "feeds", argument(document, "object", "cats"))
    made = reading(
        document, [took, fled], ENTITIES, [(mention(document, "Vale", "Town"), "Vale")],
        open_claims=[owns, feeds],
    )  # fmt: skip
    records = (
        Audit(0, "extracted", ""),
        Audit(1, "partly", "open claim only: owns"),
        Audit(2, "partly", "open claim only: feeds"),
        Audit(3, "not", "no predicate"),
    )
    return replace(made, audit=records)


SENTENCES = ("Norland took Vale.", "It owns two tugs.", "Who feeds cats fled.", "What a day!")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(*documents: Document) -> Path:
        path = tmp_path / "graph.ttl"
        found = quads([_read(document) for document in documents], ())
        path.write_text("".join(turtle(found)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def graph(written: Callable[..., Path]) -> Path:
    return written(
        report(*SENTENCES, title="Front", uri="a.txt"),
        report(*SENTENCES, "On it goes.", title="Quay", uri="b/Herald.txt"),
    )


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *arguments])


def test_every_sentence_stands_there_by_report_and_place(graph: Path) -> None:
    lines = audit(graph)
    assert [(line.uri, line.index) for line in lines] == [
        *(("a.txt", index) for index in range(4)),
        *(("b/Herald.txt", index) for index in range(4)),
    ]
    assert [line.text for line in lines[:4]] == list(SENTENCES)
    assert [line.status for line in lines[:4]] == ["extracted", "partly", "partly", "not"]


def test_open_claims_count_as_what_they_are(graph: Path) -> None:
    typed, worded, mixed, nothing = audit(graph, report="a.txt")
    assert [line.is_open_only for line in (typed, worded, mixed, nothing)] == [
        False, True, False, False,
    ]  # fmt: skip
    assert [(told.event, told.is_open) for told in typed.claims] == [("capture", False)]
    assert [(told.event, told.is_open) for told in worded.claims] == [("own", True)]
    assert worded.reason == "open claim only: owns"
    assert counts(audit(graph)) == Counts(extracted=2, partly=4, open_only=2, not_read=2)


def test_the_filters(graph: Path) -> None:
    assert {line.status for line in audit(graph, ("not",))} == {"not"}
    assert {line.uri for line in audit(graph, report="HERALD")} == {"b/Herald.txt"}
    assert {line.uri for line in audit(graph, report="front")} == {"a.txt"}
    assert audit(graph, report="elsewhere") == ()


def test_a_graph_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.ttl"):
        audit(tmp_path / "gone.ttl")


# ------------------------------------------------------------------------- command


def test_the_table_and_its_summary(graph: Path) -> None:
    result = _run("--graph", str(graph), "--report", "a.txt")
    assert result.exit_code == 0
    head, _, first, *_ = result.stdout.splitlines()
    assert head.split() == ["report", "sentence", "status", "claims", "open", "reason", "text"]
    assert first.split()[:5] == ["a.txt", "1", "extracted", "1", "0"]
    assert result.stderr.strip() == (
        "4 sentences: 1 extracted, 2 partly (1 of them as open claims only), 1 not"
    )


def test_csv_and_json_say_the_same(graph: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_run("--graph", str(graph), "--format", "csv").stdout)))
    found = json.loads(_run("--graph", str(graph), "--format", "json").stdout)
    assert found["counts"] == {"extracted": 2, "partly": 4, "open_only": 2, "not_read": 2}
    assert [(row["report"], int(row["sentence"]), row["reason"], row["text"]) for row in rows] == [
        (each["report"], each["sentence"], each["reason"], each["text"])
        for each in found["sentences"]
    ]
    assert [int(row["open"]) for row in rows] == [
        len(each["open_claims"]) for each in found["sentences"]
    ]


def test_the_table_keeps_control_characters_from_the_terminal(
    written: Callable[..., Path],
) -> None:
    path = written(report(*SENTENCES[:3], "What \x1b[31m a day!", uri="\x1b]0;x\x07.txt"))
    assert "\x1b" not in _run("--graph", str(path)).stdout


def test_bad_data_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<a", encoding="utf-8")
    result = _run("--graph", str(path))
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


# ---------------------------------------------------------------------------- page


class Page(HTMLParser):
    """The start tags with their attributes, the text, and the text of style elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.style = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.style += data
        else:
            self.text.append(data)


def test_the_page_colours_sentences_and_marks_names_and_events(graph: Path) -> None:
    page = Page(render(audit(graph, report="a.txt")))
    colours = [attrs["class"] for tag, attrs in page.tags if tag == "li" and "value" in attrs]
    assert colours == ["extracted", "open", "partly", "not"]
    marks = [attrs["class"] for tag, attrs in page.tags if tag == "mark"]
    assert marks[2:] == ["trigger", "entity", "trigger", "trigger", "trigger"]
    assert "open claim only: owns" in " ".join(page.text)


def test_the_page_loads_and_runs_nothing_but_its_own_style(graph: Path) -> None:
    page = Page(render(audit(graph)))
    policy = next(attrs["content"] for _, attrs in page.tags if "http-equiv" in attrs)
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"
    )
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "iframe", "a", "form"})
    assert not re.search(r"url\(|@import", page.style)


def test_hostile_reports_stay_text(written: Callable[..., Path]) -> None:
    documents = [
        report(*SENTENCES[:3], f"What {payload} a day!", title=payload, uri=payload)
        for payload in PAYLOADS
    ]
    told = render(audit(written(*documents)))
    page, calm = Page(told), Page(render(audit(written(report(*SENTENCES)))))
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in calm.tags}
    names = {name for _, attrs in page.tags for name in attrs}
    assert names == {name for _, attrs in calm.tags for name in attrs}
    assert not re.search("[\u202e\u2066\u2028\x00\x1b]", told)
    assert "{{ 7 * 7 }}" in " ".join(page.text)


def test_equal_audits_give_equal_pages(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.html"
    assert _run("--graph", str(graph), "--html", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8") == render(audit(graph))
    assert _run("--graph", str(graph), "--html", "-").stdout == render(audit(graph))


def test_an_empty_audit_has_a_page_too(graph: Path) -> None:
    assert "There is no such sentence." in render(audit(graph, report="elsewhere"))
