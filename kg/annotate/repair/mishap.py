"""Repairs of what is told of mishaps: "killed after a plane carrying fans crashes near X"."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View, form_place
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_one_of

_VEHICLES = ("Materiel", "Vessel")
_SUBJECTS = ("nsubj", "nsubjpass")
_ONE = ("a", "an", "another")
_FINITE = ("VBZ", "VBP", "VBD")
_BEFORE_NOUN = ("det", "amod", "nummod", "compound", "poss", "nmod")


@tagged("NNS", by=("dobj",))
def _verb_behind_load(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "after a plane carrying fans crashes near X": the plane does, and carries none."""
    token, carrying = view[verb], view[verb].head
    vehicle = view[carrying].head
    prep = view[vehicle].head
    loads = [i for i in view.children(carrying, "dobj") if i < verb]
    lemma = _verb(view, verb, lexicon)
    alone = view[vehicle].xpos == "NN" and view[vehicle].deprel == "pobj"
    if lemma is None or not loads or not alone or view[carrying].deprel != "acl":
        return
    if view[carrying].lemma not in lexicon.slots.laden or view.children(verb, *_BEFORE_NOUN):
        return
    timed = view[prep].form.lower() in lexicon.slots.clause_prepositions
    if timed and view[prep].deprel == "prep":
        above = view[prep].head
        yield vehicle, replace(view[vehicle], head=verb, deprel="nsubj")
        yield prep, replace(view[prep], head=verb, deprel="mark")
        yield verb, _as_verb(token, lemma, above)


