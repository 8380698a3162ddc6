"""Names made whole: each grows by the words beside it that belong to it, and the longest holds.

The recogniser keeps apart what the gazetteer marks and cuts what it does not know, so that "47th
Mechanized Brigade", "Kuala Lumpur High Court" and "Supreme Court of Kenya" come in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from kg.annotate.domains import with_domains
from kg.annotate.naming import NAMED, STATE_BODIES, Found, Namer
from kg.annotate.phrases import can_be_named, compass_start, hull_start
from kg.model import Mention, Span
from kg.vocab import is_a, is_one_of

_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)")
_TWO = 2
_STATES = ("Country", "Region", "InternationalOrganization")
_BRANCHED = ("Company", "Organization", "ThinkTank", "NewsAgency")
_OWNERS = ("GeopoliticalEntity", "Place", "InternationalOrganization")


def whole_names(found: Sequence[Found], namer: Namer) -> list[Found]:
    """The names, each with the words around it that belong to it."""
    whole = _Whole(namer)
    names = whole.titled(whole.beside(found, whole.other))
    names = whole.of_states(whole.beside(names, whole.marked))
    return whole.shared(with_domains(whole.branches(names), namer))


def with_number(namer: Namer, first: int, head: int, type_: str) -> bool:
    """Whether the word before the name of a unit is its number, as in "the 5th Brigade"."""
    before = namer.phrases.tokens[max(first - 1, 0)]
    numbered = before.head == head and bool(_ORDINAL.fullmatch(before.form))
    return numbered and is_a(type_, "MilitaryUnit")


def without_parts(
    found: Iterable[Found], mentions: Sequence[Mention], namer: Namer
) -> list[Mention]:
    """All mentions but names in others that mean something else as a rule.

    As "Southern" in "European Southern Observatory", which is no region of any state.
    """
    weak = {id(each.name) for each in found if namer.is_weak(each)}
    weak = {id(m) for m in mentions if id(m) in weak and _is_inside(m, mentions)}
    return [mention for mention in mentions if id(mention) not in weak]


class _Whole:
    def __init__(self, namer: Namer) -> None:
        self._namer = namer
        self._people = namer.people
        self._phrases = namer.phrases
        self._tokens = namer.phrases.tokens

    # ------------------------------------------------------ words beside

    def beside(self, names: Iterable[Found], grown: Callable[[Found], Found | None]) -> list[Found]:
        """The names as they grow, without those that are a piece of a grown one."""
        whole: list[Found] = []
        longer: list[Found] = []
        for each in names:
            new = grown(each)
            if new is not None and not any(e.first < new.first < e.last for e in whole[-1:]):
                longer.append(new)
                each = new
            whole.append(each)
        return [e for e in whole if e in longer or not any(other.holds(e) for other in longer)]

    def other(self, found: Found) -> Found | None:
        """Something that is called like a known thing: "New Aleppo", "Darey-Daye", "USS Ohio"."""
        first, last, _ = found
        hull = hull_start(self._phrases, first, last, self._people.hulls)
        if hull is not None:
            return self._namer.called(hull, last, "Vessel")
        before = self._tokens[max(first - 1, 0)]
        if before.form == "-":
            return self._hyphened(first, last)
        if before.form != "New" or last - first > 1 or before.head != first:
            return None
        known = self._namer.known(first, last)
        place = bool(known) and all(is_a(entry.type, "Place") for entry in known)
        new = place and before.xpos == "NNP"
        return self._namer.called(first - 1, last, "PopulatedPlace") if new else None

    def _hyphened(self, first: int, last: int) -> Found | None:
        """As in "Darey-Daye", whose end alone is a known town."""
        start = self._tokens[max(first - 2, 0)]
        known = self._namer.known(first, last)
        town = bool(known) and all(is_a(entry.type, "PopulatedPlace") for entry in known)
        tight = start.xpos == "NNP" and start.end + 1 == self._tokens[first].start
        if not town or not tight or self._namer.known(first - 2, first - 1):
            return None
        return self._namer.called(first - 2, last, "PopulatedPlace")

    def marked(self, found: Found) -> Found | None:
        """With a word beside it that says what it is of a kind."""
        first, last, name = found
        if name.level != "NAM":
            return None
        if with_number(self._namer, first, name.head, name.type):
            return self._namer.named(first - 1, last, name.type)
        grown = self._club(first, last) or self._storm(found) or self._junior(found)
        return grown or self._airline(found) or self._partners(found)

    def _partners(self, found: Found) -> Found | None:
        """As in "Cut Stone & Sons": what "&" joins is one name, but for two that are known each.

        Nor is "Ann Lee & Bob Ray" a firm.
        """
        first, last, name = found
        tokens, stop = self._tokens, last + 1
        if stop >= len(tokens) or tokens[last].form != "&":
            return None
        while stop < len(tokens) and tokens[stop].xpos in NAMED:
            stop += 1
        people = name.type == "Person" and last - first > 1 and stop - last > _TWO
        if stop == last + 1 or people or (name.candidates and self._namer.known(last + 1, stop)):
            return None
        return self._namer.named(min(first, self._namer.start(last - 1)), stop, "Organization")

    def _airline(self, found: Found) -> Found | None:
        """As in "Air Zimbabwe": who flies, and no state."""
        first, last, name = found
        before = self._tokens[max(first - 1, 0)]
        flying = first > 0 and before.form == "Air" and before.xpos.startswith("NNP")
        more = last < len(self._tokens) and self._tokens[last].xpos == "NNP"
        state = is_a(name.type, "GeopoliticalEntity") or is_a(name.type, "Place")
        if (
            not flying
            or not state
            or more
            or before.head not in (name.head, self._tokens[name.head].head)
        ):
            return None
        return self._namer.named(first - 1, last, "Company")

    def _club(self, first: int, last: int) -> Found | None:
        """As in "FC Barcelona", "Leicester City F.C.", "Public Health England": no town or land."""
        clubs, tokens = self._people.clubs, self._tokens
        before = clubs | self._people.before_lands
        start = first - (first > 0 and tokens[first - 1].form in before)
        stop = last + (last < len(tokens) and tokens[last].form in clubs)
        if stop - start == 1 or not {tokens[start].form, tokens[stop - 1].form} & before:
            return None
        return self._namer.named(min(start, self._namer.start(first)), stop, "Organization")

    def _storm(self, found: Found) -> Found | None:
        """As in "Tropical Storm Ana": what has a name like somebody's, and is nobody."""
        first, last, name = found
        storms = self._people.storms
        for index in range(max(first - 1, 0), last - 1):
            token = self._tokens[index]
            if token.form.lower() not in storms or not token.form[0].isupper():
                continue
            class_ = self._phrases.class_of(name.head)
            if class_ and is_one_of(class_, ("Organization", "Facility")):
                return None  # "National Hurricane Center"
            if token.head in (name.head, index + 1):
                start = min(first, self._namer.start(index))
                return self._namer.named(start, last, "EventSeries")
        return None

    def _junior(self, found: Found) -> Found | None:
        """As in "John Miller Jr.", "John Miller, Jr.", who is not the known John Miller."""
        first, last, name = found
        tokens = self._tokens
        after = last + (last < len(tokens) and tokens[last].form == ",")
        if name.type != "Person" or after >= len(tokens):
            return None
        if tokens[after].form not in self._people.generations:
            return None
        if after == last and last not in (tokens[name.head].head, tokens[last].head + 1):
            return None
        return self._namer.of(first, after + 1, "Person", self._namer.known(first, after + 1))

    def branches(self, names: Iterable[Found]) -> list[Found]:
        """As in "Shell Canada", "NHS England": a body and the land behind it, which it is not."""
        found: list[Found] = []
        for each in names:
            if found and self._is_branch(found[-1], each):
                each = self._namer.named(found.pop().first, each.last, "Organization")
            found.append(each)
        return found

    def _is_branch(self, firm: Found, state: Found) -> bool:
        alone = firm.last == state.first == state.last - 1
        if not alone or state.name.type not in ("Country", "Region"):
            return False
        token, before = self._tokens[state.first], self._tokens[firm.last - 1]
        joined = before.head == state.first and before.deprel == "compound"
        if not joined or token.xpos != "NNP":
            return False
        if not firm.name.candidates:
            return is_a(firm.name.type, "Organization")
        return any(entry.type in _BRANCHED for entry in self._namer.entries(firm.name))

    # ---------------------------------------------------- the noun behind

    def titled(self, names: Sequence[Found]) -> list[Found]:
        """Official names around known ones: "Gujarat Police"; with what stands in a name."""
        found: list[Found] = []
        reached = -1
        for number, each in enumerate(names):
            if each.last <= reached:
                continue
            body = self._around(each, names[number + 1 : number + 2])
            if body is None:
                found += self._state_inside(each)
                found += self._area_around(each)
            else:
                longer = body.last != each.last
                owned = longer and self._is_owner(each, body.name.type)
                found += [each] if owned else self._state_inside(body)
            found.append(body or each)
            reached = found[-1].last
        return found

    def _around(self, found: Found, after: Sequence[Found]) -> Found | None:
        """An official name around a known one: capitalised words up to a head noun of a kind.

        A place keeps its plain name unless the longer one is known ("Kursk oblasts" is not). What
        the noun is a part of belongs to it: "Michigan" and "House of Representatives".
        """
        first, last, _ = found
        end = last
        while end < len(self._tokens) and self._is_title_word(end):
            end += 1
        for stop in range(end, last, -1):
            type_ = self._phrases.class_of(stop - 1)
            if type_ and can_be_named(type_) and self._tokens[stop - 1].xpos in NAMED:
                place = is_a(type_, "Place") and not is_a(type_, "Facility")
                charge = self._namer.is_charge(stop - 1)
                if charge or (place and not self._namer.known(first, stop)):
                    return None
                for other in after:
                    if not other.first < stop < other.last:
                        continue
                    if other.name.type == "Person":
                        return None
                    body = is_a(other.name.type, "Organization")
                    if body and self._tokens[other.last - 1].xpos in NAMED:
                        type_ = type_ if is_a(type_, other.name.type) else other.name.type
                        return self._namer.whole(first, other.last, type_)
                return self._namer.whole(first, stop, type_)
        return None

    def _is_title_word(self, index: int) -> bool:
        """Whether a capitalised word belongs to the same noun phrase as the one before it."""
        token, before = self._tokens[index], self._tokens[index - 1]
        if not token.form[0].isupper() or token.xpos not in (*NAMED, "JJ", "NN"):
            return False
        return before.head == index or before.head == token.head or token.head == index - 1

    def _is_owner(self, found: Found, type_: str) -> bool:
        """Whether a name says whose the body is that is called after it: "Gujarat Police"."""
        name = found.name
        if name.level == "ADJ" or name.type == "Country":
            return True
        owner = is_one_of(type_, STATE_BODIES) and is_one_of(name.type, _OWNERS)
        return owner and self._namer.is_known(found.first, found.last)

    def _state_inside(self, whole: Found) -> list[Found]:
        """The state that a known body's name begins or ends with: "Russian Ministry of Defense"."""
        first, last, name = whole
        if name.level != "NAM" or not is_one_of(name.type, STATE_BODIES):
            return []
        first += self._tokens[first].form in self._people.crowns
        starts = [(first, stop) for stop in range(min(first + 2, last - 1), first, -1)]
        ends = [(start, last) for start in range(last - 1, first + 1, -1)]
        for start, stop in starts + [e for e in ends if self._tokens[e[0] - 1].form == "of"]:
            state = self._namer.state(start, stop)
            if state is not None:
                return [state]
        return []

    def _area_around(self, found: Found) -> Iterator[Found]:
        """As in "eastern Ukraine": an area that the word before the name cuts out of the place."""
        first, _, place = found
        before = self._tokens[max(first - 1, 0)]
        if before.head != place.head or before.lemma.lower() not in self._people.directions:
            return
        kind = self._phrases.classes.get(self._tokens[place.head].form.lower())
        if place.level != "NAM" or not is_a(place.type, "Place") or not first:
            return
        if kind not in ("Region", "City", "Town"):
            # "eastern Kursk region" may be the region, seen from the whole country
            start = compass_start(self._phrases, first - 1, self._people.compass)
            span = Span(self._tokens[start].start, place.span.end)
            yield Found(start, first, replace(place, span=span, type="Area"))

    # ---------------------------------------------------- the state before

    def of_states(self, names: Sequence[Found]) -> list[Found]:
        """As in "the British Film Institute", whose first word says whose it is."""
        states = [each for each in names if self._is_state(each.name)]
        ends = {each.last: each for each in states}
        names = [self._with_state(each, ends.get(each.first)) for each in names]
        starts = {each.first: each for each in states}
        return [self._of_state(each, starts.get(each.last + 1)) for each in names]

    def _of_state(self, found: Found, state: Found | None) -> Found:
        """As in "the Liberation Front of Assam", which is not in Assam by its name."""
        first, last, name = found
        armed = name.type == "ArmedGroup" and self._is_body(name)
        if state is None or not armed or self._tokens[last].form != "of":
            return found
        return self._namer.named(first, state.last, name.type)

    def _with_state(self, found: Found, state: Found | None) -> Found:
        first, last, name = found
        if not self._is_body(name):
            return found
        if state is not None and self._tokens[state.name.head].head == name.head:
            first = state.first
        before = self._tokens[first - 1] if first else None
        if before is not None and before.form in self._people.crowns and before.head == name.head:
            first -= 1  # "Royal Thai Police"
        return found if first == found.first else self._namer.named(first, last, name.type)

    def _is_state(self, name: Mention) -> bool:
        return any(is_one_of(entry.type, _STATES) for entry in self._namer.entries(name))

    def _is_body(self, name: Mention) -> bool:
        """A name that ends in the noun for a body, and that nobody is known by."""
        if name.level != "NAM" or name.candidates:
            return False
        body = self._phrases.class_of(name.head)
        return body is not None and is_a(body, "Organization")

    # ---------------------------------------------------- a word for two

    def shared(self, names: Sequence[Found]) -> list[Found]:
        """As in "North and South Korea", where the first name lacks its last word."""
        found = list(names)
        for each in names:
            head = each.first - 2
            if head < 0 or self._tokens[head + 1].form != "and" or not each.is_named:
                continue
            if each.last - each.first == 1 or not self._tokens[head].form[0].isupper():
                continue
            if any(e.first < head < e.last for e in found):
                continue
            form, rest = self._tokens[head].form, self._phrases.text(each.first + 1, each.last)
            known = self._namer.gazetteer.candidates(f"{form} {rest}")
            if known and known[0].type == each.name.type:
                found = [e for e in found if e.first != head]
                found.append(self._namer.of(head, head + 1, known[0].type, known))
        return sorted(found, key=_place)


def _place(found: Found) -> tuple[int, int]:
    return found[:2]


def _is_inside(name: Mention, mentions: Iterable[Mention]) -> bool:
    return any(
        other.level == "NAM" and other.span.contains(name.span) and other.span != name.span
        for other in mentions
        if other.head != name.head or other.type != "Area"  # "eastern Chad"
    )
