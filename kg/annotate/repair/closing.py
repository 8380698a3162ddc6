"""Repairs of a sentence that ends with who said what stands before."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a

_DATING = ("before", "after", "since")
_CONTENT = ("ccomp", "xcomp", "oprd", "acomp", "conj", "prt")


@tagged("NNS", "NN", by=("compound", "amod"))
def _closing_cue(view: View, subject: int, lexicon: Lexicon) -> Changes:
    """As in "..., satellite images show.": the verb of saying was taken for a noun.

    Of one alone that is no verb, but of two: "..., the army and a mayor report."
    """
    last = subject + 1
    token = view[last] if view[subject].head == last else None
    if token is None or token.xpos not in ("NN", "NNS") or token.lemma not in lexicon.report_verbs:
        return
    if any(view[i].upos != "PUNCT" for i in range(last + 1, view.last)):
        return
    left = view.children(last)
    first = _left(view, last)
    speaker = token.head if token.deprel == "conj" and first - 1 > token.head else subject
    joined = speaker != subject and view[first - 1].deprel == "cc"
    start = _left(view, speaker) if joined else first
    if not (joined or view[subject].xpos == "NNS") or start == view.first:
        return
    if view[start - 1].form != ",":
        return
    above = view[speaker if joined else last].head
    while view[above].upos not in ("VERB", "AUX") and view[above].head != above:
        above = view[above].head
    verb = replace(token, upos="VERB", xpos="VBP", head=above, deprel="parataxis")
    yield last, verb
    yield speaker, replace(view[speaker], head=last, deprel="nsubj")
    if joined:
        yield subject, replace(view[subject], upos="NOUN", head=speaker, deprel="conj")
    yield from view.hung((i for i in left if i < subject), subject)


def _left(view: View, noun: int) -> int:
    """The first word of the noun phrase, without what is behind its head."""
    return min([noun, *(_left(view, i) for i in view.children(noun) if i < noun)])


@related("ccomp")
def _closing_speech(view: View, index: int, lexicon: Lexicon) -> Changes:
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


@tagged("VBD", "VBZ", "VBP", by=("conj",))
def closing_beside(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Rebels shelled the town, a doctor and aid workers said": they speak of the shelling.

    The statement was joined to the first clause, and the first who speaks to a noun of that.
    """
    token, told = view[verb], view[verb].head
    if token.lemma not in (*lexicon.slots.closing, "say", "tell") or told > verb:
        return
    if any(i > verb for i in view.children(verb, *_CONTENT)) or view.children(verb, "mark", "aux"):
        return
    before = [i for i in view.children(verb, "nsubj") if i < verb]
    speaker = before[0] if before else verb - 1
    while view[speaker].deprel == "conj" and view[speaker].head > told:
        speaker = view[speaker].head
    if view[speaker].deprel not in ("nsubj", "appos") or view[speaker].upos == "VERB":
        return
    start = min([speaker, *view.children(speaker)])
    last = max([i for i in view.children(told, "conj") if i < start], default=told)
    joints = [i for i in view.children(told, "cc") if last < i < start]
    heard = view.children(verb, "dobj") if token.lemma != "tell" else ()
    if view[start - 1].form == "," and start - 1 > told and not (joints or heard):
        yield speaker, replace(view[speaker], head=verb, deprel="nsubj")
        yield verb, replace(token, deprel="parataxis")


