"""What the sets of open information extraction share: our clauses as worded tuples.

Every clause counts here, also one that an event type covers. A verb below another with the same
subject takes that verb's words along ("continue to reside in"), as such sets do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.evaluate.pipeline import Outcome
from kg.evaluate.scores.carb import Extraction
from kg.model import Argument, Claim, Span

_CORE = ("object", "indirectObject", "attribute")
_UNSAID = "is"
_PREPOSITION = re.compile(
    r" (about|above|across|after|against|along|among|around|as|at|before|behind|below|beneath"
    r"|beside|between|beyond|by|down|during|for|from|in|including|inside|into|like|near|of|off|on"
    r"|onto|outside|over|past|since|through|throughout|to|toward|towards|under|until|up|upon|via"
    r"|with|within|without) "
)
_DANGLING = re.compile(r" (?:to|that|which|who|,)$")


@dataclass(frozen=True, slots=True)
class Part:
    """What follows the subject: coordinated phrases behind one preposition, if any."""

    role: str
    marker: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A claim in surface order."""

    claim: Claim
    subjects: tuple[Span, ...]
    relation: str
    parts: tuple[Part, ...]


def tuples(outcome: Outcome) -> Iterator[Extraction]:
    """A tuple a clause: coordinated fillers in one, a leading preposition with the relation."""
    text = outcome.reading.document.text
    for clause in _clauses(outcome):
        relation, phrases = clause.relation, list[str]()
        for part in clause.parts:
            phrase = _text(text, Span(part.spans[0].start, part.spans[-1].end))
            if part.marker and not phrases and part.spans[0].start > clause.claim.trigger.start:
                relation += f" {part.marker}"
            else:
                phrase = f"{part.marker} {phrase}".lstrip()
            phrases.append(phrase)
        if phrases:
            subject = _text(text, Span(clause.subjects[0].start, clause.subjects[-1].end))
            yield Extraction(relation, (subject, *phrases), clause.claim.confidence)


def triples(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """A fact for each subject and phrase, and one for each noun further inside the phrase."""
    text = outcome.reading.document.text
    verbs = sorted(
        word.start
        for claim in outcome.reading.open_claims
        if claim.predicate is not None
        for word in claim.predicate.words
    )
    for clause in _clauses(outcome):
        core = next((part for part in clause.parts if part.role in _CORE), None)
        reach = f" {_short(_noun_phrase(text, core.spans[0], verbs))}" if core else ""
        for subject in clause.subjects:
            said = _noun_phrase(text, subject, verbs)
            for part in clause.parts:
                relation = clause.relation + (reach if part.role not in _CORE else "")
                for span in part.spans:
                    if part.role == "complement":
                        whole = f"{part.marker} {_text(text, span)}".lstrip()
                        yield said, clause.relation, whole
                        continue
                    phrase = f"{part.marker} {_noun_phrase(text, span, verbs)}".lstrip()
                    for inner, rest in _nested(phrase, after=len(part.marker)):
                        yield said, f"{relation} {inner}".rstrip(), rest


def _nested(phrase: str, after: int) -> Iterator[tuple[str, str]]:
    """The phrase cut before each of its prepositions: what goes to the relation, and the rest."""
    yield "", _short(phrase, after)
    for match in _PREPOSITION.finditer(phrase, after + 1):
        yield phrase[: match.start()], _short(phrase[match.start() + 1 :], len(match[1]))


def _short(phrase: str, after: int = 0) -> str:
    """The phrase up to its first preposition other than "of"; its own may stand first."""
    for match in _PREPOSITION.finditer(phrase, after + 1 if after else 0):
        if match[1] != "of":
            return phrase[: match.start()]
    return phrase


def _noun_phrase(text: str, span: Span, verbs: Sequence[int]) -> str:
    """The words before the first clause inside the phrase."""
    at = bisect_right(verbs, span.start)
    end = min(verbs[at], span.end) if at < len(verbs) else span.end
    phrase = _text(text, Span(span.start, end)).rstrip(" ,")
    return _DANGLING.sub("", phrase)


def _text(text: str, span: Span) -> str:
    return text[span.start : span.end]


# ---------------------------------------------------------------- clauses


def _clauses(outcome: Outcome) -> Iterator[Clause]:
    text = outcome.reading.document.text
    claims = outcome.reading.open_claims
    above = {
        argument.filler.event: (claim, argument)
        for claim in claims
        for argument in claim.arguments
        if argument.role == "complement" and argument.filler.event is not None
    }
    for claim in claims:
        subjects = _subjects(claim)
        if subjects:
            parts = _parts(_outermost(claim.arguments, subjects), text)
            spans = tuple(argument.filler.span for argument in subjects)
            yield Clause(claim, spans, _relation(claim, above, text), tuple(parts))


def _subjects(claim: Claim) -> list[Argument]:
    """What stands before the verb: of a passive, its object."""
    plain = [argument for argument in claim.arguments if argument.marker is None]
    found = [argument for argument in plain if argument.role == "subject"]
    for role in ("object", "indirectObject"):
        before = (a for a in plain if a.role == role)
        found = found or [a for a in before if a.filler.span.start < claim.trigger.start]
    return found


def _outermost(arguments: Sequence[Argument], subjects: Sequence[Argument]) -> list[Argument]:
    """Those after the subject; one inside another is part of its words."""
    found: list[Argument] = []
    for argument in arguments:
        inside = any(other.filler.span.contains(argument.filler.span) for other in found)
        if argument not in subjects and not inside:
            found.append(argument)
    return found


def _parts(arguments: Sequence[Argument], text: str) -> Iterator[Part]:
    """What is understood comes first: it is what a relative clause is about."""
    ordered = sorted(arguments, key=lambda argument: not argument.inferred)
    for (role, marker), group in groupby(ordered, key=lambda a: (a.role, a.marker)):
        spans = [argument.filler.span for argument in group]
        if marker is None and role not in _CORE:
            yield from (Part(role, "", (span,)) for span in spans)
        else:
            yield Part(role, _as_written(marker or "", spans[0], text), tuple(spans))


def _as_written(marker: str, span: Span, text: str) -> str:
    """The preposition with the capital that it has at the head of a sentence."""
    before = text[: span.start].rstrip()
    before = before[len(before) - len(marker) :]
    return before if before.lower() == marker else marker


def _relation(
    claim: Claim, above: Mapping[str, tuple[Claim, Argument]], text: str, depth: int = 3
) -> str:
    """The predicate's words behind those of the verb that it completes."""
    words = claim.predicate.words if claim.predicate else ()
    if not words:
        return _UNSAID
    own = [_text(text, word) for word in words]
    if depth and claim.id in above and any(a.inferred for a in _subjects(claim)):
        upper, argument = above[claim.id]
        if argument.filler.span.start == words[0].start:
            between = [
                _text(text, other.filler.span)
                for other in upper.arguments
                if other.role in _CORE
                and upper.trigger.end < other.filler.span.start < words[0].start
            ]
            return " ".join((_relation(upper, above, text, depth - 1), *between, *own))
    return " ".join(own[1:] if own[0] == "to" else own)
