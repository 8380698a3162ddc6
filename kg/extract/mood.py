"""Biddings and questions: clauses whose form alone says that nothing is stated."""

from __future__ import annotations

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.proposition import Proposition
from kg.extract.values import apply, uncommitted
from kg.model import Factuality

_LOOSE = ("ccomp", "parataxis", "dep", "advcl")
_ASKING = ("WP", "WDT", "WRB", "WP$")


def mood(proposition: Proposition, value: Factuality, context: Context) -> Factuality:
    """A bidding, a question or a bare "to come" states nothing."""
    tree, index = context.tree, proposition.head
    phrases = context.lexicon.phrases
    if proposition.link == "adverbial" and _is_excluded(index, context):
        return uncommitted(value, "not")
    if _is_bidding(index, context) or _is_subjunctive(proposition, context):
        return apply(value, phrases["imperative"], "imperative")
    if _is_to_be_done(index, context):
        return apply(value, phrases["to-be-done"], "is to")
    marker = proposition.marker or ""
    asked = proposition.link == "complement" and marker in ("whether", "if")
    alone = proposition.link in ("root", "conjunct") and marker in context.lexicon.subordinators
    if asked or alone:  # "If so.", "will go but only if X agrees"
        return apply(value, context.lexicon.subordinators[marker], marker)
    loose = proposition.link in ("root", "relative")
    if loose and any(tree[c].form.lower() == "to" for c in tree.children(index, "aux")):
        return apply(value, phrases["to-come"], "to")
    if _is_conditional(index, context) or _is_turned_condition(index, context):
        return apply(value, context.lexicon.subordinators["if"], "if")
    if _is_asked(index, context):
        if _is_request(index, context):
            return apply(replace(value, modality="asserted"), phrases["imperative"], "?")
        if wh_word(index, context) is not None and tree[index].deprel == "ROOT":
            return apply(value, phrases["wh-question"], "?")
        return apply(value, phrases["question"], "?")
    return value


def _is_excluded(index: int, context: Context) -> bool:
    """As in "resigned, not because he had lied, but ...": what is no reason need not be so."""
    tree = context.tree
    first = tree.subtree(index)[0]
    if first > tree.sentence.first and tree[first].deprel != "neg":
        first -= 1
    return tree[first].form.lower() == "not" and tree[first + 1].xpos in ("IN", "WRB")


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


def _is_subjunctive(proposition: Proposition, context: Context) -> bool:
    """As in "insisted that X leave", "that X be freed": what shall be done, as the form tells.

    Without "that" only after a verb that wants something: "suggested X leave".
    """
    tree, index = context.tree, proposition.head
    if tree.child(index, "nsubj", "nsubjpass") is None:
        return False
    wanted = tree.lemma(tree[index].head) in context.lexicon.operators.mandative
    if proposition.marker != "that" and not (wanted and tree[index].deprel == "ccomp"):
        return False
    auxiliaries = tree.children(index, "aux", "auxpass")
    if auxiliaries:
        return [tree[i].form.lower() for i in auxiliaries] == ["be"]
    subject = tree.children(index, "nsubj")[-1:]
    one = any(context.type_of(i) in ("Person", "Country") for i in subject)
    one = one and proposition.marker == "that"
    return tree[index].xpos == "VB" or (tree[index].xpos == "VBP" and one)


def _is_bidding(index: int, context: Context) -> bool:
    """A base form without a subject, alone or beside a clause ("Read it; there is ...")."""
    tree, operators = context.tree, context.lexicon.operators
    token = tree[index]
    if token.upos != "VERB" or token.xpos not in ("VB", "VBP"):
        return False
    words = (*tree.children(index, "aux", "mark"), *tree.children(index, "nsubj", "nsubjpass"))
    polite = any(tree[i].form.lower() in operators.polite for i in tree.children(index))
    bare = all(tree[child].form.lower() in ("do", *operators.polite) for child in words)
    base = token.xpos == "VB" or (token.xpos == "VBP" and (polite or index == _first(context)))
    if not base or not bare or token.lemma in operators.own_wishes:
        return False
    if token.deprel == "conj":
        return polite or bool(words) or _is_bidding(token.head, context)
    beside = token.deprel in ("parataxis", "dep")
    return token.deprel == "ROOT" or (
        token.deprel in _LOOSE and (beside or tree[token.head].lemma not in operators.bare_objects)
    )


def _first(context: Context) -> int:
    """The first word of the sentence."""
    tree = context.tree
    return next((i for i in tree.indices() if tree[i].upos != "PUNCT"), tree.sentence.first)


