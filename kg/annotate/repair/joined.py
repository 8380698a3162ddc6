"""Repairs of verbs that the parser joined to another than the one they go on from."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a


@tagged("VB", "VBP")
def bare_beside_finite(view: View, index: int, _: Lexicon) -> Changes:
    """As in "plotted to kill X and then attack Y": a bare verb goes on with the last bare one.

    It was joined to the finite verb above, with which it cannot stand side by side, or was itself
    taken for finite ("will send X and supply Y").
    """
    token, above = view[index], view[index].head
    finite = view[above].xpos in ("VBD", "VBZ", "VBN") and index > above
    if token.xpos == "VBP" and token.deprel == "conj" and view[above].xpos == "VB":
        if not view.children(index, "aux", "nsubj", "nsubjpass", "mark"):
            yield index, replace(token, xpos="VB")
        return
    unlike = token.xpos == "VB" or (token.xpos == "VBP" and view[above].xpos == "VBD")
    if not unlike or token.deprel != "conj" or not finite:
        return
    own = view.children(index, "aux", "nsubj", "nsubjpass", "mark")
    bare = [
        i
        for i in range(above + 1, index)
        if view[i].xpos == "VB" and view.children(i, "aux") and view.is_below(i, above)
    ]
    if bare and not own:
        yield index, replace(token, xpos="VB", head=bare[-1])


@tagged("VB", "VBP")
def bare_beside_gerund(view: View, index: int, _: Lexicon) -> Changes:
    """As in "deny attacking X and accuse Y": who denies accuses, and denies no accusing."""
    token, gerund = view[index], view[index].head
    main = view[gerund].head
    if token.deprel != "conj" or view[gerund].xpos != "VBG" or view[gerund].deprel != "xcomp":
        return
    own = view.children(index, "aux", "nsubj", "nsubjpass", "mark")
    if view[main].xpos in ("VBP", "VB") and main < gerund < index and not own:
        joints = [i for i in view.children(gerund, "cc") if i < index][-1:]
        yield from view.hung(joints, main)
        yield index, replace(token, xpos=view[main].xpos, head=main)


@related("conj", below=("xcomp", "ccomp", "advcl", "acl"))
def finite_beside_bare(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "urged X to leave and ordered Y": a finite verb goes on with the finite one above.

    So too "has urged X to leave and orders Y", "demanded that X leave and ordered Y", "urged X to
    leave, and Y fled". The "and" goes with it.
    """
    bare, told = view[index].head, tense(view, index)
    infinitive = view[bare].xpos == "VB" and view.children(bare, "aux")
    if told not in ("VBD", "VBZ") or not (infinitive or _is_asked(view, bare, lexicon)):
        return
    aux = [view[i].form.lower() for i in view.children(bare, "aux")]
    own = view.children(index, "aux", "auxpass", "nsubj", "nsubjpass", "mark")
    if own and (aux != ["to"] or view.children(index, "mark")):
        return  # "said that X would leave and that Y fled"
    above = view[bare].head
    while view[above].head != above and tense(view, above) != told:
        above = view[above].head
    if tense(view, above) == told:
        joints = [i for i in view.children(bare, "cc") if i < index][-1:]
        yield from view.hung((*joints, index), above)


def _is_asked(view: View, verb: int, lexicon: Lexicon) -> bool:
    """As in "demanded that X leave": the bare form of what somebody is to do."""
    operator = lexicon.complements.get(view[view[verb].head].lemma)
    asked = operator is not None and operator.modality == "requested"
    bare = view[verb].xpos in ("VB", "VBP") and not view.children(verb, "aux", "auxpass")
    that = [view[i].form.lower() for i in view.children(verb, "mark")] == ["that"]
    return asked and bare and that


@related("conj", below=("ccomp",))
def finite_beside_finite(view: View, index: int, _: Lexicon) -> Changes:
    """As in "finds that X was arson and begins a search": the present goes on with the present."""
    told, above = tense(view, index), view[index].head
    own = view.children(index, "aux", "auxpass", "nsubj", "nsubjpass", "mark")
    if told != "VBZ" or own or tense(view, above) != "VBD":
        return
    main = view[above].head
    if tense(view, main) == "VBZ" and main < above:
        joints = [i for i in view.children(above, "cc") if i < index][-1:]
        yield from view.hung((*joints, index), main)


