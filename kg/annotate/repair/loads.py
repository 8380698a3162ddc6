"""Repairs of sentences whose main verb was lost: "A plane carrying nine tourists crashes"."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.aftermath import as_main
from kg.annotate.repair.step import Changes, Repair, formed, roots, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon

_MARKS = ("after", "as", "because", "before", "since", "while")
_SELVES = ("himself", "herself", "themselves", "itself")
_OF_NOUN = ("det", "amod", "compound", "poss", "nummod")


@tagged("NNS", by=("dobj",))
def _main_verb_behind_load(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "A plane carrying nine tourists crashes in X": nobody carries a crash."""
    token, load = view[verb], verb - 1
    thing = view[token.head].head
    told = view[token.head].deprel == "acl" and view[token.head].xpos == "VBG"
    if not told or view[thing].deprel != "ROOT" or view[thing].upos not in ("NOUN", "PROPN"):
        return
    lemma = next((i for i in (token.form[:-1], token.form[:-2]) if i in lexicon.verbs), None)
    inside = view[load].deprel == "compound" and view[load].head == verb
    if lemma is None or not inside or view[load].xpos != "NNS":
        return
    own = [i for i in view.children(verb, *_OF_NOUN) if i < load]
    yield from view.hung(own, load)
    yield load, replace(view[load], head=token.head, deprel="dobj")
    yield from as_main(view, verb, thing)
    yield verb, replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="ROOT")


@tagged("NNS", by=("pobj",))
def _main_verb_behind_board(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "A ferry with 90 people on board sinks off X": nobody is on a sink."""
    token, board = view[verb], verb - 1
    told = view[board].form.lower() == "board" and view[board].head == verb
    lemma = next((i for i in (token.form[:-1], token.form[:-2]) if i in lexicon.verbs), None)
    if not told or lemma is None or view[token.head].form.lower() != "on":
        return
    thing = view[token.head].head
    while view[thing].head != thing:
        thing = view[thing].head
    if view[thing].upos in ("NOUN", "PROPN") and thing < board:
        yield board, replace(view[board], head=token.head, deprel="pobj")
        yield from as_main(view, verb, thing)
        yield verb, replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="ROOT")


@formed("board")
def _on_board(view: View, board: int, _: Lexicon) -> Changes:
    """As in "killed on board a ferry": on the ferry, which nobody killed."""
    on, article = board - 1, board + 1
    told = on >= view.first and view[on].form.lower() == "on" and view[board].head == on
    if not told or article >= view.last or view[article].xpos not in ("DT", "PRP$"):
        return
    noun = view[article].head
    if view[noun].deprel in ("dobj", "npadvmod", "appos") and noun > board:
        yield noun, replace(view[noun], head=on, deprel="pobj")
        yield board, replace(view[board], upos="ADV", xpos="RB", head=on, deprel="advmod")


@roots
def _with_told_apart(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "a plane crashes near X, with six deaths reported": no sentence of its own."""
    marks = [i for i in view.children(verb, "mark") if view[i].form.lower() == "with"]
    if not marks or view[verb].xpos not in ("VBN", "VBD") or view[marks[0] - 1].form != ",":
        return
    before = [i for i in range(view.first, marks[0]) if view[i].head == i]
    if before and view[before[-1]].upos in ("VERB", "NOUN"):
        yield verb, replace(view[verb], xpos="VBN", head=before[-1], deprel="advcl")


@tagged("VBD", by=("conj", "ROOT", "advcl"))
def _reported_missing(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "with five dead and others reported missing": they are, and report nothing."""
    states = [i for i in view.children(verb, "xcomp", "acomp", "oprd") if i == verb + 1]
    said = view[verb].lemma in lexicon.report_verbs and not view.children(verb, "dobj", "ccomp")
    if said and states and view[states[0]].lemma in lexicon.slots.found_so:
        yield verb, replace(view[verb], xpos="VBN")
        subjects = view.children(verb, "nsubj")
        yield from view.hung(subjects, verb, "nsubjpass")


@roots
def _root_behind_mark(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "two are hurt, one badly, after a bus overturns": what is told first is told."""
    marks = [i for i in view.children(verb, "mark") if view[i].form.lower() in _MARKS]
    told = [i for i in view.children(verb, "ccomp") if marks and i < marks[0]]
    if not told or view[marks[0] - 1].form != "," or view.children(told[0], "mark"):
        return
    first = told[0]
    yield from view.hung((i for i in view.children(verb) if i < marks[0] and i != first), first)
    yield first, replace(view[first], head=first, deprel="ROOT")
    yield verb, replace(view[verb], head=first, deprel="advcl")


@tagged("VBZ", "VBP", by=("compound",))
def _verb_before_object(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "a bomb kills two, and the group claims responsibility": it claims that."""
    noun = view[verb].head
    if noun < verb or not view.children(verb, "nsubj"):
        return
    if view[noun].deprel not in ("conj", "dobj"):
        return
    between = [i for i in view.children(noun) if verb < i < noun]
    if view[view[noun].head].upos == "VERB" and len(between) == noun - verb - 1:
        yield verb, replace(view[verb], head=view[noun].head, deprel="conj")
        yield noun, replace(view[noun], head=verb, deprel="dobj")


@tagged("PRP", by=("conj",))
def _doer_as_second(view: View, index: int, _: Lexicon) -> Changes:
    """As in "kills his wife and then himself in X": both, and there."""
    verb = view[index].head
    objects = [i for i in view.children(verb, "dobj") if i < index]
    if view[index].form.lower() not in _SELVES or not objects:
        return
    yield index, replace(view[index], head=objects[-1], deprel="conj")
    yield from view.hung(view.children(index, "prep", "npadvmod"), verb)
    yield from view.hung(
        (i for i in view.children(verb, "cc") if objects[-1] < i < index), objects[-1]
    )


LOAD_REPAIRS: tuple[Repair, ...] = (
    _main_verb_behind_load,
    _main_verb_behind_board,
    _on_board,
    _with_told_apart,
    _reported_missing,
    _root_behind_mark,
    _verb_before_object,
    _doer_as_second,
)
"""In the order in which they are tried."""
