"""`kg path`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import format_option, graph_option, limit_option, status_option
from kg.vocab import Status

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.graph.analysis import Edge
    from kg.store.network import Passage


@click.command()
@click.argument("start")
@click.argument("goal")
@graph_option
@status_option
@limit_option(3, "Paths.")
@click.option(
    "--sentences", type=click.IntRange(1), default=2, show_default=True, help="For each fact."
)
@format_option("text")
def path(
    start: str,
    goal: str,
    graph: Path,
    statuses: tuple[Status, ...],
    limit: int,
    sentences: int,
    form: str,
) -> None:
    """Show how START and GOAL are connected, with the sentences behind each step.

    Both are entities by name, local name or IRI. The shortest path goes first, of equal ones the
    one with more sources. Exit code 1 when there is no path.

    \b
    Examples:
      kg path Russia "North Korea"
      kg path kgr:Sudan "United Arab Emirates" --limit 1 --sentences 1
      kg path Russia Sudzha --graph output/store --format json
    """
    from kg.cli.console import say
    from kg.graph import analysis
    from kg.store.identity import entity_named
    from kg.store.network import network_of, passages
    from kg.store.sources import local_graph

    store = local_graph([graph])
    network = analysis.of_status(network_of(store), statuses)
    first, last = (entity_named(store, name, network) for name in (start, goal))
    found = analysis.paths(network, first, last, limit)
    hops = {pair: analysis.between(network, *pair) for way in found for pair in pairwise(way)}
    behind = passages(store, dict.fromkeys(edge for edges in hops.values() for edge in edges))
    ways = [[hops[pair] for pair in pairwise(way)] for way in found]
    if form == "json":
        click.echo(json.dumps([_record(way, behind) for way in ways], ensure_ascii=False, indent=2))
    else:
        for names, way in zip(found, ways, strict=True):
            click.echo("\n".join(_lines(names, way, behind, network, sentences)))
    if not found:
        say(f"no fact connects {start} with {goal}, nor do several")
        click.get_current_context().exit(1)


def _record(
    way: Sequence[Sequence[Edge]], behind: Mapping[Edge, Sequence[Passage]]
) -> Sequence[Sequence[Mapping[str, Any]]]:
    return [
        [{**asdict(edge), "evidence": list(map(asdict, behind.get(edge, ())))} for edge in hop]
        for hop in way
    ]


def _lines(
    names: Sequence[str],
    way: Sequence[Sequence[Edge]],
    behind: Mapping[Edge, Sequence[Passage]],
    network: MultiDiGraph[str],
    sentences: int,
) -> Iterator[str]:
    from kg.cli.console import count, plain

    def label(name: str) -> str:
        return str(network.nodes[name]["label"])

    yield plain(" - ".join(map(label, names)))
    for edge in (edge for hop in way for edge in hop):
        support = f"{edge.status}, {count(edge.sources, 'source')}"
        yield plain(f"  {label(edge.subject)} {edge.predicate} {label(edge.object)} ({support})")
        for passage in behind.get(edge, ())[:sentences]:
            day = f", {passage.published}" if passage.published else ""
            yield plain(f"    {passage.text}")
            yield plain(f"      {passage.uri}{day}, sentence {passage.sentence + 1}")
    yield ""
