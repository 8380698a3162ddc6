"""What a governing word makes of the clause below it: a verb, an adjective or a noun.

The effect of each word is data (`lexicon/operators.yml`, `lexicon/reporting.yml`); where a word is
not listed nobody is committed to what stands below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.extract.charges import is_accusing
from kg.extract.context import Context
from kg.extract.mood import wh_word
from kg.extract.predicate import is_negated, own_value
from kg.extract.proposition import Proposition
from kg.extract.sources import SourceFinder
from kg.extract.tree import Tree
from kg.extract.values import apply, by_cue, negate, replaced, uncommitted, weakened, weaker
from kg.lexicon import Cue, Operator
from kg.model import Factuality

_CIRCUMSTANCE = ("by", "after", "despite", "upon", "while", "since", "when", "with", "through")


def is_nor(above: Proposition, context: Context) -> bool:
    """As in "neither captured X nor attacked Y", "did not capture X or attack Y"."""
    joints = {context.tree[c].form.lower() for c in context.tree.children(above.head, "cc")}
    return not joints.isdisjoint(("nor", "neither")) or (
        "or" in joints and is_negated(above, context)
    )


def source_cue(current: Proposition, above: Proposition | None, context: Context) -> Cue | None:
    """The cue of a reporting verb whose content the clause is; there the climb ends."""
    if above is None or above.kind != "verb":
        return None
    lexicon = context.lexicon
    gerund = current.link == "gerund"
    cue = SourceFinder(context).cue(above, current.marker if gerund else None)
    if cue is None or current.link in ("complement", "subject"):
        return cue
    if gerund and current.marker is not None:
        return cue if current.marker in cue.preps else None
    operator = operator_of(above, lexicon.complements)
    own = above.passive and operator is not None and operator.modality is None
    if operator is not None and not own:
        return None  # "is said to have left" is told by somebody, "claims to have left" by its own
    return None if _is_for_object(current, above, context) else cue


def _is_for_object(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "announced a mission to land on X": what the object is for, not what is reported."""
    tree, verb = context.tree, current.head
    perfect = any(tree.lemma(i) == "have" for i in tree.children(verb, "aux"))
    plain = current.link == "infinitive" and tree.lemma(verb) != "be" and not perfect
    return plain and any(tree.children(slot.head, "det") for slot in above.all("object"))


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
    if current.link == "gerund" and current.marker is not None:
        return _gerund(current, above, value, context)
    adjectives = tree.children(governor, "acomp", "oprd")
    if tree.lemma(governor) in ("be", "seem", "remain", "become") and adjectives:
        return _under_adjective(current, adjectives[0], value, context)
    if current.link == "infinitive" and tree.lemma(governor) == "be":
        return weakened(value, own_value(above, Factuality(), context))
    operator = operator_of(above, lexicon.complements)
    if current.link == "infinitive" and tree.lemma(governor) == "have" and operator is None:
        return _obliged(above, value, context)
    if operator is None:
        return _unlisted(current, above, value, context)
    if operator.effect == "presuppose":
        return _presupposed(current, above, value, context)
    if operator.effect == "pass" and _is_aim(current, above, context):
        return apply(value, lexicon.purpose, "to")
    return through(apply(value, operator, above.lemmas[-1]), above, operator, context)


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
    """Nobody is committed, but for "what they call X", "asks who fired" and "came out saying"."""
    asked = current.link == "complement" and wh_word(current.head, context) is not None
    said = current.link == "gerund" and current.lemmas[-1] in context.lexicon.report_verbs
    if asked or said:
        return weakened(value, own_value(above, Factuality(), context))
    return uncommitted(value, above.lemmas[-1])


