"""What belongs to a verb although it hangs on another word, most of all on its object.

Parsers attach "with drones", "to Y" or "in X" to the noun before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.fillings import resolve
from kg.extract.meant_nouns import noun_slots
from kg.extract.obliques import nested_places, oblique_slots
from kg.extract.proposition import Proposition, Slot
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_DEALINGS = ("PoliticalEvent", "CommunicationEvent")
_ON_THE_SPOT = (
    "Closure",
    "Dispersal",
    "HarmEvent",
    "JusticeEvent",
    "Protest",
    "Election",
    "Rescue",
    "Seizure",
    "Vote",
)
_SUFFERED = (*_ON_THE_SPOT, "CombatEvent")


def is_where(
    tree: Tree, lexicon: Lexicon, lemmas: Sequence[str], noun: int, *, suffering: bool
) -> bool:
    """Whether the event is where its subject is: "a man in X was shot", "police in X arrest Y".

    Who attacks may do so from afar, and an event noun is no party.
    """
    if tree.lemma(noun) in lexicon.nouns:
        return False
    if tree.lemma(noun) in lexicon.slots.protesting:
        return True
    triggers = (each for lemma in lemmas for each in lexicon.verbs.get(lemma, ()))
    kinds = _SUFFERED if suffering else _ON_THE_SPOT
    return any(is_a(trigger.type, kind) for trigger in triggers for kind in kinds)


def places_of(tree: Tree, lexicon: Lexicon, noun: int) -> Iterator[Slot]:
    """Where who or what is acted on is: "60 percent of the houses in Bara were destroyed"."""
    for head in tree.conjuncts(noun):
        for each in dict.fromkeys((head, resolve(tree, head, lexicon).head)):
            yield from nested_places(tree, each, lexicon)


def stray_doers(tree: Tree, lexicon: Lexicon, verb: int) -> Iterator[Slot]:
    """As in "was removed from his post by X", "charged with perjury by X".

    The parser hung the doer on the post or the crime.
    """
    for prep in tree.children(verb, "prep"):
        for noun in tree.children(prep, "pobj"):
            own = bool(tree.children(noun, "poss")) and tree.lemma(noun) not in lexicon.nouns
            own = own or _is_of_charge(tree, lexicon, verb, prep)
            kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
            own = own or is_a(kind, "Agent")  # "was blamed on rebels by the army"
            for by in tree.children(noun, "prep") if own else ():
                if tree[by].form.lower() == "by":
                    doers = (i for i in tree.children(by, "pobj") if _may_do(tree, lexicon, i))
                    for doer in doers:
                        yield from noun_slots(tree, "subject", doer, verb, lexicon)


def _may_do(tree: Tree, lexicon: Lexicon, noun: int) -> bool:
    """Not as in "charged with homicide by intoxication": a way to kill, and nobody who charges."""
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    return tree[noun].upos != "NOUN" or is_a(kind, "Agent")


def _is_of_charge(tree: Tree, lexicon: Lexicon, verb: int, prep: int) -> bool:
    return lexicon.slots.accusing.get(tree.lemma(verb)) == tree[prep].form.lower()


def counted_among(tree: Tree, lexicon: Lexicon, verb: int) -> Iterator[Slot]:
    """As in "ten are killed in the strike, including two children": some of the ten."""
    if tree.lemma(verb) not in lexicon.slots.harms:
        return
    inside = [i for prep in tree.children(verb, "prep") for i in tree.children(prep, "pobj")]
    for noun in (verb, *inside):
        for prep in tree.children(noun, "prep"):
            if tree[prep].form.lower() == "including":
                for part in tree.children(prep, "pobj"):
                    counted = [i for i in tree.conjuncts(part) if tree.children(i, "nummod")]
                    yield from (Slot("object", each, member=True) for each in counted)


def means_of(tree: Tree, lexicon: Lexicon, noun: int) -> Iterator[Slot]:
    """As in "attack Odesa with drones": the means was hung on the object."""
    slots = oblique_slots(tree, noun, lexicon)
    yield from (slot for slot in slots if slot.name in ("with", "using"))
    for clause in tree.children(noun, "acl", "advcl", "xcomp"):
        if tree[clause].form.lower() == "using":
            yield from (Slot("using", each) for each in tree.children(clause, "dobj"))


def aims_of(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "fired a barrage of rockets toward X": what is shot takes its aim from the verb."""
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    shooting = [trigger.frame.roles for trigger in triggers if "at" in trigger.frame.roles]
    aims = {name for roles in shooting for name, role in roles.items() if role == "target"}
    if any(roles.get("object") == "instrument" for roles in shooting):
        yield from (slot for slot in oblique_slots(tree, noun, lexicon) if slot.name in aims)


