"""Repairs of what follows an inserted speaker, and of the state that somebody is taken into."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_PEOPLE = ("NNS", "NNPS")
_PAST = ("VBD", "VBN")
_CLAUSAL = ("ROOT", "ccomp", "advcl", "relcl")
_COPULAS = ("aux", "auxpass", "cop")


def _deed_behind_speaker(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "Gunmen stormed the prison, police said, freeing ten": the gunmen freed them."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBG"):
        token, cue = view[index], view[index].head
        told = view[cue].lemma in lexicon.report_verbs and view.children(cue, "nsubj")
        if token.deprel != "advcl" or index < cue or not told or view[index - 1].form != ",":
            continue
        clauses = [i for i in view.children(cue, "ccomp") if i < cue]
        clause = view[cue].head if view[cue].deprel == "parataxis" else max(clauses, default=cue)
        deed = _is_deed(token, lexicon) and not view.children(index, "mark")
        if deed and clause < cue and view[clause].upos == "VERB":
            changed[index] = replace(token, head=clause)
    return changed


def _is_deed(token: Token, lexicon: Lexicon) -> bool:
    """Whether the verb tells of something done, and not of something said."""
    triggers = lexicon.verbs.get(token.lemma, ())
    said = token.lemma in lexicon.report_verbs
    return (
        bool(triggers)
        and not said
        and not any(is_a(trigger.type, "CommunicationEvent") for trigger in triggers)
    )


def _taken_hostage(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "took its 25 passengers hostage", "shot a patient dead": what they became."""
    changed: dict[int, Token] = {}
    for index in view.related("dobj"):
        token, people = view[index], index - 1
        if token.form.lower() not in lexicon.people.taken or view[people].head != index:
            continue
        one = token.form.lower() == "dead" and view[people].xpos == "NN"
        if view[people].xpos not in _PEOPLE and view[people].upos != "PROPN" and not one:
            continue
        changed[index] = replace(token, deprel="oprd")
        changed[people] = replace(view[people], head=token.head, deprel="dobj")
        changed |= {i: replace(view[i], head=people) for i in view.children(index) if i < people}
    return changed


def _past_as_adjective(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "X marginally advanced in Y", "seized X and likely advanced in Y": that is a verb.

    No adjective has a subject without "be", nor is it joined to a finite verb.
    """
    changed: dict[int, Token] = {}
    for index in view.tagged("JJ"):
        token, verb = view[index], view[view[index].head]
        form = token.form.lower()
        joined = token.deprel == "conj" and verb.xpos in _PAST and verb.upos == "VERB"
        whole = token.deprel in _CLAUSAL and view.children(index, "nsubj")
        past = form.endswith("ed") and (joined or whole) and not view.children(index, *_COPULAS)
        lemma = next((each for each in (form[:-1], form[:-2]) if each in lexicon.verbs), None)
        if past and lemma and view.children(index, "prep", "dobj"):
            changed[index] = replace(token, lemma=lemma, upos="VERB", xpos="VBD")
    return changed


def _saying_as_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "has seen it, but assesses that X fled": what has a clause beside a verb is a verb."""
    changed: dict[int, Token] = {}
    for index in view.tagged("NNS"):
        token = view[index]
        joined = token.deprel == "conj" and view[token.head].upos == "VERB"
        told = [i for i in view.children(index, "ccomp", "relcl") if view.children(i, "mark")]
        form = token.form.lower()
        lemma = next((v for v in (form[:-1], form[:-2]) if v in lexicon.report_verbs), None)
        if joined and lemma is not None and told:
            changed[index] = replace(token, lemma=lemma, upos="VERB", xpos="VBZ")
            changed[told[0]] = replace(view[told[0]], deprel="ccomp")
    return changed


MISPLACED_REPAIRS = (_saying_as_noun, _past_as_adjective, _deed_behind_speaker, _taken_hostage)
"""In the order in which they are tried."""
