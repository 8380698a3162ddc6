"""Suite `re3d`: entities and relations in conflict reports, by span.

Gold is what the crowd held with a confidence of at least one half.

==================================== ==============================================================
entities_relaxed_f1 (_precision, _recall)   same type, any overlap, one to one by longest overlap
entities_exact_f1                    same type, same span (a leading article aside)
entities_untyped_f1                  any overlap, whatever the type
relations_typed_f1                   right type and both arguments overlap the gold's; symmetric
                                     types compare unordered, doubles in both directions are one
relations_untyped_f1                 right pair of arguments, any type
relation_<type>_f1                   one type alone, for the six the scorecard names
==================================== ==============================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.assignment import best_assignment
from kg.evaluate.lookup import Lookup, by_class, fillers, sentence_of
from kg.evaluate.measure import F1, PRECISION, RECALL, Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.spans import (
    Labelled,
    any_label,
    match_spans,
    same_label,
    span_row,
    without_determiner,
)
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Claim, Filler, Quantity, Span
from kg.vocab import is_a

THRESHOLD = 0.5
SYMMETRIC = frozenset(
    {"CommWith", "CoLocated", "FightingAgainst", "AlliesOf", "IsSynonymOf", "Apart"}
)
REPORTED = ("FightingAgainst", "AlliesOf", "InChargeOf", "BelongsTo", "CoLocated", "IsSynonymOf")

ENTITY_TYPES = {
    "Person": "Person",
    "PersonGroup": "Organisation",
    "Organization": "Organisation",
    "Place": "Location",
    "Country": "Location",
    "GroupOfStates": "Organisation",
    "Materiel": "Weapon",
    "Aircraft": "MilitaryPlatform",
    "Vessel": "MilitaryPlatform",
    "InformationArtifact": "DocumentReference",
    "Law": "DocumentReference",
}
STATES = frozenset({"Country", "Region", "GeopoliticalEntity"})
MONEY = frozenset({"USD", "EUR", "GBP", "JPY", "RUB", "UAH", "CNY", "dollar", "euro", "pound"})

# Event class -> (type, roles of the source, roles of the target).
_ACTORS, _PARTIES = ("agent",), ("target", "recipient", "coAgent", "theme")
RELATIONS = {
    "CombatEvent": ("FightingAgainst", _ACTORS, ("target", "coAgent")),
    "CombatParticipation": ("AlliesOf", _ACTORS, ("coAgent", "beneficiary", "recipient")),
    "HarmEvent": ("FightingAgainst", _ACTORS, ("target", "theme")),
    "Support": ("AlliesOf", _ACTORS, ("recipient", "target", "beneficiary", "theme")),
    "Aid": ("AlliesOf", _ACTORS, ("recipient", "beneficiary")),
    "Supply": ("AlliesOf", _ACTORS, ("recipient", "beneficiary")),
    "Training": ("AlliesOf", _ACTORS, ("recipient", "target", "beneficiary", "theme")),
    "Control": ("InChargeOf", _ACTORS, ("theme", "target", "location")),
    "TerritorialLoss": ("Apart", _ACTORS, ("theme", "location", "origin")),
    "Command": ("InChargeOf", _ACTORS, _PARTIES),
    "Deployment": ("InChargeOf", _ACTORS, ("theme",)),
    "CommunicationEvent": ("CommWith", _ACTORS, ("recipient", "target")),
    "Accusation": ("Dislikes", _ACTORS, ("target", "recipient", "theme")),
    "Condemnation": ("Dislikes", _ACTORS, ("target", "recipient", "theme")),
    "Sanction": ("Dislikes", _ACTORS, ("target", "recipient", "theme")),
    "Praise": ("Likes", _ACTORS, ("target", "recipient", "theme")),
    "Approval": ("Likes", _ACTORS, ("target", "recipient", "theme")),
    "Meeting": ("CommWith", _ACTORS, _PARTIES),
    "Negotiation": ("CommWith", _ACTORS, _PARTIES),
    "Agreement": ("CommWith", _ACTORS, _PARTIES),
}
_PLACED = ("agent", "coAgent", "theme", "target")
_PLACES = ("location", "destination", "origin")
_EQUATING = ("apposition", "acronym", "office", "named so")


@dataclass(frozen=True, slots=True)
class Stretch:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    start: int
    end: int
    type: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    type: str
    source: Stretch
    target: Stretch
    confidence: float


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A typed relation between two spans; the ends of a symmetric type are in text order."""

    type: str
    source: Span
    target: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    entities: tuple[Labelled, ...] = ()
    links: tuple[Link, ...] = ()


