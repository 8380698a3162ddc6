"""Prepositional phrases: what stands behind them, and the places said of a noun."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.apart import is_about, is_apart
from kg.extract.coordination import without_titles
from kg.extract.fillings import Filling, after_of, resolve
from kg.extract.proposition import Proposition, Slot
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_MULTIWORD = {
    ("out", "of"), ("ahead", "of"), ("instead", "of"), ("because", "of"), ("according", "to"),
    ("as", "per"), ("alongside", "of"), ("due", "to"), ("next", "to"), ("close", "to"),
    ("inside", "of"), ("outside", "of"), ("prior", "to"), ("along", "with"), ("rather", "than"),
    ("related", "to"), ("relating", "to"),
}  # fmt: skip
_FACING = ("for", "against")
_AMID = ("amid", "due to")
_ALIKE = {"amidst": "amid", "amongst": "among"}
_THROUGH = ("of", "for", "against", "with")
_WITHIN = ("in", "near", "at", "off", "outside")
_PREPOSITIONAL = ("ADP", "SCONJ", "VERB", "ADV", "PART", "ADJ")  # "due to" is one of them


def preposition(tree: Tree, index: int) -> str:
    """The preposition's form, with the other word of a compound one; "amid" for "amidst"."""
    form = _ALIKE.get(tree[index].form.lower(), tree[index].form.lower())
    before = tree[max(index - 1, tree.sentence.first)]
    first = before.form.lower()
    if before.head in (index, tree[index].head) and (first, form) in _MULTIWORD:
        return f"{first} {form}"  # "instead" hung on "of" or beside it
    for child in tree.children(index, "prep", "pcomp", "fixed"):
        second = tree[child].form.lower()
        if (form, second) in _MULTIWORD:
            return f"{form} {second}"
    return form


def is_there(tree: Tree, index: int) -> bool:
    """Whether "there" stands for a place; not so in "out there in the desert"."""
    token = tree[index]
    adverb = token.xpos == "RB" and token.deprel in ("advmod", "pcomp")
    return adverb and token.form.lower() == "there" and not tree.children(index, "prep")


def objects(tree: Tree, prep: int) -> list[int]:
    """Noun objects of a preposition, through a compound one ("out of X"), also "from there"."""
    found = [*tree.children(prep, "pobj")]
    found += [child for child in tree.children(prep, "pcomp") if is_there(tree, child)]
    for child in tree.children(prep, "prep", "pcomp"):
        if (tree[prep].form.lower(), tree[child].form.lower()) in _MULTIWORD:
            found += tree.children(child, "pobj")
    return found


def oblique_slots(tree: Tree, governor: int, lexicon: Lexicon) -> Iterator[Slot]:
    """Slots from the prepositions below a verb or noun, named by the preposition.

    Looks through direction adverbs ("back to the border", "northwest of X").
    """
    for child in tree.children(governor):
        token = tree[child]
        if _is_preposition(tree, child):
            yield from _phrase(tree, child, lexicon)
        elif is_there(tree, child):
            yield Slot("there", child)
        elif token.deprel in ("advmod", "prt"):
            yield from _behind_adverb(tree, child, lexicon)
        elif token.deprel == "npadvmod" and tree.children(child, "nummod"):
            for inner in tree.children(child, "prep"):  # "advanced 10km toward X"
                yield from _phrase(tree, inner, lexicon)


def is_measure(slot: Slot, proposition: Proposition) -> bool:
    """As in "won by 20% of the vote": only what is done to somebody is done by something."""
    active = proposition.kind == "verb" and not proposition.passive
    return slot.name == "by" and active


def _behind_adverb(tree: Tree, adverb: int, lexicon: Lexicon) -> Iterator[Slot]:
    word = tree[adverb].form.lower()
    spatial = lexicon.relators.get(word)
    for inner in tree.children(adverb, "prep"):
        for slot in _phrase(tree, inner, lexicon):
            if spatial and slot.name == "of":
                yield Slot("in", slot.head, spatial)
            elif (word, slot.name) in _MULTIWORD and slot.name == "of":
                yield Slot(f"{word} of", slot.head)  # "ahead of the storm"
            elif word in lexicon.slots.beside and slot.name == "to":
                yield Slot("near", slot.head, "near")
            else:
                yield slot


