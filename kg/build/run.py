"""`kg build` and `kg rebuild` as functions."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TypedDict

from kg import __version__, graph
from kg.build import lock
from kg.build.contents import Contents, Counts, Stored
from kg.build.corpus import Corpus
from kg.build.decided import honoured
from kg.build.folder import finish, replacing
from kg.build.intake import read_missing, take_in
from kg.build.keys import Keys
from kg.build.lock import Lock, Options, Report, Versions
from kg.build.output import (
    FILES,
    INDEXES,
    Previous,
    write_files,
    write_search,
    writing_store,
)
from kg.build.pipeline import Pipeline, Stages
from kg.build.plan import Plan, plan
from kg.build.state import State, locked
from kg.errors import BuildError, InputError
from kg.execute import HERE, Engine
from kg.model import Reading, Skipped, Statement
from kg.resolve.ledger import Ledger
from kg.resolve.ledger import read as read_ledger
from kg.resources import ontology_path

CHECKED_UP_TO = 25
"""Reports up to which a build checks its graph by default: SHACL takes half a second a report."""
FILES_UP_TO = 1_000
"""Reports up to which a build writes `FILES` by default: they take ten milliseconds a report."""

type PathName = str | PathLike[str]
type Progress = Callable[[str, int, int], None]
"""Called with the name of the work under way, how much of it is done, and how much there is."""


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
    *,
    published: date | None = None,
    publisher: str | None = None,
    columns: Mapping[str, str] | None = None,
    overlays: Sequence[PathName] = (),
    decisions: PathName | None = None,
    console: bool = False,
    validate: bool | None = None,
    files: bool | None = None,
    force: bool = False,
    engine: Engine = HERE,
    progress: Progress = _silent,
    reader: Stages | None = None,
) -> BuildResult:
    """Reads the reports and writes the store, the search index, `FILES` and the lock to `output`.

    `paths` are files, folders, globs or `-` for standard input, in any order. `published` and
    `publisher` stand for reports that do not say it themselves, `columns` for the names of the
    fields of JSONL and CSV (a key for each of `ingest.Columns`). `overlays` are folders laid out
    like `ontology/`. `decisions` is a file of `kg.resolve.ledger`, by default `decisions.yml`
    beside `output`, if there is one. With `console` the page answers SPARQL by itself. `validate`
    checks the graph against the shapes, by default up to `CHECKED_UP_TO` reports; `files` writes
    `FILES`, by default up to `FILES_UP_TO` reports.

    Only reports that are new or changed since the last build of `output` are read, all of them
    with `force`; `engine` says where. What is written replaces the older output as a whole.

    Raises `InputError` when no report can be read (its notes say why, an input each), `BuildError`
    when the output cannot be written or another build is at work on it, and `ResourceError` for a
    broken ontology or overlay.
    """
    task = _Task.of(
        paths, output, published, publisher, columns, overlays, decisions, console, reader
    )
    with task.open() as state:
        if force:
            state.forget()
        skipped = task.take_in(state)
        agenda = plan(state.database)
        skipped += read_missing(state, task.stages, engine, progress)
        _must_hold_reports(state, skipped)
        written = _written(task, state, validate, files, progress)
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
    *,
    published: date | None = None,
    publisher: str | None = None,
    columns: Mapping[str, str] | None = None,
    overlays: Sequence[PathName] = (),
    decisions: PathName | None = None,
    reader: Stages | None = None,
) -> tuple[Plan, tuple[Skipped, ...]]:
    """What `build` would read, and what it would skip; the output stays as it is.

    Raises what `build` raises.
    """
    task = _Task.of(
        paths, output, published, publisher, columns, overlays, decisions, False, reader
    )
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
    return build(
        [lock.path_of(name, folder) for name in record.inputs],
        folder,
        published=options.published,
        publisher=options.publisher,
        columns=options.columns,
        overlays=[lock.path_of(name, folder) for name in options.overlays],
        decisions=lock.path_of(options.decisions, folder) if options.decisions else None,
        console=options.console,
        validate=validate,
        files=bool(record.files),
        force=force,
        engine=engine,
        progress=progress,
        reader=reader,
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """The input and the options of a build, which decide what comes out."""

    folder: Path
    given: Mapping[str, PathName]
    options: Options
    overlays: tuple[Path, ...]
    decided: Path | None
    stages: Stages

    @classmethod
    def of(
        cls,
        paths: Iterable[PathName],
        output: PathName,
        published: date | None,
        publisher: str | None,
        columns: Mapping[str, str] | None,
        overlays: Sequence[PathName],
        decisions: PathName | None,
        console: bool,
        reader: Stages | None,
    ) -> _Task:
        folder = Path(output)
        given = {lock.name_of(path, folder): path for path in paths}
        _keep_apart(given.values(), folder)
        named = tuple(lock.name_of(overlay, folder) for overlay in overlays)
        folders = tuple(Path(overlay) for overlay in overlays)
        decided = honoured(folder, decisions)
        ledger = lock.name_of(decided, folder) if decided else None
        return cls(
            folder,
            given,
            Options(published, publisher, dict(columns or {}), named, ledger, console),
            folders,
            decided,
            (reader or Pipeline(folders)).deciding(read_ledger(decided) if decided else Ledger()),
        )

    @contextmanager
    def open(self, keep: bool = True) -> Iterator[State]:
        """The state of the output; a folder made for it goes again when nothing comes of it."""
        made = not self.folder.exists()
        try:
            with locked(self.folder) as state:
                finish(self.folder, lock.NAME)
                yield state
        except InputError:
            keep = False
            raise
        finally:
            if made and not keep:
                shutil.rmtree(self.folder, ignore_errors=True)

    def take_in(self, state: State) -> list[Skipped]:
        keys = Keys.now(self.stages.engine, self.overlays, self._decisions())
        paths = [self.given[name] for name in sorted(self.given)]
        named = [path if isinstance(path, str) else Path(path) for path in paths]
        return list(take_in(state, keys, named, self.options))

    def _decisions(self) -> str:
        return lock.sha256(self.decided) if self.decided else ""

    def lock(self, contents: Contents, staging: Path, files: bool) -> Lock:
        """The record of what has been written to the staging folder."""
        ontology = lock.fingerprint([ontology_path(), *self.overlays])
        return Lock(
            inputs=tuple(sorted(self.given)),
            options=self.options,
            versions=Versions(__version__, self.stages.engine, ontology, self._decisions()),
            reports=tuple(sorted(Report(*each) for each in contents.reports())),
            files={name: lock.sha256(staging / name) for name in FILES} if files else {},
            dataset=contents.digest(),
        )


def _keep_apart(paths: Iterable[PathName], output: Path) -> None:
    """The next build would take the page and the claims of this one for reports."""
    for path in map(Path, paths):
        if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
            raise BuildError(f"lies in the input folder {path}; name another output", str(output))


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


def _written(
    task: _Task, state: State, validate: bool | None, files: bool | None, progress: Progress
) -> _Written:
    """Brings the corpus and the output up to the input, both or neither."""
    folder, contents, older = task.folder, Contents(state.database), lock.read_if_any(task.folder)
    total = state.wanted()
    files = total <= FILES_UP_TO if files is None else files
    validate = total <= CHECKED_UP_TO if validate is None else validate

    def step(work: str) -> None:
        progress(f"writing {work}", total, total)

    with state.transaction(), replacing(folder, (*FILES, *INDEXES), lock.NAME) as staging:
        previous = Previous(folder, older is not None and older.dataset == contents.digest())
        step("the graph")
        change = Corpus(state.database).update()
        with writing_store(staging, contents, change, previous):
            write_search(staging, contents, change, previous)
            if files:
                write_files(staging, contents, task.options.console, step)
        record = task.lock(contents, staging, files)
        record.write(staging)
        if validate:
            progress("checking", total, total)
        findings = graph.validate(contents.quads()) if validate else None
        counts = contents.counts()
    return _Written(
        counts=counts,
        findings=findings,
        changed=(
            *record.changed(older),
            *(INDEXES if older is None or older.dataset != record.dataset else ()),
        ),
        differences=tuple(record.differences(older)) if older else (),
    )
