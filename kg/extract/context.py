"""What a sentence offers to the matcher besides its syntax: mentions and event nouns by token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Filler, Mention, Span
from kg.vocab import is_a

_CONFUSED = ("Organization", "PopulatedPlace", "Materiel", "EventSeries")
_PERSONS = ("he", "she", "him", "his", "her", "hers")
_NOBODY = ("one", "nobody", "none", "anyone", "someone", "somebody")


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence: its tree, its mentions by head token, its propositions by token."""

    tree: Tree
    lexicon: Lexicon
    mentions: Sequence[Mention]
    by_head: dict[int, int]
    propositions: dict[int, Proposition]

    def mention(self, head: int) -> Mention | None:
        index = self.by_head.get(head)
        return None if index is None else self.mentions[index]

    def type_of(self, head: int) -> str | None:
        """Class of the filler: None for a literal, "Entity" for a name of unknown kind."""
        mention = self.mention(head)
        return mention.type if mention else None

    def is_open(self, head: int) -> bool:
        """A pronoun or a name of unknown kind: it may be anything."""
        mention = self.mention(head)
        if mention is None:
            return self.tree.lemma(head) in _NOBODY
        return mention.level == "PRO" or (mention.level == "NAM" and mention.type == "Entity")

    def is_event(self, head: int) -> bool:
        proposition = self.propositions.get(head)
        return proposition is not None and proposition.kind == "noun"

    def fits(self, head: int, kinds: Sequence[str]) -> bool:
        """Whether the filler is of one of the classes, or headed by one of the (lower case) nouns.

        "-Company" excludes a class below an admitted one.
        """
        type_ = self.type_of(head)
        if self.tree[head].form.lower() in _PERSONS:
            return any(kind[0].isupper() and is_a("Person", kind) for kind in kinds)
        excluded = any(k[0] == "-" and is_a(type_ or "Entity", k[1:]) for k in kinds)
        if excluded or self._is_lawsuit(head):
            return False
        for kind in kinds:
            if kind[0] == "-":
                continue
            if kind[0].isupper():
                if type_ is not None and is_a(type_, kind):
                    return True
            elif self.has_head(head, kind):
                return True
        if "PersonGroup" in kinds and type_ is None and self._is_counted(head):
            return True
        if "Person" in kinds and self._is_unlisted_name(head):
            return True
        return self.is_open(head) and any(kind[0].isupper() for kind in kinds)

    def _is_lawsuit(self, head: int) -> bool:
        """As in "dismissed Doe v. Roe": the name of a case is none of its parties."""
        beside = range(max(head - 2, self.tree.sentence.first), head + 2)
        return any(
            i < self.tree.sentence.last and self.tree[i].form in ("v.", "vs.") for i in beside
        )

    def _is_unlisted_name(self, head: int) -> bool:
        """A name that nobody listed; the recogniser often takes foreign people for bodies."""
        mention = self.mention(head)
        return (
            mention is not None
            and mention.level == "NAM"
            and not mention.candidates
            and (mention.type in _CONFUSED)
        )

    def _is_counted(self, head: int) -> bool:
        """A counted plural of no known kind: who is killed or held in numbers is people."""
        tree = self.tree
        return tree[head].xpos == "NNS" and tree.child(head, "nummod") is not None

    def has_head(self, head: int, noun: str) -> bool:
        """Whether the phrase ends in this noun or compound ("cruise missile")."""
        words = noun.split()
        if self.tree.lemma(head) != words[-1]:
            return False
        first = head - len(words) + 1
        if first < self.tree.sentence.first:
            return False
        before = [self.tree.lemma(index) for index in range(first, head)]
        return before == words[:-1]

    def filler(self, head: int) -> Filler:
        """The mention headed there, else the literal noun phrase."""
        index = self.by_head.get(head)
        if index is not None:
            return Filler(self.mentions[index].span, mention=index)
        first, last = self.tree.phrase(head)
        return Filler(self.tree.span(first, last))

    def phrase_span(self, head: int) -> Span:
        first, last = self.tree.phrase(head)
        return self.tree.span(first, last)
