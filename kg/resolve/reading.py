"""Annotation and claims in, reading out: which thing in the world each mention means."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from kg.gazetteer import Entry, Gazetteer
from kg.lexicon import Lexicon
from kg.model import (
    Annotation,
    Argument,
    Audit,
    Claim,
    Document,
    Entity,
    Filler,
    Mention,
    Reading,
    Reference,
    Span,
)
from kg.resolve.clusters import Sieve
from kg.resolve.discourse import Discourse, Tie
from kg.resolve.entities import Namer, closure, from_entry, naming_rule, slug
from kg.resolve.fitting import fitting
from kg.resolve.homelands import is_homeland
from kg.resolve.linking import Link, Linker
from kg.resolve.metonymy import is_for_power, is_metonymic
from kg.resolve.pairs import pairs_meant, spread
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex
from kg.resolve.speakers import PASSING
from kg.resolve.things import Joined, filled, joined, of_references, of_things, parted
from kg.resolve.whereabouts import only_where, without_places
from kg.vocab import is_a


def resolve(
    document: Document,
    annotation: Annotation,
    claims: Sequence[Claim],
    open_claims: Sequence[Claim],
    audit: Sequence[Audit],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
) -> Reading:
    """Resolves the mentions of one document and fills the entities into its claims."""
    joint = joined(annotation)
    resolver = _Resolver(document, joint, gazetteer, lexicon)
    found = parted(resolver.references(claims, open_claims), joint, resolver.nameless)
    entities, fill = resolver.entities, of_references(found.references)
    scenes = resolver.only_where()
    pairs = pairs_meant(annotation, found.references, entities)
    told = [spread(without_places(filled(claim, fill), scenes), pairs) for claim in claims]
    told = [fitting(claim, annotation.mentions, entities, lexicon) for claim in told]
    told = [_inferred(claim, entities, lexicon) for claim in told]
    fill = of_things(found.named, fill)
    opened = tuple(filled(claim, fill) for claim in open_claims)
    described = tuple(closure(_used(entities, found.references, opened), gazetteer))
    return Reading(
        document=document,
        sentences=annotation.sentences,
        mentions=annotation.mentions,
        claims=tuple(told),
        entities=described,
        references=found.references,
        audit=tuple(audit),
        engine=annotation.engine,
        open_claims=opened,
        chains=found.chains,
    )


class _Resolver:
    def __init__(
        self,
        document: Document,
        joint: Joined,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
    ) -> None:
        self._lexicon = lexicon
        self._document = document
        self._annotation = annotation = joint.annotation
        self._things = joint.things
        self._own = joint.own
        self._gazetteer = gazetteer
        self._index = PhraseIndex(annotation)
        self._namer = Namer(document, self._index)
        self._found: dict[int, Reference] = {}
        self._voices: Collection[int] = ()
        self._passing: Collection[int] = ()
        self._linker = Linker(annotation, gazetteer, self._index)
        self.entities: dict[str, Entity] = {}
        self.nameless: set[str] = set()
        """The entities of things that no class covers."""

    def references(self, claims: Sequence[Claim], open_claims: Sequence[Claim]) -> list[Reference]:
        """One reference for each mention that can be resolved, in text order."""
        links = self._linker.link()
        classes = {n: self._class(n, links) for n in range(len(self._annotation.mentions))}
        speakers = _speakers_by_quote((*open_claims, *claims), self._own)
        beside = _beside(claims, self._own)
        discourse = Discourse(
            self._annotation, self._index, classes, speakers, beside, self._things, links
        )
        ties = Sieve(discourse, self._lexicon).run()
        self._voices = {t.antecedent for t in ties.values() if t.method == "same voice"}
        self._passing = {t.antecedent for t in ties.values() if t.method == PASSING}
        for levels in (("NAM", "ADJ"), ("NOM",), ("PRO",)):
            if "NOM" in levels:
                self._speakers(speakers, links, ties)
            for number, mention in enumerate(self._annotation.mentions):
                if mention.level in levels:
                    self._refer(number, links, ties)
        return [self._found[number] for number in sorted(self._found)]

    def only_where(self) -> Collection[int]:
        """The numbers, without the things, of mentions that act in nothing."""
        found = only_where(self._index, self._linker.surrounded())
        return {number for number, place in enumerate(self._own) if place in found}

    def _class(self, number: int, links: dict[int, Link]) -> str:
        """The class of what a mention means: of the power, where a seat stands for it."""
        mention = self._annotation.mentions[number]
        link = links.get(number)
        if link is None or self._index.are_people(mention):
            return mention.type
        return self._meant(mention, link.entry).type

    def _meant(self, mention: Mention, entry: Entry) -> Entry:
        facility = not is_a(entry.type, "PopulatedPlace")
        if entry.seat_of and is_for_power(mention, self._index, facility=facility):
            return self._gazetteer[entry.seat_of]
        return entry

    def _acts(self, mention: Mention, type_: str) -> bool:
        """Whether a place's own name stands for its state, body or team: "France won"."""
        named = mention.level == "NAM" and is_a(type_, "Place")
        return named and is_metonymic(mention, self._index)

    def _refer(self, number: int, links: dict[int, Link], ties: dict[int, Tie]) -> Reference | None:
        """The reference of a mention, through its antecedent where it has one."""
        if number in self._found:
            return self._found[number]
        mention = self._annotation.mentions[number]
        named = number in ties and ties[number].method == "surname"
        people = self._index.are_people(mention)
        found = None if named or people else self._linked(number, mention, links)
        if found is None and number in ties:
            above = self._refer(ties[number].antecedent, links, _without(ties, number))
            if above is not None:
                found = Reference(number, above.entity, ties[number].method, above.score)
        if found is None:
            found = self._voice(number, mention)
        if found is None and people and number in links:
            found = self._people(number, mention, links[number].entry)
        if found is None and self._has_own_node(mention):
            side = self._side(mention, links, ties)
            known = self._body_of(mention, side)
            if known is not None:
                self._keep_known(known)
                self._found[number] = Reference(number, known.id, "body of its state")
                return self._found[number]
            name = self._plain_name(mention, side)
            entity = self._namer.make(mention, mention.type, side, name)
            self.entities.setdefault(entity.id, entity)
            if number in self._things:
                self.nameless.add(entity.id)
            found = Reference(number, entity.id, naming_rule(entity))
        if found is not None:
            self._found[number] = found
            self._place(number, found.entity, links)
        return found

    def _voice(self, number: int, mention: Mention) -> Reference | None:
        """Who says "I" or "we", or is meant by "you", where that is nobody named."""
        if number in self._voices:
            voice = self._namer.voice(mention)
        elif number in self._passing:
            voice = self._namer.passing_voice(mention)
            self.nameless.add(voice.id)
        else:
            return None
        self._keep(voice)
        return Reference(number, voice.id, "own node")

    def _people(self, number: int, mention: Mention, state: Entry) -> Reference | None:
        """Unnamed people of a state are not the state, whatever is done by or to them."""
        if not is_a(state.type, "GeopoliticalEntity"):
            return None
        self._keep_known(state)
        entity = self._namer.make(replace(mention, level="NOM"), mention.type, from_entry(state))
        self.entities.setdefault(entity.id, entity)
        return Reference(number, entity.id, naming_rule(entity), surface=state.id)

    def _place(self, number: int, id_: str, links: dict[int, Link]) -> None:
        """Puts an unknown place into what the text says that it lies in."""
        entity = self.entities.get(id_)
        if entity is None or entity.within or not is_a(entity.type, "Place"):
            return
        around = self._linker.around(number) if id_.startswith("x_") else None
        link = None if around is None else links.get(around)
        if link is not None:
            self._keep_known(link.entry)
            self.entities[id_] = replace(entity, within=link.entry.id)

    def _has_own_node(self, mention: Mention) -> bool:
        """Names and definite things; bare ground and "another state" are nothing to name."""
        if mention.level == "NAM":
            return True
        indefinite = self._index.determiner(mention) in ("another", "any", "every", "each", "no")
        words = self._document.text[mention.span.start : mention.span.end].split()
        bare = mention.type == "Area" and not (len(words) > 1 and words[-1] == "areas")
        return mention.level == "NOM" and not bare and not indefinite

    def _area(self, mention: Mention) -> Entity:
        """As in "eastern Ukraine": an area of its own within the place that is named."""
        whole = self._gazetteer[mention.candidates[0]]
        self._keep_known(whole)
        label = self._document.text[mention.span.start : mention.span.end]
        return Entity(f"{slug(label)}_area", "Area", " ".join(label.split()), within=whole.id)

    def _linked(self, number: int, mention: Mention, links: dict[int, Link]) -> Reference | None:
        if self._linker.is_part(number):
            area = self._area(mention)
            self._keep(area)
            return Reference(number, area.id, "area")
        link = links.get(number)
        if link is None:
            return None
        entry = self._meant(mention, link.entry)
        self._keep_known(link.entry)
        self._keep_known(entry)
        moved = entry is not link.entry
        method = "metonym" if moved else f"gazetteer: {link.reason}"
        surface = link.entry.id if moved or self._acts(mention, entry.type) else None
        return Reference(number, entry.id, method, round(link.score, 3), surface)

    def _keep(self, entity: Entity) -> None:
        self.entities.setdefault(entity.id, entity)

    def _keep_known(self, entry: Entry) -> None:
        if entry.id not in self.entities:
            self.entities[entry.id] = from_entry(entry)

    def _side(
        self, mention: Mention, links: dict[int, Link], ties: dict[int, Tie]
    ) -> Entity | None:
        """Whose the mention is: the state or group of its first owner that has one."""
        rules = coreference_rules()
        words = self._index.modifiers(mention)
        governs = is_a(mention.type, "Government") or is_a(mention.type, "GovernmentBody")
        lesser = governs and not rules.lesser.isdisjoint(words)
        if lesser or any(word in rules.doubtful for word in words):
            return None
        for owner in self._index.owners(mention):
            before = self._index.modifiers(self._annotation.mentions[owner])
            if any(word in rules.descent for word in before):
                continue  # "ethnic Armenian authorities"
            reference = self._refer(owner, links, ties)
            if reference is None:
                continue
            entity = self.entities.get(reference.entity)
            if entity is None:
                continue
            side = self._state(entity) or self._unlisted(mention, entity)
            if side is not None and not self._is_backed(mention, side):
                return side
        return None

    def _unlisted(self, mention: Mention, entity: Entity) -> Entity | None:
        """As in "FMLN guerrillas": a body that no list knows, with fighters of its own."""
        lemma = self._index.tokens[mention.head].lemma.lower()
        fighting = lemma in coreference_rules().members
        return entity if fighting and is_a(entity.type, "Organization") else None

    def _is_backed(self, mention: Mention, side: Entity) -> bool:
        """As in "US-backed Syrian forces", whose state may well be what they fight."""
        rules, tokens = coreference_rules(), self._index.tokens
        if tokens[mention.head].lemma.lower() not in rules.backed:
            return False
        words = self._index.modifiers(mention)
        backing = any(word in rules.backing for word in words)
        official = any(word in rules.generic_governments for word in words)
        return backing and not official and is_a(side.type, "Country")

    def _body_of(self, mention: Mention, side: Entity | None) -> Entry | None:
        """As in "Russia's Defence Ministry", known as the "Russian Defence Ministry"; its state."""
        if side is None or side.id not in self._gazetteer:
            return None
        if is_a(side.type, "Country") and is_homeland(mention, self._index):
            return self._gazetteer[side.id]
        if mention.level != "NAM":
            return None
        label = self._plain_name(mention, side)
        for adjective in self._gazetteer[side.id].adjectives:
            found = self._gazetteer.candidates(f"{adjective} {label}")
            if found:
                return found[0]
        return None

    def _plain_name(self, mention: Mention, side: Entity | None) -> str:
        """As "Defence Ministry" of "Belarusian Defence Ministry", "Defence Ministry of Belarus"."""
        text = self._document.text[mention.span.start : mention.span.end]
        label = " ".join(text.split())
        if side is None or side.id not in self._gazetteer:
            return label
        entry = self._gazetteer[side.id]
        for name in (*entry.adjectives, *entry.names):
            label = label.removeprefix(f"{name} ")
            label = label.removesuffix(f" {name}").removesuffix(" of the").removesuffix(" of")
        return label or text

    def _state(self, entity: Entity) -> Entity | None:
        if is_a(entity.type, "Country") or is_a(entity.type, "ArmedGroup"):
            return entity
        if entity.side:
            if entity.side not in self.entities and entity.side in self._gazetteer:
                self._keep_known(self._gazetteer[entity.side])
            return self.entities.get(entity.side)
        return None

    # -------------------------------------------------- first person in quotes

    def _speakers(
        self, speakers: dict[Span, int], links: dict[int, Link], ties: dict[int, Tie]
    ) -> None:
        """As in "we" in a quotation is the speaker's side, "I" the speaker."""
        rules = coreference_rules().speaker
        for number, mention in enumerate(self._annotation.mentions):
            word = self._document.text[mention.span.start : mention.span.end].lower()
            if mention.level != "PRO" or word not in rules:
                continue
            for quote, place in speakers.items():
                if quote.contains(mention.span):
                    self._speak(number, rules[word], self._refer(place, links, ties))

    def _speak(self, number: int, meaning: str, speaker: Reference | None) -> None:
        if speaker is None or number in self._found:
            return
        entity = self.entities.get(speaker.entity)
        if entity is None:
            return
        if meaning == "side":
            entity = self._state(entity)
        if entity is not None:
            self._found[number] = Reference(number, entity.id, "speaker")


