"""Speech acts: who speaks, in which words, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.attribution import AttributionReader
from kg.extract.causes import is_outcome
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.obliques import preposition
from kg.model import Argument, Attribution, Claim, Filler, Span
from kg.vocab import is_a

_SURROUNDING = (
    "during",
    "after",
    "before",
    "following",
    "amid",
    "since",
    "despite",
    "over",
    "because of",
)


def with_quote(attribution: Attribution, quote: Span, claim: Claim) -> Attribution:
    """A quotation that holds the event with all its parties is direct, else partial."""
    parties = [argument.filler.span for argument in claim.arguments]
    whole = bool(parties) and all(quote.contains(span) for span in parties)
    return replace(attribution, kind="direct_quote" if whole else "partial_quote", quote=quote)


def is_statement(quote: Span, context: Context) -> bool:
    """Whether the quotation holds a clause; a quoted name or term is no statement."""
    tree = context.tree
    return any(
        tree.is_verb(i)
        and quote.contains(tree.token_span(i))
        and tree.child(i, "nsubj", "nsubjpass")
        for i in tree.indices()
    )


def spoken(arguments: list[Argument], draft: Draft, context: Context) -> list[Argument]:
    """A report or footage that "says" is the means; its owner is the speaker."""
    if draft.match.proposition.kind != "verb":
        return arguments
    speech = AttributionReader(context).speech(draft.match.proposition)
    means = speech.basis + speech.medium
    if not means:
        return arguments
    kept = [a for a in arguments if a.role != "agent" or a.filler not in means]
    sources = speech.sources or tuple(
        source for step in draft.claim.attributions[:1] for source in step.sources
    )
    agents = [Argument("agent", source) for source in sources]
    media = [Argument("medium", filler) for filler in speech.medium]
    media += [Argument("instrument", filler) for filler in speech.basis]
    return list(dict.fromkeys(agents + kept + media))


def content(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> list[Argument]:
    """The events that a speech act introduces; without any, its clause as text.

    `opened` are the open claims of the sentence: a clause that no event type covers is told by one.
    """
    head = draft.match.proposition.head
    clauses = {other.head: other.claim for other in opened}
    told = [other for other in drafts if other is not draft and _is_content(other, head)]
    beside = _circumstances(told, context.tree.children(head, "ccomp"), context)
    found = [
        Argument("content", Filler(clauses[below].trigger, event=clauses[below].id))
        for below in dict.fromkeys(beside.values())
        if below in clauses
    ]
    told = [each for each in told if beside.get(each.head) not in clauses]
    found += [
        Argument("content", Filler(other.claim.trigger, event=other.claim.id))
        for other in told
        if not _is_within(other, told, context)
    ]
    if not found and not draft.claim.fillers("content"):
        for child in context.tree.children(head, "ccomp", "xcomp"):
            clause = context.propositions.get(child)
            beside = clause is not None and clause.link == "root"
            if beside or context.tree[child].upos in ("NOUN", "PROPN"):
                continue  # a statement that only stands beside it, or a misread name
            inside = context.tree.subtree(child)
            filler = Filler(context.tree.span(inside[0], inside[-1]))
            if child in clauses:
                filler = Filler(clauses[child].trigger, event=clauses[child].id)
            found.append(Argument("content", filler))
    return found[:8]


def is_deed(claim: Claim) -> bool:
    """Whether somebody may claim responsibility for it."""
    return any(is_a(claim.type, kind) for kind in ("CombatEvent", "Explosion"))


def claimed_deed(claim: Claim, told: Sequence[Argument], deed: Claim | None) -> list[Argument]:
    """As in "The group claimed responsibility." after a sentence that tells of an attack."""
    bare = claim.type == "ResponsibilityClaim" and all(each.role != "content" for each in told)
    if not bare or deed is None:
        return []
    return [Argument("content", Filler(deed.trigger, event=deed.id), inferred=True)]


def _is_content(other: Draft, head: int) -> bool:
    """An event of the speaker's words, or the clause that the verb takes."""
    below = other.match.proposition
    clause = below.governor == head and below.link in ("complement", "infinitive")
    return clause or any(step.cue == head for step in other.steps[:1])


def _circumstances(
    told: Sequence[Draft], clauses: Sequence[int], context: Context
) -> dict[int, int]:
    """The events that only surround what is said, with the clause that is said.

    As in "said that X would leave after the attack": the content is that X would leave.
    """
    heads = {other.head for other in told} | {other.match.proposition.light for other in told}
    found = {}
    for other in told:
        below = other.head
        for above in context.tree.ancestors(other.head):
            if above in clauses and above not in heads and _surrounds(below, context):
                found[other.head] = above
            below = above
    return found


def _surrounds(index: int, context: Context) -> bool:
    tree = context.tree
    word = tree[index]
    return word.deprel == "advcl" or (
        word.deprel == "prep" and preposition(tree, index) in _SURROUNDING
    )


def _is_within(draft: Draft, told: Sequence[Draft], context: Context) -> bool:
    """Whether the event is a detail of another that is told: the content is what heads it.

    What acts or comes of it is told for itself: "said a strike killed ten, wounding five".
    """
    heads = {other.head for other in told if other is not draft}
    heads |= {other.match.proposition.light or other.head for other in told if other is not draft}
    below = draft.head
    for above in context.tree.ancestors(draft.head):
        if above in heads:
            beside = context.tree[below].deprel in ("conj", "nsubj")
            return not beside and not is_outcome(draft.match.proposition)
        below = above
    return False


def is_about_before(draft: Draft, context: Context) -> bool:
    """Whether the event is said of something that the sentence before has introduced."""
    tree = context.tree
    for role in draft.match.roles:
        words = [tree[i].form.lower() for i in tree.children(role.head, "det")]
        if tree[role.head].upos == "PRON" or set(words) & {"these", "those", "this", "that"}:
            return True
    return False
