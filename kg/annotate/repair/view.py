"""A sentence under repair: its tokens, with what has been replaced so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from kg.model import Sentence, Token


class View(list[Token]):
    """The tokens of a document, with one sentence open for repair.

    Earlier repairs show in later ones. A list of its own, as the repairs look at every word often.
    """

    first = last = 0
    _formed: Mapping[str, list[int]] = MappingProxyType({})
    _below: Mapping[int, list[int]] = MappingProxyType({})
    _tagged: Mapping[str, list[int]] = MappingProxyType({})
    _related: Mapping[str, list[int]] = MappingProxyType({})
    _roots: Sequence[int] = ()

    def open(self, sentence: Sentence) -> None:
        """Turns to a sentence: `first` is its first token, `last` the one after its last."""
        self.first, self.last = sentence.first, sentence.last
        formed: dict[str, list[int]] = {}
        for index in self.indices():
            formed.setdefault(self[index].form.lower(), []).append(index)
        self._formed = formed
        self._look()

    def indices(self) -> range:
        return range(self.first, self.last)

    def formed(self, *words: str) -> list[int]:
        """The words with one of the forms (lower case), which no repair changes, in text order."""
        return _joined(self._formed, words)

    def tagged(self, *tags: str) -> list[int]:
        """The words with one of the tags (`xpos`), in text order."""
        return _joined(self._tagged, tags)

    def related(self, *deprels: str) -> list[int]:
        """The words that have one of the relations to their heads, in text order."""
        return _joined(self._related, deprels)

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

    def roots(self) -> list[int]:
        return list(self._roots)

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
        """Notes where the words of the sentence are, by head, tag and relation."""
        below: dict[int, list[int]] = {}
        roots: list[int] = []
        tagged: dict[str, list[int]] = {}
        related: dict[str, list[int]] = {}
        for index in self.indices():
            token = self[index]
            if token.head != index:
                below.setdefault(token.head, []).append(index)
            else:
                roots.append(index)
            tagged.setdefault(token.xpos, []).append(index)
            related.setdefault(token.deprel, []).append(index)
        self._below, self._tagged, self._related, self._roots = below, tagged, related, roots

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


def _joined(places: Mapping[str, list[int]], names: tuple[str, ...]) -> list[int]:
    """The places under all the names, in text order."""
    found = [places[name] for name in names if name in places]
    if len(found) < 2:
        return list(found[0]) if found else []
    return sorted(chain.from_iterable(found))
