"""Did it happen: certainty, polarity, tense and modality composed down the tree.

The value of an event is what its own words give, changed by every word that governs it, up to the
source that says it (Saurí and Pustejovsky 2012); the effect of each governing word is data, after
Nairn, Condoravdi and Karttunen (2006). Where a word is not listed the event keeps its own value
only if the construction presupposes it.
"""

from __future__ import annotations

from msgspec.structs import replace

from kg.extract.ahead import is_ahead, is_announced
from kg.extract.charges import is_accusing, is_charge, is_counted
from kg.extract.context import Context
from kg.extract.effects import acts_on
from kg.extract.event_nouns import (
    exemplified,
    is_as_sure,
    is_new,
    is_of_doer,
    is_outcome,
    is_protest,
    is_term,
    stands,
    whole_of,
)
from kg.extract.foretold import carried, is_set, operator_ahead, small_clause
from kg.extract.generics import is_anybody, is_generic, is_in_mind
from kg.extract.governors import (
    beside_noun,
    clause_of_ranked,
    complement,
    is_denied_around,
    is_ranked,
    is_taken_for_true,
    is_voiced,
    modified,
    staged,
    through,
)
from kg.extract.predicate import (
    clause_of_adjective,
    fellow,
    hedged,
    is_bare,
    is_negated,
    operator_of,
    operator_of_aim,
    own_value,
    shared,
    tense_of,
)
from kg.extract.proposition import Proposition
from kg.extract.sequels import is_aim_of_done
from kg.extract.sources import is_naming
from kg.extract.spoken_of import of_own_subject
from kg.extract.told import (
    as_thought,
    by_report,
    is_aired,
    is_raised,
    is_said_of,
    left_open,
    reported,
    source_cue,
)
from kg.extract.values import accused_of, apply, averted, is_open, negate, uncommitted, weakened
from kg.lexicon import Operator
from kg.model import Factuality

_AHEAD = ("requested", "planned", "intended", "expected", "threatened")


def factuality(proposition: Proposition, context: Context) -> Factuality:
    """The value of an event seen from its nearest source."""
    start, value = proposition, Factuality(tense="past")
    if proposition.kind != "verb":
        value, climbed = _nominal(proposition, value, context)
        if climbed is None:
            return value
        start = climbed
    value = _verbal(start, value, context)
    over = value.tense == "present" and is_of_doer(proposition, context)
    return replace(value, tense="past") if over else value


