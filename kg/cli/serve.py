"""`kg serve`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7878,
    help="The port; 0 is any that is free.",
    show_default=True,
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A host name under which clients know this server; may be given again.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=2,
    help="Processes that answer queries.",
    show_default=True,
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=10.0,
    show_default=True,
    help="Seconds that a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=1024,
    show_default=True,
    help="Megabytes that a query may use.",
)
def serve(
    output: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    workers: int,
    timeout: float,
    memory: int,
) -> None:
    """Serve OUTPUT to browsers and SPARQL clients (default: output).

    OUTPUT is a folder that `kg build` wrote, a store, or an RDF file. The network is at /, the
    reports at /doc, a query editor at /query, the SPARQL 1.1 endpoint at /sparql, JSON at
    /api/facts, /api/claims and /api/search. Read-only, for this machine only unless --host says
    otherwise. Ends with Ctrl-C.

    \b
    Examples:
      kg serve
      kg serve elsewhere/graph --port 8080 --timeout 2
      kg serve --host 0.0.0.0 --name graph.example.org
    """
    from kg.serve import service
    from kg.serve.limits import Limits

    limits = Limits(workers=workers, deadline=timeout, memory=memory << 20)
    service.serve(output, host, port, names=names, limits=limits, ready=click.echo)
