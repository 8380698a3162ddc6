"""Open claims: what no event type covers, as predicate and arguments in the words of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.frames import Match
from kg.extract.proposition import Proposition
from kg.extract.role import Role
from kg.extract.tree import Tree
from kg.extract.wording import Wording, apposition, wording
from kg.lexicon import Frame, Lexicon, Trigger
from kg.model import Argument, Claim, Filler, Predicate

TYPE = "OpenClaim"
_FRAME = Frame()
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_UNDERGOING = frozenset(("object", "indirectObject"))
_LEAST = 0.1  # confidence in what is told of nobody


class OpenMatch(Struct, frozen=True):
    """A proposition without an event type: a match without a frame, and its words."""

    match: Match
    wording: Wording


def open_matches(context: Context, covered: Collection[int]) -> Iterator[OpenMatch]:
    """The propositions of a sentence at tokens that are not `covered`, in text order.

    Appositions come too: "X, leader of Y" says that X is the leader of Y.
    """
    for index in context.tree.indices():
        if index in covered or context.tree[index].deprel == "prep":
            continue  # "according to" is no predicate
        proposition = context.propositions.get(index)
        if proposition is None and context.tree[index].deprel != "appos":
            continue
        if proposition is not None and proposition.kind != "verb":
            continue  # what a noun alone tells is for the event types
        if proposition is not None and _is_misread(proposition, context):
            continue
        if proposition is None:
            kind, found = "apposition", apposition(index, context)
            proposition = Proposition(index, "noun", ("be",))
        else:
            kind, found = "clause", wording(proposition, context)
        if found is None or _is_of_nothing(index, context):
            continue
        if _is_told_of(found, proposition):
            roles = tuple(Role(phrase.role, phrase.noun) for phrase in found.phrases)
            trigger = Trigger(TYPE, _FRAME, f"open#{kind}")
            yield OpenMatch(Match(proposition, trigger, roles, found.lemma), found)


def bare_matches(context: Context, told: Collection[int]) -> Iterator[OpenMatch]:
    """Predicates of which the text tells nothing else ("Run!", "the stolen cars"), in text order.

    They are told by no claim at the tokens `told`.
    """
    for index in context.tree.indices():
        proposition = context.propositions.get(index) or _attribute(index, context.tree)
        if proposition is not None and index not in told:
            lemma = proposition.lemmas[0]
            trigger = Trigger(TYPE, _FRAME, "open#bare")
            words = Wording((index,), lemma, (), _LEAST)
            yield OpenMatch(Match(proposition, trigger, (), lemma), words)


def _attribute(index: int, tree: Tree) -> Proposition | None:
    """A participle before its noun, which the tagger may take for an adjective."""
    token = tree[index]
    participle = token.xpos in ("VBN", "VBG") or (token.xpos == "JJ" and token.form.endswith("ed"))
    participle = participle and token.deprel == "amod"
    return Proposition(index, "adjective", (tree.lemma(index),)) if participle else None


def _is_misread(proposition: Proposition, context: Context) -> bool:
    """As in "leaders host a summit to seek ways", "bombings kill two and wound ten", read as nouns.

    An infinitive is no main verb, "and" joins no verb to its own subject, a finite verb after a
    conjunction has a subject, and only some verbs take a clause of another as their object.
    """
    tree, verb = context.tree, proposition.head
    token, above = tree[verb], tree.lemma(tree[verb].head)
    before = tree[verb - 1] if verb > tree.sentence.first else token
    subjects = tree.children(verb, "nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
    auxiliaries = tree.children(verb, "aux", "auxpass")
    if token.deprel == "ROOT" and any(tree[i].xpos == "TO" for i in auxiliaries) and subjects:
        return True
    if proposition.link == "adverbial" and token.deprel == "advcl" and not subjects:
        shown = proposition.marker == "as" and proposition.passive  # "as shown by data"
        return shown or any(tree[i].xpos in _FINITE for i in (verb, *auxiliaries))
    if token.deprel == "ccomp" and token.xpos == "VBG" and not auxiliaries:
        lexicon = context.lexicon
        tables = (lexicon.report_verbs, lexicon.complements, lexicon.slots.object_control)
        return not any(above in table for table in tables)
    return before.deprel == "cc" and any(before.head in tree.subtree(i) for i in subjects)


def _is_of_nothing(index: int, context: Context) -> bool:
    """As in "no casualties are reported": what did not happen is told by the event itself."""
    tree = context.tree
    nouns = tree.children(index, "nsubj", "nsubjpass", "dobj", "attr")
    events = [i for i in nouns if i in context.propositions]
    if not events:
        return False
    return any(tree[d].form.lower() == "no" for i in events for d in tree.children(i, "det"))


def _is_told_of(found: Wording, proposition: Proposition) -> bool:
    """Whether the words say of whom or what the predicate is told."""
    roles = {phrase.role for phrase in found.phrases}
    if found.lemma == "be" and len(found.phrases) == 1:
        return False  # "better than it was"
    return "subject" in roles or (proposition.passive and bool(roles & _UNDERGOING))


def worded(claim: Claim, found: Wording, context: Context) -> Claim:
    """The claim with predicate and arguments as the text has them."""
    tree = context.tree
    arguments = []
    for phrase in found.phrases:
        filler = Filler(tree.span(phrase.first, phrase.last), context.by_head.get(phrase.noun))
        arguments.append(
            Argument(phrase.role, filler, inferred=phrase.understood, marker=phrase.marker)
        )
    words = tuple(tree.token_span(index) for index in found.words)
    return replace(
        claim,
        id=claim.id.replace("ev_", "oc_", 1),
        arguments=tuple(arguments),
        predicate=Predicate(found.lemma, words),
        factuality=claim.factuality if words else replace(claim.factuality, tense="present"),
        confidence=found.confidence,
    )


def linked(opened: Sequence[Draft], claims: Sequence[Claim], context: Context) -> list[Claim]:
    """The open claims, with the claims of the sentence that fill their arguments."""
    found = [draft.claim for draft in opened]
    said = [claim for claim in found if claim.predicate is not None and claim.predicate.words]
    ids = {claim.trigger.start: claim.id for claim in (*said, *reversed(claims))}
    return [
        replace(
            draft.claim,
            arguments=tuple(
                _with_event(argument, ids.get(context.tree[role.head].start))
                for argument, role in zip(draft.claim.arguments, draft.match.roles, strict=True)
            ),
        )
        for draft in opened
    ]


def carries(claim: Claim, lexicon: Lexicon) -> bool:
    """Whether the verb says nothing of its own: "managed to take X" is the taking, and how real."""
    lemma = claim.predicate.lemma.split()[0] if claim.predicate else ""
    known = lexicon.complements.get(lemma)
    operator = known is not None and known.effect != "presuppose"
    return operator and any(a.role == "complement" and a.filler.event for a in claim.arguments)


def _with_event(argument: Argument, event: str | None) -> Argument:
    if event is None or argument.filler.mention is not None:
        return argument
    return replace(argument, filler=replace(argument.filler, event=event))
