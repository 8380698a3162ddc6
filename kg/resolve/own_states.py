"""What a noun with "the" means where its own sentence speaks of one state alone.

A report that goes on to other things still says "the country" and "the government".
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.resolve.discourse import Discourse
from kg.vocab import is_a, is_one_of

_WINDOW = 40  # mentions
_STATES = ("country", "nation")
_BODIES = ("Government", "GovernmentBody", "Court")
_OWNING = ("amod", "compound", "nmod", "poss")
_NAMING = ("NAM", "ADJ")


class OwnStates:
    """Looks before a phrase in its own sentence."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse

    def state(self, number: int) -> int | None:
        """As in "Malian president Ann Lee said the country was at peace": Mali.

        Whatever states the sentences before have spoken of. Of two, none is told; nor is a state
        meant that somebody goes to from it ("Mali's envoy left for the country").
        """
        discourse = self._discourse
        token = discourse.token(number)
        if discourse.lemma(number) not in _STATES or token.xpos != "NN":
            return None
        if token.deprel == "pobj" and discourse.tokens[token.head].form.lower() == "to":
            return None
        near = self._named(number, ("Country",))
        names = {self._name(each) for each in near}
        return near[0] if len(names) == 1 else None

    def is_one_of_several(self, before: int, number: int) -> bool:
        """As in "X and Y signed a pact. The country ...": either may be meant."""
        if self._discourse.token(number).xpos != "NN":
            return False
        head = self._discourse.mentions[before].head
        joined = self._discourse.index.children(head, "conj")
        if self._discourse.tokens[head].deprel == "conj":
            joined.append(self._discourse.tokens[head].head)
        others = (self._discourse.index.by_head.get(i) for i in joined)
        return any(o is not None and self._discourse.is_any(o, ("Country",)) for o in others)

    def is_elsewhere(self, number: int, before: int, classes: Sequence[str]) -> bool:
        """Whether the sentence speaks of other places or states than what is named `before`.

        As in "the town" where the sentence names another than was "the town" before, and in
        "Peru's minister blamed the government" after one of Chad.
        """
        discourse, kind = self._discourse, self._discourse.mentions[number].type
        if is_one_of(kind, _BODIES):
            return self._is_of_other_state(number, before)
        if not any(is_a(each, "Place") for each in classes):
            return False
        if discourse.distance(number, before) == 0:
            return False
        roots = {discourse.root(each) for each in self._named(number, classes)}
        return bool(roots - {discourse.root(before)})

    def _is_of_other_state(self, number: int, before: int) -> bool:
        own = {self._name(each) for each in self._named(number, ("Country",))}
        root = self._discourse.root(before)
        link = self._discourse.linked.get(root)
        if link is not None and link.entry.country is not None:
            return len(own) == 1 and own != {link.entry.country}
        theirs = {self._name(each) for each in self._owners(root)}
        theirs = theirs or {self._name(each) for each in self._named(root, ("Country",))}
        return len(own) == len(theirs) == 1 and own != theirs

    def _owners(self, number: int) -> list[int]:
        """As "Peruvian" in "the Peruvian government"."""
        index = self._discourse.index
        words = index.children(self._discourse.mentions[number].head, *_OWNING)
        owners = (index.by_head.get(word) for word in words)
        return [i for i in owners if i is not None and self._discourse.is_any(i, ("Country",))]

    def _named(self, number: int, classes: Sequence[str]) -> list[int]:
        """What its sentence names of the classes before a mention."""
        discourse = self._discourse
        sentence = discourse.sentence_of[number]
        return [
            each
            for each in discourse.near(number, _WINDOW)
            if discourse.sentence_of[each] == sentence
            and discourse.mentions[each].level in _NAMING
            and discourse.is_any(each, classes)
        ]

    def _name(self, number: int) -> int | str:
        """What tells one state from another: "Malian" and "Mali" are the same."""
        link = self._discourse.linked.get(number)
        return self._discourse.root(number) if link is None else link.entry.id
