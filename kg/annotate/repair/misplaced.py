"""Repairs of what follows an inserted speaker, and of the state that somebody is taken into."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.speech import gerund_lemma
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
        given = view[people].head == token.head and view[people].deprel == "dative"
        below = view[people].head == index or given  # "took guards hostage", as if giving
        if token.form.lower() not in lexicon.people.taken or not below:
            continue
        one = token.form.lower() == "dead" and view[people].xpos == "NN"
        many = lexicon.noun_classes.get(view[people].lemma) == "PersonGroup"  # "its crew"
        if view[people].xpos not in _PEOPLE and view[people].upos != "PROPN" and not (one or many):
            continue
        changed[index] = replace(token, deprel="oprd")
        changed[people] = replace(view[people], head=token.head, deprel="dobj")
        changed |= {i: replace(view[i], head=people) for i in view.children(index) if i < people}
    return changed


def _naming_as_participle(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "The king named Ann Lee as judge": no king of that name, but what the sentence says."""
    for noun in view.roots():
        for verb in view.children(noun, "acl"):
            made = [*view.children(verb, "dobj"), *view.children(verb, "oprd")]
            office = len(made) > 1 or any(
                view[i].form.lower() == "as" for i in view.children(verb, "prep")
            )
            if view[verb].lemma not in lexicon.people.making or not (made and office):
                continue
            if view[noun].upos == "VERB" or verb < noun or view[made[0]].upos != "PROPN":
                continue
            later = [i for i in view.children(noun) if i > verb]
            changed = {i: replace(view[i], head=verb) for i in later}
            changed[made[0]] = replace(view[made[0]], deprel="dobj")
            changed[noun] = replace(view[noun], head=verb, deprel="nsubj")
            changed[verb] = replace(view[verb], xpos="VBD", head=verb, deprel="ROOT")
            return changed
    return {}


