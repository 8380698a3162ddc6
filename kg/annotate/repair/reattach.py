"""Repairs of words that the parser hung on the wrong one, mostly in the style of headlines."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import VERB_TAGS, Changes, Repair, formed, related, roots, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_SUBJECTS = ("nsubj", "nsubjpass")
_ABOUT = ("over", "about", "around")
_PARTICLES = ("down", "up", "off", "out", "away", "back")
_PEOPLE = ("Person", "PersonGroup")
_ACTING = (*_PEOPLE, "Organization")
_SENTENCING = ("sentence", "condemn", "jail")
_TERMS = ("year", "month", "day", "week", "life", "death", "imprisonment", "prison", "jail")


@tagged(*VERB_TAGS)
def lost_e(view: View, index: int, lexicon: Lexicon) -> Changes:
    """The lemmas "stag" of "staged" and "fin" of "fined", where only the longer one is listed."""
    tables = (lexicon.verbs, lexicon.nominal_verbs, lexicon.complements, lexicon.report_verbs)
    token = view[index]
    if token.upos != "VERB":
        return
    whole = token.lemma + "e"
    if (
        token.form.lower().startswith(whole)
        and any(whole in t for t in tables)
        and not any(token.lemma in t for t in tables)
    ):
        yield index, replace(token, lemma=whole)


@related("prep", below=_SUBJECTS)
def _fronted(view: View, index: int, _: Lexicon) -> Changes:
    """As in "In Berlin, police raid a flat": the place belongs to what is done."""
    token, noun = view[index], view[index].head
    if index < noun and view[noun].upos in ("NOUN", "PROPN"):
        yield index, replace(token, head=view[noun].head)


@related("acl", "oprd")
def _counted_participle(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "22 are killed and 90 injured": a clause of its own, joined to the first."""
    token, number = view[index], view[index].head
    verb = view[number].head
    joined = view[number].deprel == "conj" and view[number].upos in ("NUM", "NOUN", "DET", "PRON")
    if view[verb].deprel == "dobj" and view[view[verb].head].lemma in lexicon.slots.resulting:
        verb = view[verb].head  # "leaves ten people dead and six wounded"
    if token.xpos != "VBN" or not joined or view[verb].upos != "VERB" or index < number:
        return
    if any(i < index and view[i].xpos == "VBN" for i in view.children(number, "acl", "oprd")):
        return  # the first of two participles is the one that is joined
    whole = view.children(verb, "auxpass") or not view.children(index, "agent")
    if whole and not view.children(index, "auxpass"):
        yield index, replace(token, upos="VERB", head=verb, deprel="conj")
        yield number, replace(view[number], head=index, deprel="nsubjpass")


