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
from kg.extract.proposition import Proposition
from kg.lexicon import Cue, Operator
from kg.model import Certainty, Factuality, Modality, Tense

_CIRCUMSTANCE = ("by", "after", "while", "since", "when", "with", "through")
_AIMED = ("for", "to", "on", "of", "about", "against", "with", "at", "from")
_RANK: dict[Certainty, int] = {"certain": 3, "probable": 2, "possible": 1, "underspecified": 0}


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
    value = _own(proposition, value, context)
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
        elif current.link in ("adverbial", "purpose"):
            value = _adverbial(current, above, value, context)
            if current.link == "purpose" or current.marker is not None:
                return value
        else:
            return value
        if above is None:
            return value
        current = above
    return value


def _own(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    tree, lexicon = context.tree, context.lexicon
    index = proposition.head
    value = replace(value, tense=_tense(proposition, context))
    for child in tree.children(index, "aux"):
        modal = lexicon.modals.get(tree[child].form.lower())
        if modal is not None and tree[child].xpos == "MD":
            value = apply(value, modal, tree[child].form.lower())
    value = _phrase(proposition, value, context)
    if is_negated(proposition, context):
        value = _negate(value, "not")
    if _is_alternative(index, context):
        value = _replace(value, "possible", None, None, "or")
    return _adverbs(index, value, context)


def _is_alternative(index: int, context: Context) -> bool:
    """ "either killed or wounded", "A or B attacked": one of several that may be so."""
    tree = context.tree
    heads = [index, *tree.children(index, "nsubj", "agent")]
    token = tree[index]
    if token.deprel == "conj" and tree.child(index, "nsubj", "nsubjpass") is None:
        heads.append(token.head)
    ors = (
        child
        for head in heads
        for child in (*tree.children(head, "cc", "preconj"), *_inner_ors(head, index, context))
        if tree[child].form.lower() in ("or", "either")
    )
    return next(ors, None) is not None and not any(
        tree[c].form.lower() in context.lexicon.negators for c in tree.children(index, "neg")
    )


def _inner_ors(head: int, verb: int, context: Context) -> list[int]:
    """Conjunctions between the modifiers of a subject ("Syrian or Russian warplanes")."""
    if head == verb:
        return []
    modifiers = context.tree.children(head, "amod", "compound", "nmod", "pobj")
    return [c for m in modifiers for c in context.tree.children(m, "cc")]


def _tense(proposition: Proposition, context: Context) -> Tense:
    tree, index = context.tree, proposition.head
    if tree[index].upos not in ("VERB", "AUX"):
        return "past"
    finite = [tree[c] for c in tree.children(index, "aux", "auxpass")] + [tree[index]]
    if any(t.xpos == "MD" and t.form.lower() in ("will", "'ll", "shall", "wo") for t in finite):
        return "future"
    if any(t.lemma == "have" and t.deprel == "aux" for t in finite):
        return "past"
    if any(t.xpos == "VBD" for t in finite):
        return "past"
    if tree[index].xpos == "VBN" and not any(t.xpos in ("VBZ", "VBP") for t in finite):
        return "past"
    if any(t.xpos in ("VBZ", "VBP") for t in finite):
        return "present"
    if proposition.governor is not None and proposition.link != "root":
        above = context.propositions.get(proposition.governor)
        if above is not None and above.head != index and above.kind == "verb":
            return _tense(above, context)
    return "present"


def _phrase(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """ "is to open", "has yet to open": auxiliaries that the parser sees as verbs above."""
    if (
        proposition.link not in ("infinitive", "purpose", "complement")
        or proposition.governor is None
    ):
        return value
    tree, phrases = context.tree, context.lexicon.phrases
    above = proposition.governor
    yet = any(tree[c].form.lower() == "yet" for c in tree.children(above, "advmod"))
    if tree.lemma(above) in ("have", "be") and yet:
        return apply(value, phrases["yet-to"], "yet to")
    if (
        tree.lemma(above) == "be"
        and proposition.link == "infinitive"
        and not tree.children(above, "acomp")
    ):
        return apply(value, phrases["is-to"], "is to")
    return value


def is_negated(proposition: Proposition, context: Context) -> bool:
    """A negator on the predicate, or "no" on one of its core arguments."""
    tree, negators = context.tree, context.lexicon.negators
    index = proposition.head
    if any(
        tree[c].form.lower() in negators
        for c in tree.children(index, "neg", "advmod", "preconj", "cc")
    ):
        return True
    if proposition.kind != "verb":
        return any(tree[c].form.lower() in ("no", "neither") for c in tree.children(index, "det"))
    for child in tree.children(index, "nsubj", "nsubjpass", "dobj", "attr"):
        if tree[child].form.lower() in ("none", "nobody", "neither", "nothing"):
            return True
        if any(tree[c].form.lower() in ("no", "neither") for c in tree.children(child, "det")):
            return True
    return False


def _adverbs(index: int, value: Factuality, context: Context) -> Factuality:
    tree = context.tree
    for child in tree.children(index, "advmod", "amod"):
        cue = context.lexicon.report_adverbs.get(tree.lemma(child))
        if cue is None or (cue.when == "verb" and tree[index].upos != "VERB"):
            continue
        value = _by_cue(value, cue, tree.lemma(child))
    return value


def _shared(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """A coordinated verb without auxiliaries of its own shares those of the first."""
    tree = context.tree
    if tree[current.head].xpos in ("VB", "VBN") and not tree.children(
        current.head, "aux", "auxpass"
    ):
        for child in tree.children(above.head, "aux"):
            modal = context.lexicon.modals.get(tree[child].form.lower())
            if modal is not None and tree[child].xpos == "MD":
                value = apply(value, modal, tree[child].form.lower())
        neither = any(
            tree[c].form.lower() in ("nor", "or") for c in tree.children(above.head, "cc")
        )
        if neither and is_negated(above, context):
            value = _negate(value, "nor")
        value = _adverbs(above.head, value, context)
    elif tree.children(above.head, "advmod") and not tree.children(
        current.head, "nsubj", "nsubjpass"
    ):
        value = _adverbs(above.head, value, context)
    return value


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
        return _weaken(value, _own(above, Factuality(), context))
    operator = _operator(above, lexicon.complements)
    if operator is None:
        return _uncommitted(value, above.lemmas[-1])
    return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _operator(above: Proposition, table: Mapping[str, Operator]) -> Operator | None:
    return next((table[lemma] for lemma in above.lemmas if lemma in table), None)


def _reported(value: Factuality, cue: Cue, above: Proposition, context: Context) -> Factuality:
    """What a reporting verb does; a speech act that is itself not real commits nobody."""
    value = _by_cue(value, cue, above.lemmas[-1])
    act = _own(above, Factuality(), context)
    if act.polarity == "negative" or act.certainty == "underspecified":
        return _uncommitted(value, "not " + above.lemmas[-1])
    if act.certainty == "possible":
        return replace(value, certainty="possible")
    return value


def _through(
    value: Factuality, above: Proposition, operator: Operator, context: Context
) -> Factuality:
    """The governor's own negation and modality: "did not manage", "may try"."""
    own = _own(above, Factuality(), context)
    if own.polarity == "negative":
        if operator.effect == "negate":
            value = replace(value, polarity="positive")
            value = replace(value, certainty=_weaker(value.certainty, "probable"))
        elif operator.effect == "pass":
            value = _negate(value, "not")
        else:
            value = replace(value, polarity="negative", certainty="possible")
    return _weaken(value, own)


def _gerund(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """ "by sending", "without firing", "succeeded in taking", "condemned for shelling"."""
    marker = current.marker or ""
    subordinator = context.lexicon.subordinators.get(marker)
    if subordinator is not None:
        return apply(value, subordinator, marker)
    operator = _operator(above, context.lexicon.complements)
    if marker in _CIRCUMSTANCE or (marker == "in" and operator is None):
        return _weaken(value, _own(above, Factuality(), context))
    if operator is not None:
        return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    return value if marker == "for" else _uncommitted(value, marker)


def _under_adjective(index: int, value: Factuality, context: Context) -> Factuality:
    operator = context.lexicon.copular.get(context.tree.lemma(index))
    if operator is None:
        return _uncommitted(value, context.tree.lemma(index))
    value = apply(value, operator, context.tree.lemma(index))
    above = _verb_above(index, context)
    return value if above is None else _through(value, above, operator, context)


def _under_noun(noun: int, value: Factuality, context: Context) -> Factuality:
    """ "claims that", "plans to", "progress in pushing"."""
    lemma = context.tree.lemma(noun)
    above = _verb_above(noun, context)
    cue = context.lexicon.report_nouns.get(lemma)
    if cue is not None:
        return _denied(_by_cue(value, cue, lemma), noun, above, context)
    operator = context.lexicon.nominal_nouns.get(lemma)
    if operator is None:
        return _uncommitted(value, lemma)
    if operator.effect == "pass" and above is not None:
        value = _weaken(value, _own(above, Factuality(), context))
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


def _verb_above(index: int, context: Context) -> Proposition | None:
    head = context.tree.head(index)
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
        return _weaken(value, _own(above, Factuality(), context))
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
    value = _adverbs(index, value, context)
    if is_negated(proposition, context):
        value = _negate(value, "no")
    if any(
        tree[c].form.lower() in ("any", "every", "another") for c in tree.children(index, "det")
    ):
        value = _uncommitted(value, "any")
    if proposition.light is not None:
        light = context.propositions[proposition.light]
        if light.link == "participle" and light.governor == index:
            return replace(value, tense=_tense(light, context)), None
        return value, light
    return _by_governor(proposition, value, context), None


def _by_governor(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """The verb, noun or preposition around an event noun; unlisted ones presuppose the event."""
    tree, lexicon = context.tree, context.lexicon
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
    operator = _operator(above, lexicon.nominal_verbs)
    if proposition.link == "subject":
        if operator is not None and operator.effect == "pass" and not above.passive:
            return _verbal(above, value, context)
        if above.passive and operator is not None:
            return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)
        return value
    if operator is None:
        return value
    if proposition.link == "oblique" and (operator.effect != "replace" or marker not in _AIMED):
        return value
    return _through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _under_noun_phrase(noun: int, marker: str, value: Factuality, context: Context) -> Factuality:
    """ "plans for an offensive", "reports of an attack", "victims of the attack"."""
    lexicon, lemma = context.lexicon, context.tree.lemma(noun)
    if marker not in ("of", "for", "to", "on", "about", "against", "at", "over"):
        return value
    cue = lexicon.report_nouns.get(lemma)
    if cue is not None and marker in ("of", "about", "for", "to"):
        return _denied(_by_cue(value, cue, lemma), noun, _verb_above(noun, context), context)
    operator = lexicon.nominal_nouns.get(lemma)
    return apply(value, operator, lemma) if operator is not None else value


# ------------------------------------------------------------- composing


def apply(value: Factuality, operator: Operator, word: str) -> Factuality:
    """The value below an operator."""
    if operator.effect == "negate":
        value = _negate(value, word)
    elif operator.effect == "pass" and operator.certainty is None and operator.modality is None:
        return value
    return _replace(value, operator.certainty, operator.modality, operator.tense, word)


def _by_cue(value: Factuality, cue: Cue, word: str) -> Factuality:
    if cue.polarity == "negative":
        value = _negate(value, word)
    if cue.certainty is None and cue.modality is None:
        return value
    return _replace(value, cue.certainty, cue.modality, None, word)


def _replace(
    value: Factuality,
    certainty: Certainty | None,
    modality: Modality | None,
    tense: Tense | None,
    word: str,
) -> Factuality:
    """The weaker certainty wins; the first modality other than asserted stays (it is nearest)."""
    return Factuality(
        polarity=value.polarity,
        certainty=_weaker(value.certainty, certainty or value.certainty),
        tense=tense or value.tense,
        modality=modality if modality and value.modality == "asserted" else value.modality,
        operators=value.operators if word in value.operators else (*value.operators, word),
    )


def _negate(value: Factuality, word: str) -> Factuality:
    polarity = "positive" if value.polarity == "negative" else "negative"
    return replace(value, polarity=polarity, operators=(*value.operators, word))  # type: ignore[arg-type]


def _uncommitted(value: Factuality, word: str) -> Factuality:
    return _replace(value, "underspecified", "considered", None, word)


def _weaken(value: Factuality, own: Factuality) -> Factuality:
    """Takes over the modality and weaker certainty of the governing verb, not its polarity."""
    tense = "future" if own.tense == "future" else value.tense
    modality = own.modality if value.modality == "asserted" else value.modality
    operators = (*value.operators, *(word for word in own.operators if word not in value.operators))
    certainty = _weaker(value.certainty, own.certainty)
    return replace(value, certainty=certainty, tense=tense, modality=modality, operators=operators)


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    return one if _RANK[one] <= _RANK[other] else other
