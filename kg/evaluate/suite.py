"""What a suite is: how its files are read, our reading put in its terms, and that scored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from kg.evaluate.files import find_files, read_lines
from kg.evaluate.measure import Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text


@dataclass(frozen=True, slots=True)
class Slip:
    """One miss or false alarm: an entry of the linguist's work list.

    `kind` is `<what>_miss`, `<what>_false` or `<what>_wrong`; `rule` is the rule of our claim.
    """

    kind: str
    sentence: str
    gold: str = ""
    ours: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One document's rows by name, and its slips."""

    rows: Mapping[str, Row]
    slips: tuple[Slip, ...] = field(default=())


class Suite[Item, Answer](ABC):
    """A set of documents with a key. `Answer` is what a system hands in for one `Item`.

    `patterns` recognise the files of the suite (any half of the set), `without` those in the same
    folder that are not items; `record` is the type of one line of them.
    """

    name: ClassVar[str]
    patterns: ClassVar[tuple[str, ...]]
    without: ClassVar[tuple[str, ...]] = ()
    metrics: ClassVar[tuple[Metric, ...]]
    record: type[Item]

    def files(self, folder: Path) -> list[Path]:
        return find_files(folder, *self.patterns, without=self.without)

    def load(self, files: Sequence[Path], problems: list[str]) -> list[Item]:
        """The items of the files; what cannot be read goes to `problems` as `file:line: reason`.

        By default one JSON line is one `record`.
        """
        return [item for path in files for item in read_lines(path, self.record, problems)]

    @abstractmethod
    def text(self, item: Item) -> Text:
        """What the pipeline is given to read."""

    @abstractmethod
    def answer(self, item: Item, outcome: Outcome, pipeline: Pipeline) -> Answer:
        """Our reading in the suite's terms."""

    @abstractmethod
    def key(self, item: Item) -> Answer:
        """The perfect submission."""

    @abstractmethod
    def blank(self, item: Item) -> Answer:
        """The empty submission."""

    @abstractmethod
    def judge(self, item: Item, answer: Answer) -> Judgement:
        """One document scored: a row for every row name in `metrics`."""

    def judge_all(self, items: Sequence[Item], answers: Sequence[Answer]) -> list[Judgement]:
        """All documents scored; overridden where a row needs to know the whole submission."""
        return [self.judge(item, answer) for item, answer in zip(items, answers, strict=True)]

    def part(self, _item: Item) -> str | None:
        """The name of the part of the suite that is also reported apart, if the item is in one."""
        return None
