"""Repairs around what somebody is named, elected or declared: the office was hung elsewhere."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, formed, related, roots, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon

_SELVES = ("himself", "herself")
_OBJECTS = ("itself", "it", "him", "her", "them")
_UNWELCOME = ["persona", "non", "grata"]


@related("dobj")
def _taken_hostage(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "took its 25 passengers hostage", "shot a patient dead": what they became."""
    token, people = view[index], index - 1
    if token.form.lower() not in lexicon.people.taken:
        return
    given = view[people].head == token.head and view[people].deprel == "dative"
    if view[people].head != index and not given:  # "took guards hostage", as if giving
        return
    one = token.form.lower() == "dead" and view[people].xpos == "NN"
    many = lexicon.noun_classes.get(view[people].lemma) == "PersonGroup"  # "its crew"
    named = view[people].upos == "PROPN" or view[people].xpos == "NNS"
    if not (named or one or many):
        return
    yield index, replace(token, deprel="oprd")
    yield people, replace(view[people], head=token.head, deprel="dobj")
    yield from view.hung((i for i in view.children(index) if i < people), people)


@related("dobj", "oprd")
def _name_with_office(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "elected Anna Lee speaker", "named Lee head of X": she was taken for a part of it."""
    token = view[index]
    verb = token.head
    if view[verb].lemma not in lexicon.people.making or verb > index:
        return
    alone = view.children(verb, "nsubj") and not view.children(verb, "dobj", "auxpass", "prep")
    if token.upos == "PROPN" and token.deprel == "oprd" and alone:
        yield index, replace(token, deprel="dobj")  # "re-elected Anna Lee"
    if token.upos != "NOUN":
        return
    names = [i for i in view.children(index, "compound", "nmod") if _is_name(view, i)]
    open_ = view.children(verb, "auxpass") or view.children(index, "det", "poss", "nummod")
    if names and not open_:
        yield names[-1], replace(view[names[-1]], head=verb, deprel="dobj")
        yield from view.hung((i for i in view.children(index) if i < names[-1]), names[-1])
        yield index, replace(token, deprel="oprd")


@formed("in")
def _sworn_in(view: View, index: int, _: Lexicon) -> Changes:
    """As in "swears in Anna Lee as judge": no place to swear in, for she becomes something."""
    verb, names = view[index].head, view.children(index, "pobj")
    office = [
        i
        for above in (verb, *names)
        for i in view.children(above, "prep")
        if view[i].form.lower() == "as" and i > index
    ]
    active = view[verb].lemma == "swear" and not view.children(verb, "auxpass", "dobj")
    if view[index].deprel == "prep" and active and office and names:
        yield index, replace(view[index], xpos="RP", deprel="prt")
        yield names[0], replace(view[names[0]], head=verb, deprel="dobj")
        yield from view.hung(office, verb)


@related("xcomp", "advcl")
def _made_to_be(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "elected Anna Lee to be head of X": an office like that in "elected her head of X"."""
    verb, token = view[index].head, view[index]
    if token.lemma not in ("be", "become") or view[verb].lemma not in lexicon.people.making:
        return
    whom = view.children(verb, "dobj", "nsubjpass")
    offices = [i for i in view.children(index, "attr", "dobj") if view[i].upos == "NOUN"]
    bare = token.xpos == "VB" and not view.children(index, "nsubj", "nsubjpass", "neg")
    if not whom or not offices or not bare or view[verb].lemma in lexicon.report_verbs:
        return
    office = offices[0]
    yield office, replace(view[office], head=verb, deprel="oprd")
    yield index, replace(token, upos="PART", xpos="TO", head=verb, deprel="dep")
    yield from view.hung(view.children(index, "aux"), verb, "dep")
    yield from view.hung((i for i in view.children(index) if i > office), verb)


@related("appos")
def _office_beside_name(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "declared Anna Lee the winner": no comma makes it another name of hers."""
    name = view[index].head
    verb = view[name].head
    if view[index].upos != "NOUN" or view[verb].lemma not in lexicon.people.making:
        return
    if view[name].deprel == "dobj" and name + 1 in view.children(index, "det"):
        yield index, replace(view[index], head=verb, deprel="oprd")


@related("dobj")
def _second_object(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "designated the group a terrorist body": what it is called stands behind the object."""
    verb = view[index].head
    if view[verb].lemma not in lexicon.people.making or view[verb].lemma in lexicon.report_verbs:
        return
    first = next(iter(view.children(verb, "dobj")), index)
    articles = view.children(index, "det")
    if first < index and articles and view[articles[0]].form.lower() in ("a", "an"):
        between = [view[i].form for i in range(first + 1, articles[0])]
        if not {",", "and"} & set(between):
            yield index, replace(view[index], deprel="oprd")


@related("ccomp")
def _made_by_himself(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "declared himself president", "declares it a crime": no clause says that it is."""
    verb, himself = view[index].head, view.children(index, "nsubj")
    noun = view[index].upos in ("NOUN", "PROPN") and not view.children(index, "cop", "mark")
    named = view[verb].lemma in lexicon.people.making and himself == [verb + 1]
    pronouns = _SELVES if view[verb].lemma not in lexicon.report_verbs else (*_SELVES, *_OBJECTS)
    if noun and named and view[verb + 1].form.lower() in pronouns:
        yield verb + 1, replace(view[verb + 1], head=verb, deprel="dobj")
        yield index, replace(view[index], deprel="oprd")


def _is_name(view: View, index: int) -> bool:
    return view[index].upos == "PROPN" and view[index].form[0].isupper()


@related("nsubj")
def _naming_before_clause(view: View, office: int, lexicon: Lexicon) -> Changes:
    """As in "The king made Lee judge, a day after she left": a verb with a subject tells of it.

    It was taken for a word about the office, and that for the subject of the later clause.
    """
    later = view[office].head
    for verb in view.children(office, "amod"):
        whole = view.children(verb, "nsubj") and view.children(verb, "dobj")
        if not whole or view[verb].lemma not in lexicon.people.making or verb > office:
            continue
        if len(view.children(later, "nsubj")) < 2 or not view.children(later, "mark"):
            continue
        top = verb if view[later].head == later else view[later].head
        yield verb, replace(view[verb], xpos="VBD", head=top, deprel=view[later].deprel)
        yield later, replace(view[later], head=verb, deprel="advcl")
        yield office, replace(view[office], head=verb, deprel="oprd")
        return


@roots
def _naming_as_participle(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "The king named Ann Lee as judge": no king of that name, but what the sentence says."""
    if view[noun].upos == "VERB":
        return
    for verb in view.children(noun, "acl"):
        if view[verb].lemma not in lexicon.people.making or verb < noun:
            continue
        made = [*view.children(verb, "dobj"), *view.children(verb, "oprd")]
        told = len(made) > 1 or any(
            view[i].form.lower() == "as" for i in view.children(verb, "prep")
        )
        if not (made and told) or view[made[0]].upos != "PROPN":
            continue
        yield from view.hung((i for i in view.children(noun) if i > verb), verb)
        yield made[0], replace(view[made[0]], deprel="dobj")
        yield noun, replace(view[noun], head=verb, deprel="nsubj")
        yield verb, replace(view[verb], xpos="VBD", head=verb, deprel="ROOT")
        return


@formed("persona")
def _declared_unwelcome(view: View, index: int, _: Lexicon) -> Changes:
    """As in "declared two envoys persona non grata": what they are told to be, and no verb."""
    words = range(index, min(index + len(_UNWELCOME), view.last))
    verb = next((view[i].head for i in words if view[i].head not in words), index)
    if [view[i].form.lower() for i in words] != _UNWELCOME or view[verb].upos != "VERB":
        return
    for child in (i for word in words for i in view.children(word) if i not in words):
        by = view[child].form.lower() == "by"
        deprel = {"nsubj": "dobj", "prep": "agent" if by else "prep"}.get(view[child].deprel)
        yield from view.hung([child], verb, deprel)
    noun = index - 1
    if view[noun].head == verb and view[noun].deprel == "amod":  # "declared an envoy persona"
        yield noun, replace(view[noun], head=verb, deprel="dobj")
        left = view.children(verb, "det", "amod", "nummod")
        yield from view.hung((i for i in left if verb < i < noun), noun)
    yield from view.hung(words, index, "amod")
    yield index, replace(view[index], upos="NOUN", xpos="NN", head=verb, deprel="oprd")


@tagged("VBG", by=("pcomp",))
def _in_title(view: View, deed: int, _: Lexicon) -> Changes:
    """As in "Minister for Exiting the Union": what the office is for, and no deed."""
    prep, before = view[deed].head, view[deed].head - 1
    named = view[deed].form[0].isupper() and view[prep].form.lower() == "for"
    if named and before >= view.first and view[before].upos == "PROPN":
        yield prep, replace(view[prep], head=before)
        token = replace(view[deed], lemma=view[deed].form, upos="PROPN", xpos="NNP", deprel="pobj")
        yield deed, token
        yield from view.hung(view.children(deed, "dobj"), deed, "nmod")


MADE_REPAIRS = (
    _taken_hostage,
    _naming_before_clause,
    _name_with_office,
    _sworn_in,
    _made_to_be,
    _office_beside_name,
    _second_object,
    _made_by_himself,
    _naming_as_participle,
    _declared_unwelcome,
    _in_title,
)
"""In the order in which they are tried."""
