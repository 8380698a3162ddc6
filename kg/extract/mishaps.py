"""Where a mishap was, by what was being done then: "crashed while landing at X"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.causes import SUBJECTS
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.obliques import oblique_slots
from kg.extract.places import place_role, spatial_relation
from kg.extract.proposition import Proposition, Slot
from kg.model import Argument
from kg.vocab import is_one_of

_MISHAPS = ("Accident", "Sinking")
_MEANWHILE = ("while", "when", "as", "during", "upon", "on", "before")
_TRYING = ("try", "attempt")


def places_of_mishap(draft: Draft, opened: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "derailed as it crossed a bridge in X", "crashed shortly after takeoff from X".

    `opened` are the clauses that no event type covers.
    """
    if not is_one_of(draft.claim.type, _MISHAPS):
        return
    for other in opened:
        below = _told_then(other, context)
        if below.governor == draft.head and _is_then(below, context):
            yield from _places(other.match.proposition, context)
    tree = context.tree
    for prep in tree.children(draft.head, "prep"):
        if _is_at_once(prep, context):
            for noun in tree.children(prep, "pobj"):
                if tree.lemma(noun) in context.lexicon.slots.course:
                    yield from _near(oblique_slots(tree, noun, context.lexicon), context)


def _told_then(other: Draft, context: Context) -> Proposition:
    """The clause itself, or that of trying: "while trying to land"."""
    below = other.match.proposition
    above = context.propositions.get(-1 if below.governor is None else below.governor)
    tried = above is not None and below.link == "infinitive" and above.lemmas[-1] in _TRYING
    return above if above is not None and tried else below


def _is_then(below: Proposition, context: Context) -> bool:
    """Whether the same was doing it then; not what happened after, or what another did."""
    tree = context.tree
    if below.link not in ("adverbial", "gerund"):
        return False
    prep = tree[below.head].head
    then = _is_at_once(prep, context) if below.link == "gerund" else below.marker in _MEANWHILE
    return then and all(tree[i].upos == "PRON" for i in tree.children(below.head, *SUBJECTS))


def _is_at_once(prep: int, context: Context) -> bool:
    """As "while", "on", "shortly after"; one can be far off "after" without more."""
    tree = context.tree
    if tree[prep].form.lower() == "after":
        before = tree[prep - 1].form.lower() if prep > tree.sentence.first else ""
        return before in context.lexicon.slots.at_once
    return tree[prep].form.lower() in _MEANWHILE


def _places(below: Proposition, context: Context) -> Iterator[Argument]:
    """As in "it crossed a bridge in X"; who lands or takes off at X crashes near it."""
    tree = context.tree
    particles = [tree[i].form.lower() for i in tree.children(below.head, "prt")]
    if " ".join((tree.lemma(below.head), *particles)) in context.lexicon.slots.course:
        yield from _near(below.slots, context)
        return
    for slot in below.slots:
        if place_role(slot, context) == "location":
            spatial = spatial_relation(slot, context) or "in"
            yield Argument("location", context.filler(slot.head), spatial, inferred=True)


def _near(slots: Iterable[Slot], context: Context) -> Iterator[Argument]:
    for slot in slots:
        if place_role(slot, context) in ("location", "origin"):
            spatial = "in" if slot.nested and slot.name == "in" else "near"
            yield Argument("location", context.filler(slot.head), spatial, inferred=True)
