"""Repairs of headlines and short news: verbs left out, or taken for a part of a name or phrase."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, roots, tagged
from kg.annotate.repair.view import ROOTS, View
from kg.lexicon import Lexicon

_AS_VERBS = {"NN": ("VBP", ("NNS",)), "NNS": ("VBZ", ("NN", "NNP"))}
"""What a noun is as a verb, and the nouns before it that it agrees with."""


@tagged("VBD")
def _told_in_short(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "One soldier killed and two injured in X": a headline leaves out "was".

    A counted subject without an object, in a main clause or beside one.
    """
    token = view[verb]
    if token.deprel not in ("ROOT", "ccomp") or token.lemma not in lexicon.slots.harmed:
        return
    if view.children(verb, "dobj", "aux", "auxpass", "mark", "prt", "xcomp"):
        return
    people = view.children(verb, "nsubj")
    counted = view[verb - 1].xpos == "CD" or bool(view.children(verb - 1, "nummod"))
    if (
        people == [verb - 1]
        and counted
        and not any(view.children(i, "dobj") for i in view.children(verb, "conj"))
    ):
        yield verb, replace(token, xpos="VBN")
        yield people[0], replace(view[people[0]], deprel="nsubjpass")


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
    """As in "kills ten people and wounds 40 others": the verb was joined to the dead."""
    token, noun = view[verb], view[verb].head
    first = view[noun].head
    if token.xpos not in ("VBZ", "VBD") or view[first].xpos != token.xpos:
        return
    if view[noun].deprel != "dobj" or view[verb - 1].deprel != "cc" or noun > verb:
        return
    objects = [i for i in view.children(noun, "appos", "conj") if i > verb]
    objects = view.children(verb, "dobj") or objects
    if not objects or token.lemma not in lexicon.verbs or view.children(verb, "nsubj", "aux"):
        return
    yield verb, replace(token, upos="VERB", head=first)
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
    if token.upos != "VERB" and not _is_counted_verb(view, verb, lexicon):
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
    if not places or not view.children(verb, "prep"):
        return
    root = prep
    while view[root].head != root:
        root = view[root].head
    if view[root].upos != "NOUN" or root > prep:
        return
    yield from view.hung((i for i in view.children(root) if i > verb), verb)
    yield root, replace(view[root], head=verb, deprel="nsubj")
    yield verb, replace(token, upos="VERB", head=verb, deprel="ROOT")


HEADLINE_REPAIRS: tuple[Repair, ...] = (
    _told_in_short,
    _noun_with_subject,
    _second_blow,
    _blow_as_plural,
    _subject_as_compound,
    _charges_as_noun,
    _verb_after_when,
    _verb_as_object,
)
"""In the order in which they are tried."""
