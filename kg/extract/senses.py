"""Verbs of a deed that stand here for something else: a draw that is held, words that attack."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.mood import wh_word
from kg.extract.suspects import is_blow, is_violent
from kg.vocab import is_a, is_one_of

_PEACEFUL = {("Capture", "take"): ("out", "into"), ("Control", "hold"): ("to",)}
_BOTH = ("agent", "target")
_SCENES = ("with", "at", "in", "near", "outside", "during", "while")
_TWO = 2
_DETERMINERS = ("det", "poss", "nummod", "compound")


def is_no_deed(found: Match, context: Context) -> bool:
    """Whether the verb is used in another sense than that of the event."""
    checks = (
        _is_peaceful_aim,
        _is_inquiry,
        _is_no_order,
        _is_rebuke,
        _is_taken_out,
        _is_regulation,
        _is_sentence,
        _is_reception,
        _is_lost_vote,
        _is_duty,
        _is_likened,
        _is_public_takeover,
        _is_of_blow,
        _is_mission,
        _is_by_law,
        _is_flight,
        _is_dispute,
        _is_outlawed,
        _is_suggestion,
        _is_office,
        _is_proof,
        _is_monologue,
        _is_departure,
        _is_celebration,
        _is_declared_war,
        _is_comment,
    )
    return any(check(found, context) for check in checks)


def _is_office(found: Match, context: Context) -> bool:
    """As in "three years after he took the position": his work, and no ground."""
    if found.trigger.type != "Capture" or found.proposition.lemmas[-1] != "take":
        return False
    tree = context.tree
    taken = [i for i in tree.children(found.proposition.head, "dobj") if tree[i].xpos == "NN"]
    return any(tree.lemma(i) == "position" for i in taken)


def _is_suggestion(found: Match, context: Context) -> bool:
    """As in "it has been proposed that the moon is hollow": no bill."""
    if found.trigger.type != "Legislation" or found.proposition.kind != "verb":
        return False
    verb = found.proposition.head
    return any(i > verb for i in context.tree.children(verb, "ccomp"))


def _is_outlawed(found: Match, context: Context) -> bool:
    """As in "makes lynching a crime": whatever is done of it, none is told of."""
    tree, verb = context.tree, found.proposition.head
    if tree[verb].xpos != "VBG" or tree[verb].deprel not in ("xcomp", "ccomp", "amod"):
        return False
    return tree.lemma(tree[verb].head) == "make" and not tree.children(verb, "aux")


def _is_dispute(found: Match, context: Context) -> bool:
    """As in "a long battle with the courts", "Smith clashed with Brown": not fought with arms."""
    if found.trigger.type != "Clash":
        return False
    parties = [role.head for role in found.roles if role.name in ("agent", "coAgent")]
    named = [context.mention(head) for head in parties]
    persons = [each for each in named if each and each.level == "NAM" and each.type == "Person"]
    apart = len(persons) == len(parties) == _TWO
    return apart or any(context.fits(head, context.lexicon.slots.unarmed) for head in parties)


def _is_flight(found: Match, context: Context) -> bool:
    """As in "sent drones to X to strike a depot": they fly there, and X gets none."""
    tree, verb = context.tree, found.proposition.head
    if found.trigger.type != "ArmsSupply" or tree.lemma(verb) != "send":
        return False
    things = [role.head for role in found.roles if role.name == "theme"]
    flown = any(context.fits(i, context.lexicon.slots.flown) for i in things)
    aims = [tree.lemma(i) for i in tree.children(verb, "xcomp", "advcl") if tree[i].xpos == "VB"]
    triggers = [each for lemma in aims for each in context.lexicon.verbs.get(lemma, ())]
    hostile = any(is_a(each.type, "CombatEvent") for each in triggers)
    return flown and (hostile or any(lemma in context.lexicon.slots.dropping for lemma in aims))


def _is_proof(found: Match, context: Context) -> bool:
    """As in "demonstrated that it can build cars": shown, and no protest."""
    verb = found.proposition.head
    clauses = context.tree.children(verb, "ccomp") if found.trigger.type == "Protest" else ()
    return found.proposition.lemmas[-1] == "demonstrate" and any(i > verb for i in clauses)


def _is_monologue(found: Match, context: Context) -> bool:
    """As in "the manager discussed the new phone": one person alone, and no affair of states."""
    proposition = found.proposition
    aimed = proposition.link in ("purpose", "infinitive")
    if proposition.lemmas[-1] != "discuss" or aimed or not found.roles:
        return False
    affairs = context.lexicon.slots.affairs
    things = context.tree.children(proposition.head, "dobj")
    if any(context.is_event(i) or context.tree.lemma(i) in affairs for i in things):
        return False
    first = found.roles[0].head
    alone = len(found.roles) == 1 and context.tree[first].xpos in ("NN", "NNP", "PRP")
    return alone and is_a(context.type_of(first) or "Entity", "Person")


def _is_declared_war(found: Match, context: Context) -> bool:
    """As in "declared war on X": a deed, and nothing that is said to be so."""
    tree, verb = context.tree, found.proposition.head
    declared = found.trigger.type == "Claim" and tree.lemma(verb) == "declare"
    return declared and any(tree.lemma(i) == "war" for i in tree.children(verb, "dobj"))


def _is_celebration(found: Match, context: Context) -> bool:
    """As in "took to the streets to celebrate", "to hold a celebration"."""
    tree, verb = context.tree, found.proposition.head
    if found.trigger.type != "Protest" or found.proposition.kind != "verb":
        return False
    aims, slots = tree.children(verb, "xcomp", "advcl"), context.lexicon.slots
    held = (j for aim in aims for i in tree.children(aim, "dobj") for j in tree.conjuncts(i))
    words = (*slots.rejoicing, *slots.rejoicings)
    return any(tree.lemma(i) in words for i in (*aims, *held))


def _is_departure(found: Match, context: Context) -> bool:
    """As in "the team left Milan", "the delegation left Geneva": it gives no ground up."""
    if found.trigger.type != "Withdrawal" or found.proposition.lemmas[-1] != "leave":
        return False
    town = any(
        r.name == "origin" and context.fits(r.head, ("PopulatedPlace",)) for r in found.roles
    )
    doers = [context.mention(role.head) for role in found.roles if role.name == "agent"]
    return town and any(
        each is not None and not each.candidates and each.type in ("Organization", "PopulatedPlace")
        for each in doers
    )


def _is_inquiry(found: Match, context: Context) -> bool:
    """As in "the people asked by the pollster": nothing is asked for, or of anybody to do.

    So too "asked the minister whether X would leave": a question, which wants an answer.
    """
    tree, verb = context.tree, found.proposition.head
    if found.proposition.lemmas[-1] != "ask" or found.proposition.kind != "verb":
        return False
    if any(_is_question(clause, context) for clause in tree.children(verb, "ccomp", "advcl")):
        return True
    below = tree.children(verb, "xcomp", "ccomp", "advcl", "dative", "conj")
    wanted = any(tree[i].form.lower() in ("for", "to", "of") for i in tree.children(verb, "prep"))
    acts = any(tree.children(i, "acl", "relcl") for i in tree.children(verb, "dobj"))
    return not (below or wanted or acts) and len(tree.children(verb, "dobj")) < _TWO


def _is_question(clause: int, context: Context) -> bool:
    tree, verb = context.tree, context.tree[clause].head
    if verb > clause:  # "“Who fled?” she asked"
        return any(tree[i].form == "?" for i in range(clause, verb))
    marks = {tree[i].form.lower(): i for i in tree.children(clause, "mark")}
    bare = tree[clause].deprel == "ccomp" or marks.get("if", 0) - 1 in tree.children(verb, "dobj")
    asked = tree[clause].deprel == "ccomp" and wh_word(clause, context) is not None
    return asked or (bare and "if" in marks) or "whether" in marks


def _is_no_order(found: Match, context: Context) -> bool:
    """As in "instructed them in history", "ordered him into custody": not told to do anything."""
    tree, verb = context.tree, found.proposition.head
    prep = {"instruct": "in", "order": "into"}.get(found.proposition.lemmas[-1])
    if found.proposition.kind != "verb" or tree.children(verb, "xcomp", "ccomp", "advcl"):
        return False
    nouns = tree.children(verb, "dobj")  # the parser may hang it on them
    if any(context.is_event(i) for i in nouns):
        return False  # "ordered an investigation into the case"
    preps = [i for each in (verb, *nouns) for i in tree.children(each, "prep")]
    if any(tree[i].form.lower() == prep for i in preps):
        return True
    goods = (i for i in nouns if not tree.children(i, "acl", "relcl"))
    sent = any(tree[i].form.lower() == "to" for i in preps)  # "ordered tanks to the border"
    return prep == "into" and not sent and any(_is_ware(i, context) for i in goods)


def _is_ware(noun: int, context: Context) -> bool:
    """As in "ordered 40 jets", "ordered two million doses": bought, and told nothing."""
    listed = context.tree.lemma(noun) in context.lexicon.slots.wares
    return listed or is_a(context.type_of(noun) or "Entity", "Materiel")


def _is_rebuke(found: Match, context: Context) -> bool:
    """As in "X has attacked Y for raising taxes", "X attacked Y": with words.

    Of two people named, unless it is told with what, where or with what outcome.
    """
    tree, verb = context.tree, found.proposition.head
    if found.proposition.lemmas[-1] != "attack" or found.proposition.kind != "verb":
        return False
    parties = [(role.name, context.mention(role.head)) for role in found.roles]
    named = {
        name for name, m in parties if m is not None and m.level == "NAM" and is_a(m.type, "Person")
    }
    words = {tree[i].form.lower() for i in tree.children(verb, "prep")}
    blamed = any(
        tree[i].form.lower() == "for" and i + 1 in tree.indices() and tree[i + 1].xpos == "VBG"
        for i in tree.children(verb, "prep")
    )
    bare = words.isdisjoint(_SCENES) and not tree.children(verb, "conj", "advcl", "xcomp")
    return (blamed or bare) and named.issuperset(_BOTH)


def _is_sentence(found: Match, context: Context) -> bool:
    """As in "condemned thousands to death": the word of a judge, and of no critic."""
    tree, verb = context.tree, found.proposition.head
    condemned = found.proposition.lemmas[-1] == "condemn" and found.proposition.kind == "verb"
    return condemned and any(tree[i].form.lower() == "to" for i in tree.children(verb, "prep"))


def _is_taken_out(found: Match, context: Context) -> bool:
    """As in "took the phone out of his pocket", "held X to a draw": no capture, no control.

    Nor "the direction in which he was taking the country", "where he is taking it".
    """
    tree, verb = context.tree, found.proposition.head
    wh = wh_word(verb, context) if tree[verb].deprel in ("ccomp", "pcomp") else None
    asked = wh is not None and tree[wh].form.lower() == "where"
    courses = context.lexicon.slots.courses
    course = tree[verb].deprel == "relcl" and tree.lemma(tree[verb].head) in courses
    if found.lemma == "take" and tree.children(verb, "dobj") and (asked or course):
        return True
    preps = _PEACEFUL.get((found.trigger.type, found.proposition.lemmas[-1]), ())
    return any(tree[i].form.lower() in preps for i in tree.children(verb, "prep"))


def _is_regulation(found: Match, context: Context) -> bool:
    """As in "stricter rules on its border": more rules than one are no reign."""
    noun = found.proposition.kind == "noun" and found.proposition.lemmas[-1] == "rule"
    return noun and context.tree[found.proposition.head].xpos == "NNS"


def _is_peaceful_aim(found: Match, context: Context) -> bool:
    """As in "widens sanctions, targeting banks": nothing before tells of violence."""
    proposition, tree = found.proposition, context.tree
    if proposition.lemmas[-1] != "target" or proposition.link not in ("adverbial", "participle"):
        return False
    if tree[proposition.head].xpos != "VBG":
        return False
    kinds = context.lexicon.noun_classes
    before = range(tree.sentence.first, proposition.head)
    armed = (kinds.get(tree.lemma(i)) for i in before)
    return not any(is_blow(i, context) for i in before) and not any(
        kind is not None and (is_a(kind, "Materiel") or is_a(kind, "ArmedGroup")) for kind in armed
    )


def _is_reception(found: Match, context: Context) -> bool:
    """As in "were met by gunmen", "met resistance": nobody need have talked with anybody.

    Nor "met Spain in the final".
    """
    proposition, tree = found.proposition, context.tree
    if proposition.lemmas[-1] != "meet" or proposition.kind != "verb":
        return False
    preps = [i for i in tree.children(proposition.head, "prep") if tree[i].form.lower() == "in"]
    where = (tree.lemma(i).lower() for prep in preps for i in tree.children(prep, "pobj"))
    if not set(where).isdisjoint(context.lexicon.slots.contests):
        return True
    if not proposition.passive:
        objects = tree.children(proposition.head, "dobj")
        return any(tree[i].xpos == "NN" and not _is_told_which(i, context) for i in objects)
    waiting = (i for by in tree.children(proposition.head, "agent") for i in tree.children(by))
    mentions = [mention for i in waiting if (mention := context.mention(i)) is not None]
    return not any(each.level == "NAM" and is_a(each.type, "Person") for each in mentions)


def _is_told_which(noun: int, context: Context) -> bool:
    """Whether more than a plain adjective tells whom a noun means: "Chinese leadership"."""
    tree = context.tree
    named = any(context.mention(i) is not None for i in tree.children(noun, "amod"))
    return named or bool(tree.children(noun, *_DETERMINERS))


def _is_lost_vote(found: Match, context: Context) -> bool:
    """As in "the party loses the largest cities in the elections": to voters, and to no army."""
    if found.trigger.type not in ("TerritorialLoss", "Capture", "Recapture"):
        return False
    tree, verb = context.tree, found.proposition.head
    nouns = context.lexicon.nouns
    kinds = (
        trigger.type
        for prep in tree.children(verb, "prep")
        for noun in tree.children(prep, "pobj")
        for trigger in nouns.get(tree.lemma(noun), ())
    )
    return any(is_one_of(kind, ("Election", "Vote")) for kind in kinds)


def _is_likened(found: Match, context: Context) -> bool:
    """As in "the tariff is an attack on X": what is no blow itself is only called one."""
    tree, noun = context.tree, found.proposition.head
    if found.proposition.kind != "noun" or tree[noun].deprel != "attr" or not is_violent(found):
        return False
    subjects = tree.children(tree[noun].head, "nsubj")
    return any(tree[i].upos == "NOUN" and not _may_be_blow(i, context) for i in subjects)


def _is_of_blow(found: Match, context: Context) -> bool:
    """As in "a raid targeting X", "strikes targeted X", which tells of one raid: it is on X."""
    proposition = found.proposition
    if proposition.lemmas[-1] != "target" or proposition.passive:
        return False
    if proposition.link in ("participle", "relative"):
        return proposition.governor is not None and is_blow(proposition.governor, context)
    blows = [i for i in (slot.head for slot in proposition.all("subject")) if context.is_event(i)]
    return any(is_blow(i, context) and _is_on(i, context) for i in blows)


def _is_on(noun: int, context: Context) -> bool:
    """Whether "on" tells the target of such an event: of a raid, but of no operation."""
    triggers = context.lexicon.nouns.get(context.tree.lemma(noun), ())
    told = [trigger.frame.roles.get("on") for trigger in triggers]
    return any("target" in (each.values() if isinstance(each, dict) else (each,)) for each in told)


def _is_mission(found: Match, context: Context) -> bool:
    """As in "sent a plane to survey the scene": it does so, and is given to nobody."""
    proposition = found.proposition
    supply = found.trigger.type == "ArmsSupply" and proposition.lemmas[-1] == "send"
    if not supply or any(role.name == "recipient" for role in found.roles):
        return False
    tree = context.tree
    below = (proposition.head, *tree.children(proposition.head, "dobj"))
    aims = (i for each in below for i in tree.children(each, "xcomp", "advcl", "acl", "relcl"))
    return any(tree[i].xpos == "TO" for aim in aims for i in tree.children(aim, "aux"))


def _is_by_law(found: Match, context: Context) -> bool:
    """As in "targeted under the statute": by a court, and not by arms."""
    tree, verb = context.tree, found.proposition.head
    if "under" not in tree.forms or not is_a(found.trigger.type, "CombatEvent"):
        return False
    preps = [i for i in tree.children(verb, "prep") if tree[i].form.lower() == "under"]
    laws = context.lexicon.people.laws
    nouns = [i for prep in preps for i in tree.children(prep, "pobj")]
    return any(tree.lemma(i) in laws or context.type_of(i) == "Law" for i in nouns)


def _may_be_blow(noun: int, context: Context) -> bool:
    slots = context.lexicon.slots
    return context.is_event(noun) or context.tree.lemma(noun) in slots.happenings


def _is_public_takeover(found: Match, context: Context) -> bool:
    """As in "the government takes control of all hospitals": by law, and no army took them."""
    if not is_a(found.trigger.type, "Capture"):
        return False
    lexicon, tree = context.lexicon, context.tree
    doers = [context.type_of(role.head) for role in found.roles if role.name == "agent"]
    taken = [role.head for role in found.roles if role.name == "theme"]
    public = bool(doers) and all(kind is not None and is_a(kind, "Government") for kind in doers)
    return public and any(tree.lemma(i) in lexicon.slots.enterprises for i in taken)


def _is_duty(found: Match, context: Context) -> bool:
    """As in "is responsible for allocating funds": what it is there for, and no single deed."""
    proposition, tree = found.proposition, context.tree
    prep = tree.head(proposition.head)
    if proposition.link != "gerund" or proposition.marker != "for" or prep is None:
        return False
    charged = tree.head(prep)
    if charged is None or tree.lemma(charged) != "responsible":
        return False
    be = tree.head(charged)
    now = be is not None and tree[be].xpos in ("VBZ", "VBP")
    return now and not is_violent(found)


def _is_comment(found: Match, context: Context) -> bool:
    """As in "said X had fled, a claim that Y rejected": what was claimed is told before it."""
    tree, noun = context.tree, found.proposition.head
    article = tree.child(noun, "det")
    if found.trigger.type != "Claim" or found.proposition.kind != "noun" or article is None:
        return False
    aside = article > tree.sentence.first and tree[article - 1].form == ","
    return aside and any(i > noun for i in tree.children(noun, "acl", "relcl"))
