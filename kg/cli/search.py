"""`kg search`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import format_option, limit_option, output_option


@click.command()
@click.argument("text", nargs=-1, required=True)
@output_option
@limit_option(10, "Sentences to show.")
@format_option("text")
def search(text: tuple[str, ...], output: Path, limit: int, form: str) -> None:
    """Find sentences by their words, with report, date and claims.

    All words must occur, in any form (attack finds attacked); words in quotes must stand together.
    The best match goes first. Open claims are listed too. Exit code 1 when nothing is found.

    \b
    Examples:
      kg search drones oil
      kg search '"air defence" Kyiv' --limit 3
      kg search ceasefire --format json
    """
    from dataclasses import asdict

    from kg.cli.console import plain
    from kg.store import search as library

    hits = library.search(output / library.NAME, " ".join(text), limit)
    if form == "json":
        click.echo(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2))
    for hit in hits if form == "text" else ():
        about = ", ".join(filter(None, (hit.publisher, hit.published)))
        place = f"{hit.uri}, sentence {hit.sentence + 1}"
        click.echo(plain(hit.text))
        click.echo(plain(f"  {place}{f' ({about})' if about else ''}"))
        for claim in hit.claims:
            click.echo(plain(f"    {claim.id}  {claim.type}  {claim.factuality}  {claim.label}"))
    if not hits:
        click.get_current_context().exit(1)
