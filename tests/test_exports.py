"""The formats for other tools, and the register of all formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import networkx
import pyoxigraph
import pytest

from kg import graph as stage
from kg.errors import InputError
from kg.export import WRITERS
from kg.graph.network import links
from kg.lexicon import EdgeRule
from kg.model import Argument, Entity, Filler
from kg.rdf import Quad
from kg.store import Store
from tests.builders import argument, claim, fact, reading, report

EDGES = {
    "Capture": (EdgeRule("captured", "theme"),),
    "Supply": (EdgeRule("supplied", "recipient"),),
    "Claim": (EdgeRule("claimed", "content"),),
}
HOSTILE = '=cmd("x")\x00<script>"&'


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    document = report("Norland took Vale and never supplied Vale, it said.", title=HOSTILE)
    norland, vale = (
        argument(document, role, words, words)
        for role, words in (("agent", "Norland"), ("theme", "Vale"))
    )
    took = claim(document, "Capture", "took", norland, vale)
    supplied = claim(
        document,
        "Supply",
        "supplied",
        norland,
        argument(document, "recipient", "Vale", "Vale"),
        factuality=fact(polarity="negative"),
    )
    said = claim(
        document, "Claim", "said", norland, Argument("content", Filler(took.trigger, event=took.id))
    )
    entities = (Entity("Norland", "Country", HOSTILE), Entity("Vale", "Town", "Vale"))
    readings = [reading(document, [took, supplied, said], entities)]
    return list(stage.quads(readings, stage.derive_statements(readings, EDGES)))


def _written(name: str, quads: list[Quad]) -> str:
    return "".join(WRITERS[name].write(quads))


def test_the_formats_are_these() -> None:
    assert list(WRITERS) == [
        "csv", "events", "geojson", "gexf", "graphml", "jsonld", "nquads", "ntriples", "trig",
        "turtle",
    ]  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_order_does_not_matter_and_no_date_is_written(name: str, quads: list[Quad]) -> None:
    shuffled = quads.copy()
    Random(7).shuffle(shuffled)  # noqa: S311
    assert _written(name, shuffled) == _written(name, quads)
    assert "lastmodified" not in _written(name, quads)


@pytest.mark.parametrize("name", WRITERS)
def test_an_empty_graph_is_a_valid_file(name: str, tmp_path: Path) -> None:
    text = _written(name, [])
    if name in {"gexf", "graphml"}:
        ElementTree.fromstring(text)  # noqa: S314
    elif name in {"csv", "events"}:
        assert len(text.splitlines()) == 1
    elif name == "geojson":
        assert json.loads(text)["features"] == []
    else:
        path = tmp_path / f"graph{WRITERS[name].extension}"
        path.write_text(text)
        assert len(Store.of_files(path)) == 0


@pytest.mark.parametrize("name", ["jsonld", "nquads", "trig"])
def test_a_dataset_comes_back_from_the_file_as_it_was(
    name: str, quads: list[Quad], tmp_path: Path
) -> None:
    path = tmp_path / f"graph{WRITERS[name].extension}"
    path.write_text(_written(name, quads), encoding="utf-8")
    assert set(Store.of_files(path).quads()) == set(quads)


@pytest.mark.parametrize("name", ["ntriples", "turtle"])
def test_a_graph_comes_back_without_its_names(name: str, quads: list[Quad], tmp_path: Path) -> None:
    path = tmp_path / f"graph{WRITERS[name].extension}"
    path.write_text(_written(name, quads), encoding="utf-8")
    assert set(Store.of_files(path).quads()) == {quad._replace(graph=None) for quad in quads}


def test_json_ld_is_json_and_needs_no_remote_context(quads: list[Quad]) -> None:
    whole = json.loads(_written("jsonld", quads))
    assert set(whole["@context"].values()) <= {
        value for value in whole["@context"].values() if isinstance(value, str)
    }
    parsed = pyoxigraph.parse(_written("jsonld", quads), format=pyoxigraph.RdfFormat.JSON_LD)
    assert len(set(parsed)) == len(set(quads))


def test_csv_has_a_row_an_edge_and_no_formula(quads: list[Quad]) -> None:
    rows = list(csv.DictReader(io.StringIO(_written("csv", quads))))
    assert [(row["subject"], row["predicate"], row["status"]) for row in rows] == [
        ("Norland", "captured", "asserted"),
        ("Norland", "claimed", "asserted"),
        ("Norland", "supplied", "negated"),
    ]
    assert {row["subject_label"] for row in rows} == {"'" + HOSTILE}
    assert rows[0]["supported_by"] == rows[1]["object"]


@pytest.mark.parametrize(
    ("name", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]
)
def test_network_files_are_read_back_with_status_and_clean_labels(
    name: str, read: object, quads: list[Quad]
) -> None:
    text = io.BytesIO(_written(name, quads).encode())
    network = read(text)  # type: ignore[operator]
    assert set(network.nodes) == {"Norland", "Vale"}
    assert network.nodes["Norland"]["label"] == HOSTILE.replace("\x00", "\ufffd")
    edges = {(data["label"], data["status"]) for _, _, data in network.edges(data=True)}
    assert edges == {("captured", "asserted"), ("supplied", "negated")}


def test_the_network_leaves_out_what_was_said(quads: list[Quad]) -> None:
    network = stage.network(quads)
    assert [(a, b, key) for a, b, key in network.edges(keys=True)] == [
        ("Norland", "Vale", "captured"),
        ("Norland", "Vale", "supplied"),
    ]
    assert network.nodes["Vale"] == {"label": "Vale", "type": "Town"}


def test_links_name_the_claims_behind_them(quads: list[Quad]) -> None:
    found, nodes = links(quads)
    assert [(len(link.supported_by), len(link.opposed_by)) for link in found] == [
        (1, 0),
        (1, 0),
        (0, 1),
    ]
    assert found[1].object in nodes


@pytest.mark.parametrize("line", ["<a:s> <a:p> _:b .", '<a:s> <a:p> "x"^^<a:t> .'])
def test_what_cannot_be_written_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "foreign.nt"
    path.write_text(line)
    with pytest.raises(InputError, match="cannot be written"):
        list(Store.of_files(path).quads())
