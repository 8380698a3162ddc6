"""Did it happen: certainty, polarity, tense and modality composed down the tree.

The value of an event is what its own words give, changed by every word that governs it, up to the
source that says it (Saurí and Pustejovsky 2012); the effect of each governing word is data, after
Nairn, Condoravdi and Karttunen (2006). Where a word is not listed the event keeps its own value
only if the construction presupposes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.extract.context import Context
from kg.extract.predicate import hedged, is_negated, own_value, tense_of
from kg.extract.proposition import Proposition
from kg.extract.values import apply, by_cue, negate, uncommitted, weakened, weaker
from kg.lexicon import Cue, Operator
from kg.model import Factuality

_CIRCUMSTANCE = ("by", "after", "while", "since", "when", "with", "through")
_AIMED = ("for", "to", "on", "of", "about", "against", "with", "at", "from")


def factuality(proposition: Proposition, context: Context) -> Factuality:
    """The value of an event seen from its nearest source."""
    start = proposition
    value = Factuality(tense="past")
    if proposition.kind != "verb":
        value, climbed = _nominal(proposition, value, context)
        if climbed is None:
            return value
        start = climbed
    return _verbal(start, value, context)


# ---------------------------------------------------------------- verbs


def _verbal(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """Own auxiliaries and negation, then each governor up to a source or a boundary."""
    value = own_value(proposition, value, context)
    seen = {proposition.head}
    current = proposition
    while current.governor is not None and current.governor not in seen:
        seen.add(current.governor)
        above = context.propositions.get(current.governor)
        if current.link == "conjunct" and above is not None:
            value = _shared(current, above, value, context)
        elif current.link in ("complement", "infinitive", "gerund", "subject"):
            cue = _source_cue(current, above, context)
            if cue is not None and above is not None:
                return _reported(value, cue, above, context)
            value = _complement(current, above, value, context)
        elif current.link == "participle" and not current.passive:
            return _staged(current, value, context)
        elif current.link in ("adverbial", "purpose"):
            value = _adverbial(current, above, value, context)
            if current.link == "purpose" or current.marker is not None:
                return value
        else:
            return value
        if above is None or above.kind != "verb":
            return value  # a noun has told already what becomes of it
        current = above
    return value


def _shared(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """A coordinated verb without auxiliaries of its own shares those of the first."""
    tree = context.tree
    if _is_nor(above, context):
        value = negate(value, "nor")
    if tree[current.head].xpos in ("VB", "VBN") and not tree.children(
        current.head, "aux", "auxpass"
    ):
        for child in tree.children(above.head, "aux"):
            modal = context.lexicon.modals.get(tree[child].form.lower())
            if modal is not None and tree[child].xpos == "MD":
                value = apply(value, modal, tree[child].form.lower())
        value = hedged(above.head, value, context)
    elif tree.children(above.head, "advmod") and not tree.children(
        current.head, "nsubj", "nsubjpass"
    ):
        value = hedged(above.head, value, context)
    return value


def _is_nor(above: Proposition, context: Context) -> bool:
    """As in "neither captured X nor attacked Y", "did not capture X or attack Y"."""
    joints = {context.tree[c].form.lower() for c in context.tree.children(above.head, "cc")}
    return "nor" in joints or ("or" in joints and is_negated(above, context))


def _source_cue(current: Proposition, above: Proposition | None, context: Context) -> Cue | None:
    """The cue of a reporting verb whose content the clause is; there the climb ends."""
    if above is None or above.kind != "verb":
        return None
    lexicon = context.lexicon
    cue = next((lexicon.report_verbs[w] for w in above.lemmas if w in lexicon.report_verbs), None)
    if cue is None or current.link in ("complement", "subject"):
        return cue
    if current.link == "gerund" and current.marker is not None:
        return cue if current.marker in cue.preps else None
    return None if any(w in lexicon.complements for w in above.lemmas) else cue


def _complement(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    """The word above a complement clause: an operator, or unknown (then nobody is committed)."""
    tree, lexicon = context.tree, context.lexicon
    governor = current.governor if current.governor is not None else current.head
    if tree[governor].upos in ("NOUN", "PROPN"):
        return _under_noun(governor, value, context)
    if tree[governor].upos in ("ADJ", "ADV") or above is None:
        return _under_adjective(governor, value, context)
    if current.link == "gerund" and current.marker is not None:
        return _gerund(current, above, value, context)
    adjectives = tree.children(governor, "acomp", "oprd")
    if tree.lemma(governor) in ("be", "seem", "remain", "become") and adjectives:
        return _under_adjective(adjectives[0], value, context)
    if current.link == "infinitive" and tree.lemma(governor) == "be":
        return weakened(value, own_value(above, Factuality(), context))
    operator = _operator(above, lexicon.complements)
    if current.link == "infinitive" and tree.lemma(governor) == "have" and operator is None:
        yet = value.polarity == "negative"  # "has yet to": said by the clause's own words
        return value if yet else apply(value, lexicon.complements["require"], "have to")
    if operator is None:
        return uncommitted(value, above.lemmas[-1])
    return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _operator(above: Proposition, table: Mapping[str, Operator]) -> Operator | None:
    return next((table[lemma] for lemma in above.lemmas if lemma in table), None)


def _reported(value: Factuality, cue: Cue, above: Proposition, context: Context) -> Factuality:
    """What a reporting verb does; a speech act that is itself not real commits nobody."""
    value = by_cue(value, cue, above.lemmas[-1])
    doubting = context.lexicon.reporting.doubting
    if any(context.tree.lemma(c) in doubting for c in context.tree.children(above.head, "advmod")):
        return uncommitted(value, "falsely")
    act = own_value(above, Factuality(), context)
    first = context.propositions.get(above.governor) if above.governor is not None else None
    if above.link == "conjunct" and first is not None and _is_nor(first, context):
        return uncommitted(value, "neither")
    if act.polarity == "negative" or act.certainty == "underspecified":
        return uncommitted(value, "not " + above.lemmas[-1])
    if act.certainty == "possible":
        return replace(value, certainty="possible")
    return value


def _through(
    value: Factuality, above: Proposition, operator: Operator, context: Context
) -> Factuality:
    """The governor's own negation and modality: "did not manage", "may try"."""
    own = own_value(above, Factuality(), context)
    if own.polarity == "negative":
        if operator.effect == "negate":
            value = replace(value, polarity="positive")
            value = replace(value, certainty=weaker(value.certainty, "probable"))
        elif operator.effect == "pass":
            value = negate(value, "not")
        else:
            value = replace(value, polarity="negative", certainty="possible")
    return weakened(value, own)


