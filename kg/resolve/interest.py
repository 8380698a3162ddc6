"""Claims against the interest of who makes them, by the rows of `lexicon/interest.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from kg.lexicon import Lexicon
from kg.model import Annotation, Argument, Claim, Entity, Filler, Reading
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a, is_one_of

INDIVIDUALS = "individuals"
"""Stands among the classes of a row for the nouns of that list in `people.yml`."""

_PARTIES = ("Country", "ArmedGroup")
_PEOPLE = ("Person", "PersonGroup", "Role")
_UNLINKED = ("x_", "n_", "p_")
_TITLES = ("compound", "amod", "appos", "nmod")


def against_interest(reading: Reading, annotation: Annotation, lexicon: Lexicon) -> Reading:
    """The reading with such claims marked; to be called once it is decided who is who."""
    entities = {entity.id: entity for entity in reading.entities}
    interests = Interests(entities, annotation, lexicon)
    return replace(reading, claims=tuple(map(interests.marked, reading.claims)))


class Interests:
    """Marks the claims of one document, whose mentions are resolved to `entities`."""

    def __init__(
        self, entities: Mapping[str, Entity], annotation: Annotation, lexicon: Lexicon
    ) -> None:
        self._entities = entities
        self._annotation = annotation
        self._individuals = lexicon.people.individuals
        self._rules = lexicon.interest

    @cached_property
    def _index(self) -> PhraseIndex:
        """Made when it is first asked, which few reports do."""
        return PhraseIndex(self._annotation)

    def marked(self, claim: Claim) -> Claim:
        """The claim, with `against_interest` where its nearest source tells against its party."""
        rows = [roles for above, roles in self._rules.roles.items() if is_a(claim.type, above)]
        if not rows or not claim.attributions or not claim.factuality.realis:
            return claim
        sources = claim.attributions[0].sources
        named = (self.party(source.entity) for source in sources if self._speaks(source))
        parties = {party for party in named if party is not None}
        found = any(
            self._suffers(claim, argument, roles[argument.role], parties)
            for roles in rows
            for argument in claim.arguments
            if argument.role in roles
        )
        return replace(claim, against_interest=True) if found else claim

    def party(self, entity: str | None) -> str | None:
        """The country or group that an entity acts for or, as a place, belongs to."""
        for each in self._upwards(entity):
            if is_one_of(each.type, _PARTIES) and each.side is None:
                return each.id
        return None

    def _upwards(self, entity: str | None) -> Iterator[Entity]:
        seen: set[str] = set()
        while entity is not None and entity not in seen and entity in self._entities:
            seen.add(entity)
            found = self._entities[entity]
            yield found
            entity = found.side or found.within or found.affiliation

    def _speaks(self, source: Filler) -> bool:
        """Whether who says so speaks for a party, and not only comes from its country."""
        entity = self._entities.get(source.entity or "")
        if entity is None:
            return False
        if is_one_of(entity.type, self._rules.speakers):
            return True
        known = not entity.id.startswith(_UNLINKED)
        people = is_one_of(entity.type, _PEOPLE)
        return people and (known or self._holds_office(source))

    def _holds_office(self, source: Filler) -> bool:
        if source.mention is None:
            return False
        tokens, mention = self._annotation.tokens, self._annotation.mentions[source.mention]
        near = (mention.head, *self._index.children(mention.head, *_TITLES))
        return any(tokens[i].lemma.lower() in self._rules.offices for i in near)

    def _suffers(
        self, claim: Claim, argument: Argument, classes: Collection[str], parties: Collection[str]
    ) -> bool:
        entity = self._entities.get(argument.filler.entity or "")
        if (
            entity is None
            or self.party(entity.id) not in parties
            or not self._fits(argument.filler, entity, classes)
        ):
            return False
        if argument.role == "agent" or not is_a(entity.type, "Place"):
            return True
        agents, losers = (
            {self.party(each.filler.entity) for each in claim.fillers(role)}
            for role in ("agent", "target")
        )
        return bool(agents) and agents.isdisjoint({None, *parties}) and losers <= {*parties}

    def _fits(self, filler: Filler, entity: Entity, classes: Collection[str]) -> bool:
        if any(is_a(entity.type, kind) for kind in classes if kind != INDIVIDUALS):
            return True
        if INDIVIDUALS not in classes or filler.mention is None:
            return False
        head = self._annotation.tokens[self._annotation.mentions[filler.mention].head]
        return head.lemma.lower() in self._individuals
