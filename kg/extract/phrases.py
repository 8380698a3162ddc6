"""Argument phrases in the words of the text: from the head of a noun phrase to its extent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from kg.extract.context import Context
from kg.extract.fillings import resolve
from kg.extract.obliques import preposition
from kg.extract.tree import Tree

PhraseRole = Literal["subject", "object", "indirectObject", "oblique", "attribute", "complement"]

OUTSIDE = frozenset(("relcl", "appos", "conj", "cc", "preconj", "parataxis", "advcl", "punct"))
ASIDE = frozenset(("relcl", "appos", "parataxis", "advcl", "punct", "cc", "preconj"))


class Phrase(Struct, frozen=True):
    """An argument as the tokens `first..last`; `noun` is the one that is meant by it.

    `marker` is the preposition before it; `understood` marks what another clause says.
    """

    role: PhraseRole
    noun: int
    first: int
    last: int
    marker: str | None = None
    understood: bool = False


def noun_phrase(
    tree: Tree, head: int, role: PhraseRole, context: Context, marker: str | None = None
) -> Phrase:
    """The phrase of a noun; a measure or kind stands for what it is of, but not as a predicate."""
    first, last = extent(tree, head, ASIDE - {"cc"} if tree[head].upos == "NUM" else OUTSIDE)
    predicative = tree[tree.first_conjunct(head)].deprel in ("attr", "appos")
    noun = head if predicative else resolve(tree, head, context.lexicon).head
    return Phrase(role, noun, first, last, marker)


def inner_phrases(head: int, context: Context) -> Iterator[Phrase]:
    """What a predicate noun or adjective is of: "the capital of X", "responsible for X"."""
    tree = context.tree
    for prep in tree.children(head, "prep"):
        if tree[prep].form.lower() == "of" or tree[head].upos == "ADJ":
            for noun in tree.children(prep, "pobj"):
                for each in tree.conjuncts(noun):
                    yield noun_phrase(tree, each, "oblique", context, preposition(tree, prep))


def measure_of(head: int, context: Context) -> int:
    """The measure in which a filler is said: of "thousands of troops", the thousands."""
    tree = context.tree
    for above in tree.ancestors(head):
        if tree.is_noun(above):
            measured = resolve(tree, above, context.lexicon).head == head
            return above if measured else head
        if tree[above].upos != "ADP":
            break
    return head


def extent(tree: Tree, head: int, outside: frozenset[str]) -> tuple[int, int]:
    """First and last token of the phrase of `head`, cut where something of its own breaks in.

    `outside` are the relations of dependents of the head that are no part of the phrase.
    """
    inside = {head}
    for child in tree.children(head):
        one = tree.one_name(head, child) or _is_named(tree, head, child)
        if one or tree[child].deprel not in outside or _is_bracket(tree, child):
            inside.update(_without_clauses(tree, child))
    first = last = head
    while first - 1 in inside or (first - 2 in inside and _is_inner(tree, first - 1)):
        first -= 1
    while last + 1 in inside or (last + 2 in inside and _is_inner(tree, last + 1)):
        last += 1
    while last > head and tree[last].deprel == "cc":
        last -= 1
    while tree.one_name(head, first - 1):
        first -= 1
    while tree.one_name(head, last + 1):
        last += 1
    return first, last


def _without_clauses(tree: Tree, index: int) -> Iterator[int]:
    """The words below a word but for relative clauses, which are told for themselves."""
    queue = [index]
    for each in queue:  # the queue grows while it is read
        yield each
        queue.extend(c for c in tree.children(each) if tree[c].deprel != "relcl")


def _is_named(tree: Tree, head: int, child: int) -> bool:
    """As in "the skier Anna Berg": the name right after a noun is part of what names her."""
    named = tree[child].deprel == "appos" and tree[child].upos == "PROPN"
    return named and min(tree.subtree(child)) == head + 1


def _is_bracket(tree: Tree, index: int) -> bool:
    return tree[index].form in ("''", "``", '"', "“", "”")


def _is_inner(tree: Tree, index: int) -> bool:
    """A hyphen or comma inside a phrase, hung elsewhere by the parser."""
    return tree[index].deprel == "punct"
