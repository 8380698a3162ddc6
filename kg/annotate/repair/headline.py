"""Repairs of headlines and short news: verbs left out, or taken for a part of a name or phrase."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.reattach import Repair
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token


def _told_in_short(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "One soldier killed and two injured in X": a headline leaves out "was".

    A counted subject without an object, in a main clause or beside one.
    """
    changed: dict[int, Token] = {}
    for verb in view.tagged("VBD"):
        token = view[verb]
        if token.deprel not in ("ROOT", "ccomp") or token.lemma not in lexicon.slots.harmed:
            continue
        if view.children(verb, "dobj", "aux", "auxpass", "mark", "prt", "xcomp"):
            continue
        people = view.children(verb, "nsubj")
        counted = view[verb - 1].xpos == "CD" or bool(view.children(verb - 1, "nummod"))
        if (
            people == [verb - 1]
            and counted
            and not any(view.children(i, "dobj") for i in view.children(verb, "conj"))
        ):
            changed[verb] = replace(token, xpos="VBN")
            changed[people[0]] = replace(view[people[0]], deprel="nsubjpass")
    return changed


def _verb_in_name(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "Police arrest John Brown": the verb was taken for a part of the name after it."""
    for root in view.roots():
        verb = view.first + 1
        if verb >= view.last or view[root].upos not in ("NOUN", "PROPN") or root <= verb:
            continue
        token, doer = view[verb], view[view.first]
        many = doer.xpos == "NNS" or doer.lemma.lower() == "police"
        named = token.xpos == "NN" and token.deprel == "compound" and token.head == root
        inside = doer.deprel == "compound" and doer.head in (verb, root)
        if not (many and named and inside) or token.lemma not in lexicon.verbs:
            continue
        if view[root].xpos != "NNP" and not view.children(root, "conj", "det", "nummod", "acl"):
            continue
        after = view.children(root, "prep", "advcl", "punct")
        after = [i for i in after if i > root and view[i].form.lower() != "of"]
        return {
            view.first: replace(doer, upos="NOUN", xpos="NNS", head=verb, deprel="nsubj"),
            verb: replace(token, upos="VERB", xpos="VBP", head=verb, deprel="ROOT"),
            root: replace(view[root], head=verb, deprel="dobj"),
        } | {i: replace(view[i], head=verb) for i in after}
    return {}


def _noun_with_subject(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "two bombs detonate outside X": what has a subject of its own is no noun."""
    changed: dict[int, Token] = {}
    for index in view.roots():
        token, before = view[index], view[max(index - 1, view.first)]
        own = index - 1 in view.children(index, "nsubj")
        if not own or view.children(index, "cop", "aux", "det", "amod", "poss"):
            continue
        form = token.form.lower()
        stems = (
            (form.removesuffix("s"), form.removesuffix("es")) if token.xpos == "NNS" else (form,)
        )
        lemma = next((each for each in stems if each in lexicon.verbs), None)
        tags = {"NN": ("VBP", ("NNS",)), "NNS": ("VBZ", ("NN", "NNP"))}
        verb, subjects = tags.get(token.xpos, ("", ()))
        if lemma is not None and before.xpos in subjects:
            changed[index] = replace(token, lemma=lemma, upos="VERB", xpos=verb)
    return changed


def _plural_after_a(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "A Sukhoi Su-30 crashes near X": no noun is plural after "a"."""
    for verb in view.tagged("NNS"):
        dets = [i for i in view.children(verb, "det") if view[i].form.lower() in ("a", "an")]
        subject = verb - 1
        single = view[subject].head == verb and view[subject].deprel == "compound"
        lemma = view[verb].lemma
        if not dets or not single or lemma not in lexicon.verbs or view[verb].head != verb:
            continue
        left = [i for i in view.children(verb) if i < subject]
        changed = {i: replace(view[i], head=subject) for i in left}
        changed[subject] = replace(view[subject], head=verb, deprel="nsubj")
        changed[verb] = replace(view[verb], upos="VERB", xpos="VBZ", deprel="ROOT")
        return changed
    return {}


def _verb_before_verb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "a gunman shoots and kills ten": one man, so "shoots" is no plural of a noun."""
    for verb in view.tagged("NNS"):
        token, doer = view[verb], verb - 1
        lemma = token.form.lower().removesuffix("s")
        if token.deprel not in ("ROOT", "ccomp") or lemma not in lexicon.verbs:
            continue
        joined = [i for i in view.children(verb, "conj") if view[i].xpos == "VBZ"]
        left = [i for i in view.children(verb) if i < verb]
        one = any(view[i].form.lower() in ("a", "an", "another", "one") for i in left)
        close = bool(joined) and view[joined[0] - 1].deprel == "cc" and joined[0] == verb + 2
        if not close or not one or doer not in left or view[doer].deprel != "compound":
            continue
        changed = {i: replace(view[i], head=doer) for i in left}
        changed[verb] = replace(token, lemma=lemma, upos="VERB", xpos="VBZ")
        return changed | {doer: replace(view[doer], deprel="nsubj")}
    return {}


def _second_blow(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "kills ten people and wounds 40 others": the verb was joined to the dead."""
    changed: dict[int, Token] = {}
    for verb in view.related("conj"):
        token, noun = view[verb], view[verb].head
        first = view[noun].head
        if token.xpos not in ("VBZ", "VBD") or view[first].xpos != token.xpos:
            continue
        if view[noun].deprel != "dobj" or view[verb - 1].deprel != "cc" or noun > verb:
            continue
        objects = [i for i in view.children(noun, "appos", "conj") if i > verb]
        objects = view.children(verb, "dobj") or objects
        if not objects or token.lemma not in lexicon.verbs or view.children(verb, "nsubj", "aux"):
            continue
        changed[verb] = replace(token, upos="VERB", head=first)
        changed[objects[0]] = replace(view[objects[0]], head=verb, deprel="dobj")
        changed[verb - 1] = replace(view[verb - 1], head=first)
    return changed


def _subject_as_compound(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "and police arrest ten people", "Three jets crash in X": the first part acts.

    No verb is the second part of a noun, and none in the singular follows counted ones.
    """
    changed: dict[int, Token] = {}
    for verb in (*view.tagged("VBP", "VBZ"), *view.roots()):
        token, doer = view[verb], verb - 1
        if doer < view.first or view[doer].head != verb or view[doer].deprel != "compound":
            continue
        if view.children(verb, "nsubj", "nsubjpass", "csubj", "cop"):
            continue
        if token.upos != "VERB" and not _is_counted_verb(view, verb, lexicon):
            continue
        tag = token.xpos if token.xpos in ("VBP", "VBZ") else "VBP"
        left = [i for i in view.children(verb, "det", "amod", "nummod") if i < doer]
        start = min([doer, *left, *view.children(doer)])
        if start > view.first and view[start - 1].upos == "ADP":
            continue  # "voters in ten states vote"
        changed[doer] = replace(view[doer], deprel="nsubj")
        changed[verb] = replace(token, upos="VERB", xpos=tag)
        changed |= {i: replace(view[i], head=doer) for i in left}
    return changed


def _is_counted_verb(view: View, verb: int, lexicon: Lexicon) -> bool:
    doer = verb - 1
    counted = view.children(doer, "nummod") or view.children(verb, "nummod")
    bare = view[doer].xpos == "NNS" and view[verb].xpos in ("NN", "VBP", "VBZ")
    return bool(counted) and bare and view[verb].head == verb and view[verb].lemma in lexicon.verbs


def _charges_as_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "The ministry charges detained leader X with Y": it charges, and X is detained.

    A participle without an article behind it stands for no verb, and what follows after the
    preposition of the accusation shows which word does.
    """
    for verb in view.tagged("VBD"):
        charge = verb - 1
        if charge < view.first or view[charge].xpos != "NNS" or view[charge].head != verb:
            continue
        marker = lexicon.slots.accusing.get(view[charge].lemma)
        objects = view.children(verb, "dobj")
        preps = [i for i in view.children(verb, "prep") if view[i].form.lower() == marker]
        doers = [i for i in view.children(charge, "nmod", "compound", "amod") if i < charge]
        if marker is None or not objects or not preps or not doers or preps[0] < objects[0]:
            continue
        if view.children(objects[0], "det", "poss") or view[verb].head != verb:
            continue
        doer, theme = doers[-1], objects[0]
        changed = {i: replace(view[i], head=charge) for i in view.children(verb)}
        changed |= {i: replace(view[i], head=doer) for i in view.children(charge) if i != doer}
        changed[doer] = replace(view[doer], head=charge, deprel="nsubj")
        changed[charge] = replace(view[charge], upos="VERB", xpos="VBZ", head=charge, deprel="ROOT")
        changed[verb] = replace(view[verb], xpos="VBN", head=theme, deprel="amod")
        return changed
    return {}


def _verb_after_when(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "when a bus with tourists from X crashes and burns": a clause with no verb but those.

    The first of two verbs was taken for a plural.
    """
    for when in view.formed("when", "as", "after"):
        doer = view[when].head
        if view[doer].upos != "NOUN" or view[doer].deprel != "advcl":
            continue
        for second in view.tagged("VBZ"):
            first, lemma = second - 2, view[max(second - 2, view.first)].lemma
            noun = view[first].xpos == "NNS" and view[first].deprel == "pobj" and first > doer
            beside = view[second - 1].deprel == "cc" and view[second].deprel == "conj"
            if not (noun and beside and lemma in lexicon.verbs):
                continue
            name = [i for i in view.children(first, "compound") if view[i].xpos == "NNP"][-1:]
            changed = {i: replace(view[i], head=view[first].head, deprel="pobj") for i in name}
            token = replace(view[first], upos="VERB", xpos="VBZ", head=view[doer].head)
            changed[first] = replace(token, deprel="advcl")
            changed[doer] = replace(view[doer], head=first, deprel="nsubj")
            changed[when] = replace(view[when], head=first, deprel="advmod")
            changed[second] = replace(view[second], head=first)
            changed[second - 1] = replace(view[second - 1], head=first)
            return changed
    return {}


def _verb_as_object(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "The toll in Oman increases to 225": no verb stands behind a preposition."""
    for verb in view.related("pobj"):
        token, prep = view[verb], view[verb].head
        places = [i for i in view.children(prep, "pobj") if prep < i < verb]
        if token.xpos not in ("VBZ", "VBD") or not places or not view.children(verb, "prep"):
            continue
        root = prep
        while view[root].head != root:
            root = view[root].head
        if view[root].upos != "NOUN" or root > prep:
            continue
        changed = {i: replace(view[i], head=verb) for i in view.children(root) if i > verb}
        changed[root] = replace(view[root], head=verb, deprel="nsubj")
        changed[verb] = replace(token, upos="VERB", head=verb, deprel="ROOT")
        return changed
    return {}


HEADLINE_REPAIRS: tuple[Repair, ...] = (
    _told_in_short,
    _verb_in_name,
    _noun_with_subject,
    _plural_after_a,
    _verb_before_verb,
    _second_blow,
    _subject_as_compound,
    _charges_as_noun,
    _verb_after_when,
    _verb_as_object,
)
"""In the order in which they are tried."""
