"""Whether the name of a seat of power means the place or the power.

Read from the grammar around the name: places stand after locative prepositions, powers act, speak,
own forces and are accused.
"""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.rules import MetonymyRules, metonymy_rules
from kg.resolve.sides import PhraseIndex


def is_metonymic(mention: Mention, index: PhraseIndex, *, facility: bool) -> bool:
    """Whether the name stands for whoever sits there; `facility` for buildings (the Kremlin)."""
    rules = metonymy_rules()
    head = _coordinated(mention.head, index)
    token = index.tokens[head]
    lemma = index.tokens[token.head].lemma.lower()
    if token.deprel == "pobj":
        return _after_preposition(index, token.head, rules)
    if token.deprel in ("dobj", "nsubjpass"):
        return lemma not in rules.place_verbs
    if token.deprel in ("poss", "compound", "nmod", "amod"):
        return lemma not in rules.city_things
    if token.deprel in ("nsubj", "dative", "agent"):
        return not _is_described(token.head, index) or facility
    return facility


def _coordinated(head: int, index: PhraseIndex) -> int:
    while index.tokens[head].deprel in ("conj", "appos"):
        head = index.tokens[head].head
    return head


def _after_preposition(index: PhraseIndex, prep: int, rules: MetonymyRules) -> bool:
    form = index.tokens[prep].form.lower()
    governor = index.tokens[index.tokens[prep].head].lemma.lower()
    if form == "to":
        return governor in rules.giving_verbs or governor in rules.giving_nouns
    if form == "on" and governor in ("attack", "strike", "raid", "march", "assault", "advance"):
        return False
    return form in rules.actor_prepositions and form not in rules.literal_prepositions


def _is_described(verb: int, index: PhraseIndex) -> bool:
    """As in "Moscow is the capital", "Kyiv lies on ...": a statement about the place itself."""
    lemma = index.tokens[verb].lemma.lower()
    if lemma == "be":
        nouns = [index.tokens[i].lemma.lower() for i in index.children(verb, "attr")]
        return any(
            noun in ("capital", "city", "town", "place", "centre", "center") for noun in nouns
        )
    return lemma in ("lie", "lay", "fall")
