"""Ground: the place that territory, land or an area lies in."""

from __future__ import annotations

from kg.extract.obliques import oblique_slots
from kg.extract.proposition import Slot
from kg.extract.tree import Tree
from kg.lexicon import Lexicon


def territory_place(tree: Tree, head: int, lexicon: Lexicon) -> Slot | None:
    """The place that a noun of ground lies in: "territory in Kursk", "land near Kupiansk"."""
    for slot in oblique_slots(tree, head, lexicon):
        place = lexicon.slots.places.get(slot.name)
        if slot.name == "of" or (place is not None and place.role == "location"):
            spatial = slot.spatial or (place.spatial if place is not None else None)
            return Slot(slot.name, slot.head, spatial, True)
    return None


def ground_before(tree: Tree, prep: int, lexicon: Lexicon) -> list[Slot]:
    """As in "left X in land under their control": the land, wherever "under" was hung."""
    ground = tree.lemma(prep - 1) in lexicon.slots.territory
    return [Slot("bearer", prep - 1)] if ground and tree[prep - 1].deprel == "pobj" else []
