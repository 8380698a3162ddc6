"""Coreference within a document: one pass after the other, from the surest to the least sure.

A multi-pass sieve after Lee et al. (2013): exact names, acronyms and appositions, surnames,
definite noun phrases, pronouns last; a pass that finds two equal candidates abstains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from kg.lexicon import Lexicon
from kg.model import Mention
from kg.resolve.capitals import capitals_meant
from kg.resolve.discourse import Discourse, Tie
from kg.resolve.name_parts import (
    Key,
    heads,
    initials,
    is_acronym,
    name_keys,
    part_of_person,
    short_name,
)
from kg.resolve.nominals import Nominals
from kg.resolve.pronouns import Pronouns
from kg.resolve.rules import coreference_rules
from kg.resolve.speakers import first_persons, passing_persons
from kg.resolve.there import places_meant
from kg.vocab import is_a

_ACTING = ("nsubj", "nsubjpass", "poss", "dobj", "appos")
_BARE = 5  # mentions of a bare surname before the full name
LONGEST_SHARED = 2  # letters that many unrelated names share


class Sieve:
    """Ties the mentions of one document."""

    def __init__(self, discourse: Discourse, lexicon: Lexicon) -> None:
        self._discourse = discourse
        self._nominals = Nominals(discourse, lexicon.speech_verbs)
        self._pronouns = Pronouns(discourse, lexicon)
        self._kinds = lexicon.noun_classes
        self._called: Counter[str] = Counter()
        self._mentions = discourse.mentions
        self._index = discourse.index
        self._tokens = discourse.tokens

    def run(self) -> dict[int, Tie]:
        """Ties by mention; an antecedent always stands before, or beside in an apposition."""
        named = (
            self._appositions,
            self._offices,
            self._joined_offices,
            self._names,
            *self._nominals.passes,
        )
        last = (self._nominals.owned, self._nominals.copulas, self._passing)
        for step in (*named, self._voices, *self._pronouns.passes, self._places, *last):
            for tie in step():
                self._discourse.tie(tie)
        return self._named_in_full(self._discourse.ties)

    def _named_in_full(self, ties: dict[int, Tie]) -> dict[int, Tie]:
        """The ties, with a surname at last tied to the full name after it, which names both."""
        for number, tie in sorted(ties.items()):
            first = tie.antecedent
            longer = tie.method == "surname" and self._words(number) > self._words(first)
            if longer and first not in ties:
                del ties[number]
                ties[first] = Tie(first, number, "surname")
        return ties

    def _voices(self) -> Iterator[Tie]:
        return first_persons(self._discourse)

    def _places(self) -> Iterator[Tie]:
        yield from capitals_meant(self._discourse)
        yield from places_meant(self._discourse)

    def _passing(self) -> Iterator[Tie]:
        return passing_persons(self._discourse)

    # ------------------------------------------------------------- names

    def _appositions(self) -> Iterator[Tie]:
        """As in "the Institute for the Study of War (ISW)", "Oleksiy Kuleba, the governor"."""
        for number, mention in enumerate(self._mentions):
            token = self._tokens[mention.head]
            if token.deprel != "appos" or not self._is_set_off(number):
                continue
            before = self._beside(number, token.head)
            if before is None:
                continue
            other = self._mentions[before]
            if is_acronym(self._text(mention)) and self._abbreviates(mention, other):
                yield Tie(number, before, "acronym")
            elif not self._discourse.agree(number, before):
                continue
            elif mention.level == "NOM":
                yield Tie(number, before, "apposition")
            elif mention.level == "NAM" and (other.level == "NOM" or self._is_office(before)):
                yield Tie(before, number, "apposition")

    def _is_set_off(self, number: int) -> bool:
        """Whether a thing stands behind a comma with an article, as what explains the one before.

        Of things without a class the parser takes many for appositions that are none.
        """
        if number not in self._discourse.things:
            return True
        first = self._first(number)
        article = self._index.determiner(self._mentions[number]) in ("a", "an", "the")
        return article and first > 0 and self._tokens[first - 1].form == ","

    def _first(self, number: int) -> int:
        """The first token of a mention."""
        mention = self._mentions[number]
        first = mention.head
        while first and self._tokens[first - 1].start >= mention.span.start:
            first -= 1
        return first

    def _beside(self, number: int, head: int) -> int | None:
        """The mention that an apposition stands beside.

        In "the president of Burundi, Evariste Ndayishimiye," that is the person, though the parse
        has the land.
        """
        before = self._index.by_head.get(head)
        prep = self._tokens[head].head
        person = is_a(self._discourse.class_of(number), "Person")
        apart = self._tokens[max(self._first(number) - 1, 0)].form == ","
        if person and apart and before is not None and not self._discourse.agree(number, before):
            office = self._index.by_head.get(self._tokens[prep].head)
            below = self._tokens[head].deprel == "pobj" and self._tokens[prep].deprel == "prep"
            if below and office is not None and is_a(self._mentions[office].type, "Person"):
                before = office
        return before if before is not None and before < number else None

    def _offices(self) -> Iterator[Tie]:
        """As in "President of Azerbaijan Ilham Aliyev", "the town of Ratyan"."""
        for number, mention in enumerate(self._mentions):
            named = self._is_office(number)
            if mention.level != "NOM" and not named:
                continue
            for after in self._of(mention.head):
                if named and self._is_full_name(after):
                    yield Tie(number, after, "office")
                elif self._is_place_name(after, mention.type) and not self._is_plural(mention):
                    yield Tie(number, after, "named so")

    def _is_office(self, number: int) -> bool:
        """A title in capitals, which the recogniser may take for a name."""
        mention = self._mentions[number]
        token = self._tokens[mention.head]
        if mention.level == "NOM":
            return token.xpos in ("NNP", "NNPS") and is_a(mention.type, "Person")
        title = is_a(self._kinds.get(token.lemma.lower(), "Entity"), "Person")
        return mention.level == "NAM" and token.xpos == "NNP" and title and not mention.candidates

    def _joined_offices(self) -> Iterator[Tie]:
        """As in "Deputy Premier and Finance Minister Ada Moor": both titles are hers."""
        for number, mention in enumerate(self._mentions):
            if not self._is_office(number) or self._index.determiner(mention) is not None:
                continue
            for noun in self._index.children(mention.head, "conj"):
                after = self._index.by_head.get(noun, number)
                if self._is_titled(after):
                    yield Tie(number, after, "office")

    def _is_titled(self, number: int) -> bool:
        """A full name with an office in front."""
        before = self._index.children(self._mentions[number].head, "compound")
        offices = coreference_rules().offices
        told = any(self._tokens[i].lemma.lower() in offices for i in before)
        return told and self._is_full_name(number)

    def _of(self, head: int) -> Iterator[int]:
        """Mentions after "of"."""
        for prep in self._index.children(head, "prep"):
            if self._tokens[prep].lemma == "of":
                for noun in self._index.children(prep, "pobj"):
                    if noun in self._index.by_head:
                        yield self._index.by_head[noun]

    def _is_place_name(self, number: int, kind: str) -> bool:
        own = self._discourse.class_of(number)
        settled = is_a(kind, "PopulatedPlace") and is_a(own, "PopulatedPlace")
        return self._mentions[number].level == "NAM" and (settled or kind == own == "Region")

    def _is_plural(self, mention: Mention) -> bool:
        """As in "the towns of X and Y", which are more than X."""
        return self._tokens[mention.head].xpos == "NNS"

    def _is_full_name(self, number: int) -> bool:
        if self._mentions[number].level != "NAM":
            return False
        words = self._text(self._mentions[number]).split()
        return self._discourse.class_of(number) == "Person" and len(words) > 1

    def _names(self) -> Iterator[Tie]:
        """Repeated names, acronyms and parts of names; the first mention is the antecedent."""
        first: dict[str, int] = {}
        last: dict[int, int] = {}
        alike: dict[Key, list[int]] = {}
        for number, mention in enumerate(self._mentions):
            if mention.level not in ("NAM", "ADJ"):
                continue
            text = self._text(mention)
            if text in first:
                yield Tie(number, first[text], self._again(first[text]))
                self._called[text] += 1
                last[self._discourse.root(number)] = number
                continue
            keys = name_keys(text)
            body = self._body_meant(number, keys, alike)
            if body is not None:
                yield Tie(number, body, "head of the name")
            alike_before = {name for key in keys for name in alike.get(key, ())}
            yield from self._partly_named(number, sorted(alike_before), last)
            last[self._discourse.root(number)] = number
            first[text] = number
            self._called[text] += 1
            for key in keys:
                alike.setdefault(key, []).append(number)

    def _partly_named(
        self, number: int, alike: Sequence[int], last: Mapping[int, int]
    ) -> Iterator[Tie]:
        """The tie to a name of which this is a part, or that is a part of this.

        Of two people of one surname it is who was named last. A full name that comes late, after
        many bare ones, is most often a relative's.
        """
        words = self._words(number)
        found = {
            before: method
            for before in alike
            if (method := self._same_name(number, before))
            and not (words > self._words(before) and before in self._discourse.ties)
        }
        if not found:
            return
        before = min(found, key=lambda each: found[each] != "surname")
        roots = {self._discourse.root(each) for each in found}
        if found[before] == "short name" and len(roots) > 1:
            return  # "the Foreign Ministry" of two
        if found[before] == "surname":
            namesakes = (each for each in found if found[each] == "surname")
            before = max(namesakes, key=lambda each: last[self._discourse.root(each)])
        named = self._text(self._mentions[number])[0].isupper()  # not "pro-Franco"
        if found[before] == "surname" and named and words > self._words(before):
            if self._mentions[before].candidates:
                yield Tie(before, number, "surname")  # no town, though its name is one's
            elif self._called[self._text(self._mentions[before])] <= _BARE:
                yield Tie(number, before, "surname")
        else:
            yield Tie(number, before, found[before])

    def _words(self, number: int) -> int:
        return len(self._text(self._mentions[number]).split())

    def _body_meant(
        self, number: int, keys: Collection[Key], alike: Mapping[Key, Sequence[int]]
    ) -> int | None:
        """As in "the Foundation" after "the Warhol Foundation": the only body so called before."""
        mention = self._mentions[number]
        word = self._text(mention)
        named = self._index.determiner(mention) == "the" and not mention.candidates
        if not named or " " in word or not self._may_be_body(number):
            return None
        found = {
            self._discourse.root(before): before
            for key in keys
            for before in alike.get(key, ())
            if heads(word, self._text(self._mentions[before]).split())
            and is_a(self._discourse.class_of(before), "Organization")
        }
        only = next(iter(found.values())) if len(found) == 1 else None
        return only if only is None or not self._is_common(word.lower(), number, only) else None

    def _is_common(self, word: str, number: int, body: int) -> bool:
        """As "coalition" in "the US-led coalition": another body so called before."""
        discourse = self._discourse
        return any(
            discourse.lemma(each) == word and discourse.root(each) != discourse.root(body)
            for each in range(number)
            if self._mentions[each].level == "NOM"
        )

    def _may_be_body(self, number: int) -> bool:
        own = self._discourse.class_of(number)
        return own == "Entity" or is_a(own, "Organization")

    def _same_name(self, number: int, before: int) -> str | None:
        mention, other = self._mentions[number], self._mentions[before]
        text, earlier = self._text(mention), self._text(other)
        if is_acronym(text) and self._spells(mention, other):
            return "acronym"
        words, full = text.split(), earlier.split()
        classes = (self._discourse.class_of(number), self._discourse.class_of(before))
        if classes[1] == "Person" and mention.level == "NAM" == other.level:
            if classes[0] == "Person" or self._is_unlisted(number):
                return part_of_person(words, full)
            if words in (full[1:], full[-1:]) and self._may_be_surname(number):
                return "surname"
        elif classes[0] == "Person" and self._may_be_named_after(before, words):
            if classes[1] == "Country":
                return None  # "Washington sent troops"
            return "surname" if full == words[-len(full) :] else None
        elif classes[1] == "EventSeries" and self._is_unlisted(number):
            return "short name" if words == full[-1:] else None  # "Storm Ana ... Ana"
        body = is_a(classes[0], "Organization") or self._is_unlisted(number)
        if body and is_a(classes[1], "Organization"):
            official = is_a(classes[1], "GovernmentBody") and words == full[1:]
            again = official and len(words) > 1 and not list(self._index.owners(mention))
            return "short name" if again else short_name(words, full)
        return None

    def _may_be_named_after(self, before: int, words: Sequence[str]) -> bool:
        """Whether an earlier name may be the surname of somebody named in full now."""
        bare = self._is_unlisted(before) or self._may_be_surname(before)
        return bare and len(words) > self._words(before)

    def _is_unlisted(self, number: int) -> bool:
        """A single word that no list knows; the recogniser often mistakes its kind."""
        mention = self._mentions[number]
        return not mention.candidates and " " not in self._text(mention)

    def _may_be_surname(self, number: int) -> bool:
        """The name of a town where no place is meant: "Anna Davidson ... Davidson resigned".

        So too that of a company: "President Gerald Ford ... Ford resigned".
        """
        mention = self._mentions[number]
        named = any(is_a(mention.type, kind) for kind in ("PopulatedPlace", "Company"))
        named = named and self._text(mention) not in self._whereabouts
        return named and self._tokens[mention.head].deprel in _ACTING

    @cached_property
    def _whereabouts(self) -> frozenset[str]:
        """Names that stand for a place at least once: "in Davidson", "Davidson, Ohio"."""
        return frozenset(
            self._text(mention)
            for mention in self._mentions
            if mention.level == "NAM" and self._is_where(mention)
        )

    def _is_where(self, mention: Mention) -> bool:
        token = self._tokens[mention.head]
        if token.deprel != "pobj":
            return False
        return self._tokens[token.head].form.lower() in coreference_rules().locative

    def _again(self, before: int) -> str:
        """A surname stays one, though lists know a place of that name."""
        tie = self._discourse.ties.get(before)
        surname = tie is not None and tie.method == "surname"
        return "surname" if surname and self._mentions[before].candidates else "same name"

    def _abbreviates(self, short: Mention, full: Mention) -> bool:
        """Whether the acronym beside a name has its initials, perhaps in another language's order.

        As in "National Liberation Front (FLN)"; one initial may be left out.
        """
        letters = Counter(self._text(short).replace(".", ""))
        first = Counter(initials(self._text(full)))
        spelt = letters <= first and first.total() - letters.total() <= 1
        return (spelt and letters.total() > LONGEST_SHARED) or self._spells(short, full)

    def _spells(self, short: Mention, full: Mention) -> bool:
        """Whether the capitals of a name spell the short form."""
        letters = self._text(short).replace(".", "")
        return len(letters) > 1 and letters == initials(self._text(full))

    def _text(self, mention: Mention) -> str:
        return self._discourse.text(mention)
