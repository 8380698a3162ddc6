"""Repairs of two parties: the parser takes the first for a word about the second, or loses one."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a

_ARTICLES = ("a", "an")
_PLURAL = ("NNS", "NNPS")
_MANY = ("VBP", "VB")  # what two do
_BODIES = ("Organization", "Government")
_GROUPS = ("ArmedGroup", "Organization")
_OF_ONE = ("is", "was", "has", "had", "will", "would", "may", "might", "could")
_WORDS = ("det", "amod", "poss", "nummod")


@related("nmod", "amod")
def _party_before_group(view: View, first: int, lexicon: Lexicon) -> Changes:
    """As in "the government and Tuareg rebels sign": a government, and no rebels of one.

    So too "a hotel and residential areas", as "a" goes with no plural.
    """
    last, joint = view[first].head, first + 1
    joined = [i for i in view.children(first, "conj") if joint < i < last]
    if view[first].xpos != "NN" or last < joint or len(joined) != 1:
        return
    if view[joint].deprel != "cc" or view[joint].head != first or view[last].xpos not in _PLURAL:
        return
    words = [i for i in view.children(last, *_WORDS) if i < first]
    own = (*words, *view.children(first, *_WORDS))
    one = any(view[i].form.lower() in _ARTICLES for i in own)
    kinds = (lexicon.noun_classes.get(view[i].lemma, "Entity") for i in (first, last))
    body, group = (
        any(is_a(kind, each) for each in classes)
        for kind, classes in zip(kinds, (_BODIES, _GROUPS), strict=True)
    )
    if one or (body and group and own):
        yield from _parted(view, first, last, joined)


@related("nmod")
def _person_before_person(view: View, first: int, lexicon: Lexicon) -> Changes:
    """As in "Ann Lee and party leader Bob Ray announce": two announce, not one with a long name."""
    last, joint = view[first].head, first + 1
    while view[last].deprel in ("compound", "nmod"):
        last = view[last].head
    joined = [i for i in view.children(first, "conj") if joint < i < last]
    named = view[first].xpos == view[last].xpos == "NNP" and view.children(first, "compound")
    if not named or last < joint or view[joint].form.lower() != "and":
        return
    above = view[last]
    helpers = [view[i].xpos for i in view.children(above.head, "aux", "auxpass")]
    many = (helpers[0] if helpers else view[above.head].xpos) in _MANY
    titles = (view[i].lemma.lower() for i in range(joint + 1, last))
    titled = any(is_a(lexicon.noun_classes.get(each, "Entity"), "Person") for each in titles)
    if above.deprel in ("nsubj", "nsubjpass") and many and titled:
        yield from _parted(view, first, last, joined)


def _parted(view: View, first: int, last: int, joined: list[int]) -> Changes:
    """The first as a noun of its own with the words before it; the last as joined to it."""
    above = view[last]
    yield from view.hung((i for i in view.children(last) if i < first), first)
    yield first, replace(view[first], head=above.head, deprel=above.deprel)
    for word in joined:
        noun = view[word].upos in ("NOUN", "PROPN")
        yield word, replace(view[word], head=last, deprel="compound" if noun else "amod")
    yield last, replace(above, head=first, deprel="conj")


@related("conj", below=("dobj", "conj"))
def _second_charge(view: View, charge: int, lexicon: Lexicon) -> Changes:
    """As in "accuses the firm of fraud and a cover-up": of both; a cover-up is not accused."""
    accused = view[charge].head
    while view[accused].deprel == "conj":
        accused = view[accused].head
    verb = view[accused].head
    marker = lexicon.slots.accusing.get(view[verb].lemma)
    preps = [i for i in view.children(verb, "prep") if accused < i < charge]
    if marker is None or not preps or view[preps[0]].form.lower() != marker:
        return
    joints = [i for i in view.children(view[charge].head, "cc") if preps[0] < i < charge]
    first = next(iter(view.children(preps[0], "pobj")), None)
    if first is None or not joints or not first < joints[0]:
        return
    yield from view.hung((joints[0], charge), first)
    yield from view.hung((i for i in preps[1:] if i == charge + 1), charge)


@formed("of")
def _accused_of(view: View, of: int, lexicon: Lexicon) -> Changes:
    """As in "convicted in May of theft and fraud": of both, and neither is of the month."""
    name = view[of].head
    prep = view[name].head
    verb, crimes = view[prep].head, view.children(of, "pobj", "pcomp")
    named = view[name].deprel == "pobj" and view[name].xpos in ("NNP", "CD")
    if not named or lexicon.slots.accusing.get(view[verb].lemma) != "of" or len(crimes) != 1:
        return
    if of < prep or not verb < prep or view[crimes[0]].upos == "PROPN":
        return  # "convicted in the Kingdom of Spain"
    yield of, replace(view[of], head=verb)
    second = [i for i in view.children(verb, "conj") if view[i].upos == "NOUN" and i > of]
    joints = [i for i in view.children(verb, "cc") if i > of]
    if second and joints and joints[0] < second[0]:
        yield from view.hung((joints[0], second[0]), crimes[0])


@related("aux", "auxpass")
def _subject_as_second(view: View, helper: int, _: Lexicon) -> Changes:
    """As in "suffers burns and a boy is shot": the boy is, and is not suffered.

    The noun between "and" and the helping verb of a clause that has no subject.
    """
    verb, noun = view[helper].head, helper - 1
    if noun <= view.first or verb < helper or view[noun].deprel != "conj":
        return
    first = view[noun].head
    joints = [i for i in view.children(first, "cc") if first < i < noun]
    if not joints or view[first].deprel not in ("dobj", "pobj", "conj"):
        return
    if view.children(verb, "nsubj", "nsubjpass", "csubj", "mark", "expl"):
        return
    if view[noun].xpos not in _PLURAL and view[helper].form.lower() not in _OF_ONE:
        return  # "after a reporter and his driver were killed"
    within = all(view.is_below(i, noun) for i in range(joints[-1] + 1, noun))
    if within and view[verb].deprel == "conj" and view[verb].head < first:
        passive = view[helper].deprel == "auxpass" or view.children(verb, "auxpass")
        yield noun, replace(view[noun], head=verb, deprel="nsubjpass" if passive else "nsubj")
        yield joints[-1], replace(view[joints[-1]], head=view[verb].head)


@tagged("VBG", by=("acl",))
def _called_so(view: View, participle: int, lexicon: Lexicon) -> Changes:
    """As in "condemns the raid calling it barbaric": who condemns it calls it so."""
    noun = view[participle].head
    verb = view[noun].head
    naming = view[participle].lemma in lexicon.slots.naming and view.children(participle, "dobj")
    event = view[noun].deprel == "dobj" and view[noun].lemma in lexicon.nouns
    if naming and event and view[verb].lemma in lexicon.report_verbs:
        yield participle, replace(view[participle], head=verb, deprel="advcl")


@tagged("VBG", by=("advcl", "acl"))
def _shown_by_find(view: View, participle: int, lexicon: Lexicon) -> Changes:
    """As in "found bones near X suggesting that Y": the bones do, not the finder or the place."""
    if view[participle].lemma not in lexicon.slots.showing:
        return
    verb = view[participle].head
    while view[verb].deprel in ("pobj", "prep", "dobj"):
        verb = view[verb].head
    finds = [i for i in view.children(verb, "dobj") if verb < i < participle]
    if view[verb].lemma not in lexicon.slots.finding or len(finds) != 1:
        return
    if view.children(participle, "ccomp") and view[participle - 1].form != ",":
        yield participle, replace(view[participle], head=finds[0], deprel="acl")


@related("agent")
def _way_of_crime(view: View, by: int, lexicon: Lexicon) -> Changes:
    """As in "charged with homicide by intoxication": a way to kill, and nobody who charges."""
    crime = by - 1
    prep = view[crime].head
    marker = lexicon.slots.accusing.get(view[view[by].head].lemma)
    if view[crime].deprel != "pobj" or view[prep].form.lower() != marker:
        return
    ways = view.children(by, "pobj")
    kinds = (lexicon.noun_classes.get(view[i].lemma, "Entity") for i in ways)
    people = any(is_a(kind, "Agent") for kind in kinds)
    if ways and not people and all(view[i].xpos == "NN" and not view.children(i) for i in ways):
        yield by, replace(view[by], head=crime, deprel="prep")


@tagged("NN", by=("compound",))
def _deed_of_two(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Chad and Niger resume talks": what has a subject, and then an object, is a verb."""
    noun = view[verb].head
    subjects = view.children(verb, "nsubj")
    told = view[verb].lemma in lexicon.nominal_verbs or view[verb].lemma in lexicon.verbs
    if not subjects or not told or view[noun].head != noun or noun < verb:
        return
    if view.children(noun, "nsubj", "nsubjpass", "det", "poss") or not view.children(subjects[0]):
        return
    yield verb, replace(view[verb], upos="VERB", xpos="VBP", head=verb, deprel="ROOT")
    yield noun, replace(view[noun], head=verb, deprel="dobj")
    yield from view.hung(view.children(noun, "punct"), verb)


