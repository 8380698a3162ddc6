"""Somebody's country: "his country", said of a state's president or citizen, is that state."""

from __future__ import annotations

from kg.model import Mention
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex

_OWNERS = ("his", "her", "its", "their", "our", "my")
_TOLD = ("amod", "compound", "nummod", "relcl", "acl", "prep")


def is_homeland(mention: Mention, index: PhraseIndex) -> bool:
    """As in "his country", "their own nation"; not "his adopted country", "their two countries"."""
    token, rules = index.tokens[mention.head], coreference_rules()
    if token.xpos != "NN" or token.lemma.lower() not in rules.homelands:
        return False
    owned = [index.tokens[i].form.lower() for i in index.children(mention.head, "poss")]
    told = {index.tokens[i].form.lower() for i in index.children(mention.head, *_TOLD)}
    return len(owned) == 1 and owned[0] in _OWNERS and told <= rules.native
