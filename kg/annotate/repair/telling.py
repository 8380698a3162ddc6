"""Repairs of what is told in the words of somebody, or beside them."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.vocab import is_a

_DOERS = ("nsubj", "nsubjpass")
_SUFFERING = ("dobj", "nsubjpass")


@formed(";")
def _behind_semicolon(view: View, mark: int, lexicon: Lexicon) -> Changes:
    """As in "X says Y fled; Z denies it": X says nothing of Z."""
    for second in view.at(("ccomp",)):
        cue = view[second].head
        firsts = [i for i in view.children(second, "ccomp") if cue < i < mark]
        apart = cue < mark < second and mark < min(view.children(second, *_DOERS), default=0)
        if not apart or not firsts or view[cue].lemma not in lexicon.report_verbs:
            continue
        yield firsts[0], replace(view[firsts[0]], head=cue)
        yield second, replace(view[second], deprel="conj")
        return


@formed("what")
def _so_called(view: View, what: int, lexicon: Lexicon) -> Changes:
    """As in "raided what it called a base", "fired at what it described as a boat": at the boat."""
    verb = view[what].head
    if view[verb].lemma not in lexicon.reporting.describing or view[verb].head == verb:
        return
    behind = [p for a in view.children(verb, "prep") for p in view.children(a, "pobj")]
    things = [i for i in (*view.children(verb, "oprd"), *behind) if i > verb]
    relation = {"pcomp": "pobj", "ccomp": "dobj"}.get(view[verb].deprel)
    if not things or relation is None or not view.children(verb, "nsubj"):
        return
    yield things[0], replace(view[things[0]], head=view[verb].head, deprel=relation)
    yield verb, replace(view[verb], head=things[0], deprel="relcl")
    yield from view.hung(_after(view, verb, things[0]), things[0])


def _after(view: View, verb: int, thing: int) -> list[int]:
    """What tells more of the thing: "what it called bases in X"."""
    return [i for i in view.children(verb, "prep") if i > thing]


@formed("that")
def _that_as_object(view: View, index: int, _: Lexicon) -> Changes:
    """As in "rejected that as a lie", "called that a lie": a pronoun, and no conjunction."""
    token, noun = view[index], view[index].head
    if token.deprel == "dobj" and token.xpos == "IN" and noun < index:
        yield index, replace(token, upos="PRON", xpos="DT")
    verb, label = view[noun].head, view[noun].deprel == "dobj" and view.children(noun, "det")
    if token.deprel == "mark" and view[noun].upos == "NOUN" and label and verb == index - 1:
        yield index, replace(token, upos="PRON", xpos="DT", head=verb, deprel="dobj")
        yield noun, replace(view[noun], deprel="oprd")


@formed("that")
def _that_clause(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "was fined for reporting that X fled": the clause was hung on the verb above.

    No clause with "that" tells when or why; the word of saying stands right before it.
    """
    verb, before = view[index].head, index - 1
    loose = view[index].deprel == "mark" and view[verb].deprel == "advcl" and verb > index
    if not loose or before < view.first or view[verb].head == before:
        return
    if view[before].xpos.startswith("VB") and view[before].lemma in lexicon.report_verbs:
        yield verb, replace(view[verb], head=before, deprel="ccomp")
    elif view[before].upos == "NOUN" and view[before].lemma in lexicon.report_nouns:
        yield verb, replace(view[verb], head=before, deprel="acl")


