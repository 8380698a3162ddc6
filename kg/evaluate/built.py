"""The product's own pipeline, as the evaluation uses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from kg import graph
from kg.build import Pipeline
from kg.evaluate.offsets import moved
from kg.evaluate.phrases import noun_phrases
from kg.evaluate.pipeline import Outcome, Text
from kg.ingest.sections import outline
from kg.ingest.text import read_text
from kg.model import Document, Reading, Statement


class Built:
    """Reads texts as a build reads reports; the engine and the language data are loaded once."""

    def __init__(self) -> None:
        """Raises `ResourceError` for a broken ontology."""
        self._pipeline = Pipeline()

    @property
    def engine(self) -> str:
        return self._pipeline.engine

    def read_many(self, texts: Sequence[Text]) -> Iterator[Outcome]:
        documents = map(_document, texts)
        read = self._pipeline.annotate_and_read(documents, every_clause=True)
        for text, (annotation, reading) in zip(texts, read, strict=True):
            phrases = tuple(noun_phrases(annotation, reading.chains))
            outcome = Outcome(reading, annotation.times, annotation.quantities, phrases)
            yield moved(outcome, reading.document.text, text.text)

    def statements(self, readings: Sequence[Reading]) -> tuple[Statement, ...]:
        return graph.derive_statements(readings, self._pipeline.edges)


def _document(text: Text) -> Document:
    """The text as the reader of plain text files would store it."""
    report = read_text(text.text.encode(), text.uri)
    layout = outline(report)
    return Document(
        id=sha256(report.text.encode()).hexdigest(),
        uri=text.uri,
        text=report.text,
        sections=layout.sections,
        title=layout.title,
        published=text.published,
    )
