"""Checks the tables of `ontology/lexicon/`: schema, terms, doubled words, patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from kg.annotate.engine import EngineWords
from kg.annotate.numerals import NumberWords
from kg.annotate.quantity_words import QuantityWords
from kg.annotate.time_words import TimeLexicon, TimeWords
from kg.build.lint.events import ROLES, VALUES
from kg.build.lint.examples import OPERATOR_EXAMPLE, operator_texts
from kg.build.lint.finding import Finding
from kg.errors import ResourceError
from kg.ingest.boilerplate import Pattern
from kg.ingest.dateline import Datelines
from kg.lexicon import Interest, Operators, Reporting
from kg.model import Modality
from kg.people import People
from kg.resolve.identity import IdentityRules
from kg.resolve.interest import INDIVIDUALS
from kg.resolve.rules import CoreferenceRules, MetonymyRules
from kg.resources import Key, YamlFile
from kg.slots import Slots
from kg.vocab import CLASSES, is_a

SCHEMAS: Mapping[str, Any] = {
    "boilerplate": list[Pattern],
    "coreference": CoreferenceRules,
    "datelines": Datelines,
    "engine": EngineWords,
    "identity": IdentityRules,
    "interest": Interest,
    "metonymy": MetonymyRules,
    "nouns": dict[str, tuple[str, ...]],
    "numbers": NumberWords,
    "operators": Operators,
    "people": People,
    "quantities": QuantityWords,
    "reporting": Reporting,
    "slots": Slots,
    "times": TimeWords,
}
"""The tables and what each must be."""

# Lists of which a word may be in one only, since the first that has it wins; `*` is any entry.
_DISJOINT = (
    ("nouns", "*"),
    ("operators", "complements", "*", "lemmas"),
    ("operators", "adjectives", "*", "lemmas"),
    ("operators", "modals", "*", "lemmas"),
    ("operators", "subordinators", "*", "lemmas"),
    ("operators", "nominal_verbs", "*", "lemmas"),
    ("operators", "nominal_nouns", "*", "lemmas"),
    ("operators", "nominal_prepositions", "*", "lemmas"),
    ("operators", "adjective_modifiers", "*", "lemmas"),
    ("quantities", "comparators", "*"),
    ("quantities", "qualifiers", "*"),
    ("quantities", "units", "*", "words"),
    ("reporting", "verbs", "*", "lemmas"),
    ("reporting", "nouns", "*", "lemmas"),
    ("reporting", "adverbs", "*", "lemmas"),
    ("slots", "relators", "*"),
)

# Where a table names classes: as keys or as values.
_CLASS_KEYS = ("nouns",)
_CLASS_LISTS = (
    ("coreference", "anaphors", "*"),
    ("coreference", "pronouns", "*", "classes"),
    ("interest", "speakers"),
)

STANDS = ("against", "none")
"""What an example of `interest.yml` may ask for."""

Place = tuple[tuple[Key, ...], str]


def check_table(file: YamlFile) -> Iterator[Finding]:
    """Findings of a table that keeps its schema."""
    name = file.path.stem
    yield from _doubled(file, name)
    yield from _terms(file)
    if name in _SPECIAL:
        yield from _SPECIAL[name](file)


def _doubled(file: YamlFile, name: str) -> Iterator[Finding]:
    groups = [list(_at(file.value, path[1:])) for path in _DISJOINT if path[0] == name]
    for group in (*groups, *_lists(file.value, ())):
        first: dict[str, tuple[Key, ...]] = {}
        for keys, word in group:
            earlier = first.setdefault(word, keys)
            if earlier != keys:
                message = f"`{word}` stands at {file.where(*earlier)} already, which wins"
                yield Finding("KG112", file.where(*keys), message)


def _at(value: Any, path: tuple[str, ...], keys: tuple[Key, ...] = ()) -> Iterator[Place]:
    """The words in all the lists that a path leads to, with the keys that lead to each."""
    if not path:
        yield from (((*keys, index), word) for index, word in enumerate(value or ()))
        return
    entries = value.items() if isinstance(value, dict) else enumerate(value or ())
    for key, inner in entries:
        if path[0] in ("*", key):
            yield from _at(inner, path[1:], (*keys, key))


def _lists(value: Any, keys: tuple[Key, ...]) -> Iterator[list[Place]]:
    """Every list of words below a value; examples are sentences and may repeat."""
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        yield [((*keys, index), word) for index, word in enumerate(value)]
    elif isinstance(value, list | dict):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in entries:
            if key not in ("examples", "counterexamples"):
                yield from _lists(inner, (*keys, key))


def _terms(file: YamlFile) -> Iterator[Finding]:
    name = file.path.stem
    named: list[Place] = [
        ((key,), key) for path in _CLASS_KEYS if path == name for key in file.value
    ]
    named += [
        place for path in _CLASS_LISTS if path[0] == name for place in _at(file.value, path[1:])
    ]
    for keys, term in named:
        if term not in CLASSES or not is_a(term, "Entity"):
            yield Finding("KG105", file.where(*keys), f"`{term}` is no class of entities")


def _slots(file: YamlFile) -> Iterator[Finding]:
    for preposition, place in file.convert(Slots).places.items():
        if place.role not in ROLES:
            where = file.where("places", preposition, "role")
            yield Finding("KG106", where, f"`{place.role}` is no role")


def _interest(file: YamlFile) -> Iterator[Finding]:
    rules = file.convert(Interest)
    for event, roles in rules.roles.items():
        if event not in CLASSES or not is_a(event, "Event"):
            yield Finding("KG103", file.where("roles", event), f"`{event}` is no class of events")
        for role, classes in roles.items():
            where = file.where("roles", event, role)
            if role not in ROLES:
                yield Finding("KG106", where, f"`{role}` is no role")
            for name in classes:
                if name != INDIVIDUALS and (name not in CLASSES or not is_a(name, "Entity")):
                    yield Finding("KG105", where, f"`{name}` is no class of entities")
    for number, example in enumerate(rules.examples):
        if not {"say", "type"} <= example.keys() or example.get("interest") not in STANDS:
            message = "an example has `say`, `type` and `interest`, which is against or none"
            yield Finding("KG111", file.where("examples", number), message)


def _operators(file: YamlFile) -> Iterator[Finding]:
    for where, text in operator_texts(file):
        match = OPERATOR_EXAMPLE.fullmatch(text)
        if match is None:
            yield Finding("KG111", where, "an example reads `sentence => VALUE modality`")
        elif match["value"] not in VALUES or match["modality"] not in get_args(Modality):
            message = f"`{match['value']} {match['modality']}` is no value and modality"
            yield Finding("KG111", where, message)


def _boilerplate(file: YamlFile) -> Iterator[Finding]:
    for number, entry in enumerate(file.convert(list[Pattern])):
        try:
            re.compile(entry.pattern)
        except re.error as error:
            yield Finding("KG113", file.where(number, "pattern"), f"no pattern: {error}")


def _datelines(file: YamlFile) -> Iterator[Finding]:
    found = file.convert(Datelines)
    for number, form in enumerate(found.forms):
        try:
            found.compiled(form)
        except (re.error, KeyError) as error:
            where = file.where("forms", number, "pattern")
            yield Finding("KG113", where, f"no pattern: {error}")


def _times(file: YamlFile) -> Iterator[Finding]:
    try:
        TimeLexicon(file.convert(TimeWords))
    except (ResourceError, KeyError) as error:
        yield Finding("KG113", file.where("rules"), f"the grammar does not compile: {error}")


def _quantities(file: YamlFile) -> Iterator[Finding]:
    for name, unit in file.convert(QuantityWords).units.items():
        try:
            Decimal(unit.factor)
        except InvalidOperation:
            where = file.where("units", name, "factor")
            yield Finding("KG113", where, f"`{unit.factor}` is no decimal number")


_SPECIAL: Mapping[str, Callable[[YamlFile], Iterator[Finding]]] = {
    "boilerplate": _boilerplate,
    "datelines": _datelines,
    "interest": _interest,
    "operators": _operators,
    "quantities": _quantities,
    "slots": _slots,
    "times": _times,
}
