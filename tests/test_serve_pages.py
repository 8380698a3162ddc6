"""The pages and the JSON: what they show, and that no report runs in the reader's browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest

from kg import graph
from kg.graph import event_labels
from kg.model import Entity, Reading, Statement
from kg.serve.limits import Limits
from kg.serve.service import Service
from kg.store import questions, write_store
from kg.store.search import page as searched
from kg.store.search import write_search
from tests.builders import argument, claim, mention, reading, report, said
from tests.dispatches import PAYLOADS, hostile, load, read
from tests.serving import Reply, ask


def built(folder: Path, readings: list[Reading], statements: list[Statement]) -> Path:
    """What a build leaves in its folder, as far as the server wants it."""
    write_store(folder / "store", graph.quads(readings, statements))
    write_search(folder / "search.db", (searched(each, event_labels(each)) for each in readings))
    (folder / "graph.html").write_text("<!doctype html><title>The network</title>")
    return folder


def siege() -> Reading:
    """A report with names, an event and a speaker."""
    document = report(
        "Karden has besieged Brenna, Talmar said.", "Nobody was hurt. ",
        title="The siege", uri="siege.txt", publisher="Wire",
    )  # fmt: skip
    entities = [Entity("Karden", "Country", "Karden"), Entity("Brenna", "City", "Brenna"),
                Entity("Talmar", "Country", "Talmar")]  # fmt: skip
    told = claim(
        document, "Siege", "besieged", argument(document, "agent", "Karden", "Karden"),
        argument(document, "target", "Brenna", "Brenna"),
        attributions=(said(document, "Talmar", "Talmar"),),
    )  # fmt: skip
    mentions = [(mention(document, name, kind), name) for name, kind in
                (("Karden", "Country"), ("Brenna", "City"), ("Talmar", "Country"))]  # fmt: skip
    return reading(document, [told], entities, mentions)


SIEGE = siege()
DOCUMENT = f"doc_{SIEGE.document.id[:16]}"
CLAIM = SIEGE.claims[0].id


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    readings, statements = read(load())
    besieges = Statement("Karden", "besieges", "Brenna", "asserted", (CLAIM,))
    folder = built(tmp_path_factory.mktemp("pages"), [*readings, SIEGE], [*statements, besieges])
    with Service(folder, port=0, limits=Limits(workers=1)) as running:
        yield running


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = built(tmp_path_factory.mktemp("attacked"), *read(hostile(load())))
    with Service(folder, port=0, limits=Limits(workers=1)) as running:
        yield running


class Page(HTMLParser):
    """Elements with their attributes, and the text between them."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        assert (reply.status, reply.kind) == (200, "text/html"), reply.text
        self.feed(reply.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


# ------------------------------------------------------------------------ pages


def test_the_network_is_at_the_root_as_it_was_built(service: Service) -> None:
    reply = ask(service, "/")
    assert reply.text == "<!doctype html><title>The network</title>"
    assert "default-src" not in reply.headers["content-security-policy"], "it has its own inside"


def test_without_a_network_the_root_leads_to_the_reports(tmp_path: Path) -> None:
    write_store(tmp_path / "store", [])
    with Service(tmp_path, port=0, limits=Limits(workers=1)) as bare:
        assert ask(bare, "/").headers["location"] == "/doc"
        assert "no report" in Page(ask(bare, "/doc")).words


def test_all_reports_are_listed_and_lead_to_their_pages(service: Service) -> None:
    page = Page(ask(service, "/doc"))
    links = [each["href"] for each in page.all("a") if each["href"].startswith("/doc/")]
    assert f"/doc/{DOCUMENT}" in links
    assert len(links) == 5
    assert all(ask(service, link).status == 200 for link in links)


def test_a_report_shows_its_text_with_names_events_and_claims(service: Service) -> None:
    page = Page(ask(service, f"/doc/{DOCUMENT}"))
    words = " ".join(page.words.split())
    assert "Karden has besieged Brenna, Talmar said." in words
    assert "siege Karden: besieged (Brenna) CT+, asserted; says Talmar" in words
    marks = [(each["class"], each["title"]) for each in page.all("mark") if "title" in each]
    assert marks == [
        ("entity", "Karden"), ("trigger", "siege"), ("entity", "Brenna"), ("entity", "Talmar"),
    ]  # fmt: skip
    assert {"id": CLAIM} in page.all("li")


def test_an_open_claim_is_marked_in_another_way(service: Service) -> None:
    listed = Page(ask(service, "/doc")).all("a")
    links = [each["href"] for each in listed if each["href"].startswith("/doc/")]
    pages = [Page(ask(service, link)) for link in links]
    worded = [mark for page in pages for mark in page.all("mark") if mark["class"] == "open"]
    assert {"class": "open", "title": "open claim: cite evidence"} in worded
    assert [each for page in pages for each in page.all("li") if each.get("class") == "open"]


@pytest.mark.parametrize("name", ["doc_0", "none", "%3E", "x%7D%20%7B", "%22%20."])
def test_a_report_that_is_not_there(service: Service, name: str) -> None:
    assert ask(service, f"/doc/{name}").status in (400, 404)


def test_the_words_of_a_sentence_lead_to_it(service: Service) -> None:
    page = Page(ask(service, "/doc?q=besiege+brenna"))
    assert "Karden has besieged Brenna, Talmar said." in page.words
    links = [each["href"] for each in page.all("a")]
    assert f"/doc/{DOCUMENT}#s0" in links
    assert f"/doc/{DOCUMENT}#{CLAIM}" in links
    assert "No sentence" in Page(ask(service, "/doc?q=nothingofthesort")).words
    assert "no word" in Page(ask(service, "/doc?q=%22%22+-")).words


def test_the_editor_offers_every_shipped_question(service: Service) -> None:
    page = Page(ask(service, "/query"))
    assert set(questions().values()) <= {line.strip() for line in page.words.splitlines()}
    assert "SELECT" in page.words
    (script,) = page.all("script")
    code = ask(service, script["src"])
    assert (code.status, code.kind) == (200, "text/javascript")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", code.text)


def test_the_editor_opens_with_the_query_it_is_given(service: Service) -> None:
    wanted = "SELECT * { ?s ?p '</textarea><script>alert(1)</script>' }"
    page = Page(ask(service, f"/query?query={quote(wanted)}"))
    assert wanted in page.words
    assert len(page.all("script")) == 1


@pytest.mark.parametrize("name", ["none.js", "..%2Fservice.py", "%2Fetc%2Fpasswd", "query.js%00"])
def test_nothing_but_our_own_files_is_given_out(service: Service, name: str) -> None:
    assert ask(service, f"/static/{name}").status == 404


@pytest.mark.parametrize("target", ["/doc", "/doc?q=karden", "/query"])
def test_a_page_may_load_nothing_from_elsewhere(service: Service, target: str) -> None:
    reply = ask(service, target)
    policy = dict(
        part.strip().split(" ", 1) for part in reply.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    page = Page(reply)
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            assert re.match(r"[/#]|data:,", attributes.get(name, "/"))


def test_no_report_gets_markup_into_a_page(attacked: Service) -> None:
    listed = Page(ask(attacked, "/doc"))
    links = [each["href"] for each in listed.all("a") if each["href"].startswith("/doc/")]
    assert len(links) == 4
    pages = [listed, *(Page(ask(attacked, link)) for link in links)]
    pages.append(Page(ask(attacked, "/doc?q=hacked")))
    words = "".join(page.words for page in pages)
    assert PAYLOADS[0] in words, "the attack is shown as the text that it is"
    assert "{{ 7 * 7 }}" in words
    assert "\u202e" not in words
    for page in pages:
        assert {tag for tag, _ in page.elements} <= {
            "html", "head", "meta", "link", "title", "body", "a", "header", "nav", "form",
            "label", "input", "main", "h1", "p", "ul", "ol", "li", "span", "strong", "mark", "div",
            "hr", "footer", "blockquote",
        }  # fmt: skip
        assert not [each for each in page.all("a") if ":" in each["href"]]


# ------------------------------------------------------------------------- JSON


def test_facts_by_subject_predicate_object_entity_and_status(service: Service) -> None:
    def found(fields: str) -> set[tuple[str, str, str]]:
        reply = ask(service, f"/api/facts?{fields}")
        assert (reply.status, reply.kind) == (200, "application/json"), reply.text
        return {
            (each["subject"]["id"], each["predicate"], each["object"]["id"])
            for each in reply.json["facts"]
        }

    besieges = ("Karden", "besieges", "Brenna")
    everything = found("")
    assert besieges in everything
    assert found("predicate=besieges") == {besieges}
    assert found("predicate=kg:besieges&subject=kgr:Karden") == {besieges}
    assert found("object=Brenna") == {each for each in everything if each[2] == "Brenna"}
    entity = quote("https://w3id.org/claimgraph/id/Brenna")
    assert found(f"entity={entity}") == {each for each in everything if "Brenna" in each}
    assert found("status=asserted") < everything
    assert len(found("limit=2")) == 2
    assert found("limit=2") | found("offset=2") == everything


def test_a_fact_names_the_claims_behind_it(service: Service) -> None:
    ((fact),) = ask(service, "/api/facts?predicate=besieges").json["facts"]
    assert fact["subject"] == {"id": "Karden", "label": "Karden"}
    assert (fact["status"], fact["supported_by"], fact["opposed_by"]) == ("asserted", [CLAIM], [])
    ((told),) = ask(service, f"/api/claims?fact={fact['id']}").json["claims"]
    assert told["id"] == CLAIM


def test_a_claim_has_sentence_report_roles_and_source(service: Service) -> None:
    ((told),) = ask(service, f"/api/claims?id={CLAIM}").json["claims"]
    assert told["sentence"] == {"text": "Karden has besieged Brenna, Talmar said.", "index": 0}
    assert told["document"] == {
        "id": DOCUMENT, "uri": "siege.txt", "title": "The siege", "published": "2024-11-24",
        "page": f"/doc/{DOCUMENT}#{CLAIM}",
    }  # fmt: skip
    assert (told["type"], told["factuality"], told["realis"]) == ("Siege", "CT+", True)
    assert told["attributed_to"] == [{"id": "Talmar", "label": "Talmar"}]
    assert {(each["role"], each["id"]) for each in told["roles"]} == {
        ("agent", "Karden"), ("target", "Brenna"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (f"document={DOCUMENT}", True),
        ("type=PoliticalEvent&entity=Brenna", False),
        ("type=Siege&entity=Brenna", True),
        ("type=MilitaryEvent&entity=Karden", True),
        ("source=Talmar", True),
        ("source=Karden", False),
    ],
)
def test_claims_by_what_they_are_about(service: Service, fields: str, found: bool) -> None:
    told = ask(service, f"/api/claims?limit=1000&{fields}").json["claims"]
    assert (CLAIM in {each["id"] for each in told}) is found


def test_sentences_by_their_words(service: Service) -> None:
    ((hit),) = ask(service, "/api/search?q=besieged").json["sentences"]
    assert (hit["document"], hit["sentence"], hit["claims"][0]["id"]) == (DOCUMENT, 0, CLAIM)


@pytest.mark.parametrize(
    "target",
    [
        "/api/facts?subjct=Karden",
        "/api/facts?subject=Karden&subject=Talmar",
        f"/api/facts?subject={quote('Karden> } INSERT { <x')}",
        "/api/facts?predicate=nonsense",
        "/api/facts?status=true",
        f"/api/facts?status={quote(chr(34))}",
        "/api/facts?limit=1001",
        "/api/facts?limit=-1",
        "/api/facts?limit=ten",
        f"/api/facts?limit={quote('٣')}",
        f"/api/claims?type={quote('Siege . ?x ?y ?z')}",
        "/api/claims?id=%20",
        "/api/search?q=",
    ],
)
def test_bad_fields_are_named(service: Service, target: str) -> None:
    assert ask(service, target).status == 400


def test_without_an_index_there_is_no_search(tmp_path: Path) -> None:
    write_store(tmp_path / "store", [])
    with Service(tmp_path, port=0, limits=Limits(workers=1)) as bare:
        assert ask(bare, "/api/search?q=x").status == 404
        assert ask(bare, "/api/claims").json == {"claims": []}


def test_an_rdf_file_can_be_served_without_a_build(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<urn:a> <urn:b> <urn:c> .")
    for output in (file, tmp_path):
        with Service(output, port=0, limits=Limits(workers=1)) as running:
            asked = ask(running, f"/sparql?query={quote('ASK { <urn:a> ?p ?o }')}")
            assert asked.json["boolean"] is True
            left = Path(running.pool.store).parent
        assert not left.exists()
