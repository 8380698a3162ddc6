"""Events that somebody only asks for, or that are set for a day to come, however they were hung.

The parser often takes what is asked for as the subject of a clause further on: "demands the release
of ten men as talks go on". The words right in front of the noun tell better than its head does.
"""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.event_nouns import is_new
from kg.extract.proposition import Proposition

_BEFORE = ("det", "amod", "nummod", "poss", "case", "compound", "nmod", "advmod", "punct")
_SUBJECTS = ("nsubj", "nsubjpass")


def is_no_fact(event: Proposition, context: Context) -> bool:
    """Whether the words around an event noun tell that it is none yet, or none at all."""
    forms = context.tree.forms
    return (
        is_asked_for(event, context)
        or ("than" in forms and _is_ruled_out(event.head, context))
        or ("would" in forms and _is_would_be(event.head, context))
        or ("scheduled" in forms and _is_scheduled(event.head, context))
        or ("no" in forms and _is_unreported(event.head, context))
        or _is_of_possible(event, context)
    )


def _is_unreported(noun: int, context: Context) -> bool:
    """As in "with no report on casualties", "no word of injuries"."""
    tree, prep = context.tree, context.tree[noun].head
    above = tree[prep].head
    told = tree.lemma(above) in context.lexicon.report_nouns or tree.lemma(above) == "word"
    none = any(tree[i].form.lower() == "no" for i in tree.children(above, "det"))
    return told and none and tree[prep].form.lower() in ("on", "of") and is_new(noun, context)


def _is_of_possible(event: Proposition, context: Context) -> bool:
    """As in "a potential target of attacks", "possible acts of corruption": none is told of."""
    tree, prep = context.tree, context.tree[event.head].head
    above = tree[prep].head
    told = above in context.propositions and context.propositions[above].kind == "noun"
    if tree[prep].form.lower() != "of" or told or not is_new(event.head, context):
        return False
    words = (context.lexicon.modifiers.get(tree.lemma(i)) for i in tree.children(above, "amod"))
    return any(word is not None and word.certainty == "possible" for word in words)


def _is_ruled_out(noun: int, context: Context) -> bool:
    """As in "suffered a stroke rather than an attack": only the first was."""
    tree, word = context.tree, _before(noun, context)
    than = word > tree.sentence.first and tree[word].form.lower() == "than"
    return than and tree[word - 1].form.lower() == "rather"


def _is_would_be(noun: int, context: Context) -> bool:
    """As in "a would-be attack", of three words for the parser."""
    tree, first = context.tree, noun - 3
    words = [tree[i].form.lower() for i in range(max(first, tree.sentence.first), noun)]
    return words == ["would", "-", "be"]


def _is_scheduled(noun: int, context: Context) -> bool:
    """As in "after a meeting of delegates scheduled for June"; not so where that meeting acts."""
    tree = context.tree
    if tree[noun].deprel in _SUBJECTS:
        return False
    return any(
        tree[i].form.lower() == "scheduled"
        for prep in tree.children(noun, "prep")
        for whose in tree.children(prep, "pobj")
        for i in tree.children(whose, "acl")
    )


def is_asked_for(event: Proposition, context: Context) -> bool:
    """As in "demands the release of X as ...", "calls for talks to end a war"."""
    tree, slots = context.tree, context.lexicon.slots
    word = _before(event.head, context)
    if word < tree.sentence.first or _is_told_of(event.head, word, context):
        return False
    if tree[word].form.lower() == "for":
        asking, hung = word - 1, tree[event.head].head == word
        return asking >= tree.sentence.first and tree.lemma(asking) in slots.calling and not hung
    asked = tree.lemma(word) in slots.demanding and tree[word].xpos[:2] in ("VB", "NN")
    return asked and tree[event.head].head != word


def _before(noun: int, context: Context) -> int:
    """The word in front of a noun and what describes it."""
    tree, demanding = context.tree, context.lexicon.slots.demanding
    word = noun - 1
    while word >= tree.sentence.first and tree[word].deprel in _BEFORE:
        if tree.lemma(word) in demanding or tree[word].head > noun:
            break
        word -= 1
    return word


def _is_told_of(noun: int, word: int, context: Context) -> bool:
    """As in "called for the killings to stop", "demands that the raid be probed": so it goes on."""
    tree, clause = context.tree, context.tree[noun].head
    joined = word in (tree[clause].head, *tree.children(clause, "mark"))
    if tree[noun].deprel not in _SUBJECTS or not joined:
        return False
    bidden = tree[clause].xpos == "VB" or bool(tree.children(clause, "auxpass"))
    return bidden and not tree.children(clause, "dobj")
