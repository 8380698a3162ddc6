"""The SPARQL store: answers, located errors, and no way to the network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kg import rdf
from kg.errors import InputError, QueryError
from kg.export.trig import trig
from kg.export.turtle import turtle
from kg.rdf import IRI, Quad
from kg.store import Store, Value, named_query, questions
from kg.vocab import DATA, NAMESPACE

QUADS = [
    Quad(IRI(DATA + who), IRI(NAMESPACE + "advancedIn"), IRI(DATA + where), IRI(DATA + graph))
    for who, where, graph in (("A", "X", "g1"), ("A", "X", "g2"), ("B", "Y", "g2"))
] + [Quad(IRI(DATA + "A"), IRI(NAMESPACE + "text"), rdf.text("secret service", "en"))]


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of_quads(QUADS)


def _rows(store: Store, sparql: str) -> list[list[str]]:
    return [[str(value) for value in row] for row in store.query(sparql).rows]


def test_prefixes_are_known_and_all_graphs_are_one(store: Store) -> None:
    found = _rows(store, "SELECT DISTINCT ?who ?where { ?who kg:advancedIn ?where } ORDER BY ?who")
    assert found == [["kgr:A", "kgr:X"], ["kgr:B", "kgr:Y"]]


def test_an_unbound_variable_is_none(store: Store) -> None:
    (row,) = store.query("SELECT ?a ?b { BIND(1 AS ?a) }").rows
    assert row == (Value("literal", "1", rdf.INTEGER), None)


def test_a_literal_keeps_datatype_and_language(store: Store) -> None:
    ((text, number),) = store.query(
        "SELECT ?t ?n { kgr:A kg:text ?t BIND('2024-11-24'^^xsd:date AS ?n) }"
    ).rows
    assert text == Value("literal", "secret service", rdf.LANG_STRING, "en")
    assert number == Value("literal", "2024-11-24", rdf.DATE)


@pytest.mark.parametrize(("who", "answer"), [("A", True), ("C", False)])
def test_ask_answers_true_or_false(store: Store, who: str, answer: bool) -> None:
    found = store.query(f"ASK {{ kgr:{who} ?p ?o }}")
    assert bool(found) is answer
    assert [[str(value) for value in row] for row in found.rows] == [[str(answer).lower()]]


def test_construct_and_describe_give_triples_once_in_order(store: Store) -> None:
    for sparql in ("CONSTRUCT WHERE { ?s kg:advancedIn ?o }", "DESCRIBE kgr:A kgr:B"):
        found = store.query(sparql)
        assert (found.kind, found.columns) == ("graph", ("subject", "predicate", "object"))
        rows = [tuple(str(value) for value in row) for row in found.rows]
        assert rows == sorted(set(rows))
        assert ("kgr:B", "kg:advancedIn", "kgr:Y") in rows


@pytest.mark.parametrize(("suffix", "writer"), [(".ttl", turtle), (".trig", trig)])
def test_a_written_file_gives_the_same_answers(tmp_path: Path, suffix: str, writer: object) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_text("".join(writer(QUADS)), encoding="utf-8")  # type: ignore[operator]
    found = _rows(Store.of_files(path), "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s kg:advancedIn ?o }")
    assert found == [["2"]]


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT *\n{ ?s kg:near }", r"q\.rq:2:\d+: not valid SPARQL"),
        ("SELECT * { ?s ?p ?o . nonsense }", r"q\.rq:1:\d+: not valid SPARQL at `.*}`"),
        ("SELECT * {\n?s a foo:Bar }", r"q\.rq:2:\d+: a prefix is not declared"),
        ("SELECT * {", r"q\.rq:1:11: not valid SPARQL after this"),
        ("INSERT DATA { kgr:A kg:near kgr:B }", r"q\.rq:1:\d+: .* updates are refused"),
        ("LOAD <http://127.0.0.1/x>", r"q\.rq:1:\d+: .* updates are refused"),
    ],
)
def test_a_broken_query_says_where(store: Store, sparql: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        store.query(sparql, where="q.rq")


@pytest.fixture
def server() -> socket.socket:
    """A listening socket that must stay unvisited."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    return listener


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <URL> { ?a ?b ?c } }",
        "SELECT * { ?s ?p kg:.SERVICE <URL> { ?a ?b ?c } }",
        "SELECT * { ?s ?p kg:a\\'b . SERVICE <URL> { ?a ?b kg:c\\' } }",
        "PREFIX : <URL> SELECT * { SERVICE:x { ?a ?b ?c } }",
        "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
        "SELECT * { SERV\\U00000049CE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?a . FILTER(?a<kg:y#>'''\n) SERVICE <URL> { ?x ?y ?z } #'''\n }",
        "SELECT * { ?a ?b 'x' # ' \n SERVICE <URL> { ?s ?p ?o } # '\n }",
        "ASK { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } VALUES ?x { <URL> } }",
    ],
)
def test_no_spelling_of_service_reaches_a_server(
    store: Store, server: socket.socket, sparql: str
) -> None:
    with server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(QueryError, match="SERVICE is refused"):
            store.query(sparql.replace("URL", url))
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_remote_graph_is_not_fetched(store: Store, server: socket.socket) -> None:
    with server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/g"
        store.query(f"ASK FROM <{url}> FROM NAMED <{url}> {{ GRAPH <{url}> {{ ?s ?p ?o }} }}")
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT * { ?s kg:text ?t FILTER(CONTAINS(?t, "service")) } # about a service',
        "SELECT ?service { ?service kg:text 'the \\'service\\''@en }",
        "SELECT * { ?s <http://example.org/service> kgr:Secret_Service }",
    ],
)
def test_the_mere_word_service_is_no_offence(store: Store, sparql: str) -> None:
    store.query(sparql)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.ttl", "<a:b> <c:d>\n\n nonsense .", r"bad\.ttl:3: not valid RDF"),
        ("bad.txt", "x", r"bad\.txt: not an RDF file"),
        ("missing.ttl", None, r"missing\.ttl: No such file"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=message):
        Store.of_files(tmp_path / name)


def test_an_unknown_query_name_lists_the_known_ones() -> None:
    for name in ("nonsense", "../kg", "advances.rq", ""):
        with pytest.raises(QueryError, match="there are"):
            named_query(name)


def test_every_shipped_query_says_its_question() -> None:
    for name, question in questions().items():
        assert question.endswith("?"), name
        assert named_query(name).startswith(f"# {question}\n")
