"""Reports into the state: what the input holds, and the reading of what is new in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kg import execute, ingest
from kg.build.contribution import Contribution, Failure, Task, contribute
from kg.build.keys import Keys
from kg.build.lock import Options
from kg.build.pipeline import Stages
from kg.build.state import State
from kg.execute import Engine
from kg.model import Document, Skipped

# Of tasks and of text, at most, in what a worker gets at a time: a quarter of a second, so that
# none has long to wait for the last.
_PART, _CHARACTERS = 16, 10_000


def take_in(
    state: State, keys: Keys, paths: Sequence[str | Path], options: Options
) -> Iterator[Skipped]:
    """Notes all reports in the state as wanted and gives what is left out."""
    for source in ingest.sources(paths):
        for item in ingest.read_source(
            source,
            published=options.published,
            publisher=options.publisher,
            columns=ingest.Columns(**options.columns),
            judged=state.knows,
        ):
            if isinstance(item, Skipped):
                yield item
            elif first := state.want(item, keys):
                yield ingest.repeated(item.uri, first)


def read_missing(
    state: State,
    stages: Stages,
    engine: Engine,
    progress: Callable[[str, int, int], None],
    kept: Callable[[Contribution], None],
) -> Iterator[Skipped]:
    """Reads what is wanted and not read yet; gives those that cannot be, which are left out.

    What comes back is kept at once, and `kept` is told. A part that ends its workers is tried again
    report by report.
    """
    total, done = state.to_read(), 0
    work = partial(contribute, stages)
    deadly: list[Task] = []
    for parts in (_parts(state.tasks()), ((task,) for task in deadly)):
        for part, results in execute.run(work, parts, engine):
            if results is None and len(part) > 1:
                deadly += part
                continue
            done += len(part)
            progress("reading", done, total)
            for document, reason in _sorted_out(state, part, results, kept):
                state.unwant(document)
                yield Skipped(document.uri, reason)


def _sorted_out(
    state: State,
    part: Sequence[Task],
    results: Sequence[Contribution | Failure] | None,
    kept: Callable[[Contribution], None],
) -> Iterable[tuple[Document, str]]:
    """Keeps what could be read and gives the rest, with the reasons."""
    if results is None:
        return [(task.document, "reading it ended the worker each time") for task in part]
    read = [each for each in results if isinstance(each, Contribution)]
    state.keep(read)
    for each in read:
        kept(each)
    return [(each.document, each.reason) for each in results if isinstance(each, Failure)]


def _parts(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    part: list[Task] = []
    size = 0
    for task in tasks:
        if part and (len(part) == _PART or size + len(task.document.text) > _CHARACTERS):
            yield tuple(part)
            part, size = [], 0
        part.append(task)
        size += len(task.document.text)
    if part:
        yield tuple(part)
