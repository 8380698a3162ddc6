"""Whose deed a participle behind a noun tells of: that noun's, or that of the clause before it."""

from __future__ import annotations

from kg.extract.charges import is_somebody
from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_PERSONAL = frozenset(("them", "him", "her", "it"))


def is_doer(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> bool:
    """Whether the noun itself acts, wherever it stands in its clause."""
    return (
        _is_told_of(tree, lexicon, noun)
        or _is_author(tree, lexicon, verb, noun)
        or _is_objected_to(tree, lexicon, noun)
    )


def charged_there(tree: Tree, lexicon: Lexicon, verb: int, place: int) -> int | None:
    """As in "arrested a man in the Rome area suspected of fraud": the man is, not the area."""
    below, kind = place, lexicon.noun_classes.get(tree.lemma(place), "Entity")
    if tree.lemma(verb) not in lexicon.slots.accusing or not is_a(kind, "Place"):
        return None
    for above in tree.ancestors(place):
        if tree[below].deprel not in ("pobj", "prep"):
            return None
        if tree.is_verb(above):
            found = [i for i in tree.children(above, "dobj", "nsubjpass") if i < place]
            return next((i for i in found if is_somebody(i, tree, lexicon)), None)
        if tree.is_noun(above) and is_somebody(above, tree, lexicon):
            return above
        below = above
    return None


def is_addressed_so(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> bool:
    """As in "writes to all companies asking them to help": who writes asks, and asks them."""
    prep = tree[noun].head
    told = tree[noun].deprel == "pobj" and tree[prep].form.lower() == "to"
    asked = (tree[i].form.lower() for i in tree.children(verb, "dobj"))
    saying = tree.lemma(verb) in lexicon.report_verbs
    return told and saying and not _PERSONAL.isdisjoint(asked)


def _is_author(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> bool:
    """As in "a report from the Office accusing X": the Office accuses."""
    prep = tree[noun].head
    saying = tree.lemma(verb) in lexicon.report_verbs
    told = tree.lemma(tree[prep].head) in lexicon.report_nouns
    return saying and told and tree[prep].form.lower() in ("by", "from")


def _is_told_of(tree: Tree, lexicon: Lexicon, noun: int) -> bool:
    """As in "denied reports of soldiers killing ten": the soldiers kill, not who denies it."""
    prep = tree[noun].head
    of = tree[noun].deprel == "pobj" and tree[prep].form.lower() in ("of", "about")
    return of and tree.lemma(tree[prep].head) in lexicon.report_nouns


def _is_objected_to(tree: Tree, lexicon: Lexicon, noun: int) -> bool:
    """As in "protested against X arming Y", "in response to soldiers killing Y": X does it."""
    prep = tree[noun].head
    if tree[noun].deprel != "pobj":
        return False
    form, above = tree[prep].form.lower(), tree.lemma(tree[prep].head)
    slots = lexicon.slots
    return (form == "against" and above in slots.objecting) or (
        form in ("to", "for") and above in slots.occasions["in"]
    )


def is_of_killers(above: Proposition, below: Proposition, tree: Tree, lexicon: Lexicon) -> bool:
    """As in "ten were killed by gunmen after opening fire": the ten, or the gunmen."""
    if not above.passive or below.link != "gerund" or below.marker not in ("after", "while"):
        return False
    verbs = (each for word in below.lemmas for each in lexicon.verbs.get(word, ()))
    if not any(is_one_of(each.type, ("CombatEvent", "HarmEvent")) for each in verbs):
        return False
    doers = [tree.lemma(slot.head) for slot in above.all("subject")]
    kinds = lexicon.noun_classes
    return any(
        doer in lexicon.slots.assailants or is_a(kinds.get(doer, "Entity"), "ArmedGroup")
        for doer in doers
    )
