"""Few, named repairs of parses that are known to go wrong, before anything else reads it.

Each repair looks for one narrow pattern in the tags and arcs of a sentence and re-attaches the
tokens of that pattern; what does not match stays as the parser gave it.
"""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.belonging import BELONGING_REPAIRS
from kg.annotate.repair.clause import CLAUSE_REPAIRS
from kg.annotate.repair.deed import DEED_REPAIRS
from kg.annotate.repair.doer import DOER_REPAIRS
from kg.annotate.repair.headline import HEADLINE_REPAIRS
from kg.annotate.repair.listing import LISTING_REPAIRS
from kg.annotate.repair.misplaced import MISPLACED_REPAIRS
from kg.annotate.repair.phrase import PHRASE_REPAIRS
from kg.annotate.repair.place import PLACE_REPAIRS
from kg.annotate.repair.reattach import REATTACHMENTS
from kg.annotate.repair.speech import SPEECH_REPAIRS
from kg.annotate.repair.subject import SUBJECT_REPAIRS
from kg.annotate.repair.telling import TELLING_REPAIRS
from kg.annotate.repair.verb import VERB_REPAIRS, garden_path, participle_after_number
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Sentence, Token
from kg.vocab import is_one_of

_CLAUSE_PREPOSITIONS = ("after", "before", "as", "since", "until", "while", "because")
_FINITE = ("VBD", "VBZ", "VBP")
_LOOSE = ("xcomp", "advcl", "acl")
_SUBJECTS = ("nsubj", "nsubjpass")
_LEFT_PARTS = ("compound", "nmod", "amod", "det", "poss", "nummod", "nsubj", "prep")


def repair(view: View, sentence: Sentence, lexicon: Lexicon) -> None:
    """Replaces tokens of the sentence.

    A repair that would leave a word its own ancestor is not made.
    """
    view.open(sentence)
    for step in _REPAIRS:
        changed = step(view, lexicon)
        if changed:
            view.change(changed)


def _report_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """Main verb "reports" that is the subject: "Intelligence reports from X, Y and Z suggest".

    A root right after a noun at the start, and a finite verb coordinated with it that took the
    last source as its subject. The later verb becomes the root, "reports" its subject, the sources
    the objects of "from".
    """
    for root in view.roots():
        token = view[root]
        if token.xpos != "VBZ" or root > view.first + 5 or root == view.first:
            continue
        lemma = token.form.lower().removesuffix("s")
        verbs = [i for i in view.children(root, "conj") if view[i].xpos in ("VBP", "VBD")]
        preps = [i for i in view.children(root, "prep") if root < i]
        if lemma not in lexicon.report_nouns or not verbs or not preps or preps[0] > verbs[0]:
            continue
        return _noun_root(view, root, verbs[0], preps[0], lemma)
    return {}


def _noun_root(view: View, noun: int, verb: int, prep: int, lemma: str) -> dict[int, Token]:
    as_noun = replace(view[noun], lemma=lemma, upos="NOUN", xpos="NNS", head=verb, deprel="nsubj")
    changed = {noun: as_noun, verb: replace(view[verb], head=verb, deprel="ROOT")}
    first = next(iter(view.children(prep, "pobj")), None)
    for index in view.indices():
        token = view[index]
        if token.head == noun and token.deprel in ("nsubj", "compound"):
            changed[index] = replace(token, deprel="compound")
        elif token.head == noun and token.deprel in ("punct", "cc") and index > noun:
            changed[index] = replace(token, head=verb)
        elif token.head == verb and token.deprel == "nsubj" and first is not None:
            changed[index] = replace(token, head=first, deprel="conj")
        elif token.deprel == "appos" and token.head == first:
            changed[index] = replace(token, deprel="conj")
    return changed


