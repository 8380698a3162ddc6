"""`kg diff`."""

from __future__ import annotations

from pathlib import Path

import click

COLUMNS = ("", "kind", "label", "before", "after", "report", "sentence")


@click.command()
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print it.",
    show_default=True,
)
@click.pass_context
def diff(ctx: click.Context, old: Path, new: Path, form: str) -> None:
    """List the facts and claims in which two graphs differ.

    Each was added (+), removed (-) or changed (~). OLD and NEW are folders that `kg build` wrote,
    stores, or RDF files. A fact is told by its ends and its edge, a claim by its report, sentence,
    type and label. Exit code 1 when they differ.

    \b
    Examples:
      kg diff yesterday today
      kg diff old/graph.ttl output --format json
    """
    from kg.build.diff import diff as compare
    from kg.cli.console import count, say, table

    found = compare(old, new)
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    elif found:
        rows = [
            (
                "+" if each.before is None else "-" if each.after is None else "~",
                each.kind, each.label, each.before or "", each.after or "", each.report,
                each.sentence,
            )
            for each in found
        ]  # fmt: skip
        click.echo(table(COLUMNS, rows))
    say(count(len(found), "difference"))
    ctx.exit(1 if found else 0)
