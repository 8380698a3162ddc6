"""What a build says about itself when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from kg.build import BuildResult
from kg.cli.console import count, say
from kg.model import Extracted, Status

HELD_BACK = [status for status in get_args(Status) if status != "asserted"]


def describe(result: BuildResult) -> None:
    """Prints the summary of a build on stderr, and a line for each thing that went wrong."""
    for skip in result.skipped:
        say(f"skipped {skip.uri}: {skip.reason}")
    sentences = [audit.status for reading in result.readings for audit in reading.audit]
    entities = {entity.id for reading in result.readings for entity in reading.entities}
    claims = sum(len(reading.claims) for reading in result.readings)
    say(
        f"{count(len(result.readings), 'report')}, {count(len(result.skipped), 'input')} skipped; "
        f"{count(len(sentences), 'sentence')}: {_shares(Counter(sentences), get_args(Extracted))}"
    )
    standing = Counter(statement.status for statement in result.statements)
    facts = standing.pop("asserted", 0)
    opened = sum(len(reading.open_claims) for reading in result.readings)
    say(
        f"{count(len(entities), 'entity', 'entities')}, {count(claims, 'claim')}, "
        f"{count(opened, 'open claim')}, {count(facts, 'fact')}; "
        f"held back: {_shares(standing, HELD_BACK)}"
    )
    _describe_findings(result)
    say(f"{result.output}: " + ("written" if result.changed else "nothing changed"))


def _shares(counts: Mapping[Any, int], order: Iterable[str]) -> str:
    return ", ".join(f"{counts.get(value, 0):,} {value}" for value in order)


def _describe_findings(result: BuildResult) -> None:
    if result.findings is None:
        say("the shapes were not checked (`--validate` does it)")
        return
    for finding in result.findings:
        say(f"{finding.severity}: {finding.node} {finding.path}: {finding.message}")
    if not result.findings:
        say("the graph keeps every shape")
