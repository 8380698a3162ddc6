"""What the network says of itself: who is central, who belongs together, how two are connected.

All measures look at the network as undirected: that two parties are named in one fact connects them
whoever acted. Centrality is betweenness (Brandes 2001; from `SAMPLED_FROM` entities on estimated by
as many of them, Brandes and Pich 2007), communities are Louvain's (Blondel et al. 2008) with the
number of sources as weight. Both are seeded, so that equal networks give equal results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.model import Status

if TYPE_CHECKING:
    import networkx

SAMPLED_FROM = 1000
_SEED = 1
_DIGITS = 6


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A fact between two entities, by local names."""

    subject: str
    predicate: str
    object: str
    status: str
    sources: int
    documents: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An entity in the network. `sources` is the sum over its facts; communities count from 1."""

    id: str
    label: str
    type: str
    facts: int
    neighbours: int
    sources: int
    centrality: float
    community: int


@dataclass(frozen=True, slots=True)
class Community:
    """Entities more connected with each other than with the rest, the best connected first."""

    number: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """Entities by centrality, communities by size, facts by support; `parts` are unconnected."""

    entities: tuple[Standing, ...]
    communities: tuple[Community, ...]
    facts: tuple[Edge, ...]
    parts: int


def of_status(
    network: networkx.MultiDiGraph[str], statuses: Iterable[Status]
) -> networkx.MultiDiGraph[str]:
    """The facts of the network that have one of the statuses, and the entities at their ends."""
    import networkx

    wanted = frozenset(statuses)
    chosen: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    edges = [edge for edge in network.edges(keys=True, data=True) if edge[3]["status"] in wanted]
    for name in sorted({end for edge in edges for end in edge[:2]}):
        chosen.add_node(name, **network.nodes[name])
    for subject, object_, predicate, about in edges:
        chosen.add_edge(subject, object_, key=predicate, **about)
    return chosen


def stats(network: networkx.MultiDiGraph[str]) -> Stats:
    """Support, centrality and communities of the network."""
    import networkx

    simple = _simple(network)
    size = len(simple)
    sample = SAMPLED_FROM if size > SAMPLED_FROM else None
    centrality = networkx.betweenness_centrality(simple, k=sample, seed=_SEED)
    communities = _communities(simple)
    number = {name: each.number for each in communities for name in each.members}
    entities = [_standing(network, simple, name, centrality[name], number[name]) for name in simple]
    entities.sort(key=lambda each: (-each.centrality, -each.neighbours, each.id))
    facts = sorted(_edges(network), key=_best_sourced)
    parts = networkx.number_connected_components(simple)
    return Stats(tuple(entities), communities, tuple(facts), parts)


def paths(
    network: networkx.MultiDiGraph[str], start: str, goal: str, limit: int
) -> tuple[tuple[str, ...], ...]:
    """The shortest ways from one entity to another, as entities; of equal ones the best sourced.

    Empty when they are not connected (Yen 1971). Raises `KeyError` for a name not in the network.
    """
    import networkx

    simple = _simple(network)
    for name in (start, goal):
        if name not in simple:
            raise KeyError(name)
    found = networkx.shortest_simple_paths(simple, start, goal, weight="length")
    try:
        return tuple(tuple(path) for path in islice(found, limit))
    except networkx.NetworkXNoPath:
        return ()


def between(network: networkx.MultiDiGraph[str], one: str, other: str) -> tuple[Edge, ...]:
    """The facts between two entities in either direction, the best sourced first."""
    pair = {one, other}
    edges = [
        _edge(subject, object_, predicate, about)
        for subject, object_, predicate, about in network.edges(pair, keys=True, data=True)
        if {subject, object_} == pair
    ]
    return tuple(sorted(edges, key=_best_sourced))


def _simple(network: networkx.MultiDiGraph[str]) -> networkx.Graph[str]:
    """One undirected edge for all facts between two entities.

    `sources` is their sum. `length` is 1 and a little, the less the more sources there are, which
    over the longest way still comes to less than 1.
    """
    import networkx

    support: Counter[tuple[str, str]] = Counter()
    for subject, object_, about in network.edges(data=True):
        first, second = sorted((subject, object_))
        support[first, second] += about["sources"]
    simple: networkx.Graph[str] = networkx.Graph()
    simple.add_nodes_from(network)
    for (first, second), sources in support.items():
        length = 1 + 1 / (len(network) * (1 + sources))
        simple.add_edge(first, second, sources=sources, length=length)
    return simple


def _communities(simple: networkx.Graph[Any]) -> tuple[Community, ...]:
    import networkx

    names = list(simple)
    # Numbers, because the order of a set of names differs from run to run.
    numbered: Any = networkx.convert_node_labels_to_integers(simple)
    groups = networkx.community.louvain_communities(numbered, weight="sources", seed=_SEED)
    ordered = [_by_degree(simple, [names[number] for number in group]) for group in groups]
    ordered.sort(key=lambda members: (-len(members), members))
    return tuple(
        Community(number, tuple(members)) for number, members in enumerate(ordered, start=1)
    )


def _by_degree(simple: networkx.Graph[str], members: Sequence[str]) -> list[str]:
    return sorted(members, key=lambda name: (-simple.degree(name), name))


def _standing(
    network: networkx.MultiDiGraph[str],
    simple: networkx.Graph[str],
    name: str,
    centrality: float,
    community: int,
) -> Standing:
    about = network.nodes[name]
    return Standing(
        id=name,
        label=about["label"],
        type=about["type"],
        facts=network.degree(name),
        neighbours=simple.degree(name),
        sources=sum(each["sources"] for each in simple[name].values()),
        centrality=round(centrality, _DIGITS),
        community=community,
    )


def _edges(network: networkx.MultiDiGraph[str]) -> Iterable[Edge]:
    for subject, object_, predicate, about in network.edges(keys=True, data=True):
        yield _edge(subject, object_, predicate, about)


def _best_sourced(edge: Edge) -> tuple[int, int, Edge]:
    return -edge.sources, -edge.documents, edge


def _edge(subject: str, object_: str, predicate: str, about: Mapping[str, Any]) -> Edge:
    counts = about["sources"], about["documents"]
    return Edge(subject, predicate, object_, about["status"], *counts)
