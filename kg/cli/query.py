"""`kg query`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option

if TYPE_CHECKING:
    from kg.cli.answers import Form


@click.command()
@click.argument("query", required=False, metavar="[TEXT|FILE|NAME]")
@click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="PATH|URL",
    default=["output"],
    help="A folder that `kg build` wrote, a store, or the http or https URL of a SPARQL endpoint;"
    " or an RDF file, which may be given again. Default: output.",
)
@format_option("table", "csv")
@click.option("--list", "listing", is_flag=True, help="List the shipped queries.")
def query(query: str | None, graphs: tuple[str, ...], form: Form, listing: bool) -> None:
    """Ask the graph in SPARQL, or a shipped question by its name.

    The query is SPARQL text, a file with it, - for standard input, or the name of a shipped one.
    The prefixes of the ontology (kg:, kgr:, rdfs:, skos:, prov: ...) need not be declared. CSV and
    JSON are those of the SPARQL 1.1 results formats. Only a URL leads to the network.

    \b
    Examples:
      kg query --list
      kg query advances
      kg query "SELECT ?who WHERE { ?who kg:advancedIn kgr:Kursk_Oblast }" --format csv
      kg query question.rq --graph output/graph.trig --format json
      kg query advances --graph http://127.0.0.1:7878/sparql
    """
    from kg import store
    from kg.cli.answers import render
    from kg.cli.console import table
    from kg.store.sources import graph_of

    if listing:
        click.echo(table(("name", "question"), store.questions().items()))
        return
    if query is None:
        raise click.UsageError("give a query, or --list to see those that are shipped")
    text, where = _text(query)
    click.echo(render(graph_of(*graphs).query(text, where), form))


def _text(query: str) -> tuple[str, str]:
    """The SPARQL that the argument stands for, and how errors name it."""
    import sys

    from kg import store

    if query == "-":
        return sys.stdin.read(), "standard input"
    if any(character.isspace() or character == "{" for character in query):
        return query, "query"
    path = Path(query)
    if path.suffix or path.is_file():
        return path.read_text(encoding="utf-8"), query
    return store.named_query(query), query
