"""Denials that stand apart from what they deny.

"The UN says that X supports Y, which X denies" and "X rejected the accusations": one event, two
sources, two values. The denied event gets a second claim with the denier as source, so that no
plain fact can rest on the first one alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.denied_deeds import ANAPHORS, deniers, own_deeds
from kg.extract.proposition import Proposition
from kg.extract.sources import is_refusal
from kg.extract.told import is_owned
from kg.lexicon import Lexicon
from kg.model import Attribution, Claim, Factuality, Span
from kg.vocab import is_a, is_one_of

_ONE = ("it", "this", "that")
_IF = ("if", "unless")
_HEARD = ("reported", "alleged", "considered")
_CHARGED = ("alleged", "accused")
_MEASURES = ("JusticeEvent", "Detention", "Sanction", "Dismissal", "DiplomaticExpulsion")
"""What is done to somebody for a deed; who denies the deed does not deny that it was done."""


def denials(context: Context, claims: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Claim]:
    """The second claims of the events that this sentence denies.

    `claims` are those of this sentence, `before` those of the one that precedes it.
    """
    for index in sorted(context.propositions):
        proposition = context.propositions[index]
        if context.tree.children(index, "neg"):
            continue  # "a figure that X did not dispute"
        speech = _calling_untrue(proposition, context)
        if speech is not None:
            told = _told_in_full(proposition, context, claims)
            yield from (_denied(claim, speech, context) for claim in told)
            targets = [] if told else _told_of(proposition, speech, context, claims, before)
            proposition = speech
        elif not _is_denial(proposition, context.lexicon):
            continue
        elif (deeds := own_deeds(proposition, context, claims, before)) is not None:
            targets = deeds
        elif _has_content(index, context):
            continue
        elif _refers_back(proposition, context):
            targets = _told_of(proposition, proposition, context, claims, before)
        elif owned := _owned_reports(proposition, context):
            targets = [c for c in claims if c.attributions and c.attributions[0].cue in owned]
            targets = [claim for claim in targets if not _is_setting(claim, context)]
        elif _is_which_clause(proposition, context):
            earlier = _told_before(index, claims, context)
            speaks = any(is_a(claim.type, "CommunicationEvent") for claim in earlier)
            targets = _told_by_others(earlier) if speaks else _charged(earlier, index, context)
        else:
            continue
        yield from (_denied(c, proposition, context) for c in targets if _is_deniable(c))


def _is_deniable(claim: Claim) -> bool:
    """Whether somebody has said that it is so; not after "did not mention any victims"."""
    value = claim.factuality
    told = value.polarity == "positive" and value.certainty != "underspecified"
    return told and not is_a(claim.type, "CommunicationEvent")


def _calling_untrue(proposition: Proposition, context: Context) -> Proposition | None:
    """As in "X says it is untrue", "X calls the claims baseless": the verb of who says so."""
    tree, reporting = context.tree, context.lexicon.reporting
    index = proposition.head
    said = [*tree.children(index, "acomp", "attr", "oprd")]
    for prep in tree.children(index, "prep"):  # "described it as false"
        said += tree.children(prep, "amod", "pobj") if tree[prep].form.lower() == "as" else ()
    if not any(tree.lemma(i) in reporting.untrue for i in said):
        return None
    proven = tree.lemma(index) in reporting.proving
    spoken_of = _spoken_of(proposition, context)
    if tree.children(index, "neg") or not any(
        _is_what_was_said(i, context) or _is_full_report(i, context) for i in spoken_of
    ):
        return None
    if proven:
        return proposition  # "but this proved false"
    if tree.lemma(index) != "be":
        return proposition if tree.lemma(index) in reporting.judging else None
    above = context.propositions.get(-1 if proposition.governor is None else proposition.governor)
    told = above is not None and not _is_denial(above, context.lexicon)
    cued = above is not None and set(above.lemmas) & context.lexicon.report_verbs.keys()
    return above if told and cued else None


def _spoken_of(proposition: Proposition, context: Context) -> Sequence[int]:
    """What is called untrue, also by "..., a claim X calls baseless"."""
    tree, index = context.tree, proposition.head
    if tree[index].deprel in ("relcl", "acl"):
        return [tree[index].head]
    proven = tree.lemma(index) in context.lexicon.reporting.proving
    return tree.children(index, "nsubj" if tree.lemma(index) == "be" or proven else "dobj")


def _is_full_report(noun: int, context: Context) -> bool:
    """As in "reports that X fled", "rumours of a coup"."""
    told = context.tree.children(noun, "acl", "relcl", "ccomp", "prep")
    return bool(told) and _is_report(noun, context)


def _is_report(noun: int, context: Context) -> bool:
    """Not of a figure, which tells how many and not that."""
    lemma, lexicon = context.tree.lemma(noun), context.lexicon
    return lemma in lexicon.report_nouns and lemma not in lexicon.reporting.unvouched["tallies"]


def _told_in_full(
    proposition: Proposition, context: Context, claims: Sequence[Claim]
) -> list[Claim]:
    """As in "said reports that X had fled were false": that he had."""
    tree = context.tree
    nouns = [i for i in _spoken_of(proposition, context) if _is_full_report(i, context)]
    spans = [tree.span(i, tree.subtree(i)[-1]) for i in nouns]
    return [
        claim
        for claim in claims
        if claim.factuality.polarity == "positive"
        and any(span.contains(claim.trigger) for span in spans)
        and claim.factuality.modality in _HEARD
        and not is_a(claim.type, "CommunicationEvent")
    ]


def _is_denial(proposition: Proposition, lexicon: Lexicon) -> bool:
    cues = (lexicon.report_verbs.get(lemma) for lemma in proposition.lemmas)
    negative = any(cue is not None and cue.polarity == "negative" for cue in cues)
    return negative and not is_refusal(proposition, lexicon)


def _has_content(index: int, context: Context) -> bool:
    return any(i > index for i in context.tree.children(index, "ccomp", "xcomp", "pcomp"))


def _refers_back(proposition: Proposition, context: Context) -> bool:
    """As in "denied the accusations", "rejects this": an object that is what was said before."""
    return any(_is_what_was_said(slot.head, context) for slot in proposition.all("object"))


def _is_what_was_said(noun: int, context: Context) -> bool:
    tree = context.tree
    preps = tree.children(noun, "prep")  # "dismisses the claim as nonsense"
    bare = not tree.children(noun, "acl", "relcl", "ccomp") and all(
        tree[prep].form.lower() == "as" for prep in preps
    )
    told = _is_report(noun, context) or tree.lemma(noun) in context.lexicon.slots.accounts
    return tree[noun].form.lower() in ANAPHORS or (bare and told)


def _owned_reports(proposition: Proposition, context: Context) -> list[Span]:
    """As in "rejects Kigali's claim that": the cues of what others have said."""
    objects = [slot.head for slot in proposition.all("object") if proposition.slot("subject")]
    nouns = [i for i in objects if context.tree.lemma(i) in context.lexicon.report_nouns]
    return [context.tree.token_span(i) for i in nouns if is_owned(i, context)]


def _is_setting(claim: Claim, context: Context) -> bool:
    """As in "denied a claim that both would stop fighting after talks": the talks were."""
    tree = context.tree
    noun = next(i for i in tree.indices() if tree[i].end > claim.trigger.start)
    prep = tree[tree[noun].head].form.lower()
    around = context.lexicon.operators.junctions["background"]
    return tree[noun].deprel == "pobj" and prep in around and prep not in ("in", "over")


def _is_which_clause(proposition: Proposition, context: Context) -> bool:
    """As in "..., which Kigali denies": a relative clause on all that was said."""
    tree, index = context.tree, proposition.head
    if tree[index].deprel not in ("relcl", "acl", "advcl"):
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


def _told_before(verb: int, claims: Sequence[Claim], context: Context) -> list[Claim]:
    """What is told before a verb of denying.

    In "following accusations that X plotted, which X denies" that is the plot, and no more; in
    "will leave if X signs, which X rules out" the signing.
    """
    tree, start = context.tree, context.tree[verb].start
    earlier = [claim for claim in claims if claim.trigger.end <= start]
    for above in tree.ancestors(verb):
        noun = tree.head(above)
        within = tree[above].deprel in ("acl", "ccomp") and noun is not None
        within = within and tree.lemma(noun or 0) in context.lexicon.report_nouns
        marks = {tree[i].form.lower() for i in tree.children(above, "mark")}
        if within or not marks.isdisjoint(_IF):
            inside = tree.subtree(above)
            said = tree.span(inside[0], inside[-1])
            return [claim for claim in earlier if said.contains(claim.trigger)]
    return earlier


def _charged(before: Sequence[Claim], verb: int, context: Context) -> list[Claim]:
    """As in "jailed X for theft, a charge he denies": the theft, and not that X was jailed."""
    accused = [claim for claim in before if claim.factuality.modality in _CHARGED]
    cue = context.lexicon.report_nouns.get(context.tree.lemma(context.tree[verb].head))
    charge = cue is not None and cue.kind == "accusation"
    return accused or [
        claim
        for claim in before
        if not (is_one_of(claim.type, _MEASURES) and (charge or claim.fillers("cause")))
    ]


def _told_by_others(before: Sequence[Claim]) -> list[Claim]:
    """What somebody claimed before; what the report itself tells beside it stays."""
    return [
        claim for claim in before if claim.attributions or claim.factuality.modality == "accused"
    ]


def _told_of(
    proposition: Proposition,
    speech: Proposition,
    context: Context,
    claims: Sequence[Claim],
    before: Sequence[Claim],
) -> list[Claim]:
    """What "the accusation" or "it" was: told by another in this sentence, or the one before it.

    `speech` is the verb whose subject says so.

    Who denies that he is to blame for a deed does not deny the deed.
    """
    start = context.tree[proposition.head].start
    who = set(deniers(speech, context))
    earlier = [claim for claim in _told_by_others(claims) if claim.trigger.end <= start]
    told = [each for each in earlier if not _is_own(each, who, context)]
    told = told or _told_within(proposition, claims, context)
    told = told or _told_last(proposition, _told_by_others(before), context)
    if _is_of_accusation(proposition, context):
        charged = [c for c in told if c.factuality.modality in _CHARGED]
        accused = any(is_a(claim.type, "Accusation") for claim in (*claims, *before))
        told = charged if charged or accused else told
    return [c for c in told if c.factuality.modality != "accused" or c.fillers("agent")]


def _told_within(
    proposition: Proposition, claims: Sequence[Claim], context: Context
) -> list[Claim]:
    """As in "X reports downing a jet; Y denies this claim": what stands before it, by whomever."""
    tree = context.tree
    clauses = [i for i in tree.children(proposition.head, "ccomp") if i < proposition.head]
    spans = [tree.span(i, max(tree.subtree(i))) for i in clauses]
    return [c for c in claims if any(span.contains(c.trigger) for span in spans)]


def _told_last(proposition: Proposition, told: list[Claim], context: Context) -> list[Claim]:
    """As in "X says A, but Y told Z of B. X denies that": B, which was said last."""
    tree, mentions = context.tree, context.mentions
    objects = [slot.head for slot in proposition.all("object")]
    single = any(tree[i].form.lower() in _ONE or tree[i].xpos == "NN" for i in objects)
    speakers = [
        {
            tree.tokens[mentions[f.mention].head].form
            for f in c.attributions[-1].sources
            if f.mention is not None
        }
        if c.attributions
        else set()
        for c in told
    ]
    if not single or not told:
        return told
    last = max(range(len(told)), key=lambda i: told[i].trigger.start)
    return [claim for claim, by in zip(told, speakers, strict=True) if by == speakers[last]]


def _is_of_accusation(proposition: Proposition, context: Context) -> bool:
    """As in "denies the allegations": that there is an inquiry into them is not denied."""
    nouns = (context.tree.lemma(slot.head) for slot in proposition.all("object"))
    cues = (context.lexicon.report_nouns.get(noun) for noun in nouns)
    return any(cue is not None and cue.kind == "accusation" for cue in cues)


def _is_own(claim: Claim, who: set[int], context: Context) -> bool:
    """Whether who denies something else has told this himself; a pronoun may mean who told it."""
    tokens, mentions = context.tree.tokens, context.mentions
    if claim.factuality.modality == "accused":
        return False
    fillers = [source for step in claim.attributions for source in step.sources]
    sources = {tokens[mentions[f.mention].head].form for f in fillers if f.mention is not None}
    return any(tokens[i].upos == "PRON" or tokens[i].form in sources for i in who)


def _denied(claim: Claim, proposition: Proposition, context: Context) -> Claim:
    sources = tuple(map(context.filler, deniers(proposition, context)))
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