def receivers(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "ceded half of X to Y": a verb of giving takes the "to" from its object."""
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    if not any("to" in trigger.frame.roles for trigger in triggers):
        return
    if tree.lemma(noun) in lexicon.nouns and any(
        is_a(trigger.type, "CommunicationEvent") for trigger in triggers
    ):
        return  # "announced a visit to Y": who is visited was not told first
    for prep in tree.subtree(noun):
        above = [i for i in tree.ancestors(prep) if i > noun]
        direct = not any(
            tree.is_verb(i) or tree[i].upos == "ADJ" or tree.lemma(i) in lexicon.slots.exceptions
            for i in above
        )  # not so "announces a model similar to that of X"
        to = tree[prep].form.lower() == "to" and tree[prep].deprel == "prep"
        if to and direct:
            for head in tree.children(prep, "pobj"):
                yield from (Slot("to", each) for each in tree.conjuncts(head))


def losers(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "territory from X's troops", "seized weapons from X": they are taken from X."""
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    taking = any("from" in trigger.frame.roles for trigger in triggers)
    if taking or tree.lemma(noun) in lexicon.slots.territory:
        slots = oblique_slots(tree, noun, lexicon)
        yield from (slot for slot in slots if slot.name == "from")


def reasons_of(tree: Tree, lexicon: Lexicon, verb: int, noun: int) -> Iterator[Slot]:
    """As in "jailed a man for blasphemy": what somebody is punished for was hung on him.

    So too "recalls cars due to a fault", "summons the envoy over his remarks", and the office to
    which he is named.
    """
    triggers = lexicon.verbs.get(tree.lemma(verb), ())
    if any("as" in trigger.frame.roles for trigger in triggers):
        yield from (slot for slot in oblique_slots(tree, noun, lexicon) if slot.name == "as")
    if lexicon.slots.accusing.get(tree.lemma(verb)) == "of":
        slots = (slot for slot in oblique_slots(tree, noun, lexicon) if slot.name == "of")
        yield from (slot for slot in slots if _is_offence(tree, lexicon, slot.head))
    if tree.lemma(noun) in lexicon.nouns:
        return
    counts = lexicon.slots.counts  # "arrested a man on suspicion of murder"
    on = (slot for slot in oblique_slots(tree, noun, lexicon) if slot.name == "on")
    yield from (slot for slot in on if tree.lemma(slot.head) in counts)
    punished = tree.lemma(verb) in lexicon.slots.penalties
    dealt = any(is_one_of(trigger.type, _DEALINGS) for trigger in triggers)
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    dealt = dealt and (tree[noun].upos == "PROPN" or is_a(kind, "Agent"))
    names = (*lexicon.slots.reasons, *(("for", "over") if punished else ("over",) if dealt else ()))
    yield from (slot for slot in oblique_slots(tree, noun, lexicon) if slot.name in names)


def _is_offence(tree: Tree, lexicon: Lexicon, noun: int) -> bool:
    """As in "convicted two men of perjury"; not "convicted the head of the bank", "of a school"."""
    plain = tree[noun].upos == "NOUN" and not tree.children(noun, "det", "poss", "nummod")
    return plain and tree.lemma(noun) not in lexicon.noun_classes


def raised_places(clauses: Mapping[int, Proposition], lexicon: Lexicon) -> None:
    """As in "in X, two are reported to have been shot": there they were shot, not reported."""
    for below in clauses.values():
        above = clauses.get(below.governor) if below.governor is not None else None
        told = above is not None and not lexicon.report_verbs.keys().isdisjoint(above.lemmas)
        if above is None or not told or not above.passive or below.link != "infinitive":
            continue
        for slot in above.slots:
            place = lexicon.slots.places.get(slot.name)
            if place is not None and place.role == "location" and not slot.nested:
                below.add(slot)


def share_last(tree: Tree, clauses: Mapping[int, Proposition], lexicon: Lexicon) -> None:
    """As in "attacked and captured the town", "were stabbed and robbed by two men".

    What stands after the last verb is the object, or the doer, of both.
    """
    for index, left in clauses.items():
        name = "subject" if left.passive else "object"
        for other in tree.children(index, "conj"):
            right = clauses.get(other)
            if right is None or left.passive != right.passive or left.slot(name):
                continue
            plain = all(tree[i].upos in ("CCONJ", "ADV") for i in range(index + 1, other))
            own = tree.children(other, "nsubj", "nsubjpass")
            if (plain and not own) or _are_more(tree, lexicon, index, other):
                for slot in right.all(name):
                    left.add(slot)


def _are_more(tree: Tree, lexicon: Lexicon, one: int, other: int) -> bool:
    """As in "ten are killed and five others injured by rebels": more of those who suffer."""
    harms = {tree.lemma(one), tree.lemma(other)} <= {*lexicon.slots.harms}
    return harms and any(
        tree.lemma(i) in lexicon.slots.further or tree[i].xpos == "CD"
        for i in tree.children(other, "nsubjpass")
    )
