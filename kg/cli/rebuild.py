"""`kg rebuild`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
@click.option(
    "--validate/--no-validate",
    default=None,
    help="Check the graph against the shapes; by default up to 25 reports.",
)
@click.pass_context
def rebuild(ctx: click.Context, output: Path, validate: bool | None) -> None:
    """Repeat the build that OUTPUT's kg.lock records (default: output).

    Says whether the bytes came out the same, and if not, what is different from then: a report,
    the program, the language model or the ontology. Exit code 1 when a file changed.

    \b
    Examples:
      kg rebuild
      kg rebuild elsewhere/graph
    """
    from kg import build as library
    from kg.cli.console import say
    from kg.cli.progress import shown
    from kg.cli.summary import describe

    with shown() as progress:
        result = library.rebuild(output, validate=validate, progress=progress)
    describe(result)
    for line in result.differences:
        say(f"different from then: {line}")
    if result.changed:
        say(f"changed: {', '.join(result.changed)}")
        ctx.exit(1)
    say("every file came out the same")
