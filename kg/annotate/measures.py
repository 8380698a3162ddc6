"""What a number measures or counts: units, money, and the noun phrase after it."""

from __future__ import annotations

from msgspec import Struct

from kg.annotate.amounts import HYPHENS, Amount, Passage
from kg.annotate.quantity_words import quantity_lexicon
from kg.model import Span, Token

_NOUNS = frozenset(("NOUN", "PROPN"))
_MODIFIERS = frozenset(("ADJ", "NUM"))
_FARTHEST = 9


class Measure(Struct, frozen=True):
    """A unit with the end (exclusive) of the expression, and the noun phrase that is measured."""

    unit: str | None
    last: int
    counted: Span | None = None


def read_measure(passage: Passage, amount: Amount) -> Measure | None:
    """The measure of an amount; None where the number counts nothing that can be counted."""
    fixed = amount.unit or amount.sign
    if fixed is not None:
        return _partitive(passage, fixed, amount.last)
    return _unit(passage, amount) or _counted(passage, amount)


def _partitive(passage: Passage, unit: str, last: int) -> Measure:
    """What stands after "of": "a tenth of its land"; the span ends before it."""
    link = passage.word(last)
    phrase = _phrase(passage, last + 1) if link == "of" else None
    if link in ("in", "worth") and unit in quantity_lexicon().currencies:
        phrase = _purpose(passage, last + 1 + (passage.word(last + 1) == "of"))
    return Measure(unit, last, _span(passage, phrase) if phrase else None)


def _purpose(passage: Passage, at: int) -> tuple[int, int] | None:
    """The noun phrase of "$5 million in military aid"; a place or a time is none."""
    phrase = _phrase(passage, at)
    if phrase is None or passage.tokens[phrase[1]].upos != "NOUN":
        return None
    uncountable = passage.words[phrase[1]] in quantity_lexicon().data.uncountable
    return None if uncountable else phrase


def _unit(passage: Passage, amount: Amount) -> Measure | None:
    """Percent, currencies and units of measurement."""
    at = amount.last + (passage.word(amount.last) in HYPHENS)
    at += passage.word(at) == "of" and amount.comparator == "vague"
    found = quantity_lexicon().measures.at(passage.words, at)
    if found is None:
        return None
    length, unit = found
    if unit == "GBP" and passage.word(at + length) == "of":
        unit = "pound"
    return _partitive(passage, unit, at + length)


def _counted(passage: Passage, amount: Amount) -> Measure | None:
    """A counted noun phrase, or a bare number whose noun is left out."""
    at = amount.last
    if passage.word(at) in HYPHENS or passage.word(at) == "strong":
        return _strong(passage, at + (passage.word(at) in HYPHENS))
    if passage.word(at) == "of":
        return _of_them(passage, amount)
    phrase = _counted_phrase(passage, at)
    if phrase is None:
        return _bare(passage, amount)
    first, head = phrase
    token = passage.tokens[head]
    if {token.lemma.lower(), token.form.lower()} & quantity_lexicon().data.uncountable:
        return None
    last = _with_company(passage, head)
    return Measure(_noun_unit(passage, head), last, _span(passage, (first, last - 1)))


def _strong(passage: Passage, at: int) -> Measure | None:
    """People in "a 5,000-strong force"; other adjectives ("two-storey") count nothing."""
    if passage.word(at) in ("strong", "member", "man", "person"):
        return Measure("person", at + 1)
    return None


def _of_them(passage: Passage, amount: Amount) -> Measure | None:
    """What is counted after "of": "60 of the attackers", "dozens of towns", "two of them"."""
    phrase = _phrase(passage, amount.last + 1)
    if phrase is None:
        return None if passage.word(amount.last - 1) == "one" else Measure(None, amount.last)
    head = passage.tokens[phrase[1]]
    if head.upos == "PRON":
        return Measure(None, phrase[1] + 1)
    if {head.lemma.lower(), head.form.lower()} & quantity_lexicon().data.uncountable:
        return None
    last = _with_company(passage, phrase[1])
    return Measure(_noun_unit(passage, phrase[1]), last, _span(passage, (phrase[0], last - 1)))


def _counted_phrase(passage: Passage, at: int) -> tuple[int, int] | None:
    """(first, head) of the noun phrase right after a number, by the parse where it says so."""
    if at >= len(passage.tokens):
        return None
    counting = passage.tokens[at - 1]
    head = passage.head(at - 1)
    farthest = min(at + _FARTHEST, len(passage.tokens))
    hung = counting.deprel in ("nummod", "amod", "det") and at <= head < farthest
    hung = hung and "(" not in passage.words[at:head]
    if hung and passage.tokens[head].upos in _NOUNS:
        return at, _outermost(passage, head)
    return _run(passage, at)


