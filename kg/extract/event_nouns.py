"""How an event noun stands in its clause: as a label, as an example, as new or as known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.charges import is_accusing
from kg.extract.context import Context
from kg.extract.measured import through_measures
from kg.extract.obliques import preposition
from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import Trigger
from kg.vocab import is_a, is_one_of

_DEFINITE = ("the", "this", "that", "these", "those", "both")
_ADVERBIAL = ("in", "on", "at", "to", "into", "under")
_GOING_ON = ("Epidemic", "Protest", "Unrest")
_QUOTES = ('"', "\u201c", "``", "'", "\u2018")


def is_labelled(noun: int, context: Context) -> bool:
    """As in 'denounced the siege, a "brutal assault" on the people': what somebody calls it."""
    tree = context.tree
    marks = [i for i in tree.children(noun, "punct") if tree[i].form in _QUOTES and i < noun]
    return tree[noun].deprel in ("appos", "oprd") and bool(marks)


def is_as_sure(noun: Proposition, context: Context) -> bool:
    """As in "the toll may reach 90", "will raid it in cooperation with X": as sure as the verb."""
    lemma, lexicon = context.tree.lemma(noun.head), context.lexicon
    joint = noun.marker == "in" and lemma in lexicon.slots.jointly
    return joint or lemma in lexicon.reporting.unvouched["tallies"]


def whole_of(noun: int, context: Context) -> Proposition:
    """A noun of which an event is an example, as if it were one: how it hangs on its verb."""
    tree = context.tree
    known = context.propositions.get(noun)
    if known is not None and known.kind == "noun":
        return known
    top = through_measures(tree, context.lexicon, noun)  # "for a range of crimes"
    found = Proposition(noun, "noun", (tree.lemma(noun),), governor=tree.head(top))
    if tree[top].deprel in ("nsubj", "nsubjpass"):
        found.link = "subject"
    elif tree[top].deprel == "pobj":
        prep = tree[top].head
        found.marker, found.governor = preposition(tree, prep), tree.head(prep)
        below = found.governor is not None and tree.is_noun(found.governor)
        found.link = "of-noun" if below else "oblique"
    else:
        found.link = "object"
    return found


def is_phrase(proposition: Proposition, context: Context) -> bool:
    """A bare noun in a set phrase ("to death", "in protest"), which alone tells of no event."""
    tree, head = context.tree, proposition.head
    bare = tree[head].xpos == "NN" and not tree.children(head)
    return bare and proposition.marker in _ADVERBIAL and not tree.lemma(head).endswith("ing")


def is_new(noun: int, context: Context) -> bool:
    """An event that is not spoken of as known."""
    return not any(
        context.tree[child].deprel == "poss" or context.tree[child].form.lower() in _DEFINITE
        for child in context.tree.children(noun)
    )


def is_either(noun: int, context: Context) -> bool:
    """As in "died in an ambush or an accident": one of them has been, and which is not told.

    Not so "the blast, or explosion" (another name of it) and "shootings or stabbings" (of each).
    """
    tree = context.tree
    if "or" not in tree.forms:
        return False
    listed = tree.conjuncts(tree.first_conjunct(noun))
    joints = [i for each in listed for i in tree.children(each, "cc")]
    if len(listed) < 2 or not any(tree[i].form.lower() == "or" for i in joints):
        return False
    aside = any(tree[i - 1].form == "," for i in joints) and len(listed) == 2
    none = any(tree[i].form.lower() == "no" for i in tree.children(listed[0], "det"))
    nouns = all(tree[i].upos == "NOUN" and tree[i].xpos in ("NN", "VBG") for i in listed)
    told = nouns and all(is_new(i, context) for i in listed)
    return told and not (aside or none)


def is_outcome(noun: int, context: Context) -> bool:
    """As in "freed as a result of talks": what it comes of has happened."""
    tree = context.tree
    above = tree.head(tree[noun].head)
    return above is not None and tree.lemma(above) in context.lexicon.operators.junctions["outcome"]


def is_term(above: Proposition, context: Context) -> bool:
    """Whether "for" tells what is wanted: of the verb's object, a plan or deal, or of a protest."""
    plans = context.lexicon.slots.plans
    planned = any(context.tree.lemma(each.head) in plans for each in above.all("object"))
    return planned or is_protest(above.lemmas[-1], context.lexicon.verbs)


def is_protest(word: str, triggers: Mapping[str, Sequence[Trigger]]) -> bool:
    """As in "rally for the release of X", "protests for the release of X": it is wanted."""
    return any(is_a(trigger.type, "Protest") for trigger in triggers.get(word, ()))


def is_of_doer(noun: Proposition, context: Context) -> bool:
    """As in "X is behind the attack", "is responsible for it": what was done is over."""
    tree, verb = context.tree, noun.light
    if verb is None or tree.lemma(verb) != "be":
        return False
    guilty = any(tree.lemma(i) == "responsible" for i in tree.children(verb, "acomp", "oprd"))
    return noun.marker == "behind" or (noun.marker == "for" and guilty)


def exemplifies(prep: int, tree: Tree) -> bool:
    """As in "denied crimes such as killings", "reported 12 cases, including 3 deaths"."""
    form = tree[prep].form.lower()
    such = any(tree[i].form.lower() == "such" for i in tree.children(prep, "amod"))
    return form == "including" or (form == "as" and such)