@related("conj")
def _speech_beside_content(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X says that Y has ..., and calls for ...": who says goes on to call.

    A verb of saying in the form of the one above, joined to content of another form, or to content
    about what cannot speak: "said the blast was a crime and demanded a truce".
    """
    first, saying = view[index].head, lexicon.report_verbs
    said = _speech_above(view, first, lexicon)
    own = view.children(index, "nsubj", "nsubjpass", "aux", "auxpass", "mark")
    content = said < first and view[said].lemma in saying
    if not content or own or view[index].lemma not in saying:
        return
    alike = view[index].xpos == view[said].xpos and not view.children(said, "aux")
    turned = view[first].xpos != view[index].xpos  # "had said that X ... but now says"
    other = turned or view.children(first, "aux") or _is_of_thing(view, first, lexicon)
    joints = [i for i in view.children(first, "cc") if i < index][-1:]
    # "confirms that X has ... but says": who is said to say something would be "that it says"
    but = any(view[i].form.lower() == "but" for i in joints)
    if (other or (but and view[first].lemma not in saying)) and (alike or turned):
        yield from view.hung((*joints, index), said)


def _speech_above(view: View, first: int, lexicon: Lexicon) -> int:
    """The verb that says what the clause tells, also by "is alarmed by reports that ...".

    The clause itself where there is none.
    """
    said, deprel = view[first].head, view[first].deprel
    if deprel in ("acl", "ccomp", "relcl") and view[said].upos == "NOUN":
        told = view[said].lemma in lexicon.report_nouns and view[said].deprel in ("dobj", "pobj")
        if not told or not view.children(first, "mark"):
            return first
        while view[said].head != said and view[said].deprel not in ("ROOT", "ccomp"):
            said = view[said].head
        return view[said].head
    return said if deprel == "ccomp" else first


def _is_of_thing(view: View, verb: int, lexicon: Lexicon) -> bool:
    """As in "the blast was a crime", "his country was at war": the subject is not who speaks on."""
    subjects = view.children(verb, "nsubj", "nsubjpass")
    if not subjects or view[subjects[0]].xpos not in ("NN", "NNS"):
        return False
    owned = any(view[i].xpos == "PRP$" for i in view.children(subjects[0], "poss"))
    if owned and view[verb].lemma == "be":
        return True
    return not is_a(lexicon.noun_classes.get(view[subjects[0]].lemma, "Entity"), "Agent")


@related("conj", below=("ccomp",))
def _next_speaker(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X told us that Y had fled, and Z said ...": Z's words are none of X's."""
    first, said = view[index].head, view[view[index].head].head
    subjects = view.children(index, "nsubj")
    told = view[index].lemma in lexicon.report_verbs and view[said].lemma in lexicon.report_verbs
    alike = said < first and view[said].xpos == view[index].xpos
    if not (told and alike and subjects) or view.children(index, "mark", "aux"):
        return
    joints = [i for i in view.children(first, "cc") if i < subjects[0]][-1:]
    if joints and view[joints[0] - 1].form == "," and view[subjects[0]].upos != "PRON":
        yield from view.hung((*joints, index), said)


@related("conj")
def _silence(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "said that talks went on but did not confirm X": who said that did not confirm it.

    So too "but gave no details".
    """
    above, reporting = view[index].head, lexicon.reporting
    joints = [i for i in view.children(above, "cc") if above < i < index][-1:]
    if [view[i].form.lower() for i in joints] != ["but"]:
        return
    told = view[index].lemma in reporting.elaborating or view[index].lemma in lexicon.report_verbs
    told = told and bool(view.children(index, "neg"))
    details = [i for i in view.children(index, "dobj") if view[i].lemma in reporting.details]
    told = told or any(view[i].form == "no" for noun in details for i in view.children(noun, "det"))
    own = view.children(index, "nsubj", "nsubjpass", "mark")
    said = view[above].deprel == "ccomp" and view[view[above].head].lemma in lexicon.report_verbs
    if told and said and not own and view[above].head < above:
        yield from view.hung((*joints, index), view[above].head)


def tense(view: View, verb: int) -> str:
    """The tag of the finite word of a verb: of "has ordered" that of "has"."""
    finite = (view[i].xpos for i in view.children(verb, "aux", "auxpass"))
    return next((tag for tag in finite if tag in ("VBD", "VBZ")), view[verb].xpos)


SAID_BESIDE = (_next_speaker, _speech_beside_content, _silence)
"""In the order in which they are tried."""
