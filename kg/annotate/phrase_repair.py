"""Repairs of what belongs to which noun, and of verbs that a number made look like nouns."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.reattach import Repair
from kg.annotate.time_words import time_lexicon
from kg.annotate.view import View
from kg.lexicon import Lexicon, Trigger
from kg.model import Token
from kg.vocab import is_a

_FINITE = ("VBD", "VBZ", "VBP")
_VOICED = ("Protest", "CommunicationEvent")


def _voice_of_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "arrest ten after rallies on Monday calling for X": the rallies call for it."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBG"):
        token = view[index]
        if token.xpos != "VBG" or token.deprel != "advcl" or token.head > index:
            continue
        cue = any(is_a(t.type, "Demand") for t in _verb_triggers(view, index, lexicon))
        if not cue or view.children(index, "mark", "aux", "nsubj"):
            continue
        noun = _noun_before(view, index)
        if noun is not None and noun > token.head and _is_voiced(view[noun], lexicon):
            changed[index] = replace(token, head=noun, deprel="acl")
    return changed


def _verb_triggers(view: View, verb: int, lexicon: Lexicon) -> tuple[Trigger, ...]:
    lemma = view[verb].lemma
    after = view[verb + 1].form.lower() if verb + 1 < view.last else ""
    return lexicon.verbs.get(f"{lemma} {after}", lexicon.verbs.get(lemma, ()))


def _noun_before(view: View, index: int) -> int | None:
    """The noun that the participle follows, when the times between them are left out."""
    noun = index - 1
    while noun > view.first and _is_time(view[noun]):
        noun -= 2 if view[noun - 1].form.lower() in ("on", "last", "this") else 1
    return noun if noun >= view.first and noun < index - 1 else None


def _is_time(token: Token) -> bool:
    return token.form in time_lexicon().calendar or token.deprel == "npadvmod"


def _is_voiced(token: Token, lexicon: Lexicon) -> bool:
    kinds = [trigger.type for trigger in lexicon.nouns.get(token.lemma, ())]
    return token.lemma in lexicon.report_nouns or any(
        is_a(kind, each) for kind in kinds for each in _VOICED
    )


def _which_of_things(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "raids against dealers, which have killed ten": of people one says "who"."""
    changed: dict[int, Token] = {}
    for index in view.related("relcl"):
        token, people = view[index], view[index].head
        which = [i for i in view.children(index, "nsubj") if view[i].form.lower() == "which"]
        kind = lexicon.noun_classes.get(view[people].lemma, "Entity")
        if not which or not (is_a(kind, "Person") or is_a(kind, "PersonGroup")):
            continue
        prep = view[people].head
        thing = view[prep].head
        if view[people].deprel == "pobj" and view[thing].upos == "NOUN":
            changed[index] = replace(token, head=thing)
    return changed


def _beside_sided(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "between the SDF and Turkish-backed rebels": they are two, and the SDF no modifier."""
    changed: dict[int, Token] = {}
    for index in view.related("nmod"):
        token, noun = view[index], view[index].head
        joints = view.children(index, "cc")
        if token.xpos != "NNP" or not joints or view.children(index, "conj"):
            continue
        sided = [i for i in view.children(noun, "amod") if joints[-1] < i and view[i].xpos == "VBN"]
        two = view[view[noun].head].form.lower() == "between"
        if two and sided and index < joints[-1] < noun and view.children(sided[0], "npadvmod"):
            left = [i for i in view.children(noun) if i < index]
            changed[index] = replace(token, head=view[noun].head, deprel=view[noun].deprel)
            changed[noun] = replace(view[noun], head=index, deprel="conj")
            changed |= {i: replace(view[i], head=index) for i in left}
    return changed


def _model_before_verb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "An Antonov 12 crashes": the number is the model's, and counts no crashes."""
    for verb in view.roots():
        token, number = view[verb], verb - 1
        name = number - 1
        if token.xpos != "NNS" or name < view.first or view[number].xpos != "CD":
            continue
        lemma = token.lemma
        left = [i for i in view.children(verb) if i < name]
        one = all(view[i].form.lower() in ("a", "an") for i in left if view[i].deprel == "det")
        plain = view[name].xpos == "NNP" and {view[name].head, view[number].head} == {verb}
        if not plain or not one or lemma not in lexicon.verbs:
            continue
        changed = {
            verb: replace(token, upos="VERB", xpos="VBZ"),
            name: replace(view[name], deprel="nsubj"),
            number: replace(view[number], head=name, deprel="appos"),
        }
        changed |= {i: replace(view[i], head=name) for i in left}
        loose = [i for i in view.children(verb, "acl") if view[i - 1].form == ","]
        return changed | {i: replace(view[i], deprel="advcl") for i in loose}
    return {}


def _counted_people(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "Over 900 Swiss protest against X": many of them do, and no state's protest is told."""
    for verb in view.roots():
        token, people = view[verb], verb - 1
        numbers = view.children(verb, "nummod")
        if token.xpos != "NN" or len(numbers) != 1 or numbers[0] != people - 1:
            continue
        many = view[numbers[0]].form.lower() not in ("one", "1")
        people_too = view[people].deprel == "amod" and view[people].form[0].isupper()
        if not many or not people_too or token.lemma not in lexicon.verbs:
            continue
        left = [i for i in view.children(verb) if i < people]
        named = replace(view[people], upos="PROPN", xpos="NNPS", deprel="nsubj")
        changed = {verb: replace(token, upos="VERB", xpos="VBP"), people: named}
        return changed | {i: replace(view[i], head=people) for i in left}
    return {}


def _hurt_as(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "two die and ten others hurt as gunmen open fire": the gunmen do, not the ten."""
    changed: dict[int, Token] = {}
    for doer in view.related("pobj"):
        as_, verb = view[doer].head, doer + 1
        harm = view[as_].head
        if verb >= view.last or view[verb].xpos not in _FINITE or view[as_].form.lower() != "as":
            continue
        people = view[harm].head
        hurt = view[harm].xpos == "VBN" and view[harm].deprel == "acl" and people == harm - 1
        if not hurt or view[people].deprel != "nsubj" or view[people].head != verb:
            continue
        if view[verb].deprel != "conj":
            continue
        changed[harm] = replace(view[harm], upos="VERB", head=view[verb].head, deprel="conj")
        changed[people] = replace(view[people], head=harm, deprel="nsubjpass")
        changed[doer] = replace(view[doer], head=verb, deprel="nsubj")
        changed[as_] = replace(view[as_], upos="SCONJ", head=verb, deprel="mark")
        changed[verb] = replace(view[verb], head=harm, deprel="advcl")
    return changed


def _listed_charge(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "accused of arming rebels, burning farms and killing ten": accused of it all."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBG"):
        token, verb = view[index], view[index].head
        if token.xpos != "VBG" or token.deprel != "advcl" or verb > index:
            continue
        cue = lexicon.report_verbs.get(view[verb].lemma)
        if cue is None or cue.kind != "accusation" or view.children(index, "mark", "aux"):
            continue
        first = [i for p in view.children(verb, "prep") for i in view.children(p, "pcomp")]
        listed = view.children(index, "conj") or token.lemma in lexicon.slots.harms
        if first and first[-1] < index and view[index - 1].form == "," and listed:
            changed[index] = replace(token, head=first[-1], deprel="conj")
    return changed


PHRASE_REPAIRS: tuple[Repair, ...] = (
    _voice_of_noun,
    _which_of_things,
    _beside_sided,
    _model_before_verb,
    _counted_people,
    _hurt_as,
    _listed_charge,
)
"""In the order in which they are tried."""
