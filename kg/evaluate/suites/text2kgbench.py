"""Suite `text2kgbench`: triples under a small ontology (Wikidata-TekGen: military, politics).

Labels are compared in lower case without spaces and underscores. Gold comes from distant
supervision and is incomplete: recall informs, precision is pessimistic.

================================ ==================================================================
f1, precision, recall            exact triples, averaged over sentences
ontology_conformance             of our triples: the relation is in the ontology
subject_hallucination            of our triples: the subject is not in the sentence; less is better
object_hallucination             the same of the object; less is better
================================ ==================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.evaluate.files import find_files, read_lines, read_record
from kg.evaluate.lookup import Lookup, by_class, fillers
from kg.evaluate.measure import RATE_OF_ERROR, SHARE, Metric
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.model import Claim, Span
from kg.vocab import is_a

type Triple = tuple[str, str, str]
type Answer = tuple[Triple, ...]

# Class of the body that someone belongs to -> relation of the ontologies.
AFFILIATIONS = {
    "PoliticalParty": "member of political party",
    "MilitaryOrganization": "military branch",
    "Organization": "Member of",
}
_DETERMINER = re.compile(
    r"^(?:(?:the|an?|current|former|first|\w+(?:th|nd|rd|st))\s+)+", re.IGNORECASE
)
_POST = re.compile(" of (?:the )?[^ ]+$")
_PARTS = ("_train", "_test", "_unseen_test")


@dataclass(frozen=True, slots=True)
class GoldTriple:
    sub: str
    rel: str
    obj: str


@dataclass(frozen=True, slots=True)
class Record:
    """A line: one triple by its labels (train), or a sentence with its triples (test)."""

    id: str
    sent: str
    sub_label: str = ""
    rel_label: str = ""
    obj_label: str = ""
    triples: tuple[GoldTriple, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    label: str


@dataclass(frozen=True, slots=True)
class Ontology:
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    sent: str
    triples: tuple[Triple, ...]
    relations: frozenset[str]


class Text2KgBench(Suite[Item, Answer]):
    """Sentences with Wikidata triples (Mihindukulasooriya et al. 2023)."""

    name = "text2kgbench"
    patterns = tuple(
        f"{start}_{part}.jsonl{packed}"
        for start in ("[0-9]*", "ont_*")
        for part in ("train", "test")
        for packed in ("", ".gz")
    )
    record = Item
    metrics = (
        Metric("f1", "f1", SHARE, "Vicuna-13B .24 to .33"),
        Metric("precision", "precision", SHARE),
        Metric("recall", "recall", SHARE),
        Metric("ontology_conformance", "conformance", SHARE),
        Metric("subject_hallucination", "subject", RATE_OF_ERROR),
        Metric("object_hallucination", "object", RATE_OF_ERROR),
    )

    def load(self, files: Sequence[Path], problems: list[str]) -> list[Item]:
        return [item for path in files for item in _items(path, problems)]

    def text(self, item: Item) -> Text:
        return Text(item.id, item.sent)

    def key(self, item: Item) -> Answer:
        return item.triples

    def blank(self, _item: Item) -> Answer:
        return ()

    def answer(self, item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        """Whom our entities belong to, and what open claims say that they are.

        The ontologies' other relations are not in our model.
        """
        lookup = Lookup(outcome.reading)
        found = {*_affiliations(lookup), *_descriptions(lookup)}
        return tuple(sorted(each for each in found if _plain(each[1]) in item.relations))

    def judge(self, item: Item, answer: Answer) -> Judgement:
        gold, ours = ({_plain_triple(each) for each in side} for side in (item.triples, answer))
        right = len(gold & ours)
        precision = right / len(ours) if ours else 0.0
        recall = right / len(gold) if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        sentence = _plain(item.sent)
        rows = {
            "precision": (precision, 1),
            "recall": (recall, 1),
            "f1": (f1, 1),
            "conformance": (sum(each[1] in item.relations for each in ours), len(ours)),
            "subject": (sum(each[0] not in sentence for each in ours), len(ours)),
            "object": (sum(each[2] not in sentence for each in ours), len(ours)),
        }
        return Judgement(rows, tuple(_slips(item, answer)))


def _affiliations(lookup: Lookup) -> Iterator[Triple]:
    for entity in lookup.reading.entities:
        body = lookup.entities.get(entity.affiliation or "")
        relation = by_class(AFFILIATIONS, body.type) if body else None
        if body and relation:
            yield entity.label, relation, body.label


def _descriptions(lookup: Lookup) -> Iterator[Triple]:
    """As in "X was a general of the Y Army", "X served as president of Z"."""
    text = lookup.reading.document.text
    for claim in lookup.reading.open_claims:
        who = next(map(lookup.filler_entity, fillers(claim, "subject", "object")), None)
        if who is None or who.type != "Person":
            continue
        for span in _what_it_is(claim):
            for number, mention in enumerate(lookup.reading.mentions):
                named = lookup.entity(number) if span.contains(mention.span) else None
                if named is None or named.id == who.id:
                    continue
                if relation := by_class(AFFILIATIONS, named.type):
                    yield who.label, relation, named.label
                elif is_a(named.type, "GeopoliticalEntity"):
                    post = _DETERMINER.sub("", text[span.start : mention.span.end])
                    if _POST.search(post):
                        yield who.label, "position held", post


def _what_it_is(claim: Claim) -> Iterator[Span]:
    """The phrases that describe the subject."""
    verb = claim.predicate.lemma.split()[0] if claim.predicate else ""
    for argument in claim.arguments:
        described = argument.role == "object" and verb in ("be", "become")
        if described or (argument.role == "oblique" and argument.marker == "as"):
            yield argument.filler.span


def _items(path: Path, problems: list[str]) -> Iterator[Item]:
    """The sentences of a file, those of several lines once, with the relations of its ontology."""
    name = path.name.split(".")[0]
    stem = next(name.removesuffix(part) for part in _PARTS if name.endswith(part))
    relations = _relations(path.parent, stem, problems)
    found: dict[str, tuple[str, list[Triple]]] = {}
    for record in read_lines(path, Record, problems):
        triples = [(each.sub, each.rel, each.obj) for each in record.triples]
        if record.rel_label:
            triples.append((record.sub_label, record.rel_label, record.obj_label))
        found.setdefault(record.sent, (record.id, []))[1].extend(triples)
    for sentence, (name, triples) in found.items():
        if triples:
            yield Item(name, sentence, tuple(triples), relations)


def _relations(folder: Path, stem: str, problems: list[str]) -> frozenset[str]:
    files = find_files(
        folder, f"{stem}_ontology.json", f"*{stem.removeprefix('ont_')}_ontology.json"
    )
    if not files:
        problems.append(f"{stem}_ontology.json:1: missing, so no relation conforms")
        return frozenset()
    ontology = read_record(files[0], Ontology, problems)
    return frozenset(_plain(each.label) for each in ontology.relations) if ontology else frozenset()


def _plain(label: str) -> str:
    return label.lower().replace(" ", "").replace("_", "")


def _plain_triple(triple: Triple) -> Triple:
    one, relation, other = map(_plain, triple)
    return one, relation, other


def _slips(item: Item, answer: Answer) -> Iterator[Slip]:
    gold, ours = ({_plain_triple(each) for each in side} for side in (item.triples, answer))
    for each in item.triples:
        if _plain_triple(each) not in ours:
            yield Slip("triple_miss", item.sent, " | ".join(each))
    for each in answer:
        if _plain_triple(each) not in gold:
            yield Slip("triple_false", item.sent, "", " | ".join(each))
