"""`kg check`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import overlay_option


@click.command()
@click.argument("graphs", nargs=-1, metavar="[GRAPH...]", type=click.Path(path_type=Path))
@overlay_option
@click.option("--no-examples", is_flag=True, help="Only read the files; do not run their examples.")
@click.pass_context
def check(
    ctx: click.Context, graphs: tuple[Path, ...], overlays: tuple[Path, ...], no_examples: bool
) -> None:
    """Lint the ontology and the lexicon, or check each GRAPH against the shapes.

    A GRAPH is a folder that `kg build` wrote, a store, or an RDF file. Prints a line for each
    finding: place, code, what is wrong. Exit code 1 when there is one. The examples of the language
    data are run when the files themselves are in order.

    \b
    Examples:
      kg check
      kg check --no-examples --overlay my-ontology
      kg check output
    """
    from kg.cli.console import count, say

    if graphs:
        found = [line for graph in graphs for line in _shapes(graph)]
    else:
        found = _lint(overlays, examples=not no_examples)
    for line in found:
        click.echo(line)
    say(count(len(found), "finding"))
    ctx.exit(1 if found else 0)


def _shapes(path: Path) -> list[str]:
    from kg.cli.console import plain
    from kg.graph import validate, validate_file
    from kg.store.sources import local_graph

    found = validate(local_graph([path]).quads()) if path.is_dir() else validate_file(path)
    return [
        plain(f"{path}: {finding.severity}: {finding.node} {finding.path}: {finding.message}")
        for finding in found
    ]


def _lint(overlays: tuple[Path, ...], *, examples: bool) -> list[str]:
    from kg.build.lint import check_examples, lint
    from kg.build.pipeline import Pipeline
    from kg.cli.console import plain

    found = lint(overlays)
    if examples and not found:
        found = check_examples(Pipeline(overlays), overlays)
    return [plain(f"{each.where}: {each.code}: {each.message}") for each in found]
