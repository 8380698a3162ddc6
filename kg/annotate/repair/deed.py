"""Repairs around event nouns: whom a deed was done to, hung on where or when it was done."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.reattach import Repair
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon, given_names
from kg.model import Token
from kg.vocab import is_a

_PEOPLE = ("Person", "PersonGroup")
_SETTING = ("in", "at", "near", "on", "during")


def _of_deed_in_place(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "the murder in Lima of a judge", "the killing in May of X": the deed is of them."""
    changed: dict[int, Token] = {}
    calendar = time_lexicon().calendar
    for of in view.formed("of"):
        setting, prep = view[of].head, view[view[of].head].head
        deed = view[prep].head
        named = view[setting].upos == "PROPN" or view[setting].form in calendar
        if not named or view[prep].form.lower() not in _SETTING or not deed < prep < setting < of:
            continue
        people = [i for i in view.children(of, "pobj") if _is_person(view, i, lexicon)]
        if not people or view[deed].upos != "NOUN" or view[deed].lemma not in lexicon.nouns:
            continue
        changed[of] = replace(view[of], head=deed)
        beside = [i for i in view.children(setting, "appos") if i > people[0]]
        changed |= {i: replace(view[i], head=people[0]) for i in beside}
    return changed


def _also_of_deed(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "the murder of a judge and two guards": they were murdered too, not joined to it."""
    changed: dict[int, Token] = {}
    for noun in view.related("conj"):
        deed = view[noun].head
        if view[deed].upos != "NOUN" or view[deed].lemma not in lexicon.nouns:
            continue
        both = [*_undergoers(view, deed)[:1], noun]
        apart = any(view[i].form == ";" for i in range(deed, noun))
        if (
            len(both) > 1
            and both[0] < noun
            and not apart
            and all(_is_person(view, i, lexicon) for i in both)
        ):
            changed[noun] = replace(view[noun], head=both[0])
            between = [i for i in view.children(deed, "cc", "punct") if both[0] < i < noun]
            changed |= {i: replace(view[i], head=both[0]) for i in between}
            later = view.children(noun, "acl")
            changed |= {i: replace(view[i], head=deed) for i in later if view.children(i, "agent")}
    return changed


def _included_in_deed(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "the murder of ten, including a judge, was condemned": the judge is one of the ten."""
    changed: dict[int, Token] = {}
    for index in view.formed("including"):
        deed = view[index].head
        if view[index].deprel != "prep" or view[deed].lemma not in lexicon.nouns:
            continue
        named = [i for i in view.children(index, "pobj") if _is_person(view, i, lexicon)]
        people = _undergoers(view, deed)
        if people and named and people[0] < index and view[deed].upos == "NOUN":
            changed[index] = replace(view[index], head=people[0])
    return changed


def _means_of_deed(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "arrested for shipping arms by sending boxes": so they were shipped."""
    changed: dict[int, Token] = {}
    slots = lexicon.slots
    for prep in view.formed("by"):
        token, verb = view[prep], view[prep].head
        penal = view[verb].lemma in (*slots.penalties, *slots.harmed, *slots.accusing)
        means = any(view[i].xpos == "VBG" for i in view.children(prep, "pcomp"))
        if token.deprel not in ("prep", "agent") or not penal or not means:
            continue
        deeds = [i for i in range(verb + 1, prep) if _is_gerund_below(view, i, verb)]
        if deeds:
            changed[prep] = replace(token, head=deeds[-1])
    return changed


def _judged_for(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "annulled the conviction of X for bribing Y": X was convicted for it."""
    changed: dict[int, Token] = {}
    for prep in view.formed("for"):
        token, verb = view[prep], view[prep].head
        gerund = any(view[i].xpos == "VBG" for i in view.children(prep, "pcomp"))
        deeds = [i for i in view.children(verb, "dobj") if i < prep]
        judged = deeds and view[deeds[-1]].lemma in lexicon.slots.verdicts
        if token.deprel == "prep" and view[verb].upos == "VERB" and gerund and judged:
            changed[prep] = replace(token, head=deeds[-1])
    return changed


def _is_gerund_below(view: View, index: int, verb: int) -> bool:
    gerund = view[index].xpos == "VBG" and view[index].deprel == "pcomp"
    return gerund and view.is_below(index, verb)


def _harm_on_place(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "bombs go off outside a mosque killing ten": they kill, the mosque does not."""
    changed: dict[int, Token] = {}
    for clause in view.related("acl"):
        token, noun = view[clause], view[clause].head
        prep = view[noun].head
        verb = view[prep].head
        kind = lexicon.noun_classes.get(view[noun].lemma)
        harm = token.xpos == "VBG" and token.lemma in lexicon.slots.harms
        placed = kind is not None and is_a(kind, "Place") and view[noun].deprel == "pobj"
        if harm and placed and view[prep].deprel == "prep" and view[verb].upos == "VERB":
            changed[clause] = replace(token, head=verb, deprel="advcl")
    return changed


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


DEED_REPAIRS: tuple[Repair, ...] = (
    _of_deed_in_place,
    _also_of_deed,
    _included_in_deed,
    _means_of_deed,
    _harm_on_place,
    _judged_for,
)
