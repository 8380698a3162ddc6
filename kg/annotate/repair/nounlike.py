"""Repairs of verbs that were taken for nouns, mostly in the present tense of headlines."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.speech import gerund_lemma
from kg.annotate.repair.step import Changes, Repair, roots, tagged
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a, is_one_of

_FINITE = ("VBD", "VBZ", "VBP")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_COLLECTIVE = ("police", "media")
_ACTING = ("Person", "PersonGroup", "Organization")
_LEFT_PARTS = ("compound", "nmod", "amod", "det", "poss", "nummod", "nsubj", "prep")
_BESIDE = ("conj", "det", "nummod")
_NOMINAL = ("acl", "relcl")
_OF_NOUNS = ("det", "compound", "amod", "nmod", "poss", "nummod")


@roots
def verb_as_noun(view: View, root: int, lexicon: Lexicon) -> Changes:
    """Present-tense verb taken for a noun: "a fighter jet intercepts a plane", "X claims to ...".

    A root noun whose form is that of a listed verb, with words before it that make a subject and
    an object, infinitive or that-clause after it, in a sentence without another finite root.
    """
    verb = as_verb(view, root, lexicon)
    if verb is None:
        return
    left = [i for i in view.children(root, *_LEFT_PARTS) if i < root]
    right = _right_parts(view, root)
    subjects = [i for i in left if view[i].upos in ("NOUN", "PROPN")]
    if not subjects or not right:
        return
    subject = subjects[-1]
    yield root, replace(view[root], lemma=verb, upos="VERB", xpos="VBZ", deprel="ROOT")
    yield subject, replace(view[subject], deprel="nsubj")
    yield from view.hung((i for i in left if i != subject), subject)
    yield from ((i, replace(view[i], deprel=deprel)) for i, deprel in right.items())


def as_verb(view: View, root: int, lexicon: Lexicon) -> str | None:
    """The listed verb that a noun token may be, or that a verb without subject is."""
    token = view[root]
    form = token.form.lower()
    forms: tuple[str, ...] = ()
    if token.xpos == "NN":
        forms = (form,)
    elif token.xpos == "NNS":
        forms = (form.removesuffix("s"), form.removesuffix("es"))
    elif token.xpos in ("VBZ", "VBP") and not view.children(root, "nsubj", "nsubjpass", "expl"):
        forms = (token.lemma,)
    for each in forms:
        listed = each in lexicon.verbs or each in lexicon.report_verbs
        if listed or each in lexicon.slots.object_control:
            return each
    return None


def _right_parts(view: View, root: int) -> dict[int, str]:
    """What follows the root and shows that it is a verb, with the relation that it then has."""
    found: dict[int, str] = {}
    for index in view.children(root):
        token = view[index]
        if index < root:
            continue
        marked = any(view[i].form.lower() == "that" for i in view.children(index, "mark"))
        if token.deprel in ("acl", "relcl", "ccomp") and marked:
            found[index] = "ccomp"
        elif token.deprel == "appos" and not _is_behind_comma(view, root, index):
            found[index] = "dobj"
        elif token.deprel in ("xcomp", "ccomp", "dobj"):
            found[index] = token.deprel
        elif _is_aim(view, root, index):
            found[index] = "xcomp"
    return found


def _is_aim(view: View, root: int, index: int) -> bool:
    """As in "The cabinet votes to close X": of a plural the infinitive right behind it, too."""
    marked = any(view[i].xpos == "TO" for i in view.children(index))
    perfect = view[index - 1].form == "have"  # "claims to have sunk X"
    beside = view[root].xpos == "NNS" and view[root + 1].xpos == "TO"
    beside = beside and index - perfect == root + 2
    return marked and (view[index].deprel == "advcl" or (beside and view[index].deprel in _NOMINAL))


def _is_behind_comma(view: View, root: int, index: int) -> bool:
    """Whether a comma parts a phrase from what stands before it."""
    start = min([index, *(i for i in view.children(index) if i < index)])
    return "," in (view[root + 1].form, view[start - 1].form)


@roots
def _only_verb(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "The army seized power on Tuesday": in a sentence of a noun alone the verb was lost.

    A past form right behind the noun that does it, both taken for modifiers of what it is done to.
    """
    if view[root].upos not in ("NOUN", "PROPN") or view.children(root, "nsubj", "cop"):
        return
    tops = (root, *view.children(root, "compound"))  # "elected hardliner X", of X or before it
    for verb in [i for top in tops for i in view.children(top, "amod")]:
        subject, top = verb - 1, view[verb].head
        named = view[subject].upos in ("NOUN", "PROPN") and view[subject].head == top
        if not named or view[verb].xpos != "VBN" or view[verb].lemma not in lexicon.verbs:
            continue
        yield from (
            (index, replace(view[index], head=verb if index > root else subject))
            for index in (*view.children(root), *view.children(top))
            if index > root or index < subject
        )
        yield subject, replace(view[subject], head=verb, deprel="nsubj")
        yield verb, replace(view[verb], xpos="VBD", head=verb, deprel="ROOT")
        yield root, replace(view[root], head=verb, deprel="dobj")
        return


