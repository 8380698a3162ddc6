"""What the page shows, as pure data: no markup, no colour, no position.

Records refer to each other by index into the tuples of `View`, so that a sentence, a report or a
source is stored once. All text went through `display.visible`.
"""

from __future__ import annotations

import msgspec

from kg.model import Extracted, SectionKind, Status

FAMILIES = ("state", "place", "force", "organisation", "person", "materiel", "other")


class Link(msgspec.Struct, frozen=True):
    """A page about an entity in another knowledge base."""

    label: str
    url: str


class Node(msgspec.Struct, frozen=True):
    """An entity; `degree` counts the facts it takes part in.

    `family` is the broad kind that its shape stands for, one of `FAMILIES`. `lat` and `lon` are
    degrees (WGS 84), both or neither.
    """

    id: str
    label: str
    type: str
    family: str
    aliases: tuple[str, ...]
    links: tuple[Link, ...]
    degree: int
    anonymous: bool
    lat: float | None = None
    lon: float | None = None


class Report(msgspec.Struct, frozen=True):
    """A document; `date` is its publication day in ISO form.

    `extracted`, `partly` and `unread` count its sentences by what became of them.
    """

    title: str
    uri: str
    publisher: str | None
    date: str | None
    extracted: int
    partly: int
    unread: int


class Mention(msgspec.Struct, frozen=True):
    """Characters of a passage (code points) that name an entity.

    `node` is the entity if the page has it.
    """

    start: int
    length: int
    node: int | None


class Passage(msgspec.Struct, frozen=True):
    """A sentence of a report; a report's passages stand in its order.

    `opens` says that a paragraph begins here. `status` and `reason` are the audit: whether
    everything in the sentence became claims, and why not.
    """

    report: int
    text: str
    kind: SectionKind
    opens: bool
    status: Extracted | None
    reason: str
    mentions: tuple[Mention, ...]


class Mark(msgspec.Struct, frozen=True):
    """Characters of a passage (code points) and what they are: `trigger` or a role."""

    start: int
    length: int
    role: str


class When(msgspec.Struct, frozen=True):
    """The time of an event: the words of the report and the inclusive days they stand for."""

    written: str
    first: str | None
    last: str | None
    precision: str


class Amount(msgspec.Struct, frozen=True):
    """A quantity as written, with how it bounds the figure."""

    written: str
    comparator: str


class Source(msgspec.Struct, frozen=True):
    """Who says so. `node` is the entity if it is drawn; `own` marks the report's own voice."""

    label: str
    node: int | None
    own: bool
    anonymous: bool


class Evidence(msgspec.Struct, frozen=True):
    """One claim: what a passage says happened, according to whom, how firmly.

    `speaker` spells out the chain from the nearest source outwards; `sources` are all its voices.
    `places` are the nodes with a position that take part, `against` says that it tells against the
    side of its nearest source.
    """

    claim: str
    event: str
    passage: int
    marks: tuple[Mark, ...]
    speaker: str
    sources: tuple[int, ...]
    factuality: str
    modality: str
    tense: str
    when: When | None
    amounts: tuple[Amount, ...]
    places: tuple[int, ...]
    confidence: float
    rule: str
    against: bool


class OpenClaim(msgspec.Struct, frozen=True):
    """What a passage says and no event type covers; no fact rests on it.

    `predicate` is its lemma, the rest is as in `Evidence`.
    """

    claim: str
    predicate: str
    passage: int
    marks: tuple[Mark, ...]
    speaker: str
    factuality: str
    modality: str
    tense: str


class Fact(msgspec.Struct, frozen=True):
    """A relation between two entities and the evidence for and against it.

    `predicate` is the name of the edge in the ontology and `relation` its words; `mutual` says
    that it holds in both directions alike.
    """

    subject: int
    predicate: str
    relation: str
    object: int
    mutual: bool
    status: Status
    support: tuple[int, ...]
    opposition: tuple[int, ...]


class Saying(msgspec.Struct, frozen=True):
    """An entity that is the source of a claim: "the institute claimed that ..."."""

    node: int
    evidence: int


class View(msgspec.Struct, frozen=True):
    """Everything the page knows; `extractor` and `engines` name the programs that read.

    `evidence` and `passages` stand in the order of the texts. If `whole`, they are every claim and
    every sentence; else those that a fact or a saying rests on, without mentions, reasons and open
    claims.
    """

    title: str
    whole: bool
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    sayings: tuple[Saying, ...]
    evidence: tuple[Evidence, ...]
    open_claims: tuple[OpenClaim, ...]
    passages: tuple[Passage, ...]
    reports: tuple[Report, ...]
    sources: tuple[Source, ...]
    extractor: str
    engines: tuple[str, ...]
