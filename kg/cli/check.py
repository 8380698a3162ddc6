"""`kg check`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graphs", nargs=-1, metavar="[GRAPH...]", type=click.Path(path_type=Path))
@click.option(
    "--overlay",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder laid out like ontology/ that adds to it; may be given again.",
)
@click.pass_context
def check(ctx: click.Context, graphs: tuple[Path, ...], overlays: tuple[Path, ...]) -> None:
    """Lint the ontology and the lexicon, or check each GRAPH against the shapes.

    Prints a line for each finding: place, code, what is wrong. Exit code 1 when there is one.

    \b
    Examples:
      kg check
      kg check --overlay my-ontology
      kg check output/graph.ttl
    """
    found = [line for graph in graphs for line in _shapes(graph)] if graphs else _lint(overlays)
    for line in found:
        click.echo(line)
    ctx.exit(1 if found else 0)


def _shapes(path: Path) -> list[str]:
    from kg.cli.console import plain
    from kg.graph import validate_file

    return [
        plain(f"{path}: {finding.severity}: {finding.node} {finding.path}: {finding.message}")
        for finding in validate_file(path)
    ]


def _lint(overlays: tuple[Path, ...]) -> list[str]:
    from kg import lexicon

    return [
        f"{finding.where}: {finding.code}: {finding.message}" for finding in lexicon.lint(overlays)
    ]
