"""Repairs of lists: the parser takes the second of three for another word for the first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.vocab import is_a

_ARTICLES = ("a", "an")
_OTHERS = ("his", "her", "their")
_SUBJECTS = ("nsubj", "nsubjpass")
_FINITE = ("VBZ", "VBP", "VBD")


@tagged("NN", "NNS", "NNP", "NNPS", by=("appos", "dobj"))
def _second_of_three(view: View, second: int, _: Lexicon) -> Changes:
    """As in "arrested a teacher, a nurse, and a driver", "the mayor, his brother, and two aides".

    Nobody is two people who are each told of for the first time, or his own brother, or bears
    two names with a title each; the comma before "and", or who else is told of, makes it a list.
    """
    first = _first_beside(view, second)
    if first is None or not _are_two(view, first, second):
        return
    people = [first, second, *_beside(view, first, second), *_beside(view, second, second)]
    joint = _joint(view, people[1:]) or _joint(view, people[:1])
    if joint is None or joint < second:
        return
    above = view[joint].head
    rest = [*view.children(above, "conj"), *view.children(view[first].head, *_SUBJECTS)]
    third = next((i for i in rest if i > joint), None)
    if third is None or not (view[joint - 1].form == "," or people[2:] or _is_other(view, third)):
        return
    yield from view.hung((second,), first, "conj")
    yield joint, replace(view[joint], head=people[-1])
    yield from view.hung((*people[2:], third), second, "conj")


def _beside(view: View, noun: int, second: int) -> list[int]:
    """Those behind the second of a list, each hung on one before as what else that one is."""
    found = [i for i in view.children(noun, "appos") if i > second and _is_after_comma(view, i)]
    return [each for i in found for each in (i, *_beside(view, i, second))]


def _is_other(view: View, noun: int) -> bool:
    """A word for somebody who has not been told of: "his driver", "a guard", "two others"."""
    owned = any(view[i].form.lower() in _OTHERS for i in view.children(noun, "poss"))
    return owned or _is_new(view, noun) or _is_titled(view, noun)


def _is_titled(view: View, name: int) -> bool:
    """As in "singer X": a name with a word of its own before it."""
    titles = view.children(name, "compound")[:1]
    return view[name].upos == "PROPN" and any(view[i].form.islower() for i in titles)


@related("nmod", "compound", below=("dobj", "pobj"))
def _person_before_joint(view: View, first: int, lexicon: Lexicon) -> Changes:
    """As in "arrest the captain and crew member": two people, and no member of both."""
    last = view[first].head
    joints, joined = view.children(first, "cc"), view.children(first, "conj")
    articles = [i for i in view.children(last, "det", "poss") if i < first]
    if len(joints) != 1 or joined != [last - 1] or not articles:
        return
    above = view[last]  # "the student and youth leader was" may be one
    if all(_is_person(view, each, lexicon) for each in (first, last)):
        yield first, replace(view[first], head=above.head, deprel=above.deprel)
        yield from view.hung(articles, first)
        yield joined[0], replace(view[joined[0]], head=last, deprel="compound")
        yield last, replace(above, head=first, deprel="conj")


def _is_person(view: View, noun: int, lexicon: Lexicon) -> bool:
    kind = lexicon.noun_classes.get(view[noun].lemma, "Entity")
    return view[noun].xpos == "NN" and is_a(kind, "Person")


@formed("but")
def _all_but(view: View, but: int, _: Lexicon) -> Changes:
    """As in "all but one of the hostages were freed": all of them were, and not the one."""
    whole, number = but - 1, but + 1
    if whole < view.first or number >= view.last or view[whole].form.lower() != "all":
        return
    if view[number].xpos == "CD" and view[number].deprel in (*_SUBJECTS, "dobj"):
        token = view[number]
        yield whole, replace(view[whole], head=token.head, deprel=token.deprel)
        yield but, replace(view[but], head=whole, deprel="prep")
        yield number, replace(token, head=but, deprel="pobj")


def _is_after_comma(view: View, noun: int) -> bool:
    start = _start(view, noun, "det", "poss", "nummod", "amod", "compound")
    return start > view.first and view[start - 1].form == ","


def _first_beside(view: View, second: int) -> int | None:
    """The noun before it and a comma: what it was hung on, or what else the verb takes."""
    above = view[second].head
    if not _is_after_comma(view, second):
        return None
    if view[second].deprel == "appos":
        return above if above < second else None
    others = [i for i in view.children(above, "dobj") if above < i < second]
    return others[0] if others else None


def _are_two(view: View, first: int, second: int) -> bool:
    if any(view[i].form.lower() in _OTHERS for i in view.children(second, "poss")):
        return True
    if view[second].upos != "NOUN":
        return view[first].upos == "PROPN" and _is_titled(view, second)
    return _is_new(view, first) and _is_new(view, second)


def _is_new(view: View, noun: int) -> bool:
    words = view.children(noun, "det", "nummod")
    return any(view[i].form.lower() in _ARTICLES or view[i].deprel == "nummod" for i in words)


def _joint(view: View, people: Sequence[int]) -> int | None:
    """The "and" that ends the list."""
    joints = [i for each in people for i in view.children(each, "cc") if i > people[0]]
    return next((i for i in sorted(joints) if view[i].form.lower() == "and"), None)


@related("conj")
def _list_before_compound(view: View, inner: int, lexicon: Lexicon) -> Changes:
    """As in "including fraud, theft and money laundering": laundering is of money alone."""
    last = inner + 1
    if last >= view.last or view[last].xpos not in ("NN", "NNS"):
        return
    first = next(iter(view.children(last, "nmod", "compound")), last)
    kinds = (f"{view[each].lemma} {view[last].lemma}" for each in (inner, first))
    together, both = (kind in lexicon.nouns for kind in kinds)
    if not together or both or not first < inner:  # "missile and drone strikes"
        return
    if not view.is_below(inner, first) or view[view[inner].head].upos != "NOUN":
        return
    yield first, replace(view[first], head=view[last].head, deprel=view[last].deprel)
    yield last, replace(view[last], head=view[inner].head, deprel="conj")
    yield inner, replace(view[inner], head=last, deprel="compound")


@related("conj")
def _list_before_verb(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Floods in Oman, Iran, and Qatar kill ten": Qatar kills nobody.

    A verb joined to a noun without a verb of its own, whose subject ends the list behind the noun.
    """
    event = view[verb].head
    subjects = view.children(verb, "nsubj")
    if view[verb].xpos not in _FINITE or view[event].head != event or len(subjects) != 1:
        return
    last, joint = subjects[0], _start(view, subjects[0]) - 1
    bare = view[event].upos == "NOUN" or view[event].xpos == "VBG"
    bare = bare and not view.children(event, "nsubj", "nsubjpass", "aux", "auxpass", "dobj")
    if not bare or view[last].xpos not in ("NNP", "NNPS") or joint - 2 <= event:
        return
    before = joint - 1 if view[joint - 1].form != "," else joint - 2
    if view[joint].deprel != "cc" or view[before].xpos not in ("NNP", "NNPS"):
        return
    if not view.is_below(before, event) or not _is_known(view, event, lexicon):
        return
    noun = replace(view[event], upos="NOUN", xpos="NN", lemma=view[event].form.lower())
    event_noun = noun if view[event].xpos == "VBG" else view[event]
    yield last, replace(view[last], head=before, deprel="conj")
    yield joint, replace(view[joint], head=before)
    yield verb, replace(view[verb], head=verb, deprel="ROOT")
    yield event, replace(event_noun, head=verb, deprel="nsubj")


