"""`kg query` at an endpoint that the user names, `kg search`, and what may not be mixed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import rdf
from kg.cli import cli
from kg.errors import InputError, QueryError
from kg.rdf import IRI, Quad
from kg.serve.limits import Limits
from kg.serve.service import Service
from kg.store import Store, write_store
from kg.store.remote import Endpoint
from kg.store.search import NAME, write_search
from kg.store.sources import graph_of, is_url
from kg.vocab import DATA, NAMESPACE
from tests.builders import argument, claim, reading, report, searched

QUADS = [
    Quad(IRI(DATA + "A"), IRI(NAMESPACE + "text"), rdf.text("drei – три\n", "de")),
    Quad(IRI(DATA + "A"), IRI(NAMESPACE + "start"), rdf.number(7), IRI(DATA + "doc_1")),
]


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("remote")
    write_store(folder / "store", QUADS)
    with Service(folder, port=0, limits=Limits(workers=1)) as running:
        yield running


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?o { kgr:A ?p ?o } ORDER BY ?p",
        "SELECT ?o ?nothing { kgr:A kg:text ?o }",
        "ASK { kgr:A kg:start 7 }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "DESCRIBE kgr:A",
        "# a comment\nSELECT * { ?s ?p ?o } ORDER BY ?p",
    ],
)
def test_an_endpoint_answers_as_the_store_does(service: Service, sparql: str) -> None:
    assert Endpoint(service.url + "sparql").query(sparql) == Store.of_quads(QUADS).query(sparql)


def test_kg_query_asks_the_url_it_is_given(service: Service, tmp_path: Path) -> None:
    url, sparql = service.url + "sparql", "SELECT ?o { kgr:A kg:start ?o }"
    assert kg("query", sparql, "--graph", url, "--format", "csv").stdout == "o\n7\n"
    wrong = kg("query", "SELECT nonsense {}", "--graph", url)
    assert wrong.exit_code == 2
    assert "400" in wrong.stderr
    assert "not valid SPARQL" in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1


def test_only_a_url_is_an_endpoint_and_it_is_asked_alone(tmp_path: Path) -> None:
    assert is_url("https://x.example/sparql")
    assert is_url("HTTP://x.example")
    for name in ("file:///etc/passwd", "ftp://x.example", "http:/x", "//x.example", "graph.ttl"):
        assert not is_url(name)
        with pytest.raises(InputError):
            graph_of(name)
    with pytest.raises(InputError, match="asked alone"):
        graph_of("graph.ttl", "http://127.0.0.1/sparql")


class Odd(BaseHTTPRequestHandler):
    """An endpoint that misbehaves in the way its path says."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body, kind, status = {
            "/html": (b"<p>hello", "text/html", 200),
            "/broken": (b'{"head":{"vars":["a"]},', "application/sparql-results+json", 200),
            "/turtle": (b"<urn:a> nonsense", "text/turtle", 200),
            "/error": (b"first line\nsecond", "text/plain", 500),
            "/moved": (b"", "text/plain", 302),
        }[self.path]  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Odd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/html", "answers with text/html, which is no answer"),
        ("/broken", "which is no answer"),
        ("/turtle", "which is no answer"),
        ("/error", "answers 500 Internal Server Error: first line$"),
        ("/moved", "302: it has moved to http://127.0.0.1:1/elsewhere"),
    ],
)
def test_an_odd_endpoint_is_named_with_what_it_did(odd: str, path: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Endpoint(odd + path).query("ASK {}")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://", "http://x:y/", "http://[/"])
def test_an_endpoint_that_cannot_be_reached(url: str) -> None:
    with pytest.raises(QueryError, match="cannot be asked"):
        Endpoint(url, timeout=2).query("ASK {}")


# ------------------------------------------------------------------ kg search


@pytest.fixture
def output(tmp_path: Path) -> Path:
    document = report("Karden attacked Brenna.", "It rained\x1b[31m.", publisher="Wire")
    told = claim(document, "Attack", "attacked", argument(document, "agent", "Karden"))
    write_search(tmp_path / NAME, [searched(reading(document, [told]))])
    return tmp_path


def test_kg_search_shows_sentence_report_date_and_claims(output: Path) -> None:
    assert kg("search", "attack", "karden", "--output", output).stdout.splitlines()[:2] == [
        "Karden attacked Brenna.",
        "  report.txt, sentence 1 (Wire, 2024-11-24)",
    ]
    ((hit),) = json.loads(kg("search", "karden", "--output", output, "--format", "json").stdout)
    assert (hit["text"], hit["published"]) == ("Karden attacked Brenna.", "2024-11-24")
    assert [each["type"] for each in hit["claims"]] == ["Attack"]


def test_kg_search_never_moves_the_terminal(output: Path) -> None:
    assert "\x1b" not in kg("search", "rained", "--output", output).stdout


def test_kg_search_says_when_there_is_nothing(output: Path, tmp_path: Path) -> None:
    nothing = kg("search", "snow", "--output", output)
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert kg("search", "--output", output, "--", "-").exit_code == 2
    assert kg("search", "rain", "--output", tmp_path / "none").exit_code == 2
