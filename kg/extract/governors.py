"""What a governing word makes of the clause below it: a verb, an adjective or a noun.

The effect of each word is data (`lexicon/operators.yml`, `lexicon/reporting.yml`); where a word is
not listed nobody is committed to what stands below it.
"""

from __future__ import annotations

from msgspec.structs import replace

from kg.extract.charges import is_accusing
from kg.extract.context import Context
from kg.extract.generics import is_of_any
from kg.extract.mood import is_long_after, wh_word
from kg.extract.predicate import is_beside, operator_of, own_value, verb_above
from kg.extract.proposition import Proposition
from kg.extract.sequels import is_next_deed
from kg.extract.told import by_report
from kg.extract.values import apply, is_open, negate, replaced, uncommitted, weakened, weaker
from kg.lexicon import Operator
from kg.model import Factuality
from kg.vocab import is_one_of

_FINITE = ("VBZ", "VBP", "VBD", "MD")
_VOICES = ("Protest", "Demand", "Condemnation")


def complement(
    current: Proposition, above: Proposition | None, value: Factuality, context: Context
) -> Factuality:
    """The word above a complement clause: an operator, or unknown (then nobody is committed)."""
    tree, lexicon = context.tree, context.lexicon
    governor = current.governor if current.governor is not None else current.head
    if tree[governor].upos in ("NOUN", "PROPN"):
        return under_noun(current, governor, value, context)
    if tree[governor].upos in ("ADJ", "ADV") or above is None:
        return _under_adjective(current, governor, value, context)
    anyone = current.link == "subject" and is_of_any(current, above, context)
    if anyone or (current.link == "gerund" and current.marker is not None):
        return uncommitted(value, "any") if anyone else _gerund(current, above, value, context)
    adjectives = tree.children(governor, "acomp", "oprd")
    if tree.lemma(governor) in ("be", "seem", "remain", "become") and adjectives:
        return _under_adjective(current, adjectives[0], value, context)
    to_be = current.link == "infinitive" and tree.lemma(governor) == "be"
    if to_be or is_voiced(current, above, context) or _is_settled(current, above, context):
        return weakened(value, own_value(above, Factuality(), context))
    operator = operator_of(above, lexicon.complements)
    if current.link == "infinitive" and tree.lemma(governor) == "have" and operator is None:
        return _obliged(above, value, context)
    if operator is None:
        return _unlisted(current, above, value, context)
    if operator.effect == "presuppose":
        return _presupposed(current, above, value, context)
    own = operator.effect == "pass" or operator.modality == "planned"
    beside = current.link == "infinitive" and is_beside(above, operator)
    if beside or (own and _is_aim(current, above, context)):
        return apply(value, lexicon.purpose, "to")
    return through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _is_settled(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "voted to ratify the treaty": by the vote itself it is done."""
    settled = context.lexicon.operators.settled_by_vote
    done = any(lemma in settled for lemma in current.lemmas)
    return "vote" in above.lemmas and current.link == "infinitive" and done


def is_taken_for_true(current: Proposition, above: Proposition | None, context: Context) -> bool:
    """As in "wants them to know that X fled": so it is, whatever becomes of the knowing."""
    if current.link != "complement" or above is None or current.marker not in (None, "that"):
        return False
    tree = context.tree
    words = (current.head, *tree.children(current.head, "aux", "auxpass"))
    finite = any(tree[i].xpos in _FINITE for i in words)
    operator = operator_of(above, context.lexicon.complements)
    return finite and operator is not None and operator.effect == "presuppose"


def _obliged(above: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "they had to leave", which they did; not "they have to", "do not have to"."""
    if value.polarity == "negative":
        return value  # "has yet to": said by the clause's own words
    own = own_value(above, Factuality(), context)
    if own.tense == "past" and own == Factuality(tense="past"):
        return value
    return apply(value, context.lexicon.complements["require"], "have to")


def _unlisted(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """Nobody is committed, but for "what they call X", "asks who fired" and "came out saying".

    Nor "has troops deployed there", "had him arrested": what is had so is so.
    """
    asked = current.link == "complement" and wh_word(current.head, context) is not None
    said = current.link == "gerund" and current.lemmas[-1] in context.lexicon.report_verbs
    if asked or said or _is_had(current, above, context):
        return weakened(value, own_value(above, Factuality(), context))
    return uncommitted(value, above.lemmas[-1])


def _is_had(current: Proposition, above: Proposition, context: Context) -> bool:
    tree = context.tree
    had = tree.lemma(above.head) == "have" and current.link == "complement"
    return had and bool(tree.children(current.head, "nsubj", "nsubjpass"))


def _is_aim(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "started an operation to take X": what the object is for, not what was started.

    So too "remained to attack", but for "it remains to be seen".
    """
    if set(above.lemmas) & set(context.lexicon.slots.staying):
        return current.link == "infinitive" and not current.passive
    controls = any(lemma in context.lexicon.slots.object_control for lemma in above.lemmas)
    return current.link == "infinitive" and bool(above.all("object")) and not controls


def _presupposed(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "did not know that X fled": so it is, whether known or not; not so "knows how to"."""
    if current.link == "complement" and current.marker in (None, "that"):
        return value
    if current.link == "complement" and wh_word(current.head, context) is not None:
        return value  # "knows who fired"
    act = own_value(above, Factuality(), context)
    if current.marker is not None or act.polarity == "negative":
        return uncommitted(value, above.lemmas[-1])
    return weakened(value, act)


def through(
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
    if marker == "before":
        own = own_value(above, Factuality(), context)
        next_ = is_next_deed(current, above, context)
        return weakened(value, own) if next_ else uncommitted(value, marker)
    operator = context.lexicon.complements.get(f"{above.lemmas[-1]} {marker}")
    if operator is not None:
        return through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    operator = operator_of(above, context.lexicon.complements)
    means = marker == "by" and context.tree.children(above.head, "xcomp")
    if operator is not None and operator.modality and means:  # "wants to win by striking X"
        return apply(value, operator, above.lemmas[-1])
    if marker == "after" and is_long_after(current, context):
        return value
    circumstance = marker in context.lexicon.operators.junctions["circumstance"]
    planned = operator is not None and operator.modality == "planned"
    beside = operator is None or (planned and above.slot("object") is not None)
    if circumstance or (marker == "in" and beside):  # "set a record in winning the race"
        return weakened(value, own_value(above, Factuality(), context))
    if operator is not None and operator.effect != "presuppose":
        return through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    return value if marker == "for" else uncommitted(value, marker)


def _under_adjective(
    current: Proposition, index: int, value: Factuality, context: Context
) -> Factuality:
    word = context.tree.lemma(index)
    value = negate(value, "not") if context.tree.children(index, "neg") else value  # "not guilty"
    operator = context.lexicon.copular.get(word)
    degree = {context.tree[c].form.lower() for c in context.tree.children(index, "advmod")}
    if "too" in degree:
        operator = context.lexicon.phrases["too"]  # "too weak to fight"
    asked = current.link == "complement" and wh_word(current.head, context) is not None
    above = verb_above(index, context)
    if "so" in degree and current.link == "complement" and above is not None:
        return weakened(value, own_value(above, Factuality(), context))  # "so bad that X fled"
    if operator is None and not asked:
        return uncommitted(value, word)
    if operator is not None and operator.effect == "presuppose" and current.link == "infinitive":
        return value if above is None else weakened(value, own_value(above, Factuality(), context))
    if operator is None or operator.effect == "presuppose":
        return value  # "it is unclear who fired"
    if current.link == "complement" and value.tense == "past" and operator.tense == "future":
        operator = replace(operator, modality=None, tense=None)  # "it is likely that X fled"
    value = apply(value, operator, word)
    if above is None:
        return value
    if current.link == "gerund" and is_accusing(above, current.marker, context.lexicon):
        value = replaced(value, "possible", "accused", None, word)  # "found guilty of killing X"
    return through(value, above, operator, context)


def under_noun(current: Proposition, noun: int, value: Factuality, context: Context) -> Factuality:
    """As in "claims that", "plans to", "progress in pushing"."""
    lemma = context.tree.lemma(noun)
    if any(context.tree[c].form.lower() == "no" for c in context.tree.children(noun, "det")):
        return uncommitted(value, f"no {lemma}")
    above, value = verb_above(noun, context), modified(noun, value, context)
    cue = context.lexicon.report_nouns.get(lemma)
    if cue is not None and current.link == "infinitive" and cue.modality == "expected":
        return uncommitted(value, lemma)  # "a warning to leave"
    if cue is not None:
        return by_report(value, noun, cue, context)
    operator = context.lexicon.nominal_nouns.get(lemma)
    tried = operator and operator.modality and current.link == "infinitive"
    if is_ranked(noun, context) and not tried:  # "the largest attempt to smuggle"
        return value if above is None else weakened(value, own_value(above, Factuality(), context))
    if operator is None:
        return uncommitted(value, lemma)
    if operator.effect == "pass" and current.link == "infinitive":  # "a campaign to take X"
        return apply(value, context.lexicon.purpose, lemma)
    if operator.effect == "pass" and above is not None:
        value = weakened(value, own_value(above, Factuality(), context))
    return apply(value, operator, lemma)


def beside_noun(current: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "plans for a visit once X agrees": as open as what the noun speaks of."""
    noun, marker = current.governor, current.marker
    junctions = context.lexicon.operators.junctions
    if noun is None or marker not in (*junctions["dependent"], *junctions["temporal"]):
        return value
    lemma = context.tree.lemma(noun)
    operator = context.lexicon.nominal_nouns.get(lemma)
    unreal = operator is not None and operator.modality is not None
    return uncommitted(value, lemma) if unreal and value.tense == "present" else value


def is_ranked(noun: int, context: Context) -> bool:
    """As in "the first state to legalise it": who is ranked by a deed has done it."""
    for child in context.tree.children(noun, "amod"):
        token, operator = (
            context.tree[child],
            context.lexicon.copular.get(context.tree.lemma(child)),
        )
        valued = context.lexicon.copular.get(token.form.lower())  # "the best place to sleep"
        if operator is not None and operator.effect == "pass":
            return True
        if token.xpos == "JJS" and (valued is None or valued.modality is None):
            return True
        if token.form[0].isdigit() and token.form.lower().endswith(("st", "nd", "rd", "th")):
            return True
    return False


def clause_of_ranked(noun: int, context: Context) -> Proposition | None:
    """As in "wants to be the first to legalise it": the clause that ranks somebody."""
    attribute = context.tree[noun].deprel == "attr"
    return verb_above(noun, context) if attribute and is_ranked(noun, context) else None


def staged(current: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "simulating ships attacking a port": the deed is only as real as the verb.

    So too what is only drafted: "a bill banning X".
    """
    noun, drafts = current.governor, context.lexicon.operators.drafts
    if noun is None:
        return value
    if context.tree[current.head].xpos == "VBG" and context.tree.lemma(noun) in drafts:
        return uncommitted(value, context.tree.lemma(noun))
    if context.tree[noun].deprel == "pobj":
        return _heard_of(current, noun, value, context)
    if context.tree[noun].deprel != "dobj":
        return value
    above = verb_above(noun, context)
    operator = operator_of(above, context.lexicon.complements) if above is not None else None
    if above is not None and _is_averted_law(noun, above, context):
        return uncommitted(value, above.lemmas[-1])
    if above is not None and above.link in ("infinitive", "purpose"):
        value = _as_claimed(above, value, context)
    if above is None or operator is None or operator.modality != "considered":
        return value  # "advises forces operating in X"
    return through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def _as_claimed(shown: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "a video purporting to show X killing Y": as firm as the claim to show it."""
    claim = context.propositions.get(-1 if shown.governor is None else shown.governor)
    operator = operator_of(claim, context.lexicon.complements) if claim is not None else None
    if claim is None or operator is None:
        return value
    if any(lemma in context.lexicon.report_verbs for lemma in claim.lemmas):
        return uncommitted(value, claim.lemmas[-1])
    return through(apply(value, operator, claim.lemmas[-1]), claim, operator, context)


def _is_averted_law(noun: int, above: Proposition, context: Context) -> bool:
    """As in "vetoed a law banning X", "rejected a deal ending X": it does nothing."""
    operator = operator_of(above, context.lexicon.nominal_verbs)
    plan = context.tree.lemma(noun) in context.lexicon.slots.plans
    return plan and operator is not None and operator.effect == "negate"


def _heard_of(current: Proposition, noun: int, value: Factuality, context: Context) -> Factuality:
    """As in "reports of a man threatening people": the deed is what the reports are about."""
    tree, prep = context.tree, context.tree[noun].head
    report = tree[prep].head
    cue = context.lexicon.report_nouns.get(tree.lemma(report))
    if cue is None:
        return _of_plan(current, prep, value, context)
    about = tree[prep].form.lower() in ("of", "about") and tree[current.head].xpos == "VBG"
    if not about or cue.modality not in (None, "alleged", "considered"):
        return value
    known = any(tree[i].form.lower() in ("the", "these") for i in tree.children(noun, "det"))
    return value if known else by_report(value, report, cue, context)


def _of_plan(current: Proposition, prep: int, value: Factuality, context: Context) -> Factuality:
    """As in "a plot linked to X targeting Y": what is only plotted, wherever it was hung."""
    tree = context.tree
    link = tree[prep].head
    if tree[link].deprel != "acl" or tree[current.head].xpos != "VBG":
        return value
    operator = context.lexicon.nominal_nouns.get(tree.lemma(tree[link].head))
    planned = operator is not None and operator.modality is not None
    return uncommitted(value, tree.lemma(tree[link].head)) if planned else value


def is_denied_around(above: Proposition, around: Factuality, context: Context) -> bool:
    """As in "denied that ten were hurt in clashes"; not so where nobody was hurt in them."""
    return is_open(around) and own_value(above, Factuality(), context).realis


def is_voiced(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "gather to protest", "take to the streets to demand reforms": so they do."""
    tree, lexicon = context.tree, context.lexicon
    noun = lexicon.operators.assembling.get(tree.lemma(above.head))
    if noun is None or current.link not in ("infinitive", "purpose"):
        return False
    told = [t.type for word in current.lemmas for t in lexicon.verbs.get(word, ())]
    gone = not noun or any(
        tree.lemma(i) == noun
        for prep in tree.children(above.head, "prep")
        for i in tree.children(prep, "pobj")
    )
    return gone and any(is_one_of(type_, _VOICES) for type_ in told)


def _is_done(noun: int, context: Context) -> bool:
    """As in "launched its long-planned offensive", "the vote set for May was held"."""
    above = verb_above(noun, context)
    if above is None or context.tree[noun].deprel not in ("dobj", "nsubj", "nsubjpass"):
        return False
    if context.tree.lemma(above.head) == "be":
        return False  # "the planned strike is illegal"
    operator = operator_of(above, context.lexicon.nominal_verbs)
    tables = (context.lexicon.report_verbs, context.lexicon.slots.awaiting)
    told = any(lemma in table for lemma in above.lemmas for table in tables)
    act = own_value(above, Factuality(), context)
    return operator is not None and operator.effect == "pass" and act.realis and not told


def _lent(noun: int, context: Context) -> list[int]:
    """As in "possible detention and kidnapping": the doubt about the first is about both."""
    tree = context.tree
    first = tree.first_conjunct(noun)
    if first == noun or tree.children(noun, "det", "amod", "nummod", "poss"):
        return []
    modifiers = context.lexicon.modifiers
    doubts = ((i, modifiers.get(tree[i].form.lower())) for i in tree.children(first, "amod"))
    return [i for i, word in doubts if word is not None and word.certainty == "possible"]


def modified(noun: int, value: Factuality, context: Context) -> Factuality:
    """As in "the alleged attack", "their alleged part in killing X", "rain expected this week"."""
    tree = context.tree
    children = tree.children(noun, "amod", "compound", "advmod", "acl")
    whole = tree[tree.first_conjunct(noun)]
    if whole.deprel == "nmod":  # "alleged bribery and fraud schemes"
        children = [*tree.children(whole.head, "amod"), *children]
    for child in (*children, *_lent(noun, context)):
        word = tree[child].form.lower()
        operator = context.lexicon.modifiers.get(word)
        if operator is None:
            continue
        ahead = operator.modality == "planned"
        behind = tree[child].deprel == "acl"  # not "claimed by X", "planned by X"
        if behind and (not ahead or tree.children(child, "agent", "aux", "auxpass")):
            continue
        if not (ahead and _is_done(noun, context)):
            value = apply(value, operator, word)
    return value
