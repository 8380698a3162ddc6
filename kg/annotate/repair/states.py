"""Repairs of the states in which somebody is left: "left ten dead and six others injured"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon

_NOUNS = ("CD", "NN", "NNS", "NNP", "NNPS", "PRP")
_WORDS = (*_NOUNS, "DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "IN", "TO", "VBN")
_ROUNDING = frozenset(("over", "about", "around", "than", "to", "under", "at"))
_RELATIONS = {"CD": "nummod", "DT": "det", "JJ": "amod", "PRP$": "poss", "IN": "quantmod"}
_BEFORE_CLAUSES = ("despite", "after", "before")
_LONGEST = 10


class _Left(NamedTuple):
    """Some people and what they were left as: tokens from `first` to before `state`."""

    first: int
    noun: int
    state: int
    lemma: str
    """Of the verb that tells the state: "injure"; of an adjective itself."""


@formed("leave", "leaves", "left", "leaving")
def _left_in_states(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "left ten people dead, six others injured and two missing": who is in which state.

    The first are the object of the verb. What befell the others is told by a clause of its own
    beside it, as parsers hang it on any word of the first.
    """
    token = view[verb]
    if token.upos != "VERB" or view.children(verb, "auxpass", "dative"):
        return
    groups = list(_groups(view, verb, lexicon))
    if not groups:
        return
    if token.xpos == "VBG" and token.deprel in ("xcomp", "advcl"):  # "capsized leaving ten dead"
        yield verb, replace(token, head=_finite(view, token.head), deprel="advcl")
    for each in groups:  # "clashes which left ten dead": "which" was hung on the last state
        subjects = [i for i in view.children(each.state, "nsubj", "nsubjpass") if i < verb]
        yield from view.hung(subjects, verb, "nsubj")
        if subjects and token.xpos == "VBN" and not view.children(verb, "aux"):
            yield verb, replace(token, xpos="VBD")
    top = next((each.state for each in groups if view.is_below(verb, each.state)), None)
    if top is not None:
        above = view[top].head
        yield verb, replace(token, head=verb if above == top else above, deprel=view[top].deprel)
    for number, each in enumerate(groups):
        yield from _inside(view, each)
        yield from _told(view, verb, each, number, lexicon)
    last = groups[-1]
    behind = [i for i in view.children(last.noun, "prep") if i > last.state]
    behind = [i for i in behind if view[i].form.lower() != "including"]
    if last.lemma in lexicon.slots.harmed:
        yield from view.hung(behind, last.state)
    else:  # "left ten dead in Lima"
        behind += [i for i in view.children(last.state, "prep") if i > last.state]
        yield from view.hung(behind, verb)


def _finite(view: View, verb: int) -> int:
    """The verb itself, or the one above that is told to have happened: no aim leaves people dead.

    As in "fired on crowds opposing efforts to delay the vote, leaving four dead".
    """
    above = verb
    while view[above].head != above:
        helpers = view.children(above, "aux", "auxpass")
        aim = any(view[i].xpos == "TO" for i in helpers)
        if not aim and (helpers or view[above].xpos in ("VBD", "VBZ", "VBP")):
            return above
        above = view[above].head
    return above


def _groups(view: View, verb: int, lexicon: Lexicon) -> Iterator[_Left]:
    """What stands behind the verb, as long as people and states follow each other."""
    start = verb + 1
    while (found := _group(view, start, lexicon)) is not None:
        yield found
        start = found.state + 1
        while start < view.last and (view[start].form == "," or view[start].xpos == "CC"):
            start += 1
        if start == found.state + 1:
            return


def _group(view: View, first: int, lexicon: Lexicon) -> _Left | None:
    for index in range(first, min(first + _LONGEST, view.last)):
        token = view[index]
        lemma = _state(view, index, lexicon)
        if lemma is not None and index > first:
            noun = _head(view, first, index)
            return None if noun is None else _Left(first, noun, index, lemma)
        rounding = token.xpos not in ("IN", "TO") or token.form.lower() in _ROUNDING
        if token.xpos not in _WORDS or not rounding:
            return None
    return None


def _state(view: View, index: int, lexicon: Lexicon) -> str | None:
    """The lemma of a state that ends a phrase; "dead" in "left six dead bodies" ends none."""
    token, form = view[index], view[index].form.lower()
    if token.head == index + 1 and view[index + 1].xpos in _NOUNS:
        return None
    plain = (*lexicon.slots.fatal_states, *lexicon.slots.other_states)
    if form in plain or form in lexicon.slots.states_in_ing:
        return form
    lemmas = (token.lemma, form[:-1], form[:-2])
    ending = form.endswith("ed") or token.lemma == form
    return next((i for i in lemmas if ending and i in lexicon.slots.harmed), None)


def _head(view: View, first: int, state: int) -> int | None:
    """The last word for who they are: "others" in "six others seriously injured"."""
    words = [i for i in range(first, state) if view[i].xpos in _NOUNS]
    if words:
        return words[-1]
    return first if view[first].xpos in ("JJ", "JJR", "DT") and first == state - 1 else None


