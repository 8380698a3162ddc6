"""Official names around known ones: "Gujarat Police", "Kuala Lumpur High Court"."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from kg.annotate.bodies import domain_end
from kg.annotate.phrases import Phrases, can_be_named
from kg.gazetteer import Gazetteer
from kg.model import Mention, Span
from kg.vocab import is_a, is_one_of

_OWNERS = ("GeopoliticalEntity", "Place", "InternationalOrganization")
STATE_BODIES = ("GovernmentBody", "Government", "MilitaryOrganization")


class Titled:
    """The longer names that known ones stand in, of one document."""

    def __init__(self, phrases: Phrases, gazetteer: Gazetteer, ministers: Collection[str]) -> None:
        """`ministers` are the offices that stand behind what they are for."""
        self._phrases = phrases
        self._tokens = phrases.tokens
        self._gazetteer = gazetteer
        self._ministers = ministers

    def around(self, first: int, last: int) -> tuple[int, int, str] | None:
        """An official name around a known one: capitalised words up to a head noun of a kind."""
        end = last
        while end < len(self._tokens) and self._is_title_word(end) and self.joined(end):
            end += 1
        for stop in range(end, last, -1):
            head = self._tokens[stop - 1]
            type_ = self._phrases.class_of(stop - 1)
            if type_ and can_be_named(type_) and head.xpos in ("NNP", "NNPS"):
                end = domain_end(self._phrases, self._gazetteer, stop, type_)
                return None if self.is_charge(stop - 1) else (first, end, type_)
        return None

    def is_kept(self, titled: tuple[int, int, str]) -> bool:
        """A place keeps its plain name unless the longer one is known ("Kursk oblasts" is not)."""
        first, last, type_ = titled
        return (
            not is_a(type_, "Place")
            or is_a(type_, "Facility")
            or bool(self._gazetteer.candidates(self._phrases.text(first, last)))
        )

    def is_charge(self, index: int) -> bool:
        """As "Home" in "Home Secretary": what somebody is minister for."""
        holder = self._tokens[min(index + 1, len(self._tokens) - 1)]
        return holder.xpos == "NNP" and holder.form.lower() in self._ministers

    def _is_title_word(self, index: int) -> bool:
        token = self._tokens[index]
        return token.form[0].isupper() and token.xpos in ("NNP", "NNPS", "JJ", "NN")

    def joined(self, index: int) -> bool:
        """Whether the word belongs to the same noun phrase as the one before it."""
        token, before = self._tokens[index], self._tokens[index - 1]
        return before.head == index or before.head == token.head or token.head == index - 1

    def is_known(self, first: int, last: int) -> bool:
        """Whether it is a known name and nothing else, unlike "Defence" in "Defence Minister"."""
        text = self._phrases.text(first, last)
        return any(text not in entry.weak for entry in self._gazetteer.candidates(text))

    def is_owner(self, first: int, last: int, name: Mention, type_: str) -> bool:
        """Whether a name says whose the body is that is called after it: "Gujarat Police"."""
        owner = self.is_known(first, last) and is_one_of(type_, STATE_BODIES)
        state = name.level == "ADJ" or name.type == "Country"
        return state or (owner and is_one_of(name.type, _OWNERS))

    def body_of(self, state: Mention, titled: tuple[int, int, str]) -> Mention:
        """A body with its state before it; known by its own name only if it is that state's."""
        first, last, _ = titled
        body = self.name(*titled)
        noun = self._phrases.head(first, last)
        names = (self._phrases.text(start, last) for start in range(first + 1, noun + 1))
        for found in () if body.candidates else map(self._gazetteer.candidates, names):
            known = [each for each in found if is_a(each.type, "Organization")]
            own = [each for each in known if each.country in state.candidates]
            if known:
                type_ = (own or known)[0].type
                return replace(body, candidates=tuple(e.id for e in own), type=type_)
        return body

    def called(self, first: int, last: int, type_: str) -> Mention:
        """A name of something of a kind, whatever else is called so: "the frigate Hamburg"."""
        name = self.name(first, last, type_)
        known = (self._gazetteer[id_] for id_ in name.candidates)
        return replace(
            name, type=type_, candidates=tuple(e.id for e in known if is_a(e.type, type_))
        )

    def name(self, first: int, last: int, type_: str) -> Mention:
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        found = self._gazetteer.candidates(self._phrases.text(first, last))
        type_ = found[0].type if found else type_
        return Mention(
            span, self._phrases.head(first, last), "NAM", type_, tuple(c.id for c in found)
        )
