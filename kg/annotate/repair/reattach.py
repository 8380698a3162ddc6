"""Repairs of words that the parser hung on the wrong one, mostly in the style of headlines."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_one_of

_SUBJECTS = ("nsubj", "nsubjpass")
_ABOUT = ("over", "about", "around")
_PARTICLES = ("down", "up", "off", "out", "away", "back")
_PEOPLE = ("Person", "PersonGroup")
_ACTING = (*_PEOPLE, "Organization")

Repair = Callable[[View, Lexicon], dict[int, Token]]


def _lost_e(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """The lemmas "stag" of "staged" and "fin" of "fined", where only the longer one is listed."""
    tables = (lexicon.verbs, lexicon.nominal_verbs, lexicon.complements, lexicon.report_verbs)
    changed: dict[int, Token] = {}
    for index in view.indices():
        token = view[index]
        if token.upos != "VERB":
            continue
        whole = token.lemma + "e"
        if (
            token.form.lower().startswith(whole)
            and any(whole in t for t in tables)
            and not any(token.lemma in t for t in tables)
        ):
            changed[index] = replace(token, lemma=whole)
    return changed


def _fronted(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "In Berlin, police raid a flat": the place belongs to what is done."""
    changed: dict[int, Token] = {}
    for index in view.related("prep"):
        token, noun = view[index], view[index].head
        if index < noun and view[noun].deprel in _SUBJECTS and view[noun].upos in ("NOUN", "PROPN"):
            changed[index] = replace(token, head=view[noun].head)
    return changed


