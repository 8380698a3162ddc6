"""A sentence under repair: its tokens, with what has been replaced so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from msgspec.structs import replace

from kg.model import Sentence, Token

ROOTS = "/"
"""The place of the words that hang on no other."""


class View(list[Token]):
    """The tokens of a document, with one sentence open for repair.

    Earlier repairs show in later ones. A list of its own, as the repairs look at every word often.

    Words are found by what they share, their "places": a tag ("VBG"), a relation ("nsubj"), both
    ("VBG acl"), a relation with that of the head ("prep < dobj"), a form (see `form_place`),
    `ROOTS`.
    """

    first = last = 0
    places: Mapping[str, list[int]] = MappingProxyType({})
    _below: Mapping[int, list[int]] = MappingProxyType({})
    _forms: Mapping[str, list[int]] = MappingProxyType({})
    _found: dict[tuple[str, ...], Sequence[int]]
    """What many repairs ask for, until a word changes."""

    def open(self, sentence: Sentence) -> None:
        """Turns to a sentence: `first` is its first token, `last` the one after its last."""
        self.first, self.last = sentence.first, sentence.last
        forms: dict[str, list[int]] = {}
        for index in self.indices():
            forms.setdefault(form_place(self[index].form.lower()), []).append(index)
        self._forms = forms
        self._look()

    def indices(self) -> range:
        return range(self.first, self.last)

    def at(self, places: tuple[str, ...]) -> Sequence[int]:
        """The words that stand in one of the places, in text order."""
        found = self._found.get(places)
        if found is None:
            parts = [self.places[place] for place in places if place in self.places]
            found = parts[0] if len(parts) == 1 else sorted(chain.from_iterable(parts))
            self._found[places] = found
        return found

    def children(self, head: int, *deprels: str) -> list[int]:
        """The words below a word in text order, all of them or those with one of the relations."""
        below = self._below.get(head)
        if below is None:
            return []
        return [i for i in below if self[i].deprel in deprels] if deprels else list(below)

    def is_below(self, index: int, above: int) -> bool:
        """Whether the word is the one above or hangs on it, however far down."""
        while index != above and self[index].head != index:
            index = self[index].head
        return index == above

    def hung(
        self, indices: Iterable[int], head: int, deprel: str | None = None
    ) -> Iterator[tuple[int, Token]]:
        """The words as they hang on a head then, by their own relations if none is told."""
        for index in indices:
            token = self[index]
            yield index, replace(token, head=head, deprel=deprel or token.deprel)

    def change(self, changed: dict[int, Token]) -> None:
        """Replaces words, unless one of them would be its own ancestor."""
        if not changed:
            return
        before = {index: self[index] for index in changed}
        self._put(changed)
        if self._is_tree(changed):
            self._look()
        else:
            self._put(before)

    def _put(self, tokens: Mapping[int, Token]) -> None:
        for index, token in tokens.items():
            self[index] = token

    def _look(self) -> None:
        """Notes where the words of the sentence are."""
        below: dict[int, list[int]] = {}
        places = dict(self._forms)
        for index in self.indices():
            token = self[index]
            if token.head != index:
                below.setdefault(token.head, []).append(index)
            else:
                places.setdefault(ROOTS, []).append(index)
            places.setdefault(token.xpos, []).append(index)
            places.setdefault(token.deprel, []).append(index)
            places.setdefault(f"{token.xpos} {token.deprel}", []).append(index)
            below_place = f"{token.deprel} < {self[token.head].deprel}"
            places.setdefault(below_place, []).append(index)
        self._below, self.places, self._found = below, places, {}

    def _is_tree(self, changed: Iterable[int]) -> bool:
        """Whether every changed word still leads up to a root."""
        for index in changed:
            above = self[index].head
            for _ in self.indices():
                if self[above].head == above:
                    break
                above = self[above].head
            else:
                return False
        return True


def form_place(form: str) -> str:
    """The place of the words with a form, in lower case; tags and relations have no such mark."""
    return f"={form}"
