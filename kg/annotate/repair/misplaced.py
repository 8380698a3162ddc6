"""Repairs of what follows an inserted speaker, and of verbs and terms taken for something else."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.speech import gerund_lemma
from kg.annotate.repair.step import Changes, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_PAST = ("VBD", "VBN")
_CLAUSAL = ("ROOT", "ccomp", "advcl", "relcl")
_DESPITE = ("despite", "with", "without", "amid")
_TIMED = ("before", "after", "during", "amid", "following")
_COPULAS = ("aux", "auxpass", "cop")


@tagged("VBG")
def _deed_behind_speaker(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "Gunmen stormed the prison, police said, freeing ten": the gunmen freed them."""
    token, cue = view[index], view[index].head
    told = view[cue].lemma in lexicon.report_verbs and view.children(cue, "nsubj")
    if token.deprel != "advcl" or index < cue or not told or view[index - 1].form != ",":
        return
    clauses = [i for i in view.children(cue, "ccomp") if i < cue]
    clause = view[cue].head if view[cue].deprel == "parataxis" else max(clauses, default=cue)
    deed = _is_deed(token, lexicon) and not view.children(index, "mark")
    if deed and clause < cue and view[clause].upos == "VERB":
        yield index, replace(token, head=clause)


def _is_deed(token: Token, lexicon: Lexicon) -> bool:
    """Whether the verb tells of something done, and not of something said."""
    triggers = lexicon.verbs.get(token.lemma, ())
    said = token.lemma in lexicon.report_verbs
    return (
        bool(triggers)
        and not said
        and not any(is_a(trigger.type, "CommunicationEvent") for trigger in triggers)
    )


