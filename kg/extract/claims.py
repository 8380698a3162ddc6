"""Document and annotation in, claims and audit out: what each sentence says and leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from kg.extract.addressees import towards
from kg.extract.ahead import is_to_come, scheduled
from kg.extract.attribution import AttributionReader
from kg.extract.audit import audited
from kg.extract.causes import is_result, without_mutual_doers
from kg.extract.circumstances import circumstances
from kg.extract.content import content, of_bargain, of_plan
from kg.extract.context import Context
from kg.extract.contexts import Contexts
from kg.extract.convicted import convicted
from kg.extract.dating import time_of, told_on
from kg.extract.denials import denials
from kg.extract.doubts import is_doubtful, is_misread
from kg.extract.draft import Draft
from kg.extract.factuality import factuality
from kg.extract.fighters import as_parties
from kg.extract.figurative import is_figurative
from kg.extract.figures import by_sentence, figures
from kg.extract.foretold import closed
from kg.extract.frames import Match, match
from kg.extract.implied import with_implied
from kg.extract.members import part_of_counted
from kg.extract.misses import missed
from kg.extract.moments import shared_times
from kg.extract.open_claims import OpenMatch, bare_matches, carries, linked, open_matches, worded
from kg.extract.quotes import quotations
from kg.extract.recall import recalled, through_reports
from kg.extract.returns import returned
from kg.extract.role import Role
from kg.extract.senses import is_no_deed
from kg.extract.settings import is_idle_setting, is_setting
from kg.extract.sources import Step, presupposing
from kg.extract.speakers import Speakers
from kg.extract.speech import claimed_deed, deed_before, is_about_before, is_deed, spoken
from kg.extract.taken_up import take_up
from kg.extract.unsure import is_guessed, is_unsure
from kg.extract.untyped import untyped, with_whole_phrases
from kg.extract.values import uncommitted
from kg.extract.vouching import vouched
from kg.lexicon import Lexicon
from kg.model import (
    Annotation,
    Argument,
    Audit,
    Claim,
    Document,
    Factuality,
    Filler,
    Sentence,
    Span,
)
from kg.vocab import is_a, is_one_of

_SPEAKING = ("CommunicationEvent", "Agreement", "CourtRuling")
_ABOUT = (*_SPEAKING, "Vote")
_AT_ONCE = (*_SPEAKING, "Postponement", "Legislation")
_KIND_CONFIDENCE = {"verb": 1.0, "noun": 0.9, "adjective": 0.8}
_NEAR = 2  # sentences back: what is farther away is named again
_LONGEST = 400
"""Words of a sentence that is still read; what is longer is a list or an attack, and slow."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Claims in text order, those without an event type apart; an audit record a sentence."""

    claims: tuple[Claim, ...]
    open_claims: tuple[Claim, ...]
    audit: tuple[Audit, ...]


def extract(
    document: Document, annotation: Annotation, lexicon: Lexicon, *, every_clause: bool = False
) -> Extraction:
    """Reads every sentence of the body; titles and headings are audited but not read.

    With `every_clause` the open claims are also of what an event type covers, and of predicates
    without arguments.
    """
    reader = _DocumentReader(document, annotation, lexicon, every_clause)
    claims: list[Claim] = []
    opened: list[Claim] = []
    audit: list[Audit] = []
    for sentence in annotation.sentences:
        found, open_claims, record = reader.sentence(sentence)
        claims.extend(found)
        opened.extend(open_claims)
        audit.append(record)
    return Extraction(tuple(claims), tuple(opened), tuple(audit))


