"""Names of firms that end in that of a state, which they are not: "Shell Canada"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.names import NamedSpan
from kg.annotate.phrases import Phrases
from kg.gazetteer import Gazetteer
from kg.vocab import is_a


def whole_branches(
    spans: Iterable[NamedSpan], phrases: Phrases, gazetteer: Gazetteer
) -> list[NamedSpan]:
    """The spans, with a firm and the state right behind it as one name of a body."""
    found: list[NamedSpan] = []
    for span in spans:
        if found and _is_branch(found[-1], span, phrases, gazetteer):
            span = NamedSpan(found.pop().first, span.last, "ORG")
        found.append(span)
    return found


def _is_branch(firm: NamedSpan, state: NamedSpan, phrases: Phrases, gazetteer: Gazetteer) -> bool:
    if firm.last != state.first or state.last - state.first != 1:
        return False
    token, before = phrases.tokens[state.first], phrases.tokens[firm.last - 1]
    joined = before.head == state.first and before.deprel == "compound"
    if not joined or token.xpos != "NNP":
        return False
    lands = gazetteer.candidates(phrases.text(state.first, state.last))
    bodies = gazetteer.candidates(phrases.text(firm.first, firm.last))
    known = any(is_a(entry.type, "Company") for entry in bodies)
    unlisted = firm.label == "ORG" and not bodies
    return (known or unlisted) and any(entry.type == "Country" for entry in lands)
