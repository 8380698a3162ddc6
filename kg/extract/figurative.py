"""Deeds that are none: hopes that are killed, a clash of views, corruption that is to be fought."""

from __future__ import annotations

import re

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.vocab import is_a, is_one_of

_OFFENCES = ("FinancialCrime", "Smuggling")
_STAYING = ("be", "go", "remain", "stay")
_ARMED = ("ArmedForce", "ArmedGroup", "MilitaryUnit", "Country")
_HURTS = ("Killing", "Injury", "Casualties", "Death")
_SCORING = ("for", "by", "with")
_RESULT = re.compile("[0-9]{1,3}[-–][0-9]{1,3}")
_BACK = ("in", "the", "back")


def is_figurative(found: Match, context: Context) -> bool:
    """Whether the words of an event only liken something else to it, or name a kind of deeds."""
    if found.trigger.type in _OFFENCES:
        return found.proposition.kind == "noun" and _is_only_opposed(found, context)
    if found.trigger.type == "Sanction":
        return _is_penalty(found, context)
    if found.trigger.type == "Control":
        return _is_bygone(found, context)
    combat = is_a(found.trigger.type, "CombatEvent")
    if combat and any(check(found, context) for check in (_is_levy, _is_collision, _is_match)):
        return True
    if is_one_of(found.trigger.type, _HURTS):
        return _is_of_matter(found, context)
    if found.trigger.type in ("Explosion", "Storm"):
        return _is_growth(found, context) or _is_onslaught(found, context)
    if found.trigger.type == "Clash":
        return _is_of_views(found, context) or _is_effort(found, context)
    if found.trigger.type == "Surrender":  # "surrendered most of their gains"
        given = (context.tree.lemma(slot.head) for slot in found.proposition.all("object"))
        return any(lemma in context.lexicon.slots.yielded for lemma in given)
    if found.trigger.type == "Demand":
        return found.lemma == "appeal" and _is_in_court(found, context)
    return found.trigger.type == "Attack" and (
        _is_betrayal(found, context)
        or _is_eager(found, context)
        or _is_of_words(found, context)
        or _is_of_camera(found, context)
    )


def _is_collision(found: Match, context: Context) -> bool:
    """As in "a helicopter crashes after hitting a mast"; not "crashed when rebels hit it"."""
    governor = found.proposition.governor
    above = context.propositions.get(-1 if governor is None else governor)
    if above is None or found.lemma not in ("hit", "strike") or found.proposition.kind != "verb":
        return False
    if context.tree.children(found.proposition.head, "nsubj", "agent"):
        return False
    told = (t.type for lemma in above.lemmas for t in context.lexicon.verbs.get(lemma, ()))
    return "Accident" in told


def _is_levy(found: Match, context: Context) -> bool:
    """As in "hits X with taxes", "slapped X with a fine": no blow but what has to be paid."""
    tree, verb = context.tree, found.proposition.head
    if found.proposition.kind != "verb" or found.lemma not in context.lexicon.slots.slapping:
        return False
    things = (
        thing
        for prep in tree.children(verb, "prep")
        if tree[prep].form.lower() == "with"
        for noun in tree.children(prep, "pobj")
        for thing in tree.conjuncts(noun)
    )
    return any(tree.lemma(i) in context.lexicon.slots.levies for i in things)


def _is_in_court(found: Match, context: Context) -> bool:
    """As in "will hear an appeal by victims": the court is asked, which has judged before."""
    tree, noun = context.tree, found.proposition.head
    told = found.proposition.kind == "noun" and tree[noun].deprel in ("dobj", "nsubjpass")
    return told and tree.lemma(tree[noun].head) in context.lexicon.slots.heard


def _is_eager(found: Match, context: Context) -> bool:
    """As in "has been on the attack since May": how somebody acts, and whom nobody attacks."""
    tree, noun = context.tree, found.proposition.head
    words = [tree[i].form.lower() for i in range(max(noun - 2, tree.sentence.first), noun)]
    bare = not tree.children(noun, "prep", "acl", "amod", "compound")
    return words == ["on", "the"] and bare and tree.lemma(tree[noun - 2].head) in _STAYING


def _is_of_words(found: Match, context: Context) -> bool:
    """As in "came under attack for his remarks", "stormed to victory"."""
    tree, head = context.tree, found.proposition.head
    if found.lemma == "storm":
        preps = [tree[i].form.lower() for i in tree.children(head, "prep")]
        return "to" in preps and all(role.name in ("agent", "location") for role in found.roles)
    prep = tree[head].head
    if found.proposition.kind != "noun" or tree[prep].form.lower() != "under":
        return False
    why = (*tree.children(head, "prep"), *tree.children(tree[prep].head, "prep"))
    return any(tree[i].form.lower() in ("for", "over") for i in why)


def _is_of_camera(found: Match, context: Context) -> bool:
    """As in "the shooting of the film was delayed"."""
    tree, noun = context.tree, found.proposition.head
    of = [i for i in tree.children(noun, "prep") if tree[i].form.lower() == "of"]
    things = (i for prep in of for i in tree.children(prep, "pobj"))
    return found.lemma == "shooting" and any(
        tree.lemma(i) in context.lexicon.slots.filmed for i in things
    )


