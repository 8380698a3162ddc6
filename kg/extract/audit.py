"""What became of a sentence: which of its predicates gave a claim, an open claim or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.model import Audit, Claim


def audited(context: Context, claims: Sequence[Claim], open_claims: Sequence[Claim]) -> Audit:
    """The record of one sentence; its reason names what is not wholly read, in text order."""
    sentence = context.tree.sentence.index
    read = {claim.trigger for claim in claims}
    opened = {claim.trigger for claim in open_claims}
    in_words, lost = list[str](), list[str]()
    for index, proposition in sorted(context.propositions.items()):
        trigger = context.tree.token_span(index)
        word = context.tree[index].form
        if trigger in opened:
            in_words.append(word)
        elif trigger not in read and not (
            _is_function_verb(proposition, context) or _is_in_phrase(index, context)
        ):
            lost.append(word)
    reasons = []
    if in_words:
        reasons.append(f"open claim only: {', '.join(in_words)}")
    if lost:
        reasons.append(f"no event type for: {', '.join(lost)}")
    reason = "; ".join(reasons)
    if claims:
        return Audit(sentence, "partly" if reasons else "extracted", reason)
    if open_claims:
        return Audit(sentence, "partly", reason or "open claim only")
    return Audit(sentence, "not", reason or "no predicate")


def _is_in_phrase(index: int, context: Context) -> bool:
    """A word of the phrase that its verb was read by, as in "taken into custody", "shot dead"."""
    words = {context.tree[index].form.lower(), context.tree.lemma(index)}
    above = (context.propositions.get(i) for i in context.tree.ancestors(index))
    lemmas = (lemma for each in above if each is not None for lemma in each.lemmas)
    return any(words.intersection(lemma.split()[1:]) for lemma in lemmas)


def _is_function_verb(proposition: Proposition, context: Context) -> bool:
    """A verb that only carries another predicate, light, implicative, copular; or a preposition."""
    if proposition.kind != "verb":
        return False
    if context.tree[proposition.head].deprel == "prep":
        return True
    lexicon = context.lexicon
    tables = (lexicon.nominal_verbs, lexicon.complements)
    return any(lemma in table for lemma in proposition.lemmas for table in tables)
