"""The decisions of a user on what is one thing: a YAML file that is written and read here.

A file is one list in order of time, so that `kg merge` can add to what somebody has edited and
commented by hand. The last word on a pair counts, hence nothing has to be deleted to be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import yaml

from kg.errors import ResourceError
from kg.gazetteer import fold
from kg.model import Decision, Verdict
from kg.resources import read_yaml

HEADER = """\
# What is one thing and what is not, beside the rules. `kg merge`, `kg split` and `kg aliases` add
# to this list; edit it as you like. `kg build` honours it, and the last word on a pair counts.
"""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

Pair = frozenset[str]


class Ledger:
    """Decisions, weighed against each other."""

    def __init__(
        self,
        decisions: Sequence[Decision] = (),
        where: Callable[[int], str | None] = lambda _: None,
    ) -> None:
        """`where` tells the place of the n-th decision, for errors.

        Raises `ResourceError` for a decision that makes no sense, and for entities that are to be
        different but are the same by way of others.
        """
        self.decisions = tuple(decisions)
        self.pairs: dict[Pair, Decision] = {}
        self.names: dict[tuple[str, str], Decision] = {}
        self.splits: dict[tuple[str, str], tuple[str, Decision]] = {}
        for number, decision in enumerate(decisions):
            if problem := _problem(decision):
                raise ResourceError(problem, where(number))
            self._enter(decision)
        self._above: dict[str, str] = {}
        for pair, decision in self.pairs.items():
            if decision.verdict == "same":
                self._join(*sorted(pair, key=decision.entities.index))
        for pair, decision in self.pairs.items():
            one, other = sorted(pair)
            if decision.verdict == "different" and self.root(one) == self.root(other):
                raise ResourceError(
                    f"`{one}` and `{other}` are to be different, but the same by way of others",
                    where(self.decisions.index(decision)),
                )

    def __bool__(self) -> bool:
        return bool(self.decisions)

    @property
    def entities(self) -> frozenset[str]:
        """Every entity that a decision names."""
        return frozenset(entity for each in self.decisions for entity in each.entities)

    def about(self, entity: str) -> list[Decision]:
        """The decisions that name an entity, the last first."""
        return [each for each in reversed(self.decisions) if entity in each.entities]

    def root(self, entity: str) -> str:
        """The entity that stands for all that are decided to be the same as this one."""
        while entity in self._above:
            entity = self._above[entity]
        return entity

    @property
    def merged(self) -> Iterator[str]:
        """The entities that another one stands for."""
        yield from self._above

    def behind(self, entity: str) -> Decision:
        """The last decision that makes an entity the same as another; KeyError if none does."""
        for pair, decision in reversed(self.pairs.items()):
            if entity in pair and decision.verdict == "same":
                return decision
        raise KeyError(entity)

    def apart(self, one: str, other: str) -> bool:
        """Whether the two are decided to be different, or not decidable."""
        decision = self.pairs.get(frozenset((one, other)))
        return decision is not None and decision.verdict != "same"

    def _enter(self, decision: Decision) -> None:
        entities = decision.entities
        for name in decision.names:
            self.names[entities[0], fold(name).casefold()] = decision
        if decision.verdict == "same":
            found = [frozenset((entities[0], other)) for other in entities[1:]]
        else:
            found = [frozenset(pair) for pair in combinations(entities, 2)]
        for pair in found:
            self.pairs.pop(pair, None)  # the order is that of the last words
            self.pairs[pair] = decision
        for report in decision.reports:
            self.splits[entities[0], report] = (entities[1], decision)

    def _join(self, kept: str, other: str) -> None:
        kept, other = self.root(kept), self.root(other)
        if kept != other:
            self._above[other] = kept


def read(path: Path) -> Ledger:
    """The decisions in a file, none where there is none. Raises `ResourceError` (`file:line`)."""
    if not path.exists():
        return Ledger()
    file = read_yaml(path)
    if file.value is None:
        return Ledger()
    return Ledger(file.convert(tuple[Decision, ...]), file.where)


def append(path: Path, decision: Decision) -> Ledger:
    """Adds a decision at the end of the file, which is made if need be; what is there stays.

    Raises `ResourceError` when the decision contradicts the others; then nothing is written.
    """
    ledger = read(path)
    before = path.read_text(encoding="utf-8") if path.exists() else HEADER
    Ledger((*ledger.decisions, decision))
    text = before + ("" if before.endswith("\n") else "\n") + _item(decision)
    aside = path.with_name(path.name + ".partial")
    aside.write_text(text, encoding="utf-8", newline="\n")
    try:
        added = read(aside)
        if added.decisions != (*ledger.decisions, decision):
            raise ResourceError("is not a plain list at its end; nothing was added", str(path))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return added


def summary(decision: Decision) -> str:
    """The decision on one line: `different: a, b; in r.txt: the painter (Ann)`."""
    parts = [f"{decision.verdict}: {', '.join(decision.entities)}"]
    for word, values in (("names", decision.names), ("in", decision.reports)):
        if values:
            parts.append(f"{word} {', '.join(values)}")
    why = f": {decision.reason}" if decision.reason else ""
    who = f" ({decision.author})" if decision.author else ""
    return "; ".join(parts) + why + who


def _item(decision: Decision) -> str:
    """The decision as an item of a block list, without what is left at its default."""
    plain = msgspec.to_builtins(decision)
    default = msgspec.to_builtins(Decision(decision.verdict, ()))
    fields = {
        name: list(value) if isinstance(value, list | tuple) else value
        for name, value in plain.items()
        if value != default[name] or name == "verdict"
    }
    return yaml.safe_dump(
        [fields], allow_unicode=True, sort_keys=False, default_flow_style=None, width=100
    )


def _problem(decision: Decision) -> str | None:
    """What is wrong with a decision by itself."""
    entities, verdict = decision.entities, decision.verdict
    for entity in entities:
        if not _ID.fullmatch(entity):
            return f"`{entity}` is not the local name of an entity"
    if len(set(entities)) != len(entities):
        return "names an entity twice"
    if not 0.0 <= decision.score <= 1.0:
        return "`score` must lie between 0 and 1"
    if decision.reports and (verdict != "different" or len(entities) != 2):
        return (
            "`reports` need the verdict `different`, and two entities: which is not, and which is"
        )
    if decision.names:
        return _names_problem(verdict, entities)
    return None if len(entities) >= 2 else "needs two entities, or one with `names`"


def _names_problem(verdict: Verdict, entities: Sequence[str]) -> str | None:
    if verdict == "unsure" or len(entities) != 1:
        return "`names` need one entity, and the verdict `same` or `different`"
    return None
