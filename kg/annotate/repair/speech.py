"""Repairs of parses around verbs of saying, accusing and asking: who speaks, and of what."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.closing import closing_cue, closing_speech
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_QUOTING = ("“", '"', ":")
_MARKS = ("“", "”", '"')


def _accused_of(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "accused India of shelling villages": the deed was taken for an adjective."""
    changed: dict[int, Token] = {}
    for index in view.related("pcomp", "amod", "compound"):
        token = view[index]
        noun, prep = token.head, index - 1
        lemma = gerund_lemma(token, lexicon)
        if lemma and token.deprel == "pcomp" and view.children(index, "dobj"):
            changed[index] = replace(token, lemma=lemma, upos="VERB", xpos="VBG")
        if lemma is None or token.deprel not in ("amod", "compound") or prep < view.first:
            continue
        cue = lexicon.report_verbs.get(view[view[prep].head].lemma)
        is_deed = view[prep].deprel == "prep" and view[noun].head == prep
        if is_deed and cue is not None and view[prep].form.lower() in cue.preps:
            verb = replace(token, lemma=lemma, upos="VERB", xpos="VBG", head=prep, deprel="pcomp")
            changed[index] = verb
            changed[noun] = replace(view[noun], head=index, deprel="dobj")
    return changed


def _deed_on_accused(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "accuses the junta of sinking ...": the deed was hung on the accused, not the verb."""
    changed: dict[int, Token] = {}
    for prep in view.related("prep"):
        noun = view[prep].head
        verb = view[noun].head
        if view[verb].deprel == "agent":  # "accused by the junta of sinking ..."
            verb = view[verb].head
        cue = lexicon.report_verbs.get(view[verb].lemma)
        placed = view[noun].deprel in ("dobj", "pobj") and view[prep].deprel == "prep"
        if cue is None or not placed or noun == verb:
            continue
        if view[prep].form.lower() in cue.preps and view.children(prep, "pcomp"):
            changed[prep] = replace(view[prep], head=verb)
    return changed


def _accuser_in_relative(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "X, which Y's army accuses of arming Z, left": the army accuses, and X leaves.

    The verb was taken for a noun, and so for who does what the main clause tells.
    """
    for index in view.tagged("NN", "NNS"):
        token, main = view[index], view[index].head
        lemma, noun = token.form.lower().removesuffix("s"), view[main].head
        cue = lexicon.report_verbs.get(lemma)
        if cue is None or token.deprel != "nsubj" or view[main].deprel not in ("relcl", "acl"):
            continue
        charged = [i for i in view.children(index, "prep") if view[i].form.lower() in cue.preps]
        left = [i for i in view.children(index) if i < index]
        which = [i for i in view.formed("which", "whom", "that") if view[i].head == main]
        if (
            not (charged and which and left and left[-1] == index - 1)
            or not noun < which[0] < index
        ):
            continue
        changed = {i: replace(view[i], head=index - 1) for i in left}
        changed[index - 1] = replace(view[index - 1], head=index, deprel="nsubj")
        changed[which[0]] = replace(
            view[which[0]], upos="PRON", xpos="WDT", head=index, deprel="dobj"
        )
        changed[index] = replace(
            token, lemma=lemma, upos="VERB", xpos="VBZ", head=noun, deprel="relcl"
        )
        top = main if view[noun].head == noun else view[noun].head
        changed[main] = replace(view[main], head=top, deprel=view[noun].deprel)
        changed[noun] = replace(view[noun], head=main, deprel="nsubj")
        later = [i for i in view.children(noun, "punct") if i > main]
        changed |= {i: replace(view[i], head=main) for i in later}
        return changed
    return {}


def _inserted_speech(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "The blast, said the mayor, killed four": who speaks and who acts were confused.

    A verb of saying between commas with its subject behind it; what stands before it belongs to the
    clause that goes on after it.
    """
    for verb in view.indices():
        token = view[verb]
        if token.lemma not in lexicon.report_verbs or view[max(verb - 1, 0)].form != ",":
            continue
        stop = next((i for i in range(verb, view.last) if view[i].form == ","), view.last)
        before = [i for i in view.children(verb, "nsubj", "nsubjpass") if i < verb]
        clauses = [i for i in view.children(verb, "ccomp", "conj") if i > stop]
        if token.deprel == "parataxis" and token.head > stop:
            clauses = [token.head]
        inner = [i for each in (verb, *clauses) for i in view.children(each, "nsubj", "dobj")]
        speaker = next((i for i in inner if verb < i < stop), None)
        if not before or len(clauses) != 1 or speaker is None or view.children(verb, "aux"):
            continue
        if view[speaker + 1].form == "that":
            continue  # "X, a mayor, told Y that ..., Z fled"
        return _as_inserted(view, verb, clauses[0], before, speaker)
    return {}


def _as_inserted(
    view: View, verb: int, clause: int, before: list[int], speaker: int
) -> dict[int, Token]:
    token = view[verb]
    changed = {verb: replace(token, head=clause, deprel="parataxis")}
    if token.deprel != "parataxis":
        above = clause if token.head == verb else token.head
        changed[clause] = replace(view[clause], head=above, deprel=token.deprel)
    deprel = "nsubjpass" if view.children(clause, "auxpass") else "nsubj"
    changed |= {i: replace(view[i], head=clause, deprel=deprel) for i in before}
    changed[speaker] = replace(view[speaker], head=verb, deprel="nsubj")
    return changed


def _content_as_relative(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "a memo that X attacked Y": nothing is missing in the clause, so it is the content."""
    changed: dict[int, Token] = {}
    for index in view.related("dobj"):
        token = view[index]
        clause = token.head
        if token.form.lower() != "that" or token.deprel != "dobj" or index > clause:
            continue
        whole = len(view.children(clause, "dobj")) > 1 and view.children(clause, "nsubj")
        if whole and view[clause].deprel == "relcl":
            changed[index] = replace(token, xpos="IN", deprel="mark")
            changed[clause] = replace(view[clause], deprel="acl")
    return changed


def _content_on_hearer(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "informed relatives that X fled": persons have no relative clause with "that X"."""
    changed: dict[int, Token] = {}
    for index in view.related("relcl", "acl"):
        hearer = view[index].head
        verb = view[hearer].head
        that = [i for i in view.children(index, "mark", "dobj") if view[i].form.lower() == "that"]
        told = view[hearer].deprel == "dobj" and view[verb].lemma in lexicon.report_verbs
        if not that or not told or not view.children(index, "nsubj", "nsubjpass"):
            continue
        kind = lexicon.noun_classes.get(view[hearer].lemma, "Entity")
        if view[hearer].upos == "PROPN" or is_a(kind, "Agent"):
            changed[that[0]] = replace(view[that[0]], xpos="IN", deprel="mark")
            changed[index] = replace(view[index], head=verb, deprel="ccomp")
    return changed


def gerund_lemma(token: Token, lexicon: Lexicon) -> str | None:
    """The listed verb whose -ing form the token is, whatever its tag."""
    form = token.form.lower()
    if not form.endswith("ing"):
        return None
    stem = form[:-3]
    return next((v for v in (stem, stem + "e", stem[:-1]) if v in lexicon.verbs), None)


def _told_to(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "orders X to halt its advance", "vowed on Monday to fight": no purpose, but what is
    asked of X or vowed.
    """
    changed: dict[int, Token] = {}
    for index in view.related("advcl"):
        token, verb = view[index], view[index].head
        operator = lexicon.complements.get(view[verb].lemma)
        if token.deprel != "advcl" or operator is None or index < verb:
            continue
        asked = operator.modality == "requested" and view.children(verb, "dobj")
        vowed = operator.modality is not None or operator.effect == "negate"
        to = next((i for i in view.children(index, "aux") if view[i].xpos == "TO"), None)
        bare = not view.children(index, "nsubj", "nsubjpass", "mark")
        if to is None or not bare or not (asked or vowed):
            continue
        between = [i for i in view.children(verb) if verb < i < to]
        if asked or (between and all(view[i].deprel == "npadvmod" for i in between)):
            changed[index] = replace(token, deprel="xcomp")
    return changed


def _said_by_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "repeated its demand today that X leave", "its call for X to leave": the clause was
    hung on the verb.
    """
    changed: dict[int, Token] = {}
    for index in view.related("ccomp", "advcl"):
        token, verb = view[index], view[index].head
        nouns = [i for i in view.children(verb, "dobj") if verb < i < index]
        if not nouns or view[nouns[0]].lemma not in lexicon.report_nouns:
            continue
        mark = "that" if token.deprel == "ccomp" else "for"
        if any(view[i].form.lower() == mark for i in view.children(index, "mark")):
            changed[index] = replace(token, head=nouns[0], deprel="acl")
    return changed


def _next_statement(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "X was shot, medics said; the army said ...": behind the semicolon another speaks.

    Two statements of which one was hung below the other; each gets a root of its own.
    """
    for stop in view.formed(";"):
        for cue in range(view.first, stop):
            token, top = view[cue], view[cue].head
            aside = token.deprel == "parataxis" and token.lemma in lexicon.report_verbs
            if not aside or not view.children(cue, "nsubj"):
                continue
            if top > stop:  # "medics said" and what they said below "the army said"
                told = [i for i in view.children(top, "ccomp") if i < cue]
                moved = [i for i in view.children(top) if told and told[0] < i <= stop]
                changed = {i: replace(view[i], head=told[0]) for i in moved}
                changed |= {i: replace(view[i], head=i, deprel="ROOT") for i in told[:1]}
                return changed
            for next_ in view.children(top, "conj", "ccomp", "parataxis"):
                if next_ > stop and view.children(next_, "nsubj", "nsubjpass"):
                    return {next_: replace(view[next_], head=next_, deprel="ROOT")}
    return {}


def _deed_complained_of(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "complained against X arming Y": X does it, not who complained."""
    changed: dict[int, Token] = {}
    for index in view.related("advcl"):
        token, noun = view[index], index - 1
        prep, above = view[view[noun].head], token.head
        loose = token.xpos == "VBG" and noun > view.first
        if not loose or view[noun].deprel != "pobj" or prep.form.lower() != "against":
            continue
        if prep.head == above and view[above].lemma in lexicon.slots.objecting:
            changed[index] = replace(token, head=noun, deprel="acl")
    return changed


def _verdict(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "found X, a mayor, guilty of arming Y": what X was found, and no word about a noun."""
    changed: dict[int, Token] = {}
    for index in view.related("amod", "ccomp"):
        token, noun = view[index], view[index].head
        if token.upos != "ADJ" or noun > index:
            continue
        if token.deprel == "ccomp":
            noun = next(iter(view.children(index, "nsubj")), noun)
        while view[noun].deprel == "appos":
            noun = view[noun].head
        verb = token.head if token.deprel == "ccomp" else view[noun].head
        if noun == verb or f"{view[verb].lemma} {token.lemma}" not in lexicon.slots.accusing:
            continue
        changed[index] = replace(token, head=verb, deprel="oprd")
        changed[noun] = replace(view[noun], head=verb, deprel="dobj")
    return changed


def _object_of_saying(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "said an airstrike in X, Y killed ten": it killed, neither Y nor the speaker did.

    What is said is a clause; its subject was taken for a thing that is said.
    """
    for cue in view.indices():
        if view[cue].lemma != "say" or view[cue].upos != "VERB":
            continue
        nouns = [i for i in view.children(cue, "dobj") if view[i].upos == "NOUN"]
        verbs = [i for i in view.children(cue, "ccomp", "conj") if nouns and i > nouns[0]]
        if not verbs or view[verbs[0]].upos != "VERB" or view.children(verbs[0], "mark"):
            continue
        noun, verb = nouns[0], verbs[0]
        subjects = view.children(verb, "nsubj")
        places = [i for i in subjects if view[i].upos == "PROPN" and view[i - 1].form == ","]
        joined = view[verb].deprel == "conj" and view[verb].xpos == view[cue].xpos
        if subjects != places or joined or any(noun < i < verb for i in view.children(cue, "cc")):
            continue
        changed = {i: replace(view[i], head=i - 2, deprel="appos") for i in places}
        changed[verb] = replace(view[verb], head=cue, deprel="ccomp")
        changed[noun] = replace(view[noun], head=verb, deprel="nsubj")
        return changed
    return {}


def _opening(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "In a post on X, the mayor said: “Looters ...”": what opens the sentence is of saying.

    The parser hung it on the first verb of the quotation, and the verb of saying below that one.
    """
    changed: dict[int, Token] = {}
    for cue in view.related("parataxis", "ccomp"):
        said = view[cue].lemma in lexicon.report_verbs and view.children(cue, "nsubj")
        clause = view[cue].head
        if not said or cue > clause:
            continue
        marks = [i for i in range(view.first, min(cue + 3, view.last)) if view[i].form in _QUOTING]
        if marks and marks[0] > cue:
            before = view.children(clause, "prep", "npadvmod", "advmod")
            changed |= {i: replace(view[i], head=cue) for i in before if i < cue}
    return changed


def _after_quotation(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "saying, “It is late,” to X after meeting Y": what follows is of the saying.

    The parser hung it on the last verb inside the quotation, whose subject then met Y.
    """
    changed: dict[int, Token] = {}
    for cue in view.related("ROOT", "advcl", "conj", "ccomp", "relcl"):
        if view[cue].lemma not in lexicon.report_verbs:
            continue
        marks = [i for i in range(cue, view.last) if view[i].form in _MARKS]
        inside = range(marks[0], marks[1]) if len(marks) == 2 else range(0)
        told = any(i in inside for i in view.children(cue, "ccomp"))
        if not told or marks[0] > cue + 2:
            continue  # "calls for “action” on X"
        for prep in view.related("prep"):
            if prep > marks[1] and marks[0] < view[prep].head < marks[1]:
                changed[prep] = replace(view[prep], head=cue)
    return changed


SPEECH_REPAIRS = (
    _accuser_in_relative,
    _accused_of,
    _after_quotation,
    _deed_on_accused,
    closing_cue,
    closing_speech,
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
)
"""In the order in which they are tried."""
