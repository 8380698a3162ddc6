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
def _verb_in_name(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "Police arrest John Brown": the verb was taken for a part of the name after it."""
    verb = view.first + 1
    if verb >= view.last or view[root].upos not in ("NOUN", "PROPN") or root <= verb:
        return
    token, doer = view[verb], view[view.first]
    many = doer.xpos == "NNS" or doer.lemma.lower() == "police"
    named = token.xpos == "NN" and token.deprel == "compound" and token.head == root
    inside = doer.deprel == "compound" and doer.head in (verb, root)
    if not (many and named and inside) or token.lemma not in lexicon.verbs:
        return
    if view[root].xpos != "NNP" and not view.children(root, "conj", "det", "nummod", "acl"):
        return
    after = view.children(root, "prep", "advcl", "punct")
    after = [i for i in after if i > root and view[i].form.lower() != "of"]
    yield view.first, replace(doer, upos="NOUN", xpos="NNS", head=verb, deprel="nsubj")
    yield verb, replace(token, upos="VERB", xpos="VBP", head=verb, deprel="ROOT")
    yield root, replace(view[root], head=verb, deprel="dobj")
    yield from view.hung(after, verb)


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


@tagged("NNS")
def _plural_after_a(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "A Sukhoi Su-30 crashes near X": no noun is plural after "a"."""
    dets = [i for i in view.children(verb, "det") if view[i].form.lower() in ("a", "an")]
    subject = verb - 1
    single = view[subject].head == verb and view[subject].deprel == "compound"
    lemma = view[verb].lemma
    if not dets or not single or lemma not in lexicon.verbs or view[verb].head != verb:
        return
    left = [i for i in view.children(verb) if i < subject]
    yield from view.hung(left, subject)
    yield subject, replace(view[subject], head=verb, deprel="nsubj")
    yield verb, replace(view[verb], upos="VERB", xpos="VBZ", deprel="ROOT")


@tagged("NNS")
def _verb_before_verb(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a gunman shoots and kills ten": one man, so "shoots" is no plural of a noun."""
    token, doer = view[verb], verb - 1
    lemma = token.form.lower().removesuffix("s")
    if token.deprel not in ("ROOT", "ccomp") or lemma not in lexicon.verbs:
        return
    joined = [i for i in view.children(verb, "conj") if view[i].xpos == "VBZ"]
    left = [i for i in view.children(verb) if i < verb]
    one = any(view[i].form.lower() in ("a", "an", "another", "one") for i in left)
    close = bool(joined) and view[joined[0] - 1].deprel == "cc" and joined[0] == verb + 2
    if not close or not one or doer not in left or view[doer].deprel != "compound":
        return
    yield from view.hung(left, doer)
    yield verb, replace(token, lemma=lemma, upos="VERB", xpos="VBZ")
    yield doer, replace(view[doer], deprel="nsubj")


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
    _verb_in_name,
    _noun_with_subject,
    _plural_after_a,
    _verb_before_verb,
    _second_blow,
)
"""In the order in which they are tried."""
