"""What the page is packed from: columns, border lines, the console's parts, vendored files."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import graph
from kg.export.html import render
from kg.export.html.assemble import assemble
from kg.export.html.basemap import UNITS, basemap
from kg.export.html.columns import pack
from kg.export.html.view import View
from kg.resources import resource_files
from tests.dispatches import load, read
from tests.pages import Elements, digest, islands, unpack

VENDOR = files("kg.export.html") / "vendor"

SCALARS = st.none() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
VALUES = st.lists(SCALARS | st.booleans()) | st.lists(st.lists(st.integers(0, 9), max_size=4))


def view(*places: tuple[float, float]) -> View:
    """A view whose entities lie at these longitudes and latitudes."""
    case = load()
    for fields in case["entities"].values():
        fields.pop("lat", None)
        fields.pop("lon", None)
    names = ("Brenna", "Solvik", "Hask")
    for name, (lon, lat) in zip(names, places, strict=False):
        case["entities"][name] |= {"lon": str(lon), "lat": str(lat)}
    return assemble(*read(case), "x")


# ------------------------------------------------------------------------------------ columns


@given(VALUES)
def test_what_is_packed_comes_out_again(values: list[Any]) -> None:
    packed = json.loads(json.dumps(pack(values)))
    assert unpack(packed, len(values)) == values


@given(st.lists(st.fixed_dictionaries({"a": SCALARS, "b": st.lists(SCALARS, max_size=3)})))
def test_records_come_out_again(records: list[dict[str, Any]]) -> None:
    assert unpack(json.loads(json.dumps(pack(records))), len(records)) == records


def test_equal_values_are_stored_once() -> None:
    assert pack(["Northern Wire"] * 4) == {"t": [["Northern Wire"], [0, 0, 0, 0]]}
    assert pack([100, 101, 102]) == {"d": [100, 1, 1]}


# ------------------------------------------------------------------------------------ borders


def points(lines: dict[str, list[list[int]]]) -> list[tuple[float, float]]:
    found = []
    for line in (line for kind in lines.values() for line in kind):
        x = y = 0
        for dx, dy in zip(line[::2], line[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x / UNITS, y / UNITS))
    return found


def test_lines_are_cropped_to_the_data() -> None:
    lines = basemap(view((35.27, 51.19), (36.19, 51.73)))
    assert set(lines) == {"near"}
    assert points(lines["near"])
    assert all(abs(x - 35.7) < 12 and abs(y - 51.5) < 8 for x, y in points(lines["near"]))
    assert len(json.dumps(lines)) < 35_000


def test_the_north_of_crimea_is_disputed_and_not_a_border() -> None:
    lines = basemap(view((34.1, 45.0)))["near"]
    assert any(33 < x < 36 and 45.5 < y < 46.5 for x, y in points({"": lines["disputed"]}))
    assert not any(33 < x < 35 and 45.8 < y < 46.3 for x, y in points({"": lines["border"]}))


def test_data_all_over_the_world_gets_the_coarse_map_and_details_around_it() -> None:
    lines = basemap(view((35.27, 51.19), (-77.0, 38.9), (25.3, 13.6)))
    assert set(lines) == {"far", "near"}
    assert len(points(lines["far"])) > 3_000
    assert all(abs(y) <= 90 and abs(x) <= 180 for x, y in points(lines["far"]))
    assert len(json.dumps(lines)) < 150_000


def test_no_line_runs_around_the_world() -> None:
    for line in basemap(view((35.0, 51.0), (-77.0, 38.9)))["far"]["coast"]:
        assert all(abs(step) < 90 * UNITS for step in line[2::2])


def test_without_a_place_there_is_no_map() -> None:
    assert basemap(view()) == {}


# ------------------------------------------------------------------------------------ console


@pytest.fixture(scope="module")
def page() -> str:
    readings, statements = read(load())
    dataset = graph.quads(readings, statements)
    return render(readings, statements, title="Lower Arden front", dataset=dataset)


def test_the_console_brings_engine_graph_and_the_shipped_questions(page: str) -> None:
    parts = islands(page)
    assert parts["sparql-engine"].startswith(b"\0asm")
    assert b"Lower Arden" in parts["sparql-graph"]
    examples = json.loads(parts["sparql-examples"])["examples"]
    assert [name for name, *_ in examples] == [
        path.stem for path in resource_files("queries", "*.rq")
    ]
    assert all(question.endswith("?") and "WHERE" in query for _, question, query in examples)


def test_the_policy_lets_the_engine_in_only_with_a_console(page: str) -> None:
    policy = next(a["content"] for _, a in Elements(page).tags if "http-equiv" in a) or ""
    assert "'wasm-unsafe-eval'" in policy
    assert digest(islands(page)["sparql-glue"].decode()) in policy
    assert "wasm-unsafe-eval" not in render(*read(load()), title="Lower Arden front")


# ------------------------------------------------------------------------------------ vendored


def test_vendored_files_are_those_that_the_scripts_wrote() -> None:
    recorded = json.loads((VENDOR / "checksums.json").read_text(encoding="utf-8"))
    present = {p.name: p for p in VENDOR.iterdir() if p.name != "checksums.json"}
    assert set(present) == set(recorded)
    for name, path in present.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == recorded[name], name


def test_vendored_scripts_fetch_nothing() -> None:
    for name in ("d3-force.js", "oxigraph.js"):
        source = (VENDOR / name).read_text(encoding="utf-8")
        for word in ("fetch(", "XMLHttpRequest", "importScripts", "import(", "import.meta"):
            assert word not in source, (name, word)
