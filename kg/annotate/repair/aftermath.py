"""Repairs of clauses that tell what harm came of: "was killed and a boy hurt after a wall fell"."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_one_of

_SUBJECTS = ("nsubj", "nsubjpass")
_BEHIND = ("in", "during", "from", "after", "following", "off", "near", "at")
_WITHIN = ("in", "during", "from", "by", "amid", "after")


@related("mark")
def _sufferer_before_mark(view: View, mark: int, lexicon: Lexicon) -> Changes:
    """As in "one is killed and a boy hurt after a gunman opened fire": the boy is hurt by then.

    What is told behind "after" was joined to the first verb, and the boy made a subject of it.
    """
    verb = view[mark].head
    subjects = view.children(verb, *_SUBJECTS)
    if len(subjects) != 2 or not subjects[0] < mark < subjects[1]:
        return
    if view[verb].deprel == "conj":
        yield from _second_sufferer(view, subjects[0], view[verb].head, mark, lexicon)
        if any(view[i].lemma in lexicon.slots.harmed for i in view.children(subjects[0], "acl")):
            head = view.children(subjects[0], "acl")[0]
            yield verb, replace(view[verb], head=head, deprel="advcl")


def _second_sufferer(view: View, sufferer: int, first: int, mark: int, lexicon: Lexicon) -> Changes:
    """Makes a clause of somebody and the participle right before the mark."""
    told = [i for i in view.children(sufferer, "acl") if i < mark]
    passive = view.children(first, "auxpass") and view[first].lemma in lexicon.slots.harmed
    if not told or not passive or view[told[0]].lemma not in lexicon.slots.harmed:
        return
    yield sufferer, replace(view[sufferer], head=told[0], deprel="nsubjpass")
    yield told[0], replace(view[told[0]], upos="VERB", xpos="VBN", head=first, deprel="conj")


@formed("missing", "unaccounted")
def _told_of_missing(view: View, missing: int, _: Lexicon) -> Changes:
    """As in "ten are dead and two missing after a fire in X": so are the dead."""
    some = view[missing].head
    verb = view[some].head
    beside = (
        view[missing].deprel == "amod" and view[some].deprel == "conj" and verb < some < missing
    )
    if beside and view[verb].upos in ("VERB", "AUX"):
        below = (i for i in view.children(missing, "prep") if view[i].form.lower() in _BEHIND)
        yield from view.hung(below, verb)


@related("conj")
def _event_before_passive(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "one was killed and a boy hurt after a bus was hit": the bus was hit, not the boy."""
    first, passives = view[verb].head, view.children(verb, "auxpass")
    sufferers = view.children(verb, "nsubjpass")
    if not passives or len(sufferers) not in (1, 2):
        return
    for participle in view.children(sufferers[0], "acl"):
        for prep in view.children(participle, "prep"):
            things = [*view.children(prep, "pobj"), *sufferers[1:]]
            timed = view[prep].form.lower() in lexicon.slots.clause_prepositions
            if not timed or len(things) != 1 or not participle < prep < things[0] < passives[0]:
                continue
            yield from _second_sufferer(view, sufferers[0], first, prep, lexicon)
            yield prep, replace(view[prep], head=verb, deprel="mark")
            yield things[0], replace(view[things[0]], head=verb, deprel="nsubjpass")
            yield verb, replace(view[verb], head=participle, deprel="advcl")
            return


@tagged("VBN", "VBD", by=("acl", "advcl"))
def _with_sufferers(view: View, participle: int, lexicon: Lexicon) -> Changes:
    """As in "killing ten with another five wounded": a clause of what else was done."""
    token, slots = view[participle], lexicon.slots
    if token.lemma not in slots.harmed or view.children(participle, "agent", "mark", *_SUBJECTS):
        return
    noun = token.head if token.deprel == "acl" else participle - 1
    while noun > view.first and view[noun].head == participle:
        noun -= 1  # "five critically wounded"
    prep = view[noun].head
    above = view[prep].head
    counted = view[noun].xpos == "CD" or view.children(noun, "nummod")
    plain = view[noun].deprel == "pobj" and view[prep].form.lower() == "with"
    if plain and counted and view[above].upos == "VERB" and view[above].lemma in slots.harms:
        yield noun, replace(view[noun], head=participle, deprel="nsubjpass")
        yield prep, replace(view[prep], head=participle, deprel="mark")
        yield participle, replace(token, upos="VERB", xpos="VBN", head=above, deprel="advcl")


