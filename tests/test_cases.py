"""Claims by phenomenon: the sentences of `tests/cases/` give what is expected of them, no more.

A case with `xfail` expects what is right and is known to fail; once it holds it is unmarked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.build import Pipeline
from kg.build.lint.matching import describe, misses, named
from kg.graph import derive_statements
from kg.model import Claim, Document, Filler, Reading, Section, Span
from kg.resources import load_yaml

FOLDER = Path(__file__).parent / "cases"
FILES = (
    "syntax",
    "events",
    "factuality",
    "attribution",
    "reference",
    "precision",
    "front",
    "roles",
    "circumstances",
)

Expected = Mapping[str, str | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """Text, the claims that it must and must not give, and all its plain facts where told.

    Besides what an example of an event file may ask for, a claim may be asked for `kind` of its
    attribution, `outer` (the source behind the nearest one), `via`, `basis`, `part` (a partitive
    role), `time` (its words), `words` (those of a role, no more and no less), and `is`: the label
    of the entity behind a role or `source`. `same` names words that mean one entity, `means` gives
    the id that words are linked to, `kinds` the class of what they mean, `apart` words that mean
    different things, `unknown` words of which that is left open. `title` is the headline above.
    """

    text: str
    title: str = ""
    expect: list[dict[str, str | dict[str, str]]] = field(default_factory=list)
    absent: list[dict[str, str | dict[str, str]]] = field(default_factory=list)
    facts: list[str] | None = None
    same: list[list[str]] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)
    means: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    xfail: str | None = None


def cases() -> Iterator[object]:
    for name in FILES:
        groups = load_yaml(FOLDER / f"{name}.yml", dict[str, list[Case]])
        for phenomenon, members in groups.items():
            for number, case in enumerate(members, 1):
                marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
                yield pytest.param(case, id=f"{phenomenon}-{number}", marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: Case, pipeline: Pipeline) -> None:
    reading = read(case.text, pipeline, case.title)
    shown = "\n".join(describe(claim, reading) for claim in reading.claims)
    for expected in case.expect:
        assert any(fits(claim, reading, expected) for claim in reading.claims), (expected, shown)
    for unwanted in case.absent:
        assert not any(fits(claim, reading, unwanted) for claim in reading.claims), (
            unwanted,
            shown,
        )
    if case.facts is not None:
        assert facts(reading, pipeline) == sorted(case.facts), shown
    for words in case.same:
        assert len({entity_of(reading, each) for each in words}) == 1, words
    for words in case.apart:
        found = [entity_of(reading, each) for each in words]
        assert len(set(found)) == len(found), words
    for each in case.unknown:
        assert not meant(reading, each), each
    for each, id_ in case.means.items():
        assert entity_of(reading, each) == id_, each
    for each, kind in case.kinds.items():
        entity = entity_of(reading, each)
        assert next(e.type for e in reading.entities if e.id == entity) == kind, each


def read(text: str, pipeline: Pipeline, title: str = "") -> Reading:
    whole = f"{title}\n\n{text}" if title else text
    digest = hashlib.sha256(whole.encode()).hexdigest()
    above = (Section(Span(0, len(title)), "title"),) if title else ()
    sections = (*above, Section(Span(len(whole) - len(text), len(whole)), "body"))
    (reading,) = pipeline.read([Document(digest, "case.txt", whole, sections, title=title)])
    return reading


def fits(claim: Claim, reading: Reading, expected: Expected) -> bool:
    plain = {
        key: words
        for key, words in expected.items()
        if isinstance(words, str) and key not in ("kind", "outer", "via", "basis", "part", "time")
    }
    return not misses(claim, reading, plain) and all(special(claim, reading, expected))


def special(claim: Claim, reading: Reading, expected: Expected) -> Iterator[bool]:
    steps = claim.attributions
    for key, words in expected.items():
        if key == "kind":
            yield bool(steps) and steps[0].kind == words
        elif key == "outer":
            yield len(steps) > 1 and named(reading, str(words), steps[1].sources)
        elif key == "via":
            yield any(named(reading, str(words), step.via) for step in steps)
        elif key == "basis":
            yield any(named(reading, str(words), step.basis) for step in steps)
        elif key == "time":
            span = claim.time.span if claim.time is not None else Span(0, 0)
            yield reading.document.text[span.start : span.end] == words
        elif key == "part":
            yield any(argument.part for argument in claim.fillers(str(words)))
        elif isinstance(words, Mapping):
            told = in_words if key == "words" else labels
            yield from (label in told(claim, reading, role) for role, label in words.items())


def in_words(claim: Claim, reading: Reading, role: str) -> set[str]:
    spans = (filler.span for filler in fillers(claim, role))
    return {reading.document.text[span.start : span.end] for span in spans}


def labels(claim: Claim, reading: Reading, role: str) -> set[str | None]:
    return {name(reading, filler.entity) for filler in fillers(claim, role)}


def fillers(claim: Claim, role: str) -> tuple[Filler, ...]:
    if role == "source":
        return claim.attributions[0].sources if claim.attributions else ()
    return tuple(argument.filler for argument in claim.fillers(role))


def name(reading: Reading, entity: str | None) -> str | None:
    return next((each.label for each in reading.entities if each.id == entity), None)


def facts(reading: Reading, pipeline: Pipeline) -> list[str]:
    """The asserted plain edges between entities, by label."""
    return sorted(
        f"{name(reading, each.subject)} {each.predicate} {name(reading, each.object)}"
        for each in derive_statements([reading], pipeline.edges)
        if each.status == "asserted" and each.predicate != "claimed"
    )


def entity_of(reading: Reading, words: str) -> str:
    """The entity of the mention that is, or ends with, or holds these words."""
    found = meant(reading, words)
    assert found, words
    return min(found)[1]


def meant(reading: Reading, words: str) -> list[tuple[int, str]]:
    """What the mentions that end there mean, each with the characters that it differs by."""
    start = reading.document.text.index(words)
    whole = Span(start, start + len(words))
    return [
        (abs(span.start - whole.start) + abs(span.end - whole.end), reference.entity)
        for reference in reading.references
        for span in (reading.mentions[reference.mention].span,)
        if span.overlaps(Span(whole.end - 1, whole.end))
    ]
