"""The SPARQL 1.1 Protocol: the W3C's own tests where they are at hand, and ours where they are not.

The W3C's suite is found by the environment variable KG_W3C, or in `w3c` of the shared folder.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.rdf import IRI, Quad
from kg.serve.limits import Limits
from kg.serve.service import Service
from kg.store import write_store
from tests.serving import JSON, Reply, ask, query

TYPE = IRI(str(RDF.type))
GRAPHS = ("urn:g:1", "urn:g:2")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Two graphs, each with one triple of the same form."""
    folder = tmp_path_factory.mktemp("protocol")
    quads = [Quad(IRI(f"{name}:s"), TYPE, IRI("urn:T"), IRI(name)) for name in GRAPHS]
    write_store(folder / "store", quads)
    with Service(folder, port=0, limits=Limits(workers=1, answer=100_000)) as running:
        yield running


def holds(service: Service, pattern: str, *dataset: str) -> bool:
    target = f"/sparql?query={quote(f'ASK {{ {pattern} }}')}"
    reply = ask(service, "&".join([target, *dataset]))
    assert reply.status == 200, reply.text
    return bool(reply.json["boolean"])


# ------------------------------------------------------------ three ways to ask


@pytest.mark.parametrize("method", ["GET", "form", "direct"])
def test_a_query_comes_in_three_ways(service: Service, method: str) -> None:
    sparql = "SELECT ?s { ?s a <urn:T> } ORDER BY ?s"
    replies = {
        "GET": lambda: ask(service, f"/sparql?query={quote(sparql)}"),
        "form": lambda: ask(service, "/sparql", "POST", FORM, f"query={quote(sparql)}"),
        "direct": lambda: ask(service, "/sparql/", "POST", DIRECT, sparql),
    }
    reply = replies[method]()
    assert (reply.status, reply.kind) == (200, JSON)
    found = [row["s"]["value"] for row in reply.json["results"]["bindings"]]
    assert found == ["urn:g:1:s", "urn:g:2:s"]


