"""The kg-gold/1 records that the scorer reads (the format has more), and what a system hands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class GoldEntity:
    id: str
    name: str
    type: str
    type_alt: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames: int | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class GoldMention:
    id: str
    start: int
    end: int
    text: str
    type: str
    entity: str
    also: str | None = None
    entity_alt: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset({self.entity, *self.entity_alt} | ({self.also} if self.also else set()))


@dataclass(frozen=True, slots=True)
class GoldTime:
    start: int
    end: int
    text: str
    value: str | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A quoted span: a trigger, a cue."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class GoldFiller:
    entity: str | None = None
    mention: str | None = None
    event: str | None = None
    inferred: bool = False
    start: int = 0
    end: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    start: int
    end: int
    text: str
    value: int | float | str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    source: tuple[str, ...]
    via: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldEvent:
    id: str
    sentence: str
    type: str
    triggers: tuple[Words, ...]
    roles: dict[str, tuple[GoldFiller, ...]]
    attribution: tuple[GoldAttribution, ...]
    factuality: str
    tense: str
    modality: str
    realis: bool
    type_alt: tuple[str, ...] = ()
    fact_alt: tuple[str, ...] = ()
    attr_alt: tuple[str, ...] = ()
    quantities: tuple[GoldQuantity, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    s: str
    p: str
    o: str
    status: str
    events: tuple[str, ...] = ()
    s_alt: tuple[str, ...] = ()
    p_alt: tuple[str, ...] = ()
    o_alt: tuple[str, ...] = ()
    optional: bool = False
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class EventMention:
    """A later reference to an event that was already told."""

    event: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PublicationDate:
    value: str


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """One JSON file."""

    schema: str
    doc_id: str
    file: str
    sha256: str
    publication_date: PublicationDate
    sentences: tuple[Sentence, ...]
    entities: tuple[GoldEntity, ...]
    mentions: tuple[GoldMention, ...]
    times: tuple[GoldTime, ...]
    events: tuple[GoldEvent, ...]
    relations: tuple[GoldRelation, ...]
    event_mentions: tuple[EventMention, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldItem:
    record: GoldRecord
    text: str


# ------------------------------------------------------------------ what a system hands in


@dataclass(frozen=True, slots=True)
class OurEntity:
    """An entity under the system's own key; `side` is such a key too."""

    key: str
    type: str
    label: str
    wikidata: str | None = None
    geonames: int | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class OurMention:
    span: Span
    type: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class OurTime:
    span: Span
    value: str | None = None
    bounds: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class OurFiller:
    span: Span
    entity: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class OurEvent:
    key: str
    type: str
    trigger: Span
    roles: tuple[tuple[str, OurFiller], ...] = ()
    sources: tuple[OurFiller, ...] = ()
    quantities: tuple[tuple[Span, str | None], ...] = ()
    factuality: str = "CT+"
    tense: str = "past"
    modality: str = "asserted"
    realis: bool = True
    rule: str = ""


@dataclass(frozen=True, slots=True)
class OurEdge:
    """An asserted plain edge; both ends are entity keys. `trigger` is where it is first told."""

    s: str
    p: str
    o: str
    rule: str = ""
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    entities: dict[str, OurEntity] = field(default_factory=dict)
    mentions: tuple[OurMention, ...] = ()
    times: tuple[OurTime, ...] = ()
    events: tuple[OurEvent, ...] = ()
    edges: tuple[OurEdge, ...] = ()
