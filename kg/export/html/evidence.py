"""The claims behind the facts, told for a reader: sentence, marks, speaker, time, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kg.export.html.display import visible, words
from kg.export.html.view import Amount, Evidence, Mark, Passage, Source, When
from kg.model import Attribution, Claim, Entity, Filler, Quantity, Reading, Span, Time

_UNNAMED = {
    "unspecified_allegation": "unnamed (alleged)",
    "unspecified_expectation": "unnamed (expected)",
}


class EvidenceTable:
    """Evidence, passages and sources in order of first use, each stored once.

    `nodes` gives the index of each entity that the page draws.
    """

    def __init__(self, readings: Sequence[Reading], nodes: Mapping[str, int]) -> None:
        self.evidence: list[Evidence] = []
        self.passages: list[Passage] = []
        self.sources: list[Source] = []
        self._nodes = nodes
        self._claims = {c.id: (i, r, c) for i, r in enumerate(readings) for c in r.claims}
        self._entities = [{entity.id: entity for entity in r.entities} for r in readings]
        self._known_evidence: dict[str, int] = {}
        self._known_passages: dict[tuple[int, int], int] = {}
        self._known_sources: dict[Source, int] = {}

    def index(self, claim: str) -> int:
        """The place of a claim in `evidence`; raises `KeyError` if no reading holds it."""
        if claim not in self._known_evidence:
            told = self._tell(*self._claims[claim])
            self._known_evidence[claim] = len(self.evidence)
            self.evidence.append(told)
        return self._known_evidence[claim]

    def indices(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The places of several claims, in the order in which they were reported."""
        return tuple(self.index(claim) for claim in sorted(claims, key=self._told_at))

    def _told_at(self, claim: str) -> tuple[date, int, int, str]:
        report, reading, record = self._claims[claim]
        return reading.document.published or date.max, report, record.trigger.start, claim

    def _tell(self, report: int, reading: Reading, claim: Claim) -> Evidence:
        text = reading.document.text
        sources = [*self._sources(report, reading, claim)]
        return Evidence(
            claim=visible(claim.id),
            event=words(claim.type),
            passage=self._passage(report, reading, claim.sentence),
            marks=_marks(claim, reading.sentences[claim.sentence].span),
            speaker=", quoted by ".join(self._step(report, text, a) for a in claim.attributions)
            or _own_voice(reading).label,
            sources=tuple(dict.fromkeys(map(self._source, sources))),
            factuality=claim.factuality.value,
            modality=claim.factuality.modality,
            tense=claim.factuality.tense,
            when=_when(claim.time, text) if claim.time else None,
            amounts=tuple(_amount(quantity, text) for quantity in claim.quantities),
            confidence=round(claim.confidence, 3),
            rule=visible(claim.rule),
        )

    def _passage(self, report: int, reading: Reading, sentence: int) -> int:
        key = (report, sentence)
        if key not in self._known_passages:
            span = reading.sentences[sentence].span
            self._known_passages[key] = len(self.passages)
            self.passages.append(Passage(report, visible(_cut(reading.document.text, span))))
        return self._known_passages[key]

    def _source(self, source: Source) -> int:
        if source not in self._known_sources:
            self._known_sources[source] = len(self.sources)
            self.sources.append(source)
        return self._known_sources[source]

    def _sources(self, report: int, reading: Reading, claim: Claim) -> Iterator[Source]:
        """Every voice of the chain; the report itself where nobody else is named."""
        if not claim.attributions:
            yield _own_voice(reading)
        for step in claim.attributions:
            for voice in (*step.sources, *step.via):
                entity = self._entity(report, voice)
                yield Source(
                    label=self._name(report, reading.document.text, voice),
                    node=self._nodes.get(entity.id) if entity else None,
                    own=False,
                    anonymous=entity is not None and entity.anonymous,
                )
            if not step.sources and not step.via:
                yield Source(_unnamed(step), None, own=False, anonymous=True)

    def _step(self, report: int, text: str, step: Attribution) -> str:
        def names(fillers: Iterable[Filler]) -> str:
            return " and ".join(self._name(report, text, filler) for filler in fillers)

        parts = [names(step.sources) or _unnamed(step)]
        parts += [
            f"{word} {names(fillers)}"
            for word, fillers in (("via", step.via), ("on", step.medium), ("citing", step.basis))
            if fillers
        ]
        return ", ".join(parts)

    def _entity(self, report: int, filler: Filler) -> Entity | None:
        return self._entities[report].get(filler.entity) if filler.entity else None

    def _name(self, report: int, text: str, filler: Filler) -> str:
        entity = self._entity(report, filler)
        return visible(entity.label if entity else _cut(text, filler.span))


def _own_voice(reading: Reading) -> Source:
    label = f"{reading.document.publisher or 'The report'} (own words)"
    return Source(visible(label), None, own=True, anonymous=False)


def _unnamed(step: Attribution) -> str:
    return _UNNAMED.get(step.kind, "unnamed")


def _marks(claim: Claim, sentence: Span) -> tuple[Mark, ...]:
    """The trigger and the arguments that stand in the sentence; others are not shown in it."""
    spans = {(argument.filler.span, argument.role) for argument in claim.arguments}
    spans.add((claim.trigger, "trigger"))
    return tuple(
        Mark(span.start - sentence.start, span.end - sentence.start, role)
        for span, role in sorted(spans)
        if sentence.contains(span)
    )


def _when(time: Time, text: str) -> When:
    return When(
        written=visible(_cut(text, time.span)),
        first=time.earliest.isoformat() if time.earliest else None,
        last=time.latest.isoformat() if time.latest else None,
        precision=words(time.precision),
    )


def _amount(quantity: Quantity, text: str) -> Amount:
    """The words of the figure together with what it counts, where that follows or precedes."""
    spans = [quantity.span, *([quantity.counted] if quantity.counted else [])]
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    return Amount(visible(_cut(text, whole)), words(quantity.comparator))


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]
