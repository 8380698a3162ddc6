"""`kg build` and `kg rebuild` as functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from kg import __version__, graph, ingest
from kg.build import lock
from kg.build.decided import honoured
from kg.build.folder import replacing
from kg.build.lock import Lock, Options, Report, Versions
from kg.build.pipeline import Pipeline, Reader
from kg.errors import BuildError, InputError
from kg.export import WRITERS, html
from kg.export.claims import claims
from kg.model import Document, Reading, Skipped, Statement
from kg.rdf import Quad
from kg.resolve.ledger import Ledger
from kg.resolve.ledger import read as read_ledger
from kg.resources import ontology_path

GRAPH, DATASET, CLAIMS, PAGE = "graph.ttl", "graph.trig", "claims.jsonl", "graph.html"
FILES = (GRAPH, DATASET, CLAIMS, PAGE)
CHECKED_UP_TO = 25
"""Reports up to which a build checks its graph by default: SHACL takes half a second a report."""

type PathName = str | PathLike[str]
type Progress = Callable[[str, int, int], None]
"""Called with the name of the work under way, how much of it is done, and how much there is."""


def _silent(_work: str, _done: int, _total: int) -> None:
    """The progress that nobody watches."""


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
    decisions: PathName | None = None,
    console: bool = False,
    validate: bool | None = None,
    progress: Progress = _silent,
    reader: Reader | None = None,
) -> BuildResult:
    """Reads the reports and writes `FILES` and the lock into the folder `output`.

    `paths` are files, folders, globs or `-` for standard input, in any order. `published` and
    `publisher` stand for reports that do not say it themselves, `columns` for the names of the
    fields of JSONL and CSV (a key for each of `ingest.Columns`). `overlays` are folders laid out
    like `ontology/`. `decisions` is a file of `kg.resolve.ledger`, by default `decisions.yml`
    beside `output`, if there is one. With `console` the page answers SPARQL by itself. `validate`
    checks the graph against the shapes; by default up to `CHECKED_UP_TO` reports. The files replace
    those in `output` only when all are written.

    Raises `InputError` when no report can be read (its notes say why, an input each), `BuildError`
    when the output cannot be written and `ResourceError` for a broken ontology or overlay.
    """
    folder = Path(output)
    decided = honoured(folder, decisions)
    given = {lock.name_of(path, folder): path for path in paths}
    _keep_apart(given.values(), folder)
    options = Options(
        published,
        publisher,
        dict(columns or {}),
        tuple(lock.name_of(overlay, folder) for overlay in overlays),
        lock.name_of(decided, folder) if decided else None,
        console,
    )
    documents, skipped = _read([given[name] for name in sorted(given)], options)
    with replacing(folder, (*FILES, lock.NAME)) as staging:
        ledger = read_ledger(decided) if decided else Ledger()
        reader = reader or Pipeline([Path(each) for each in overlays]).deciding(ledger)
        knowledge = _knowledge(reader, documents, progress)
        findings = _write(staging, knowledge, console, validate, progress)
        record = Lock(
            inputs=tuple(sorted(given)),
            options=options,
            versions=Versions(
                __version__,
                reader.engine,
                _ontology(overlays),
                lock.sha256(decided) if decided else "",
            ),
            reports=tuple(sorted(Report(item.uri, item.id) for item in documents)),
            files={name: lock.sha256(staging / name) for name in FILES},
        )
        record.write(staging)
        older = lock.read_if_any(folder)
    return BuildResult(
        folder,
        knowledge.readings,
        knowledge.statements,
        skipped,
        findings,
        changed=tuple(record.changed(older)),
        differences=tuple(record.differences(older)) if older else (),
    )


def rebuild(
    output: PathName,
    *,
    validate: bool | None = None,
    progress: Progress = _silent,
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
        decisions=lock.path_of(options.decisions, folder) if options.decisions else None,
        console=options.console,
        validate=validate,
        progress=progress,
        reader=reader,
    )


def _keep_apart(paths: Iterable[PathName], output: Path) -> None:
    """The next build would take the page and the claims of this one for reports."""
    for path in map(Path, paths):
        if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
            raise BuildError(f"lies in the input folder {path}; name another output", str(output))


def _read(
    paths: Sequence[PathName], options: Options
) -> tuple[tuple[Document, ...], tuple[Skipped, ...]]:
    items = list(
        ingest.read(
            [path if isinstance(path, str) else Path(path) for path in paths],
            published=options.published,
            publisher=options.publisher,
            columns=ingest.Columns(**options.columns),
        )
    )
    documents = tuple(item for item in items if isinstance(item, Document))
    skipped = tuple(item for item in items if isinstance(item, Skipped))
    if not documents:
        error = InputError("no report could be read")
        for skip in skipped:
            error.add_note(f"skipped {skip.uri}: {skip.reason}")
        raise error
    return documents, skipped


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What the stages make of the reports."""

    readings: tuple[Reading, ...]
    statements: tuple[Statement, ...]
    quads: tuple[Quad, ...]


def _knowledge(reader: Reader, documents: Sequence[Document], progress: Progress) -> _Knowledge:
    """The readings by name of the report, so that the order of the inputs does not matter."""
    found: list[Reading] = []
    for reading in reader.read(documents):
        found.append(reading)
        progress("reading", len(found), len(documents))
    readings = tuple(sorted(found, key=lambda each: (each.document.uri, each.document.id)))
    statements = tuple(graph.derive_statements(readings, reader.edges))
    return _Knowledge(readings, statements, tuple(graph.quads(readings, statements)))


def _write(
    folder: Path,
    knowledge: _Knowledge,
    console: bool,
    validate: bool | None,
    progress: Progress,
) -> tuple[graph.Finding, ...] | None:
    """Writes the files and gives the shapes that the graph breaks, `None` when not checked."""
    total = len(knowledge.readings)
    progress("writing", total, total)
    page = html.render(
        knowledge.readings,
        knowledge.statements,
        title="Claimgraph",
        dataset=knowledge.quads if console else None,
    )
    _write_lines(folder / GRAPH, WRITERS["turtle"].write(knowledge.quads))
    _write_lines(folder / DATASET, WRITERS["trig"].write(knowledge.quads))
    _write_lines(folder / CLAIMS, claims(knowledge.readings))
    _write_lines(folder / PAGE, [page])
    if validate is False or (validate is None and total > CHECKED_UP_TO):
        return None
    progress("checking", total, total)
    return graph.validate(knowledge.quads)


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)


def _ontology(overlays: Sequence[PathName]) -> str:
    return lock.fingerprint([ontology_path(), *(Path(overlay) for overlay in overlays)])
