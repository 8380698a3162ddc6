"""Readings built by hand, so that the later stages can be tested without a language model.

`report` makes a document of one body section whose sentences are the given ones; spans are found
by their words, so a test names what it means: `span(document, "advanced")`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from kg.graph import event_labels
from kg.model import (
    Argument,
    Attribution,
    AttributionKind,
    Audit,
    Certainty,
    Claim,
    Document,
    Entity,
    Factuality,
    Filler,
    Mention,
    Modality,
    Polarity,
    Predicate,
    Quantity,
    Reading,
    Reference,
    Section,
    Sentence,
    Span,
    Tense,
    Time,
)
from kg.store.search import Page, page


def report(
    *sentences: str,
    title: str = "A report",
    uri: str = "report.txt",
    publisher: str | None = None,
    published: date | None = date(2024, 11, 24),
) -> Document:
    """A document of the given sentences."""
    text = " ".join(sentences)
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest(),
        uri=uri,
        text=text,
        sections=(Section(Span(0, len(text)), "body"),),
        title=title,
        publisher=publisher,
        published=published,
    )


def span(document: Document, words: str, after: int = 0) -> Span:
    """Where the words stand in the document, from offset `after` on."""
    start = document.text.index(words, after)
    return Span(start, start + len(words))


def filler(document: Document, words: str, entity: str | None = None) -> Filler:
    """A filler by its words; the mention index is left out, as links go by entity."""
    return Filler(span(document, words), entity=entity)


def argument(
    document: Document,
    role: str,
    words: str,
    entity: str | None = None,
    *,
    spatial: str | None = None,
    part: bool = False,
    marker: str | None = None,
) -> Argument:
    return Argument(
        role, filler(document, words, entity), spatial=spatial, part=part, marker=marker
    )


def fact(
    *,
    polarity: Polarity = "positive",
    certainty: Certainty = "certain",
    tense: Tense = "past",
    modality: Modality = "asserted",
    operators: tuple[str, ...] = (),
) -> Factuality:
    return Factuality(polarity, certainty, tense, modality, operators)


def said(
    document: Document, words: str, entity: str | None, kind: AttributionKind = "indirect"
) -> Attribution:
    """One step of attribution to an entity."""
    return Attribution(kind, (filler(document, words, entity),))


def claim(
    document: Document,
    kind: str,
    trigger: str,
    *arguments: Argument,
    factuality: Factuality | None = None,
    attributions: tuple[Attribution, ...] = (),
    quantities: tuple[Quantity, ...] = (),
    time: Time | None = None,
    headline: bool = False,
) -> Claim:
    """A claim whose id and sentence follow from its trigger."""
    where = span(document, trigger)
    return Claim(
        id=f"ev_{document.id[:8]}_{where.start}",
        type=kind,
        sentence=_sentence_at(document, where.start),
        trigger=where,
        arguments=arguments,
        factuality=factuality or fact(),
        attributions=attributions,
        quantities=quantities,
        time=time,
        rule=f"{kind}#0",
        headline=headline,
    )


def open_claim(
    document: Document, lemma: str, words: str, *arguments: Argument, **changes: object
) -> Claim:
    """An open claim whose predicate is said in one piece; no words for a predicate left unsaid."""
    trigger = words or document.text[arguments[-1].filler.span.start :].split(" ")[0]
    made = claim(document, "OpenClaim", trigger, *arguments)
    predicate = Predicate(lemma, (span(document, words),) if words else ())
    return replace(
        made,
        id=made.id.replace("ev_", "oc_"),
        predicate=predicate,
        rule="open#clause",
        **changes,  # type: ignore[arg-type]
    )


def mention(
    document: Document, words: str, kind: str, level: str = "NAM", after: int = 0
) -> Mention:
    where = span(document, words, after)
    return Mention(where, 0, level, kind)  # type: ignore[arg-type]


def reading(
    document: Document,
    claims: Iterable[Claim] = (),
    entities: Iterable[Entity] = (),
    mentions: Sequence[tuple[Mention, str] | tuple[Mention, str, str]] = (),
    open_claims: Iterable[Claim] = (),
) -> Reading:
    """A reading; `mentions` pairs each mention with its entity and, for a metonym, the surface."""
    sentences = tuple(_sentences(document))
    references = tuple(
        Reference(index, pair[1], "metonym" if pair[2:] else "name", 1.0, *pair[2:])
        for index, pair in enumerate(mentions)
    )
    return Reading(
        document=document,
        sentences=sentences,
        mentions=tuple(pair[0] for pair in mentions),
        claims=tuple(claims),
        entities=tuple(entities),
        references=references,
        audit=tuple(Audit(sentence.index, "extracted", "") for sentence in sentences),
        engine="by hand 1",
        open_claims=tuple(open_claims),
    )


def searched(reading: Reading) -> Page:
    """What the search index keeps of a reading."""
    return page(reading, event_labels(reading))


def _sentences(document: Document) -> Iterable[Sentence]:
    start = 0
    for index, part in enumerate(document.text.split(". ")):
        end = min(start + len(part) + 1, len(document.text))
        yield Sentence(index, Span(start, end), 0, 0, "body")
        start = end + 1


def _sentence_at(document: Document, offset: int) -> int:
    return document.text.count(". ", 0, offset)
