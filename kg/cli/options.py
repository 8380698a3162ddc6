"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from kg.model import Status

graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("output"),
    help="A folder that `kg build` wrote, a store, or an RDF file.",
    show_default=True,
)
status_option = click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(get_args(Status)),
    default=["asserted"],
    help="Facts of which status count; may be given again. Default: asserted.",
)