@formed("as")
def _office_behind_another(view: View, as_: int, lexicon: Lexicon) -> Changes:
    """As in "sworn in by X as president", "for a term as president": who was sworn in is.

    But "sworn in, with Y as his deputy" tells what Y is.
    """
    other = as_ - 1
    beside = view[other].head
    if view[other].deprel == "pobj" and view[beside].form.lower() == "with":
        if view[other].xpos == "NNP" and view[beside].head == view[as_].head:
            yield as_, replace(view[as_], head=other)
        return
    noun = view[as_].head
    prep = view[noun].head
    verb = view[prep].head
    offices = view.children(as_, "pobj")
    if view[noun].deprel != "pobj" or view[verb].lemma not in lexicon.slots.installing:
        return
    kinds = (lexicon.noun_classes.get(view[i].lemma.lower(), "Entity") for i in offices)
    if noun < as_ and any(is_a(kind, "Person") for kind in kinds):
        yield as_, replace(view[as_], head=verb)


@related("nsubj", below=("ccomp",))
def _empty_it(view: View, it: int, _: Lexicon) -> Changes:
    """As in "makes it illegal to deny X": nobody is meant who denies it."""
    state = view[it].head
    deeds = view.children(state, "advcl", "xcomp")
    if view[it].form.lower() != "it" or view[state].upos != "ADJ" or len(deeds) != 1:
        return
    if any(view[i].form.lower() == "to" for i in view.children(deeds[0], "aux")):
        yield it, replace(view[it], deprel="expl")
        yield deeds[0], replace(view[deeds[0]], deprel="xcomp")


