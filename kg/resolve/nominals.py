"""Definite noun phrases: the same words again, or the last fitting thing named before.

Heads must match in number and the later phrase may add no modifier (strict head match, Lee et al.
2013); a class may also take up a name ("the region").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from kg.model import Mention, Token
from kg.resolve.discourse import Discourse, Tie, is_way
from kg.resolve.offices import Offices
from kg.resolve.own_states import OwnStates
from kg.resolve.rules import coreference_rules
from kg.vocab import is_a

_DEFINITE = ("the", "this", "that", "these", "those")
_AROUND = 40  # mentions
_OFTEN = 3  # times that a state is named to be what the report is about
_MANY = ("ArmedForce", "ArmedGroup", "MilitaryUnit", "Person", "PersonGroup")
_NEXT = 2  # sentences
_OWNING = ("compound", "nmod", "poss", "amod")
_DIRECTIONS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
_POINTING = ("latter", "former")
_NEW = ("a", "an", "another", "no", "any", "each", "every", "some")
_REPEATED = ("Company", "Vessel", "PoliticalParty", "NewsAgency", "InternationalOrganization")


class Nominals:
    """The passes that tie noun phrases."""

    def __init__(self, discourse: Discourse, speaking: Collection[str]) -> None:
        """`speaking` are the lemmas of verbs whose subject speaks."""
        self._discourse = discourse
        self._speaking = speaking
        self._mentions = discourse.mentions
        self._index = discourse.index
        self._tokens = discourse.tokens
        self._offices = Offices(discourse)
        self._own = OwnStates(discourse)

    @property
    def passes(self) -> tuple[Callable[[], Iterator[Tie]], ...]:
        return (self._offices.holders, self._repeated, self._definites)

    def _repeated(self) -> Iterator[Tie]:
        """The same definite phrase in the same words: "the militia", "the team's coach".

        A thing may also stand without an article ("salt"), if no more is said of it.
        """
        first: dict[tuple[str, str, bool, bool], int] = {}
        wholes: dict[str, set[str]] = {}
        for number, mention in enumerate(self._mentions):
            thing = number in self._discourse.things
            if mention.level != "NOM" or self._index.children(mention.head, "nummod"):
                continue
            if self._is_inside(number) and not thing:
                continue
            determiner = self._index.determiner(mention)
            words = self._discourse.text(mention).lower().removeprefix(f"{determiner} ")
            bare = thing and determiner is None and not self._is_complemented(mention)
            whole = self._whole(mention)
            wholes.setdefault(words, set()).update(filter(None, (whole,)))
            several = not whole and len(wholes[words]) > 1
            again = (self._is_again(number, determiner) or bare) and not several
            known = first.get((words, whole, bare, thing)) if again else None
            if known is not None and not self._own.is_elsewhere(number, known, self._meant(number)):
                yield Tie(number, known, "same phrase")
            # "Army says" stands above a report of "Sudan's army": which is "the army" then
            titled = determiner is None and self._discourse.is_in_title(number)
            if determiner not in _NEW and not titled:
                for kind in (True, False) if bare else (False,):
                    first.setdefault((words, whole, kind, thing), number)
                    first.setdefault((words, "", kind, thing), number)

    def owned(self) -> Iterator[Tie]:
        """As in "his wife ... his wife", "Anna's mother ... her mother": what somebody has.

        Asked when it is known whom the pronouns mean. No more may be said of the later one.
        """
        last: dict[tuple[int, str, str], int] = {}
        for number, mention in enumerate(self._mentions):
            owner = self._owner(mention) if mention.level == "NOM" else None
            if owner is None:
                continue
            key = (owner, self._discourse.lemma(number), self._discourse.token(number).xpos)
            before = last.get(key)
            if before is not None and self._described(number) <= self._described(before):
                yield Tie(number, before, "same owner")
            last[key] = number

    def _owner(self, mention: Mention) -> int | None:
        """Whose it is, if that is known to be somebody."""
        if self._index.children(mention.head, "nummod"):
            return None
        for child in self._index.children(mention.head, "poss"):
            owner = self._index.by_head.get(child)
            if owner is not None:
                return self._discourse.root(owner)
        return None

    def copulas(self) -> Iterator[Tie]:
        """As in "homeopathy is a form of medicine": what somebody or something is said to be."""
        for number, mention in enumerate(self._mentions):
            token = self._discourse.token(number)
            if token.deprel != "attr" or mention.level != "NOM":
                continue
            subject = self._subject(token.head)
            if subject is not None and subject < number and self._may_be(number, subject):
                yield Tie(number, subject, "is said to be")

    def _subject(self, verb: int) -> int | None:
        """Of a plain "is" or "was": no denial, no "may", no question."""
        if self._tokens[verb].lemma != "be" or self._index.children(verb, "neg", "aux", "mark"):
            return None
        subjects = self._index.children(verb, "nsubj")
        return self._index.by_head.get(subjects[0]) if len(subjects) == 1 else None

    def _may_be(self, number: int, subject: int) -> bool:
        discourse = self._discourse
        if discourse.is_question(number) or not discourse.agree(number, subject):
            return False
        if self._index.determiner(self._mentions[number]) not in ("a", "an", "the"):
            return False
        if self._mentions[subject].level == "PRO":  # "it" is too often the whole matter
            return subject in discourse.ties and discourse.is_any(subject, ("Person",))
        return discourse.token(subject).xpos in ("NN", "NNP")

    def _is_again(self, number: int, determiner: str | None) -> bool:
        """Whether the phrase is definite, and a thing not told apart by what follows it."""
        mention = self._mentions[number]
        if number in self._discourse.things and self._is_complemented(mention):
            return False
        owners = self._index.children(mention.head, "poss")
        owned = any(self._tokens[owner].xpos != "PRP$" for owner in owners)
        return owned or determiner in _DEFINITE

    def _whole(self, mention: Mention) -> str:
        """As in "the government of Turkey", which is not that of Syria."""
        below = self._index.children(mention.head, "prep")
        of = (p for p in below if self._tokens[p].lemma.lower() == "of")
        return " ".join(self._tokens[i].form for p in of for i in self._index.children(p, "pobj"))

    def _is_complemented(self, mention: Mention) -> bool:
        return bool(self._index.children(mention.head, "prep", "acl", "relcl"))

    def _definites(self) -> Iterator[Tie]:
        """As in "the region", "these fighters": the last fitting thing named before."""
        apart = frozenset(coreference_rules().contrasting)
        for number, mention in enumerate(self._mentions):
            if mention.level != "NOM" or number in self._discourse.ties:
                continue
            definite = self._index.determiner(mention) in _DEFINITE or self._is_inside(number)
            if not definite or self._is_specified(mention) or self._offices.bars(number):
                continue
            words = self._index.modifiers(mention)
            if not apart.isdisjoint(words):
                continue
            pointing = [w for w in words if w in _POINTING]
            if pointing and not is_a(mention.type, "Person"):  # "the former president"
                yield from self._one_of_two(number, pointing[0])
                continue
            repeated = self._last(number, partial(self._has_lemma, number=number))
            named = self._last_named(number, self._meant(number))
            best = self._own.state(number)
            if best is None:
                best = self._discourse.rather(repeated, named)
            if best is None or self._discourse.is_newcomer(number, best):
                continue
            if not self._own.is_elsewhere(number, best, self._meant(number)):
                yield Tie(number, best, "definite")

    def _one_of_two(self, number: int, pointing: str) -> Iterator[Tie]:
        """As in "the latter country": of exactly two that the last sentence with any names."""
        classes = self._meant(number)
        sentences = self._discourse.sentence_of
        named: dict[int, int] = {}
        at: int | None = None
        for before in reversed(self._discourse.near(number, 60)):
            if self._mentions[before].level == "NAM" and self._discourse.is_any(before, classes):
                at = sentences[before] if at is None else at
                if sentences[before] == at:
                    named[self._discourse.root(before)] = before
        if len(named) == 2:
            choose = max if pointing == "latter" else min
            yield Tie(number, choose(named.values()), pointing)

    def _is_inside(self, number: int) -> bool:
        """Within a compound: "army-backed" speaks of the army that the text knows."""
        return self._discourse.token(number).deprel in ("compound", "npadvmod", "nmod")

    def _meant(self, number: int) -> Sequence[str]:
        """Classes that a definite noun may take up: of the table, or its own.

        "The rebel force" is no army of a state.
        """
        type_ = self._mentions[number].type
        if self._is_irregular(number):
            return ("ArmedGroup",)
        listed = coreference_rules().anaphors.get(self._discourse.lemma(number))
        return listed or ((type_,) if type_ in _REPEATED else ())

    def _is_irregular(self, number: int) -> bool:
        """As in "the rebel force"."""
        force = self._discourse.is_any(number, ("ArmedForce",))
        return force and not self._described(number).isdisjoint(coreference_rules().irregular)

    def _has_lemma(self, before: int, *, number: int) -> bool:
        if self._mentions[before].level == "NAM" and self._is_title(number, before):
            return True
        if self._discourse.lemma(before) != self._discourse.lemma(number):
            return False
        group = self._discourse.is_any(before, ("ArmedGroup",))
        if group and self._discourse.is_any(number, ("ArmedForce",)):
            return False  # "the army" after "the Arakan Army"
        plural = self._discourse.token(number).xpos == "NNS"
        one = self._discourse.token(before).xpos in ("NN", "NNP")
        if (plural and one) or (not plural and self._discourse.is_many(before)):
            return False  # "the banks", "the World Bank"; "the group", "the groups"
        if plural and self._discourse.is_any(before, ("Person",)):
            return False  # "the presidents", "the Chadian president"
        if self._is_irregular(number) and not self._is_irregular(before):
            return False
        if (plural and self._is_told_apart(before, number)) or self._is_counted_on(before, number):
            return False
        if self._mentions[number].type == "ArmedForce" and self._joins_other(number, before):
            return False
        single = number in self._discourse.things or self._mentions[number].type == "Person"
        return not single or self._is_strict(before, number)

    def _is_counted_on(self, before: int, number: int) -> bool:
        """As in "the 5th brigade" after "the 1st brigade"."""
        numbered = {word for word in self._described(number) if word[0].isdigit()}
        return bool(numbered) and not numbered <= self._described(before)

    def _is_told_apart(self, before: int, number: int) -> bool:
        """As "the left-wing parties" from "the right-wing parties": both told of by other words."""
        words, others = self._described(number), self._described(before)
        return bool(words and others) and words.isdisjoint(others)

    def _is_title(self, number: int, before: int) -> bool:
        """As in "the analyst" after "defence analyst Mary Cole": so the text called her."""
        if self._discourse.token(number).xpos != "NN":
            return False
        part = self._tokens[self._mentions[number].head - 1].form == "-"  # "secretary-general"
        if part or not self._discourse.is_any(before, ("Person",)):
            return False
        for word in self._index.children(self._mentions[before].head, "compound"):
            if self._tokens[word].lemma.lower() == self._discourse.lemma(number):
                beside = (*self._index.children(word), word - 1, word - 2)
                words = {self._tokens[i].lemma.lower() for i in beside}
                return self._described(number) <= words
        return False

    def _is_strict(self, before: int, number: int) -> bool:
        """Whether a phrase agrees in number with one before and is described no further."""
        if self._discourse.token(before).xpos != self._discourse.token(number).xpos:
            return False
        told = self._described(number)
        return told <= self._described(before)

    def _described(self, number: int) -> set[str]:
        words = self._index.children(self._mentions[number].head, "amod", "compound", "nmod")
        return {self._tokens[word].lemma.lower() for word in words}

    def _last_named(self, number: int, classes: Sequence[str]) -> int | None:
        """The last thing of the first class that has one ("the group": rather M23 than an army)."""
        others = self._discourse.others(number)
        for name in classes:
            fits = partial(self._is_other_named, number=number, name=name, others=others)
            found = self._last(number, fits)
            if found is not None and is_a(name, "Place") and self._is_aside(found):
                return self._beside(found, number, fits)
            if found is not None and name == "Country":
                found = self._spoken_of(found, number, fits)
                return None if self._own.is_one_of_several(found, number) else found
            if found is not None:
                return found
        return None

    def _is_aside(self, before: int) -> bool:
        """As in "X's support", "Gori, X", "west of X": a place that tells which other is meant."""
        token = self._discourse.token(before)
        if token.deprel in _OWNING or is_way(self._tokens, self._mentions[before].head):
            return True
        first = self._mentions[before].span.start
        heads = (token, self._tokens[token.head])
        if token.deprel in ("appos", "conj"):
            return any(t.form == "," and t.end <= first <= t.end + 1 for t in self._around(before))
        away = self._tokens[heads[1].head]
        return token.deprel == "pobj" and heads[1].form == "of" and away.lemma in _DIRECTIONS

    def _is_goal(self, number: int) -> bool:
        """As in "the US minister's first visit to the country", which is not the US."""
        token = self._discourse.token(number)
        return token.deprel == "pobj" and self._tokens[token.head].form == "to"

    def _around(self, number: int) -> Sequence[Token]:
        head = self._mentions[number].head
        return self._tokens[max(head - 6, 0) : head]

    def _beside(self, aside: int, number: int, fits: Callable[[int], bool]) -> int | None:
        """Instead of a place named aside the only other of this sentence and the one before it."""
        discourse = self._discourse
        near = [each for each in discourse.near(number, _AROUND) if fits(each)]
        near = [each for each in near if discourse.distance(each, number) < _NEXT]
        free = [each for each in near if not self._is_aside(each)]
        roots = {discourse.root(each) for each in free}
        if not roots:  # "Aze, Gori": not the region, whatever kind of place the first one is
            passing = discourse.token(aside).deprel == "appos" or self._is_goal(number)
            return None if passing else aside
        if discourse.root(aside) in roots:
            return aside
        return free[-1] if len(roots) == 1 else None

    def _spoken_of(self, last: int, number: int, fits: Callable[[int], bool]) -> int:
        """Rather the state that a report is about than one named last and once in passing."""
        around = (each for each in self._discourse.near(number, _AROUND) if fits(each))
        near = sorted({last, *around})  # the last one may stand before what is near
        roots = Counter(self._discourse.root(each) for each in near)
        chief, times = roots.most_common(1)[0]
        passing = roots[self._discourse.root(last)] == 1 and not self._discourse.is_subject(last)
        if not passing or times < _OFTEN:
            return last
        return max(each for each in near if self._discourse.root(each) == chief)

    def _is_other_named(
        self, before: int, *, number: int, name: str, others: Collection[int]
    ) -> bool:
        return before not in others and self._is_named(before, number, name)

    def _is_named(self, before: int, number: int, name: str) -> bool:
        """A name of the class; people may also have been introduced without a name."""
        if not self._discourse.is_any(before, (name,)) or self._is_called_else(before, number):
            return False
        voice = self._discourse.lemma(number) in coreference_rules().voices
        if voice and not self._has_spoken(before, number):
            return False
        plural = self._discourse.token(number).xpos == "NNS"
        if self._mentions[before].level != "NOM":
            return not plural or name in _MANY  # "the banks" are no bank
        alike = self._discourse.class_of(before) == self._mentions[number].type
        if name not in _MANY and not (alike and self._described(number) <= self._described(before)):
            return False  # "the group" is no bank, nor "the national agency" a local one
        same = (self._discourse.token(before).xpos == "NNS") == plural
        same = same and not (plural and self._is_told_apart(before, number))
        return same and not self._joins_other(number, before) and not is_a(name, "Place")

    def _is_called_else(self, before: int, number: int) -> bool:
        """As in "the Red Line movement" after "Sky News": it says which one it is."""
        words = self._index.children(self._mentions[number].head, "compound")
        own = {self._tokens[word].form for word in words if self._tokens[word].xpos == "NNP"}
        body = is_a(self._discourse.class_of(before), "Organization")
        called = self._discourse.text(self._mentions[before]).split()
        return bool(own) and body and own.isdisjoint(called)

    def _joins_other(self, number: int, before: int) -> bool:
        """As in "the air force" after "the infantry": a noun before the head tells them apart."""
        words = self._index.children(self._mentions[number].head, "compound")
        joined = {self._tokens[word].lemma.lower() for word in words}
        return not joined <= self._described(before)

    def _has_spoken(self, before: int, number: int) -> bool:
        """As in "an official told ..." or "according to an official"; one is not several."""
        token = self._discourse.token(before)
        if (token.xpos in ("NNS", "NNPS")) != (self._discourse.token(number).xpos == "NNS"):
            return False
        above = self._tokens[token.head]
        speaks = token.deprel == "nsubj" and above.lemma in self._speaking
        return speaks or self._tokens[above.head].form.lower() == "according"

    def _is_specified(self, mention: Mention) -> bool:
        """A phrase with its own complement names something new ("the army in X")."""
        children = self._index.children(mention.head, "prep", "acl", "poss", "nummod")
        beside = self._index.children(mention.head, "appos")  # "the semi-official agency Fars"
        children += [i for i in beside if i == mention.head + 1 and self._tokens[i].xpos == "NNP"]
        clauses = self._index.children(mention.head, "relcl")
        children += [i for i in clauses if self._tokens[mention.head + 1].form != ","]
        own = list(self._index.owners(mention))
        return bool(children or own)

    def _last(self, number: int, fits: Callable[[int], bool], *, window: int = 60) -> int | None:
        others = {self._discourse.root(each) for each in self._discourse.others(number)}
        for before in reversed(self._discourse.near(number, window)):
            if self._discourse.root(before) in others:
                continue  # "the official met Ann Lee": somebody else
            level = self._mentions[before].level
            based = self._discourse.token(before).deprel == "npadvmod"  # "Paris-based"
            inside = based or (level == "NOM" and self._is_inside(before))
            if level not in ("PRO", "ADJ") and not inside and fits(before):
                return before
        return None
