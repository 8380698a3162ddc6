"""Repairs of clauses that the parser read into a noun phrase, and of noun phrases read as clauses.

Most come of headlines in the present tense, where a plural and a verb have the same form.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from kg.annotate.repair.joined import (
    SAID_BESIDE,
    bare_beside_finite,
    bare_beside_gerund,
    finite_beside_bare,
    finite_beside_finite,
)
from kg.annotate.repair.step import Changes, Repair, formed, related, roots, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon

_AUXILIARIES = ("be", "have", "do", "get")
_FINITE = ("VBZ", "VBP")
_COUNTS = re.compile(r"[0-9]+[-–—][0-9]+")
_TIMES = frozenset(("after", "before", "since"))
_PRESENT = ("VBZ", "VBP", "VB")
_PARTS = 3
"""Tokens of a verb with a prefix: "re", "-", "elected"."""
_COMPLETE = ("dobj", "attr", "acomp", "ccomp", "xcomp", "prt")


@formed("-")
def _hyphenated_modifier(view: View, hyphen: int, _: Lexicon) -> Changes:
    """As in "resumes in-person learning": written together before a noun, it describes the noun."""
    prep, inner, noun = hyphen - 1, hyphen + 1, hyphen + 2
    if prep < view.first or view[prep].upos != "ADP" or noun >= view.last:
        return
    together = _is_one_word(view, prep, inner)
    named = view[noun].upos in ("NOUN", "PROPN") or view[noun].xpos == "VBG"
    if not (together and named) or view[inner].upos not in ("NOUN", "ADV"):
        return
    yield inner, replace(view[inner], head=noun, deprel="amod")
    yield prep, replace(view[prep], head=inner, deprel="amod")
    yield prep + 1, replace(view[prep + 1], head=inner, deprel="punct")
    if view[noun].xpos == "VBG" and not view.children(noun, "dobj"):
        yield noun, replace(view[noun], upos="NOUN", xpos="NN", lemma=view[noun].form)


@formed("ex")
def _prefixed(view: View, index: int, _: Lexicon) -> Changes:
    """As in "the ex-minister": three nouns side by side are one."""
    token, hyphen, noun = view[index], index + 1, index + 2
    if noun >= view.last or view[hyphen].form != "-":
        return
    if view[noun].head != index and view[noun].upos in ("NOUN", "PROPN"):
        clause = view[noun].head
        told = view[clause].head == index and view[clause].xpos == "VBN"
        place = view[noun] if clause not in (index, hyphen) and not told else token
        yield noun, replace(view[noun], head=place.head, deprel=place.deprel)
        yield from view.hung(view.children(index), noun)
        if told:  # "an ex-mayor accused of theft": who is accused, not who accuses
            yield clause, replace(view[clause], head=noun, deprel="acl")
        yield index, replace(token, head=noun, deprel="compound")
        yield hyphen, replace(view[hyphen], head=noun, deprel="punct")


def _is_one_word(view: View, first: int, last: int) -> bool:
    """Whether no space stands between the tokens."""
    return all(view[i].end == view[i + 1].start for i in range(first, last))


@formed("-")
def _prefixed_verb(view: View, hyphen: int, lexicon: Lexicon) -> Changes:
    """As in "was re-elected", "co-founded the firm": three tokens that are one verb."""
    prefix, verb = hyphen - 1, hyphen + 1
    if prefix < view.first or verb >= view.last or view[verb].upos != "VERB":
        return
    if not _is_one_word(view, prefix, verb):
        return
    if view[prefix].form.lower() not in lexicon.slots.verb_prefixes:
        return
    parts = [prefix, hyphen, verb]
    top = min(parts, key=lambda part: _depth(view, part))
    if view[top].deprel == "acomp" and view[view[top].head].lemma == "be":
        top = view[top].head
        parts.append(top)
    yield from _as_one_verb(view, verb, parts, top)


def _depth(view: View, index: int) -> int:
    depth = 0
    while view[index].head != index:
        index, depth = view[index].head, depth + 1
    return depth


def _as_one_verb(view: View, verb: int, parts: list[int], top: int) -> Changes:
    """The verb takes the place of `top` in the tree, and all that hangs on its other parts."""
    head, deprel = view[top].head, view[top].deprel
    below = [i for part in parts for i in view.children(part) if i not in parts]
    below += [i for each in below if view[each].upos == "AUX" for i in view.children(each)]
    passive = len(parts) > _PARTS or any(view[i].deprel == "auxpass" for i in below)
    lemma = f"{view[verb - 2].form.lower()}-{view[verb].lemma}"
    for index in below:
        joined = view[index].deprel
        joined = "nsubjpass" if passive and joined == "nsubj" else joined
        yield index, replace(view[index], head=verb, deprel=joined)
    for part in parts:
        joined = "auxpass" if part == top and len(parts) > _PARTS else "punct"
        yield part, replace(view[part], head=verb, deprel=joined)
    place = verb if head == top else head
    yield verb, replace(view[verb], lemma=lemma, upos="VERB", head=place, deprel=deprel)


@related("acl", "relcl")
def _in_order_to(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "came in order to help": the words before the aim are no noun."""
    noun = view[verb].head
    prep = view[noun].head
    words = [view[i].form.lower() for i in (prep, noun, noun + 1) if i < view.last]
    if words == ["in", "order", "to"]:
        yield verb, replace(view[verb], head=view[prep].head, deprel="advcl")
        yield noun, replace(view[noun], upos="SCONJ", xpos="IN", head=verb, deprel="dep")
        yield prep, replace(view[prep], upos="SCONJ", head=verb, deprel="dep")


