"""Few, named repairs of parses that are known to go wrong, before anything else reads it.

Each repair looks for one narrow pattern in the tags and arcs of a sentence and re-attaches the
tokens of that pattern; what does not match stays as the parser gave it.
"""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.aftermath import AFTERMATH_REPAIRS
from kg.annotate.repair.belonging import BELONGING_REPAIRS
from kg.annotate.repair.beside import BESIDE_REPAIRS
from kg.annotate.repair.bidding import BIDDING_REPAIRS
from kg.annotate.repair.clause import CLAUSE_REPAIRS
from kg.annotate.repair.closing import closing_beside
from kg.annotate.repair.coordinate import COORDINATE_REPAIRS
from kg.annotate.repair.deed import DEED_REPAIRS
from kg.annotate.repair.doer import DOER_REPAIRS
from kg.annotate.repair.headline import HEADLINE_REPAIRS
from kg.annotate.repair.listing import LISTING_REPAIRS
from kg.annotate.repair.loads import LOAD_REPAIRS
from kg.annotate.repair.lost import LOST_REPAIRS
from kg.annotate.repair.made import MADE_REPAIRS
from kg.annotate.repair.mishap import MISHAP_REPAIRS
from kg.annotate.repair.misplaced import MISPLACED_REPAIRS
from kg.annotate.repair.nounlike import NOUNLIKE_REPAIRS, verb_as_noun
from kg.annotate.repair.paired import PAIRED_REPAIRS
from kg.annotate.repair.phrase import PHRASE_REPAIRS
from kg.annotate.repair.place import PLACE_REPAIRS
from kg.annotate.repair.reattach import REATTACHMENTS, lost_e
from kg.annotate.repair.relative import RELATIVE_REPAIRS
from kg.annotate.repair.speech import SPEECH_REPAIRS, gerund_lemma
from kg.annotate.repair.states import STATE_REPAIRS
from kg.annotate.repair.step import Changes, related, tagged
from kg.annotate.repair.subject import SUBJECT_REPAIRS
from kg.annotate.repair.telling import TELLING_REPAIRS
from kg.annotate.repair.verb import VERB_REPAIRS, garden_path, participle_after_number
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Sentence, Token
from kg.vocab import is_one_of

_FINITE = ("VBD", "VBZ", "VBP")
_LOOSE = ("xcomp", "advcl", "acl")
_SUBJECTS = ("nsubj", "nsubjpass")


def repair(view: View, sentence: Sentence, lexicon: Lexicon) -> None:
    """Replaces tokens of the sentence.

    A repair that would leave a word its own ancestor is not made.
    """
    view.open(sentence)
    waiting = _waiting(view, -1)
    while waiting:
        number = waiting.pop()
        places, look = _REPAIRS[number]
        found = view.at(places)
        changed = {n: token for index in found for n, token in look(view, index, lexicon)}
        if changed:
            view.change(changed)
            waiting = _waiting(view, number)


def _waiting(view: View, last: int) -> list[int]:
    """The repairs behind the last one that have a word to look at, the next of them at the end."""
    here = [_BY_PLACE[place] for place in view.places if place in _BY_PLACE]
    return sorted((number for number in set().union(*here) if number > last), reverse=True)