@related("ccomp")
def _clause_after_object(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "declares a curfew and the police arrest X": who declares it says nothing of X."""
    cue = view[verb].head
    objects = [i for i in view.children(cue, "dobj") if cue < i < verb]
    subjects = view.children(verb, "nsubj", "nsubjpass")
    if not objects or not subjects or view.children(verb, "mark"):
        return
    if view[cue].lemma not in lexicon.report_verbs:
        return  # "leaves one dead and two injured"
    joint = min(view.children(subjects[0], "det", "amod", "compound", "nummod"), default=0)
    joint = min(joint or subjects[0], subjects[0]) - 1
    if view[joint].deprel == "cc" and view[joint].head in (cue, *objects):
        yield verb, replace(view[verb], deprel="conj")
        yield joint, replace(view[joint], head=cue)


@formed("that")
def _speaker_before_noun(view: View, that: int, lexicon: Lexicon) -> Changes:
    """As in "with the airline warning that X": the participle was taken for a noun."""
    said, clause = that - 1, view[that].head
    verb, speaker = _verb_of(view, said, lexicon), said - 1
    if verb is None or view[that].deprel != "mark" or speaker < view.first:
        return
    prep = view[said].head
    hung = view[said].deprel == "pobj" and view[prep].form.lower() == "with"
    before = view[speaker].head == said and view[speaker].deprel in ("compound", "nmod")
    if not hung or not before:
        return
    left = [i for i in view.children(said) if i < speaker]
    yield from view.hung(left, speaker)
    yield speaker, replace(view[speaker], deprel="nsubj")
    yield said, replace(view[said], lemma=verb, upos="VERB", xpos="VBG", deprel="pcomp")
    yield clause, replace(view[clause], head=said, deprel="ccomp")


def _verb_of(view: View, index: int, lexicon: Lexicon) -> str | None:
    """The verb of saying that a noun in "-ing" is a form of."""
    form = view[index].form.lower()
    if index < view.first or view[index].upos != "NOUN" or not form.endswith("ing"):
        return None
    stem = form.removesuffix("ing")
    return next((each for each in (stem, stem + "e") if each in lexicon.report_verbs), None)


@tagged("VBG", by=("xcomp",))
def _hearers_who_act(view: View, deed: int, lexicon: Lexicon) -> Changes:
    """As in "told soldiers fighting there that he would pay": they fight, and he tells them so.

    The clause was taken for something that the hearers do.
    """
    verb = view[deed].head
    hearers = [i for i in view.children(verb, "dobj", "dative") if i < deed]
    told = view[verb].lemma in lexicon.report_verbs and not view.children(deed, "aux", "mark")
    clauses = [
        i
        for i in view.children(deed, "ccomp")
        if any(view[mark].form.lower() == "that" for mark in view.children(i, "mark"))
    ]
    if told and clauses and hearers and view[deed].lemma not in lexicon.report_verbs:
        yield deed, replace(view[deed], head=hearers[-1], deprel="acl")
        yield from view.hung(clauses, verb)


@formed("with")
def _beside_speech(view: View, prep: int, lexicon: Lexicon) -> Changes:
    """As in "X says Y fled, with Z warning of W": Z warns, whatever X says."""
    clause = view[prep].head
    above = view[clause].head
    told = view[clause].deprel == "ccomp" and above < clause < prep
    said = any(view[i].lemma in lexicon.report_verbs for i in view.children(prep, "pcomp"))
    if told and said and prep > view.first and view[prep - 1].form == ",":
        yield prep, replace(view[prep], head=above)


@related("advcl")
def _said_of_thing(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X says a plane flew low, claiming that ...": X claims it, and no plane does."""
    token, clause = view[index], view[index].head
    above = view[clause].head
    told = view[clause].deprel == "ccomp" and view[above].lemma in lexicon.report_verbs
    said = token.xpos == "VBG" and token.lemma in lexicon.report_verbs
    loose = view[index - 1].form == "," and not view.children(index, "nsubj", "mark", "aux")
    if not (told and said and loose and above < clause < index):
        return
    subjects = view.children(clause, "nsubj", "nsubjpass", "expl")
    kinds = [lexicon.noun_classes.get(view[i].lemma, "Entity") for i in subjects]
    things = all(view[i].upos == "NOUN" for i in subjects) and not any(
        is_a(k, "Agent") for k in kinds
    )
    if subjects and things:
        yield index, replace(token, head=above)


@related("ccomp")
def _warning_as_verb(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "declares a tsunami warning": a noun for words with its article, and no clause."""
    token, inner = view[index], index - 1
    form = token.form.lower()
    if token.xpos != "VBG" or form not in lexicon.report_nouns or inner <= token.head:
        return
    dets = [i for i in view.children(inner, "det") if view[i].form.lower() in ("a", "an")]
    alone = view.children(index, "nsubj") == [inner] and not view.children(index, "aux", "mark")
    if not dets or not alone or view.children(index, "dobj", "ccomp", "xcomp"):
        return
    yield index, replace(token, lemma=form, upos="NOUN", xpos="NN", deprel="dobj")
    yield inner, replace(view[inner], deprel="compound")
    yield from view.hung(dets, index)
    yield from view.hung(view.children(index, "advcl"), token.head)


@tagged("VBD", "VBN", by=("ccomp",))
def _described_speaker(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the group, called a gang by X, said it fled": the group says so."""
    said, speakers = view[verb].head, view.children(verb, "nsubj", "nsubjpass")
    if said < verb or view[said].lemma not in lexicon.report_verbs or len(speakers) != 1:
        return
    bare = not view.children(said, "nsubj") and not view.children(verb, "aux", "auxpass", "mark")
    closed = view[verb - 1].form == view[said - 1].form == "," and speakers[0] < verb - 1
    if not bare or not closed or view.children(speakers[0], "appos", "conj"):
        return
    yield speakers[0], replace(view[speakers[0]], head=said, deprel="nsubj")
    yield verb, replace(view[verb], xpos="VBN", head=speakers[0], deprel="acl")
    for called in view.children(verb, "dobj"):
        yield called, replace(view[called], deprel="oprd")
        by = [i for i in view.children(called, "prep") if view[i].form == "by"]
        yield from view.hung(by, verb, "agent")


@tagged("VBG", by=("acl",))
def _words_to_somebody(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "remarks that she made to reporters criticizing X": they do, not the reporters."""
    noun = view[verb].head
    if view[verb].lemma not in lexicon.report_verbs or view[noun].deprel != "pobj":
        return
    above = view[noun].head
    while view[above].form.lower() == "of" and view[view[above].head].deprel == "pobj":
        above = view[view[above].head].head
    if view[above].form.lower() != "to":
        return
    giving = view[above].head
    told = [*view.children(giving, "dobj"), view[giving].head]
    tables = (lexicon.report_nouns, lexicon.slots.authored)
    words = [i for i in told if i < noun and any(view[i].lemma in each for each in tables)]
    if words:
        yield verb, replace(view[verb], head=words[0])


@tagged("VBZ", "VBP", "VBD", by=("conj",))
def _said_by_another(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X says Y fled and Z says it did not": X says nothing of what Z says.

    In the past what X said may be what Z said at that time, unless a comma parts them.
    """
    token, clause = view[index], view[index].head
    cue = view[clause].head
    subjects = view.children(index, "nsubj")
    told = view[clause].deprel == "ccomp" and cue < clause < index and bool(subjects)
    if not told or {view[cue].lemma, token.lemma} - lexicon.report_verbs.keys():
        return
    named = view[index].lemma in lexicon.reporting.describing and view.children(index, "dobj")
    own = (named or view.children(index, "ccomp", "xcomp")) and not view.children(index, "mark")
    joint = min([*view.children(subjects[0]), subjects[0]]) - 1
    apart = view[joint - 1].form == "," or token.xpos != "VBD"
    tense = (view[cue].xpos == "VBD") == (token.xpos == "VBD")
    if own and tense and apart and view[joint].deprel == "cc" and view.children(cue, "nsubj"):
        yield index, replace(token, head=cue)
        yield joint, replace(view[joint], head=cue)


@tagged("VBD", by=("advcl", "conj", "relcl"))
def _said_to_be(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "X braces for a storm, reported to be the worst": the storm is, and X reports nothing.

    The past form is the participle, for whoever speaks needs somebody else who is something.
    """
    token, noun = view[index], index - 2
    said = token.lemma in lexicon.report_verbs and view[noun + 1].form == "," and noun > view.first
    clauses = [i for i in view.children(index, "xcomp") if view[i].xpos == "VB"]
    alone = not view.children(index, "nsubj", "nsubjpass", "dobj", "aux", "cc")
    own = token.lemma in lexicon.slots.object_control or token.lemma in lexicon.slots.self_said
    if said and alone and clauses and not own and view[noun].upos in ("NOUN", "PROPN"):
        yield index, replace(token, xpos="VBN", head=noun, deprel="acl")


@tagged("VBD", "VBN", by=("relcl",))
def _accused_beside(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "Lee, the mayor accused of theft, fled": the mayor is accused, and is Lee."""
    token, subjects = view[index], view.children(index, "nsubj")
    marker = lexicon.slots.accusing.get(token.lemma)
    charged = marker in [view[i].form.lower() for i in view.children(index, "prep")]
    if not marker or not charged or len(subjects) != 1 or view.children(index, "dobj", "aux"):
        return
    first = min([*view.children(subjects[0]), subjects[0]])
    if view[subjects[0]].upos == "NOUN" and view[first - 1].form == ",":
        yield subjects[0], replace(view[subjects[0]], head=token.head, deprel="appos")
        yield index, replace(token, xpos="VBN", head=subjects[0], deprel="acl")


@tagged("VBD", by=("ROOT", "ccomp", "conj"))
def _number_as_speaker(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "two reported militants are killed": nobody reports, they are reported to be such."""
    token, number = view[verb], verb - 1
    clauses = view.children(verb, "ccomp")
    if token.lemma not in lexicon.slots.supposing or not clauses or number < view.first:
        return
    counted = view[number].xpos == "CD" and view[number].deprel == "nsubj"
    people = view.children(clauses[0], "nsubj", "nsubjpass")
    if not counted or not people or view.children(clauses[0], "mark"):
        return
    if not view.is_below(verb + 1, people[0]):
        return
    top = clauses[0] if token.head == verb else token.head
    rest = [i for i in view.children(verb) if i not in (number, clauses[0])]
    yield clauses[0], replace(view[clauses[0]], head=top, deprel=token.deprel)
    yield verb, replace(token, upos="ADJ", xpos="VBN", head=people[0], deprel="amod")
    yield number, replace(view[number], head=people[0], deprel="nummod")
    yield from view.hung(rest, clauses[0])


@tagged("VBG", by=("acl",))
def _said_behind_place(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "files suits in three states alleging that X lied": the states allege nothing.

    Nor does the protest in "burned his flag in protest alleging that X lied".
    """
    token, above = view[verb], view[verb].head
    kind = lexicon.noun_classes.get(view[above].lemma, "Entity")
    deeds = lexicon.nouns.get(view[above].lemma, ())
    protest = view[above - 1].form.lower() == "in" and any(d.type == "Protest" for d in deeds)
    if not (is_a(kind, "Place") or protest) or token.lemma not in lexicon.report_verbs:
        return
    while view[above].upos != "VERB" and view[above].head != above:
        above = view[above].head
    if view[above].upos == "VERB" and view.children(verb, "ccomp"):
        yield verb, replace(token, head=above, deprel="advcl")


@related("dobj", "pobj")
def _second_name(view: View, label: int, lexicon: Lexicon) -> Changes:
    """As in "calls the killing of two men a massacre": that is what it is called."""
    above, relation = view[label].head, view[label].deprel
    things = view.children(above, relation)
    verb = above
    while view[verb].deprel in ("prep", "pobj", "dobj"):
        verb = view[verb].head
    if view[verb].lemma in lexicon.slots.naming and len(things) > 1 and label == things[-1]:
        yield label, replace(view[label], head=verb, deprel="oprd")


@related("relcl", below=("pobj",))
def _told_by_paper(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "a report from the ministry which suggests that": the report does, not its author."""
    author = view[verb].head
    prep = view[author].head
    paper = view[prep].head
    which = any(view[i].form.lower() in ("which", "that") for i in view.children(verb, "nsubj"))
    kind = lexicon.noun_classes.get(view[paper].lemma, "Entity")
    told = view[verb].lemma in lexicon.report_verbs and view[prep].form.lower() in ("from", "by")
    if which and told and is_a(kind, "InformationArtifact"):
        yield verb, replace(view[verb], head=paper)


@related("conj", below=("ccomp",))
def _also_done_by_speaker(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "X says Y needs help and also condemns Z": who says so condemns it."""
    first = view[verb].head
    cue = view[first].head
    also = [i for i in view.children(verb, "advmod") if view[i].form.lower() == "also"]
    joints = [i for i in view.children(first, "cc") if first < i < verb]
    judging = view[verb].lemma in lexicon.slots.judging and view[verb].xpos == view[cue].xpos
    told = view[cue].lemma in lexicon.report_verbs and not view.children(first, "mark")
    if judging and told and also and joints and not view.children(verb, *_DOERS):
        yield verb, replace(view[verb], head=cue)
        yield joints[-1], replace(view[joints[-1]], head=cue)


TELLING_REPAIRS: tuple[Repair, ...] = (
    _described_speaker,
    _that_as_object,
    _that_clause,
    _clause_after_object,
    _speaker_before_noun,
    _beside_speech,
    _hearers_who_act,
    _warning_as_verb,
    _said_of_thing,
    _behind_semicolon,
    _so_called,
    _words_to_somebody,
    _said_by_another,
    _said_to_be,
    _accused_beside,
    _said_behind_place,
    _told_by_paper,
    _second_name,
    _also_done_by_speaker,
    _number_as_speaker,
)
"""In the order in which they are tried."""
