"""Runs the examples that the language data carries through the stages that use them.

An example is met by one claim of its type, or of a type below it, that has all it asks for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.lint.finding import Finding
from kg.build.lint.matching import describe, misses
from kg.build.pipeline import Reader
from kg.lexicon import EventFile, Interest, Operators
from kg.model import Document, Reading, Section, Span
from kg.resources import YamlFile, ontology_path, read_yaml, resource_files
from kg.vocab import is_a

OPERATOR_EXAMPLE = re.compile(r"(?P<text>.+?) => (?P<value>\S+) (?P<modality>[a-z]+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what some claim in it must be; `never` asks that there is no such claim."""

    where: str
    text: str
    type: str
    expected: Mapping[str, str]
    never: bool = False


def event_examples(path: Path) -> tuple[Example, ...]:
    """The examples of an event file. Raises `ResourceError` when it breaks its schema."""
    file = read_yaml(path)
    event = file.convert(EventFile)
    return tuple(
        Example(
            where=file.where("examples", number),
            text=each.get("say") or each.get("never", ""),
            type=event.type,
            expected={key: text for key, text in each.items() if key not in ("say", "never")},
            never="never" in each,
        )
        for number, each in enumerate(event.examples)
    )


def operator_examples(path: Path) -> tuple[Example, ...]:
    """Examples of the form `sentence => VALUE modality`, of any event; others are left out."""
    file = read_yaml(path)
    file.convert(Operators)
    return tuple(
        Example(
            where=where,
            text=match["text"],
            type="Event",
            expected={"value": match["value"], "modality": match["modality"]},
        )
        for where, text in operator_texts(file)
        if (match := OPERATOR_EXAMPLE.fullmatch(text))
    )


def interest_examples(path: Path) -> tuple[Example, ...]:
    """The examples of `interest.yml`. Raises `ResourceError` when it breaks its schema."""
    file = read_yaml(path)
    return tuple(
        Example(
            where=file.where("examples", number),
            text=each.get("say", ""),
            type=each.get("type", "Event"),
            expected={key: text for key, text in each.items() if key not in ("say", "type")},
        )
        for number, each in enumerate(file.convert(Interest).examples)
    )


def operator_texts(file: YamlFile) -> Iterator[tuple[str, str]]:
    """Where each example of `operators.yml` stands, and its text."""
    for table, entries in file.value.items():
        for index, entry in enumerate(entries):
            if isinstance(entry, dict):
                for number, text in enumerate(entry.get("examples", ())):
                    yield file.where(table, index, "examples", number), text


def all_examples(overlays: Sequence[Path] = ()) -> tuple[Example, ...]:
    """Every example of the event files, of the operators and of what tells against an interest."""
    files = resource_files("events", "*.yml", overlays)
    events = (example for path in files for example in event_examples(path))
    return (
        *events,
        *operator_examples(ontology_path("lexicon", "operators.yml")),
        *interest_examples(ontology_path("lexicon", "interest.yml")),
    )


def run_examples(examples: Sequence[Example], reader: Reader) -> Iterator[Finding]:
    """A finding for each example that is not met."""
    readings = reader.read(_document(example) for example in examples)
    for example, reading in zip(examples, readings, strict=True):
        problem = _problem(example, reading)
        if problem:
            code, message = problem
            yield Finding(code, example.where, message)


def _problem(example: Example, reading: Reading) -> tuple[str, str] | None:
    claims = [claim for claim in reading.claims if is_a(claim.type, example.type)]
    if example.never:
        found = next((describe(claim, reading) for claim in claims), None)
        return ("KG202", f"found {found} in: {example.text}") if found else None
    if any(not misses(claim, reading, example.expected) for claim in claims):
        return None
    wanted = ", ".join(f"{key}={words}" for key, words in example.expected.items())
    found = "; ".join(describe(claim, reading) for claim in claims or reading.claims) or "nothing"
    return "KG201", f"no {example.type}({wanted}) in: {example.text} [found: {found}]"


def _document(example: Example) -> Document:
    text = example.text
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest(),
        uri=example.where,
        text=text,
        sections=(Section(Span(0, len(text)), "body"),),
        title="",
    )
