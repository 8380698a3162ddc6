"""The second build: it reads only what changed, and what comes out is as if it had read all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import filelock
import pytest

import kg
from kg.annotate import Parse
from kg.build import Settings, build, keys, preview
from kg.build.folder import READY
from kg.errors import BuildError
from kg.model import Document, Reading
from kg.store import Store
from kg.store.search import search
from tests.toy import ToyReader, snapshot, write

LANDS = ("Arland", "Borvia", "Corland", "Durnia", "Ersia")


class Counting(ToyReader):
    """Remembers what it was asked to do."""

    def __init__(self) -> None:
        self.parsed: list[str] = []
        self.read: list[str] = []

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Parse]]:
        for document, parse in super().parse(documents):
            self.parsed.append(document.uri)
            yield document, parse

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        self.read.append(document.uri)
        return super().read_parsed(document, parse)


def report(
    number: int, *moves: tuple[str, str], note: str = "quiet", verb: str = "advanced"
) -> str:
    told = "\n\n".join(f"{who} {verb} in {where}." for who, where in moves)
    return f"Report number {number} of a {note} week at the front.\n\n{told}\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    texts = {
        f"r{number}": report(number, (LANDS[number % 5], LANDS[(number + 1) % 5]))
        for number in range(12)
    }
    return write(tmp_path / "reports", **texts)


def content(output: Path) -> tuple[object, ...]:
    """All that an output says, in whichever form: files, store, search index."""
    hits = [search(output / "search.db", word, 1000) for word in (*LANDS, "quiet")]
    return snapshot(output), set(Store.opened(output / "store").quads()), hits


def test_a_second_build_reads_only_what_is_new_or_changed(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=Counting())
    write(reports, r3=report(3, ("Ersia", "Arland")), new=report(99, ("Ersia", "Borvia")))
    (reports / "r5.txt").unlink()
    (reports / "r7.txt").rename(reports / "r7b.txt")
    reader = Counting()
    result = build([reports], tmp_path / "out", reader=reader)
    assert sorted(reader.parsed) == ["new.txt", "r3.txt"]
    assert sorted(reader.read) == ["new.txt", "r3.txt", "r7b.txt"]
    plan = result.plan
    assert (plan.added, plan.changed, plan.deleted) == (("new.txt",), ("r3.txt",), ("r5.txt",))
    assert (plan.moved, plan.again, plan.unchanged) == ((("r7.txt", "r7b.txt"),), (), 9)


@pytest.mark.parametrize("seed", range(2))
def test_what_comes_out_is_as_if_all_had_been_read(
    reports: Path, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)  # noqa: S311
    build([reports], tmp_path / "out", reader=ToyReader())
    for step in range(4):
        for _ in range(random.choice([1, 1, 8])):
            path = random.choice(sorted(reports.iterdir()))
            if random.random() < 0.3 and len(list(reports.iterdir())) > 6:
                path.unlink()
            else:
                moves = [tuple(random.sample(LANDS, 2)) for _ in range(3)]
                name = path.stem if random.random() < 0.5 else f"n{random.randrange(99)}"
                verb = random.choice(["advanced", "did not advance"])
                text = report(random.randrange(99), *moves, verb=verb)  # type: ignore[arg-type]
                write(reports, **{name: text})
        build([reports], tmp_path / "out", reader=ToyReader())
        build([reports], tmp_path / f"fresh{step}", reader=ToyReader())
        assert content(tmp_path / "out") == content(tmp_path / f"fresh{step}")


def test_deleting_a_report_restores_the_earlier_bytes(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    before = content(tmp_path / "out")
    write(reports, more=report(50, ("Arland", "Borvia"), ("Ersia", "Durnia")))
    build([reports], tmp_path / "out", reader=ToyReader())
    assert content(tmp_path / "out") != before
    (reports / "more.txt").unlink()
    reader = Counting()
    build([reports], tmp_path / "out", reader=reader)
    assert content(tmp_path / "out") == before
    assert reader.read == []


def test_a_changed_lexicon_reads_again_but_parses_nothing(reports: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "events").mkdir(parents=True)
    build([reports], tmp_path / "out", Settings(overlays=[overlay]), reader=Counting())
    (overlay / "events" / "marching.yml").write_text("type: Advance\nframes: []\n")
    reader = Counting()
    result = build([reports], tmp_path / "out", Settings(overlays=[overlay]), reader=reader)
    assert (len(reader.read), reader.parsed) == (12, [])
    assert len(result.plan.again) == 12
    (overlay / "entities").mkdir()
    (overlay / "entities" / "lands.yml").write_text("Country: {Arland: {label: Arland}}\n")
    reader = Counting()
    build([reports], tmp_path / "out", Settings(overlays=[overlay]), reader=reader)
    assert (len(reader.read), len(reader.parsed)) == (12, 12)


def test_force_reads_everything(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    reader = Counting()
    result = build([reports], tmp_path / "out", force=True, reader=reader)
    assert (len(reader.parsed), result.changed) == (12, ())


def test_a_preview_says_what_a_build_would_do_and_does_nothing(
    reports: Path, tmp_path: Path
) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    before = content(tmp_path / "out")
    write(reports, r1=report(77), empty="")
    plan, skipped = preview([reports], tmp_path / "out", reader=ToyReader())
    assert (plan.changed, plan.unchanged, plan.parses) == (("r1.txt",), 11, 1)
    assert [skip.uri for skip in skipped] == ["empty.txt"]
    assert content(tmp_path / "out") == before


def test_what_was_read_before_an_interruption_is_kept(reports: Path, tmp_path: Path) -> None:
    class Stopping(Counting):
        def read_parsed(self, document: Document, parse: Parse) -> Reading:
            if document.uri == "r9.txt":
                raise KeyboardInterrupt
            return super().read_parsed(document, parse)

    write(reports, **{f"long{n}": report(200 + n) + "And so on.\n\n" * 2000 for n in range(4)})
    with pytest.raises(KeyboardInterrupt):
        build([reports], tmp_path / "out", reader=Stopping())
    reader = Counting()
    build([reports], tmp_path / "out", reader=reader)
    build([reports], tmp_path / "fresh", reader=ToyReader())
    assert 0 < len(reader.read) < 16
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_two_builds_of_one_output_do_not_mix(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    with (
        filelock.FileLock(tmp_path / "out" / ".kg" / "lock"),
        pytest.raises(BuildError, match="another build is at work here"),
    ):
        build([reports], tmp_path / "out", reader=ToyReader())


@pytest.mark.parametrize("damage", ["cut", "foreign", "gone"])
def test_a_lost_state_costs_only_time(reports: Path, tmp_path: Path, damage: str) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    before, state = content(tmp_path / "out"), tmp_path / "out" / ".kg" / "state.db"
    if damage == "cut":
        state.write_bytes(state.read_bytes()[:5000])
    elif damage == "foreign":
        state.write_bytes(b"not a database")
    else:
        state.unlink()
    reader = Counting()
    result = build([reports], tmp_path / "out", reader=reader)
    assert (len(reader.read), result.changed) == (12, ())
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("lost", ["store", "search.db", "kg.lock"])
def test_a_damaged_output_is_written_anew(reports: Path, tmp_path: Path, lost: str) -> None:
    output = tmp_path / "out"
    build([reports], output, reader=ToyReader())
    before = content(output)
    path = output / lost
    path.rename(tmp_path / "lost")
    reader = Counting()
    build([reports], output, reader=reader)
    assert (content(output), reader.read) == (before, [])


def test_output_that_was_complete_is_put_in_place_by_the_next_build(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build([reports], output, reader=ToyReader())
    write(reports, more=report(50, ("Arland", "Borvia")))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.build.folder.finish", killed)
        with pytest.raises(KeyboardInterrupt):
            build([reports], output, reader=ToyReader())
    assert (output / READY).is_dir()
    reader = Counting()
    build([reports], output, reader=reader)
    build([reports], tmp_path / "fresh", reader=ToyReader())
    assert content(output) == content(tmp_path / "fresh")
    assert reader.read == []


def test_files_are_left_out_on_request_and_older_ones_do_not_stay(
    reports: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    build([reports], output, reader=ToyReader())
    build([reports], output, files=False, reader=ToyReader())
    assert {path.name for path in output.iterdir()} == {".kg", "store", "search.db", "kg.lock"}


def test_a_report_that_the_program_fails_on_is_named_and_the_rest_is_built(
    reports: Path, tmp_path: Path
) -> None:
    class Failing(ToyReader):
        def read_parsed(self, document: Document, parse: Parse) -> Reading:
            if document.uri == "r4.txt":
                raise KeyError("surprise")
            return super().read_parsed(document, parse)

    result = build([reports], tmp_path / "out", reader=Failing())
    assert [skip.uri for skip in result.skipped] == ["r4.txt"]
    assert "KeyError" in result.skipped[0].reason
    assert result.counts.reports == 11


def test_a_dispatch_that_many_print_is_one_source(tmp_path: Path) -> None:
    body = " ".join(f"The dispatch has a sentence number {number} in it." for number in range(30))
    lines = [
        f'{{"id": "{paper}", "publisher": "{paper}", "date": "2024-01-0{day}", "text": '
        f'"{paper} prints this.\\n\\n{body}\\n\\nArland advanced in Borvia."}}\n'
        for day, paper in enumerate(("Herald", "Times", "Echo"), start=1)
    ]
    other = '{"id": "own", "publisher": "Own", "text": "Our own. Arland advanced in Borvia."}\n'
    (tmp_path / "wire.jsonl").write_text("".join([*lines, other]))
    result = build([tmp_path / "wire.jsonl"], tmp_path / "out", reader=ToyReader())
    (statement,) = result.statements
    assert (statement.source_count, statement.document_count) == (2, 4)
    assert result.counts.copies == 2
    original = "SELECT ?of { ?copy dcterms:isVersionOf/dcterms:identifier ?of }"
    rows = Store.opened(tmp_path / "out" / "store").query(original).rows
    assert {str(row[0]) for row in rows} == {"wire.jsonl#Herald"}
    (tmp_path / "wire.jsonl").write_text("".join([*lines[1:], other]))
    result = build([tmp_path / "wire.jsonl"], tmp_path / "out", reader=ToyReader())
    build([tmp_path / "wire.jsonl"], tmp_path / "fresh", reader=ToyReader())
    assert result.counts.copies == 1
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_contradictions_come_and_go_with_the_reports_that_tell_them(
    reports: Path, tmp_path: Path
) -> None:
    def pairs() -> int:
        query = "SELECT ?one ?other { ?one kg:contradicts ?other }"
        return len(Store.opened(tmp_path / "out" / "store").query(query).rows)

    denial = report(70, ("Arland", "Borvia"), verb="did not advance")
    build([reports], tmp_path / "out", reader=ToyReader())
    before = content(tmp_path / "out")
    write(reports, denial=denial)
    build([reports], tmp_path / "out", reader=ToyReader())
    build([reports], tmp_path / "fresh", reader=ToyReader())
    assert pairs() == 6  # three reports tell of the advance, and each link goes both ways
    assert content(tmp_path / "out") == content(tmp_path / "fresh")
    (reports / "denial.txt").unlink()
    build([reports], tmp_path / "out", reader=ToyReader())
    assert (pairs(), content(tmp_path / "out")) == (0, before)


def test_nothing_is_kept_of_reports_that_are_gone(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=ToyReader())
    for path in sorted(reports.iterdir())[1:]:
        path.unlink()
    build([reports], tmp_path / "out", reader=ToyReader())
    database = sqlite3.connect(tmp_path / "out" / ".kg" / "state.db")
    tables = ("parses", "contributions", "documents", "names", "linked", "derived", "kb", "bands",
              "rivals")  # fmt: skip
    left = {
        table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in tables
    }
    database.close()
    assert left == {
        "parses": 1, "contributions": 1, "documents": 1, "names": 2, "linked": 2, "derived": 1,
        "kb": 2, "bands": 0, "rivals": 0,
    }  # fmt: skip


def test_changed_decisions_read_again_but_parse_nothing(reports: Path, tmp_path: Path) -> None:
    build([reports], tmp_path / "out", reader=Counting())
    (tmp_path / "decisions.yml").write_text("- {verdict: unsure, entities: [Arland, Borvia]}\n")
    reader = Counting()
    build([reports], tmp_path / "out", reader=reader)
    assert (len(reader.read), reader.parsed) == (12, [])


def test_the_keys_rest_on_code_that_exists():
    """A file that was renamed would drop out of the keys, and its changes would go unnoticed."""
    root = Path(kg.__file__).parent
    assert all((root / name).exists() for name in (*keys._PARSE_CODE, *keys._CODE))
