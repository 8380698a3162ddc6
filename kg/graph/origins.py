"""How many independent origins stand behind a fact, however many reports repeat it.

The origin of a claim is who first said so: the nearest named source, else the publisher. Two
outlets that quote one source are one origin; so are a source and the outlet of that name, and
reports with the same sentence, of which one has copied the other or both a third.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Claim, Reading

_SCOPED = "x_"


class Origins:
    """Counts origins over all readings of one build."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        """Learns the names of the sources, so that a publisher can be known as one of them."""
        self._known: dict[str, str] = {}
        for reading in readings:
            for entity in reading.entities:
                if not entity.id.startswith(_SCOPED):
                    for name in (entity.label, *entity.aliases):
                        key = name.casefold()
                        self._known[key] = min(entity.id, self._known.get(key, entity.id))

    def count(self, evidence: Iterable[tuple[Claim, Reading]]) -> int:
        """The number of independent origins of the claims."""
        groups = _Groups()
        named: set[str] = set()
        for claim, reading in evidence:
            words = _sentence(claim, reading)
            for origin, repeated in self._origins(claim, reading):
                named.add(origin)
                if repeated is not None:
                    groups.join(origin, f"{repeated} in: {words}")
        return len({groups.root(origin) for origin in named})

    def _origins(self, claim: Claim, reading: Reading) -> Iterator[tuple[str, str | None]]:
        """Each origin; with what it is called where only its report knows it."""
        steps = claim.attributions[:1]
        sources = [s.entity for step in steps for s in step.sources if s.entity]
        for source in sources:
            scoped = source.startswith(_SCOPED)
            yield source, source.split("_", 2)[-1] if scoped else None
        if not sources:
            publisher = reading.document.publisher or reading.document.id
            known = self._known.get(publisher.casefold())
            yield known or f"publisher {publisher}", "the report"


class _Groups:
    """Names that mean one origin."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while name in self._above:
            name = self._above[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._above[second] = first


def _sentence(claim: Claim, reading: Reading) -> str:
    """The words of the claim's sentence, without what copying changes."""
    span = reading.sentences[claim.sentence].span
    return " ".join(reading.document.text[span.start : span.end].casefold().split())
