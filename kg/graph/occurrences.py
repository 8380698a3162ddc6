"""Events as flat records for tables and maps, read off any dataset that Claimgraph wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.names import kg, known
from kg.rdf import IRI, Literal, Quad, Term
from kg.vocab import CLASSES, DATA, NAMESPACE, PARTICIPANTS, is_a

_POINT = re.compile(r"POINT\((\S+) (\S+)\)")
_EVENT = (
    "specificType", "inDocument", "evidence", "factuality", "realis", "earliest", "latest",
    "timePrecision", "asOf", "attributedTo", "quantity",
)  # fmt: skip
_ABOUT = (
    known("rdfs:label"), kg("specificType"), kg("text"), kg("locatedIn"),
    known("geo:hasGeometry"), known("geo:asWKT"), known("dcterms:title"),
    known("dcterms:publisher"), known("dcterms:identifier"), known("skos:notation"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened: WGS 84 degrees as decimal strings if they are known."""

    id: str
    label: str
    type: str
    within: str
    lon: str
    lat: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event as one report tells it; ids are local names, dates ISO days, texts never `None`.

    `roles` names who or what fills each role by label. `places` are those of the role `location`,
    or where there are none, of any other role. `figures` are numbers in the words of the report.
    """

    id: str
    type: str
    label: str
    factuality: str
    realis: bool
    earliest: str
    latest: str
    precision: str
    reported: str
    roles: Mapping[str, tuple[str, ...]]
    places: tuple[Place, ...]
    sources: tuple[str, ...]
    figures: tuple[str, ...]
    report: str
    title: str
    publisher: str
    sentence: str


def occurrences(quads: Iterable[Quad]) -> Iterator[Occurrence]:
    """Every event, by id; an open claim is none.

    The quads are read once; of them only what is told of events is held.
    """
    events: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    about: dict[IRI, dict[str, set[str]]] = {predicate: defaultdict(set) for predicate in _ABOUT}
    wanted = {kg(name): name for name in (*_EVENT, *PARTICIPANTS)}
    for subject, predicate, object_, _ in quads:
        name = wanted.get(predicate)
        if name is not None and subject.value.startswith(f"{DATA}ev_"):
            events[local(subject)][name].add(local(object_))
        if predicate in about:
            about[predicate][local(subject)].add(local(object_))
    for event in sorted(events):
        if events[event]["inDocument"]:
            yield _Teller(about).tell(event, events[event])


def local(term: Term) -> str:
    """The lexical form of a literal; of an IRI of ours the local name, of any other all of it."""
    if isinstance(term, Literal):
        return term.lexical
    for namespace in (DATA, NAMESPACE):
        if term.value.startswith(namespace):
            return term.value[len(namespace) :]
    return term.value


class _Teller:
    def __init__(self, about: Mapping[IRI, Mapping[str, set[str]]]) -> None:
        self._about = about

    def tell(self, event: str, told: Mapping[str, set[str]]) -> Occurrence:
        def one(name: str) -> str:
            return min(told.get(name, ()), default="")

        document = one("inDocument")
        fillers = {role: sorted(told[role]) for role in sorted(PARTICIPANTS) if told.get(role)}
        return Occurrence(
            id=event,
            type=one("specificType"),
            label=self._one("rdfs:label", event),
            factuality=self._one("skos:notation", one("factuality")),
            realis=one("realis") == "true",
            earliest=one("earliest"),
            latest=one("latest"),
            precision=one("timePrecision"),
            reported=one("asOf"),
            roles={role: tuple(map(self._label, names)) for role, names in fillers.items()},
            places=tuple(self._places(fillers)),
            sources=tuple(map(self._label, sorted(told.get("attributedTo", ())))),
            figures=tuple(self._one(kg("text"), each) for each in sorted(told.get("quantity", ()))),
            report=self._one("dcterms:identifier", document),
            title=self._one("dcterms:title", document),
            publisher=self._one("dcterms:publisher", document),
            sentence=self._one(kg("text"), one("evidence")),
        )

    def _one(self, predicate: str | IRI, node: str) -> str:
        key = known(predicate) if isinstance(predicate, str) else predicate
        return min(self._about[key].get(node, ()), default="")

    def _label(self, node: str) -> str:
        return self._one("rdfs:label", node) or node

    def _places(self, fillers: Mapping[str, Sequence[str]]) -> Iterator[Place]:
        others = [name for role in sorted(fillers) for name in fillers[role]]
        for name in fillers.get("location") or dict.fromkeys(others):
            kind = self._one(kg("specificType"), name)
            if kind in CLASSES and is_a(kind, "Place"):
                point = _POINT.fullmatch(self._wkt(name))
                lon, lat = point.groups() if point else ("", "")
                within = self._one(kg("locatedIn"), name)
                yield Place(name, self._label(name), kind, self._label(within), lon, lat)

    def _wkt(self, name: str) -> str:
        return self._one("geo:asWKT", self._one("geo:hasGeometry", name))
