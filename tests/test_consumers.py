"""The exports in the hands of other people's programs."""

from __future__ import annotations

import configparser
import csv
import hashlib
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import fsspec
import ladybug
import networkx
import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.export import FOLDER_WRITERS, WRITERS
from kg.export.events import COLUMNS
from kg.export.qlever import qlever
from kg.graph.network import links
from kg.rdf import Quad
from kg.store import Store


@pytest.fixture(scope="module")
def store(samples: Path) -> Store:
    return Store.opened(samples / "store")


@pytest.fixture(scope="module")
def quads(store: Store) -> list[Quad]:
    return list(store.quads())


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


# ------------------------------------------------------------------ Parquet


@pytest.fixture(scope="module")
def tables(store: Store, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("tables")
    FOLDER_WRITERS["parquet"].write(store.quads, folder)
    database = duckdb.connect()
    for path in folder.iterdir():
        database.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")  # noqa: S608
    return database


def _answer(tables: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return tables.execute(sql).fetchall()


def test_duckdb_reads_all_quads_back(tables: duckdb.DuckDBPyConnection, quads: list[Quad]) -> None:
    cells = {tuple(row) for row in _answer(tables, "SELECT * FROM quads")}
    assert cells == {
        (
            quad.graph.value if quad.graph else None,
            quad.subject.value,
            quad.predicate.value,
            getattr(quad.object, "value", None) or getattr(quad.object, "lexical", ""),
            getattr(quad.object, "datatype", None),
            getattr(quad.object, "language", None),
        )
        for quad in quads
    }


def test_duckdb_and_sparql_count_alike(tables: duckdb.DuckDBPyConnection, store: Store) -> None:
    events = "?e kg:trigger ?t ; kg:specificType ?type FILTER (?type != kg:OpenClaim)"
    rows = store.query(f"SELECT ?type (COUNT(?e) AS ?n) {{ {events} }} GROUP BY ?type").rows
    wanted = {str(kind).removeprefix("kg:"): int(str(number)) for kind, number in rows}
    assert dict(_answer(tables, "SELECT type, count(*) FROM events GROUP BY type")) == wanted
    facts = "SELECT (COUNT(*) AS ?n) { ?fact a kg:Relation ; kg:status 'asserted' }"
    ((number,),) = store.query(facts).rows
    sql = "SELECT count(*) FROM edges WHERE status = 'asserted'"
    assert _answer(tables, sql) == [(int(str(number)),)]


def test_duckdb_joins_events_with_who_did_it(tables: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "SELECT DISTINCT who.label FROM events JOIN fillers who ON who.event = events.id"
        " JOIN fillers place ON place.event = events.id WHERE type = 'Advance' AND realis"
        " AND who.role = 'agent' AND place.label = 'Kursk Oblast'"
    )
    assert any("Russia" in str(label) for (label,) in _answer(tables, sql))


# -------------------------------------------------------- property graphs


def test_a_property_graph_database_loads_the_neo4j_files(store: Store, tmp_path: Path) -> None:
    FOLDER_WRITERS["neo4j"].write(store.quads, tmp_path)
    connection = ladybug.Connection(ladybug.Database(str(tmp_path / "graph.db")))
    connection.execute(
        "CREATE NODE TABLE Entity(id STRING, label STRING, class STRING, PRIMARY KEY(id))"
    )
    connection.execute(
        "CREATE REL TABLE Edge(FROM Entity TO Entity, status STRING, sources INT64,"
        " documents INT64, firstReported DATE, lastReported DATE, type STRING)"
    )
    connection.execute(f"COPY Entity FROM '{tmp_path / 'nodes.csv'}' (HEADER=true)")
    connection.execute(f"COPY Edge FROM '{tmp_path / 'relationships.csv'}' (HEADER=true)")
    found, _ = links(store.quads())
    between = sorted(
        (link.subject, link.object, link.status) for link in found if link.predicate != "claimed"
    )
    rows = connection.execute("MATCH (a)-[e]->(b) RETURN a.id, b.id, e.status")
    assert sorted(map(tuple, rows.get_all())) == between


# ------------------------------------------------------------------ shards


def test_the_shards_are_the_sorted_quads_and_the_qleverfile_names_them(
    store: Store, quads: list[Quad], tmp_path: Path
) -> None:
    qlever(store.quads, tmp_path, shard=1000)
    shards = sorted(tmp_path.glob("quads-*.nq"))
    assert len(shards) == -(-len(quads) // 1000)
    whole = b"".join(path.read_bytes() for path in shards)
    assert whole == "".join(WRITERS["nquads"].write(quads)).encode()
    loaded = pyoxigraph.Store()
    for path in shards:
        loaded.bulk_load(path=str(path))
    assert len(loaded) == len(quads)
    config = configparser.ConfigParser(interpolation=None)
    config.read(tmp_path / "Qleverfile")
    assert sorted(tmp_path.glob(config["index"]["INPUT_FILES"])) == shards
    json.loads(config["index"]["SETTINGS_JSON"])


# ------------------------------------------------------------ events, maps


def test_events_are_a_table_with_acled_columns(store: Store) -> None:
    text = "".join(WRITERS["events"].write(store.quads()))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["event_type"] for row in rows} >= {"Battles", "Explosions/Remote violence"}
    for row in rows:
        assert row["year"] == row["event_date"][:4]
        assert row["time_precision"] in ("1", "2", "3")
        assert (row["latitude"] == "") == (row["longitude"] == "")
    placed = [row for row in rows if row["location"].startswith("Kursk") and row["latitude"]]
    assert placed
    assert all(50 < float(row["latitude"]) < 53 for row in placed)
    relation = duckdb.read_csv(io.StringIO(text))
    assert len(relation.fetchall()) == len(rows)


def test_geojson_has_a_point_for_each_placed_event(store: Store) -> None:
    data = json.loads("".join(WRITERS["geojson"].write(store.quads())))
    rows = csv.DictReader(io.StringIO("".join(WRITERS["events"].write(store.quads()))))
    placed = {(row["event_id_cnty"], row["longitude"]) for row in rows if row["longitude"]}
    assert data["type"] == "FeatureCollection"
    assert {
        (each["properties"]["id"], str(each["geometry"]["coordinates"][0]))
        for each in data["features"]
    } == {(event, str(float(lon))) for event, lon in placed}
    for each in data["features"]:
        lon, lat = each["geometry"]["coordinates"]
        assert each["geometry"]["type"] == "Point"
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90


def test_networks_of_the_samples_have_the_same_edges_in_networkx(store: Store) -> None:
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}
    edges = {
        name: sorted(
            (a, b, data["label"]) for a, b, data in reader(_file(store, name)).edges(data=True)
        )
        for name, reader in read.items()
    }
    assert edges["graphml"] == edges["gexf"]
    assert edges["graphml"]


def _file(store: Store, name: str) -> io.BytesIO:
    return io.BytesIO("".join(WRITERS[name].write(store.quads())).encode())


# -------------------------------------------------------------- the command


@pytest.mark.parametrize("place", ["memory://{}/graph", "file://{}/graph"])
def test_shards_go_to_any_place_of_fsspec(samples: Path, tmp_path: Path, place: str) -> None:
    url = place.format(tmp_path)
    result = kg("export", "--to", "qlever", "--graph", samples, "-o", url)
    assert (result.exit_code, result.stderr) == (0, f"{url}: written\n")
    system, root = fsspec.url_to_fs(url)
    names = sorted(path.rpartition("/")[2] for path in system.ls(root, detail=False))
    assert names == ["Qleverfile", "quads-00000.nq"]
    written = system.cat_file(f"{root}/quads-00000.nq")
    assert written == kg("export", "--to", "nquads", "--graph", samples).stdout_bytes


def test_a_file_goes_to_a_place_of_fsspec(samples: Path, tmp_path: Path) -> None:
    url = f"memory://{tmp_path}/facts.csv"
    assert kg("export", "--to", "csv", "--graph", samples, "-o", url).exit_code == 0
    with fsspec.open(url) as stream:
        assert stream.read() == kg("export", "--to", "csv", "--graph", samples).stdout_bytes


@pytest.mark.parametrize("url", ["nowhere://bucket/graph", "file:///dev/null/graph"])
def test_a_place_that_cannot_be_written_is_an_error_in_one_line(samples: Path, url: str) -> None:
    result = kg("export", "--to", "csv", "--graph", samples, "-o", url)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kg: {url}: cannot be written: ")
    assert result.stderr.count("\n") == 1


def test_the_command_writes_the_same_from_store_and_file(samples: Path) -> None:
    hashes = {
        hashlib.sha256(kg("export", "--to", "nquads", "--graph", graph).stdout_bytes).hexdigest()
        for graph in (samples, samples / "store", samples / "graph.trig")
    }
    assert len(hashes) == 1


def test_a_folder_of_files_is_not_written_to_standard_output(samples: Path) -> None:
    result = kg("export", "--to", "parquet", "--graph", samples)
    assert result.exit_code == 2
    assert "name it with -o" in result.stderr


# --------------------------------------------------------------------- push


class GraphStore(BaseHTTPRequestHandler):
    """The part of the Graph Store Protocol that a push needs, over a real RDF store."""

    def do_PUT(self) -> None:
        store: pyoxigraph.Store = self.server.store  # type: ignore[attr-defined]
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Authorization") != "Bearer sesame":
            self.send_error(401)
            return
        graph = pyoxigraph.NamedNode(query["graph"][0]) if "graph" in query else None
        target = graph or pyoxigraph.DefaultGraph()
        existed = any(store.quads_for_pattern(None, None, None, target))
        store.clear_graph(target)
        store.load(body, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=target)
        self.send_response(204 if existed else 201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def graph_store() -> Iterator[tuple[str, pyoxigraph.Store]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), GraphStore) as server:
        server.store = pyoxigraph.Store()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/store", server.store  # type: ignore[attr-defined]
        server.shutdown()


def test_a_push_puts_every_graph_in_place(
    graph_store: tuple[str, pyoxigraph.Store],
    samples: Path,
    quads: list[Quad],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, there = graph_store
    monkeypatch.setenv("KG_AUTHORIZATION", "Bearer sesame")
    for _ in range(2):
        result = kg("push", url, "--graph", samples)
        assert result.exit_code == 0, result.stderr
        assert {str(quad) for quad in there} == {str(quad).removesuffix(" .") for quad in quads}
    number = len({quad.graph for quad in quads})
    assert f"{number} graphs sent" in result.stderr


def test_a_refused_push_is_one_line(
    graph_store: tuple[str, pyoxigraph.Store], samples: Path
) -> None:
    result = kg("push", graph_store[0], "--graph", samples)
    assert result.exit_code == 2
    assert "401 Unauthorized" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "output"])
def test_only_http_is_pushed_to(url: str, samples: Path) -> None:
    result = kg("push", url, "--graph", samples)
    assert result.exit_code == 2
    assert "not an http or https URL" in result.stderr
