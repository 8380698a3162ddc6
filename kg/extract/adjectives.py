"""State adjectives as propositions: "rebel-held Aleppo", "the troops are not enough"."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.extract.fillings import resolve
from kg.extract.members import is_group, is_told_of, member_clause, named_members
from kg.extract.obliques import oblique_slots
from kg.extract.proposition import Proposition, Slot, obliques
from kg.extract.tree import Tree
from kg.lexicon import Lexicon


def adjective_proposition(
    tree: Tree,
    index: int,
    lexicon: Lexicon,
    verbs: Mapping[int, Proposition],
    names: Collection[int],
) -> Proposition | None:
    """As in "are not enough" (copular), "ten people dead", "the dead are X", "Iran-backed"."""
    token = tree[index]
    lemmas = tuple(
        lemma for lemma in (token.form.lower(), token.lemma) if lemma in lexicon.adjectives
    )
    proposition = Proposition(index, "adjective", lemmas[:1])
    if token.upos == "NOUN":
        return None if _is_told_apart(tree, index) else _of_people(proposition, tree, lexicon)
    clause = verbs.get(token.head)
    if token.deprel in ("oprd", "acomp") and clause is not None:
        proposition.governor, proposition.link, proposition.light = (
            token.head,
            "object",
            token.head,
        )
        undergone = clause.passive or clause.all("object")  # "before being shot dead by police"
        for slot in clause.all("object" if undergone else "subject"):
            if not _has_own_state(tree, slot.head, index):
                proposition.add(Slot("bearer", slot.head))
        for slot in obliques(clause.slots):  # "are dead in Kano after a blast"
            proposition.add(slot)
        for slot in oblique_slots(tree, index, lexicon):  # "remain closed in Kano"
            proposition.add(slot)
        return proposition
    if token.deprel == "amod" and token.head < index:
        proposition.governor, proposition.link = token.head, "participle"
        verb = tree[token.head].head
        if tree[token.head].deprel == "dobj" and verb in verbs:
            proposition.governor, proposition.link, proposition.light = verb, "object", verb
            for slot in obliques(verbs[verb].slots):  # "leave ten people dead in Kano"
                proposition.add(slot)
        proposition.add(Slot("bearer", token.head))
        return proposition
    return _of_people(proposition, tree, lexicon) or _held(proposition, tree, lexicon, names)


def _has_own_state(tree: Tree, noun: int, adjective: int) -> bool:
    """As in "leaving two dead and ten sick": the two are not sick."""
    states = [i for i in tree.children(noun, "amod") if tree[i].upos == "ADJ"]
    return any(noun < i < adjective for i in states)


def _held(
    proposition: Proposition, tree: Tree, lexicon: Lexicon, names: Collection[int]
) -> Proposition | None:
    """As in "Iran-backed Houthis"."""
    index = proposition.head
    token = tree[index]
    if token.deprel not in ("amod", "acl", "compound") or _is_over(tree, index, lexicon):
        return None
    holders = tree.children(index, "npadvmod", "compound", "advmod", "nmod", "amod")
    proposition.governor, proposition.link = token.head, "participle"
    for child in holders:
        if tree[index].start - tree[child].end <= 1 and (tree.is_noun(child) or child in names):
            proposition.add(Slot("subject", child))
    if proposition.slot("subject") is None:
        return None
    filling = resolve(tree, token.head, lexicon)
    proposition.add(Slot("bearer", filling.head, filling.spatial, filling.part))
    return proposition


def _of_people(proposition: Proposition, tree: Tree, lexicon: Lexicon) -> Proposition | None:
    """As in "the dead include X"; of "the dead" alone nothing is told."""
    index = proposition.head
    people = tree[index].head if tree[index].deprel == "amod" else index
    clause = member_clause(tree, people, lexicon)
    named = clause is not None and tree.lemma(clause) in lexicon.slots.identifying
    if not (named or is_told_of(tree, index) or is_group(tree, people)):
        return None
    members = named_members(tree, people, lexicon)
    for each in members:
        proposition.add(Slot("bearer", each))
    proposition.governor = clause
    proposition.link = "conjunct" if clause is not None else "root"
    return proposition if members else None


def _is_told_apart(tree: Tree, noun: int) -> bool:
    """As in "fraud victims", "victims of the fraud": of another kind than those of violence."""
    return bool(tree.children(noun, "compound", "amod", "poss", "prep", "acl", "relcl"))


def _is_over(tree: Tree, adjective: int, lexicon: Lexicon) -> bool:
    """As in "the formerly Italian-occupied island", whose state is told of as past."""
    first = min(tree.subtree(adjective))
    before = first - 1 if first > tree.sentence.first else first
    words = {tree[i].form.lower() for i in (*tree.subtree(adjective), before)}
    return not words.isdisjoint(lexicon.slots.former)
