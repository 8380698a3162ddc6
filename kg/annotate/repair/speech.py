"""Repairs of parses around verbs of saying, accusing and asking: who speaks, and of what."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.closing import CLOSING_REPAIRS
from kg.annotate.repair.step import Changes, formed, related
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_QUOTING = ("“", '"', ":")
_RELATIVE = ("which", "whom", "that")
_MARKS = ("“", "”", '"')
_LISTED = ("pobj", "conj", "nsubj", "appos")
_LIST_PARTS = ("NOUN", "PROPN", "DET", "PUNCT", "CCONJ", "ADJ")


@related("pcomp", "amod", "compound")
def _accused_of(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "accused India of shelling villages": the deed was taken for an adjective."""
    token = view[index]
    lemma = gerund_lemma(token, lexicon)
    if lemma is None:
        return
    noun, prep = token.head, index - 1
    if token.deprel == "pcomp" and view.children(index, "dobj"):
        yield index, replace(token, lemma=lemma, upos="VERB", xpos="VBG")
    if token.deprel not in ("amod", "compound") or prep < view.first:
        return
    above = view[view[prep].head]
    above = view[above.head] if above.deprel == "dobj" else above  # "of" may hang on the accused
    cue = lexicon.report_verbs.get(above.lemma)
    is_deed = view[prep].deprel == "prep" and view[noun].head == prep
    if is_deed and cue is not None and view[prep].form.lower() in cue.preps:
        verb = replace(token, lemma=lemma, upos="VERB", xpos="VBG", head=prep, deprel="pcomp")
        yield index, verb
        yield noun, replace(view[noun], head=index, deprel="dobj")


@related("prep", below=("dobj", "pobj", "conj", "appos"))
def _deed_on_accused(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "accuses the junta of sinking ...": the deed was hung on the accused, not the verb.

    So too on the last of several: "accused the army and the rebels of massacres".
    """
    last = noun = view[prep].head
    while view[noun].deprel in ("conj", "appos"):
        noun = view[noun].head
    verb = view[noun].head
    if view[noun].deprel not in ("dobj", "pobj"):
        return
    if view[verb].deprel == "agent":  # "accused by the junta of sinking ..."
        verb = view[verb].head
    cue = lexicon.report_verbs.get(view[verb].lemma)
    if cue is None or noun == verb or view[prep].form.lower() not in cue.preps:
        return
    deeds = view.children(prep, "pcomp")
    if last != noun and cue.kind == "accusation":
        deeds += [i for i in view.children(prep, "pobj") if not view.children(i, "det", "poss")]
    if deeds:
        yield prep, replace(view[prep], head=verb)


@related("nsubj")
def _accuser_in_relative(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X, which Y's army accuses of arming Z, left": the army accuses, and X leaves.

    The verb was taken for a noun, and so for who does what the main clause tells.
    """
    token, main = view[index], view[index].head
    if token.xpos not in ("NN", "NNS") or view[main].deprel not in ("relcl", "acl"):
        return
    lemma, noun = token.form.lower().removesuffix("s"), view[main].head
    cue = lexicon.report_verbs.get(lemma)
    left = [i for i in view.children(index) if i < index]
    which = [i for i in view.children(main) if view[i].form.lower() in _RELATIVE and i < index]
    placed = which and left and left[-1] == index - 1 and noun < which[0] < index
    if cue is None or not placed:
        return
    if not any(view[i].form.lower() in cue.preps for i in view.children(index, "prep")):
        return
    yield from view.hung(left, index - 1)
    yield index - 1, replace(view[index - 1], head=index, deprel="nsubj")
    yield which[0], replace(view[which[0]], upos="PRON", xpos="WDT", head=index, deprel="dobj")
    yield index, replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=noun, deprel="relcl")
    top = main if view[noun].head == noun else view[noun].head
    yield main, replace(view[main], head=top, deprel=view[noun].deprel)
    yield noun, replace(view[noun], head=main, deprel="nsubj")
    yield from view.hung((i for i in view.children(noun, "punct") if i > main), main)