@tagged("VBD", "VBZ", by=("acl", "relcl"))
def _main_verb_behind_doer(view: View, verb: int, _: Lexicon) -> Changes:
    """As in "A bus operated by a firm overturned near Lima": the bus did, nobody but it can.

    The sentence has no other main verb, and the one behind the doer was taken for a word of his.
    """
    doer = view[verb].head
    if view.children(verb, *_SUBJECTS, "auxpass"):
        return
    thing = _operated(view, doer)
    if thing is None or doer > verb:
        return
    yield from as_main(view, verb, thing)


@tagged("NNS", by=("pobj",))
def _main_verb_as_noun(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "A plane chartered by a charity crashes in X": no crash charters a plane."""
    token = view[verb]
    thing = _operated(view, verb)
    lemma = next((i for i in (token.form[:-1], token.form[:-2]) if i in lexicon.verbs), None)
    doers = [i for i in view.children(verb, "compound") if i == verb - 1]
    if thing is None or not doers or lemma is None:
        return
    own = [i for i in view.children(verb, "det", "amod", "compound", "poss") if i != doers[0]]
    one = view[doers[0]].xpos == "NNP" or any(view[i].form.lower() in ("a", "an") for i in own)
    if not one:  # "operated by the army units"
        return
    yield from view.hung(own, doers[0])
    yield doers[0], replace(view[doers[0]], head=token.head, deprel="pobj")
    yield from as_main(view, verb, thing)
    yield verb, replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="ROOT")


def _operated(view: View, doer: int) -> int | None:
    """The thing that is the whole sentence, if the doer is who runs it: "a bus operated by X"."""
    by = view[doer].head
    participle = view[by].head
    thing = view[participle].head
    told = view[doer].deprel == "pobj" and view[by].deprel == "agent"
    alone = view[participle].deprel == "acl" and view[thing].deprel == "ROOT"
    return thing if told and alone and view[thing].upos in ("NOUN", "PROPN") else None


def as_main(view: View, verb: int, thing: int) -> Changes:
    """Makes the verb the root and the thing its subject; what follows the verb hangs on it."""
    yield verb, replace(view[verb], head=verb, deprel="ROOT")
    yield thing, replace(view[thing], head=verb, deprel="nsubj")
    for above in (thing, *view.children(thing, "acl")):
        for index in view.children(above):
            if index > verb and view[index].deprel in ("acl", "advcl", "punct", "prep"):
                deprel = "advcl" if view[index].deprel == "acl" else view[index].deprel
                yield index, replace(view[index], head=verb, deprel=deprel)


@tagged("VBG", by=("pcomp", "pobj"))
def _violence_as_verb(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "killed in shelling", "the toll from fighting in X": nobody who is told of shells."""
    token, prep = view[index], view[index].head
    form = token.form.lower()
    if view[prep].form.lower() not in _WITHIN or index != prep + 1:
        return
    above = view[prep].head
    words = (view[above].lemma, f"{view[above - 1].lemma} {view[above].lemma}")
    harmed = any(_tells(word, ("HarmEvent",), lexicon) for word in words)
    violent = harmed and _tells(form, ("CombatEvent", "Explosion", "Disaster"), lexicon)
    if violent and not view.children(index, "dobj", "aux", *_SUBJECTS):
        yield index, replace(token, lemma=form, upos="NOUN", xpos="NN", deprel="pobj")


@related("appos", below=("nsubj",))
def _harmed_before_comma(view: View, actor: int, lexicon: Lexicon) -> Changes:
    """As in "after a virus kills ten people, the mayor declares ...": ten people declare nothing.

    Those harmed were taken for the subject of the main clause, and the mayor for another name.
    """
    people = view[actor].head
    verb, start = view[people].head, min([people, *_within(view, people)])
    harm, comma = start - 1, people + 1
    if harm < view.first or view[harm].lemma not in lexicon.slots.harms or actor < people:
        return
    beside = view[harm].deprel == "advcl" and view[harm].head == verb and verb > actor
    if not beside or view[comma].form != "," or view.children(harm, "dobj", "nsubj"):
        return
    for prep in (*view.children(verb, "prep"), *view.children(harm, "prep")):
        nouns = view.children(prep, "pobj")
        before = prep < harm and view[prep].form.lower() in lexicon.slots.clause_prepositions
        if before and len(nouns) == 1:
            yield nouns[0], replace(view[nouns[0]], head=harm, deprel="nsubj")
            yield prep, replace(view[prep], upos="SCONJ", head=harm, deprel="mark")
            yield people, replace(view[people], head=harm, deprel="dobj")
            yield comma, replace(view[comma], head=verb)
            yield actor, replace(view[actor], head=verb, deprel="nsubj")
            return


def _within(view: View, noun: int) -> list[int]:
    """The words of a count before a noun: "at least 17 people"."""
    return [i for i in range(max(view.first, noun - 5), noun) if view.is_below(i, noun)]


def _tells(word: str, kinds: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the word may tell of such an event."""
    triggers = (*lexicon.verbs.get(word, ()), *lexicon.nouns.get(word, ()))
    return any(is_one_of(each.type, kinds) for each in triggers)


@tagged("VBD", "VBN", by=("conj",))
def _second_of_claimed(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "claims to have shot down a jet, and captured its pilot": he claims both."""
    token, cue = view[verb], view[verb].head
    if view[cue].lemma not in lexicon.report_verbs:
        return
    if view.children(verb, *_SUBJECTS, "aux", "auxpass", "ccomp"):
        return
    for told in view.children(cue, "xcomp"):
        perfect = any(view[i].form.lower() == "have" for i in view.children(told, "aux"))
        if perfect and cue < told < verb:
            yield verb, replace(token, xpos="VBN", head=told)
            joints = (i for i in view.children(cue, "cc") if told < i < verb)
            yield from view.hung(joints, told)


@tagged("VBP", "VBZ", "VBD", by=("conj",))
def _event_before_active(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "two are shot dead and a boy hurt after men open fire": the men do, and not the boy."""
    first, subjects = view[verb].head, view.children(verb, "nsubj")
    told = [i for each in subjects[:1] for i in view.children(each, "acl", "amod") if i > each]
    if len(told) != 1 or not view.children(first, "auxpass"):
        return
    form = view[told[0]].lemma
    harmed = (form, form.removesuffix("d"), form.removesuffix("ed"))
    lemma = next((each for each in harmed if each in lexicon.slots.harmed), None)
    for prep in view.children(told[0], "prep") if lemma is not None else ():
        doers = [*view.children(prep, "pobj"), *subjects[1:]]
        timed = view[prep].form.lower() in lexicon.slots.clause_prepositions
        if lemma is not None and timed and doers == [verb - 1]:
            hurt = replace(view[told[0]], lemma=lemma, upos="VERB", xpos="VBN")
            yield subjects[0], replace(view[subjects[0]], head=told[0], deprel="nsubjpass")
            yield told[0], replace(hurt, head=first, deprel="conj")
            yield prep, replace(view[prep], head=verb, deprel="mark")
            yield doers[0], replace(view[doers[0]], head=verb, deprel="nsubj")
            yield verb, replace(view[verb], head=told[0], deprel="advcl")


@related("mark")
def _event_before_telling(view: View, mark: int, lexicon: Lexicon) -> Changes:
    """As in "states aiming to unite after the exit of X announce Y": the states do, and no exit."""
    verb = view[mark].head
    subjects = view.children(verb, *_SUBJECTS)
    told = view[verb].deprel == "ROOT" and view[verb].lemma in lexicon.report_verbs
    told = told and view[mark].form.lower() in lexicon.operators.junctions["background"]
    if not told or len(subjects) != 2 or not subjects[0] < mark < subjects[1]:
        return
    event = subjects[1]
    if view[event].lemma in lexicon.nouns and view[event].lemma not in lexicon.report_nouns:
        above = max((i for i in range(subjects[0], mark) if view[i].upos == "VERB"), default=verb)
        yield mark, replace(view[mark], head=above, deprel="prep")
        yield event, replace(view[event], head=mark, deprel="pobj")


@related("prep", below=("advcl", "conj"))
def _paid_back_after_harm(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "launches strikes, killing two, in revenge for a raid": the raid did not kill them.

    What is done to pay back is the strikes; it was hung on the harm that came of them.
    """
    token = view[prep]
    paid = any(view[i].lemma in lexicon.slots.paid_back for i in view.children(prep, "pobj"))
    if not paid or view[prep - 1].form != "," or view[token.head].lemma not in lexicon.slots.harmed:
        return
    above = token.head
    while view[above].xpos == "VBG" and view[above].deprel in ("advcl", "conj"):
        above = view[above].head
    if above != token.head and view[above].upos == "VERB":
        yield prep, replace(token, head=above)


AFTERMATH_REPAIRS: tuple[Repair, ...] = (
    _told_of_missing,
    _event_before_telling,
    _sufferer_before_mark,
    _event_before_passive,
    _event_before_active,
    _with_sufferers,
    _main_verb_behind_doer,
    _main_verb_as_noun,
    _violence_as_verb,
    _second_of_claimed,
    _harmed_before_comma,
    _paid_back_after_harm,
)
"""In the order in which they are tried."""
