"""Linking names to known entities: scored candidates with the reason for the choice.

The countries and regions that the document speaks of outrank population, distances between places
outrank size, and a name without a fitting candidate stays unlinked. A name is judged by what the
other names tell, never by itself, and means one thing in one document unless a word beside it
says otherwise ("Kursk region", "London, Ontario").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from kg.gazetteer import Entry, Gazetteer, fold
from kg.model import Annotation, Mention, Span
from kg.resolve.context import Context, Evidence
from kg.resolve.kinds import are_equal, is_called_city, is_continent, is_county, share
from kg.resolve.rules import coreference_rules
from kg.resolve.said import Said
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a

_MANY_REGIONS = ("regions", "oblasts", "provinces", "governorates")
_LONGEST = 8  # words of a name from its head on
_LISTED = 24  # tokens up to the end of a list of names
_NEAR_KM = 250.0
_KIND = 0.6
_REGION = 100_000  # persons that any region has, whatever its settlements add up to
_ACCEPT = 0.5
_SMALL = 50_000
_FAMOUS = 100_000
_OUTSHINES = 8
_DEMONYM = 0.5  # what a demonym ("US officials") tells of the country, against a name
_FORMER = 3.0
_SEAT = 1.5
_LIKE = 2.5
_SAID = 4.0  # the text says where it lies
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_LIVING = 1930  # reports of earlier years only are of other people than the known


class Link(Struct, frozen=True):
    """The chosen entry for a mention, its score in 0..1 and why."""

    entry: Entry
    score: float
    reason: str


class Linker:
    """Links the names of one document."""

    def __init__(self, annotation: Annotation, gazetteer: Gazetteer, index: PhraseIndex) -> None:
        self._mentions = annotation.mentions
        self._gazetteer = gazetteer
        self._index = index
        self._tokens = annotation.tokens
        self._names = [self._words(mention) for mention in annotation.mentions]
        self._said = Said(annotation, gazetteer, index)
        self._denied = self._elsewhere()
        self._evidence: dict[tuple[str, str], Evidence] = {}
        self._contexts: dict[str, Context] = {}
        self._named_regions = self._lower_names()
        self._years = [int(t.form) for t in self._tokens if _YEAR.fullmatch(t.form)]

    def link(self) -> dict[int, Link]:
        """Links by mention; unambiguous names first, they are the context of the others."""
        found: dict[int, Link] = {}
        open_: list[int] = []
        for number in range(len(self._mentions)):
            entries = self._possible(number)
            if not entries or self.is_part(number):
                continue
            first = entries[0]
            if len(entries) > 1 or self._is_common_body(number, first) or is_county(first):
                open_.append(number)
                if is_a(first.type, "Country"):
                    self._note(number, first)
            elif not (self._is_bare_word(number, first) or self._is_far_alias(number, first)):
                found[number] = Link(first, 1.0, "only candidate")
                self._note(number, first)
        certain = dict(self._evidence)
        for _ in range(2):  # the second time with what the first decided
            self._contexts.clear()
            chosen = {number: self._best(number) for number in open_}
            self._evidence = dict(certain)
            for number, link in chosen.items():
                if link is not None and not self._is_common_body(number, link.entry):
                    self._note(number, link.entry)  # no Senate vouches for a House
            if self._evidence == certain:
                break
        found.update(self._settled(chosen))
        return {n: link for n, link in sorted(found.items()) if self._plausible(n, link)}

    def is_part(self, number: int) -> bool:
        """As in "eastern Ukraine": an area within what the candidates are, not one of them."""
        mention = self._mentions[number]
        if mention.type != "Area" or mention.level != "NAM" or not mention.candidates:
            return False
        named = self._gazetteer.candidates(self._names[number])
        return mention.candidates[0] not in {entry.id for entry in named}

    def around(self, number: int) -> int | None:
        """The mention of what the text says that a place lies in."""
        return self._said.around(number)

    def surrounded(self) -> dict[int, int]:
        """Of `following`, those whose place may lie there for all that is known."""
        return {
            number: after
            for number, after in self._said.following.items()
            if not (known := self._entries(self._mentions[number]))
            or any(self._said.lies(number, entry) for entry in known)
        }

    def _settled(self, chosen: dict[int, Link | None]) -> Iterator[tuple[int, Link]]:
        """One meaning a name, but for mentions that a word beside them tells apart."""
        best: dict[str, Link] = {}
        for number, link in chosen.items():
            name = self._names[number]
            if link is not None and (name not in best or link.score > best[name].score):
                best[name] = link
        for number, link in chosen.items():
            if link is None:
                continue
            shared = best[self._names[number]]
            alone = self._kind_words(self._mentions[number]) or number in self._said.following
            alone = alone or self._said.contains(number, link.entry)
            yield number, link if alone or link.entry.type != shared.entry.type else shared

    def _entries(self, mention: Mention) -> list[Entry]:
        return [self._gazetteer[id_] for id_ in mention.candidates]

    def _possible(self, number: int) -> list[Entry]:
        """The candidates of a mention that the text does not put elsewhere."""
        denied = self._denied.get(self._names[number], frozenset())
        found = self._entries(self._mentions[number])
        return [each for each in found if each.id not in denied or self._said.lies(number, each)]

    def _elsewhere(self) -> dict[str, frozenset[str]]:
        """By name, the candidates that cannot be meant by what the text says of it anywhere."""
        found: dict[str, frozenset[str]] = {}
        for number, name in enumerate(self._names):
            entries = self._entries(self._mentions[number])
            denied = {each.id for each in entries if self._said.lies_elsewhere(number, each)}
            if denied:
                found[name] = found.get(name, frozenset()) | denied
        return found

    def _note(self, number: int, entry: Entry) -> None:
        name = self._names[number]
        mention = self._mentions[number]
        modifies = self._tokens[mention.head].deprel in ("compound", "nmod", "amod")
        weight = _DEMONYM if mention.level == "ADJ" or modifies else 1.0
        known = self._evidence.get((name, entry.id))
        if known is None or known.weight < weight:
            self._evidence[name, entry.id] = Evidence(name, entry, weight)

    # ------------------------------------------------------------ scoring

    def _best(self, number: int) -> Link | None:
        context = self._context(self._names[number])
        scored = [(self._score(number, entry, context), entry) for entry in self._possible(number)]
        (score, reason), entry = min(scored, key=lambda each: (-each[0][0], each[1].id))
        if self._is_one_of_many(number, entry, context) or are_equal(score, entry, scored):
            return None
        foreign = self._is_common_body(number, entry) and not context.is_about(entry.country)
        if entry.country is None:
            foreign = foreign and not context.is_of_body(entry)
        sure = score >= _ACCEPT and not foreign
        return Link(entry, min(1.0, score / 4), reason) if sure else None

    def _context(self, name: str) -> Context:
        """What the other names tell, now that so much is decided."""
        context = self._contexts.get(name)
        if context is None:
            others = [each for each in self._evidence.values() if each.name != name]
            context = self._contexts[name] = Context(others)
        return context

    def _score(self, number: int, entry: Entry, context: Context) -> tuple[float, str]:
        """Points for a candidate, and the words for what gave them."""
        points, reasons = 0.0, []
        if entry.type == "Country" or not is_a(entry.type, "Place") or is_continent(entry):
            points += 2.0
            reasons.append("known name")
        if self._said.lies(number, entry):
            points += _SAID
            reasons.append("the text says where")
        outshone, near = self._is_outshone(number, entry), context.nearest(entry)
        lesser = outshone and entry.type != "Region"
        lesser = lesser and self._is_outshone(number, entry, at_home=True)
        beside = near is not None and near < _NEAR_KM and not lesser
        regions = context.named_regions if lesser else context.regions
        inside = entry.id in regions
        told = context.countries.get(entry.country or "", 0.0)
        alone = not self._is_also_state(number)  # no Lebanon in Pennsylvania
        inside = inside or (alone and entry.within != entry.country and entry.within in regions)
        if self._is_in_namesake(number, entry):
            told, inside, beside = 0.0, False, False
        if told and (inside or (beside and alone) or not outshone):
            points += min(2.5, 1.25 + 0.5 * told)
            reasons.append(f"country {entry.country} in the report")
        if inside:
            points += 1.5
            reasons.append("region in the report")
        if near is not None and beside:
            points += 1.0 - near / _NEAR_KM
            reasons.append("near other places of the report")
        if entry.seat_of and self._label_points(number, entry) and not self._said.is_around(number):
            points += _SEAT
            reasons.append("seat of power")
        least = _REGION if entry.type == "Region" else 1
        points += math.log10(max(entry.population or entry.settled or 0, least) + 1) / 4
        points += self._label_points(number, entry) + self._kind_points(number, entry)
        points -= _FORMER if self._is_former_name(number, entry) else 0
        if self._is_listed(number, entry):
            points += _LIKE
            reasons.append("like the names beside it")
        return points, ", ".join(reasons) or "most populous"

    def _is_listed(self, number: int, entry: Entry) -> bool:
        """As in "Moldova and Georgia", "Florida and Georgia": of the kind that the others are."""
        if entry.type not in ("Country", "Region"):
            return False
        others = [self._entries(self._mentions[each]) for each in self._index.beside(number)]
        return bool(others) and all(
            known and all(e.type == entry.type for e in known[:1]) and share(known[0], entry)
            for known in others
        )

    def _is_one_of_many(self, number: int, entry: Entry, context: Context) -> bool:
        """A county ("Kent County"), a town's other name, where the state is told of nowhere."""
        common = is_county(entry) or self._is_far_alias(number, entry)
        return common and not context.countries.get(entry.country or "")

    def _is_outshone(self, number: int, entry: Entry, *, at_home: bool = False) -> bool:
        """Of a place many times its size (`at_home`: in its state), whose state is not enough."""
        if entry.type == "Region":  # the Nigerian state of Niger
            states = [e for e in self._entries(self._mentions[number]) if e.type == "Country"]
            return any((e.population or 0) > _OUTSHINES * (entry.settled or 0) for e in states)
        if not is_a(entry.type, "PopulatedPlace"):
            return False
        if self._is_also_state(number) and not at_home:
            return True
        others = self._entries(self._mentions[number])
        others = [e for e in others if not at_home or e.country == entry.country]
        most = max((e.population or 0 for e in others if self._label_points(number, e)), default=0)
        return most >= _FAMOUS and most > _OUTSHINES * (entry.population or 0)

    def _is_in_namesake(self, number: int, entry: Entry) -> bool:
        """A region of a state of its name ("Mexico"), of which all that is told is the state's."""
        return any(
            each.type == "Country" and each.id == entry.country and each.id != entry.id
            for each in self._entries(self._mentions[number])
        )

    def _is_also_state(self, number: int) -> bool:
        """Whether a state bears the name, so that a town is meant only where the text says so."""
        return any(each.type == "Country" for each in self._entries(self._mentions[number]))

    def _is_bare_word(self, number: int, entry: Entry) -> bool:
        """A small place's name that is also a word or a given name, with nothing to say "place"."""
        small = is_a(entry.type, "PopulatedPlace") and (entry.population or 0) < _SMALL
        if not small or self._names[number] not in entry.weak:
            return False
        head = self._tokens[self._mentions[number].head]
        placed = head.deprel in ("pobj", "compound", "nmod", "conj", "appos", "npadvmod")
        return not placed and number not in self._said.following

    def _is_common_body(self, number: int, entry: Entry) -> bool:
        """As in "the Senate", "the General Assembly": many states have one of that name."""
        body = is_a(entry.type, "GovernmentBody") or is_a(entry.type, "PoliticalParty")
        organ = entry.affiliation is not None and " " in self._names[number]
        of_another = (body and entry.country is not None) or (organ and entry.country is None)
        return of_another and self._names[number] in entry.weak

    def _is_far_alias(self, number: int, entry: Entry) -> bool:
        """A small place under another name, far from all that the report speaks of."""
        small = is_a(entry.type, "PopulatedPlace") and (entry.population or 0) < _SMALL
        if not small or self._label_points(number, entry):
            return False
        context = Context(list(self._evidence.values()))
        near = context.nearest(entry)
        return entry.within not in context.regions and (near is None or near > _NEAR_KM / 2)

    def _label_points(self, number: int, entry: Entry) -> float:
        """The usual name counts more than a former or foreign one."""
        text = self._names[number]
        usual = fold(text) == fold(entry.label) or f"{text} City" == entry.label
        called = text == entry.label.split()[0] and not self._is_named_for_city(number, entry)
        return 1.0 if usual or called else 0.0

    def _is_former_name(self, number: int, entry: Entry) -> bool:
        """A town's name of old, where that is named by its own too: another has the name today."""
        text = self._names[number]
        twice = text != entry.label and (entry.label, entry.id) in self._evidence
        towns = (e for e in self._entries(self._mentions[number]) if twice and text == e.label)
        return any(is_a(e.type, "PopulatedPlace") and (e.population or 0) > _SMALL for e in towns)

    def _is_named_for_city(self, number: int, entry: Entry) -> bool:
        """As Leningrad Oblast, where "Leningrad" alone is a city that may have another name now."""
        if (
            entry.type != "Region"
            or self._kind_words(self._mentions[number]) & coreference_rules().region_words
        ):
            return False
        return any(
            is_a(each.type, "PopulatedPlace")
            and each.country == entry.country
            and (each.population or 0) > _FAMOUS
            and not is_called_city(each, entry)
            for each in self._entries(self._mentions[number])
        )

    def _kind_points(self, number: int, entry: Entry) -> float:
        """The word beside the name: "Kursk region", "the city of Kursk", "Buffalo, New York"."""
        mention = self._mentions[number]
        words = self._kind_words(mention)
        if entry.type == "Region":
            if words & coreference_rules().region_words:
                return 2.0
            named = self._said.contains(number, entry) or any(
                f"{entry.label.split()[0]} {word}" in self._named_regions
                for word in coreference_rules().region_words
            )
            if named:
                return 2.5
            capital = self._is_named_for_city(number, entry) or any(
                other.within == entry.id and not is_called_city(other, entry)
                for other in self._entries(mention)
            )
            return 0.0 if capital else _KIND  # "Aleppo" is the city
        if words & coreference_rules().city_words:
            return 3.0
        lesser = any(is_called_city(entry, other) for other in self._entries(mention))
        return _KIND if is_a(entry.type, "PopulatedPlace") and not lesser else 0.0

    # ------------------------------------------------------ words around

    def _words(self, mention: Mention) -> str:
        around = self._tokens[max(0, mention.head - 4) : mention.head + _LONGEST]
        return " ".join(t.form for t in around if mention.span.contains(Span(t.start, t.end)))

    def _lower_names(self) -> frozenset[str]:
        return frozenset(
            f"{first.form} {second.form.lower()}"
            for first, second in pairwise(self._tokens)
            if second.form.lower() in coreference_rules().region_words
        )

    def _kind_words(self, mention: Mention) -> set[str]:
        after = self._tokens[mention.head + 1 : mention.head + 2]
        found = {token.form.lower() for token in after} & coreference_rules().region_offices
        found |= self._kind_of_list(mention.head)
        head = self._tokens[mention.head]
        if head.deprel in ("compound", "conj", "nmod", "poss"):
            top = head
            for _ in range(4):
                top = self._tokens[top.head]
                found.add(top.form.lower())
                if top.deprel not in ("compound", "conj"):
                    break
        first = head
        while first.deprel == "conj":
            first = self._tokens[first.head]
        kind = self._tokens[self._tokens[first.head].head]
        several = first is head or kind.xpos == "NNS"  # "the provinces of X and Y"
        if first.deprel == "pobj" and self._tokens[first.head].form.lower() == "of" and several:
            found.add(kind.lemma.lower())
        return found

    def _kind_of_list(self, head: int) -> set[str]:
        """As in "the Kursk, Bryansk and Oryol Oblasts": the plural holds for each of them."""
        joined = False
        for token in self._tokens[head + 1 : head + _LISTED]:
            if token.form.lower() in _MANY_REGIONS:
                return {token.form.lower()} if joined else set()
            if token.xpos not in ("NNP", ",", "CC", "HYPH"):
                break
            joined = joined or token.xpos == "CC"
        return set()

    def _plausible(self, number: int, link: Link) -> bool:
        """A person's name is not a place because a place bears it too."""
        mention = self._mentions[number]
        if link.entry.type == "Person":
            return " " in self._names[number] or not self._is_of_old(link.entry)
        return mention.type != "Person" or link.score >= 0.75

    def _is_of_old(self, person: Entry) -> bool:
        """As "Clinton" in a report of 1776 to 1783 that never gives the name in full."""
        if not self._years or max(self._years) >= _LIVING:
            return False
        named = zip(self._names, self._mentions, strict=True)
        return not any(" " in name and person.id in each.candidates for name, each in named)
