"""Nouns joined to each other: which of them tell of one, and which names a group has."""

from __future__ import annotations

from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_PEOPLE = ("Person", "PersonGroup")


def without_titles(tree: Tree, heads: list[int], lexicon: Lexicon) -> list[int]:
    """As in "former minister and founder X", "their chairman and director, X": one person."""
    if len(heads) != 2 or not all(_is_role(tree, head, lexicon) for head in heads[:1]):
        return heads
    first, last = heads
    if tree.children(last, "det", "poss", "nummod") or tree.children(last, "conj", "appos"):
        return heads
    if tree.children(first, "appos"):
        named = min(tree.children(first, "appos")) > last and _is_role(tree, last, lexicon)
        return [first] if named and tree[last].upos == "NOUN" else heads
    bare = not tree.children(first, "det", "poss", "nummod", "prep")
    titled = any(
        tree[i].upos == "NOUN" and _is_role(tree, i, lexicon)
        for i in tree.children(last, "compound", "nmod")
    )
    return [last] if bare and titled and tree[last].upos == "PROPN" else heads


def _is_role(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """A singular noun for what somebody is."""
    kind = lexicon.noun_classes.get(tree.lemma(noun))
    return tree[noun].xpos in ("NN", "NNP") and kind is not None and is_a(kind, "Person")


def members(tree: Tree, heads: list[int]) -> list[int]:
    """As in "two inmates, X and Y, escaped", "X and Y, two Americans who were held": X and Y."""
    if len(heads) != 1 or not tree.children(heads[0], "nummod"):
        return heads
    group = heads[0]
    if tree[group].deprel == "appos":
        return _names(tree, tree.first_conjunct(tree[group].head)) or heads
    for apposed in tree.children(group, "appos"):
        named = _names(tree, apposed)
        if named:
            return named
    return heads


def _names(tree: Tree, first: int) -> list[int]:
    """The coordinated names that begin with the first; none if they are not two or more names."""
    found = tree.conjuncts(first)
    named = len(found) > 1 and all(tree[each].upos == "PROPN" for each in found)
    return found if named else []


def beside_person(tree: Tree, lexicon: Lexicon, noun: int) -> bool:
    """As in "executed a priest and an attack on X": who did the one is not told of the other."""
    first = tree.first_conjunct(noun)
    kind = lexicon.noun_classes.get(tree.lemma(first))
    return first != noun and kind is not None and is_one_of(kind, _PEOPLE)
