"""The RDF writers: exact round trips, one form for one graph, small differences for small edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from random import Random

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import rdf
from kg.export.nquads import nquads
from kg.export.trig import trig
from kg.export.turtle import turtle
from kg.rdf import IRI, Quad
from kg.vocab import DATA, NAMESPACE

_LOCALS = st.lists(st.sampled_from([*"ab1_-./é'(,;", "%2C", "😀"]), min_size=1, max_size=4).map(
    "".join
)
_IRIS = st.builds(
    lambda base, local: IRI(base + local),
    st.sampled_from([DATA, NAMESPACE, "http://example.org/"]),
    _LOCALS,
)
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_TERMS = (
    _IRIS
    | _WORDS.map(rdf.text)
    | _WORDS.map(lambda words: rdf.text(words, "en"))
    | st.booleans().map(rdf.boolean)
    | st.integers(-(10**9), 10**9).map(rdf.number)
    | st.decimals("-1e6", "1e6", places=4).map(lambda number: rdf.number(f"{number:f}"))
    | st.dates(min_value=date(1000, 1, 1)).map(rdf.day)
)
_QUADS = st.lists(st.builds(Quad, _IRIS, _IRIS, _TERMS, st.none() | _IRIS), max_size=12)
_TRIPLES = st.lists(st.builds(Quad, _IRIS, _IRIS, _TERMS, st.none()), max_size=12)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

Writer = Callable[[Iterable[Quad]], Iterable[str]]
WRITERS: dict[str, Writer] = {"nquads": nquads, "trig": trig, "turtle": turtle}


def _lines(quads: Iterable[object]) -> set[str]:
    return {str(quad) for quad in quads}


def _in_pyoxigraph(text: str, kind: pyoxigraph.RdfFormat) -> set[str]:
    """The quads of a file as canonical N-Quads lines."""
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, format=kind))
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return set(written.decode().removesuffix("\n").split("\n")) - {""}


@settings(max_examples=50, deadline=None)
@given(_QUADS)
def test_n_quads_are_oxigraphs_own(quads: list[Quad]) -> None:
    text = "".join(nquads(quads))
    assert _in_pyoxigraph(text, pyoxigraph.RdfFormat.N_QUADS) == _lines(quads)


@settings(max_examples=50, deadline=None)
@given(_QUADS)
def test_oxigraph_reads_trig_back(quads: list[Quad]) -> None:
    text = "".join(trig(quads))
    assert _in_pyoxigraph(text, pyoxigraph.RdfFormat.TRIG) == _lines(quads)


@settings(max_examples=50, deadline=None)
@given(_TRIPLES)
def test_oxigraph_reads_turtle_back(quads: list[Quad]) -> None:
    text = "".join(turtle(quads))
    assert _in_pyoxigraph(text, pyoxigraph.RdfFormat.TURTLE) == _lines(quads)


@settings(max_examples=50, deadline=None)
@given(_TRIPLES)
def test_rdflib_reads_turtle_back(quads: list[Quad]) -> None:
    read = rdflib.Graph().parse(data="".join(turtle(quads)), format="turtle")
    meant = rdflib.Graph().parse(data="".join(nquads(quads)), format="nt")
    assert set(read) == set(meant)
    assert len(read) == len(_lines(quads))


@settings(max_examples=50, deadline=None)
@given(_QUADS)
def test_rdflib_reads_trig_back(quads: list[Quad]) -> None:
    read, meant = rdflib.Dataset(), rdflib.Dataset()
    read.parse(data="".join(trig(quads)), format="trig")
    meant.parse(data="".join(nquads(quads)), format="nquads")
    assert set(read.quads()) == set(meant.quads())


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
@settings(max_examples=50, deadline=None)
@given(quads=_QUADS, seed=st.integers())
def test_order_and_repetition_do_not_matter(writer: Writer, quads: list[Quad], seed: int) -> None:
    shuffled = [*quads, *quads[:3]]
    Random(seed).shuffle(shuffled)  # noqa: S311
    assert list(writer(shuffled)) == list(writer(quads))


def _graph(extra: int = 0) -> list[Quad]:
    node, graph = IRI(DATA + "x"), IRI(DATA + "doc_1")
    return [
        Quad(node, IRI(NAMESPACE + "value"), rdf.number(number), graph)
        for number in range(3 + extra)
    ]


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_one_triple_more_is_one_line_more(writer: Writer) -> None:
    before, after = list(writer(_graph())), list(writer(_graph(extra=1)))
    assert set(before) <= set(after)
    assert len(after) == len(before) + 1


def test_turtle_is_short_and_readable() -> None:
    node, prefix = IRI(DATA + "Norland"), NAMESPACE
    quads = [
        Quad(node, IRI(rdf.LANG_STRING.replace("langString", "type")), IRI(prefix + "Country")),
        Quad(node, IRI(prefix + "advancedIn"), IRI(DATA + "Vale")),
        Quad(node, IRI(prefix + "geonames"), rdf.number(7)),
        Quad(node, IRI(prefix + "text"), rdf.text("<script>", "en")),
        Quad(node, IRI("http://example.org/p"), IRI(DATA + "a/b")),
    ]
    written = "".join(turtle(quads))
    assert written.split("\n\n")[1] == (
        "kgr:Norland\n"
        f"    <http://example.org/p> <{DATA}a/b> ;\n"
        "    a kg:Country ;\n"
        "    kg:advancedIn kgr:Vale ;\n"
        "    kg:geonames 7 ;\n"
        '    kg:text "<script>"@en ;\n'
        ".\n"
    )