@tagged("NNS", by=("advcl",))
def _verb_with_vehicle(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "when a plane carrying fans crashes in X": what has a subject is a verb."""
    subjects, lemma = view.children(verb, *_SUBJECTS), _verb(view, verb, lexicon)
    if len(subjects) != 1 or lemma is None or view.children(verb, "cop", *_BEFORE_NOUN):
        return
    kind = lexicon.noun_classes.get(view[subjects[0]].lemma, "Entity")
    if view[subjects[0]].xpos == "NN" and is_one_of(kind, _VEHICLES):
        yield verb, _as_verb(view[verb], lemma, view[verb].head)


@tagged("NNS", by=("advcl",))
def _verb_behind_vehicle(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "when a Bell 212 helicopter crashes into X": it does, however long its name is."""
    craft, lemma = verb - 1, _verb(view, verb, lexicon)
    when = any(view[i].xpos == "WRB" for i in view.children(verb, "advmod") if i < verb)
    if lemma is None or not when or view[craft].head != verb or view[craft].xpos != "NN":
        return
    kind = lexicon.noun_classes.get(view[craft].lemma, "Entity")
    if view[craft].deprel == "compound" and is_one_of(kind, _VEHICLES):
        yield verb, _as_verb(view[verb], lemma, view[verb].head)
        yield craft, replace(view[craft], deprel="nsubj")
        yield from view.hung((i for i in view.children(verb, *_BEFORE_NOUN) if i < craft), craft)


@tagged("NNS", "VBZ", by=("pobj",))
def _clause_behind_time(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "after a bus overturns and plunges into X", "as a building collapses": clauses."""
    token, prep = view[verb], view[verb].head
    lemma = token.lemma if token.xpos == "VBZ" else _verb(view, verb, lexicon)
    timed = view[prep].form.lower() in (*lexicon.slots.clause_prepositions, "as")
    doers = view.children(verb, *_SUBJECTS)
    thing = doers[0] if doers else verb - 1
    if not timed or lemma is None or view[thing].head != verb or view[thing].xpos != "NN":
        return
    left = [i for i in view.children(verb, *_BEFORE_NOUN) if i < thing]
    # "a" goes with no plural
    finite = doers or token.xpos == "VBZ" or any(view[i].form.lower() in _ONE for i in left)
    if not finite or view[thing].deprel not in ("compound", *_SUBJECTS):
        return
    yield thing, replace(view[thing], deprel="nsubj")
    yield from view.hung(left, thing)
    yield verb, _as_verb(view[verb], lemma, view[prep].head)
    yield prep, replace(view[prep], head=verb, deprel="mark")
    for index in view.children(verb, "conj"):
        second = _verb(view, index, lexicon)
        if view[index].xpos == "NNS" and second and not view.children(index, *_BEFORE_NOUN):
            yield index, replace(view[index], lemma=second, upos="VERB", xpos="VBZ")


@tagged("VBZ", "VBD", by=("ccomp",))
def _clause_behind_as(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "names X its chief as the toll passes ten": what goes on then, and no office."""
    if view.children(verb, *_SUBJECTS, "mark", "expl"):
        return
    for prep in reversed(view.at((form_place("as"),))):
        nouns = view.children(prep, "pobj") if view[prep].deprel == "prep" else []
        if len(nouns) != 1 or not prep < nouns[0] < verb:
            continue
        last = max(i for i in view.indices() if view.is_below(i, nouns[0]))
        if last == verb - 1 and view[verb].head < prep:
            yield nouns[0], replace(view[nouns[0]], head=verb, deprel="nsubj")
            yield prep, replace(view[prep], head=verb, deprel="mark")
            yield verb, replace(view[verb], deprel="advcl")
            return


@tagged("VBN", by=("ROOT",))
def _deed_before_as(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "X dispatches troops as Y is captured": Y is, and X does what was taken for a noun."""
    for troops in view.children(verb, "nsubjpass"):
        deed = troops - 1
        who = [i for i in view.children(deed, "compound") if view[i].upos == "PROPN"]
        lemma = _verb(view, deed, lexicon)
        direct = view[deed].head == troops and view[deed].xpos == "NNS" and lemma is not None
        preps = [i for i in view.children(troops, "prep") if view[i].form.lower() == "as"]
        seized = [i for prep in preps for i in view.children(prep, "pobj")]
        if not direct or lemma is None or len(who) != 1 or len(seized) != 1:
            continue
        if seized[0] + 1 not in view.children(verb, "auxpass"):
            continue
        yield deed, replace(_as_verb(view[deed], lemma, deed), deprel="ROOT")
        yield who[0], replace(view[who[0]], deprel="nsubj")
        yield troops, replace(view[troops], head=deed, deprel="dobj")
        yield preps[0], replace(view[preps[0]], head=verb, deprel="mark")
        yield seized[0], replace(view[seized[0]], head=verb, deprel="nsubjpass")
        yield verb, replace(view[verb], head=deed, deprel="advcl")
        return


@related("prep")
def _told_of_lost(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "ten die with two missing after floods": so they die, and nobody is told of the two."""
    lost = view[prep].head
    people = view[lost].head
    along = view[people].head
    if view[lost].form.lower() not in lexicon.slots.states_in_ing or view[lost].deprel != "acl":
        return
    verb = view[along].head
    if view[along].form.lower() == "with" and prep > lost and view[verb].upos == "VERB":
        yield prep, replace(view[prep], head=verb)


@tagged("VBD", by=("ROOT",))
def _counted_victims(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the number of men confirmed killed in X rises": those people confirm nothing."""
    people, found = verb - 1, _count_that_rises(view, verb, lexicon)
    harmed = view.children(verb, "xcomp", "oprd")
    if found is None or verb + 1 not in harmed or view[people].deprel != "pobj":
        return
    yield from _as_rising(view, verb, *found)
    yield verb, replace(view[verb], head=people, deprel="acl", xpos="VBN")


@tagged("VBD", by=("ROOT",))
def _counted_cases(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the tally of global confirmed cases nears ten": nobody confirms them here."""
    kind, things = verb - 1, view.children(verb, "dobj")
    found = _count_that_rises(view, verb, lexicon)
    if found is None or len(things) != 1 or not verb < things[0] < found[1]:
        return
    alone = view[kind].deprel == "pobj" and view[view[kind].head].head == found[0]
    if not alone or view.children(kind, "det"):
        return
    yield from _as_rising(view, verb, *found)
    yield things[0], replace(view[things[0]], head=view[kind].head, deprel="pobj")
    yield kind, replace(view[kind], head=things[0], deprel="amod")
    yield verb, replace(view[verb], head=things[0], deprel="amod", xpos="VBN")


def _count_that_rises(view: View, verb: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The subject that counts, with the finite verb without one that tells how many they are."""
    rising = [i for i in view.children(verb, "ccomp") if view[i].xpos in _FINITE and i > verb]
    counts = [i for i in view.children(verb, *_SUBJECTS) if view[i].lemma in lexicon.slots.measures]
    if len(rising) != 1 or not counts or view.children(rising[0], *_SUBJECTS, "mark"):
        return None
    return counts[0], rising[0]


def _as_rising(view: View, verb: int, count: int, rising: int) -> Changes:
    """Makes the verb of the count that of the sentence."""
    yield rising, replace(view[rising], head=rising, deprel="ROOT")
    yield count, replace(view[count], head=rising)
    yield from view.hung((i for i in view.children(verb, "punct") if i > rising), rising)


@tagged("NN", by=("advcl",))
def _verb_behind_aside(view: View, thing: int, _: Lexicon) -> Changes:
    """As in "killed when a mine, believed to be laid by X, explodes": the mine does."""
    verb = view[thing].head
    when = [i for i in view.children(thing, "advmod") if view[i].xpos == "WRB" and i < thing]
    later = [i for i in view.children(verb, "conj") if i > thing and view[i].xpos == "VBZ"]
    if len(when) != 1 or len(later) != 1 or view.children(later[0], *_SUBJECTS):
        return
    if view[later[0] - 1].form == "," and view[thing + 1].form == "," and thing > verb:
        yield thing, replace(view[thing], head=later[0], deprel="nsubj")
        yield when[0], replace(view[when[0]], head=later[0])
        yield later[0], replace(view[later[0]], deprel="advcl")


def _as_verb(token: Token, lemma: str, above: int) -> Token:
    return replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=above, deprel="advcl")


def _verb(view: View, noun: int, lexicon: Lexicon) -> str | None:
    lemma = view[noun].form.lower().removesuffix("s")
    return next((each for each in (lemma, lemma.removesuffix("e")) if each in lexicon.verbs), None)


@formed("place")
def _told_of_what_took_place(view: View, place: int, _: Lexicon) -> Changes:
    """As in "a blast takes place in X that kills two": the blast kills them, not the place."""
    verb = view[place].head
    subjects = view.children(verb, "nsubj")
    if view[place].deprel == "dobj" and view[verb].lemma == "take" and len(subjects) == 1:
        yield from view.hung(view.children(place, "relcl"), subjects[0])


@tagged("VBZ", by=("aux",))
def _disaster_as_auxiliary(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "the Oregon wildfires killed ten": the plural of a listed noun helps no verb."""
    token, verb = view[index], view[index].head
    lemma = token.form.lower().removesuffix("s")
    before = [i for i in view.children(verb, *_SUBJECTS) if i < index]
    if token.form.lower() in lexicon.nouns or lemma not in lexicon.nouns or len(before) != 1:
        return
    if index < verb and before[0] == index - 1 and view[before[0]].upos in ("NOUN", "PROPN"):
        relation = view[before[0]].deprel
        yield index, replace(token, lemma=lemma, upos="NOUN", xpos="NNS", deprel=relation)
        yield before[0], replace(view[before[0]], head=index, deprel="compound")
        yield from view.hung((i for i in view.children(before[0]) if i < index), index)


@formed("from")
def _cause_behind_toll(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "passes 900 deaths from COVID-19": of that they died, whatever the verb is."""
    toll, verb = index - 1, view[index].head
    direct = view[index].deprel == "prep" and view[toll].deprel == "dobj" if toll > 0 else False
    if not direct or view[toll].head != verb or verb > toll:
        return
    of_toll = (each.frame.roles for each in lexicon.nouns.get(view[toll].lemma, ()))
    of_verb = (each.frame.roles for each in lexicon.verbs.get(view[verb].lemma, ()))
    caused = any(roles.get("from") == {"event": "cause"} for roles in of_toll)
    if caused and not any("from" in roles for roles in of_verb):
        yield index, replace(view[index], head=toll)


MISHAP_REPAIRS: tuple[Repair, ...] = (
    _verb_behind_load,
    _verb_with_vehicle,
    _verb_behind_vehicle,
    _clause_behind_time,
    _clause_behind_as,
    _deed_before_as,
    _told_of_lost,
    _counted_victims,
    _counted_cases,
    _verb_behind_aside,
    _told_of_what_took_place,
    _disaster_as_auxiliary,
    _cause_behind_toll,
)
"""In the order in which they are tried."""
