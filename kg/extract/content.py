"""What a speech act says: the reported events and clauses that are its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.causes import is_outcome
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.obliques import preposition
from kg.extract.open_claims import carries
from kg.extract.tree import RELATIVIZERS
from kg.model import Argument, Claim, Filler
from kg.vocab import is_a

_PARTS = ("nsubj", "dobj", "pobj", "prep")
_MOST = 8
"""Contents of one speech act; what lists more is no sentence that somebody said."""


def content(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> list[Argument]:
    """The events that a speech act introduces; without any, its clause as text.

    `opened` are the open claims of the sentence: a clause that no event type covers is told by one.
    """
    head = draft.match.proposition.head
    told = [other for other in drafts if other is not draft and _is_content(other, head)]
    told = [other for other in told if not _is_condition(other, head, context)]
    told = [other for other in told if not _is_aside(other, head, context)]
    said = list(_said_clauses(draft, context))
    around = _surrounding(told, said, context)
    inner = [other for other in told if other.head not in around]
    untold = [other for other in opened if other.head in said]
    whole = [other for other in untold if _is_whole(other, inner, context)]
    inner = [other for other in inner if not _is_part(other, whole, context)]
    events = [other.claim for other in inner if not _is_within(other, inner, context)]
    events += [other.claim for other in untold if _is_bare(other, inner, context)]
    found = [_argument(claim) for claim in events]
    if not found and not draft.claim.fillers("content"):
        for child in context.tree.children(head, "ccomp", "xcomp"):
            if _wanted(child, head, context) is not None:
                continue
            clause = context.propositions.get(child)
            beside = clause is not None and clause.link == "root"
            if beside or context.tree[child].upos in ("NOUN", "PROPN"):
                continue  # a statement that only stands beside it, or a misread name
            inside = context.tree.subtree(child)
            found.append(Argument("content", Filler(context.tree.span(inside[0], inside[-1]))))
        found += [_thing(noun, verb, context) for noun, verb in _all_wanted(head, context)]
    if not found and draft.claim.type == "Accusation" and not draft.claim.fillers("content"):
        found += _of_known(draft, drafts, context)
    return found[:_MOST]


def _of_known(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "accused X of being involved in the theft": the theft, though known to all."""
    tree = context.tree
    for prep in tree.children(draft.head, "prep"):
        if tree[prep].form.lower() == "of":
            for verb in tree.children(prep, "pcomp"):
                inside = tree.subtree(verb)
                events = (other.claim for other in drafts if other.head in inside)
                yield from (_argument(claim) for claim in list(events)[:1])


