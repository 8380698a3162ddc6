"""The plain edges for other tools: CSV for spreadsheets, GraphML and GEXF for network programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.graph.network import Link, links, network
from kg.rdf import Quad

if TYPE_CHECKING:
    import networkx

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAMP = re.compile(r' lastmodifieddate="[^"]*"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def edges_csv(quads: Iterable[Quad]) -> Iterator[str]:
    """A row an edge: the fields of `kg.graph.network.Link`, and the labels of both ends.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    found, nodes = links(quads)
    names = [field.name for field in fields(Link)]
    yield csv_row([*names, "subject_label", "object_label"])
    for link in found:
        cells = [getattr(link, name) for name in names]
        yield csv_row([*cells, nodes[link.subject].label, nodes[link.object].label])


def graphml(quads: Iterable[Quad]) -> Iterator[str]:
    """The network of entities for yEd, Cytoscape or Gephi."""
    import networkx

    for line in networkx.generate_graphml(_printable(network(quads)), named_key_ids=True):
        yield line + "\n"


def gexf(quads: Iterable[Quad]) -> Iterator[str]:
    """The network of entities for Gephi, without the date that the library writes into it."""
    import networkx

    graph = _printable(network(quads))
    for index, (_, _, attributes) in enumerate(graph.edges(data=True)):
        attributes["id"] = str(index)
    for line in networkx.generate_gexf(graph):
        yield _STAMP.sub("", line) + "\n"


def csv_row(cells: Iterable[object]) -> str:
    """A row of CSV with its line feed, safe for spreadsheets: see `edges_csv`."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    text = " ".join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _printable(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """XML cannot hold control characters, and labels come from hostile text."""
    for _, attributes in graph.nodes(data=True):
        attributes["label"] = _NOT_XML.sub("\ufffd", attributes["label"])
    return graph
