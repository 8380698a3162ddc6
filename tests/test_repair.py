"""Repairs of a parse leave a parse: whatever they re-attach, every word leads up to a root."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kg import lexicon
from kg.annotate.hyphens import join_hyphened
from kg.annotate.naming import NamedSpan
from kg.annotate.repair import View, repair
from kg.model import Sentence, Span, Token
from tests.parsing import parse

WORDS = (
    ("reports", "VBZ"), ("suggest", "VBP"), ("said", "VBD"), ("argue", "VBP"), ("since", "IN"),
    ("after", "IN"), ("of", "IN"), ("shelling", "VBG"), ("targeted", "VBN"), ("fired", "VBD"),
    ("Syria", "NNP"), ("missiles", "NNS"), ("and", "CC"), ("accused", "VBD"), ("killing", "VBG"),
    ("a", "DT"), ("bus", "NN"), ("on", "IN"), ("with", "IN"), ("to", "TO"), ("which", "WDT"),
    ("dead", "JJ"), ("missing", "VBG"), ("results", "NNS"), ("head", "NN"), ("is", "VBZ"),
    ("board", "NN"), ("that", "IN"), ("leave", "VB"), ("six", "CD"), (",", ","), ("crash", "NN"),
)  # fmt: skip
LABELS = ("nsubj", "dobj", "pobj", "prep", "conj", "amod", "acl", "ccomp", "aux", "dep")
LABELS += ("relcl", "advcl", "xcomp", "appos", "compound", "nummod", "mark", "acomp", "auxpass")
KINDS = {"NN": "NOUN", "VB": "VERB", "IN": "ADP", "PR": "PRON", "CC": "CCONJ"}
LEXICON = lexicon.load()


@st.composite
def sentences(draw: st.DrawFn) -> list[Token]:
    """A random tree over words that the repairs look for."""
    size = draw(st.integers(2, 12))
    order = draw(st.permutations(range(size)))
    head = {order[0]: order[0]}
    for place, index in enumerate(order[1:], 1):
        head[index] = order[draw(st.integers(0, place - 1))]
    tokens: list[Token] = []
    start = 0
    for index in range(size):
        form, tag = draw(st.sampled_from(WORDS))
        label = "ROOT" if head[index] == index else draw(st.sampled_from(LABELS))
        kind = KINDS.get(tag[:2], "PUNCT")
        tokens.append(
            Token(start, start + len(form), form, form.lower(), kind, tag, head[index], label)
        )
        start += len(form) + 1
    return tokens


@settings(max_examples=500, deadline=None)
@given(sentences())
def test_no_word_becomes_its_own_ancestor(tokens: list[Token]) -> None:
    sentence = Sentence(0, Span(0, tokens[-1].end), 0, len(tokens), "body")
    view = View(tokens)
    repair(view, sentence, LEXICON)
    assert_tree(dict(enumerate(view)))


@settings(max_examples=300, deadline=None)
@given(sentences(), st.data())
def test_a_name_with_hyphens_is_joined_and_the_rest_stays_a_tree(
    tokens: list[Token], data: st.DataObject
) -> None:
    if len(tokens) < 3:
        return
    first = data.draw(st.integers(0, len(tokens) - 3))
    last = data.draw(st.integers(first + 3, len(tokens)))
    tokens[first + 1] = replace(tokens[first + 1], form="-")
    sentence = Sentence(0, Span(0, tokens[-1].end), 0, len(tokens), "body")
    join_hyphened(tokens, [NamedSpan(first, last, "KNOWN")], [sentence])
    assert_tree(dict(enumerate(tokens)))
    outside = [i for i in range(first, last) if tokens[i].head not in range(first, last)]
    assert len(outside) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "I do not want to admit it as something verified and confirmed.",
        "The farm, known as the castle, owned by him and estimated to be worth more, was raided.",
    ],
)
def test_a_verb_below_the_noun_gets_no_subject_from_above_itself(text: str) -> None:
    tokens, (sentence,) = parse(text)
    view = View(tokens)
    repair(view, sentence, LEXICON)
    assert_tree(dict(enumerate(view)))


def assert_tree(now: Mapping[int, Token]) -> None:
    for index in now:
        seen = {index}
        while now[index].head != index:
            index = now[index].head
            assert index not in seen
            seen.add(index)
