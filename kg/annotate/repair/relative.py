"""Repairs of relative clauses that the parser hung on the last name before them."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_WARS = ("war", "conflict")
_SUBJECTS = ("nsubj", "nsubjpass")
_PRONOUNS = ("that", "which", "who")
_WHO = ("who", "whom")
_PEOPLE = ("Person", "PersonGroup", "ArmedGroup", "ArmedForce")
_GAPS = ("dobj", "nsubjpass")
_EVENT_JOINTS = ("of", "on", "in", "against", "into", "with", "by", "at")


@related("relcl", below=("pobj",))
def _judged_deed(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the invasion of X, which Y condemned": the invasion is condemned, and not X."""
    name = view[verb].head
    prep = view[name].head
    deed = view[prep].head
    judging = (lexicon.slots.judging, lexicon.reporting.judging)
    if view[prep].form.lower() not in _EVENT_JOINTS or not view[name].xpos.startswith("NNP"):
        return
    judged = any(view[verb].lemma in words for words in judging)
    which = any(view[i].form.lower() == "which" for i in view.children(verb, *_GAPS))
    event = view[deed].lemma in _WARS or view[deed].lemma in lexicon.nouns
    if which and judged and event and view[deed].upos == "NOUN":
        yield verb, replace(view[verb], head=deed)