@tagged("VBD", "VBZ", by=("ROOT", "advcl", "conj"))
def _inverted_cue(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "ten died after the raid, reported the army": it reports, and nobody reports it.

    What stands before is its content; of that the parser may have taken a subject for it.
    """
    token, speakers = view[verb], view.children(verb, "dobj")
    told = token.lemma in lexicon.slots.closing and len(speakers) == 1 and verb > view.first
    if not told or view[verb - 1].form != "," or view.children(verb, "aux", "neg", "prt", "oprd"):
        return
    speaker, swallowed = speakers[0], view.children(verb, "nsubj")
    marks = [i for i in view.children(verb, "mark") if i < verb]
    clauses = [i for i in view.children(verb, "ccomp") if i < verb]
    whole = clauses if token.deprel == "ROOT" else [token.head]
    kind = lexicon.noun_classes.get(view[speaker].lemma, "Entity")
    somebody = view[speaker].upos == "PROPN" or is_a(kind, "Agent")
    if not whole or not somebody or len(swallowed) != len(marks) or len(marks) > 1:
        return
    yield speaker, replace(view[speaker], deprel="nsubj")
    if token.deprel != "ROOT":
        yield verb, replace(token, deprel="parataxis")
    for mark, noun in zip(marks, swallowed, strict=True):
        yield mark, replace(view[mark], upos="ADP", head=whole[0], deprel="prep")
        yield noun, replace(view[noun], head=mark, deprel="pobj")


@related("advcl")
def _told_when(view: View, clause: int, lexicon: Lexicon) -> Changes:
    """As in "A man was killed, they said, when he was hit": so they say, and not when they did."""
    cue = view[clause].head
    speaks = view[cue].lemma in lexicon.report_verbs and view.children(cue, "nsubj")
    marks = [view[i].form.lower() for i in view.children(clause, "advmod", "mark") if i < clause]
    if not speaks or clause < cue or not {"when", "because"}.intersection(marks):
        return
    told = [i for i in view.children(cue, "ccomp") if i < cue]
    told = [view[cue].head] if view[cue].deprel == "parataxis" else told
    if told and told[0] < cue and view[told[0]].upos in ("VERB", "AUX"):
        yield clause, replace(view[clause], head=told[0])


@related("conj")
def _dated_beside(view: View, clause: int, _: Lexicon) -> Changes:
    """As in "X freed ten, Y said, a day before talks began": Y told of X, and when is the report's.

    The clause that tells how long before or after was joined to the first, and took Y's words.
    """
    first = view[clause].head
    marks = [i for i in view.children(clause, "mark") if view[i].form.lower() in _DATING]
    if not marks or view[marks[0] - 1].deprel != "npadvmod":
        return
    said = [i for i in view.children(clause, "parataxis") if first < i < marks[0]]
    yield clause, replace(view[clause], deprel="advcl")
    yield from view.hung(said, first)


@related("pcomp")
def _quoted_as(view: View, saying: int, lexicon: Lexicon) -> Changes:
    """As in "Ten died, state radio quoted the mayor as saying": that is what the mayor says."""
    cue = view[view[saying].head].head
    quoted = view[cue].lemma in lexicon.reporting.passing and view[cue].upos == "VERB"
    if not quoted or view[saying].lemma not in lexicon.report_verbs:
        return
    for told in view.children(cue, "ccomp"):
        if told < cue and not view.children(saying, "ccomp"):
            yield told, replace(view[told], head=saying)


@related("ccomp")
def _content_of_claim(view: View, clause: int, lexicon: Lexicon) -> Changes:
    """As in "the allegation is that X fled": so it alleges, and the report tells no more."""
    verb = view[clause].head
    nouns = view.children(verb, "nsubj")
    if view[verb].lemma != "be" or not nouns:
        return
    cue = lexicon.report_nouns.get(view[nouns[0]].lemma)
    marks = [view[i].form.lower() for i in view.children(clause, "mark")]
    if cue is not None and (cue.modality or cue.certainty) and marks[:1] == ["that"]:
        yield clause, replace(view[clause], head=nouns[0], deprel="acl")


@formed("responsibility", "credit", "involvement")
def _beside_answer(view: View, noun: int, _: Lexicon) -> Changes:
    """As in "Ten were shot, however no group claimed responsibility": none says so."""
    verb = view[noun].head
    told = [i for i in view.children(verb, "ccomp") if i < verb]
    if view[noun].deprel != "dobj" or not told or not view.children(verb, "nsubj"):
        return
    above = told[0] if view[verb].head == verb else view[verb].head
    yield told[0], replace(view[told[0]], head=above, deprel=view[verb].deprel)
    yield verb, replace(view[verb], head=told[0], deprel="conj")


CLOSING_REPAIRS = (
    _closing_cue,
    _closing_speech,
    _inverted_cue,
    _told_when,
    _dated_beside,
    _quoted_as,
    _content_of_claim,
    _beside_answer,
)
"""In the order in which they are tried; `closing_beside` comes before the repairs of clauses."""
