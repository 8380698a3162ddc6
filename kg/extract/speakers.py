"""Who speaks in a quotation that has no cue of its own, over sentence boundaries.

The speaker is sought in the sentence itself, then behind the quotation where it ends later ("... We
go on. ..." said X), then among those who were speaking before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from kg.extract.attribution import AttributionReader
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.proposition import Proposition
from kg.extract.quotes import containing
from kg.extract.sources import Step
from kg.extract.speech import is_statement, with_quote
from kg.model import Attribution, Sentence, Span

_SHORT = 9  # words, fewer of which name a speaker and tell nothing
_MARKS = ('"', "“")
_FARTHEST = 8  # sentences that a quotation is followed to its end


class Speakers:
    """Marks quoted content of the sentences of one document, taken in text order."""

    def __init__(
        self,
        quotes: Sequence[Span],
        sentences: Sequence[Sentence],
        context_of: Callable[[Sentence], Context],
    ) -> None:
        """`quotes` are those of the document, `sentences` what is read; `context_of` parses one."""
        self._quotes = quotes
        self._sentences = sentences
        self._context_of = context_of
        self._last: Attribution | None = None

    def mark(self, drafts: Sequence[Draft], context: Context) -> None:
        """Gives quoted drafts their quotation, and a speaker where they have none."""
        begins = self._begins_quoted(context)
        own = self._speaker(context)
        carried = own or (self._behind(begins, context) or self._last if begins else None)
        for draft in drafts:
            quote = containing(self._quotes, draft.claim.trigger)
            if quote is None:
                continue
            first = draft.steps[0].attribution if draft.steps else None
            if first and first.kind == "indirect" and not _is_inside(first, quote):
                quoted = with_quote(first, quote, draft.claim)
                draft.steps[0] = replace(draft.steps[0], attribution=quoted)
            inside = all(_is_inside(step.attribution, quote) for step in draft.steps)
            if inside and is_statement(quote, context):
                speaker = carried or self._behind(quote, context)
                if speaker is not None:
                    cue = None if speaker is self._last else speaker.cue  # he still speaks
                    attribution = replace(speaker, kind="direct_quote", quote=quote, cue=cue)
                    draft.steps.append(Step(attribution, -1))
            steps = tuple(step.attribution for step in draft.steps)
            draft.claim = replace(draft.claim, attributions=steps)
        self._last = carried

    def _begins_quoted(self, context: Context) -> Span | None:
        """The quotation that the sentence begins in; its mark may be the first token."""
        first = context.tree.sentence.first
        last = min(first + 2, context.tree.sentence.last)
        spans = (context.tree.token_span(index) for index in range(first, last))
        return next(filter(None, (containing(self._quotes, span) for span in spans)), None)

    def _speaker(self, context: Context) -> Attribution | None:
        """Who speaks in a sentence: the subject of a verb of saying outside the quotation."""
        reader = AttributionReader(context)
        for index in sorted(context.propositions):
            proposition = context.propositions[index]
            if proposition.kind != "verb" or not _speaks(proposition, context):
                continue
            if containing(self._quotes, context.tree.token_span(index)) is None:
                return reader.speech(proposition)
        return None

    def _behind(self, quote: Span, context: Context) -> Attribution | None:
        """The speaker named in the sentence in which a quotation ends, or right after it."""
        at = self._sentences.index(context.tree.sentence)
        for sentence in self._sentences[at + 1 : at + 1 + _FARTHEST]:
            outside = sentence.span.start > quote.end + 1
            after = self._context_of(sentence)
            if outside:
                return self._speaker(after) if _names_speaker(after) else None
            speaker = self._speaker(after)
            if speaker is not None:
                return speaker
        return None


def _is_inside(attribution: Attribution, quote: Span) -> bool:
    """Whether only the words of a quotation tell of a source: "My father says ..."."""
    return attribution.cue is not None and quote.contains(attribution.cue)


def _speaks(proposition: Proposition, context: Context) -> bool:
    """Whether a verb tells of words of its subject: "X said", not "X established a camp"."""
    tree, lexicon = context.tree, context.lexicon
    subject = proposition.slot("subject")
    if subject is None or tree[subject.head].deprel not in ("nsubj", "pobj", "conj", "appos"):
        return False  # who is kept "from establishing" it does nothing
    lemmas = set(proposition.lemmas)
    told = lemmas & lexicon.speech_verbs or tree.child(proposition.head, "ccomp") is not None
    near = range(proposition.head + 1, min(proposition.head + 3, tree.sentence.last))
    told = told or any(tree[i].form in _MARKS for i in near)  # 'responded, "We ..."'
    if told and lemmas & lexicon.report_verbs.keys():
        return True
    given = {tree.lemma(slot.head) for slot in proposition.all("object")}
    words = range(proposition.head, tree.sentence.last)
    follows = any(tree[i].form == ":" for i in words)  # "issued the following statement: ..."
    return follows and bool(given & set(lexicon.reporting.media))


def _names_speaker(context: Context) -> bool:
    """As in "said X.", "X said in tears." after a quotation: all that it tells is who spoke."""
    tree = context.tree
    words = [i for i in tree.indices() if tree[i].upos != "PUNCT"]
    first = words[0] if words else None
    if first is None:
        return False
    if tree[first].form.islower():
        return tree.lemma(first) in context.lexicon.report_verbs
    root = next(i for i in tree.indices() if tree.head(i) is None)
    said = tree.lemma(root) in context.lexicon.speech_verbs and len(words) < _SHORT
    more = tree.children(root, "ccomp", "dobj", "xcomp", "conj", "parataxis")
    return said and not more and tree[tree.sentence.last - 1].form == "."