def _naming_before_clause(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "The king made Lee judge, a day after she left": a verb with a subject tells of it.

    It was taken for a word about the office, and that for the subject of the later clause.
    """
    for office in view.related("nsubj"):
        later = view[office].head
        for verb in view.children(office, "amod"):
            whole = view.children(verb, "nsubj") and view.children(verb, "dobj")
            if not whole or view[verb].lemma not in lexicon.people.making or verb > office:
                continue
            if len(view.children(later, "nsubj")) < 2 or not view.children(later, "mark"):
                continue
            top = verb if view[later].head == later else view[later].head
            return {
                verb: replace(view[verb], xpos="VBD", head=top, deprel=view[later].deprel),
                later: replace(view[later], head=verb, deprel="advcl"),
                office: replace(view[office], head=verb, deprel="oprd"),
            }
    return {}


def _made_somebody(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "elected Anna Lee speaker", "declared Lee the winner": what somebody is made.

    It was taken for the object, with the name before it, or for another name of the object.
    """
    changed: dict[int, Token] = {}
    for index in view.related("dobj", "oprd", "appos"):
        token = view[index]
        verb = view[token.head].head if token.deprel == "appos" else token.head
        if token.upos != "NOUN" or view[verb].lemma not in lexicon.people.making or verb > index:
            continue
        if token.deprel != "appos":
            names = [i for i in view.children(index, "compound", "nmod") if _is_name(view, i)]
            open_ = view.children(verb, "auxpass") or view.children(index, "det", "poss", "nummod")
            if names and not open_:
                changed[names[-1]] = replace(view[names[-1]], head=verb, deprel="dobj")
                left = [i for i in view.children(index) if i < names[-1]]
                changed |= {i: replace(view[i], head=names[-1]) for i in left}
                changed[index] = replace(token, deprel="oprd")
        elif view[token.head].deprel == "dobj" and token.head + 1 in view.children(index, "det"):
            changed[index] = replace(token, head=verb, deprel="oprd")  # no comma parts them
    return changed


def _is_name(view: View, index: int) -> bool:
    return view[index].upos == "PROPN" and view[index].form[0].isupper()


def _declared_unwelcome(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "declared two envoys persona non grata": what they are told to be, and no verb."""
    for index in view.formed("persona"):
        words = range(index, index + 3)
        if [view[i].form.lower() for i in words] != ["persona", "non", "grata"]:
            continue
        verb = next((view[i].head for i in words if view[i].head not in words), index)
        if verb == index or view[verb].upos != "VERB":
            continue
        changed: dict[int, Token] = {}
        below = [i for word in words for i in view.children(word) if i not in words]
        for child in below:
            deprel = {"nsubj": "dobj", "prep": "agent"}.get(view[child].deprel, view[child].deprel)
            deprel = deprel if view[child].form.lower() == "by" or deprel == "dobj" else "prep"
            changed[child] = replace(view[child], head=verb, deprel=deprel)
        noun = index - 1
        if view[noun].head == verb and view[noun].deprel == "amod":  # "declared an envoy persona"
            changed[noun] = replace(view[noun], head=verb, deprel="dobj")
            left = [i for i in view.children(verb, "det", "amod", "nummod") if verb < i < noun]
            changed |= {i: replace(view[i], head=noun) for i in left}
        changed |= {i: replace(view[i], head=index, deprel="amod") for i in words}
        changed[index] = replace(view[index], upos="NOUN", xpos="NN", head=verb, deprel="oprd")
        return changed
    return {}


def _against_twice(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "charges of crimes against humanity against X": charges against X."""
    changed: dict[int, Token] = {}
    for prep in view.formed("against"):
        noun = view[prep].head
        beside = [i for i in view.children(noun, "prep") if i < prep]
        firsts = [i for i in (*beside, view[noun].head) if view[i].form.lower() == "against"]
        if not firsts or firsts[0] >= prep:
            continue
        top = view[firsts[0]].head
        while view[view[top].head].form.lower() == "of" and view[top].deprel == "pobj":
            top = view[view[top].head].head
        changed[prep] = replace(view[prep], head=top)
    return changed


def _terms_as_measure(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "signed a treaty giving land to X": the treaty is signed, and gives the land.

    The noun for what has terms was taken for the measure of a word before another noun.
    """
    changed: dict[int, Token] = {}
    for index in view.related("compound", "amod"):
        token, plan, noun = view[index], index - 1, view[index].head
        measured = token.form.endswith("ing") and plan in view.children(index, "npadvmod")
        if not measured or view[plan].lemma not in lexicon.slots.plans or noun < index:
            continue
        changed[plan] = replace(view[plan], head=view[noun].head, deprel=view[noun].deprel)
        changed[index] = replace(
            token,
            lemma=gerund_lemma(token, lexicon) or token.lemma,
            upos="VERB",
            xpos="VBG",
            head=plan,
            deprel="acl",
        )
        changed[noun] = replace(view[noun], head=index, deprel="dobj")
        left = [i for i in view.children(noun) if i < plan]
        changed |= {i: replace(view[i], head=plan) for i in left}
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


def _deed_as_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "youths storm the camp and torch tents": no kind of tents, but what is done to them."""
    changed: dict[int, Token] = {}
    for index in view.related("compound", "conj"):
        token, noun = view[index], index + 1
        kind = token.lemma in lexicon.nouns or token.lemma in lexicon.noun_classes
        if token.xpos != "NN" or token.lemma not in lexicon.verbs or kind or noun >= view.last:
            continue
        first = view[noun].head if token.deprel == "compound" else token.head
        verb = view[first].head if token.deprel == "compound" else view[noun].head
        joined = token.head == noun and view[noun].deprel == "conj" and view[first].deprel == "dobj"
        shared = view[first].head == noun and view[noun].deprel == "dobj"
        if view[index - 1].xpos != "CC" or view[verb].xpos != "VBP" or not (joined or shared):
            continue
        changed[first] = replace(view[first], head=verb, deprel="dobj")
        changed |= {i: replace(view[i], head=first) for i in view.children(noun) if i < first}
        changed[index - 1] = replace(view[index - 1], head=verb)
        changed[index] = replace(token, upos="VERB", xpos="VBP", head=verb, deprel="conj")
        changed[noun] = replace(view[noun], head=index, deprel="dobj")
    return changed


MISPLACED_REPAIRS = (
    _deed_as_noun,
    _saying_as_noun,
    _past_as_adjective,
    _deed_behind_speaker,
    _taken_hostage,
    _naming_before_clause,
    _made_somebody,
    _naming_as_participle,
    _declared_unwelcome,
    _terms_as_measure,
    _against_twice,
)
"""In the order in which they are tried."""