@formed(",")
def _inserted_speech(view: View, comma: int, lexicon: Lexicon) -> Changes:
    """As in "The blast, said the mayor, killed four": who speaks and who acts were confused.

    A verb of saying between commas with its subject behind it; what stands before it belongs to the
    clause that goes on after it.
    """
    verb = comma + 1
    if verb == view.last or view[verb].lemma not in lexicon.report_verbs:
        return
    token = view[verb]
    stop = next((i for i in range(verb, view.last) if view[i].form == ","), view.last)
    before = [i for i in view.children(verb, "nsubj", "nsubjpass") if i < verb]
    clauses = [i for i in view.children(verb, "ccomp", "conj") if i > stop]
    if token.deprel == "parataxis" and token.head > stop:
        clauses = [token.head]
    inner = [i for each in (verb, *clauses) for i in view.children(each, "nsubj", "dobj")]
    speaker = next((i for i in inner if verb < i < stop), None)
    if not before or len(clauses) != 1 or speaker is None or view.children(verb, "aux"):
        return
    if any(view[i].form.lower() == "that" for i in range(verb, speaker + 2)):
        return  # "X, a mayor, said that Y, shot by Z, had fled", "told Y that ..., Z fled"
    closing = any(view[i].form == "," for i in range(before[0], comma))
    told = view.children(speaker, "acl", "relcl", "appos")
    if closing and any(stop < i < clauses[0] for i in told):
        return  # "X, a mayor, said Y, shot by Z, had fled"
    if stop + 1 < view.last and view[stop + 1].upos == "CCONJ":
        return  # "X, a mayor, urged Y to wait, and left"
    yield from _as_inserted(view, verb, clauses[0], before, speaker)


def _as_inserted(view: View, verb: int, clause: int, before: list[int], speaker: int) -> Changes:
    token = view[verb]
    yield verb, replace(token, head=clause, deprel="parataxis")
    if token.deprel != "parataxis":
        above = clause if token.head == verb else token.head
        yield clause, replace(view[clause], head=above, deprel=token.deprel)
    deprel = "nsubjpass" if view.children(clause, "auxpass") else "nsubj"
    yield from view.hung(before, clause, deprel)
    yield speaker, replace(view[speaker], head=verb, deprel="nsubj")


@related("dobj")
def _content_as_relative(view: View, index: int, _: Lexicon) -> Changes:
    """As in "a memo that X attacked Y": nothing is missing in the clause, so it is the content."""
    token = view[index]
    clause = token.head
    if token.form.lower() != "that" or index > clause:
        return
    whole = len(view.children(clause, "dobj")) > 1 and view.children(clause, "nsubj")
    if whole and view[clause].deprel == "relcl":
        yield index, replace(token, xpos="IN", deprel="mark")
        yield clause, replace(view[clause], deprel="acl")