def _is_conditional(index: int, context: Context) -> bool:
    """As in "the truce ends if X attacks": in the present what hangs on a condition is open.

    Not so what is said, promised or demanded ("threatens to leave if ...").
    """
    tree, lexicon = context.tree, context.lexicon
    clauses = tree.children(index, "advcl")
    if not clauses:
        return False
    auxiliaries = tree.children(index, "aux", "auxpass")
    present = any(tree[i].xpos in ("VBZ", "VBP") for i in (index, *auxiliaries))
    lemma = tree.lemma(index)
    told = any(
        lemma in t for t in (lexicon.report_verbs, lexicon.complements, lexicon.speech_verbs)
    )
    if not present or told or any(tree.lemma(i) == "have" for i in auxiliaries):
        return False
    return any(
        tree[mark].form.lower() in ("if", "unless") and tree[mark - 1].form.lower() != "even"
        for clause in clauses
        for mark in tree.children(clause, "mark")
    )


def _is_turned_condition(index: int, context: Context) -> bool:
    """As in "Had X fled, Y would have won": the helping verb in front is an "if".

    Not so "Nor had X fled"; what depends on it tells of it as of what would be.
    """
    tree, operators = context.tree, context.lexicon.operators
    subject = tree.child(index, "nsubj", "nsubjpass")
    if subject is None:
        return False
    first = min(tree.subtree(subject)) - 1
    if first not in tree.children(index, "aux", "auxpass"):
        return False
    if tree[first].form.lower() not in operators.turned:
        return False
    joined = first > tree.sentence.first and tree[first - 1].deprel in ("cc", "advmod", "neg")
    would = (i for i in tree.indices() if tree[i].xpos == "MD" and i != first)
    return not joined and any(tree[i].form.lower() in operators.dependent for i in would)


def _is_to_be_done(index: int, context: Context) -> bool:
    """A base form behind "is": "all that they have to do is leave"."""
    tree = context.tree
    token = tree[index]
    auxiliaries = tree.children(index, "aux", "auxpass")
    if token.xpos != "VB":
        return False
    if not auxiliaries and token.deprel in ("xcomp", "ccomp", "attr"):
        return tree.lemma(token.head) == "be" and tree[token.head].xpos in ("VBZ", "VBP")
    return len(auxiliaries) == 1 and tree.lemma(auxiliaries[0]) == "be"


def _is_asked(index: int, context: Context) -> bool:
    """The main verb of a sentence, or of what somebody asks, that ends with a question mark."""
    tree = context.tree
    token = tree[index]
    asked = token.deprel in ("ROOT", "conj", "ccomp", "parataxis") and _ends_asking(index, context)
    if not asked and token.deprel == "conj" and tree.is_verb(token.head):
        asked = _is_asked(token.head, context)
    return asked and not (_states(index, context) and _is_asked_beside(index, context))


def _ends_asking(index: int, context: Context) -> bool:
    return any(context.tree[child].form == "?" for child in context.tree.children(index, "punct"))


def _states(index: int, context: Context) -> bool:
    """Whether the subject stands before the verb and all auxiliaries, without a question word."""
    tree = context.tree
    subject = tree.child(index, "nsubj", "nsubjpass")
    if subject is None or wh_word(index, context) is not None:
        return False
    return all(subject < i for i in (index, *tree.children(index, "aux", "auxpass")))


def _is_asked_beside(index: int, context: Context) -> bool:
    """As in "they left the city, but where did they go?": another clause is what is asked."""
    tree = context.tree
    others = (i for i in tree.indices() if i != index and tree.is_verb(i))
    return any(
        tree[i].deprel in ("ROOT", "conj", "ccomp", "parataxis", "dep", "xcomp")
        and _is_turned(i, context)
        for i in others
    )


def _is_turned(index: int, context: Context) -> bool:
    """A question word in front, or an auxiliary before the subject."""
    tree = context.tree
    subject = tree.child(index, "nsubj", "nsubjpass")
    if any(tree[i].xpos in _ASKING and i < index for i in tree.children(index)):
        return True
    return subject is not None and any(i < subject for i in tree.children(index, "aux", "auxpass"))


def _is_request(index: int, context: Context) -> bool:
    """As in "Can you help me?"."""
    tree = context.tree
    asked = [tree[child].form.lower() for child in tree.children(index, "nsubj")]
    modal = any(tree[child].xpos == "MD" for child in tree.children(index, "aux"))
    return modal and asked == ["you"]


def is_long_after(clause: Proposition, context: Context) -> bool:
    """As in "will reopen its schools a year after closing them": that they closed is no plan."""
    tree, spans = context.tree, context.lexicon.operators.junctions["span"]
    measures = tree.children(tree[clause.head].head, "npadvmod")
    return any(tree.lemma(each) in spans for each in measures)
