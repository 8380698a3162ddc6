"""A corpus from its reports to its graph: speed, memory, the second run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.process import Cost, middle, run
from kg import ingest
from kg.model import Document

Row = tuple[str, str, str]
"""What was measured, the figure, and the bar it is held to."""

REPEATS = 3


def corpus_rows(corpus: Path, limit: int, folder: Path) -> Iterator[Row]:
    """Builds at most `limit` reports of the corpus in several ways; the work goes to `folder`."""
    reports, one = folder / "reports.jsonl", folder / "one.jsonl"
    records = list(_records(corpus, limit))
    _write(reports, records)
    _write(one, records[:1])
    words = sum(len(record["text"].split()) for record in records)
    yield "reports, words", f"{len(records):,}, {words:,}", ""

    start = middle([run("kg", *_build(one, folder / f"one{n}")) for n in range(REPEATS)])
    bare_start, bare = run("benchmarks.bare", one), run("benchmarks.bare", reports)
    first = run("kg", *_build(reports, folder / "first"))
    work = first.wall - start.wall
    yield "start-up (a build of one report)", f"{start.wall:.1f} s, {start.cpu:.1f} s CPU", ""
    yield "reports a second", f"{len(records) / work:.1f}", ""
    yield "words a second", f"{words / work:,.0f}", ""
    ratio = (first.cpu - start.cpu) / (bare.cpu - bare_start.cpu)
    yield "CPU, to that of the bare engine, files and page included", f"{ratio:.2f}", "<= 2.0"
    yield "peak memory", f"{first.memory:,.0f} MB", "< 1,000 MB"
    yield from _side_by_side(reports, one, folder, work, start.cpu)
    yield from _second_run(records, folder, start)


def _side_by_side(
    reports: Path, one: Path, folder: Path, alone: float, start_cpu: float
) -> Iterator[Row]:
    """`alone` is what one process takes by the clock, start-up apart; two start up more slowly.

    `start_cpu` is how long the start-up of one has the processor.
    """
    start = run("kg", *_build(one, folder / "pair"), "--jobs", 2)
    two = run("kg", *_build(reports, folder / "two"), "--jobs", 2)
    speed_up = alone / (two.wall - start.wall)
    yield "two processes against one by the clock, start-up apart", f"{speed_up:.2f}", ">= 1.7"
    run("benchmarks.jobs", reports, folder / "watched", folder / "jobs.json")
    spent = json.loads((folder / "jobs.json").read_text())
    reading = spent["workers"] - 2 * start_cpu
    shares = "{workers:.1f} s; {early:.1f} s; {files:.1f} s and {store:.1f} s".format(**spent)
    what = "seconds of processor: both workers; the store meanwhile; then the files and the store"
    yield what, shares, ""
    one = reading + max(spent["files"], spent["early"] + spent["store"])
    both = (reading + spent["early"]) / 2 + max(spent["files"], spent["store"])
    yield "two processes against one, by these shares (Amdahl)", f"{one / both:.2f}", ">= 1.7"
    same = _dataset(folder / "first") == _dataset(folder / "two")
    yield "the same dataset from two processes", "yes" if same else "no", "yes"


def _second_run(records: list[dict[str, str]], folder: Path, start: Cost) -> Iterator[Row]:
    """In place of `reports.jsonl`: one report changed, and back; one more, and gone again."""
    output, reports = folder / "first", folder / "reports.jsonl"
    before = _bytes(output)
    changed = dict(records[0], text=records[0]["text"] + "\n\nArland attacked Borvia.")
    for name, files in (("graph, store, search", "--no-files"), ("and the files", "--files")):
        _write(reports, records)
        run("kg", *_build(reports, output), files)
        _write(reports, [changed, *records[1:]])
        cost = run("kg", *_build(reports, output), files)
        bar = "< 2 s" if files == "--no-files" else ""
        over = cost.wall - start.wall, cost.cpu - start.cpu
        took = "{:.1f} s, {:.1f} s CPU over start-up".format(*(max(each, 0) for each in over))
        yield f"second run, one report changed: {name}", took, bar
    _write(reports, [*records, dict(changed, id="one more")])
    run("kg", *_build(reports, output), "--files")
    _write(reports, records)
    run("kg", *_build(reports, output), "--files")
    same = before == _bytes(output)
    yield "deleting a report restores the earlier bytes", "yes" if same else "no", "yes"


def _build(reports: Path, output: Path) -> tuple[object, ...]:
    return "build", reports, "-o", output, "--no-validate"


def _records(corpus: Path, limit: int) -> Iterator[dict[str, str]]:
    documents = (item for item in ingest.read([corpus]) if isinstance(item, Document))
    for number, document in zip(range(limit), documents, strict=False):
        yield {
            "id": f"{number}",
            "title": document.title,
            "publisher": document.publisher or "",
            "date": document.published.isoformat() if document.published else "",
            "text": document.text,
        }


def _write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _dataset(output: Path) -> str:
    return str(json.loads((output / "kg.lock").read_text())["dataset"])


def _bytes(output: Path) -> dict[str, str]:
    return dict(json.loads((output / "kg.lock").read_text())["files"])