def _counted_participle(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "22 are killed and 90 injured": a clause of its own, joined to the first."""
    changed: dict[int, Token] = {}
    for index in view.related("acl", "oprd"):
        token, number = view[index], view[index].head
        verb = view[number].head
        joined = view[number].deprel == "conj" and view[number].upos in ("NUM", "NOUN")
        if token.xpos != "VBN" or not joined or view[verb].upos != "VERB" or index < number:
            continue
        if number in changed:  # the first of two participles is the one that is joined
            continue
        whole = view.children(verb, "auxpass") or not view.children(index, "agent")
        if whole and not view.children(index, "auxpass"):
            changed[index] = replace(token, upos="VERB", head=verb, deprel="conj")
            changed[number] = replace(view[number], head=index, deprel="nsubjpass")
    return changed


def _rounded_object(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "injuring over 25", "seized up to 16 men": a number, not a place or direction."""
    changed: dict[int, Token] = {}
    for index in view.related("pobj"):
        token, prep = view[index], view[index].head
        verb = view[prep].head
        counted = token.xpos == "CD" or bool(view.children(index, "nummod"))
        if token.deprel != "pobj" or not counted or view[verb].lemma not in lexicon.verbs:
            continue
        words = [view[i].form.lower() for i in range(verb + 1, prep + 1)]
        rounds = words in (["up", "to"], *([word] for word in _ABOUT))
        if rounds and not view.children(verb, "dobj", "nsubjpass"):
            changed[index] = replace(token, head=verb, deprel="dobj")
            for word in range(verb + 1, prep + 1):
                changed[word] = replace(view[word], head=index, deprel="advmod")
    return changed


def _main_verb_as_participle(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "rebels, who captured X, advanced": what follows the relative clause is the verb."""
    for noun in view.roots():
        clauses = view.children(noun, "relcl")
        if view[noun].upos not in ("NOUN", "PROPN") or not clauses:
            continue
        for verb in view.children(noun, "acl"):
            late = verb > clauses[0] and view[verb - 1].form == ","
            if not late or view[verb].xpos != "VBN" or view.children(verb, "agent"):
                continue
            main = replace(view[verb], upos="VERB", xpos="VBD", head=verb, deprel="ROOT")
            return {verb: main, noun: replace(view[noun], head=verb, deprel="nsubj")}
    return {}


def _plural_before_verb(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "Twin explosions rock Herat killing 11": subject and verb were taken for modifiers."""
    for verb in view.tagged("NN"):
        name, subject = view[verb].head, verb - 1
        packed = view[verb].deprel == "compound" and view[name].upos == "PROPN" and verb < name
        if not packed or view[verb].xpos != "NN" or subject < view.first:
            continue
        lemma = view[verb].form.lower()
        if lemma not in lexicon.verbs and lemma not in lexicon.slots.effects:
            continue
        noun = view[subject]
        kind = lexicon.noun_classes.get(noun.lemma, "Entity")
        doing = noun.lemma in lexicon.nouns or is_one_of(kind, _ACTING)
        if noun.xpos != "NNS" or noun.head != name or not doing:
            continue
        return _as_clause(view, subject, verb, name)
    return {}


def _event_in_ing(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "Fighting between X and Y continued": a listed noun was taken for a verb.

    So too after an article: "hurt in a drive-by shooting at a car".
    """
    changed: dict[int, Token] = {}
    for index in view.tagged("VBG"):
        token, form = view[index], view[index].form.lower()
        if form not in lexicon.nouns or view.children(index, "dobj", *_SUBJECTS):
            continue
        if token.deprel in (*_SUBJECTS, "csubj"):
            changed[index] = replace(token, lemma=form, upos="NOUN", xpos="NN")
        elif token.head < index and token.deprel in ("pcomp", "pobj"):
            if view[token.head + 1].xpos != "DT":
                continue
            changed[index] = replace(token, lemma=form, upos="NOUN", xpos="NN", deprel="pobj")
    return changed


def _compound_in_ing(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "triggered a tsunami warning": a listed noun was taken for what the tsunami does."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBG"):
        token, form, noun = view[index], view[index].form.lower(), view[index].head
        whole = view[noun].xpos == "NN" and noun == index - 1
        if view[noun].lemma in lexicon.noun_classes:
            continue  # "a soldier fighting in X"
        own = view.children(index, "dobj", "ccomp", "xcomp", "advmod", "agent")
        if token.deprel != "acl" or not whole or own or form not in lexicon.nouns:
            continue
        if not any(view[i].form.lower() in ("a", "an") for i in view.children(noun, "det")):
            continue
        changed |= {i: replace(view[i], head=index) for i in view.children(noun) if i != index}
        above = view[noun]
        changed[index] = replace(
            token, lemma=form, upos="NOUN", xpos="NN", head=above.head, deprel=above.deprel
        )
        changed[noun] = replace(above, head=index, deprel="compound")
    return changed


def _relative_of_apposition(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "Dean, the Austin officer who shot X": the clause tells of the officer beside it."""
    changed: dict[int, Token] = {}
    for index in view.related("relcl"):
        token, noun = view[index], view[index].head
        pronouns = [i for i in view.children(index, *_SUBJECTS) if view[i].xpos == "WP"]
        if not pronouns:
            continue
        beside = pronouns[0] - 1
        below = view[beside].deprel == "appos" and view[beside].head == noun < beside
        if below and view[beside].upos == "NOUN":
            changed[index] = replace(token, head=beside)
    return changed


def _as_clause(view: View, subject: int, verb: int, name: int) -> dict[int, Token]:
    above = view[name].head
    lemma = view[verb].form.lower()
    changed = {i: replace(view[i], head=subject) for i in view.children(name) if i < subject}
    changed[subject] = replace(view[subject], head=verb, deprel="nsubj")
    changed[name] = replace(view[name], head=verb, deprel="dobj")
    main = replace(view[verb], lemma=lemma, upos="VERB", xpos="VBP", head=verb, deprel="ROOT")
    if above == name or view[above].head == above:
        changed[verb] = main
        if above != name:
            changed[above] = replace(view[above], head=verb, deprel="advcl")
    else:
        changed[verb] = replace(main, head=above, deprel=view[name].deprel)
    return changed


def _name_of_next(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "the army and Liberation Front insurgents": a name and its noun were taken for two."""
    changed: dict[int, Token] = {}
    for index in view.tagged("NNP"):
        token, after = view[index], view[min(index + 1, view.last - 1)]
        joined = token.deprel == after.deprel == "conj" and token.head == after.head
        if joined and token.xpos == "NNP" and after.xpos in ("NN", "NNS"):
            changed[index] = replace(token, head=index + 1, deprel="compound")
    return changed


def _direction_after_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "attack a base north of X": the base is attacked, its direction was taken for more."""
    changed: dict[int, Token] = {}
    for index in view.indices():
        token, noun = view[index], index - 1
        if token.upos != "NOUN" or token.deprel == "advmod":
            continue
        relation = lexicon.relators.get(token.lemma, "")
        if not relation.endswith("_of") or noun not in view.children(index, "compound"):
            continue
        of = [i for i in view.children(index, "prep") if view[i].form.lower() == "of"]
        ground = view[noun].lemma in lexicon.slots.territory
        if of and view[noun].upos == "NOUN" and not ground:
            changed[noun] = replace(view[noun], head=token.head, deprel=token.deprel)
            changed[index] = replace(token, upos="ADV", xpos="RB", head=noun, deprel="advmod")
            left = [i for i in view.children(index) if i < noun]
            changed |= {i: replace(view[i], head=noun) for i in left}
    return changed


def _place_of_place(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "a strike in Tubas in the West Bank": where the place is was hung on the verb."""
    calendar = time_lexicon().calendar
    changed: dict[int, Token] = {}
    for index in view.formed("in"):
        token, place = view[index], view[index - 1]
        if token.deprel != "prep" or index == view.first:
            continue
        nouns = view.children(index, "pobj")
        if not nouns or view[token.head].upos != "VERB":
            continue
        within = view[place.head].form.lower() in ("in", "near") and place.deprel == "pobj"
        names = [place, *(view[i] for i in nouns)]
        named = all(each.xpos == "NNP" and each.form not in calendar for each in names)
        if within and named and place.head != token.head:
            changed[index] = replace(token, head=index - 1)
    return changed


def _states_of_people(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "ministers of Arab countries, the EU and Qatar met": the ministers of all of them.

    Names joined to a plural that is of something; their article shows that they are no people. So
    too nouns for other than people ("leaders of the army, two parties and a union met").
    """
    changed: dict[int, Token] = {}
    for people in view.tagged("NNS"):
        of = [i for i in view.children(people, "prep") if view[i].form.lower() == "of"]
        states = [noun for i in of[:1] for noun in view.children(i, "pobj")]
        first = view[people].head if view[people].deprel == "conj" else people
        names = [i for i in view.children(first, "conj") if states and i > states[0]]
        names = [i for i in names if view[i].xpos.startswith("NNP")]
        if any(view.children(i, "det") for i in names):
            changed |= {i: replace(view[i], head=states[0], deprel="conj") for i in names}
        joined = [i for i in view.children(first, "conj") if states and i > states[0]]
        if joined and _are_no_people(view, [people], states[0], joined, lexicon):
            changed |= {i: replace(view[i], head=states[0], deprel="conj") for i in joined}
    return changed


def _are_no_people(
    view: View, people: list[int], state: int, joined: list[int], lexicon: Lexicon
) -> bool:
    """Whether a list that goes on right after "leaders of X," names none of whom there are."""
    kinds = [lexicon.noun_classes.get(view[i].lemma, "Entity") for i in (*people, *joined)]
    person = [is_one_of(kind, _PEOPLE) for kind in kinds]
    plain = all(view[i].upos == "NOUN" or view.children(i, "det") for i in joined)
    return view[state + 1].form == "," and person[0] and not any(person[1:]) and plain


def _blamed_on(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "blamed the attack on rebels": they are who is blamed, not what was attacked."""
    changed: dict[int, Token] = {}
    for index in view.related("prep"):
        token, deed = view[index], view[index].head
        verb = view[deed].head
        cue = lexicon.report_verbs.get(view[verb].lemma)
        accuses = cue is not None and cue.kind == "accusation" and view[deed].deprel == "dobj"
        if accuses and token.form.lower() == "on" and index > deed:
            changed[index] = replace(token, head=verb)
    return changed


def _name_beside_noun(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "the intelligence service AIVD concluded": its name was taken for a second subject."""
    changed: dict[int, Token] = {}
    for index in view.related("nsubj"):
        token = view[index]
        if token.upos != "PROPN":
            continue
        noun = min([*view.children(index, "compound"), index]) - 1
        beside = noun >= view.first and view[noun].deprel == "nsubj"
        if beside and view[noun].upos == "NOUN" and view[noun].head == token.head > index:
            changed[index] = replace(token, head=noun, deprel="appos")
    return changed


def _object_of_phrase(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "shot dead journalist X", "gunned down X", "stabbed to death X": X is the object.

    For phrases that are listed as verbs: their last word was hung on the object, or took it.
    """
    changed: dict[int, Token] = {}
    for verb in view.indices():
        if view[verb].upos != "VERB" or view.children(verb, "auxpass") or verb + 2 >= view.last:
            continue
        second, third = view[verb + 1], view[verb + 2]
        phrase = f"{view[verb].lemma} {second.form.lower()}"
        longer = f"{phrase} {third.form.lower()}"
        if phrase in lexicon.verbs and second.deprel == "amod" and view[second.head].upos != "VERB":
            changed[verb + 1] = replace(second, head=verb, deprel="oprd")
        elif phrase in lexicon.verbs and second.form.lower() in _PARTICLES:
            for noun in () if view.children(verb, "dobj") else view.children(verb + 1, "pobj"):
                changed[noun] = replace(view[noun], head=verb, deprel="dobj")
                changed[verb + 1] = replace(second, deprel="prt")
        elif longer in lexicon.verbs and not view.children(verb, "dobj"):
            for noun in view.children(verb, "npadvmod")[:1]:
                changed[noun] = replace(view[noun], deprel="dobj")
    return changed


def _apposition_of_last(view: View, _: Lexicon) -> dict[int, Token]:
    """As in "the king and his brother, Prince Ali": a name tells of the one right before it.

    So too in "King Ali and President of Chad, Omar Deby,".
    """
    changed: dict[int, Token] = {}
    for index in view.related("appos"):
        token, first = view[index], view[index].head
        if token.xpos != "NNP" or view.children(index, "conj"):
            continue
        last = next((i for i in view.children(first, "conj") if first < i < index), None)
        if last is None:
            continue
        whose = view.children(last, "det", "poss") and view[last + 1].form == ","
        start = min([index, *view.children(index, "compound")])
        title = view[last].xpos == "NNP" and view[last + 1].form.lower() == "of"
        if whose or (title and view[start - 1].form == ","):
            changed[index] = replace(token, head=last)
    return changed


def _believed_of_noun(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "freed ten men, believed to be held by X": they are believed to be, by nobody named."""
    changed: dict[int, Token] = {}
    for index in view.tagged("VBD", "VBN"):
        token, noun = view[index], index - 2
        if token.lemma not in lexicon.reporting.raised or noun < view.first:
            continue
        bare = not view.children(index, *_SUBJECTS, "aux", "auxpass", "dobj", "cc")
        loose = token.deprel in ("conj", "advcl") and view[index - 1].form == ","
        if bare and loose and view.children(index, "xcomp") and view[noun].upos == "NOUN":
            changed[index] = replace(token, xpos="VBN", head=noun, deprel="acl")
    return changed


REATTACHMENTS: tuple[Repair, ...] = (
    _lost_e,
    _fronted,
    _counted_participle,
    _rounded_object,
    _main_verb_as_participle,
    _plural_before_verb,
    _event_in_ing,
    _compound_in_ing,
    _relative_of_apposition,
    _name_of_next,
    _direction_after_noun,
    _place_of_place,
    _states_of_people,
    _blamed_on,
    _name_beside_noun,
    _object_of_phrase,
    _apposition_of_last,
    _believed_of_noun,
)
