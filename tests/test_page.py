"""`graph.html` without a browser: what it carries, what it may run, and that it is reproducible."""

from __future__ import annotations

import base64
import copy
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from kg.export.html import render
from kg.export.html.assemble import assemble
from kg.export.html.display import shorten, visible, words
from kg.export.html.layout import MAX_LINES, MAX_NODES, Line, place, rank, separate, working_set
from kg.export.html.network import KnowledgeNetwork
from kg.export.html.view import FAMILIES, Evidence, Fact, Mark, View, When
from kg.model import Claim, Span
from tests.dispatches import hostile, load, read, star

TITLE = "Lower Arden front"
STATIC = files("kg.export.html") / "static"


@pytest.fixture(scope="module")
def view() -> View:
    return assemble(*read(load()), TITLE)


@pytest.fixture(scope="module")
def page() -> str:
    return render(*read(load()), title=TITLE)


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and self.cdata_elem:
            self.code.append((*self.tags[-1], data))


def island(page: str) -> dict[str, Any]:
    packed = re.search(r'id="island">([A-Za-z0-9+/=]+)</script>', page)
    assert packed
    data: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    return data


def fact(view: View, subject: str, relation: str, object_: str) -> Fact:
    label = [node.label for node in view.nodes]
    return next(
        f
        for f in view.facts
        if (label[f.subject], f.relation, label[f.object]) == (subject, relation, object_)
    )


def evidence(view: View, *triple: str) -> Evidence:
    return view.evidence[fact(view, *triple).support[0]]


# ------------------------------------------------------------------------------------- view


def test_a_fact_shows_its_sentence_with_trigger_and_arguments_marked(view: View) -> None:
    item = evidence(view, "Karden", "supplied", "Talmar")
    passage = view.passages[item.passage]
    marked = {mark.role: passage.text[mark.start : mark.end] for mark in item.marks}
    assert marked == {"trigger": "paid", "agent": "Karden", "theme": "long-range drones"}
    assert view.reports[passage.report].title == "Karden presses on in Lower Arden"


def test_the_speaker_chain_names_source_outlet_and_basis(view: View) -> None:
    assert evidence(view, "Karden", "supplied", "Talmar").speaker == (
        "a security official, via Northern Wire"
    )
    advances = fact(view, "Karden", "advanced in", "Lower Arden").support
    assert {view.evidence[index].speaker for index in advances} == {
        "Institute for Frontier Studies, citing geolocated footage",
        "The Brenna Gazette (own words)",
    }


def test_date_quantity_and_factuality_are_kept_as_written(view: View) -> None:
    item = evidence(view, "3rd Karden Brigade", "deployed to", "Hask")
    assert item.when == When("next month", "2031-05-01", "2031-05-31", "month")
    assert [(a.written, a.comparator) for a in item.amounts] == [("Up to 4,000 men", "at most")]
    assert (item.factuality, item.modality, item.tense) == ("PS+", "planned", "future")


def test_evidence_for_and_against_stay_apart(view: View) -> None:
    captured = fact(view, "Karden", "captured", "Solvik")
    assert captured.status == "disputed"
    assert [view.evidence[i].factuality for i in captured.support] == ["CT+"]
    assert [view.evidence[i].factuality for i in captured.opposition] == ["CT-"]


def test_evidence_stands_in_the_order_of_reporting(view: View) -> None:
    supplied = fact(view, "Talmar", "supplied", "Karden")
    reports = [
        view.reports[view.passages[view.evidence[i].passage].report] for i in supplied.support
    ]
    assert [report.date for report in reports] == ["2031-04-06", "2031-04-09"]


def test_what_somebody_claimed_is_a_saying_and_no_line(view: View) -> None:
    assert "claimed" not in {f.relation for f in view.facts}
    said = {(view.nodes[s.node].label, view.evidence[s.evidence].event) for s in view.sayings}
    assert ("Institute for Frontier Studies", "withdrawal") in said
    institute = next(n for n in view.nodes if n.label == "Institute for Frontier Studies")
    assert institute.degree == 0


def test_each_sentence_is_stored_once(view: View) -> None:
    texts = [passage.text for passage in view.passages]
    assert len(texts) == len(set(texts))
    two = [e for e in view.evidence if "struck the Orle Bridge" in view.passages[e.passage].text]
    assert len(two) == 2
    assert len({item.passage for item in two}) == 1


def test_a_mark_outside_the_sentence_is_left_out() -> None:
    readings, statements = read(load())
    first = readings[0]
    long = replace(first.claims[0], trigger=Span(0, len(first.document.text)))
    readings[0] = replace(first, claims=(long, *first.claims[1:]))
    view = assemble(readings, statements, TITLE)
    item = next(e for e in view.evidence if e.claim == long.id)
    assert {mark.role for mark in item.marks} == {"agent", "location"}


