"""The nouns that a subject or object stands for: each of a list, what "which" takes up."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.coordination import members, without_titles
from kg.extract.fillings import Filling, resolve
from kg.extract.meant import meant_event
from kg.extract.proposition import Slot
from kg.extract.tree import RELATIVIZERS, Tree
from kg.lexicon import Lexicon

_RELATIVE = ("WP", "WDT", "IN")


def noun_slots(tree: Tree, name: str, child: int, verb: int, lexicon: Lexicon) -> Iterator[Slot]:
    """One slot for each coordinated filler; a relative pronoun gives its antecedent."""
    for head in _coordinated(tree, child, verb, lexicon):
        filling = resolve(tree, head, lexicon)
        acting = name == "subject" and tree.lemma(head) in lexicon.slots.proxies
        hurt = name == "object" and tree.lemma(head) in lexicon.slots.singled
        if acting or hurt:  # to back a campaign is to back its owner, but it acts itself
            filling = Filling(head)
        heads = [filling.head]
        named = [i for i in tree.children(head, "appos") if tree[i].upos == "PROPN"]
        if filling.head != head and named and tree[head].form.lower() == "one":
            filling, heads = Filling(named[0]), named[:1]  # "one of them, X, said"
        elif filling.head != head:
            heads = tree.conjuncts(filling.head)
        for each in heads:
            yield Slot(name, each, filling.spatial, filling.part)
        for prep in tree.children(head, "prep"):
            if tree[prep].form.lower() == "including":
                for part in tree.children(prep, "pobj"):
                    members = tree.conjuncts(part)
                    yield from (Slot(name, each, member=True) for each in members)


def _coordinated(tree: Tree, child: int, verb: int, lexicon: Lexicon) -> list[int]:
    """The nouns that a word stands for; a relative pronoun for its antecedent or the last of it."""
    if tree[child].form.lower() not in RELATIVIZERS or tree[child].xpos not in _RELATIVE:
        return members(tree, without_titles(tree, tree.conjuncts(child), lexicon))
    if _is_of_clause(tree, child, verb, lexicon):
        return []
    antecedent = _antecedent(tree, verb, lexicon)
    if antecedent is not None and _is_of_all(tree, antecedent, verb):
        antecedent = tree.first_conjunct(antecedent)
    found = members(tree, tree.conjuncts(antecedent)) if antecedent is not None else []
    found = [each for each in found if each < verb] or found  # "X, which killed ten, and Y"
    if len(found) > 1 and _is_of_one(tree, verb):
        return [each for each in found if each < verb][-1:]
    return found


def _is_of_clause(tree: Tree, which: int, verb: int, lexicon: Lexicon) -> bool:
    """As in "accused X of arming Y, which X denies": that it did, and not Y."""
    cue, noun = lexicon.report_verbs.get(tree.lemma(verb)), tree.head(verb)
    if cue is None or cue.polarity != "negative" or tree[which].deprel != "dobj" or noun is None:
        return False
    told = tree.lemma(noun) in lexicon.report_nouns or tree.lemma(noun) in lexicon.nouns
    return tree[which].form.lower() == "which" and tree[which - 1].form == "," and not told


def _is_of_all(tree: Tree, last: int, verb: int) -> bool:
    """As in "X and Y, which are brokering talks": one alone would be "which is"."""
    if tree[last].deprel != "conj" or tree[last].xpos not in ("NN", "NNP"):
        return False
    words = [tree[i] for i in (*tree.children(verb, "aux", "auxpass"), verb)]
    return any(each.xpos == "VBP" or each.form.lower() == "were" for each in words)


def _is_of_one(tree: Tree, verb: int) -> bool:
    """As in "between X and Y, which is backed by Z": the number of the verb tells of the last."""
    for index in (verb, *tree.ancestors(verb)):
        words = [tree[i] for i in (*tree.children(index, "aux", "auxpass"), index)]
        if any(each.xpos == "VBZ" or each.form.lower() == "was" for each in words):
            return True
        if tree[index].deprel == "relcl":
            return False
    return False


def identified(tree: Tree, noun: int) -> int:
    """As in "X is one of the towns held by Y": the name behind what is said of it."""
    first, prep = noun, tree.head(noun)
    of = prep is not None and tree[noun].deprel == "pobj" and tree[prep].form.lower() == "of"
    if of and prep is not None and tree[tree[prep].head].form.lower() == "one":
        first = tree[prep].head
    verb = tree.head(first)
    if verb is None or tree[first].deprel != "attr" or tree.children(verb, "neg", "aux"):
        return noun
    subject = tree.child(verb, "nsubj")
    named = subject is not None and tree[subject].upos == "PROPN"
    return subject if subject is not None and named and tree.lemma(verb) == "be" else noun


def _antecedent(tree: Tree, verb: int, lexicon: Lexicon) -> int | None:
    """The noun that a relative clause (or the clause around it) modifies."""
    for index in (verb, *tree.ancestors(verb)):
        if tree[index].deprel == "relcl":
            noun = tree.head(index)
            if noun is None or _may_be_either(tree, noun, index, lexicon):
                return None
            return meant_event(tree, identified(tree, noun), verb, lexicon)
    return None


def _may_be_either(tree: Tree, noun: int, verb: int, lexicon: Lexicon) -> bool:
    """As in "the fall of Bara in the Kordofan region, which was seized": the place or its region.

    Two names, one beside or inside the other, before a comma.
    """
    if tree[noun].deprel != "pobj" or tree[min(tree.subtree(verb)) - 1].form != ",":
        return False
    prep = tree[noun].head
    above = tree[prep].head
    kind = tree.lemma(above) in lexicon.slots.kinds and tree[above].deprel == "pobj"
    if kind and tree[prep].form.lower() == "of":
        prep = tree[above].head
        above = tree[prep].head
    if tree[above].upos == "PROPN":
        return True
    beside = [i for i in tree.children(above, "prep") if i < prep] if tree.is_noun(above) else []
    nouns = [i for each in beside for i in tree.children(each, "pobj")]
    things = tree.children(above, "dobj") if tree.is_verb(above) else []
    nouns += [resolve(tree, thing, lexicon).head for thing in things]
    return any(tree[i].upos == "PROPN" for i in nouns)
