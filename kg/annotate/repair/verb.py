"""Repairs of verbs that were taken for nouns, or that lost their subject to another word."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.joined import tense
from kg.annotate.repair.reattach import Repair
from kg.annotate.repair.subject import only_verb
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OF_NOUNS = ("det", "compound", "amod", "nmod", "poss", "nummod")


def _verb_with_determiner(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "when a Cessna aircraft crashes": what stands before the verb as before a noun.

    In the place of an object it is a noun indeed: "rejected on Monday a Somali appeal".
    """
    changed: dict[int, Token] = {}
    for verb in view.tagged(*_FINITE):
        token = view[verb]
        if token.upos != "VERB" or view.children(verb, *_SUBJECTS):
            continue
        left = [i for i in view.children(verb, *_OF_NOUNS) if i < verb]
        subject = verb - 1
        noun = subject in left and view[subject].upos in ("NOUN", "PROPN")
        if not noun or not any(view[i].deprel == "det" for i in left):
            continue
        if token.deprel == "dobj":
            changed[verb] = replace(token, upos="NOUN", xpos="NN")
            continue
        changed[subject] = replace(view[subject], deprel="nsubj")
        changed |= {i: replace(view[i], head=subject) for i in left if i != subject}
    return changed


def _plural_after_article(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "when a Boeing 737 crashes near X": no plural follows "a", so it is a verb."""
    changed: dict[int, Token] = {}
    for index in view.tagged("NNS"):
        token = view[index]
        left = [i for i in view.children(index, *_OF_NOUNS) if i < index]
        article = any(view[i].form.lower() in ("a", "an") for i in left)
        clause = token.deprel in ("advcl", "ROOT", "ccomp", "relcl")
        lemma = token.form.lower().removesuffix("s")
        lemmas = (lemma, lemma.removesuffix("e"))
        verb = next((each for each in lemmas if each in lexicon.verbs), None)
        if article and clause and verb is not None and _names_one(view, index - 1, lexicon):
            changed[index] = replace(token, lemma=verb, upos="VERB", xpos="VBZ")
            subject = next(i for i in reversed(left) if view[i].upos != "NUM")
            changed[subject] = replace(view[subject], deprel="nsubj")
            changed |= {i: replace(view[i], head=subject) for i in left if i != subject}
            outcomes = [i for i in view.children(index, "acl") if view[i].xpos == "VBG"]
            changed |= {i: replace(view[i], deprel="advcl") for i in outcomes}
    return changed


def _names_one(view: View, index: int, lexicon: Lexicon) -> bool:
    """A noun or "Boeing 737", but for "a dozen", "a record 12", which count what follows."""
    if view[index].upos == "NUM":
        index -= 1
        return view[index].upos == "PROPN" and view[index].head in (index + 1, index + 2)
    named = view[index].upos == "PROPN" and view[index].form.isalpha()
    named = named or view[index].lemma in lexicon.noun_classes
    return named and view[index].lemma not in lexicon.slots.measures


def _verb_beside_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "apologises for the deaths and orders an inquiry": only a verb has an object.

    A plural joined to a noun, with an object of its own and the form of a listed verb.
    """
    changed: dict[int, Token] = {}
    tables = (lexicon.verbs, lexicon.report_verbs)
    for index in view.tagged("NNS"):
        token = view[index]
        first = token.head
        if token.xpos != "NNS" or token.deprel != "conj" or not view.children(index, "dobj"):
            continue
        lemma = token.form.lower().removesuffix("s")
        if not any(lemma in table for table in tables):
            continue
        verb = view[first].head
        while view[verb].upos != "VERB" and view[verb].head != verb:
            verb = view[verb].head
        if view[verb].xpos == "VBZ":
            changed[index] = replace(
                token, lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="conj"
            )
            joints = [i for i in view.children(first, "cc") if first < i < index]
            changed |= {i: replace(view[i], head=verb) for i in joints[-1:]}
    return changed


def _event_as_clause(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "a fire in Medina, Saudi Arabia kills ten": the fire kills, not the country."""
    changed: dict[int, Token] = {}
    for noun in view.related("advcl"):
        token, verb = view[noun], view[noun].head
        if token.upos != "NOUN" or token.lemma not in lexicon.nouns:
            continue
        subjects = [i for i in view.children(verb, "nsubj") if noun < i < verb]
        places = [i for prep in view.children(noun, "prep") for i in view.children(prep, "pobj")]
        if subjects and places and view[subjects[0]].xpos == "NNP" and places[-1] < subjects[0]:
            changed[noun] = replace(token, deprel="nsubj")
            changed[subjects[0]] = replace(view[subjects[0]], head=places[-1], deprel="appos")
    return changed


def _as_noun(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "condemns it as a crime, and urges X to act": the crime was taken for who urges.

    So too "was sworn in as president and promised Y".
    """
    changed: dict[int, Token] = {}
    for verb in view.tagged(*_FINITE):
        token = view[verb]
        if token.deprel != "advcl" or token.xpos != tense(view, token.head):
            continue
        marks = [i for i in view.children(verb, "mark") if view[i].form.lower() == "as"]
        nouns = view.children(verb, "nsubj")
        joint = verb - 1
        if not (marks and nouns) or view[joint].deprel != "cc" or joint < nouns[0]:
            continue
        if view[joint].head == token.head:
            changed[marks[0]] = replace(view[marks[0]], head=token.head, deprel="prep")
            changed[nouns[0]] = replace(view[nouns[0]], head=marks[0], deprel="pobj")
            changed[verb] = replace(token, deprel="conj")
    return changed


def _clause_as_object(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "will not talk until the rebels withdraw": a clause was taken for a noun."""
    changed: dict[int, Token] = {}
    for verb in view.related("pobj", "pcomp"):
        token, prep = view[verb], view[verb].head
        finite = token.xpos in _FINITE and view.children(verb, "nsubj", "nsubjpass")
        if not finite or token.deprel not in ("pobj", "pcomp") or view[prep].head == prep:
            continue
        if view[prep].form.lower() in lexicon.slots.clause_prepositions:
            changed[verb] = replace(token, upos="VERB", head=view[prep].head, deprel="advcl")
            changed[prep] = replace(view[prep], upos="SCONJ", head=verb, deprel="mark")
    return changed


def _subject_as_object(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "after a shooting killed two": the subject was taken for what "after" governs."""
    changed: dict[int, Token] = {}
    for verb in view.tagged(*_FINITE):
        token = view[verb]
        if token.xpos not in _FINITE or token.deprel != "advcl" or token.head > verb:
            continue
        if view.children(verb, *_SUBJECTS, "mark", "aux", "auxpass", "cc", "agent"):
            continue
        for prep in view.children(token.head, "prep"):
            nouns = view.children(prep, "pobj") if token.head < prep < verb else []
            plain = nouns and "," not in [view[i].form for i in range(nouns[0], verb)]
            if plain and view[prep].form.lower() in lexicon.slots.clause_prepositions:
                changed[nouns[0]] = replace(view[nouns[0]], head=verb, deprel="nsubj")
                changed[prep] = replace(view[prep], upos="SCONJ", head=verb, deprel="mark")
                break
    return changed


def _verb_in_compound(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "the court issues arrest warrants": the verb was taken for a noun, a noun for it."""
    for root in view.roots():
        token, verb = view[root], root - 1
        nouns = view.children(root, "dobj")
        if token.xpos not in ("VBP", "VB") or verb <= view.first or not nouns:
            continue
        named = f"{token.lemma} {view[nouns[0]].lemma}" in lexicon.nouns and nouns[0] == root + 1
        lemma = view[verb].form.lower().removesuffix("s")
        mistaken = view[verb].xpos == "NNS" and view[verb].deprel == "nsubj"
        left = [i for i in view.children(verb, *_OF_NOUNS) if i < verb]
        if not named or not mistaken or lemma not in lexicon.nominal_verbs or not left:
            continue
        subject = left[-1]
        changed = {
            verb: replace(
                view[verb], lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="ROOT"
            ),
            subject: replace(view[subject], head=verb, deprel="nsubj"),
            root: replace(token, upos="NOUN", xpos="NN", head=nouns[0], deprel="compound"),
        }
        changed |= {i: replace(view[i], head=subject) for i in left[:-1]}
        changed |= {i: replace(view[i], head=verb) for i in view.children(root) if i not in changed}
        return changed
    return {}


def _counted_sufferer(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "two are killed in X and four others wounded": the second count suffers too.

    The participle was hung on the first verb and the people on what the first verb has last, or
    they were taken for who wounds.
    """
    changed: dict[int, Token] = {}
    for verb in view.tagged("VBN", "VBD"):
        token, above = view[verb], view[view[verb].head]
        if token.xpos not in ("VBN", "VBD") or above.xpos != "VBN" or token.head > verb:
            continue
        own = view.children(verb, "aux", "auxpass", "dobj", "mark", "nsubjpass", "agent")
        if own or not view.children(token.head, "auxpass"):
            continue
        people = verb - 1
        counted = view[people].xpos == "CD" or bool(view.children(people, "nummod"))
        if token.deprel == "conj" and view[people].deprel == "nsubj" and counted:
            changed[people] = replace(view[people], deprel="nsubjpass")
        elif token.deprel == "advcl" and view[people].deprel == "conj" and counted:
            changed[people] = replace(view[people], head=verb, deprel="nsubjpass")
            changed[verb] = replace(token, xpos="VBN", deprel="conj")
            joints = [i for i in view.children(view[people].head, "cc") if i < people]
            changed |= {i: replace(view[i], head=token.head) for i in joints[-1:]}
    return changed


def _joined_to_main(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "kill a man who shot ten and arrest others": they who kill him arrest the others.

    A present verb joined to the past one of a relative clause, below a main verb in the present.
    """
    changed: dict[int, Token] = {}
    for verb in view.related("conj"):
        token, above = view[verb], view[view[verb].head]
        joined = above.deprel == "relcl" and above.xpos == "VBD"
        if not joined or token.xpos not in ("VB", "VBP", "VBZ"):
            continue
        if view.children(verb, *_SUBJECTS, "aux", "mark") or view.children(token.head, "aux"):
            continue
        main = above.head
        while view[main].upos != "VERB" and view[main].head != main:
            main = view[main].head
        alike = view[main].xpos == token.xpos or {view[main].xpos, token.xpos} == {"VB", "VBP"}
        if alike and view[main].upos == "VERB":
            changed[verb] = replace(token, xpos=view[main].xpos, head=main)
            joints = [i for i in view.children(token.head, "cc") if i < verb]
            changed |= {i: replace(view[i], head=main) for i in joints[-1:]}
    return changed


def _given_to(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "gave the Ivory Coast five million dollars": to whom was taken for a part of what.

    Before a number with its noun, after a verb that some event takes with a receiver.
    """
    changed: dict[int, Token] = {}
    for index in view.related("nmod", "compound"):
        token, noun, number = view[index], view[index].head, index + 1
        verb = view[noun].head
        named = token.upos == "PROPN" and view[noun].deprel == "dobj" and noun > number
        counted = named and view[number].upos == "NUM" and noun in _above(view, number)
        triggers = lexicon.verbs.get(view[verb].lemma, ()) if counted else ()
        if view[verb].lemma in lexicon.report_verbs or verb > index:
            continue  # "announced the Apollo 2 update" to nobody
        if any("indirect" in trigger.frame.roles for trigger in triggers):
            changed[index] = replace(token, head=verb, deprel="dative")
            left = [i for i in view.children(noun) if i < index]
            changed |= {i: replace(view[i], head=index) for i in left}
    return changed


def _above(view: View, index: int) -> tuple[int, int]:
    """The heads of a numeral: of its noun, or of the longer numeral that it begins."""
    head = view[index].head
    return head, view[head].head


def _participle_as_clause(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "reject proposed changes to the law": a verb right after a verb only describes."""
    changed: dict[int, Token] = {}
    for index in view.related("xcomp", "ccomp"):
        token, verb = view[index], view[index].head
        nouns = view.children(index, "dobj")
        beside = token.xpos in ("VBD", "VBN") and verb == index - 1 and len(nouns) == 1
        if not beside or min(view.children(index)) < index or view[verb].upos != "VERB":
            continue
        noun = nouns[0]
        changed[noun] = replace(view[noun], head=verb, deprel="dobj")
        changed[index] = replace(token, upos="VERB", xpos="VBN", head=noun, deprel="amod")
        below = [i for i in view.children(index) if i != noun]
        changed |= {i: replace(view[i], head=noun) for i in below}
    return changed


def participle_after_number(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "treated 800 wounded people": between a number and what it counts stands no verb."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBD", "VBN"):
        token, noun = view[index], index + 1
        above, numbers = token.head, [i for i in view.children(token.head, "dobj") if i < index]
        counted = numbers and view[index - 1].upos == view[numbers[-1]].upos == "NUM"
        if token.deprel != "conj" or noun >= view.last or not counted:
            continue
        if view[noun].xpos == "NNS" and view[noun].head == index:
            changed[noun] = replace(view[noun], head=above, deprel="dobj")
            changed[index] = replace(token, xpos="VBN", head=noun, deprel="amod")
            changed[numbers[-1]] = replace(view[numbers[-1]], head=noun, deprel="nummod")
    return changed


def garden_path(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "missiles fired at Syria landed in Iran": the first verb only describes the subject.

    Two past forms joined without conjunction or comma; the second is the main verb. So it is in
    the present where the first names its doer: "the truce agreed by X and Y begins", and in the
    passive: "a body found in X is confirmed".
    """
    for first in view.tagged("VBD", "VBN"):
        if view[first].xpos not in ("VBD", "VBN") or view.children(first, "aux", "cc", "auxpass"):
            continue
        subject = next(iter(view.children(first, "nsubj")), None)
        mains = _FINITE if view.children(first, "agent") else ("VBD",)
        for second in view.children(first, "conj", "ccomp", "advcl", "dep"):
            between = [view[i].form for i in range(first, second)]
            own = view.children(second, "nsubj", "nsubjpass", "mark", "aux", "advmod")
            passive = any(view[i].xpos in _FINITE for i in view.children(second, "auxpass"))
            finite = view[second].xpos in mains or passive
            if subject is None or not finite or "," in between or own:
                continue
            root = view[first].head == first
            above = second if root else view[first].head
            changed = {
                subject: replace(
                    view[subject], head=second, deprel="nsubjpass" if passive else "nsubj"
                ),
                first: replace(view[first], xpos="VBN", head=subject, deprel="acl"),
                second: replace(view[second], head=above, deprel=view[first].deprel),
            }
            for index in view.children(first):
                if index > second and index not in changed:
                    changed[index] = replace(view[index], head=second)
            return changed
    return {}


def _second_party(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "between troops led by X and the rebels": it takes two, so the rebels are the other."""
    changed: dict[int, Token] = {}
    for agent in view.related("agent"):
        clause = view[agent].head
        noun = view[clause].head
        prep = view[noun].head
        if view[prep].form.lower() != "between" or view[noun].deprel != "pobj":
            continue
        doers = view.children(agent, "pobj")
        others = [i for doer in doers for i in view.children(doer, "conj")]
        if len(others) != 1 or view.children(noun, "conj") or view[clause].deprel != "acl":
            continue
        joints = [i for i in view.children(doers[0], "cc") if i < others[0]]
        changed |= {i: replace(view[i], head=noun) for i in (*joints, *others)}
    return changed


VERB_REPAIRS: tuple[Repair, ...] = (
    only_verb,
    _verb_in_compound,
    _plural_after_article,
    _verb_with_determiner,
    _verb_beside_noun,
    _clause_as_object,
    _event_as_clause,
    _as_noun,
    _subject_as_object,
    _counted_sufferer,
    _joined_to_main,
    _given_to,
    _participle_as_clause,
    _second_party,
)
