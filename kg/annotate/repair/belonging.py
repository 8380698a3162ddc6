"""Repairs of what belongs together: titles and their name, counts, owners, times, speakers."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_SINGLED = ("det", "poss", "nummod")
_LOOSE = (*_SINGLED, "prep", "relcl", "acl")
_TITLE = ("compound", "amod", "nmod")


@formed("law", "laws", "chief")
def _in_law(view: View, last: int, _: Lexicon) -> Changes:
    """As in "her mother-in-law", "the editor-in-chief": one noun, and no law."""
    first = last - 4
    words = [view[i].form.lower() for i in range(first + 1, last)] if first >= view.first else []
    if words != ["-", "in", "-"] or view[first].upos != "NOUN":
        return
    noun, tail = view[first], view[last]
    lemma = "in-law" if tail.lemma == "law" else tail.lemma
    head = last if noun.head == first else noun.head
    tail = replace(tail, lemma=lemma, upos="NOUN", xpos=noun.xpos, head=head, deprel=noun.deprel)
    yield last, tail
    yield from view.hung(view.children(first), last)
    for index in range(first, last):
        yield index, replace(view[index], head=last, deprel="compound")


@related("conj")
def _one_with_titles(view: View, name: int, lexicon: Lexicon) -> Changes:
    """As in "trafficker and fugitive X is held", "singer, writer and actor X": one person.

    Bare singular nouns for what somebody is, the last of them right before a name.
    """
    token = view[name]
    if token.xpos != "NNP" or view.children(name, *_SINGLED):
        return
    titles = [i for i in view.children(name, *_TITLE) if _is_role(view, i, lexicon)]
    start = min(view.children(name, *_TITLE), default=name)
    if not titles and view[start - 1].deprel == "conj" and _is_role(view, start - 1, lexicon):
        start -= 1
        titles = [start]
    elif not titles and view[view[token.head].head].xpos == "VBZ":
        titles = _large_title(view, name, lexicon)
        start = min(
            (i for i in view.indices() if titles and view.is_below(i, titles[0])), default=0
        )
    if not titles or start - 1 <= view.first or view[start - 1].form.lower() != "and":
        return
    roles = _roles_before(view, start - 1, lexicon)
    if not roles or view[roles[0]].deprel in ("conj", "appos", "ROOT"):
        return
    first = view[roles[0]]
    yield from view.hung(roles, name, "appos")
    yield from view.hung(titles, name, "compound")
    yield start - 1, replace(view[start - 1], head=name)
    placed = (*roles, *titles, start - 1, name)
    after = (i for i in view.children(roles[0]) if i > roles[0] and i not in placed)
    yield from view.hung(after, name)
    torn = view.children(name, "prep") if token.head == first.head else []
    yield from view.hung((i for i in torn if first.head < i), first.head)
    yield name, replace(token, head=first.head, deprel=first.deprel)


def _large_title(view: View, name: int, lexicon: Lexicon) -> list[int]:
    """As in "leader and Council Chairman X says": one person, where one says so."""
    words = [i for i in view.children(name, *_TITLE) if view[i].xpos == "NNP"]
    kinds = ((i, lexicon.noun_classes.get(view[i].lemma.lower())) for i in words)
    return [i for i, kind in kinds if kind is not None and is_a(kind, "Person")][:1]


def _roles_before(view: View, joint: int, lexicon: Lexicon) -> list[int]:
    """The titles that end at "and", in text order; none where they may be said of somebody else."""
    roles: list[int] = []
    end = joint - 1 - (view[joint - 1].form == ",")
    while end >= view.first and _is_role(view, end, lexicon):
        if view.children(end, *_LOOSE):
            return []
        roles.insert(0, end)
        left = min([end, *view.children(end, *_TITLE)])
        if left - 1 < view.first or view[left - 1].form != ",":
            return roles
        end = left - 2
    return []  # "X, director and writer Y": the director is X


def _is_role(view: View, index: int, lexicon: Lexicon) -> bool:
    token = view[index]
    kind = lexicon.noun_classes.get(token.lemma.lower())
    return token.xpos in ("NN", "JJ") and kind is not None and is_a(kind, "Person")


@tagged("NNP", by=("poss", "conj"))
def _joint_owners(view: View, owner: int, lexicon: Lexicon) -> Changes:
    """As in "X and Y's bombing of Z killed ten": X was taken for who kills, beside the bombing."""
    token = view[owner]
    joint = min([owner, *view.children(owner, "compound")]) - 1
    other = joint - 1
    if other < view.first or view[joint].deprel != "cc":
        return
    if not view.children(owner, "case") or view[other].xpos != "NNP":
        return
    if token.deprel == "conj":  # "Brown and Smith's resignations", already before the noun
        if token.head == other and view[other].deprel == "nmod":
            yield other, replace(view[other], deprel="poss")
        return
    event = token.head
    if view[event].lemma not in lexicon.nouns or view[event].deprel != "conj":
        return
    if view[event].head != other or view.children(other, "appos", "det"):
        return
    if view[other].deprel not in ("nsubj", "nsubjpass"):
        return  # "spoke of Russia and NATO's commitments": Russia may stand alone
    yield event, replace(view[event], head=view[other].head, deprel=view[other].deprel)
    yield other, replace(view[other], head=event, deprel="poss")
    yield owner, replace(token, head=other, deprel="conj")


@related("npadvmod")
def _named_storm(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "Typhoon Nari hits X": the kind before a name, taken for a time."""
    token, name = view[index], index + 1
    kinds = lexicon.nouns.get(token.lemma.lower(), ())
    if name >= view.last or not any(is_a(each.type, "Disaster") for each in kinds):
        return
    subject = view[name].xpos == "NNP" and view[name].deprel in ("nsubj", "nsubjpass")
    if subject and view[name].head == token.head:
        yield index, replace(token, head=name, deprel="compound")


