"""Which names alone tell that two reports speak of one thing.

Reports are merged by linked id, or by a name under a strict rule; a name that merely looks alike
is no reason. What the rule leaves apart, a user may join (`kg merge`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.resources import load_yaml, ontology_path
from kg.vocab import is_a

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """`lexicon/identity.yml`."""

    generic: frozenset[str]
    unfinished: frozenset[str]
    posted: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]


@lru_cache(maxsize=1)
def identity_rules() -> IdentityRules:
    """The words that names are made of. Raises `ResourceError` for a broken file."""
    return load_yaml(ontology_path("lexicon", "identity.yml"), IdentityRules)


def identifies(name: str, type_: str, *, sided: bool) -> bool:
    """Whether this name of a person or body (`type_`) means the same one in every report.

    `sided` tells that the state or group it acts for is known, which tells one Supreme Court from
    another. Names of anything else, single words and names cut short never do.
    """
    words = [word.casefold() for word in _WORDS.findall(name)]
    rules = identity_rules()
    if len(name.split()) < 2 or not words or words[-1] in rules.unfinished | rules.posted:
        return False
    if is_a(type_, "Person"):
        return _is_full_name(words)
    return is_a(type_, "Organization") and (sided or not _is_generic(words))


def _is_full_name(words: Sequence[str]) -> bool:
    """Given name and surname, not both of the commonest."""
    rules = identity_rules()
    names = [word for word in words if word not in rules.titles]
    if len(names) < 2:
        return False
    return len(names) > 2 or names[0] not in rules.given or names[1] not in rules.surnames


def _is_generic(words: Sequence[str]) -> bool:
    generic = identity_rules().generic
    return all(word in generic or word[0].isdigit() for word in words)
