"""What a predicate's own words say of it: tense, auxiliaries, negation, hedging adverbs."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from kg.extract.ahead import arranged
from kg.extract.context import Context
from kg.extract.event_nouns import is_either
from kg.extract.mood import mood
from kg.extract.proposition import Proposition
from kg.extract.values import apply, by_cue, negate, replaced, uncommitted
from kg.lexicon import Operator
from kg.model import Factuality, Tense

_ORS = ("or", "either")
_NOUGHT = ("none", "nobody", "neither", "nothing")
_NOT = (*_NOUGHT, "no", "nor")
_PARTLY = frozenset(("only", "just", "merely", "simply", "solely"))
_WILL = ("will", "'ll", "’ll", "shall", "wo")


_ALL = frozenset(("all", "every", "everyone", "everybody", "everything"))
_HARDLY = ("hardly", "scarcely", "barely")


def own_value(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    tree, lexicon = context.tree, context.lexicon
    index = proposition.head
    value = replace(value, tense=tense_of(proposition, context))
    negated = is_negated(proposition, context)
    for child in tree.children(index, "aux"):
        word = tree[child].form.lower()
        modal = lexicon.modals.get(word)
        spared = not negated and tree.lemma(index) in lexicon.operators.spared.get(word, ())
        if modal is not None and tree[child].xpos == "MD" and not spared:
            value = apply(value, modal, word)
    value = _phrase(proposition, value, context)
    value = mood(proposition, value, context)
    value = arranged(proposition, value, context)
    if negated:
        value = negate(value, "not")
        if any(_is_of_all(i, context) for i in tree.children(index, "nsubj", "nsubjpass", "dobj")):
            value = uncommitted(value, "not all")
    for prep in tree.children(index, "prep"):
        value = _on_condition(prep, value, context)
    if _is_alternative(index, context):
        value = replaced(value, "possible", None, None, "or")
    return hedged(index, value, context)


def _on_condition(prep: int, value: Factuality, context: Context) -> Factuality:
    """As in "intervenes in the event of war", "deploys in case of an attack"."""
    tree, cases = context.tree, context.lexicon.nominal_prepositions
    for noun in tree.children(prep, "pobj"):
        words = " ".join(
            tree[i].form.lower() for i in range(prep, min(noun + 2, tree.sentence.last))
        )
        if words in cases and cases[words].modality == "conditional":
            return apply(value, cases[words], words)
    return value


def _is_alternative(index: int, context: Context) -> bool:
    """As in "either killed or wounded", "A or B attacked": one of several that may be so."""
    tree = context.tree
    if tree.forms.isdisjoint(_ORS):
        return False
    heads = [index, *tree.children(index, "nsubj", "agent")]
    token = tree[index]
    if token.deprel == "conj" and tree.child(index, "nsubj", "nsubjpass") is None:
        heads.append(token.head)
    ors = (
        child
        for head in heads
        if not (head != index and _is_other_name(head, context))
        for child in (*tree.children(head, "cc", "preconj"), *_inner_ors(head, index, context))
        if tree[child].form.lower() in _ORS
    )
    return next(ors, None) is not None and not any(
        tree[c].form.lower() in context.lexicon.negators for c in tree.children(index, "neg")
    )


def _inner_ors(head: int, verb: int, context: Context) -> list[int]:
    """Conjunctions between the modifiers of a subject ("Syrian or Russian warplanes")."""
    if head == verb or _is_other_name(head, context):
        return []
    modifiers = context.tree.children(head, "amod", "compound", "nmod", "pobj")
    return [c for m in modifiers for c in context.tree.children(m, "cc")]


def _is_other_name(head: int, context: Context) -> bool:
    """As in "the Revolutionary Armed Forces or FARC", "nine men, or half of them, fled"."""
    tree = context.tree
    for other in tree.children(head, "conj"):
        start, end = tree.phrase(other)
        before, after = max(start - 2, tree.sentence.first), min(end + 1, tree.sentence.last - 1)
        aside = tree[before].form == tree[after].form == ","
        if tree[other].form.isupper() or aside:
            return True
    return False


def tense_of(proposition: Proposition, context: Context) -> Tense:
    tree, index = context.tree, proposition.head
    if tree[index].upos not in ("VERB", "AUX"):
        return "past"
    finite = [tree[c] for c in tree.children(index, "aux", "auxpass")] + [tree[index]]
    if any(t.xpos == "MD" and t.form.lower() in _WILL for t in finite):
        return "future"
    if any(t.lemma == "have" and t.deprel == "aux" for t in finite):
        return "past"
    if any(t.xpos == "VBD" for t in finite):
        return "past"
    if any(t.xpos in ("VBZ", "VBP", "MD") for t in finite):
        return "present"
    to_be = any(t.lemma == "be" and t.xpos == "VB" for t in finite)
    if tree[index].xpos == "VBN" and not to_be:
        return "past"
    if proposition.governor is not None and proposition.link != "root":
        above = context.propositions.get(proposition.governor)
        if above is not None and above.head != index and above.kind == "verb":
            return tense_of(above, context)
    return "present"


def _phrase(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "is to open", "has yet to open": auxiliaries that the parser sees as verbs above."""
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
    if tree.lemma(above) == "go" and tree[above].xpos == "VBG":
        return apply(value, phrases["going-to"], "going to")
    return value


