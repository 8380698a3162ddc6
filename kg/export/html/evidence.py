"""The claims behind the facts, told for a reader: sentence, marks, speaker, time, amounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from kg.export.html.display import visible, words
from kg.export.html.view import (
    Amount,
    Evidence,
    Mark,
    Mention,
    Node,
    OpenClaim,
    Passage,
    Source,
    When,
)
from kg.model import Attribution, Claim, Entity, Filler, Quantity, Reading, Sentence, Span, Time

_UNNAMED = {
    "unspecified_allegation": "unnamed (alleged)",
    "unspecified_expectation": "unnamed (expected)",
}


class EvidenceTable:
    """All claims, passages and sources of the readings, in the order of the texts, each once.

    `nodes` are the entities that the page has, `ids` their ids in the same order. With `backing`
    only these claims are told, and only their sentences are kept.
    """

    def __init__(
        self,
        readings: Sequence[Reading],
        nodes: Sequence[Node],
        ids: Sequence[str],
        backing: Collection[str] | None = None,
    ) -> None:
        self.evidence: list[Evidence] = []
        self.open_claims: list[OpenClaim] = []
        self.passages: list[Passage] = []
        self.sources: list[Source] = []
        self._nodes = {key: number for number, key in enumerate(ids)}
        self._located = {number for number, node in enumerate(nodes) if node.lat is not None}
        self._index: dict[str, int] = {}
        self._told_at: list[tuple[date, int]] = []
        self._known_sources: dict[Source, int] = {}
        for report, reading in enumerate(readings):
            self._read(report, reading, backing)

    def __contains__(self, claim: str) -> bool:
        return claim in self._index

    def index(self, claim: str) -> int:
        """The place of a claim in `evidence`; raises `KeyError` if no reading holds it."""
        return self._index[claim]

    def indices(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The places of several claims, in the order in which they were reported."""
        return tuple(sorted((self._index[c] for c in claims), key=self._told_at.__getitem__))

    def _read(self, report: int, reading: Reading, backing: Collection[str] | None) -> None:
        teller = _Teller(reading, self._nodes)
        claims = [each for each in reading.claims if backing is None or each.id in backing]
        wanted = None if backing is None else {claim.sentence for claim in claims}
        place: dict[int, int] = {}
        for sentence, passage in teller.passages(report, wanted):
            place[sentence] = len(self.passages)
            self.passages.append(passage)
        published = reading.document.published or date.max
        for claim in sorted(claims, key=lambda each: (each.trigger.start, each.id)):
            numbers = self._numbers(teller.sources(claim))
            told = teller.tell(claim, place[claim.sentence], numbers, self._located)
            self._index[claim.id] = len(self.evidence)
            self._told_at.append((published, len(self.evidence)))
            self.evidence.append(told)
        for claim in reading.open_claims if backing is None else ():
            self.open_claims.append(teller.tell_open(claim, place[claim.sentence]))

    def _numbers(self, sources: Iterable[Source]) -> tuple[int, ...]:
        known = self._known_sources
        for source in (unique := dict.fromkeys(sources)):
            if source not in known:
                known[source] = len(self.sources)
                self.sources.append(source)
        return tuple(known[source] for source in unique)


