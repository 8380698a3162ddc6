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
from kg.garbage import look_seldom
from kg.gazetteer import Gazetteer
from kg.lexicon import EdgeRule, Lexicon
from kg.model import Annotation, Decision, Document, Reading
from kg.resolve import resolve
from kg.resolve.decisions import Decider
from kg.resolve.interest import against_interest
from kg.resolve.ledger import Ledger


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

    def deciding(self, decisions: Ledger) -> Stages:
        """The same stages, followed by the decisions."""
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
        self._language = _Language(tuple(overlays))
        self._ledger = Ledger()

    def deciding(self, decisions: Ledger) -> Pipeline:
        """The same stages, followed by the decisions."""
        other = Pipeline()
        other._language = self._language
        other._ledger = decisions
        return other

    def __reduce__(self) -> tuple[object, ...]:
        return _of_this_process, (self._language.overlays, self._ledger.decisions)

    @cached_property
    def engine(self) -> str:
        return engine_name()

    @property
    def edges(self) -> Mapping[str, tuple[EdgeRule, ...]]:
        return self._language.lexicon.edges

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Parse]]:
        return self._language.annotator.parse(documents)

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        language = self._language
        return self._resolved(
            document, complete(document, parse, language.gazetteer, language.lexicon)
        )

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order."""
        return (reading for _, reading in self.annotate_and_read(documents))

    def annotate_and_read(
        self, documents: Iterable[Document], *, every_clause: bool = False
    ) -> Iterator[tuple[Annotation, Reading]]:
        """Each reading with what the engine saw: the evaluation measures times of no claim too.

        `every_clause` is that of `extract`.
        """
        for document, annotation in self._language.annotator.annotate(documents):
            yield annotation, self._resolved(document, annotation, every_clause)

    def _resolved(
        self, document: Document, annotation: Annotation, every_clause: bool = False
    ) -> Reading:
        language = self._language
        found = extract(document, annotation, language.lexicon, every_clause=every_clause)
        reading = resolve(
            document,
            annotation,
            found.claims,
            found.open_claims,
            found.audit,
            language.gazetteer,
            language.lexicon,
        )
        decided = self._decider.apply(reading)
        return against_interest(decided, annotation, language.lexicon)

    @cached_property
    def _decider(self) -> Decider:
        return Decider(self._ledger, self._language.gazetteer)


class _Language:
    """Engine and language data, each loaded when it is first needed."""

    def __init__(self, overlays: tuple[Path, ...]) -> None:
        self.overlays = overlays

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon.load(self.overlays)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer.load(self.overlays)

    @cached_property
    def annotator(self) -> Annotator:
        look_seldom()
        annotator = Annotator(self.gazetteer, self.lexicon)
        # Model and names stay as long as the process; to look through them for garbage over and
        # over would be a tenth of all work.
        gc.freeze()
        return annotator


@cache
def _of_this_process(overlays: tuple[Path, ...], decisions: tuple[Decision, ...]) -> Pipeline:
    """The one pipeline that all parts of a build share in a worker."""
    return Pipeline(overlays).deciding(Ledger(decisions))
