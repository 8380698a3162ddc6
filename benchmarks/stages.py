"""CPU of the stages that know who and where, to that of the bare language engine.

    python -m benchmarks.stages reports.jsonl --limit 2000

Reads the reports (any format that `kg build` reads) in one process, in turns of a hundred, so that
a busy machine slows all sides alike, and prints a table. The bare engine is run as the product runs
it, report by report, since a report must not be read differently for its neighbours, and in one
stream. What the stage adds is what is done with a parse: finding mentions, times and quantities,
and resolving. Memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import batched, islice
from pathlib import Path

import spacy

from kg import gazetteer, ingest, lexicon
from kg.annotate.engine import Annotator, complete, model_folder
from kg.extract import extract
from kg.model import Document
from kg.resolve import resolve

_TURN = 100
_BARE = "bare engine, report by report"
_STREAM = "bare engine, in one stream"
_PARSED = "the product's parse, with the known names"
_OWN = ("mentions, times, quantities", "references")


class _Clock:
    """CPU seconds by the name of what was done."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time[T](self, name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        self.seconds[name] += time.process_time() - start
        return result


class _Bench:
    """The stages with their data loaded once; the engine is the same on both sides."""

    def __init__(self) -> None:
        self.clock = _Clock()
        self._places, self._words = gazetteer.load(), lexicon.load()
        self._annotator = Annotator(self._places, self._words)
        self._engine = spacy.load(model_folder())  # the product's has been made faster

    def turn(self, documents: Sequence[Document]) -> None:
        texts = [_paragraphs(document) for document in documents]
        every = [text for paragraphs in texts for text in paragraphs]
        self.clock.time(_STREAM, lambda: list(self._engine.pipe(every, batch_size=64)))
        self.clock.time(_BARE, lambda: [list(self._engine.pipe(each)) for each in texts])
        parses = self.clock.time(_PARSED, lambda: list(self._annotator.parse(documents)))
        own, claims = _OWN, "claims"
        places, words = self._places, self._words
        annotated = self.clock.time(
            own[0], lambda: [(d, complete(d, parse, places, words)) for d, parse in parses]
        )
        found = self.clock.time(claims, lambda: [extract(d, a, words) for d, a in annotated])
        self.clock.time(
            own[1],
            lambda: [
                resolve(
                    document,
                    annotation,
                    each.claims,
                    each.open_claims,
                    each.audit,
                    places,
                    words,
                )
                for (document, annotation), each in zip(annotated, found, strict=True)
            ],
        )


def _paragraphs(document: Document) -> list[str]:
    return [
        document.text[section.span.start : section.span.end]
        for section in document.sections
        if section.kind != "boilerplate"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of the stages, to the bare engine's.")
    parser.add_argument("reports", type=Path)
    parser.add_argument("--limit", type=int, default=2000)
    options = parser.parse_args()
    bench = _Bench()
    read = (item for item in ingest.read([options.reports]) if isinstance(item, Document))
    for documents in batched(islice(read, options.limit), _TURN):
        bench.turn(documents)
    seconds = bench.clock.seconds
    bare = seconds[_BARE]
    rows = {**seconds, "who and where": sum(seconds[name] for name in _OWN)}
    for name, value in rows.items():
        sys.stdout.write(f"{name:36} {value:8.2f} s {value / bare:6.2f}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"peak memory {peak:,.0f} MB\n")


if __name__ == "__main__":
    main()