def of_plan(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> Iterator[Argument]:
    """As in "approves a bill to end X", "signs a law that bans X": what the plan is."""
    tree, plans = context.tree, context.lexicon.slots.plans
    told = [role.head for role in draft.match.roles if role.name in ("theme", "content")]
    if not is_a(draft.claim.type, "CommunicationEvent"):
        told += [slot.head for slot in draft.match.proposition.all("object")]
    for noun in dict.fromkeys(told):
        if tree.lemma(noun) not in plans or tree.is_in_name(noun):
            continue
        beside = tree.children(tree[noun].head, "xcomp", "advcl")
        end = tree.phrase(noun)[1]  # right before "to end X", "to re-open X"
        beside = [i for i in beside if end == tree.subtree(i)[0] - 1 and tree[i].xpos == "VB"]
        for first in (*tree.children(noun, "acl", "relcl"), *beside):
            if not _is_term(first, context):
                continue
            verbs = [i for i in tree.conjuncts(first) if tree[i].xpos == tree[first].xpos]
            events = [
                each
                for each in (*drafts, *opened)
                if each.head in verbs or each.match.proposition.light in verbs
            ]
            yield from (_argument(each.claim) for each in events)
            if not events:
                inside = tree.subtree(first)
                last = next(
                    (i - 1 for i in inside if i > first and tree[i].form == ","), inside[-1]
                )
                yield Argument("content", Filler(tree.span(first, last)))


def of_bargain(draft: Draft, told: Sequence[Argument], context: Context) -> Iterator[Argument]:
    """As in "sign a trade deal", "a ceasefire agreement", where nothing more is told of it."""
    tree, bargains = context.tree, context.lexicon.slots.bargains
    if draft.claim.type != "Agreement" or any(each.role == "content" for each in told):
        return
    nouns = (draft.head, *tree.children(draft.head, "dobj"))
    for noun in (each for each in nouns if tree.lemma(each) in bargains["nouns"]):
        for kind in tree.children(noun, "compound", "nmod", "amod"):
            if tree.lemma(kind) in bargains["kinds"] and tree[kind].form.islower():
                yield Argument("content", Filler(tree.span(min(tree.subtree(kind)), kind)))


def _is_term(verb: int, context: Context) -> bool:
    """What a plan is to do, and nothing that was done to it: not "a bill passed in May"."""
    tree = context.tree
    subjects = tree.children(verb, "nsubj")
    if _is_infinitive(verb, context):
        return True  # "to end X", "for X to end Y"
    if tree[verb].deprel == "relcl" and subjects:
        apart = tree[subjects[0] - 1].form == ","  # "a deal, which will take effect in May"
        relative = tree[subjects[0]].form.lower() in RELATIVIZERS
        return relative and not apart and tree[verb].xpos != "VBD"
    idle = tree[verb].form.lower() in context.lexicon.slots.participle_prepositions
    return tree[verb].xpos == "VBG" and not idle


def _thing(noun: int, verb: int, context: Context) -> Argument:
    tree = context.tree
    span = tree.span(tree.phrase(noun)[0], tree.subtree(verb)[-1])
    return Argument("content", Filler(span))


def _argument(claim: Claim) -> Argument:
    return Argument("content", Filler(claim.trigger, event=claim.id))


def _is_content(other: Draft, head: int) -> bool:
    """An event of the speaker's words, or the clause that the verb takes."""
    below = other.match.proposition
    clause = below.governor == head and below.link in ("complement", "infinitive")
    return clause or any(step.cue == head for step in other.steps[:1])


def _is_aside(other: Draft, head: int, context: Context) -> bool:
    """As in "declares a day of mourning for the victims of the flood", "urges X, wary of a deal".

    An event noun that only tells more of what is declared, or what the addressee is like. So too
    "said soldiers trained by X had fled": that they were is no statement of its own.
    """
    tree, told = context.tree, other.match.proposition
    if told.kind != "noun":
        noun = told.governor if told.link == "participle" else None
        # "announces measures banning X": what they are for is announced with them
        own = noun is None or tree[noun].head == head
        return noun is not None and (tree[other.head].xpos == "VBN" or not own)
    if told.marker in context.lexicon.slots.reasons:
        return True  # "orders schools to close due to a storm"
    below, preps = other.head, 0
    for above in tree.ancestors(other.head):
        preps += tree[below].deprel == "prep"
        if above == head:
            return tree[below].deprel == "acomp" or (tree[below].deprel == "dobj" and preps > 1)
        if tree.is_verb(above) or above in context.propositions:
            return False
        below = above
    return False


def _is_condition(other: Draft, head: int, context: Context) -> bool:
    """As in "warns of consequences if X attacks": nobody says that X does."""
    for index in (other.head, *context.tree.ancestors(other.head)):
        if index == head:
            return False
        clause = context.propositions.get(index)
        marker = clause.marker if clause is not None and clause.kind == "verb" else None
        operator = context.lexicon.subordinators.get(marker or "")
        if operator is not None and operator.modality == "conditional":
            return True
    return False


def _said_clauses(draft: Draft, context: Context) -> Iterator[int]:
    """The verbs of the clauses that a word of saying takes, with those joined to them.

    As in "said that X left and Y stayed", "accused of arming X", "an order halting the sale".
    """
    tree, head = context.tree, draft.head
    first = [*tree.children(head, "ccomp", "xcomp")]
    for prep in tree.children(head, "prep"):
        if tree[prep].form.lower() in context.lexicon.slots.of_deeds:
            first += tree.children(prep, "pcomp")
    said = [
        i for i in tree.children(head, "dobj") if tree.lemma(i) in draft.match.lemma.split()[1:]
    ]
    if said:  # "X was shot, however no group claimed responsibility"
        first = [i for i in first if i > head]
    said = [head] if tree.is_noun(head) else said  # "expressed concern that X left"
    if said and is_a(draft.claim.type, "CommunicationEvent"):
        clauses = tree.children(said[0], "acl")
        first += [i for i in clauses if tree[i].xpos == "VBG" or tree.children(i, "mark")]
        first += [i for i in clauses if _is_infinitive(i, context)]
        if draft.claim.type == "Order":
            first += [i for i in tree.children(said[0], "relcl") if _is_term(i, context)]
    for verb in first:
        if _wanted(verb, head, context) is not None:
            continue
        clause = context.propositions.get(verb)
        if clause is None or clause.link != "root":  # else a statement that only stands beside it
            yield from (each for each in tree.conjuncts(verb) if tree.is_verb(each))


def _wanted(verb: int, head: int, context: Context) -> int | None:
    """As in "demanded entry to search the house": what is demanded, for which it is no more.

    Somebody before the infinitive is who is to do it ("asked the police to search the house"),
    but only a thing has no article there, or is wanted in addition ("more food to end hunger").
    """
    wanted = _all_wanted(head, context)
    return next((noun for noun, below in wanted if below == verb), None)


def _all_wanted(head: int, context: Context) -> list[tuple[int, int]]:
    """Things without an article that a word of saying takes, with the infinitive behind each."""
    tree = context.tree
    found = []
    for noun in tree.children(head, "dobj"):
        bare = tree[noun].xpos == "NN" and not tree.children(noun, "det", "poss", "nummod")
        added = (tree.lemma(i) in context.lexicon.slots.added for i in tree.children(noun, "amod"))
        bare = (bare or any(added)) and noun not in context.propositions
        if head < noun and bare and not context.fits(noun, ("Agent",)):
            below = [*tree.children(noun, "acl"), *tree.children(head, "xcomp")]
            end = tree.phrase(noun)[1]  # not "criticism of his call to leave"
            found += [(noun, i) for i in below if noun == end < i and _is_infinitive(i, context)]
    return found


def _is_infinitive(verb: int, context: Context) -> bool:
    tree = context.tree
    return tree[verb].xpos == "VB" and any(tree[i].xpos == "TO" for i in tree.children(verb, "aux"))


def _surrounding(told: Sequence[Draft], said: Sequence[int], context: Context) -> frozenset[int]:
    """The events that only surround what is said.

    As in "said that X would leave after the attack": the content is that X would leave.
    """
    heads = _heads(told)
    found = set()
    for other in told:
        path, own = [other.head], {other.head, other.match.proposition.light}
        for above in context.tree.ancestors(other.head):
            beside = any(_surrounds(below, context) for below in path)
            if above in said and above not in heads and beside:
                found.add(other.head)
            path = [] if above in heads - own else [*path, above]
    inner = {d.head for d in told if not found.isdisjoint(context.tree.ancestors(d.head))}
    return frozenset(found | inner)


def _heads(told: Sequence[Draft]) -> set[int]:
    """The words that tell of the events, with the verbs that carry event nouns."""
    lights = (other.match.proposition.light for other in told)
    return {other.head for other in told} | {light for light in lights if light is not None}


def _surrounds(index: int, context: Context) -> bool:
    tree = context.tree
    if tree[index].deprel == "prep":
        form = preposition(tree, index)
        after_adverb = f"{tree[tree[index].head].form.lower()} {form}"  # "ahead of"
        return not {form, after_adverb}.isdisjoint(context.lexicon.slots.surrounding)
    return tree[index].deprel == "advcl"


def _is_whole(clause: Draft, told: Sequence[Draft], context: Context) -> bool:
    """As in "said that X violated the treaty": what is said is more than that there is one.

    Not where the verb only carries an event ("managed to take X"), or tells that it is.
    """
    tree, verb = context.tree, clause.head
    lemma, slots = tree.lemma(verb), context.lexicon.slots
    idle = lemma in ("be", *slots.obtaining, *slots.effects)  # "a quake strikes X": the quake
    if verb in _heads(told) or idle or carries(clause.claim, context.lexicon):
        return False
    return bool(tree.children(verb, "nsubj", "nsubjpass"))


def _is_part(event: Draft, clauses: Sequence[Draft], context: Context) -> bool:
    """Whether an event noun only stands in a clause, as what it is about."""
    if event.match.proposition.kind != "noun":
        return False
    heads = {clause.head for clause in clauses}
    below = event.head
    for above in context.tree.ancestors(event.head):
        if context.tree.is_verb(above):
            parts = _PARTS if below == event.head else (*_PARTS, "nsubjpass")
            return above in heads and context.tree[below].deprel in parts
        below = above
    return False


def _is_bare(clause: Draft, told: Sequence[Draft], context: Context) -> bool:
    """Whether no event of what is told stands in the clause, or is told by its verb."""
    inside = set(context.tree.subtree(clause.head))
    joined = context.tree.conjuncts(clause.head)[1:]
    inside -= {index for each in joined for index in context.tree.subtree(each)}
    return not inside & _heads(told)


def _is_within(draft: Draft, told: Sequence[Draft], context: Context) -> bool:
    """Whether the event is a detail of another that is told: the content is what heads it.

    What acts or comes of it is told for itself: "said a strike killed ten, wounding five".
    """
    heads = _heads([other for other in told if other is not draft])
    below = draft.head
    for above in context.tree.ancestors(draft.head):
        if above in heads:
            if context.tree[below].deprel == "conj" and draft.match.proposition.kind == "noun":
                first = next((each for each in told if each.head == above), None)
                return first is not None and _is_within(first, told, context)
            beside = context.tree[below].deprel in ("conj", "nsubj")
            return not beside and not is_outcome(draft.match.proposition)
        below = above
    return False
