"""What a build says about itself when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from kg.build import BuildResult
from kg.cli.console import count, say
from kg.model import Extracted, Status


def describe(result: BuildResult) -> None:
    """Prints the summary of a build on stderr, and a line for each thing that went wrong."""
    for skip in result.skipped:
        say(f"skipped {skip.uri}: {skip.reason}")
    sentences = [audit.status for reading in result.readings for audit in reading.audit]
    entities = {entity.id for reading in result.readings for entity in reading.entities}
    claims = sum(len(reading.claims) for reading in result.readings)
    say(
        f"{count(len(result.readings), 'report')}, {count(len(result.skipped), 'input')} skipped; "
        f"{count(len(sentences), 'sentence')} {_shares(sentences, get_args(Extracted))}"
    )
    facts = [statement.status for statement in result.statements]
    say(
        f"{count(len(entities), 'entity', 'entities')}, {count(claims, 'claim')}, "
        f"{count(len(facts), 'edge')} {_shares(facts, get_args(Status))}"
    )
    _describe_findings(result)
    say(f"{result.output}: " + ("written" if result.changed else "nothing changed"))


def _shares(values: Iterable[str], order: Iterable[str]) -> str:
    counts = Counter(values)
    return "(" + ", ".join(f"{counts[value]:,} {value}" for value in order) + ")"


def _describe_findings(result: BuildResult) -> None:
    if result.findings is None:
        say("the shapes were not checked (`--validate` does it)")
        return
    for finding in result.findings:
        say(str(finding))
    if not result.findings:
        say("the graph keeps every shape")
