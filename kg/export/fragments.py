"""Turtle and TriG put together from the sorted text of single graphs.

To write a graph's terms is most of the work of writing a file. A build keeps the text of each
document's graph, its *fragment*, so that a file of thousands of documents is only put together:
TriG sets the fragments in their blocks, Turtle merges what they say of one subject. The result is
byte for byte what `kg.export.trig` and `kg.export.turtle` write for all quads at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter

from kg.export.ordering import ordered
from kg.export.turtle import Triple, Writer, declarations
from kg.rdf import IRI, Quad, Term
from kg.vocab import PREFIXES

_END = "\n.\n"  # of a block; no literal holds a line feed
_JOINT = "\x1f"  # instead of line feeds while blocks are sorted; sorts before all that terms hold

_WRITER = Writer(PREFIXES)


def fragment(triples: Iterable[Triple | Quad]) -> str:
    """The triples, whatever their graph, as sorted Turtle without the declarations."""
    about: dict[str, set[str]] = {}
    written: dict[tuple[IRI, Term], str] = {}  # most is said of many subjects
    verb, term = _WRITER.verb, _WRITER.term
    # The same subject is told of many times in a row.
    for subject, said in groupby(triples, key=itemgetter(0)):
        add = about.setdefault(_WRITER.iri(subject), set()).add
        for triple in said:
            told = triple[1], triple[2]
            line = written.get(told)
            if line is None:
                line = written[told] = f"    {verb(told[0])} {term(told[1])} ;\n"
            add(line)
    # What follows a term, a space, comes before all that a longer term could go on with, so that
    # lines sort like the terms on them.
    return "".join(
        piece
        for subject in sorted(about)
        for piece in (f"\n{subject}\n", *sorted(about[subject]), ".\n")
    )


def write_turtle(fragments: Iterable[str]) -> Iterator[str]:
    """The union of the fragments as a Turtle file; memory stays flat."""
    return chain(declarations(PREFIXES), merged(fragments))


def write_trig(graphs: Iterable[tuple[IRI, Iterable[str]]]) -> Iterator[str]:
    """Named graphs, in the order of their names as written, each of sorted pieces, as TriG."""
    yield from declarations(PREFIXES)
    for graph, pieces in graphs:
        yield f"\n{_WRITER.iri(graph)} {{\n"
        for piece in pieces:
            yield piece.replace("\n", "\n    ").replace("\n    \n", "\n\n").removesuffix("    ")
        yield "}\n"


def trig_batches(graphs: Iterable[tuple[IRI, Iterable[str]]], size: int) -> Iterator[bytes]:
    """Named graphs as complete TriG texts of about `size` bytes, for loading in steps.

    None is kept here when the next is asked for.
    """
    batch: list[bytes] = []
    held = 0
    for graph, pieces in graphs:
        for piece in pieces:
            batch.append(f"{graph} {{\n{piece}}}\n".encode())
            held += len(batch[-1])
            if held >= size:
                yield _emptied(batch)
                held = 0
    if batch:
        yield _emptied(batch)


def _emptied(batch: list[bytes]) -> bytes:
    text = "".join(declarations(PREFIXES)).encode() + b"".join(batch)
    batch.clear()
    return text


def merged(fragments: Iterable[str]) -> Iterator[str]:
    """The blocks of all fragments, one a subject, in order."""
    lines = ordered(
        block.removeprefix("\n").replace("\n", _JOINT)
        for text in fragments
        for block in text.split(_END)[:-1]
    )
    for subject, group in groupby(lines, key=lambda line: line.partition(_JOINT)[0]):
        first, *others = group
        if others:
            rows = {row for line in (first, *others) for row in line.split(_JOINT)[1:]}
            first = _JOINT.join((subject, *sorted(rows)))
        yield "\n" + first.replace(_JOINT, "\n") + _END