class _DocumentReader:
    def __init__(
        self,
        document: Document,
        annotation: Annotation,
        lexicon: Lexicon,
        every_clause: bool,
    ) -> None:
        self._every_clause = every_clause
        self._document = document
        self._annotation = annotation
        self._lexicon = lexicon
        self._context = Contexts(annotation, lexicon).of
        quotes = quotations(document.text, annotation.sentences)
        read = [sentence for sentence in annotation.sentences if _unread(sentence) is None]
        self._speakers = Speakers(quotes, read, self._context)
        named = [mention.span for mention in annotation.mentions if mention.level == "NAM"]
        dating = [  # a date inside a name ("the March 23 Movement") dates no event
            time
            for time in annotation.times
            if not any(name != time.span and name.contains(time.span) for name in named)
        ]
        self._dating = by_sentence(dating, read)
        self._times = by_sentence(annotation.times, read)
        self._quantities = by_sentence(annotation.quantities, read)
        self._before: list[Claim] = []
        self._told: list[Claim] = []
        self._deed: Claim | None = None  # the last attack or explosion

    def sentence(self, sentence: Sentence) -> tuple[list[Claim], list[Claim], Audit]:
        """Claims, open claims, audit."""
        unread = _unread(sentence)
        if unread is not None:
            return [], [], Audit(sentence.index, "not", unread)
        context = self._context(sentence)
        attributions = AttributionReader(context)
        drafts = self._drafts(context, attributions)
        self._told = [c for c in self._told if sentence.index - c.sentence <= _NEAR]
        take_up(drafts, self._told, context)
        opened = self._opened(drafts, context, attributions)
        bare = self._bare([*drafts, *opened], context, attributions)
        self._speakers.mark([*drafts, *opened, *bare], context)
        self._carry_sources([*drafts, *opened], context)
        claims = self._linked(drafts, opened, context)
        claims.extend(convicted(claims, drafts, context))
        claims.extend(denials(context, claims, self._before))
        self._before = claims
        self._told.extend(claims)
        self._deed = next((c for c in claims if is_deed(c)), self._deed)
        open_claims = linked(opened, claims, context)
        if not self._every_clause:
            open_claims = [each for each in open_claims if not carries(each, self._lexicon)]
        record = audited(context, claims, open_claims)
        return claims, [*open_claims, *(draft.claim for draft in bare)], record

    def _drafts(self, context: Context, attributions: AttributionReader) -> list[Draft]:
        drafts: list[Draft] = []
        for index in sorted(context.propositions):
            proposition = context.propositions[index]
            for number, found in enumerate(match(proposition, context)):
                if is_no_deed(found, context) or is_figurative(found, context):
                    continue
                steps = attributions.steps(proposition)
                claim = self._claim(found, steps, context)
                own = presupposing(steps, claim.factuality, context)
                if len(own) < len(steps):
                    steps, claim = own, self._claim(found, own, context)
                if number:
                    claim = replace(claim, id=f"{claim.id}_{number + 1}")
                drafts.append(Draft(claim, found, steps))
        return without_mutual_doers(with_implied(_unconsumed(drafts, context), context), context)

    def _opened(
        self, drafts: Sequence[Draft], context: Context, attributions: AttributionReader
    ) -> list[Draft]:
        """What no event type covers; a verb that only carries an event noun is covered by it."""
        covered: set[int] = set()
        if not self._every_clause:
            covered = {draft.head for draft in drafts}
            lights = (draft.match.proposition.light for draft in drafts)
            covered.update(light for light in lights if light is not None)
        matches = open_matches(context, covered)
        return [self._open_draft(found, context, attributions) for found in matches]

    def _bare(
        self, told: Sequence[Draft], context: Context, attributions: AttributionReader
    ) -> list[Draft]:
        """What no claim tells of, where every clause is wanted."""
        if not self._every_clause:
            return []
        matches = bare_matches(context, {draft.head for draft in told})
        return [self._open_draft(found, context, attributions) for found in matches]

    def _open_draft(
        self, found: OpenMatch, context: Context, attributions: AttributionReader
    ) -> Draft:
        # An apposition is told by the report, like a relative clause.
        steps = attributions.steps(found.match.proposition) if found.wording.words else []
        claim = self._claim(found.match, steps, context)
        return Draft(worded(claim, found.wording, context), found.match, steps)

    def _claim(self, found: Match, steps: list[Step], context: Context) -> Claim:
        head = found.proposition.head
        trigger = _words(head, context)
        sentence = context.tree.sentence.index
        time = time_of(self._dating[sentence], found, context)
        value = vouched(factuality(found.proposition, context), found, steps, context)
        value = closed(_settle(value, found, steps), found, context)
        value = missed(value, found, context)
        published = self._document.published
        if not is_one_of(found.trigger.type, _AT_ONCE):
            value = scheduled(value, found.proposition, time, published, context)
        elif value.realis and is_to_come(time, published):
            time = None  # "announced a ban until May", "postponed the vote to May"
        return Claim(
            id=f"ev_{self._document.id[:8]}_{trigger.start}",
            type=found.trigger.type,
            sentence=sentence,
            trigger=trigger,
            arguments=tuple(
                _argument(role, found, context)
                for role in found.roles
                if not role.event and not is_misread(role, found, context)
            ),
            factuality=value,
            attributions=tuple(step.attribution for step in steps),
            quantities=figures(self._quantities[sentence], found, context),
            time=time,
            as_of=told_on(
                self._times[sentence],
                (step.cue for step in steps),
                self._document.published,
                context,
            ),
            rule=found.trigger.rule,
            confidence=_KIND_CONFIDENCE[found.proposition.kind],
        )

    def _carry_sources(self, drafts: list[Draft], context: Context) -> None:
        """As in "These fighters are allegedly ...": still the word of those who told of them."""
        told = next((c.attributions[0] for c in self._before if c.attributions), None)
        for draft in drafts:
            if told is None or not draft.steps or draft.steps[0].attribution.sources:
                continue
            first = draft.steps[0]
            charged = draft.claim.factuality.modality == "accused"  # not by whoever spoke before
            open_ = first.attribution.kind == "unspecified_allegation" and not charged
            open_ = open_ and context.tree[first.cue].upos != "NOUN"  # "hit back at claims that he"
            if open_ and is_about_before(draft, context):
                attribution = replace(first.attribution, sources=told.sources, via=told.via)
                draft.steps[0] = replace(first, attribution=attribution)
                steps = tuple(step.attribution for step in draft.steps)
                draft.claim = replace(draft.claim, attributions=steps)

    # --------------------------------------------------------------- linking

    def _recalled(self, role: Role, context: Context) -> Argument:
        """An event that this sentence only names: told of before, or else words."""
        event = recalled(role.head, self._told, context)
        if event is None:
            return Argument(role.name, context.filler(role.head))
        return Argument(role.name, Filler(context.tree.token_span(role.head), event=event.id))

    def _linked(
        self, drafts: list[Draft], opened: Sequence[Draft], context: Context
    ) -> list[Claim]:
        """Adds the arguments that are events: what a speech act says, what caused what."""
        ids = {draft.match.proposition.head: draft.claim for draft in drafts}
        clauses = [draft for draft in opened if draft.match.proposition.kind == "verb"]
        times = shared_times(drafts, clauses, context)
        claims: list[Claim] = []
        for draft in drafts:
            arguments = list(draft.claim.arguments)
            events = (each for each in draft.match.roles if each.event)
            for role in (each for each in events if not is_guessed(each, draft, context)):
                if role.head in ids:
                    target = ids[role.head]
                    own = any(r.head == role.head and not r.event for r in draft.match.roles)
                    acts = own and not is_a(target.type, "CombatEvent")
                    set_in = is_setting(draft, role.head, target.type, context)
                    led = role.name == "cause" and is_result(role.head, drafts, context)
                    if role.name == "cause" and (acts or set_in or led):
                        continue  # "traffickers sank a boat": they did, their trade did not
                    arguments.append(Argument(role.name, Filler(target.trigger, event=target.id)))
                elif not is_idle_setting(draft, role.head, context):
                    arguments.append(self._recalled(role, context))
            arguments = through_reports(arguments, draft, drafts, self._told, context)
            arguments.extend(returned(draft, drafts, self._told))
            arguments.extend(circumstances(draft, drafts, clauses, context))
            arguments = as_parties(arguments, draft, context)
            arguments.extend(_borrowed(draft, drafts, self._lexicon))
            if is_a(draft.claim.type, "CommunicationEvent"):
                arguments = spoken(arguments, draft, context)
            if is_one_of(draft.claim.type, _ABOUT):
                arguments.extend(content(draft, drafts, clauses, context))
            if not any(each.role == "content" for each in arguments):
                arguments.extend(of_plan(draft, drafts, clauses, context))
            arguments.extend(towards(draft, drafts, clauses, arguments, context))
            deed = deed_before(draft, drafts, self._deed)
            arguments.extend(claimed_deed(draft, arguments, deed, context))
            arguments.extend(untyped(draft, drafts, arguments, context))
            arguments.extend(of_bargain(draft, arguments, context))
            arguments = with_whole_phrases(arguments, context)
            needs = draft.match.trigger.frame.require
            if "content" in needs and not any(a.role == "content" for a in arguments):
                continue
            kept = [each for each in arguments if not _is_only_when(each, draft.claim)]
            told = {(each.role, each.filler): each for each in reversed(kept)}  # the first of each
            once = tuple(each for each in kept if told[each.role, each.filler] is each)
            claims.append(replace(draft.claim, arguments=once, time=times.get(draft.claim.id)))
        return claims


