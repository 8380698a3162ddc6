"""Names by the words that they are made of: what each is, and which table entries it may mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kg.annotate.phrases import Phrases
from kg.gazetteer import Entry, Gazetteer
from kg.model import Mention, Span
from kg.people import People
from kg.vocab import is_a

NAMED = ("NNP", "NNPS")
STATE_BODIES = ("GovernmentBody", "Government", "MilitaryOrganization")


class NamedSpan(NamedTuple):
    """A name at `tokens[first:last]` with the recogniser's label (`KNOWN`: from the gazetteer)."""

    first: int
    last: int
    label: str


class Found(NamedTuple):
    """A mention with its tokens: first, and the one after the last."""

    first: int
    last: int
    name: Mention

    def holds(self, other: Found) -> bool:
        return self.first <= other.first and other.last <= self.last

    @property
    def is_named(self) -> bool:
        return self.name.level == "NAM"


class Namer:
    """Makes names of the tokens of one document."""

    def __init__(self, phrases: Phrases, gazetteer: Gazetteer, people: People) -> None:
        self.phrases = phrases
        self.gazetteer = gazetteer
        self.people = people

    def known(self, first: int, last: int) -> tuple[Entry, ...]:
        """The entries that are called as the tokens say."""
        return self.gazetteer.candidates(self.phrases.text(first, last))

    def entries(self, name: Mention) -> list[Entry]:
        return [self.gazetteer[id_] for id_ in name.candidates]

    def named(self, first: int, last: int, type_: str) -> Found:
        """The name of these tokens, of the type unless it is known."""
        known = self.known(first, last)
        return self.of(first, last, known[0].type if known else type_, known)

    def called(self, first: int, last: int, type_: str) -> Found:
        """A name of something of a kind, whatever else is called so: "the frigate Hamburg"."""
        known = [entry for entry in self.known(first, last) if is_a(entry.type, type_)]
        return self.of(first, last, type_, known)

    def of(self, first: int, last: int, type_: str, known: Sequence[Entry]) -> Found:
        tokens = self.phrases.tokens
        span = Span(tokens[first].start, tokens[last - 1].end)
        head, ids = self.phrases.head(first, last), tuple(entry.id for entry in known)
        return Found(first, last, Mention(span, head, "NAM", type_, ids))

    def state(self, first: int, last: int) -> Found | None:
        """The state that the tokens name, or say by its adjective that something is of it."""
        text = self.phrases.text(first, last)
        known = self.borne(text, last - 1) or self.gazetteer.candidates(text)
        if not known or chief(known, text).type != "Country":
            return None
        found = self.of(first, last, "Country", known)
        adjective = self.is_adjective(last - 1, "KNOWN", known, text)
        return found._replace(name=replace(found.name, level="ADJ")) if adjective else found

    def borne(self, text: str, last: int) -> tuple[Entry, ...]:
        """The entries that a word says something is of ("Somali troops" are not the region's)."""
        token = self.phrases.tokens[last]
        if token.xpos not in ("JJ", "NNS", "NNPS") and token.deprel not in ("amod", "nmod"):
            return ()
        return tuple(e for e in self.gazetteer.candidates(text) if text in e.adjectives)

    def is_adjective(self, index: int, label: str, known: Sequence[Entry], text: str) -> bool:
        """Whether a word says whose something is; "a Frenchman" names nobody and no state."""
        token = self.phrases.tokens[index]
        demonym = any(text in entry.adjectives for entry in known)
        if demonym and all(text not in entry.names for entry in known):
            return True
        if token.deprel in ("amod", "nmod", "compound") and (demonym or label == "NORP"):
            return True
        return demonym and token.xpos in ("JJ", "NNPS", "NNS")

    def is_known(self, first: int, last: int) -> bool:
        """Whether it is a known name and nothing else, unlike "Defence" in "Defence Minister"."""
        text = self.phrases.text(first, last)
        return any(text not in entry.weak for entry in self.gazetteer.candidates(text))

    def whole(
        self,
        first: int,
        last: int,
        type_: str,
        part: Found | None = None,
        head: int | None = None,
    ) -> Found:
        """A whole name, known where it or the `part` that it is built on is."""
        whole = self.named(first, last, type_)
        if head is not None:
            whole = whole._replace(name=replace(whole.name, head=head))
        whole = self._of_state(whole)
        if part is not None and not whole.name.candidates and self.is_sure(part):
            whole = whole._replace(name=replace(whole.name, candidates=part.name.candidates))
        return whole

    def _of_state(self, body: Found) -> Found:
        """A body with its state before it; known by its own name only if it is that state's."""
        first, last, name = body
        for start in range(first + 1, 0 if name.candidates else name.head + 1):
            known = self.known(start, last)
            bodies = [entry for entry in known if is_a(entry.type, "Organization")]
            states = {entry.id for entry in self.known(first, start) if bodies}
            own = [entry for entry in bodies if entry.country in states]
            if bodies:
                type_, ids = (own or bodies)[0].type, tuple(entry.id for entry in own)
                return body._replace(name=replace(name, type=type_, candidates=ids))
        return body

    def is_sure(self, found: Found) -> bool:
        """Whether it is a known name that means nothing else as a rule."""
        return bool(found.name.candidates) and not self.is_weak(found)

    def is_weak(self, found: Found) -> bool:
        """Whether it is the name of something known, but mostly means something else."""
        entries = self.entries(found.name)
        if not entries:
            return False
        text = self.phrases.text(found.first, found.last)
        return all(text in entry.weak and entry.type != "Country" for entry in entries)

    def is_charge(self, index: int) -> bool:
        """As "Home" in "Home Secretary": what somebody is minister for."""
        tokens = self.phrases.tokens
        holder = tokens[min(index + 1, len(tokens) - 1)]
        return holder.xpos == "NNP" and holder.form.lower() in self.people.ministers

    def start(self, noun: int) -> int:
        """Where the capitalised words begin that end in a noun and belong to it."""
        tokens, first = self.phrases.tokens, noun
        while first and tokens[first - 1].xpos in NAMED:
            before = tokens[first - 1]
            inside = before.deprel in ("compound", "nmod", "amod") and before.head <= noun
            if not inside or before.head < first or before.form == "The":
                break
            first -= 1
        return first


def chief(candidates: Sequence[Entry], text: str) -> Entry:
    """The first candidate that the name is enough to tell, as Honda is rather Japan's company."""
    return next((each for each in candidates if text not in each.weak), candidates[0])
