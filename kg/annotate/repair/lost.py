"""Repairs of sentences without a finite verb, whose verb was taken for the last noun before it."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.nounlike import as_verb
from kg.annotate.repair.step import Changes, Repair, related, roots, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon

_FINITE = ("VBZ", "VBP", "VBD", "MD")
_TOPS = ("ROOT", "conj")
_PLURAL = ("NNS", "NNPS")
_SINGLE = ("NNS", "VBZ")  # how the verb of one, of many, was tagged
_MANY = ("NN", "VBP")
_PRESENT = ("VBZ", "VBP")
_NOMINAL = ("pobj", "compound", "nmod", "amod", "appos")
_OF_NOUNS = ("det", "amod", "poss", "nummod", "compound", "nmod")
_OF_OBJECT = ("det", "amod", "poss", "nummod")
_SETTING = ("in", "during", "after", "amid", "over")
_BEGINNING = ("CD", "DT", "PRP$", "NNP")
_UNPLACED = ("appos", "dobj", "pobj", "nmod", "conj", "dative", "oprd")
_LONG = 8  # words of a name or a number before what they name or count
_WITHIN = ("pobj", "conj", "dobj", "appos")


@roots
def _verb_behind_noun(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "Voters in X vote to ban Y", "A bus carrying fans crashes in X".

    The noun right before the verb became a part of it, and nothing else can be the verb.
    """
    subject = _subject(view, root)
    if subject is None or _has_verb(view, root):
        return
    within = [i for i in view.at(_PRESENT) if subject < i < view.last - 1]
    tagged = [i for i in within if view[i].deprel in _NOMINAL]
    for verb in tagged or range(subject + 2, view.last - 1):
        lemma = _lost(view, verb, subject, lexicon)
        if lemma is None:
            continue
        token, noun = view[verb], _first(view, verb - 1)
        xpos = "VBZ" if token.xpos in _SINGLE else "VBP"
        left = [i for i in view.children(verb) if i < noun]
        joint = min([*left, noun]) - 1
        other = token.deprel == "conj" and view[joint].deprel == "cc"  # "X of Y and Z meet"
        head = view[joint].head if other else token.head
        yield noun, replace(view[noun], head=head, deprel=token.deprel)
        yield from view.hung(left, noun)
        above = verb
        while above not in (root, subject):  # "a bus carrying fans crashes": not carrying there
            yield from _behind(view, above, verb)
            above = view[above].head
        yield from _around(view, root, subject, verb)
        yield subject, replace(view[subject], head=verb, deprel="nsubj")
        yield verb, replace(token, lemma=lemma, upos="VERB", xpos=xpos, head=verb, deprel="ROOT")
        return


def _around(view: View, root: int, subject: int, verb: int) -> Changes:
    """What was the head of the sentence, and what hangs on it, as they are beside the verb."""
    yield from _behind(view, subject, verb)
    if root == subject:
        return
    if view[root].xpos == "VBN":
        yield from _behind(view, root, verb)
        yield root, replace(view[root], head=subject, deprel="acl")
        return
    before = [i for i in view.children(root) if i < verb and i != subject]
    yield from view.hung(before, verb)
    yield from view.hung(view.children(root, "punct"), verb)
    beside = view[verb + 1].xpos == "TO"
    yield root, replace(view[root], head=verb, deprel="xcomp" if beside else "advcl")


def _subject(view: View, root: int) -> int | None:
    """The noun that a sentence of a noun, or of an infinitive with a subject, is about.

    So too of a participle right behind it: "Gunmen linked to X attack Y".
    """
    if view[root].upos in ("NOUN", "PROPN"):
        return root
    marked = any(view[i].xpos == "TO" for i in view.children(root, "aux"))
    subjects = view.children(root, "nsubj")
    bare = view[root].xpos == "VBN" and not view.children(root, "aux", "auxpass")
    told = (view[root].xpos == "VB" and marked) or (bare and subjects == [root - 1])
    return subjects[0] if told and len(subjects) == 1 else None


def _has_verb(view: View, root: int) -> bool:
    found = (i for tag in _FINITE for i in view.places.get(tag, ()))
    return any(view[i].deprel in _TOPS for i in found) or bool(
        view.children(root, "cop", "nsubj") and view[root].upos != "VERB"
    )


def _lost(view: View, verb: int, subject: int, lexicon: Lexicon) -> str | None:
    """The verb that a noun must be: of the number of the subject, with another as its part."""
    token, noun = view[verb], _first(view, verb - 1)
    many = view[subject].xpos in _PLURAL or bool(view.children(subject, "conj"))
    if token.xpos not in (_MANY if many else _SINGLE) or token.deprel not in _WITHIN:
        return None
    named = view[noun].deprel == "amod" and view[noun].upos == "PROPN"  # "rain in X triggers Y"
    part = view[noun].head == verb and (named or view[noun].deprel in ("compound", "nmod"))
    last = view[verb + 1].form == "." and _is_noun(token.lemma, lexicon)
    if not part or not _is_within(view, verb, subject) or last:
        return None
    own = _is_event(view, verb, lexicon) or view.children(verb, "nummod")
    held = token.deprel != "dobj" or view[token.head].xpos == "VBG"
    known = not any(view[i].lemma in lexicon.verbs for i in view.children(subject, "compound"))
    return as_verb(view, verb, lexicon) if held and known and not own else None


