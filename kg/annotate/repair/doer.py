"""Repairs of who did it: whom the parser hung on the wrong word, or took for a part of a noun."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, formed, related, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_one_of

_ACTING = ("Person", "PersonGroup", "Organization")
_GIVEN = ("Materiel", "Resource")
_UNDERGOING = (*_ACTING, "Place", "Materiel")
_CLAUSES = ("ROOT", "advcl", "ccomp")
_OF_NOUNS = ("det", "compound", "amod", "nmod", "poss", "nummod")


@related("pcomp")
def _doer_with_participle(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "destroyed by retreating troops": who did it, not how."""
    token, prep = view[index], view[index].head
    if token.xpos != "VBG" or index != prep + 1:
        return
    nouns = view.children(index, "dobj")
    kind = lexicon.noun_classes.get(view[nouns[0]].lemma, "Entity") if nouns else "Entity"
    bare = nouns and not view.children(nouns[0], "det", "poss", "nummod")
    passive = view.children(view[prep].head, "auxpass", "nsubjpass")
    acting = is_one_of(kind, _ACTING)
    if view[prep].form.lower() == "by" and passive and bare and acting:
        yield nouns[0], replace(view[nouns[0]], head=prep, deprel="pobj")
        yield index, replace(token, head=nouns[0], deprel="amod")
        yield prep, replace(view[prep], deprel="agent")


