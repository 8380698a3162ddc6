"""Events that are named as known, while their verb tells that they are to come, or are over."""

from __future__ import annotations

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.event_nouns import is_new
from kg.extract.frames import Match
from kg.extract.governors import through
from kg.extract.predicate import adjective_before, operator_of, own_value, verb_above
from kg.extract.proposition import Proposition
from kg.extract.values import apply, uncommitted
from kg.lexicon import Operator
from kg.model import NO_MORE, Factuality
from kg.vocab import is_one_of

_STATES = ("Control", "Siege", "Blockade", "Command")
_TAKEN = ("Capture", "Recapture")
_LEFT = ("TerritorialLoss", "Withdrawal", "PushBack")
_SUDDEN = ("CombatEvent", "Coup", "Explosion", "Disaster", "Unrest")  # nobody knows of it before
_PREPARED = ("MilitaryOperation", "Offensive", "MilitaryExercise", "LabourStrike")
_WHOLE = ("of", "over")  # "took control of X", where "took people from X" leaves X as it was


def carried(
    noun: Proposition, light: Proposition, value: Factuality, context: Context
) -> Factuality:
    """As in "faces a ban", "a ban is imminent", "talks are to be held"."""
    faced = context.lexicon.operators.faced  # so too "the death penalty", "a prison term"
    ahead = any(lemma.rsplit(" ", 1)[-1] in faced for lemma in noun.lemmas)
    if ahead and "face" in light.lemmas:
        return apply(value, context.lexicon.phrases["faced"], "face")
    if noun.link == "subject" and light.lemmas[-1] == "be" and _infinitives(light, context):
        return apply(value, context.lexicon.phrases["is-to"], "is to")
    return _by_adjective(light, value, context)


def operator_ahead(proposition: Proposition, marker: str, context: Context) -> Operator | None:
    """What "before the attack" makes of the attack: it was to come, and had yet to be seen.

    "Was killed hours before the attack" looks back on both, as does "was filmed before his death".
    So too "ready for", "fit for" it; and what is only laid to somebody, "in connection with" it.
    """
    if marker in ("with", "to") and _is_suspected(proposition.head, context):
        return context.lexicon.phrases["connected"]
    if marker == "for":
        return adjective_before(proposition.head, context)
    operator = context.lexicon.nominal_prepositions.get(marker)
    tree, noun = context.tree, proposition.head
    prep = tree[noun].head
    if operator is None or marker != "before" or prep <= tree.sentence.first:
        return operator
    measured = (
        tree.lemma(prep - 1) in context.lexicon.slots.measured_before
        and tree[prep].form.lower() == marker
    )
    known = any(tree[i].form.lower() == "the" for i in tree.children(noun, "det"))
    if tree.lemma(noun) == "death" and (known or tree.children(noun, "poss")):
        return None
    triggers = [
        each for lemma in proposition.lemmas for each in context.lexicon.nouns.get(lemma, ())
    ]
    sudden = any(is_one_of(each.type, _SUDDEN) for each in triggers) and not any(
        is_one_of(each.type, _PREPARED) for each in triggers
    )
    above = verb_above(prep, context)
    past = above is not None and own_value(above, Factuality(), context) == Factuality(tense="past")
    return None if measured and known and sudden and past else operator


def _is_suspected(noun: int, context: Context) -> bool:
    """As in "faces charges in connection with fraud"."""
    tree = context.tree
    above = tree[tree[tree.first_conjunct(noun)].head].head
    linked = tree.lemma(above) in context.lexicon.slots.linking
    return linked and tree.is_noun(above) and is_new(noun, context)


