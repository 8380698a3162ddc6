"""Clauses of which nothing tells who acts: either clause above, or an event, may be meant."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import Lexicon


class Unclear:
    """Finds added clauses whose doer must stay open."""

    def __init__(self, tree: Tree, lexicon: Lexicon, found: Mapping[int, Proposition]) -> None:
        """`found` holds the verbs read so far, each before those below it."""
        self._tree = tree
        self._lexicon = lexicon
        self._found = found

    def is_unclear(self, proposition: Proposition) -> bool:
        """Whether nothing tells who acts in an added clause.

        A finite verb without subject was torn off; after a relative clause and a comma
        ("... houses where X slept, killing ten") either clause may be meant.
        """
        tree, index = self._tree, proposition.head
        if proposition.link == "gerund" and proposition.marker == "by":
            return self._may_be_charge(index)
        if proposition.link != "adverbial" or proposition.marker is not None:
            return False
        if tree[index].xpos in ("VB", "VBP") or self._may_be_of_event(index):
            return True
        if self._may_be_charge(index):
            return True
        for above in tree.ancestors(index):
            if tree[above].deprel == "relcl":
                return tree[min(tree.subtree(index)) - 1].form == ","
            if tree[above].deprel not in ("xcomp", "ccomp", "conj"):
                return False
        return False

    def _may_be_of_event(self, index: int) -> bool:
        """As in "left the operation in X enforcing Y", where no comma shows what enforces Y."""
        tree, verb = self._tree, self._tree[index].head
        own = tree[index].xpos != "VBG" or tree.lemma(index) in self._lexicon.slots.harms
        if own or tree[min(tree.subtree(index)) - 1].form == ",":
            return False
        between = range(verb + 1, index)
        return any(
            tree[i].deprel == "pobj" and tree.lemma(i) in self._lexicon.nouns for i in between
        )

    def _may_be_charge(self, index: int) -> bool:
        """As in "sentences them for propaganda, criticising X": the next of the charges.

        What follows an accusation is as well the accused's, unless it is said.
        """
        tree, slots = self._tree, self._lexicon.slots
        above = next((self._found[i] for i in tree.ancestors(index) if i in self._found), None)
        if above is None:
            return False
        marker = "for" if set(above.lemmas) & set(slots.penalties) else None
        if tree.lemma(index) not in self._lexicon.report_verbs:
            if tree.lemma(index) in slots.penalties:
                return False  # "convicts them of theft, sentencing them to life"
            marker = slots.accusing.get(above.lemmas[-1], marker)
        return any(tree[i].form.lower() == marker for i in range(above.head, index))

    def may_be_of_clause(self, proposition: Proposition, noun: int) -> bool:
        """As in "signs a bill on agents, criticised by X": the agents, the bill or its signing."""
        tree, index = self._tree, proposition.head
        said = bool(set(proposition.lemmas) & self._lexicon.report_verbs.keys())
        apart = tree[min(tree.subtree(index)) - 1].form == ","
        return proposition.passive and said and apart and tree[noun].deprel == "pobj"
