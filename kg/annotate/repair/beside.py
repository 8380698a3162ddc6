"""Repairs of two clauses side by side of which one was read into the other."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.nounlike import as_verb
from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass")
_JOINED = ("conj", "ccomp", "advcl")
_TAG_ONLY = ("agent", "prep", "dep", "mark", "punct")
"""Relations that no verb with a clause of its own has."""


@tagged("VBD", by=_JOINED)
def _subject_as_second_noun(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "X accused Y on Friday and Z blamed W": Z did, it is no second Friday.

    The verb, joined to the first one, stands right behind the noun and has no other subject.
    """
    first, noun = view[verb].head, verb - 1
    joined = view[first].xpos == "VBD" and first < verb
    if not joined or view.children(verb, *_SUBJECTS, "aux", "auxpass", "mark"):
        return
    if view[noun].deprel != "conj" or view[noun].upos not in ("PROPN", "NOUN", "PRON"):
        return
    joint = _left(view, noun) - 1
    beside = view[joint].deprel == "cc" and view[joint].head == view[noun].head > first
    if beside and view.is_below(noun, first):
        yield joint, replace(view[joint], head=first)
        yield noun, replace(view[noun], head=verb, deprel="nsubj")
        yield verb, replace(view[verb], deprel="conj")


@related("nmod", below=("pobj", "dobj"))
def _object_as_modifier(view: View, thing: int, _: Lexicon) -> Changes:
    """As in "fired at a bus and rebel troops burned huts": the troops did, nobody fired at them.

    The noun before "and" was taken for a word for the one behind it, which has a verb of its own.
    """
    noun, above = view[thing].head, view[view[thing].head]
    verb, prep = noun + 1, above.head
    first = prep if above.deprel == "dobj" else view[prep].head
    joints = [i for i in view.children(thing, "cc") if i == thing + 1 < noun]
    articles = [i for i in view.children(noun, "det") if i < thing]
    finite = verb < view.last and view[verb].xpos in _FINITE
    if not joints or not articles or not finite or view[first].xpos != view[verb].xpos:
        return
    if view.children(verb, *_SUBJECTS, "aux", "auxpass", "mark") or view[thing].xpos != "NN":
        return
    joined = view.children(thing, "conj", "amod")
    yield thing, replace(view[thing], head=prep, deprel=above.deprel)
    yield from view.hung(articles, thing)
    yield from view.hung((i for i in joined if i > joints[0]), noun, "amod")
    yield joints[0], replace(view[joints[0]], head=first)
    yield noun, replace(above, head=verb, deprel="nsubj")
    yield verb, replace(view[verb], head=first, deprel="conj", upos="VERB")


@tagged(*_FINITE)
def _verb_left_out(view: View, cue: int, lexicon: Lexicon) -> Changes:
    """As in "X would not, Ann Lee said, denying it": Ann Lee speaks, and X does not do something.

    The verb of the first clause is left out, and its subject was taken for one more who speaks.
    """
    subjects = view.children(cue, "nsubj") if view[cue].lemma in lexicon.report_verbs else ()
    if len(subjects) != 2:
        return
    first, speaker = subjects
    helpers = [i for i in view.children(cue, "aux") if first < i < speaker]
    stop = _left(view, speaker) - 1
    if len(helpers) != 1 or view[stop].form != ",":
        return
    helper, nots = helpers[0], [i for i in view.children(cue, "neg") if i < stop]
    if stop - helper - len(nots) != 1:
        return
    above = helper if view[cue].head == cue else view[cue].head
    yield helper, replace(view[helper], head=above, deprel=view[cue].deprel)
    yield from view.hung((first, *nots), helper)
    yield cue, replace(view[cue], head=helper, deprel="parataxis")


