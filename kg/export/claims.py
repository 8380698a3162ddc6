"""`claims.jsonl`: every claim as one self-contained JSON object a line, for people and scripts.

Keys, always all of them and in this order:

`id`            local name of the event, the same as in the graph
`type`          class of the event; `OpenClaim` where no event type covers what is said
`predicate`     of an open claim, `lemma` and `text`; else null
`label`         who and what, in short
`sentence`      `text`, `index`, and `start`, `end` in the document
`trigger`       `text`, `start`, `end`
`roles`         a list of `role`, `text`, `start`, `end`; `entity` (id), `label` and `kind` (class)
                where it is linked, else `event` (id) where another claim fills it; `spatial` and
                `part` as the text puts them; `inferred` if the text does not say it here;
                `marker` is the preposition before it in an open claim
`attributions`  from the nearest to the outermost: `kind`, `sources`, `via`, `medium`, `basis`
                (labels), `cue`, `quote`; empty if the report itself says so
`factuality`    `value` (FactBank), `polarity`, `certainty`, `tense`, `modality`, `realis`,
                `operators`
`quantities`    `text`, `comparator`, `value`, `lower`, `upper`, `unit`, `si_value`, `si_unit`
                (numbers as decimal strings); `part` of another figure of the claim
`time`          `text`, `edtf`, `earliest`, `latest`, `precision`, `duration` (ISO 8601); null
                without a time
`as_of`         the day on which the source spoke, where the text tells it
`document`      `id`, `uri`, `title`, `publisher`, `published`
`against_interest`  whether it tells against the party that its nearest source speaks for
`headline`      whether it stands in a headline
`rule`          event file and trigger that fired
`confidence`    the extractor's own, 0 to 1

Offsets are half-open code points of the normalised document text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.graph.events import predicate_text
from kg.graph.reports import event_labels
from kg.model import (
    Argument,
    Attribution,
    Claim,
    Document,
    Entity,
    Factuality,
    Filler,
    Predicate,
    Quantity,
    Reading,
    Span,
    Time,
)

_LINE_BREAKS = re.compile("[\\x85\u2028\u2029]")  # text tools take them for the end of a line
_json = json.JSONEncoder(ensure_ascii=False).encode
Record = dict[str, Any]


def claims(readings: Iterable[Reading]) -> Iterator[str]:
    """One line a claim with its line feed, by document and then by place in the text."""
    for reading in sorted(readings, key=lambda each: each.document.id):
        yield from claims_of(reading, event_labels(reading))


def claims_of(reading: Reading, labels: Mapping[str, str]) -> Iterator[str]:
    """The lines of one document, by place in the text; `labels` are its `event_labels`."""
    entities = {entity.id: entity for entity in reading.entities}
    every = (*reading.claims, *reading.open_claims)
    for claim in sorted(every, key=lambda each: (each.trigger, each.id)):
        line = _json(claim_record(reading, claim, entities, labels[claim.id]))
        yield (line if line.isascii() else _LINE_BREAKS.sub(_escape, line)) + "\n"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def claim_record(
    reading: Reading, claim: Claim, entities: Mapping[str, Entity], label: str
) -> Record:
    """The object of one claim, with the keys that this module documents."""
    document = reading.document
    return {
        "id": claim.id,
        "type": claim.type,
        "predicate": None if claim.predicate is None else _predicate(document, claim.predicate),
        "label": label,
        "sentence": _sentence(reading, claim.sentence),
        "trigger": _words(document, claim.trigger),
        "roles": [_role(document, argument, entities) for argument in claim.arguments],
        "attributions": [_attribution(document, step, entities) for step in claim.attributions],
        "factuality": _factuality(claim.factuality),
        "quantities": [_quantity(document, quantity) for quantity in claim.quantities],
        "time": None if claim.time is None else _time(document, claim.time),
        "as_of": claim.as_of and claim.as_of.isoformat(),
        "document": _document(document),
        "against_interest": claim.against_interest,
        "headline": claim.headline,
        "rule": claim.rule,
        "confidence": claim.confidence,
    }


def _text(document: Document, span: Span) -> str:
    return document.text[span.start : span.end]


def _words(document: Document, span: Span) -> Record:
    return {"text": _text(document, span), "start": span.start, "end": span.end}


def _predicate(document: Document, predicate: Predicate) -> Record:
    return {"lemma": predicate.lemma, "text": predicate_text(predicate, document.text)}


def _sentence(reading: Reading, index: int) -> Record:
    sentence = reading.sentences[index]
    return {"index": index, **_words(reading.document, sentence.span)}


def _role(document: Document, argument: Argument, entities: Mapping[str, Entity]) -> Record:
    filler = argument.filler
    record = {"role": argument.role, **_words(document, filler.span)}
    if filler.event is not None:
        record["event"] = filler.event
    elif filler.entity is not None:
        record["entity"] = filler.entity
        if (entity := entities.get(filler.entity)) is not None:
            record |= {"label": entity.label, "kind": entity.type}
    return record | {
        "spatial": argument.spatial,
        "part": argument.part,
        "inferred": argument.inferred,
        "marker": argument.marker,
    }


def _attribution(document: Document, step: Attribution, entities: Mapping[str, Entity]) -> Record:
    def label(filler: Filler) -> str:
        entity = entities.get(filler.entity or "")
        return entity.label if entity else _text(document, filler.span)

    return {
        "kind": step.kind,
        "sources": [label(filler) for filler in step.sources],
        "via": [label(filler) for filler in step.via],
        "medium": [label(filler) for filler in step.medium],
        "basis": [label(filler) for filler in step.basis],
        "cue": None if step.cue is None else _text(document, step.cue),
        "quote": None if step.quote is None else _text(document, step.quote),
    }


def _factuality(factuality: Factuality) -> Record:
    return {
        "value": factuality.value,
        "polarity": factuality.polarity,
        "certainty": factuality.certainty,
        "tense": factuality.tense,
        "modality": factuality.modality,
        "realis": factuality.realis,
        "operators": factuality.operators,
    }


def _quantity(document: Document, quantity: Quantity) -> Record:
    return {
        "text": _text(document, quantity.span),
        "comparator": quantity.comparator,
        "value": quantity.value,
        "lower": quantity.lower,
        "upper": quantity.upper,
        "unit": quantity.unit,
        "si_value": quantity.si_value,
        "si_unit": quantity.si_unit,
        "part": quantity.part,
    }


def _time(document: Document, time: Time) -> Record:
    return {
        "text": _text(document, time.span),
        "edtf": time.edtf,
        "earliest": time.earliest and time.earliest.isoformat(),
        "latest": time.latest and time.latest.isoformat(),
        "precision": time.precision,
        "duration": time.duration,
    }


def _document(document: Document) -> Record:
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published and document.published.isoformat(),
    }