def _verb_as_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """Present-tense verb taken for a noun: "a fighter jet intercepts a plane", "X claims to ...".

    A root noun whose form is that of a listed verb, with words before it that make a subject and
    an object, infinitive or that-clause after it, in a sentence without another finite root.
    """
    for root in view.roots():
        token = view[root]
        verb = _as_verb(view, root, lexicon)
        left = [i for i in view.children(root, *_LEFT_PARTS) if i < root]
        right = _right_parts(view, root)
        subjects = [i for i in left if view[i].upos in ("NOUN", "PROPN")]
        if verb is None or not subjects or not right:
            continue
        subject = subjects[-1]
        changed = {
            root: replace(token, lemma=verb, upos="VERB", xpos="VBZ", deprel="ROOT"),
            subject: replace(view[subject], deprel="nsubj"),
        }
        changed |= {i: replace(view[i], head=subject) for i in left if i != subject}
        changed |= {i: replace(view[i], deprel=deprel) for i, deprel in right.items()}
        return changed
    return {}


def _as_verb(view: View, root: int, lexicon: Lexicon) -> str | None:
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
    tables = (lexicon.verbs, lexicon.report_verbs, lexicon.slots.object_control)
    return next((f for f in forms if any(f in table for table in tables)), None)


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
        elif token.deprel == "appos" and view[root + 1].form != ",":
            found[index] = "dobj"
        elif token.deprel in ("xcomp", "ccomp", "dobj"):
            found[index] = token.deprel
        elif token.deprel == "advcl" and any(view[i].xpos == "TO" for i in view.children(index)):
            found[index] = "xcomp"
    return found


