"""Biddings and questions: clauses whose form alone says that nothing is stated."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.extract.values import apply
from kg.model import Factuality

_WHETHER = ("whether", "if")
_BARE = ("let", "help", "make", "see", "watch", "hear", "have", "rather")
_LOOSE = ("ccomp", "parataxis", "dep", "advcl")
_ASKING = ("WP", "WDT", "WRB", "WP$")


def mood(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """A bidding, a question or a bare "to come" states nothing."""
    tree, index = context.tree, proposition.head
    phrases = context.lexicon.phrases
    if _is_bidding(index, context):
        return apply(value, phrases["imperative"], "imperative")
    if _is_to_be_done(index, context):
        return apply(value, phrases["to-be-done"], "is to")
    if proposition.link == "complement" and proposition.marker in _WHETHER:
        return apply(value, context.lexicon.subordinators["whether"], "whether")
    if proposition.link == "root" and proposition.marker in context.lexicon.subordinators:
        marker = proposition.marker or ""
        return apply(value, context.lexicon.subordinators[marker], marker)  # "If so."
    loose = proposition.link in ("root", "relative")
    if loose and any(tree[c].form.lower() == "to" for c in tree.children(index, "aux")):
        return apply(value, phrases["to-come"], "to")
    if _is_asked(index, context):
        if _is_request(index, context):
            return apply(value, phrases["imperative"], "?")
        if wh_word(index, context) is not None and tree[index].deprel == "ROOT":
            return apply(value, phrases["wh-question"], "?")
        return apply(value, phrases["question"], "?")
    return value


def wh_word(index: int, context: Context) -> int | None:
    """The question word of a clause, at its front: "who fired", "when X was founded".

    What is asked for then is a detail of a deed that is taken for known.
    """
    tree = context.tree
    inside = [i for i in tree.subtree(index) if tree[i].upos != "PUNCT"]
    first = inside[0]
    if tree[first].xpos == "IN" and len(inside) > 1:
        first = inside[1]  # "in which", "to whom"
    return first if tree[first].xpos in _ASKING and first <= index else None


def _is_bidding(index: int, context: Context) -> bool:
    """A base form without a subject, alone or beside a clause ("Read it; there is ...")."""
    tree = context.tree
    token = tree[index]
    words = (*tree.children(index, "aux", "mark"), *tree.children(index, "nsubj", "nsubjpass"))
    bare = all(tree[child].form.lower() in ("do", "please") for child in words)
    if token.upos != "VERB" or token.xpos != "VB" or not bare:
        return False
    if token.deprel == "conj":
        polite = any(tree[i].form.lower() == "please" for i in tree.children(index, "intj"))
        joined = _is_bidding(token.head, context)
        return joined or polite or bool(words)  # "we are late, but do not wait"
    if token.deprel == "ROOT":
        return True
    beside = token.deprel in ("parataxis", "dep")
    return token.deprel in _LOOSE and (beside or tree[token.head].lemma not in _BARE)


def _is_to_be_done(index: int, context: Context) -> bool:
    """A base form behind "is": "all that they have to do is leave"."""
    tree = context.tree
    auxiliaries = tree.children(index, "aux", "auxpass")
    plain = tree[index].xpos == "VB" and len(auxiliaries) == 1
    return plain and tree.lemma(auxiliaries[0]) == "be"


def _is_asked(index: int, context: Context) -> bool:
    """The main verb of a sentence, or of what somebody asks, that ends with a question mark."""
    tree = context.tree
    token = tree[index]
    if token.deprel == "conj" and context.tree.is_verb(token.head):
        return _is_asked(token.head, context)
    marks = [tree[child].form for child in tree.children(index, "punct")]
    return token.deprel in ("ROOT", "ccomp", "parataxis") and "?" in marks


def _is_request(index: int, context: Context) -> bool:
    """As in "Can you help me?"."""
    tree = context.tree
    asked = [tree[child].form.lower() for child in tree.children(index, "nsubj")]
    modal = any(tree[child].xpos == "MD" for child in tree.children(index, "aux"))
    return modal and asked == ["you"]