@related("compound", "amod")
def _terms_as_measure(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "signed a treaty giving land to X": the treaty is signed, and gives the land.

    The noun for what has terms was taken for the measure of a word before another noun.
    """
    token, plan = view[index], index - 1
    if not token.form.endswith("ing") or view[plan].deprel != "npadvmod":
        return
    noun = token.head
    if view[plan].head != index or view[plan].lemma not in lexicon.slots.plans or noun < index:
        return
    lemma = gerund_lemma(token, lexicon) or token.lemma
    yield plan, replace(view[plan], head=view[noun].head, deprel=view[noun].deprel)
    yield index, replace(token, lemma=lemma, upos="VERB", xpos="VBG", head=plan, deprel="acl")
    yield noun, replace(view[noun], head=index, deprel="dobj")
    yield from view.hung((i for i in view.children(noun) if i < plan), plan)


@formed("against")
def _against_twice(view: View, prep: int, _: Lexicon) -> Changes:
    """As in "charges of crimes against humanity against X": charges against X."""
    noun = view[prep].head
    beside = [i for i in view.children(noun, "prep") if i < prep]
    firsts = [i for i in (*beside, view[noun].head) if view[i].form.lower() == "against"]
    if not firsts or firsts[0] >= prep:
        return
    top = view[firsts[0]].head
    while view[view[top].head].form.lower() == "of" and view[top].deprel == "pobj":
        top = view[view[top].head].head
    yield prep, replace(view[prep], head=top)


@formed("of")
def _charge_behind_accuser(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "accused by the opposition of bribery": accused of it, whoever the opposition is of."""
    by = view[view[prep].head].head
    verb = view[by].head
    cue = lexicon.report_verbs.get(view[verb].lemma)
    if view[by].deprel != "agent" or cue is None or "of" not in cue.preps:
        return
    if any(view[i].form.lower() == "of" for i in view.children(verb, "prep")):
        return
    deeds = [*view.children(prep, "pobj"), *view.children(prep, "pcomp")]
    if any(view[i].lemma in lexicon.nouns or view[i].xpos == "VBG" for i in deeds):
        yield prep, replace(view[prep], head=verb)


@formed("alleging")
def _alleging(view: View, index: int, _: Lexicon) -> Changes:
    """As in "wept in court alleging torture", which was taken for one noun with those around it."""
    token, deed = view[index], view[index].head
    place = index - 1
    prep = view[deed].head
    torn = token.deprel == "compound" and view[place].head == deed and view[deed].deprel == "pobj"
    if not torn or place < view.first or view[place].deprel != "compound":
        return
    below = [i for i in view.children(deed) if i < place]
    yield from view.hung(below, place)
    yield place, replace(view[place], head=prep, deprel="pobj")
    verb = replace(token, lemma="allege", upos="VERB", xpos="VBG")
    yield index, replace(verb, head=view[prep].head, deprel="advcl")
    yield deed, replace(view[deed], head=index, deprel="dobj")


@formed("pending")
def _pending(view: View, index: int, _: Lexicon) -> Changes:
    """As in "held in custody pending trial", which was taken for a trial that pends."""
    noun = view[index].head
    verb = view[noun].head
    if view[index].deprel != "amod" or index == view.first or view[index - 1].deprel == "det":
        return
    if view[verb].upos == "VERB" and verb < index:
        yield index, replace(view[index], head=verb, deprel="prep")
        yield noun, replace(view[noun], head=index, deprel="pobj")


@related("advcl")
def _caused(view: View, deed: int, lexicon: Lexicon) -> Changes:
    """As in "burned X, leading residents to flee": what they are led to, and no aim."""
    verb = view[deed].head
    causing = view[verb].lemma in lexicon.slots.causing
    to = view.children(deed, "aux")
    people = [i for i in view.children(verb, "dobj") if verb < i < deed]
    if not causing or not people or not to or view[to[0]].xpos != "TO":
        return
    if view[deed].xpos == "VB" and to[0] == max(view.children(people[0]), default=people[0]) + 1:
        yield deed, replace(view[deed], deprel="xcomp")


@tagged("JJ")
def _past_as_adjective(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X marginally advanced in Y", "seized X and likely advanced in Y": that is a verb.

    No adjective has a subject without "be", nor is it joined to a finite verb. In "ten were killed
    and two injured" the auxiliary holds for both.
    """
    token, verb = view[index], view[view[index].head]
    form = token.form.lower()
    if not form.endswith("ed"):
        return
    joined = token.deprel == "conj" and verb.xpos in _PAST and verb.upos == "VERB"
    whole = token.deprel in _CLAUSAL and view.children(index, "nsubj")
    past = (joined or whole) and not view.children(index, *_COPULAS)
    lemma = next((each for each in (form[:-1], form[:-2]) if each in lexicon.verbs), None)
    both = joined and lemma in lexicon.slots.harms and view.children(token.head, "auxpass")
    if past and lemma and (both or view.children(index, "prep", "dobj")):
        yield index, replace(token, lemma=lemma, upos="VERB", xpos="VBN" if both else "VBD")
        subjects = view.children(index, "nsubj") if both else ()
        yield from ((i, replace(view[i], deprel="nsubjpass")) for i in subjects)


@tagged("NNS")
def _saying_as_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "has seen it, but assesses that X fled": what has a clause beside a verb is a verb."""
    token = view[index]
    if token.deprel != "conj" or view[token.head].upos != "VERB":
        return
    told = [i for i in view.children(index, "ccomp", "relcl") if view.children(i, "mark")]
    form = token.form.lower()
    lemma = next((v for v in (form[:-1], form[:-2]) if v in lexicon.report_verbs), None)
    if lemma is not None and told:
        yield index, replace(token, lemma=lemma, upos="VERB", xpos="VBZ")
        yield told[0], replace(view[told[0]], deprel="ccomp")


@tagged("NN", by=("compound", "conj"))
def _deed_as_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "youths storm the camp and torch tents": no kind of tents, but what is done to them."""
    token, noun = view[index], index + 1
    kind = token.lemma in lexicon.nouns or token.lemma in lexicon.noun_classes
    if token.lemma not in lexicon.verbs or kind or noun >= view.last:
        return
    first = view[noun].head if token.deprel == "compound" else token.head
    verb = view[first].head if token.deprel == "compound" else view[noun].head
    joined = token.head == noun and view[noun].deprel == "conj" and view[first].deprel == "dobj"
    shared = view[first].head == noun and view[noun].deprel == "dobj"
    if view[index - 1].xpos != "CC" or view[verb].xpos != "VBP" or not (joined or shared):
        return
    yield first, replace(view[first], head=verb, deprel="dobj")
    yield from view.hung((i for i in view.children(noun) if i < first), first)
    yield index - 1, replace(view[index - 1], head=verb)
    yield index, replace(token, upos="VERB", xpos="VBP", head=verb, deprel="conj")
    yield noun, replace(view[noun], head=index, deprel="dobj")


@tagged("PRP", "IN", "RB", by=("pobj", "dobj", "conj", "nsubj", "compound"))
def _name_with_figure(view: View, index: int, _: Lexicon) -> Changes:
    """As in "dies from COVID-19": what has a figure in it is no pronoun and no preposition."""
    token = view[index]
    if any(letter.isdigit() for letter in token.form):
        yield index, replace(token, lemma=token.form, upos="NOUN", xpos="NN")


@formed("taxes")
def _taxes(view: View, index: int, _: Lexicon) -> Changes:
    """As in "milk taxes", which the dictionary takes for some kind of taxis."""
    if view[index].lemma == "taxis":
        yield index, replace(view[index], lemma="tax")


@related("advcl")
def _aim_of_event(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "arrives ahead of X's operation to take Y": it is X that is to take it."""
    first = min(view.children(verb), default=verb)
    noun = first - 1
    if view[first].form.lower() != "to" or noun < view.first or view[noun].deprel != "pobj":
        return
    timed = view[view[noun].head].form.lower() in _TIMED
    ahead = view[view[noun].head].form.lower() == "of" and view[view[noun].head - 1].form == "ahead"
    whose = view.children(noun, "poss", "compound")
    if (timed or ahead) and whose and view[noun].lemma in lexicon.nouns:
        yield verb, replace(view[verb], head=noun, deprel="acl")


@formed("magnitude")
def _magnitude_of(view: View, index: int, _: Lexicon) -> Changes:
    """As in "a magnitude 6.7 earthquake strikes X": how strong it is, and nothing that strikes."""
    number, quake = index + 1, view[min(index + 1, view.last - 1)].head
    whole = view[number].deprel == "nummod" and quake == number + 1 and quake < view.last
    if view[index].deprel in ("nsubj", "dep", "nmod") and whole and view[index].head != quake:
        yield from view.hung(view.children(index), quake)
        if view[quake].head == index:
            yield quake, replace(view[quake], head=view[index].head, deprel=view[index].deprel)
        yield index, replace(view[index], head=quake, deprel="compound")


@formed("mid")
def _mid_air(view: View, index: int, _: Lexicon) -> Changes:
    """As in "two planes collide mid-air": where they do, and nothing that they hit."""
    verb, last = view[index].head, index + 2
    torn = last < view.last and view[index + 1].form == "-" and view[last].head == verb
    if torn and view[verb].upos == "VERB" and view[last].deprel in ("dobj", "appos"):
        yield last, replace(view[last], deprel="npadvmod")
        yield index, replace(view[index], head=last, deprel="compound")
        yield index + 1, replace(view[index + 1], head=last, deprel="punct")


@formed("head")
def _head_on(view: View, head: int, _: Lexicon) -> Changes:
    """As in "a head on crash between X and Y kills ten": the crash does, and no head."""
    prep, crash = head + 1, head + 2
    if crash >= view.last or view[prep].form.lower() != "on" or view[crash].head != prep:
        return
    token = view[head]
    if view[head - 1].form.lower() in ("a", "the") and view[crash].deprel == "pobj":
        above = crash if token.head == head else token.head
        yield crash, replace(view[crash], head=above, deprel=token.deprel)
        yield from view.hung((i for i in view.children(head) if i != prep), crash)
        yield head, replace(token, head=crash, deprel="amod")
        yield prep, replace(view[prep], head=head, deprel="prep")


@related("prep", below=("dobj",))
def _of_accused(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "convicts a soldier of the killing of X": what he is convicted of, no part of him.

    So too of what is told without an article: "convicts a clerk of espionage". Not so "convicts
    the leader of the attack".
    """
    noun = view[prep].head
    verb = view[noun].head
    marker = lexicon.slots.accusing.get(view[verb].lemma)
    if marker != view[prep].form.lower() or prep < noun:
        return
    for deed in view.children(prep, "pobj"):
        both = all(
            any(view[i].form.lower() == "the" for i in view.children(each, "det"))
            for each in (noun, deed)
        )
        bare = view[deed].xpos == "NN" and not view.children(deed, "det", "poss", "nummod")
        if (view[deed].lemma in lexicon.nouns or bare) and not both:
            yield from view.hung([prep], verb)


@formed("for", "over")
def _punished_for(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "arrested in a raid by the FBI for alleged fraud", "along with two others for fraud".

    What somebody is punished for was hung on what tells where, with whom or how. A deed in "-ing"
    was hung on whoever did it: "arrest a man for stabbing X".
    """
    above = noun = view[prep].head
    if view[prep].deprel != "prep" or prep < noun:
        return
    if view[noun].deprel == "dobj":
        above = view[noun].head
        done = [i for i in view.children(prep, "pcomp") if view[i].xpos == "VBG"]
        done = [i for i in done if view[i].form.lower() not in lexicon.slots.for_which]
        if view[noun].upos == "PROPN" or is_a(_kind(view, noun, lexicon), "Agent"):
            done += [i for i in view.children(prep, "pobj") if _is_offence(view, i, lexicon)]
        if done and view[above].upos == "VERB" and view[above].lemma in lexicon.slots.penalties:
            yield from view.hung([prep], above)
        return
    if view[noun].deprel != "pobj":
        return
    while view[above].deprel in ("pobj", "prep"):
        if view[above].lemma in lexicon.nouns and view[above].lemma != "raid":
            return  # "arrested in protests for the release of X", "in a search for the killers"
        above = view[above].head
    deeds = [i for i in view.children(prep, "pobj") if _is_offence(view, i, lexicon)]
    deeds += view.children(prep, "pcomp")
    if view[above].upos == "VERB" and view[above].lemma in lexicon.slots.penalties and deeds:
        yield from view.hung([prep], above)


def _kind(view: View, noun: int, lexicon: Lexicon) -> str:
    return lexicon.noun_classes.get(view[noun].lemma, "Entity")


def _is_offence(view: View, noun: int, lexicon: Lexicon) -> bool:
    """A noun of what is done, or is only said to have been done."""
    words = (lexicon.modifiers.get(view[i].form.lower()) for i in view.children(noun, "amod"))
    alleged = any(word is not None and word.modality == "alleged" for word in words)
    return alleged or view[noun].lemma in lexicon.nouns


@related("conj")
def _also_accused_of(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "charged with murder, and "assault and theft"": charged with them as well."""
    token, verb = view[noun], view[noun].head
    marker = lexicon.slots.accusing.get(view[verb].lemma)
    if marker is None or token.upos != "NOUN" or noun < verb:
        return
    preps = [i for i in view.children(verb, "prep") if view[i].form.lower() == marker]
    deeds = [i for prep in preps for i in view.children(prep, "pobj") if i < noun]
    if deeds:
        joints = [i for i in view.children(verb, "cc") if deeds[-1] < i < noun]
        yield from view.hung((*joints, noun), deeds[-1])


@related("acl", "advcl")
def _deed_despite(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "despite members of the Union refusing to vote": they refuse, and not the Union."""
    token, name = view[verb], verb - 1
    prep = view[name].head
    people = view[prep].head
    kind = lexicon.noun_classes.get(view[people].lemma, "Entity")
    inside = view[name].upos == "PROPN" and view[name].deprel == view[people].deprel == "pobj"
    opened = view[view[people].head].form.lower() in _DESPITE
    inside = inside and verb > view.first
    if token.xpos == "VBG" and inside and opened and is_a(kind, "Agent"):
        yield verb, replace(token, head=people, deprel="acl")


@related("agent")
def _by_of_active(view: View, by: int, _: Lexicon) -> Changes:
    """As in "an officer, testifying by video, said": no video did something to the officer."""
    verb = view[by].head
    if view[verb].xpos == "VBG" and not view.children(verb, "auxpass"):
        yield by, replace(view[by], deprel="prep")


@related("agent")
def _deadline(view: View, by: int, _: Lexicon) -> Changes:
    """As in "to retake towns held by rebels by June": none does a thing with two "by"; till when.

    It is what is still to be done that has a deadline, and not how the things are.
    """
    clause = view[by].head
    noun = view[clause].head
    verb = view[noun].head
    twice = any(i < by for i in view.children(clause, "agent"))
    if twice and view[clause].deprel == "acl" and view[noun].deprel == "dobj":
        ahead = view[verb].xpos == "VB"
        yield by, replace(view[by], head=verb if ahead else clause, deprel="prep")


MISPLACED_REPAIRS = (
    _deadline,
    _by_of_active,
    _name_with_figure,
    _magnitude_of,
    _aim_of_event,
    _taxes,
    _mid_air,
    _head_on,
    _of_accused,
    _punished_for,
    _deed_despite,
    _also_accused_of,
    _deed_as_noun,
    _saying_as_noun,
    _past_as_adjective,
    _deed_behind_speaker,
    _terms_as_measure,
    _against_twice,
    _charge_behind_accuser,
    _caused,
    _alleging,
    _pending,
)
"""In the order in which they are tried."""
