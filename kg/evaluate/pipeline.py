"""What the evaluation needs of the pipeline: texts in, readings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from msgspec import Struct

from kg.model import Quantity, Reading, Span, Statement, Time


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read, as it stands in the suite; answers are given in its offsets."""

    uri: str
    text: str
    published: date | None = None


class Outcome(Struct, frozen=True):
    """What was read from one text, with all times and quantities, also those of no claim.

    `phrases` are the whole noun phrases of the mentions, then of the chains, in their order; none
    for a mention that is an adjective or a relative pronoun.
    """

    reading: Reading
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    phrases: tuple[Span | None, ...] = ()


class Pipeline(Protocol):
    """The chain under test, injected so that a scorer can be tried without a language model."""

    def read_many(self, texts: Sequence[Text]) -> Iterator[Outcome]:
        """One outcome a text, in order, with offsets into the given text."""
        ...

    @property
    def engine(self) -> str:
        """Name and version of the language engine."""
        ...

    def statements(self, readings: Sequence[Reading]) -> tuple[Statement, ...]:
        """The plain edges over all the readings, as a build would derive them."""
        ...
