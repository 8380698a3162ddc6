"""Two who were named together and are taken up as one: "both countries", "the two sides"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from kg.model import (
    Annotation,
    Argument,
    Attribution,
    Claim,
    Entity,
    Filler,
    Mention,
    Reference,
)
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a

type Pair = tuple[str, str]
"""The ids of two entities, in the order of their names in the text."""

_FARTHEST = 2  # sentences
_TWO = 2
_LAND = "Country"
_WORDS = frozenset(("both", "two"))
_PARTIES = ("nsubj", "nsubjpass", "dobj")


def pairs_meant(
    annotation: Annotation, references: Sequence[Reference], entities: Mapping[str, Entity]
) -> dict[int, Pair]:
    """The two behind each mention that speaks of a pair, where the text tells of one."""
    if _WORDS.isdisjoint(token.form.lower() for token in annotation.tokens):
        return {}
    return _Pairs(annotation, references, entities).meant()


class _Pairs:
    def __init__(
        self,
        annotation: Annotation,
        references: Sequence[Reference],
        entities: Mapping[str, Entity],
    ) -> None:
        self._index = PhraseIndex(annotation)
        self._entities = entities
        self._entity_of = {each.mention: each.entity for each in references}
        ends = [sentence.span.end for sentence in annotation.sentences]
        self._sentence_of = [bisect_right(ends, each.span.start) for each in annotation.mentions]

    def meant(self) -> dict[int, Pair]:
        found: dict[int, Pair] = {}
        for number, mention in enumerate(self._index.mentions):
            kind = self._kind(mention)
            pair = None if kind is None else self._named_before(number, kind)
            if pair is not None:
                found[number] = pair
        return found

    def _kind(self, mention: Mention) -> str | None:
        """The class of each of two: "both countries", "the two sides", "these two men"."""
        token = self._index.tokens[mention.head]
        kind = coreference_rules().pairs.get(token.lemma.lower())
        if mention.level != "NOM" or kind is None or token.xpos not in ("NNS", "NNPS"):
            return None
        children = self._index.children
        words = {
            self._index.tokens[i].form.lower()
            for i in children(mention.head, "det", "predet", "nummod", "amod", "cc")
        }
        more = children(mention.head, "poss", "prep", "relcl", "acl", "compound", "appos", "conj")
        both = words == {"both"} or (words <= {"the", "these", "both", "two"} and "two" in words)
        return kind if both and words != {"two"} and not more else None

    def _named_before(self, number: int, kind: str) -> Pair | None:
        """The two that were joined last; of states, the only two told of, or since then."""
        if kind == _LAND:
            lands = self._lands(range(number))
            if len(lands) <= _TWO:
                return (lands[0], lands[1]) if len(lands) == _TWO else None
        for before in range(number - 1, -1, -1):
            if self._sentence_of[number] - self._sentence_of[before] > _FARTHEST:
                return None
            pair = self._joined(before, kind)
            if pair is not None:
                first = bisect_left(self._sentence_of, self._sentence_of[before])
                others = kind == _LAND and {*self._lands(range(first, number))} - {*pair}
                return None if others else pair
        return None

    def _lands(self, mentions: Iterable[int]) -> list[str]:
        """The states among what the mentions mean, but for those that only say where."""
        ids = (self._entity_of.get(each) for each in mentions if not self._is_scene(each))
        return list(dict.fromkeys(id_ for id_ in ids if id_ and self._is(id_, _LAND)))

    def _is_scene(self, number: int) -> bool:
        """As Oman in "met in Muscat, Oman"."""
        head = self._index.mentions[number].head
        locative = self._index.preposition(head) in coreference_rules().locative
        return locative or self._index.tokens[head].deprel in ("appos", "npadvmod")

    def _joined(self, number: int, kind: str) -> Pair | None:
        """As X and Y in "X and Y signed a deal": two beside each other, and no third."""
        index, last = self._index, self._index.mentions[number].head
        first = index.tokens[last].head
        joined = index.tokens[last].deprel == "conj" and index.tokens[first].deprel != "conj"
        alone = index.children(first, "conj") == [last] and not index.children(last, "conj")
        before = index.by_head.get(first)
        if not joined or not alone or before is None or not index.children(first, "cc"):
            return None
        if not self._is_party(first):
            return None
        one, other = self._entity_of.get(before), self._entity_of.get(number)
        if one is None or other is None or one == other:
            return None
        return (one, other) if self._is(one, kind) and self._is(other, kind) else None

    def _is_party(self, head: int) -> bool:
        """Who acts or is dealt with; not so of who sponsors the talks of others."""
        token = self._index.tokens[head]
        return token.deprel in _PARTIES or self._index.preposition(head) == "between"

    def _is(self, id_: str, kind: str) -> bool:
        entity = self._entities.get(id_)
        if entity is None or not is_a(entity.type, kind):
            return False
        return kind != "Agent" or not is_a(entity.type, "Person")  # a side is more than who speaks


def spread(claim: Claim, pairs: Mapping[int, Pair]) -> Claim:
    """The claim with each of two in place of the mention of both."""
    if not pairs:
        return claim
    arguments = tuple(
        replace(argument, filler=filler) if filler is not argument.filler else argument
        for argument in claim.arguments
        for filler in _each(argument.filler, pairs)
    )
    attributions = tuple(_said_by_each(step, pairs) for step in claim.attributions)
    return replace(claim, arguments=_once(arguments), attributions=attributions)


def _each(filler: Filler, pairs: Mapping[int, Pair]) -> Sequence[Filler]:
    pair = None if filler.mention is None else pairs.get(filler.mention)
    return [filler] if pair is None else [Filler(filler.span, entity=each) for each in pair]


def _said_by_each(step: Attribution, pairs: Mapping[int, Pair]) -> Attribution:
    sources = tuple(each for source in step.sources for each in _each(source, pairs))
    return step if sources == step.sources else replace(step, sources=sources)


def _once(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    """Without those that the clause names in the same role besides: "the two sides, X and Y"."""
    named = {
        (each.role, each.filler.entity) for each in arguments if each.filler.mention is not None
    }
    return tuple(
        each
        for each in arguments
        if each.filler.mention is not None
        or each.filler.entity is None
        or (each.role, each.filler.entity) not in named
    )
