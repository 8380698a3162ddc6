"""The noun that stands for an event behind "of": "a wave of attacks"."""

from __future__ import annotations

from kg.extract.tree import Tree
from kg.lexicon import Lexicon


def through_measures(tree: Tree, lexicon: Lexicon, index: int) -> int:
    """As in "a wave of attacks": the measure noun stands where the event would stand."""
    prep = tree.head(index)
    if tree[index].deprel != "pobj" or prep is None or tree[prep].form.lower() != "of":
        return index
    noun = tree.head(prep)
    if noun is None or not tree.is_noun(noun):
        return index
    operator = lexicon.nominal_nouns.get(tree.lemma(noun))
    if operator is None or operator.effect != "pass":
        return index
    return through_measures(tree, lexicon, tree.first_conjunct(noun))
