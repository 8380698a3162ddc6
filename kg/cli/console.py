"""How the commands talk: notes and failures on stderr, tables on stdout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

import click


class Failure(click.ClickException):
    """Bad usage or data: one line on stderr, preceded by a line for each note; exit code 2."""

    exit_code = 2

    def __init__(self, message: str, notes: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.notes = tuple(notes)

    def show(self, file: IO[Any] | None = None) -> None:
        for line in (*self.notes, self.message):
            say(f"kg: {line}", file)


class Interrupted(click.ClickException):
    """Ctrl-C; exit code 130, as a shell reports it."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("interrupted; the last finished output stands")

    def show(self, file: IO[Any] | None = None) -> None:
        say(f"kg: {self.message}", file)


def say(line: str, file: IO[Any] | None = None) -> None:
    """Prints one line of talk on stderr."""
    click.echo(plain(line), file=file, err=True)


def plain(text: str) -> str:
    """The text on one line without control characters, which a report could aim at the terminal."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in text)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 report`, `2 reports`, `0 entities`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Left-aligned columns under a rule, for a terminal."""
    from rich.cells import cell_len

    lines = [list(columns), *([plain(cell) for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )
