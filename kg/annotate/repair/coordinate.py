"""Repairs of what "and" joins: two people with their offices, two events, a place and the next."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_DEEDS = ("CombatEvent", "HarmEvent")
_ONE = ("Person", "PopulatedPlace")
_NEAR = 3  # words: "ground and air assault"
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_RESULTS = ("spark", "prompt", "draw", "cause", "lead", "leave", "raise", "trigger", "provoke")


@related("conj", below=("appos",))
def _beside_name(view: View, second: int, lexicon: Lexicon) -> Changes:
    """As in "in the capital Gao and the port of Mopti": the port is no name of the capital.

    One person or place has one name; "the towns X and Y", "a couple, X and Y" have two.
    """
    name = view[second].head
    noun = view[name].head
    kind = lexicon.noun_classes.get(view[noun].lemma.lower(), "Entity")
    one = view[noun].xpos == "NN" and any(is_a(kind, each) for each in _ONE)
    if not one or not noun < name < second or view[name].upos != "PROPN":
        return
    joints = [i for i in view.children(name, "cc") if name < i < second]
    if joints and view[joints[-1]].form.lower() == "and":
        yield from view.hung((*joints, second), noun)
        own = [i for i in view.children(name, "appos") if i > second]  # "and minister Bob Ray"
        of = [i for i in view.children(noun, "prep") if i == second + 1]
        yield from view.hung((*own[:1], *of), second)


@tagged("NNP", by=("nsubj",))
def _name_behind_office(view: View, name: int, lexicon: Lexicon) -> Changes:
    """As in "President X and leader of the party Y meet": Y was taken for a third who does."""
    verb, start = view[name].head, min([name, *view.children(name, "compound")])
    subjects = [i for i in view.children(verb, "nsubj", "nsubjpass") if i < start]
    if not subjects or start - 1 <= subjects[-1]:
        return
    office = start - 1
    while view[office].head < office and not _is_office(view, office, lexicon):
        office = view[office].head
    first = view[office].head
    within = view[office].deprel in ("conj", "appos") and view.is_below(first, subjects[-1])
    if not within or not _is_office(view, office, lexicon):
        return
    if joints := _ands(view, subjects[-1], office):
        yield joints[-1], replace(view[joints[-1]], head=subjects[-1])
        yield office, replace(view[office], head=subjects[-1], deprel="conj")
        yield name, replace(view[name], head=office, deprel="appos")


def _is_office(view: View, noun: int, lexicon: Lexicon) -> bool:
    """As "leader of the party", "President of Chad"."""
    kind = lexicon.noun_classes.get(view[noun].lemma.lower(), "Entity")
    of = any(view[i].form.lower() == "of" for i in view.children(noun, "prep"))
    return of and is_a(kind, "Person")


def _ands(view: View, first: int, last: int) -> list[int]:
    """The words "and" that join something between the two."""
    return [i for i in view.at(("cc",)) if first < i < last and view[i].form.lower() == "and"]


@related("nmod")
def _office_before_pair(view: View, office: int, lexicon: Lexicon) -> Changes:
    """As in "President of X Ann Lee and leader Bob Ray meet": no long name, but two people."""
    second = view[office].head
    while view[second].deprel in ("compound", "nmod"):
        second = view[second].head
    if second < office or not _is_office(view, office, lexicon):
        return
    if joints := _ands(view, office, second):
        titles = (lexicon.noun_classes.get(view[i].lemma, "") for i in range(joints[-1], second))
        named = view[joints[-1] - 1].upos == view[second].upos == "PROPN"
        if not named or not any(is_a(kind, "Person") for kind in titles if kind):
            return  # "President of Serbia and Montenegro Ann Lee"
        yield joints[-1], replace(view[joints[-1]], head=office)
        yield office, replace(view[office], head=view[second].head, deprel=view[second].deprel)
        yield second, replace(view[second], head=office, deprel="conj")


@tagged("NN", "VBG", by=("nmod", "compound"))
def _event_before_compound(view: View, first: int, lexicon: Lexicon) -> Changes:
    """As in "a shooting and car bombing in X": no bombing of shootings, but two events."""
    joint, last = first + 1, view[first].head
    joined = joint < last and view[joint].deprel == "cc" and view[joint].head == first
    if not joined or view[joint].form.lower() != "and" or last - joint > 2:
        return
    events = all(view[i].lemma.lower() in lexicon.nouns for i in (first, last))
    if not events or (view[first].deprel == "compound" and last - joint == 1):
        return
    outer = [i for i in view.children(last) if i < first]
    yield from view.hung(outer, first)
    above, deprel = view[last].head, view[last].deprel
    yield first, replace(view[first], upos="NOUN", xpos="NN", head=above, deprel=deprel)
    yield last, replace(view[last], head=first, deprel="conj")


@tagged("VBG", by=("conj",))
def _event_joined(view: View, second: int, lexicon: Lexicon) -> Changes:
    """As in "a car bombing and shooting in X": behind an event, and without an object, one more."""
    first, joint = view[second].head, second - 1
    listed = view[first].upos == "NOUN" and view[first].lemma.lower() in lexicon.nouns
    form = view[second].form.lower()
    beside = view[joint].deprel == "cc" and first < joint
    if not listed or not beside or form not in lexicon.nouns:
        return
    if not view.children(second, "dobj", "aux", "nsubj", "advmod", "xcomp", "ccomp"):
        yield second, replace(view[second], upos="NOUN", xpos="NN", lemma=form)


@related("conj", below=("dobj", "pobj"))
def _deed_beside_gerund(view: View, second: int, lexicon: Lexicon) -> Changes:
    """As in "claims responsibility for bombing a bank and an attack on X": no attack is bombed."""
    first = view[second].head
    verb = view[first].head
    while view[verb].deprel == "prep":
        verb = view[view[verb].head].head
    if view[verb].xpos != "VBG" or view[verb].deprel != "pcomp":
        return
    deed = any(is_one_of(each.type, _DEEDS) for each in lexicon.verbs.get(view[verb].lemma, ()))
    told = view[second].lemma in lexicon.nouns and view[first].lemma not in lexicon.nouns
    new = view.children(second, "det") and view.children(second, "prep")
    joints = [i for i in view.children(first, "cc") if first < i < second]
    if deed and told and new and joints:
        yield from view.hung((joints[-1], second), verb)


@related("conj", below=("pobj",))
def _harm_beside_sufferer(view: View, second: int, lexicon: Lexicon) -> Changes:
    """As in "the deaths of two soldiers and the injury of ten": no injury dies."""
    noun = view[second].head
    of = view[noun].head
    first = view[of].head
    if view[of].form.lower() != "of" or not first < of < noun < second:
        return
    harms = (lexicon.nouns.get(view[i].lemma.lower(), ()) for i in (first, second))
    if not all(any(is_a(each.type, "HarmEvent") for each in told) for told in harms):
        return
    own = any(view[i].form.lower() == "of" for i in view.children(second, "prep"))
    after = second + 1 if second + 1 < view.last else second
    if view[after].form.lower() == "to" and view[after].head == view[view[first].head].head:
        own = True  # "the death of a guard and injuries to two"
        yield after, replace(view[after], head=second)
    joints = [i for i in view.children(noun, "cc") if noun < i < second]
    if own and joints and view[noun].lemma not in lexicon.nouns:
        yield from view.hung((joints[-1], second), first)


@tagged("VBG", by=("advcl", "acl"))
def _also_charged_with(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "held on charges of lying, joining rebels and killing X": he is charged with each.

    The second of such a list was taken for something that went on beside it.
    """
    joined = [i for i in view.children(index, "conj") if view[i].xpos == "VBG"]
    if not joined or view[index - 1].form != "," or view[index].lemma in _RESULTS:
        return
    charged = [i for i in view.at(("pcomp",)) if i < index and _is_charge(view, i, lexicon)]
    between = range(charged[-1], index) if charged else ()
    if charged and not any(view[i].xpos in _FINITE for i in between):
        yield index - 1, replace(view[index - 1], head=charged[-1])
        yield index, replace(view[index], head=charged[-1], deprel="conj")


def _is_charge(view: View, gerund: int, lexicon: Lexicon) -> bool:
    """As "lying" in "charges of lying", "accused of lying", "charged with lying"."""
    prep = view[gerund].head
    above, slots = view[view[prep].head].lemma, lexicon.slots
    of = view[prep].form.lower() == "of" and above in slots.counts
    return view[gerund].xpos == "VBG" and (
        of or slots.accusing.get(above) == view[prep].form.lower()
    )


@related("conj", below=("pobj",))
def _second_thing_sent(view: View, thing: int, _: Lexicon) -> Changes:
    """As in "sent troops to X and weapons to Y": to Y go the weapons alone."""
    place = view[thing].head
    prep, second = view[place].head, thing + 1
    if view[place].upos != "PROPN" or view[thing].upos != "NOUN" or second >= view.last:
        return
    same = view[second].form.lower() == view[prep].form.lower()
    if same and view[second].head == view[prep].head and view.children(second, "pobj"):
        yield second, replace(view[second], head=thing, deprel="prep")


@formed("to")
def _from_town_to_town(view: View, to: int, lexicon: Lexicon) -> Changes:
    """As in "opened fire on a Paris to Lyon train": on the train, and on no town."""
    first, noun = to - 1, to + 2
    if first <= view.first or noun >= view.last or view[noun].lemma not in lexicon.slots.running:
        return
    towns = view[first].xpos == view[to + 1].xpos == "NNP"
    if towns and view[first - 1].form.lower() in ("a", "an", "the"):
        whole = view[first]
        yield from view.hung([i for i in view.children(noun) if i > noun], noun)
        yield noun, replace(view[noun], head=whole.head, deprel=whole.deprel)
        yield first - 1, replace(view[first - 1], head=noun, deprel="det")
        for index in (first, to, to + 1):
            yield index, replace(view[index], head=noun, deprel="compound")


@related("dobj")
def _also_called_for(view: View, thing: int, lexicon: Lexicon) -> Changes:
    """As in "calls for calm, the release of X": called for as well, and no object of its own."""
    verb = view[thing].head
    preps = [i for i in view.children(verb, "prep") if verb < i < thing]
    wants = (
        preps and view[preps[0]].form.lower() == "for" and view[verb].lemma in lexicon.slots.calling
    )
    nouns = view.children(preps[0], "pobj") if wants else []
    start = min([thing, *view.children(thing, "det", "amod", "compound", "poss")])
    if nouns and len(preps) == 1 and view[start - 1].form in (",", "and", "or"):
        yield thing, replace(view[thing], head=nouns[0], deprel="conj")
        yield from view.hung([i for i in view.children(verb, "cc") if i < thing], nouns[0])


@related("conj")
def _assault_by_land(view: View, assault: int, lexicon: Lexicon) -> Changes:
    """As in "a combined ground and air assault": one assault, and no place on the ground."""
    ground = view[assault].head
    if view[ground].lemma not in lexicon.slots.elements or view[ground].upos != "NOUN":
        return
    if assault - ground > _NEAR:
        return
    triggers = lexicon.nouns.get(view[assault].lemma, ())
    if any(is_a(trigger.type, "CombatEvent") for trigger in triggers):
        yield assault, replace(view[assault], head=view[ground].head, deprel=view[ground].deprel)
        yield from view.hung((i for i in view.children(ground) if i != assault), assault)
        yield ground, replace(view[ground], head=assault, deprel="compound")


@formed("–", "-", "/")
def _joined_by_dash(view: View, dash: int, _: Lexicon) -> Changes:
    """As in "the Pfizer–BioNTech vaccine": one name before the noun, and not the thing itself."""
    first, second = dash - 1, dash + 1
    if first < view.first or second >= view.last:
        return
    tight = view[first].end == view[dash].start and view[dash].end == view[second].start
    noun = second
    while view[noun].deprel == "compound" and view[noun].head > noun:
        noun = view[noun].head
    apart = view[first].upos == "PROPN" and noun > second and view[noun].head == first
    if tight and apart and view[noun].deprel == "appos":
        yield noun, replace(view[noun], head=view[first].head, deprel=view[first].deprel)
        yield from view.hung((i for i in view.children(first) if i != noun), noun)
        yield first, replace(view[first], head=noun, deprel="compound")
        yield dash, replace(view[dash], xpos="HYPH", head=first)


@tagged("VBZ", by=("ccomp",))
def _next_clause(view: View, second: int, _: Lexicon) -> Changes:
    """As in "X denies involvement and Y blames Z": two clauses, as the two would not "blames"."""
    verb = view[second].head
    for thing in view.children(second, "nsubj"):
        joined, joints = view.children(thing, "conj"), view.children(thing, "cc")
        free = not view.children(verb, "dobj") and not view.children(second, "mark")
        if not free or len(joined) != 1 or len(joints) != 1 or not verb < thing < joints[0]:
            continue
        somebody = view[joined[0]].upos == "PROPN" or view.children(joined[0], "det")
        if view[thing].xpos != "NN" or joined[0] > second or not somebody:
            continue  # "says aid and training helps"
        yield thing, replace(view[thing], head=verb, deprel="dobj")
        yield joints[0], replace(view[joints[0]], head=verb)
        yield joined[0], replace(view[joined[0]], head=second, deprel="nsubj")
        yield second, replace(view[second], deprel="conj")


@tagged("NNS", by=("compound",))
def _next_deed(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "X denies guilt and Y claims responsibility": Y does, and X denies no such thing."""
    noun, who, lemma = view[verb].head, verb - 1, view[verb].form.lower().removesuffix("s")
    first = view[noun].head
    joints = [i for i in view.children(first, "cc") if first < i < verb]
    listed = lemma in lexicon.verbs or lemma in lexicon.report_verbs
    if not listed or noun != verb + 1 or view[noun].deprel != "conj" or len(joints) != 1:
        return
    if view[first].deprel != "dobj" or view[who].upos != "PROPN" or view[who].head != verb:
        return
    if joints[0] + 1 == min(i for i in view.indices() if view.is_below(i, who)):
        clause = view[first].head
        yield joints[0], replace(view[joints[0]], head=clause)
        word = replace(view[verb], lemma=lemma, upos="VERB", xpos="VBZ", head=clause, deprel="conj")
        yield verb, word
        yield who, replace(view[who], deprel="nsubj")
        yield noun, replace(view[noun], head=verb, deprel="dobj")


COORDINATE_REPAIRS: tuple[Repair, ...] = (
    _beside_name,
    _name_behind_office,
    _office_before_pair,
    _event_before_compound,
    _event_joined,
    _deed_beside_gerund,
    _harm_beside_sufferer,
    _also_charged_with,
    _second_thing_sent,
    _from_town_to_town,
    _also_called_for,
    _assault_by_land,
    _joined_by_dash,
    _next_clause,
    _next_deed,
)
