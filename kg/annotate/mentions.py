"""Mentions: names, noun phrases, demonyms and pronouns, each with the class its words suggest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from kg.annotate.names import NameFinder
from kg.annotate.naming import NamedSpan, Namer
from kg.annotate.person_names import whole_persons
from kg.annotate.phrases import Phrases, can_be_named, is_acronym, kind_said
from kg.annotate.short_forms import short_forms
from kg.annotate.whole_names import whole_names, with_number, without_parts
from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import Mention, Quantity, Sentence, Span, Token
from kg.vocab import is_a

_PRONOUNS = frozenset(("PRP", "PRP$"))
_NOUN_TAGS = frozenset(("NN", "NNS"))
_ELLIPTIC = frozenset(("CD", "DT", "JJ", "VBN"))
_HEADS = _NOUN_TAGS | _ELLIPTIC | {"NNP", "NNPS"}
_SUBJECTS = ("nsubj", "nsubjpass")
_CORE = frozenset((*_SUBJECTS, "dobj", "pobj"))
_PLACED = _CORE | {"conj"}
_ADVERBIAL = ("advmod", "pcomp", "pobj")
_DEICTIC = frozenset(("those", "many", "another", "some"))
_BODIES = ("Government", "GovernmentBody", "ArmedForce", "ArmedGroup")
_MANY = frozenset(("thousand", "million"))
_PEOPLE = ("Person", "PersonGroup", "ArmedForce", "ArmedGroup")
_SIGNS = ("$", "SYM")


def find_mentions(
    phrases: Phrases,
    sentences: Sequence[Sentence],
    names: Iterable[NamedSpan],
    dated: Sequence[Span],
    gazetteer: Gazetteer,
    lexicon: Lexicon,
) -> tuple[Mention, ...]:
    """All mentions of a document in text order; names first where two begin alike.

    `dated` are the spans of time expressions: a capitalised word in them names nobody.
    """
    namer = Namer(phrases, gazetteer, lexicon.people)
    persons = whole_persons(names, namer)
    found = whole_names(NameFinder(namer, lexicon.slots.kinds).find(persons), namer)
    found = sorted((*found, *short_forms(found, phrases)), key=lambda each: each[:2])
    found = [each for each in found if not _is_in_date(each.name, dated, phrases)]
    covered = {i: first for first, last, _ in reversed(found) for i in range(first, last)}
    mentions = [mention for _, _, mention in found]
    heads = {mention.head: mention for mention in mentions}
    demonyms = {head for head, mention in heads.items() if mention.level == "ADJ"}
    finder = _Finder(namer, lexicon, demonyms, covered, dated)
    for sentence in sentences:
        for index in range(sentence.first, sentence.last):
            if index in heads:
                mentions.extend(finder.demonym(heads[index], sentence))
            if index in covered:
                continue
            if finder.is_doer_inside(index, sentence):
                mentions.append(finder.doer(index))
            elif finder.may_head(index) and not finder.holds_office(index):
                mentions.extend(finder.nominal(index, sentence))
            mentions.extend(finder.pronoun(index))
    mentions = without_parts(found, mentions, namer)
    return tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.level)))


def with_counts(
    mentions: Iterable[Mention], quantities: Iterable[Quantity], text: str
) -> tuple[Mention, ...]:
    """The mentions, with all the words of their number: "no fewer than 200 houses"."""
    starts = {each.span.end: each.span.start for each in quantities if each.counted}

    def counted(mention: Mention) -> Mention:
        start, end = starts.get(mention.span.end, mention.span.start), mention.span.end
        before = text[start : mention.span.start]
        if mention.level != "NOM" or not before or " of " in before:
            return mention
        return replace(mention, span=Span(start, end))

    return tuple(map(counted, mentions))


def _is_in_date(name: Mention, dated: Sequence[Span], phrases: Phrases) -> bool:
    """As in "480 BC": the letters belong to the year, whatever place they stand for elsewhere."""
    short = phrases.tokens[name.head].form.isupper()
    return short and any(time.contains(name.span) and time != name.span for time in dated)


_FIGHTING = ("ArmedGroup", "ArmedForce", "MilitaryUnit")


class _Finder:
    def __init__(
        self,
        namer: Namer,
        lexicon: Lexicon,
        demonyms: Collection[int],
        covered: Mapping[int, int],
        dated: Sequence[Span],
    ) -> None:
        """`demonyms` are the tokens that say whose something is ("Malian").

        `covered` gives for each token of a name where the name begins.
        """
        self._namer = namer
        self._phrases = namer.phrases
        self._tokens = namer.phrases.tokens
        self._lexicon = lexicon
        self._demonyms = demonyms
        self._covered = covered
        self._dated = dated

    # ---------------------------------------------------------- nominals

    def may_head(self, index: int) -> bool:
        """Whether the word may be one that `nominal` looks at: no verb, preposition, stop.

        Nor a bare "force", as in "to use force".
        """
        token = self._tokens[index]
        if token.lemma in self._lexicon.people.abstract and token.xpos == "NN":
            return bool(self._phrases.children(index))
        return not self._phrases.ends_title(index) and (
            token.xpos in _HEADS
            or token.upos in ("NOUN", "PROPN")
            or (token.form.isupper() and self._is_in_brackets(index))
        )

    def nominal(self, index: int, sentence: Sentence) -> Iterator[Mention]:
        """A noun phrase of a known kind, from its first modifier to its head."""
        token = self._tokens[index]
        type_ = self._phrases.class_of(index)
        if self._is_of_fighters(index):
            yield Mention(Span(token.start, token.end), index, "NAM", "Organization")
            return
        if token.deprel in ("compound", "npadvmod", "nmod"):
            if type_ in _BODIES and self._is_body_inside(index, type_):
                first = index - (index - 1 in self._demonyms)
                yield Mention(Span(self._tokens[first].start, token.end), index, "NOM", type_)
            return
        proper = token.xpos in ("NNP", "NNPS") and not token.form.islower()
        named = proper or self._is_in_brackets(index)
        if named and type_ is None and self._is_unseen_name(index):
            yield self._named_body(index, self._kind_of_unseen(index))
            return
        if named and type_ is not None and can_be_named(type_):
            yield self._named_body(index, type_)
            return
        if token.xpos in _ELLIPTIC:
            type_ = self._people_meant(index)
        elif named and type_ in ("Person", "PersonGroup"):
            pass  # "the Prime Minister"
        elif self._can_head(token):
            type_ = self._counted(index, type_) if type_ else self._reporter(index)
        else:
            return
        if type_ is not None:
            yield self._phrase(index, sentence, type_)

    def holds_office(self, owner: int) -> bool:
        """As in "the U.S. Attorney's Office": a body, and nobody that "she" could mean."""
        if owner < 0 or owner + 2 >= len(self._tokens) or self._tokens[owner + 2].form != "Office":
            return False
        token, office = self._tokens[owner], owner + 2
        owned = token.head == office and self._tokens[owner + 1].head == owner
        named = token.form[0].isupper() and self._phrases.class_of(owner) == "Person"
        return owned and named and token.deprel == "poss"

    def _kind_of_unseen(self, index: int) -> str:
        """As in "the Kyoto Protocol", "Storm Ana"."""
        people = self._lexicon.people
        before = [self._tokens[i].form for i in self._phrases.children(index, "compound")]
        if self._tokens[index].form.lower() in people.laws and before:
            return "Law"
        if self._is_flight(index):
            return "Materiel"
        if any(word.lower() in people.storms for word in before):
            return "EventSeries"
        return kind_said(self._phrases, index) or "Entity"

    def _is_of_fighters(self, index: int) -> bool:
        """An acronym that says whose fighters are meant: "FMLN guerrillas"."""
        token = self._tokens[index]
        inside = token.deprel in ("compound", "nmod") and is_acronym(token.form)
        return inside and self._phrases.class_of(token.head) in _FIGHTING

    def doer(self, index: int) -> Mention:
        token = self._tokens[index]
        return Mention(Span(token.start, token.end), index, "NOM", "ArmedGroup")

    def is_doer_inside(self, index: int, sentence: Sentence) -> bool:
        """As in "a rebel attack": a common noun for who did it, before what was done."""
        token = self._tokens[index]
        before = token.deprel in ("compound", "amod", "nmod") and token.head == index + 1
        common = token.form.islower() or index == sentence.first
        if not before or not common or self._phrases.class_of(index) != "ArmedGroup":
            return False
        deed = self._tokens[token.head].lemma
        if f"{token.lemma.lower()} {deed}" in self._lexicon.nouns:
            return False  # "a terrorist attack" is a kind of attack
        deeds = self._lexicon.nouns.get(deed, ())
        return any(is_a(trigger.type, "CombatEvent") for trigger in deeds)

    def _is_body_inside(self, index: int, type_: str) -> bool:
        """A body within a compound: "a government raid", "Malian army trucks", "rebel-held"."""
        token = self._tokens[index]
        head = self._tokens[token.head]
        if token.xpos != "NN" or head.xpos not in ("NN", "NNS", "VBN"):
            return False
        if type_ == "Government" or head.xpos == "VBN":
            return True
        single = token.lemma in self._lexicon.people.individuals
        return index - 1 in self._demonyms and not single

    def demonym(self, mention: Mention, sentence: Sentence) -> Iterator[Mention]:
        """As in "four Americans": people of their own, beside the state that the word names."""
        head = self._tokens[mention.head]
        if mention.level == "ADJ" and head.deprel in _PLACED and head.xpos[:2] == "NN":
            whole = self._phrase(mention.head, sentence, "PersonGroup")
            if whole.span != mention.span:
                numbers = self._phrases.children(mention.head, "nummod")
                several = any(self._tokens[i].form.lower() not in ("one", "1") for i in numbers)
                one = head.xpos in ("NN", "NNP") and not several
                yield replace(whole, type="Person") if one else whole

    def _phrase(self, index: int, sentence: Sentence, type_: str) -> Mention:
        token = self._tokens[index]
        if type_ == "Person" and token.xpos in ("NNS", "NNPS"):
            type_ = "PersonGroup"
        first = self._phrases.first(index, sentence.first)
        first = min(first, self._covered.get(first, first), self._covered.get(index - 1, first))
        first = self._after_date(first, index)
        inside = first < index and first in self._demonyms
        if first > 1 and self._tokens[first - 1].xpos == "CC" and inside:
            before = first - 2  # "Tajik and Kyrgyz guards", "U.S. and Turkish troops"
            joined = before in self._covered and self._tokens[first].head == before
            if joined or before in self._demonyms:
                first = self._covered.get(before, before)
        elif first > 1 and self._tokens[first - 1].xpos == "CC":
            first = self._of_both(first, index)
        return Mention(Span(self._tokens[first].start, token.end), index, "NOM", type_)

    def _of_both(self, first: int, index: int) -> int:
        """As in "US and UK jets", "U.S. and South Korean officials": the name before "and" too."""
        for word in range(first, index):
            owner = self._tokens[word].head
            joined = self._tokens[word].deprel == "conj" and owner == first - 2
            if joined and self._tokens[owner].head == index and owner in self._covered:
                return self._covered[owner]
        return first

    def _after_date(self, first: int, index: int) -> int:
        """As in "on 3 March armed men": the parser took the date into the phrase behind it."""
        if not first or self._tokens[first - 1].upos != "ADP":
            return first
        ends = (time.end for time in self._dated if time.start <= self._tokens[first].start)
        end = max(ends, default=0)
        rest = next((i for i in range(first, index + 1) if self._tokens[i].start >= end), first)
        return first if self._tokens[rest].xpos == "POS" else rest

    def _counted(self, index: int, type_: str) -> str:
        """Single or counted members of a force are people: "a militant", "ten soldiers"."""
        people = self._lexicon.people
        token = self._tokens[index]
        if token.lemma.lower() not in people.individuals:
            return type_
        if token.xpos == "NN":
            return "Person"
        words = self._phrases.children(index, "nummod", "amod", "det", "quantmod")
        counted = any(self._tokens[i].form.lower() in people.counting for i in words)
        return "PersonGroup" if counted or self._is_few(index) else type_

    def _is_few(self, index: int) -> bool:
        """Whether a number counts them, and not so many that they are a force of their own."""
        numbers = [self._tokens[i].form for i in self._phrases.children(index, "nummod")]
        return any("," not in form and form.lower() not in _MANY for form in numbers)

    def _reporter(self, index: int) -> str | None:
        """A noun of no known kind that speaks: "the service told lawmakers"; no price declines."""
        token = self._tokens[index]
        verb = self._tokens[token.head]
        if token.deprel != "nsubj" or verb.xpos == "VB":
            return None
        told = self._phrases.children(token.head, "ccomp", "xcomp", "dobj", "dative")
        if verb.lemma not in self._lexicon.speech_verbs or not told:
            return None
        return "PersonGroup" if token.xpos == "NNS" else "Organization"

    def _is_unseen_name(self, index: int) -> bool:
        """A proper noun in the place of somebody or something that the recogniser overlooked."""
        token = self._tokens[index]
        word = token.form.isalpha() or self._is_flight(index)
        word = word and len(token.form) > 2 and token.form[0].isupper()
        word = word and token.form.lower() not in self._lexicon.people.papers
        if not word or token.deprel not in (*_CORE, "poss", "conj", "appos"):
            return False
        if token.deprel == "pobj" and self._phrases.is_of_office(token.head):
            return False  # "Secretary of Defense"
        span = Span(token.start, token.end)
        return not any(time.overlaps(span) for time in self._dated)

    def _is_flight(self, index: int) -> bool:
        """As in "flight MH17"."""
        return index > 0 and self._tokens[index - 1].form.lower() == "flight"

    def _is_in_brackets(self, index: int) -> bool:
        """An acronym in brackets, as in "the National Liberation Front (FLN)"."""
        acronym = is_acronym(self._tokens[index].form)
        return acronym and index > 0 and self._tokens[index - 1].form == "("

    def _named_body(self, index: int, type_: str) -> Mention:
        """A proper name that only its head noun shows: "Foreign Ministry", "Supreme Court"."""
        first = self._namer.start(index)
        if self.holds_office(index - 2):
            first = self._namer.start(index - 2)
        first = self._covered.get(first, first)  # "Trinidad and Tobago Police Service"
        first -= with_number(self._namer, first, index, type_)
        span = Span(self._tokens[first].start, self._tokens[index].end)
        return Mention(span, index, "NAM", type_)

    def _people_meant(self, index: int) -> str | None:
        """Numbers and the like that mean people: "around 30 died", "60 of the attackers"."""
        token = self._tokens[index]
        of = [i for i in self._phrases.children(index, "prep") if self._tokens[i].lemma == "of"]
        wholes = [noun for prep in of for noun in self._phrases.children(prep, "pobj")]
        if any(self._phrases.class_of(noun) in _PEOPLE for noun in wholes):
            return "Person" if token.form.lower() == "one" else "PersonGroup"
        known = self._counts_alone(index) if token.xpos == "CD" else self._is_described(index)
        return "PersonGroup" if known else None

    def _counts_alone(self, index: int) -> bool:
        """Whether a number stands for those who act or suffer; no year, sum or type number."""
        token = self._tokens[index]
        year = token.form.isdigit() and len(token.form) == 4
        plain = token.form.isalpha() or (token.form[0].isdigit() and "." not in token.form)
        places = self._lexicon.slots.before_places  # "injures twenty outside the gate"
        more = [
            i
            for i in self._phrases.children(index, "prep", "compound", "nmod")
            if self._tokens[i].form.lower() not in places or self._tokens[i].lemma == "of"
        ]
        if token.form.lower() == "one":  # "an international one"
            more += self._phrases.children(index, "det")
        signs = self._phrases.children(index, "quantmod")  # "demanded nearly $40,000"
        more += [i for i in signs if self._tokens[i].xpos in _SIGNS]
        core = token.deprel in _CORE and token.deprel != "pobj"
        return core and plain and not year and not more

    def _is_described(self, index: int) -> bool:
        """As in "those killed", "the accused", "many are injured"."""
        described, token = self._lexicon.people.described, self._tokens[index]
        if token.form.lower() in _DEICTIC:
            beside = self._phrases.children(index, "acl", "relcl", "amod")
            beside += [token.head] if token.deprel in _SUBJECTS else []
            return any(self._tokens[i].form.lower() in described for i in beside)
        if token.form.lower() not in described or token.deprel not in _CORE:
            return False
        return "the" in [self._tokens[i].form.lower() for i in self._phrases.children(index, "det")]

    def _can_head(self, token: Token) -> bool:
        letters = is_acronym(token.form.removesuffix("s"))  # "an IED", "UAVs"
        common = token.upos == "NOUN" or (token.upos == "PROPN" and token.form.islower())
        return token.xpos in _NOUN_TAGS or common or letters

    # ---------------------------------------------------------- pronouns

    def pronoun(self, index: int) -> Iterator[Mention]:
        """Personal, possessive and relative pronouns of people, "there", without the empty "it"."""
        token = self._tokens[index]
        if token.form.lower() == "there" and token.xpos == "RB" and token.deprel in _ADVERBIAL:
            yield Mention(Span(token.start, token.end), index, "PRO", "Place")
        relative = token.form.lower() in ("who", "whom") and self._is_relative(index)
        personal = token.xpos in _PRONOUNS and token.form.isalpha()
        if not (personal or relative) or token.deprel == "expl":
            return
        head = self._tokens[token.head]
        if token.form.lower() == "it" and token.deprel == "nsubj" and self._is_empty(head, index):
            return
        yield Mention(Span(token.start, token.end), index, "PRO", "Entity")

    def _is_relative(self, index: int) -> bool:
        """Whether the clause of a question word modifies a noun."""
        while self._tokens[index].deprel != "relcl" and self._tokens[index].head != index:
            index = self._tokens[index].head
        return self._tokens[index].deprel == "relcl"

    def _is_empty(self, verb: Token, index: int) -> bool:
        empty = self._lexicon.slots.empty_it
        if verb.lemma in empty:
            return True
        children = [self._tokens[i] for i in self._phrases.children(self._tokens[index].head)]
        complements = [t for t in children if t.deprel == "acomp" and t.lemma in empty]
        return verb.lemma == "be" and bool(complements)
