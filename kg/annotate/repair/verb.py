"""Repairs of verbs that were taken for nouns, or that lost their subject to another word."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.joined import tense
from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OF_NOUNS = ("det", "compound", "amod", "nmod", "poss", "nummod")


@tagged(*_FINITE)
def _verb_with_determiner(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "when a Cessna aircraft crashes": what stands before the verb as before a noun.

    In the place of an object it is a noun indeed: "rejected on Monday a Somali appeal".
    """
    token = view[verb]
    if token.upos != "VERB" or view.children(verb, *_SUBJECTS):
        return
    left = [i for i in view.children(verb, *_OF_NOUNS) if i < verb]
    subject = verb - 1
    noun = subject in left and view[subject].upos in ("NOUN", "PROPN")
    if not noun or not any(view[i].deprel == "det" for i in left):
        return
    if token.deprel == "dobj":
        yield verb, replace(token, upos="NOUN", xpos="NN")
        return
    yield subject, replace(view[subject], deprel="nsubj")
    yield from view.hung((i for i in left if i != subject), subject)


@related("advcl")
def _event_as_clause(view: View, noun: int, lexicon: Lexicon) -> Changes:
    """As in "a fire in Medina, Saudi Arabia kills ten": the fire kills, not the country."""
    token, verb = view[noun], view[noun].head
    if token.upos != "NOUN" or token.lemma not in lexicon.nouns:
        return
    subjects = [i for i in view.children(verb, "nsubj") if noun < i < verb]
    places = [i for prep in view.children(noun, "prep") for i in view.children(prep, "pobj")]
    if subjects and places and view[subjects[0]].xpos == "NNP" and places[-1] < subjects[0]:
        yield noun, replace(token, deprel="nsubj")
        yield subjects[0], replace(view[subjects[0]], head=places[-1], deprel="appos")


