"""Files put together from fragments, and sorting on disk: the same bytes as all at once."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from kg.export.fragments import fragment, merged, write_trig, write_turtle
from kg.export.ordering import ordered
from kg.export.trig import trig
from kg.export.turtle import turtle
from kg.rdf import IRI, Quad
from tests.test_writers import _IRIS, _TERMS

_GRAPHS = st.sampled_from([IRI(f"http://example.org/g{number}") for number in range(4)])
_QUADS = st.lists(st.builds(Quad, _IRIS, _IRIS, _TERMS, _GRAPHS), max_size=24)


@given(_QUADS)
def test_fragments_give_the_files_that_all_quads_give(quads: list[Quad]) -> None:
    graphs: dict[IRI, list[Quad]] = defaultdict(list)
    for quad in quads:
        assert quad.graph is not None
        graphs[quad.graph].append(quad)
    texts = {graph: fragment(members) for graph, members in graphs.items()}
    assert "".join(write_turtle(texts.values())) == "".join(turtle(quads))
    sections = [(graph, [texts[graph]]) for graph in sorted(texts)]
    assert "".join(write_trig(sections)) == "".join(trig(quads))


@given(_QUADS)
def test_a_graph_can_be_made_of_many_fragments(quads: list[Quad]) -> None:
    pieces = [fragment([quad]) for quad in quads]
    assert "".join(merged(pieces)) == fragment(quads)


def test_what_memory_does_not_hold_is_sorted_on_disk() -> None:
    lines = [f"{number:03} ä😀" for number in range(500)]
    shuffled = [lines[at * 7 % 500] for at in range(1500)]
    assert list(ordered(shuffled, held=200)) == lines