@related("pobj")
def _rounded_object(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "injuring over 25", "seized up to 16 men": a number, not a place or direction."""
    token, prep = view[index], view[index].head
    verb = view[prep].head
    if not verb < prep <= verb + 2 or view[verb].lemma not in lexicon.verbs:
        return
    if token.xpos != "CD" and not view.children(index, "nummod"):
        return
    words = [view[i].form.lower() for i in range(verb + 1, prep + 1)]
    rounds = words in (["up", "to"], *([word] for word in _ABOUT))
    if rounds and not view.children(verb, "dobj", "nsubjpass"):
        yield index, replace(token, head=verb, deprel="dobj")
        for word in range(verb + 1, prep + 1):
            yield word, replace(view[word], head=index, deprel="advmod")


@formed("credit", "responsibility")
def _credit_for(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "took credit for the attack": the credit is for it, and nothing is meant by it."""
    if view[noun].deprel != "dobj" or view[noun].lemma not in lexicon.slots.claimed:
        return
    for prep in view.children(view[noun].head, "prep"):
        if prep == noun + 1 and view[prep].form == "for":
            yield prep, replace(view[prep], head=noun)


@related("relcl")
def _told_within(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "X, who killed ten in Lima, in May, pleads guilty": he killed them in May."""
    noun = view[verb].head
    if view[noun].deprel not in ("nsubj", "nsubjpass") or view[noun].head < verb:
        return
    last = max((verb, *view.children(verb, "conj")))
    for prep in view.children(noun, "prep"):
        if last < prep < view[noun].head and view[prep].form in ("in", "on", "during"):
            yield prep, replace(view[prep], head=last)


@related("relcl")
def _relative_of_contrast(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "it was X, rather than Y, who fled": X did."""
    noun = view[verb].head
    prep = view[noun].head
    contrast = (view[prep - 1].form.lower(), view[prep].form.lower())
    if view[noun].deprel != "pobj" or contrast not in (("rather", "than"), ("instead", "of")):
        return
    above = view[prep].head
    said = view.children(above, "attr") if view[above].lemma == "be" else [above]
    apart = view[min(i for i in view.indices() if view.is_below(i, verb)) - 1].form == ","
    if apart and said and said[0] < prep and view[said[0]].upos in ("NOUN", "PROPN"):
        yield verb, replace(view[verb], head=said[0])


@formed("to")
def _term_of_sentence(view: View, prep: int, _: Lexicon) -> Changes:
    """As in "sentenced the man who killed X to 30 years": the term is of the sentence."""
    terms = [i for i in view.children(prep, "pobj") if view[i].lemma in _TERMS]
    verb = view[prep].head
    if not terms or view[prep].deprel != "prep" or view[verb].lemma in _SENTENCING:
        return
    while view[verb].head != verb:
        verb = view[verb].head
        if view[verb].lemma in _SENTENCING and view[verb].upos == "VERB" and verb < prep:
            yield prep, replace(view[prep], head=verb)
            return


@roots
def _main_verb_as_participle(view: View, noun: int, _: Lexicon) -> Changes:
    """As in "rebels, who captured X, advanced": what follows the relative clause is the verb."""
    clauses = view.children(noun, "relcl")
    if view[noun].upos not in ("NOUN", "PROPN") or not clauses:
        return
    for verb in view.children(noun, "acl"):
        late = verb > clauses[0] and view[verb - 1].form == ","
        if not late or view[verb].xpos != "VBN" or view.children(verb, "agent"):
            continue
        main = replace(view[verb], upos="VERB", xpos="VBD", head=verb, deprel="ROOT")
        yield verb, main
        yield noun, replace(view[noun], head=verb, deprel="nsubj")
        return


@tagged("VBG")
def _event_in_ing(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "Fighting between X and Y continued": a listed noun was taken for a verb.

    So too after an article: "hurt in a drive-by shooting at a car".
    """
    token, form = view[index], view[index].form.lower()
    if form not in lexicon.nouns or view.children(index, "dobj", *_SUBJECTS):
        return
    if token.deprel in (*_SUBJECTS, "csubj"):
        yield index, replace(token, lemma=form, upos="NOUN", xpos="NN")
    elif token.head < index and token.deprel in ("pcomp", "pobj"):
        described = token.deprel == "pobj" and view.children(index, "amod", "compound")
        told = view[token.head + 1].xpos == "DT" or described
        if not told and not _is_done_by(view, index, lexicon):
            return  # but "killed after intense shelling by militants"
        yield index, replace(token, lemma=form, upos="NOUN", xpos="NN", deprel="pobj")


def _is_done_by(view: View, deed: int, lexicon: Lexicon) -> bool:
    """Whether "by" and somebody follow: who else would act before it?"""
    by = (i for i in view.children(deed, "prep", "agent") if view[i].form.lower() == "by")
    doers = (i for prep in by for i in view.children(prep, "pobj"))
    kinds = lexicon.noun_classes
    return any(
        view[i].upos == "PROPN" or is_a(kinds.get(view[i].lemma, "Entity"), "Agent") for i in doers
    )


@tagged("VBG")
def _compound_in_ing(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "triggered a tsunami warning": a listed noun was taken for what the tsunami does."""
    token, form, noun = view[index], view[index].form.lower(), view[index].head
    whole = view[noun].xpos == "NN" and noun == index - 1
    if view[noun].lemma in lexicon.noun_classes:
        return  # "a soldier fighting in X"
    own = view.children(index, "dobj", "ccomp", "xcomp", "advmod", "agent")
    if token.deprel != "acl" or not whole or own or form not in lexicon.nouns:
        return
    if not any(view[i].form.lower() in ("a", "an") for i in view.children(noun, "det")):
        return
    yield from view.hung((i for i in view.children(noun) if i != index), index)
    above = view[noun]
    yield (
        index,
        replace(token, lemma=form, upos="NOUN", xpos="NN", head=above.head, deprel=above.deprel),
    )
    yield noun, replace(above, head=index, deprel="compound")


@related("relcl")
def _relative_of_apposition(view: View, index: int, _: Lexicon) -> Changes:
    """As in "Dean, the Austin officer who shot X": the clause tells of the officer beside it."""
    token, noun = view[index], view[index].head
    pronouns = [i for i in view.children(index, *_SUBJECTS) if view[i].xpos == "WP"]
    if not pronouns:
        return
    beside = pronouns[0] - 1
    below = view[beside].deprel == "appos" and view[beside].head == noun < beside
    if below and view[beside].upos == "NOUN":
        yield index, replace(token, head=beside)


@tagged("NNP", by=("conj",))
def _name_of_next(view: View, index: int, _: Lexicon) -> Changes:
    """As in "the army and Liberation Front insurgents": a name and its noun were taken for two."""
    token, after = view[index], view[min(index + 1, view.last - 1)]
    if after.deprel == "conj" and token.head == after.head and after.xpos in ("NN", "NNS"):
        yield index, replace(token, head=index + 1, deprel="compound")


@related("compound")
def _direction_after_noun(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "attack a base north of X": the base is attacked, its direction was taken for more."""
    index = noun + 1
    if view[noun].head != index or view[index].upos != "NOUN" or view[index].deprel == "advmod":
        return
    token = view[index]
    if not lexicon.relators.get(token.lemma, "").endswith("_of"):
        return
    of = [i for i in view.children(index, "prep") if view[i].form.lower() == "of"]
    ground = view[noun].lemma in lexicon.slots.territory
    if of and view[noun].upos == "NOUN" and not ground:
        yield noun, replace(view[noun], head=token.head, deprel=token.deprel)
        yield index, replace(token, upos="ADV", xpos="RB", head=noun, deprel="advmod")
        left = [i for i in view.children(index) if i < noun]
        yield from view.hung(left, noun)


@formed("in")
def _place_of_place(view: View, index: int, _: Lexicon) -> Changes:
    """As in "a strike in Tubas in the West Bank": where the place is was hung on the verb."""
    calendar = time_lexicon().calendar
    token, place = view[index], view[index - 1]
    if token.deprel != "prep" or index == view.first:
        return
    nouns = view.children(index, "pobj")
    if not nouns or view[token.head].upos != "VERB":
        return
    within = view[place.head].form.lower() in ("in", "near") and place.deprel == "pobj"
    names = [place, *(view[i] for i in nouns)]
    named = all(each.xpos == "NNP" and each.form not in calendar for each in names)
    if within and named and place.head != token.head:
        yield index, replace(token, head=index - 1)


@tagged("NNS")
def _states_of_people(view: View, people: int, lexicon: Lexicon) -> Changes:
    """As in "ministers of Arab countries, the EU and Qatar met": the ministers of all of them.

    Names joined to a plural that is of something; their article shows that they are no people. So
    too nouns for other than people ("leaders of the army, two parties and a union met").
    """
    of = [i for i in view.children(people, "prep") if view[i].form.lower() == "of"]
    states = [noun for i in of[:1] for noun in view.children(i, "pobj")]
    if not states:
        return
    first = view[people].head if view[people].deprel == "conj" else people
    joined = [i for i in view.children(first, "conj") if i > states[0]]
    names = [i for i in joined if view[i].xpos.startswith("NNP")]
    if any(view.children(i, "det") for i in names):
        yield from view.hung(names, states[0], "conj")
    if joined and _are_no_people(view, [people], states[0], joined, lexicon):
        yield from view.hung(joined, states[0], "conj")


def _are_no_people(
    view: View, people: list[int], state: int, joined: list[int], lexicon: Lexicon
) -> bool:
    """Whether a list that goes on right after "leaders of X," names none of whom there are."""
    kinds = [lexicon.noun_classes.get(view[i].lemma, "Entity") for i in (*people, *joined)]
    person = [is_one_of(kind, _PEOPLE) for kind in kinds]
    plain = all(view[i].upos == "NOUN" or view.children(i, "det") for i in joined)
    return view[state + 1].form == "," and person[0] and not any(person[1:]) and plain


@related("prep", below=("dobj",))
def _blamed_on(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "blamed the attack on rebels": they are who is blamed, not what was attacked."""
    token, deed = view[index], view[index].head
    verb = view[deed].head
    cue = lexicon.report_verbs.get(view[verb].lemma)
    accuses = cue is not None and cue.kind == "accusation"
    if accuses and token.form.lower() == "on" and index > deed:
        yield index, replace(token, head=verb)


@related("nsubj")
def _name_beside_noun(view: View, index: int, _: Lexicon) -> Changes:
    """As in "the intelligence service AIVD concluded": its name was taken for a second subject."""
    token = view[index]
    if token.upos != "PROPN":
        return
    noun = min([*view.children(index, "compound"), index]) - 1
    beside = noun >= view.first and view[noun].deprel == "nsubj"
    if beside and view[noun].upos == "NOUN" and view[noun].head == token.head > index:
        yield index, replace(token, head=noun, deprel="appos")


@tagged(*VERB_TAGS)
def _object_of_phrase(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "shot dead journalist X", "gunned down X", "stabbed to death X": X is the object.

    For phrases that are listed as verbs: their last word was hung on the object, or took it.
    """
    if view[verb].upos != "VERB" or view.children(verb, "auxpass") or verb + 2 >= view.last:
        return
    second, third = view[verb + 1], view[verb + 2]
    measured = view.children(verb, "npadvmod")
    if second.deprel != "amod" and second.form.lower() not in _PARTICLES and not measured:
        return
    phrase = f"{view[verb].lemma} {second.form.lower()}"
    longer = f"{phrase} {third.form.lower()}"
    if phrase in lexicon.verbs and second.deprel == "amod" and view[second.head].upos != "VERB":
        yield verb + 1, replace(second, head=verb, deprel="oprd")
    elif phrase in lexicon.verbs and second.form.lower() in _PARTICLES:
        for noun in () if view.children(verb, "dobj") else view.children(verb + 1, "pobj"):
            yield noun, replace(view[noun], head=verb, deprel="dobj")
            yield verb + 1, replace(second, deprel="prt")
    elif longer in lexicon.verbs and not view.children(verb, "dobj"):
        for noun in measured[:1]:
            yield noun, replace(view[noun], deprel="dobj")


@related("appos")
def _apposition_of_last(view: View, index: int, _: Lexicon) -> Changes:
    """As in "the king and his brother, Prince Ali": a name tells of the one right before it.

    So too in "King Ali and President of Chad, Omar Deby,".
    """
    token, first = view[index], view[index].head
    if token.xpos != "NNP" or view.children(index, "conj"):
        return
    last = next((i for i in view.children(first, "conj") if first < i < index), None)
    if last is None:
        return
    whose = view.children(last, "det", "poss") and view[last + 1].form == ","
    start = min([index, *view.children(index, "compound")])
    title = view[last].xpos == "NNP" and view[last + 1].form.lower() == "of"
    if whose or (title and view[start - 1].form == ","):
        yield index, replace(token, head=last)


@tagged("VBD", "VBN")
def _believed_of_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "freed ten men, believed to be held by X": they are believed to be, by nobody named."""
    token, noun = view[index], index - 2
    if token.lemma not in lexicon.reporting.raised or noun < view.first:
        return
    bare = not view.children(index, *_SUBJECTS, "aux", "auxpass", "dobj", "cc")
    loose = token.deprel in ("conj", "advcl") and view[index - 1].form == ","
    if bare and loose and view.children(index, "xcomp") and view[noun].upos == "NOUN":
        yield index, replace(token, xpos="VBN", head=noun, deprel="acl")


REATTACHMENTS: tuple[Repair, ...] = (
    _fronted,
    _counted_participle,
    _rounded_object,
    _told_within,
    _relative_of_contrast,
    _term_of_sentence,
    _credit_for,
    _main_verb_as_participle,
    _event_in_ing,
    _compound_in_ing,
    _relative_of_apposition,
    _name_of_next,
    _direction_after_noun,
    _place_of_place,
    _states_of_people,
    _blamed_on,
    _name_beside_noun,
    _object_of_phrase,
    _apposition_of_last,
    _believed_of_noun,
)
