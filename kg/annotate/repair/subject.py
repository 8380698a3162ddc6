"""Repairs of a finite verb that was taken for something else, or lost its subject."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, related, roots, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl", "attr")
_NAMES = ("NOUN", "PROPN")
_OPENING = frozenset(("with", "during", "in", "after", "before", "since", "amid", "despite"))
_CLAUSES = ("ROOT", "advcl", "ccomp", "conj")


@roots
def _speaker_at_end(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Two were shot in Goma, a doctor said": the doctor did, and is no word for Goma."""
    if view[verb].lemma not in lexicon.report_verbs or not _lacks_subject(view, verb):
        return
    told = [i for i in view.children(verb, "ccomp") if i < verb]
    nouns = [i for i in view.at(("appos", "conj")) if told and told[-1] < i < verb]
    for noun in reversed(nouns):
        if view.is_below(noun, told[-1]) and _begins_clause(view, noun, verb):
            yield from _as_subject(view, _first_of_list(view, noun), verb)
            return


@tagged(*_FINITE, "VBN", "VBG", by=_CLAUSES)
def _subject_in_opening(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "During the siege of X, Ann, who led Y, refused": Ann does, and is not besieged.

    The subject stands behind the comma that closes the opening phrase or clause, and was joined to
    a noun of it.
    """
    if not _lacks_subject(view, verb):
        return
    opened = [i for i in view.children(verb, "prep", "advcl") if i < verb]
    above = view[verb].head
    if view[verb].deprel == "advcl" and above < verb and view.children(above, "mark"):
        opened.append(above)
    nouns = [i for i in view.at(("conj", "appos")) if i < verb]
    for noun in reversed(nouns if opened else []):
        inside = any(view.is_below(noun, i) for i in opened)
        titled = _is_title_of(view, noun, lexicon)
        if inside and not titled and _begins_clause(view, noun, verb):
            yield from _as_subject(view, _first_of_list(view, noun), verb)
            return


@roots
def _phrase_as_subject(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "With the retreat of X, Y left", "A month after X, Y left": Y alone leaves.

    The noun of the opening phrase was taken for the subject, and the subject for one beside it.
    """
    for prep in view.children(verb, "prep", "mark"):
        opens = view[prep].form.lower() in _OPENING and not view.children(prep, "pobj")
        swallowed = [i for i in view.children(verb, "nsubj", "nsubjpass") if i > prep]
        if not opens or len(swallowed) != 1 or _left(view, swallowed[0]) != prep + 1:
            continue
        first = swallowed[0]
        for noun in [i for i in view.at(("conj", "appos")) if first < i < verb]:
            titled = _is_title_of(view, noun, lexicon)
            if titled or not (view.is_below(noun, first) and _begins_clause(view, noun, verb)):
                continue
            after = [i for i in view.children(first) if i > noun]
            yield from view.hung(after, noun)
            yield from _as_subject(view, noun, verb)
            yield prep, replace(view[prep], upos="ADP", deprel="prep")
            yield first, replace(view[first], head=prep, deprel="pobj")
            return


@tagged("VBD")
def _object_as_subject(view: View, clause: int, lexicon: Lexicon) -> Changes:
    """As in "asked for air cover and the rebels withdrew": two clauses, not what was asked.

    Of two nouns taken for the subject of a clause that the verb cannot have, the first is what the
    verb has, and the second, with an article of its own, is the subject.
    """
    token, verb = view[clause], view[clause].head
    cue = lexicon.report_verbs.get(view[verb].lemma)
    told = cue is not None and cue.modality is None
    if token.deprel != "ccomp" or verb > clause or view[verb].xpos != "VBD" or told:
        return
    nouns = view.children(clause, "nsubj")
    if len(nouns) != 1 or view.children(clause, "mark") or view.children(verb, "dobj"):
        return
    joined, joints = view.children(nouns[0], "conj"), view.children(nouns[0], "cc")
    if len(joined) != 1 or len(joints) != 1 or _left(view, nouns[0]) != verb + 1:
        return
    if view.children(joined[0], "det") and not view.children(nouns[0], "det"):
        yield nouns[0], replace(view[nouns[0]], head=verb, deprel="dobj")
        yield joints[0], replace(view[joints[0]], head=verb)
        yield joined[0], replace(view[joined[0]], head=clause, deprel="nsubj")
        yield clause, replace(token, deprel="conj")
        return


@roots
def _place_as_subject(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "In Kano, Kano state, a guard set fire": the guard did, the state tells where it is."""
    for place in view.children(verb, "nsubj", "nsubjpass"):
        if view[place].lemma.lower() not in lexicon.slots.kinds:
            continue
        opened = [i for i in view.children(verb, "prep") if i < place]
        where = [noun for prep in opened for noun in view.children(prep, "pobj")]
        people = [i for i in view.children(place, "appos") if _is_somebody(view, i, lexicon)]
        if where and people and view[_left(view, place) - 1].form == ",":
            yield from _as_subject(view, people[-1], verb)
            yield place, replace(view[place], head=where[-1], deprel="appos")
            return


@related("mark")
def _subject_before_mark(view: View, mark: int, _: Lexicon) -> Changes:
    """As in "A court freed X, weeks after police arrested him": no court did behind "after".

    Where "freed" was taken for a word about X the court was left to the only other verb, and with
    it its time.
    """
    verb = view[mark].head
    subjects = view.children(verb, "nsubj", "nsubjpass")
    if len(subjects) == 2 and subjects[0] < mark < subjects[1]:
        apart = replace(view[subjects[0]], head=subjects[0], deprel="ROOT")
        yield subjects[0], apart


@related("csubj")
def _described_in_ing(view: View, index: int, _: Lexicon) -> Changes:
    """As in "Retreating forces shoot a man": they are many, and the deed would be one."""
    verb = view[index].head
    nouns = view.children(index, "dobj")
    if view[index].xpos != "VBG" or view[verb].xpos != "VBP" or len(nouns) != 1:
        return
    if view[nouns[0]].xpos not in ("NNS", "NNPS") or view.children(nouns[0], "det", "poss"):
        return
    if all(i in nouns or i > nouns[0] for i in view.children(index)):
        yield nouns[0], replace(view[nouns[0]], head=verb, deprel="nsubj")
        yield index, replace(view[index], head=nouns[0], deprel="amod")


@related("acl")
def _phrase_in_subject(view: View, participle: int, lexicon: Lexicon) -> Changes:
    """As in "Rioters armed with knives kill three": the rioters do; they have the knives.

    But in "killed and five others injured after rebels storm X" the rebels do.
    """
    noun = view[participle].head
    verb = view[noun].head
    for prep in view.children(participle, "prep"):
        object_ = [i for i in view.children(verb, "nsubj") if _left(view, i) == prep + 1]
        if view[noun].deprel != "nsubj" or not object_ or view.children(prep):
            continue
        if view[prep].form.lower() in lexicon.slots.clause_prepositions:
            if view[participle].lemma in lexicon.slots.harmed:
                yield from _after_harm(view, participle, prep)
            return
        yield object_[0], replace(view[object_[0]], head=prep, deprel="pobj")
        return


def _after_harm(view: View, harm: int, prep: int) -> Changes:
    noun = view[harm].head
    verb = view[noun].head
    above = harm if view[verb].head == verb else view[verb].head
    yield noun, replace(view[noun], head=harm, deprel="nsubjpass")
    yield harm, replace(view[harm], head=above, deprel=view[verb].deprel)
    yield verb, replace(view[verb], head=harm, deprel="advcl")
    yield prep, replace(view[prep], head=verb, deprel="mark")


@tagged("VBN", "VBG")
def _guise_as_clause(view: View, participle: int, lexicon: Lexicon) -> Changes:
    """As in "Men dressed as soldiers kidnap ten": the men do, and are no soldiers."""
    token = view[participle]
    if token.lemma not in lexicon.slots.guises or view.children(participle, "aux", "auxpass"):
        return
    doers = view.children(participle, "nsubj", "nsubjpass")
    doers = [token.head] if token.deprel == "acl" else doers
    for verb in view.children(participle, "advcl"):
        guises = view.children(verb, "nsubj")
        introduced = view.children(verb, "mark") == [participle + 1]
        if not introduced or view[participle + 1].form != "as" or not (doers and guises):
            continue
        if view[verb].upos == "NOUN":  # "storm"
            yield verb, replace(view[verb], upos="VERB", xpos="VBP", head=verb, deprel="ROOT")
        else:
            yield verb, replace(view[verb], head=verb, deprel="ROOT")
        yield participle, replace(token, head=doers[0], deprel="acl")
        yield doers[0], replace(view[doers[0]], head=verb, deprel="nsubj")
        as_ = replace(view[participle + 1], upos="ADP", head=participle, deprel="prep")
        yield participle + 1, as_
        yield guises[0], replace(view[guises[0]], head=participle + 1, deprel="pobj")
        return


def _is_somebody(view: View, noun: int, lexicon: Lexicon) -> bool:
    """A common noun for people with a phrase of its own behind a comma."""
    kind = lexicon.noun_classes.get(view[noun].lemma, "Entity")
    plain = view[noun].upos == "NOUN" and view[_left(view, noun) - 1].form == ","
    return plain and is_a(kind, "Agent")


def _lacks_subject(view: View, verb: int) -> bool:
    """Whether a finite verb that is joined to no other has no subject."""
    token = view[verb]
    if token.upos not in ("VERB", "AUX"):
        return False
    if view.children(verb, *_SUBJECTS):
        return False
    helping = (view[i].xpos for i in view.children(verb, "aux", "auxpass"))
    return token.xpos in _FINITE or any(tag in _FINITE for tag in helping)


def _is_title_of(view: View, noun: int, lexicon: Lexicon) -> bool:
    """As in "In 219 Hannibal, the son of X, attacked Y"; but no "Colonel X, the group"."""
    name = view[noun].head
    if view[noun].deprel != "appos" or view[name].upos != "PROPN" or view[noun].upos != "NOUN":
        return False
    body = is_a(lexicon.noun_classes.get(view[noun].lemma, "Entity"), "Organization")
    titles = (view[i].form.lower() for i in view.children(name, "compound"))
    person = any(is_a(lexicon.noun_classes.get(t, "Entity"), "Person") for t in titles)
    return not (body and person)


def _begins_clause(view: View, noun: int, verb: int) -> bool:
    """Whether the noun phrase stands behind a comma and reaches up to the verb."""
    first = _left(view, noun)
    if view[noun].upos not in _NAMES or first == view.first or view[first - 1].form != ",":
        return False
    own = [verb, *view.children(verb, "aux", "auxpass", "advmod", "neg")]
    start = min(i for i in own if i > noun)
    above = view[noun].head
    return all(
        view[i].upos == "PUNCT" or view.is_below(i, noun) or view.is_below(i, above)
        for i in range(noun + 1, start)
    )


def _first_of_list(view: View, noun: int) -> int:
    """Ann of "Ann, Bob and Carl", where a comma stands before each."""
    while view.children(noun, "cc") and view[noun].deprel == "conj":
        before = view[noun].head
        if view[before].deprel != "conj" or view[_left(view, before) - 1].form != ",":
            break
        noun = before
    return noun


def _left(view: View, noun: int) -> int:
    """The first word of the noun phrase, without what is behind its head."""
    before = [i for i in view.children(noun) if i < noun]
    return min([noun, *(_left(view, i) for i in before)])


def _as_subject(view: View, noun: int, verb: int) -> Changes:
    """The noun as the subject, with what was joined to the noun before it and stands behind it."""
    before = view[noun].head
    deprel = "nsubjpass" if view.children(verb, "auxpass") else "nsubj"
    yield noun, replace(view[noun], head=verb, deprel=deprel)
    late = [i for i in view.children(before, "relcl", "acl", "appos", "conj", "cc") if i > noun]
    yield from view.hung((i for i in late if i < verb), noun)


@roots
def _participle_as_main_verb(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "An engineer taken hostage by gunmen is killed": killed he is, and was taken before."""
    if view[verb].xpos != "VBN" or view.children(verb, "aux", "auxpass"):
        return
    subjects = view.children(verb, "nsubj", "nsubjpass")
    if len(subjects) != 1 or not view.children(verb, "agent"):
        return
    for late in view.children(verb, "advcl", "ccomp", "dep"):
        finite = any(view[i].xpos in _FINITE for i in view.children(late, "auxpass"))
        bare = not view.children(late, *_SUBJECTS, "mark", "cc")
        if late > verb and finite and bare:
            noun = subjects[0]
            yield verb, replace(view[verb], head=noun, deprel="acl")
            yield noun, replace(view[noun], head=late, deprel="nsubjpass")
            yield late, replace(view[late], head=late, deprel="ROOT")
            return


@tagged("VBD", by=("parataxis", "ccomp"))
def _described_in_past(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "fled to Kobo, a town claimed by X": nothing claims; the town is further told of."""
    subjects = view.children(verb, "nsubj")
    if not view.children(verb, "agent") or view.children(verb, "dobj", "aux", "auxpass", "ccomp"):
        return
    noun = subjects[0] if len(subjects) == 1 else verb
    comma = min([noun, *view.children(noun)]) - 1
    named = comma - 1
    if noun == verb or comma <= view[verb].head or view[comma].form != ",":
        return
    prep = view[named].head
    if view[named].deprel == "pobj" and view[view[prep].head].upos == "PROPN":
        named = view[prep].head  # "the Spratly Islands in the South China Sea"
    if view[named].upos == "PROPN":
        yield noun, replace(view[noun], head=named, deprel="appos")
        yield verb, replace(view[verb], xpos="VBN", head=noun, deprel="acl")


@related("nsubj", "nsubjpass")
def _name_in_description(view: View, name: int, _: Lexicon) -> Changes:
    """As in "Lee, a reporter for the site Mada is held": what the site is called is not held."""
    verb, first = view[name].head, min([name, *view.children(name)])
    subjects = view.children(verb, "nsubj", "nsubjpass")
    if len(subjects) != 2 or subjects[1] != name or not subjects[0] < first < verb:
        return
    told = any(i < first for i in view.children(subjects[0], "appos"))
    if told and view[name].upos == "PROPN" and view[first - 1].xpos == "NN":
        yield name, replace(view[name], head=first - 1, deprel="appos")


@roots
def _claims_to_have_done(view: View, deed: int, lexicon: Lexicon) -> Changes:
    """As in "The spy agency claims to have derailed a train": it claims, and no claims did it."""
    said = next((i - 1 for i in view.children(deed, "aux") if view[i].form.lower() == "to"), deed)
    if said not in view.children(deed, "nsubj") or view[said].xpos != "NNS":
        return
    names = [i for i in view.children(said, "compound", "nmod") if i == said - 1]
    if not names or view[said].lemma not in lexicon.report_verbs:
        return
    name, token = names[0], view[said]
    yield said, replace(token, upos="VERB", xpos="VBZ", head=said, deprel="ROOT")
    yield name, replace(view[name], head=said, deprel="nsubj")
    yield from view.hung((i for i in view.children(said) if i not in (name, deed)), name)
    yield deed, replace(view[deed], head=said, deprel="xcomp")


@related("nsubj", "nsubjpass")
def _body_before_bracket(view: View, name: int, _: Lexicon) -> Changes:
    """As in "Harbour Group (HG) owner Bell agrees": the owner does, and not with the group."""
    subjects = view.children(view[name].head, "nsubj", "nsubjpass")
    if len(subjects) != 2 or subjects[1] != name or view[subjects[0] + 1].form != "(":
        return
    body = subjects[0]
    office = next((i + 1 for i in range(body + 2, min(body + 5, name)) if view[i].form == ")"), 0)
    if office and view[office].xpos == "NN" and view[office].head == name:
        yield body, replace(view[body], head=office, deprel="compound")


@tagged("POS")
def _owned_behind_quote(view: View, mark: int, _: Lexicon) -> Changes:
    """As in "killed after talks on Peru's "lost sons"": they are Peru's, and not who is killed."""
    owner = view[mark].head
    if view[owner].deprel != "pobj" or mark + 2 >= view.last or view[mark + 1].xpos != "``":
        return
    noun = mark + 2 if view[mark + 2].deprel == "dobj" else view[mark + 2].head
    passive = noun > mark + 1 and view.children(view[noun].head, "nsubjpass")
    if view[noun].deprel == "dobj" and passive:
        yield noun, replace(view[noun], head=view[owner].head, deprel="pobj")
        yield owner, replace(view[owner], head=noun, deprel="poss")


@tagged("VBP", "VBD", by=("advcl",))
def _striking_subject(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "after striking nurses occupy it": the nurses, who strike, do; nobody strikes them."""
    noun = verb - 1
    doing = view[noun].head
    prep = view[doing].head
    between = [i for i in view.children(doing, *_SUBJECTS, "aux") if i < doing]
    plain = view[noun].deprel == "dobj" and view[noun].xpos == "NNS" and not between
    bare = not view.children(verb, *_SUBJECTS) and not view.children(noun, "det", "poss")
    after = view[doing].xpos == "VBG" and view[doing].deprel == "pcomp" and prep == doing - 1
    if plain and bare and after:
        yield prep, replace(view[prep], head=verb, deprel="mark")
        yield noun, replace(view[noun], head=verb, deprel="nsubj")
        yield doing, replace(view[doing], head=noun, deprel="amod")


SUBJECT_REPAIRS: tuple[Repair, ...] = (
    _speaker_at_end,
    _subject_in_opening,
    _phrase_as_subject,
    _place_as_subject,
    _object_as_subject,
    _participle_as_main_verb,
    _described_in_past,
    _claims_to_have_done,
    _name_in_description,
    _striking_subject,
    _body_before_bracket,
    _owned_behind_quote,
    _subject_before_mark,
    _described_in_ing,
    _phrase_in_subject,
    _guise_as_clause,
)
"""In the order in which they are tried."""
