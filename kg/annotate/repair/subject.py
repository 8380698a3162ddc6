"""Repairs of a finite verb that was taken for something else, or lost its subject."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.reattach import Repair
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl", "attr")
_NAMES = ("NOUN", "PROPN")
_OPENING = frozenset(("with", "during", "in", "after", "before", "since", "amid", "despite"))
_CLAUSES = ("ROOT", "advcl", "ccomp", "conj")


def _subject_in_opening(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "During the siege of X, Ann, who led Y, refused": Ann does, and is not besieged.

    The subject stands behind the comma that closes the opening phrase or clause, and was joined to
    a noun of it.
    """
    for verb in view.tagged(*_FINITE, "VBN", "VBG"):
        if not _lacks_subject(view, verb):
            continue
        opened = [i for i in view.children(verb, "prep", "advcl") if i < verb]
        above = view[verb].head
        if view[verb].deprel == "advcl" and above < verb and view.children(above, "mark"):
            opened.append(above)
        nouns = [i for i in view.related("conj", "appos") if i < verb]
        for noun in reversed(nouns if opened else []):
            inside = any(view.is_below(noun, i) for i in opened)
            if inside and _begins_clause(view, noun, verb):
                return _as_subject(view, _first_of_list(view, noun), verb)
    return {}


def _phrase_as_subject(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "With the retreat of X, Y left", "A month after X, Y left": Y alone leaves.

    The noun of the opening phrase was taken for the subject, and the subject for one beside it.
    """
    for verb in view.roots():
        for prep in view.children(verb, "prep", "mark"):
            opens = view[prep].form.lower() in _OPENING and not view.children(prep, "pobj")
            swallowed = [i for i in view.children(verb, "nsubj", "nsubjpass") if i > prep]
            if not opens or len(swallowed) != 1 or _left(view, swallowed[0]) != prep + 1:
                continue
            first = swallowed[0]
            for noun in [i for i in view.related("conj", "appos") if first < i < verb]:
                if not view.is_below(noun, first) or not _begins_clause(view, noun, verb):
                    continue
                after = [i for i in view.children(first) if i > noun]
                changed = {i: replace(view[i], head=noun) for i in after}
                changed |= _as_subject(view, noun, verb)
                changed[prep] = replace(view[prep], upos="ADP", deprel="prep")
                changed[first] = replace(view[first], head=prep, deprel="pobj")
                return changed
    return {}


def _object_as_subject(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "asked for air cover and the rebels withdrew": two clauses, not what was asked.

    Of two nouns taken for the subject of a clause that the verb cannot have, the first is what the
    verb has, and the second, with an article of its own, is the subject.
    """
    for clause in view.tagged("VBD"):
        token, verb = view[clause], view[clause].head
        cue = lexicon.report_verbs.get(view[verb].lemma)
        told = cue is not None and cue.modality is None
        if token.deprel != "ccomp" or verb > clause or view[verb].xpos != "VBD" or told:
            continue
        nouns = view.children(clause, "nsubj")
        if len(nouns) != 1 or view.children(clause, "mark") or view.children(verb, "dobj"):
            continue
        joined, joints = view.children(nouns[0], "conj"), view.children(nouns[0], "cc")
        if len(joined) != 1 or len(joints) != 1 or _left(view, nouns[0]) != verb + 1:
            continue
        if view.children(joined[0], "det") and not view.children(nouns[0], "det"):
            return {
                nouns[0]: replace(view[nouns[0]], head=verb, deprel="dobj"),
                joints[0]: replace(view[joints[0]], head=verb),
                joined[0]: replace(view[joined[0]], head=clause, deprel="nsubj"),
                clause: replace(token, deprel="conj"),
            }
    return {}


def _place_as_subject(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "In Kano, Kano state, a guard set fire": the guard did, the state tells where it is."""
    for verb in view.roots():
        for place in view.children(verb, "nsubj", "nsubjpass"):
            opened = [i for i in view.children(verb, "prep") if i < place]
            where = [noun for prep in opened for noun in view.children(prep, "pobj")]
            people = [i for i in view.children(place, "appos") if _is_somebody(view, i, lexicon)]
            beside = view[_left(view, place) - 1].form == ","
            kind = view[place].lemma.lower() in lexicon.slots.kinds
            if where and beside and people and kind:
                changed = _as_subject(view, people[-1], verb)
                changed[place] = replace(view[place], head=where[-1], deprel="appos")
                return changed
    return {}


def _is_somebody(view: View, noun: int, lexicon: Lexicon) -> bool:
    """A common noun for people with a phrase of its own behind a comma."""
    kind = lexicon.noun_classes.get(view[noun].lemma, "Entity")
    plain = view[noun].upos == "NOUN" and view[_left(view, noun) - 1].form == ","
    return plain and is_a(kind, "Agent")


def _lacks_subject(view: View, verb: int) -> bool:
    """Whether a finite verb that is joined to no other has no subject."""
    token = view[verb]
    finite = token.xpos in _FINITE or any(
        view[i].xpos in _FINITE for i in view.children(verb, "aux", "auxpass")
    )
    alone = token.deprel in _CLAUSES and not view.children(verb, *_SUBJECTS)
    return finite and alone and token.upos in ("VERB", "AUX")


def _begins_clause(view: View, noun: int, verb: int) -> bool:
    """Whether the noun phrase stands behind a comma and reaches up to the verb."""
    first = _left(view, noun)
    if view[noun].upos not in _NAMES or first == view.first or view[first - 1].form != ",":
        return False
    told = view[noun].deprel == "appos" and view[view[noun].head].upos == "PROPN"
    if told and view[noun].upos == "NOUN":
        return False  # "In 219 Hannibal, the son of X, attacked Y"
    own = [verb, *view.children(verb, "aux", "auxpass", "advmod", "neg")]
    start = min(i for i in own if i > noun)
    above = view[noun].head
    return all(
        view[i].upos == "PUNCT" or view.is_below(i, noun) or view.is_below(i, above)
        for i in range(noun + 1, start)
    )


def _first_of_list(view: View, noun: int) -> int:
    """Ann of "Ann, Bob and Carl", where a comma stands before each."""
    while view.children(noun, "cc") and view[noun].deprel == "conj":
        before = view[noun].head
        if view[before].deprel != "conj" or view[_left(view, before) - 1].form != ",":
            break
        noun = before
    return noun


def _left(view: View, noun: int) -> int:
    """The first word of the noun phrase, without what is behind its head."""
    before = [i for i in view.children(noun) if i < noun]
    return min([noun, *(_left(view, i) for i in before)])


def _as_subject(view: View, noun: int, verb: int) -> dict[int, Token]:
    """The noun as the subject, with what was joined to the noun before it and stands behind it."""
    before = view[noun].head
    deprel = "nsubjpass" if view.children(verb, "auxpass") else "nsubj"
    changed = {noun: replace(view[noun], head=verb, deprel=deprel)}
    late = [i for i in view.children(before, "relcl", "acl", "appos", "conj", "cc") if i > noun]
    return changed | {i: replace(view[i], head=noun) for i in late if i < verb}


def _participle_as_main_verb(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "An engineer taken hostage by gunmen is killed": killed he is, and was taken before."""
    for verb in view.roots():
        subjects = view.children(verb, "nsubj", "nsubjpass")
        passive = view[verb].xpos == "VBN" and not view.children(verb, "aux", "auxpass")
        if not passive or len(subjects) != 1 or not view.children(verb, "agent"):
            continue
        for late in view.children(verb, "advcl", "ccomp", "dep"):
            finite = any(view[i].xpos in _FINITE for i in view.children(late, "auxpass"))
            bare = not view.children(late, *_SUBJECTS, "mark", "cc")
            if late > verb and finite and bare:
                noun = subjects[0]
                return {
                    verb: replace(view[verb], head=noun, deprel="acl"),
                    noun: replace(view[noun], head=late, deprel="nsubjpass"),
                    late: replace(view[late], head=late, deprel="ROOT"),
                }
    return {}


def only_verb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "The army seized power on Tuesday": in a sentence of a noun alone the verb was lost.

    A past form right behind the noun that does it, both taken for modifiers of what it is done to.
    """
    for root in view.roots():
        if view[root].upos not in ("NOUN", "PROPN") or view.children(root, "nsubj", "cop"):
            continue
        tops = (root, *view.children(root, "compound"))  # "elected hardliner X", of X or before it
        for verb in [i for top in tops for i in view.children(top, "amod")]:
            subject, top = verb - 1, view[verb].head
            named = view[subject].upos in ("NOUN", "PROPN") and view[subject].head == top
            if not named or view[verb].xpos != "VBN" or view[verb].lemma not in lexicon.verbs:
                continue
            changed = {
                index: replace(view[index], head=verb if index > root else subject)
                for index in (*view.children(root), *view.children(top))
                if index > root or index < subject
            }
            changed[subject] = replace(view[subject], head=verb, deprel="nsubj")
            changed[verb] = replace(view[verb], xpos="VBD", head=verb, deprel="ROOT")
            changed[root] = replace(view[root], head=verb, deprel="dobj")
            return changed
    return {}


def _verb_after_and(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "storm the camp and torch tents": the second verb was taken for a noun before one."""
    changed: dict[int, Token] = {}
    for index in view.tagged("NN"):
        token, noun = view[index], view[min(index + 1, view.last - 1)]
        inside = index > view.first and token.deprel == "compound"
        packed = inside and token.head == index + 1 and noun.xpos == "NNS"
        if not packed or noun.deprel != "conj" or view[index - 1].form.lower() != "and":
            continue
        verb = view[noun.head].head
        base = view[verb].xpos in ("VB", "VBP") and view[noun.head].deprel == "dobj"
        other = token.lemma in lexicon.nouns or token.lemma in lexicon.noun_classes
        if base and token.form in lexicon.verbs and not other:
            tag = view[verb].xpos
            changed[index] = replace(token, upos="VERB", xpos=tag, head=verb, deprel="conj")
            changed[index + 1] = replace(noun, head=index, deprel="dobj")
            changed[index - 1] = replace(view[index - 1], head=verb)
    return changed


SUBJECT_REPAIRS: tuple[Repair, ...] = (
    _subject_in_opening,
    _phrase_as_subject,
    _place_as_subject,
    _object_as_subject,
    _participle_as_main_verb,
    _verb_after_and,
)
"""In the order in which they are tried."""
