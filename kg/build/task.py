"""What a build is asked to do: which reports, with which settings, into which folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path

from kg import __version__
from kg.build import lock
from kg.build.contents import Contents
from kg.build.decided import honoured
from kg.build.folder import finish
from kg.build.intake import take_in
from kg.build.keys import Keys
from kg.build.lock import Lock, Options, Report, Versions
from kg.build.output import FILES
from kg.build.pipeline import Pipeline, Stages
from kg.build.state import State, locked
from kg.errors import BuildError, InputError
from kg.model import Skipped
from kg.resolve.ledger import Ledger
from kg.resolve.ledger import read as read_ledger
from kg.resources import ontology_path

type PathName = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides, beside the reports, what comes out of a build.

    `published` and `publisher` stand for reports that do not say it themselves, `columns` for the
    names of the fields of JSONL and CSV (a key for each of `ingest.Columns`). `overlays` are
    folders laid out like `ontology/`. `decisions` is a file of `kg.resolve.ledger`, by default
    `decisions.yml` beside the output, if there is one. With `console` the page answers SPARQL by
    itself.
    """

    published: date | None = None
    publisher: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    overlays: Sequence[PathName] = ()
    decisions: PathName | None = None
    console: bool = False


@dataclass(frozen=True, slots=True)
class Task:
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
        settings: Settings,
        reader: Stages | None = None,
    ) -> Task:
        """The task of a build with the given settings; `reader` stands in for the pipeline.

        Raises `BuildError` when `output` lies in an input folder, `ResourceError` for decisions
        that cannot be read.
        """
        folder = Path(output)
        given = {lock.name_of(path, folder): path for path in paths}
        _keep_apart(given.values(), folder)
        named = tuple(lock.name_of(overlay, folder) for overlay in settings.overlays)
        folders = tuple(Path(overlay) for overlay in settings.overlays)
        decided = honoured(folder, settings.decisions)
        ledger = lock.name_of(decided, folder) if decided else None
        return cls(
            folder,
            given,
            Options(
                settings.published,
                settings.publisher,
                dict(settings.columns),
                named,
                ledger,
                settings.console,
            ),
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
        """Notes the reports of the input in the state; gives what is left out."""
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
