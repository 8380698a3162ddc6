"""`kg eval`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.evaluate import Line

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("eval")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--suite", "suites", multiple=True, help="Only this suite; may be given again.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first N items of each suite.")
@click.option("--json", "card_file", type=_FILE, help="Write the scorecard as JSON.")
@click.option("--errors", "errors_file", type=_FILE, help="Write misses and false alarms as JSONL.")
@click.option("--compare", "old_file", type=_FILE, help="Show changes against an older scorecard.")
@click.pass_context
def evaluate(
    context: click.Context,
    directory: Path,
    suites: tuple[str, ...],
    limit: int | None,
    card_file: Path | None,
    errors_file: Path | None,
    old_file: Path | None,
) -> None:
    """Measure what is read on the evaluation sets found in DIRECTORY.

    Each set is recognised by its file names. The card gives each metric with its 95 % bootstrap
    interval over documents. What cannot be read of a set is named, and the exit code is then 1.

    \b
    Examples:
      kg eval ../data --json card.json
      kg eval ../data --suite gold --errors errors.jsonl
      kg eval ../data --limit 20 --compare card.json
    """
    from kg import evaluate as library
    from kg.cli.console import say, table
    from kg.cli.progress import shown
    from kg.evaluate.built import Built

    old = library.load_scorecard(old_file) if old_file else None
    with library.ErrorLog(errors_file) as log, shown() as progress:
        card = library.evaluate(
            directory,
            pipeline=Built(),
            suites=suites or None,
            limit=limit,
            report=log.add,
            progress=progress,
        )
    if card_file:
        card_file.write_bytes(card.to_json())
    columns = [
        "suite",
        "metric",
        "score",
        "95 %",
        "items",
        "best peer",
        *(["change"] if old else []),
    ]
    lines = library.lines(card, library.peers(), old)
    click.echo(table(columns, (_cells(line, old is not None) for line in lines)))
    for suite, faults in card.problems.items():
        for fault in faults:
            say(f"{suite}: {fault}")
    context.exit(1 if card.problems else 0)


def _cells(line: Line, compared: bool) -> list[str]:
    measured = line.measured
    change = "" if line.change is None else f"{line.change:+.3f}"
    return [
        line.suite,
        line.metric,
        f"{measured.value:.3f}",
        f"{measured.low:.3f} - {measured.high:.3f}",
        f"{measured.items:,}",
        line.peer,
        *([change] if compared else []),
    ]
