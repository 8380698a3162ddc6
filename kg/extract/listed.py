"""Fillers listed beside one that a clause names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.context import Context
from kg.extract.members import identified_as, is_counted, is_group, listed_after, members
from kg.vocab import is_a


def listed(
    head: int, things: Sequence[str], kinds: Sequence[str], context: Context
) -> Iterator[int]:
    """The names in "two reporters, X and Y", the things in "a shop, a school, and a bank".

    Names are of persons; what else is listed is of one of the classes `things`, and one that the
    frame allows (`kinds`). In "X, former minister Y and Z" the second name is taken for another of
    the first.
    """
    tree, counted = context.tree, True
    if _is_person(head, context):
        beside = [i for child in tree.children(head, "appos") for i in _names(child, context)]
    elif is_group(tree, head) or context.type_of(head) == "PersonGroup":
        beside, counted = members(tree, head, context.lexicon), is_counted(tree, head)
    else:
        beside = listed_after(tree, head)
    for each in (*beside, *identified_as(tree, head, context.lexicon)):
        thing = counted and context.fits(each, things) and context.fits(each, kinds)
        if thing or _is_person(each, context):
            yield each


def parties_of(group: int, context: Context) -> set[int]:
    """Those listed right after a group, which the parser may have joined to it."""
    tree = context.tree
    if not is_group(tree, group):
        return set()
    joined = tree.conjuncts(group)[1:] if is_counted(tree, group) else []
    names = joined if all(tree[i].upos == "PROPN" for i in joined) else []
    return {*members(tree, group, context.lexicon), *names}


def _names(head: int, context: Context) -> list[int]:
    return context.tree.conjuncts(head) if _is_person(head, context) else []


def _is_person(head: int, context: Context) -> bool:
    mention = context.mention(head)
    return mention is not None and mention.level == "NAM" and is_a(mention.type, "Person")
