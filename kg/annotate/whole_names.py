"""Names that were cut short, made whole: "47th Mechanized Brigade", "Supreme Court of Kenya".

The recogniser keeps apart what the gazetteer marks, so a body that is called after a state or a
town comes in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from kg.annotate.phrases import Phrases, is_centre_for
from kg.gazetteer import Gazetteer
from kg.lexicon import People
from kg.model import Mention, Span
from kg.vocab import is_a, is_one_of

_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)")
_NAMED = ("NNP", "NNPS")
_STATES = ("Country", "Region", "InternationalOrganization")
_FIGHTERS = ("ArmedGroup", "ArmedForce")

type Found = tuple[int, int, Mention]
"""A mention with its tokens: first, and the one after the last."""


def whole_names(
    found: Iterable[Found], phrases: Phrases, gazetteer: Gazetteer, people: People
) -> list[Found]:
    """The names, each with the words around it that belong to it."""
    whole = _Whole(phrases, gazetteer, people)
    names = whole.beside(whole.numbered(each) for each in found)
    return whole.shared(whole.of_places(whole.of_states(names)))


def with_number(phrases: Phrases, first: int, head: int, type_: str) -> bool:
    """Whether the word before the name of a unit is its number, as in "the 5th Brigade"."""
    before = phrases.tokens[max(first - 1, 0)]
    numbered = before.head == head and bool(_ORDINAL.fullmatch(before.form))
    return numbered and is_a(type_, "MilitaryUnit")


def without_parts(
    found: Sequence[Found], mentions: Sequence[Mention], phrases: Phrases, gazetteer: Gazetteer
) -> list[Mention]:
    """All mentions but names in others that mean something else as a rule.

    As "Southern" in "European Southern Observatory", which is no region of any state.
    """
    weak = {
        id(name)
        for first, last, name in found
        if _is_weak(name, phrases.text(first, last), gazetteer)
        if _is_inside(name, mentions)
    }
    return [mention for mention in mentions if id(mention) not in weak]


def _is_weak(name: Mention, text: str, gazetteer: Gazetteer) -> bool:
    entries = [gazetteer[id_] for id_ in name.candidates]
    return bool(entries) and all(
        text in entry.weak and entry.type != "Country" for entry in entries
    )


class _Whole:
    def __init__(self, phrases: Phrases, gazetteer: Gazetteer, people: People) -> None:
        self._phrases = phrases
        self._tokens = phrases.tokens
        self._gazetteer = gazetteer
        self._people = people

    # ------------------------------------------------------ words beside

    def numbered(self, found: Found) -> Found:
        """As in "the 47th Mechanized Brigade"."""
        first, last, name = found
        number = name.level == "NAM" and with_number(self._phrases, first, name.head, name.type)
        return self._name(first - 1, last, name.type) if number else found

    def beside(self, names: Iterable[Found]) -> list[Found]:
        """The names without those that are a piece of a team's or a storm's."""
        known = list(names)
        whole = [self.storm(self.club(each)) for each in known]
        grown = [new for old, new in zip(known, whole, strict=True) if new[:2] != old[:2]]
        return [each for each in whole if each in grown or not any(_holds(g, each) for g in grown)]

    def club(self, found: Found) -> Found:
        """As in "FC Barcelona", "Leicester City F.C.": a team, and no town."""
        first, last, name = found
        clubs, tokens = self._people.clubs, self._tokens
        if name.level != "NAM":
            return found
        start = first - (first > 0 and tokens[first - 1].form in clubs)
        stop = last + (last < len(tokens) and tokens[last].form in clubs)
        called = tokens[start].form in clubs or tokens[stop - 1].form in clubs
        return self._name(start, stop, "Organization") if called and stop - start > 1 else found

    def storm(self, found: Found) -> Found:
        """As in "Tropical Storm Ana": what has a name like somebody's, and is nobody."""
        first, last, name = found
        kinds = [i for i in range(max(first - 1, 0), last - 1) if self._is_storm(i, name.head)]
        if name.level != "NAM" or not kinds:
            return found
        return self._name(min(first, self._start(kinds[0])), last, "EventSeries")

    def _is_storm(self, index: int, head: int) -> bool:
        token = self._tokens[index]
        kind = token.form.lower() in self._people.storms and token.form[0].isupper()
        return kind and token.head in (head, index + 1)

    def of_states(self, names: Sequence[Found]) -> list[Found]:
        """As in "the British Film Institute", whose first word says whose it is."""
        ends = {last: (first, name) for first, last, name in names if self._is_state(name)}
        whole: list[Found] = []
        for first, last, name in names:
            state = ends.get(first)
            joined = state is not None and self._tokens[state[1].head].head == name.head
            if state is not None and joined and self._is_body(name):
                whole.append(self._name(self._crowned(state[0], name), last, name.type))
            elif self._is_body(name) and self._crowned(first, name) < first:
                whole.append(self._name(first - 1, last, name.type))
            else:
                whole.append((first, last, name))
        return whole

    def _crowned(self, first: int, name: Mention) -> int:
        """As in "Royal Thai Police", which begins before the state."""
        before = self._tokens[max(first - 1, 0)]
        crowned = first > 0 and before.form in self._people.crowns and before.head == name.head
        return first - 1 if crowned else first

    def _is_state(self, name: Mention) -> bool:
        entries = [self._gazetteer[id_] for id_ in name.candidates]
        return any(is_one_of(entry.type, _STATES) for entry in entries)

    def _is_body(self, name: Mention) -> bool:
        """A name that ends in the noun for a body, and that nobody is known by."""
        body = self._class_of(name.head)
        named = name.level == "NAM" and not name.candidates
        return named and body is not None and is_a(body, "Organization")

    def shared(self, names: Sequence[Found]) -> list[Found]:
        """As in "North and South Korea", where the first name lacks its last word."""
        found = list(names)
        for first, last, name in names:
            head = first - 2
            inside = [e for e in found if e[0] <= head < e[1] and e[0] < head]
            if name.level != "NAM" or inside or head < 0 or self._tokens[first - 1].form != "and":
                continue
            token = self._tokens[head]
            rest = self._phrases.text(first + 1, last) if last - first > 1 else ""
            known = self._gazetteer.candidates(f"{token.form} {rest}") if rest else ()
            if known and known[0].type == name.type and token.form[0].isupper():
                span = Span(token.start, token.end)
                ids = tuple(each.id for each in known)
                found = [each for each in found if each[0] != head]
                found.append((head, first - 1, Mention(span, head, "NAM", name.type, ids)))
        return sorted(found, key=_place)

    # ----------------------------------------------------------- after "of"

    def of_places(self, names: Sequence[Found]) -> list[Found]:
        """As in "the Supreme Court of Kenya", "the Department of Labor"."""
        at = {first: (first, last, name) for first, last, name in reversed(names)}
        ends = {last: (first, last, name) for first, last, name in names}
        closed = {index for first, last, _ in names for index in range(first, last)}
        bodies = list(self._joined(names, at))
        bodies += [
            body
            for index in range(1, len(self._tokens) - 1)
            if self._tokens[index].form.lower() in ("of", "for") and index not in closed
            for body in self._body_around(index, ends, at)
        ]
        kept = [each for each in names if not any(self._is_lost(each, body) for body in bodies)]
        found = sorted({each[2].span: each for each in (*kept, *bodies)}.values(), key=_place)
        return [each for each in found if not any(_is_short_of(each, other) for other in found)]

    def _joined(self, names: Sequence[Found], at: Mapping[int, Found]) -> Iterator[Found]:
        """As in "Michigan House" and "House of Representatives", which are one."""
        for first, last, name in names:
            after = at.get(last - 1)
            if first < last - 1 and after is not None and after[1] > last and name.level == "NAM":
                part = after if self._is_owned(first, after) else None
                yield self._called(first, after[1], after[2].type, part)

    def _is_owned(self, first: int, known: Found) -> bool:
        """Whether the words before a known name are those of its state."""
        before = self._gazetteer.candidates(self._phrases.text(first, known[0]))
        states = {entry.id for entry in before if entry.type == "Country"}
        entries = [self._gazetteer[id_] for id_ in known[2].candidates]
        return bool(states) and all(e.country is None or e.country in states for e in entries)

    def _body_around(
        self, link: int, ends: Mapping[int, Found], at: Mapping[int, Found]
    ) -> Iterator[Found]:
        noun = self._tokens[link].head
        first = ends[link][0] if link in ends else self._start(link - 1)
        body = ends[link][2].type if link in ends else None
        if body is None or not is_a(body, "GovernmentBody"):
            body = self._class_of(link - 1)
        if self._tokens[noun].xpos not in _NAMED or not first <= noun < link or body is None:
            return
        if is_centre_for(self._phrases, link - 1, self._people.centres):
            body = "Organization"
        if not is_a(body, "Organization") or is_one_of(body, _FIGHTERS):
            return
        stop = self._stop(link + 1 + (self._tokens[link + 1].form.lower() == "the"), link, at)
        if stop is not None:
            yield self._called(first, stop, body, ends.get(link))

    def _stop(self, start: int, link: int, at: Mapping[int, Found]) -> int | None:
        """Where the name behind "of" ends, if what stands there is a name."""
        if start >= len(self._tokens) or self._tokens[start].xpos not in _NAMED:
            return None
        if start in at and at[start][2].level == "NAM":
            stop = at[start][1]
        else:
            stop = start + 1
            while stop < len(self._tokens) and self._goes_on(stop):
                stop += 1
        last = self._phrases.head(start, stop)
        named = self._tokens[stop - 1].xpos in _NAMED
        return stop if named and self._tokens[last].head == link else None

    def _goes_on(self, index: int) -> bool:
        """As in "Ministry of Industry and Trade"."""
        token, before = self._tokens[index], self._tokens[index - 1]
        if before.form == "and":
            return token.xpos in _NAMED and token.head < index - 1
        return before.head == index or (token.form == "and" and token.head == index - 1)

    def _start(self, noun: int) -> int:
        first = noun
        while first and self._tokens[first - 1].xpos in _NAMED and self._is_inside(first - 1, noun):
            first -= 1
        return first

    def _is_inside(self, index: int, noun: int) -> bool:
        token = self._tokens[index]
        return token.deprel in ("compound", "nmod", "amod") and index < token.head <= noun

    def _is_lost(self, found: Found, body: Found) -> bool:
        """Whether a name is only a piece of the body's, unlike the state or the body in it."""
        first, last, name = found
        if not _holds(body, found) or (name.level == "ADJ" and last < body[1]):
            return False
        own = first <= body[2].head < last
        return own or not self._is_known(found)

    def _is_known(self, found: Found) -> bool:
        first, last, name = found
        text = self._phrases.text(first, last)
        return bool(name.candidates) and not _is_weak(name, text, self._gazetteer)

    def _called(self, first: int, last: int, type_: str, part: Found | None) -> Found:
        """A whole name, known where it or the `part` that it is built on is."""
        whole = self._mention(first, last, type_)
        if part is not None and not whole.candidates and self._is_known(part):
            whole = replace(whole, candidates=part[2].candidates)
        return first, last, whole

    # -------------------------------------------------------------- making

    def _class_of(self, index: int) -> str | None:
        return self._phrases.class_of(index)

    def _name(self, first: int, last: int, type_: str) -> Found:
        return first, last, self._mention(first, last, type_)

    def _mention(self, first: int, last: int, type_: str) -> Mention:
        known = self._gazetteer.candidates(self._phrases.text(first, last))
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        kind = known[0].type if known else type_
        return Mention(
            span, self._phrases.head(first, last), "NAM", kind, tuple(e.id for e in known)
        )


def _place(found: Found) -> tuple[int, int]:
    return found[:2]


def _is_short_of(name: Found, whole: Found) -> bool:
    """As "Philippine Department" of "Philippine Department of Health"."""
    named = name[2].level == "NAM" == whole[2].level and name[2].head == whole[2].head
    return named and name[:2] != whole[:2] and _holds(whole, name)


def _holds(whole: Found, name: Found) -> bool:
    return whole[0] <= name[0] and name[1] <= whole[1]


def _is_inside(name: Mention, mentions: Sequence[Mention]) -> bool:
    return any(
        other.level == "NAM" and other.span.contains(name.span) and other.span != name.span
        for other in mentions
        if other.head != name.head or other.type != "Area"  # "eastern Chad"
    )
