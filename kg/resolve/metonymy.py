"""Whether the name of a place means the place or whoever acts there.

Read from the grammar around the name, as in Markert and Nissim (2007): places stand after locative
prepositions and are described; powers and teams act, speak, own forces, and are accused.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.model import Mention
from kg.resolve.rules import MetonymyRules, metonymy_rules
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_one_of

_PLACED = ("Place", "Person", "PersonGroup", "Company")
_FORCES = ("MilitaryOrganization",)
_GOING = ("ArmedForce", "MilitaryUnit")
_MODIFIERS = ("compound", "nmod", "amod")


def is_metonymic(mention: Mention, index: PhraseIndex, *, facility: bool = False) -> bool:
    """Whether the name stands for whoever sits there; `facility` for buildings (the Kremlin)."""
    rules = metonymy_rules()
    head = _coordinated(mention.head, index)
    token = index.tokens[head]
    governor = index.tokens[token.head]
    lemma = governor.lemma.lower()
    if token.deprel == "pobj":
        return _after_preposition(index, token.head, rules)
    if token.deprel in ("dobj", "nsubjpass"):
        return lemma not in rules.place_verbs
    if token.deprel in ("poss", *_MODIFIERS):
        return facility or _owns(token.head, index, rules, possessor=token.deprel == "poss")
    if token.deprel in ("nsubj", "dative", "agent", "csubj"):
        return facility or not _is_described(token.head, index, rules)
    return facility


def is_for_power(mention: Mention, index: PhraseIndex, *, facility: bool) -> bool:
    """Whether the name of a seat stands for the state: not in "the capture of Paris"."""
    if not is_metonymic(mention, index, facility=facility):
        return False
    head = _coordinated(mention.head, index)
    counts, things = metonymy_rules().local_counts, index.children(index.tokens[head].head, "dobj")
    if any(index.tokens[i].lemma.lower() in counts for i in things):
        return facility
    prep = index.tokens[head]
    prep = index.tokens[prep.head] if prep.deprel == "pobj" else prep
    taken = index.tokens[prep.head].lemma.lower() in metonymy_rules().taken
    return facility or not taken or prep.form.lower() != "of"


def _coordinated(head: int, index: PhraseIndex) -> int:
    while index.tokens[head].deprel in ("conj", "appos"):
        head = index.tokens[head].head
    return head


def _owns(noun: int, index: PhraseIndex, rules: MetonymyRules, *, possessor: bool) -> bool:
    """As in "Iran's policy", "New Zealand squad", but "London goldsmith", "Iran's coast".

    A named body of the forces is a state's: "Tehran's General Staff".
    """
    token = index.tokens[noun]
    lemma = token.lemma.lower()
    if not possessor and lemma in rules.scenes and not _is_aimed(noun, index):
        return False
    if lemma in rules.power_things or (possessor and _is_of(noun, index, _FORCES)):
        return True
    named = token.xpos in ("NNP", "NNPS")
    placed = named or lemma in rules.land_things or _is_of(noun, index, _PLACED)
    return possessor and not placed


def _is_aimed(noun: int, index: PhraseIndex) -> bool:
    """Whether it is told what a raid or attack was on."""
    preps = index.children(noun, "prep")
    return any(index.tokens[i].form.lower() in ("on", "against", "at", "into") for i in preps)


def _is_of(noun: int, index: PhraseIndex, kinds: Collection[str]) -> bool:
    """Whether a noun heads a mention of one of the classes."""
    found = index.by_head.get(noun)
    return found is not None and is_one_of(index.mentions[found].type, kinds)


def _after_preposition(index: PhraseIndex, prep: int, rules: MetonymyRules) -> bool:
    form = index.tokens[prep].form.lower()
    governor = index.tokens[index.tokens[prep].head].lemma.lower()
    if form == "of":
        return governor in rules.power_of
    if form == "to" and _sends_forces(index.tokens[prep].head, index):
        return False
    if form == "to":
        return governor in rules.giving_verbs or governor in rules.giving_nouns
    if form == "from":
        return governor in rules.giving_up
    if form == "on":
        return governor in rules.pressed
    if form == "against" and governor in rules.blows:
        return False
    return form in rules.actor_prepositions and governor not in rules.literal_governors


def _sends_forces(verb: int, index: PhraseIndex) -> bool:
    """As in "sent troops to Juba": they go to the town."""
    return any(_is_of(i, index, _GOING) for i in index.children(verb, "dobj", "nsubjpass"))


def _is_described(verb: int, index: PhraseIndex, rules: MetonymyRules) -> bool:
    """As in "Moscow is the capital", "Kyiv lies on ...": a statement about the place itself."""
    lemma = index.tokens[verb].lemma.lower()
    if lemma == "be":
        return not index.children(verb, "acomp", "neg")
    if lemma == "have":
        things = [index.tokens[i].lemma.lower() for i in index.children(verb, "dobj")]
        return any(thing in rules.land_things for thing in things)
    return lemma in rules.describing_verbs