def _is_preposition(tree: Tree, index: int) -> bool:
    """A word that takes a noun phrase, also "following the attack"; not so "but not in Goma"."""
    token = tree[index]
    if token.deprel == "advcl":
        relates = token.form.lower() == "following"
    elif token.deprel == "amod":  # "recalls cars due to a fault"
        relates = preposition(tree, index) == "due to"
    else:
        relates = token.deprel in ("prep", "dative", "agent") and token.upos in _PREPOSITIONAL
    return relates and not _is_refused(tree, index)


def _is_refused(tree: Tree, index: int) -> bool:
    words = {tree[i].form.lower() for i in tree.children(index, "neg", "advmod")}
    return "not" in words and words.isdisjoint(("only", "just"))


def _first_preposition(tree: Tree, noun: int) -> str | None:
    child = next(iter(tree.children(noun, "prep")), None)
    return None if child is None else tree[child].form.lower()


def _phrase(tree: Tree, prep: int, lexicon: Lexicon) -> Iterator[Slot]:
    name = preposition(tree, prep)
    for noun in objects(tree, prep):
        if _is_half(tree, noun) or (name == "with" and _first_preposition(tree, noun) == "as"):
            continue  # "signed a treaty, with X as host": X signed nothing
        whole = _whole_phrase(name, tree.lemma(noun), lexicon)
        if whole is not None:
            slots = (s for p in tree.children(noun, "prep") for s in _phrase(tree, p, lexicon))
            yield from (Slot(whole, slot.head) for slot in slots if not slot.nested)
            continue
        heads = without_titles(tree, tree.conjuncts(noun), lexicon)
        place = lexicon.slots.places.get(name)
        listed = any(tree.children(head, "cc") for head in heads)
        for head in heads:
            bearing = _bearing(tree, head, lexicon) if place is not None else None
            if bearing is not None and place is not None:
                yield Slot("near" if place.role == "location" else name, bearing, "near")
                yield from nested_places(tree, head, lexicon)
                continue
            filling = resolve(tree, head, lexicon)
            spatial = filling.spatial
            if name == "in" and spatial is not None and spatial.endswith("_of"):
                spatial = "in"  # "in the south of Lebanon"
            named = "in" if spatial else name
            if head != noun and not listed and place is not None and place.role == "location":
                named = "in"  # "near Marradi, Tuscany": only the first is near
            yield Slot(named, filling.head, spatial, filling.part)
            if filling.head > head and _is_named_part(tree, head, lexicon):
                yield Slot(named, head, spatial)
            yield from _beyond(tree, name, head, filling, lexicon)
            for other in tree.conjuncts(filling.head)[1:] if filling.head != head else ():
                yield Slot(named, other, spatial, filling.part)


def _beyond(tree: Tree, name: str, head: int, filling: Filling, lexicon: Lexicon) -> Iterator[Slot]:
    """Places said of what fills the slot, unless it has a place and time of its own."""
    event = tree.lemma(head) in lexicon.nouns
    reason = name in (_FACING if event else _AMID)  # "a rally against raids in X", wherever it is
    if tree[head].deprel == "conj" and tree.children(head, "poss"):
        return  # "backing from X and her allies in Y"
    if name not in lexicon.slots.elsewhere and not reason:
        inside = head if filling.spatial is None else filling.head  # "on a group of monks in X"
        yield from nested_places(tree, inside, lexicon)


def _whole_phrase(name: str, noun: str, lexicon: Lexicon) -> str | None:
    """What a preposition with its noun amounts to: "in response to", "in favor of"."""
    if name == "in" and noun in ("favor", "favour"):
        return "in favor of"
    if name == "in" and noun in lexicon.slots.jointly:
        return f"in {noun} with"
    if noun not in lexicon.slots.occasions.get(name, ()):
        return None
    return "due to" if name == "as" else "because of"