def _subject_after_preposition(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "after the group said it ...": the subject was taken for a prepositional object.

    A verb that says nothing must stand right behind it: "after a unit of rebels crosses the line".
    """
    for verb in view.tagged(*_FINITE):
        token = view[verb]
        said = token.lemma in lexicon.report_verbs
        if token.deprel not in ("dep", "conj", "ROOT"):
            continue
        if view.children(verb, "nsubj", "nsubjpass"):
            continue
        said = said and not view.children(verb, "cc")
        nouns = [i for i in range(max(view.first, verb - 12), verb) if view[i].deprel == "pobj"]
        for noun in nouns:
            prep = view[noun].head
            beside = token.deprel == "conj" and _ends_at(view, noun, verb - 1)
            if not said and not beside:
                continue
            if view[prep].form.lower() in _CLAUSE_PREPOSITIONS and noun < verb:
                return {
                    noun: replace(view[noun], head=verb, deprel="nsubj"),
                    prep: replace(view[prep], head=verb, deprel="mark"),
                    verb: replace(token, deprel="advcl") if token.head != verb else token,
                }
    return {}


def _ends_at(view: View, noun: int, index: int) -> bool:
    """Whether a token is the noun or below it, other than as a clause of its own."""
    while index > noun and view[index].upos not in ("VERB", "AUX", "PUNCT", "CCONJ"):
        if view[index].head == index:
            return False
        index = view[index].head
    return index == noun


def _gerund(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "killing two and damaging houses": the last verb was taken for an adjective."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBG"):
        token = view[index]
        noun = token.head
        if token.xpos != "VBG" or token.deprel != "amod" or view[noun].deprel != "conj":
            continue
        verb = view[noun].head
        if view[verb].xpos == "VBG" and index > view.first and view[index - 1].xpos == "CC":
            changed[index] = replace(token, upos="VERB", head=verb, deprel="conj")
            changed[noun] = replace(view[noun], head=index, deprel="dobj")
    return changed


def _participle_of_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "a base briefly seized by X": what describes the noun was hung on the verb above.

    So too of somebody behind a comma: "learnt of the death of the judge, murdered by X".
    """
    changed: dict[int, Token] = {}
    for index in view.tagged("VBN", "VBD"):
        token, noun = view[index], index - 1
        if token.xpos not in ("VBN", "VBD") or token.deprel != "advcl":
            continue
        while noun > view.first and view[noun].upos == "ADV":
            noun -= 1
        if token.lemma in lexicon.slots.harms and _is_somebody(view, noun, lexicon):
            noun = _before_marks(view, noun)
        passive = view.children(index, "agent", "xcomp")
        own = view.children(index, "mark", "nsubj", "nsubjpass", "aux", "auxpass", "dobj")
        if passive and not own and view[noun].upos in ("NOUN", "PROPN") and noun > token.head:
            changed[index] = replace(token, xpos="VBN", head=noun, deprel="acl")
    return changed


def _before_marks(view: View, index: int) -> int:
    while index > view.first and view[index].upos == "PUNCT":
        index -= 1
    return index


def _is_somebody(view: View, index: int, lexicon: Lexicon) -> bool:
    """Whether a word for people stands there, or before the marks that stand there."""
    kind = lexicon.noun_classes.get(view[_before_marks(view, index)].lemma, "Entity")
    return is_one_of(kind, ("Person", "PersonGroup"))


def _object_as_subject(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "controls half of X dominating Y": the object was taken for who does the second."""
    changed: dict[int, Token] = {}
    for index in view.related("nsubj"):
        token, clause = view[index], view[view[index].head]
        verb = clause.head
        participle = clause.xpos == "VBG" and clause.deprel == "advcl" and token.deprel == "nsubj"
        if not participle or view.children(token.head, "aux", "mark", "punct"):
            continue
        left = index
        while left - 1 > verb and view[left - 1].head in range(left - 1, index + 1):
            left -= 1
        bare = view[verb].upos == "VERB" and not view.children(verb, "dobj", "ccomp", "xcomp")
        if bare and left == verb + 1:
            changed[index] = replace(token, head=verb, deprel="dobj")
    return changed


def _with_both(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "a car with a man and two children crashed": the children are with the man."""
    changed: dict[int, Token] = {}
    for index in view.related("conj", "nsubj"):
        token = view[index]
        subject = token.head
        if token.deprel == "nsubj":
            subject = view.children(token.head, "nsubj")[0]
        if token.deprel not in ("conj", "nsubj") or view[subject].deprel != "nsubj":
            continue
        joints = [i for i in view.children(subject, "cc") if subject < i < index]
        for prep in view.children(subject, "prep"):
            inner = [i for i in view.children(prep, "pobj") if joints and i == joints[-1] - 1]
            if view[prep].form.lower() == "with" and inner and prep > subject:
                changed[index] = replace(token, head=inner[0], deprel="conj")
                changed[joints[-1]] = replace(view[joints[-1]], head=inner[0])
    return changed


def _place_as_second(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "voters in Maine and Ohio", "attacks in Basra and areas of X": no voter, no attack.

    A name, or what is no event beside one, joined to a noun right after the noun's own name.
    """
    changed: dict[int, Token] = {}
    for index in view.related("conj"):
        token, first = view[index], view[view[index].head]
        joints = [i for i in view.children(token.head, "cc") if token.head < i < index]
        if token.deprel != "conj" or first.upos != "NOUN" or not joints:
            continue
        beside = joints[-1] - (2 if view[joints[-1] - 1].form == "," else 1)
        event = first.lemma in lexicon.nouns and token.lemma not in lexicon.nouns
        prep = next((i for i in view.children(token.head, "prep") if i < beside), None)
        if prep is None or view[beside].xpos != "NNP" or not (token.xpos == "NNP" or event):
            continue
        changed[index] = replace(token, head=beside)
        changed[joints[-1]] = replace(view[joints[-1]], head=beside)
    return changed


def _number_as_adverb(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "12 killed and a dozen injured": who is counted was taken for a measure."""
    changed: dict[int, Token] = {}
    for index in view.related("npadvmod"):
        token, verb = view[index], view[view[index].head]
        joined = verb.xpos == "VBN" and verb.deprel == "conj" and index == token.head - 1
        if token.deprel == "npadvmod" and joined and not view.children(token.head, "nsubjpass"):
            changed[index] = replace(token, deprel="nsubjpass")
    return changed


def _region_as_subject(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "a prison in Tula, Hidalgo using cars": the region was taken for who uses them.

    So too in "a man attacking X near Lima, Peru is shot", "police in Denver, Colorado arrest X".
    """
    changed: dict[int, Token] = {}
    for index in view.related(*_SUBJECTS):
        token, verb = view[index], view[view[index].head]
        if token.deprel not in _SUBJECTS or token.xpos != "NNP":
            continue
        participle = verb.xpos == "VBG" and verb.deprel in ("advcl", "acl")
        second = any(i < index for i in view.children(token.head, *_SUBJECTS))
        inner = [i for i in view.children(index, *_SUBJECTS) if i < index]
        place = index - 2
        beside = place >= view.first and view[index - 1].form == ","
        name = beside and view[place].xpos == "NNP" and view[place].deprel == "pobj"
        if name and (participle or second or inner):
            changed[index] = replace(token, head=place, deprel="appos")
            changed |= {i: replace(view[i], head=token.head, deprel=token.deprel) for i in inner}
    return changed


def _participle_as_preposition(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "protests continue following the verdict": a preposition was taken for a verb."""
    changed: dict[int, Token] = {}
    listed = lexicon.slots.participle_prepositions
    for index in view.related(*_LOOSE):
        token = view[index]
        if token.form.lower() not in listed or token.deprel not in _LOOSE:
            continue
        nouns = view.children(index, "dobj")
        if nouns and not view.children(index, "aux", "nsubj", "conj", "cc", "mark"):
            changed[index] = replace(token, upos="ADP", xpos="IN", deprel="prep")
            changed[nouns[0]] = replace(view[nouns[0]], deprel="pobj")
    return changed


def _object_as_adverb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "captured Manbij": a bare name after a verb was taken for a time."""
    calendar = time_lexicon().calendar
    changed: dict[int, Token] = {}
    for index in view.related("npadvmod"):
        token = view[index]
        verb = token.head
        if token.deprel != "npadvmod" or token.xpos != "NNP" or not verb < index <= verb + 3:
            continue
        known = view[verb].lemma in lexicon.verbs and view[verb].upos == "VERB"
        if known and not view.children(verb, "dobj") and token.form not in calendar:
            changed[index] = replace(token, deprel="dobj")
    return changed


def _clause_as_adjective(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "denied that it had targeted civilians": the verb was hung on its own object."""
    changed: dict[int, Token] = {}
    for index in view.related("amod"):
        token, noun = view[index], view[index].head
        if token.deprel != "amod" or token.xpos not in ("VBN", "VBD"):
            continue
        verb = view[noun].head
        clause = view.children(index, "nsubj", "nsubjpass") and view.children(index, "aux", "mark")
        if clause and view[noun].deprel == "dobj" and view[verb].upos == "VERB":
            changed[index] = replace(token, upos="VERB", head=verb, deprel="ccomp")
            changed[noun] = replace(view[noun], head=index)
    return changed


_REPAIRS = (
    _report_noun,
    _verb_as_noun,
    _subject_after_preposition,
    participle_after_number,
    garden_path,
    _gerund,
    _participle_as_preposition,
    _region_as_subject,
    _participle_of_noun,
    _object_as_subject,
    _number_as_adverb,
    _with_both,
    _place_as_second,
    _object_as_adverb,
    _clause_as_adjective,
    *VERB_REPAIRS,
    *CLAUSE_REPAIRS,
    *TELLING_REPAIRS,
    *SPEECH_REPAIRS,
    *REATTACHMENTS,
    *DEED_REPAIRS,
    *DOER_REPAIRS,
    *PLACE_REPAIRS,
    *MISPLACED_REPAIRS,
    *PHRASE_REPAIRS,
    *SUBJECT_REPAIRS,
    *HEADLINE_REPAIRS,
    *BELONGING_REPAIRS,
    *LISTING_REPAIRS,
)
