"""A corpus that needs no language model: countries that advance in each other."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from kg.annotate import Parse
from kg.lexicon import EdgeRule
from kg.model import (
    Argument,
    Audit,
    Claim,
    Document,
    Entity,
    Factuality,
    Filler,
    Reading,
    Sentence,
    Span,
)
from kg.resolve.ledger import Ledger

FILES = {"graph.ttl", "graph.trig", "claims.jsonl", "graph.html", "kg.lock"}
OUTPUTS = FILES | {"store", "search.db"}
ADVANCE = re.compile(r"(\w+) (advanced|did not advance) in (\w+)\.")


class ToyReader:
    """Reads that `Arland advanced in Borvia.`, or did not advance, without a language model."""

    engine = "toy 1"
    edges: Mapping[str, tuple[EdgeRule, ...]] = {
        "Advance": (EdgeRule("advancedIn", subject="agent", object="location"),)
    }

    def deciding(self, decisions: Ledger) -> Self:  # noqa: ARG002
        return self

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Parse]]:
        return ((document, Parse((), (), (), self.engine)) for document in documents)

    def read_parsed(self, document: Document, parse: Parse) -> Reading:  # noqa: ARG002
        found = list(ADVANCE.finditer(document.text))
        return Reading(
            document=document,
            sentences=tuple(
                Sentence(index, Span(*match.span()), 0, 0, "body")
                for index, match in enumerate(found)
            ),
            mentions=(),
            claims=tuple(_claim(document, index, match) for index, match in enumerate(found)),
            entities=tuple(
                Entity(name, "Country", name)
                for name in sorted({match[group] for match in found for group in (1, 3)})
            ),
            references=(),
            audit=tuple(Audit(index, "extracted", "") for index in range(len(found))),
            engine=self.engine,
        )


def _claim(document: Document, index: int, match: re.Match[str]) -> Claim:
    roles = (("agent", 1), ("location", 3))
    return Claim(
        id=f"ev_{document.id[:8]}_{match.start()}",
        type="Advance",
        sentence=index,
        trigger=Span(*match.span(2)),
        arguments=tuple(
            Argument(role, Filler(Span(*match.span(group)), entity=match[group]))
            for role, group in roles
        ),
        factuality=Factuality(polarity="positive" if match[2] == "advanced" else "negative"),
        rule="toy#1",
    )


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """The files for people, which have the same bytes for the same input."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name in FILES}


class Dying(ToyReader):
    """Ends its process, once, on the report that is named; `marker` remembers that it did."""

    def __init__(self, uri: str, marker: Path) -> None:
        self.uri = uri
        self.marker = marker

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        if document.uri == self.uri and not self.marker.exists():
            self.marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read_parsed(document, parse)


def double(number: int) -> int:
    """Work for a worker."""
    return 2 * number


def double_unless_deadly(marker: Path, number: int) -> int:
    """Ends its process on 3 once, and on 7 each time."""
    if number == 7 or (number == 3 and not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return double(number)


def fail(number: int) -> int:
    """Raises."""
    raise ValueError(f"not {number}")


def linger(number: int) -> int:
    """Says which process it is in, and stays there."""
    print(os.getpid(), flush=True)  # noqa: T201
    time.sleep(60)
    return number


class Slow(ToyReader):
    """Takes its time, as a language model does."""

    def read_parsed(self, document: Document, parse: Parse) -> Reading:
        time.sleep(0.03)
        return super().read_parsed(document, parse)
