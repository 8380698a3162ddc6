"""Repair of names with hyphens, whose parts the parser hangs on other words: "Port-au-Prince"."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from kg.annotate.naming import NamedSpan
from kg.model import Sentence, Token

_PARTS = 3  # a name with a hyphen has at least so many tokens


def join_hyphened(
    tokens: list[Token], names: Iterable[NamedSpan], sentences: Iterable[Sentence]
) -> None:
    """Hangs a torn name on its last word, which takes the place of the name, in place."""
    torn = [
        (name.first, name.last - 1)
        for name in names
        if name.last - name.first >= _PARTS and _is_torn(tokens, name.first, name.last - 1)
    ]
    for first, head in torn:
        sentence = next(each for each in sentences if each.first <= first < each.last)
        _join(tokens, range(first, head + 1), sentence)


def _is_torn(tokens: list[Token], first: int, last: int) -> bool:
    inside = range(first, last + 1)
    hyphened = any(tokens[i].form == "-" for i in inside)
    return hyphened and sum(_is_loose(tokens[i], i, inside) for i in inside) > 1


def _is_loose(token: Token, index: int, inside: range) -> bool:
    return token.head not in inside or token.head == index


def _ancestors(tokens: list[Token], index: int) -> set[int]:
    """The words above a word; none above the head of the sentence."""
    found: set[int] = set()
    while tokens[index].head != index and tokens[index].head not in found:
        index = tokens[index].head
        found.add(index)
    return found


def _join(tokens: list[Token], inside: range, sentence: Sentence) -> None:
    head = inside[-1]
    # What one part hangs on may hang on another: above the highest there is none of them.
    top = next(tokens[i] for i in inside if _ancestors(tokens, i).isdisjoint(inside))
    above = head if top.head in inside else top.head
    for index in range(sentence.first, sentence.last):
        token = tokens[index]
        if index == head:
            place = replace(token, head=above, deprel=top.deprel, upos="PROPN", xpos="NNP")
            tokens[index] = place
        elif index in inside:
            mark = token.form == "-"
            kept = token if mark else replace(token, upos="PROPN", xpos="NNP")
            tokens[index] = replace(kept, head=head, deprel="punct" if mark else "compound")
        elif token.head in inside:
            tokens[index] = replace(token, head=head)
