"""Fillers that the text leaves open: they are kept as words, and give no plain fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.causes import FOR_A_DEED
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.event_nouns import is_either
from kg.extract.proposition import Proposition
from kg.extract.role import Role
from kg.vocab import is_a, is_one_of

_OBJECTS = ("it", "them")
_POSSESSIVES = ("its", "their")
_ACTORS = ("Agent", "GeopoliticalEntity")
_ARMED = ("ArmedGroup", "PersonGroup", "Person")
_OTHERS = ("of", "by", "from", "against", "with", "on")
_OWNERS = ("poss", "amod", "compound", "nmod")


def is_unsure(head: int, context: Context) -> bool:
    """Whether the text leaves open that just this filler has its role."""
    return (
        _is_unclear_owner(head, context)
        or _is_alleged(head, context)
        or _is_bare_holder(head, context)
        or _is_unclear_object(head, context)
    )


def is_guessed(role: Role, draft: Draft, context: Context) -> bool:
    """As in "died in an ambush or an accident"; people are held for the one or for the other.

    Nor does what "a suspect in the murder" does or suffers come of that.
    """
    tree = context.tree
    noun = tree[tree[role.head].head].head
    if (
        role.name == "cause"
        and tree.is_noun(noun)
        and tree.lemma(noun) in context.lexicon.slots.involved
    ):
        return tree[tree[role.head].head].form == "in"
    if role.name != "cause" or not is_either(role.head, context):
        return False
    names = {slot.name for slot in draft.match.proposition.slots if slot.head == role.head}
    return names.isdisjoint(FOR_A_DEED)


def _is_bare_holder(head: int, context: Context) -> bool:
    """As in "rebel-held Aleppo", where nothing tells which rebels, least of all who took it."""
    tree = context.tree
    common = tree[head].xpos == "NN" and head + 2 < tree.sentence.last
    if not common or tree[head + 1].form != "-" or tree[head + 2].xpos != "VBN":
        return False
    mention = context.mention(head)
    return mention is not None and is_one_of(mention.type, _ARMED)


def _is_alleged(head: int, context: Context) -> bool:
    """As in "an attack, allegedly by X, killed ten": the attack is sure, the doer is not.

    So too where it was ("possibly near X"), "a suspected X car bomb killed ten", "suspected X".
    """
    tree, modifiers = context.tree, context.lexicon.modifiers
    noun = tree[head].head if tree[head].deprel in _OWNERS[1:] else None
    beside = [] if noun is None else [*tree.children(noun, "amod")]
    mention = context.mention(head)
    if mention is not None and mention.level == "NAM":
        beside.append(_before_name(head, context))
    words = (modifiers.get(tree[i].form.lower()) for i in beside)
    if any(word is not None and word.modality == "alleged" for word in words):
        return True
    prep = tree.head(tree.first_conjunct(head))
    if prep is None or tree[prep].upos not in ("ADP", "SCONJ"):
        return False
    above = tree.head(prep)  # "perhaps north of X"
    turned = above is not None and tree[above].form.lower() in context.lexicon.relators
    spots = (prep, above) if above is not None and turned else (prep,)
    adverbs = (tree.lemma(each) for spot in spots for each in tree.children(spot, "advmod"))
    return any(word in context.lexicon.report_adverbs for word in adverbs)


def _before_name(head: int, context: Context) -> int:
    """The word before a name, however it was hung."""
    tree, mention = context.tree, context.mention(head)
    first = head
    while mention is not None and tree[first].start > mention.span.start:
        first -= 1
    return max(first - 1, tree.sentence.first)


def _is_unclear_owner(head: int, context: Context) -> bool:
    """Whether two actors in front of a possessive pronoun may both be meant.

    As in "X denounced Russian exercises and its intervention in Y", "X accused Y after its attack",
    "X extends sanctions against Y over its attack": owners of the nouns around it, and subject and
    objects of the clause. Whom it means is then no matter of grammar, and who is wrongly taken for
    the doer is charged with the deed.
    """
    if context.tree[head].form.lower() not in _POSSESSIVES or _is_judged(head, context):
        return False
    rivals = {
        _identity(each, context)
        for each in _candidates(head, context)
        if each < head and _can_own(each, head, context)
    }
    return len(rivals) > 1


def _is_judged(head: int, context: Context) -> bool:
    """As in "X condemned Y for its invasion": Y's."""
    tree = context.tree
    noun = tree[head].head
    prep = tree.head(noun)
    if prep is None or tree[prep].form.lower() not in ("for", "over"):
        return False
    above = tree[prep].head
    verb = tree[above].head if tree[above].deprel == "dobj" else above
    judged = tree.children(verb, "dobj")
    return bool(judged) and tree.lemma(verb) in context.lexicon.slots.judging


def _is_unclear_object(head: int, context: Context) -> bool:
    """As in "X retook a base in Y from men who attacked it": the base, Y or X.

    More than one thing or event in front of "it" or "them" as an object, outside its own clause.
    """
    tree, token = context.tree, context.tree[head]
    if token.form.lower() not in _OBJECTS or token.deprel not in ("dobj", "pobj", "dative"):
        return False
    verb = next((each for each in tree.ancestors(head) if tree.is_verb(each)), head)
    clause = context.propositions.get(verb)
    own = {slot.head for slot in clause.slots} if clause is not None else set()
    plural = token.form.lower() == "them"
    rivals = set()
    for each in range(tree.sentence.first, head):
        mention = context.mention(each)
        named = mention is not None and mention.level in ("NAM", "NOM") and each not in own
        if named and mention is not None and _is_plural(each, context) == plural:
            rivals.add(_identity(each, context))
        elif not plural and tree[each].xpos == "NN" and context.is_event(each):
            rivals.add(str(each))
    return len(rivals) > 1


def _is_plural(head: int, context: Context) -> bool:
    return context.tree[head].xpos in ("NNS", "NNPS", "CD")


def _candidates(pronoun: int, context: Context) -> Iterator[int]:
    """Actors named beside the nouns above the pronoun and in the nearest clause.

    Where nobody acts in that clause, who says what it tells may be meant too.
    """
    tree = context.tree
    for above in tree.ancestors(pronoun):
        clause = context.propositions.get(above)
        if tree.is_verb(above):
            own = list(_of_clause(clause, context)) if clause is not None else []
            yield from own
            if tree[above].deprel != "ccomp" or any(
                _can_own(each, pronoun, context) for each in own
            ):
                return
            continue
        yield from tree.children(above, *_OWNERS)
        yield from _beside(above, context, _OTHERS)


def _of_clause(clause: Proposition, context: Context) -> Iterator[int]:
    for slot in clause.slots:
        yield slot.head
        yield from _beside(slot.head, context, ("against",))


def _beside(noun: int, context: Context, prepositions: Sequence[str]) -> Iterator[int]:
    tree = context.tree
    for prep in tree.children(noun, "prep"):
        if tree[prep].form.lower() in prepositions:
            yield from tree.children(prep, "pobj")


def _identity(head: int, context: Context) -> str:
    mention = context.mention(head)
    known = mention.candidates if mention is not None else ()
    return known[0] if known else str(head)


def _can_own(head: int, pronoun: int, context: Context) -> bool:
    """Somebody who acts; "it" goes on as "its", but beside "their" is one more to choose from."""
    mention = context.mention(head)
    if mention is None:
        return False
    if mention.level == "PRO":
        first, other = (context.tree[i].form.lower()[:2] for i in (head, pronoun))
        return first != other
    if is_a(mention.type, "Person") and context.tree[pronoun].form.lower() == "its":
        return False
    return is_one_of(mention.type, _ACTORS)
