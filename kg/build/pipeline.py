"""The stages that read one document after the other: annotate, extract, resolve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import Protocol

from kg import gazetteer, lexicon
from kg.annotate import Annotator
from kg.extract import extract
from kg.lexicon import EdgeRule
from kg.model import Annotation, Document, Reading
from kg.resolve import resolve
from kg.resolve.decisions import Decider
from kg.resolve.ledger import Ledger


class Reader(Protocol):
    """What a build asks of the stages, so that it can be tried without a language model."""

    @property
    def engine(self) -> str:
        """Name, version and hash of the language engine and its model."""
        ...

    @property
    def edges(self) -> Mapping[str, tuple[EdgeRule, ...]]:
        """Which plain edges an event type gives."""
        ...

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order."""
        ...


class Pipeline:
    """The reader of the product; the engine and the language data are loaded once."""

    def __init__(self, overlays: Sequence[Path] = ()) -> None:
        """`overlays` are folders laid out like `ontology/`. Raises `ResourceError`."""
        self._lexicon = lexicon.load(overlays)
        self._gazetteer = gazetteer.load(overlays)
        self._decider = Decider(Ledger(), self._gazetteer)
        self._annotator = Annotator(self._gazetteer, self._lexicon)

    def deciding(self, decisions: Ledger) -> Pipeline:
        """The same stages, followed by the decisions."""
        other = copy(self)
        other._decider = Decider(decisions, self._gazetteer)
        return other

    @property
    def engine(self) -> str:
        return self._annotator.engine

    @property
    def edges(self) -> Mapping[str, tuple[EdgeRule, ...]]:
        return self._lexicon.edges

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        return (reading for _, reading in self.annotate_and_read(documents))

    def annotate_and_read(
        self, documents: Iterable[Document], *, every_clause: bool = False
    ) -> Iterator[tuple[Annotation, Reading]]:
        """Each reading with what the engine saw: the evaluation measures times of no claim too.

        `every_clause` is that of `extract`.
        """
        for document, annotation in self._annotator.annotate(documents):
            found = extract(document, annotation, self._lexicon, every_clause=every_clause)
            reading = resolve(
                document,
                annotation,
                found.claims,
                found.open_claims,
                found.audit,
                self._gazetteer,
                self._lexicon,
            )
            yield annotation, self._decider.apply(reading)
