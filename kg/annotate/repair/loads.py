"""Repairs of headlines about a vehicle: "A plane carrying nine tourists crashes, with two dead"."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.aftermath import as_main
from kg.annotate.repair.step import Changes, Repair, roots, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon

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


@roots
def _with_told_apart(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "a plane crashes near X, with six deaths reported": no sentence of its own."""
    marks = [i for i in view.children(verb, "mark") if view[i].form.lower() == "with"]
    if not marks or view[verb].xpos not in ("VBN", "VBD") or view[marks[0] - 1].form != ",":
        return
    before = [i for i in range(view.first, marks[0]) if view[i].head == i]
    if before and view[before[-1]].upos in ("VERB", "NOUN"):
        yield verb, replace(view[verb], xpos="VBN", head=before[-1], deprel="advcl")


LOAD_REPAIRS: tuple[Repair, ...] = (
    _main_verb_behind_load,
    _with_told_apart,
)
"""In the order in which they are tried."""
