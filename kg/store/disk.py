"""The store beside the files: written whole or changed in one transaction, never half.

A change is made to a copy (the engine's immutable files are only linked, so that it is cheap) which
then takes the place of the store. So no reader ever sees a writer, and a kill at any moment leaves
either the old store or the new one. Its bytes are the engine's own and differ from run to run; what
it holds does not.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import BuildError
from kg.rdf import IRI, Quad

NAME = "store"
"""What the folder of the store is called in an output folder."""

_PARTIAL, _PREVIOUS = ".partial", ".previous"
_BLOCK = 1 << 20  # bytes


def write_store(path: Path, quads: Iterable[Quad]) -> None:
    """Makes a store of the quads at `path`, in place of an older one. Raises `BuildError`.

    The quads are taken one by one and never held all at once; they may repeat.
    """
    with _replacing(path) as partial:
        store = ox.Store(str(partial))
        store.bulk_load(io.BufferedReader(_Lines(quads), _BLOCK), format=ox.RdfFormat.N_QUADS)
        store.flush()


def update_store(path: Path, added: Iterable[Quad], removed: Iterable[Quad]) -> None:
    """Takes quads out of the store at `path` and puts others in, all at once or none.

    A quad in both stays in. Raises `BuildError` when there is no store to be changed.
    """
    _change(path, f"DELETE DATA {{{_data(removed)}}} ;\nINSERT DATA {{{_data(added)}}}")


def replace_document(path: Path, graph: IRI, quads: Iterable[Quad]) -> None:
    """Puts the quads in place of everything the named graph holds; none of them just removes it.

    Raises `ValueError` for a quad of another graph and `BuildError` as `update_store`.
    """
    new = tuple(quads)
    if stray := next((quad for quad in new if quad.graph != graph), None):
        raise ValueError(f"not of the graph {graph}: {stray}")
    _change(path, f"DROP SILENT GRAPH {graph} ;\nINSERT DATA {{{_data(new)}}}")


def settled(path: Path) -> Path:
    """Where the store is: beside `path` if a writer was killed as it put the new one in place."""
    previous = _beside(path, _PREVIOUS)
    return previous if not path.exists() and previous.exists() else path


def _change(path: Path, update: str) -> None:
    with _replacing(path) as partial:
        ox.Store.read_only(str(settled(path))).backup(str(partial))
        store = ox.Store(str(partial))
        store.update(update)
        store.flush()


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Gives a folder to write to; if the block ends well it takes the place of `path`."""
    partial, previous = _beside(path, _PARTIAL), _beside(path, _PREVIOUS)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        yield partial
        if path.exists():
            shutil.rmtree(previous, ignore_errors=True)
            path.rename(previous)
        partial.rename(path)
        shutil.rmtree(previous, ignore_errors=True)
    except (OSError, RuntimeError) as error:
        raise BuildError(f"the store cannot be written: {error}", str(path)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _data(quads: Iterable[Quad]) -> str:
    """The quads as the data of a SPARQL update, whose terms are written as in N-Quads."""
    ordered = sorted(set(quads), key=lambda quad: str(quad.graph))
    return "\n".join(
        _block(graph, members) for graph, members in groupby(ordered, key=lambda quad: quad.graph)
    )


def _block(graph: IRI | None, quads: Iterable[Quad]) -> str:
    triples = "\n".join(str(quad._replace(graph=None)) for quad in quads)
    return triples if graph is None else f"GRAPH {graph} {{\n{triples}\n}}"


class _Lines(io.RawIOBase):
    """Quads as a binary file of N-Quads that is read once."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._lines = (f"{quad}\n".encode() for quad in quads)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer with lines and parts of lines; 0 at the end."""
        block = bytearray(self._rest)
        for line in self._lines:
            block += line
            if len(block) >= len(buffer):
                break
        size = min(len(block), len(buffer))
        buffer[:size], self._rest = block[:size], bytes(block[size:])
        return size
