"""`kg build` and `kg rebuild` as functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

from kg import graph
from kg.build import lock
from kg.build.contents import Contents, Counts, Stored
from kg.build.corpus import Corpus
from kg.build.folder import replacing
from kg.build.intake import read_missing
from kg.build.output import FILES, INDEXES, is_whole, write_files, write_search
from kg.build.pipeline import Stages
from kg.build.plan import Plan, plan
from kg.build.state import State
from kg.build.storing import StoreWriter, best_order, writing_store
from kg.build.task import PathName, Settings, Task
from kg.errors import BuildError, InputError
from kg.execute import HERE, Engine
from kg.model import Reading, Skipped, Statement

CHECKED_UP_TO = 25
"""Reports up to which a build checks its graph by default: SHACL takes half a second a report."""
FILES_UP_TO = 1_000
"""Reports up to which a build writes `FILES` by default: they take ten milliseconds a report."""

type Progress = Callable[[str, int, int], None]
"""Called with the name of the work under way, how much of it is done, and how much there is."""


_MANY = 1_000  # reports: a new store of more is loaded in larger steps, see `kg.build.storing`
_WORTH_CHANGING = 4  # above a quarter of the documents it is quicker to write a store anew
# The share of a new store that is loaded while other processes read, by whether files are written:
# what is left of it takes as long as what is written beside it.
_EARLY = {True: 0.5, False: 0.9}
_DEFAULTS = Settings()


def _silent(_work: str, _done: int, _total: int) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build read, made and wrote.

    `readings` and `statements` are read from the output when they are used. `findings` are the
    shapes that the graph breaks, `None` when that was not checked. `changed` names the parts of the
    output that are not as the last finished build left them, `differences` what of the input or the
    machinery is not as it was then.
    """

    output: Path
    plan: Plan
    counts: Counts
    readings: Sequence[Reading]
    statements: Sequence[Statement]
    skipped: tuple[Skipped, ...]
    findings: tuple[graph.Finding, ...] | None
    changed: tuple[str, ...]
    differences: tuple[str, ...]


def build(
    paths: Iterable[PathName],
    output: PathName,
    settings: Settings = _DEFAULTS,
    *,
    validate: bool | None = None,
    files: bool | None = None,
    force: bool = False,
    engine: Engine = HERE,
    progress: Progress = _silent,
    reader: Stages | None = None,
) -> BuildResult:
    """Reads the reports and writes the store, the search index, `FILES` and the lock to `output`.

    `paths` are files, folders, globs or `-` for standard input, in any order. `validate` checks the
    graph against the shapes, by default up to `CHECKED_UP_TO` reports; `files` writes `FILES`, by
    default up to `FILES_UP_TO` reports.

    Only reports that are new or changed since the last build of `output` are read, all of them
    with `force`; `engine` says where. What is written replaces the older output as a whole.

    Raises `InputError` when no report can be read (its notes say why, an input each), `BuildError`
    when the output cannot be written or another build is at work on it, and `ResourceError` for a
    broken ontology or overlay.
    """
    task = Task.of(paths, output, settings, reader)
    with task.open() as state:
        if force:
            state.forget()
        skipped = task.take_in(state)
        agenda = plan(state.database)
        older = lock.read_if_any(task.folder)
        base = _to_be_changed(task.folder, older, state)
        if base is None:
            state.arrange(best_order(state.keys()))
        files = state.wanted() <= FILES_UP_TO if files is None else files
        early = 0 if engine.is_here else _EARLY[files]
        large = base is None and state.wanted() > _MANY
        if large:  # the memory that the steps take is what the language model has here
            engine = replace(engine, apart=True)
        with (
            replacing(task.folder, (*FILES, *INDEXES), lock.NAME) as staging,
            writing_store(staging, base, early=early, large=large) as store,
        ):
            skipped += read_missing(state, task.stages, engine, progress, store.take)
            _must_hold_reports(state, skipped)
            store.begin(task.folder, state.keys())
            target = _Target(staging, base, older, store)
            written = _written(task, state, target, validate, files, progress)
        state.tidy()
    return BuildResult(
        output=task.folder,
        plan=agenda,
        readings=Stored(task.folder, Contents.readings),
        statements=Stored(task.folder, Contents.statements),
        skipped=tuple(skipped),
        **written,
    )


