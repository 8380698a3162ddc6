"""Finds quantities as reported: comparator, number, unit, and what is counted.

The numbers of news are counts of people and things, shares, sums and measures; libraries for
physical quantities read "F-16" as one and lose "up to". The comparators are those of the
modified numerals of Geurts and Nouwen (2007), the unit of anything that counts people is
`person`, and measures carry their SI value beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from kg.annotate.amounts import Amount, Passage, is_amount, qualified, read_amount, with_comparator
from kg.annotate.measures import Measure, read_measure
from kg.annotate.quantity_words import quantity_lexicon
from kg.model import Quantity, Sentence, Span, Token

_HUNDREDTH = Decimal("0.01")
_LISTING = frozenset((",", "and", "the", "other"))
_FILLERS = frozenset((",", "the", "were", "was", "are", "is"))
_LOWER = frozenset(("at_least", "more_than"))
_UPPER = frozenset(("at_most", "less_than", "nearly"))


def find_quantities(
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    text: str,  # noqa: ARG001 - the finders of this stage share one signature
) -> tuple[Quantity, ...]:
    """The quantities of a document in text order, none inside another.

    Numbers are decimal strings. `value` is the figure of the text, the lower one of a range;
    vague words ("dozens") have only bounds. Sums of money have the ISO 4217 code as unit.
    Raises `ResourceError` for a broken word list.
    """
    return tuple(found for sentence in sentences for found in _quantities(tokens, sentence))


def _quantities(tokens: Sequence[Token], sentence: Sentence) -> Iterator[Quantity]:
    starters = quantity_lexicon().starters
    window = tokens[sentence.first : sentence.last]
    words = [token.form.lower() for token in window]
    passage = Passage(window, words, sentence.first)
    end = 0
    part: str | None = None  # the unit of the parts that are being listed
    for position, word in enumerate(words):
        if position < end or not (word in starters or word[:1].isdigit()):
            continue
        article = position - 1 >= end and words[position - 1] in ("a", "an", "half")
        found = _read(passage, position - article) or (article and _read(passage, position))
        if found:
            amount, measure = found
            if amount.first < end:  # "eight at least eight": the words between are the first one's
                amount = replace(amount, first=end)
            goes_on = (
                part is not None
                and part == measure.unit
                and {*words[end : amount.first]} <= _LISTING
            )
            is_part = goes_on or _opens_part(passage, amount.first)
            part, end = (measure.unit if is_part else None), measure.last
            yield replace(_quantity(passage, amount, measure), part=is_part)


def _opens_part(passage: Passage, first: int) -> bool:
    """Whether "including" or the like makes a number one of those of another."""
    opener = first - 1
    while passage.word(opener) in _FILLERS:
        opener -= 1
    return quantity_lexicon().parts.at(passage.words, opener) is not None


def _read(passage: Passage, at: int) -> tuple[Amount, Measure] | None:
    amount = read_amount(passage, at)
    if amount is None or not is_amount(passage, amount):
        return None
    amount = with_comparator(passage, amount)
    measure = read_measure(passage, amount)
    if measure is None:
        return None
    amount, last = qualified(passage, amount, measure.last)
    return amount, replace(measure, last=last)


def _quantity(passage: Passage, amount: Amount, measure: Measure) -> Quantity:
    lower, upper, value = amount.lower, amount.upper, amount.value
    if amount.comparator in _LOWER:
        lower = value
    elif amount.comparator in _UPPER:
        upper = value
    si_unit, si_value = _si(value, measure.unit)
    return Quantity(
        span=Span(passage.tokens[amount.first].start, passage.tokens[measure.last - 1].end),
        comparator=amount.comparator,
        value=_decimal(value),
        lower=_decimal(lower),
        upper=_decimal(upper),
        unit=measure.unit,
        si_value=_decimal(si_value),
        si_unit=si_unit,
        counted=measure.counted,
    )


def _si(value: Decimal | None, unit: str | None) -> tuple[str | None, Decimal | None]:
    """The unit and value in SI, rounded to two decimals."""
    known = quantity_lexicon().si.get(unit or "")
    if known is None or value is None:
        return None, None
    si_unit, factor = known
    converted = value * factor
    return si_unit, converted.quantize(_HUNDREDTH) if converted >= _HUNDREDTH else converted


def _decimal(value: Decimal | None) -> str | None:
    """Canonical: no exponent, no trailing zeros."""
    return None if value is None else f"{value.normalize():f}"
