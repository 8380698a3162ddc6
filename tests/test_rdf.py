"""Terms in canonical form."""

from __future__ import annotations

from datetime import date

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg import rdf
from kg.rdf import IRI, Literal, Quad

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False).map(lambda value: f"{value:f}")


@pytest.mark.parametrize(
    ("given_", "written"),
    [
        (60000, '"60000"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("007", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("10000.0", '"10000"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("0.50", '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("-0.0", '"0"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (1e-7, '"0.0000001"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ],
)
def test_a_number_has_one_form(given_: float | str, written: str) -> None:
    assert str(rdf.number(given_)) == written


@pytest.mark.parametrize("value", ["", "dozens", "1e9", "1,000", float("nan"), float("inf")])
def test_what_is_no_plain_number_is_refused(value: float | str) -> None:
    with pytest.raises(ValueError, match="not a"):
        rdf.number(value)


def test_a_number_longer_than_python_prints_is_still_a_number() -> None:
    assert rdf.number("9" * 6000).lexical == "9" * 6000


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("007", rdf.INTEGER),
        ("-0", rdf.INTEGER),
        ("0.50", rdf.DECIMAL),
        ("-0", rdf.DECIMAL),
        ("1", rdf.BOOLEAN),
        ("2024-05-01Z", rdf.DATE),
        ("2024-05-01T10:00:00Z", rdf.XSD + "dateTime"),
        ("5", rdf.XSD + "int"),
        ("\ud800", rdf.STRING),
    ],
)
def test_a_form_that_an_engine_would_rewrite_cannot_be_built(lexical: str, datatype: str) -> None:
    with pytest.raises(ValueError, match="not a canonical literal"):
        Literal(lexical, datatype)


@pytest.mark.parametrize(
    "value", ["Kursk", "", "http://a b", "http://a<b", "x:\ud800", "a:\n", "x:%", "x:a#b#c"]
)
def test_what_is_no_absolute_iri_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        IRI(value)


def test_a_language_tag_is_lower_case() -> None:
    assert str(rdf.text("Kursk", "en-GB")) == '"Kursk"@en-gb'
    with pytest.raises(ValueError, match="language"):
        Literal("Kursk", rdf.LANG_STRING, "en-GB")


def test_control_characters_are_escaped_and_letters_are_not() -> None:
    assert str(rdf.text('a"\\\n\t\x00\x7fé😀')) == '"a\\"\\\\\\n\\t\\u0000\\u007Fé😀"'


def test_a_date_carries_no_zone() -> None:
    assert str(rdf.day(date(2024, 11, 24))).startswith('"2024-11-24"^^')


def test_terms_of_both_kinds_sort_together() -> None:
    terms = [IRI("x:b"), rdf.text("z"), IRI("x:a"), rdf.number(3)]
    assert sorted(terms) == [rdf.number(3), rdf.text("z"), IRI("x:a"), IRI("x:b")]


def test_a_quad_is_one_line() -> None:
    quad = Quad(IRI("x:s"), IRI("x:p"), rdf.boolean(True), IRI("x:g"))
    assert str(quad) == f'<x:s> <x:p> "true"^^<{rdf.BOOLEAN}> <x:g> .'
    assert str(quad._replace(graph=None)) == f'<x:s> <x:p> "true"^^<{rdf.BOOLEAN}> .'


@given(
    _TEXTS.map(rdf.text)
    | _TEXTS.map(lambda value: rdf.text(value, "en"))
    | _NUMBERS.map(rdf.number)
)
def test_both_engines_read_a_literal_as_it_was_written(literal: Literal) -> None:
    line = str(Quad(IRI("x:s"), IRI("x:p"), literal))
    (read,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert (read.object.value, read.object.language) == (literal.lexical, literal.language)
    (term,) = rdflib.Graph().parse(data=line, format="nt").objects()
    assert isinstance(term, rdflib.Literal)
    assert (str(term), term.language) == (literal.lexical, literal.language)


@given(_NUMBERS.map(rdf.number))
def test_the_store_keeps_a_number_as_it_was_written(literal: Literal) -> None:
    line = str(Quad(IRI("x:s"), IRI("x:p"), literal))
    store = pyoxigraph.Store()
    store.load(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    (quad,) = store
    assert (quad.object.value, quad.object.datatype.value) == (literal.lexical, literal.datatype)