def test_head_is_get_without_the_body(service: Service) -> None:
    target = f"/sparql?query={quote('ASK {}')}"
    got, asked = ask(service, target), ask(service, target, "HEAD")
    assert asked.body == b""
    assert asked.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/html, */*;q=0.1", JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.4", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/*;q=0.5, text/csv;q=0", "text/tab-separated-values"),
    ],
)
def test_solutions_come_in_the_form_that_is_accepted(
    service: Service, accept: str, kind: str
) -> None:
    reply = query(service, "SELECT ?s { ?s a <urn:T> } ORDER BY ?s", accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert reply.headers["vary"] == "Accept"


def test_the_forms_of_solutions_say_the_same(service: Service) -> None:
    sparql = "SELECT ?s { ?s a <urn:T> } ORDER BY ?s"
    rows = list(csv.reader(io.StringIO(query(service, sparql, "text/csv").text)))
    assert rows == [["s"], ["urn:g:1:s"], ["urn:g:2:s"]]
    assert query(service, sparql, "text/tab-separated-values").text.splitlines() == [
        "?s", "<urn:g:1:s>", "<urn:g:2:s>",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("accept", "form"),
    [("", "turtle"), ("text/turtle", "turtle"), ("application/n-triples", "nt"),
     ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)  # fmt: skip
@pytest.mark.parametrize("sparql", ["CONSTRUCT WHERE { ?s a <urn:T> }", "DESCRIBE <urn:g:1:s>"])
def test_graphs_come_in_the_form_that_is_accepted(
    service: Service, accept: str, form: str, sparql: str
) -> None:
    reply = query(service, sparql, accept)
    assert reply.status == 200
    graph = rdflib.Graph().parse(data=reply.body, format=form)
    assert rdflib.URIRef("urn:g:1:s") in graph.subjects()


# ----------------------------------------------------------------- the dataset


def test_without_a_dataset_all_graphs_are_one(service: Service) -> None:
    assert holds(service, "<urn:g:1:s> a ?t . <urn:g:2:s> a ?t")
    assert holds(service, "GRAPH <urn:g:2> { <urn:g:2:s> a ?t }")


def test_the_dataset_of_the_request_is_honoured(service: Service) -> None:
    first, second = "default-graph-uri=urn:g:1", "default-graph-uri=urn:g:2"
    assert holds(service, "<urn:g:1:s> a ?t", first)
    assert not holds(service, "<urn:g:2:s> a ?t", first)
    assert holds(service, "<urn:g:1:s> a ?t . <urn:g:2:s> a ?t", first, second)
    assert not holds(service, "GRAPH ?g { ?s a ?t }", first, second)
    named = "named-graph-uri=urn:g:1"
    assert holds(service, "GRAPH ?g { <urn:g:1:s> a ?t }", named)
    assert not holds(service, "GRAPH ?g { <urn:g:2:s> a ?t }", named)
    assert not holds(service, "<urn:g:1:s> a ?t", named)


def test_from_is_honoured_unless_the_request_says_otherwise(service: Service) -> None:
    def answer(sparql: str, dataset: str = "") -> bool:
        return bool(ask(service, f"/sparql?query={quote(sparql)}{dataset}").json["boolean"])

    assert answer("ASK FROM <urn:g:1> { <urn:g:1:s> a ?t }")
    assert not answer("ASK FROM <urn:g:1> { <urn:g:2:s> a ?t }")
    assert not answer("ASK FROM NAMED <urn:g:1> { ?s a ?t }")
    assert answer("ASK FROM NAMED <urn:g:1> { GRAPH ?g { ?s a ?t } }")
    assert answer("ASK FROM <urn:g:1> { <urn:g:2:s> a ?t }", "&default-graph-uri=urn:g:2")
    assert answer("ASK { <urn:g:1:s> a ?t . <urn:g:2:s> a ?t } # FROM <urn:g:1>")


# --------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("status", "method", "target", "headers", "body"),
    [
        (400, "GET", "/sparql?query=SELECT", {}, None),
        (400, "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None),
        (400, "GET", "/sparql?query=%FF", {}, None),
        (400, "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", {}, None),
        (400, "GET", "/sparql?qeury=ASK%7B%7D", {}, None),
        (400, "POST", "/sparql", FORM, b"quer=ASK"),
        (400, "POST", "/sparql", DIRECT, b"ASK {} # \xff"),
        (400, "POST", "/sparql?query=ASK%7B%7D", DIRECT, b"ASK {}"),
        (403, "GET", "/sparql?update=CLEAR%20ALL", {}, None),
        (403, "POST", "/sparql", FORM, b"update=CLEAR%20ALL"),
        (403, "POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL"),
        (403, "POST", "/sparql", DIRECT, b"INSERT DATA { <urn:a> <urn:b> 1 }"),
        (403, "POST", "/sparql", DIRECT, b"LOAD <http://127.0.0.1/x>"),
        (405, "PUT", "/sparql", {}, b""),
        (405, "DELETE", "/sparql", {}, None),
        (405, "POST", "/doc", FORM, b"q=x"),
        (406, "GET", "/sparql?query=ASK%7B%7D", {"Accept": "image/png"}, None),
        (406, "GET", "/sparql", {"Accept": "image/png"}, None),
        (415, "POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}"),
        (415, "POST", "/sparql", {}, b"ASK {}"),
        (415, "POST", "/sparql",
         {"Content-Type": "application/sparql-query; charset=utf-16"}, "ASK {}".encode("utf-16")),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_the_status_for_it(
    service: Service, status: int, method: str, target: str, headers: dict[str, str], body: bytes
) -> None:
    reply = ask(service, target, method, headers, body)
    assert reply.status == status
    assert reply.kind == "text/plain"
    assert len(reply.text.splitlines()) == 1
    if status == 405:
        assert "GET" in reply.headers["allow"]


def test_a_syntax_error_says_where(service: Service) -> None:
    reply = query(service, "SELECT *\n{ ?s ?p }")
    assert (reply.status, reply.text) == (400, "query:2:10: not valid SPARQL after this\n")


def test_an_answer_beyond_the_limit_is_refused_whole(service: Service) -> None:
    pattern = " ".join(f"?s{number} ?p{number} ?o{number} ." for number in range(7))
    reply = query(service, f'SELECT ("{"x" * 1000}" AS ?x) {{ {pattern} }}')
    assert reply.status == 403
    assert "more than 100,000 bytes" in reply.text


# --------------------------------------------------------- service description


def test_a_bare_get_describes_the_service(service: Service) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    for accept, form in (("", "turtle"), ("application/n-triples", "nt"),
                         ("application/ld+json", "json-ld")):  # fmt: skip
        reply = ask(service, "/sparql", headers={"Accept": accept} if accept else {})
        assert reply.status == 200
        graph = rdflib.Graph().parse(data=reply.body, format=form)
        (described,) = graph.subjects(RDF.type, sd.Service)
        assert graph.value(described, sd.endpoint) == rdflib.URIRef(service.url + "sparql")
        assert (described, sd.supportedLanguage, sd.SPARQL11Query) in graph
        assert (described, sd.feature, sd.UnionDefaultGraph) in graph
        assert (described, sd.feature, sd.BasicFederatedQuery) not in graph


def test_a_browser_is_led_to_the_editor(service: Service) -> None:
    reply = ask(service, "/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (reply.status, reply.headers["location"]) == (303, "/query")


# ------------------------------------------------------------- somebody's client


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_client_of_rdflib_is_content(service: Service, method: str) -> None:
    store = SPARQLStore(service.url + "sparql", method=method)
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("urn:g:1"))
    subjects = {str(row.s) for row in graph.query("SELECT ?s { ?s a ?t }")}  # type: ignore[union-attr]
    assert subjects == {"urn:g:1:s"}
    assert bool(graph.query("ASK { <urn:g:1:s> a ?t }").askAnswer)
    made = graph.query("CONSTRUCT { ?s a <urn:Made> } WHERE { ?s a <urn:T> }").graph
    assert made is not None
    assert len(made) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv"])
def test_sparqlwrapper_is_content(service: Service, method: str, form: str) -> None:
    client = SPARQLWrapper(service.url + "sparql", returnFormat=form)
    client.setMethod(method)
    client.setQuery("SELECT ?s { ?s a <urn:T> } ORDER BY ?s")
    answer = client.queryAndConvert()
    if form == "json":
        found = [row["s"]["value"] for row in answer["results"]["bindings"]]
    elif form == "xml":
        found = [each.firstChild.data for each in answer.getElementsByTagName("uri")]
    else:
        found = answer.decode().split()[1:]
    assert found == ["urn:g:1:s", "urn:g:2:s"]


def test_sparqlwrapper_gets_graphs_and_errors(service: Service) -> None:
    client = SPARQLWrapper(service.url + "sparql")
    client.setQuery("CONSTRUCT { ?s a <urn:Made> } WHERE { ?s a <urn:T> }")
    client.setReturnFormat("turtle")
    assert len(rdflib.Graph().parse(client.queryAndConvert(), format="turtle")) == 2
    wrong = SPARQLWrapper(service.url + "sparql")
    wrong.setQuery("SELECT ?s { ?s a")
    with pytest.raises(QueryBadFormed):
        wrong.query()


# ------------------------------------------------------------------- W3C tests

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")


def w3c() -> Path | None:
    """The folder of the protocol's tests."""
    shared = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared"))
    root = Path(os.environ.get("KG_W3C", shared / "w3c"))
    for folder in (root / "sparql11" / "protocol", root / "protocol"):
        if (folder / "manifest.ttl").is_file():
            return folder
    return None


def manifest() -> rdflib.Graph:
    folder = w3c()
    if folder is None:
        return rdflib.Graph()
    return rdflib.Graph().parse(folder / "manifest.ttl", publicID=folder.as_uri() + "/")


MANIFEST = manifest()
CASES = sorted(MANIFEST.subjects(RDF.type, MF.ProtocolTest), key=str)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """All graphs that the tests of queries speak of."""
    folder, source = tmp_path_factory.mktemp("w3c"), w3c()
    assert source is not None
    quads = []
    for data in set(MANIFEST.objects(None, UT.graphData)):
        name = IRI(str(MANIFEST.value(data, RDFS.label)))
        file = source / Path(str(MANIFEST.value(data, UT.graph))).name
        for subject, predicate, value in rdflib.Graph().parse(file, format="nt"):
            quads.append(Quad(IRI(str(subject)), IRI(str(predicate)), IRI(str(value)), name))
    write_store(folder / "store", quads)
    with Service(folder, port=0, limits=Limits(workers=1)) as running:
        yield running


def sent(service: Service, request: rdflib.term.Node) -> Reply:
    def text(subject: rdflib.term.Node | None, predicate: rdflib.URIRef) -> str:
        return str(MANIFEST.value(subject, predicate) or "")

    headers = {}
    listed = MANIFEST.value(request, HT.headers)
    for header in Collection(MANIFEST, listed) if listed else ():
        headers[text(header, HT.fieldName)] = text(header, HT.fieldValue)
    body = MANIFEST.value(request, HT.body)
    data = text(body, CNT.chars).encode(text(body, CNT.characterEncoding)) if body else None
    target = text(request, HT.absolutePath)
    return ask(service, target, text(request, HT.methodName), headers, data)


@pytest.mark.skipif(not CASES, reason="the W3C's tests are not here (KG_W3C)")
def test_all_protocol_tests_are_found() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case).rpartition("#")[2])
def test_w3c(loaded: Service, case: rdflib.term.Node) -> None:
    """Queries are answered as expected; every update is refused, as this endpoint is read-only."""
    connection = MANIFEST.value(case, MF.action)
    requests = list(Collection(MANIFEST, MANIFEST.value(connection, HT.requests)))
    name = str(case).rpartition("#")[2]
    for request in requests[:1] if name.startswith("update_") else requests:
        reply = sent(loaded, request)
        if name.startswith("update_"):
            assert reply.status == 403
            continue
        response = MANIFEST.value(request, HT.resp)
        statuses = {str(each)[-3:] for each in MANIFEST.objects(response, MF.expectedStatus)}
        assert f"{reply.status // 100}xx" in statuses, reply.text
        expected = MANIFEST.value(response, MF.expectedBoolean)
        if expected is not None:
            assert reply.json["boolean"] is expected.toPython()
        if (form := MANIFEST.value(response, MF.expectedFormat)) is not None:
            assert reply.kind in FORMATS[str(form)]


FORMATS = {"boolean": {JSON}, "tabular": {JSON}, "RDF": {"text/turtle", "application/rdf+xml"}}
