"""From a fact back to the words it stands on, out of a graph and the lines of `claims.jsonl`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kg.errors import InputError
from kg.store import Answer, Store
from kg.store.identity import Identity, identity, is_known, local_name
from kg.vocab import DATA, NAMESPACE

_CLAIM = re.compile("(?:ev|oc)_([0-9a-f]{8})_[0-9]+.*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FACTS = """
SELECT ?fact ?subject ?predicate ?object ?status ?sources ?documents WHERE {
  ?fact a kg:Relation ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    kg:status ?status ; kg:sourceCount ?sources ; kg:documentCount ?documents .
} ORDER BY ?fact"""
_BEHIND = """
SELECT ?fact ?side ?claim WHERE {
  VALUES ?side { kg:supportedBy kg:opposedBy } ?fact ?side ?claim
} ORDER BY ?fact ?claim"""
_CONTRADICTIONS = "SELECT ?one ?other WHERE { ?one kg:contradicts ?other } ORDER BY ?one ?other"
_NAMES = "SELECT ?node ?name WHERE { ?node rdfs:label|skos:altLabel ?name } ORDER BY ?node ?name"
_LABELS = "SELECT ?node (MIN(?name) AS ?label) WHERE { ?node rdfs:label ?name } GROUP BY ?node"
_LINKS = "SELECT ?node ?link WHERE { ?node skos:exactMatch ?link } ORDER BY ?node ?link"


class Words(msgspec.Struct, frozen=True):
    """A piece of a report, at half-open code point offsets into its text."""

    text: str
    start: int
    end: int


class Role(Words, frozen=True):
    """What fills a role; `entity` and `event` are local names."""

    role: str
    entity: str | None = None
    label: str | None = None
    event: str | None = None
    spatial: str | None = None
    marker: str | None = None


class Predicate(msgspec.Struct, frozen=True):
    """What an open claim says of its arguments."""

    lemma: str
    text: str


class Step(msgspec.Struct, frozen=True):
    """One step from the event to who says so."""

    kind: str
    sources: tuple[str, ...]
    via: tuple[str, ...]
    medium: tuple[str, ...]
    basis: tuple[str, ...]
    cue: str | None


class Firmness(msgspec.Struct, frozen=True):
    """How firmly; `value` is the FactBank value."""

    value: str
    tense: str
    modality: str
    operators: tuple[str, ...]


class Number(msgspec.Struct, frozen=True):
    """A number as reported."""

    text: str
    comparator: str


class When(msgspec.Struct, frozen=True):
    """A time as reported, as EDTF if it could be placed, and how long it lasts if it says so."""

    text: str
    edtf: str | None
    duration: str | None


class Sentence(Words, frozen=True):
    """The sentence of a claim; `index` counts from 0."""

    index: int


class Report(msgspec.Struct, frozen=True):
    """The report of a claim."""

    uri: str
    published: str | None


class Claim(msgspec.Struct, frozen=True):
    """A line of `claims.jsonl`, as far as an explanation needs it."""

    id: str
    type: str
    label: str
    sentence: Sentence
    trigger: Words
    roles: tuple[Role, ...]
    attributions: tuple[Step, ...]
    factuality: Firmness
    quantities: tuple[Number, ...]
    time: When | None
    document: Report
    rule: str
    confidence: float
    predicate: Predicate | None = None
    against_interest: bool = False


_DECODER = msgspec.json.Decoder(Claim)


@dataclass(frozen=True, slots=True)
class Fact:
    """A plain edge of the graph by local names, with its standing and the claims behind it."""

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    sources: int
    documents: int
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fact with the claims for and against it; a claim that bears on no fact stands alone."""

    fact: Fact | None
    supporting: tuple[Claim, ...]
    opposing: tuple[Claim, ...] = ()


type Lines = Callable[[Collection[str]], Iterable[str]]
"""Gives the lines of `claims.jsonl`: at least those of the reports whose ids begin so, or all."""


