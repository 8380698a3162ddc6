"""Which disease an epidemic is of, where it stands before it: "the Ebola virus outbreak"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.model import Argument
from kg.vocab import is_a


def disease(draft: Draft, context: Context) -> Iterator[Argument]:
    """As in "the cholera outbreak"; that "of cholera" is a slot like any other."""
    claim, tree = draft.claim, context.tree
    if not is_a(claim.type, "Epidemic") or claim.fillers("theme"):
        return
    for word in tree.children(draft.head, "compound", "nmod", "amod"):
        if tree.lemma(word).lower() in context.lexicon.slots.diseases:
            yield Argument("theme", context.filler(word), inferred=True)
