"""Whose it is: the state or group that a noun phrase names as the owner of its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Annotation, Mention, Span
from kg.resolve.rules import coreference_rules
from kg.vocab import is_a

_PARTIES = ("nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "appos", "attr")
_SIDED = ("amod", "poss", "compound", "nmod")


class PhraseIndex:
    """Mentions and dependents by token, for questions about noun phrases."""

    def __init__(self, annotation: Annotation) -> None:
        self.tokens = annotation.tokens
        self.mentions = annotation.mentions
        self._children: dict[int, list[int]] = {}
        self._related: dict[int, dict[str, list[int]]] = {}
        for index, token in enumerate(annotation.tokens):
            if token.head != index:
                self._children.setdefault(token.head, []).append(index)
                related = self._related.setdefault(token.head, {})
                related.setdefault(token.deprel, []).append(index)
        self.by_head: dict[int, int] = {}
        self._by_end: dict[int, int] = {}
        for index, mention in enumerate(annotation.mentions):
            self.by_head.setdefault(mention.head, index)
            if mention.level == "NAM":
                self._by_end.setdefault(mention.span.end, index)

    def children(self, index: int, *deprels: str) -> list[int]:
        found = self._children.get(index)
        if found is None:
            return []
        if len(deprels) == 1:
            return list(self._related[index].get(deprels[0], ()))
        return [i for i in found if self.tokens[i].deprel in deprels] if deprels else found

    def owners(self, mention: Mention) -> Iterator[int]:
        """Mentions that modify the head: "Russian troops", "Kyiv's soldiers", "army of Sudan".

        Nobody's enemies are his own, and a secret army is no state's.
        """
        rules = coreference_rules()
        if self.tokens[mention.head].lemma.lower() in rules.adversaries:
            return
        names = self.children(mention.head, "compound") if mention.level == "NAM" else ()
        if all(self.tokens[i].form.lower() not in rules.of_no_state for i in names):
            yield from self._owners(mention)

    def _owners(self, mention: Mention) -> Iterator[int]:
        for child in self.children(mention.head, *_SIDED):
            found = self.by_head.get(child)
            owner = found is not None and self.mentions[found].level in ("NAM", "ADJ", "PRO")
            aside = self._stands_beside(child) or self._is_sided_with(child)
            if found is not None and owner and not aside:
                yield found
        yield from self._of_antecedent(mention)
        yield from self._shared(mention)
        yield from self._overlapping(mention)
        before = max(0, mention.head - 1)
        beside = self.by_head.get(before)
        shared = self.tokens[before].head == self.tokens[mention.head].head
        named = beside is not None and self.mentions[beside].level == "ADJ"
        if beside is not None and named and shared and not self._is_sided_with(before):
            yield beside  # "Turkish artillery fire": the parser gives both to the last noun
        joined = self.children(mention.head, "conj")
        for prep in self.children(mention.head, "prep"):
            if joined and joined[0] < prep:
                continue  # "loyal forces and rebels of X": the last is X's, and who knows
            form = self.tokens[prep].form.lower()
            if form in ("of", "from", "for", "with"):
                for noun in self.children(prep, "pobj"):
                    found = self.by_head.get(noun)
                    if found is None or self._is_either(noun) or self._is_sent(mention, found):
                        continue
                    named = self.mentions[found].level == "NAM"
                    if named or (form == "of" and self._serves(mention)):
                        yield found
        yield from self._in_title(mention)

    def _in_title(self, mention: Mention) -> Iterator[int]:
        """As in "Chadian army spokesman X", "X, a spokesman for Chad's army": the army's."""
        if mention.level != "NAM" or not is_a(mention.type, "Person"):
            return
        offices = coreference_rules().offices
        for title in self.children(mention.head, "compound", "appos"):
            if self.tokens[title].form.lower() not in offices:
                continue
            around = list(self.children(title, *_SIDED))
            for prep in self.children(title, "prep"):
                if self.tokens[prep].form.lower() in ("for", "of"):
                    around += self.children(prep, "pobj")
            for index in around:
                found = self.by_head.get(index)
                if found is not None and is_a(self.mentions[found].type, "Agent"):
                    yield found

    def _of_antecedent(self, mention: Mention) -> Iterator[int]:
        """As in "Chad, whose army left": it is Chad's."""
        words = (self.tokens[i].form.lower() for i in self.children(mention.head, "poss"))
        if "whose" not in words:
            return
        index = mention.head
        while self.tokens[index].deprel != "relcl" and self.tokens[index].head != index:
            index = self.tokens[index].head
        found = self.by_head.get(self.tokens[index].head)
        clause = self.tokens[index].deprel == "relcl"
        if clause and found is not None and self.mentions[found].level == "NAM":
            yield found

    def _is_sent(self, mention: Mention, origin: int) -> bool:
        """As in "rockets from Lebanon", which may be anybody's."""
        arms = is_a(mention.type, "Materiel")
        return arms and is_a(self.mentions[origin].type, "GeopoliticalEntity")

    def _is_either(self, noun: int) -> bool:
        """As in "forces of X or Y", who may be of either."""
        return any(self.tokens[i].form.lower() == "or" for i in self.children(noun, "cc"))

    def _serves(self, mention: Mention) -> bool:
        """As in "leaders of Chad's new government": theirs is whose that body is."""
        rules = coreference_rules()
        lemma = self.tokens[mention.head].lemma.lower()
        return lemma in rules.offices or lemma in rules.members or lemma in rules.voices

    def _shared(self, mention: Mention) -> Iterator[int]:
        """As in "Israel's police and army": both are Israel's."""
        token = self.tokens[mention.head]
        bare = not self.children(mention.head, "det", "poss", "amod", "compound")
        if token.deprel == "conj" and bare and is_a(mention.type, "MilitaryOrganization"):
            for child in self.children(token.head, "poss"):
                found = self.by_head.get(child)
                if found is not None and self.mentions[found].level == "NAM":
                    yield found

    def _stands_beside(self, child: int) -> bool:
        """As in "SDF and Turkish-backed rebels": coordinated with the phrase, not a part of it."""
        return bool(self.children(child, "cc")) and not self.children(child, "conj")

    def _is_sided_with(self, child: int) -> bool:
        """As in "pro-Russian forces", who are for or against a state and not its own."""
        dashed = child > 1 and self.tokens[child - 1].form == "-"
        return dashed and self.tokens[child - 2].form.lower() in coreference_rules().for_or_against

    def _overlapping(self, mention: Mention) -> Iterator[int]:
        """As in "Islamic State of Iraq and the Levant gunmen": the parser divides the name."""
        found = self._by_end.get(self.tokens[max(0, mention.head - 1)].end)
        if mention.level != "NOM" or found is None:
            return
        name = self.mentions[found]
        if name.span.start == mention.span.start and self.tokens[name.head].head != mention.head:
            yield found

    def beside(self, number: int) -> list[int]:
        """The names that one is coordinated with: "Ukraine, Moldova and Georgia"."""
        first = self.mentions[number].head
        while self.tokens[first].deprel == "conj":
            first = self.tokens[first].head
        heads = [first]
        for head in heads:
            heads.extend(self.children(head, "conj"))
        if not any(self.children(head, "cc") for head in heads):
            return []  # "Sulaymaniyah, Kurdistan Region, Iraq"
        joined = [self.by_head[head] for head in heads if head in self.by_head]
        return [each for each in joined if each != number and self.mentions[each].level == "NAM"]

    def are_people(self, mention: Mention) -> bool:
        """As in "killed Palestinians": people of a state, not whose somebody is."""
        plural = mention.level == "ADJ" and mention.type == "PersonGroup"
        return (
            plural and self.tokens[mention.head].deprel in _PARTIES and self.stands_alone(mention)
        )

    def stands_alone(self, mention: Mention) -> bool:
        """Whether no longer phrase has the same head, as "the Palestinians" has."""
        found = self.by_head.get(mention.head)
        return found is not None and self.mentions[found].span == mention.span

    def modifiers(self, mention: Mention) -> list[str]:
        """Lower-case forms of the adjectives and numbers before the head."""
        return [
            self.tokens[i].form.lower()
            for i in self.children(mention.head, "amod", "nummod", "compound", "det")
        ]

    def determiner(self, mention: Mention) -> str | None:
        for child in self.children(mention.head, "det"):
            return self.tokens[child].form.lower()
        return None

    def preposition(self, index: int) -> str | None:
        """The preposition that governs a token, through coordination."""
        token = self.tokens[index]
        while token.deprel == "conj":
            index = token.head
            token = self.tokens[index]
        if token.deprel == "pobj":
            return self.tokens[token.head].form.lower()
        return None


def covering(mentions: Sequence[Mention], span: Span) -> list[int]:
    """Indices of the mentions inside a span."""
    return [index for index, mention in enumerate(mentions) if span.contains(mention.span)]