class Re3d(Suite[Item, Answer]):
    """Crowd-annotated conflict reports; entities include common noun phrases."""

    name = "re3d"
    patterns = ("re3d_*.jsonl", "re3d_*.jsonl.gz")
    without = ("*flat_ner*",)
    record = Item
    metrics = (
        Metric("entities_relaxed_f1", "entities_relaxed", F1),
        Metric("entities_relaxed_precision", "entities_relaxed", PRECISION),
        Metric("entities_relaxed_recall", "entities_relaxed", RECALL),
        Metric("entities_exact_f1", "entities_exact", F1),
        Metric("entities_untyped_f1", "entities_untyped", F1),
        Metric("relations_typed_f1", "relations_typed", F1),
        Metric("relations_untyped_f1", "relations_untyped", F1, "all pairs of gold .265 (floor)"),
        *(Metric(f"relation_{name}_f1", f"relation_{name}", F1) for name in REPORTED),
    )

    def text(self, item: Item) -> Text:
        return Text(item.id, item.text)

    def key(self, item: Item) -> Answer:
        entities = {
            Labelled(Span(each.start, each.end), each.type)
            for each in item.entities
            if each.confidence >= THRESHOLD
        }
        links = {
            _link(each.type, _span(each.source), _span(each.target))
            for each in item.relations
            if each.confidence >= THRESHOLD
        }
        return Answer(tuple(sorted(entities)), tuple(sorted(links)))

    def blank(self, _item: Item) -> Answer:
        return Answer()

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        lookup = Lookup(outcome.reading)
        links = {*_event_links(lookup), *_synonyms(lookup), *_members(lookup)}
        links |= {*_contained(lookup)}
        links |= {
            _link("HasAttrOf", each.counted, each.span)
            for each in outcome.quantities
            if each.counted
        }
        once = {(each.type, each.source, each.target): each for each in sorted(links)}
        return Answer(tuple(sorted({*_entities(lookup, outcome)})), tuple(once.values()))

    def judge(self, item: Item, answer: Answer) -> Judgement:
        key = self.key(item)
        gold, ours = _trimmed(item.text, key.entities), _trimmed(item.text, answer.entities)
        rows = {
            "entities_relaxed": span_row(gold, ours),
            "entities_exact": span_row(gold, ours, exact=True),
            "entities_untyped": span_row(gold, ours, any_label),
            "relations_typed": _link_row(key.links, answer.links),
            "relations_untyped": _link_row(_untyped(key.links), _untyped(answer.links)),
        }
        for name in REPORTED:
            of_type = [
                [link for link in side if link.type == name] for side in (key.links, answer.links)
            ]
            rows[f"relation_{name}"] = _link_row(tuple(of_type[0]), tuple(of_type[1]))
        return Judgement(rows, (*_entity_slips(item, gold, ours), *_link_slips(item, key, answer)))


def _entities(lookup: Lookup, outcome: Outcome) -> Iterator[Labelled]:
    acting = lookup.acting()
    for index, mention in enumerate(outcome.reading.mentions):
        name = lookup.type(index)
        wanted = by_class(ENTITY_TYPES, name)
        if mention.level == "ADJ":
            wanted = "Nationality"
        elif name in STATES and index in acting:
            wanted = "Organisation"
        if wanted:
            yield Labelled(mention.span, wanted)
    for time in outcome.times:
        yield Labelled(time.span, "Temporal")
    for quantity in outcome.quantities:
        yield Labelled(quantity.span, "Money" if _is_money(quantity) else "Quantity")


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit in MONEY


def _event_links(lookup: Lookup) -> Iterator[Link]:
    for claim in lookup.reading.claims:
        rule = by_class(RELATIONS, claim.type)
        if rule:
            yield from _pairs(rule[0], claim, rule[1], rule[2])
            agents = list(fillers(claim, "agent"))
            if rule[0] in SYMMETRIC:  # joint agents: "A and B clashed", "A met B"
                for at, one in enumerate(agents):
                    for other in agents[at + 1 :]:
                        yield _link(rule[0], one.span, other.span, claim.rule)
        if not is_a(claim.type, "CommunicationEvent"):  # who speaks of a place is elsewhere
            yield from _pairs("CoLocated", claim, _PLACED, _PLACES)


def _pairs(
    name: str, claim: Claim, sources: tuple[str, ...], targets: tuple[str, ...]
) -> Iterator[Link]:
    for source in fillers(claim, *sources):
        for target in fillers(claim, *targets):
            if _concrete(source) and _concrete(target) and not source.span.overlaps(target.span):
                yield _link(name, source.span, target.span, claim.rule)


def _concrete(filler: Filler) -> bool:
    return filler.event is None


