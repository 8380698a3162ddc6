"""The plain edges as a network of entities, read off any dataset that Claimgraph wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.names import kg, known
from kg.rdf import IRI, Literal, Quad, Term
from kg.vocab import SAYING

if TYPE_CHECKING:
    import networkx

Description = Mapping[IRI, Sequence[Term]]


_RELATING = frozenset(
    {
        *(known(f"rdf:{name}") for name in ("subject", "predicate", "object")),
        *map(kg, ("status", "sourceCount", "documentCount", "firstReported", "lastReported")),
        *map(kg, ("supportedBy", "opposedBy")),
    }
)
_NAMING = (known("rdfs:label"), kg("specificType"))


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A `kg:Relation` node; ends, predicate and claims are local names, dates are ISO days."""

    subject: str
    predicate: str
    object: str
    status: str
    sources: int
    documents: int
    first_reported: str
    last_reported: str
    supported_by: tuple[str, ...]
    opposed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing at the end of a link: its label, and the local name of its most specific class."""

    label: str
    type: str


def links(quads: Iterable[Quad]) -> tuple[tuple[Link, ...], dict[str, Node]]:
    """Every edge of any status, sorted, and a node for each of their ends.

    Of the quads, which are read once, only the edges and the names of nodes are held.
    """
    relations: dict[IRI, dict[IRI, list[Term]]] = defaultdict(lambda: defaultdict(list))
    named: dict[IRI, dict[str, set[str]]] = {each: defaultdict(set) for each in _NAMING}
    for subject, predicate, object_, _ in quads:
        if predicate in _RELATING:
            relations[subject][predicate].append(object_)
        elif predicate in named:
            named[predicate][_local(subject)].add(_local(object_))
    found = {_link(each) for each in relations.values() if known("rdf:subject") in each}
    ends = {name for link in found for name in (link.subject, link.object)}
    labels, kinds = (named[predicate] for predicate in _NAMING)
    return tuple(sorted(found)), {
        name: Node(
            min(labels.get(name, ()), default="" if name in kinds else name),
            min(kinds.get(name, ()), default=""),
        )
        for name in sorted(ends)
    }


def network(quads: Iterable[Quad]) -> networkx.MultiDiGraph[str]:
    """The edges between entities as a networkx graph, in sorted order.

    A node has `label` and `type`, an edge (keyed by its predicate) `label`, `status`, `sources`,
    `documents`, `first_reported` and `last_reported`. Edges to what was said are left out.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    found, nodes = links(quads)
    between = [link for link in found if link.predicate != SAYING]
    for name in sorted({end for link in between for end in (link.subject, link.object)}):
        graph.add_node(name, label=nodes[name].label, type=nodes[name].type)
    for link in between:
        graph.add_edge(
            link.subject,
            link.object,
            key=link.predicate,
            label=link.predicate,
            status=link.status,
            sources=link.sources,
            documents=link.documents,
            first_reported=link.first_reported,
            last_reported=link.last_reported,
        )
    return graph


def _link(description: Description) -> Link:
    def one(predicate: IRI) -> str:
        return next(iter(_all(description, predicate)), "")

    return Link(
        subject=one(known("rdf:subject")),
        predicate=one(known("rdf:predicate")),
        object=one(known("rdf:object")),
        status=one(kg("status")),
        sources=int(one(kg("sourceCount")) or 0),
        documents=int(one(kg("documentCount")) or 0),
        first_reported=one(kg("firstReported")),
        last_reported=one(kg("lastReported")),
        supported_by=_all(description, kg("supportedBy")),
        opposed_by=_all(description, kg("opposedBy")),
    )


def _all(description: Description, predicate: IRI) -> tuple[str, ...]:
    values = description.get(predicate, ())
    return tuple(sorted({_local(value) for value in values}))


def _local(term: Term) -> str:
    if isinstance(term, Literal):
        return term.lexical
    return term.value[max(term.value.rfind("#"), term.value.rfind("/")) + 1 :]
