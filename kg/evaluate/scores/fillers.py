"""Role-filler entities: CEAF-REE (Du, Rush and Cardie 2021), after Luo's CEAF.

Predicted and gold entities of a role are aligned one to one; a pair scores 1 if every predicted
mention is among the gold mentions of that entity (lower case, without punctuation and articles).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.evaluate.assignment import best_assignment
from kg.evaluate.measure import Row

type Mentions = Sequence[str]

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = re.compile(r"[^\w\s]")


def normalised(mention: str) -> str:
    """Lower case, no punctuation, no articles, single spaces."""
    return " ".join(_ARTICLE.sub(" ", _PUNCTUATION.sub("", mention.lower())).split())


def align_fillers(gold: Sequence[Mentions], ours: Sequence[Mentions]) -> dict[int, int]:
    """Gold entity to predicted entity, for the pairs that score."""
    known = [{normalised(mention) for mention in entity} for entity in gold]
    given = [{normalised(mention) for mention in entity} for entity in ours]
    return best_assignment(
        {
            (left, right): 1.0
            for left, accepted in enumerate(known)
            for right, mentions in enumerate(given)
            if mentions and mentions <= accepted
        }
    )


def ceaf_ree_row(gold: Sequence[Mentions], ours: Sequence[Mentions]) -> Row:
    """(right, predicted, right, gold) of one role in one document."""
    right = len(align_fillers(gold, ours))
    return (right, len(ours), right, len(gold))
