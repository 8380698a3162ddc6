"""One sentence's parse as the repairs see it: tokens, and those that repairs have replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Sentence, Token


class ParseView:
    """Earlier repairs show in later ones."""

    def __init__(self, tokens: Sequence[Token], sentence: Sentence) -> None:
        self._tokens = tokens
        self.first, self.last = sentence.first, sentence.last
        self.changed: dict[int, Token] = {}

    def __getitem__(self, index: int) -> Token:
        return self.changed.get(index) or self._tokens[index]

    def indices(self) -> range:
        return range(self.first, self.last)

    def children(self, head: int, *deprels: str) -> list[int]:
        return [
            i
            for i in self.indices()
            if self[i].head == head and i != head and (not deprels or self[i].deprel in deprels)
        ]

    def roots(self) -> Iterator[int]:
        return (i for i in self.indices() if self[i].head == i)

    def is_tree(self) -> bool:
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
