"""Repairs around event nouns: whom a deed was done to, hung on where or when it was done."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.gazetteer import given_names
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_PEOPLE = ("Person", "PersonGroup")
_WHERE = ("in", "across", "at", "throughout", "near", "around")
_DEEDS = ("CombatEvent", "JusticeEvent")
_INSIDE = ("dobj", "nsubj", "nsubjpass", "pobj", "prep", "agent")
_AROUND = ("in", "at", "near", "on", "outside", "inside")
_SETTING = ("in", "at", "near", "on", "during")


@formed("of")
def _of_deed_in_place(view: View, of: int, lexicon: Lexicon) -> Changes:
    """As in "the murder in Lima of a judge", "the killing in May of X": the deed is of them."""
    calendar = time_lexicon().calendar
    setting, prep = view[of].head, view[view[of].head].head
    deed = view[prep].head
    if not deed < prep < setting < of or view[prep].form.lower() not in _SETTING:
        return
    if view[setting].upos != "PROPN" and view[setting].form not in calendar:
        return
    people = [i for i in view.children(of, "pobj") if _is_person(view, i, lexicon)]
    if not people or view[deed].upos != "NOUN" or view[deed].lemma not in lexicon.nouns:
        return
    yield of, replace(view[of], head=deed)
    beside = [i for i in view.children(setting, "appos") if i > people[0]]
    yield from view.hung(beside, people[0])


@related("conj")
def _also_of_deed(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "the murder of a judge and two guards": they were murdered too, not joined to it."""
    deed = view[noun].head
    if view[deed].upos != "NOUN" or view[deed].lemma not in lexicon.nouns:
        return
    both = [*_undergoers(view, deed)[:1], noun]
    apart = any(view[i].form == ";" for i in range(deed, noun))
    if (
        len(both) > 1
        and both[0] < noun
        and not apart
        and all(_is_person(view, i, lexicon) for i in both)
    ):
        yield noun, replace(view[noun], head=both[0])
        between = [i for i in view.children(deed, "cc", "punct") if both[0] < i < noun]
        yield from view.hung(between, both[0])
        later = view.children(noun, "acl")
        yield from view.hung((i for i in later if view.children(i, "agent")), deed)


