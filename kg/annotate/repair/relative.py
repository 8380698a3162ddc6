"""Repairs of relative clauses that the parser hung on the last name before them."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, related
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a

_WARS = ("war", "conflict")
_GAPS = ("dobj", "nsubjpass")
_EVENT_JOINTS = ("of", "on", "in", "against", "into", "with", "by", "at")


@related("relcl")
def _judged_deed(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the invasion of X, which Y condemned": the invasion is condemned, and not X."""
    name = view[verb].head
    prep = view[name].head
    deed = view[prep].head
    which = any(view[i].form.lower() == "which" for i in view.children(verb, *_GAPS))
    judged = view[verb].lemma in (*lexicon.slots.judging, *lexicon.reporting.judging)
    within = view[name].deprel == "pobj" and view[prep].form.lower() in _EVENT_JOINTS
    event = view[deed].upos == "NOUN" and view[deed].lemma in (*_WARS, *lexicon.nouns)
    if which and judged and within and event and view[name].xpos.startswith("NNP"):
        yield verb, replace(view[verb], head=deed)


@related("relcl")
def _of_no_name(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "an ally of X whom Y arrested": without a comma nothing tells which X is meant."""
    name = view[verb].head
    prep = view[name].head
    person = view[prep].head
    start = min(i for i in view.indices() if view.is_below(i, verb))
    plain = view[name].xpos == "NNP" and not view.children(name, "det")
    if not plain or view[name].deprel != "pobj" or view[prep].form.lower() != "of":
        return
    kind = lexicon.noun_classes.get(view[person].lemma)
    whom = view[start].form.lower() in ("who", "whom", "whose")
    if whom and view[start - 1].form != "," and kind is not None and is_a(kind, "Person"):
        yield verb, replace(view[verb], head=person)


RELATIVE_REPAIRS: tuple[Repair, ...] = (_judged_deed, _of_no_name)
"""In the order in which they are tried."""
