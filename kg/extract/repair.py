"""Few, named repairs of parses that are known to go wrong, before propositions are read.

Each repair looks for one narrow pattern and returns the tokens of the sentence re-attached; what
does not match stays as the parser gave it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Sentence, Token

_REPORT_FORMS = ("reports", "claims", "findings", "estimates", "accounts")


def repair(tokens: Sequence[Token], sentence: Sentence) -> Sequence[Token]:
    """The document's tokens with the repairs of this sentence applied."""
    changed = _plural_noun_as_verb(tokens, sentence)
    return tokens if not changed else _Patched(tokens, changed)


class _Patched(Sequence[Token]):
    """The tokens with a few replaced, without copying the document."""

    def __init__(self, tokens: Sequence[Token], changed: dict[int, Token]) -> None:
        self._tokens = tokens
        self._changed = changed

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        found = self._changed.get(index)
        return self._tokens[index] if found is None else found

    def __len__(self) -> int:
        return len(self._tokens)


def _plural_noun_as_verb(tokens: Sequence[Token], sentence: Sentence) -> dict[int, Token]:
    """ "Intelligence reports from X, Y and Z suggest": "reports" was taken for the main verb.

    The pattern: a root "reports" right after a noun at the start, and a finite verb coordinated
    with it that took the last source as its subject. The later verb becomes the root, "reports"
    its subject, the sources the object of "from".
    """
    for index in range(sentence.first + 1, min(sentence.first + 6, sentence.last)):
        token = tokens[index]
        if token.form.lower() not in _REPORT_FORMS or token.xpos != "VBZ" or token.head != index:
            continue
        verb = next(
            (
                i
                for i in range(index + 1, sentence.last)
                if tokens[i].head == index
                and tokens[i].deprel == "conj"
                and tokens[i].xpos in ("VBP", "VBD")
            ),
            None,
        )
        prep = next(
            (
                i
                for i in range(index + 1, sentence.last)
                if tokens[i].head == index and tokens[i].deprel == "prep"
            ),
            None,
        )
        if verb is None or prep is None:
            continue
        return _rebuilt(tokens, sentence, index, verb, prep)
    return {}


def _rebuilt(
    tokens: Sequence[Token], sentence: Sentence, noun: int, verb: int, prep: int
) -> dict[int, Token]:
    changed = {
        noun: replace(
            tokens[noun], lemma="report", upos="NOUN", xpos="NNS", head=verb, deprel="nsubj"
        ),
        verb: replace(tokens[verb], head=verb, deprel="ROOT"),
    }
    first = next((i for i in range(prep, verb) if tokens[i].head == prep), None)
    for index in range(sentence.first, sentence.last):
        token = tokens[index]
        if token.head == noun and token.deprel in ("nsubj", "compound"):
            changed[index] = replace(token, deprel="compound")
        elif token.head == noun and token.deprel in ("punct", "cc") and index > noun:
            changed[index] = replace(token, head=verb)
        elif token.head == verb and token.deprel == "nsubj" and first is not None:
            changed[index] = replace(token, head=first, deprel="conj")
        elif token.deprel == "appos" and token.head == first:
            changed[index] = replace(token, deprel="conj")
    return changed
