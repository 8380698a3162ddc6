"""Doers whom the order of the words gives no deed, though the parse does.

A parser errs most where it has to choose what a late clause belongs to.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.actors import is_disaster
from kg.extract.context import Context
from kg.extract.predicate import operator_of
from kg.extract.proposition import Proposition
from kg.extract.suspects import Suspect, is_blow, is_violent, lemma_at, start_of, word_at
from kg.vocab import is_a, is_one_of

_STATES = ("Control", "Siege", "Blockade")
_SAYING = ("CommunicationEvent",)
_SETTINGS = ("prep", "advcl")
_FINITE = ("VBD", "VBZ", "VBP")
_TIMES = ("after", "before", "as", "when", "since", "once", "until")


def _is_rest_of_place(suspect: Suspect) -> bool:
    """As in "a raid in Assam, northeast India kills ten": where it was, and no doer."""
    head, context = suspect.head, suspect.context
    tree, mention = context.tree, context.mention(head)
    placed = tree.lemma(head).lower() in context.lexicon.slots.kinds  # "Mambasa Territory"
    if mention is None or mention.level != "NAM" or not (placed or is_a(mention.type, "Place")):
        return False
    if tree[head].deprel not in ("nsubj", "nsubjpass", "conj", "appos"):
        return False
    before = start_of(head, context) - 1
    if word_at(before, context) in context.lexicon.slots.before_places:
        return tree[tree[head].head].deprel != "pcomp"  # "the idea of X leaving Y"
    place = before - 1
    if word_at(before, context) != "," or tree[place].deprel != "pobj":
        return False
    if (
        tree[tree[place].head].form.lower() not in context.lexicon.slots.before_places
        or tree[head].head == place
    ):
        return False
    kind = context.type_of(place) or context.lexicon.noun_classes.get(tree.lemma(place))
    named = any(tree[i].xpos == "NNP" for i in tree.children(place, "compound"))  # "Lubero sector"
    located = named if kind in (None, "Entity") else is_a(kind or "Entity", "Place")
    return located and not _is_fronted(place, head, context)


def _is_fronted(noun: int, subject: int, context: Context) -> bool:
    """Whether what is before the subject is only the setting of its clause ("In Bonn, X said")."""
    tree = context.tree
    verb = tree[subject].head
    top = next((i for i in (noun, *tree.ancestors(noun)) if tree[i].head == verb), verb)
    told = is_blow(top, context)  # "Fighting in X, Y kills"
    setting = tree[top].deprel in _SETTINGS and not told
    return tree.is_verb(verb) and setting and top < subject


def _is_beside_blow(suspect: Suspect) -> bool:
    """As in "charged five men over attacks in X that killed ten": the attacks killed."""
    head, found, context = suspect.head, suspect.found, suspect.context
    proposition = found.proposition
    if not is_violent(found) or proposition.kind != "verb":
        return False
    if not head < proposition.head or proposition.link not in ("relative", "participle"):
        return False
    governor = proposition.governor if proposition.governor is not None else head
    if _is_below_blow(governor, proposition, context):
        return True
    return any(
        context.tree[i].upos == "NOUN" and is_blow(i, context)
        for i in range(max(head, governor) + 1, proposition.head)
        if i not in (governor, head)
    )


def _is_below_blow(noun: int, proposition: Proposition, context: Context) -> bool:
    """As in "condemned attacks on X and Y, which killed ten": neither X nor Y did."""
    tree = context.tree
    which = [tree[i].form.lower() for i in tree.children(proposition.head, "nsubj")]
    if proposition.link != "relative" or not {"which", "that"} & set(which):
        return False
    prep = tree.head(tree.first_conjunct(noun))
    above = tree.head(prep) if prep is not None and tree[prep].deprel == "prep" else None
    return above is not None and tree[above].upos == "NOUN" and is_blow(above, context)


def _is_loose_relative(suspect: Suspect) -> bool:
    """As in "X declares an emergency as rioting goes on, which has killed four"."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    relative = any(tree[i].xpos == "WDT" for i in tree.children(verb, "nsubj"))
    return relative and tree[verb].deprel == "advcl" and tree[head].head != verb


