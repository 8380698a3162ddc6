"""How things are named: IRIs of the ontology and of the data, and short triples to say types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import vocab
from kg.model import Document, Span, Statement
from kg.rdf import IRI, Term

Triple = tuple[IRI, IRI, Term]


@cache
def kg(name: str) -> IRI:
    """A term of the ontology; KeyError for a name that it does not define."""
    return IRI(vocab.term(name))


@cache
def known(curie: str) -> IRI:
    """A term of another vocabulary, by one of the declared prefixes."""
    prefix, _, name = curie.partition(":")
    return IRI(vocab.PREFIXES[prefix] + name)


@lru_cache(maxsize=1 << 14)
def _node(iri: str) -> IRI:
    """The same few nodes are named over and over, and an `IRI` checks its form each time."""
    return IRI(iri)


def document_name(document: str) -> str:
    """The local name of a document, and of its named graph, by `Document.id`."""
    return f"doc_{document[:16]}"


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of the data: flat local names below `base`, derived from content alone."""

    base: str = vocab.DATA

    def node(self, local: str) -> IRI:
        """An entity, event or graph by its id."""
        return _node(self.base + local)

    def document(self, document: Document) -> IRI:
        """The document, and the named graph that holds what was read from it."""
        return self.node(document_name(document.id))

    def run(self, document: Document) -> IRI:
        return self.node(f"run_{document.id[:16]}")

    def sentence(self, document: Document, index: int) -> IRI:
        return self.node(f"{document_name(document.id)}_s{index:02d}")

    def span(self, document: Document, span: Span) -> IRI:
        return self.node(f"{document_name(document.id)}_c{span.start}_{span.end}")

    def statement(self, statement: Statement) -> IRI:
        key = f"{statement.subject} {statement.predicate} {statement.object}"
        return self.node(f"rel_{hashlib.sha256(key.encode()).hexdigest()[:16]}")


def typed(node: IRI, name: str, supertypes: bool) -> Iterable[Triple]:
    """The class of a node and, on request, all classes above it, the own one marked as such."""
    return [(node, verb, kind) for verb, kind in _classes(name, supertypes)]


@cache
def _classes(name: str, supertypes: bool) -> tuple[tuple[IRI, IRI], ...]:
    above = vocab.superclasses(name)
    found = [(known("rdf:type"), kg(name))]
    if above or name == "Entity":  # of an entity of unknown kind no class is more specific
        found.append((kg("specificType"), kg(name)))
        found += [(known("rdf:type"), kg(each)) for each in above if supertypes]
    return tuple(found)