@related("relcl", "acl")
def _content_on_hearer(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "informed relatives that X fled": persons have no relative clause with "that X".

    Nor has what only stands between: "said at the time that X had fled".
    """
    hearer = view[index].head
    verb = view[hearer].head
    that = [i for i in view.children(index, "mark", "dobj") if view[i].form.lower() == "that"]
    beside = view[hearer].deprel == "pobj" and view[hearer].lemma not in lexicon.report_nouns
    beside = beside and bool(view.children(index, "mark"))
    verb = view[verb].head if beside else verb
    told = view[hearer].deprel == "dobj" or (beside and not view.children(verb, "ccomp"))
    told = told and view[verb].lemma in lexicon.report_verbs
    if not that or not told or not view.children(index, "nsubj", "nsubjpass"):
        return
    kind = lexicon.noun_classes.get(view[hearer].lemma, "Entity")
    if beside or view[hearer].upos == "PROPN" or is_a(kind, "Agent"):
        yield that[0], replace(view[that[0]], xpos="IN", deprel="mark")
        yield index, replace(view[index], head=verb, deprel="ccomp")


def gerund_lemma(token: Token, lexicon: Lexicon) -> str | None:
    """The listed verb whose -ing form the token is, whatever its tag."""
    if not token.form.endswith(("ing", "ING")):
        return None
    stem = token.form.lower()[:-3]
    return next((v for v in (stem, stem + "e", stem[:-1]) if v in lexicon.verbs), None)


@related("advcl")
def _told_to(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "orders X to halt its advance", "vowed on Monday to fight": no purpose, but what is
    asked of X or vowed.
    """
    token, verb = view[index], view[index].head
    operator = lexicon.complements.get(view[verb].lemma)
    if operator is None or index < verb:
        return
    asked = operator.modality == "requested" and view.children(verb, "dobj")
    vowed = operator.modality is not None or operator.effect == "negate"
    to = next((i for i in view.children(index, "aux") if view[i].xpos == "TO"), None)
    bare = not view.children(index, "nsubj", "nsubjpass", "mark")
    if to is None or not bare or not (asked or vowed):
        return
    between = [i for i in view.children(verb) if verb < i < to]
    if asked or (between and all(view[i].deprel == "npadvmod" for i in between)):
        yield index, replace(token, deprel="xcomp")


@related("ccomp", "advcl")
def _said_by_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "repeated its demand today that X leave", "its call for X to leave": the clause was
    hung on the verb.
    """
    token, verb = view[index], view[index].head
    nouns = [i for i in view.children(verb, "dobj") if verb < i < index]
    if not nouns or view[nouns[0]].lemma not in lexicon.report_nouns:
        return
    mark = "that" if token.deprel == "ccomp" else "for"
    if any(view[i].form.lower() == mark for i in view.children(index, "mark")):
        yield index, replace(token, head=nouns[0], deprel="acl")


@formed(";")
def _next_statement(view: View, stop: int, lexicon: Lexicon) -> Changes:
    """As in "X was shot, medics said; the army said ...": behind the semicolon another speaks.

    Two statements of which one was hung below the other; each gets a root of its own.
    """
    for cue in range(view.first, stop):
        token, top = view[cue], view[cue].head
        aside = token.deprel == "parataxis" and token.lemma in lexicon.report_verbs
        if not aside or not view.children(cue, "nsubj"):
            continue
        if top > stop:  # "medics said" and what they said below "the army said"
            for told in [i for i in view.children(top, "ccomp") if i < cue][:1]:
                moved = [i for i in view.children(top) if told < i <= stop]
                yield from view.hung(moved, told)
                yield told, replace(view[told], head=told, deprel="ROOT")
            return
        for next_ in view.children(top, "conj", "ccomp", "parataxis"):
            if next_ > stop and view.children(next_, "nsubj", "nsubjpass"):
                yield next_, replace(view[next_], head=next_, deprel="ROOT")
                return


@related("advcl")
def _deed_complained_of(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "complained against X arming Y": X does it, not who complained."""
    token, noun = view[index], index - 1
    prep, above = view[view[noun].head], token.head
    loose = token.xpos == "VBG" and noun > view.first
    if not loose or view[noun].deprel != "pobj" or prep.form.lower() != "against":
        return
    if prep.head == above and view[above].lemma in lexicon.slots.objecting:
        yield index, replace(token, head=noun, deprel="acl")


@related("amod", "ccomp")
def _verdict(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "found X, a mayor, guilty of arming Y": what X was found, and no word about a noun."""
    token, noun = view[index], view[index].head
    if token.upos != "ADJ" or noun > index:
        return
    if token.deprel == "ccomp":
        noun = next(iter(view.children(index, "nsubj")), noun)
    while view[noun].deprel == "appos":
        noun = view[noun].head
    verb = token.head if token.deprel == "ccomp" else view[noun].head
    if noun == verb or f"{view[verb].lemma} {token.lemma}" not in lexicon.slots.accusing:
        return
    yield index, replace(token, head=verb, deprel="oprd")
    yield noun, replace(view[noun], head=verb, deprel="dobj")


@formed("say", "says", "said", "saying")
def _object_of_saying(view: View, cue: int, _: Lexicon) -> Changes:
    """As in "said an airstrike in X, Y killed ten": it killed, neither Y nor the speaker did.

    What is said is a clause; its subject was taken for a thing that is said.
    """
    if view[cue].lemma != "say" or view[cue].upos != "VERB":
        return
    nouns = [i for i in view.children(cue, "dobj") if view[i].upos == "NOUN"]
    verbs = [i for i in view.children(cue, "ccomp", "conj") if nouns and i > nouns[0]]
    if not verbs or view[verbs[0]].upos != "VERB" or view.children(verbs[0], "mark"):
        return
    noun, verb = nouns[0], verbs[0]
    subjects = view.children(verb, "nsubj")
    places = [i for i in subjects if view[i].upos == "PROPN" and view[i - 1].form == ","]
    joined = view[verb].deprel == "conj" and view[verb].xpos == view[cue].xpos
    if subjects != places or joined or any(noun < i < verb for i in view.children(cue, "cc")):
        return
    yield from ((i, replace(view[i], head=i - 2, deprel="appos")) for i in places)
    yield verb, replace(view[verb], head=cue, deprel="ccomp")
    yield noun, replace(view[noun], head=verb, deprel="nsubj")


@related("parataxis", "ccomp")
def _opening(view: View, cue: int, lexicon: Lexicon) -> Changes:
    """As in "In a post on X, the mayor said: “Looters ...”": what opens the sentence is of saying.

    The parser hung it on the first verb of the quotation, and the verb of saying below that one.
    """
    said = view[cue].lemma in lexicon.report_verbs and view.children(cue, "nsubj")
    clause = view[cue].head
    if not said or cue > clause:
        return
    marks = [i for i in range(view.first, min(cue + 3, view.last)) if view[i].form in _QUOTING]
    if marks and marks[0] > cue:
        before = view.children(clause, "prep", "npadvmod", "advmod")
        yield from view.hung((i for i in before if i < cue), cue)


@related("prep", below=("nsubj", "ROOT", "npadvmod", "advcl"))
def _listed_tellers(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "Reports from X, Y, and Z say that ...": they are of all three, not Z's word alone.

    The last of the list was taken for who says it, and the reports for a clause of their own.
    """
    noun = view[prep].head
    if noun != prep - 1 or view[prep].form.lower() not in ("from", "by"):
        return
    verb = next((i for i in range(prep, view.last) if view[i].upos == "VERB"), noun)
    inside = range(prep + 1, verb)
    listed = [i for i in inside if view[i].deprel in _LISTED and view[i].upos in ("NOUN", "PROPN")]
    joints = [i for i in inside if view[i].deprel == "cc"]
    told = view[verb].lemma in lexicon.report_verbs and not lexicon.report_nouns.keys().isdisjoint(
        (view[noun].lemma, view[noun].form.lower())
    )
    bare = all(view[i].upos in _LIST_PARTS for i in inside) and len(joints) == 1
    if not told or not bare or len(listed) < 2 or "," not in (view[i].form for i in inside):
        return
    if all(view[i].deprel != "nsubj" for i in listed):
        return
    left = [i for i in view.children(noun) if i < noun]
    if view[noun].upos == "VERB" and (len(left) != 1 or view[left[0]].upos != "NOUN"):
        return  # "X reports from Y"
    top = view[noun].head if view[noun].head != noun else verb
    deprel = "ROOT" if top == verb else view[noun].deprel
    yield verb, replace(view[verb], head=top, deprel=deprel)
    yield noun, replace(view[noun], upos="NOUN", xpos="NNS", head=verb, deprel="nsubj")
    yield from view.hung(left, noun, "compound")
    yield listed[0], replace(view[listed[0]], head=prep, deprel="pobj")
    yield from view.hung(listed[1:], listed[0], "conj")
    yield from view.hung(joints, listed[-2])


@related("ROOT", "advcl", "conj", "ccomp", "relcl")
def _after_quotation(view: View, cue: int, lexicon: Lexicon) -> Changes:
    """As in "saying, “It is late,” to X after meeting Y": what follows is of the saying.

    The parser hung it on the last verb inside the quotation, whose subject then met Y.
    """
    clauses = view.children(cue, "ccomp") if view[cue].lemma in lexicon.report_verbs else ()
    if not clauses:
        return
    marks = [i for i in range(cue, view.last) if view[i].form in _MARKS]
    inside = range(marks[0], marks[1]) if len(marks) == 2 else range(0)
    told = any(i in inside for i in clauses)
    if not told or marks[0] > cue + 2:
        return  # "calls for “action” on X"
    for prep in view.at(("prep",)):
        if prep > marks[1] and marks[0] < view[prep].head < marks[1]:
            yield prep, replace(view[prep], head=cue)


@related("advcl")
def _beside_statement(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X denies arming Y, although Z says that W fights": Z's words were hung on the denial.

    And who says them was hung below them.
    """
    token, told = view[index], view[index].head
    above = view[told]
    bare = not view.children(index, "ccomp", "xcomp", "dobj")
    speaks = token.lemma in lexicon.report_verbs and view.children(index, "nsubj")
    marked = [i for i in view.children(index, "mark") if view[i - 1].form == ","]
    if marked and speaks and bare and above.deprel == "ccomp" and above.head < index < told:
        yield index, replace(token, head=above.head)
        yield told, replace(above, head=index)


SPEECH_REPAIRS = (
    _accuser_in_relative,
    _accused_of,
    _listed_tellers,
    _after_quotation,
    _deed_on_accused,
    *CLOSING_REPAIRS,
    _opening,
    _object_of_saying,
    _verdict,
    _inserted_speech,
    _next_statement,
    _deed_complained_of,
    _content_as_relative,
    _content_on_hearer,
    _told_to,
    _said_by_noun,
    _beside_statement,
)
"""In the order in which they are tried."""
