"""`kg view`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("output", type=click.Path(path_type=Path), default=Path("output"))
def view(output: Path) -> None:
    """Open the page of OUTPUT, a folder that `kg build` wrote (default: output).

    Prints the page's path, so that it can be opened by hand where there is no browser.

    \b
    Examples:
      kg view
      kg view elsewhere/graph.html
    """
    import webbrowser

    from kg.cli.console import Failure, say

    page = output / "graph.html" if output.is_dir() else output
    if not page.is_file():
        raise Failure(f"{page}: there is no page; `kg build` makes one")
    click.echo(page)
    if not webbrowser.open(page.resolve().as_uri()):
        say("no browser was found; open the file by hand")
