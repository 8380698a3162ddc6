"""Speech acts: who speaks, in which words, and what is said."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kg.extract.attribution import AttributionReader
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.event_nouns import is_new
from kg.model import Argument, Attribution, Claim, Filler, Span
from kg.vocab import is_a, is_one_of

_DONE = ("Killing", "Abduction", "Destruction", "Arson")
_REASONS = ("for", "over", "on", "of")


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
        and tree.child(i, "nsubj", "nsubjpass", "expl")
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


def is_deed(claim: Claim) -> bool:
    """Whether somebody may claim responsibility for it."""
    return any(is_a(claim.type, kind) for kind in ("CombatEvent", "Explosion"))


def deed_before(draft: Draft, drafts: Sequence[Draft], deed: Claim | None) -> Claim | None:
    """The deed of the sentence itself, else the last one told: "kill two, and X claims it"."""
    if draft.claim.type != "ResponsibilityClaim":
        return deed
    before = [
        each.claim
        for each in drafts
        if each.head < draft.head
        and each.claim.factuality.realis
        and each.match.proposition.link != "relative"
    ]
    found = next((each for each in before if is_deed(each)), None)
    return found or next((each for each in before if is_one_of(each.type, _DONE)), deed)


def claimed_deed(
    draft: Draft, told: Sequence[Argument], deed: Claim | None, context: Context
) -> list[Argument]:
    """As in "The group claimed responsibility." after a sentence that tells of an attack.

    Or "The group is blamed." right after it. Not so "a bomb for which nobody has claimed
    responsibility".
    """
    bare = all(a.role not in ("content", "cause") for a in told)
    if not bare or deed is None or draft.match.proposition.link == "relative":
        return []
    if draft.claim.type == "Accusation":
        tree, blamed = context.tree, draft.match.lemma in ("blame", "hold responsible")
        reasons = any(
            tree[i].form.lower() in _REASONS for i in range(draft.head, tree.sentence.last)
        )
        another = draft.claim.sentence - deed.sentence > 1 or bool(deed.fillers("agent"))
        if not blamed or reasons or another:
            return []
    elif draft.claim.type != "ResponsibilityClaim":
        return []
    else:  # "claimed responsibility for a bomb that hit X": no deed of another sentence
        things = [slot.head for slot in draft.match.proposition.all("for")]
        new = [i for i in things if context.tree.children(i, "det") and is_new(i, context)]
        if new:
            return [Argument("content", context.filler(new[0]))]
    return [Argument("content", Filler(deed.trigger, event=deed.id), inferred=True)]


def is_about_before(draft: Draft, context: Context) -> bool:
    """Whether the event is said of something that the sentence before has introduced."""
    tree = context.tree
    for role in draft.match.roles:
        words = [tree[i].form.lower() for i in tree.children(role.head, "det")]
        if tree[role.head].upos == "PRON" or set(words) & {"these", "those", "this", "that"}:
            return True
    return False
