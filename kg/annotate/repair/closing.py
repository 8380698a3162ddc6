"""Repairs of a sentence that ends with who said what stands before."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token


def closing_cue(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "..., satellite images show.": the verb of saying was taken for a noun."""
    words = [i for i in view.indices() if view[i].upos != "PUNCT"]
    last = words[-1] if words else view.first
    token, subject = view[last], last - 1
    if token.xpos not in ("NN", "NNS") or token.lemma not in lexicon.report_verbs:
        return {}
    left = view.children(last)
    plural = subject in left and view[subject].xpos == "NNS" and view[subject].deprel == "compound"
    first = min([*left, *(i for each in left for i in view.children(each))], default=last)
    if not plural or first == view.first or view[first - 1].form != ",":
        return {}
    changed = {
        last: replace(token, upos="VERB", xpos="VBP", deprel="parataxis"),
        subject: replace(view[subject], deprel="nsubj"),
    }
    changed |= {i: replace(view[i], head=subject) for i in left if i < subject}
    return changed


def closing_speech(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "Chad declares a lockdown, the mayor announces.": he speaks of it, Chad not of him."""
    changed: dict[int, Token] = {}
    for index in view.related("ccomp"):
        token, above = view[index], view[index].head
        subjects = view.children(index, "nsubj")
        before = len(subjects) == 1 and above < subjects[0] < index
        if token.lemma not in lexicon.report_verbs or not before:
            continue
        first = next(i for i in range(above, index) if view.is_below(i, subjects[0]))
        told = [i for i in view.children(above, "dobj") if i < first]
        bare = not view.children(index, "ccomp", "xcomp", "dobj", "mark", "aux")
        if told and bare and view[first - 1].form == ",":
            changed[index] = replace(token, deprel="parataxis")
    return changed
