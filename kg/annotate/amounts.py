"""Reads how many: numbers, ranges, fractions, and words that only suggest a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kg.annotate.numerals import Numeral, number_words, read_numeral
from kg.annotate.quantity_words import quantity_lexicon
from kg.model import Comparator, Token

HYPHENS = frozenset("-–—‐‑")
_AGE_REACH = 4  # words: "between the ages of 12 and 15"
_ARTICLES = frozenset(("a", "an"))
_CENT = Decimal("0.0001")
_YEARS = range(1900, 2100)
_EARLIER_YEARS = range(1000, 1900)  # after a word of time alone: "in 1660, X was wounded"
_DATING = ("in", "since", "until", "by", "before", "after", "of", "from")


class Passage(Struct, frozen=True):
    """The tokens of one sentence with their lower-case words; positions count from its start.

    `offset` is the index of the first token in the document, as `Token.head` counts.
    """

    tokens: Sequence[Token]
    words: Sequence[str]
    offset: int

    def word(self, position: int) -> str:
        """The word, or "" outside the sentence."""
        return self.words[position] if 0 <= position < len(self.words) else ""

    def head(self, position: int) -> int:
        """The position of a token's head."""
        return self.tokens[position].head - self.offset

    def touching(self, position: int) -> bool:
        """Whether no space parts the token from the one before it."""
        return position > 0 and self.tokens[position - 1].end == self.tokens[position].start


class Amount(Struct, frozen=True):
    """A number in `tokens[first:last]`. `value` is its figure; the bounds come with a range or a
    vague word; `sign` is the currency whose sign stands before it.
    """

    first: int
    last: int
    value: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    comparator: Comparator = "exact"
    sign: str | None = None
    unit: str | None = None


def read_amount(passage: Passage, at: int) -> Amount | None:
    """The amount whose number starts at `at`, or None."""
    amount = _vague(passage, at) or _fraction(passage, at)
    if amount is not None:
        return amount
    sign = quantity_lexicon().data.currency_signs.get(passage.word(at - 1))
    numeral = read_numeral(
        passage.words,
        at,
        len(passage.words),
        abbreviated=sign is not None or _millions(passage, at),
    )
    if numeral is None:
        return None
    return _range(passage, numeral, sign) or Amount(
        at - (sign is not None), numeral.last, numeral.value, sign=sign
    )


def _millions(passage: Passage, at: int) -> bool:
    """Whether "5m" before a noun means five million of it."""
    if passage.word(at + 1) not in number_words().abbreviations:
        return False
    return passage.word(at + 2) in quantity_lexicon().data.persons


def _range(passage: Passage, first: Numeral, sign: str | None) -> Amount | None:
    """Two numbers that bound one amount: "between 20 and 30", "5-6", "three or four"."""
    words, data = passage.words, quantity_lexicon().data
    link = first.last + (passage.word(first.last) in data.percent)  # "30% to 50%"
    joiner = passage.word(link)
    opener = passage.word(first.first - 1 - (sign is not None))
    if not _joins(passage, opener, joiner, first.first):
        return None
    at = link + 1
    at += passage.word(at) in data.currency_signs
    if at >= len(words):
        return None
    last = read_numeral(words, at, len(words), abbreviated=sign is not None)
    if last is None:
        return None
    lower = first.value
    if first.multiplier == 1 and last.multiplier > 1 and lower * last.multiplier < last.value:
        lower *= last.multiplier
    if lower >= last.value:
        return None
    opened = opener in ("between", "from")
    return Amount(
        first.first - (sign is not None) - opened,
        last.last,
        lower,
        lower,
        last.value,
        "between",
        sign,
    )


def _joins(passage: Passage, opener: str, joiner: str, at: int) -> bool:
    """Whether the word after a number joins it with the next one to a range."""
    if opener == "between":
        return joiner == "and"
    if opener == "from":
        verbs = quantity_lexicon().data.range_verbs
        lemmas = (token.lemma.lower() for token in passage.tokens[max(0, at - 5) : at])
        return joiner == "to" and any(lemma in verbs for lemma in lemmas)
    return joiner in HYPHENS or joiner in ("to", "or")