def _inside(view: View, each: _Left) -> Changes:
    """Hangs the other words of the phrase on its head, unless they hang on each other."""
    for index in range(each.first, each.state):
        token = view[index]
        if index == each.noun:
            continue
        if token.xpos.startswith("RB") and index > each.noun:
            yield index, replace(token, head=each.state, deprel="advmod")
        elif token.head not in range(each.first, each.state):
            relation = _RELATIONS.get(token.xpos, "advmod")
            relation = "compound" if token.xpos.startswith("NN") else relation
            yield index, replace(token, head=each.noun, deprel=relation)


def _told(view: View, verb: int, each: _Left, number: int, lexicon: Lexicon) -> Changes:
    noun, state = view[each.noun], view[each.state]
    for joint in range(each.first - 1, verb, -1):
        if view[joint].form != "," and view[joint].xpos != "CC":
            break
        yield joint, replace(view[joint], head=verb)
    fatal = each.lemma in lexicon.slots.fatal_states
    if fatal or each.lemma in lexicon.slots.other_states:
        yield each.noun, replace(noun, head=verb, deprel="dobj")
        if not (fatal and number == 0 and state.deprel == "oprd" and state.head == verb):
            yield each.state, replace(state, head=each.noun, deprel="amod")
        return
    passive = each.lemma in lexicon.slots.harmed
    yield each.noun, replace(noun, head=each.state, deprel="nsubjpass" if passive else "nsubj")
    tag = "VBN" if passive else "VBG"
    told = replace(state, lemma=each.lemma, upos="VERB", xpos=tag, head=verb)
    yield each.state, replace(told, deprel="conj" if number else "ccomp")


@tagged("VBN", by=("ccomp",))
def _lying(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "were found dead, their bodies hidden in a van": how they lay, and not what is said."""
    found = view[verb].head
    subjects = view.children(verb, "nsubj", "nsubjpass")
    if not view.children(found, "oprd") or not subjects or view.children(verb, "aux", "mark"):
        return
    start = min(i for i in view.indices() if view.is_below(i, subjects[0]))
    if found < start and view[start - 1].form == "," and not view.children(verb, "auxpass"):
        yield verb, replace(view[verb], deprel="advcl")


@related("conj")
def _missing_after(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "ten are dead and two missing after a fire in X": that comes of it, and was there."""
    verb = view[index].head
    states = [i for i in view.children(index, "amod") if i == index + 1]
    if not states or view[verb].lemma != "be" or not view.children(verb, "acomp"):
        return
    if view[states[0]].form.lower() in lexicon.slots.states_in_ing:
        yield from view.hung((i for i in view.children(index, "prep") if i > index), verb)


@tagged("JJ", by=("advcl",))
def _with_people_dead(view: View, state: int, _: Lexicon) -> Changes:
    """As in "a bus overturns, with ten people dead": how it ended, and no sentence of its own."""
    marks = [i for i in view.children(state, "mark") if view[i].form.lower() == "with"]
    people = view.children(state, "nsubj")
    if len(marks) != 1 or len(people) != 1 or view.children(state, "cop", "aux"):
        return
    if marks[0] < people[0] == state - 1:
        yield marks[0], replace(view[marks[0]], head=view[state].head, deprel="prep")
        yield people[0], replace(view[people[0]], head=marks[0], deprel="pobj")
        yield state, replace(view[state], head=people[0], deprel="amod")


@tagged("VBD", by=("ccomp",))
def _said_to_be_so(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a raid kills two people claimed to be rebels": it kills them; they claim nothing."""
    above, people = view[verb].head, view.children(verb, "nsubj")
    told = [i for i in view.children(verb, "xcomp") if i > verb]
    aims = [i for each in told for i in view.children(each, "aux") if view[i].xpos == "TO"]
    harm = view[above].lemma in lexicon.slots.harmed and not view.children(above, "dobj")
    if people != [verb - 1] or aims != [verb + 1] or not harm or above > people[0]:
        return
    if view[verb].lemma in lexicon.report_verbs and not view.children(verb, "mark", "aux"):
        yield people[0], replace(view[people[0]], head=above, deprel="dobj")
        yield verb, replace(view[verb], xpos="VBN", head=people[0], deprel="acl")


@tagged("VBN", by=("acl",))
def _being_done(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "despite a strike being ruled out": despite that, and not despite the strike."""
    noun = view[verb].head
    prep = view[noun].head
    being = [i for i in view.children(verb, "auxpass") if view[i].form.lower() == "being"]
    told = view[noun].deprel == "pobj" and view[prep].form.lower() in _BEFORE_CLAUSES
    if told and being and noun < being[0] < verb:
        yield noun, replace(view[noun], head=verb, deprel="nsubjpass")
        yield verb, replace(view[verb], head=prep, deprel="pcomp")


STATE_REPAIRS: tuple[Repair, ...] = (
    _left_in_states,
    _lying,
    _missing_after,
    _with_people_dead,
    _said_to_be_so,
    _being_done,
)
"""In the order in which they are tried."""
