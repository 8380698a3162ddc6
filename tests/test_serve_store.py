"""The store on disk: whole or not at all, one transaction a change, safe from kills."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import BuildError, InputError
from kg.rdf import IRI, Quad
from kg.store import Store, changed_store, loading_order, write_store
from kg.store.disk import settled
from kg.vocab import DATA, NAMESPACE


def quad(subject: str, text: str, graph: str) -> Quad:
    return Quad(IRI(DATA + subject), IRI(NAMESPACE + "text"), rdf.text(text), IRI(DATA + graph))


def in_graph(each: Quad) -> str:
    return f"{each.graph} {{ {each.subject} {each.predicate} {each.object} }}\n"


FIRST = [quad("a", 'one\n"two" \\ \x01', "doc_1"), quad("b", "drei – три", "doc_2")]


def held(path: Path) -> set[Quad]:
    return set(Store.opened(path).quads())


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    write_store(tmp_path / "store", [*FIRST, FIRST[0]])
    assert held(tmp_path / "store") == set(FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_many_quads_stream_into_a_store(tmp_path: Path) -> None:
    quads = (quad(f"n{number}", "word " * 50, f"doc_{number % 7}") for number in range(20_000))
    write_store(tmp_path / "store", quads)
    assert len(Store.opened(tmp_path / "store")) == 20_000


def test_a_failing_source_of_quads_leaves_the_old_store(tmp_path: Path) -> None:
    def failing() -> Iterator[Quad]:
        yield quad("c", "new", "doc_3")
        raise BuildError("the third report is broken")

    write_store(tmp_path / "store", FIRST)
    with pytest.raises(BuildError, match="the third report is broken"):
        write_store(tmp_path / "store", failing())
    assert held(tmp_path / "store") == set(FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_changed_store_has_other_graphs_and_quads_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "store"
    old = [*FIRST, quad("b", "left", "doc_2"), quad("d", "derived", "graph_derived")]
    write_store(path, old)
    changed_store(
        path,
        tmp_path / "new",
        without=[IRI(DATA + "doc_1")],
        removed=["".join(map(in_graph, old[-2:])).encode()],
        trig=[
            f"<{DATA}doc_3> {{ <{DATA}c> <{DATA}p> 'new' }}".encode(),
            "".join(map(in_graph, (old[-2], quad("e", "derived", "graph_derived")))).encode(),
        ],
    )
    kept = {each for each in old if each.graph == IRI(DATA + "doc_2")}
    found = held(tmp_path / "new")
    assert {each for each in found if each.graph == IRI(DATA + "doc_2")} == kept
    assert found - kept == {
        Quad(IRI(DATA + "c"), IRI(DATA + "p"), rdf.text("new"), IRI(DATA + "doc_3")),
        quad("e", "derived", "graph_derived"),
    }
    assert held(path) == set(old)


def test_there_must_be_a_store_to_open_or_change(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a store"):
        Store.opened(tmp_path / "none")
    with pytest.raises(BuildError, match="cannot be written"):
        changed_store(tmp_path / "none", tmp_path / "new", without=[], removed=[], trig=[])
    assert list(tmp_path.iterdir()) == []


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write_store(path, FIRST)
    path.rename(tmp_path / "store.previous")  # where a writer stands when it is killed there
    assert held(settled(path)) == set(FIRST)
    write_store(path, [quad("c", "new", "doc_3")])
    assert held(path) == {quad("c", "new", "doc_3")}
    assert [each.name for each in tmp_path.iterdir()] == ["store"]


WRITER = """
import sys
from pathlib import Path
from kg import rdf
from kg.rdf import IRI, Quad
from kg.store import write_store
graph = IRI("urn:x:doc")
for number in range(10_000):
    texts = [rdf.text(f"{number} {word}") for word in range(100)]
    quads = [Quad(IRI("urn:x:s"), IRI("urn:x:p"), text, graph) for text in texts]
    write_store(Path(sys.argv[1]), quads)
    print(number, flush=True)
"""


@pytest.mark.parametrize("moment", [0.05, 0.13, 0.21])
def test_kill_9_of_a_writer_leaves_one_whole_version(tmp_path: Path, moment: float) -> None:
    path = tmp_path / "store"
    write_store(path, [])
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(moment)
        writer.kill()
        acknowledged = [0, *map(int, writer.stdout)][-1]
    texts = [quad.object for quad in Store.opened(settled(path)).quads()]
    versions = {str(text).strip('"').split()[0] for text in texts}
    assert len(texts) == 100
    assert len(versions) == 1
    assert int(versions.pop()) >= acknowledged


def test_the_loading_order_is_that_in_which_the_engine_keeps_graphs(tmp_path: Path) -> None:
    graphs = [IRI(f"{DATA}doc_{number}") for number in range(40)]
    write_store(tmp_path / "store", (Quad(name, name, name, name) for name in graphs))
    found = loading_order(graphs)
    assert found == loading_order(reversed(graphs)) != graphs
    names = Store.opened(tmp_path / "store").query("SELECT ?g { GRAPH ?g {} }")
    assert [str(name) for (name,) in names.rows] == [
        f"kgr:{name.value[len(DATA) :]}" for name in found
    ]