def _fraction(passage: Passage, at: int) -> Amount | None:
    """Parts of a whole ("two-thirds", "half of"): the unit is `fraction`, the value up to 1."""
    data = quantity_lexicon().data
    word = passage.word(at)
    if word == "half" and passage.word(at + 1) in ("of", "the", "its", "his", "their"):
        if passage.word(at - 1) in ("first", "second", "other", "latter"):
            return None
        return Amount(at, at + 1, Decimal("0.5"), unit="fraction")
    count = number_words().cardinals.get(word, 1 if word == "a" else 0)
    last = at + 1 + (passage.word(at + 1) in HYPHENS)
    divisor = data.fractions.get(passage.word(last))
    if not count or divisor is None or count >= divisor:
        return None
    if passage.word(last + 1) != "of" and last == at + 1:
        return None
    value = (Decimal(count) / divisor).quantize(_CENT)
    return Amount(at, last + 1, value, unit="fraction")


def _vague(passage: Passage, at: int) -> Amount | None:
    """Bounds without a figure: "dozens", "tens of thousands", "several hundred", "a few"."""
    data, words = quantity_lexicon().data, passage.words
    bounds = data.vague.get(words[at])
    if bounds is None or not _is_vague(passage, at):
        return None
    first = at - (passage.word(at - 1) == "a")
    last = at + 1
    factor = 1
    if words[at] in data.collective:
        first = at - 1 if passage.word(at - 1) in _ARTICLES else at - 2
    if words[at] in ("tens", "dozens", "hundreds", "thousands") and passage.word(last) == "of":
        factor = data.plural_factors.get(passage.word(last + 1), 1)
        last += 2 if factor > 1 else 0
    else:
        last += words[at] in ("couple", "handful") and passage.word(last) == "of"
        while multiplier := number_words().multipliers.get(passage.word(last), 0):
            factor *= multiplier
            last += 1
    lower, upper = (*(Decimal(bound * factor) for bound in bounds), None, None)[:2]
    return Amount(first, last, None, lower, upper, "vague")


def _is_vague(passage: Passage, at: int) -> bool:
    """Keeps "scores" the verb and "few" the quantifier ("few doubt it") out."""
    data = quantity_lexicon().data
    if passage.words[at] not in data.vague_guarded:
        return passage.word(at - 1) not in data.measured_words
    after = passage.word(at + 1)
    if passage.words[at] in data.collective:
        opened = {passage.word(at - 1), passage.word(at - 2)} & _ARTICLES
        return after == "of" and (bool(opened) or passage.tokens[at - 1].upos == "ADJ")
    if after == "of" or after in number_words().multipliers:
        return True
    return passage.words[at] == "few" and passage.word(at - 1) == "a"


def is_amount(passage: Passage, amount: Amount) -> bool:
    """Whether the number is one of things, and names no date, age, rank or designation."""
    if amount.comparator == "vague" or amount.unit or amount.sign:
        return True
    others = (_is_glued, _is_age, _is_name, _is_designator, _is_date)
    return not any(test(passage, amount) for test in others)


def _is_age(passage: Passage, amount: Amount) -> bool:
    near = passage.words[max(0, amount.first - _AGE_REACH) : amount.first]
    return not quantity_lexicon().data.ages.isdisjoint(near)


def _is_name(passage: Passage, amount: Amount) -> bool:
    """Whether a number in words is part of a name inside a sentence ("the One China policy")."""
    position = amount.first
    if position == 0 or not passage.tokens[position].form[:1].isupper():
        return False
    opened = passage.tokens[position - 1].upos == "PUNCT"
    return not opened and "PROPN" in [each.upos for each in passage.tokens[position : position + 2]]


def _is_glued(passage: Passage, amount: Amount) -> bool:
    """Parts of names, scores and telephone numbers: F-16, 3-1, 555-1234, 4/5."""
    before, after = passage.word(amount.first - 1), passage.word(amount.last)
    if _is_capital(passage, amount.last) and passage.touching(amount.last):
        return True
    if passage.touching(amount.first) and (
        before in HYPHENS or before in ("/", "#", "'", ".", ":")
    ):
        return True
    if after in HYPHENS or after in ("/", ":"):
        return passage.word(amount.last + 1)[:1].isdigit()
    return amount.first == 0 and after in (".", ")")