@formed("by")
def _doer_of_event(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "condemned the raid by X", "the arrest of a man by X": X was hung on verb or victim.

    So too "ten died in an attack by X", right behind the attack.
    """
    token, above = view[index], view[index].head
    if token.deprel != "prep" or above > index:
        return
    doers = view.children(index, "pobj")
    if not doers or not _is_of(view[doers[0]], _ACTING, lexicon):
        return
    event = _told_by_verb(view, above) if view[above].upos == "VERB" else _done_to(view, above)
    if event is None and view[view[index - 1].head].head == above:
        event = index - 1 if view[index - 1].deprel == "pobj" else None
    known = event is not None and event < index and view[event].lemma in lexicon.nouns
    suffering = view[above].upos == "VERB" or _is_of(view[above], _UNDERGOING, lexicon)
    if event is not None and known and suffering:
        yield index, replace(token, head=event)


@formed("by")
def _doer_of_passive(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "was supplied with drones by X", "was given drones by X": X did it, it is no place."""
    token, verb = view[index], view[index].head
    thing = view[verb].upos == "NOUN" and _is_of(view[verb], _GIVEN, lexicon)
    if thing:
        prep = view[verb].head
        verb = view[prep].head if view[verb].deprel == "pobj" else prep
    given = thing or view.children(verb, "dobj")
    passive = view.children(verb, "auxpass") and not view.children(verb, "agent")
    doers = [i for i in view.children(index, "pobj") if view[i].upos == "PROPN"]
    if token.deprel == "prep" and given and passive and doers and verb < index:
        yield index, replace(token, head=verb, deprel="agent")


def _told_by_verb(view: View, verb: int) -> int | None:
    """The object of a verb in the active, which has a doer of its own."""
    if view.children(verb, "auxpass", "nsubjpass"):
        return None
    return next(iter(view.children(verb, "dobj")), None)


def _done_to(view: View, noun: int) -> int | None:
    """The noun whose complement it is, alone or joined to another."""
    while view[noun].deprel == "conj":
        noun = view[noun].head
    above = view[view[noun].head].head
    return above if view[noun].deprel == "pobj" and view[above].upos == "NOUN" else None


def _is_of(token: Token, kinds: tuple[str, ...], lexicon: Lexicon) -> bool:
    if token.upos == "PROPN":
        return token.form not in time_lexicon().calendar
    kind = lexicon.noun_classes.get(token.lemma, "Entity")
    return token.lemma not in lexicon.nouns and is_one_of(kind, kinds)


@related("appos")
def _doer_by_name(view: View, index: int, _: Lexicon) -> Changes:
    """As in "four are killed by the owner of a shop, Omar Ali": he is the owner, no victim."""
    token, sufferer = view[index], view[index].head
    verb = view[sufferer].head
    if view[sufferer].deprel != "nsubjpass" or token.upos != "PROPN" or index < verb:
        return
    doers = [i for by in view.children(verb, "agent") for i in view.children(by, "pobj")]
    doers = [i for i in doers if verb < i < index and view[i].xpos == "NN"]
    if doers and not view.children(index, "conj", "cc"):
        yield index, replace(token, head=doers[-1])


@tagged("VBD")
def _believed_of(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "shot Ali, the gunman believed responsible": others believe it of him."""
    token, noun = view[verb], verb - 1
    states = view.children(verb, "acomp", "oprd")
    believed = token.lemma in lexicon.reporting.raised and states == [verb + 1]
    if not believed or view[noun].deprel != "nsubj" or view[noun].head != verb:
        return
    comma = min([noun, *view.children(noun, "det", "amod", "compound")]) - 1
    if comma <= view.first or view[comma].form != "," or view[comma - 1].upos != "PROPN":
        return
    yield noun, replace(view[noun], head=comma - 1, deprel="appos")
    yield verb, replace(token, xpos="VBN", head=noun, deprel="acl")


@related("prep", below=("pobj",))
def _charge_behind_doer(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "accused by the opposition of nepotism": the charge, and no part of who makes it."""
    noun, by = view[index].head, view[view[index].head].head
    verb = view[by].head
    marker = lexicon.slots.accusing.get(view[verb].lemma)
    if view[by].deprel != "agent" or view[index].form.lower() != marker:
        return
    for charge in view.children(index, "pobj", "pcomp"):
        held = view.children(charge, "det", "poss") or view[charge].upos == "PROPN"
        if not held and view[charge].lemma not in lexicon.noun_classes and index > noun:
            yield index, replace(view[index], head=verb)


@related("advcl")
def _bidding_behind_doer(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "were warned by officials to boil water": what they are told, and no purpose."""
    token, verb = view[index], view[index].head
    asked = view[verb].lemma in lexicon.report_verbs
    asked = asked and view[verb].lemma in lexicon.slots.object_control
    marks = [i for i in view.children(index, "aux") if view[i].xpos == "TO"]
    doers = [i for i in view.children(verb, "agent") if i < index]
    if asked and doers and marks and token.xpos == "VB" and view[marks[0] - 1].form != ",":
        yield index, replace(token, deprel="xcomp")


@tagged("VBN", by=("acl",))
def _believed_done(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "two people believed captured by X": so it is believed."""
    token, cue = view[verb], verb - 1
    said = view[cue]
    beside = said.head == token.head and said.deprel == "acl" and cue > view.first
    if beside and said.xpos in ("VBN", "VBD") and said.lemma in lexicon.reporting.raised:
        yield verb, replace(token, head=cue, deprel="xcomp")


@tagged("VBN", by=("pcomp", "advcl"))
def _feared_done(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "sinks with most people feared drowned", "is lost, feared killed": so it is feared."""
    token, cue = view[verb], verb - 1
    if token.deprel == "advcl":
        aside = view[cue].head == token.head and view[cue].deprel == "conj"
        if aside and view[cue].xpos == "VBN" and view[cue].lemma in lexicon.reporting.raised:
            yield cue, replace(view[cue], deprel="advcl")
            yield verb, replace(token, head=cue, deprel="xcomp")
        return
    people = view.children(verb, "nsubj", "nsubjpass")
    feared = view[cue].lemma in lexicon.reporting.raised and view[cue].deprel == "acl"
    if people == [view[cue].head] and feared and view[cue].xpos in ("VBN", "VBD"):
        yield people[0], replace(view[people[0]], head=cue, deprel="nsubjpass")
        yield cue, replace(view[cue], xpos="VBN", head=token.head, deprel="pcomp")
        yield verb, replace(token, head=cue, deprel="xcomp")


@tagged("VBN", "VBD", by=("acl",))
def _held_by_noun(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "captures the former rebel held town": the town is captured, which rebels held."""
    token, holder = view[verb], view[verb].head
    held = [i for i in view.children(verb, "dobj") if not view.children(i, "det", "poss")]
    if holder != verb - 1 or not held or min([*held, *view.children(held[0], "amod")]) != verb + 1:
        return
    kind = lexicon.noun_classes.get(view[holder].lemma, "Entity")
    held_so = token.lemma in lexicon.slots.held_by
    if held_so and view[holder].xpos == "NN" and is_one_of(kind, _ACTING):
        thing, whose = held[0], view[holder]
        yield thing, replace(view[thing], head=whose.head, deprel=whose.deprel)
        yield from view.hung((i for i in view.children(holder) if i != verb), thing)
        yield holder, replace(whose, head=verb, deprel="npadvmod")
        yield verb, replace(token, head=thing, deprel="amod")


@tagged("VBD", by=("nsubj", "nsubjpass"))
def _thought_done(view: View, cue: int, lexicon: Lexicon) -> Changes:
    """As in "two men thought killed by X were found": the men were, and think nothing."""
    people = view.children(cue, "nsubj")
    done = [i for i in view.children(cue, "xcomp") if i == cue + 1 and view[i].xpos == "VBN"]
    if people == [cue - 1] and done and view[cue].lemma in lexicon.reporting.raised:
        token = view[cue]
        yield people[0], replace(view[people[0]], head=token.head, deprel=token.deprel)
        yield cue, replace(token, xpos="VBN", head=people[0], deprel="acl")


@tagged("NN", by=("conj",))
def _deed_of_two(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a tram and a van collide near X, killing six": two do what no noun names."""
    first, second, token = view[verb].head, verb - 1, view[verb]
    left = [i for i in view.children(verb, *_OF_NOUNS) if i < verb]
    apart = any(view[i].form.lower() in ("a", "an") for i in left)
    known = view[second].lemma in lexicon.noun_classes and second in left
    named = (lexicon.nouns, lexicon.noun_classes, lexicon.report_verbs)
    deed = token.lemma in lexicon.verbs and not any(token.lemma in each for each in named)
    if not (apart and known and deed) or view[first].deprel not in _CLAUSES:
        return
    yield from _joint_clause(view, first, second, verb, "VBP")
    yield from view.hung((i for i in left if i != second), second)


@tagged("VBD", "VBN", by=("acl",))
def _fate_of_two(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a tram and a van crashed near X, killing six": a clause, as it has an outcome."""
    token, second = view[verb], view[verb].head
    first = view[second].head
    if second != verb - 1 or view[second].deprel != "conj" or view[first].head != first:
        return
    triggers = lexicon.verbs.get(token.lemma, ())
    undergone = any(each.frame.roles.get("subject") == "theme" for each in triggers)
    outcome = any(view[i].xpos == "VBG" for i in view.children(first, "acl") if i > verb)
    if undergone and outcome:
        yield from _joint_clause(view, first, second, verb, "VBD")


def _joint_clause(view: View, first: int, second: int, verb: int, tag: str) -> Changes:
    """Of two nouns, the second with a word behind it: the clause of what they do."""
    above, token = view[first], view[verb]
    head, deprel = (verb, "ROOT") if above.head == first else (above.head, above.deprel)
    yield verb, replace(token, upos="VERB", xpos=tag, head=head, deprel=deprel)
    yield first, replace(above, head=verb, deprel="nsubj")
    yield second, replace(view[second], head=first, deprel="conj")
    for index in view.children(first):
        behind = index > verb or view[index].xpos == "WRB"
        if behind and index not in (second, verb):
            told = "advcl" if view[index].xpos == "VBG" else view[index].deprel
            yield index, replace(view[index], head=verb, deprel=told)


@related("appos")
def _name_behind_of(view: View, index: int, _: Lexicon) -> Changes:
    """As in 'son of the drug lord Al "Kid" Roe': no comma parts the name from who bears it."""
    token = view[index]
    left = min([index, *view.children(index, "nmod", "compound")])
    borne, prep = left - 1, view[left - 1].head
    if token.xpos != "NNP" or left == index or borne <= token.head or view[borne].xpos != "NN":
        return
    if view[borne].deprel == "appos" and prep == token.head:
        bare = [i for i in range(prep, borne) if view[i].deprel == "prep" and not view.children(i)]
        prep = max(bare, default=prep)
    of = view[borne].deprel in ("pobj", "appos") and view[prep].form.lower() == "of"
    if of and view.is_below(prep, token.head):
        yield index, replace(token, head=prep, deprel="pobj")
        yield borne, replace(view[borne], head=index, deprel="compound")
        yield from view.hung((i for i in view.children(borne) if i < borne), index)


@related("nsubj", "nsubjpass")
def _kin_of_named(view: View, index: int, _: Lexicon) -> Changes:
    """As in 'Ana Roe, sister of the singer Al "Kid" Doe, fled': she did, whoever the singer is."""
    token = view[index]
    names = [i for i in view.children(index, "nmod") if view[i + 1].form == "," and i < index]
    kin = [k for i in names if view[i].xpos == "NNP" for k in view.children(i, "appos")]
    borne = [
        n
        for k in kin
        for prep in view.children(k, "prep")
        for n in view.children(prep, "pobj")
        if view[prep].form.lower() == "of" and n < index and view[n].xpos == "NN"
    ]
    if token.xpos != "NNP" or not borne:
        return
    noun = borne[0]
    yield names[0], replace(view[names[0]], head=token.head, deprel=token.deprel)
    yield index, replace(token, head=view[noun].head, deprel="pobj")
    yield noun, replace(view[noun], head=index, deprel="compound")
    own = [i for i in range(noun + 1, index) if view[i].xpos == "NNP"]
    yield from view.hung(own, index, "compound")


DOER_REPAIRS = (
    _doer_with_participle,
    _doer_of_event,
    _doer_of_passive,
    _doer_by_name,
    _believed_of,
    _charge_behind_doer,
    _bidding_behind_doer,
    _believed_done,
    _feared_done,
    _held_by_noun,
    _thought_done,
    _deed_of_two,
    _fate_of_two,
    _name_behind_of,
    _kin_of_named,
)
"""In the order in which they are tried."""