@formed("including")
def _included_in_deed(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "the murder of ten, including a judge, was condemned": the judge is one of the ten.

    So too of any people right before the mark, as in "efforts to free ten, including a judge".
    """
    deed, last = view[index].head, index - 2
    named = [i for i in view.children(index, "pobj") if _is_person(view, i, lexicon)]
    if view[index].deprel != "prep" or not named:
        return
    beside = view[index - 1].form == "," and deed < last and view.is_below(last, deed)
    if beside and _is_person(view, last, lexicon) and not _is_person(view, deed, lexicon):
        yield index, replace(view[index], head=last)
    if view[deed].lemma not in lexicon.nouns:
        return
    people = _undergoers(view, deed)
    if people and people[0] < index and view[deed].upos == "NOUN":
        yield index, replace(view[index], head=people[0])


@formed("including")
def _told_behind_included(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "ten were shot, including a judge, in X": all of them were, not only the judge.

    What stands between commas parts the verb from its place; so too without any comma, where the
    phrase ends the sentence: "ten were shot including a judge in X".
    """
    above = view[index].head
    while view[above].deprel in _INSIDE and view[above].lemma not in lexicon.nouns:
        above = view[above].head
    named = view.children(index, "pobj")
    deed = view[above].upos == "VERB" or view[above].lemma in lexicon.nouns
    if view[index].deprel != "prep" or not deed or not named or above > index:
        return
    some = [named[-1], *view.children(named[-1], "conj")]
    below = [i for each in some for i in view.children(each, "prep")]
    opened = view[index - 1].form == ","
    behind = [i for i in below if (view[i - 1].form == ",") == opened]
    if not behind or view[behind[0]].form.lower() not in _SETTING:
        return
    if _is_person(view, named[-1], lexicon) and (opened or len(below) == 1):
        yield behind[0], replace(view[behind[0]], head=above)


@formed("by")
def _means_of_deed(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "arrested for shipping arms by sending boxes": so they were shipped."""
    slots = lexicon.slots
    token, verb = view[prep], view[prep].head
    penal = view[verb].lemma in (*slots.penalties, *slots.harmed, *slots.accusing)
    means = any(view[i].xpos == "VBG" for i in view.children(prep, "pcomp"))
    if token.deprel not in ("prep", "agent") or not penal or not means:
        return
    deeds = [i for i in range(verb + 1, prep) if _is_gerund_below(view, i, verb)]
    if deeds:
        yield prep, replace(token, head=deeds[-1])


@formed("for")
def _judged_for(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "annulled the conviction of X for bribing Y": X was convicted for it."""
    token, verb = view[prep], view[prep].head
    gerund = any(view[i].xpos == "VBG" for i in view.children(prep, "pcomp"))
    deeds = [i for i in view.children(verb, "dobj") if i < prep]
    judged = deeds and view[deeds[-1]].lemma in lexicon.slots.verdicts
    if token.deprel == "prep" and view[verb].upos == "VERB" and gerund and judged:
        yield prep, replace(token, head=deeds[-1])


@formed("for")
def _penalty_for(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "sentenced to two years imprisonment for theft": for that somebody is sentenced."""
    term = view[prep].head
    first = view[term].head if view[term].deprel == "conj" else term  # "to a year and a fine for"
    to = view[first].head
    verb = view[to].head
    told = view[prep].deprel == "prep" and view[to].form.lower() == "to"
    judging = lexicon.verbs.get(view[verb].lemma, ()) if told and view[verb].upos == "VERB" else ()
    if any(each.type == "Sentencing" for each in judging) and term < prep:
        yield prep, replace(view[prep], head=verb)


@formed("from")
def _from_in_protest(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "protests against the killings from rebels": the rebels kill, and do not protest."""
    deed, noun = view[prep].head, prep - 1
    against = view[noun].head
    within = view[noun].deprel == "pobj" and view[against].form.lower() == "against"
    if within and view[against].head == deed and view[noun].lemma in lexicon.nouns:
        yield prep, replace(view[prep], head=noun)


def _is_gerund_below(view: View, index: int, verb: int) -> bool:
    gerund = view[index].xpos == "VBG" and view[index].deprel == "pcomp"
    return gerund and view.is_below(index, verb)


@formed("in")
def _setting_of_deed(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "the suspect in the attack on Monday outside X": the attack was then and there."""
    who = view[prep].head
    if view[who].lemma not in lexicon.slots.involved or view[prep].deprel != "prep":
        return
    deeds = [i for i in view.children(prep, "pobj") if view[i].lemma in lexicon.nouns]
    for index in view.children(who, "npadvmod", "prep") if deeds else ():
        setting = view[index].deprel == "npadvmod" or view[index].form.lower() in _AROUND
        if index > deeds[0] and setting:
            yield index, replace(view[index], head=deeds[0])


@related("acl")
def _harm_on_place(view: View, clause: int, lexicon: Lexicon) -> Changes:
    """As in "bombs go off outside a mosque killing ten": they kill, the mosque does not."""
    token, noun = view[clause], view[clause].head
    prep = view[noun].head
    verb = view[prep].head
    kind = lexicon.noun_classes.get(view[noun].lemma)
    harm = token.xpos == "VBG" and token.lemma in lexicon.slots.harms
    placed = kind is not None and is_a(kind, "Place") and view[noun].deprel == "pobj"
    if harm and placed and view[prep].deprel == "prep" and view[verb].upos == "VERB":
        yield clause, replace(token, head=verb, deprel="advcl")


@formed("targeting")
def _target_of_raids(view: View, clause: int, lexicon: Lexicon) -> Changes:
    """As in "carry out raids in four towns targeting nine men": the raids do, and no state."""
    place = view[clause].head
    prep = view[place].head
    deed = view[prep].head
    inside = view[clause].deprel == "acl" and view[place].deprel == "pobj" and place < clause
    if not inside or view[prep].form.lower() not in _WHERE or view[deed].upos != "NOUN":
        return
    triggers = lexicon.nouns.get(view[deed].lemma, ())
    if any(is_one_of(trigger.type, _DEEDS) for trigger in triggers):
        yield clause, replace(view[clause], head=deed)


@formed("against")
def _against_of_deed(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "drops its lawsuit against X": it is against X, whatever becomes of it.

    Not so where verb and noun tell of the deed together ("filed a lawsuit against X").
    """
    token, noun = view[prep], prep - 1
    verb = token.head
    own = view[noun].deprel == "dobj" and view[noun].head == verb
    words = (view[noun].lemma, view[noun].form.lower())  # "charges", in the plural alone
    triggers = (trigger for word in words for trigger in lexicon.nouns.get(word, ()))
    aimed = any("against" in trigger.frame.roles for trigger in triggers)
    told = any("against" in t.frame.roles for t in lexicon.verbs.get(view[verb].lemma, ()))
    phrase = f"{view[verb].lemma} {view[noun].lemma}" in lexicon.verbs
    operator = lexicon.nominal_verbs.get(view[verb].lemma)
    light = operator is not None and operator.effect == "pass"
    if token.deprel == "prep" and own and aimed and not (told or phrase or light):
        yield prep, replace(token, head=noun)


@formed("during")
def _during_doer(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "killed by a group of rebels during a raid": then they were killed."""
    token, noun = view[prep], view[prep].head
    kind = lexicon.noun_classes.get(view[noun].lemma, "Entity")
    people = view[noun].upos == "NOUN" and is_a(kind, "Agent")
    if token.deprel != "prep" or not people or view[noun].lemma in lexicon.nouns:
        return
    while view[noun].upos not in ("VERB", "AUX") and view[noun].head != noun:
        noun = view[noun].head
    if view[noun].upos == "VERB" and noun < prep:
        yield prep, replace(token, head=noun)


@tagged("VBG")
def _deed_of_force(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "killed by Syrian army shelling in Homs": a noun without an article describes the deed.

    The parser has the army, or whoever was killed, do the shelling.
    """
    token, form, force = view[index], view[index].form.lower(), index - 1
    prep = view[force].head
    bare = view[force].xpos == "NN" and view[force].deprel == "pobj"
    bare = bare and force >= view.first
    if not bare or token.deprel not in ("acl", "advcl") or form not in lexicon.nouns:
        return
    own = view.children(index, "dobj", "nsubj", "mark", "aux", "ccomp")
    if token.head not in (force, view[prep].head) or own or lexicon.noun_classes.get(form):
        return
    if view.children(force, "det", "poss", "nummod"):
        return
    yield from view.hung((i for i in view.children(force) if i < force), index)
    yield index, replace(token, lemma=form, upos="NOUN", xpos="NN", head=prep, deprel="pobj")
    yield force, replace(view[force], head=index, deprel="compound")


def _undergoers(view: View, deed: int) -> list[int]:
    """What stands after "of"."""
    of = [i for i in view.children(deed, "prep") if view[i].form.lower() == "of"]
    return [i for each in of[:1] for i in view.children(each, "pobj")]


def _is_person(view: View, index: int, lexicon: Lexicon) -> bool:
    """A noun for people, or a name after a title or with a given name."""
    if view[index].upos == "NOUN":
        return lexicon.noun_classes.get(view[index].lemma) in _PEOPLE
    before = view.children(index, "compound")
    titled = any(lexicon.noun_classes.get(view[i].lemma.lower()) in _PEOPLE for i in before)
    return titled or any(view[i].form in given_names() for i in before)


@related("det")
def _no_in_name(view: View, no: int, lexicon: Lexicon) -> Changes:
    """As in "a no confidence vote": a vote there was, in which no confidence was told."""
    noun = min(no + 1, view.last - 1)
    named = view[noun].lemma in lexicon.slots.no_names and view[noun].head == view[no].head
    if view[no].form.lower() == "no" and named and view[noun].deprel == "compound":
        yield no, replace(view[no], head=noun)


DEED_REPAIRS: tuple[Repair, ...] = (
    _no_in_name,
    _of_deed_in_place,
    _also_of_deed,
    _included_in_deed,
    _told_behind_included,
    _means_of_deed,
    _setting_of_deed,
    _harm_on_place,
    _judged_for,
    _penalty_for,
    _from_in_protest,
    _deed_of_force,
    _during_doer,
    _against_of_deed,
    _target_of_raids,
)