def _is_of_nearer_clause(suspect: Suspect) -> bool:
    """As in "X ends the search for a jet which crashed, killing ten": the crash, and not X, did.

    The harm is the outcome of the finite clause right before it; who acts there is the doer.
    """
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    loose = found.proposition.link == "adverbial" and not found.proposition.marker
    harm = loose and tree[verb].xpos == "VBG" and tree.lemma(verb) in context.lexicon.slots.harms
    harm = harm and not is_one_of(found.trigger.type, _SAYING)  # "claiming that X"
    if not harm or head > verb:
        return False
    before = [i for i in range(head + 1, verb) if tree[i].xpos in _FINITE and tree.is_verb(i)]
    clause = context.propositions.get(before[-1]) if before else None
    if clause is None or clause.passive:
        return False
    subjects = {slot.head for slot in clause.all("subject")}
    acts = head in subjects or bool(subjects & set(tree.conjuncts(tree.first_conjunct(head))))
    thrown = any(is_a(context.type_of(each) or "Entity", "Materiel") for each in subjects)
    return bool(subjects) and not acts and not (thrown and is_blow(clause.head, context))


def _is_only_ordering(suspect: Suspect) -> bool:
    """As in "X orders air strikes on Y, killing ten": those who carried them out killed."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    loose = found.proposition.link == "adverbial" and not found.proposition.marker
    first = tree.first_conjunct(verb)
    if not is_violent(found) or tree[verb].xpos != "VBG" or not (loose or first != verb):
        return False
    above = context.propositions.get(tree[first].head)
    if above is None or head not in {slot.head for slot in above.all("subject")}:
        return False
    operator = operator_of(above, context.lexicon.nominal_verbs)
    asked = operator is not None and operator.modality == "considered"
    return asked and any(is_blow(i, context) for i in tree.subtree(above.head) if head < i < verb)


def _is_kind_of_place(suspect: Suspect) -> bool:
    """As in "the region surrounding X": a common noun for a place attacks nobody."""
    head, found, context = suspect.head, suspect.found, suspect.context
    mention = context.mention(head)
    if mention is None or mention.level != "NOM" or not is_violent(found):
        return False
    placed = is_a(mention.type, "Place") and not is_a(mention.type, "Country")
    return placed and not is_a(mention.type, "Organization")


def _is_included_doer(suspect: Suspect) -> bool:
    """As in "labelled by the government, including X and Y": of one doer there are no others.

    So too "shops are burnt by looters, including the shops of X", "ten were killed by air strikes,
    including two men": they are of those who suffer.
    """
    head, context = suspect.head, suspect.context
    tree, verb = context.tree, suspect.found.proposition.head
    prep = tree.head(tree.first_conjunct(head))
    while prep is not None and tree[prep].deprel == "appos":
        prep = tree.head(prep)
    if prep is not None and tree[prep].deprel == "pobj":
        prep = tree.head(prep)
    if prep is None or tree[prep].form.lower() != "including":
        return False
    whole = tree.head(prep)
    burnt = {
        tree.lemma(i) for each in (verb, tree[verb].head) for i in tree.children(each, "nsubjpass")
    }
    if whole is not None and (tree[whole].xpos in ("NN", "NNP") or is_blow(whole, context)):
        return True
    return tree.lemma(head) in burnt


def _is_sufferer(suspect: Suspect) -> bool:
    """As in "ten are wounded as a bomb goes off, targeting a van": not targeted by the ten."""
    head, found, context = suspect.head, suspect.found, suspect.context
    proposition, tree = found.proposition, context.tree
    if not is_violent(found) or proposition.kind != "verb" or proposition.passive:
        return False
    above = tree[tree.first_conjunct(head)]
    prep = tree.head(proposition.head)
    if prep is not None and tree[prep].deprel == "agent":
        return True  # "executed by firing squad"
    verb = above.head
    under = [i for i in tree.children(verb, "prep") if tree[i].form.lower() == "under"]
    struck = any(is_blow(i, context) for prep in under for i in tree.children(prep, "pobj"))
    suffers = above.deprel == "nsubjpass" or struck  # "come under attack, killing one"
    suffers = suffers and tree[head].head != proposition.head
    return suffers and proposition.link == "adverbial" and proposition.marker is None


def _is_of_subordinate(suspect: Suspect) -> bool:
    """As in "X resigns after Y collapsed, accusing Z": X accuses, or Y.

    So too "X says that Y collapsed while accusing Z".
    """
    head, found, context = suspect.head, suspect.found, suspect.context
    proposition, tree = found.proposition, context.tree
    loose = proposition.kind == "verb" and proposition.link in ("adverbial", "gerund")
    clause = context.propositions.get(proposition.governor or -1)
    if not loose or clause is None or not is_one_of(found.trigger.type, _SAYING):
        return False
    if proposition.marker == "while":
        return _is_told(clause, context) and head in {slot.head for slot in clause.all("subject")}
    late = clause.head < proposition.head and clause.link == "adverbial"
    if proposition.marker is not None or not late or clause.marker not in _TIMES:
        return False
    if word_at(min(tree.subtree(proposition.head)) - 1, context) != ",":
        return False
    main = context.propositions.get(clause.governor if clause.governor is not None else -1)
    if tree[clause.head].deprel != "advcl" or main is None or main.head > clause.head:
        return False
    rivals = [slot.head for slot in main.all("subject") if slot.head != head]
    return any(_can_act(each, context) for each in rivals)


def _is_told(clause: Proposition, context: Context) -> bool:
    """Whether the clause is what somebody says."""
    tree = context.tree
    above = tree[clause.head].head
    told = tree[clause.head].deprel == "ccomp" and above < clause.head
    return told and tree.lemma(above) in context.lexicon.report_verbs


def _is_next_subject(suspect: Suspect) -> bool:
    """As in "held by police and the embassy is looking into it": a clause begins there."""
    tree, head = suspect.context.tree, suspect.head
    after = head + 1
    if tree[head].deprel != "conj" or after >= tree.sentence.last:
        return False
    joined = tree[tree.first_conjunct(head)].deprel == "pobj"
    finite = tree[after].xpos in _FINITE and tree[after].upos in ("AUX", "VERB")
    verb = tree[after].head if tree[after].deprel in ("aux", "auxpass") else after
    return joined and finite and not tree.children(verb, "nsubj", "nsubjpass", "mark")


def _can_act(head: int, context: Context) -> bool:
    mention = context.mention(head)
    return mention is not None and (mention.level == "PRO" or is_a(mention.type, "Agent"))


def _is_as_noun(suspect: Suspect) -> bool:
    """As in "refuses to see X as mayor and calls on Y", "men dressed as doctors attack"."""
    head, context = suspect.head, suspect.context
    tree = context.tree
    if lemma_at(start_of(head, context) - 2, context) in context.lexicon.slots.guises:
        return word_at(start_of(head, context) - 1, context) == "as"
    bare = tree[head].xpos == "NN" and start_of(head, context) == head
    as_ = word_at(head - 1, context) == "as"
    return bare and as_ and tree[head].deprel == "nsubj" and _is_joint(head + 1, context)


def _is_joint(index: int, context: Context) -> bool:
    return word_at(index, context) in ("and", "or", "but", ",")


def _is_ill_joined(suspect: Suspect) -> bool:
    """As in "is accused of crimes, and killing ten": a gerund goes on with no finite verb."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    own = tree[head].head == verb or context.is_event(tree[head].head)  # "X's push goes on, ..."
    if tree[verb].deprel != "conj" or own or tree.children(verb, "aux"):
        return False
    above = tree[verb].head
    if tree[verb].xpos == "VBG":  # "attacked a base, killing ten" is no list of deeds
        return tree[above].xpos in (*_FINITE, "VBN") and word_at(verb - 1, context) != ","
    past = tree[verb].xpos == "VBD" and tree[above].xpos in ("VBZ", "VBP")
    return past and any(tree[i].deprel == "relcl" for i in range(above + 1, verb))