def _is_named_part(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """As in "the Nile district of Aden", which is a place of its own besides Aden."""
    named = (tree[i].upos == "PROPN" for i in tree.children(noun, "compound"))
    return tree.lemma(noun) in lexicon.slots.subdivisions and any(named)


def _bearing(tree: Tree, noun: int, lexicon: Lexicon) -> int | None:
    """As in "in the Lyman direction": the ground in front of Lyman."""
    names = [i for i in tree.children(noun, "compound", "nmod") if tree[i].upos == "PROPN"]
    return names[-1] if names and tree.lemma(noun) in lexicon.slots.bearings else None


def _is_half(tree: Tree, noun: int) -> bool:
    """As in "control of a Malta-flagged tanker", where Malta was taken for what is controlled."""
    end = noun + 2
    if end >= tree.sentence.last or tree[noun + 1].form != "-":
        return False
    return tree[end].xpos == "VBN" and tree[noun + 1].end == tree[end].start


def nested_places(tree: Tree, noun: int, lexicon: Lexicon) -> Iterator[Slot]:
    """Places said of a noun itself, and of those places: "a school in a village in Kashmir"."""
    for prep in tree.children(noun, "prep"):
        name = preposition(tree, prep)
        place = lexicon.slots.places.get(name)
        nouns = (i for i in objects(tree, prep) if tree.lemma(i) not in lexicon.slots.jointly)
        inside = [each for first in nouns for each in tree.conjuncts(first)]
        apart = is_apart(tree, noun, name, lexicon)
        apart = apart or tree.lemma(noun) in lexicon.slots.involved  # "the suspect in a raid in X"
        own = [each for each in inside if not (apart and tree.lemma(each) in lexicon.nouns)]
        if name in _THROUGH:  # "the house of a judge in X", "a camp for refugees in X"
            building = name == "of" and _is_building(tree, noun, lexicon)
            for inner in own:
                if building and tree[inner].upos == "PROPN":
                    yield Slot("in", inner, nested=True)  # "the airport of Goma"
                yield from nested_places(tree, inner, lexicon)
        beside = name == "on" and is_about(tree.lemma(noun), lexicon)
        beside = beside or (name == "over" and tree.lemma(noun) in lexicon.slots.disputes)
        if place and place.role == "location" and place.spatial != "between" and not beside:
            for inner in inside:
                filling = resolve(tree, inner, lexicon)
                yield Slot(name, filling.head, filling.spatial, filling.part, nested=True)
                if inner in own:
                    yield from _places_around(tree, inner, filling.head, lexicon)
    yield from inside_clause(tree, noun, lexicon)
    for adverb in tree.children(noun, "advmod"):
        relation = lexicon.relators.get(tree.lemma(adverb))  # "a base north of X"
        whole = after_of(tree, adverb) if relation and adverb == noun + 1 else None
        if whole is not None:
            yield Slot("in", resolve(tree, whole, lexicon).head, relation, nested=True)


def _places_around(tree: Tree, noun: int, meant: int, lexicon: Lexicon) -> Iterator[Slot]:
    """Places said of a place, by its name or by what stands before it: "the town of X, near Y"."""
    yield from nested_places(tree, meant, lexicon)
    if meant != noun:
        others = nested_places(tree, noun, lexicon)
        yield from (each for each in others if each.head != meant)


def _is_building(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    return is_a(lexicon.noun_classes.get(tree.lemma(noun), "Entity"), "Facility")


def inside_clause(tree: Tree, noun: int, lexicon: Lexicon) -> Iterator[Slot]:
    """Places in what is said of a noun, and its own.

    As in "a hospital run by X in Wau", "a bus carrying pilgrims in Kano", "a rally attended by
    hundreds in Lima".
    """
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    building = _is_building(tree, noun, lexicon)
    vehicle = is_a(kind, "Materiel") or is_a(kind, "Vessel")
    held = tree.lemma(noun) in lexicon.nouns or tree.lemma(noun) in lexicon.slots.gatherings
    if not building and not vehicle and not held:
        return
    for verb in tree.children(noun, "acl"):
        lemma, slots = tree.lemma(verb), lexicon.slots
        if building:
            there = lemma not in slots.made_elsewhere
        else:
            there = lemma in (slots.laden if vehicle else slots.staging)
        below = [*tree.children(verb, "dobj")] if there else []
        within = tree.children(verb, "agent", *(("prep",) if building else ()))
        for by in within if there else ():
            below += tree.children(by, "pobj")
        for each in below:
            for head in tree.conjuncts(each):
                yield from nested_places(tree, head, lexicon)
        for prep in tree.children(verb, "prep") if there else ():
            if tree[prep].form.lower() in _WITHIN:
                for place in tree.children(prep, "pobj"):
                    yield Slot(preposition(tree, prep), place, nested=True)
                    yield from nested_places(tree, place, lexicon)
