"""A sentence's dependency tree with the questions that the clause engine asks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Sentence, Span, Token

RELATIVIZERS = frozenset(("who", "which", "that", "whom", "whose", "where"))
_NOUN_POS = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_FINITE = frozenset(("VBZ", "VBP", "VBD", "MD"))
_CLAUSES = frozenset(("relcl", "acl", "advcl", "ccomp", "parataxis"))


class Tree:
    """Tokens `first..last` of a document; indices are the document's own."""

    def __init__(
        self, tokens: Sequence[Token], sentence: Sentence, names: Mapping[int, int]
    ) -> None:
        """`names` gives the number of the name that a token belongs to."""
        self.tokens = tokens
        self.sentence = sentence
        self._names = names
        self.forms = frozenset(tokens[index].form.lower() for index in self.indices())
        self._lemmas = [tokens[index].lemma.lower() for index in self.indices()]
        self._children: dict[int, list[int]] = {}
        self._related: dict[int, dict[str, list[int]]] = {}
        for index in self.indices():
            token = tokens[index]
            if token.head != index:
                self._children.setdefault(token.head, []).append(index)
                related = self._related.setdefault(token.head, {})
                related.setdefault(token.deprel, []).append(index)
        self.negated = any("neg" in related for related in self._related.values())

    def indices(self) -> range:
        return range(self.sentence.first, self.sentence.last)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def children(self, index: int, *deprels: str) -> Sequence[int]:
        """Dependents in text order, all of them or those with one of the given relations."""
        related = self._related.get(index)
        if related is None:
            return ()
        if len(deprels) == 1:
            return related.get(deprels[0], ())
        found, tokens = self._children[index], self.tokens
        if not deprels:
            return found
        if related.keys().isdisjoint(deprels):
            return ()
        return [i for i in found if tokens[i].deprel in deprels]

    def child(self, index: int, *deprels: str) -> int | None:
        found = self.children(index, *deprels)
        return found[0] if found else None

    def head(self, index: int) -> int | None:
        head = self.tokens[index].head
        return None if head == index else head

    def ancestors(self, index: int) -> Iterator[int]:
        """Governors from the nearest to the root."""
        head = self.head(index)
        while head is not None:
            yield head
            head = self.head(head)

    def lemma(self, index: int) -> str:
        return self._lemmas[index - self.sentence.first]

    def is_people(self, index: int) -> bool:
        """As "Muslims", "Russians": a name that a clause may narrow, unlike "the Maldives"."""
        token = self.tokens[index]
        plural = token.xpos == "NNPS" and token.form.istitle()
        return plural and not self.children(index, "det", "compound")

    def is_noun(self, index: int) -> bool:
        return self.tokens[index].upos in _NOUN_POS

    def is_verb(self, index: int) -> bool:
        token = self.tokens[index]
        return token.upos in ("VERB", "AUX") and token.deprel not in ("aux", "auxpass")

    def conjuncts(self, index: int) -> list[int]:
        """The word and everything coordinated after it, in text order."""
        found = [index]
        for other in self.children(index, "conj", "appos"):
            joined = self.tokens[other].deprel == "conj" or self._is_listed(index, other)
            if joined and not self.one_name(index, other):
                found.extend(self.conjuncts(other))
        return found

    def _is_listed(self, index: int, apposed: int) -> bool:
        """As in "two soldiers, a driver and a girl were hurt": no comma closes an apposition.

        The parser takes the second of a list for what is said of the first.
        """
        inside = self.subtree(apposed)
        counted = bool(self.children(apposed, "det", "nummod"))
        counted = counted and self.tokens[index].upos == "NOUN"
        joined = bool(self.children(apposed, "cc")) and not self.children(index, "cc")
        after = inside[-1] + 1
        acting = after < self.sentence.last and self.tokens[after].xpos in _FINITE
        return counted and joined and acting and self.tokens[inside[0] - 1].form == ","

    def one_name(self, index: int, other: int) -> bool:
        """Whether two words belong to the same name ("Islamic State of Iraq and the Levant")."""
        name = self._names.get(index)
        return name is not None and name == self._names.get(other)

    def is_in_name(self, index: int) -> bool:
        """Whether the word belongs to a known or recognised name."""
        return index in self._names

    def first_conjunct(self, index: int) -> int:
        """The head of a coordination that the word belongs to."""
        while self.tokens[index].deprel == "conj":
            head = self.tokens[index].head
            if self.is_noun(head) != self.is_noun(index):
                break
            index = head
        return index

    def subtree(self, index: int) -> list[int]:
        found = [index]
        for above in found:
            found += self._children.get(above, ())
        return sorted(found)

    def phrase(self, index: int) -> tuple[int, int]:
        """First and last token of a noun phrase without its clauses and coordinations."""
        inside = [index]
        queue = [index]
        while queue:
            for child in self._children.get(queue.pop(), ()):
                token = self.tokens[child]
                if token.deprel in _CLAUSES or token.deprel in ("conj", "cc", "punct", "appos"):
                    continue
                inside.append(child)
                queue.append(child)
        return min(inside), max(inside)

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last].end)

    def token_span(self, index: int) -> Span:
        return Span(self.tokens[index].start, self.tokens[index].end)

    def is_cleft(self, clause: int) -> bool:
        """As in "it was the army that withdrew": the whole of what is said, and no aside."""
        noun = self[clause].head
        verb = self[noun].head
        told = self[clause].deprel == "relcl" and self[noun].deprel == "attr"
        subjects = [self[i].form.lower() for i in self.children(verb, "nsubj", "expl")]
        return told and self.lemma(verb) == "be" and subjects == ["it"]