def _start(view: View, noun: int, *deprels: str) -> int:
    return min([noun, *view.children(noun, *(deprels or ("det", "compound", "amod")))])


def _is_known(view: View, event: int, lexicon: Lexicon) -> bool:
    token = view[event]
    return bool({token.lemma, token.form.lower()} & lexicon.nouns.keys())


@related("advcl", "acl")
def _hurt_after_list(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "killing ten and five others injured", "leaves two dead and one person missing".

    The last of the list is who the participle right behind tells of, and no more of the list.
    """
    token, last = view[verb], verb - 1
    passive = token.xpos in ("VBN", "VBD") and token.lemma in lexicon.slots.harmed
    state = token.xpos == "VBG" and token.form.lower() in lexicon.slots.states_in_ing
    if last < view.first or view[last].deprel != "conj" or not (passive or state):
        return
    joint = _start(view, last, "nummod", "det", "amod") - 1
    above = view[last].head
    while view[above].deprel in ("conj", "pobj", "prep", "appos"):
        above = view[above].head
    harm = view[above].head
    harms = view[above].deprel == "dobj" and view[harm].lemma in lexicon.slots.harms
    if passive and view[harm].lemma in lexicon.slots.resulting:
        return  # "left one dead and two injured"
    if not harms or joint <= harm or view[joint].deprel != "cc":
        return
    if view.children(verb, "nsubj", "nsubjpass", "mark", "agent"):
        return
    yield last, replace(view[last], head=verb, deprel="nsubjpass" if passive else "nsubj")
    yield joint, replace(view[joint], head=harm)
    yield verb, replace(token, head=harm, deprel="conj", upos="VERB")


@related("pcomp")
def _place_before_harm(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a bomb explodes in Gao killing ten": where it was, and nobody who kills."""
    prep, place = view[verb].head, view[verb].head + 1
    loose = view[verb].xpos == "VBG" and view[verb].lemma in lexicon.slots.harms
    named = place < verb and view[place].head == verb and view[place].xpos == "NNP"
    if not loose or not named or view[prep].form.lower() not in lexicon.slots.before_places:
        return
    above = view[prep].head
    while view[above].upos not in ("VERB", "AUX") and view[above].head != above:
        above = view[above].head
    yield place, replace(view[place], head=prep, deprel="pobj")
    yield verb, replace(view[verb], head=above, deprel="advcl")


@tagged("NNP", by=("nsubj",))
def _man_of_town(view: View, town: int, _: Lexicon) -> Changes:
    """As in "a Garden Grove, California, man stabs four": whence he is, not one more who does."""
    articles = [i for i in view.children(town, "det") if view[i].form.lower() in _ARTICLES]
    if not articles:
        return
    man = next((i for i in view.children(view[town].head, "nsubj") if i > town), None)
    if man is None or view[man].xpos != "NN" or view[man - 1].form != ",":
        return
    if view.children(man, "det", "poss", "nummod"):
        return
    yield town, replace(view[town], head=man, deprel="compound")
    for article in articles:
        yield article, replace(view[article], head=man)


@related("dobj", "acomp", "oprd")
def _counted_dead(view: View, dead: int, lexicon: Lexicon) -> Changes:
    """As in "leaves at least 36 dead and dozens more missing": so many are left dead."""
    token, verb = view[dead], view[dead].head
    counts = [i for i in view.children(dead, "nummod") if view[i].xpos == "CD"]
    if token.xpos != "JJ" or view[verb].lemma not in lexicon.slots.resulting or not counts:
        return
    if view.children(dead, "det", "poss"):
        return
    count = counts[0]
    yield dead, replace(token, head=count, deprel="amod")
    yield count, replace(view[count], head=verb, deprel="dobj")
    for word in view.children(dead, "advmod"):
        if word < count:
            yield word, replace(view[word], head=count)
    for joint in view.children(dead, "cc"):
        yield joint, replace(view[joint], head=count)
    for other in view.children(dead, "conj"):
        for second in view.children(other, "nsubj", "nummod"):
            yield second, replace(view[second], head=count, deprel="conj")
            yield other, replace(view[other], head=second, deprel="amod")


@tagged("NNP", by=("conj", "dep"))
def _beside_a_date(view: View, second: int, _: Lexicon) -> Changes:
    """As in "seized X in January and Y in February": no date is joined to a name.

    Beside a name that is what happened to be then; in "X left in January and Y in February" it
    hangs loose, as it would have the date of X.
    """
    date = view[second].head
    if view[second].deprel == "dep":
        preps = [i for i in view.children(date, "prep") if i < second][-1:]
        date = next((i for prep in preps for i in view.children(prep, "pobj")), date)
    prep = view[date].head
    verb, calendar = view[prep].head, time_lexicon().calendar
    dated = view[date].deprel == "pobj" and (view[date].form in calendar or view[date].xpos == "CD")
    if not dated or view[second].form in calendar:
        return
    things = [i for i in view.children(verb, "dobj") if i < prep]
    again = any(i == second + 1 for i in view.children(verb, "prep"))
    joints = [i for i in view.children(date, "cc") if date < i < second]
    if things and view[things[-1]].xpos == "NNP" and again:
        yield from view.hung((*joints, *view.children(verb, "cc")), things[-1])
        yield second, replace(view[second], head=things[-1], deprel="conj")
    elif things:
        yield from view.hung(joints, verb)
        yield second, replace(view[second], head=verb, deprel="dep")


@formed("between")
def _body_between(view: View, between: int, lexicon: Lexicon) -> Changes:
    """As in "between the government and rebel group X": two parties, and no word for the second."""
    for last in view.children(between, "pobj"):
        nouns = (last, *view.children(last, "compound"))
        for first in [i for noun in nouns for i in view.children(noun, "nmod", "compound")]:
            kind = lexicon.noun_classes.get(view[first].form.lower(), "Entity")
            above = view[first].head
            articles = [i for i in view.children(above, "det", "poss", "amod") if i < first]
            joints = [i for i in view.children(first, "cc") if i == first + 1]
            joined = [i for i in view.children(first, "conj") if i < last]
            if articles and joints and joined and is_a(kind, "Organization"):
                yield first, replace(view[first], head=between, deprel="pobj")
                yield last, replace(view[last], head=first, deprel="conj")
                yield from view.hung(articles, first)
                yield from view.hung(joined, above, "compound")
                return


@formed("with")
def _party_doing(view: View, with_: int, lexicon: Lexicon) -> Changes:
    """As in "voters go to the polls with the party winning seats": the party wins, not the voters.

    What somebody does something with may be the means: "attacked the town with drones killing ten".
    """
    for noun in view.children(with_, "pobj"):
        doing, kind = noun + 1, lexicon.noun_classes.get(view[noun].form.lower(), "Entity")
        if doing >= view.last or view[doing].xpos != "VBG":
            continue
        apart = view[with_].head != view[doing].head  # "ended contracts with the firm claiming"
        if not view.is_below(with_, view[doing].head) or (
            apart and view[doing].lemma in lexicon.report_verbs
        ):
            continue
        own = view.children(doing, "nsubj", "mark", "aux")
        if view[doing].deprel == "advcl" and is_a(kind, "Agent") and not own:
            yield noun, replace(view[noun], head=doing, deprel="nsubj")
            yield doing, replace(view[doing], head=with_, deprel="pcomp")


@formed("along", "together")
def _along_with(view: View, along: int, lexicon: Lexicon) -> Changes:
    """As in "two officers are killed, along with ten soldiers", "X, along with Y, sent troops".

    Not so "went along with X", "sent troops along with X", where it may be the one or the other.
    """
    with_ = along + 1
    if with_ >= view.last or view[with_].form.lower() != "with" or along == view.first:
        return
    others = [i for i in view.children(with_, "pobj") if i > with_]
    above = view[with_ if view[along].head == with_ else along].head
    above = view[above].head if view[above].upos == "PUNCT" else above
    first = above if view[above].upos in ("NOUN", "PROPN") else _beside_verb(view, above, along)
    if not others or first is None or view[first].upos not in ("NOUN", "PROPN"):
        return
    if first > along or view.is_below(first, others[0]) or view[along].deprel == "cc":
        return
    if view[first].deprel == "dobj" and not _are_alike(view, first, others[0], lexicon):
        return
    yield along, replace(view[along], head=first, deprel="cc")
    yield with_, replace(view[with_], head=along, deprel="dep")
    yield others[0], replace(view[others[0]], head=first, deprel="conj")


def _beside_verb(view: View, verb: int, along: int) -> int | None:
    """Who or what is told of with the one behind "along with": the subject, or the last object."""
    subjects = [i for i in view.children(verb, *_SUBJECTS) if i < along]
    objects = [i for i in view.children(verb, "dobj") if i < along]
    passive = any(view[i].deprel == "nsubjpass" for i in subjects)
    if objects and not passive and along > verb:
        return objects[-1]
    apart = view[along - 1].form == ","
    return subjects[-1] if subjects and (passive or apart) else None


def _are_alike(view: View, one: int, other: int, lexicon: Lexicon) -> bool:
    kinds = [lexicon.noun_classes.get(view[i].lemma, "Entity") for i in (one, other)]
    return all(is_a(kind, "Person") for kind in kinds)


LISTING_REPAIRS: tuple[Repair, ...] = (
    _hurt_after_list,
    _place_before_harm,
    _man_of_town,
    _counted_dead,
    _second_of_three,
    _person_before_joint,
    _all_but,
    _list_before_compound,
    _list_before_verb,
    _beside_a_date,
    _body_between,
    _party_doing,
    _along_with,
)
"""In the order in which they are tried."""