def _speakers_by_quote(claims: Sequence[Claim], own: Sequence[int]) -> dict[Span, int]:
    """Who speaks in each quotation, by mention."""
    return {
        step.quote: own[step.sources[0].mention]
        for claim in claims
        for step in claim.attributions
        if step.quote is not None and step.sources and step.sources[0].mention is not None
    }


def _beside(claims: Sequence[Claim], own: Sequence[int]) -> dict[int, frozenset[int]]:
    """For each mention, those that fill other roles of an event with it."""
    found: dict[int, set[int]] = {}
    for claim in claims:
        filled = [
            (a.role, own[a.filler.mention]) for a in claim.arguments if a.filler.mention is not None
        ]
        for role, mention in filled:
            found.setdefault(mention, set()).update(m for other, m in filled if other != role)
    return {mention: frozenset(others - {mention}) for mention, others in found.items()}


def _without(ties: dict[int, Tie], number: int) -> dict[int, Tie]:
    return {key: tie for key, tie in ties.items() if key != number}


def _used(
    entities: dict[str, Entity], references: Sequence[Reference], opened: Sequence[Claim]
) -> dict[str, Entity]:
    names = {r.entity for r in references} | {r.surface for r in references if r.surface}
    names |= {a.filler.entity for claim in opened for a in claim.arguments if a.filler.entity}
    return {id_: entity for id_, entity in entities.items() if id_ in names}


def _inferred(claim: Claim, entities: dict[str, Entity], lexicon: Lexicon) -> Claim:
    """An agent that the text leaves open but the side of the forces settles."""
    event = lexicon.events[claim.type]
    if event.agent_from is None or claim.fillers("agent"):
        return claim
    for argument in claim.fillers(event.agent_from):
        entity = entities.get(argument.filler.entity or "")
        if entity is None or entity.side is None:
            continue
        if is_a(entity.type, "ArmedForce") or is_a(entity.type, "Materiel"):
            filler = Filler(argument.filler.span, entity=entity.side)
            inferred = Argument("agent", filler, inferred=True)
            return replace(claim, arguments=(*claim.arguments, inferred))
    return claim