@related("ccomp")
def _participle_before_verb(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "the family of a judge shot dead in Goma said": they said it, and he was shot.

    The participle was taken for what is said, and took the subject.
    """
    main, noun = view[verb].head, verb - 1
    subjects = view.children(verb, "nsubj", "nsubjpass")
    bare = not view.children(verb, "aux", "auxpass", "dobj", "mark")
    bare = bare and not view.children(main, *_SUBJECTS) and view[main].xpos in _FINITE
    if not bare or len(subjects) != 1 or main < verb or view[verb].xpos not in ("VBD", "VBN"):
        return
    apart = any(view[i].form in (",", ";", '"', "“", "”") for i in range(subjects[0], main))
    if apart or view[noun].upos not in ("NOUN", "PROPN") or not view.is_below(noun, subjects[0]):
        return
    yield verb, replace(view[verb], xpos="VBN", head=noun, deprel="acl")
    yield subjects[0], replace(view[subjects[0]], head=main, deprel="nsubj")


@related("nsubj", below=("ROOT", "conj", "ccomp"))
def _claim_as_subject(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "X will come if Y leaves, a condition Z rejects": Z rejects what was said.

    The last clause was taken for the main one, with what Z rejects as its subject.
    """
    verb, who = view[noun].head, view[noun].head - 1
    first = [i for i in view.children(verb, "ccomp") if i < noun]
    start = min([noun, *view.children(noun)])
    told = view[noun].lemma in lexicon.report_nouns or view[noun].lemma in lexicon.slots.plans
    named = view[who].upos == "PROPN" and view[who].deprel in ("compound", "appos", "nsubj")
    named = named and view[who].head in (verb, noun)
    beside = view[start].form.lower() in ("a", "an") and view[start - 1].form == ","
    if not (first and named and beside and told) or view[verb].xpos not in ("VBZ", "VBD"):
        return
    above = first[0] if view[verb].head == verb else view[verb].head
    yield first[0], replace(view[first[0]], head=above, deprel=view[verb].deprel)
    yield noun, replace(view[noun], head=first[0], deprel="npadvmod")
    yield who, replace(view[who], head=verb, deprel="nsubj")
    yield verb, replace(view[verb], head=noun, deprel="relcl")


@related("appos")
def _denial_of_claim(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "says rebels shelled Gao, a claim Mali denies": a clause about the claim."""
    noun = view[verb].head
    doers = [i for i in view.children(verb, "nsubj", "compound") if view[i].upos != "NOUN"]
    finite = view[verb].xpos in _FINITE and view[verb].upos == "VERB"
    if finite and view[noun].lemma in lexicon.report_nouns and doers == [verb - 1]:
        yield doers[0], replace(view[doers[0]], deprel="nsubj")
        yield verb, replace(view[verb], deprel="relcl")


@related("parataxis")
def _next_speaker(view: View, cue: int, lexicon: Lexicon) -> Changes:
    """As in "Ten died, medics said, but the army denied that ...": no medic says that.

    A statement of somebody else behind the inserted speech was joined to what that one tells.
    """
    told = view[cue].head
    own = view.children(cue, "nsubj") and view[cue].lemma in lexicon.report_verbs
    if not own or cue < told or view.children(cue, "ccomp", "dobj"):
        return
    for index in view.children(told, "conj"):
        joints = [i for i in view.children(told, "cc") if cue < i < index]
        speaks = view[index].lemma in lexicon.report_verbs and view.children(index, "nsubj")
        if index < cue or not joints or not speaks or view.children(index, "mark"):
            continue
        above = cue if view[told].head == told else view[told].head
        yield cue, replace(view[cue], head=above, deprel=view[told].deprel)
        yield told, replace(view[told], head=cue, deprel="ccomp")
        yield from view.hung((*joints, index), cue)
        return


@formed("where")
def _where_of_place(view: View, first: int, _: Lexicon) -> Changes:
    """As in "denied shelling a market where ten died": so they did; it tells of the market."""
    index, noun = view[first].head, first - 1
    place = view[index].deprel == "advcl" and min(view.children(index)) == first
    if not place or noun <= view[index].head:
        return
    if view[noun].upos in ("NOUN", "PROPN") and view.is_below(noun, view[index].head):
        yield index, replace(view[index], head=noun, deprel="relcl")


@related("acl", "relcl")
def _content_of_report(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "rejected a report by X that Y fled": it is what the report says, no word about X."""
    source = view[index].head
    prep = view[source].head
    report = view[prep].head
    marks = [view[i].form.lower() for i in view.children(index, "mark")]
    by = view[source].deprel == "pobj" and view[prep].form.lower() in ("by", "from")
    if by and marks == ["that"] and view[report].lemma in lexicon.report_nouns:
        yield index, replace(view[index], head=report, deprel="acl")


@related("acl")
def _charge_of_trial(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "the trial of X, charged with fraud,": X is charged, and no trial."""
    event, noun = view[index].head, index - 2
    accused = view[index].xpos == "VBN" and view[index].lemma in lexicon.slots.accusing
    if not accused or view[event].lemma not in lexicon.nouns or view[index - 1].form != ",":
        return
    if noun > event and view[noun].upos in ("NOUN", "PROPN") and view.is_below(noun, event):
        while view[noun].deprel == "appos":
            noun = view[noun].head
        yield index, replace(view[index], head=noun)


@related("conj")
def _second_content(view: View, index: int, _: Lexicon) -> Changes:
    """As in "said that X fled when Y came and that Z won": it is said, wherever it was hung.

    What begins with "that" goes on with the clause above that begins so.
    """
    if not _has_that(view, index):
        return
    above = first = view[index].head
    while view[above].head < above and not _has_that(view, above):
        above = view[above].head
    if above != first and _has_that(view, above) and view[above].deprel in ("ccomp", "acl"):
        joints = [i for i in view.children(first, "cc") if i < index][-1:]
        yield from view.hung((*joints, index), above)


@related("advcl", below=("xcomp", "pcomp"))
def _speech_beside_bidding(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X urged Y to leave, accusing Z of theft": X accuses, as X goes on to speak."""
    above = view[index].head
    speaks = view[index].xpos == "VBG" and view[index].lemma in lexicon.report_verbs
    if not speaks or index < above or view[index - 1].form != ",":
        return
    first = above
    while view[above].deprel in ("xcomp", "pcomp", "prep") and view[above].head < above:
        above = view[above].head
    if above != first and view[above].upos == "VERB" and view.children(above, "nsubj"):
        yield index, replace(view[index], head=above)


@related("neg")
def _not_of_next(view: View, index: int, _: Lexicon) -> Changes:
    """As in "arrested X for theft, not because he was a Kurd": they did arrest X."""
    after = index + 1
    if view[index].head > index or after >= view.last or view[index - 1].upos == "AUX":
        return
    if view[after].xpos in ("IN", "WRB") and view[after].head != index:
        yield from view.hung(view.children(index), view[index].head)
        yield index, replace(view[index], head=after)


@related("neg")
def _not_before_inserted(view: View, index: int, _: Lexicon) -> Changes:
    """As in "X will not, Ann Lee said, leave": what is denied is the verb, and not "will"."""
    helper = view[index].head
    if view[helper].deprel in ("aux", "auxpass") and helper < index:
        yield index, replace(view[index], head=view[helper].head)


@formed("of", "over", "against")
def _matter_of_time(view: View, index: int, _: Lexicon) -> Changes:
    """As in "accused X on Friday of shelling Y", "argued for months over Z": no time is of that."""
    time, times = view[index].head, time_lexicon()
    prep = view[time].head
    timed = view[time].form in times.calendar and bool(view.children(index, "pcomp"))
    timed = timed or (view[index].form != "of" and view[time].lemma in times.units)
    if timed and view[prep].deprel == "prep" and view[view[prep].head].upos == "VERB":
        yield index, replace(view[index], head=view[prep].head)


@related("conj", below=("ccomp",))
def _answer_to_content(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X said Y had fled, but Z accused X of lying": X does not say the second."""
    told = view[index].head
    said = view[told].head
    content = view[told].deprel == "ccomp" and view[said].lemma in lexicon.report_verbs
    joints = [i for i in view.children(told, "cc") if told < i < index][-1:]
    but = [view[i].form.lower() for i in joints] == ["but"] and view[joints[0] - 1].form == ","
    speakers = view.children(index, "nsubj") if view[index].lemma in lexicon.report_verbs else []
    named = speakers and all(view[i].upos != "PRON" for i in speakers)
    if content and but and named and said < told and not view.children(index, "mark"):
        yield from view.hung((*joints, index), said)


@formed("had")
def _condition_as_phrase(view: View, had: int, _: Lexicon) -> Changes:
    """As in "X would have fled had police freed him": on that condition, which was not met."""
    above = view[had].head
    opening = had == view.first and view[had].deprel == "advcl"  # "Had X fled, Y would have won"
    if not opening and (view[had].deprel not in _TAG_ONLY or above > had):
        return
    for verb in view.children(had, "ccomp"):
        subjects = view.children(verb, *_SUBJECTS)
        if view[verb].xpos not in ("VBN", "VBD") or not subjects or verb < had:
            continue
        if _left(view, subjects[0]) == had + 1 and not view.children(had, *_SUBJECTS):
            yield had, replace(view[had], upos="AUX", head=verb, deprel="aux")
            yield verb, replace(view[verb], xpos="VBN", head=above, deprel="advcl")
            return


def _has_that(view: View, verb: int) -> bool:
    return any(view[i].form.lower() == "that" for i in view.children(verb, "mark"))


def _left(view: View, noun: int) -> int:
    """The first word of the noun phrase."""
    before = [i for i in view.children(noun) if i < noun]
    return min([noun, *(_left(view, i) for i in before)])


@tagged("NN", by=("compound",))
def _verb_before_name(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "suspend him and name Roe as president": to suspend is joined to no name."""
    name = view[index].head
    first = view[name].head
    if view[name].deprel != "conj" or view[name].upos != "PROPN" or view[first].upos != "VERB":
        return
    verb = as_verb(view, index, lexicon)
    if verb is None or view[index - 1].deprel != "cc" or not view[index].form.islower():
        return
    later = [i for i in view.children(first, "prep") if i > name]
    told = replace(view[index], lemma=verb, upos="VERB", xpos=view[first].xpos)
    yield index, replace(told, head=first, deprel="conj")
    yield name, replace(view[name], head=index, deprel="dobj")
    yield from view.hung(later, index)


BESIDE_REPAIRS: tuple[Repair, ...] = (
    _verb_before_name,
    _subject_as_second_noun,
    _object_as_modifier,
    _verb_left_out,
    _participle_before_verb,
    _claim_as_subject,
    _denial_of_claim,
    _next_speaker,
    _answer_to_content,
    _where_of_place,
    _content_of_report,
    _charge_of_trial,
    _second_content,
    _speech_beside_bidding,
    _not_of_next,
    _not_before_inserted,
    _matter_of_time,
    _condition_as_phrase,
)
"""In the order in which they are tried."""
