"""The stages that read one document after the other: annotate, extract, resolve."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from kg import gazetteer, lexicon
from kg.annotate import Annotator, Parse, complete, engine_name
from kg.extract import extract
from kg.gazetteer import Gazetteer
from kg.lexicon import EdgeRule, Lexicon
from kg.model import Annotation, Document, Reading
from kg.resolve import resolve


class Reader(Protocol):
    """What the lint and the examples ask of the stages, to be tried without a language model."""

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order."""
        ...


class Stages(Protocol):
    """What a build asks of the stages; to be sent to other processes it has to be picklable."""

    @property
    def engine(self) -> str:
        """Name, version and hash of the language engine and its model."""
        ...

    @property
    def edges(self) -> Mapping[str, tuple[EdgeRule, ...]]:
        """Which plain edges an event type gives."""
        ...

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Parse]]:
        """The costly part, in order; of the language data only the names have a say in it."""
        ...

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        """The reading of a parsed document."""
        ...


class Pipeline:
    """The stages of the product; the engine and the language data are loaded once, when needed."""

    def __init__(self, overlays: Sequence[Path] = ()) -> None:
        """`overlays` are folders laid out like `ontology/`. The readers raise `ResourceError`."""
        self._overlays = tuple(overlays)

    def __reduce__(self) -> tuple[object, ...]:
        return _of_this_process, (self._overlays,)

    @cached_property
    def engine(self) -> str:
        return engine_name()

    @property
    def edges(self) -> Mapping[str, tuple[EdgeRule, ...]]:
        return self._lexicon.edges

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Parse]]:
        return self._annotator.parse(documents)

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        return self._resolved(document, complete(document, parse, self._gazetteer, self._lexicon))

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order."""
        return (reading for _, reading in self.annotate_and_read(documents))

    def annotate_and_read(
        self, documents: Iterable[Document], *, every_clause: bool = False
    ) -> Iterator[tuple[Annotation, Reading]]:
        """Each reading with what the engine saw: the evaluation measures times of no claim too.

        `every_clause` is that of `extract`.
        """
        for document, annotation in self._annotator.annotate(documents):
            yield annotation, self._resolved(document, annotation, every_clause)

    def _resolved(
        self, document: Document, annotation: Annotation, every_clause: bool = False
    ) -> Reading:
        found = extract(document, annotation, self._lexicon, every_clause=every_clause)
        return resolve(
            document,
            annotation,
            found.claims,
            found.open_claims,
            found.audit,
            self._gazetteer,
            self._lexicon,
        )

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon.load(self._overlays)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return gazetteer.load(self._overlays)

    @cached_property
    def _annotator(self) -> Annotator:
        annotator = Annotator(self._gazetteer, self._lexicon)
        # Model and names stay as long as the process; to look through them for garbage over and
        # over would be a tenth of all work.
        gc.freeze()
        return annotator


@cache
def _of_this_process(overlays: tuple[Path, ...]) -> Pipeline:
    """The one pipeline that all parts of a build share in a worker."""
    return Pipeline(overlays)
