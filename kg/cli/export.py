"""`kg export`."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("csv", "gexf", "graphml", "jsonld", "nquads", "ntriples", "trig", "turtle")


@click.command()
@click.option(
    "--to", "form", type=click.Choice(FORMATS), required=True, help="The format to write."
)
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("output/graph.trig"),
    help="A graph that `kg build` wrote.",
    show_default=True,
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="The file to write; - is standard output, which is the default.",
)
def export(form: str, graph: Path, output: Path) -> None:
    """Write a graph in another format.

    csv, gexf and graphml hold the plain edges; the others everything.

    \b
    Examples:
      kg export --to csv > facts.csv
      kg export --to gexf -o network.gexf
      kg export --to nquads --graph elsewhere/graph.trig -o - | sha256sum
    """
    from kg.export import WRITERS
    from kg.store import Store

    lines = WRITERS[form].write(Store.of_files(graph).quads())
    if str(output) == "-":
        for line in lines:
            click.echo(line, nl=False)
        return
    with output.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(lines)
