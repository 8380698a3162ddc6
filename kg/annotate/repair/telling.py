"""Repairs of what is told in the words of somebody, or beside them."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.reattach import Repair
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token

_DOERS = ("nsubj", "nsubjpass")


def _behind_semicolon(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "X says Y fled; Z denies it": X says nothing of Z."""
    for mark in view.formed(";"):
        for second in view.related("ccomp"):
            cue = view[second].head
            firsts = [i for i in view.children(second, "ccomp") if cue < i < mark]
            apart = cue < mark < second and mark < min(view.children(second, *_DOERS), default=0)
            if not apart or not firsts or view[cue].lemma not in lexicon.report_verbs:
                continue
            return {
                firsts[0]: replace(view[firsts[0]], head=cue),
                second: replace(view[second], deprel="conj"),
            }
    return {}


def _so_called(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "raided what it called a base", "fired at what it described as a boat": at the boat."""
    changed: dict[int, Token] = {}
    for what in view.formed("what"):
        verb = view[what].head
        if view[verb].lemma not in lexicon.reporting.describing or view[verb].head == verb:
            continue
        behind = [p for a in view.children(verb, "prep") for p in view.children(a, "pobj")]
        things = [i for i in (*view.children(verb, "oprd"), *behind) if i > verb]
        relation = {"pcomp": "pobj", "ccomp": "dobj"}.get(view[verb].deprel)
        if not things or relation is None or not view.children(verb, "nsubj"):
            continue
        changed[things[0]] = replace(view[things[0]], head=view[verb].head, deprel=relation)
        changed[verb] = replace(view[verb], head=things[0], deprel="relcl")
        changed |= {i: replace(view[i], head=things[0]) for i in _after(view, verb, things[0])}
    return changed


def _after(view: View, verb: int, thing: int) -> list[int]:
    """What tells more of the thing: "what it called bases in X"."""
    return [i for i in view.children(verb, "prep") if i > thing]


def _that_as_object(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "rejected that as a lie", "called that a lie": a pronoun, and no conjunction."""
    changed: dict[int, Token] = {}
    for index in view.formed("that"):
        token, noun = view[index], view[index].head
        if token.deprel == "dobj" and token.xpos == "IN" and noun < index:
            changed[index] = replace(token, upos="PRON", xpos="DT")
        verb, label = view[noun].head, view[noun].deprel == "dobj" and view.children(noun, "det")
        if token.deprel == "mark" and view[noun].upos == "NOUN" and label and verb == index - 1:
            changed[index] = replace(token, upos="PRON", xpos="DT", head=verb, deprel="dobj")
            changed[noun] = replace(view[noun], deprel="oprd")
    return changed


def _that_clause(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "was fined for reporting that X fled": the clause was hung on the verb above.

    No clause with "that" tells when or why; the word of saying stands right before it.
    """
    changed: dict[int, Token] = {}
    for index in view.formed("that"):
        verb, before = view[index].head, index - 1
        loose = view[index].deprel == "mark" and view[verb].deprel == "advcl" and verb > index
        if not loose or before < view.first or view[verb].head == before:
            continue
        if view[before].xpos.startswith("VB") and view[before].lemma in lexicon.report_verbs:
            changed[verb] = replace(view[verb], head=before, deprel="ccomp")
        elif view[before].upos == "NOUN" and view[before].lemma in lexicon.report_nouns:
            changed[verb] = replace(view[verb], head=before, deprel="acl")
    return changed


def _clause_after_object(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "declares a curfew and the police arrest X": who declares it says nothing of X."""
    changed: dict[int, Token] = {}
    for verb in view.related("ccomp"):
        cue = view[verb].head
        objects = [i for i in view.children(cue, "dobj") if cue < i < verb]
        subjects = view.children(verb, "nsubj", "nsubjpass")
        if not objects or not subjects or view.children(verb, "mark"):
            continue
        if view[cue].lemma not in lexicon.report_verbs:
            continue  # "leaves one dead and two injured"
        joint = min(view.children(subjects[0], "det", "amod", "compound", "nummod"), default=0)
        joint = min(joint or subjects[0], subjects[0]) - 1
        if view[joint].deprel == "cc" and view[joint].head in (cue, *objects):
            changed[verb] = replace(view[verb], deprel="conj")
            changed[joint] = replace(view[joint], head=cue)
    return changed


def _speaker_before_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "with the airline warning that X": the participle was taken for a noun."""
    for that in view.formed("that"):
        said, clause = that - 1, view[that].head
        verb, speaker = _verb_of(view, said, lexicon), said - 1
        if verb is None or view[that].deprel != "mark" or speaker < view.first:
            continue
        prep = view[said].head
        hung = view[said].deprel == "pobj" and view[prep].form.lower() == "with"
        before = view[speaker].head == said and view[speaker].deprel in ("compound", "nmod")
        if not hung or not before:
            continue
        left = [i for i in view.children(said) if i < speaker]
        changed = {i: replace(view[i], head=speaker) for i in left}
        changed[speaker] = replace(view[speaker], deprel="nsubj")
        changed[said] = replace(view[said], lemma=verb, upos="VERB", xpos="VBG", deprel="pcomp")
        changed[clause] = replace(view[clause], head=said, deprel="ccomp")
        return changed
    return {}


def _beside_speech(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "X says Y fled, with Z warning of W": Z warns, whatever X says."""
    changed: dict[int, Token] = {}
    for prep in view.formed("with"):
        clause = view[prep].head
        above = view[clause].head
        told = view[clause].deprel == "ccomp" and above < clause < prep
        said = any(view[i].lemma in lexicon.report_verbs for i in view.children(prep, "pcomp"))
        if told and said and prep > view.first and view[prep - 1].form == ",":
            changed[prep] = replace(view[prep], head=above)
    return changed


def _warning_as_verb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "declares a tsunami warning": a noun for words with its article, and no clause."""
    changed: dict[int, Token] = {}
    for index in view.related("ccomp"):
        token, inner = view[index], index - 1
        form = token.form.lower()
        if token.xpos != "VBG" or form not in lexicon.report_nouns or inner <= token.head:
            continue
        dets = [i for i in view.children(inner, "det") if view[i].form.lower() in ("a", "an")]
        alone = view.children(index, "nsubj") == [inner] and not view.children(index, "aux", "mark")
        if not dets or not alone or view.children(index, "dobj", "ccomp", "xcomp"):
            continue
        changed[index] = replace(token, lemma=form, upos="NOUN", xpos="NN", deprel="dobj")
        changed[inner] = replace(view[inner], deprel="compound")
        changed |= {i: replace(view[i], head=index) for i in dets}
        changed |= {i: replace(view[i], head=token.head) for i in view.children(index, "advcl")}
    return changed


def _verb_of(view: View, index: int, lexicon: Lexicon) -> str | None:
    """The verb of saying that a noun in "-ing" is a form of."""
    form = view[index].form.lower()
    if index < view.first or view[index].upos != "NOUN" or not form.endswith("ing"):
        return None
    stem = form.removesuffix("ing")
    return next((each for each in (stem, stem + "e") if each in lexicon.report_verbs), None)


TELLING_REPAIRS: tuple[Repair, ...] = (
    _that_as_object,
    _that_clause,
    _clause_after_object,
    _speaker_before_noun,
    _beside_speech,
    _warning_as_verb,
    _behind_semicolon,
    _so_called,
)
"""In the order in which they are tried."""
