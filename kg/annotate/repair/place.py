"""Repairs of phrases with prepositions: joined ones, and nouns taken for subjects."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed, related, tagged
from kg.annotate.repair.view import View
from kg.annotate.time_words import time_lexicon
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a, is_one_of

_PREPOSITIONS = ("IN", "TO")
_SUBJECTS = ("nsubj", "nsubjpass")
_IN_NAMES = ("appos", "conj", "compound")
_MOVES = ("ForceMovement", "TransferEvent", "Incursion")


@related("conj")
def _joined_phrases(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "in Tubas and near Jenin", "in Tubas and north of Jenin": each tells where.

    With the same preposition twice, "in Tubas and in Jenin", two nouns are joined. So too where
    the second was hung on the verb: "by a blast in the capital, Gao, and in Kidal".
    """
    if not _leads(index, view, lexicon) or not _is_added(index, view):
        return
    first, direction = view[index].head, _is_direction(index, view, lexicon)
    if view[first].upos in ("VERB", "AUX") and not direction:
        verb, first = first, _same_before(view, index, first)
        first = first if first != verb else _only_before(view, index, verb)
    while view[first].deprel == "conj" and _leads(first, view, lexicon):
        first = view[first].head
    relation = view[first].deprel
    nouns = view.children(first, "pobj")
    hedges = [i for i in view.children(index, "advmod") if _is_hedge(view[i], lexicon)]
    if nouns and not hedges and view[first].form.lower() == view[index].form.lower():
        for noun in view.children(index, "pobj"):
            yield noun, replace(view[noun], head=nouns[0], deprel="conj")
        for word in view.children(view[index].head, "cc"):
            if first < word < index:
                yield word, replace(view[word], head=nouns[0])
    elif _leads(first, view, lexicon) and relation in ("prep", "agent", "advmod"):
        deprel = "advmod" if direction else "prep"
        yield index, replace(view[index], head=view[first].head, deprel=deprel)
    elif direction and view[first].upos == "VERB":
        yield index, replace(view[index], head=first, deprel="advmod")


def _same_before(view: View, index: int, verb: int) -> int:
    """The same preposition right before "and" with its nouns, or else the verb."""
    joint = index - 1
    if view[joint].form.lower() != "and":
        return verb
    last = joint - 1 - (view[joint - 1].form == ",")
    while last > verb and view[last].head > verb and view[last].deprel in ("pobj", *_IN_NAMES):
        if view[last].deprel == "pobj":
            prep = view[last].head
            same = view[prep].form.lower() == view[index].form.lower() and prep > verb
            return prep if same and view[prep].deprel == "prep" else verb
        last = view[last].head
    return verb


def _only_before(view: View, index: int, verb: int) -> int:
    """As in "is revenge for a raid that killed ten, and for X": the only "for", or the verb."""
    form = view[index].form.lower()
    near = (i for i in view.at(("prep",)) if verb < i < index and view[i].form.lower() == form)
    same = [i for i in near if view.is_below(i, verb)]
    return same[0] if len(same) == 1 and form in ("for", "against", "of") else verb


def _is_added(index: int, view: View) -> bool:
    """Not as in "in Tubas or near Jenin", "in Tubas but not near Jenin"."""
    before = {view[i].form.lower() for i in range(max(view.first, index - 2), index)}
    return not before & {"or", "nor", "not", "than"}


def _is_hedge(token: Token, lexicon: Lexicon) -> bool:
    """As in "in Tubas and possibly in Jenin", which a list would hide."""
    return token.lemma.lower() in lexicon.report_adverbs


def _leads(index: int, view: View, lexicon: Lexicon) -> bool:
    """Whether the word begins such a phrase."""
    return view[index].xpos in _PREPOSITIONS or _is_direction(index, view, lexicon)


def _is_direction(index: int, view: View, lexicon: Lexicon) -> bool:
    """As in "north of Jenin"; alone only as an adverb ("advanced north and within Jenin")."""
    token = view[index]
    if not lexicon.relators.get(token.form.lower(), "").endswith("_of"):
        return False
    of = [i for i in view.children(index, "prep") if view[i].form.lower() == "of"]
    return bool(of) or token.deprel == "advmod"