def _synonyms(lookup: Lookup) -> Iterator[Link]:
    """Two names of one thing beside one another: apposition, acronym, office, "the town of X"."""
    for members in lookup.clusters().values():
        named = [each for each in members if _level(each, lookup) in ("NAM", "NOM")]
        for at, one in enumerate(named):
            for other in named[at + 1 :]:
                ties = [lookup.reference(each) for each in (one, other)]
                tied = any(tie is not None and tie.method in _EQUATING for tie in ties)
                left, right = _at(one, lookup), _at(other, lookup)
                bracketed = 0 < right.start - left.end <= len(" (")
                if (tied or bracketed) and _beside(left, right, lookup):
                    yield _link("IsSynonymOf", left, right)


def _members(lookup: Lookup) -> Iterator[Link]:
    """Someone and the body they belong to, where one sentence names both."""
    clusters = lookup.clusters()
    for entity in lookup.reading.entities:
        body = entity.affiliation or entity.side
        if body is None or body == entity.id or lookup.entities[body].type == "Country":
            continue
        for one in clusters.get(entity.id, ()):
            for other in clusters.get(body, ()):
                left, right = _at(one, lookup), _at(other, lookup)
                spoken = "ADJ" not in (_level(one, lookup), _level(other, lookup))
                if spoken and _beside(left, right, lookup):
                    yield _link("BelongsTo", left, right)


def _contained(lookup: Lookup) -> Iterator[Link]:
    """A place and the place around it, where one sentence names both."""
    clusters = lookup.clusters()
    places = [each for each in lookup.reading.entities if is_a(each.type, "Place")]
    for entity in places:
        for one in clusters.get(entity.id, ()):
            for other in clusters.get(entity.within or "", ()):
                left, right = _at(one, lookup), _at(other, lookup)
                placed = _level(one, lookup) == _level(other, lookup) == "NAM"
                if placed and _beside(left, right, lookup):
                    yield _link("CoLocated", left, right)


def _level(mention: int, lookup: Lookup) -> str:
    return lookup.reading.mentions[mention].level


def _at(mention: int, lookup: Lookup) -> Span:
    return lookup.reading.mentions[mention].span


def _beside(one: Span, other: Span, lookup: Lookup) -> bool:
    return lookup.sentence(one) == lookup.sentence(other) and not one.overlaps(other)


def _link(name: str, source: Span, target: Span, rule: str = "") -> Link:
    if name in SYMMETRIC and target < source:
        source, target = target, source
    return Link(name, source, target, rule)


def _untyped(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Each pair of arguments once, whichever way round."""
    pairs = {(min(each.source, each.target), max(each.source, each.target)) for each in links}
    return tuple(Link("CoLocated", *pair) for pair in sorted(pairs))


def _fits(gold: Link, ours: Link) -> bool:
    if gold.type != ours.type:
        return False
    if gold.source.overlaps(ours.source) and gold.target.overlaps(ours.target):
        return True
    crossed = gold.source.overlaps(ours.target) and gold.target.overlaps(ours.source)
    return crossed and gold.type in SYMMETRIC


def _match(gold: tuple[Link, ...], ours: tuple[Link, ...]) -> dict[int, int]:
    return best_assignment(
        {
            (left, right): 1.0
            for left, one in enumerate(gold)
            for right, other in enumerate(ours)
            if _fits(one, other)
        }
    )


def _link_row(gold: tuple[Link, ...], ours: tuple[Link, ...]) -> Row:
    right = len(_match(gold, ours))
    return (right, len(ours), right, len(gold))


def _span(stretch: Stretch) -> Span:
    return Span(stretch.start, stretch.end)


def _trimmed(text: str, entities: tuple[Labelled, ...]) -> list[Labelled]:
    return [Labelled(without_determiner(text, each.span), each.label) for each in entities]


def _entity_slips(item: Item, gold: list[Labelled], ours: list[Labelled]) -> Iterator[Slip]:
    pairs = match_spans(gold, ours, same_label)
    found_gold, found_ours = {left for left, _ in pairs}, {right for _, right in pairs}

    def shown(each: Labelled) -> str:
        return f"{each.label} {item.text[each.span.start : each.span.end]}"

    for at, each in enumerate(gold):
        if at not in found_gold:
            yield Slip("entity_miss", sentence_of(item.text, each.span), shown(each))
    for at, each in enumerate(ours):
        if at not in found_ours:
            yield Slip("entity_false", sentence_of(item.text, each.span), "", shown(each))


def _link_slips(item: Item, key: Answer, answer: Answer) -> Iterator[Slip]:
    pairs = _match(key.links, answer.links)

    def shown(link: Link) -> str:
        ends = (item.text[end.start : end.end] for end in (link.source, link.target))
        return f"{link.type}({', '.join(ends)})"

    for at, link in enumerate(key.links):
        if at not in pairs:
            yield Slip("relation_miss", sentence_of(item.text, link.source), shown(link))
    for at, link in enumerate(answer.links):
        if at not in pairs.values():
            sentence = sentence_of(item.text, link.source)
            yield Slip("relation_false", sentence, "", shown(link), link.rule)
