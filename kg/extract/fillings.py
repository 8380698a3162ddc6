"""What is really meant by a noun head: "the town of X" is X, "thousands of troops" the troops."""

from __future__ import annotations

from msgspec import Struct

from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_DAYS = ("day", "night", "week", "weekend", "month")
_BODIES = ("group",)


class Filling(Struct, frozen=True):
    """The noun that really fills a slot, reached through measures, kinds and partitives."""

    head: int
    part: bool = False
    spatial: str | None = None


def resolve(tree: Tree, head: int, lexicon: Lexicon) -> Filling:
    """The filler behind a noun head.

    "the town of Sudzha" -> Sudzha; "thousands of troops" -> troops; "40 percent of its ground" ->
    ground (a part of it); "the southeast of X" -> X with that relation.
    """
    inner = after_of(tree, head)
    if inner is not None and tree.one_name(head, inner):
        return Filling(head)
    return (
        _stand_in(tree, head, inner, lexicon)
        or _beyond_distance(tree, head, inner, lexicon)
        or _through_of(tree, head, inner, lexicon)
        or Filling(head)
    )


def _stand_in(tree: Tree, head: int, inner: int | None, lexicon: Lexicon) -> Filling | None:
    """A noun that stands for its owner or its name: "its campaign", "X soil", "X oblasts"."""
    lemma = tree.lemma(head)
    road = _joined_by_dash(tree, head)
    if road is not None:
        return Filling(road)
    if lemma in lexicon.slots.proxies:
        return Filling(_owner(tree, head))
    if lemma in lexicon.slots.sides and inner is None:
        names = [i for i in tree.children(head, "compound", "nmod") if tree[i].upos == "PROPN"]
        return Filling(names[-1]) if names else None
    if lemma in lexicon.slots.kinds and inner is None:
        ground = lemma in lexicon.slots.parts or lemma in lexicon.slots.territory
        some = tree[head].xpos == "NNS" and ground  # "X areas", "X Province villages"
        for child in tree.children(head, "compound", "nmod"):
            new = any(tree[i].form.lower() in ("a", "an") for i in tree.children(head, "det"))
            if tree.is_in_name(child) and not tree.one_name(head, child) and not new:
                return Filling(child, part=some)  # "a Kashmir town" is not Kashmir
    soil = lemma in lexicon.slots.soil and inner is None and not tree.children(head, "prep")
    if soil and not _is_closed(tree, head, lexicon):
        owner = _owner(tree, head)
        return Filling(owner, part=owner != head)
    return None


def _is_closed(tree: Tree, soil: int, lexicon: Lexicon) -> bool:
    """As in "closed its airspace": that, and no part of the land whose airspace it is."""
    verb = tree.lemma(tree[soil].head)
    return any(each.type in ("Closure", "Easing") for each in lexicon.verbs.get(verb, ()))


def _joined_by_dash(tree: Tree, head: int) -> int | None:
    """As in "an air strike on the Beirut–Damascus road": the road, and neither of the towns."""
    dash = head + 1
    if dash + 1 >= tree.sentence.last or tree[dash].form not in ("-", "–", "—"):
        return None
    tight = tree[head].end == tree[dash].start and tree[dash].end == tree[dash + 1].start
    things = tree.children(head, "appos") if tight else []
    return things[0] if things and tree[things[0]].upos == "NOUN" else None


def _through_of(tree: Tree, head: int, inner: int | None, lexicon: Lexicon) -> Filling | None:
    """What a measure, part, kind or direction is of."""
    if inner is None:
        return None
    lemma = tree.lemma(head)
    relation = lexicon.relators.get(lemma)
    if relation:
        compounds = tree.children(head, "compound")
        ground = [tree.lemma(i) for i in compounds]
        thing = compounds[-1] if compounds and tree[compounds[-1]].upos == "NOUN" else None
        whole = thing == head - 1 and tree.children(head, "det")
        whole = whole or (thing is not None and tree.children(thing, "det"))
        beside = (
            relation.endswith("_of") and tree.lemma(thing or head) not in lexicon.slots.territory
        )
        if thing is not None and whole and beside:
            return Filling(thing)  # "an air base east of X" is not X
        part = any(noun in lexicon.slots.territory for noun in ground)
        return Filling(resolve(tree, inner, lexicon).head, part, relation)
    if lemma in _DAYS and tree.lemma(inner) in lexicon.nouns:
        new = any(
            tree[i].form.lower() in ("a", "an", "another") for i in tree.children(head, "det")
        )
        return Filling(inner) if new else None  # "in a second day of clashes"
    named = any(tree.one_name(head, child) for child in tree.children(head, "compound"))
    many = tree[head].xpos == "NNS"  # "areas of X", "three villages of X", but "of X and Y"
    some = many and (lemma in lexicon.slots.parts or not tree.children(inner, "conj"))
    if lemma in lexicon.slots.kinds and tree[inner].upos == "PROPN" and not (named or some):
        before = tree.children(head, "compound")
        some = lemma in lexicon.slots.parts and bool(tree.children(head, "amod"))
        return Filling(inner, part=some or any(tree[i].upos == "PROPN" for i in before))
    counted = tree[head].xpos == "CD"
    if lemma not in lexicon.slots.parts and lemma not in lexicon.slots.measures and not counted:
        return None
    known = any(tree[i].form.lower() == "the" for i in tree.children(head, "det"))
    apart = lemma in lexicon.slots.measures and known and tree[inner].xpos == "NNP"
    if apart or (lemma in _BODIES and tree.children(head, "compound", "amod")):
        return None  # "the convoy of X", "a splinter group of X" is not X
    if lexicon.noun_classes.get(lemma) == "Person" and tree[head].xpos == "NN":
        return None  # "a member of parliament" is one person
    if counted and tree.children(inner, "det", "poss") and _is_people(tree, inner, lexicon):
        return None  # "one of the men" is not the men
    deeper = resolve(tree, inner, lexicon)
    plural = counted and tree[inner].xpos in ("NNS", "NNPS") and not tree.children(inner, "det")
    part = (lemma in lexicon.slots.parts or counted) and not plural
    return Filling(deeper.head, part or deeper.part, deeper.spatial)


def _beyond_distance(tree: Tree, head: int, inner: int | None, lexicon: Lexicon) -> Filling | None:
    """As in "within ten miles of X", which is no part of X."""
    prep = tree.head(head)
    within = prep is not None and tree[prep].form.lower() == "within"
    if inner is None or not within or not tree.children(head, "nummod"):
        return None
    return Filling(resolve(tree, inner, lexicon).head, spatial="near")


def _is_people(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    described = tree[noun].xpos in ("VBN", "JJ")  # "the accused"
    owned = tree.children(noun, "poss")  # "three of its soldiers" are told by whose they are
    fighter = tree.lemma(noun) in lexicon.people.individuals and not owned
    return described or fighter or is_a(kind, "Person") or is_a(kind, "PersonGroup")


def _owner(tree: Tree, head: int) -> int:
    """Whose effort or campaign it is; to back it is to back them."""
    for child in tree.children(head, "poss", "amod"):
        if tree[child].deprel == "poss" or tree[child].form[0].isupper():
            return child
    return head


def after_of(tree: Tree, head: int) -> int | None:
    for prep in tree.children(head, "prep"):
        if tree[prep].form.lower() == "of":
            return next(iter(tree.children(prep, "pobj")), None)
    return None
