"""The bare language engine on the text that a build parses: `python -m benchmarks.bare JSONL`."""

from __future__ import annotations

import sys
from pathlib import Path

import spacy

from kg import ingest
from kg.annotate.engine import model_folder
from kg.model import Document


def main(paths: list[str]) -> None:
    """Parses every paragraph, as spaCy's own users would: one pipe, the model's own components."""
    engine = spacy.load(model_folder())
    documents = [item for item in ingest.read(list(map(Path, paths))) if isinstance(item, Document)]
    texts = (
        document.text[section.span.start : section.span.end]
        for document in documents
        for section in document.sections
        if section.kind != "boilerplate"
    )
    for _ in engine.pipe(texts, batch_size=64):
        pass


if __name__ == "__main__":
    main(sys.argv[1:])
