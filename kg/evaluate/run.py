"""Runs the suites found below a folder and puts their figures on one card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import __version__
from kg.errors import InputError
from kg.evaluate.measure import measure
from kg.evaluate.pipeline import Pipeline
from kg.evaluate.scorecard import Scorecard, SuiteScore
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.suites import SUITES

type AnySuite = Suite[Any, Any]
type Progress = Callable[[str, int, int], None]
type Report = Callable[[str, str, Slip], None]
"""Called with suite, document and slip for every miss and false alarm."""


@dataclass(frozen=True, slots=True)
class Found:
    """A suite and its files below the folder; no files where only a folder of its name is there."""

    suite: AnySuite
    files: tuple[Path, ...]


def evaluate(
    directory: Path,
    *,
    pipeline: Pipeline,
    suites: Sequence[str] | None = None,
    limit: int | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Scorecard:
    """Scores the pipeline on every suite whose files lie in `directory` or a folder in it.

    The gold is also looked for beside the directory (`../gold`). `suites` are the names to run,
    all by default; `limit` takes the first items of each. What cannot be read is a problem on the
    card, and the rest is scored. Raises `InputError` for an unknown suite name or a folder with
    no suite in it.
    """
    wanted = _wanted(suites)
    found = list(find(directory, wanted))
    if not found:
        raise InputError("no evaluation set in this folder", str(directory))
    scores: dict[str, SuiteScore] = {}
    problems: dict[str, tuple[str, ...]] = {}
    for each in found:
        faults: list[str] = []
        if not each.files:
            faults.append(f"{each.suite.name}: no file {' or '.join(each.suite.patterns)}")
        items = each.suite.load(each.files, faults)[:limit]
        if items:
            scores[each.suite.name] = _score(each.suite, items, pipeline, report, progress)
        if faults:
            problems[each.suite.name] = tuple(faults)
    return Scorecard(__version__, pipeline.engine, scores, problems)


def find(directory: Path, suites: Sequence[AnySuite]) -> Iterator[Found]:
    """The first folder that holds each suite: the directory, one in it, `gold` beside it."""
    if not directory.is_dir():
        raise InputError("not a folder", str(directory))
    folders = [directory, *sorted(each for each in directory.iterdir() if each.is_dir())]
    beside = directory.resolve().parent / "gold"
    for suite in suites:
        nearby = [beside] if suite.name == beside.name and beside.is_dir() else []
        holding = (tuple(suite.files(folder)) for folder in [*folders, *nearby])
        if files := next(filter(None, holding), ()):
            yield Found(suite, files)
        elif any(folder.name == suite.name for folder in folders):
            yield Found(suite, ())


def peers() -> Mapping[str, str]:
    """The best peers' figures by `suite.metric`."""
    return {
        f"{suite.name}.{metric.name}": metric.peer
        for suite in SUITES
        for metric in suite.metrics
        if metric.peer
    }


def tabulate(suite: AnySuite, judgements: Sequence[Judgement]) -> SuiteScore:
    """The suite's metrics over the judged documents."""
    return SuiteScore(
        len(judgements),
        {
            metric.name: measure([each.rows[metric.row] for each in judgements], metric.formula)
            for metric in suite.metrics
        },
    )


def _score(
    suite: AnySuite,
    items: Sequence[Any],
    pipeline: Pipeline,
    report: Report | None,
    progress: Progress | None,
) -> SuiteScore:
    answers = []
    texts = [suite.text(item) for item in items]
    for item, outcome in zip(items, pipeline.read_many(texts), strict=True):
        answers.append(suite.answer(item, outcome, pipeline))
        if progress:
            progress(suite.name, len(answers), len(items))
    judgements = suite.judge_all(items, answers)
    if report:
        for text, judgement in zip(texts, judgements, strict=True):
            for slip in judgement.slips:
                report(suite.name, text.uri, slip)
    score = tabulate(suite, judgements)
    return SuiteScore(score.documents, score.metrics, _parts(suite, items, judgements))


def _parts(
    suite: AnySuite, items: Sequence[Any], judgements: Sequence[Judgement]
) -> dict[str, SuiteScore]:
    names = [suite.part(item) for item in items]
    return {
        name: tabulate(
            suite, [j for j, part in zip(judgements, names, strict=True) if part == name]
        )
        for name in sorted({name for name in names if name is not None})
    }


def _wanted(names: Sequence[str] | None) -> list[AnySuite]:
    if names is None:
        return list(SUITES)
    known = {suite.name: suite for suite in SUITES}
    for name in names:
        if name not in known:
            raise InputError(f"no such suite; known: {', '.join(known)}", name)
    return [suite for suite in SUITES if suite.name in names]
