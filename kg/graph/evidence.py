"""What a claim has to say for or against an edge, and how many independent origins say so.

The origin of a claim is who first said so: the nearest named source, else the publisher. Two
outlets that quote one source are one origin; so are a source and the outlet of that name, reports
that repeat one another, and those with the same sentence, of which one has copied the other or
both a third.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from types import MappingProxyType

from kg.model import Claim, Document, Entity, Reading

NO_VOICES: Mapping[str, str] = MappingProxyType({})

_SCOPED = "x_"
_STATES = ("Control", "Siege", "Blockade", "Command")
_OWN_WORDS = "the report"
_TELLING = 8
"""Words from which on two who write the same sentence do so by copying, not by chance."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one claim has to say for or against an edge, without the reading it stands in.

    `sources` are the entities that said so first; where there is none it is the report itself that
    speaks, with the `voice` of its publisher, or if that is unknown its own. `called` gives the
    names of those sources that more than one report may know, in lower case, each with its source;
    `sentence` is a hash of the words, empty for few words. `asserts` is not the opposite of
    `opposes`: most claims do neither.
    """

    claim: str
    document: str
    opposes: bool
    asserts: bool
    sources: tuple[str, ...]
    called: tuple[tuple[str, str], ...]
    sentence: str
    voice: str
    published: date | None


def evidence_in(claim: Claim, reading: Reading, entities: Mapping[str, Entity]) -> Evidence:
    """The evidence that a claim of a reading is; `entities` are those of the reading by id."""
    value, document = claim.factuality, reading.document
    fillers = claim.attributions[0].sources if claim.attributions else ()
    sources = tuple(source.entity for source in fillers if source.entity)
    return Evidence(
        claim=claim.id,
        document=document.id,
        # Says that it is not so; "will not" and "may not have" contradict nobody.
        opposes=value.polarity == "negative"
        and value.tense != "future"
        and value.modality in ("asserted", "reported")
        and value.certainty in ("certain", "probable"),
        # A headline is too short to be trusted alone; it supports but never asserts.
        asserts=value.realis and not claim.headline and not _is_over(claim, document.published),
        sources=sources,
        called=tuple(_called(sources, entities)),
        sentence=_words(claim, reading),
        voice=voice_of(document),
        published=document.published,
    )


def _is_over(claim: Claim, published: date | None) -> bool:
    """As in "X was held by Y until 1912", "once held by Y": what has ended is no fact any more."""
    if claim.factuality.ended:
        return True
    time = claim.time
    _, _, end = (time.edtf or "").partition("/") if time is not None else ("", "", "")
    if time is None or claim.type not in _STATES or end in ("", ".."):
        return False
    return published is None or time.latest is None or time.latest < published


def voice_of(document: Document) -> str:
    """Who speaks where a report names no source."""
    return document.publisher or document.id


def count_origins(evidence: Collection[Evidence], voices: Mapping[str, str] = NO_VOICES) -> int:
    """The number of independent origins; `voices` as in `kg.graph.assertion.statement_of`."""
    from networkx.utils import UnionFind

    names: dict[str, str] = {}
    for name, source in sorted(pair for each in evidence for pair in each.called):
        names.setdefault(name, source)
    same: UnionFind[str] = UnionFind()
    found: set[str] = set()
    for each in evidence:
        for origin, words in _origins(each, names, voices):
            found.add(origin)
            if words is not None and each.sentence:
                same.union(origin, f"{words} in {each.sentence}")
    return len({same[origin] for origin in found})


def _origins(
    evidence: Evidence, names: Mapping[str, str], voices: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """Each origin; with what it is called where only its report knows it."""
    for source in evidence.sources:
        yield source, source.split("_", 2)[-1] if source.startswith(_SCOPED) else None
    if not evidence.sources:
        voice = voices.get(evidence.document, evidence.voice)
        yield names.get(voice.casefold(), f"publisher {voice}"), _OWN_WORDS


def _called(sources: Iterable[str], entities: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    for source in sources:
        if source in entities and not source.startswith(_SCOPED):
            entity = entities[source]
            names = {name.casefold() for name in (entity.label, *entity.aliases)}
            yield from ((name, source) for name in sorted(names))


def _words(claim: Claim, reading: Reading) -> str:
    """A hash of the words of the claim's sentence, without what copying changes."""
    span = reading.sentences[claim.sentence].span
    words = reading.document.text[span.start : span.end].casefold().split()
    return (
        blake2b(" ".join(words).encode(), digest_size=12).hexdigest()
        if len(words) >= _TELLING
        else ""
    )
