"""Two whom no mention names together, and whom "they" may mean: better no guess."""

from __future__ import annotations

from collections.abc import Container

from kg.resolve.discourse import Discourse
from kg.resolve.rules import coreference_rules

_LAST_SENTENCE = 30  # mentions looked back over


def is_of_pair(number: int, discourse: Discourse, cues: Container[str]) -> bool:
    """As in "X met Y in Z, where they agreed"; `cues` are the verbs of saying."""
    mention, tokens = discourse.mentions[number], discourse.tokens
    pronoun = coreference_rules().pronouns.get(discourse.text(mention).lower())
    if pronoun is None or not pronoun.plural:
        return False
    index = mention.head
    if tokens[tokens[index].head].lemma in cues and _is_joint(number, discourse, cues):
        return True
    while tokens[index].head != index:
        index = tokens[index].head
        heads = [
            next(iter(discourse.index.children(index, part)), None) for part in ("nsubj", "dobj")
        ]
        if all(head is not None and _is_one_person(head, discourse) for head in heads):
            return True
    return False


def _is_joint(number: int, discourse: Discourse, cues: Container[str]) -> bool:
    """As in "X and Y said that both sides lied. They urged them to talk": the two go on."""
    for before in reversed(discourse.near(number, _LAST_SENTENCE)):
        token = discourse.token(before)
        if token.deprel == "nsubj" and discourse.tokens[token.head].lemma in cues:
            joined = discourse.index.children(discourse.mentions[before].head, "conj")
            return discourse.distance(number, before) == 1 and bool(joined)
    return False


def _is_one_person(head: int, discourse: Discourse) -> bool:
    found = discourse.index.by_head.get(head)
    single = discourse.tokens[head].xpos in ("NN", "NNP")
    return found is not None and single and discourse.is_any(found, ("Person",))
