"""What a build says about itself when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import click

from kg.build import BuildResult, Plan
from kg.cli.console import count, plain, say
from kg.model import Extracted, Skipped, Status


def describe(result: BuildResult) -> None:
    """Prints the summary of a build on stderr, and a line for each thing that went wrong."""
    for skip in result.skipped:
        say(f"skipped {skip.uri}: {skip.reason}")
    _describe_plan(result.plan)
    counts = result.counts
    sentences = sum(counts.sentences.values())
    copies = f" ({counts.copies:,} repeating another)" if counts.copies else ""
    skipped = count(len(result.skipped), "input")
    say(
        f"{count(counts.reports, 'report')}{copies}, {skipped} skipped; "
        f"{count(sentences, 'sentence')}: {_shares(counts.sentences, get_args(Extracted))}"
    )
    say(
        f"{count(counts.entities, 'entity', 'entities')}, {count(counts.claims, 'claim')}, "
        f"{count(counts.open_claims, 'open claim')}, "
        f"{count(counts.sayings, 'link')} from a source to what it said"
    )
    say(
        f"{count(sum(counts.facts.values()), 'fact')} between entities: "
        f"{_shares(counts.facts, get_args(Status))}"
    )
    _describe_findings(result)
    say(f"{result.output}: " + ("written" if result.changed else "nothing changed"))


def announce(plan: Plan, skipped: Iterable[Skipped]) -> int:
    """Prints what a build would do, a line a report on stdout; gives 1 if there is any, else 0."""
    for skip in skipped:
        say(f"skipped {skip.uri}: {skip.reason}")
    lines = [
        *(f"add {uri}" for uri in plan.added),
        *(f"change {uri}" for uri in plan.changed),
        *(f"delete {uri}" for uri in plan.deleted),
        *(f"move {before} to {after}" for before, after in plan.moved),
        *(f"read again {uri}" for uri in plan.again),
    ]
    for line in lines:
        click.echo(plain(line))
    say(f"{count(plan.parses, 'text')} to parse, {count(plan.unchanged, 'report')} unchanged")
    return 1 if lines else 0


def _describe_plan(plan: Plan) -> None:
    """What came, went or changed; nothing on the first build and when all is as it was."""
    parts = {
        "added": plan.added,
        "changed": plan.changed,
        "deleted": plan.deleted,
        "moved": plan.moved,
        "read again": plan.again,
    }
    if plan.unchanged or any(parts[name] for name in parts if name != "added"):
        said = [f"{len(names):,} {name}" for name, names in parts.items() if names]
        say(", ".join([*said, f"{plan.unchanged:,} unchanged"]))


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
