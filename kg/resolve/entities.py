"""Entities of one document: known ones from the gazetteer, others with ids of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kg.gazetteer import Entry, Gazetteer
from kg.model import Document, Entity, Mention
from kg.resolve.identity import identifies
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a, is_one_of

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_UNSAFE = re.compile("[^0-9A-Za-z]+")
_WHOSE = "whose "
_SINGULAR = ("i", "me", "my", "mine", "myself")
_SIDED = ("Organization", "Person", "PersonGroup", "Materiel", "Facility")


def from_entry(entry: Entry) -> Entity:
    """A known entity, with the links and coordinates of the gazetteer."""
    side = entry.side or (entry.id if entry.type == "Country" else None)
    return Entity(
        id=entry.id,
        type=entry.type,
        label=entry.label,
        aliases=tuple(sorted(set(entry.aliases))),
        wikidata=entry.wikidata,
        geonames=entry.geonames,
        lat=entry.lat,
        lon=entry.lon,
        side=side if side != entry.id else None,
        within=entry.within or (entry.country if entry.country != entry.id else None),
        affiliation=entry.affiliation,
    )


def closure(entities: dict[str, Entity], gazetteer: Gazetteer) -> Iterator[Entity]:
    """Every entity with all that its links name, so that a reading can be understood alone."""
    queue = list(entities.values())
    known = dict(entities)
    for entity in queue:  # grows while it is read
        for linked in (entity.side, entity.within, entity.affiliation):
            if linked and linked not in known and linked in gazetteer:
                known[linked] = from_entry(gazetteer[linked])
                queue.append(known[linked])
    for id_ in sorted(known):
        yield known[id_]


class Namer:
    """Makes the entities that the gazetteer does not know."""

    def __init__(self, document: Document, index: PhraseIndex) -> None:
        self._document = document
        self._index = index
        self._used: dict[str, str] = {}

    def make(self, mention: Mention, type_: str, side: Entity | None, plain: str = "") -> Entity:
        """An entity for a mention that nothing links; `plain` is its name without its side's.

        Names that identify a person or body (`identity`) are the same across reports; unnamed
        people and other names are of this document only. Forces and governments of a state in
        general ("Russian troops", "the Syrian government") are one node each.
        """
        text = self._document.text[mention.span.start : mention.span.end]
        label = self._of_antecedent(mention, text) or _label(text)
        named = mention.level == "NAM"
        general = not named or plain.lower() in coreference_rules().generic_governments
        generic = self._generic(mention, type_, side) if general else None
        if named and generic is None:
            return self._named(type_, label, side, _label(plain))
        return generic or self._local(mention, type_, label, side)

    def _of_antecedent(self, mention: Mention, text: str) -> str | None:
        """As in "X, whose party won": the party of X."""
        index, tokens = mention.head, self._index.tokens
        if not text.lower().startswith(_WHOSE):
            return None
        while tokens[index].deprel != "relcl" and tokens[index].head != index:
            index = tokens[index].head
        found = self._index.by_head.get(tokens[index].head)
        if found is None:
            return None
        owner = self._index.mentions[found].span
        whose = _label(self._document.text[owner.start : owner.end])
        return f"{_label(text)[len(_WHOSE) :]} of {whose}"

    def voice(self, mention: Mention) -> Entity:
        """Who says "I" or "we" outside any quotation: the author or the one interviewed."""
        word = self._document.text[mention.span.start : mention.span.end].lower()
        type_, label = ("Person", "speaker") if word in _SINGULAR else ("PersonGroup", "speakers")
        return Entity(f"x_{self._document.id[:8]}_{label}", type_, label, anonymous=True)

    def passing_voice(self, mention: Mention) -> Entity:
        """Whoever a quoted "we" or a "you" means: not known, but the same each time it is said."""
        text = self._document.text[mention.span.start : mention.span.end]
        id_ = f"x_{self._document.id[:8]}_{slug(text)}_{mention.span.start}"
        return Entity(id_, "PersonGroup", _label(text), anonymous=True)

    def _named(self, type_: str, label: str, side: Entity | None, plain: str) -> Entity:
        name = slug(plain if is_a(type_, "Organization") else label)
        sided = is_one_of(type_, _SIDED) and side is not None and side.id != name
        acts_for = side.id if sided and side is not None else None
        if not identifies(label, type_, sided=sided):
            return Entity(f"x_{self._document.id[:8]}_{name}", type_, label, side=acts_for)
        if is_a(type_, "Person"):  # the same with and without the side
            return Entity(f"p_{name}", type_, label, side=acts_for)
        id_ = f"n_{acts_for}_{name}" if acts_for else f"n_{name}"
        return Entity(id_, type_, label, side=acts_for)

    def _generic(self, mention: Mention, type_: str, side: Entity | None) -> Entity | None:
        if side is None or self._is_counted(mention) or self._is_of_two(mention):
            return None
        rules = coreference_rules()
        lemma = self._index.tokens[mention.head].lemma.lower()
        people = is_a(type_, "Person") or is_a(type_, "PersonGroup")
        if is_a(side.type, "ArmedGroup") and lemma in rules.members and not people:
            return side  # "M23 rebels" are M23, "an M23 rebel" is one of them
        if lemma in rules.bodies and is_a(side.type, "Organization") and self._is_apposed(mention):
            return side
        if not is_a(side.type, "Country"):
            return None
        if type_ == "ArmedForce" and lemma in rules.generic_forces:
            return Entity(
                f"{side.id}_forces", "ArmedForce", f"forces of {side.label}", side=side.id
            )
        if type_ == "Government" and lemma in rules.generic_governments:
            label = f"government of {side.label}"
            return Entity(f"{side.id}_government", "Government", label, side=side.id)
        return None

    def _is_of_two(self, mention: Mention) -> bool:
        """As in "Chadian and Sudanese forces": those of both, and not of the first alone."""
        owners = (self._index.mentions[each].head for each in self._index.owners(mention))
        joined = (i for each in owners for i in self._index.children(each, "conj"))
        return any(i in self._index.by_head and i < mention.head for i in joined)

    def _is_apposed(self, mention: Mention) -> bool:
        """As in "the M23 group", with the name right before the noun and no other word."""
        beside = self._index.children(mention.head, "compound")
        others = self._index.children(mention.head, "amod", "poss", "prep", "relcl")
        return beside == [mention.head - 1] and not others

    def _is_counted(self, mention: Mention) -> bool:
        return bool(self._index.children(mention.head, "nummod"))

    def _local(self, mention: Mention, type_: str, label: str, side: Entity | None) -> Entity:
        base = f"x_{self._document.id[:8]}_{slug(label)}"
        id_ = base if base not in self._used else f"{base}_{mention.span.start}"
        self._used.setdefault(base, id_)
        anonymous = is_a(type_, "Person") or is_a(type_, "PersonGroup")
        sided = side is not None and is_one_of(type_, _SIDED)
        return Entity(
            id_,
            type_,
            label,
            side=side.id if sided and side is not None else None,
            anonymous=anonymous,
        )


def naming_rule(entity: Entity) -> str:
    """Why mentions in several reports share the entity, or that they do not."""
    if entity.id.startswith(("n_", "p_")):
        return "same name"
    return "own node" if entity.id.startswith("x_") else "common name of its side"


def slug(text: str) -> str:
    """An IRI-safe local name for a label, at most 60 characters."""
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    safe = _UNSAFE.sub("_", plain).strip("_").lower()
    return safe[:60] or "u" + "_".join(f"{ord(char):x}" for char in text[:8])


def _label(text: str) -> str:
    """The phrase without its article, on one line."""
    plain = " ".join(text.split())
    return _ARTICLE.sub("", plain)