def exemplified(event: Proposition, context: Context) -> int | None:
    """The noun of which an event is an example: "charges ranging from fraud to bribery".

    So too "the charges range from fraud to bribery", "accusations include fraud".
    """
    tree = context.tree
    first = tree.first_conjunct(event.head)
    if tree[first].deprel == "conj":  # "crimes including killing two and attacks on X"
        first = tree[first].head
    prep = tree[first].head
    if exemplifies(prep, tree):
        return event.governor
    told = tree.lemma(prep) in context.lexicon.slots.containing and tree[first].deprel == "dobj"
    above = prep if told else tree[prep].head
    above = tree[above].head if tree[above].deprel == "prep" else above
    ranging = tree.lemma(above) == "range" and tree[prep].deprel == "prep"
    if ranging and tree[above].deprel == "acl":
        return tree[above].head
    counts = [i for i in tree.children(above, "nsubj") if _is_count(i, context)]
    return counts[0] if counts and (told or ranging) else None


def _is_count(noun: int, context: Context) -> bool:
    return context.tree.lemma(noun) in context.lexicon.slots.counts


def stands(noun: Proposition, context: Context) -> bool:
    """Whether an event is known to have been, whatever becomes of it in the clause."""
    checks = (
        _is_cited,
        _has_befallen,
        _is_told_about,
        _is_defended,
        _is_left,
        _is_signed,
        _is_opposed,
    )
    return any(check(noun, context) for check in checks)


def _is_cited(noun: Proposition, context: Context) -> bool:
    """As in "according to the pact, troops will leave": it stands, whatever it says."""
    tree, prep = context.tree, context.tree[noun.head].head
    return tree[tree[prep].head].form.lower() == "according" or tree[prep].form.lower() == "per"


def _has_befallen(noun: Proposition, context: Context) -> bool:
    """As in "the protests that took place in May", "the raid which killed ten": it was."""
    tree, operators = context.tree, context.lexicon.operators
    above = context.propositions.get(-1 if noun.governor is None else noun.governor)
    if above is not None and is_accusing(above, noun.marker, context.lexicon):
        return False  # "accused of a raid that killed ten": theirs only by the word of others
    cues = (context.lexicon.report_verbs.get(w) for w in (above.lemmas if above else ()))
    if any(cue is not None and cue.polarity == "negative" for cue in cues):
        return False  # who denies "a raid by its troops that killed ten" denies that they did it
    done = (context.lexicon.nominal_verbs.get(w) for w in (above.lemmas if above else ()))
    if any(
        each is not None and (each.effect == "negate" or each.name == "imagined") for each in done
    ):
        return False  # "foiled a raid that would have", "simulated a raid that killed ten"
    for clause in tree.children(noun.head, "relcl"):
        told = context.propositions.get(clause)
        if told is None or tree[clause].xpos != "VBD" or tree.children(clause, "neg", "advmod"):
            continue
        words = {*told.lemmas, tree.lemma(clause)}
        if words & (operators.befalling | {*context.lexicon.slots.harms}) and not told.passive:
            return True
    return False


def _is_told_about(noun: Proposition, context: Context) -> bool:
    """As in "warnings about the epidemic", "claims about the attack"."""
    known = noun.marker == "about" and noun.governor is not None and not is_new(noun.head, context)
    return known and context.tree.lemma(noun.governor or 0) in context.lexicon.report_nouns


def _is_defended(noun: Proposition, context: Context) -> bool:
    """As in "justified the strike", which was; not so "justify a strike"."""
    known = noun.governor is not None and noun.link == "object" and not is_new(noun.head, context)
    return known and context.tree.lemma(noun.governor or 0) in context.lexicon.operators.defending


def _is_signed(noun: Proposition, context: Context) -> bool:
    """As in "its rejection of the truce signed by X and Y": there is one, liked or not."""
    tree = context.tree
    if noun.link != "of-noun" or is_new(noun.head, context):
        return False
    return any(
        tree.lemma(i) == "sign" and tree.children(i, "agent")
        for i in tree.children(noun.head, "acl")
    )


def _is_opposed(noun: Proposition, context: Context) -> bool:
    """As in "to curb rising cholera cases", "to recover from a stabbing": there are, there was."""
    if noun.governor is None:
        return False
    lemma, slots = context.tree.lemma(noun.governor), context.lexicon.slots
    if noun.marker == "from":
        return lemma in slots.recovering
    told = (each.type for word in noun.lemmas for each in context.lexicon.nouns.get(word, ()))
    against = noun.link == "object" and lemma in slots.opposing
    return against and any(is_one_of(each, _GOING_ON) for each in told)


def _is_left(noun: Proposition, context: Context) -> bool:
    """As in "abandoned the treaty", "scrapped a deal signed by X": there was one to be left."""
    if noun.governor is None or noun.link not in ("object", "subject"):
        return False
    tree, leaving = context.tree, context.lexicon.slots.leaving
    above = context.propositions.get(noun.governor)
    left = above is not None and any(lemma in leaving for lemma in above.lemmas)
    pact = tree.lemma(noun.head) in context.lexicon.slots.plans
    signed = any(tree[i].xpos == "VBN" for i in tree.children(noun.head, "acl"))
    return left and pact and (signed or not is_new(noun.head, context))