@related("aux")
def _verb_as_auxiliary(view: View, index: int, _: Lexicon) -> Changes:
    """As in "X dies aged 76": a verb that is no auxiliary is what the clause says."""
    token, other = view[index], view[view[index].head]
    if token.xpos not in _FINITE or token.lemma in _AUXILIARIES:
        return
    if other.xpos != "VBN" or token.head != index + 1 or not token.form.isalpha():
        return
    head, deprel = (index, "ROOT") if other.head == token.head else (other.head, other.deprel)
    lemma = token.form.lower().removesuffix("s")
    yield index, replace(token, lemma=lemma, upos="VERB", head=head, deprel=deprel)
    yield index + 1, replace(other, head=index, deprel="advcl")
    for child in view.children(index + 1):
        if view[child].deprel in ("nsubj", "prep", "punct", "conj", "cc", "advcl"):
            yield child, replace(view[child], head=index)


@tagged(*_PRESENT, "VBD", by=("nsubj", "nsubjpass", "ccomp"))
def _noun_as_clause(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "gas flows to X cannot begin", "cancel its headquarters plans": a noun, no verb.

    Right after a noun that was taken for its subject, as subject itself, or as the object of a
    verb that takes no clauses.
    """
    token, above = view[index], view[view[index].head]
    plural = token.xpos == "VBZ"
    bare = token.xpos == "VBD" and token.form == token.lemma
    before = view.children(index, "nsubj", "compound")  # "media reports from X say"
    if not (token.xpos in _PRESENT or bare) or before != [index - 1]:
        return
    if view.children(index, *_COMPLETE, "aux"):
        return
    tables = (lexicon.report_verbs, lexicon.complements, lexicon.slots.object_control)
    known = any(above.lemma in table for table in tables)
    unmarked = not view.children(index, "mark") and above.upos == "VERB"
    if token.deprel in ("nsubj", "nsubjpass") and index < token.head and plural:
        deprel = token.deprel
    elif token.deprel == "ccomp" and unmarked and not known and token.head < index:
        deprel = "dobj"
    else:
        return
    tag = "NNS" if plural else "NN"
    yield index, replace(token, upos="NOUN", xpos=tag, deprel=deprel)
    yield index - 1, replace(view[index - 1], deprel="compound")
    for mark in view.children(index, "mark"):
        yield mark, replace(view[mark], head=token.head)


@related("pobj", below=("agent",))
def _time_as_doer(view: View, index: int, _: Lexicon) -> Changes:
    """As in "to be held by August": nobody holds it."""
    calendar = time_lexicon().calendar
    token, prep = view[index], view[index].head
    dated = token.form in calendar or token.xpos == "CD"
    if dated:
        yield prep, replace(view[prep], deprel="prep")


@tagged("VBN", "VBD", by=("conj",))
def _joined_sufferer(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "fields are burnt and one house destroyed": the auxiliary holds for both."""
    token, slots = view[verb], lexicon.slots
    if not view.children(token.head, "auxpass"):
        return
    own = view.children(verb, "aux", "auxpass", "dobj", "ccomp", "xcomp", "mark")
    harmed = token.lemma in slots.harms or token.lemma in slots.effects
    if (token.xpos == "VBN" or harmed) and not own:
        for subject in view.children(verb, "nsubj"):
            yield subject, replace(view[subject], deprel="nsubjpass")


@tagged("VBD")
def _past_as_participle(view: View, index: int, _: Lexicon) -> Changes:
    """As in "there were no injuries reported": what describes a noun without a subject."""
    token = view[index]
    own = view.children(index, "nsubj", "nsubjpass", "aux", "auxpass", "mark", "dobj")
    if token.deprel == "acl" and not own:
        yield index, replace(token, xpos="VBN")


@roots
def _participle_between_commas(view: View, first: int, _: Lexicon) -> Changes:
    """As in "The thieves, believed to be a gang, were stopped": the last verb is the main one."""
    if view[first].xpos not in ("VBN", "VBD") or view.children(first, "aux", "auxpass"):
        return
    subjects = view.children(first, "nsubj", "nsubjpass")
    if not subjects or view[first - 1].form != "," or subjects[0] > first:
        return
    for second in view.children(first, "conj"):
        own = [i for i in view.children(second) if i < second]
        start = min([second, *own])
        passive = bool(view.children(second, "auxpass"))
        finite = passive or view[second].xpos in ("VBD", "VBZ", "VBP")
        plain = view[start - 1].form == "," and not view.children(first, "cc")
        if not (finite and plain) or view.children(second, "nsubj", "nsubjpass"):
            continue
        deprel = "nsubjpass" if passive else "nsubj"
        yield first, replace(view[first], xpos="VBN", head=subjects[0], deprel="acl")
        yield second, replace(view[second], head=second, deprel="ROOT")
        yield subjects[0], replace(view[subjects[0]], head=second, deprel=deprel)
        return


@tagged("VBG")
def _split_progressive(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "says X are, for the most part, breaking ...": "are" and "breaking" are one verb.

    The participle was hung on the verb of saying, so that its speaker was taken for the doer.
    """
    token, above = view[verb], view[verb].head
    if token.deprel != "advcl" or view.children(verb, "mark", "aux"):
        return
    for aux in view.children(above, "ccomp"):
        empty = view[aux].lemma == "be" and not view.children(aux, "attr", "acomp", "expl")
        if empty and aux < verb and view[aux + 1].form == "," and view[verb - 1].form == ",":
            moved = {i: replace(view[i], head=verb) for i in view.children(aux)}
            moved[aux] = replace(view[aux], head=verb, deprel="aux")
            yield from moved.items()
            yield verb, replace(token, head=above, deprel="ccomp")
            return


@related("nsubj")
def _land_as_subject(view: View, land: int, _: Lexicon) -> Changes:
    """As in "An airstrike in Khartoum, Sudan killed 21": the land belongs to the town."""
    token, town = view[land], land - 2
    named = token.upos == "PROPN" and town > view.first
    if not named or view[land - 1].form != "," or view[town].deprel != "pobj":
        return
    nouns = [i for i in view.children(token.head, "npadvmod") if i < town]
    if nouns and view[town].upos == "PROPN" and view[nouns[0]].upos == "NOUN":
        yield land, replace(token, head=town, deprel="appos")
        yield nouns[0], replace(view[nouns[0]], deprel="nsubj")


@related("mark")
def _mark_on_noun(view: View, index: int, _: Lexicon) -> Changes:
    """As in "If police in X kill ten, the talks fail": "if" was hung on the police.

    It begins the clause of which they are the subject, and which hangs loosely on the next.
    """
    token, noun = view[index], view[index].head
    if view[noun].upos in ("VERB", "AUX", "ADJ") or noun < index:
        return
    if index > view.first and view[index - 1].upos == "VERB":
        return  # "asked if the money taken ...": what was asked, and no condition
    verb = noun
    while view[verb].upos not in ("VERB", "AUX") and view[verb].head != verb:
        verb = view[verb].head
    if view[verb].upos not in ("VERB", "AUX") or verb < index:
        return
    yield index, replace(token, head=verb)
    if view[verb].deprel == "ccomp" and view[verb].head > verb:
        yield verb, replace(view[verb], deprel="advcl")


@related("appos")
def _absolute_as_apposition(view: View, noun: int, _: Lexicon) -> Changes:
    """As in "ten were hurt by X, later two men being killed": the two are not the ten."""
    verb = next((i for i in view.children(noun, "acl") if view[i].xpos == "VBN"), noun)
    passive = any(view[i].form.lower() == "being" for i in view.children(verb, "auxpass"))
    above = view[noun].head
    while view[above].upos != "VERB" and view[above].head != above:
        above = view[above].head
    if passive and view[above].upos == "VERB":
        yield verb, replace(view[verb], head=above, deprel="advcl")
        yield noun, replace(view[noun], head=verb, deprel="nsubjpass")


@related("ccomp")
def _time_as_content(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "X asks for talks, days after Y left": when it was, not what was asked."""
    marks = {view[i].form.lower() for i in view.children(verb, "mark")}
    if view[verb].head < verb and marks & _TIMES:
        yield verb, replace(view[verb], deprel="advcl")


@related("npadvmod")
def _before_mark(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "reported ten deaths after X", "left days after X": what is measured is not X.

    An event is what is done or told, all else tells how long after X it was.
    """
    clause = view[noun].head
    above = view[clause].head
    marks = [i for i in view.children(clause, "mark") if view[i].form.lower() in _TIMES]
    if view[clause].deprel != "advcl" or noun + 1 not in marks:
        return
    told = view[noun].lemma in lexicon.nouns or view[noun].form.lower() in lexicon.nouns
    bare = above < noun and not view.children(above, "dobj", "nsubjpass", "ccomp", "xcomp")
    yield noun, replace(view[noun], head=above, deprel="dobj" if told and bare else "npadvmod")


@related("dobj")
def _time_as_object(view: View, noun: int, _: Lexicon) -> Changes:
    """As in "crashed minutes after takeoff", "held talks days before X": how long, not what."""
    verb, own = view[noun].head, view.children(noun)
    if view[noun].xpos != "NNS" or view[noun].lemma not in time_lexicon().units:
        return
    if view[noun + 1].form.lower() not in _TIMES or noun - verb - len(own) != 1:
        return
    if all(view[i].deprel == "compound" for i in own):
        yield noun, replace(view[noun], deprel="npadvmod")
        yield from view.hung(own[-1:], verb, "dobj")


@related("dobj")
def _voted_by_count(view: View, count: int, _: Lexicon) -> Changes:
    """As in "votes 692-51 to repeal X": the count is no object, and the vote is to repeal."""
    if not _COUNTS.fullmatch(view[count].form):
        return
    clauses = view.children(view[count].head, "advcl")
    aims = [i for i in clauses if any(view[c].form == "to" for c in view.children(i, "aux"))]
    if aims and aims[0] > count:
        yield count, replace(view[count], deprel="npadvmod")
        yield aims[0], replace(view[aims[0]], deprel="xcomp")


@related("advcl")
def _completed_by_main_verb(view: View, index: int, _: Lexicon) -> Changes:
    """As in "X resigned after men linked to Y attacked Z": the men attacked, and X resigned.

    "After men" wants a verb of its own, which "linked" is not; so the last one is theirs, and
    "resigned", taken for a description of X, is what X did.
    """
    token, first = view[index], view[index].head
    doers, marks = view.children(index, "nsubj", "nsubjpass"), view.children(index, "mark")
    subject = view[first].head
    last = view[subject].head
    finite = view[last].xpos in ("VBD", "VBZ", "VBP") and last > index > first > subject
    bare = token.xpos == "VBN" and not view.children(index, "aux", "auxpass", "dobj")
    if not (doers and marks and bare and finite and view[first].deprel == "acl"):
        return
    if view[subject].deprel != "nsubj" or view.children(first, "agent", "dobj", "auxpass"):
        return
    above = first if view[last].head == last else view[last].head
    yield first, replace(view[first], xpos="VBD", head=above, deprel=view[last].deprel)
    yield subject, replace(view[subject], head=first)
    yield last, replace(view[last], head=first, deprel="advcl")
    yield index, replace(token, head=doers[0], deprel="acl")
    yield from view.hung(marks, last)
    yield doers[0], replace(view[doers[0]], head=last, deprel="nsubj")


CLAUSE_REPAIRS: tuple[Repair, ...] = (
    _completed_by_main_verb,
    _prefixed_verb,
    _hyphenated_modifier,
    _prefixed,
    _in_order_to,
    _verb_as_auxiliary,
    _noun_as_clause,
    _joined_sufferer,
    _past_as_participle,
    _time_as_doer,
    _participle_between_commas,
    bare_beside_finite,
    bare_beside_gerund,
    _mark_on_noun,
    _absolute_as_apposition,
    finite_beside_bare,
    finite_beside_finite,
    *SAID_BESIDE,
    _split_progressive,
    _land_as_subject,
    _time_as_content,
    _before_mark,
    _time_as_object,
    _voted_by_count,
)
