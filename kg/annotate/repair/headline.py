"""Repairs of headlines and short news: verbs left out, or taken for a part of a name or phrase."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, roots, tagged
from kg.annotate.repair.view import ROOTS, View
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_FINITE = ("VBZ", "VBD", "VBP")
_LONGEST_NAME = 5
_UNDERGOING = ("in", "on", "for", "over", "to", "of", "with", "after", "by")
_ENDS = ("HarmEvent", "Release", "Detention", "Rescue", "JusticeEvent", "Dismissal")
_AS_VERBS = {"NN": ("VBP", ("NNS",)), "NNS": ("VBZ", ("NN", "NNP"))}
"""What a noun is as a verb, and the nouns before it that it agrees with."""


@tagged("VBD", "VBN", by=("ROOT", "ccomp"))
def _told_in_short(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "One soldier killed and two injured in X", "Singer X jailed for fraud".

    A headline leaves out "was": without an object, those who are counted were harmed, and so was
    who is jailed or sentenced "to", "for" or "in" something.
    """
    token = view[verb]
    if view.children(verb, "dobj", "aux", "auxpass", "mark", "prt", "xcomp"):
        return
    people = view.children(verb, "nsubj")
    if people != [verb - 1]:
        return
    counted = view[verb - 1].xpos == "CD" or bool(view.children(verb - 1, "nummod"))
    alone = not any(view.children(i, "dobj") for i in view.children(verb, "conj"))
    harmed = token.lemma in lexicon.slots.harmed and counted and alone
    if harmed or _is_undergone(view, verb, lexicon):
        yield verb, replace(token, xpos="VBN")
        yield people[0], replace(view[people[0]], deprel="nsubjpass")