def is_negated(proposition: Proposition, context: Context) -> bool:
    """A negator on the predicate, or "no" on one of its core arguments."""
    forms, negators = context.tree.forms, context.lexicon.negators
    if not context.tree.negated and forms.isdisjoint(negators) and forms.isdisjoint(_NOT):
        return False
    checks = (_has_negator, _has_no_argument, _is_of_another, _is_with_none)
    return any(check(proposition, context) for check in checks)


def _is_with_none(proposition: Proposition, context: Context) -> bool:
    """As in "with no guests hurt", "with none of the gunmen caught"; not "no man hurt fled"."""
    tree, noun = context.tree, proposition.governor
    if proposition.link == "participle" and noun is not None and tree[noun].deprel == "npadvmod":
        return _is_none(noun, context)  # "killed two, no group claiming responsibility"
    if proposition.link != "participle" or noun is None or not proposition.passive:
        return False
    prep = tree[noun].head
    if tree[prep].form.lower() == "of" and tree[tree[prep].head].form.lower() in _NOUGHT:
        return tree[tree[tree[prep].head].head].form.lower() == "with"
    return tree[prep].form.lower() == "with" and _is_none(noun, context)


def _is_of_another(proposition: Proposition, context: Context) -> bool:
    """As in "it was not X that attacked Y"; not so "it was not the only group that attacked Y"."""
    tree, noun = context.tree, proposition.governor
    if proposition.link != "relative" or noun is None or tree[noun].deprel != "attr":
        return False
    verb = tree[noun].head
    around = (*tree.children(noun), *tree.children(verb))
    near = (i for each in (*around, noun) for i in (each, *tree.children(each)))
    words = (tree[i].form.lower() for i in near)
    cleft = any(tree[i].form.lower() == "it" for i in tree.children(verb, "nsubj"))
    filled = any(slot.head == noun for slot in proposition.slots)
    if not (cleft and filled and tree.children(verb, "neg")) or _PARTLY & {*words}:
        return False
    return not tree.children(noun, "amod", "advmod")


def _has_negator(proposition: Proposition, context: Context) -> bool:
    tree, index = context.tree, proposition.head
    if any(
        tree[c].form.lower() in context.lexicon.negators
        for c in tree.children(index, "neg", "advmod", "preconj", "cc")
    ):
        return True
    if any(_is_no_longer(child, context) for child in tree.children(index, "advmod")):
        return True
    return any(_is_never(child, context) for child in tree.children(index, "prep", "advmod"))


