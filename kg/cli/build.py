"""`kg build`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

FIELDS = ("text", "id", "url", "title", "publisher", "date")


def _columns(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for field, equals, name in pairs:
        if field not in FIELDS or not equals or not name:
            raise click.BadParameter(f"give FIELD=NAME, the field one of {', '.join(FIELDS)}")
    return {field: name for field, _, name in pairs}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"))
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
@click.option(
    "--overlay",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder laid out like ontology/ that adds to it; may be given again.",
)
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
def build(
    paths: tuple[str, ...],
    output: Path,
    date: datetime | None,
    publisher: str | None,
    columns: dict[str, str],
    overlays: tuple[Path, ...],
    decisions: Path | None,
    console: bool,
    validate: bool | None,
) -> None:
    """Read the reports at PATHS and write the graph into a folder.

    PATHS are text, Markdown, HTML, JSONL or CSV files, folders, globs, or - for standard input.
    The folder gets graph.ttl, graph.trig, claims.jsonl, graph.html and kg.lock; they replace older
    ones only when all are written. What cannot be read is named and left out.

    \b
    Examples:
      kg build samples
      kg build reports/*.html wire.jsonl -o graph
      kg build reports --with-sparql
      kg build wire.csv --column text=body --column date=day
      kg build dispatch.txt --date 2024-11-24 --publisher "Example Wire"
      cat dispatch.txt | kg build - --date 2024-11-24
    """
    from kg import build as library
    from kg.cli.progress import shown
    from kg.cli.summary import describe

    with shown() as progress:
        result = library.build(
            paths,
            output,
            published=date.date() if date else None,
            publisher=publisher,
            columns=columns,
            overlays=overlays,
            decisions=decisions,
            console=console,
            validate=validate,
            progress=progress,
        )
    describe(result)
