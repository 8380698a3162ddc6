"""Did it happen: certainty, polarity, tense and modality composed down the tree.

The value of an event is what its own words give, changed by every word that governs it, up to the
source that says it (Saurí and Pustejovsky 2012); the effect of each governing word is data, after
Nairn, Condoravdi and Karttunen (2006). Where a word is not listed the event keeps its own value
only if the construction presupposes it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.extract.charges import is_charge
from kg.extract.context import Context
from kg.extract.governors import (
    complement,
    denied,
    exemplifies,
    is_nor,
    is_owned,
    is_ranked,
    modified,
    operator_of,
    reported,
    source_cue,
    staged,
    through,
    told_by,
    verb_above,
)
from kg.extract.obliques import preposition
from kg.extract.predicate import hedged, is_negated, own_value, tense_of
from kg.extract.proposition import Proposition
from kg.extract.values import apply, by_cue, negate, replaced, uncommitted, weakened
from kg.model import Factuality, Time

_DEFINITE = ("the", "this", "that", "these", "those", "both")
_MEANS = ("with", "by", "through", "via")
_BACKGROUND = ("after", "following", "since", "during", "amid", "amidst", "over", "despite", "in")
_AHEAD = ("requested", "planned", "intended", "expected", "threatened")
_AS_SOON = ("as soon as", "once")
_WHILE = ("when", "while")
_TEMPORAL = ("when", "once", "after", "before", "as")
_QUOTES = ('"', "\u201c", "``", "'", "\u2018")
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


def scheduled(
    value: Factuality,
    proposition: Proposition,
    time: Time | None,
    published: date | None,
    context: Context,
) -> Factuality:
    """As in "visits X next week": what is told as a fact of a day to come is only planned."""
    if published is None or time is None or time.earliest is None:
        return value
    if not value.realis or time.earliest <= published:
        return value
    if proposition.kind == "verb" and value.tense == "past":
        return value
    return apply(value, context.lexicon.phrases["scheduled"], "scheduled")


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
            above = _fellow(current, above, context)
            value = _shared(current, above, value, context)
        elif current.link in ("complement", "infinitive", "gerund", "subject"):
            cue = source_cue(current, above, context)
            if cue is not None and above is not None:
                return reported(value, cue, above, context)
            value = complement(current, above, value, context)
        elif current.link in ("participle", "relative"):
            return _of_noun(current, above, value, context)
        elif current.link in ("adverbial", "purpose"):
            value = _adverbial(current, above, value, context)
            goes_on = current.marker is None or _is_bare(current, context)
            if current.link == "purpose" or not goes_on:
                return value
        elif current.marker == "with" and above is not None and above.kind == "verb":
            return weakened(value, own_value(above, Factuality(), context))  # "with X doing Y"
        else:
            return value
        above = above or _of_adjective(current.governor, context)
        if above is None or above.kind != "verb":
            return value  # a noun has told already what becomes of it
        current = above
    return value


def _of_adjective(governor: int, context: Context) -> Proposition | None:
    """As in "once X is able to hold Y": the clause that the adjective belongs to."""
    described = context.tree[governor].upos == "ADJ"
    return verb_above(governor, context) if described else None


def _of_noun(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    """As in "possible attacks targeting X", "accused of hiring an agent who bombed X".

    What is said of an event, or of somebody new, is only as real as that.
    """
    if above is not None and above.kind == "noun" and above.light != current.head:
        event = factuality(above, context)
        if current.link == "relative" and value.tense == "past" and event.modality in _AHEAD:
            return value  # "to suspend an accord that allowed it"
        value = weakened(value, event)
        return uncommitted(value, "not") if event.polarity == "negative" else value
    if current.link == "relative":
        return _of_somebody(current, value, context)
    return value if current.passive else staged(current, value, context)


def _of_somebody(current: Proposition, value: Factuality, context: Context) -> Factuality:
    tree, noun = context.tree, current.governor
    if noun is None or not any(tree[i].form.lower() in ("a", "an") for i in tree.children(noun)):
        return value
    for index in tree.ancestors(noun):
        clause = context.propositions.get(index)
        if clause is not None and clause.kind == "verb":
            around = _verbal(clause, Factuality(), context)
            return value if around.realis else weakened(value, around)
    return value


def _fellow(current: Proposition, above: Proposition, context: Context) -> Proposition:
    """As in "wants to leave and has packed": joined to the infinitive, but beside "wants"."""
    tree = context.tree
    auxiliaries = tree.children(current.head, "aux", "auxpass")
    finite = {tree[i].xpos for i in (*auxiliaries, current.head)} & {"VBZ", "MD"}
    finite |= {tree[i].xpos for i in auxiliaries} & {"VBP", "VBD"}
    while finite and above.governor is not None and above.link in ("infinitive", "purpose"):
        governor = context.propositions.get(above.governor)
        if governor is None or governor.kind != "verb":
            break
        above = governor
    return above


def _shared(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """A coordinated verb without auxiliaries of its own shares those of the first."""
    tree = context.tree
    if is_nor(above, context):
        value = negate(value, "nor")
    if above.link == "complement" and above.marker in context.lexicon.subordinators:
        marker = above.marker or ""  # "considers whether to invade and occupy X"
        value = apply(value, context.lexicon.subordinators[marker], marker)
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


def _adverbial(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    lexicon = context.lexicon
    if current.link == "purpose":
        operator = operator_of(above, lexicon.complements) if above is not None else None
        aimed = operator is not None and operator.modality is not None
        if above is not None and any(
            is_ranked(i, context) for i in context.tree.children(above.head, "attr")
        ):
            return weakened(value, own_value(above, Factuality(), context))
        if above is not None and operator is not None and (aimed or operator.effect == "negate"):
            return apply(value, operator, above.lemmas[-1])
        return value if current.marker == "only" else apply(value, lexicon.purpose, "to")
    marker = current.marker or ""
    if marker in lexicon.subordinators:
        return apply(value, lexicon.subordinators[marker], marker)
    if above is None or above.kind != "verb":
        return value
    if marker in _AS_SOON:  # no more real than what it sets going: "will leave once X controls Y"
        return weakened(value, _verbal(above, Factuality(), context))
    around = own_value(above, Factuality(), context)
    if marker == "before" and value.tense == "present":
        return apply(value, lexicon.nominal_prepositions[marker], marker)  # "before he finds it"
    open_ = around.tense == "future" or not around.realis
    ahead = marker in _TEMPORAL and open_ and value.tense == "present"
    if current.marker is None or ahead or _is_bare(current, context):
        return weakened(value, around)  # "will answer when it attacks"
    return value


def _is_bare(current: Proposition, context: Context) -> bool:
    """As in "should be careful when visiting X": no more real than the clause around it."""
    return current.marker in _WHILE and context.tree[current.head].xpos == "VBG"


# ---------------------------------------------------------------- nouns


def _nominal(
    proposition: Proposition, value: Factuality, context: Context
) -> tuple[Factuality, Proposition | None]:
    """Value of an event noun, and the verb that goes on governing it if there is one."""
    tree, index = context.tree, proposition.head
    value = hedged(index, modified(index, value, context), context)
    if _is_labelled(index, context):
        return uncommitted(value, "quoted"), None
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


def _is_labelled(noun: int, context: Context) -> bool:
    """As in 'denounced the siege, a "brutal assault" on the people': what somebody calls it."""
    tree = context.tree
    marks = [i for i in tree.children(noun, "punct") if tree[i].form in _QUOTES and i < noun]
    return tree[noun].deprel in ("appos", "oprd") and bool(marks)


def _as_thought(verb: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "are feared dead", "is presumed dead": what the verb makes of a state."""
    lexicon = context.lexicon
    cue = next((lexicon.report_verbs[w] for w in verb.lemmas if w in lexicon.report_verbs), None)
    if cue is not None:
        return by_cue(value, cue, verb.lemmas[-1])
    operator = operator_of(verb, lexicon.complements)
    return value if operator is None else apply(value, operator, verb.lemmas[-1])


