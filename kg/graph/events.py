"""One claim as RDF: an n-ary event with roles, time, numbers and the chain of who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg import rdf
from kg.graph.names import Names, Triple, kg, known, typed
from kg.model import Argument, Attribution, Claim, Filler, Predicate, Quantity, Reading, Span
from kg.rdf import IRI, Term

_FACTUALITY = {"CT+": "CTplus", "PR+": "PRplus", "PS+": "PSplus", "CTu": "CTu"} | {
    "CT-": "CTminus", "PR-": "PRminus", "PS-": "PSminus", "Uu": "Uu",
}  # fmt: skip


def predicate_text(predicate: Predicate, text: str) -> str:
    """The words of a predicate as they follow one another in the text; empty if it is unsaid."""
    return " ".join(text[word.start : word.end] for word in predicate.words)


@dataclass(frozen=True, slots=True)
class EventWriter:
    """Writes the claims of one reading; `referents` gives the entity that a span refers to."""

    reading: Reading
    names: Names
    labels: Mapping[str, str]
    referents: Mapping[Span, str]
    supertypes: bool

    def write(self, claim: Claim) -> Iterator[Triple]:
        """All triples of a claim, those of its quantities and attributions included."""
        event, document = self.names.node(claim.id), self.reading.document
        yield from typed(event, claim.type, self.supertypes)
        yield event, known("rdfs:label"), rdf.text(self.labels[claim.id], document.language)
        yield event, kg("inDocument"), self.names.document(document)
        yield event, kg("evidence"), self.names.sentence(document, claim.sentence)
        yield event, kg("trigger"), self.names.span(document, claim.trigger)
        yield event, known("prov:wasGeneratedBy"), self.names.run(document)
        yield event, kg("extractionConfidence"), rdf.number(claim.confidence)
        if claim.rule:
            yield event, kg("rule"), rdf.text(claim.rule)
        if claim.headline:
            yield event, kg("headline"), rdf.boolean(True)
        if claim.against_interest:
            yield event, kg("againstInterest"), rdf.boolean(True)
        if claim.predicate is not None:
            words = predicate_text(claim.predicate, self.reading.document.text)
            yield event, kg("predicateLemma"), rdf.text(claim.predicate.lemma)
            yield event, kg("predicateText"), rdf.text(words)
        yield from self._factuality(event, claim)
        yield from self._times(event, claim)
        for argument in claim.arguments:
            yield from self._argument(event, argument)
        for index, quantity in enumerate(claim.quantities):
            yield from self._quantity(event, IRI(f"{event.value}_q{index}"), quantity)
        for index, attribution in enumerate(claim.attributions):
            node = IRI(f"{event.value}_a{index}")
            yield from self._attribution(event, node, index, attribution)

    def _words(self, span: Span) -> rdf.Literal:
        return rdf.text(self.reading.document.text[span.start : span.end])

    def _factuality(self, event: IRI, claim: Claim) -> Iterator[Triple]:
        factuality = claim.factuality
        yield event, kg("factuality"), kg(_FACTUALITY[factuality.value])
        yield event, kg("polarity"), rdf.text(factuality.polarity)
        yield event, kg("certainty"), rdf.text(factuality.certainty)
        yield event, kg("tense"), rdf.text(factuality.tense)
        yield event, kg("modality"), rdf.text(factuality.modality)
        yield event, kg("realis"), rdf.boolean(factuality.realis)
        if factuality.operators:
            yield event, kg("operatorChain"), rdf.text(" > ".join(factuality.operators))

    def _times(self, event: IRI, claim: Claim) -> Iterator[Triple]:
        time = claim.time
        if (as_of := claim.as_of or self.reading.document.published) is not None:
            yield event, kg("asOf"), rdf.day(as_of)
        if time is None:
            return
        yield event, kg("timeText"), self._words(time.span)
        yield event, kg("timePrecision"), rdf.text(time.precision)
        if time.edtf is not None:
            yield event, kg("edtf"), rdf.text(time.edtf)
        if time.duration is not None:
            yield event, kg("duration"), rdf.text(time.duration)
        if time.earliest is not None:
            yield event, kg("earliest"), rdf.day(time.earliest)
        if time.latest is not None:
            yield event, kg("latest"), rdf.day(time.latest)

    def _argument(self, event: IRI, argument: Argument) -> Iterator[Triple]:
        filler, role = argument.filler, argument.role
        if argument.marker is not None:
            words = f"{role} {argument.marker}: {self._words(filler.span).lexical}"
            yield event, kg("argumentText"), rdf.text(words)
        if filler.event is not None:
            link = "purposeEvent" if role == "purpose" else role
            yield event, kg(link), self.names.node(filler.event)
        elif role == "purpose":
            yield event, kg(role), self._words(filler.span)
        elif filler.entity is not None:
            yield event, kg(role), self.names.node(filler.entity)
        elif argument.marker is None:
            words = f"{role}: {self._words(filler.span).lexical}"
            yield event, kg("argumentText"), rdf.text(words)
        if argument.spatial is not None:
            yield event, kg("spatialRelation"), rdf.text(argument.spatial)
        if argument.part:
            yield event, kg("partial"), rdf.boolean(True)

    def _quantity(self, event: IRI, node: IRI, quantity: Quantity) -> Iterator[Triple]:
        yield event, kg("quantity"), node
        yield from typed(node, "Quantity", self.supertypes)
        yield node, kg("text"), self._words(quantity.span)
        yield node, kg("comparator"), rdf.text(quantity.comparator)
        fields: tuple[tuple[str, str | None, Callable[[str], Term]], ...] = (
            ("value", quantity.value, rdf.number),
            ("lowerBound", quantity.lower, rdf.number),
            ("upperBound", quantity.upper, rdf.number),
            ("unit", quantity.unit, rdf.text),
            ("siValue", quantity.si_value, rdf.number),
            ("siUnit", quantity.si_unit, rdf.text),
        )
        for name, value, literal in fields:
            if value is not None:
                yield node, kg(name), literal(value)
        if quantity.part:
            yield node, kg("partOfTotal"), rdf.boolean(True)
        if (counted := self._referent(quantity.counted)) is not None:
            yield node, kg("quantityOf"), self.names.node(counted)

    def _referent(self, span: Span | None) -> str | None:
        """The entity of the widest mention inside the span."""
        if span is None:
            return None
        inside = [other for other in self.referents if span.contains(other)]
        widest = max(
            inside, key=lambda other: (other.end - other.start, -other.start), default=None
        )
        return None if widest is None else self.referents[widest]

    def _attribution(
        self, event: IRI, node: IRI, index: int, attribution: Attribution
    ) -> Iterator[Triple]:
        yield event, kg("attribution"), node
        yield from typed(node, "Attribution", self.supertypes)
        yield node, kg("step"), rdf.number(index)
        yield node, kg("kind"), rdf.text(attribution.kind)
        if attribution.cue is not None:
            yield node, kg("cue"), self._words(attribution.cue)
        if attribution.quote is not None:
            yield node, kg("quote"), self._words(attribution.quote)
        for name, fillers in (
            ("source", attribution.sources),
            ("via", attribution.via),
            ("channel", attribution.medium),
            ("basis", attribution.basis),
        ):
            for entity in self._entities(fillers):
                yield node, kg(name), entity
        for entity in self._entities(attribution.via):
            yield event, kg("reportedVia"), entity
        if index == 0:
            for entity in self._entities(attribution.sources):
                yield event, kg("attributedTo"), entity

    def _entities(self, fillers: tuple[Filler, ...]) -> Iterator[IRI]:
        for filler in fillers:
            if filler.entity is not None:
                yield self.names.node(filler.entity)
