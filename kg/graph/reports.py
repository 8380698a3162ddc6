"""One reading as RDF: the document, its sentences and mentions, and what it says of entities."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from kg import rdf
from kg.graph.events import EventWriter, predicate_text
from kg.graph.names import Names, Triple, kg, known, typed
from kg.model import Audit, Claim, Entity, Filler, Reading, Reference, Sentence, Span
from kg.rdf import IRI

ENGINE_NAME = "claimgraph"
_SHOWN = 80  # characters of a phrase in a label

_SHOWN_ROLES = (
    "theme", "target", "recipient", "destination", "location",
    "object", "indirectObject", "attribute", "oblique",
)  # fmt: skip


def is_scoped(entity: Entity) -> bool:
    """Whether the entity is known from one document only, so that it never merges by name."""
    return entity.id.startswith("x_")


def idle_entities(reading: Reading) -> frozenset[str]:
    """The ids of those that stand in phrases without a name and that nothing is told of.

    They serve to read what "it" means, and are no part of the graph.
    """
    busy = {each.surface for each in reading.references}
    counted: list[Span] = []
    for entity in reading.entities:
        busy.update((entity.side, entity.within, entity.affiliation))
    for claim in (*reading.claims, *reading.open_claims):
        busy.update(filler.entity for filler in _fillers(claim))
        counted += (each.counted for each in claim.quantities if each.counted)
    idle = {each.id for each in reading.entities if is_scoped(each) and each.id not in busy}
    for reference in reading.references:
        if reference.entity in idle:
            mention = reading.mentions[reference.mention]
            if mention.level == "NAM" or any(each.contains(mention.span) for each in counted):
                idle.remove(reference.entity)
    return frozenset(idle)


def _fillers(claim: Claim) -> Iterator[Filler]:
    yield from (argument.filler for argument in claim.arguments)
    for step in claim.attributions:
        yield from (*step.sources, *step.via, *step.medium, *step.basis)


def event_labels(reading: Reading) -> dict[str, str]:
    """Who, what and on whom for each claim, for people: `Russian forces: advanced (Kursk)`."""
    labels = {entity.id: entity.label for entity in reading.entities}
    return {
        claim.id: _event_label(reading.document.text, claim, labels)
        for claim in (*reading.claims, *reading.open_claims)
    }


def _event_label(text: str, claim: Claim, labels: Mapping[str, str]) -> str:
    by_role: dict[str, list[Filler]] = {}
    for argument in claim.arguments:
        by_role.setdefault(argument.role, []).append(argument.filler)

    def fillers(*roles: str) -> str:
        found = [
            labels.get(filler.entity or "") or _shortened(text[filler.span.start : filler.span.end])
            for role in roles
            for filler in by_role.get(role, ())
            if filler.event is None
        ]
        return ", ".join(dict.fromkeys(found))

    agents, others = fillers("agent", "subject"), fillers(*_SHOWN_ROLES)
    trigger = predicate_text(claim.predicate, text) if claim.predicate else None
    trigger = trigger or text[claim.trigger.start : claim.trigger.end]
    return (f"{agents}: " if agents else "") + trigger + (f" ({others})" if others else "")


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else shorten(words, _SHOWN)


def reading_triples(
    reading: Reading, labels: Mapping[str, str], names: Names, version: str, supertypes: bool
) -> Iterator[Triple]:
    """What belongs into the named graph of one document; `labels` are its `event_labels`."""
    yield from _document(reading, names, version, supertypes)
    for sentence in reading.sentences:
        yield from _sentence(reading, sentence, names, supertypes)
    for audit in reading.audit:
        yield from _audit(audit, names.sentence(reading.document, audit.sentence))
    idle = idle_entities(reading)
    references = [each for each in reading.references if each.entity not in idle]
    for reference in references:
        yield from _reference(reading, reference, names)
    for span in _spans(reading, references):
        yield from _span(reading, span, names, supertypes)
    for entity in reading.entities:
        if is_scoped(entity) and entity.id not in idle:
            yield from entity_triples(entity, names, supertypes)
    writer = EventWriter(
        reading,
        names,
        labels=labels,
        referents={
            reading.mentions[reference.mention].span: reference.entity
            for reference in reading.references
        },
        supertypes=supertypes,
    )
    for claim in (*reading.claims, *reading.open_claims):
        yield from writer.write(claim)


def entity_triples(entity: Entity, names: Names, supertypes: bool) -> Iterator[Triple]:
    """What is known of an entity: names, ids elsewhere, place, side."""
    node = names.node(entity.id)
    yield from typed(node, entity.type, supertypes)
    yield node, known("rdfs:label"), rdf.text(entity.label, "en")
    for alias in entity.aliases:
        yield node, known("skos:altLabel"), rdf.text(alias, "en")
    if entity.wikidata is not None:
        same = IRI(f"http://www.wikidata.org/entity/{entity.wikidata}")
        yield node, known("skos:exactMatch"), same
        yield node, kg("wikidata"), rdf.text(entity.wikidata)
    if entity.geonames is not None:
        same = IRI(f"https://sws.geonames.org/{entity.geonames}/")
        yield node, known("skos:exactMatch"), same
        yield node, kg("geonames"), rdf.number(entity.geonames)
    if entity.lat is not None and entity.lon is not None:
        point = names.node(f"point_{entity.id}")
        yield node, known("geo:hasGeometry"), point
        yield point, known("rdf:type"), known("geo:Geometry")
        yield point, known("geo:asWKT"), rdf.Literal(f"POINT({entity.lon} {entity.lat})", rdf.WKT)
    for name, other in (
        ("side", entity.side),
        ("locatedIn", entity.within),
        ("affiliatedWith", entity.affiliation),
    ):
        if other is not None:
            yield node, kg(name), names.node(other)
    if entity.anonymous:
        yield node, kg("anonymous"), rdf.boolean(True)


def _document(reading: Reading, names: Names, version: str, supertypes: bool) -> Iterator[Triple]:
    document = reading.document
    node, run = names.document(document), names.run(document)
    title = rdf.text(document.title, document.language)
    yield from typed(node, "Document", supertypes)
    yield node, known("rdfs:label"), title
    yield node, known("dcterms:title"), title
    yield node, known("dcterms:identifier"), rdf.text(document.uri)
    yield node, known("dcterms:language"), rdf.text(document.language)
    yield node, kg("sha256"), rdf.text(document.id)
    if document.publisher is not None:
        yield node, known("dcterms:publisher"), rdf.text(document.publisher)
    if document.published is not None:
        yield node, known("dcterms:issued"), rdf.day(document.published)
    yield from typed(run, "Extraction", supertypes)
    yield run, known("prov:used"), node
    yield run, kg("extractor"), rdf.text(ENGINE_NAME)
    yield run, kg("extractorVersion"), rdf.text(version)
    yield run, kg("engine"), rdf.text(reading.engine)


def _sentence(
    reading: Reading, sentence: Sentence, names: Names, supertypes: bool
) -> Iterator[Triple]:
    node = names.sentence(reading.document, sentence.index)
    yield from typed(node, "Sentence", supertypes)
    yield node, kg("inDocument"), names.document(reading.document)
    yield node, kg("sentenceIndex"), rdf.number(sentence.index)
    yield node, kg("section"), rdf.text(sentence.kind)
    yield from _extent(reading, node, sentence.span)


def _audit(audit: Audit, sentence: IRI) -> Iterator[Triple]:
    yield sentence, kg("audit"), rdf.text(audit.status)
    if audit.reason:
        yield sentence, kg("auditReason"), rdf.text(audit.reason)


def _reference(reading: Reading, reference: Reference, names: Names) -> Iterator[Triple]:
    mention = reading.mentions[reference.mention]
    node = names.span(reading.document, mention.span)
    yield node, kg("refersTo"), names.node(reference.entity)
    yield node, kg("mentionType"), rdf.text(mention.level)
    if (sentence := _sentence_of(reading, mention.span)) is not None:
        yield node, kg("inSentence"), names.sentence(reading.document, sentence.index)
    yield node, kg("linkMethod"), rdf.text(reference.method)
    if reference.score != 1:
        yield node, kg("linkScore"), rdf.number(reference.score)
    if reference.surface is not None:
        yield node, kg("surfaceReferent"), names.node(reference.surface)
        yield node, kg("metonymy"), rdf.text(reference.method)


def _spans(reading: Reading, references: Iterable[Reference]) -> Iterable[Span]:
    """Every span that something points at: linked mentions and triggers."""
    linked = {reading.mentions[reference.mention].span for reference in references}
    return sorted(linked | {claim.trigger for claim in (*reading.claims, *reading.open_claims)})


def _span(reading: Reading, span: Span, names: Names, supertypes: bool) -> Iterator[Triple]:
    node = names.span(reading.document, span)
    yield from typed(node, "Mention", supertypes)
    yield from _extent(reading, node, span)


def _sentence_of(reading: Reading, span: Span) -> Sentence | None:
    at = bisect_right(reading.sentences, span.start, key=lambda each: each.span.start) - 1
    return reading.sentences[at] if at >= 0 else None


def _extent(reading: Reading, node: IRI, span: Span) -> Iterator[Triple]:
    yield node, kg("start"), rdf.number(span.start)
    yield node, kg("end"), rdf.number(span.end)
    yield node, kg("text"), rdf.text(reading.document.text[span.start : span.end])