def _has_no_argument(proposition: Proposition, context: Context) -> bool:
    tree, index = context.tree, proposition.head
    if proposition.kind != "verb":
        return any(_is_none(each, context) for each in (index, *_shared_first(index, context)))
    told = any(lemma in context.lexicon.report_verbs for lemma in proposition.lemmas)
    for child in tree.children(index, "nsubj", "nsubjpass", "dobj", "attr"):
        if any(tree[c].form.lower() == "neither" for c in tree.children(child, "det")):
            return True
        if child in context.propositions and not _is_of_trigger(child, proposition, context):
            continue  # "no attack" negates the event itself, where it is counted
        if told and tree[child].deprel == "dobj" and not _is_no_report(child, context):
            continue  # "reports no new cases" is a report
        if tree.lemma(child) in context.lexicon.slots.no_names:
            continue  # "pleaded no contest"
        if tree[child].form.lower() in _NOUGHT:
            return True
        joints = (tree[c].form.lower() for c in tree.children(child, "preconj", "cc"))
        if any(word in ("neither", "nor") for word in joints):
            return True
        if _is_none(child, context) or _is_not_one(child, context):
            return True
    return False


def _is_no_report(noun: int, context: Context) -> bool:
    """As in "said nothing", "found no evidence that X fled"."""
    tree = context.tree
    report = tree.lemma(noun) in context.lexicon.report_nouns
    return tree[noun].form.lower() in _NOUGHT or (report and _is_none(noun, context))


def _is_not_one(noun: int, context: Context) -> bool:
    """As in "not one village", "not a single shot", "not all rebels"; not so "not only rebels"."""
    tree = context.tree
    start = tree.phrase(noun)[0]
    negative = tree[start].form.lower() == "not" and tree[start].deprel == "neg"
    if not negative or start == noun or tree.children(noun, "conj"):
        return False
    return tree[start + 1].form.lower() not in ("only", "just", "merely", "least")


def _is_of_all(noun: int, context: Context) -> bool:
    """As in "not all of the rebels fled": some may have."""
    tree = context.tree
    words = [tree[i].form.lower() for i in range(tree.phrase(noun)[0], noun + 1)]
    return words[:1] == ["not"] and not _ALL.isdisjoint(words[1:2])


def _is_of_trigger(noun: int, proposition: Proposition, context: Context) -> bool:
    """As in "lodged no protest", where verb and noun are one event."""
    lemma = context.tree.lemma(noun)
    return any(lemma in each.split()[1:] for each in proposition.lemmas)


def _is_none(noun: int, context: Context) -> bool:
    """As in "no rebels", "hardly any rebels"."""
    tree = context.tree
    for any_ in (noun, *tree.children(noun, "det")):
        if any(tree[i].form.lower() in _HARDLY for i in tree.children(any_, "advmod")):
            return True
    return any(tree[c].form.lower() in ("no", "neither") for c in tree.children(noun, "det"))


def _shared_first(noun: int, context: Context) -> list[int]:
    """As in "no deaths or injuries": the first of a list lends the others its "no".

    But "no deaths and two injuries" were two.
    """
    tree = context.tree
    first = tree.first_conjunct(noun)
    listed = tree.conjuncts(first)
    joints = {tree[c].form.lower() for each in listed for c in tree.children(each, "cc")}
    own = tree.children(noun, "det", "nummod", "poss")
    bare = "or" in joints or ("and" in joints and not tree.children(noun, "amod"))
    return [first] if first != noun and bare and not own else []


def _is_never(child: int, context: Context) -> bool:
    """As in "at no time did X attack", "not once has X attacked"."""
    tree, never = context.tree, context.lexicon.operators.never
    if tree[child].deprel == "advmod":
        return tree.lemma(child) in never and bool(tree.children(child, "neg"))
    nouns = [i for i in tree.children(child, "pobj") if tree.lemma(i) in never]
    return any(tree[d].form.lower() == "no" for i in nouns for d in tree.children(i, "det"))


def _is_no_longer(child: int, context: Context) -> bool:
    words = [context.tree[i].form.lower() for i in context.tree.children(child)]
    return context.tree[child].form.lower() == "longer" and "no" in words


def hedged(index: int, value: Factuality, context: Context) -> Factuality:
    tree = context.tree
    over = tree[index].head if tree[index].deprel in ("pobj", "pcomp") else index
    inner = tree.children(over, "advmod") if over != index else []  # "apparently on orders by X"
    for child in (*tree.children(index, "advmod", "amod"), *inner):
        cue = context.lexicon.report_adverbs.get(tree.lemma(child))
        if cue is None or (cue.when == "verb" and tree[index].upos != "VERB"):
            continue
        value = by_cue(value, cue, tree.lemma(child))
    return replaced(value, "possible", None, None, "or") if is_either(index, context) else value


