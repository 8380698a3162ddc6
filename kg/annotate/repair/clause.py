"""Repairs of clauses that the parser read into a noun phrase, and of noun phrases read as clauses.

Most come of headlines in the present tense, where a plural and a verb have the same form.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from kg.annotate.repair.joined import (
    bare_beside_finite,
    finite_beside_bare,
    finite_beside_finite,
)
from kg.annotate.repair.reattach import Repair
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Token

_AUXILIARIES = ("be", "have", "do", "get")
_FINITE = ("VBZ", "VBP")
_COUNTS = re.compile(r"[0-9]+[-–—][0-9]+")
_TIMES = frozenset(("after", "before", "since"))
_PRESENT = ("VBZ", "VBP", "VB")
_PARTS = 3
"""Tokens of a verb with a prefix: "re", "-", "elected"."""
_COMPLETE = ("dobj", "attr", "acomp", "ccomp", "xcomp", "prt")


def _hyphenated_modifier(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "resumes in-person learning": written together before a noun, it describes the noun."""
    changed: dict[int, Token] = {}
    for hyphen in view.formed("-"):
        prep, inner, noun = hyphen - 1, hyphen + 1, hyphen + 2
        if prep < view.first or view[prep].upos != "ADP" or noun >= view.last:
            continue
        together = _is_one_word(view, prep, inner)
        named = view[noun].upos in ("NOUN", "PROPN") or view[noun].xpos == "VBG"
        if not (together and named) or view[inner].upos not in ("NOUN", "ADV"):
            continue
        changed[inner] = replace(view[inner], head=noun, deprel="amod")
        changed[prep] = replace(view[prep], head=inner, deprel="amod")
        changed[prep + 1] = replace(view[prep + 1], head=inner, deprel="punct")
        if view[noun].xpos == "VBG" and not view.children(noun, "dobj"):
            changed[noun] = replace(view[noun], upos="NOUN", xpos="NN", lemma=view[noun].form)
    return changed