def _is_only_when(argument: Argument, claim: Claim) -> bool:
    """As in "were charged in September over X": the month is no part of what they did."""
    filler = argument.filler
    plain = filler.mention is None and filler.event is None
    return plain and claim.time is not None and claim.time.span.contains(filler.span)


def _unread(sentence: Sentence) -> str | None:
    """Why a sentence is not read at all."""
    if sentence.kind != "body":
        return f"{sentence.kind}: not read as a statement"
    if sentence.last - sentence.first > _LONGEST:
        return f"longer than {_LONGEST} words"
    return None


def _unconsumed(drafts: list[Draft], context: Context) -> list[Draft]:
    """Without the words that are part of another trigger ("join the battle", "shoot dead")."""
    tree = context.tree
    taken = set()
    for draft in drafts:
        _, *words = draft.match.lemma.split()
        if words and draft.match.proposition.kind == "verb":
            inside = tree.children(draft.match.proposition.head, "dobj", "oprd", "acomp", "prep")
            inside = [*inside, *(i for each in inside for i in tree.children(each, "pobj"))]
            taken |= {index for index in inside if tree.lemma(index) in words}
    return [draft for draft in drafts if draft.match.proposition.head not in taken]


def _words(head: int, context: Context) -> Span:
    """The word that tells of the event; a copula with what it says: "was illegal"."""
    tree = context.tree
    told = tree.child(head, "acomp") if tree.lemma(head) == "be" else None
    return tree.token_span(head) if told is None or told < head else tree.span(head, told)