def _verbal(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """Own auxiliaries and negation, then each governor up to a source or a boundary."""
    value = own_value(proposition, value, context)
    seen = {proposition.head}
    current = proposition
    while current.governor is not None and current.governor not in seen:
        seen.add(current.governor)
        above = context.propositions.get(current.governor)
        if current.link == "conjunct" and above is not None:
            above = fellow(current, above, context)
            value = shared(current, above, value, context)
        elif current.link in ("complement", "infinitive", "gerund", "subject"):
            cue = source_cue(current, above, context)
            if cue is not None and above is not None:
                raised = is_raised(current, above, context)
                value = reported(value, cue, above, context, raised=raised)
                return _told_in_vain(value, above, context)
            value = complement(current, above, value, context)
        elif current.link in ("participle", "relative"):
            return _of_noun(current, above, value, context)
        elif current.link in ("adverbial", "purpose"):
            value = _adverbial(current, above, value, context)
            goes_on = current.marker is None or is_bare(current, context)
            if current.link == "purpose" or not goes_on:
                return value
        elif current.marker == "with" and above is not None and above.kind == "verb":
            return weakened(value, own_value(above, Factuality(), context))  # "with X doing Y"
        else:
            return of_own_subject(current, above, value, context)
        above = above or clause_of_adjective(current.governor, context)
        above = above or clause_of_ranked(current.governor, context)
        if above is None or above.kind != "verb" or is_taken_for_true(current, above, context):
            return value  # a noun has told already what becomes of it
        current = above
    return value


def _told_in_vain(value: Factuality, above: Proposition, context: Context) -> Factuality:
    """As in "denied that X confirmed that ...", "if X says that ...": so nobody has said it.

    Nor is shown what a video only "claims to show".
    """
    if above.governor is None:
        return value
    claimed = above.link == "infinitive" and context.tree.lemma(above.governor) == "claim"
    vain = claimed or is_open(_verbal(above, Factuality(), context))
    return uncommitted(value, "not " + above.lemmas[-1]) if vain else value


def _of_noun(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    """As in "possible attacks targeting X", "hired an agent who bombed X": as real as that."""
    if above is not None and above.kind == "noun" and above.light != current.head:
        event = factuality(above, context)
        past = current.link == "relative" and value.tense == "past" and event.modality in _AHEAD
        sure = past and modified(above.head, Factuality(), context).certainty == "certain"
        if sure or is_said_of(current, above, context):  # "to suspend an accord that ..."
            return value
        value = weakened(value, event)
        return uncommitted(value, "not") if event.polarity == "negative" else value
    if is_anybody(current, context) or (value.tense == "present" and is_generic(current, context)):
        return uncommitted(value, "whoever")
    if current.link == "relative":
        return _of_somebody(current, value, context)
    if not current.passive and is_in_mind(current, context):
        return uncommitted(value, "would be")
    return value if current.passive else staged(current, value, context)


def _of_somebody(current: Proposition, value: Factuality, context: Context) -> Factuality:
    tree, noun = context.tree, current.governor
    articles = tree.children(noun, "det") if noun is not None else ()
    cleft = tree.is_cleft(current.head)
    if noun is None or not (cleft or any(tree[i].form.lower() in ("a", "an") for i in articles)):
        return value
    for index in tree.ancestors(noun):
        clause = context.propositions.get(index)
        if clause is not None and clause.kind == "verb":
            cues = (context.lexicon.report_verbs.get(lemma) for lemma in clause.lemmas)
            if any(cue is not None and cue.polarity == "negative" for cue in cues):
                return uncommitted(value, clause.lemmas[-1])  # "denied the presence of a man who"
            around = _verbal(clause, Factuality(), context)
            return value if around.realis and not cleft else weakened(value, around)
    return value


def _adverbial(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    if current.link == "purpose":
        return _aim(current, above, value, context)
    marker = current.marker or ""
    if marker in context.lexicon.subordinators:
        return apply(value, context.lexicon.subordinators[marker], marker)
    junctions = context.lexicon.operators.junctions
    if above is None or above.kind != "verb":
        return beside_noun(current, value, context)
    told = any(word in context.lexicon.report_verbs for word in current.lemmas)
    if marker in junctions["dependent"] and not (marker == "with" and told):
        return weakened(value, _verbal(above, Factuality(), context))
    if marker == "before" and value.tense == "present":  # "before he finds it"
        return apply(value, context.lexicon.nominal_prepositions[marker], marker)
    around = own_value(above, Factuality(), context)
    if marker in junctions["temporal"] and value.tense == "present":  # "tell us when it attacks"
        around = weakened(around, _verbal(above, Factuality(), context))
    open_ = (around.tense == "future" or not around.realis) and not (marker == "as" and told)
    ahead = marker in junctions["temporal"] and open_ and value.tense == "present"
    if current.marker is None or ahead or is_bare(current, context):
        return weakened(value, around)  # "will answer when it attacks"
    return value


def _aim(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    """What a purpose clause is to its verb: "tried to take X", "the first to take X"."""
    lexicon = context.lexicon
    if above is None:
        return apply(value, lexicon.purpose, "to")
    if is_voiced(current, above, context):
        return weakened(value, _verbal(above, Factuality(), context))
    ranked = any(is_ranked(i, context) for i in context.tree.children(above.head, "attr"))
    if ranked or is_aired(current, above, context):
        return weakened(value, own_value(above, Factuality(), context))
    operator = operator_of_aim(above, context)
    if operator is not None:
        return apply(value, operator, above.lemmas[-1])
    return value if current.marker == "only" else apply(value, lexicon.purpose, "to")


def _nominal(
    proposition: Proposition, value: Factuality, context: Context
) -> tuple[Factuality, Proposition | None]:
    """Value of an event noun, and the verb that goes on governing it if there is one."""
    tree, index = context.tree, proposition.head
    value = hedged(index, modified(index, value, context), context)
    if (why := left_open(proposition, context)) is not None:
        return uncommitted(value, why), None
    if is_negated(proposition, context):
        value = negate(value, "no")
    if any(tree[c].form.lower() in ("any", "every") for c in tree.children(index, "det")):
        value = uncommitted(value, "any")
    if is_announced(proposition, context):
        return apply(value, context.lexicon.phrases["scheduled"], "announced"), None
    if proposition.light is not None:
        light = context.propositions[proposition.light]
        if light.link == "participle" and light.governor == index:
            value = replace(value, tense=tense_of(light, context))
            around = _by_governor(proposition, value, context)
            return around if around.polarity == "negative" else value, None  # "denied a raid by X"
        if proposition.kind == "adjective":
            return as_thought(light, value, context), light
        return carried(proposition, light, value, context), light
    return _by_governor(proposition, value, context), None


def _by_governor(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """The verb, noun or preposition around an event noun; unlisted ones presuppose the event."""
    lexicon = context.lexicon
    governor, marker = proposition.governor, proposition.marker or ""
    if (ahead := operator_ahead(proposition, marker, context)) is not None:
        return apply(value, ahead, marker)
    if governor is None or stands(proposition, context):
        return value
    if (whole := exemplified(proposition, context)) is not None:
        charged = context.tree.lemma(whole) in lexicon.slots.counts
        under = _under_noun_phrase(proposition, whole, "of", value, context)
        return _by_governor(whole_of(whole, context), under if charged else value, context)
    above = context.propositions.get(governor)
    if above is not None and is_charge(proposition, above, lexicon):  # be it one to come
        return accused_of(value) if is_new(proposition.head, context) else value
    if above is not None and above.kind == "verb" and is_ahead(proposition, above, context):
        return weakened(value, _verbal(above, Factuality(), context))
    if proposition.link == "of-noun":
        return _under_noun_phrase(proposition, governor, marker, value, context)
    if above is None or above.kind != "verb" or proposition.link == "participle":
        return small_clause(proposition, value, context)
    if (stated := _as_stated(proposition, above, value, context)) is not None:
        return stated
    see = _of_subject if proposition.link == "subject" else _of_object
    return see(proposition, above, value, context)


def _as_stated(
    noun: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality | None:
    """As in "the toll may reach 90", "rejects a claim": who does so grants that it was made."""
    lexicon, whole = context.lexicon, noun.link == "subject" or noun.marker == "in"
    if is_as_sure(noun, context):
        told = (_verbal if whole else own_value)(above, Factuality(), context)
        return uncommitted(value, "not") if told.polarity == "negative" else weakened(value, told)
    operator = operator_of(above, lexicon.nominal_verbs)
    hoped = operator is not None and operator.effect == "replace"
    return value if not hoped and any(x in lexicon.report_nouns for x in noun.lemmas) else None


def _of_object(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "launched an attack", "called for a ceasefire", "condemned the strikes"."""
    lexicon, marker = context.lexicon, proposition.marker or ""
    operator = operator_of(above, lexicon.nominal_verbs)
    oblique = proposition.link == "oblique"
    if marker == "for" and is_term(above, context):
        return apply(value, lexicon.purpose, marker)  # "signed a deal for the release of X"
    taken_for = marker == "as" and not is_outcome(proposition.head, context)
    if oblique and taken_for and (operator is None or operator.effect != "pass"):
        return uncommitted(value, marker)  # "is investigated as an attack"
    if operator is None:
        return _taken_along(proposition, above, value, context)
    if not oblique and is_naming(above, context):
        label = context.tree[proposition.head].deprel == "oprd"
        called = not label or _verbal(above, Factuality(), context).realis
        return value if called else uncommitted(value, "not called so")
    spoken = operator.effect == "negate" and context.is_speech(proposition.head)
    if operator.effect == "presuppose" or spoken:
        return value
    direct = context.tree[context.tree[proposition.head].head].form.lower() == marker
    if oblique and marker == "for" and operator.effect == "pass" and direct:
        return apply(value, lexicon.purpose, marker)  # "talks are held for their release"
    means = marker == "with" and operator.modality == "considered" and above.slot("object")
    if oblique and (operator.effect == "pass" or means):  # "backs forces with strikes"
        return _taken_along(proposition, above, value, context)
    if oblique and operator.effect == "negate" and marker in ("against", "from"):
        return uncommitted(value, above.lemmas[-1])  # "to deter against an attack"
    aimed = operator.effect == "replace" and marker in lexicon.operators.junctions["aimed"]
    if oblique and not aimed:  # "to push X into talks" is no more real than the pushing
        return _taken_along(proposition, above, value, context) if marker == "into" else value
    return _through(proposition.head, above, value, operator, context)


def _through(
    noun: int, above: Proposition, value: Factuality, operator: Operator, context: Context
) -> Factuality:
    """As `through`; what is averted is so only if its verb is: "tried to prevent the attack"."""
    word = above.lemmas[-1]
    if operator.effect != "negate" or operator.modality is not None:
        return through(apply(value, operator, word), above, operator, context)
    around, known = _verbal(above, Factuality(), context), not is_new(noun, context)
    averting = word in context.lexicon.operators.averting
    return averted(value, around, word, known=known, averting=averting)


def _of_subject(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "clashes continued", "strikes were called off", "an attack may lead to war"."""
    if (plan := is_set(above, context)) is not None:
        return through(apply(value, plan, above.lemmas[-1]), above, plan, context)
    operator = operator_of(above, context.lexicon.nominal_verbs)
    acting = acts_on(above, context.tree, context.lexicon)
    if operator is not None and operator.effect == "pass" and not above.passive and not acting:
        return _verbal(above, value, context)
    if operator is not None and operator.effect == "presuppose":
        return value  # "the strike should be investigated"
    if operator is not None and above.passive:
        return _through(proposition.head, above, value, operator, context)
    return _taken_along(proposition, above, value, context)


def _taken_along(
    proposition: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "the decree will include a ban": an event that is new here is as real as its verb.

    One that is spoken of as known ("will visit the scene of the attack") stays presupposed.
    """
    junctions, marker = context.lexicon.operators.junctions, proposition.marker
    slots, verb = context.lexicon.slots, above.lemmas[-1]
    brought = proposition.link == "object" and verb in slots.causatives  # "may force the exit of X"
    known = not brought and verb not in slots.obtaining and not is_new(proposition.head, context)
    led = marker is not None and slots.leading.get(verb) == marker  # "could result in deaths"
    if known and marker not in junctions["means"] and not led:
        return value
    if marker in junctions["before"] and is_aim_of_done(above, context):
        return value
    around = _verbal(above, Factuality(), context)
    background = marker in junctions["background"] and not led
    if background and not is_denied_around(above, around, context):
        return value
    if around.polarity == "negative":
        return uncommitted(value, "not")
    if not around.realis and is_accusing(above, marker, context.lexicon):
        return accused_of(value)  # "will accuse X of fraud"
    return weakened(value, around)


def _under_noun_phrase(
    proposition: Proposition, noun: int, marker: str, value: Factuality, context: Context
) -> Factuality:
    """As in "plans for an offensive", "reports of an attack", "victims of the attack"."""
    lexicon, lemma = context.lexicon, context.tree.lemma(noun)
    if marker == "as":
        return uncommitted(value, marker)  # "calls X's move as a coup"
    if marker == "in" and lemma in lexicon.slots.sharing and is_new(proposition.head, context):
        return _by_governor(whole_of(noun, context), value, context)  # "suspected of a role in"
    if marker not in ("of", "for", "to", "on", "about", "against", "at", "over", "from"):
        return value
    if marker == "for" and (around := context.propositions.get(noun)) is not None:
        value = weakened(value, factuality(around, context))  # "his visit to X for a summit"
    cue = lexicon.report_nouns.get(lemma)
    asked = lemma in lexicon.slots.inquiries
    if cue is not None and marker in ("of", "about", "for", "to") and not asked:
        return by_report(value, noun, cue, context)
    if is_counted(noun, context.tree, lexicon):
        return uncommitted(value, lemma)
    operator, new = lexicon.nominal_nouns.get(lemma), is_new(proposition.head, context)
    if operator is None and marker == "for" and (new or is_protest(lemma, lexicon.nouns)):
        return uncommitted(value, lemma)  # "the alert level for an eruption"
    if operator is not None and operator.effect == "pass" and new:
        return _by_governor(whole_of(noun, context), value, context)  # "wants an end to an ordeal"
    return value if operator is None or (asked and not new) else apply(value, operator, lemma)
