"""`kg audit`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from kg.cli.options import format_option, graph_option
from kg.vocab import Extracted

if TYPE_CHECKING:
    from kg.audit import Audited

WIDTH = 100
"""Characters of a sentence that the table shows."""
_COLUMNS = ("report", "sentence", "status", "claims", "open", "reason", "text")


@click.command()
@graph_option
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(get_args(Extracted)),
    help="Sentences of which status; may be given again. Default: all.",
)
@click.option("--report", default="", help="Only reports with this in their name or title.")
@format_option("table", "csv")
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write a page of its own instead, - for standard output.",
)
def audit(
    graph: Path, statuses: tuple[Extracted, ...], report: str, form: str, page: str | None
) -> None:
    """Show what became of every sentence: extracted, partly or not, and why.

    What no event type covers is kept as an open claim; a sentence that gave nothing else counts as
    partly read, for the reason "open claim only". The numbers count from 1 in each report.

    \b
    Examples:
      kg audit
      kg audit --status not --status partly --report kursk
      kg audit --format json
      kg audit --html audit.html
    """
    from kg.audit import audit as audited
    from kg.audit import render, summary
    from kg.cli.console import count, say

    lines = audited(graph, statuses, report)
    if page is None:
        writers: Mapping[str, Callable[[Sequence[Audited]], str]] = {
            "table": _table, "csv": _csv, "json": _json,
        }  # fmt: skip
        click.echo(writers[form](lines))
    else:
        with click.open_file(page, "w", encoding="utf-8") as file:
            file.write(render(lines))
    say(f"{count(len(lines), 'sentence')}: {summary(lines)}")


def _row(line: Audited) -> tuple[str, ...]:
    opened = sum(claim.is_open for claim in line.claims)
    return (
        line.uri, str(line.index + 1), line.status, str(len(line.claims) - opened), str(opened),
        line.reason, line.text,
    )  # fmt: skip


def _table(lines: Sequence[Audited]) -> str:
    from kg.cli.console import table
    from kg.export.html.display import shorten

    return table(_COLUMNS, ([*_row(line)[:-1], shorten(line.text, WIDTH)] for line in lines))


def _csv(lines: Sequence[Audited]) -> str:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(_row, lines))
    return text.getvalue().removesuffix("\n")


def _json(lines: Sequence[Audited]) -> str:
    import json
    from dataclasses import asdict

    from kg.audit import counts

    sentences = [
        {
            "document": line.document,
            "report": line.uri,
            "title": line.title,
            "sentence": line.index + 1,
            "section": line.section,
            "status": line.status,
            "reason": line.reason,
            "text": line.text,
            "claims": [claim.id for claim in line.claims if not claim.is_open],
            "open_claims": [claim.id for claim in line.claims if claim.is_open],
        }
        for line in lines
    ]
    found = {"counts": asdict(counts(lines)), "sentences": sentences}
    return json.dumps(found, ensure_ascii=False, indent=2)
