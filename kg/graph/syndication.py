"""Reports that repeat one another: dispatches of an agency that many papers print.

Method: MinHash signatures (Broder 1997) of overlapping runs of words; reports that share a band of
their signatures are compared, as in locality-sensitive hashing (Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", 3.4).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ALIKE = 0.8
"""From this share of common word runs on two reports are one dispatch (estimated to +-0.04)."""

_RUN = 5  # words
_BANDS, _ROWS = 20, 5  # finds 99.96 % of the pairs that are just alike enough
_FORM = struct.Struct(f"<{_BANDS * _ROWS}I")
_SEED = 20_240_807
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The MinHash signature of a text; empty for one with too few words to tell copies apart."""
    import rensa

    words = _WORD.findall(text.lower())
    if len(words) < 4 * _RUN:
        return b""
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    hashes = rensa.RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    hashes.update(sorted(runs))
    return _FORM.pack(*hashes.digest())


def bands(mark: bytes) -> list[bytes]:
    """The parts of a signature, of which similar texts share at least one; each with its number."""
    width = 4 * _ROWS
    return [bytes([at]) + mark[at * width : (at + 1) * width] for at in range(len(mark) // width)]


def are_alike(first: bytes, second: bytes) -> bool:
    """Whether two signatures are of texts that repeat each other."""
    hashes = (_FORM.unpack(first), _FORM.unpack(second))
    alike: list[bool] = [one == other for one, other in zip(*hashes, strict=True)]
    return sum(alike) >= ALIKE * len(alike)


@dataclass(frozen=True, slots=True)
class Print:
    """A report as one of many that may print the same dispatch."""

    document: str
    uri: str
    published: date | None


def originals(pairs: Iterable[tuple[str, str]], prints: Mapping[str, Print]) -> dict[str, str]:
    """For each report that repeats others the first of them: by date, then by name.

    `pairs` are reports (by `Document.id`) that are alike; those alike with a third are one group.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_edges_from(pairs)
    found: dict[str, str] = {}
    for group in networkx.connected_components(graph):
        first = min(group, key=lambda each: _order(prints[each]))
        found |= dict.fromkeys(sorted(group - {first}), first)
    return found


def _order(each: Print) -> tuple[date, str, str]:
    return each.published or date.max, each.uri, each.document