def _prefixed(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "the ex-minister": three nouns side by side are one."""
    changed: dict[int, Token] = {}
    for index in view.formed("ex"):
        token, hyphen, noun = view[index], index + 1, index + 2
        if noun >= view.last or view[hyphen].form != "-":
            continue
        if view[noun].head != index and view[noun].upos in ("NOUN", "PROPN"):
            place = view[noun] if view[noun].head not in (index, hyphen) else token
            changed[noun] = replace(view[noun], head=place.head, deprel=place.deprel)
            changed |= {i: replace(view[i], head=noun) for i in view.children(index)}
            changed[index] = replace(token, head=noun, deprel="compound")
            changed[hyphen] = replace(view[hyphen], head=noun, deprel="punct")
    return changed


def _is_one_word(view: View, first: int, last: int) -> bool:
    """Whether no space stands between the tokens."""
    return all(view[i].end == view[i + 1].start for i in range(first, last))


def _prefixed_verb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "was re-elected", "co-founded the firm": three tokens that are one verb."""
    for hyphen in view.formed("-"):
        prefix, verb = hyphen - 1, hyphen + 1
        if prefix < view.first or verb >= view.last or view[verb].upos != "VERB":
            continue
        if not _is_one_word(view, prefix, verb):
            continue
        if view[prefix].form.lower() not in lexicon.slots.verb_prefixes:
            continue
        parts = [prefix, hyphen, verb]
        top = min(parts, key=lambda part: _depth(view, part))
        if view[top].deprel == "acomp" and view[view[top].head].lemma == "be":
            top = view[top].head
            parts.append(top)
        return _as_one_verb(view, verb, parts, top)
    return {}


def _depth(view: View, index: int) -> int:
    depth = 0
    while view[index].head != index:
        index, depth = view[index].head, depth + 1
    return depth


def _as_one_verb(view: View, verb: int, parts: list[int], top: int) -> dict[int, Token]:
    """The verb takes the place of `top` in the tree, and all that hangs on its other parts."""
    head, deprel = view[top].head, view[top].deprel
    below = [i for part in parts for i in view.children(part) if i not in parts]
    below += [i for each in below if view[each].upos == "AUX" for i in view.children(each)]
    passive = len(parts) > _PARTS or any(view[i].deprel == "auxpass" for i in below)
    lemma = f"{view[verb - 2].form.lower()}-{view[verb].lemma}"
    changed = {i: replace(view[i], head=verb) for i in below}
    for index in below:
        if passive and view[index].deprel == "nsubj":
            changed[index] = replace(changed[index], deprel="nsubjpass")
    for part in parts:
        joined = "auxpass" if part == top and len(parts) > _PARTS else "punct"
        changed[part] = replace(view[part], head=verb, deprel=joined)
    root = view[top].head == top
    place = replace(view[verb], lemma=lemma, upos="VERB", head=verb if root else head)
    changed[verb] = replace(place, deprel=deprel)
    return changed


def _in_order_to(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "came in order to help": the words before the aim are no noun."""
    changed: dict[int, Token] = {}
    for verb in view.related("acl", "relcl"):
        noun = view[verb].head
        prep = view[noun].head
        words = [view[i].form.lower() for i in (prep, noun, noun + 1) if i < view.last]
        if words == ["in", "order", "to"]:
            changed[verb] = replace(view[verb], head=view[prep].head, deprel="advcl")
            changed[noun] = replace(view[noun], upos="SCONJ", xpos="IN", head=verb, deprel="dep")
            changed[prep] = replace(view[prep], upos="SCONJ", head=verb, deprel="dep")
    return changed


def _verb_as_auxiliary(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "X dies aged 76": a verb that is no auxiliary is what the clause says."""
    changed: dict[int, Token] = {}
    for index in view.related("aux"):
        token, other = view[index], view[view[index].head]
        if token.deprel != "aux" or token.xpos not in _FINITE or token.lemma in _AUXILIARIES:
            continue
        if other.xpos != "VBN" or token.head != index + 1 or not token.form.isalpha():
            continue
        head, deprel = (index, "ROOT") if other.head == token.head else (other.head, other.deprel)
        lemma = token.form.lower().removesuffix("s")
        changed[index] = replace(token, lemma=lemma, upos="VERB", head=head, deprel=deprel)
        changed[index + 1] = replace(other, head=index, deprel="advcl")
        for child in view.children(index + 1):
            if view[child].deprel in ("nsubj", "prep", "punct", "conj", "cc", "advcl"):
                changed[child] = replace(view[child], head=index)
    return changed


def _noun_as_clause(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "gas flows to X cannot begin", "cancel its headquarters plans": a noun, no verb.

    Right after a noun that was taken for its subject, as subject itself, or as the object of a
    verb that takes no clauses.
    """
    changed: dict[int, Token] = {}
    for index in view.tagged(*_PRESENT, "VBD"):
        token, above = view[index], view[view[index].head]
        plural = token.xpos == "VBZ"
        bare = token.xpos == "VBD" and token.form == token.lemma
        if not (token.xpos in _PRESENT or bare) or view.children(index, "nsubj") != [index - 1]:
            continue
        if view.children(index, *_COMPLETE, "aux"):
            continue
        tables = (lexicon.report_verbs, lexicon.complements, lexicon.slots.object_control)
        known = any(above.lemma in table for table in tables)
        unmarked = not view.children(index, "mark") and above.upos == "VERB"
        if token.deprel == "nsubj" and index < token.head and plural:
            deprel = "nsubj"
        elif token.deprel == "ccomp" and unmarked and not known and token.head < index:
            deprel = "dobj"
        else:
            continue
        tag = "NNS" if plural else "NN"
        changed[index] = replace(token, upos="NOUN", xpos=tag, deprel=deprel)
        changed[index - 1] = replace(view[index - 1], deprel="compound")
        for mark in view.children(index, "mark"):
            changed[mark] = replace(view[mark], head=token.head)
    return changed


def _time_as_doer(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "to be held by August": nobody holds it."""
    changed: dict[int, Token] = {}
    calendar = time_lexicon().calendar
    for index in view.related("pobj"):
        token, prep = view[index], view[index].head
        dated = token.form in calendar or token.xpos == "CD"
        if token.deprel == "pobj" and dated and view[prep].deprel == "agent":
            changed[prep] = replace(view[prep], deprel="prep")
    return changed


def _joined_sufferer(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "fields are burnt and one house destroyed": the auxiliary holds for both."""
    changed: dict[int, Token] = {}
    slots = lexicon.slots
    for verb in view.tagged("VBN", "VBD"):
        token = view[verb]
        own = view.children(verb, "aux", "auxpass", "dobj", "agent", "ccomp", "xcomp", "mark")
        joined = token.deprel == "conj" and view.children(token.head, "auxpass")
        harmed = token.xpos == "VBD" and token.lemma in (*slots.harms, *slots.effects)
        if (token.xpos == "VBN" or harmed) and joined and not own:
            for subject in view.children(verb, "nsubj"):
                changed[subject] = replace(view[subject], deprel="nsubjpass")
    return changed


def _past_as_participle(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "there were no injuries reported": what describes a noun without a subject."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBD"):
        token = view[index]
        own = view.children(index, "nsubj", "nsubjpass", "aux", "auxpass", "mark", "dobj")
        if token.deprel == "acl" and token.xpos == "VBD" and not own:
            changed[index] = replace(token, xpos="VBN")
    return changed


def _participle_between_commas(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "The thieves, believed to be a gang, were stopped": the last verb is the main one."""
    for first in view.roots():
        subjects = view.children(first, "nsubj", "nsubjpass")
        past = view[first].xpos in ("VBN", "VBD") and not view.children(first, "aux", "auxpass")
        if not past or not subjects or view[first - 1].form != "," or subjects[0] > first:
            continue
        for second in view.children(first, "conj"):
            own = [i for i in view.children(second) if i < second]
            start = min([second, *own])
            passive = bool(view.children(second, "auxpass"))
            finite = passive or view[second].xpos in ("VBD", "VBZ", "VBP")
            plain = view[start - 1].form == "," and not view.children(first, "cc")
            if not (finite and plain) or view.children(second, "nsubj", "nsubjpass"):
                continue
            deprel = "nsubjpass" if passive else "nsubj"
            return {
                first: replace(view[first], xpos="VBN", head=subjects[0], deprel="acl"),
                second: replace(view[second], head=second, deprel="ROOT"),
                subjects[0]: replace(view[subjects[0]], head=second, deprel=deprel),
            }
    return {}


def _split_progressive(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "says X are, for the most part, breaking ...": "are" and "breaking" are one verb.

    The participle was hung on the verb of saying, so that its speaker was taken for the doer.
    """
    for verb in view.tagged("VBG"):
        token, above = view[verb], view[verb].head
        if token.xpos != "VBG" or token.deprel != "advcl" or view.children(verb, "mark", "aux"):
            continue
        for aux in view.children(above, "ccomp"):
            empty = view[aux].lemma == "be" and not view.children(aux, "attr", "acomp", "expl")
            if empty and aux < verb and view[aux + 1].form == "," and view[verb - 1].form == ",":
                moved = {i: replace(view[i], head=verb) for i in view.children(aux)}
                moved[aux] = replace(view[aux], head=verb, deprel="aux")
                return {**moved, verb: replace(token, head=above, deprel="ccomp")}
    return {}


def _land_as_subject(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "An airstrike in Khartoum, Sudan killed 21": the land belongs to the town."""
    changed: dict[int, Token] = {}
    for land in view.related("nsubj"):
        token, town = view[land], land - 2
        named = token.deprel == "nsubj" and token.upos == "PROPN" and town > view.first
        if not named or view[land - 1].form != "," or view[town].deprel != "pobj":
            continue
        nouns = [i for i in view.children(token.head, "npadvmod") if i < town]
        if nouns and view[town].upos == "PROPN" and view[nouns[0]].upos == "NOUN":
            changed[land] = replace(token, head=town, deprel="appos")
            changed[nouns[0]] = replace(view[nouns[0]], deprel="nsubj")
    return changed


def _mark_on_noun(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "If police in X kill ten, the talks fail": "if" was hung on the police.

    It begins the clause of which they are the subject, and which hangs loosely on the next.
    """
    changed: dict[int, Token] = {}
    for index in view.related("mark"):
        token, noun = view[index], view[index].head
        if view[noun].upos in ("VERB", "AUX", "ADJ") or noun < index:
            continue
        if index > view.first and view[index - 1].upos == "VERB":
            continue  # "asked if the money taken ...": what was asked, and no condition
        verb = noun
        while view[verb].upos not in ("VERB", "AUX") and view[verb].head != verb:
            verb = view[verb].head
        if view[verb].upos not in ("VERB", "AUX") or verb < index:
            continue
        changed[index] = replace(token, head=verb)
        if view[verb].deprel == "ccomp" and view[verb].head > verb:
            changed[verb] = replace(view[verb], deprel="advcl")
    return changed


def _absolute_as_apposition(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "ten were hurt by X, later two men being killed": the two are not the ten."""
    changed: dict[int, Token] = {}
    for noun in view.related("appos"):
        verb = next((i for i in view.children(noun, "acl") if view[i].xpos == "VBN"), noun)
        passive = any(view[i].form.lower() == "being" for i in view.children(verb, "auxpass"))
        above = view[noun].head
        while view[above].upos != "VERB" and view[above].head != above:
            above = view[above].head
        if passive and view[above].upos == "VERB":
            changed[verb] = replace(view[verb], head=above, deprel="advcl")
            changed[noun] = replace(view[noun], head=verb, deprel="nsubjpass")
    return changed


def _time_as_content(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "X asks for talks, days after Y left": when it was, not what was asked."""
    changed: dict[int, Token] = {}
    for verb in view.related("ccomp"):
        marks = {view[i].form.lower() for i in view.children(verb, "mark")}
        if view[verb].head < verb and marks & _TIMES:
            changed[verb] = replace(view[verb], deprel="advcl")
    return changed


def _before_mark(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "reported ten deaths after X", "left days after X": what is measured is not X.

    An event is what is done or told, all else tells how long after X it was.
    """
    changed: dict[int, Token] = {}
    for noun in view.related("npadvmod"):
        clause = view[noun].head
        above = view[clause].head
        marks = [i for i in view.children(clause, "mark") if view[i].form.lower() in _TIMES]
        if view[clause].deprel != "advcl" or noun + 1 not in marks:
            continue
        told = view[noun].lemma in lexicon.nouns or view[noun].form.lower() in lexicon.nouns
        bare = above < noun and not view.children(above, "dobj", "nsubjpass", "ccomp", "xcomp")
        changed[noun] = replace(
            view[noun], head=above, deprel="dobj" if told and bare else "npadvmod"
        )
    return changed


def _voted_by_count(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "votes 692-51 to repeal X": the count is no object, and the vote is to repeal."""
    changed: dict[int, Token] = {}
    for count in view.related("dobj"):
        clauses = view.children(view[count].head, "advcl")
        aims = [i for i in clauses if any(view[c].form == "to" for c in view.children(i, "aux"))]
        if _COUNTS.fullmatch(view[count].form) and aims and aims[0] > count:
            changed[count] = replace(view[count], deprel="npadvmod")
            changed[aims[0]] = replace(view[aims[0]], deprel="xcomp")
    return changed


CLAUSE_REPAIRS: tuple[Repair, ...] = (
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
    _mark_on_noun,
    _absolute_as_apposition,
    finite_beside_bare,
    finite_beside_finite,
    _split_progressive,
    _land_as_subject,
    _time_as_content,
    _before_mark,
    _voted_by_count,
)
