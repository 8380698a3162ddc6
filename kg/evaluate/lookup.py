"""Questions that several suites ask of a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import vocab
from kg.model import Claim, Entity, Filler, Reading, Reference, Span

ACTING = frozenset({"agent", "coAgent", "recipient"})


class Lookup:
    """A reading with its mentions, entities, claims and sentences by index, id and place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entities = {entity.id: entity for entity in reading.entities}
        self.claims = {each.id: each for each in (*reading.claims, *reading.open_claims)}
        self.references = {reference.mention: reference for reference in reading.references}

    def entity(self, mention: int | None) -> Entity | None:
        """What the mention refers to."""
        reference = self.reference(mention)
        return self.entities.get(reference.entity) if reference else None

    def reference(self, mention: int | None) -> Reference | None:
        return None if mention is None else self.references.get(mention)

    def filler_entity(self, filler: Filler) -> Entity | None:
        """What fills a role: by its entity, else by its mention."""
        if filler.entity is not None:
            return self.entities.get(filler.entity)
        return self.entity(filler.mention)

    def type(self, mention: int) -> str:
        """The class of what the mention refers to, else the mention's own."""
        entity = self.entity(mention)
        return entity.type if entity else self.reading.mentions[mention].type

    def acting(self) -> frozenset[int]:
        """The mentions that act, receive or speak in a claim."""
        found = {
            argument.filler.mention
            for claim in self.reading.claims
            for argument in claim.arguments
            if argument.role in ACTING
        }
        found |= {
            source.mention
            for claim in self.reading.claims
            for step in claim.attributions
            for source in step.sources
        }
        return frozenset(mention for mention in found if mention is not None)

    def clusters(self) -> dict[str, list[int]]:
        """Mentions by the entity they refer to."""
        found: dict[str, list[int]] = {}
        for reference in self.reading.references:
            found.setdefault(reference.entity, []).append(reference.mention)
        return found

    def sentence(self, span: Span) -> int | None:
        """The index of the sentence that the span begins in."""
        return next(
            (
                each.index
                for each in self.reading.sentences
                if each.span.start <= span.start < each.span.end
            ),
            None,
        )


def by_class[V](table: Mapping[str, V], name: str) -> V | None:
    """The entry of the class or of its nearest super-class that has one."""
    if name in table:
        return table[name]
    above = vocab.superclasses(name) if name in vocab.CLASSES else ()
    return next((table[each] for each in above if each in table), None)


def fillers(claim: Claim, *roles: str) -> Iterator[Filler]:
    """What fills any of the roles, in the order of the claim."""
    return (each.filler for each in claim.arguments if each.role in roles)


def sentence_of(text: str, span: Span) -> str:
    """The line around a span, cut to a sentence's length: where there is no parse to ask."""
    start = max(text.rfind("\n", 0, span.start) + 1, text.rfind(". ", 0, span.start) + 1)
    ends = [end for end in (text.find("\n", span.end), text.find(". ", span.end) + 1) if end > 0]
    return text[start : min(ends, default=len(text))].strip()


_UNLINKED = ("x_", "n_", "p_")  # nodes of the report's own names


def titles(entity: Entity) -> frozenset[str]:
    """What an encyclopedia may call a linked entity, folded; empty for one that is not linked.

    An entry of the shipped tables is a link, also without an id elsewhere.
    """
    if entity.id.startswith(_UNLINKED):
        return frozenset()
    return frozenset(fold_title(name) for name in (entity.id, entity.label, *entity.aliases))


def fold_title(title: str) -> str:
    """A page title or local name without case, underscores and the part in brackets."""
    return title.strip().replace("_", " ").split(" (")[0].casefold()
