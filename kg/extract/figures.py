"""Which numbers belong to an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.spans import is_near, top_of
from kg.model import Quantity, Sentence, Time
from kg.vocab import is_a

# Roles that several events may have in common.
_SHARED = ("agent", "instrument", "location", "origin", "cause")


def by_sentence[T: (Quantity, Time)](
    records: Iterable[T], sentences: Iterable[Sentence]
) -> Mapping[int, Sequence[T]]:
    """The figures or times inside each sentence, by its index."""
    records = tuple(records)
    return {
        each.index: [record for record in records if each.span.contains(record.span)]
        for each in sentences
    }


def figures(quantities: Iterable[Quantity], found: Match, context: Context) -> tuple[Quantity, ...]:
    """The numbers of an event: of those whom it befalls, else by the nearest predicate.

    A part goes with its whole. The number of the places where it happened is theirs ("in two
    villages"), that of what somebody tells of belongs to what is told.
    """
    chosen: list[Quantity] = []
    wholes: dict[str | None, bool] = {}
    for quantity in quantities:
        belongs = wholes.get(quantity.unit) if quantity.part else None
        if belongs is None:
            belongs = _is_of(quantity, found, context)
        if not quantity.part:
            wholes[quantity.unit] = belongs
        if belongs:
            chosen.append(quantity)
    return tuple(chosen)


def _is_of(quantity: Quantity, found: Match, context: Context) -> bool:
    counted = top_of(quantity.counted or quantity.span, context)
    roles = {role.head: role.name for role in found.roles}
    role = roles.get(counted) if counted is not None else None
    if is_a(found.trigger.type, "CommunicationEvent"):
        is_sum = quantity.counted is None and quantity.unit is not None
        return role not in (None, "content") or (is_sum and is_near(quantity.span, found, context))
    if _is_of_participle(quantity, found, context):
        return False
    if _is_total(quantity, found, context):
        return True
    if role is not None and role not in _SHARED:
        return True
    if quantity.unit == "person" and role is None and _is_scene(found, context):
        return False
    if role is None and counted is not None and _is_of_state(counted, found, context):
        return False
    if role is None and counted is not None and _is_in_apposition(counted, found, context):
        return False
    return not _counts_places(quantity, counted, context) and is_near(quantity.span, found, context)


def _is_in_apposition(counted: int, found: Match, context: Context) -> bool:
    """As in "the test, a breach of four treaties": they are the breach's."""
    tree, event = context.tree, found.proposition.head
    for index in (counted, *tree.ancestors(counted)):
        if tree[index].deprel == "appos" and tree.head(index) == event:
            return index != counted and found.proposition.kind == "noun"
    return False


def _is_of_state(counted: int, found: Match, context: Context) -> bool:
    """As in "will send aid, with four people dead": the four are those of another state."""
    tree, lexicon = context.tree, context.lexicon
    words = [(i, tree[i].form.lower()) for i in tree.children(counted, "amod")]
    told = [i for i, w in words if w in lexicon.adjectives or w in lexicon.slots.other_states]
    return any(i > counted and i != found.proposition.head for i in told)


def _is_scene(found: Match, context: Context) -> bool:
    """A disaster or battle told by a noun: people beside it are counted by what befalls them."""
    kind = found.trigger.type
    return found.proposition.kind == "noun" and (is_a(kind, "Disaster") or context.is_battle(kind))


def _is_total(quantity: Quantity, found: Match, context: Context) -> bool:
    """As in "the death toll rises to 436", "brings the toll to 436", "the toll reaches 436"."""
    noun, tree, top = found.proposition, context.tree, top_of(quantity.span, context)
    if found.trigger.type != "Casualties" or top is None or top < noun.head:
        return False
    above = tree[top].head
    if tree[top].deprel == "pobj" and tree[above].form.lower() in context.lexicon.slots.totals:
        above = tree[above].head
    elif tree[top].deprel != "dobj":
        return False
    between = (context.propositions.get(i) for i in range(noun.head + 1, top))
    other = any(each is not None and each.lemmas == noun.lemmas for each in between)
    return above in (noun.governor, noun.head, noun.light) and not other


def _is_of_participle(quantity: Quantity, found: Match, context: Context) -> bool:
    """Whether a bare number is that of a participle that is another event: "and 50 wounded"."""
    if quantity.counted is not None:
        return False
    tree = context.tree
    after = next(
        (i for i in tree.indices() if tree[i].start >= quantity.span.end and tree[i].upos != "AUX"),
        None,
    )
    if after is None or tree[after].xpos not in ("VBN", "VBD"):
        return False
    return after not in (found.proposition.head, found.proposition.light)


def _counts_places(quantity: Quantity, counted: int | None, context: Context) -> bool:
    """As in "two villages", but not "40 percent of the village"."""
    type_ = context.type_of(counted) if counted is not None else None
    direct = quantity.counted is not None and quantity.span.contains(quantity.counted)
    return direct and type_ is not None and is_a(type_, "Place")
