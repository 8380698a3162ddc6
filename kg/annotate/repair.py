"""Few, named repairs of parses that are known to go wrong, before anything else reads it.

Each repair looks for one narrow pattern in the tags and arcs of a sentence and re-attaches the
tokens of that pattern; what does not match stays as the parser gave it.
"""

from __future__ import annotations

from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.reattach import REATTACHMENTS
from kg.annotate.view import View
from kg.lexicon import Lexicon
from kg.model import Sentence, Token

_CLAUSE_PREPOSITIONS = ("after", "before", "as", "since", "until", "while", "because")
_CALENDAR = frozenset(
    name for names in (day_name, month_name, day_abbr, month_abbr) for name in names
)
_FINITE = ("VBD", "VBZ", "VBP")
_LEFT_PARTS = ("compound", "nmod", "amod", "det", "poss", "nummod", "nsubj", "prep")


def repaired(tokens: Sequence[Token], sentence: Sentence, lexicon: Lexicon) -> dict[int, Token]:
    """The tokens of the sentence that have to be replaced, by index.

    A repair that would leave a word its own ancestor is not made.
    """
    view = View(tokens, sentence)
    for step in (
        _report_noun,
        _verb_as_noun,
        _subject_after_preposition,
        _garden_path,
        _gerund,
        _accused_of,
        _object_as_adverb,
        _clause_as_adjective,
        *REATTACHMENTS,
    ):
        view.change(step(view, lexicon))
    return view.changed


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
    return next((f for f in forms if f in lexicon.verbs or f in lexicon.report_verbs), None)


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
    return found


def _subject_after_preposition(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "after the group said it ...": the subject was taken for a prepositional object."""
    for verb in view.indices():
        token = view[verb]
        if token.xpos not in _FINITE or token.deprel not in ("dep", "conj", "ROOT"):
            continue
        if (
            view.children(verb, "nsubj", "nsubjpass", "cc")
            or token.lemma not in lexicon.report_verbs
        ):
            continue
        nouns = [i for i in range(max(view.first, verb - 12), verb) if view[i].deprel == "pobj"]
        for noun in nouns:
            prep = view[noun].head
            if view[prep].form.lower() in _CLAUSE_PREPOSITIONS and noun < verb:
                return {
                    noun: replace(view[noun], head=verb, deprel="nsubj"),
                    prep: replace(view[prep], head=verb, deprel="mark"),
                    verb: replace(token, deprel="advcl") if token.head != verb else token,
                }
    return {}


def _garden_path(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "missiles fired at Syria landed in Iran": the first verb only describes the subject.

    Two past forms joined without conjunction or comma; the second is the main verb.
    """
    for first in view.roots():
        if view[first].xpos not in ("VBD", "VBN") or view.children(first, "aux", "cc", "auxpass"):
            continue
        subject = next(iter(view.children(first, "nsubj")), None)
        for second in view.children(first, "conj", "ccomp"):
            between = [view[i].form for i in range(first, second)]
            own = view.children(second, "nsubj", "nsubjpass", "mark")
            if subject is None or view[second].xpos != "VBD" or "," in between or own:
                continue
            changed = {
                subject: replace(view[subject], head=second),
                first: replace(view[first], xpos="VBN", head=subject, deprel="acl"),
                second: replace(view[second], head=second, deprel="ROOT"),
            }
            for index in view.children(first):
                if index > second and index not in changed:
                    changed[index] = replace(view[index], head=second)
            return changed
    return {}


def _gerund(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "killing two and damaging houses": the last verb was taken for an adjective."""
    changed: dict[int, Token] = {}
    for index in view.indices():
        token = view[index]
        noun = token.head
        if token.xpos != "VBG" or token.deprel != "amod" or view[noun].deprel != "conj":
            continue
        verb = view[noun].head
        if view[verb].xpos == "VBG" and index > view.first and view[index - 1].xpos == "CC":
            changed[index] = replace(token, upos="VERB", head=verb, deprel="conj")
            changed[noun] = replace(view[noun], head=index, deprel="dobj")
    return changed


def _accused_of(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "accused India of shelling villages": the deed was taken for an adjective."""
    changed: dict[int, Token] = {}
    for index in view.indices():
        token = view[index]
        noun, prep = token.head, index - 1
        lemma = _gerund_lemma(token, lexicon)
        if lemma is None or token.deprel not in ("amod", "compound") or prep < view.first:
            continue
        cue = lexicon.report_verbs.get(view[view[prep].head].lemma)
        is_deed = view[prep].deprel == "prep" and view[noun].head == prep
        if is_deed and cue is not None and view[prep].form.lower() in cue.preps:
            verb = replace(token, lemma=lemma, upos="VERB", xpos="VBG", head=prep, deprel="pcomp")
            changed[index] = verb
            changed[noun] = replace(view[noun], head=index, deprel="dobj")
    return changed


def _gerund_lemma(token: Token, lexicon: Lexicon) -> str | None:
    """The listed verb whose -ing form the token is, whatever its tag."""
    form = token.form.lower()
    if not form.endswith("ing"):
        return None
    stem = form[:-3]
    return next((v for v in (stem, stem + "e", stem[:-1]) if v in lexicon.verbs), None)


def _object_as_adverb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "captured Manbij": a bare name after a verb was taken for a time."""
    changed: dict[int, Token] = {}
    for index in view.indices():
        token = view[index]
        verb = token.head
        if token.deprel != "npadvmod" or token.xpos != "NNP" or not verb < index <= verb + 3:
            continue
        known = view[verb].lemma in lexicon.verbs and view[verb].upos == "VERB"
        if known and not view.children(verb, "dobj") and token.form not in _CALENDAR:
            changed[index] = replace(token, deprel="dobj")
    return changed


def _clause_as_adjective(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "denied that it had targeted civilians": the verb was hung on its own object."""
    changed: dict[int, Token] = {}
    for index in view.indices():
        token, noun = view[index], view[index].head
        if token.deprel != "amod" or token.xpos not in ("VBN", "VBD"):
            continue
        verb = view[noun].head
        clause = view.children(index, "nsubj", "nsubjpass") and view.children(index, "aux", "mark")
        if clause and view[noun].deprel == "dobj" and view[verb].upos == "VERB":
            changed[index] = replace(token, upos="VERB", head=verb, deprel="ccomp")
            changed[noun] = replace(view[noun], head=index)
    return changed