def _is_effort(found: Match, context: Context) -> bool:
    """As in "doctors are fighting to save the boy": with nobody, and without arms."""
    verb = found.proposition.head
    if found.lemma != "fight" or any(role.name == "coAgent" for role in found.roles):
        return False
    agents = [role.head for role in found.roles if role.name == "agent"]
    armed = any(context.fits(i, _ARMED) for i in agents)
    return not armed and bool(context.tree.children(verb, "xcomp", "advcl"))


def _is_onslaught(found: Match, context: Context) -> bool:
    """As in "troops in Mali storm the palace", where the parser saw a noun."""
    tree, after = context.tree, found.proposition.head + 1
    article = after < tree.sentence.last and tree[after].xpos == "DT"
    return article and found.lemma == "storm" and found.proposition.kind == "noun"


def _is_growth(found: Match, context: Context) -> bool:
    """As in "an explosion of cholera cases": there are many of them, and nothing blew up."""
    tree, noun = context.tree, found.proposition.head
    return found.proposition.kind == "noun" and any(
        tree.lemma(i) in context.lexicon.slots.growing
        for prep in tree.children(noun, "prep")
        if tree[prep].form.lower() in ("of", "in")
        for i in tree.children(prep, "pobj")
    )


def _is_of_matter(found: Match, context: Context) -> bool:
    """As in "killed their hopes", "the chances of a deal are dead": nobody is hurt."""
    matters = context.lexicon.slots.matters
    themes = [role.head for role in found.roles if role.name == "theme"]
    return bool(themes) and all(context.tree.lemma(i) in matters for i in themes)


def _is_only_opposed(found: Match, context: Context) -> bool:
    """As in "sanctions against fraud", "fight corruption": no fraud of anybody is told of."""
    tree, noun = context.tree, found.proposition.head
    if tree.children(noun, "det", "poss"):
        return False
    first = tree.first_conjunct(noun)
    above = tree[first].head
    if tree[first].deprel == "dobj":  # who fights it would be taken for who does it
        return tree.lemma(above) in context.lexicon.slots.opposing
    if any(role.name != "location" for role in found.roles):
        return False
    if tree[first].deprel == "pobj":
        crackdown = tree.lemma(tree[above].head) in context.lexicon.slots.opposing
        return tree[above].form.lower() == "against" or crackdown
    return False


def _is_penalty(found: Match, context: Context) -> bool:
    """As in "sanctions against fraud": for whoever commits it, and on nobody."""
    tree, noun = context.tree, found.proposition.head
    if found.proposition.kind != "noun" or any(role.name == "target" for role in found.roles):
        return False
    against = [i for i in tree.children(noun, "prep") if tree[i].form.lower() in ("against", "for")]
    deeds = [i for prep in against for i in tree.children(prep, "pobj")]
    kinds = (t.type for i in deeds for t in context.lexicon.nouns.get(tree.lemma(i), ()))
    return any(kind in _OFFENCES for kind in kinds)


def _is_bygone(found: Match, context: Context) -> bool:
    """As in "its colonial rule of X": it ruled there then, and holds the land no more."""
    told = found.proposition.kind == "noun"
    tree, words = context.tree, context.lexicon.slots.bygone
    return told and any(
        tree.lemma(i) in words for i in tree.children(found.proposition.head, "amod")
    )


def _is_of_views(found: Match, context: Context) -> bool:
    """As in "a clash of heads", "a battle of wills": of no parties, and of no place."""
    tree, noun = context.tree, found.proposition.head
    if found.proposition.kind != "noun" or any(r.name != "location" for r in found.roles):
        return False
    of = [i for i in tree.children(noun, "prep") if tree[i].form.lower() == "of"]
    things = [i for prep in of for i in tree.children(prep, "pobj")]
    return any(
        tree.lemma(i) == "head" or not (i in context.dated or context.fits(i, ("Agent", "Place")))
        for i in things
        if tree[i].upos == "NOUN"
    )


def _is_betrayal(found: Match, context: Context) -> bool:
    """As in "the party stabbed him in the back": no person, who might have had a knife."""
    tree, verb = context.tree, found.proposition.head
    if found.proposition.lemmas[-1] != "stab":
        return False
    agents = [context.type_of(role.head) for role in found.roles if role.name == "agent"]
    body = bool(agents) and not any(kind is None or is_a("Person", kind) for kind in agents)
    words = [tree[i].form.lower() for i in range(verb, tree.sentence.last)]
    behind = any(tuple(words[i : i + len(_BACK)]) == _BACK for i in range(len(words)))
    people = any(kind is not None and is_a(kind, "PersonGroup") for kind in agents)
    return body and behind and not people


def _is_match(found: Match, context: Context) -> bool:
    """As in "hit X for 30 points", "beat X by two goals", "rout X 5-1": a game."""
    tree, verb = context.tree, found.proposition.head
    if found.proposition.kind != "verb":
        return False
    preps = [i for i in tree.children(verb, "prep") if tree[i].form.lower() in _SCORING]
    told = (i for prep in preps for i in tree.children(prep, "pobj"))
    near = (verb, *tree.children(verb, "dobj"))
    beside = (i for above in near for i in tree.children(above))
    return any(tree.lemma(i) in context.lexicon.slots.scores for i in told) or any(
        _RESULT.fullmatch(tree[i].form) for i in beside
    )