def preview(
    paths: Iterable[PathName],
    output: PathName,
    settings: Settings = _DEFAULTS,
    *,
    reader: Stages | None = None,
) -> tuple[Plan, tuple[Skipped, ...]]:
    """What `build` would read, and what it would skip; the output stays as it is.

    Raises what `build` raises.
    """
    task = Task.of(paths, output, settings, reader)
    with task.open(keep=False) as state:
        skipped = task.take_in(state)
        _must_hold_reports(state, skipped)
        return plan(state.database), tuple(skipped)


def rebuild(
    output: PathName,
    *,
    validate: bool | None = None,
    force: bool = True,
    engine: Engine = HERE,
    progress: Progress = _silent,
    reader: Stages | None = None,
) -> BuildResult:
    """Repeats the build that the lock of `output` records; `changed` says what came out unlike it.

    By default everything is read again, so that it shows whether the same comes out. Raises what
    `build` raises, and `BuildError` when there is no lock or it names standard input.
    """
    folder = Path(output)
    record = lock.read(folder)
    if lock.STDIN in record.inputs:
        raise BuildError("was built from standard input, which cannot be read again", str(folder))
    options = record.options
    settings = Settings(
        options.published,
        options.publisher,
        options.columns,
        [lock.path_of(name, folder) for name in options.overlays],
        lock.path_of(options.decisions, folder) if options.decisions else None,
        options.console,
    )
    return build(
        [lock.path_of(name, folder) for name in record.inputs],
        folder,
        settings,
        validate=validate,
        files=bool(record.files),
        force=force,
        engine=engine,
        progress=progress,
        reader=reader,
    )


def _must_hold_reports(state: State, skipped: Iterable[Skipped]) -> None:
    if not state.wanted():
        error = InputError("no report could be read")
        for skip in skipped:
            error.add_note(f"skipped {skip.uri}: {skip.reason}")
        raise error


class _Written(TypedDict):
    counts: Counts
    findings: tuple[graph.Finding, ...] | None
    changed: tuple[str, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a build writes: `base` is the output that is to be changed, if one is."""

    staging: Path
    base: Path | None
    older: lock.Lock | None
    store: StoreWriter


def _to_be_changed(output: Path, older: lock.Lock | None, state: State) -> Path | None:
    """The output itself, if it is whole and holds the corpus as it was, and little changes."""
    few = state.pending() * _WORTH_CHANGING <= state.wanted()
    if not few or older is None or not is_whole(output):
        return None
    return output if older.dataset == Contents(state.database).digest() else None


def _written(
    task: Task,
    state: State,
    target: _Target,
    validate: bool | None,
    files: bool,
    progress: Progress,
) -> _Written:
    """Brings the corpus and the output up to the input."""
    contents, older, total = Contents(state.database), target.older, state.wanted()
    validate = total <= CHECKED_UP_TO if validate is None else validate

    def step(work: str) -> None:
        progress(f"writing {work}", total, total)

    with state.transaction():
        step("the graph")
        change = Corpus(state.database).update()
        target.store.complete(contents, change)
        write_search(target.staging, contents, change, target.base)
        if files:
            write_files(target.staging, contents, task.options.console, step)
        record = task.lock(contents, target.staging, files)
        record.write(target.staging)
        if validate:
            progress("checking", total, total)
        findings = graph.validate(contents.quads()) if validate else None
        counts = contents.counts()
        target.store.wait()
    return _Written(
        counts=counts,
        findings=findings,
        changed=(
            *record.changed(older),
            *(INDEXES if older is None or older.dataset != record.dataset else ()),
        ),
        differences=tuple(record.differences(older)) if older else (),
    )