@tagged("VBD", "VBN", by=("ROOT", "ccomp"))
def _without_auxiliary(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Chad urged by Mali to open a port", "Peru accused of fraud": "is" was left out.

    Somebody does it to the subject, or the verb cannot do without an object.
    """
    subjects = view.children(verb, "nsubj")
    if subjects != [verb - 1] or view.children(verb, "dobj", "aux", "auxpass", "prt", "ccomp"):
        return
    if view[subjects[0]].upos == "PRON":
        return
    behind = lexicon.slots.needing_object.get(view[verb].lemma)
    after = [i for i in view.children(verb, "prep") if view[i].form.lower() == behind]
    bidden = [i for i in view.children(verb, "xcomp") if behind == "to" and view[i].xpos == "VB"]
    doers = [i for by in view.children(verb, "agent") for i in view.children(by, "pobj")]
    if doers or bidden or after[:1] == [verb + 1]:
        yield verb, replace(view[verb], xpos="VBN")
        yield subjects[0], replace(view[subjects[0]], deprel="nsubjpass")


@tagged("VBD", "VBN", by=("ROOT", "ccomp"))
def _given_in_short(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "UN denied entry by Israel", "Syria sold arms by Russia": "is" was left out."""
    subjects, things = view.children(verb, "nsubj"), view.children(verb, "dobj")
    if view[verb].lemma not in lexicon.slots.given or subjects != [verb - 1] or not things:
        return
    if any(view[i].lemma in lexicon.report_nouns for i in things):
        return  # "denied the allegations by X"
    above = (verb, *things)
    bys = [i for each in above for i in view.children(each, "prep", "agent") if i > things[0]]
    for by in (i for i in bys if view[i].form.lower() == "by"):
        kinds = (lexicon.noun_classes.get(view[i].lemma) for i in view.children(by, "pobj"))
        named = any(view[i].upos == "PROPN" for i in view.children(by, "pobj"))
        if named or any(kind is not None and is_a(kind, "Agent") for kind in kinds):
            yield verb, replace(view[verb], xpos="VBN")
            yield subjects[0], replace(view[subjects[0]], deprel="nsubjpass")
            yield by, replace(view[by], head=verb, deprel="agent")


@roots
def _main_participle(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "Girls held by gunmen freed in X", "Men who killed two shot by Y": the first are.

    A sentence of a noun alone, with a clause that ends before a participle of the last noun.
    """
    if view[root].upos not in ("NOUN", "PROPN", "NUM"):
        return
    for clause in view.children(root, "acl", "relcl"):
        nouns = view.children(clause, "dobj")
        nouns += [i for by in view.children(clause, "agent") for i in view.children(by, "pobj")]
        for noun in nouns:
            for verb in view.children(noun, "acl"):
                types = [each.type for each in lexicon.verbs.get(view[verb].lemma, ())]
                ending = any(is_one_of(each, _ENDS) for each in types)
                if verb == noun + 1 and view[verb].xpos == "VBN" and ending:
                    yield verb, replace(view[verb], head=verb, deprel="ROOT")
                    yield root, replace(view[root], head=verb, deprel="nsubjpass")
                    return


def _is_undergone(view: View, verb: int, lexicon: Lexicon) -> bool:
    """As in "X jailed in Y": a verb that needs nobody but who undergoes it, and has no object."""
    before = view[verb - 1].xpos in ("NN", "NNS", "NNP", "NNPS")
    preps = [i for i in view.children(verb, "prep") if i == verb + 1]
    if not before or not preps or view[preps[0]].form.lower() not in _UNDERGOING:
        return False
    triggers = lexicon.verbs.get(view[verb].lemma, ())
    return any(
        is_one_of(each.type, ("JusticeEvent", "Detention"))
        and each.frame.require in (("theme",), ("target",))
        for each in triggers
    )


@roots
def _noun_with_subject(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "two bombs detonate outside X": what has a subject of its own is no noun."""
    token, before = view[index], view[max(index - 1, view.first)]
    verb, subjects = _AS_VERBS.get(token.xpos, ("", ()))
    own = subjects and index - 1 in view.children(index, "nsubj")
    if not own or view.children(index, "cop", "aux", "det", "amod", "poss"):
        return
    form = token.form.lower()
    stems = (form.removesuffix("s"), form.removesuffix("es")) if token.xpos == "NNS" else (form,)
    lemma = next((each for each in stems if each in lexicon.verbs), None)
    if lemma is not None and before.xpos in subjects:
        yield index, replace(token, lemma=lemma, upos="VERB", xpos=verb)


@related("conj")
def _second_blow(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "kills ten people and wounds 40 others": the verb was joined to the dead.

    What was taken for a participle is none before an object: "killed ten and injured six".
    """
    token, noun = view[verb], view[verb].head
    first = view[noun].head
    past = token.xpos == "VBN" and view.children(verb, "dobj")
    tag = "VBD" if past else token.xpos
    if tag not in ("VBZ", "VBD") or view[first].xpos != tag:
        return
    if view[noun].deprel != "dobj" or view[verb - 1].deprel != "cc" or noun > verb:
        return
    objects = [i for i in view.children(noun, "appos", "conj") if i > verb]
    objects = view.children(verb, "dobj") or objects
    if not objects or token.lemma not in lexicon.verbs or view.children(verb, "nsubj", "aux"):
        return
    yield verb, replace(token, upos="VERB", xpos=tag, head=first)
    yield objects[0], replace(view[objects[0]], head=verb, deprel="dobj")
    yield verb - 1, replace(view[verb - 1], head=first)


@tagged("NNS")
def _blow_as_plural(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "kills two men and wounds ten others": what is done next was taken for a noun."""
    token, noun = view[verb], view[verb].head
    lemma = token.form.lower().removesuffix("s")
    first = view[noun].head
    blow = token.deprel == "conj" and view[noun].deprel == "dobj" and view[first].xpos == "VBZ"
    if not blow or lemma not in lexicon.slots.harmed or view[verb - 1].deprel != "cc":
        return
    behind = [i for i in view.children(noun, "conj", "appos") if i > verb]
    if behind and view.children(behind[0], "nummod"):
        token = replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=first)
        yield verb, token
        yield behind[0], replace(view[behind[0]], head=verb, deprel="dobj")
        yield verb - 1, replace(view[verb - 1], head=first)
        yield from view.hung((i for i in view.children(verb) if i > verb), behind[0])


def _acts(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "and police arrest ten people", "Three jets crash in X": the first part acts.

    No verb is the second part of a noun, and none in the singular follows counted ones.
    """
    token, doer = view[verb], verb - 1
    if doer < view.first or view[doer].head != verb or view[doer].deprel != "compound":
        return
    if view.children(verb, "nsubj", "nsubjpass", "csubj", "cop"):
        return
    listed = token.lemma in lexicon.verbs and bool(view.children(verb, "dobj"))
    if token.upos != "VERB" and not listed and not _is_counted_verb(view, verb, lexicon):
        return
    tag = token.xpos if token.xpos in ("VBP", "VBZ") else "VBP"
    left = [i for i in view.children(verb, "det", "amod", "nummod") if i < doer]
    start = min([doer, *left, *view.children(doer)])
    if start > view.first and view[start - 1].upos == "ADP":
        return  # "voters in ten states vote"
    yield doer, replace(view[doer], deprel="nsubj")
    yield verb, replace(token, upos="VERB", xpos=tag)
    yield from view.hung(left, doer)


_subject_as_compound = Repair(("VBP", "VBZ", ROOTS), _acts)


def _is_counted_verb(view: View, verb: int, lexicon: Lexicon) -> bool:
    doer = verb - 1
    counted = view.children(doer, "nummod") or view.children(verb, "nummod")
    bare = view[doer].xpos == "NNS" and view[verb].xpos in ("NN", "VBP", "VBZ")
    return bool(counted) and bare and view[verb].head == verb and view[verb].lemma in lexicon.verbs


@tagged("VBD")
def _charges_as_noun(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "The ministry charges detained leader X with Y": it charges, and X is detained.

    A participle without an article behind it stands for no verb, and what follows after the
    preposition of the accusation shows which word does.
    """
    charge = verb - 1
    if charge < view.first or view[charge].xpos != "NNS" or view[charge].head != verb:
        return
    marker = lexicon.slots.accusing.get(view[charge].lemma)
    objects = view.children(verb, "dobj")
    preps = [i for i in view.children(verb, "prep") if view[i].form.lower() == marker]
    doers = [i for i in view.children(charge, "nmod", "compound", "amod") if i < charge]
    if marker is None or not objects or not preps or not doers or preps[0] < objects[0]:
        return
    if view.children(objects[0], "det", "poss") or view[verb].head != verb:
        return
    doer, theme = doers[-1], objects[0]
    yield from view.hung(view.children(verb), charge)
    yield from view.hung((i for i in view.children(charge) if i != doer), doer)
    yield doer, replace(view[doer], head=charge, deprel="nsubj")
    yield charge, replace(view[charge], upos="VERB", xpos="VBZ", head=charge, deprel="ROOT")
    yield verb, replace(view[verb], xpos="VBN", head=theme, deprel="amod")


@formed("when", "as", "after")
def _verb_after_when(view: View, when: int, lexicon: Lexicon) -> Changes:
    """As in "when a bus with tourists from X crashes and burns": a clause with no verb but those.

    The first of two verbs was taken for a plural.
    """
    doer = view[when].head
    if view[doer].upos != "NOUN" or view[doer].deprel != "advcl":
        return
    for second in view.at(("VBZ",)):
        first, lemma = second - 2, view[max(second - 2, view.first)].lemma
        noun = view[first].xpos == "NNS" and view[first].deprel == "pobj" and first > doer
        beside = view[second - 1].deprel == "cc" and view[second].deprel == "conj"
        if not (noun and beside and lemma in lexicon.verbs):
            continue
        name = [i for i in view.children(first, "compound") if view[i].xpos == "NNP"][-1:]
        yield from view.hung(name, view[first].head, "pobj")
        token = replace(view[first], upos="VERB", xpos="VBZ", head=view[doer].head)
        yield first, replace(token, deprel="advcl")
        yield doer, replace(view[doer], head=first, deprel="nsubj")
        yield when, replace(view[when], head=first, deprel="advmod")
        yield second, replace(view[second], head=first)
        yield second - 1, replace(view[second - 1], head=first)
        return


@tagged("VBZ", "VBD", by=("pobj",))
def _verb_as_object(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "The toll in Oman increases to 225": no verb stands behind a preposition."""
    token, prep = view[verb], view[verb].head
    places = [i for i in view.children(prep, "pobj") if prep < i < verb]
    nouns = [i for i in view.children(verb, "nsubj") if prep < i < verb]
    ended = verb + 1 < view.last and view[verb + 1].upos == "PUNCT"
    if not (places or nouns) or not (ended or view.children(verb, "prep")):
        return
    root = prep
    while view[root].head != root:
        root = view[root].head
    if view[root].upos != "NOUN" or root > prep:
        return
    yield from view.hung((i for i in view.children(root) if i > verb), verb)
    yield from view.hung(nouns, prep, "pobj")
    yield root, replace(view[root], head=verb, deprel="nsubj")
    yield verb, replace(token, upos="VERB", head=verb, deprel="ROOT")


@formed(",")
def _two_in_short(view: View, comma: int, lexicon: Lexicon) -> Changes:
    """As in "Chad, Niger sign a pact": a headline has a comma for "and".

    A verb without "s" agrees with no single name.
    """
    first, second = comma - 1, comma + 1
    if comma - view.first > _LONGEST_NAME:
        return
    while second + 1 < view.last and view[second + 1].upos == "PROPN":
        second += 1
    verb = second + 1
    if verb >= view.last or not _open_name(view, first) or view[second].xpos != "NNP":
        return
    token = view[verb]
    if token.xpos in ("VB", "VBP") and view.children(verb, "nsubj") == [second]:
        if view[first].head == verb and view.children(second, "cc", "conj") == []:
            yield from _both(view, first, second, verb)
        return
    lemma = token.form
    known = lemma in lexicon.verbs or lemma in lexicon.nominal_verbs
    if token.xpos != "NN" or not known or view.at((*_FINITE, "VB", "MD")):
        return
    object_ = token.head if token.deprel == "compound" else verb
    if object_ == verb and not view.children(verb, "prep"):
        return  # "Goma, Congo attack"
    yield from _both(view, first, second, verb)
    yield from view.hung((i for i in view.children(first) if i > verb), verb)
    if object_ > verb:
        inner = [i for i in view.children(object_) if i <= comma or i == second]
        yield from view.hung((i for i in inner if view[i].upos == "PUNCT"), verb)
        yield object_, replace(view[object_], head=verb, deprel="dobj")
    yield verb, replace(token, upos="VERB", xpos="VBP", head=verb, deprel="ROOT")


def _open_name(view: View, name: int) -> bool:
    """Whether a name, and nothing else, stands from the start of the sentence to here."""
    words = range(view.first, name + 1)
    named = any(view[i].xpos == "NNP" for i in words) and view[name].xpos in ("NNP", "NN")
    inside = all(view.is_below(i, name) for i in words)
    return named and inside and all(view[i].upos in ("PROPN", "NOUN", "ADJ") for i in words)


def _both(view: View, first: int, second: int, verb: int) -> Changes:
    yield first, replace(view[first], head=verb, deprel="nsubj")
    yield second, replace(view[second], head=first, deprel="conj")


@tagged("NNS", by=("compound",))
def _deed_of_state(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Uganda arrests singer X": the deed was taken for a part of the name behind it.

    In a sentence without a verb, between a name that opens it and a word for somebody.
    """
    token, behind = view[verb], verb + 1
    lemma = token.form.removesuffix("s")
    if lemma not in lexicon.verbs or behind >= view.last:
        return
    subject = verb - 1
    person = is_a(lexicon.noun_classes.get(view[behind].lemma, "Entity"), "Person")
    if not person or view[behind].xpos != "NN" or view.at((*_FINITE, "MD")):
        return
    noun = view[behind].head if view[behind].deprel == "compound" else behind
    words = range(view.first, verb)
    if noun < behind or view[noun].head != noun or any(view[i].xpos != "NNP" for i in words):
        return
    yield from view.hung((i for i in words if i != subject), subject)
    yield subject, replace(view[subject], head=verb, deprel="nsubj")
    yield behind, replace(view[behind], head=noun if noun != behind else verb)
    yield noun, replace(view[noun], head=verb, deprel="dobj")
    after = view.children(noun, "prep", "advcl", "punct")
    yield from view.hung((i for i in after if i > noun), verb)
    yield verb, replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="ROOT")


@formed("to")
def _plan_in_short(view: View, to: int, _: Lexicon) -> Changes:
    """As in "Lula to visit Chad": who is to do it was taken for a verb, or stands alone."""
    name, verb = to - 1, to + 1
    if verb >= view.last or view[to].head != verb or view[verb].head != name:
        return
    if view[verb].deprel not in ("xcomp", "acl", "relcl") or view[name].head != name:
        return
    words = range(view.first, to)
    if not words or any(not view[i].form[0].isupper() for i in words) or view.at(_FINITE):
        return
    single = len(words) == 1
    if view[name].upos != "PROPN" and not single:
        return
    yield verb, replace(view[verb], head=verb, deprel="ROOT")
    token = replace(view[name], head=verb, deprel="nsubj")
    yield name, replace(token, upos="PROPN", xpos="NNP", lemma=token.form) if single else token
    yield from view.hung((i for i in view.children(name) if i > verb), verb)


@formed(":", "):")
def _label(view: View, colon: int, _: Lexicon) -> Changes:
    """As in "Kivu conflict (2004-present): Rebels seize Goma": the label seizes nothing."""
    for label in (i for i in view.at(("nsubj",)) if i < colon):
        verb = view[label].head
        after = [i for i in view.children(verb, "nsubj") if colon < i < verb]
        if verb > colon and after and view[after[0]].head == verb:
            yield label, replace(view[label], deprel="dep")


HEADLINE_REPAIRS: tuple[Repair, ...] = (
    _label,
    _without_auxiliary,
    _given_in_short,
    _main_participle,
    _told_in_short,
    _noun_with_subject,
    tagged("NNS", by=("advcl", "ccomp"))(_noun_with_subject.look),
    _second_blow,
    _blow_as_plural,
    _subject_as_compound,
    _charges_as_noun,
    _verb_after_when,
    _verb_as_object,
    _two_in_short,
    _deed_of_state,
    _plan_in_short,
)
"""In the order in which they are tried."""
