"""Who goes on speaking: "it added", "he also said" after somebody has been quoted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.model import Annotation
from kg.resolve.sides import PhraseIndex

_REACH = 2  # sentences back
_CUES = ("according",)


def reporters(
    annotation: Annotation, index: PhraseIndex, verbs: Collection[str]
) -> Mapping[int, int | None]:
    """For each pronoun that reports, the mention that reported before it.

    None where the one before is no mention: then nobody else is meant either. `verbs` are the
    lemmas of the verbs of saying.
    """
    found: dict[int, int | None] = {}
    named: dict[str, int] = {}  # who reported, by head noun
    last: tuple[int, int] | None = None  # sentence, token
    for sentence in annotation.sentences:
        for token in _speakers(annotation, index, sentence.first, sentence.last, verbs):
            number = index.by_head.get(token)
            pronoun = annotation.tokens[token].upos == "PRON"
            near = last is not None and sentence.index - last[0] <= _REACH
            if pronoun and number is not None and last is not None and near:
                found[number] = _known(last[1], named, annotation, index)
            if not pronoun and number is not None:
                named[annotation.tokens[token].lemma] = number
            if not pronoun or number in found:
                last = (sentence.index, token)
    return found


def _known(
    token: int, named: Mapping[str, int], annotation: Annotation, index: PhraseIndex
) -> int | None:
    """The mention of a reporter, or the earlier one with its head noun ("the service")."""
    own = index.by_head.get(token)
    return named.get(annotation.tokens[token].lemma) if own is None else own


def _speakers(
    annotation: Annotation, index: PhraseIndex, first: int, last: int, verbs: Collection[str]
) -> list[int]:
    """The tokens of those who report something in a sentence, in text order."""
    tokens = annotation.tokens
    found: list[int] = []
    for token in range(first, last):
        word = tokens[token]
        if word.upos == "VERB" and word.lemma in verbs:
            found.extend(index.children(token, "nsubj"))
        elif word.form.lower() in _CUES:
            for prep in index.children(token, "prep"):
                found.extend(index.children(prep, "pobj"))
    return sorted(found)