class Explainer:
    """The output of one build, ready to be asked; claims are read when they are asked for."""

    def __init__(self, store: Store, lines: Lines) -> None:
        self._store, self._lines = store, lines
        self._names = _grouped(store.query(_NAMES))
        self._labels = {name: label for name, (label,) in _grouped(store.query(_LABELS)).items()}
        self._links = _grouped(store.query(_LINKS))
        self._facts = tuple(_facts(store))
        self._rivals = _grouped(store.query(_CONTRADICTIONS))

    def label(self, name: str) -> str:
        """The label of an entity or event, its local name if it has none."""
        return self._labels.get(name, name)

    def links(self, name: str) -> Sequence[str]:
        """The IRIs that other data sets have for an entity."""
        return self._links.get(name, ())

    def rivals(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims that contradict a claim."""
        names = self._rivals.get(claim.id, ())
        found = self._behind(names)
        return tuple(found[name] for name in names)

    def identity(self, wanted: str) -> Identity | None:
        """What makes an entity one thing, by its IRI or local name; None if it is no entity."""
        name = local_name(wanted)
        return identity(self._store, name) if is_known(self._store, name) else None

    def explain(self, wanted: str) -> tuple[Explanation, ...]:
        """What stands behind `wanted`, the firmest fact first; empty when nothing matches.

        `wanted` is the IRI or local name of a fact, an entity or a claim, or words that all occur
        in the names of a fact's ends and its predicate. What matches no fact is looked for among
        the claims. Raises `InputError` for a line that is no claim.
        """
        name = local_name(wanted)
        words = wanted.casefold().split()
        if _CLAIM.fullmatch(name) and (claims := self._behind([name])):
            return (Explanation(None, tuple(claims.values())),)
        facts = [fact for fact in self._facts if name in (fact.id, fact.subject, fact.object)]
        facts = facts or [fact for fact in self._facts if _covers(self._words(fact), words)]
        if facts:
            facts.sort(key=lambda fact: (fact.status != "asserted", -len(fact.supporting)))
            claims = self._behind([name for fact in facts for name in _evidence(fact)])
            return tuple(
                Explanation(
                    fact,
                    tuple(claims[each] for each in fact.supporting),
                    tuple(claims[each] for each in fact.opposing),
                )
                for fact in facts
            )
        return tuple(
            Explanation(None, (claim,))
            for claim in map(_claim, self._lines(()))
            if any(role.entity == name for role in claim.roles) or _covers(_spoken(claim), words)
        )

    def _behind(self, names: Collection[str]) -> Mapping[str, Claim]:
        """The claims of these names."""
        wanted = set(names)
        reports = {match[1] for name in wanted if (match := _CLAIM.fullmatch(name))}
        found = map(_claim, self._lines(sorted(reports)) if reports else ())
        return {claim.id: claim for claim in found if claim.id in wanted}

    def _words(self, fact: Fact) -> str:
        ends = (fact.subject, fact.object)
        names = [name for end in ends for name in (end, *self._names.get(end, ()))]
        return " ".join([*names, fact.predicate, _CAMEL.sub(" ", fact.predicate)]).casefold()


def _claim(line: str) -> Claim:
    try:
        return _DECODER.decode(line)
    except msgspec.DecodeError as error:
        raise InputError(f"not a claim: {error}", "claims.jsonl") from error


def _evidence(fact: Fact) -> tuple[str, ...]:
    return (*fact.supporting, *fact.opposing)


def _facts(store: Store) -> Iterator[Fact]:
    behind: dict[tuple[str, str], list[str]] = {}
    for fact, side, claim in _rows(store.query(_BEHIND)):
        behind.setdefault((fact, side), []).append(claim)
    for fact, subject, predicate, object_, status, sources, documents in _rows(store.query(_FACTS)):
        yield Fact(
            fact, subject, predicate, object_, status, int(sources), int(documents),
            tuple(behind.get((fact, "supportedBy"), ())),
            tuple(behind.get((fact, "opposedBy"), ())),
        )  # fmt: skip


def _rows(answer: Answer) -> Iterator[tuple[str, ...]]:
    """The rows as text, IRIs of the product by their local names."""
    for row in answer.rows:
        yield tuple(
            value.text.removeprefix(DATA).removeprefix(NAMESPACE) if value else "" for value in row
        )


def _grouped(answer: Answer) -> Mapping[str, Sequence[str]]:
    groups: dict[str, list[str]] = {}
    for node, value in _rows(answer):
        groups.setdefault(node, []).append(value)
    return groups


def _covers(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _spoken(claim: Claim) -> str:
    words = [claim.sentence.text, claim.label, claim.type, _CAMEL.sub(" ", claim.type)]
    return " ".join(words).casefold()
