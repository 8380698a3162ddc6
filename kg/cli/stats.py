"""`kg stats`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, graph_option, limit_option, status_option
from kg.vocab import Status

if TYPE_CHECKING:
    from kg.graph.analysis import Stats

MEMBERS = 6
"""Names of a community that the table shows."""


@click.command()
@graph_option
@status_option
@limit_option(15, "Rows of a table.")
@format_option("table")
def stats(graph: Path, statuses: tuple[Status, ...], limit: int, form: str) -> None:
    """Show who is central, who belongs together and what is best supported.

    Centrality is the share of shortest ways between others that lead through an entity. The
    communities are those that connect more with each other than with the rest. JSON holds
    everything, the table the first rows.

    \b
    Examples:
      kg stats
      kg stats --status asserted --status disputed --limit 5
      kg stats --graph output/store --format json
    """
    from dataclasses import asdict

    from kg.cli.console import count, say
    from kg.graph import analysis
    from kg.store.network import network_of
    from kg.store.sources import local_graph

    network = analysis.of_status(network_of(local_graph([graph])), statuses)
    found = analysis.stats(network)
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    click.echo(_tables(found, limit))
    entities = count(len(found.entities), "entity", "entities")
    communities = count(len(found.communities), "community", "communities")
    parts = count(found.parts, "part")
    say(f"{entities}, {count(len(found.facts), 'fact')}, {communities}, {parts} without a link")


def _tables(found: Stats, limit: int) -> str:
    from kg.cli.console import table

    label = {each.id: each.label for each in found.entities}
    entities = table(
        ("entity", "type", "facts", "neighbours", "sources", "centrality", "community"),
        (
            (
                each.label, each.type, str(each.facts), str(each.neighbours), str(each.sources),
                f"{each.centrality:.4f}", str(each.community),
            )
            for each in found.entities[:limit]
        ),
    )  # fmt: skip
    communities = table(
        ("community", "entities", "best connected"),
        (
            (
                str(each.number),
                str(len(each.members)),
                ", ".join(label[name] for name in each.members[:MEMBERS]),
            )
            for each in found.communities[:limit]
        ),
    )
    facts = table(
        ("fact", "status", "sources", "reports"),
        (
            (
                f"{label[each.subject]} {each.predicate} {label[each.object]}",
                each.status, str(each.sources), str(each.documents),
            )
            for each in found.facts[:limit]
        ),
    )  # fmt: skip
    return "\n\n".join((entities, communities, facts))
