"""Names of bodies that tell what they are "of" or "for": "Supreme Court of Kenya"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.annotate.naming import NAMED, Found, Namer
from kg.annotate.phrases import is_centre_for
from kg.vocab import is_a, is_one_of

_FIGHTERS = ("ArmedGroup", "ArmedForce", "MilitaryUnit")
_APART = ("Country", "Region", "City", "Person")
_LINKS = ("of", "for")
_JOINTS = ("and", "&")


def with_domains(names: Sequence[Found], namer: Namer) -> list[Found]:
    """The names, with one for each body and all that it is "of" or "for"; its pieces go."""
    return _Domains(namer).whole(names)


class _Domains:
    def __init__(self, namer: Namer) -> None:
        self._namer = namer
        self._phrases = namer.phrases
        self._tokens = namer.phrases.tokens

    def whole(self, names: Sequence[Found]) -> list[Found]:
        """As in "the Supreme Court of Kenya", "Court of Appeals for the Ninth Circuit"."""
        at = {each.first: each for each in reversed(names)}
        ends = {each.last: each for each in names}
        closed = {index for each in names for index in range(each.first, each.last)}
        bodies: list[Found] = []
        for link in range(1, len(self._tokens) - 1):
            if self._tokens[link].form.lower() not in _LINKS or link in closed:
                continue
            body = self._with_domain(link, ends.get(link), at)
            if body is not None:
                bodies.append(body)
                ends[body.last] = body
                closed |= set(range(link, body.last))
        kept = [each for each in names if not any(self._is_lost(each, body) for body in bodies)]
        found = sorted({each.name.span: each for each in (*kept, *bodies)}.values(), key=_place)
        heads: dict[int, list[Found]] = {}
        for each in found:
            if each.is_named:
                heads.setdefault(each.name.head, []).append(each)
        return [e for e in found if not any(_is_short_of(e, o) for o in heads.get(e.name.head, ()))]

    def _with_domain(
        self, link: int, before: Found | None, at: Mapping[int, Found]
    ) -> Found | None:
        """The name of a body with what it is "of" or "for"."""
        noun = self._tokens[link].head
        first = before.first if before is not None else self._namer.start(link - 1)
        start = link + 1 + (self._tokens[link + 1].form.lower() == "the")
        if self._tokens[noun].xpos not in NAMED or not first <= noun < link:
            return None
        stop = self._domain_end(start, link, at)
        type_ = self._body(noun, link, stop, before) if stop is not None else None
        domain = at.get(start)
        if stop is None or type_ is None:
            return None
        if is_one_of(type_, _FIGHTERS) and domain is not None and self._namer.is_sure(domain):
            return None  # "the army of Chad"
        head = before.name.head if before is not None else self._phrases.head(first, link)
        return self._namer.whole(first, stop, type_, before, head)

    def _body(self, noun: int, link: int, stop: int, before: Found | None) -> str | None:
        """The class of a body that may be named after what it is for."""
        if is_centre_for(self._phrases, link - 1, self._namer.people.centres):
            return "Organization"
        type_ = before.name.type if before is not None else None
        of = self._tokens[link].form == "of"
        inner = of and before is not None and before.name.head != noun
        if type_ is None or not (inner or is_a(type_, "GovernmentBody")):
            type_ = self._phrases.class_of(link - 1)
        if type_ and is_a(type_, "Organization"):
            return type_
        known = self._namer.known(noun, stop)
        return known[0].type if known else None

    def _domain_end(self, start: int, link: int, at: Mapping[int, Found]) -> int | None:
        """Where the name behind "of" ends, if what stands there is a name."""
        tokens = self._tokens
        if start >= len(tokens) or tokens[start].xpos not in NAMED:
            return None
        name = at.get(start)
        stop = start + 1
        if name is not None and name.is_named:
            stop = name.last
        if name is None or not self._is_apart(name) or tokens[name.name.head].head != link:
            stop = self._joined_end(link, stop, at)
        named = tokens[stop - 1].xpos in NAMED
        return stop if named and any(t.head == link for t in tokens[start:stop]) else None

    def _joined_end(self, link: int, stop: int, at: Mapping[int, Found]) -> int:
        """The end of the capitalised words from `stop` on that belong to the same phrase.

        As in "Public Health", "Film and Television Arts".
        """
        tokens = self._tokens
        while stop < len(tokens):
            end = stop + (tokens[stop].form in _JOINTS and stop + 1 < len(tokens))
            if tokens[end].xpos not in NAMED or not self._is_below(end, link):
                break
            other = at.get(end)
            if other is not None and self._is_apart(other):
                break
            stop = end + 1
        return stop

    def _is_apart(self, found: Found) -> bool:
        """Whether it is the name of a place or a person, with which a longer name ends."""
        return found.is_named and is_one_of(found.name.type, _APART)

    def _is_below(self, index: int, link: int) -> bool:
        while index > link and self._tokens[index].head != index:
            index = self._tokens[index].head
        return index == link

    def _is_lost(self, found: Found, body: Found) -> bool:
        """Whether a name is only a piece of the body's, unlike the state or the body in it."""
        if not body.holds(found) or (found.name.level == "ADJ" and found.last < body.last):
            return False
        own = found.first <= body.name.head < found.last
        return own or not self._namer.is_sure(found)


def _place(found: Found) -> tuple[int, int]:
    return found[:2]


def _is_short_of(found: Found, whole: Found) -> bool:
    """As "Philippine Department" of "Philippine Department of Health"."""
    named = found.is_named and whole.is_named and found.name.head == whole.name.head
    return named and found[:2] != whole[:2] and whole.holds(found)
