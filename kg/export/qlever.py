"""Sorted N-Quads in shards, with the file that tells QLever how to index and serve them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from kg.export.nquads import nquads
from kg.rdf import Quad

SHARD = 1_000_000
"""Lines in a shard. The shards one after the other are the sorted N-Quads of the dataset."""

_QLEVERFILE = """\
# For the `qlever` command: `qlever index`, then `qlever start`.
[data]
NAME        = claimgraph
DESCRIPTION = Claims and facts that Claimgraph read in reports

[index]
INPUT_FILES     = quads-*.nq
CAT_INPUT_FILES = cat quads-*.nq
FORMAT          = nq
SETTINGS_JSON   = {"ascii-prefixes-only": false, "num-triples-per-batch": 1000000}

[server]
PORT = 7019
HOST_NAME = localhost

[runtime]
SYSTEM = native

[ui]
UI_CONFIG = default
"""


def qlever(read: Callable[[], Iterable[Quad]], folder: Path, shard: int = SHARD) -> None:
    """Writes `quads-00000.nq` and so on, each of `shard` lines, and a Qleverfile."""
    lines = nquads(read())
    number = 0
    while part := list(islice(lines, shard)):
        with (folder / f"quads-{number:05}.nq").open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(part)
        number += 1
    (folder / "Qleverfile").write_text(_QLEVERFILE, encoding="utf-8", newline="\n")
