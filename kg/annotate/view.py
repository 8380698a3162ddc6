"""A sentence under repair: its tokens, with what has been replaced so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from kg.model import Sentence, Token


class View(list[Token]):
    """The tokens of a document, with one sentence open for repair.

    Earlier repairs show in later ones. A list of its own, as the repairs look at every word often.
    """

    first = last = 0
    _below: Mapping[int, list[int]] = MappingProxyType({})

    def open(self, sentence: Sentence) -> None:
        """Turns to a sentence: `first` is its first token, `last` the one after its last."""
        self.first, self.last = sentence.first, sentence.last
        self._below = self._arcs()

    def indices(self) -> range:
        return range(self.first, self.last)

    def children(self, head: int, *deprels: str) -> list[int]:
        """The words below a word in text order, all of them or those with one of the relations."""
        below = self._below.get(head)
        if below is None:
            return []
        return [i for i in below if self[i].deprel in deprels] if deprels else list(below)

    def roots(self) -> Iterator[int]:
        return (i for i in self.indices() if self[i].head == i)

    def change(self, changed: dict[int, Token]) -> None:
        """Replaces words, unless one of them would be its own ancestor."""
        if not changed:
            return
        before = {index: self[index] for index in changed}
        self._put(changed)
        if self._is_tree(changed):
            self._below = self._arcs()
        else:
            self._put(before)

    def _put(self, tokens: Mapping[int, Token]) -> None:
        for index, token in tokens.items():
            self[index] = token

    def _arcs(self) -> dict[int, list[int]]:
        below: dict[int, list[int]] = {}
        for index in self.indices():
            head = self[index].head
            if head != index:
                below.setdefault(head, []).append(index)
        return below

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