def _is_aim(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "started an operation to take X": what the object is for, not what was started."""
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


def operator_of(above: Proposition, table: Mapping[str, Operator]) -> Operator | None:
    return next((table[lemma] for lemma in above.lemmas if lemma in table), None)


def reported(value: Factuality, cue: Cue, above: Proposition, context: Context) -> Factuality:
    """What a reporting verb does; a speech act that is itself not real commits nobody."""
    if cue.certainty == "probable" and _is_motive(above, context):
        return uncommitted(value, above.lemmas[-1])
    finite = above.passive or context.tree[above.head].xpos == "VBZ"
    named = not finite or above.slot("subject") is not None  # "Claims that X fled" may be a noun
    value = told_by(value, cue, above.lemmas[-1], context, named=named)
    doubting = context.lexicon.reporting.doubting
    if any(context.tree.lemma(c) in doubting for c in context.tree.children(above.head, "advmod")):
        return uncommitted(value, "falsely")
    act = own_value(above, Factuality(), context)
    first = context.propositions.get(above.governor) if above.governor is not None else None
    if above.link == "conjunct" and first is not None and is_nor(first, context):
        return uncommitted(value, "neither")
    if act.polarity == "negative" or act.certainty == "underspecified":
        return uncommitted(value, "not " + above.lemmas[-1])
    if act.certainty == "possible":
        return replace(value, certainty="possible")
    return value


def told_by(
    value: Factuality, cue: Cue, lemma: str, context: Context, *, named: bool
) -> Factuality:
    """What a cue makes of its content; where nobody is named it is an allegation or a guess."""
    value = by_cue(value, cue, lemma)
    if named or cue.modality is not None:
        return value
    if lemma in context.lexicon.reporting.claiming:
        return replaced(value, "possible", "alleged", None, lemma)
    return replaced(value, None, "considered", None, lemma) if cue.certainty else value


def is_owned(noun: int, context: Context) -> bool:
    """Whether the text says whose report or claim it is."""
    sources = SourceFinder(context)
    return bool(sources.owners(noun) or sources.subject_of_light(noun))


def _is_motive(belief: Proposition, context: Context) -> bool:
    """As in "shot him, thinking that he had fired": why it was done, as often an error."""
    loose = belief.link == "adverbial" and belief.marker is None
    return loose and context.tree[belief.head].xpos == "VBG"


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
    operator = operator_of(above, context.lexicon.complements)
    if marker in _CIRCUMSTANCE or (marker == "in" and operator is None):
        return weakened(value, own_value(above, Factuality(), context))
    if operator is not None and operator.effect != "presuppose":
        return through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    return value if marker == "for" else uncommitted(value, marker)


def _under_adjective(
    current: Proposition, index: int, value: Factuality, context: Context
) -> Factuality:
    word = context.tree.lemma(index)
    operator = context.lexicon.copular.get(word)
    if any(context.tree[c].form.lower() == "too" for c in context.tree.children(index, "advmod")):
        operator = context.lexicon.phrases["too"]  # "too weak to fight"
    asked = current.link == "complement" and wh_word(current.head, context) is not None
    if operator is None and not asked:
        return uncommitted(value, word)
    if operator is None or operator.effect == "presuppose":
        return value  # "it is unclear who fired"
    if current.link == "complement" and value.tense == "past" and operator.tense == "future":
        operator = replace(operator, modality=None, tense=None)  # "it is likely that X fled"
    value = apply(value, operator, word)
    above = verb_above(index, context)
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
    above = verb_above(noun, context)
    value = modified(noun, value, context)
    cue = context.lexicon.report_nouns.get(lemma)
    if cue is not None and current.link == "infinitive" and cue.modality == "expected":
        return uncommitted(value, lemma)  # "a warning to leave"
    if cue is not None:
        value = told_by(value, cue, lemma, context, named=is_owned(noun, context))
        return denied(value, noun, above, context)
    if is_ranked(noun, context):
        return value if above is None else weakened(value, own_value(above, Factuality(), context))
    operator = context.lexicon.nominal_nouns.get(lemma)
    if operator is None:
        return uncommitted(value, lemma)
    if operator.effect == "pass" and current.link == "infinitive":
        return apply(value, context.lexicon.purpose, lemma)  # "a campaign to take X"
    if operator.effect == "pass" and above is not None:
        value = weakened(value, own_value(above, Factuality(), context))
    return apply(value, operator, lemma)


def is_ranked(noun: int, context: Context) -> bool:
    """As in "the first state to legalise it": who is ranked by a deed has done it."""
    for child in context.tree.children(noun, "amod"):
        token, operator = (
            context.tree[child],
            context.lexicon.copular.get(context.tree.lemma(child)),
        )
        if (operator is not None and operator.effect == "pass") or token.xpos == "JJS":
            return True
        if token.form[0].isdigit() and token.form.lower().endswith(("st", "nd", "rd", "th")):
            return True
    return False


def denied(value: Factuality, noun: int, above: Proposition | None, context: Context) -> Factuality:
    """What is done to a report: "reports that ... are denied", "could not confirm claims that"."""
    if above is None or context.tree[noun].deprel not in ("dobj", "nsubjpass", "pobj"):
        return value
    cue = next(
        (c for w in above.lemmas if (c := context.lexicon.report_verbs.get(w)) is not None), None
    )
    if cue is None:
        return value
    return reported(value, cue, above, context)


def staged(current: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "simulating ships attacking a port": the deed is only as real as the verb."""
    if current.governor is None or context.tree[current.governor].deprel != "dobj":
        return value
    above = verb_above(current.governor, context)
    operator = operator_of(above, context.lexicon.complements) if above is not None else None
    if above is None or operator is None or operator.modality != "considered":
        return value  # "advises forces operating in X"
    return through(apply(value, operator, above.lemmas[-1]), above, operator, context)


def exemplifies(prep: int, tree: Tree) -> bool:
    """As in "denied crimes such as killings", "reported 12 cases, including 3 deaths"."""
    form = tree[prep].form.lower()
    such = any(tree[i].form.lower() == "such" for i in tree.children(prep, "amod"))
    return form == "including" or (form == "as" and such)


def verb_above(index: int, context: Context) -> Proposition | None:
    head = context.tree.head(index)
    if head is not None and context.tree[head].upos == "ADP":
        head = context.tree.head(head)
    above = context.propositions.get(head) if head is not None else None
    return above if above is not None and above.kind == "verb" else None


def _is_done(noun: int, context: Context) -> bool:
    """As in "launched its long-planned offensive": it is ahead no more."""
    above = verb_above(noun, context)
    if above is None or context.tree[noun].deprel not in ("dobj", "nsubjpass"):
        return False
    operator = operator_of(above, context.lexicon.nominal_verbs)
    told = any(lemma in context.lexicon.report_verbs for lemma in above.lemmas)
    act = own_value(above, Factuality(), context)
    return operator is not None and operator.effect == "pass" and act.realis and not told


def modified(noun: int, value: Factuality, context: Context) -> Factuality:
    """As in "the alleged attack", "their alleged part in killing X"."""
    for child in context.tree.children(noun, "amod", "compound", "advmod"):
        word = context.tree[child].form.lower()
        operator = context.lexicon.modifiers.get(word)
        ahead = operator is not None and operator.modality == "planned"
        if operator is not None and not (ahead and _is_done(noun, context)):
            value = apply(value, operator, word)
    return value