def _argument(role: Role, found: Match, context: Context) -> Argument:
    if is_unsure(role.head, context):
        return Argument(role.name, Filler(context.tree.token_span(role.head)))
    some = part_of_counted(context.tree, role.head)
    told = found.proposition.governor == role.head  # "one of the three who fled": all three did
    if some is not None and not told:  # "two of the three jets" are not the three
        return Argument(role.name, Filler(context.phrase_span(some)), role.spatial, part=True)
    if is_doubtful(role, found, context):
        return Argument(role.name, Filler(context.phrase_span(role.head)))
    return Argument(role.name, context.filler(role.head), role.spatial, role.part)


def _settle(value: Factuality, found: Match, steps: Sequence[Step]) -> Factuality:
    """What the kind of attribution adds: an accusation is never more than the accuser's word."""
    kinds = {step.attribution.kind for step in steps}
    if "accusation" in kinds and value.modality == "asserted":
        return replace(value, modality="accused")
    denied = steps and steps[0].attribution.kind == "denial"
    if denied and found.proposition.kind == "verb" and value.realis:
        return uncommitted(value, "denied")  # what is not plainly its content is no fact either
    return value


def _borrowed(draft: Draft, drafts: Sequence[Draft], lexicon: Lexicon) -> list[Argument]:
    """The role that a clause of means takes from the event it serves."""
    borrow = lexicon.events[draft.claim.type].borrow
    proposition = draft.match.proposition
    if borrow is None or draft.claim.fillers(borrow.role) or proposition.link != "gerund":
        return []
    return [
        Argument(borrow.role, argument.filler, inferred=True)
        for other in drafts
        if other.match.proposition.head == proposition.governor
        and other.claim.type == borrow.source
        for argument in other.claim.fillers(borrow.role)
    ]
