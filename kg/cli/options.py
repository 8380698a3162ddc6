"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click

from kg.vocab import Status

graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("output"),
    help="A folder that `kg build` wrote, a store, or an RDF file.",
    show_default=True,
)
output_option = click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    help="The folder that `kg build` wrote.",
    show_default=True,
)
overlay_option = click.option(
    "--overlay",
    "overlays",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder laid out like ontology/ that adds to it; may be given again.",
)
status_option = click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(get_args(Status)),
    default=["asserted"],
    help="Facts of which status count; may be given again. Default: asserted.",
)


def limit_option[F: Callable[..., object]](default: int, what: str) -> Callable[[F], F]:
    """How much of an answer to show."""
    return click.option(
        "--limit", type=click.IntRange(1), default=default, help=what, show_default=True
    )


def format_option[F: Callable[..., object]](usual: str, *others: str) -> Callable[[F], F]:
    """An answer for people or for programs."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([usual, *others, "json"]),
        default=usual,
        help="How to print it.",
        show_default=True,
    )