def test_only_well_formed_ids_become_links() -> None:
    case = load()
    case["entities"]["Karden"]["wikidata"] = "Q1/../../evil"
    nodes = {n.id: n for n in assemble(*read(case), TITLE).nodes}
    assert nodes["Karden"].links == ()
    assert [link.url for link in nodes["Vessia"].links] == [
        "https://www.wikidata.org/wiki/Q9900002"
    ]
    assert [link.url for link in nodes["Brenna"].links] == ["https://www.geonames.org/99000011"]


def test_families_follow_the_class_tree(view: View) -> None:
    family = {node.label: node.family for node in view.nodes}
    assert family["Karden"] == "state"
    assert family["Lower Arden"] == "place"
    assert family["Free Hask Militia"] == "force"
    assert family["General Staff of Vessia"] == "organisation"
    assert set(family.values()) <= set(FAMILIES)


def test_an_entity_that_no_reading_describes_is_shown_by_its_id() -> None:
    readings, statements = read(load())
    stray = replace(statements[0], subject="Some_Where", predicate="attacked")
    nodes = {n.id: n for n in assemble(readings, [*statements, stray], TITLE).nodes}
    assert (nodes["Some_Where"].label, nodes["Some_Where"].family) == ("Some Where", "other")


def test_a_statement_without_its_claim_is_an_error() -> None:
    readings, statements = read(load())
    with pytest.raises(KeyError, match="ev_nowhere"):
        assemble(readings, [replace(statements[0], supported_by=("ev_nowhere",))], TITLE)


def test_nothing_read_gives_an_empty_page() -> None:
    assert island(render([], [], title="Nothing"))["view"]["facts"] == []


