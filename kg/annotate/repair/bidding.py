"""Repairs of what somebody is asked, told or forbidden to do, or has to answer for."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_one_of

_ASKED = ("on", "to", "with")
_BIDDING = ("requested", "expected")
_SOMEBODY = ("Person", "PersonGroup", "Country")
_SUFFERING = ("dobj", "nsubjpass")


@related("advcl")
def _asked_to(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "calls on the firm to end X": what is asked, and not what the call is for."""
    verb = view[index].head
    asked = [i for i in view.children(verb, "prep") if view[i].form.lower() in _ASKED]
    marks = [i for i in view.children(index, "aux") if view[i].xpos == "TO"]
    vote = view[verb].lemma == "vote"
    if (
        not (vote or view[verb].lemma in lexicon.slots.calling)
        or not marks
        or view[index].xpos != "VB"
    ):
        return
    preps = [view[i].form.lower() for i in view.children(verb, "prep")]
    vote = vote and "for" not in preps  # "votes 20 to 3 to end X"
    direct = verb < marks[0] and view[marks[0] - 1].form != "," and (vote or asked)
    if direct and not view.children(verb, "xcomp", *(() if vote else ("dobj",))):
        yield index, replace(view[index], deprel="xcomp")


@related("advcl")
def _told_to(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "orders guards working for X to leave": they are told to, and do not work for that."""
    participle = view[index].head
    people, verb = view[participle].head, view[view[participle].head].head
    lemma = view[verb].lemma
    told = lemma in lexicon.report_verbs and lemma in lexicon.slots.object_control
    marks = [i for i in view.children(index, "aux") if view[i].xpos == "TO"]
    plain = view[participle].deprel == "acl" and view[participle].xpos in ("VBG", "VBN")
    if not (told and plain and marks) or view.children(verb, "xcomp", "ccomp"):
        return
    if view[people].deprel == "dobj" and view[marks[0] - 1].form != ",":
        yield index, replace(view[index], head=verb, deprel="xcomp")


@related("nsubj", below=("ccomp",))
def _told_not_to(view: View, people: int, lexicon: Lexicon) -> Changes:
    """As in "warns farmers not to return": they are warned, and not to return is what is told."""
    clause = view[people].head
    verb = view[clause].head
    marks = [i for i in view.children(clause, "aux") if view[i].xpos == "TO"]
    bare = marks and not view.children(clause, "mark") and verb < people < marks[0]
    lemma = view[verb].lemma
    told = lemma in lexicon.report_verbs and lemma in lexicon.slots.object_control
    if bare and told and not view.children(verb, "dobj") and view[verb].deprel != "acl":
        yield people, replace(view[people], head=verb, deprel="dobj")
        yield clause, replace(view[clause], deprel="xcomp")


@related("advcl")
def _ordered_to(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "gave the order to X to leave": it tells what the order is."""
    verb = view[index].head
    marks = [i for i in view.children(index, "aux") if view[i].xpos == "TO"]
    to = [i for i in view.children(verb, "prep", "dative") if view[i].form.lower() == "to"]
    if view[index].xpos != "VB" or not marks or not to or view[marks[0] - 1].form == ",":
        return
    for noun in view.children(verb, "dobj"):
        cue = lexicon.report_nouns.get(view[noun].lemma)
        if cue is not None and cue.modality in _BIDDING and noun < to[0] < index:
            yield index, replace(view[index], head=noun, deprel="acl")


@formed("from")
def _barred_from(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "bars people who are ill from entering": from that they are barred."""
    below = view[prep].head
    while view[below].deprel in ("acomp", "prep", "pobj"):
        below = view[below].head
    noun, verb = view[below].head, view[view[below].head].head
    barred = f"{view[verb].lemma} from" in lexicon.verbs and view[noun].deprel in _SUFFERING
    if barred and view[below].deprel in ("relcl", "acl") and view.children(prep, "pcomp"):
        yield prep, replace(view[prep], head=verb)


@formed("for")
def _investigated_for(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "is placed under investigation for fraud": it is investigated, and not done there."""
    verb = view[prep].head
    under = [i for i in view.children(verb, "prep") if view[i].form.lower() == "under" and i < prep]
    nouns = [
        n
        for i in under
        for n in view.children(i, "pobj")
        if view[n].lemma in lexicon.slots.inquiries
    ]
    if view[prep].deprel == "prep" and nouns:
        yield prep, replace(view[prep], head=nouns[0])


@formed("by")
def _investigated_by(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "is placed under investigation by the police": who does it places somebody there."""
    noun = view[prep].head
    under = view[noun].head
    verb = view[under].head
    found = view[noun].lemma in lexicon.slots.inquiries and view[under].form.lower() == "under"
    if found and view.children(verb, "auxpass") and view[noun].deprel == "pobj":
        yield prep, replace(view[prep], head=verb, deprel="agent")


@formed("to")
def _pleaded_to(view: View, prep: int, _: Lexicon) -> Changes:
    """As in "pleads guilty to all counts": it belongs to the plea.

    But what somebody is not guilty of was not done.
    """
    word = view[prep].head
    if view.children(word, "neg") and view.children(prep, "pcomp"):
        return
    small = view[word].deprel in ("oprd", "acomp", "advmod", "amod", "dobj")
    if view[prep].deprel == "prep" and small and view[view[word].head].lemma == "plead":
        yield prep, replace(view[prep], head=view[word].head)


@formed("for")
def _called_for(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "calls by X for Y to leave": Y is to leave, and X asks it."""
    noun = view[prep].head
    cue = lexicon.report_nouns.get(view[noun].lemma) if view[noun].upos == "NOUN" else None
    whom = view.children(prep, "pobj")
    if cue is None or cue.modality != "requested" or not whom or noun > prep:
        return
    beside = view.children(view[noun].head, "advcl")
    for verb in (*view.children(noun, "advcl", "acl", "relcl"), *beside):
        marks = [i for i in view.children(verb, "aux") if view[i].xpos == "TO"]
        passive = bool(view.children(verb, "auxpass"))
        if (view[verb].xpos == "VB" or passive) and marks == [whom[0] + 1]:
            yield prep, replace(view[prep], head=verb, deprel="mark")
            deprel = "nsubjpass" if passive else "nsubj"
            yield whom[0], replace(view[whom[0]], head=verb, deprel=deprel)
            yield verb, replace(view[verb], head=noun, deprel="acl")
            return


@formed("for")
def _called_for_deed(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "calls for a truce but Y refuses", "calls for talks to end it": a deed is called for.

    Not so "calls for the raids to stop".
    """
    clause = view[prep].head
    subjects = [i for i in view.children(clause, "nsubj", "nsubjpass") if i > prep]
    called = view[view[clause].head].lemma in lexicon.slots.calling
    if view[prep].deprel != "mark" or not called or not subjects:
        return
    noun, to = subjects[0], any(view[i].xpos == "TO" for i in view.children(clause, "aux"))
    deed = view[noun].lemma in lexicon.nouns and view.children(clause, "dobj")
    if to and not deed:
        return
    yield prep, replace(view[prep], head=view[clause].head, deprel="prep")
    yield noun, replace(view[noun], head=prep, deprel="pobj")
    others = [i for i in view.children(noun, "conj") if noun < i < clause]
    if not to and not others:
        yield clause, replace(view[clause], deprel="dep")
    elif not to and view[clause].upos == "VERB":
        yield others[0], replace(view[others[0]], head=clause, deprel="nsubj")
        yield clause, replace(view[clause], deprel="conj")
        yield from view.hung(view.children(noun, "cc"), view[clause].head)


@tagged("VBP", "VB", by=("ROOT",))
def _demanded_of(view: View, deed: int, lexicon: Lexicon) -> Changes:
    """As in "thousands march to demand X reject Y": X is to reject it, and thousands march."""
    for people in view.children(deed, "nsubj"):
        asking = [i for i in view.children(people, "acl") if _may_ask(view[i].lemma, lexicon)]
        acting = [i for i in view.children(people) if view[i].xpos in ("VBP", "VBD")]
        asked = [i for i in view.children(asking[0], "dobj") if i == deed - 1] if asking else []
        if len(acting) != 1 or not asked or not people < acting[0] < asking[0]:
            continue
        yield acting[0], replace(view[acting[0]], head=acting[0], deprel="ROOT")
        yield people, replace(view[people], head=acting[0])
        yield asking[0], replace(view[asking[0]], head=acting[0], deprel="advcl")
        yield asked[0], replace(view[asked[0]], head=deed, deprel="nsubj")
        yield deed, replace(view[deed], xpos="VB", head=asking[0], deprel="ccomp")


def _may_ask(lemma: str, lexicon: Lexicon) -> bool:
    return lemma in lexicon.slots.demanding or any(
        each.type == "Demand" for each in lexicon.verbs.get(lemma, ())
    )


@formed("of")
def _taken_from_somebody(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "stripped ten critics of their passports": not who they are, but what they lose."""
    noun = view[prep].head
    verb, token = view[noun].head, view[noun]
    verbs = (*lexicon.slots.depriving, *lexicon.slots.informing)
    if view[verb].lemma not in verbs or token.deprel != "dobj" or noun < verb:
        return
    things = view.children(prep, "pobj")
    kinds = [lexicon.noun_classes.get(view[i].lemma, "Entity") for i in things]
    if any(is_one_of(kind, ("Place", "Agent")) for kind in kinds):
        return  # "warned the residents of the town"
    named = token.upos in ("PROPN", "PRON")
    kind = lexicon.noun_classes.get(token.lemma, "Entity")
    somebody = named or is_one_of(kind, _SOMEBODY)
    if somebody and things and view[things[0]].upos == "NOUN":
        yield from view.hung([prep], verb)


BIDDING_REPAIRS: tuple[Repair, ...] = (
    _asked_to,
    _told_to,
    _told_not_to,
    _called_for,
    _called_for_deed,
    _ordered_to,
    _barred_from,
    _investigated_for,
    _investigated_by,
    _pleaded_to,
    _demanded_of,
    _taken_from_somebody,
)
"""In the order in which they are tried."""
