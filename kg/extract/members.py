"""Who is named as one of a group: "two reporters, X and Y", "the dead include X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.slots import Slots

_PLURAL = ("NNS", "NNPS")
_NOMINAL = ("nsubj", "nsubjpass", "pobj", "dobj")
_SHAPES = ("VBN", "VBD", "JJ")
_NAMING = ("Nomination", "Appointment")
_FACTUAL = ("have", "be", "do")


def is_group(tree: Tree, index: int) -> bool:
    """A plural noun or "those", whose members may be named beside it."""
    return tree[index].xpos in _PLURAL or tree[index].form.lower() == "those"


def is_counted(tree: Tree, group: int) -> bool:
    """As in "two towns, X and Y", "these towns: X, Y": what follows can only be the members."""
    colon = any(tree[i].form in (":", "--") for i in tree.children(group, "punct"))
    return colon or bool(tree.children(group, "nummod"))


def identified_as(tree: Tree, noun: int, lexicon: Lexicon) -> list[int]:
    """Who somebody is said to be: "a vendor identified as X was hurt", "a vendor named X"."""
    clauses = [i for i in tree.children(noun, "acl") if tree.lemma(i) in lexicon.slots.identifying]
    preps = [i for each in clauses for i in tree.children(each, "prep")]
    named = [i for prep in preps if tree[prep].form.lower() == "as" for i in tree.children(prep)]
    named += [i for each in clauses for i in tree.children(each, "oprd")]
    return [i for each in named for i in tree.conjuncts(each)]


def listed_after(tree: Tree, noun: int) -> list[int]:
    """The rest of "a shop, a school, and a bank", where a school was taken for what the shop is.

    No single thing is two things; people may be ("X, a nurse and a mother").
    """
    first = tree.child(noun, "appos")
    rest = tree.conjuncts(first) if first is not None else []
    listed = [i for each in rest for i in tree.children(each, "cc") if tree[i - 1].form == ","]
    return rest if listed and tree[noun].xpos == "NN" else []


def is_told_of(tree: Tree, index: int) -> bool:
    """A participle or adjective that stands for people: "the dead", "those injured"."""
    token = tree[index]
    if token.deprel not in _NOMINAL or token.xpos not in _SHAPES:
        return False
    determiners = tree.children(index, "det", "nsubj")
    return any(tree[i].form.lower() in ("the", "those") for i in determiners)


def named_members(tree: Tree, group: int, lexicon: Lexicon) -> list[int]:
    """Who is told after the group, or its clause says that it is: by name or number, in text order.

    As in "among the dead were two nurses"; "those killed were civilians" names nobody.
    """
    found = members(tree, group, lexicon)
    return [i for i in found if tree[i].upos == "PROPN" or tree.children(i, "nummod")]


def members(tree: Tree, group: int, lexicon: Lexicon) -> list[int]:
    """Heads of what is listed after the group or what its clause says that it is, in text order."""
    found = [i for child in tree.children(group, "appos") for i in _all_beside(tree, child)]
    for prep in tree.children(group, "prep"):
        if tree[prep].form.lower() == "including":
            found += [i for each in tree.children(prep, "pobj") for i in tree.conjuncts(each)]
    clause = member_clause(tree, group, lexicon)
    for each in _told(tree, clause, group, lexicon.slots) if clause is not None else ():
        found += tree.conjuncts(each)
    return sorted(set(found))


def member_clause(tree: Tree, group: int, lexicon: Lexicon) -> int | None:
    """The verb that names members of the group ("among the dead was X"), if it asserts so."""
    top = _one_of(tree, group)
    verb = tree.head(top)
    among = verb is not None and tree[top].deprel == "pobj" and tree[verb].form.lower() == "among"
    if among and verb is not None:
        verb = tree.head(verb)
    slots = lexicon.slots
    naming = ("be",) if among else ("be", *slots.including, *slots.identifying)
    if verb is None or tree.lemma(verb) not in naming or not tree.is_verb(verb):
        return None
    if tree.lemma(verb) in slots.identifying:
        named = tree[top].deprel in ("nsubjpass", "dobj")
    else:
        named = among or tree[top].deprel == "nsubj"
    modal = any(tree.lemma(i) not in _FACTUAL for i in tree.children(verb, "aux"))
    return verb if named and not modal and not tree.children(verb, "neg") else None


def _told(tree: Tree, verb: int, group: int, slots: Slots) -> Iterator[int]:
    """What a clause says the group is: its other side, or what stands after "as"."""
    identified = tree.lemma(verb) in slots.identifying
    sides = ("oprd",) if identified else ("attr", "dobj", "nsubj")
    inside = set(tree.subtree(group))
    for each in tree.children(verb, *sides):
        if each not in inside and group not in tree.subtree(each):
            yield each
    for noun in (verb, group):
        for prep in tree.children(noun, "prep"):
            if tree[prep].form.lower() == "as":
                yield from tree.children(prep, "pobj")


def part_of_counted(tree: Tree, group: int) -> int | None:
    """The number that takes some of a counted group: "two" in "two of the three jets"."""
    number = _one_of(tree, group)
    return number if number != group and tree.children(group, "nummod") else None


def _one_of(tree: Tree, group: int) -> int:
    """The word that counts some of the group, as in "one of the dead", else the group itself."""
    prep = tree.head(group)
    if prep is None or tree[group].deprel != "pobj" or tree[prep].form.lower() != "of":
        return group
    above = tree.head(prep)
    return above if above is not None and tree[above].xpos == "CD" else group


def _all_beside(tree: Tree, noun: int) -> Iterator[int]:
    """As in "X, a nurse, Y, a driver, and Z": names are hung as if each were the one before."""
    for each in tree.conjuncts(noun):
        yield each
        for beside in tree.children(each, "appos") if tree[each].upos == "PROPN" else ():
            yield from _all_beside(tree, beside)


def is_singled_out(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """As in "the last nurse to leave": she leaves."""
    adjectives = tree.children(noun, "amod")
    ranked = lexicon.slots.rankings
    return any(tree.lemma(each) in ranked or tree[each].xpos == "JJS" for each in adjectives)


def named_for_office(noun: int, tree: Tree, lexicon: Lexicon) -> list[int]:
    """As in "her nomination of X to lead the bank": X is to lead it, and not she."""
    triggers = lexicon.nouns.get(tree.lemma(noun), ())
    if not any(trigger.type in _NAMING for trigger in triggers):
        return []
    named = (
        each
        for prep in tree.children(noun, "prep")
        if tree[prep].form.lower() == "of"
        for each in tree.children(prep, "pobj")
    )
    return [each for each in named if tree[each].upos in ("PROPN", "PRON")]