@formed("republic", "kingdom", "state", "federation", "union", "sultanate", "commonwealth")
def _owner_of_two_words(view: View, state: int, _: Lexicon) -> Changes:
    """As in "the Republic of Aria's north": the north of it, not a republic of a north.

    Only the last word of the name was taken for the owner.
    """
    of = [i for i in view.children(state, "prep") if view[i].form.lower() == "of"]
    owned = [i for prep in of[:1] for i in view.children(prep, "pobj")]
    names = [i for noun in owned for i in view.children(noun, "poss") if view[i].upos == "PROPN"]
    if view[state].upos != "PROPN" or len(names) != 1 or names[0] > owned[0]:
        return
    between = {view[i].form.lower() for i in range(of[0] + 1, names[0])}
    if between <= {"the"}:
        above, relation = view[state].head, view[state].deprel
        yield owned[0], replace(view[owned[0]], head=above, deprel=relation)
        yield state, replace(view[state], head=owned[0], deprel="poss")
        yield names[0], replace(view[names[0]], head=of[0], deprel="pobj")


@related("advmod", "npadvmod")
def _direction_behind_doer(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "shot by a gunman, north of X": there somebody is shot, by whomever.

    But "enters Y, north of X" tells where Y is.
    """
    above, before = view[index].head, index - 1 - (view[index - 1].form == ",")
    by = view[above].head
    if index < above or not _is_direction(index, view, lexicon):
        return
    if view[above].deprel == "pobj" and view[by].deprel == "agent":
        yield index, replace(view[index], head=view[by].head, deprel="advmod")
    elif view[above].upos == "VERB" and view[before].upos != "PROPN":
        yield index, replace(view[index], deprel="advmod")


@related("advcl")
def _time_before_aim(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "visits X for the first time since the blast to urge Y": no blast urges anybody.

    A clause after "since" is finite; with "to" the noun belongs to the preposition.
    """
    marks = [i for i in view.children(index, "mark") if _is_temporal(view[i], lexicon)]
    subjects, aux = view.children(index, *_SUBJECTS), view.children(index, "aux")
    aimed = [view[i].form.lower() for i in aux] == ["to"] and view[index].xpos == "VB"
    if aimed and len(marks) == len(subjects) == 1 and marks[0] < subjects[0] < aux[0]:
        above = view[index].head
        yield marks[0], replace(view[marks[0]], head=above, deprel="prep")
        yield subjects[0], replace(view[subjects[0]], head=marks[0], deprel="pobj")


@related("mark")
def _event_before_aim(view: View, mark: int, lexicon: Lexicon) -> Changes:
    """As in "after a rally against moves to grant X": an infinitive is no clause with "after"."""
    nouns = [i for i in view.children(mark, "pobj") if i > mark]
    verb = view[mark].head
    aux = [view[i].form.lower() for i in view.children(verb, "aux")]
    aimed = view[verb].xpos == "VB" and aux == ["to"] and bool(nouns) and nouns[0] < verb
    if aimed and _is_temporal(view[mark], lexicon) and view[verb].deprel == "advcl":
        yield mark, replace(view[mark], head=view[verb].head, deprel="prep")


@related("mark")
def _subject_after_mark(view: View, mark: int, _: Lexicon) -> Changes:
    """As in "after the party quit": the subject was hung on the word that begins the clause."""
    nouns = [i for i in view.children(mark, "pobj") if i > mark]
    verb = view[mark].head
    finite = nouns and nouns[0] < verb and view[verb].xpos in ("VBD", "VBZ", "VBP")
    if finite and not view.children(verb, *_SUBJECTS):
        yield nouns[0], replace(view[nouns[0]], head=verb, deprel="nsubj")


def _is_temporal(token: Token, lexicon: Lexicon) -> bool:
    return token.form.lower() in lexicon.slots.clause_prepositions


@related("advcl")
def _date_before_verb(view: View, index: int, _: Lexicon) -> Changes:
    """As in "extended the ban until May 2025 and urged X to leave": no month urges anybody.

    The clause after the date goes on from the verb before it.
    """
    calendar = time_lexicon().calendar
    marks = view.children(index, "mark")
    subjects = [i for i in view.children(index, *_SUBJECTS) if view[i].form in calendar]
    above = view[index].head
    joint = [i for i in view.children(above, "cc") if subjects and subjects[0] < i < index]
    if len(marks) == len(subjects) == 1 and marks[0] == subjects[0] - 1 and joint:
        yield marks[0], replace(view[marks[0]], xpos="IN", upos="ADP", head=above, deprel="prep")
        yield subjects[0], replace(view[subjects[0]], head=marks[0], deprel="pobj")
        yield index, replace(view[index], deprel="conj")
        return


@formed("in", "across", "near")
def _place_of_time(view: View, index: int, _: Lexicon) -> Changes:
    """As in "kills ten over a four day period in X": it is no period of X."""
    noun = view[index].head
    prep = view[noun].head
    units = time_lexicon().units
    spans = view[noun].deprel == "pobj" and view[prep].upos == "ADP" and noun < index
    places = [i for i in view.children(index, "pobj") if view[i].upos == "PROPN"]
    told = {view[i].form.lower() for i in (noun, *view.children(noun, "compound", "nmod"))}
    if spans and places and told & units and view[prep].head != prep:
        yield index, replace(view[index], head=view[prep].head)


@related("prt")
def _particle_with_object(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "struck off the coast of X": what has an object is no particle.

    So it is where the coast was taken for what is struck off.
    """
    shores = [i for i in view.children(view[index].head, "dobj") if i > index]
    shores = [i for i in shores if lexicon.relators.get(view[i].lemma) == "near"]
    if view.children(index, "pobj") or shores:
        yield index, replace(view[index], upos="ADP", xpos="IN", deprel="prep")
    for shore in shores[:1]:
        yield shore, replace(view[shore], head=index, deprel="pobj")


@related("prep", below=("dobj", "nsubjpass"))
def _aimed(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "launched a missile at X from Y": at X goes what is launched, and from Y.

    The phrase must have a role beside the thing, as told by the frames of the verb.
    """
    thing = view[index].head
    verb = view[thing].head
    if index < thing or lexicon.noun_classes.get(view[thing].lemma) != "Materiel":
        return
    form = view[index].form.lower()
    frames = (trigger.frame.roles for trigger in lexicon.verbs.get(view[verb].lemma, ()))
    if any(roles.get("object") == "instrument" and form in roles for roles in frames):
        yield index, replace(view[index], head=verb)
        for inner in view.children(index, "pobj"):
            for prep in view.children(inner, "prep"):
                if view[prep].form.lower() == "from":
                    yield prep, replace(view[prep], head=verb)


@formed("related", "relating")
def _related_to(view: View, participle: int, _: Lexicon) -> Changes:
    """As in "charges related to fraud": as with "of fraud", and nothing that anybody relates."""
    token, to = view[participle], participle + 1
    if token.deprel != "acl" or to >= view.last or view[to].form.lower() != "to":
        return
    if view[to].head != participle or view.children(participle) != [to]:
        return
    yield to, replace(view[to], head=token.head, deprel="prep")
    yield participle, replace(token, upos="ADV", xpos="RB", head=to, deprel="advmod")


@formed("between")
def _parties_behind_place(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "clashes erupted in X between Y and Z": the clashes are between them, X is not."""
    place = view[index].head
    prep = view[place].head
    above = view[prep].head
    inside = view[place].deprel == "pobj" and view[prep].deprel == "prep" and place < index
    if not inside or not _is_named(view, place):
        return
    events = (above, *view.children(above, *_SUBJECTS))
    triggers = (each for i in events for each in lexicon.nouns.get(view[i].lemma, ()))
    if any("between" in trigger.frame.roles for trigger in triggers):
        yield index, replace(view[index], head=above)


def _is_named(view: View, noun: int) -> bool:
    """As "Jenin" and "the Jenin camp" are, unlike the border between two states."""
    return any(view[i].upos == "PROPN" for i in (noun, *view.children(noun, "compound")))


@formed("to", "into")
def _goal_of_deed(view: View, index: int, lexicon: Lexicon) -> Changes:
    """As in "approved the deployment of troops to X", "prepared an incursion into Y"."""
    verb = view[index].head
    goals, deeds = view.children(index, "pobj"), view.children(verb, "dobj")
    if view[index].deprel != "prep" or not goals or len(deeds) != 1 or index < deeds[0]:
        return
    tables = ((lexicon.nouns, deeds[0]), (lexicon.verbs, verb))
    deed, act = (
        any(is_one_of(each.type, _MOVES) for each in table.get(view[word].lemma, ()))
        for table, word in tables
    )
    if deed and not act and view[goals[0]].upos == "PROPN" and view.is_below(index - 1, deeds[0]):
        yield from view.hung([index], deeds[0])


@tagged("VBG", by=("pcomp",))
def _deed_beyond_border(view: View, deed: int, lexicon: Lexicon) -> Changes:
    """As in "a bomb hits a camp near the border with X killing ten": the bomb kills, and not X.

    The parser read "with X killing" as it stands in "the talks ended with X killing the deal".
    """
    prep = view[deed].head
    border, states = prep - 1, view.children(deed, "nsubj")
    if view[prep].form.lower() != "with" or border < view.first or states != [deed - 1]:
        return
    if lexicon.noun_classes.get(view[border].lemma) != "Border":
        return
    verb = border
    while view[verb].upos != "VERB" and view[verb].head != verb:
        verb = view[verb].head
    yield prep, replace(view[prep], head=border, deprel="prep")
    yield deed - 1, replace(view[deed - 1], head=prep, deprel="pobj")
    yield deed, replace(view[deed], head=verb, deprel="advcl")


@tagged("NNP", by=("dobj",))
def _name_of_place(view: View, name: int, lexicon: Lexicon) -> Changes:
    """As in "controls the capital Lima": its name was taken for a second object."""
    noun = min([name, *view.children(name, "compound")]) - 1
    beside = noun >= view.first and view[noun].deprel == "dobj"
    if not beside or view[noun].head != view[name].head or view[noun].upos != "NOUN":
        return
    if is_a(lexicon.noun_classes.get(view[noun].lemma, "Entity"), "Place"):
        yield name, replace(view[name], head=noun, deprel="appos")


@related("dobj", below=("prep",))
def _after_following(view: View, noun: int, _: Lexicon) -> Changes:
    """As in "captured Gao following clashes": behind "after", and no object of anything."""
    if view[view[noun].head].form.lower() == "following":
        yield noun, replace(view[noun], deprel="pobj")


@formed("behind", "outside")
def _ranked_behind(view: View, prep: int, _: Lexicon) -> Changes:
    """As in "the second-highest toll, behind only Texas", "the first death outside Chile"."""
    noun, names = view[prep].head, view.children(prep, "pobj")
    only = any(view[i].form.lower() == "only" for n in names for i in view.children(n, "advmod"))
    words = (view[i] for i in view.children(noun, "amod"))
    first = any(word.form.lower() == "first" or word.xpos == "JJS" for word in words)
    behind = view[prep].form.lower() == "behind"
    if view[prep].deprel == "prep" and (only if behind else first):
        yield prep, replace(view[prep], deprel="dep")


PLACE_REPAIRS: tuple[Repair, ...] = (
    _direction_behind_doer,
    _owner_of_two_words,
    _deed_beyond_border,
    _name_of_place,
    _after_following,
    _ranked_behind,
    _goal_of_deed,
    _joined_phrases,
    _time_before_aim,
    _date_before_verb,
    _place_of_time,
    _event_before_aim,
    _subject_after_mark,
    _particle_with_object,
    _aimed,
    _parties_behind_place,
    _related_to,
)