@related("oprd")
def _office_in_party(view: View, office: int, _: Lexicon) -> Changes:
    """As in "appoints UMNO vice-president X as minister": X, who has that office in UMNO."""
    verb = view[office].head
    party, *others = [*view.children(verb, "dobj"), *view.children(verb, "oprd")]
    others = [i for i in others if i > office and view[i].xpos == "NNP"]
    if len(others) != 1 or not party < office:
        return
    name = others[0]
    between = [i for i in range(office + 1, name) if i not in view.children(name, "compound")]
    parts = [i for i in range(party + 1, office) if not view.is_below(i, office)]
    if between or parts or view[party].xpos != "NNP" or view[office].upos != "NOUN":
        return
    yield from view.hung((party, office), name, "compound")
    yield name, replace(view[name], deprel="dobj")
    preps = [i for i in view.children(name, "prep") if view[i].form.lower() == "as"]
    yield from view.hung(preps, verb)


@related("compound")
def _second_before_verb(view: View, name: int, _: Lexicon) -> Changes:
    """As in "X and Donald Trump meet": he was taken for a word before a noun."""
    verb = view[name].head
    if view[verb].upos != "VERB" or view[name].xpos != "NNP" or name > verb:
        return
    for first in view.children(verb, "nsubj"):
        joints = [i for i in view.children(first, "cc") if first < i < name]
        start = min((i for i in view.indices() if view.is_below(i, name)), default=name)
        if len(joints) == 1 and joints[0] == start - 1:
            yield name, replace(view[name], head=first, deprel="conj")


PAIRED_REPAIRS: tuple[Repair, ...] = (
    _party_before_group,
    _person_before_person,
    _second_charge,
    _accused_of,
    _subject_as_second,
    _called_so,
    _shown_by_find,
    _way_of_crime,
    _deed_of_two,
    _office_behind_another,
    _empty_it,
    _office_in_party,
    _second_before_verb,
)