@tagged(*_FINITE)
def _as_noun(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "condemns it as a crime, and urges X to act": the crime was taken for who urges.

    So too "was sworn in as president and promised Y".
    """
    token = view[verb]
    if token.deprel != "advcl" or token.xpos != tense(view, token.head):
        return
    marks = [i for i in view.children(verb, "mark") if view[i].form.lower() == "as"]
    nouns = view.children(verb, "nsubj")
    joint = verb - 1
    if not (marks and nouns) or view[joint].deprel != "cc" or joint < nouns[0]:
        return
    if view[joint].head == token.head:
        yield marks[0], replace(view[marks[0]], head=token.head, deprel="prep")
        yield nouns[0], replace(view[nouns[0]], head=marks[0], deprel="pobj")
        yield verb, replace(token, deprel="conj")


@tagged(*_FINITE, by=("pobj", "pcomp"))
def _clause_as_object(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "will not talk until the rebels withdraw": a clause was taken for a noun."""
    token, prep = view[verb], view[verb].head
    if not view.children(verb, "nsubj", "nsubjpass") or view[prep].head == prep:
        return
    if view[prep].form.lower() in lexicon.slots.clause_prepositions:
        yield verb, replace(token, upos="VERB", head=view[prep].head, deprel="advcl")
        yield prep, replace(view[prep], upos="SCONJ", head=verb, deprel="mark")


@tagged(*_FINITE)
def _subject_as_object(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "after a shooting killed two": the subject was taken for what "after" governs."""
    token = view[verb]
    if token.deprel != "advcl" or token.head > verb:
        return
    if view.children(verb, *_SUBJECTS, "mark", "aux", "auxpass", "cc", "agent"):
        return
    for prep in view.children(token.head, "prep"):
        nouns = view.children(prep, "pobj") if token.head < prep < verb else []
        plain = nouns and "," not in [view[i].form for i in range(nouns[0], verb)]
        if plain and view[prep].form.lower() in lexicon.slots.clause_prepositions:
            yield nouns[0], replace(view[nouns[0]], head=verb, deprel="nsubj")
            yield prep, replace(view[prep], upos="SCONJ", head=verb, deprel="mark")
            break


@tagged("VBN", "VBD")
def _counted_sufferer(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "two are killed in X and four others wounded": the second count suffers too.

    The participle was hung on the first verb and the people on what the first verb has last, or
    they were taken for who wounds.
    """
    token, above = view[verb], view[view[verb].head]
    if above.xpos != "VBN" or token.head > verb:
        return
    own = view.children(verb, "aux", "auxpass", "dobj", "mark", "nsubjpass", "agent")
    if own or not view.children(token.head, "auxpass"):
        return
    people = verb - 1
    counted = view[people].xpos == "CD" or bool(view.children(people, "nummod"))
    if token.deprel == "conj" and view[people].deprel == "nsubj" and counted:
        yield people, replace(view[people], deprel="nsubjpass")
    elif token.deprel == "advcl" and view[people].deprel == "conj" and counted:
        yield people, replace(view[people], head=verb, deprel="nsubjpass")
        yield verb, replace(token, xpos="VBN", deprel="conj")
        joints = [i for i in view.children(view[people].head, "cc") if i < people]
        yield from view.hung(joints[-1:], token.head)


@related("oprd", "amod", "acl", below=("conj",))
def _sufferer_as_second(view: View, word: int, lexicon: Lexicon) -> Changes:
    """As in "seven were killed and six wounded": two deeds, where the six were joined to the first.

    What they suffered was taken for a word about them.
    """
    people, stem = word - 1, view[word].form.lower()[:-2]
    lemma = next((each for each in (stem, f"{stem}e") if each in lexicon.slots.harms), None)
    if lemma is None or view[word].head != people or view[people].xpos != "CD":
        return
    first = view[people].head
    joined = view[people].deprel == "conj" and view[first].xpos == "VBN"
    if joined and view.children(first, "auxpass") and view[people - 1].deprel == "cc":
        yield people, replace(view[people], head=word, deprel="nsubjpass")
        verb = replace(view[word], lemma=lemma, upos="VERB", xpos="VBN")
        yield word, replace(verb, head=first, deprel="conj")


@related("acl", below=("dobj",))
def _sufferer_as_object(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "ten are killed and over 20 more are hurt": nobody killed the others.

    They were taken for what the first verb, a passive, was done to.
    """
    people = view[verb].head
    first = view[people].head
    counted = view[people].xpos == "CD" or bool(view.children(people, "nummod"))
    joints = [i for i in view.children(first, "cc") if first < i < people]
    if view[verb].xpos != "VBN" or people != verb - 1 or not counted or not joints:
        return
    if view[first].xpos == "VBN" and view.children(first, "nsubjpass"):
        yield people, replace(view[people], head=verb, deprel="nsubjpass")
        yield verb, replace(view[verb], head=first, deprel="conj")


@related("acl", below=("nsubj",))
def _sufferer_before_date(view: View, word: int, _: Lexicon) -> Changes:
    """As in "two were killed and 30 displaced after rain made a river burst": the 30 made nothing.

    What they suffered was taken for a word about them, and they for who does what the clause tells.
    """
    people, verb = view[word].head, view[view[word].head].head
    first = view[verb].head
    joined = view[verb].deprel == "conj" and first < people == word - 1
    preps = [i for i in view.children(word, "prep") if word < i < verb]
    if not joined or view[word].xpos != "VBN" or view[people].xpos != "CD" or len(preps) != 1:
        return
    nouns = view.children(preps[0], "pobj")
    dated = view[preps[0]].form.lower() in ("after", "before") and len(nouns) == 1
    if dated and view.children(first, "auxpass") and nouns[0] < verb:
        yield people, replace(view[people], head=word, deprel="nsubjpass")
        yield word, replace(view[word], head=first, deprel="conj")
        yield preps[0], replace(view[preps[0]], upos="SCONJ", head=verb, deprel="mark")
        yield nouns[0], replace(view[nouns[0]], head=verb, deprel="nsubj")
        yield verb, replace(view[verb], head=word, deprel="advcl")


@related("conj")
def _joined_to_main(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "kill a man who shot ten and arrest others": they who kill him arrest the others.

    A present verb joined to the past one of a relative clause, below a main verb in the present.
    """
    token, above = view[verb], view[view[verb].head]
    joined = above.deprel == "relcl" and above.xpos == "VBD"
    if not joined or token.xpos not in ("VB", "VBP", "VBZ"):
        return
    if view.children(verb, *_SUBJECTS, "aux", "mark") or view.children(token.head, "aux"):
        return
    main = above.head
    while view[main].upos != "VERB" and view[main].head != main:
        main = view[main].head
    alike = view[main].xpos == token.xpos or {view[main].xpos, token.xpos} == {"VB", "VBP"}
    if alike and view[main].upos == "VERB":
        yield verb, replace(token, xpos=view[main].xpos, head=main)
        joints = [i for i in view.children(token.head, "cc") if i < verb]
        yield from view.hung(joints[-1:], main)


@related("nmod", "compound")
def _given_to(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "gave the Ivory Coast five million dollars": to whom was taken for a part of what.

    Before a number with its noun, after a verb that some event takes with a receiver. So too "fined
    the bank two million euros".
    """
    token, noun, number = view[index], view[index].head, index + 1
    kind = lexicon.noun_classes.get(token.lemma, "Entity") if token.upos == "NOUN" else "Entity"
    named = token.upos == "PROPN" or is_a(kind, "Agent")
    if not named or view[noun].deprel != "dobj" or noun <= number:
        return
    verb = view[noun].head
    if view[number].upos != "NUM" or noun not in _above(view, number):
        return
    if view[verb].lemma in lexicon.report_verbs or verb > index:
        return  # "announced the Apollo 2 update" to nobody
    if any(
        "indirect" in trigger.frame.roles for trigger in lexicon.verbs.get(view[verb].lemma, ())
    ):
        yield index, replace(token, head=verb, deprel="dative")
        left = [i for i in view.children(noun) if i < index]
        yield from view.hung(left, index)


def _above(view: View, index: int) -> tuple[int, int]:
    """The heads of a numeral: of its noun, or of the longer numeral that it begins."""
    head = view[index].head
    return head, view[head].head


@related("xcomp", "ccomp")
def _participle_as_clause(view: View, index: int, _: Lexicon) -> Changes:
    """As in "reject proposed changes to the law": a verb right after a verb only describes."""
    token, verb = view[index], view[index].head
    nouns = view.children(index, "dobj")
    beside = token.xpos in ("VBD", "VBN") and verb == index - 1 and len(nouns) == 1
    if not beside or min(view.children(index)) < index or view[verb].upos != "VERB":
        return
    noun = nouns[0]
    yield noun, replace(view[noun], head=verb, deprel="dobj")
    yield index, replace(token, upos="VERB", xpos="VBN", head=noun, deprel="amod")
    below = [i for i in view.children(index) if i != noun]
    yield from view.hung(below, noun)


@tagged("VBD", "VBN", by=("conj",))
def participle_after_number(view: View, index: int, _: Lexicon) -> Changes:
    """As in "treated 800 wounded people": between a number and what it counts stands no verb."""
    token, noun = view[index], index + 1
    above, numbers = token.head, [i for i in view.children(token.head, "dobj") if i < index]
    counted = numbers and view[index - 1].upos == view[numbers[-1]].upos == "NUM"
    if noun >= view.last or not counted:
        return
    if view[noun].xpos == "NNS" and view[noun].head == index:
        yield noun, replace(view[noun], head=above, deprel="dobj")
        yield index, replace(token, xpos="VBN", head=noun, deprel="amod")
        yield numbers[-1], replace(view[numbers[-1]], head=noun, deprel="nummod")


@tagged("VBD", "VBN")
def garden_path(view: View, first: int, _: Lexicon) -> Changes:
    """As in "missiles fired at Syria landed in Iran": the first verb only describes the subject.

    Two past forms joined without conjunction or comma; the second is the main verb. So it is in
    the present where the first names its doer or what it finds ("the truce agreed by X begins",
    "the number found dead rises"), and in the passive: "a body found in X is confirmed".
    """
    subject = next(iter(view.children(first, "nsubj")), None)
    if subject is None or view.children(first, "aux", "cc", "auxpass"):
        return
    if view[first].xpos == "VBD" and view.children(first, "dobj"):
        return  # "Iran attacked Iraq on Monday and Iraq attacked Iran"
    mains = _FINITE if view.children(first, "agent", "oprd") else ("VBD",)
    for second in view.children(first, "conj", "ccomp", "advcl", "dep"):
        between = [view[i].form for i in range(first, second)]
        own = view.children(second, "nsubj", "nsubjpass", "mark", "aux", "advmod")
        passive = any(view[i].xpos in _FINITE for i in view.children(second, "auxpass"))
        finite = view[second].xpos in mains or passive
        if not finite or "," in between or own:
            continue
        root = view[first].head == first
        above = second if root else view[first].head
        yield (
            subject,
            replace(view[subject], head=second, deprel="nsubjpass" if passive else "nsubj"),
        )
        yield first, replace(view[first], xpos="VBN", head=subject, deprel="acl")
        yield second, replace(view[second], head=above, deprel=view[first].deprel)
        for index in view.children(first):
            if index > second and index != subject:
                yield index, replace(view[index], head=second)
        return


@related("agent")
def _second_party(view: View, agent: int, _: Lexicon) -> Changes:
    """As in "between troops led by X and the rebels": it takes two, so the rebels are the other."""
    clause = view[agent].head
    noun = view[clause].head
    prep = view[noun].head
    if view[prep].form.lower() != "between" or view[noun].deprel != "pobj":
        return
    doers = view.children(agent, "pobj")
    others = [i for doer in doers for i in view.children(doer, "conj")]
    if len(others) != 1 or view.children(noun, "conj") or view[clause].deprel != "acl":
        return
    joints = [i for i in view.children(doers[0], "cc") if i < others[0]]
    yield from view.hung((*joints, *others), noun)


@formed("results")
def _results_in(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "an explosion at a plant in Lima results in ten deaths": Lima has no results."""
    token, place = view[verb], verb - 1
    prep, event, into = token.head, view[token.head].head, verb + 1
    told = replace(token, lemma="result", upos="VERB", xpos="VBZ", head=verb, deprel="ROOT")
    if token.deprel == "ROOT" and token.xpos == "NNS" and view.children(verb, "nsubj"):
        yield verb, told
        return
    while view[event].deprel in ("pobj", "prep"):
        event = view[event].head
    named = view[place].deprel == "compound" and view[place].head == verb
    behind = into < view.last and view[into].form == "in" and view[into].head in (event, verb)
    if token.deprel != "pobj" or not named or not behind or view[event].head != event:
        return
    yield from view.hung((i for i in view.children(verb) if i != place), place)
    yield place, replace(view[place], head=prep, deprel="pobj")
    yield from view.hung((i for i in view.children(event) if i > verb), verb)
    yield into, replace(view[into], head=verb)
    yield event, replace(view[event], head=verb, deprel="nsubj")
    yield verb, told


VERB_REPAIRS: tuple[Repair, ...] = (
    _verb_with_determiner,
    _clause_as_object,
    _event_as_clause,
    _as_noun,
    _subject_as_object,
    _counted_sufferer,
    _sufferer_as_second,
    _sufferer_as_object,
    _sufferer_before_date,
    _joined_to_main,
    _given_to,
    _participle_as_clause,
    _second_party,
    _results_in,
)
