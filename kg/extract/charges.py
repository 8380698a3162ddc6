"""Deeds that stand in a report only by the word of who accuses, judges or punishes for them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.proposition import Proposition, Slot, surface_subject
from kg.extract.tree import RELATIVIZERS, Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_LED_BY = ("on", "over", "under")
_AGAINST = ("for", "against")
_APART = ("subject", "of-noun", "participle")
_PASSED = ("pobj", "prep", "acomp", "oprd", "dobj")


def is_accusing(above: Proposition, marker: str | None, lexicon: Lexicon) -> bool:
    """As in "charged with", "convicted of", before what somebody is said to have done."""
    accusing = lexicon.slots.accusing
    return any(lemma in accusing and accusing[lemma] == marker for lemma in above.lemmas)


def is_charge(event: Proposition, above: Proposition, lexicon: Lexicon) -> bool:
    """As in "convicted of an assault", "jailed for murder"; not "arrested for a request".

    An active verb of saying names who charges, and tells itself how firm that is.
    """
    if above.kind != "verb" or event.link in _APART:
        return False
    lemmas = set(above.lemmas)
    found = " " in above.lemmas[0] and above.lemmas[0] in lexicon.slots.accusing
    words = above.lemmas[:1] if found else above.lemmas  # "found guilty" finds out nothing
    said = [lexicon.report_verbs[w] for w in words if w in lexicon.report_verbs]
    if not above.passive and any(cue.certainty is None for cue in said):
        return False  # but a court that convicts is no surer than one that finds him guilty
    operators = [lexicon.nominal_verbs[w] for w in above.lemmas if w in lexicon.nominal_verbs]
    known = bool(operators) and operators[0].effect == "presuppose"  # "condemned for the attack"
    reported = set(event.lemmas) & lexicon.report_nouns.keys()
    punished = event.marker == "for" and bool(lemmas & set(lexicon.slots.penalties))
    return is_accusing(above, event.marker, lexicon) or (punished and not known and not reported)


def accused(
    count: int, tree: Tree, lexicon: Lexicon, clauses: Mapping[int, Proposition]
) -> list[Slot]:
    """Who stands under a charge or suspicion: "jailed X on charges of fraud", "X faces charges".

    So too "the trial of X on charges", "charges that X faces". Whoever else acts in the clause is
    not under it.
    """
    if faced := _faced(count, tree, lexicon):
        return faced
    below = tree.first_conjunct(count)
    if tree[below].deprel == "dobj" and _is_of_another(count, tree):
        return []
    prep = tree.head(below) if tree[below].deprel == "pobj" else None
    marker = tree[prep].form.lower() if prep is not None else None
    for above in tree.ancestors(below):
        if tree[below].deprel not in _PASSED:
            break
        if tree.lemma(above) in lexicon.slots.verdicts and tree.is_noun(above):
            found = _of_verdict(above, tree, lexicon)
            held = tree[tree[above].head].form.lower() == "under"  # "put under arrest on charges"
            if found or not held:
                return found
        clause = clauses.get(above)
        if clause is not None:
            return _under_charge(clause, marker, tree, lexicon)
        below = above
    return []


def _faced(count: int, tree: Tree, lexicon: Lexicon) -> list[Slot]:
    """As in "all of the charges that he faces"."""
    told = tree.children(count, "relcl", "acl")
    faced = [i for i in told if tree.lemma(i) in lexicon.slots.answering]
    objects = {i: tree.children(i, "dobj") for i in faced}
    bare = [i for i in faced if all(tree[o].form.lower() in RELATIVIZERS for o in objects[i])]
    subjects = [i for verb in bare for i in tree.children(verb, "nsubj")]
    return [Slot("object", i) for i in subjects if tree[i].form.lower() not in RELATIVIZERS]


def is_counted(noun: int, tree: Tree, lexicon: Lexicon) -> bool:
    """As in "ten counts of abuse of power, fraud and theft": all of it is only charged."""
    below = tree.first_conjunct(noun)
    prep = tree.head(below)
    while prep is not None and tree[below].deprel == "pobj" and tree[prep].form.lower() == "of":
        below = tree[prep].head
        if tree.lemma(below) in lexicon.slots.counts:
            return True
        prep = tree.head(below)
    return False


def _is_of_another(count: int, tree: Tree) -> bool:
    """As in "denied charges that his son fled": not of who denies them."""
    told = (i for i in tree.children(count, "acl", "relcl", "ccomp"))
    doers = (i for clause in told for i in tree.children(clause, "nsubj", "nsubjpass"))
    return any(tree[i].upos != "PRON" for i in doers)


def _of_verdict(noun: int, tree: Tree, lexicon: Lexicon) -> list[Slot]:
    """As in "the trial of two men on charges", "his arrest", "a warrant for a clerk on charges"."""
    found = list(tree.children(noun, "poss"))
    for prep in tree.children(noun, "prep"):
        named, form = tree.children(prep, "pobj"), tree[prep].form.lower()
        if form in _AGAINST:
            found += [i for i in named if is_somebody(i, tree, lexicon)]
        elif form == "of":
            found += named
    return [Slot("object", each) for head in found for each in tree.conjuncts(head)]


def _under_charge(
    clause: Proposition, marker: str | None, tree: Tree, lexicon: Lexicon
) -> list[Slot]:
    """Whom the clause deals with because of the charge, or who has to answer it."""
    named = set(clause.lemmas)
    led = marker in _LED_BY or any(lexicon.slots.accusing.get(w) == marker for w in named)
    led = led or (marker == "for" and not named.isdisjoint(lexicon.slots.penalties))
    if clause.passive and led:
        return clause.all("object")
    objects = clause.all("object")
    judged = [s.head for s in objects if tree.lemma(s.head) in lexicon.slots.verdicts]
    found = [each for noun in judged for each in _of_verdict(noun, tree, lexicon)]
    found = found or [s for s in objects if is_somebody(s.head, tree, lexicon)]
    if found and led:
        return found
    return surface_subject(clause) if named & {*lexicon.slots.answering} else []


def is_somebody(noun: int, tree: Tree, lexicon: Lexicon) -> bool:
    """A name, a pronoun or a word for people: who can be charged, where things cannot."""
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    return tree[noun].upos in ("PROPN", "PRON", "NUM") or is_a(kind, "Agent")
