"""A sentence under repair: its tokens, with what has been replaced so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Sentence, Token


class View:
    """One sentence as the repairs see it; earlier repairs show in later ones."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence) -> None:
        self._tokens = tokens
        self.first, self.last = sentence.first, sentence.last
        self.changed: dict[int, Token] = {}
        self._below: dict[int, list[int]] = self._arcs()

    def __getitem__(self, index: int) -> Token:
        return self.changed.get(index) or self._tokens[index]

    def indices(self) -> range:
        return range(self.first, self.last)

    def children(self, head: int, *deprels: str) -> list[int]:
        """The words below a word in text order, all of them or those with one of the relations."""
        below = self._below.get(head, ())
        return [i for i in below if not deprels or self[i].deprel in deprels]

    def roots(self) -> Iterator[int]:
        return (i for i in self.indices() if self[i].head == i)

    def change(self, changed: dict[int, Token]) -> None:
        """Replaces words, unless one of them would be its own ancestor."""
        if not changed:
            return
        before = self.changed
        self.changed = {**before, **changed}
        if self._is_tree():
            self._below = self._arcs()
        else:
            self.changed = before

    def _arcs(self) -> dict[int, list[int]]:
        below: dict[int, list[int]] = {}
        for index in self.indices():
            head = self[index].head
            if head != index:
                below.setdefault(head, []).append(index)
        return below

    def _is_tree(self) -> bool:
        """Whether every changed word still leads up to a root."""
        for index in self.changed:
            above = self[index].head
            for _ in self.indices():
                if self[above].head == above:
                    break
                above = self[above].head
            else:
                return False
        return True