def _is_event(view: View, verb: int, lexicon: Lexicon) -> bool:
    """As in "men hurt in a drone strike on X", "two held in police raid": told by a noun.

    With several who may do it, a bare noun before it tells nothing else.
    """
    token, noun = view[verb], view[verb - 1]
    if token.lemma not in lexicon.nouns:
        return False
    first = _first(view, verb - 1)
    told = view.children(first, "det", "poss") or view.children(verb, "det", "poss")
    bare = noun.upos != "PROPN" and not told
    whole = f"{noun.form.lower()} {token.lemma}" in lexicon.nouns
    above = view[view[token.head].head]
    suffered = above.xpos == "VBN" and view[token.head].form.lower() in _SETTING
    hurt = suffered or above.lemma in lexicon.slots.harms  # "held in Paris march"
    return hurt or (token.xpos == "NN" and (bare or whole))


def _is_within(view: View, verb: int, subject: int) -> bool:
    head = view[subject].head
    return view.is_below(verb, subject) or (view[head].xpos == "VBN" and view.is_below(verb, head))


def _is_noun(lemma: str, lexicon: Lexicon) -> bool:
    return lemma in lexicon.nouns or lemma in lexicon.noun_classes


def _first(view: View, noun: int) -> int:
    """The first of those that "and" joins."""
    while view[noun].deprel == "conj" and view[noun].head < noun:
        noun = view[noun].head
    return noun


def _behind(view: View, head: int, verb: int) -> Changes:
    """What stands behind the verb, with the relation that it has to one."""
    for index in view.children(head):
        token = view[index]
        if index <= verb:
            continue
        marked = any(view[i].xpos == "TO" for i in view.children(index, "aux"))
        that = any(view[i].form.lower() == "that" for i in view.children(index, "mark"))
        start = min([*view.children(index), index])
        deprel = token.deprel
        if deprel in ("appos", "dobj") and view[start - 1].form != ",":
            deprel = "dobj"
        elif deprel in ("acl", "relcl", "advcl") and marked:
            deprel = "xcomp"
        elif deprel in ("acl", "relcl", "ccomp") and that:
            deprel = "ccomp"
        elif deprel == "acl":
            deprel = "advcl"
        yield index, replace(token, head=verb, deprel=deprel)


