"""Repairs of a sentence that ends with who said what stands before."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon


@tagged("NNS", by=("compound",))
def closing_cue(view: View, subject: int, lexicon: Lexicon) -> Changes:
    """As in "..., satellite images show.": the verb of saying was taken for a noun."""
    last = subject + 1
    token = view[last] if view[subject].head == last else None
    if token is None or token.xpos not in ("NN", "NNS") or token.lemma not in lexicon.report_verbs:
        return
    if any(view[i].upos != "PUNCT" for i in range(last + 1, view.last)):
        return
    left = view.children(last)
    first = min([*left, *(i for each in left for i in view.children(each))], default=last)
    if first == view.first or view[first - 1].form != ",":
        return
    yield last, replace(token, upos="VERB", xpos="VBP", deprel="parataxis")
    yield subject, replace(view[subject], deprel="nsubj")
    yield from view.hung((i for i in left if i < subject), subject)


@related("ccomp")
def closing_speech(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "Chad declares a lockdown, the mayor announces.": he speaks of it, Chad not of him."""
    token, above = view[index], view[index].head
    subjects = view.children(index, "nsubj")
    before = len(subjects) == 1 and above < subjects[0] < index
    if token.lemma not in lexicon.report_verbs or not before:
        return
    first = next(i for i in range(above, index) if view.is_below(i, subjects[0]))
    told = [i for i in view.children(above, "dobj") if i < first]
    bare = not view.children(index, "ccomp", "xcomp", "dobj", "mark", "aux")
    if told and bare and view[first - 1].form == ",":
        yield index, replace(token, deprel="parataxis")
