"""The graph in the formats of others. Every writer turns quads into text, a line at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.export.events import events_csv, geojson
from kg.export.jsonld import jsonld
from kg.export.neo4j import neo4j
from kg.export.nquads import nquads, ntriples
from kg.export.parquet import parquet
from kg.export.qlever import qlever
from kg.export.tables import edges_csv, gexf, graphml
from kg.export.trig import trig
from kg.export.turtle import turtle
from kg.rdf import Quad


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: the function that writes it, its usual file extension, and what it is for."""

    write: Callable[[Iterable[Quad]], Iterator[str]]
    extension: str
    purpose: str


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "csv": Writer(edges_csv, ".csv", "plain edges with status and counts, for spreadsheets"),
        "events": Writer(events_csv, ".csv", "an event and place a row, named as ACLED does"),
        "geojson": Writer(geojson, ".geojson", "events at their places, for maps"),
        "gexf": Writer(gexf, ".gexf", "network of entities, for Gephi"),
        "graphml": Writer(graphml, ".graphml", "network of entities, for yEd, Cytoscape, Gephi"),
        "jsonld": Writer(jsonld, ".jsonld", "everything, for JSON tools"),
        "nquads": Writer(nquads, ".nq", "everything with its graphs, a line a statement"),
        "ntriples": Writer(ntriples, ".nt", "everything without graphs, a line a statement"),
        "trig": Writer(trig, ".trig", "everything with its graphs, to be read"),
        "turtle": Writer(turtle, ".ttl", "everything without graphs, to be read"),
    }
)
"""The formats of one file by name.

Equal datasets give equal text, whatever the order of the quads.
"""


@dataclass(frozen=True, slots=True)
class FolderWriter:
    """A format of several files: the function that writes them, given how to read the quads."""

    write: Callable[[Callable[[], Iterable[Quad]], Path], None]
    purpose: str


FOLDER_WRITERS: Mapping[str, FolderWriter] = MappingProxyType(
    {
        "neo4j": FolderWriter(neo4j, "network of entities, for Neo4j and other property graphs"),
        "parquet": FolderWriter(parquet, "tables of quads, edges and events, for analytics"),
        "qlever": FolderWriter(qlever, "sorted N-Quads in shards with a Qleverfile, for QLever"),
    }
)
"""The formats of several files by name."""