def _gerund(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "by sending", "without firing", "succeeded in taking", "condemned for shelling"."""
    marker = current.marker or ""
    subordinator = context.lexicon.subordinators.get(marker)
    if subordinator is not None:
        return apply(value, subordinator, marker)
    operator = _operator(above, context.lexicon.complements)
    if marker in _CIRCUMSTANCE or (marker == "in" and operator is None):
        return weakened(value, own_value(above, Factuality(), context))
    if operator is not None:
        return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    return value if marker == "for" else uncommitted(value, marker)


def _under_adjective(index: int, value: Factuality, context: Context) -> Factuality:
    operator = context.lexicon.copular.get(context.tree.lemma(index))
    if operator is None:
        return uncommitted(value, context.tree.lemma(index))
    value = apply(value, operator, context.tree.lemma(index))
    above = _verb_above(index, context)
    return value if above is None else _through(value, above, operator, context)


def _under_noun(noun: int, value: Factuality, context: Context) -> Factuality:
    """As in "claims that", "plans to", "progress in pushing"."""
    lemma = context.tree.lemma(noun)
    if any(context.tree[c].form.lower() == "no" for c in context.tree.children(noun, "det")):
        return uncommitted(value, f"no {lemma}")
    above = _verb_above(noun, context)
    cue = context.lexicon.report_nouns.get(lemma)
    if cue is not None:
        return _denied(by_cue(value, cue, lemma), noun, above, context)
    operator = context.lexicon.nominal_nouns.get(lemma)
    if operator is None:
        return uncommitted(value, lemma)
    if operator.effect == "pass" and above is not None:
        value = weakened(value, own_value(above, Factuality(), context))
    return apply(value, operator, lemma)


def _denied(
    value: Factuality, noun: int, above: Proposition | None, context: Context
) -> Factuality:
    """What is done to a report: "reports that ... are denied", "could not confirm claims that"."""
    if above is None or context.tree[noun].deprel not in ("dobj", "nsubjpass", "pobj"):
        return value
    cue = next(
        (c for w in above.lemmas if (c := context.lexicon.report_verbs.get(w)) is not None), None
    )
    if cue is None:
        return value
    return _reported(value, cue, above, context)


def _staged(current: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "simulating ships attacking a port": the deed is only as real as the verb."""
    if current.governor is None or context.tree[current.governor].deprel != "dobj":
        return value
    above = _verb_above(current.governor, context)
    operator = _operator(above, context.lexicon.complements) if above is not None else None
    if above is None or operator is None or operator.effect == "pass":
        return value
    return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _verb_above(index: int, context: Context) -> Proposition | None:
    head = context.tree.head(index)
    if head is not None and context.tree[head].upos == "ADP":
        head = context.tree.head(head)
    above = context.propositions.get(head) if head is not None else None
    return above if above is not None and above.kind == "verb" else None


def _adverbial(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    lexicon = context.lexicon
    if current.link == "purpose":
        operator = _operator(above, lexicon.complements) if above is not None else None
        if above is not None and operator is not None and operator.effect != "pass":
            return apply(value, operator, above.lemmas[-1])
        return apply(value, lexicon.purpose, "to")
    marker = current.marker or ""
    if marker in lexicon.subordinators:
        return apply(value, lexicon.subordinators[marker], marker)
    if current.marker is None and above is not None and above.kind == "verb":
        return weakened(value, own_value(above, Factuality(), context))
    return value


# ---------------------------------------------------------------- nouns


def _nominal(
    proposition: Proposition, value: Factuality, context: Context
) -> tuple[Factuality, Proposition | None]:
    """Value of an event noun, and the verb that goes on governing it if there is one."""
    tree, lexicon = context.tree, context.lexicon
    index = proposition.head
    for child in tree.children(index, "amod", "compound", "advmod"):
        operator = lexicon.modifiers.get(tree[child].form.lower())
        if operator is not None:
            value = apply(value, operator, tree[child].form.lower())
    value = hedged(index, value, context)
    if is_negated(proposition, context):
        value = negate(value, "no")
    if any(
        tree[c].form.lower() in ("any", "every", "another") for c in tree.children(index, "det")
    ):
        value = uncommitted(value, "any")
    if proposition.light is not None:
        light = context.propositions[proposition.light]
        if light.link == "participle" and light.governor == index:
            return replace(value, tense=tense_of(light, context)), None
        if proposition.kind == "adjective":
            value = _as_thought(light, value, context)
        return value, light
    return _by_governor(proposition, value, context), None


def _as_thought(verb: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "are feared dead", "is presumed dead": what the verb makes of a state."""
    lexicon = context.lexicon
    cue = next((lexicon.report_verbs[w] for w in verb.lemmas if w in lexicon.report_verbs), None)
    if cue is not None:
        return by_cue(value, cue, verb.lemmas[-1])
    operator = _operator(verb, lexicon.complements)
    return value if operator is None else apply(value, operator, verb.lemmas[-1])


def _by_governor(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """The verb, noun or preposition around an event noun; unlisted ones presuppose the event."""
    lexicon = context.lexicon
    governor, marker = proposition.governor, proposition.marker or ""
    if marker in lexicon.nominal_prepositions:
        return apply(value, lexicon.nominal_prepositions[marker], marker)
    if governor is None:
        return value
    above = context.propositions.get(governor)
    if proposition.link == "of-noun":
        return _under_noun_phrase(governor, marker, value, context)
    if above is None or above.kind != "verb" or proposition.link == "participle":
        return value
    if any(lemma in lexicon.report_nouns for lemma in proposition.lemmas):
        return value  # who rejects a claim does not deny that it was made
    return _by_verb(proposition, above, value, context)


def _by_verb(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    operator, marker = _operator(above, context.lexicon.nominal_verbs), proposition.marker or ""
    if operator is None or (operator.effect == "negate" and context.is_speech(proposition.head)):
        return value
    if proposition.link == "subject" and not above.passive:
        return _verbal(above, value, context) if operator.effect == "pass" else value
    if proposition.link == "oblique" and (operator.effect != "replace" or marker not in _AIMED):
        return value
    return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _under_noun_phrase(noun: int, marker: str, value: Factuality, context: Context) -> Factuality:
    """As in "plans for an offensive", "reports of an attack", "victims of the attack"."""
    lexicon, lemma = context.lexicon, context.tree.lemma(noun)
    if marker not in ("of", "for", "to", "on", "about", "against", "at", "over"):
        return value
    cue = lexicon.report_nouns.get(lemma)
    if cue is not None and marker in ("of", "about", "for", "to"):
        return _denied(by_cue(value, cue, lemma), noun, _verb_above(noun, context), context)
    operator = lexicon.nominal_nouns.get(lemma)
    return apply(value, operator, lemma) if operator is not None else value
