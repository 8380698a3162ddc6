"""`kg push`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("url")
@click.option(
    "--graph",
    type=click.Path(exists=True, path_type=Path),
    default=Path("output"),
    help="A folder that `kg build` wrote, a store, or an RDF file.",
    show_default=True,
)
def push(url: str, graph: Path) -> None:
    """Send a graph to the SPARQL graph store at URL, one named graph after the other.

    By the Graph Store HTTP Protocol, which Oxigraph, Fuseki, GraphDB, RDF4J, Virtuoso and others
    speak. Each graph takes the place of the one of its name; others stay. The environment variable
    KG_AUTHORIZATION is sent as the Authorization header, if it is set.

    \b
    Examples:
      kg push http://127.0.0.1:7878/store
      KG_AUTHORIZATION="Bearer $TOKEN" kg push https://example.org/rdf-graph-store --graph output
    """
    import os

    from kg.cli.console import count, say
    from kg.cli.progress import shown
    from kg.export.nquads import triples_by_graph
    from kg.store.push import push as send
    from kg.store.sources import local_graph

    triples = triples_by_graph(local_graph([graph]).quads())
    with shown() as progress:
        number = send(
            url,
            triples,
            authorization=os.environ.get("KG_AUTHORIZATION"),
            progress=lambda work, done: progress(work, done, done),
        )
    say(f"{count(number, 'graph')} sent")
