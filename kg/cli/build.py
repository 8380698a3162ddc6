"""`kg build`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import overlay_option

if TYPE_CHECKING:
    from kg.build import Settings
    from kg.execute import Engine

FIELDS = ("text", "id", "url", "title", "publisher", "date")


def _columns(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for field, equals, name in pairs:
        if field not in FIELDS or not equals or not name:
            raise click.BadParameter(f"give FIELD=NAME, the field one of {', '.join(FIELDS)}")
    return {field: name for field, _, name in pairs}


def _engine(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if value in ("processes", "dask") or "://" in value:
        return value
    raise click.BadParameter("give processes, dask, or the address of a scheduler (tcp://...)")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    help="The folder to write.",
    show_default=True,
)
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="When the reports were published, for those that do not say it.",
)
@click.option("--publisher", help="Who published the reports, for those that do not say it.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_columns,
    help="What JSONL or CSV call a field: text, id, url, title, publisher or date.",
)
@overlay_option
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What is one thing, decided by hand; by default decisions.yml beside the output folder.",
)
@click.option(
    "--with-sparql",
    "console",
    is_flag=True,
    help="Let the page answer SPARQL by itself, offline; it grows by two megabytes and the graph.",
)
@click.option(
    "--validate/--no-validate",
    default=None,
    help="Check the graph against the shapes; by default up to 25 reports.",
)
@click.option(
    "--files/--no-files",
    default=None,
    help="Write the four graph and claims files too; by default up to 1,000 reports.",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(1), default=1, help="Processes that read reports."
)
@click.option(
    "--engine",
    default="processes",
    callback=_engine,
    metavar="[processes|dask|ADDRESS]",
    help="Where to read: processes, Dask workers here, or the Dask scheduler at an address.",
)
@click.option("--force", is_flag=True, help="Read every report again.")
@click.option("--dry-run", is_flag=True, help="Only say what would be read; exit code 1 if any.")
@click.option(
    "--watch",
    is_flag=True,
    help="Build again when reports, decisions or overlays change, until Ctrl-C.",
)
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    date: datetime | None,
    publisher: str | None,
    columns: dict[str, str],
    overlays: tuple[Path, ...],
    decisions: Path | None,
    console: bool,
    validate: bool | None,
    files: bool | None,
    jobs: int,
    engine: str,
    force: bool,
    dry_run: bool,
    watch: bool,
) -> None:
    """Read the reports at PATHS and write the graph into a folder.

    PATHS are text, Markdown, HTML, PDF, RSS, Atom, JSONL or CSV files, folders, globs, or - for
    standard input.
    The folder gets graph.ttl, graph.trig, claims.jsonl, graph.html, a store, a search index and
    kg.lock; they replace older ones only when all are written. What cannot be read is named and
    left out. A second build reads only the reports that are new or changed.

    \b
    Examples:
      kg build samples
      kg build reports/*.html wire.jsonl -o graph
      kg build reports --with-sparql
      kg build wire.csv --column text=body --column date=day
      kg build dispatch.txt --date 2024-11-24 --publisher "Example Wire"
      cat dispatch.txt | kg build - --date 2024-11-24
      kg build archive.jsonl --jobs 2
      kg build inbox --watch
    """
    from kg import build as library
    from kg.cli.progress import shown
    from kg.cli.summary import announce, describe

    published = date.date() if date else None
    settings = library.Settings(published, publisher, columns, overlays, decisions, console)
    if dry_run:
        ctx.exit(announce(*library.preview(paths, output, settings)))
    options: dict[str, Any] = {
        "validate": validate,
        "files": files,
        "engine": _where(engine, jobs),
    }
    if watch:
        _watch(paths, output, settings, force, options)
        return
    with shown() as progress:
        result = library.build(paths, output, settings, force=force, progress=progress, **options)
    describe(result)


def _where(engine: str, jobs: int) -> Engine:
    from kg.execute import Engine

    if engine == "processes":
        return Engine(jobs)
    return Engine(jobs, "dask", None if engine == "dask" else engine)


def _watch(
    paths: tuple[str, ...], output: Path, settings: Settings, force: bool, options: dict[str, Any]
) -> None:
    """Builds after every change; input without a report and wrong decisions are waited out."""
    from kg import build as library
    from kg.build.decided import usual
    from kg.build.watch import rounds
    from kg.cli.console import say
    from kg.cli.progress import shown
    from kg.cli.summary import describe
    from kg.errors import InputError, ResourceError

    if "-" in paths:
        raise click.UsageError("standard input cannot be watched")
    decisions = Path(settings.decisions or usual(output))
    for stages in rounds(paths, list(map(Path, settings.overlays)), decisions):
        try:
            with shown() as progress:
                result = library.build(
                    paths,
                    output,
                    settings,
                    force=force,
                    progress=progress,
                    reader=stages,
                    **options,
                )
        except (InputError, ResourceError) as error:
            say(f"kg: {error}")
        else:
            describe(result)
        force = False
        say("watching; Ctrl-C ends it")