def small_clause(noun: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "makes an agreement more difficult", "rendered the attack impossible"."""
    if noun.link != "subject" or noun.governor is None:
        return value
    lemma = context.tree.lemma(noun.governor)
    operator = context.lexicon.copular.get(lemma)
    return value if operator is None else apply(value, operator, lemma)


def _changes_hands(state: Proposition, context: Context) -> bool:
    """As in "X captured Goma, held by Y", "Y left Goma, which it had held": it does no more.

    Not so "X captured Goma, which it has held since", "Y lost Goma, now held by X".
    """
    tree, noun = context.tree, state.governor
    holders = [each.head for each in state.all("subject")]
    if noun is None or noun in holders or state.link not in ("participle", "relative"):
        return False
    adverbs = tree.children(state.head, "advmod")
    if any(tree.lemma(i) in context.lexicon.slots.current for i in adverbs):
        return False
    spared = any(context.is_open(each) for each in holders)  # who took it may hold it since
    for above in tree.ancestors(noun):
        types = _types(above, context)
        if any(
            is_one_of(each, _LEFT) or (is_one_of(each, _TAKEN) and not spared) for each in types
        ):
            return True
        spared = spared or (tree[above].upos == "ADP" and tree[above].form.lower() not in _WHOLE)
    return False


def _types(index: int, context: Context) -> list[str]:
    """What a word may tell of: "took control of X" has a verb and a noun for it."""
    clause = context.propositions.get(index)
    if clause is None:
        return []
    table = context.lexicon.verbs if clause.kind == "verb" else context.lexicon.nouns
    return [each.type for lemma in clause.lemmas for each in table.get(lemma, ())]


def is_set(above: Proposition, context: Context) -> Operator | None:
    """As in "talks are set to begin"; what strikes "are meant to destroy" tells of no other time.

    What the verb above makes of an event that is its subject.
    """
    operator = operator_of(above, context.lexicon.complements)
    if operator is None or operator.modality is None:
        return None
    below = (context.propositions.get(i) for i in _infinitives(above, context))
    occurring = any(each is not None and _is_to_occur(each, context) for each in below)
    return operator if occurring else None


def _is_to_occur(clause: Proposition, context: Context) -> bool:
    """Whether a verb only tells that something is: "begin", "be held", "take place"."""
    operator = operator_of(clause, context.lexicon.nominal_verbs)
    alone = clause.passive or not clause.all("object") or len(clause.lemmas[0].split()) > 1
    return operator is not None and operator.effect == "pass" and alone


def _infinitives(above: Proposition, context: Context) -> list[int]:
    tree = context.tree
    clauses = tree.children(above.head, "xcomp")
    return [c for c in clauses if "to" in {tree[i].form.lower() for i in tree.children(c, "aux")}]


def _by_adjective(above: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "an attack is unlikely", "is an option": what is said of an event that is its subject.

    Whether it is right or legal tells nothing of whether it happened.
    """
    for index in context.tree.children(above.head, "acomp", "attr"):
        lemma = context.tree.lemma(index)
        if lemma in context.lexicon.slots.requirements:
            return uncommitted(value, lemma)
        operator = context.lexicon.copular.get(lemma)
        if operator is not None and operator.modality == "expected":
            return through(apply(value, operator, above.lemmas[-1]), above, operator, context)
    return value


def closed(value: Factuality, found: Match, context: Context) -> Factuality:
    """As in "the town, previously held by X", "ended the siege": a state that is no more."""
    proposition, tree, slots = found.proposition, context.tree, context.lexicon.slots
    if not is_one_of(found.trigger.type, _STATES):
        return value
    if _changes_hands(proposition, context):
        return replace(value, operators=(*value.operators, NO_MORE))
    if proposition.kind == "verb" and not proposition.passive:
        left = _is_left(proposition, context)  # else "took the town and then controlled it"
        return replace(value, operators=(*value.operators, NO_MORE)) if left else value
    heads = {proposition.head, tree[proposition.head].head}  # "then under"
    heads |= {proposition.light} if proposition.light is not None else set()
    adverbs = {tree.lemma(i) for head in heads for i in tree.children(head, "advmod")}
    above = context.propositions.get(-1 if proposition.governor is None else proposition.governor)
    ended = above is not None and above.lemmas[-1] in slots.ending
    if not ended and adverbs.isdisjoint(slots.former):
        return value
    return replace(value, operators=(*value.operators, NO_MORE))


def _is_left(clause: Proposition, context: Context) -> bool:
    """As in "the forces who occupied the plant have left": they do so no more."""
    tree = context.tree
    who = tree[clause.head].head
    if tree[clause.head].deprel != "relcl" or tree[clause.head].xpos not in ("VBD", "VBN"):
        return False
    verb = tree[who].head
    unsure = tree.children(verb, "neg") or any(
        tree[i].xpos == "MD" for i in tree.children(verb, "aux")
    )
    gone = tree[who].deprel == "nsubj" and tree.lemma(verb) in context.lexicon.slots.quitting
    return gone and not unsure
