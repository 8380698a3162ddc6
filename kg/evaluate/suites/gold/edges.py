"""Scores plain edges: the asserted ones found, and ours that must never have been written."""

from __future__ import annotations

from kg.evaluate.assignment import best_assignment
from kg.evaluate.measure import Row
from kg.evaluate.suite import Slip
from kg.evaluate.suites.gold.alignment import Alignment
from kg.evaluate.suites.gold.records import GoldAnswer, GoldRelation, OurEdge
from kg.vocab import SAYING

SYMMETRIC = frozenset(
    {"agreedWith", "clashedWith", "foughtAlongside", "hasTruceWith", "negotiatesWith"}
)


def edge_rows(answer: GoldAnswer, alignment: Alignment) -> tuple[dict[str, Row], list[Slip]]:
    """Rows `edge`, `edge_lenient` and `false_assertions`, with the slips of the strict reading."""
    # Who said what is scored as attribution.
    gold = [each for each in alignment.gold.relations if each.p != SAYING]
    asserted = [each for each in gold if each.status == "asserted"]
    denied = [each for each in gold if each.status != "asserted" and not each.optional]
    rows: dict[str, Row] = {}
    for name, lenient in (("edge_lenient", True), ("edge", False)):
        pairs = _pair(asserted, answer.edges, alignment, lenient)
        neutral = {right for left, right in pairs.items() if asserted[left].optional}
        neutral |= _optional(gold, answer.edges, alignment) - set(pairs.values())
        right = sum(not asserted[left].optional for left in pairs)
        required = sum(not each.optional for each in asserted)
        rows[name] = (right, len(answer.edges) - len(neutral), right, required)
    supported = set(_pair(asserted, answer.edges, alignment, True).values())
    wrong = [
        edge
        for at, edge in enumerate(answer.edges)
        if at not in supported and any(_fits(each, edge, alignment, True) for each in denied)
    ]
    rows["false_assertions"] = (len(wrong), len(denied))
    slips = [
        Slip("edge_miss", _sentence(each, alignment), f"{each.s} {each.p} {each.o}")
        for left, each in enumerate(asserted)
        if left not in pairs and not each.optional
    ]
    slips += [
        Slip(
            "false_assertion" if edge in wrong else "edge_false",
            _around(edge, alignment),
            "",
            f"{edge.s} {edge.p} {edge.o}",
            edge.rule,
        )
        for at, edge in enumerate(answer.edges)
        if at not in pairs.values() and at not in neutral
    ]
    return rows, slips


def _pair(
    relations: list[GoldRelation],
    edges: tuple[OurEdge, ...],
    alignment: Alignment,
    lenient: bool,
) -> dict[int, int]:
    return best_assignment(
        {
            (left, right): 1.0 if relation.optional else 2.0
            for left, relation in enumerate(relations)
            for right, edge in enumerate(edges)
            if _fits(relation, edge, alignment, lenient)
        }
    )


def _optional(
    relations: list[GoldRelation], edges: tuple[OurEdge, ...], alignment: Alignment
) -> set[int]:
    return {
        at
        for at, edge in enumerate(edges)
        for relation in relations
        if relation.optional and _fits(relation, edge, alignment, False)
    }


def _fits(relation: GoldRelation, edge: OurEdge, alignment: Alignment, lenient: bool) -> bool:
    if edge.p != relation.p and edge.p not in relation.p_alt:
        return False
    subjects, objects = {relation.s, *relation.s_alt}, {relation.o, *relation.o_alt}
    if _ends(edge.s, edge.o, subjects, objects, alignment, lenient):
        return True
    mirrored = relation.symmetric or relation.p in SYMMETRIC
    return mirrored and _ends(edge.o, edge.s, subjects, objects, alignment, lenient)


def _ends(
    subject: str,
    target: str,
    subjects: set[str],
    objects: set[str],
    alignment: Alignment,
    lenient: bool,
) -> bool:
    return _end(subject, subjects, alignment, lenient) and _end(target, objects, alignment, lenient)


def _end(key: str, accepted: set[str], alignment: Alignment, lenient: bool) -> bool:
    entity = alignment.entities.get(key)
    if entity is None:
        return False
    sides = {alignment.side(each) for each in accepted}
    return entity in accepted or (lenient and alignment.side(entity) in sides)


def _sentence(relation: GoldRelation, alignment: Alignment) -> str:
    """The text of the first event behind the relation."""
    texts = {each.id: each.text for each in alignment.gold.sentences}
    where = {event.id: texts.get(event.sentence, "") for event in alignment.gold.events}
    return next((where[name] for name in relation.events if name in where), "")


def _around(edge: OurEdge, alignment: Alignment) -> str:
    """The sentence that the edge was first read from."""
    start = edge.trigger.start if edge.trigger else -1
    sentences = alignment.gold.sentences
    return next((each.text for each in sentences if each.start <= start < each.end), "")