class _Teller:
    """Tells what one reading holds; `nodes` gives the index of each entity of the page."""

    def __init__(self, reading: Reading, nodes: dict[str, int]) -> None:
        self._reading = reading
        self._text = reading.document.text
        self._nodes = nodes
        self._entities = {entity.id: entity for entity in reading.entities}
        label = f"{reading.document.publisher or 'The report'} (own words)"
        self._own_voice = Source(visible(label), None, own=True, anonymous=False)

    def passages(
        self, report: int, wanted: Collection[int] | None
    ) -> Iterator[tuple[int, Passage]]:
        """The sentences, or those `wanted`, by their index."""
        audit = {item.sentence: item for item in self._reading.audit}
        opening = {section.span.start for section in self._reading.document.sections}
        named = self._mentions() if wanted is None else None
        for sentence in self._reading.sentences:
            if wanted is not None and sentence.index not in wanted:
                continue
            item = audit.get(sentence.index)
            yield (
                sentence.index,
                Passage(
                    report=report,
                    text=visible(_cut(self._text, sentence.span)),
                    kind=sentence.kind,
                    opens=sentence.span.start in opening,
                    status=item.status if item else None,
                    reason=visible(item.reason) if item and named else "",
                    mentions=tuple(named[sentence.index]) if named else (),
                ),
            )

    def _mentions(self) -> list[list[Mention]]:
        """The mentions of each sentence that refer to an entity, the outermost where they nest."""
        entity = {each.mention: each.entity for each in self._reading.references}
        spans = sorted(
            (
                (mention.span, entity[number])
                for number, mention in enumerate(self._reading.mentions)
                if number in entity
            ),
            key=lambda pair: (pair[0].start, -pair[0].end, pair[1]),
        )
        found: list[list[Mention]] = [[] for _ in self._reading.sentences]
        sentences: Iterator[Sentence] = iter(self._reading.sentences)
        sentence = next(sentences, None)
        reached = 0
        for span, key in spans:
            while sentence and sentence.span.end <= span.start:
                sentence = next(sentences, None)
            if sentence and sentence.span.contains(span) and span.start >= reached:
                reached = span.end
                start = sentence.span.start
                mention = Mention(span.start - start, span.end - span.start, self._nodes.get(key))
                found[sentence.index].append(mention)
        return found

    def tell(
        self, claim: Claim, passage: int, sources: tuple[int, ...], located: set[int]
    ) -> Evidence:
        fillers = [self._nodes.get(a.filler.entity or "") for a in claim.arguments]
        return Evidence(
            claim=visible(claim.id),
            event=words(claim.type),
            passage=passage,
            marks=_marks(claim, self._reading.sentences[claim.sentence].span),
            speaker=self._speaker(claim),
            sources=sources,
            factuality=claim.factuality.value,
            modality=claim.factuality.modality,
            tense=claim.factuality.tense,
            when=_when(claim.time, self._text) if claim.time else None,
            amounts=tuple(_amount(quantity, self._text) for quantity in claim.quantities),
            places=tuple(sorted({n for n in fillers if n is not None} & located)),
            confidence=round(claim.confidence, 3),
            rule=visible(claim.rule),
            against=claim.against_interest,
        )

    def tell_open(self, claim: Claim, passage: int) -> OpenClaim:
        return OpenClaim(
            claim=visible(claim.id),
            predicate=visible(claim.predicate.lemma) if claim.predicate else "",
            passage=passage,
            marks=_marks(claim, self._reading.sentences[claim.sentence].span),
            speaker=self._speaker(claim),
            factuality=claim.factuality.value,
            modality=claim.factuality.modality,
            tense=claim.factuality.tense,
        )

    def _speaker(self, claim: Claim) -> str:
        chain = ", quoted by ".join(map(self._step, claim.attributions))
        return chain or self._own_voice.label

    def sources(self, claim: Claim) -> Iterator[Source]:
        """Every voice of the chain; the report itself where nobody else is named."""
        if not claim.attributions:
            yield self._own_voice
        for step in claim.attributions:
            for voice in (*step.sources, *step.via):
                entity = self._entity(voice)
                yield Source(
                    label=self._name(voice),
                    node=self._nodes.get(entity.id) if entity else None,
                    own=False,
                    anonymous=entity is not None and entity.anonymous,
                )
            if not step.sources and not step.via:
                yield Source(_unnamed(step), None, own=False, anonymous=True)

    def _step(self, step: Attribution) -> str:
        parts = [self._names(step.sources) or _unnamed(step)]
        parts += [
            f"{word} {self._names(fillers)}"
            for word, fillers in (("via", step.via), ("on", step.medium), ("citing", step.basis))
            if fillers
        ]
        return ", ".join(parts)

    def _names(self, fillers: Iterable[Filler]) -> str:
        return " and ".join(map(self._name, fillers))

    def _entity(self, filler: Filler) -> Entity | None:
        return self._entities.get(filler.entity) if filler.entity else None

    def _name(self, filler: Filler) -> str:
        entity = self._entity(filler)
        return visible(entity.label if entity else _cut(self._text, filler.span))


def _unnamed(step: Attribution) -> str:
    return _UNNAMED.get(step.kind, "unnamed")


def _marks(claim: Claim, sentence: Span) -> tuple[Mark, ...]:
    """The trigger and the arguments that stand in the sentence; others are not shown in it."""
    spans = {(argument.filler.span, argument.role) for argument in claim.arguments}
    spans.add((claim.trigger, "trigger"))
    return tuple(
        Mark(span.start - sentence.start, span.end - span.start, role)
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