def _outermost(passage: Passage, noun: int) -> int:
    """The head of the compound that a noun belongs to ("two state prison inmates")."""
    head = passage.head(noun)
    joined = passage.tokens[noun].deprel in ("compound", "nmod") and noun < head <= noun + 2
    return head if joined and head < len(passage.tokens) else noun


def _run(passage: Passage, at: int) -> tuple[int, int] | None:
    """The run of modifiers and nouns from `at`; its head is the last noun."""
    head = None
    after_noun = False
    for position in range(at, min(at + _FARTHEST, len(passage.tokens))):
        token = passage.tokens[position]
        uncountable = token.form.lower() in quantity_lexicon().data.uncountable
        if token.upos in _NOUNS and not (uncountable and head is not None):
            head, after_noun = position, True
        elif token.xpos == "POS":
            after_noun = False
        elif not _goes_on(token, after_noun):
            break
    return None if head is None else (at, head)


def _goes_on(token: Token, after_noun: bool) -> bool:
    """Whether a token that is no noun can stand inside a noun phrase."""
    if token.form in HYPHENS:
        return True
    return not after_noun and (token.upos in _MODIFIERS or token.deprel in ("amod", "advmod"))


def _phrase(passage: Passage, at: int) -> tuple[int, int] | None:
    """(first, head) of the noun phrase that starts at `at`, with its determiner."""
    if at >= len(passage.tokens):
        return None
    opener = passage.tokens[at]
    if opener.xpos == "PRP":
        return at, at
    run = _run(passage, at + (opener.upos in ("DET", "PRON")))
    return None if run is None else (at, run[1])


def _with_company(passage: Passage, head: int) -> int:
    """The end of the phrase; "women and children" are one count."""
    persons = quantity_lexicon().data.persons
    follower = head + 2
    if passage.word(head + 1) != "and" or follower >= len(passage.tokens):
        return head + 1
    token = passage.tokens[follower]
    both = {token.lemma.lower(), passage.tokens[head].lemma.lower()} <= persons
    joined = both and token.xpos == "NNS" and not token.deprel.startswith("nsubj")
    return follower + 1 if joined else head + 1


def _noun_unit(passage: Passage, position: int) -> str:
    """The unit `person` for people, else the lemma of the counted noun.

    No people are what stands after a type mark: "four Tu-95 bombers".
    """
    data, head = quantity_lexicon().data, passage.tokens[position]
    form = head.form.lower()
    lemma = data.lemmas.get(form, head.lemma.lower())
    before = (passage.word(position - 1), passage.word(position - 2))
    if lemma in data.marked and any("-" in word and word[-1].isdigit() for word in before):
        return lemma
    if lemma in data.persons or form in data.persons or form in data.peoples:
        return "person"
    if head.form[:1].isupper() and form.endswith(data.people_endings):
        return "person"
    return lemma


def _bare(passage: Passage, amount: Amount) -> Measure | None:
    """A number without a noun: of people if it is killed, wounded or missing."""
    anaphoric = passage.word(amount.first - 1) == "the" and amount.comparator == "exact"
    if anaphoric or _is_score(passage, amount):
        return None
    last = amount.last + (passage.word(amount.last) in ("more", "others"))
    harmed = _happens(passage, amount, last)
    if passage.word(amount.last - 1) == "one" and not harmed and amount.comparator == "exact":
        return None
    if amount.comparator == "vague" and not harmed and amount.value is None:
        return Measure(None, last) if passage.tokens[amount.last - 1].upos == "NOUN" else None
    return Measure("person" if harmed else None, last)


def _is_score(passage: Passage, amount: Amount) -> bool:
    """Two bare numbers side by side: a vote, a result, a telephone number, a change."""
    if amount.comparator == "between":
        return passage.word(amount.last - 2) in HYPHENS
    before, after = passage.word(amount.first - 1), passage.word(amount.last)
    numbered = passage.word(amount.first - 2)[:1].isdigit() and before in ("to", *HYPHENS)
    return numbered or (after == "to" and passage.word(amount.last + 1)[:1].isdigit())


def _happens(passage: Passage, amount: Amount, last: int) -> bool:
    """Whether a verb of harm governs the number or follows it."""
    verbs = quantity_lexicon().data.happens_to_people
    near = [*range(last, min(last + 4, len(passage.tokens)))]
    for position in near:
        token = passage.tokens[position]
        if token.lemma.lower() in verbs or token.form.lower() in verbs:
            return True
        if token.upos not in ("AUX", "ADV", "ADP") or token.lemma == "of":
            break
    before = amount.first - 1
    return before >= 0 and passage.tokens[before].lemma.lower() in verbs


def _span(passage: Passage, phrase: tuple[int, int]) -> Span:
    return Span(passage.tokens[phrase[0]].start, passage.tokens[phrase[1]].end)