@roots
def _verb_in_compound(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "the court issues arrest warrants": the verb was taken for a noun, a noun for it."""
    token, verb = view[root], root - 1
    nouns = view.children(root, "dobj") if token.xpos in ("VBP", "VB") else ()
    if verb <= view.first or not nouns:
        return
    named = f"{token.lemma} {view[nouns[0]].lemma}" in lexicon.nouns and nouns[0] == root + 1
    lemma = view[verb].form.lower().removesuffix("s")
    mistaken = view[verb].xpos == "NNS" and view[verb].deprel == "nsubj"
    left = [i for i in view.children(verb, *_OF_NOUNS) if i < verb]
    if not named or not mistaken or lemma not in lexicon.nominal_verbs or not left:
        return
    subject = left[-1]
    yield verb, replace(view[verb], lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="ROOT")
    yield subject, replace(view[subject], head=verb, deprel="nsubj")
    yield root, replace(token, upos="NOUN", xpos="NN", head=nouns[0], deprel="compound")
    yield from view.hung(left[:-1], subject)
    yield from view.hung((i for i in view.children(root) if i not in (verb, subject)), verb)


@tagged("NNS")
def _plural_after_article(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "when a Boeing 737 crashes near X", "A MiG-29 crashes": no plural follows "a"."""
    token = view[index]
    if token.deprel not in ("advcl", "ROOT", "ccomp", "relcl"):
        return
    lemma = token.form.lower().removesuffix("s")
    lemmas = (lemma, lemma.removesuffix("e"))
    known = (lexicon.verbs, lexicon.slots.effects)
    verb = next((each for each in lemmas if any(each in table for table in known)), None)
    left = [i for i in view.children(index, *_OF_NOUNS) if i < index]
    article = any(view[i].form.lower() in ("a", "an") for i in left)
    before = view[index - 1]
    single = token.head == index and before.head == index and before.deprel == "compound"
    if article and verb is not None and (single or _names_one(view, index - 1, lexicon)):
        yield index, replace(token, lemma=verb, upos="VERB", xpos="VBZ")
        subject = next(i for i in reversed(left) if view[i].upos != "NUM")
        yield subject, replace(view[subject], deprel="nsubj")
        yield from view.hung((i for i in left if i != subject), subject)
        beside = [i for i in view.children(index, "appos") if not _is_behind_comma(view, index, i)]
        yield from view.hung(beside, index, "dobj")
        outcomes = [i for i in view.children(index, "acl") if view[i].xpos == "VBG"]
        yield from ((i, replace(view[i], deprel="advcl")) for i in outcomes)


def _names_one(view: View, index: int, lexicon: Lexicon) -> bool:
    """A noun or "Boeing 737", but for "a dozen", "a record 12", which count what follows."""
    if view[index].upos == "NUM":
        index -= 1
        return view[index].upos == "PROPN" and view[index].head in (index + 1, index + 2)
    named = view[index].upos == "PROPN" and view[index].form.isalpha()
    named = named or view[index].lemma in lexicon.noun_classes
    return named and view[index].lemma not in lexicon.slots.measures


@tagged("NN", by=("compound", "nmod"))
def _verb_in_name(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "Police arrest John Brown", "Twin explosions rock Herat": subject and verb were taken
    for parts of the noun behind them.
    """
    token, subject, noun = view[verb], verb - 1, view[verb].head
    lemma = token.form.lower()
    if subject < view.first or noun < verb:
        return
    if lemma not in lexicon.verbs and lemma not in lexicon.slots.effects:
        return
    doer = view[subject]
    inside = doer.deprel in ("compound", "nmod") and doer.head in (verb, noun)
    if not inside or not _are_many_doers(doer, lexicon):
        return
    told = [i for i in view.children(noun, "acl") if view[i].xpos == "VBG"]
    told += [i for i in view.children(noun, "amod") if i > verb]  # "Kurds attack armed men"
    if view[noun].upos != "PROPN" and not told and not view.children(noun, *_BESIDE):
        return
    if not _may_be_clause(view, noun, lexicon):
        return
    above = view[noun].head
    root = above == noun or view[above].head == above
    yield from view.hung((i for i in view.children(noun) if i < subject), subject)
    named = subject > view.first and view[subject - 1].upos == doer.upos == "PROPN"
    upos, tag = ("PROPN", "NNPS") if named else ("NOUN", "NNS")  # "Bangladesh Police"
    yield subject, replace(doer, upos=upos, xpos=tag, head=verb, deprel="nsubj")
    yield noun, replace(view[noun], head=verb, deprel="dobj")
    after = view.children(noun, "prep", "advcl", "punct")
    yield from view.hung((i for i in after if i > noun and view[i].form.lower() != "of"), verb)
    head, deprel = (verb, "ROOT") if root else (above, view[noun].deprel)
    yield verb, replace(token, lemma=lemma, upos="VERB", xpos="VBP", head=head, deprel=deprel)
    if root and above != noun:
        yield above, replace(view[above], head=verb, deprel="advcl")


def _may_be_clause(view: View, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun phrase stands where a clause may: not "in a police command center"."""
    token, above = view[noun], view[view[noun].head]
    if any(view[i].form.lower() in ("a", "an") for i in view.children(noun, "det")):
        return False
    if token.deprel == "pobj":
        return above.form.lower() in lexicon.slots.clause_prepositions
    if token.deprel in _SUBJECTS and above.xpos not in ("VBG", "VB"):
        return False
    return not view.children(token.head, "aux", "auxpass")


def _are_many_doers(noun: Token, lexicon: Lexicon) -> bool:
    """Whether the plural of a noun may do something: people, events."""
    if noun.form.lower() in _COLLECTIVE:
        return True
    kind = lexicon.noun_classes.get(noun.lemma, "Entity")
    doing = noun.lemma in lexicon.nouns or is_one_of(kind, _ACTING)
    return noun.xpos == "NNS" and doing


@tagged("NNS")
def _verb_beside_noun(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "apologises for the deaths and orders an inquiry": only a verb has an object.

    A plural joined to a noun, with an object of its own and the form of a listed verb.
    """
    tables = (lexicon.verbs, lexicon.report_verbs)
    token = view[index]
    first = token.head
    if token.deprel != "conj" or not view.children(index, "dobj"):
        return
    lemma = token.form.lower().removesuffix("s")
    if not any(lemma in table for table in tables):
        return
    verb = view[first].head
    while view[verb].upos != "VERB" and view[verb].head != verb:
        verb = view[verb].head
    if view[verb].xpos == "VBZ":
        yield index, replace(token, lemma=lemma, upos="VERB", xpos="VBZ", head=verb, deprel="conj")
        joints = [i for i in view.children(first, "cc") if first < i < index]
        yield from view.hung(joints[-1:], verb)


@tagged("NN", "JJ")
def _noun_with_object(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "when a group of raiders storm villages", "rebels free ten guards": a verb has both."""
    token = view[verb]
    things = [i for i in view.children(verb, "dobj") if i > verb]
    doers = [i for i in view.children(verb, "nsubj") if i < verb]
    plain = not view.children(verb, "det", "amod", "poss", "compound", "cop", "aux")
    if things and doers and plain and token.lemma in lexicon.verbs:
        yield verb, replace(token, upos="VERB", xpos="VBP")


@roots
def _met_attacks(view: View, root: int, lexicon: Lexicon) -> Changes:
    """As in "Troops thwart attacks on X", "The army repels raids": they are not theirs."""
    verb, doer = root - 1, root - 2
    if view[root].xpos != "NNS" or doer < view.first or view[verb].head != root:
        return
    triggers = lexicon.nouns.get(view[root].lemma, ())
    if not any(is_a(each.type, "CombatEvent") for each in triggers):
        return
    many = view[verb].xpos == "NN"
    lemma = view[verb].form.lower() if many else view[verb].form.lower().removesuffix("s")
    tables = (lexicon.nominal_verbs, lexicon.report_verbs, lexicon.verbs)
    kind = lexicon.noun_classes.get(view[doer].lemma, "Entity")
    acting = is_one_of(kind, _ACTING) or view[doer].form.lower() in _COLLECTIVE
    somebody = acting and view[doer].deprel in ("compound", "poss")
    agreeing = _are_many_doers(view[doer], lexicon) == many and view[verb].xpos in ("NN", "NNS")
    if not (somebody and agreeing) or not any(lemma in table for table in tables):
        return
    tag = "VBP" if many else "VBZ"
    left = [i for i in view.children(root) if i < doer]
    yield from view.hung(left, doer)
    yield from view.hung((i for i in view.children(verb) if i < doer), doer)
    yield doer, replace(view[doer], head=verb, deprel="nsubj")
    yield verb, replace(view[verb], lemma=lemma, upos="VERB", xpos=tag, head=verb, deprel="ROOT")
    yield root, replace(view[root], head=verb, deprel="dobj")
    yield from view.hung((i for i in view.children(root, "punct") if i > root), verb)


@tagged("NN", by=("dobj",))
def _seen_to_act(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "which saw rival gangs battle": people before a bare noun are who does it."""
    token, doers = view[verb], verb - 1
    above = view[token.head]
    if view[doers].xpos != "NNS" or view[doers].deprel != "compound" or view[doers].head != verb:
        return
    kind = lexicon.noun_classes.get(view[doers].lemma, "Entity")
    seen = above.lemma in lexicon.operators.bare_objects and token.lemma in lexicon.verbs
    if seen and is_one_of(kind, ("PersonGroup", "ArmedGroup", "ArmedForce", "Person")):
        described = [i for i in view.children(verb) if i < verb]
        yield from view.hung(described, doers)
        yield doers, replace(view[doers], head=verb, deprel="nsubj")
        yield verb, replace(token, upos="VERB", xpos="VB", deprel="ccomp")


@tagged("VBG", by=("xcomp", "pcomp"))
def _leaving_office(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "to replace resigning Sen. X": who resigns is whoever is named right after it."""
    token = view[verb]
    names = [i for i in view.children(verb, "dobj") if view[i].xpos == "NNP"]
    triggers = lexicon.verbs.get(token.lemma, ())
    if not names or not triggers or any(each.type != "Resignation" for each in triggers):
        return
    first = min([*names, *view.children(names[0], "compound")])
    if first == verb + 1:
        deprel = "pobj" if token.deprel == "pcomp" else "dobj"
        yield verb, replace(token, head=names[0], deprel="amod")
        yield names[0], replace(view[names[0]], head=token.head, deprel=deprel)


@tagged("VBG", by=("amod",))
def _gerund_of_progress(view: View, verb: int, lexicon: Lexicon) -> Changes:
    """As in "made progress in freeing towns": what is done, and not where."""
    noun, prep = view[verb].head, verb - 1
    if view[noun].xpos != "NNS" or view[noun].head != prep or view[prep].form.lower() != "in":
        return
    above = view[prep].head
    made = [above, *view.children(above, "dobj")]
    lemma = gerund_lemma(view[verb], lexicon)
    if lemma is not None and any(view[i].lemma == "progress" for i in made):
        yield verb, replace(view[verb], lemma=lemma, upos="VERB", head=prep, deprel="pcomp")
        yield noun, replace(view[noun], head=verb, deprel="dobj")


@tagged("NNS", by=("conj",))
def _second_of_two_verbs(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "a ferry capsizes and sinks off X": what is joined to a verb right after it is one."""
    token, first = view[index], view[index].head
    beside = first == index - 2 and view[index - 1].form.lower() == "and"
    if not beside or view[first].xpos != "VBZ" or view.children(index, "det", "amod", "compound"):
        return
    lemma = token.form.lower().removesuffix("s")
    lemmas = (lemma, lemma.removesuffix("e"))
    verb = next((each for each in lemmas if each in lexicon.verbs), None)
    if verb is not None:
        yield index, replace(token, lemma=verb, upos="VERB", xpos="VBZ")


@tagged("VBG", by=("acl",))
def _warning_given(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "no storm warning was issued": a bare form before a verb is a noun."""
    token, noun = view[index], view[view[index].head]
    after = view[index + 1].xpos if index + 1 < view.last else ""
    bare = token.head == index - 1 and not view.children(index) and after in _FINITE
    listed = token.form.lower() in lexicon.nouns and noun.head != token.head
    kind = lexicon.noun_classes.get(noun.lemma, "Entity")
    if bare and listed and noun.xpos == "NN" and not is_one_of(kind, _ACTING):
        around = [i for i in view.children(token.head) if i != index]
        named = replace(token, lemma=token.form.lower(), upos="NOUN", xpos="NN")
        yield index, replace(named, head=noun.head, deprel=noun.deprel)
        yield token.head, replace(noun, head=index, deprel="compound")
        yield from view.hung(around, index)


NOUNLIKE_REPAIRS: tuple[Repair, ...] = (
    _only_verb,
    _verb_in_compound,
    _plural_after_article,
    _verb_in_name,
    _verb_beside_noun,
    _noun_with_object,
    _met_attacks,
    _seen_to_act,
    _leaving_office,
    _gerund_of_progress,
    _second_of_two_verbs,
    _warning_given,
)
"""In the order in which they are tried."""
