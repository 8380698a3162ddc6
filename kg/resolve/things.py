"""Things of no known class among the mentions: for coreference they count, for the graph not.

The passes of coreference see one list in text order; what the reading tells is parted again:
references of the mentions proper, and chains of the things and of the pronouns for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kg.model import Annotation, Argument, Attribution, Chain, Claim, Filler, Reference, Span

type Fill = Callable[[Filler], Filler]


class Joined(Struct, frozen=True):
    """An annotation whose mentions include the things; `own` are the places of the others."""

    annotation: Annotation
    own: tuple[int, ...]

    @property
    def things(self) -> frozenset[int]:
        """The places of the things."""
        return frozenset(range(len(self.annotation.mentions))).difference(self.own)


def joined(annotation: Annotation) -> Joined:
    """The things among the mentions."""
    every = [(m, n) for n, m in enumerate(annotation.mentions)]
    every += [(thing, -1) for thing in annotation.things]
    every.sort(key=lambda each: (each[0].span.start, -each[0].span.end, each[0].level))
    places = {number: place for place, (_, number) in enumerate(every) if number >= 0}
    mentions = tuple(mention for mention, _ in every)
    own = tuple(places[number] for number in range(len(places)))
    return Joined(replace(annotation, mentions=mentions), own)


class Parted(Struct, frozen=True):
    """What the references tell, of mentions proper and of the rest.

    `references` are those to `Reading.mentions`; `named` gives the entity of every other phrase.
    """

    references: tuple[Reference, ...]
    named: Mapping[Span, str]
    chains: tuple[Chain, ...]


def parted(references: Sequence[Reference], joint: Joined, nameless: Collection[str]) -> Parted:
    """The references of mentions apart from what they tell of things.

    `nameless` are the entities that only a thing gave rise to: alone they are in no chain, and
    what refers to them is no reference.
    """
    number_of = {place: number for number, place in enumerate(joint.own)}
    own: list[Reference] = []
    spans: dict[str, list[Span]] = {}
    for reference in references:
        number = number_of.get(reference.mention)
        if number is None or reference.entity in nameless:
            span = joint.annotation.mentions[reference.mention].span
            spans.setdefault(reference.entity, []).append(span)
        else:
            own.append(_moved(reference, number))
    chains = tuple(
        Chain(entity, tuple(found))
        for entity, found in sorted(spans.items())
        if len(found) > 1 or entity not in nameless
    )
    named = {span: chain.entity for chain in chains for span in chain.spans}
    return Parted(tuple(own), named, chains)


def _moved(reference: Reference, mention: int) -> Reference:
    told = reference
    return Reference(mention, told.entity, told.method, told.score, told.surface)


def filled(claim: Claim, fill: Fill) -> Claim:
    """The claim with every filler of a role or of an attribution replaced."""
    arguments = tuple(_argument(argument, fill) for argument in claim.arguments)
    if claim.attributions:
        attributions = tuple(_attribution(step, fill) for step in claim.attributions)
        return replace(claim, arguments=arguments, attributions=attributions)
    return replace(claim, arguments=arguments)


def _argument(argument: Argument, fill: Fill) -> Argument:
    filler = fill(argument.filler)
    return argument if filler is argument.filler else replace(argument, filler=filler)


def _attribution(step: Attribution, fill: Fill) -> Attribution:
    return replace(
        step,
        sources=tuple(map(fill, step.sources)),
        via=tuple(map(fill, step.via)),
        medium=tuple(map(fill, step.medium)),
        basis=tuple(map(fill, step.basis)),
    )


def of_references(references: Sequence[Reference]) -> Fill:
    """Fills in the entity of the mention that a filler is."""
    entity_of = {reference.mention: reference.entity for reference in references}

    def fill(filler: Filler) -> Filler:
        entity = None if filler.mention is None else entity_of.get(filler.mention)
        return filler if entity is None else replace(filler, entity=entity)

    return fill


def of_things(named: Mapping[Span, str], otherwise: Fill) -> Fill:
    """Fills in what the longest phrase at the start of a filler means, if nothing else does."""
    at: dict[int, list[Span]] = {}
    for span in named:
        at.setdefault(span.start, []).append(span)

    def fill(filler: Filler) -> Filler:
        known = otherwise(filler)
        if known.entity is not None or known.event is not None:
            return known
        inside = [span for span in at.get(filler.span.start, ()) if filler.span.contains(span)]
        longest = max(inside, key=lambda span: span.end, default=None)
        return known if longest is None else replace(known, entity=named[longest])

    return fill
