"""The records of what a report claims and whom it speaks of."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from kg.model.annotation import Document, Mention, Quantity, Sentence, Span, Time
from kg.vocab import Extracted, Status

Polarity = Literal["positive", "negative", "underspecified"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Tense = Literal["past", "present", "future"]
Modality = Literal[
    "asserted", "reported", "alleged", "accused", "expected", "planned", "intended",
    "attempted", "considered", "requested", "threatened", "conditional", "counterfactual",
]  # fmt: skip
AttributionKind = Literal[
    "indirect", "direct_quote", "partial_quote", "according_to", "accusation", "denial",
    "unspecified_allegation", "unspecified_expectation",
]  # fmt: skip
Verdict = Literal["same", "different", "unsure"]


# ----------------------------------------------------------------- extract


class Filler(Struct, frozen=True, gc=False):
    """What fills a role or names a source.

    `mention` indexes `Reading.mentions`; `entity` is filled in by resolve; a filler with neither
    is a literal piece of text. `event` is the id of another claim of the same document.
    """

    span: Span
    mention: int | None = None
    entity: str | None = None
    event: str | None = None


class Argument(Struct, frozen=True, gc=False):
    """A role of an event and its filler.

    `spatial` is the relation the text puts between event and place (`in`, `near`, `toward`,
    `southeast_of`, ...); `part` marks a partitive ("parts of", "40 percent of"). `marker` is the
    preposition before an argument of an open claim.
    """

    role: str
    filler: Filler
    spatial: str | None = None
    part: bool = False
    inferred: bool = False
    marker: str | None = None


NO_MORE = "no more"
"""The operator of a state that has ended."""


class Factuality(Struct, frozen=True, gc=False):
    """How firmly, seen from one source. `operators` is the chain that gave the value."""

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    modality: Modality = "asserted"
    operators: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The FactBank value, `CT+` to `Uu` (Saurí and Pustejovsky 2009)."""
        grade = {"certain": "CT", "probable": "PR", "possible": "PS"}.get(self.certainty)
        if grade is None:
            return "Uu"
        if self.polarity == "underspecified":
            return "CTu" if grade == "CT" else "Uu"
        return grade + ("+" if self.polarity == "positive" else "-")

    @property
    def ended(self) -> bool:
        """Told as a state that is no more: "the town, once held by X", "lifted the siege"."""
        return NO_MORE in self.operators

    @property
    def realis(self) -> bool:
        """Presented as having happened or holding; only such a claim can make a plain fact."""
        return (
            self.polarity == "positive"
            and self.tense != "future"
            and self.modality in ("asserted", "reported")
            and self.certainty in ("certain", "probable")
        )


class Attribution(Struct, frozen=True, gc=False):
    """One step from the event to who says so; the first step of a claim is the nearest."""

    kind: AttributionKind
    sources: tuple[Filler, ...]
    via: tuple[Filler, ...] = ()
    medium: tuple[Filler, ...] = ()
    basis: tuple[Filler, ...] = ()
    cue: Span | None = None
    quote: Span | None = None


class Predicate(Struct, frozen=True, gc=False):
    """What an open claim says of its arguments: the lemma, and the words that stand for it.

    `words` is empty where the text leaves the predicate out ("X, leader of Y").
    """

    lemma: str
    words: tuple[Span, ...]


class Claim(Struct, frozen=True, gc=False):
    """A reported event: who did what to whom, according to whom, how firmly, in which words.

    `id` is the local name `ev_<doc8>_<trigger start>[_n]`. An empty `attributions` means that the
    report itself says so. `as_of` is the day on which it was said, where the text tells it, else it
    holds as of the publication. `rule` names the event file and trigger that fired, `file#n`. An
    open claim (type `OpenClaim`, id `oc_...`) has a `predicate` instead of an event type; its roles
    are grammatical, of the active voice. `against_interest`: its content is unfavourable for the
    party that its nearest source speaks for.
    """

    id: str
    type: str
    sentence: int
    trigger: Span
    arguments: tuple[Argument, ...]
    factuality: Factuality
    attributions: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    time: Time | None = None
    as_of: date | None = None
    rule: str = ""
    confidence: float = 1.0
    headline: bool = False
    predicate: Predicate | None = None
    against_interest: bool = False

    def fillers(self, role: str) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if argument.role == role)


class Audit(Struct, frozen=True, gc=False):
    """What became of one sentence, and why."""

    sentence: int
    status: Extracted
    reason: str


# ----------------------------------------------------------------- resolve


class Entity(Struct, frozen=True, gc=False):
    """A thing in the world, or in one document when nothing links it.

    `id` is the local name of its IRI. `side` is the id of the state or group it acts for, `within`
    the id of the place that contains it, `affiliation` the body it belongs to.
    """

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    geonames: int | None = None
    lat: str | None = None
    lon: str | None = None
    side: str | None = None
    within: str | None = None
    affiliation: str | None = None
    anonymous: bool = False


class Reference(Struct, frozen=True, gc=False):
    """Which entity a mention means, by which step; `surface` is a metonym's literal referent."""

    mention: int
    entity: str
    method: str
    score: float = 1.0
    surface: str | None = None


class Chain(Struct, frozen=True, gc=False):
    """Phrases that mean one entity without being its references: of no known class, or pronouns.

    `entity` is also in `Reading.references`, or stands for what no class of ours covers.
    """

    entity: str
    spans: tuple[Span, ...]


class Decision(Struct, frozen=True, gc=False):
    """Somebody's word on whether entities are one thing, beside what the rules decide.

    `same` makes one of the `entities`, or with a single entity of all that bears one of the
    `names`; `different` takes that back; `unsure` is a note. A `different` with `reports` splits:
    there (names of reports, or local names of mentions) the second is meant, not the first.
    """

    verdict: Verdict
    entities: tuple[str, ...]
    names: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    reason: str = ""
    author: str = ""
    method: str = "by hand"
    score: float = 1.0


class Reading(Struct, frozen=True, gc=False):
    """Everything read from one document: the record that a build keeps for each report.

    `entities` holds every entity that `references`, `claims`, `side`, `within` or `affiliation`
    name, so that a reading can be understood alone. `open_claims` stand apart from `claims`: no
    plain fact can come of them. Things of no known class are entities only where open claims share
    them; `chains` hold where they, or further phrases for the others, stand.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...]
    audit: tuple[Audit, ...]
    engine: str
    open_claims: tuple[Claim, ...] = ()
    chains: tuple[Chain, ...] = ()


class Statement(Struct, frozen=True, gc=False):
    """A plain edge with all the claims for and against it; only `asserted` ones are facts."""

    subject: str
    predicate: str
    object: str
    status: Status
    supported_by: tuple[str, ...]
    opposed_by: tuple[str, ...] = ()
    source_count: int = 0
    document_count: int = 0
    first_reported: date | None = None
    last_reported: date | None = None
