"""Saving the selection: every format opens in a reader of its own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from xml.etree import ElementTree

import rdflib

from kg.vocab import NAMESPACE
from tests.browser.visiting import MARKS, Opener

pytestmark = MARKS


def test_csv_has_a_row_for_each_claim_of_what_matches(visit: Opener) -> None:
    here = visit()
    here.choose("Disputed")
    rows = list(csv.DictReader(io.StringIO(here.save("csv").removeprefix("\ufeff"))))
    assert {row["status"] for row in rows} == {"disputed"}
    assert {row["stance"] for row in rows} == {"for", "against"}
    assert all(row["sentence"] and row["according_to"] and row["document"] for row in rows)


def test_json_turtle_and_gexf_hold_the_same_facts(visit: Opener) -> None:
    here = visit()
    here.page.check("#plain")
    facts = {
        (f["subject"]["id"], f["predicate"], f["object"]["id"])
        for f in json.loads(here.save("json"))["facts"]
    }
    graph = rdflib.Graph().parse(data=here.save("ttl"), format="turtle")
    plain = {
        (str(s).rpartition("/")[2], str(p).removeprefix(NAMESPACE), str(o).rpartition("/")[2])
        for s, p, o in graph
        if isinstance(o, rdflib.URIRef) and str(p).startswith(NAMESPACE) and "/rel_" not in s
    }
    relations = {
        f"rel_{hashlib.sha256(' '.join(fact).encode()).hexdigest()[:16]}" for fact in facts
    }
    assert relations == {str(s).rpartition("/")[2] for s in graph.subjects() if "/rel_" in s}
    edges = ElementTree.fromstring(here.save("gexf")).iter("{http://gexf.net/1.3}edge")  # noqa: S314
    assert len(facts) == 14
    assert plain == facts
    assert {(e.get("source"), e.get("target")) for e in edges} == {(s, o) for s, _, o in facts}


def test_a_fact_that_is_not_asserted_is_no_plain_triple_in_turtle(visit: Opener) -> None:
    here = visit()
    here.choose("Negated")
    graph = rdflib.Graph().parse(data=here.save("ttl"), format="turtle")
    kg = rdflib.Namespace(NAMESPACE)
    assert list(graph.objects(None, kg.status)) == [rdflib.Literal("negated")]
    assert not list(graph.subject_objects(kg.supplied))


def test_pictures_show_all_that_is_drawn(visit: Opener) -> None:
    here = visit()
    picture = ElementTree.fromstring(here.save("svg"))  # noqa: S314
    texts = {text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Karden", "Lower Arden", "controls +1"} <= texts
    here.page.click("#save summary")
    with here.page.expect_download() as download:
        here.page.click("#save-png")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_hostile_text_stays_text_in_every_format(visit: Opener) -> None:
    here = visit("hostile")
    table = here.save("csv")
    cells = [cell for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"))) for cell in row]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert len(json.loads(here.save("json"))["facts"]) == 22
    assert len(rdflib.Graph().parse(data=here.save("ttl"), format="turtle")) > 60
    for kind in ("gexf", "svg"):
        tags = {e.tag for e in ElementTree.fromstring(here.save(kind)).iter()}  # noqa: S314
        assert not [tag for tag in tags if tag.endswith(("script", "img", "image"))]