@roots
def _verb_with_subject(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "The Norsk, a tanker, sinks after a fire": a noun that has a subject, but no copula."""
    token, subjects = view[root], view.children(root, "nsubj", "nsubjpass")
    if token.upos != "NOUN" or len(subjects) != 1 or view.children(root, "cop", *_OF_NOUNS):
        return
    many = view[subjects[0]].xpos in _PLURAL or bool(view.children(subjects[0], "conj"))
    lemma = as_verb(view, root, lexicon) if token.xpos in (_MANY if many else _SINGLE) else None
    if lemma is not None and subjects[0] < root < view.last - 2:
        xpos = "VBP" if many else "VBZ"
        yield root, replace(token, lemma=lemma, upos="VERB", xpos=xpos)
        yield from _behind(view, root, root)


@related("appos", below=("pobj",))
def _clause_behind_apposition(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "fled before the gunman, a former pupil, shot X": the gunman shot X, not who fled."""
    noun = view[index].head
    prep = view[noun].head
    above, inside = view[prep].head, [i for i in view.indices() if view.is_below(i, index)]
    comma, verb = inside[-1] + 1, inside[-1] + 2
    if view[prep].form.lower() not in lexicon.slots.clause_prepositions or verb >= view.last:
        return
    finite = view[verb].xpos in ("VBD", "VBZ", "VBP") and not view.children(verb, "nsubj")
    if view[comma].form != "," or not finite or view[above].upos != "VERB" or above > prep:
        return
    if view[verb].head == verb:
        if view[above].head != verb or view[above].deprel != "ccomp":
            return
        yield above, replace(view[above], head=above, deprel="ROOT")
        yield from view.hung((i for i in view.children(verb, "punct") if i > verb), above)
    elif view[verb].head != above:
        return
    yield noun, replace(view[noun], head=verb, deprel="nsubj")
    yield prep, replace(view[prep], head=verb, deprel="mark")
    yield verb, replace(view[verb], head=above, deprel="advcl")


@tagged("VBD", by=("conj",))
def _past_behind_present(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "officials say that X has left and gave up Y": it is X that gave it up."""
    said = view[index].head
    told = [i for i in view.children(said, "ccomp") if said < i < index]
    if view[said].xpos not in _PRESENT or view[said].lemma not in lexicon.report_verbs or not told:
        return
    clause = told[-1]
    past = view[clause].xpos == "VBD" or any(
        view[i].lemma == "have" for i in _helpers(view, clause)
    )
    own = view.children(index, "nsubj", "nsubjpass", "aux", "auxpass")
    if past and not own and view.children(clause, "nsubj", "nsubjpass"):
        yield index, replace(view[index], head=clause)
        yield from view.hung((i for i in view.children(said, "cc") if clause < i < index), clause)


@tagged("VBD", "VBN", by=("conj",))
def _participle_beside_apposition(view: View, index: int, _: Lexicon) -> Changes:
    """As in "X, a poet and nominated for a prize in 1991, dies": all of it before the verb."""
    above = view[index].head
    name = view[above].head if view[above].deprel == "appos" else above
    told, verb = view.children(name, "appos"), view[name].head
    if view[name].deprel not in ("nsubj", "nsubjpass") or not (told and told[-1] < index < verb):
        return
    if not view.children(index, "nsubj", "nsubjpass", "aux", "auxpass", "dobj"):
        yield index, replace(view[index], upos="VERB", xpos="VBN", head=name, deprel="acl")
        later = (i for i in view.children(above, "cc", "conj") if index < i < verb)
        yield from view.hung(later, index)


def _helpers(view: View, verb: int) -> list[int]:
    return view.children(verb, "aux", "auxpass")


@tagged("NNS", by=("conj",))
def _verb_before_phrase(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "kills ten and traps 40 others", "sanctions two firms and fines X": no traps die.

    A plural with the form of a listed verb, right after "and", where a number, an article or a name
    begins another phrase right behind it.
    """
    token, first, after = view[index], view[index].head, index + 1
    if after >= view.last or view[after].xpos not in _BEGINNING or view[index - 1].deprel != "cc":
        return
    lemma, main = token.form.lower().removesuffix("s"), _present_above(view, first)
    if main is None:
        return
    thing, left = after, [i for i in view.children(index) if i < index]
    while after <= view[thing].head < after + _LONG and view[thing].head != thing:
        thing = view[thing].head
    counted = view[after].xpos == "CD" and view[thing].form.lower() == "more"
    known = view[thing].upos in ("NOUN", "PROPN", "NUM") or counted
    known = known and view[thing].deprel in _UNPLACED
    listed = lemma in lexicon.verbs or lemma in lexicon.report_verbs
    listed = listed or view[thing].form.lower() == "others"
    if left or not (known and listed) or thing in (main, first):
        return
    before = [i for i in view.children(thing) if i < index]
    if before:  # "the goods of a firm and sanctions two others": the firm was a part of these
        yield first, replace(view[first], head=view[thing].head, deprel=view[thing].deprel)
        yield from view.hung((i for i in before if i != first), first)
    yield thing, replace(view[thing], head=index, deprel="dobj")
    if counted:  # "twelve more", where the number tells of whom
        yield after, replace(view[after], head=index, deprel="dobj")
        yield thing, replace(view[thing], head=after, deprel="advmod")
    verb = replace(token, lemma=lemma, upos="VERB", xpos="VBZ")
    yield index, replace(verb, head=main, deprel="conj")
    yield index - 1, replace(view[index - 1], head=main)


def _present_above(view: View, index: int) -> int | None:
    """The verb in the present that a noun is below, through nouns and prepositions alone."""
    while view[index].upos in ("NOUN", "PROPN", "NUM", "ADP") and view[index].head != index:
        index = view[index].head
    return index if view[index].xpos == "VBZ" and view[index].upos == "VERB" else None


@tagged("NN", by=("nmod", "compound"))
def _base_form_of_deed(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "the M23 ambush Congolese troops": who is told by name, and no troops of an ambush."""
    noun, who = view[verb].head, verb - 1
    token, lemma = view[noun], view[verb].lemma
    alone = token.xpos == "NNS" and token.deprel in ("ROOT", "relcl")
    if not alone or view[who].head != verb or view[who].upos != "PROPN":
        return
    if lemma not in lexicon.verbs or view.children(noun, "nsubj", "nsubjpass", "cop"):
        return
    described = view[verb + 1].head == noun and view[verb + 1].deprel in _OF_OBJECT
    if not described or verb + 1 == noun:
        return
    start = min(i for i in view.indices() if view.is_below(i, who))
    above = verb if token.head == noun else token.head
    yield verb, replace(view[verb], upos="VERB", xpos="VBP", head=above, deprel=token.deprel)
    yield who, replace(view[who], deprel="nsubj")
    yield noun, replace(token, head=verb, deprel="dobj")
    yield from view.hung((i for i in view.children(noun) if i > noun or i < start), verb)


LOST_REPAIRS: tuple[Repair, ...] = (
    _verb_behind_noun,
    _verb_with_subject,
    _clause_behind_apposition,
    _past_behind_present,
    _participle_beside_apposition,
    _verb_before_phrase,
    _base_form_of_deed,
)
"""In the order in which they are tried."""