def _by_governor(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """The verb, noun or preposition around an event noun; unlisted ones presuppose the event."""
    lexicon = context.lexicon
    governor, marker = proposition.governor, proposition.marker or ""
    if marker in lexicon.nominal_prepositions:
        return apply(value, lexicon.nominal_prepositions[marker], marker)
    if governor is None:
        return value
    if exemplifies(context.tree[proposition.head].head, context.tree):
        return _by_governor(_whole(governor, context), value, context)
    above = context.propositions.get(governor)
    if proposition.link == "of-noun":
        return _under_noun_phrase(proposition, governor, marker, value, context)
    if above is None or above.kind != "verb" or proposition.link == "participle":
        return value
    if proposition.link != "subject" and is_charge(proposition, above, lexicon):
        new = _is_new(proposition.head, context)  # that nobody else has told of
        return replaced(value, "possible", "accused", None, "accused of") if new else value
    if any(lemma in lexicon.report_nouns for lemma in proposition.lemmas):
        return value  # who rejects a claim does not deny that it was made
    if proposition.link == "subject":
        return _of_subject(proposition, above, value, context)
    return _of_object(proposition, above, value, context)


def _whole(noun: int, context: Context) -> Proposition:
    """A noun of which an event is an example, as if it were one: how it hangs on its verb."""
    tree = context.tree
    known = context.propositions.get(noun)
    if known is not None and known.kind == "noun":
        return known
    found = Proposition(noun, "noun", (tree.lemma(noun),), governor=tree.head(noun))
    if tree[noun].deprel in ("nsubj", "nsubjpass"):
        found.link = "subject"
    elif tree[noun].deprel == "pobj":
        prep = tree[noun].head
        found.marker, found.governor = preposition(tree, prep), tree.head(prep)
        below = found.governor is not None and tree.is_noun(found.governor)
        found.link = "of-noun" if below else "oblique"
    else:
        found.link = "object"
    return found


def _of_object(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "launched an attack", "called for a ceasefire", "condemned the strikes"."""
    lexicon, marker = context.lexicon, proposition.marker or ""
    operator = operator_of(above, lexicon.nominal_verbs)
    oblique = proposition.link == "oblique"
    if oblique and marker == "as" and (operator is None or operator.effect != "pass"):
        return uncommitted(value, marker)  # "is investigated as an attack"
    if operator is None:
        return _taken_along(proposition, above, value, context)
    if operator.effect == "presuppose":
        return value
    if operator.effect == "negate" and context.is_speech(proposition.head):
        return value
    direct = context.tree[context.tree[proposition.head].head].form.lower() == marker
    if oblique and marker == "for" and operator.effect == "pass" and direct:
        return apply(value, lexicon.purpose, marker)  # "talks are held for their release"
    means = marker == "with" and operator.modality == "considered" and above.slot("object")
    if oblique and (operator.effect == "pass" or means):  # "backs forces with strikes"
        return _taken_along(proposition, above, value, context)
    if oblique and operator.effect == "negate" and marker in ("against", "from"):
        return uncommitted(value, above.lemmas[-1])  # "to deter against an attack"
    if oblique and (operator.effect != "replace" or marker not in _AIMED):
        return value
    return through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _of_subject(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "clashes continued", "strikes were called off", "an attack may lead to war"."""
    operator = operator_of(above, context.lexicon.nominal_verbs)
    if operator is not None and operator.effect == "pass" and not above.passive:
        return _verbal(above, value, context)
    if operator is not None and above.passive:
        return through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    return _taken_along(proposition, above, value, context)


def _taken_along(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "the decree will include a ban": an event that is new here is as real as its verb.

    One that is spoken of as known ("will visit the scene of the attack") stays presupposed.
    """
    known = not _is_new(proposition.head, context)
    means = proposition.marker in _MEANS  # "end it with the withdrawal of troops"
    if (known and not means) or proposition.marker in _BACKGROUND:
        return value
    around = _verbal(above, Factuality(), context)
    value = weakened(value, around)
    return uncommitted(value, "not") if around.polarity == "negative" else value


def _is_new(noun: int, context: Context) -> bool:
    """An event that is not spoken of as known."""
    return not any(
        context.tree[child].deprel == "poss" or context.tree[child].form.lower() in _DEFINITE
        for child in context.tree.children(noun)
    )


def _under_noun_phrase(
    proposition: Proposition, noun: int, marker: str, value: Factuality, context: Context
) -> Factuality:
    """As in "plans for an offensive", "reports of an attack", "victims of the attack"."""
    lexicon, lemma = context.lexicon, context.tree.lemma(noun)
    if marker not in ("of", "for", "to", "on", "about", "against", "at", "over"):
        return value
    cue = lexicon.report_nouns.get(lemma)
    if cue is not None and marker in ("of", "about", "for", "to"):
        value = told_by(value, cue, lemma, context, named=is_owned(noun, context))
        return denied(value, noun, verb_above(noun, context), context)
    operator = lexicon.nominal_nouns.get(lemma)
    if operator is None and marker == "for" and _is_new(proposition.head, context):
        return uncommitted(value, lemma)  # "the alert level for an eruption"
    return apply(value, operator, lemma) if operator is not None else value
