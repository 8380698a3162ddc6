"""Denials that stand apart from what they deny.

"The UN says that X supports Y, which X denies" and "X rejected the accusations": one event, two
sources, two values. The denied event gets a second claim with the denier as source, so that no
plain fact can rest on the first one alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.lexicon import Lexicon
from kg.model import Attribution, Claim, Factuality
from kg.vocab import is_a

_ANAPHORS = ("it", "this", "that", "them", "these")


def denials(context: Context, claims: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Claim]:
    """The second claims of the events that this sentence denies.

    `claims` are those of this sentence, `before` those of the one that precedes it.
    """
    for index in sorted(context.propositions):
        proposition = context.propositions[index]
        if not _is_denial(proposition, context.lexicon) or _has_content(index, context):
            continue
        if _refers_back(proposition, context):
            targets = _told_by_others(before)
        elif _is_which_clause(proposition, context):
            trigger = context.tree[index].start
            earlier = [claim for claim in claims if claim.trigger.end <= trigger]
            somebody_speaks = any(is_a(claim.type, "CommunicationEvent") for claim in earlier)
            targets = _told_by_others(earlier) if somebody_speaks else earlier
        else:
            continue
        for claim in targets:
            if claim.factuality.polarity == "positive" and not is_a(
                claim.type, "CommunicationEvent"
            ):
                yield _denied(claim, proposition, context)


def _is_denial(proposition: Proposition, lexicon: Lexicon) -> bool:
    cues = (lexicon.report_verbs.get(lemma) for lemma in proposition.lemmas)
    return any(cue is not None and cue.polarity == "negative" for cue in cues)


def _has_content(index: int, context: Context) -> bool:
    return bool(context.tree.children(index, "ccomp", "xcomp", "pcomp"))


def _refers_back(proposition: Proposition, context: Context) -> bool:
    """As in "denied the accusations", "rejects this": an object that is what was said before."""
    tree = context.tree
    for slot in proposition.all("object"):
        if tree[slot.head].form.lower() in _ANAPHORS:
            return True
        named = tree.lemma(slot.head) in context.lexicon.report_nouns
        bare = not tree.children(slot.head, "prep", "acl", "relcl", "ccomp")
        if named and bare:
            return True
    return False


def _is_which_clause(proposition: Proposition, context: Context) -> bool:
    """As in "..., which Kigali denies": a relative clause on all that was said."""
    tree, index = context.tree, proposition.head
    if tree[index].deprel not in ("relcl", "acl"):
        return False
    noun = tree[index].head
    start = min([*tree.children(noun, "det"), noun])
    if tree.lemma(noun) in context.lexicon.report_nouns and tree[start - 1].form == ",":
        return True  # "..., an allegation that Kigali rejects"
    objects = tree.children(index, "dobj")
    return (
        bool(objects)
        and tree[objects[0]].form.lower() == "which"
        and (tree[objects[0] - 1].form == ",")
    )


def _told_by_others(before: Sequence[Claim]) -> list[Claim]:
    """What somebody claimed before; what the report itself tells beside it stays."""
    return [
        claim for claim in before if claim.attributions or claim.factuality.modality == "accused"
    ]


def _denied(claim: Claim, proposition: Proposition, context: Context) -> Claim:
    sources = tuple(context.filler(slot.head) for slot in proposition.all("subject"))
    cue = context.tree.token_span(proposition.head)
    value = Factuality(
        polarity="negative",
        certainty="certain",
        tense=claim.factuality.tense,
        modality="asserted",
        operators=(context.tree.lemma(proposition.head),),
    )
    return replace(
        claim,
        id=f"{claim.id}_denied{context.tree[proposition.head].start}",
        factuality=value,
        attributions=(Attribution("denial", sources, cue=cue),),
    )
