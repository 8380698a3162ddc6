"""The network of entities as CSV for `neo4j-admin database import`, and for its relatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.export.tables import csv_row
from kg.graph.network import links
from kg.rdf import Quad
from kg.vocab import SAYING

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def neo4j(read: Callable[[], Iterable[Quad]], folder: Path) -> None:
    """Writes `nodes.csv` and `relationships.csv`, whose headers tell Neo4j what the columns are.

    A node has an id, a label and its class as Neo4j label; a relationship is a plain edge of any
    status with its counts and dates. What was said (`claimed`) leads to events and is left out.
    """
    found, nodes = links(read())
    between = [link for link in found if link.predicate != SAYING]
    ends = {name for link in between for name in (link.subject, link.object)}
    with (folder / NODES).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(csv_row(["id:ID", "label", ":LABEL"]))
        for name in sorted(ends):
            stream.write(csv_row([name, nodes[name].label, nodes[name].type or "Entity"]))
    with (folder / RELATIONSHIPS).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(
            csv_row(
                [
                    ":START_ID", ":END_ID", "status", "sources:int", "documents:int",
                    "firstReported:date", "lastReported:date", ":TYPE",
                ]
            )
        )  # fmt: skip
        for link in between:
            kind = _CAMEL.sub("_", link.predicate).upper()
            stream.write(
                csv_row(
                    [
                        link.subject, link.object, link.status, link.sources, link.documents,
                        link.first_reported, link.last_reported, kind,
                    ]
                )
            )  # fmt: skip
