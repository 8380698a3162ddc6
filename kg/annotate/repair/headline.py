"""Repairs of headlines and short news: verbs left out, or taken for a part of a name or phrase."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, related, roots, tagged
from kg.annotate.repair.view import View
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


HEADLINE_REPAIRS: tuple[Repair, ...] = (
    _told_in_short,
    _noun_with_subject,
    _second_blow,
)
"""In the order in which they are tried."""
