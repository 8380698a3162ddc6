"""Who holds an office: "the president" of a report that began with "President X".

An office goes to whom the text gives it, by title, apposition or the same words before; only
without any such holder to a person who stands out. A name within a quotation introduces nobody,
salience outranks recency (Lappin and Leass 1994), and two who stand out alike leave it open.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kg.model import Mention
from kg.resolve.discourse import Discourse, Tie
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex

UNTOLD = "somebody who stands out"
_TITLES = ("compound", "nmod", "appos")
_WINDOW = 60
_MENTION = 0.5  # points for each mention before, at most so many
_MOST = 6
_SUBJECT = 1.0
_SENTENCE = 0.4  # for each sentence since the last mention
_CLEAR = 0.5
_CLEAR_UNTOLD = 1.5  # where the text gives the office to nobody


class Offices:
    """The pass that ties offices to who holds them."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._mentions = discourse.mentions
        self._index: PhraseIndex = discourse.index

    def holders(self) -> Iterator[Tie]:
        """Ties of definite phrases, in text order, as each may be what the next goes on from."""
        for number, mention in enumerate(self._mentions):
            if mention.level != "NOM" or number in self._discourse.ties:
                continue
            if self.is_open(number):
                yield from self._holder(number)
            elif self._is_of_state(number):
                yield from self._holder_in_state(number)

    def bars(self, number: int) -> bool:
        """Whether an office or a command tells who is meant, rather than who came last."""
        return self.is_open(number) or self._is_commanded(number)

    def _is_commanded(self, number: int) -> bool:
        """As in "the president has ordered the navy to sail": his own, whoever's was named last."""
        token, index = self._discourse.token(number), self._mentions[number].head
        if not self._discourse.is_any(number, ("MilitaryOrganization",)):
            return False
        verb = token.head
        if token.deprel == "nsubj" and self._index.tokens[verb].deprel in ("ccomp", "xcomp"):
            verb = self._index.tokens[verb].head
        elif token.deprel != "dobj":
            return False
        orders = self._index.tokens[verb].lemma in coreference_rules().commanding and verb < index
        while self._index.tokens[verb].deprel == "conj" and not self._index.children(verb, "nsubj"):
            verb = self._index.tokens[verb].head
        doers = (self._index.by_head.get(i) for i in self._index.children(verb, "nsubj"))
        leaders = ("Person", "Government", "Country")
        return orders and any(i is not None and self._discourse.is_any(i, leaders) for i in doers)

    def _is_of_state(self, number: int) -> bool:
        """As in "the Kenyan president", "Kenya's foreign minister"."""
        mention, discourse = self._mentions[number], self._discourse
        named = discourse.lemma(number) in coreference_rules().offices
        if not named or discourse.token(number).xpos != "NN" or not self._states(number):
            return False
        if self._index.children(mention.head, "acl", "relcl", "nummod", "appos"):
            return False
        owned = self._index.children(mention.head, "poss")
        return bool(owned) or self._index.determiner(mention) in ("the", "this", "that")

    def _states(self, number: int) -> frozenset[str]:
        """The known states that a phrase or a title says somebody to be of."""
        owners = set(self._index.owners(self._mentions[number]))
        for title in self._index.children(self._mentions[number].head, *_TITLES):
            beside = (*self._index.children(title, "amod", "poss", "nmod", "compound"), title - 1)
            owners.update(self._index.by_head[i] for i in beside if i in self._index.by_head)
        return frozenset(
            state
            for owner in owners
            if self._mentions[owner].level in ("ADJ", "NAM") and owner != number
            for state in self._mentions[owner].candidates
        )

    def _holder_in_state(self, number: int) -> Iterator[Tie]:
        """To the only one who is called so of that state; "the president" alone is said of many."""
        states, told = self._states(number), self._described(number)
        found = {
            self._discourse.root(each): each
            for each in self._discourse.near(number, _WINDOW)
            if self._may_hold(each, number)
            and self._is_told(each, self._discourse.lemma(number))
            and self._states(each) == states
            and told <= self._described(each)
            and self._mentions[self._discourse.root(each)].level == "NAM"
        }
        if len(found) == 1:
            yield Tie(number, next(iter(found.values())), "office")

    def _described(self, number: int) -> frozenset[str]:
        """What an office is called beside its noun and state: "foreign", "prime"."""
        index, head = self._index, self._mentions[number].head
        titles = index.children(head, *_TITLES) if self._mentions[number].level == "NAM" else []
        words = index.children(head, *_TITLES, "amod")
        words += [i for title in titles for i in index.children(title, *_TITLES, "amod")]
        named = (self._index.by_head.get(i) for i in words)
        lands = {self._mentions[n].head for n in named if n is not None}
        return frozenset(self._discourse.tokens[i].lemma.lower() for i in words if i not in lands)

    def is_open(self, number: int) -> bool:
        """Whether a phrase is an office in the singular of which no more is said."""
        mention, discourse = self._mentions[number], self._discourse
        named = discourse.lemma(number) in coreference_rules().offices
        if not named or number in discourse.things or discourse.token(number).xpos != "NN":
            return False
        if self._index.determiner(mention) not in ("the", "this", "that"):
            return False
        if self._discourse.tokens[mention.head - 1].form == "-":
            return False  # "the secretary-general" is no general
        told = self._index.children(mention.head, "prep", "acl", "poss", "nummod", "compound")
        told += self._index.children(mention.head, "amod", "relcl", "appos")
        return not told and not list(self._index.owners(mention))

    def _holder(self, number: int) -> Iterator[Tie]:
        others = {self._discourse.root(each) for each in self._discourse.others(number)}
        others.add(self._discourse.voice(number))  # who speaks does not call herself "the mayor"
        near = [
            each
            for each in self._discourse.near(number, _WINDOW)
            if self._discourse.root(each) not in others and self._may_hold(each, number)
        ]
        dead = {self._discourse.root(n) for n in near if self._has_died(n)}
        if self._acts(number):  # "President X was killed. The president ordered": his successor
            near = [n for n in near if self._discourse.root(n) not in dead]
        told = [n for n in near if self._is_told(n, self._discourse.lemma(number))]
        told = [n for n in told if self._is_somebody(n)] or told  # not "the Russian president"
        named = [n for n in near if self._mentions[n].level == "NAM" and not self._titles[n]]
        left = {self._discourse.root(n) for n in near if self._has_left(n)}
        named = [n for n in named if self._discourse.root(n) not in left]
        named = [n for n in named if not self._is_owner_beside(n, number)]
        other = {self._discourse.root(n) for n in near if self._is_held_or_else(n)}
        named = [n for n in named if self._discourse.root(n) not in other]
        found = self._outstanding(told or named, number, _CLEAR if told else _CLEAR_UNTOLD)
        if found is not None:
            yield Tie(number, found, "office" if told else UNTOLD)

    def _is_held_or_else(self, before: int) -> bool:
        """As in "X was arrested. The mayor ...", "X, a banker, ...": rather somebody else."""
        token, index = self._discourse.token(before), self._mentions[before].head
        verb = self._discourse.tokens[token.head]
        if token.deprel in ("nsubjpass", "dobj") and verb.lemma in coreference_rules().prosecuting:
            return True
        beside = (self._index.by_head.get(i) for i in self._index.children(index, "appos"))
        callings = [n for n in beside if n is not None and self._mentions[n].level == "NOM"]
        callings = [n for n in callings if self._discourse.is_any(n, ("Person",))]
        offices = coreference_rules().offices
        return bool(callings) and all(self._discourse.lemma(n) not in offices for n in callings)

    def _is_owner_beside(self, before: int, number: int) -> bool:
        """As X in "X's men shot the governor"."""
        owner, noun = self._discourse.token(before), self._discourse.token(number)
        return owner.deprel == "poss" and self._discourse.tokens[owner.head].head == noun.head

    def _acts(self, number: int) -> bool:
        """Whether the holder does something, and had not done it long before."""
        token, tokens = self._discourse.token(number), self._discourse.tokens
        helpers = (tokens[i].form.lower() for i in self._index.children(token.head, "aux"))
        return token.deprel == "nsubj" and "had" not in helpers

    def _has_died(self, before: int) -> bool:
        """As in "President X was assassinated"; not so "was nearly killed", "may have died"."""
        token = self._discourse.token(before)
        verb = self._discourse.tokens[token.head]
        part = {"die": "nsubj"}.get(verb.lemma, "nsubjpass")
        if verb.lemma not in coreference_rules().fatal or token.deprel not in (part, "dobj"):
            return False
        helpers = [self._discourse.tokens[i] for i in self._index.children(token.head, "aux")]
        open_ = self._index.children(token.head, "neg", "advmod")
        return not open_ and not any(each.xpos in ("MD", "TO") for each in helpers)

    def _may_hold(self, before: int, number: int) -> bool:
        discourse, mention = self._discourse, self._mentions[before]
        quoted = discourse.quoted.get(mention.head)
        own = discourse.quoted.get(self._mentions[number].head)
        person = mention.level in ("NAM", "NOM") and discourse.is_any(before, ("Person",))
        other = quoted is not None and quoted != own
        return person and not other

    def _is_told(self, before: int, noun: str) -> bool:
        """Whether the text gives somebody the office: "President X", "X, the president of Y"."""
        if self._mentions[before].level == "NAM":
            return noun in self._titles[before]
        words = set(self._index.modifiers(self._mentions[before]))
        held = not words & coreference_rules().out_of_office
        return held and self._discourse.lemma(before) == noun

    def _is_somebody(self, before: int) -> bool:
        """Named, or called by the bare office already."""
        root = self._discourse.root(before)
        return self._mentions[root].level == "NAM" or self.is_open(root)

    @cached_property
    def _titles(self) -> list[frozenset[str]]:
        """By mention, the offices that stand before a name and are not said to be over."""
        return [self._titles_of(mention) for mention in self._mentions]

    def _titles_of(self, mention: Mention) -> frozenset[str]:
        if mention.level != "NAM":
            return frozenset()
        rules, tokens = coreference_rules(), self._discourse.tokens
        before = self._index.children(mention.head, *_TITLES, "amod")
        before = [i for i in before if not self._is_over(i)]
        words = {tokens[i].form.lower() for i in before}
        parts = {part for word in words for part in word.split("-")}
        return frozenset() if parts & rules.out_of_office else frozenset(parts & rules.offices)

    def _has_left(self, before: int) -> bool:
        """Whether a name is that of "a former president", who is none any more."""
        beside = self._index.children(self._mentions[before].head, *_TITLES)
        return any(self._is_over(office) for office in beside)

    def _is_over(self, office: int) -> bool:
        """As in "X, a former president"."""
        words = self._index.children(office, "amod", "compound")
        over = coreference_rules().out_of_office
        return any(self._discourse.tokens[i].form.lower() in over for i in words)

    def _outstanding(self, found: list[int], number: int, clear: float) -> int | None:
        """The last mention of the one who stands out among those found."""
        last = {self._discourse.root(each): each for each in found}
        ranked = sorted((-self._standing(each, number), -each) for each in last.values())
        if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < clear):
            return None
        return -ranked[0][1]

    def _standing(self, last: int, number: int) -> float:
        discourse, root = self._discourse, self._discourse.root(last)
        same = [n for n in discourse.near(number, _WINDOW) if discourse.root(n) == root]
        points = _MENTION * min(len(same), _MOST) - _SENTENCE * discourse.distance(last, number)
        return points + _SUBJECT * any(discourse.is_subject(each) for each in same)