def _is_only_involved(suspect: Suspect) -> bool:
    """As in "four people involved in the murder were held": not each of them has killed."""
    found, context = suspect.found, suspect.context
    light = found.proposition.light
    return light is not None and is_violent(found) and context.tree.lemma(light) == "involve"


def _is_left_behind(suspect: Suspect) -> bool:
    """As in "blew up a pylon, leaving the town in the dark": nobody has left it."""
    found, context = suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    leaving = tree.lemma(verb) == "leave" and tree[verb].xpos == "VBG" and not is_violent(found)
    return leaving and found.proposition.link == "adverbial" and not found.proposition.marker


def _is_parenthetic_speaker(suspect: Suspect) -> bool:
    """As in "people it said were responsible": who says so is not who was."""
    head, context = suspect.head, suspect.context
    tree, said = context.tree, context.lexicon.report_verbs
    return tree[head].xpos == "PRP" and any(
        tree.lemma(i) in said and i == head + 1 and tree[i].xpos in (*_FINITE, "VBN")
        for i in tree.children(head, "acl", "relcl")
    )


def _is_of_finite_participle(suspect: Suspect) -> bool:
    """As in "X urged calm to Y of Z and W appealed to V": W appealed, and X urged.

    A participle after its noun is passive and takes no object; this one is the verb of X.
    """
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    subject = verb - 1
    if tree[head].head != verb or subject <= head or tree[subject].deprel != "conj":
        return False
    finite = any(
        tree[i].xpos == "VBN" and tree.children(i, "dobj") for i in tree.children(head, "acl")
    )
    return finite and _can_act(subject, context)


