"""Repairs of what belongs to which noun, and of verbs that a number made look like nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from kg.annotate.quantity_words import quantity_lexicon
from kg.annotate.repair.step import Changes, Repair, formed, related, roots, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon, Trigger
from kg.model import Token
from kg.vocab import is_a

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass")
_VOICED = ("Protest", "CommunicationEvent")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


@tagged("VBG")
def _voice_of_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "arrest ten after rallies on Monday calling for X": the rallies call for it."""
    token = view[index]
    if token.deprel != "advcl" or token.head > index:
        return
    cue = any(is_a(t.type, "Demand") for t in _verb_triggers(view, index, lexicon))
    if not cue or view.children(index, "mark", "aux", "nsubj"):
        return
    noun = _noun_before(view, index)
    if noun is not None and noun > token.head and _is_voiced(view[noun], lexicon):
        yield index, replace(token, head=noun, deprel="acl")


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


@related("relcl")
def _which_of_things(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "raids against dealers, which have killed ten": of people one says "who".

    So too "raids on a town, which were repelled", "a state which jails priests, which threatens
    bishops", "ten men deported by Peru, which says": the verb tells whether one or many are meant.
    """
    token, noun = view[index], view[index].head
    words = [view[i].form.lower() for i in view.children(index, *_SUBJECTS)]
    which = "which" in words
    if not which and "that" not in words:
        return
    many = _tells_many(view, index)
    person = which and _is_person(view, noun, lexicon)
    unlike = many is not None and _is_many(view, noun) != many
    nearest = min([index, *(i for i in view.children(index, *_SUBJECTS))]) - 2
    between = [nearest] if nearest > noun and view[nearest].upos in ("NOUN", "PROPN") else []
    for thing in (*between, *_nouns_above(view, noun)) if person or unlike else ():
        agrees = many is None or _is_many(view, thing) == many
        if agrees and not (which and _is_person(view, thing, lexicon)):
            yield index, replace(token, head=thing)
            break


@related("relcl")
def _who_of_people(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "the leader of the party, who was deported": of one man of it, not of the party."""
    token, noun = view[index], view[index].head
    who = any(view[i].form.lower() == "who" for i in view.children(index, *_SUBJECTS))
    kind = lexicon.noun_classes.get(view[noun].lemma.lower())
    if not who or kind is None or not (is_a(kind, "Organization") or is_a(kind, "Place")):
        return
    people = [i for i in _nouns_above(view, noun) if _is_person(view, i, lexicon)]
    if people:
        yield index, replace(token, head=people[0])


def _is_person(view: View, noun: int, lexicon: Lexicon) -> bool:
    kind = lexicon.noun_classes.get(view[noun].lemma, "Entity")
    return is_a(kind, "Person") or is_a(kind, "PersonGroup")


def _tells_many(view: View, verb: int) -> bool | None:
    """Whether the form of a verb tells that its subject is many, or one; most past forms do not."""
    words = [verb, *view.children(verb, "aux", "auxpass")]
    if any(view[i].form.lower() in ("was", "is", "has") or view[i].xpos == "VBZ" for i in words):
        return False
    many = any(
        view[i].form.lower() in ("were", "are", "have") and view[i].xpos != "VB" for i in words
    )
    return True if many or any(view[i].xpos == "VBP" for i in words) else None


def _is_many(view: View, noun: int) -> bool:
    joined = view[noun].deprel == "conj" or bool(view.children(noun, "conj"))
    return joined or view[noun].xpos in ("NNS", "NNPS")


def _nouns_above(view: View, noun: int) -> Iterator[int]:
    """The common nouns that it tells of: "raids" of "raids on a town", "state" of "a state that".

    Nearest first, as far as the phrase goes.
    """
    while view[noun].head != noun:
        inside = view[noun].deprel in ("pobj", "prep", "relcl") or (
            view[noun].deprel == "dobj" and view[view[noun].head].deprel == "relcl"
        )
        if not inside:
            return
        noun = view[noun].head
        if view[noun].upos == "NOUN":
            yield noun


@related("relcl")
def _which_of_owner(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "Dean, the head of X, which was banned": what was banned is X."""
    people = view[index].head
    which = [i for i in view.children(index, *_SUBJECTS) if view[i].form.lower() == "which"]
    told = [i for i in (people, *view.children(people, "appos")) if _is_person(view, i, lexicon)]
    last = which[0] - 2 if which else view.first
    if not told or last <= view.first or view[last + 1].form != ",":
        return
    owner = view[view[last].head].head
    if view[last].deprel == "pobj" and owner in told and not _is_person(view, last, lexicon):
        yield index, replace(view[index], head=last)


@related("acl")
def _event_behind_name(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "protested the John Doe police killing": no police who kill, but what they did to him.

    Behind "the" and a name, a noun of an event without an object was taken for a participle.
    """
    token, body = view[index], view[index].head
    bare = body == index - 1 and not view.children(index, "dobj", "prt", "advmod")
    if token.xpos != "VBG" or not bare or token.form.lower() not in lexicon.nouns:
        return
    names = [i for i in view.children(body, "compound") if view[i].xpos == "NNP"]
    definite = [i for i in view.children(body, "det") if view[i].form.lower() == "the"]
    if names and definite and view[body].xpos in ("NN", "NNS"):
        whole = replace(token, lemma=token.form.lower(), upos="NOUN", xpos="NN")
        place = replace(whole, head=view[body].head, deprel=view[body].deprel)
        yield body, replace(view[body], head=index, deprel="compound")
        yield from view.hung((*names, *definite), index)
        yield index, place


@related("nmod")
def _beside_sided(view: View, index: int, _: Lexicon) -> Changes:
    """As in "between the SDF and Turkish-backed rebels": they are two, and the SDF no modifier."""
    token, noun = view[index], view[index].head
    joints = view.children(index, "cc")
    if token.xpos != "NNP" or not joints or view.children(index, "conj"):
        return
    two = view[view[noun].head].form.lower() == "between" and not view.children(noun, "conj")
    if two and index < joints[-1] < noun:
        left = [i for i in view.children(noun) if i < index]
        yield index, replace(token, head=view[noun].head, deprel=view[noun].deprel)
        yield noun, replace(view[noun], head=index, deprel="conj")
        yield from view.hung(left, index)


@roots
def _model_before_verb(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "An Antonov 12 crashes": the number is the model's, and counts no crashes."""
    token, number = view[verb], verb - 1
    name = number - 1
    if token.xpos != "NNS" or name < view.first or view[number].xpos != "CD":
        return
    lemma = token.lemma
    left = [i for i in view.children(verb) if i < name]
    one = all(view[i].form.lower() in ("a", "an") for i in left if view[i].deprel == "det")
    plain = view[name].xpos == "NNP" and {view[name].head, view[number].head} == {verb}
    if not plain or not one or lemma not in lexicon.verbs:
        return
    yield verb, replace(token, upos="VERB", xpos="VBZ")
    yield name, replace(view[name], deprel="nsubj")
    yield number, replace(view[number], head=name, deprel="appos")
    yield from view.hung(left, name)
    loose = [i for i in view.children(verb, "acl") if view[i - 1].form == ","]
    yield from ((i, replace(view[i], deprel="advcl")) for i in loose)


@roots
def _counted_people(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Over 900 Swiss protest against X": many of them do, and no state's protest is told."""
    token, people = view[verb], verb - 1
    numbers = view.children(verb, "nummod")
    if token.xpos != "NN" or len(numbers) != 1 or numbers[0] != people - 1:
        return
    many = view[numbers[0]].form.lower() not in ("one", "1")
    people_too = view[people].deprel == "amod" and view[people].form[0].isupper()
    if not many or not people_too or token.lemma not in lexicon.verbs:
        return
    left = [i for i in view.children(verb) if i < people]
    named = replace(view[people], upos="PROPN", xpos="NNPS", deprel="nsubj")
    yield verb, replace(token, upos="VERB", xpos="VBP")
    yield people, named
    yield from view.hung(left, people)


@related("pobj")
def _hurt_as(view: View, doer: int, _: Lexicon) -> Changes:
    """As in "two die and ten others hurt as gunmen open fire": the gunmen do, not the ten."""
    as_, verb = view[doer].head, doer + 1
    harm = view[as_].head
    if view[as_].form.lower() != "as" or verb >= view.last or view[verb].xpos not in _FINITE:
        return
    people = view[harm].head
    hurt = view[harm].xpos == "VBN" and view[harm].deprel == "acl" and people == harm - 1
    if not hurt or view[people].deprel != "nsubj" or view[people].head != verb:
        return
    if view[verb].deprel != "conj":
        return
    yield harm, replace(view[harm], upos="VERB", head=view[verb].head, deprel="conj")
    yield people, replace(view[people], head=harm, deprel="nsubjpass")
    yield doer, replace(view[doer], head=verb, deprel="nsubj")
    yield as_, replace(view[as_], upos="SCONJ", head=verb, deprel="mark")
    yield verb, replace(view[verb], head=harm, deprel="advcl")


@tagged("VBG")
def _listed_charge(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "accused of arming rebels, burning farms and killing ten": accused of it all.

    So too "had dreams of crossing the river, taking X and ruling Y": all of it was dreamt of.
    """
    token, verb = view[index], view[index].head
    if token.deprel != "advcl" or verb > index:
        return
    cue = lexicon.report_verbs.get(view[verb].lemma)
    above = [verb] if cue is not None and cue.kind == "accusation" else []
    above += [i for i in view.children(verb, "dobj") if _is_unreal(view[i], lexicon)]
    if not above or view.children(index, "mark", "aux"):
        return
    preps = [i for each in above for i in view.children(each, "prep")]
    first = [i for prep in preps for i in view.children(prep, "pcomp")]
    listed = view.children(index, "conj") or token.lemma in lexicon.slots.harms
    if first and first[-1] < index and view[index - 1].form == "," and listed:
        yield index, replace(token, head=first[-1], deprel="conj")


def _is_unreal(token: Token, lexicon: Lexicon) -> bool:
    """Whether it is a word for what need not come about: a dream, a plan."""
    operator = lexicon.nominal_nouns.get(token.lemma)
    return operator is not None and operator.modality is not None


@tagged("VBD", by=("conj", "advcl"))
def _state_of_person(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the party of X and detained senator Y", "Y, detained son of X, left": nobody detains.

    A finite verb stands beside no noun, and has a subject; this one describes what follows it.
    """
    token, above = view[verb], view[verb].head
    objects = view.children(verb, "dobj")
    own = view.children(verb, *_SUBJECTS, "aux", "mark", "neg")
    if len(objects) != 1 or own:
        return
    noun = objects[0]
    bare = view[noun].xpos in ("NN", "NNP") and not view.children(noun, "det", "poss", "nummod")
    inside = {verb + 1, *(i + 1 for i in view.children(noun, "compound"))}
    if not bare or noun not in inside or not _is_said_of_person(view, verb + 1, lexicon):
        return
    if token.deprel == "conj" and view[above].upos in ("NOUN", "PROPN"):
        place = replace(view[noun], head=above, deprel="conj")
    elif view[verb - 1].form == "," and view[verb - 2].upos == "PROPN" and above > noun:
        place = replace(view[noun], head=verb - 2, deprel="appos")
    else:
        return
    yield from view.hung((i for i in view.children(verb) if i != noun), above)
    yield noun, place
    yield verb, replace(token, xpos="VBN", head=noun, deprel="amod")


def _is_said_of_person(view: View, index: int, lexicon: Lexicon) -> bool:
    kind = lexicon.noun_classes.get(view[index].lemma.lower(), "Entity")
    return view[index].xpos == "NN" and is_a(kind, "Person")


@related("advcl")
def _first_to_do(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "aims to become the first state to own and run X": it is what the first one does."""
    token = view[index]
    to = [i for i in view.children(index, "aux") if view[i].form.lower() == "to"]
    nouns = [i for i in view.children(token.head, "attr") if to and i == to[0] - 1]
    ranked = (view[i].lemma for noun in nouns for i in view.children(noun, "amod"))
    if token.xpos == "VB" and any(word in lexicon.slots.rankings for word in ranked):
        yield index, replace(token, head=nouns[0], deprel="relcl")


@tagged("CD")
def _money_as_number(view: View, index: int, _: Lexicon) -> Changes:
    """As in "demanded 250 million naira", where the money was taken for one more number."""
    token = view[index]
    if token.form.lower() in quantity_lexicon().data.currencies:
        yield index, replace(token, upos="NOUN", xpos="NNS")


@related("npadvmod")
def _some_as_adverb(view: View, index: int, _: Lexicon) -> Changes:
    """As in "shot down 115 of 181 drones": how many was hung on "down" as a measure."""
    token, particle = view[index], view[index].head
    verb = view[particle].head
    of = [i for i in view.children(index, "prep") if view[i].form == "of"]
    some = token.xpos == "CD" and of == [index + 1] and index == particle + 1
    if some and view[particle].deprel in ("advmod", "prt") and not view.children(verb, "dobj"):
        yield index, replace(token, head=verb, deprel="dobj")


@tagged("CD", by=("nummod",))
def _year_as_count(view: View, index: int, _: Lexicon) -> Changes:
    """As in "since 2011 rebels have held X": no such number of rebels."""
    token, prep = view[index], index - 1
    dated = prep >= view.first and view[prep].form.lower() in time_lexicon().cues
    if not dated or not _YEAR.fullmatch(token.form) or view.children(prep, "pobj", "pcomp"):
        return
    if view[prep].deprel in ("prep", "mark"):
        yield index, replace(token, head=prep, deprel="pobj")
        yield prep, replace(view[prep], upos="ADP", xpos="IN", deprel="prep")


@formed("vice", "ex", "co", "deputy")
def _prefixed_noun(view: View, index: int, _: Lexicon) -> Changes:
    """As in "fired his vice-president": one noun, and no object beside another."""
    mark, noun = index + 1, index + 2
    if noun >= view.last or view[mark].form != "-" or view[noun].upos not in ("NOUN", "PROPN"):
        return
    if view[index].end != view[mark].start or view[mark].end != view[noun].start:
        return
    token = view[index]
    if token.head != noun:
        yield noun, replace(view[noun], head=token.head, deprel=token.deprel)
    yield from view.hung((i for i in view.children(index) if i not in (mark, noun)), noun)
    yield index, replace(token, head=noun, deprel="compound")
    yield mark, replace(view[mark], upos="PUNCT", head=noun, deprel="punct")


@tagged("VBN", by=("conj",))
def _feared_beside(view: View, index: int, _: Lexicon) -> Changes:
    """As in "ten people are missing and feared dead": they are feared so, and fear nothing."""
    joint, first = index - 1, index - 2
    if first < view.first or view[joint].deprel != "cc" or not view.children(index, "oprd"):
        return
    people = view.children(first, "nsubj")
    helped = view.children(index, "aux", "auxpass", "nsubj", "nsubjpass")
    if view[first].xpos == "VBG" and people and not helped:
        yield index, replace(view[index], head=people[0], deprel="acl")
        yield joint, replace(view[joint], head=first)


PHRASE_REPAIRS: tuple[Repair, ...] = (
    _some_as_adverb,
    _money_as_number,
    _voice_of_noun,
    _year_as_count,
    _prefixed_noun,
    _feared_beside,
    _which_of_owner,
    _which_of_things,
    _who_of_people,
    _event_behind_name,
    _beside_sided,
    _model_before_verb,
    _counted_people,
    _hurt_as,
    _listed_charge,
    _state_of_person,
    _first_to_do,
)
"""In the order in which they are tried."""
