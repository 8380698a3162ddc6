"""Writes docs/cli.md from the `--help` of every command."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 88


def page() -> str:
    """The reference: the help of `kg`, then that of each command in the order of `kg --help`."""
    context = click.Context(cli, info_name="kg", terminal_width=WIDTH, **cli.context_settings)
    parts = [
        "# The command line",
        "Written by `make docs` from the `--help` of each command.",
        _section("kg", cli, context),
    ]
    parts += [
        _section(f"kg {name}", cli.commands[name], context) for name in cli.list_commands(context)
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, command: click.Command, parent: click.Context) -> str:
    name = title.removeprefix("kg ")
    context = (
        parent if title == "kg" else click.Context(command, parent, name, terminal_width=WIDTH)
    )
    return f"## {title}\n\n```\n{command.get_help(context).rstrip()}\n```"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