@formed("in", "over", "during", "within")
def _lapse_of_object(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "reports ten deaths in the past week": they died in it, whenever it was told."""
    token, verb = view[prep], view[prep].head
    if token.deprel != "prep" or view[verb].lemma not in lexicon.report_verbs:
        return
    units = [i for i in view.children(prep, "pobj") for i in view.children(i, "amod")]
    lapse = any(view[i].form.lower() in ("past", "last", "previous", "recent") for i in units)
    told = [
        i
        for i in view.children(verb, "dobj")
        if view[i].lemma in lexicon.nouns or _is_counted(view, i)
    ]
    if lapse and told and verb < told[-1] < prep:
        yield prep, replace(token, head=told[-1])


@tagged("VBN", by=("acl",))
def _time_of_participle(view: View, deed: int, lexicon: Lexicon) -> Changes:
    """As in "on Monday freed a man convicted of arson in 2015": what is told before had a time."""
    noun = view[deed].head
    verb = view[noun].head
    if view[noun].deprel != "dobj" or deed != noun + 1 or not _is_timed(view, verb, noun):
        return
    later = [i for i in view.children(verb, "prep") if i > deed and _has_date(view, i)]
    if view[deed].lemma in lexicon.verbs and view[deed].upos == "VERB":
        yield from view.hung(later[:1], deed)


def _is_timed(view: View, verb: int, noun: int) -> bool:
    """Whether a time is told of a verb before its object: "X on Monday freed Y"."""
    calendar = time_lexicon().calendar
    bare = any(view[i].form in calendar for i in view.children(verb, "npadvmod") if i < noun)
    return bare or any(_has_date(view, i) for i in view.children(verb, "prep") if i < noun)


def _has_date(view: View, prep: int) -> bool:
    """Whether a day, month or year stands behind a preposition: "on Monday", "in the 1990s"."""
    calendar = time_lexicon().calendar
    dates = (view[i].form for i in view.children(prep, "pobj"))
    return any(form in calendar or form[:4].isdigit() for form in dates)


@formed("as", "from", "until", "till")
def _start_of_object(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "announces a ban as of May 2": then it begins, whenever it was announced."""
    calendar = time_lexicon().calendar
    token, verb = view[prep], view[prep].head
    if token.deprel != "prep" or view[verb].lemma not in lexicon.report_verbs:
        return
    below = [prep, *view.children(prep, "prep")]
    times = [view[i].form for each in below for i in view.children(each, "pobj")]
    told = [i for i in view.children(verb, "dobj") if verb < i < prep]
    if told and any(form in calendar for form in times):
        ends = [i for i in view.children(verb, "prep") if i > prep and _is_end(view, i)]
        yield from view.hung((prep, *ends), told[-1])


def _is_counted(view: View, noun: int) -> bool:
    """As in "101 cases", "a record of 101 cases"."""
    inside = [i for prep in view.children(noun, "prep") for i in view.children(prep, "pobj")]
    return any(view.children(i, "nummod") for i in (noun, *inside))


def _is_end(view: View, prep: int) -> bool:
    """As in "from May 2 to 9"."""
    return view[prep].form == "to" and any(
        view[i].xpos == "CD" or view[i].form in time_lexicon().calendar
        for i in view.children(prep, "pobj")
    )


@formed("of")
def _part_of_counted(view: View, of: int, _: Lexicon) -> Changes:
    """As in "shot down 20 of 25 drones launched by X": all 25 were launched, and 20 shot down."""
    part, whole = of - 1, of + 1
    if view[of].deprel != "quantmod" or part < view.first or whole >= view.last:
        return
    counted = view[whole].head
    numbers = view[part].xpos == view[whole].xpos == "CD" and view[part].deprel != "pobj"
    if numbers and view[whole].deprel == "nummod" and view[counted].upos == "NOUN":
        above = view[counted]
        top = part if above.head == counted else above.head
        yield part, replace(view[part], head=top, deprel=above.deprel)
        yield of, replace(view[of], head=part, deprel="prep")
        yield counted, replace(above, head=of, deprel="pobj")


@related("conj")
def _counted_beside(view: View, index: int, _: Lexicon) -> Changes:
    """As in "62 cases of cholera and 20 deaths": the deaths are counted beside the cases."""
    token, first = view[index], view[index].head
    of = view[first].head
    counted = view[of].head
    if view[first].deprel != "pobj" or view[of].form.lower() != "of":
        return
    numbers = [view.children(i, "nummod") for i in (index, counted, first)]
    if numbers[0] and numbers[1] and not numbers[2] and view[counted].upos == "NOUN":
        yield index, replace(token, head=counted)
        joints = [i for i in view.children(first, "cc") if i < index]
        yield from view.hung(joints[-1:], counted)


@related("conj")
def _last_modifier(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "a warning and evacuation orders": what is ordered, and not a second event."""
    token, noun = view[index], index + 1
    first = view[token.head]
    if noun >= view.last or first.deprel != "nmod" or first.head != noun:
        return
    operator = lexicon.nominal_nouns.get(view[noun].lemma)
    if token.lemma in lexicon.nouns and operator is not None and operator.modality:
        yield index, replace(token, head=noun, deprel="compound")


@tagged("VBG")
def _speaker_with(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "X attacked Y with the army saying that ...": the army says it, not X."""
    token, noun = view[verb], verb - 1
    if token.deprel != "advcl" or token.lemma not in lexicon.report_verbs:
        return
    while noun > view.first and view[noun].deprel != "pobj":
        noun = view[noun].head if view[noun].head < noun else view.first
    prep = view[noun].head
    between = [view[i].form for i in range(prep, verb)]
    if view[noun].deprel != "pobj" or view[prep].form.lower() != "with" or "," in between:
        return
    beside = view[prep].head
    own = beside == token.head or (view[beside].xpos == "NNP" and token.head < beside < prep)
    if not own or _takes_partner(view[token.head], lexicon):
        return
    if not view.children(verb, "nsubj", "mark"):
        yield prep, replace(view[prep], head=token.head)
        yield noun, replace(view[noun], head=verb, deprel="nsubj")
        yield verb, replace(token, head=prep, deprel="pcomp")


def _takes_partner(verb: Token, lexicon: Lexicon) -> bool:
    """As "meet with X": who does so may as well be who speaks."""
    triggers = lexicon.verbs.get(verb.lemma, ())
    return any(trigger.frame.roles.get("with") == "coAgent" for trigger in triggers)


@related("nmod")
def _two_with_titles(view: View, first: int, lexicon: Lexicon) -> Changes:
    """As in "President X and Minister Y meet": the parser read them as one long name."""
    last, joint = view[first].head, first + 1
    named = view[first].upos == "PROPN" and joint < last
    titled = any(_is_title(view, i, lexicon) for i in view.children(first, *_TITLE))
    if not (named and titled) or view[joint].deprel != "cc" or view[joint].head != first:
        return
    inner = [i for i in view.children(first, "conj") if joint < i < last]
    if not inner or view[last].upos != "PROPN":
        return
    left = [i for i in view.children(last, "det", "amod") if i < first]
    yield from view.hung(inner, last, "compound")
    yield from view.hung(left, first)
    yield first, replace(view[first], head=view[last].head, deprel=view[last].deprel)
    yield last, replace(view[last], head=first, deprel="conj")


def _is_title(view: View, index: int, lexicon: Lexicon) -> bool:
    kind = lexicon.noun_classes.get(view[index].lemma.lower())
    return kind is not None and is_a(kind, "Person")


@tagged("VB", by=("conj",))
def _aim_beside_participle(view: View, aim: int, _: Lexicon) -> Changes:
    """As in "uses X, affecting Y, to secure Z": what it is used for is joined to no participle."""
    beside = view[aim].head
    infinitive = any(view[i].xpos == "TO" for i in view.children(aim, "aux"))
    loose = view[beside].xpos == "VBG" and view[beside].deprel == "advcl"
    if infinitive and loose and not view.children(beside, "cc"):
        yield aim, replace(view[aim], head=view[beside].head, deprel="advcl")


@tagged("VB", by=("advcl",))
def _aim_behind_harmed(view: View, aim: int, lexicon: Lexicon) -> Changes:
    """As in "meets friends of people killed in raids to discuss X": why they meet."""
    harm = view[aim].head
    main = view[harm].head
    if view[harm].deprel != "acl" or view[harm].xpos != "VBN" or not _is_infinitive(view, aim):
        return
    while view[main].upos != "VERB" and view[main].head != main:
        main = view[main].head
    if view[harm].lemma in lexicon.slots.harms and view[main].upos == "VERB" and main < harm:
        yield aim, replace(view[aim], head=main)


@related("advcl")
def _infinitives_in_list(view: View, second: int, _: Lexicon) -> Changes:
    """As in "to cancel X, to replace Y, and to promise Z": the second is no aim of the first."""
    first = view[second].head
    bare = [_is_infinitive(view, i) for i in (first, second)]
    rest = [i for i in view.children(second, "conj") if _is_infinitive(view, i)]
    comma = view[min(view.children(second, "aux"), default=second) - 1].form == ","
    if all(bare) and rest and comma and first < second and view[first].deprel == "xcomp":
        yield second, replace(view[second], deprel="conj")


def _is_infinitive(view: View, verb: int) -> bool:
    return view[verb].xpos == "VB" and any(view[i].xpos == "TO" for i in view.children(verb, "aux"))


@related("advcl")
def _loose_participle(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "X overran soldiers sheltering in Y, setting it on fire": behind the comma X does."""
    above = view[verb].head
    noun = view[above].head
    main = view[noun].head
    close = view[verb].xpos == view[above].xpos == "VBG" and view[above].deprel == "acl"
    if not close or view[noun].deprel != "dobj" or view.children(verb, "mark", "nsubj"):
        return
    start = min([verb, *(i for i in view.children(verb) if i < verb)])
    if above < start and view[start - 1].form == "," and view[main].upos == "VERB":
        yield verb, replace(view[verb], head=main)


@formed("whose")
def _deed_in_whose_clause(view: View, index: int, _: Lexicon) -> Changes:
    """As in "X, whose minister Y visited Z in May, wants W": Y visited, and X wants."""
    name = view[index].head
    while view[name].deprel in ("compound", "amod", "nmod"):
        name = view[name].head
    owner, verb = view[name].head, name + 1
    if view[name].deprel != "appos" or verb >= view.last or view[verb].upos != "VERB":
        return
    later = [i for i in view.children(verb, "conj") if view[i - 1].form == ","]
    if not later or view.children(verb, "nsubj") != [owner]:
        return
    above = later[0] if view[verb].head == verb else view[verb].head
    yield later[0], replace(view[later[0]], head=above, deprel=view[verb].deprel)
    yield owner, replace(view[owner], head=later[0])
    yield name, replace(view[name], head=verb, deprel="nsubj")
    yield verb, replace(view[verb], head=owner, deprel="relcl")


BELONGING_REPAIRS: tuple[Repair, ...] = (
    _in_law,
    _deed_in_whose_clause,
    _one_with_titles,
    _joint_owners,
    _named_storm,
    _time_of_participle,
    _lapse_of_object,
    _start_of_object,
    _part_of_counted,
    _counted_beside,
    _last_modifier,
    _speaker_with,
    _two_with_titles,
    _aim_beside_participle,
    _aim_behind_harmed,
    _infinitives_in_list,
    _loose_participle,
)
"""In the order in which they are tried."""
