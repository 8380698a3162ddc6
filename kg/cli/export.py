"""`kg export`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option

FILES = (
    "csv", "events", "geojson", "gexf", "graphml", "jsonld", "nquads", "ntriples", "trig", "turtle",
)  # fmt: skip
FOLDERS = ("neo4j", "parquet", "qlever")


@click.command()
@click.option(
    "--to", "form", type=click.Choice((*FILES, *FOLDERS)), required=True, help="The format."
)
@graph_option
@click.option(
    "-o",
    "--output",
    default="-",
    help="The file to write, or a URL of fsspec (s3://...); by default standard output, -.",
)
def export(form: str, graph: Path, output: str) -> None:
    """Write a graph in another format.

    \b
    everything           jsonld, nquads, ntriples, trig, turtle, and in a folder: qlever
    the plain edges      csv, gexf, graphml, and in a folder: neo4j
    events and places    events (a table like ACLED's), geojson
    tables of all this   in a folder: parquet

    \b
    Examples:
      kg export --to csv > facts.csv
      kg export --to gexf -o network.gexf
      kg export --to nquads | sha256sum
      kg export --to parquet -o tables
    """
    from kg.cli.console import say
    from kg.export import FOLDER_WRITERS, WRITERS
    from kg.export.remote import is_remote, write_remote
    from kg.store.sources import local_graph

    if form in FOLDERS and output == "-":
        raise click.UsageError(f"{form} is a folder of files; name it with -o")
    store = local_graph([graph])
    if output == "-":
        for line in WRITERS[form].write(store.quads()):
            click.echo(line, nl=False)
        return

    def write(path: Path) -> None:
        if form in FOLDERS:
            path.mkdir(parents=True, exist_ok=True)
            FOLDER_WRITERS[form].write(store.quads, path)
            return
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(WRITERS[form].write(store.quads()))

    if is_remote(output):
        write_remote(output, write)
    else:
        write(Path(output))
    say(f"{output}: written")