def _is_capital(passage: Passage, position: int) -> bool:
    """As in "5G" or "3G Capital"."""
    form = passage.tokens[position].form if position < len(passage.tokens) else ""
    return (
        len(form) == 1
        and form.isupper()
        and passage.word(position) not in number_words().abbreviations
    )


def _is_designator(passage: Passage, amount: Amount) -> bool:
    data = quantity_lexicon().data
    before = passage.word(amount.first - 1)
    if before in data.designators:
        return True
    if amount.first == 0 or amount.last - amount.first > 1:
        return False
    if before == "," and amount.first > 1 and passage.word(amount.last) in (",", ".", ")", "and"):
        aged = passage.tokens[amount.first - 2]  # one person with an age
        return aged.upos == "PROPN" or (aged.xpos == "NN" and aged.deprel != "pobj")
    named = passage.tokens[amount.first - 1].upos == "PROPN"
    return (
        named and 0 <= passage.head(amount.first) < amount.first and before not in data.uncountable
    )


def _is_date(passage: Passage, amount: Amount) -> bool:
    data = quantity_lexicon().data
    before, after = passage.word(amount.first - 1), passage.word(amount.last)
    if after in HYPHENS:
        after = passage.word(amount.last + 1)
    if after in data.uncountable or (
        after == "of" and passage.word(amount.last + 1) in data.months
    ):
        return True
    if amount.value is None or amount.value != amount.value.to_integral_value():
        return False
    if before in data.months and amount.value <= 31:
        dated = passage.word(amount.first - 2)[:1].isdigit()  # "on 20 November 12 people died"
        return not dated and not _counts_next(passage, amount)
    return _is_year(passage, amount)


def _is_year(passage: Passage, amount: Amount) -> bool:
    word, before = passage.word(amount.last - 1), passage.word(amount.first - 1)
    if len(word) != 4 or not word.isdecimal():
        return False
    dated = before in _DATING and passage.tokens[amount.last - 1].deprel == "pobj"
    if int(word) not in _YEARS and not (dated and int(word) in _EARLIER_YEARS):
        return False
    return passage.word(amount.last) not in quantity_lexicon().data.persons


def _counts_next(passage: Passage, amount: Amount) -> bool:
    """Whether the parser hangs the number on a noun that follows it."""
    token = passage.tokens[amount.last - 1]
    head = passage.head(amount.last - 1)
    return token.deprel == "nummod" and amount.last <= head < len(passage.tokens)


def with_comparator(passage: Passage, amount: Amount) -> Amount:
    """Takes in the words before the number that qualify it, or right after it ("10,000+")."""
    lexicon = quantity_lexicon()
    before = lexicon.comparators.at(passage.words, amount.first - 1)
    single = before is not None and before[0] == 1
    handed = passage.tokens[amount.first - 1].deprel == "prt"  # "handed over three hostages"
    particle = single and (amount.comparator == "vague" or handed)
    if before is not None and not particle and not _is_topic(passage, amount.first - 1):
        comparator = before[1] if amount.comparator == "exact" else amount.comparator
        return replace(amount, first=amount.first - before[0], comparator=comparator)
    amount, last = qualified(passage, amount, amount.last)
    return replace(amount, last=last)


def qualified(passage: Passage, amount: Amount, last: int) -> tuple[Amount, int]:
    """Takes in what qualifies a number after its unit: "10 acres or more"; the new end beside."""
    after = quantity_lexicon().qualifiers.at(passage.words, last)
    if after is None or amount.comparator != "exact":
        return amount, last
    if passage.word(last + after[0]) == "than":
        return amount, last  # "40 deaths and more than 800 injuries"
    return replace(amount, comparator=after[1]), last + after[0]


def _is_topic(passage: Passage, position: int) -> bool:
    """Whether "about" names the topic of a verb ("warned about 12 people")."""
    if passage.words[position] != "about" or passage.tokens[position].deprel != "prep":
        return False
    return position > 0 and passage.head(position) == position - 1