@tagged(*_FINITE, by=("dep", "conj", "ROOT"))
def _subject_after_preposition(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "after the group said it ...": the subject was taken for a prepositional object.

    A verb that says nothing must stand right behind it: "after a unit of rebels crosses the line".
    """
    token = view[verb]
    said = token.lemma in lexicon.report_verbs
    if view.children(verb, "nsubj", "nsubjpass"):
        return
    said = said and not view.children(verb, "cc")
    nouns = [i for i in range(max(view.first, verb - 12), verb) if view[i].deprel == "pobj"]
    for noun in nouns:
        prep = view[noun].head
        beside = token.deprel == "conj" and _ends_at(view, noun, verb - 1)
        parted = any(
            view[i].deprel == "cc" and not view.is_below(i, noun) for i in range(noun, verb)
        )
        if parted or not (said or beside):
            continue  # "were seized since May and warned that ..."
        if view[prep].form.lower() in lexicon.slots.clause_prepositions and noun < verb:
            yield noun, replace(view[noun], head=verb, deprel="nsubj")
            yield prep, replace(view[prep], head=verb, deprel="mark")
            yield verb, replace(token, deprel="advcl") if token.head != verb else token
            return


def _ends_at(view: View, noun: int, index: int) -> bool:
    """Whether a token is the noun or below it, other than as a clause of its own."""
    while index > noun and view[index].upos not in ("VERB", "AUX", "PUNCT", "CCONJ"):
        if view[index].head == index:
            return False
        index = view[index].head
    return index == noun


@tagged("VBG")
def _gerund(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "killing two and damaging houses": the last verb was taken for an adjective."""
    token = view[index]
    noun = token.head
    if token.deprel != "amod" or view[noun].deprel != "conj" or view[index - 1].xpos != "CC":
        return
    verb = view[noun].head
    if view[verb].deprel == "dobj":
        verb = view[verb].head
    if view[verb].xpos == "VBG" and gerund_lemma(token, lexicon) is not None:
        yield index, replace(token, upos="VERB", head=verb, deprel="conj")
        yield noun, replace(view[noun], head=index, deprel="dobj")


@tagged("VBN", "VBD")
def _participle_of_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "a base briefly seized by X": what describes the noun was hung on the verb above.

    So too of somebody behind a comma: "learnt of the death of the judge, murdered by X".
    """
    token, noun = view[index], index - 1
    if token.deprel != "advcl":
        return
    while noun > view.first and view[noun].upos == "ADV":
        noun -= 1
    if token.lemma in lexicon.slots.harms and _is_somebody(view, noun, lexicon):
        noun = _before_marks(view, noun)
    passive = view.children(index, "agent", "xcomp")
    own = view.children(index, "mark", "nsubj", "nsubjpass", "aux", "auxpass", "dobj")
    counted = view[noun].upos == "NUM" and view[noun].deprel == "dobj"  # "free ten held by X"
    named = counted or view[noun].upos in ("NOUN", "PROPN")
    if passive and not own and named and noun > token.head:
        yield index, replace(token, xpos="VBN", head=noun, deprel="acl")


def _before_marks(view: View, index: int) -> int:
    while index > view.first and view[index].upos == "PUNCT":
        index -= 1
    return index


def _is_somebody(view: View, index: int, lexicon: Lexicon) -> bool:
    """Whether a word for people stands there, or before the marks that stand there."""
    kind = lexicon.noun_classes.get(view[_before_marks(view, index)].lemma, "Entity")
    return is_one_of(kind, ("Person", "PersonGroup"))


@related("nsubj")
def _object_as_subject(view: View, index: int, _: Lexicon) -> Changes:
    """As in "controls half of X dominating Y": the object was taken for who does the second."""
    token, clause = view[index], view[view[index].head]
    verb = clause.head
    participle = clause.xpos == "VBG" and clause.deprel == "advcl"
    if not participle or view.children(token.head, "aux", "mark", "punct"):
        return
    left = index
    while left - 1 > verb and view[left - 1].head in range(left - 1, index + 1):
        left -= 1
    bare = view[verb].upos == "VERB" and not view.children(verb, "dobj", "ccomp", "xcomp")
    if bare and left == verb + 1:
        yield index, replace(token, head=verb, deprel="dobj")


@related("conj", "nsubj")
def _with_both(view: View, index: int, _: Lexicon) -> Changes:
    """As in "a car with a man and two children crashed": the children are with the man, no actors.

    A noun joined to the subject right after what the subject is "with".
    """
    token = view[index]
    subject = token.head
    if token.deprel == "nsubj":
        subject = view.children(token.head, "nsubj")[0]
    if subject == index or view[subject].deprel != "nsubj":
        return
    joints = [i for i in view.children(subject, "cc") if subject < i < index]
    if not joints:
        return
    for prep in view.children(subject, "prep"):
        inner = [i for i in view.children(prep, "pobj") if i == joints[-1] - 1]
        if view[prep].form.lower() == "with" and inner and prep > subject:
            yield index, replace(token, head=inner[0], deprel="conj")
            yield joints[-1], replace(view[joints[-1]], head=inner[0])


@related("conj")
def _place_as_second(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "voters in Maine and Ohio", "attacks in Basra and areas of X": no voter, no attack.

    A name, or what is no event beside one, joined to a noun right after the noun's own name.
    """
    token, first = view[index], view[view[index].head]
    if first.upos != "NOUN":
        return
    joints = [i for i in view.children(token.head, "cc") if token.head < i < index]
    if not joints:
        return
    beside = joints[-1] - (2 if view[joints[-1] - 1].form == "," else 1)
    event = first.lemma in lexicon.nouns and token.lemma not in lexicon.nouns
    prep = next((i for i in view.children(token.head, "prep") if i < beside), None)
    if prep is None or view[beside].xpos != "NNP" or not (token.xpos == "NNP" or event):
        return
    yield index, replace(token, head=beside)
    yield joints[-1], replace(view[joints[-1]], head=beside)


@related("npadvmod")
def _number_as_adverb(view: View, index: int, _: Lexicon) -> Changes:
    """As in "12 killed and a dozen injured": who is counted was taken for a measure."""
    token, verb = view[index], view[view[index].head]
    joined = verb.xpos == "VBN" and verb.deprel == "conj" and index == token.head - 1
    if joined and not view.children(token.head, "nsubjpass"):
        yield index, replace(token, deprel="nsubjpass")


@related(*_SUBJECTS)
def _region_as_subject(view: View, index: int, _: Lexicon) -> Changes:
    """As in "a prison in Tula, Hidalgo using cars": the region was taken for who uses them.

    So too in "a man attacking X near Lima, Peru is shot", "police in Denver, Colorado arrest X".
    """
    token, verb, place = view[index], view[view[index].head], _place_before(view, index)
    if place is None:
        return
    participle = verb.xpos == "VBG" and verb.deprel in ("advcl", "acl")
    second = any(i < index for i in view.children(token.head, *_SUBJECTS))
    inner = [i for i in view.children(index, *_SUBJECTS) if i < index]
    inner += [
        i
        for i in view.children(token.head, "dep", "npadvmod", "advcl")
        if i < place and view[i].upos == "NOUN" and not _is_time(view[i])
    ]
    if participle or second or inner:
        yield index, replace(token, head=place, deprel="appos")
        yield from view.hung(inner, token.head, token.deprel)


@related("npadvmod")
def _region_as_adverb(view: View, index: int, _: Lexicon) -> Changes:
    """As in "hurt in a blast in Tula, Hidalgo State": the region was taken for a time."""
    place = _place_before(view, index)
    if place is not None and view[index].form not in time_lexicon().calendar:
        yield index, replace(view[index], head=place, deprel="appos")


def _place_before(view: View, index: int) -> int | None:
    """The name that stands with a preposition, or beside one that does, before a name's comma."""
    place = min((index, *view.children(index, "compound"))) - 2
    if view[index].xpos != "NNP" or place < view.first or view[place + 1].form != ",":
        return None
    within = view[place]
    while within.deprel in ("appos", "conj"):
        within = view[within.head]
    parts = view.children(place, "compound") if view[place].xpos == "NN" else [place]
    named = any(view[i].xpos == "NNP" for i in parts)  # "in Kanan village"
    return place if named and within.deprel == "pobj" else None


def _is_time(token: Token) -> bool:
    return token.lemma in time_lexicon().units


@related(*_LOOSE)
def _participle_as_preposition(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "protests continue following the verdict": a preposition was taken for a verb."""
    listed = lexicon.slots.participle_prepositions
    token = view[index]
    if token.form.lower() not in listed:
        return
    nouns = view.children(index, "dobj")
    if nouns and not view.children(index, "aux", "nsubj", "conj", "cc", "mark"):
        yield index, replace(token, upos="ADP", xpos="IN", deprel="prep")
        yield nouns[0], replace(view[nouns[0]], deprel="pobj")


@related("npadvmod")
def _object_as_adverb(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "captured Manbij": a bare name after a verb was taken for a time."""
    calendar = time_lexicon().calendar
    token = view[index]
    verb = token.head
    if token.xpos != "NNP" or not verb < index <= verb + 3:
        return
    known = view[verb].lemma in lexicon.verbs and view[verb].upos == "VERB"
    if known and not view.children(verb, "dobj") and token.form not in calendar:
        yield index, replace(token, deprel="dobj")


@related("amod")
def _clause_as_adjective(view: View, index: int, _: Lexicon) -> Changes:
    """As in "denied that it had targeted civilians": the verb was hung on its own object."""
    token, noun = view[index], view[index].head
    if token.xpos not in ("VBN", "VBD"):
        return
    verb = view[noun].head
    clause = view.children(index, "nsubj", "nsubjpass") and view.children(index, "aux", "mark")
    if clause and view[noun].deprel == "dobj" and view[verb].upos == "VERB":
        yield index, replace(token, upos="VERB", head=verb, deprel="ccomp")
        yield noun, replace(view[noun], head=index)


_REPAIRS = (
    lost_e,
    verb_as_noun,
    closing_beside,
    *BESIDE_REPAIRS,
    _subject_after_preposition,
    participle_after_number,
    garden_path,
    _gerund,
    _participle_as_preposition,
    _region_as_subject,
    _region_as_adverb,
    _participle_of_noun,
    _object_as_subject,
    _number_as_adverb,
    _with_both,
    _place_as_second,
    _object_as_adverb,
    _clause_as_adjective,
    *AFTERMATH_REPAIRS,
    *NOUNLIKE_REPAIRS,
    *LOST_REPAIRS,
    *MISHAP_REPAIRS,
    *VERB_REPAIRS,
    *CLAUSE_REPAIRS,
    *TELLING_REPAIRS,
    *BIDDING_REPAIRS,
    *SPEECH_REPAIRS,
    *REATTACHMENTS,
    *DEED_REPAIRS,
    *DOER_REPAIRS,
    *PLACE_REPAIRS,
    *MISPLACED_REPAIRS,
    *MADE_REPAIRS,
    *RELATIVE_REPAIRS,
    *PHRASE_REPAIRS,
    *SUBJECT_REPAIRS,
    *HEADLINE_REPAIRS,
    *LOAD_REPAIRS,
    *BELONGING_REPAIRS,
    *LISTING_REPAIRS,
    *COORDINATE_REPAIRS,
    *PAIRED_REPAIRS,
    *STATE_REPAIRS,
)

_BY_PLACE = {
    place: frozenset(number for number, (places, _) in enumerate(_REPAIRS) if place in places)
    for place in {place for places, _ in _REPAIRS for place in places}
}
"""The numbers of the repairs that look at the words of a place."""
