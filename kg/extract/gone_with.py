"""A harm that goes with what did it: "crashed with minor injuries", "hit, with ten killed"."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.draft import Draft


def told_by(event: Draft) -> tuple[int | None, ...]:
    """The words by which it is told: "opened fire", "explosions are reported"."""
    told = event.match.proposition
    return event.head, told.light, told.governor if told.link == "subject" else None


def gone_with(draft: Draft, context: Context) -> int | None:
    """The verb that a harm goes with: "crashed with minor injuries", "hit, with ten killed"."""
    told, tree = draft.match.proposition, context.tree
    if told.kind == "noun":
        clause = context.propositions.get(-1 if told.governor is None else told.governor)
        reported = told.link == "subject" and clause is not None and clause.passive
        if reported and clause is not None and clause.marker == "with":
            return clause.governor  # "crashed, with ten deaths reported"
        return told.governor if told.marker == "with" else None
    first = tree.first_conjunct(draft.head)
    counted = tree.first_conjunct(tree[first].head)  # "with two missing and ten injured"
    prep = tree[counted].head
    inside = tree[first].deprel in ("acl", "amod") and tree[counted].deprel == "pobj"
    return tree.head(prep) if inside and tree[prep].form.lower() == "with" else None