@related("relcl", below=("pobj",))
def _left_by_event(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "clashes with police which left ten dead": the clashes left them so.

    So too "raids in X, which targeted a gang": no town targets anybody.
    """
    party = view[verb].head
    prep = view[party].head
    event, lemma = view[prep].head, view[verb].lemma
    which = [view[i].form.lower() for i in view.children(verb, "nsubj")]
    left = lemma in lexicon.slots.resulting or (lemma in lexicon.slots.harms and "which" in which)
    struck = lemma in lexicon.slots.striking_at
    if not (left or struck) or not {"which", "that"} & set(which):
        return
    form = view[prep].form.lower()
    within = form in ("with", "between", "by", "against") and left
    within = within or (form in ("in", "across", "near") and view[party].xpos == "NNP")
    if view[event].upos == "VERB":  # "carried out raids on Monday in X, which"
        event = next(iter(view.children(event, "dobj")), event)
    if within and view[event].upos == "NOUN" and _is_violent(view[event].lemma, lexicon):
        yield verb, replace(view[verb], head=event)


def _is_violent(lemma: str, lexicon: Lexicon) -> bool:
    triggers = lexicon.nouns.get(lemma, ())
    return any(is_one_of(each.type, ("CombatEvent", "Disaster", "Unrest")) for each in triggers)


@related("relcl", below=("pobj",))
def _of_no_name(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "an ally of X whom Y arrested": without a comma nothing tells which X is meant."""
    name = view[verb].head
    prep = view[name].head
    person = view[prep].head
    plain = view[name].xpos == "NNP" and not view.children(name, "det")
    if not plain or view[prep].form.lower() != "of":
        return
    start = min(i for i in view.indices() if view.is_below(i, verb))
    kind = lexicon.noun_classes.get(view[person].lemma)
    whom = view[start].form.lower() in ("who", "whom", "whose")
    if whom and view[start - 1].form != "," and kind is not None and is_a(kind, "Person"):
        yield verb, replace(view[verb], head=person)


@related("relcl", below=("pobj",))
def _agreeing(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "posts with his photo that accuse X", "raids in Mali that have killed ten".

    A clause in the plural is on posts and raids, where they stand right above.
    """
    noun = view[verb].head
    prep = view[noun].head
    above = view[prep].head
    if view[above].upos == "VERB":
        above = max((i for i in view.children(above, "dobj") if i < prep), default=above)
    who = [i for i in view.children(verb, *_SUBJECTS) if view[i].form.lower() in _PRONOUNS]
    many = _is_many(view, verb) if who and not view.children(noun, "conj") else None
    kind = lexicon.noun_classes.get(view[noun].lemma, "Entity")
    if many is None or above > prep or (many and is_one_of(kind, (*_PEOPLE, "Organization"))):
        return
    plurals, singulars = ("NNS", "NNPS"), ("NN", "NNP")
    fitting, other = (plurals, singulars) if many else (singulars, plurals)
    if view[noun].xpos in other and view[above].xpos in fitting:
        yield verb, replace(view[verb], head=above)


def _is_many(view: View, verb: int) -> bool | None:
    """Whether the form of a verb is a plural, if it tells."""
    words = sorted((*view.children(verb, "aux", "auxpass"), verb))
    first = view[words[0]]
    if first.xpos == "VBD" and first.form.lower() in ("was", "were"):
        return first.form.lower() == "were"
    return {"VBZ": False, "VBP": True}.get(first.xpos)


@related("relcl", below=("pobj",))
def _of_whoever_is_there(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "rebels from Goma, who killed ten", "rebels based in Goma, whom X accused"."""
    name = view[verb].head
    prep = view[name].head
    people = view[prep].head
    people = view[people].head if view[people].deprel == "acl" else people
    kind = lexicon.noun_classes.get(view[people].lemma, "Entity")
    who = any(view[i].form.lower() in _WHO for i in view.children(verb, *_SUBJECTS, "dobj"))
    there = view[prep].form.lower() in ("from", "in", "at", "near")
    if who and there and view[name].upos == "PROPN" and is_one_of(kind, _PEOPLE):
        yield verb, replace(view[verb], head=people)


@related("relcl", below=("pobj", "dobj"))
def _of_who_is_replaced(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "named minister replacing X who resigned": who is named right before "who"."""
    who = [i for i in view.children(verb, *_SUBJECTS) if view[i].form.lower() in _WHO]
    name = who[0] - 1 if who else -1
    between = name > view[verb].head and view[view[name].head].deprel == "acl"
    if between and view[name].xpos == "NNP" and view[name].deprel == "dobj":
        yield verb, replace(view[verb], head=name)


@related("relcl", below=("pobj",))
def _of_event_before(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "clashes with rebels in which ten died": in the clashes, as in no people."""
    people = view[verb].head
    event = view[view[people].head].head
    told = [
        prep
        for prep in view.children(verb, "prep")
        if view[prep].form.lower() in ("in", "during")
        and any(view[i].form.lower() == "which" for i in view.children(prep, "pobj"))
    ]
    kind = lexicon.noun_classes.get(view[people].lemma, "Entity")
    if told and is_one_of(kind, _PEOPLE) and _is_violent(view[event].lemma, lexicon):
        yield verb, replace(view[verb], head=event)


@tagged("VBD", "VBZ", "VBP", by=("advcl", "ccomp"))
def _of_last_noun(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "X blamed Y which denied it": what begins with "which" tells of the noun before.

    But "X asked the army which fired first" asks it.
    """
    cue = lexicon.report_verbs.get(view[view[verb].head].lemma)
    if view[verb].deprel == "ccomp" and (cue is None or cue.kind != "accusation"):
        return
    pronouns = [i for i in view.children(verb, *_SUBJECTS) if view[i].form.lower() == "which"]
    noun = min([verb, *pronouns]) - 1
    if pronouns and view[noun].deprel == "dobj" and view[noun].head == view[verb].head:
        yield verb, replace(view[verb], head=noun, deprel="relcl")


@related("relcl", below=("dobj",))
def _asked_which(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "asked the guards which fired first": a question, and nothing that is told of them."""
    people = view[verb].head
    asked = view[people].head
    cue = lexicon.report_verbs.get(view[asked].lemma)
    which = [i for i in view.children(verb, *_SUBJECTS) if view[i].form.lower() == "which"]
    if cue is not None and cue.modality == "requested" and which == [people + 1]:
        yield verb, replace(view[verb], head=asked, deprel="ccomp")


@related("relcl", "acl")
def _of_ranked(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the second mayor from X to resign": a mayor does, and no X."""
    place = view[verb].head
    person = view[view[place].head].head
    to = [i for i in view.children(verb, "aux") if view[i].xpos == "TO"]
    if view[place].deprel != "pobj" or not to or view.children(verb, "nsubj", "nsubjpass"):
        return
    ranked = any(view[i].lemma in lexicon.slots.rankings for i in view.children(person, "amod"))
    if ranked and view[person].upos == "NOUN" and to[0] == place + 1:
        yield verb, replace(view[verb], head=person)


@related("relcl")
def _of_no_person(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the mayor of a town that was shelled": whoever is meant by "that" is no person."""
    person = view[verb].head
    pronouns = view.children(verb, *_SUBJECTS, "dobj")
    kind = lexicon.noun_classes.get(view[person].lemma, "Entity")
    if not is_a(kind, "Person") or not pronouns or view[pronouns[0]].xpos != "WDT":
        return
    things = [i for prep in view.children(person, "prep") for i in view.children(prep, "pobj")]
    things = [i for i in things if i < pronouns[0] and view[i].upos == "NOUN"]
    if things and not is_a(lexicon.noun_classes.get(view[things[-1]].lemma, "Entity"), "Person"):
        yield verb, replace(view[verb], head=things[-1])


@related("relcl")
def _of_people_of(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "officers of the cabinet whom X blames": "whom" means people, and no cabinet."""
    body = view[verb].head
    pronouns = view.children(verb, *_SUBJECTS, "dobj")
    if not pronouns or view[pronouns[0]].xpos != "WP" or view[body].deprel != "pobj":
        return
    people = view[view[body].head].head
    kinds = [lexicon.noun_classes.get(view[i].lemma, "Entity") for i in (body, people)]
    held = is_a(kinds[0], "Organization") and is_one_of(kinds[1], ("Person", "PersonGroup"))
    if held and view[body].upos == "NOUN" and body == pronouns[0] - 1:
        yield verb, replace(view[verb], head=people)


@related("conj", below=("nsubj",))
def _rest_of_relative(view: View, second: int, _: Lexicon) -> Changes:
    """As in "the army, which holds X and most of Y, says": it is one that says so.

    What stands behind a relative clause was joined to what the clause tells of.
    """
    noun = view[second].head
    verb = view[noun].head
    clauses = [i for i in view.children(noun, "relcl") if noun < i < second]
    clauses += [
        clause
        for name in view.children(noun, "appos")
        for clause in view.children(name, "relcl")
        if clause < second
    ]
    things = view.children(clauses[-1], "dobj") if clauses else []
    joints = [i for i in view.children(noun, "cc") if things and things[-1] < i < second]
    if view[verb].xpos == "VBZ" and verb > second and joints and view[noun].xpos in ("NN", "NNP"):
        yield from view.hung((*joints, second), things[-1])


@tagged("NNS")
def _says_as_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "the drone that X claims was launched by Y": X claims, and "claims" is no noun."""
    lemma, first = view[index].lemma, index - 2
    if lemma not in lexicon.report_verbs or first < view.first or index + 1 >= view.last:
        return
    named = view[index - 1].xpos == "NNP" and view[index - 1].head == index
    if not named or view[first].form.lower() not in _PRONOUNS or view[index + 1].upos != "AUX":
        return
    yield index, replace(view[index], upos="VERB", xpos="VBZ")
    yield index - 1, replace(view[index - 1], deprel="nsubj")
    told = view[index].head
    if view[told].deprel == "relcl" and told > index:
        yield first, replace(view[first], head=told, deprel=view[index].deprel)
        yield (
            index,
            replace(view[index], upos="VERB", xpos="VBZ", head=view[told].head, deprel="relcl"),
        )
        yield told, replace(view[told], head=index, deprel="ccomp")


@related("relcl")
def _said_within(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a group that X says is backed by Y attacked Z": the group did, X says the rest.

    The parser took what X says for the main clause, and the main verb for a part of it.
    """
    noun = view[verb].head
    said, first = view[noun].head, verb + 1
    subjects = view.children(verb, *_SUBJECTS, "dobj")
    pronoun = next((i for i in subjects if view[i].form.lower() in _PRONOUNS), None)
    told = view[verb].lemma in lexicon.report_verbs and len(subjects) > 1
    if not told or pronoun is None or view[noun].deprel not in _SUBJECTS or said <= verb:
        return
    if first != said and view[first].head != said:
        return
    apart = view[pronoun - 1].form == ","
    main = next((i for i in range(said + 1, view.last) if _is_left(view, i, said, apart)), None)
    if main is not None:
        head, deprel = view[said].head, view[said].deprel
        yield main, replace(view[main], head=main if head == said else head, deprel=deprel)
        yield pronoun, replace(view[pronoun], head=said, deprel=view[noun].deprel)
        yield said, replace(view[said], head=verb, deprel="ccomp")
        passive = bool(view.children(main, "auxpass"))
        yield noun, replace(view[noun], head=main, deprel=_SUBJECTS[passive])


def _is_left(view: View, verb: int, said: int, apart: bool) -> bool:
    """Whether a finite verb behind another one has no subject of its own.

    `apart`: commas part the clause before it from the rest.
    """
    finite = view[verb].xpos in ("VBD", "VBZ") and view[verb].deprel not in ("aux", "auxpass")
    finite = finite or any(view[i].xpos in ("VBD", "VBZ") for i in view.children(verb, "auxpass"))
    own = view.children(verb, *_SUBJECTS, "mark")
    joined = view[verb - 1].upos == "CCONJ" or (view[verb - 1].form == "," and not apart)
    return finite and not own and not joined and view.is_below(verb, said)


@related("relcl")
def _of_last_object(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "X, who leads a group that Y says attacked Z": the group did, and not X."""
    noun = view[verb].head
    if len(view.children(noun, "relcl")) < 2:
        return
    start = min(i for i in view.indices() if view.is_below(i, verb))
    if view[start].form.lower() != "that" or view[start - 1].form == ",":
        return
    for between in view.children(noun, "relcl"):
        objects = [i for i in view.children(between, "dobj") if between < i < start]
        if between < start and between != verb and objects:
            yield verb, replace(view[verb], head=objects[-1])


@related("relcl", "ccomp")
def _of_deed(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "held over a raid in X, Y, on Monday that killed ten": the raid did.

    The clause was hung on the verb, which no relative clause tells of.
    """
    above, slots = view[verb].head, lexicon.slots
    harm = view[verb].lemma in slots.harms or view[verb].lemma in slots.resulting
    if view[above].upos != "VERB" or not harm or above > verb:
        return
    subjects = view.children(verb, "nsubj")
    if [view[i].form.lower() for i in subjects] not in (["that"], ["which"]):
        return
    if view[verb].deprel == "ccomp" and view[subjects[0]].xpos != "WDT":
        return  # "said that killed ten"
    deeds = [
        i
        for i in range(view.first, subjects[0])
        if view[i].upos == "NOUN" and view[i].lemma in lexicon.nouns
        if view[i].deprel in ("pobj", "dobj", *_SUBJECTS)
    ]
    if deeds:
        yield verb, replace(view[verb], head=deeds[-1], deprel="relcl")


@related("relcl", below=("pobj", "dobj"))
def _of_deed_looked_into(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a probe into a raid on X on Monday that killed ten": the raid did, and was then."""
    probe = view[verb].head
    subjects = view.children(verb, "nsubj")
    if [view[i].form.lower() for i in subjects] not in (["that"], ["which"]):
        return
    harm = view[verb].lemma in lexicon.slots.harms or view[verb].lemma in lexicon.slots.resulting
    if not harm or _is_violent(view[probe].lemma, lexicon):
        return
    for prep in view.children(probe, "prep"):
        for deed in view.children(prep, "pobj"):
            if prep < subjects[0] and _is_violent(view[deed].lemma, lexicon):
                yield verb, replace(view[verb], head=deed)
                later = (i for i in view.children(probe, "prep") if deed < i < verb)
                yield from view.hung(later, deed)
                return


@related("relcl", "acl", "xcomp")
def _ordered_to_be(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "ordered the owner of a hotel to be arrested": the owner, by order, and no hotel."""
    to = [i for i in view.children(verb, "aux") if view[i].xpos == "TO"]
    if not to or view[verb].xpos != "VBN" or view.children(verb, *_SUBJECTS):
        return
    above = view[verb].head
    told = [i for i in view.children(above, "dobj") if i < verb]
    noun = told[-1] if told and view[verb].deprel == "xcomp" else above
    while view[noun].deprel in ("pobj", "prep", "conj", "appos"):
        noun = view[noun].head
    above = view[noun].head
    if view[noun].deprel == "dobj" and view[above].lemma in lexicon.slots.disposing:
        yield noun, replace(view[noun], head=verb, deprel="nsubjpass")
        yield verb, replace(view[verb], head=above, deprel="ccomp")


RELATIVE_REPAIRS: tuple[Repair, ...] = (
    _agreeing,
    _says_as_noun,
    _said_within,
    _judged_deed,
    _left_by_event,
    _of_no_name,
    _of_whoever_is_there,
    _of_event_before,
    _of_who_is_replaced,
    _of_last_noun,
    _asked_which,
    _of_ranked,
    _of_no_person,
    _of_people_of,
    _rest_of_relative,
    _of_last_object,
    _of_deed,
    _of_deed_looked_into,
    _ordered_to_be,
)
"""In the order in which they are tried."""
