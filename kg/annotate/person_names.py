"""Names of persons that the recogniser cuts in two or takes for those of bodies and places.

Most have a given name, further ones, and two surnames: "Ana Maria Perez Rojas".
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.names import NamedSpan
from kg.annotate.phrases import Phrases
from kg.gazetteer import Gazetteer
from kg.lexicon import given_names
from kg.vocab import is_one_of

LONGEST = 5  # words of a name
SHORTEST = 3  # letters of a given name: "El" is none
_MISTAKEN = ("ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
_SURNAMES = ("PERSON", *_MISTAKEN, "KNOWN", "WEAK")
_STATES = ("Country", "Region")
_INSIDE = ("compound", "nmod", "amod")


def whole_persons(
    spans: Iterable[NamedSpan], phrases: Phrases, gazetteer: Gazetteer
) -> list[NamedSpan]:
    """The spans in text order, those of one person's name joined and labelled so."""
    names = _Names(phrases, gazetteer)
    found: list[NamedSpan] = []
    for span in sorted(spans):
        whole = names.grown(names.labelled(span), found[-1].last if found else 0)
        if found and names.are_one(found[-1], whole):
            whole = NamedSpan(found.pop().first, whole.last, "PERSON")
        found.append(whole)
    return found


class _Names:
    def __init__(self, phrases: Phrases, gazetteer: Gazetteer) -> None:
        self._phrases = phrases
        self._tokens = phrases.tokens
        self._gazetteer = gazetteer

    def labelled(self, span: NamedSpan) -> NamedSpan:
        """As in "Gonzalo Perez Rojas", whatever the recogniser calls it; "Virginia Tech" is none."""
        first, last, label = span
        shaped = 1 < last - first < LONGEST and all(map(self._is_proper, range(first, last)))
        if label not in _MISTAKEN or not shaped or not self._is_called(first):
            return span
        body = self._phrases.class_of(last - 1) or self._tokens[last - 1].xpos == "NNPS"
        listed = self._gazetteer.candidates(self._phrases.text(first, last))
        article = first and self._tokens[first - 1].form.lower() in ("the", "a", "an")
        return span if body or listed or article else NamedSpan(first, last, "PERSON")

    def grown(self, span: NamedSpan, floor: int) -> NamedSpan:
        """With the given names before it that the recogniser overlooked."""
        first, last, label = span
        head = self._phrases.head(first, last)
        while label == "PERSON" and first > floor and self._tokens[first - 1].head == head:
            if not self._is_proper(first - 1) or not self._is_called(first - 1):
                break
            first -= 1
        return NamedSpan(first, last, label)

    def are_one(self, span: NamedSpan, after: NamedSpan) -> bool:
        """As in "Justo Pastor" and "Perez Rojas" right after it, which it belongs to."""
        whole = range(span.first, after.last)
        if span.label != "PERSON" or span.last != after.first or len(whole) > LONGEST:
            return False
        if after.label not in _SURNAMES or not all(map(self._is_proper, whole)):
            return False
        head = self._phrases.head(after.first, after.last)
        joined = all(self._tokens[i].head in whole for i in range(span.first, span.last))
        ends = self._tokens[head].deprel not in _INSIDE and self._phrases.class_of(head) is None
        return joined and ends and (after.label == "PERSON" or self._is_surname(span, after))

    def _is_surname(self, span: NamedSpan, after: NamedSpan) -> bool:
        """A single word that also names a town or a firm, after a given name."""
        known = self._gazetteer.candidates(self._phrases.text(after.first, after.last))
        state = any(is_one_of(entry.type, _STATES) for entry in known)
        return after.last - after.first == 1 and not state and self._is_called(span.first)

    def _is_called(self, index: int) -> bool:
        """Whether a given name stands here that is no title ("Major") and that no place bears."""
        form = self._tokens[index].form
        title = form.lower() in self._phrases.classes or len(form) < SHORTEST
        return form in given_names() and not title and not self._gazetteer.candidates(form)

    def _is_proper(self, index: int) -> bool:
        token = self._tokens[index]
        return token.xpos == "NNP" and token.form.isalpha() and token.form.istitle()
