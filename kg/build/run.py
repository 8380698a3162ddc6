"""`kg build` and `kg rebuild` as functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from kg import __version__, graph, ingest
from kg.build import lock
from kg.build.folder import replacing
from kg.build.lock import Lock, Options, Report, Versions
from kg.build.pipeline import Pipeline, Reader
from kg.errors import BuildError, InputError
from kg.export import WRITERS, html
from kg.export.claims import claims
from kg.model import Document, Reading, Skipped, Statement
from kg.rdf import Quad
from kg.resources import ontology_path

GRAPH, DATASET, CLAIMS, PAGE = "graph.ttl", "graph.trig", "claims.jsonl", "graph.html"
FILES = (GRAPH, DATASET, CLAIMS, PAGE)
CHECKED_UP_TO = 25
"""Reports up to which a build checks its graph by default: SHACL takes about 0.3 s a report."""

type PathName = str | PathLike[str]
type Progress = Callable[[str, int, int], None]
"""Called with the name of the work under way, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build read, made and wrote.

    `findings` are the shapes that the graph breaks, `None` when that was not checked. `changed`
    names the files of the output that are not as the last finished build left them, `differences`
    what of the input or the machinery is not as it was then.
    """

    output: Path
    readings: tuple[Reading, ...]
    statements: tuple[Statement, ...]
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
    validate: bool | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> BuildResult:
    """Reads the reports and writes `FILES` and the lock into the folder `output`.

    `paths` are files, folders, globs or `-` for standard input, in any order. `published` and
    `publisher` stand for reports that do not say it themselves, `columns` for the names of the
    fields of JSONL and CSV (a key for each of `ingest.Columns`). `overlays` are folders laid out
    like `ontology/`. `validate` checks the graph against the shapes; by default up to
    `CHECKED_UP_TO` reports. The files replace those in `output` only when all are written.

    Raises `InputError` when no report can be read (its notes say why, an input each), `BuildError`
    when the output cannot be written and `ResourceError` for a broken ontology or overlay.
    """
    folder = Path(output)
    given = {lock.name_of(path, folder): path for path in paths}
    _keep_apart(given.values(), folder)
    options = Options(
        published,
        publisher,
        dict(columns or {}),
        tuple(lock.name_of(overlay, folder) for overlay in overlays),
    )
    documents, skipped = _read([given[name] for name in sorted(given)], options)
    with replacing(folder, (*FILES, lock.NAME)) as staging:
        reader = reader or Pipeline([Path(overlay) for overlay in overlays])
        readings = _readings(reader, documents, progress)
        statements = tuple(graph.derive_statements(readings, reader.edges))
        dataset = tuple(graph.quads(readings, statements))
        _write(staging, readings, statements, dataset)
        wanted = len(readings) <= CHECKED_UP_TO if validate is None else validate
        findings = tuple(graph.validate(dataset)) if wanted else None
        record = Lock(
            inputs=tuple(sorted(given)),
            options=options,
            versions=Versions(__version__, reader.engine, _ontology(overlays)),
            reports=tuple(sorted(Report(item.uri, item.id) for item in documents)),
            files={name: lock.sha256(staging / name) for name in FILES},
        )
        record.write(staging)
        older = lock.read_if_any(folder)
    return BuildResult(
        folder,
        readings,
        statements,
        tuple(skipped),
        findings,
        changed=tuple(record.changed(older)),
        differences=tuple(record.differences(older)) if older else (),
    )


def rebuild(
    output: PathName,
    *,
    validate: bool | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> BuildResult:
    """Repeats the build that the lock of `output` records; `changed` says what came out unlike it.

    Raises what `build` raises, and `BuildError` when there is no lock or it names standard input.
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
        validate=validate,
        progress=progress,
        reader=reader,
    )


def _keep_apart(paths: Iterable[PathName], output: Path) -> None:
    """The next build would take the page and the claims of this one for reports."""
    for path in map(Path, paths):
        if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
            raise BuildError(f"lies in the input folder {path}; name another output", str(output))


def _read(paths: Sequence[PathName], options: Options) -> tuple[list[Document], list[Skipped]]:
    documents: list[Document] = []
    skipped: list[Skipped] = []
    columns = ingest.Columns(**options.columns)
    for item in ingest.read(
        [path if isinstance(path, str) else Path(path) for path in paths],
        published=options.published,
        publisher=options.publisher,
        columns=columns,
    ):
        if isinstance(item, Document):
            documents.append(item)
        else:
            skipped.append(item)
    if not documents:
        error = InputError("no report could be read")
        for skip in skipped:
            error.add_note(f"skipped {skip.uri}: {skip.reason}")
        raise error
    return documents, skipped


def _readings(
    reader: Reader, documents: Sequence[Document], progress: Progress | None
) -> tuple[Reading, ...]:
    """The readings by name of the report, so that the order of the inputs does not matter."""
    readings = []
    for reading in reader.read(documents):
        readings.append(reading)
        if progress:
            progress("reading", len(readings), len(documents))
    return tuple(sorted(readings, key=lambda each: (each.document.uri, each.document.id)))


def _write(
    folder: Path,
    readings: Sequence[Reading],
    statements: Sequence[Statement],
    dataset: Sequence[Quad],
) -> None:
    _write_lines(folder / GRAPH, WRITERS["turtle"].write(dataset))
    _write_lines(folder / DATASET, WRITERS["trig"].write(dataset))
    _write_lines(folder / CLAIMS, claims(readings))
    _write_lines(folder / PAGE, [html.render(readings, statements, title="Claimgraph")])


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)


def _ontology(overlays: Sequence[PathName]) -> str:
    return lock.fingerprint([ontology_path(), *(Path(overlay) for overlay in overlays)])
