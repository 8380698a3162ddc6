"""What one document adds to a corpus, made from that document alone, in whichever process.

Everything is packed and written where it is made, so that the process which keeps the database has
little left to do and no more than a few documents are ever held.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kg import codec, graph
from kg.annotate import Parse
from kg.build.pipeline import Stages
from kg.export.claims import claims_of
from kg.export.fragments import fragment
from kg.graph.assertion import Triple
from kg.graph.contradictions import Slot, Stance
from kg.graph.evidence import Evidence, voice_of
from kg.model import Document, Entity, Extracted, Reading
from kg.store.search import page


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read; `parse` is the packed parse, if there is one of an earlier run."""

    key: str
    parse_key: str
    document: Document
    parse: bytes | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What a document says that is put together with what others say.

    `labels` are those of the nodes at the ends of its edges, `linked` the entities that others may
    name too, `scoped` the number of those in the graph that nobody else can. `stances` are what may
    contradict the claims of others. `audit` counts sentences by status.
    """

    edges: tuple[tuple[Triple, Evidence], ...]
    stances: tuple[tuple[Slot, Stance], ...]
    labels: tuple[tuple[str, str], ...]
    linked: tuple[Entity, ...]
    scoped: int
    signature: bytes
    voice: str
    published: date | None
    claims: int
    open_claims: int
    audit: dict[Extracted, int]


@dataclass(frozen=True, slots=True)
class Contribution:
    """The packed results for the task with the same keys; `parse` only if it is new.

    `graph` is the packed text of the document's named graph (see `kg.export.fragments`), `digest`
    the SHA-256 of that text, `claims` the packed lines for `claims.jsonl`, `page` the packed
    rows of the search index.
    """

    key: str
    parse_key: str
    document: str
    parse: bytes | None
    reading: bytes
    graph: bytes
    digest: str
    claims: bytes
    page: bytes
    shared: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that the program cannot read, and why; an error of ours, not of the report."""

    document: Document
    reason: str


def contribute(stages: Stages, part: Sequence[Task]) -> tuple[Contribution | Failure, ...]:
    """Reads a part of a corpus, in order. Raises only what is wrong with the language data."""
    return tuple(_results(stages, part))


def _results(stages: Stages, part: Sequence[Task]) -> Iterator[Contribution | Failure]:
    for task in part:
        try:
            yield _contribution(stages, task)
        except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
                TypeError, ValueError) as error:  # fmt: skip
            place = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__} in {place.name}: {' '.join(str(error).split())[:200]}"
            yield Failure(task.document, f"the program failed on it: {reason}")


def _contribution(stages: Stages, task: Task) -> Contribution:
    if task.parse is None:
        ((_, parse),) = stages.parse([task.document])
    else:
        parse = codec.unpack(task.parse, Parse)
    reading = stages.read_parsed(task.document, parse)
    labels = graph.event_labels(reading)
    text = fragment(graph.document_triples(reading, labels))
    return Contribution(
        task.key,
        task.parse_key,
        task.document.id,
        parse=codec.pack(parse) if task.parse is None else None,
        reading=codec.pack(reading),
        graph=codec.pack(text),
        digest=sha256(text.encode()).hexdigest(),
        claims=codec.pack("".join(claims_of(reading, labels))),
        page=codec.pack(page(reading, labels)),
        shared=codec.pack(_shared(reading, labels, stages)),
    )


def _shared(reading: Reading, labels: Mapping[str, str], stages: Stages) -> Shared:
    edges = tuple(graph.find_evidence(reading, stages.edges))
    ends = {end for (subject, _, object_), _ in edges for end in (subject, object_)}
    linked = tuple(dict.fromkeys(graph.linked_entities(reading)))
    ids = {entity.id for entity in reading.entities}
    return Shared(
        edges=edges,
        stances=tuple(dict.fromkeys(graph.stances(reading, graph.told_edges(edges)))),
        labels=tuple(sorted({p for p in graph.node_labels(reading, labels) if p[0] in ends})),
        linked=linked,
        scoped=len(ids - {entity.id for entity in linked} - graph.idle_entities(reading)),
        signature=graph.signature(reading.document.text),
        voice=voice_of(reading.document),
        published=reading.document.published,
        claims=len(reading.claims),
        open_claims=len(reading.open_claims),
        audit=dict(Counter(audit.status for audit in reading.audit)),
    )