def is_bare(current: Proposition, context: Context) -> bool:
    """As in "should be careful when visiting X": no more real than the clause around it."""
    bare = context.tree[current.head].xpos == "VBG"
    return (
        current.marker in ("when", "while")
        and bare
        and not context.tree.children(current.head, "aux")
    )


def is_nor(above: Proposition, context: Context) -> bool:
    """As in "neither captured X nor attacked Y", "did not capture X or attack Y"."""
    joints = {context.tree[c].form.lower() for c in context.tree.children(above.head, "cc")}
    return not joints.isdisjoint(("nor", "neither")) or (
        "or" in joints and is_negated(above, context)
    )


def operator_of(above: Proposition, table: Mapping[str, Operator]) -> Operator | None:
    return next((table[lemma] for lemma in above.lemmas if lemma in table), None)


def is_beside(above: Proposition, operator: Operator) -> bool:
    """As in "blocked roads to demand pay": the demand is made; not so "failed to demand pay"."""
    return operator.effect == "negate" and not operator.controls and bool(above.all("object"))


def operator_of_aim(above: Proposition, context: Context) -> Operator | None:
    """What the verb makes of an infinitive behind it, if that is not only what it is done for."""
    operator = operator_of(above, context.lexicon.complements)
    controls = any(word in context.lexicon.slots.object_control for word in above.lemmas)
    if operator is None or is_beside(above, operator) or (above.all("object") and not controls):
        return None
    return operator if operator.modality or operator.effect == "negate" else None


def verb_above(index: int, context: Context) -> Proposition | None:
    head = context.tree.head(index)
    if head is not None and context.tree[head].upos == "ADP":
        head = context.tree.head(head)
    above = context.propositions.get(head) if head is not None else None
    return above if above is not None and above.kind == "verb" else None


def adjective_before(noun: int, context: Context) -> Operator | None:
    """As in "fit for trial": what the adjective makes of an event, if it is not told as real."""
    tree = context.tree
    word = tree[tree[tree.first_conjunct(noun)].head].head
    operator = context.lexicon.copular.get(tree.lemma(word)) if tree[word].upos == "ADJ" else None
    return operator if operator is not None and operator.modality is not None else None


def clause_of_adjective(governor: int, context: Context) -> Proposition | None:
    """As in "once X is able to hold Y": the clause that the adjective belongs to."""
    described = context.tree[governor].upos == "ADJ"
    return verb_above(governor, context) if described else None


def fellow(current: Proposition, above: Proposition, context: Context) -> Proposition:
    """As in "wants to leave and has packed": joined to the infinitive, but beside "wants"."""
    tree = context.tree
    auxiliaries = tree.children(current.head, "aux", "auxpass")
    finite = {tree[i].xpos for i in (*auxiliaries, current.head)} & {"VBZ", "MD"}
    finite |= {tree[i].xpos for i in auxiliaries} & {"VBP", "VBD"}
    while finite and above.governor is not None and above.link in ("infinitive", "purpose"):
        governor = context.propositions.get(above.governor) or verb_above(above.governor, context)
        if governor is None or governor.kind != "verb":
            break
        above = governor
    return above


def shared(
    current: Proposition, above: Proposition, value: Factuality, context: Context
) -> Factuality:
    """A coordinated verb without auxiliaries of its own shares those of the first."""
    tree = context.tree
    if is_nor(above, context):
        value = negate(value, "nor")
    if above.link in ("complement", "root") and above.marker in context.lexicon.subordinators:
        marker = above.marker or ""  # "considers whether to invade and occupy X"
        value = apply(value, context.lexicon.subordinators[marker], marker)
    auxiliaries = tree.children(current.head, "aux", "auxpass")
    if tree[current.head].xpos in ("VB", "VBN") and not auxiliaries:
        for child in tree.children(above.head, "aux"):
            modal = context.lexicon.modals.get(tree[child].form.lower())
            if modal is not None and tree[child].xpos == "MD":
                value = apply(value, modal, tree[child].form.lower())
        value = hedged(above.head, value, context)
    elif not tree.children(current.head, "nsubj", "nsubjpass"):
        value = hedged(above.head, value, context)
    return value
