"""`kg check`: what is wrong with the ontology and the language data, each with code and place.

| Code  | Finding |
|-------|---------|
| KG101 | A file is not valid YAML or breaks its schema: unknown key, wrong type, missing entry |
| KG102 | The type of an event file is no class of the ontology |
| KG103 | The type of an event file is no class of events |
| KG104 | An edge is no plain edge of the ontology |
| KG105 | A filler or a table names a class that the ontology has not, or that is not of entities |
| KG106 | A role that is not allowed |
| KG107 | A spatial relation that `slots.yml` does not give |
| KG108 | Claimed twice: a lemma that an earlier frame always takes, a class with two files |
| KG109 | A dead entry: a role or slot that nothing fills, a frame without trigger |
| KG110 | An event file without an example that says the event |
| KG111 | An example that cannot be met: odd form, value, type, or words not in the sentence |
| KG112 | A word that stands twice in a table, so that only the first counts |
| KG113 | A pattern, grammar or number that does not compile |
| KG114 | A file that nothing reads |
| KG121 | The entities: bad YAML or CSV, unknown key or class, malformed id, dangling link |
| KG131 | `kg.ttl` or `shapes.ttl` does not parse |
| KG132 | `kg.ttl` and the tables of `kg.vocab` differ |
| KG133 | A shipped query does not parse |
| KG134 | A shape or query names a term that the ontology has not |
| KG201 | An example whose event is not found as it should be |
| KG202 | A counterexample in which the event is found |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg import gazetteer
from kg.build.lint.events import check_events
from kg.build.lint.examples import all_examples, run_examples
from kg.build.lint.finding import Finding, ordered
from kg.build.lint.graphs import check_graphs
from kg.build.lint.tables import SCHEMAS, check_table
from kg.build.pipeline import Reader
from kg.errors import ResourceError
from kg.lexicon import EventFile
from kg.resources import YamlFile, load_yaml, ontology_path, read_yaml, resource_files
from kg.slots import Slots

__all__ = ["Finding", "check_examples", "lint"]

_READ_FROM_OVERLAYS = (("events", ".yml"), ("entities", ".yml"), ("entities", ".csv"))


def lint(overlays: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Checks the shipped files and those of the overlays without a language model, sorted.

    A file that breaks its schema is one finding; the others are still checked. Raises
    `ResourceError` when an overlay is no folder.
    """
    return ordered(
        (
            *_tables(),
            *_events(overlays),
            *_entities(overlays),
            *check_graphs(),
            *_unread(overlays),
        )
    )


def check_examples(reader: Reader, overlays: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Runs every example through the stages; raises `ResourceError` for a file that is KG101."""
    return ordered(run_examples(all_examples(overlays), reader))


def _tables() -> Iterator[Finding]:
    for name, schema in SCHEMAS.items():
        try:
            file = read_yaml(ontology_path("lexicon", f"{name}.yml"))
            file.convert(schema)
        except ResourceError as error:
            yield Finding.of_error("KG101", error)
        else:
            yield from check_table(file)


def _events(overlays: Sequence[Path]) -> Iterator[Finding]:
    loaded: list[tuple[YamlFile, EventFile]] = []
    for path in resource_files("events", "*.yml", overlays):
        try:
            file = read_yaml(path)
            loaded.append((file, file.convert(EventFile)))
        except ResourceError as error:
            yield Finding.of_error("KG101", error)
    try:
        slots = load_yaml(ontology_path("lexicon", "slots.yml"), Slots)
    except ResourceError:  # told with the tables; without slots no role can be judged
        return
    yield from check_events(loaded, slots)


def _entities(overlays: Sequence[Path]) -> Iterator[Finding]:
    try:
        gazetteer.load(overlays)
    except ResourceError as error:
        yield Finding.of_error("KG121", error)


def _unread(overlays: Sequence[Path]) -> Iterator[Finding]:
    for path in sorted(ontology_path("lexicon").iterdir()):
        if path.suffix != ".yml" or path.stem not in SCHEMAS:
            yield Finding("KG114", f"ontology/lexicon/{path.name}", "nothing reads this file")
    for overlay in overlays:
        for path in sorted(path for path in overlay.rglob("*") if path.is_file()):
            if (
                path.parent.relative_to(overlay).as_posix(),
                path.suffix,
            ) not in _READ_FROM_OVERLAYS:
                message = "nothing reads this file of an overlay, only events/ and entities/"
                yield Finding("KG114", str(path), message)
