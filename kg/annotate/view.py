"""A sentence under repair: its tokens, with what has been replaced so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model import Sentence, Token


class View:
    """One sentence as the repairs see it; earlier repairs show in later ones."""

    def __init__(self, tokens: list[Token], sentence: Sentence) -> None:
        """`tokens` are those of the document; changes are made there."""
        self._tokens = tokens
        self.first, self.last = sentence.first, sentence.last
        self._below: dict[int, list[int]] = self._arcs()

    def __getitem__(self, index: int) -> Token:
        return self._tokens[index]

    def indices(self) -> range:
        return range(self.first, self.last)

    def children(self, head: int, *deprels: str) -> list[int]:
        """The words below a word in text order, all of them or those with one of the relations."""
        below, tokens = self._below.get(head, ()), self._tokens
        return [i for i in below if not deprels or tokens[i].deprel in deprels]

    def roots(self) -> Iterator[int]:
        return (i for i in self.indices() if self[i].head == i)

    def change(self, changed: dict[int, Token]) -> None:
        """Replaces words, unless one of them would be its own ancestor."""
        if not changed:
            return
        before = {index: self._tokens[index] for index in changed}
        self._put(changed)
        if self._is_tree(changed):
            self._below = self._arcs()
        else:
            self._put(before)

    def _put(self, tokens: Mapping[int, Token]) -> None:
        for index, token in tokens.items():
            self._tokens[index] = token

    def _arcs(self) -> dict[int, list[int]]:
        below: dict[int, list[int]] = {}
        for index in self.indices():
            head = self._tokens[index].head
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