def _is_storm(suspect: Suspect) -> bool:
    """As in "Hurricane Fred hits X", "Cyclones Ana and Bob threaten X": it is no attacker."""
    head, found, context = suspect.head, suspect.found, suspect.context
    if not any(is_a(found.trigger.type, kind) for kind in ("CombatEvent", "Threat")):
        return False
    tree = context.tree
    first = tree.first_conjunct(head)
    apposed = tree[first].head if tree[first].deprel == "appos" else first
    words = (
        apposed,
        *range(start_of(first, context), first + 1),
        *range(start_of(head, context), head + 1),
    )
    return is_disaster((i for i in words if i < tree.sentence.last), context)


def _is_beside_event(suspect: Suspect) -> bool:
    """As in "attacks on a school and a family kill ten": the family is what is attacked."""
    tree, head, context = suspect.context.tree, suspect.head, suspect.context
    first = tree.first_conjunct(head)
    return first != head and context.is_event(first) and not context.is_event(head)


def _is_aim(suspect: Suspect) -> bool:
    """As in "the aim was supporting X": the word for what somebody wants does nothing itself."""
    tree, head = suspect.context.tree, suspect.head
    aims = suspect.context.lexicon.slots.aims
    return tree.lemma(head) in aims and tree[tree[head].head].xpos == "VBG"


def _is_before_conjunction(suspect: Suspect) -> bool:
    """As in "Police fire tear gas, after a bombing killed nine": who acts stands after "after"."""
    tree, verb = suspect.context.tree, suspect.found.proposition.head
    joints = [i for i in tree.children(verb, "prep", "mark") if suspect.head < i < verb]
    return any(
        tree[i].form.lower() in _TIMES and not tree.children(i, "pobj", "pcomp") for i in joints
    )


def _is_beyond_border(suspect: Suspect) -> bool:
    """As in "clashes with rebels near the border with X", "between X and Y": where that is."""
    head, context = suspect.head, suspect.context
    tree, prep = context.tree, context.tree.head(context.tree.first_conjunct(head))
    kind = context.type_of(head)
    if prep is None or kind is None or not is_a(kind, "Place"):
        return False
    border = context.lexicon.noun_classes.get(lemma_at(prep - 1, context)) == "Border"
    return border and tree[prep].form.lower() in ("with", "between")


def _is_not_holder(suspect: Suspect) -> bool:
    """As in "police cleared a camp occupying the square": the camp did, whoever may."""
    found, tree = suspect.found, suspect.context.tree
    verb = found.proposition.head
    held = is_one_of(found.trigger.type, _STATES) and tree[verb].xpos == "VBG"
    beside = tree[verb].deprel == "acl" and tree[verb].head == verb - 1
    return held and beside and suspect.head != verb - 1


DOER_CHECKS: tuple[Callable[[Suspect], bool], ...] = (
    _is_rest_of_place,
    _is_beside_blow,
    _is_loose_relative,
    _is_sufferer,
    _is_of_subordinate,
    _is_beside_event,
    _is_aim,
    _is_before_conjunction,
    _is_as_noun,
    _is_only_involved,
    _is_left_behind,
    _is_of_nearer_clause,
    _is_only_ordering,
    _is_kind_of_place,
    _is_included_doer,
    _is_ill_joined,
    _is_next_subject,
    _is_parenthetic_speaker,
    _is_of_finite_participle,
    _is_storm,
    _is_beyond_border,
    _is_not_holder,
)