# ---------------------------------------------------------------------------------- display


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gnp\u202eexe", "gnp\ufffdexe"),
        ("a\u2066b\u2069c", "a\ufffdb\ufffdc"),
        ("nul\x00esc\x1b", "nul\ufffdesc\ufffd"),
        ("line\u2028break\nand tab\t.", "line break and tab ."),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("tag\U000e0041", "tag\ufffd"),
        ("Судджа 👩‍🚒 مرحبا", "Судджа 👩‍🚒 مرحبا"),
    ],
)
def test_only_what_hides_or_reorders_is_replaced_one_for_one(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert len(visible(text)) == len(text)


def test_ontology_names_become_words() -> None:
    assert words("advancedIn") == "advanced in"
    assert words("part_of_month") == "part of month"


def test_shortening_keeps_to_its_width() -> None:
    assert shorten("short", 5) == "short"
    assert shorten("a long label", 7) == "a long…"


# ----------------------------------------------------------------------------------- layout


def test_facts_between_one_pair_become_one_line(view: View) -> None:
    lines = {(view.nodes[x.subject].label, view.nodes[x.object].label): x for x in rank(view)}
    relations = [view.facts[i].relation for i in lines["Karden", "Solvik"].facts]
    assert relations == ["controls", "captured"]  # asserted before disputed
    assert sum(len(line.facts) for line in lines.values()) == len(view.facts)


def test_every_front_of_the_ranking_is_connected_while_it_can_be(view: View) -> None:
    reached: set[int] = set()
    for line in rank(view):
        assert not reached or reached & {line.subject, line.object}
        reached |= {line.subject, line.object}


def test_the_working_set_keeps_to_both_limits() -> None:
    many = [Line(0, 1, (i,)) for i in range(MAX_LINES + 5)]
    assert len(working_set(many)) == MAX_LINES
    wide = [Line(0, i + 1, (i,)) for i in range(MAX_NODES + 5)]
    drawn = working_set([*wide, Line(1, 2, (9999,))])
    assert len({end for line in drawn for end in (line.subject, line.object)}) == MAX_NODES
    assert drawn[-1] == Line(1, 2, (9999,))


def test_entities_beyond_the_working_set_have_no_place() -> None:
    network = KnowledgeNetwork(assemble(*star(MAX_NODES + 20), "Star"))
    assert sum("x" in node for node in network.nodes) == MAX_NODES


def test_positions_do_not_depend_on_the_order_of_the_lines(view: View) -> None:
    lines = rank(view)
    room = dict.fromkeys(range(len(view.nodes)), (80.0, 50.0))
    assert place(lines, room) == place(lines[::-1], room)


def test_boxes_are_moved_off_each_other() -> None:
    boxes = [(100.0, 40.0)] * 12
    points = separate([(i * 7.0, i % 3 * 5.0) for i in range(12)], boxes)
    for i, (ax, ay) in enumerate(points):
        for bx, by in points[:i]:
            assert abs(ax - bx) >= 99 or abs(ay - by) >= 39


def test_the_network_is_a_directed_pyvis_network_without_physics(view: View) -> None:
    from pyvis.network import Network

    network = KnowledgeNetwork(view)
    assert isinstance(network, Network)
    assert network.directed
    assert network.options["physics"] == {"enabled": False}
    assert len(network.nodes) == len(view.nodes)
    assert len(network.edges) == len(rank(view))
    assert network.get_node(0)["label"] == shorten(view.nodes[0].label, 34)


# ------------------------------------------------------------------------------------- page


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(page: str) -> None:
    elements = Elements(page)
    policy = next(a["content"] for tag, a in elements.tags if "http-equiv" in a) or ""
    run = [(tag, text) for tag, attrs, text in elements.code if not attrs.get("type")]
    digests = {
        tag: [
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            for name, text in run
            if name == tag
        ]
        for tag in ("script", "style")
    }
    assert len(digests["script"]) == 2
    assert len(digests["style"]) == 1
    assert policy.split("; ") == [
        "default-src 'none'",
        "script-src " + " ".join(f"'sha256-{digest}'" for digest in digests["script"]),
        f"style-src 'sha256-{digests['style'][0]}'",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_nothing_remote_and_no_inline_handler(page: str) -> None:
    tags = Elements(page).tags
    addresses = [a[name] for _, a in tags for name in ("src", "href") if name in a]
    assert sorted(filter(None, addresses)) == ["#table-view", "data:,"]
    assert not [a for _, a in tags if any(name.startswith("on") or name == "style" for name in a)]


def test_the_data_comes_back_as_it_went_in(page: str, view: View) -> None:
    data = island(page)
    assert msgspec.convert(data["view"], View) == view
    assert data["limits"] == {"lines": MAX_LINES, "nodes": MAX_NODES}


def test_the_engine_keeps_its_licence(page: str) -> None:
    assert "vis.js is dual licensed under both" in page
    assert "sourceMappingURL" not in page


def test_the_base_page_keeps_to_its_size() -> None:
    assert len(render([], [], title="Nothing").encode()) < 800_000


def test_same_input_in_any_order_gives_the_same_bytes(page: str) -> None:
    readings, statements = read(load())
    assert render(readings[::-1], statements[::-1], title=TITLE) == page


def test_the_same_report_read_twice_counts_once(page: str) -> None:
    readings, statements = read(load())
    assert render([*readings, readings[0]], statements, title=TITLE) == page


def test_another_word_gives_another_page(page: str) -> None:
    case = copy.deepcopy(load())
    case["reports"][0]["published"] = date(2031, 4, 5)
    assert render(*read(case), title=TITLE) != page


def test_hostile_reports_add_no_element() -> None:
    calm, evil = (
        Elements(render(*read(case), title=title)).tags
        for case, title in ((load(), TITLE), (hostile(load()), "</title><script>alert(1)</script>"))
    )
    assert [tag for tag, _ in calm] == [tag for tag, _ in evil]


def test_hostile_text_reaches_the_reader_as_text() -> None:
    view = assemble(*read(hostile(load())), "x")
    everything = msgspec.json.encode(view).decode()
    assert "<img src=x onerror=" in everything
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", everything)


def test_an_address_that_is_no_address_is_kept_for_reading_only() -> None:
    view = assemble(*read(hostile(load())), "x")
    assert any(report.uri.startswith("javascript:") for report in view.reports)


@pytest.mark.parametrize("script", sorted(p.name for p in STATIC.iterdir() if p.name[-3:] == ".js"))
def test_our_scripts_never_turn_text_into_markup_or_code(script: str) -> None:
    source = (STATIC / script).read_text(encoding="utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
        r"|createContextualFragment|srcdoc|setAttribute\(['\"]on|fetch\(|XMLHttpRequest|import\("
    )
    assert not re.search(forbidden, source)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "sheet"])
def test_text_colours_have_contrast(scheme: int, ground: str) -> None:
    style = (STATIC / "style.css").read_text(encoding="utf-8")
    block = style.split(":root {")[scheme + 1].partition("}")[0]
    colours = dict(re.findall(r"--(\w+): (#\w{6});", block))
    below = luminance(colours[ground])
    for name in ("ink", "soft", "accent", "asserted", "unasserted", "disputed", "negated"):
        bright, dark = sorted((luminance(colours[name]), below), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, name
    for mark in ("trigger", "argument"):
        bright, dark = sorted((luminance(colours["ink"]), luminance(colours[mark])), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, mark


def test_overlapping_marks_are_all_carried() -> None:
    """The page decides which one shows; the view drops none."""
    change: Callable[[Claim], Claim] = lambda c: replace(c, trigger=c.arguments[0].filler.span)  # noqa: E731
    readings, statements = read(load())
    first = readings[0]
    readings[0] = replace(first, claims=(change(first.claims[0]), *first.claims[1:]))
    view = assemble(readings, statements, TITLE)
    item = next(e for e in view.evidence if e.claim == first.claims[0].id)
    assert item.marks[:2] == (Mark(0, 16, "agent"), Mark(0, 16, "trigger"))
