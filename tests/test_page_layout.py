"""Which lines the page draws first, and where the entities lie."""

from __future__ import annotations

import math
from datetime import date

import pytest

from kg.export.html.assemble import assemble
from kg.export.html.display import shorten
from kg.export.html.layout import (
    MAX_LINES,
    MAX_NODES,
    Body,
    Line,
    place,
    rank,
    separate,
    working_set,
)
from kg.export.html.network import KnowledgeNetwork
from kg.export.html.view import View
from tests.dispatches import load, read, star


def places(view: View) -> dict[str, tuple[int, int]]:
    nodes = KnowledgeNetwork(view).nodes
    return {view.nodes[node["id"]].id: (node["x"], node["y"]) for node in nodes}


@pytest.fixture(scope="module")
def view() -> View:
    return assemble(*read(load()), "Lower Arden front")


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
    lines = list(rank(view))
    bodies = {i: Body((80.0, 50.0), node.id) for i, node in enumerate(view.nodes)}
    assert place(lines, bodies) == place(lines[::-1], bodies)


def test_another_report_leaves_most_entities_where_they_are(view: View) -> None:
    case = load()
    case["entities"]["Zed"] = {"type": "Town", "label": "Zed"}
    attack = {
        "type": "Attack",
        "trigger": "attacked",
        "roles": {"agent": "Karden = Karden", "target": "Zed = Zed"},
        "for": ["Karden attacked Zed"],
    }
    sentence = {"text": "Karden attacked Zed.", "claims": [attack]}
    report = {"title": "News", "uri": "news.txt", "published": date(2031, 4, 10)}
    case["reports"].append({**report, "sentences": [sentence]})
    before, after = places(view), places(assemble(*read(case), "Lower Arden front"))
    moved = sorted(math.dist(before[key], after[key]) for key in before)
    assert moved[len(moved) // 2] < 60
    assert set(after) - set(before) == {"Zed"}


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
    assert len(network.nodes) == len([node for node in view.nodes if node.degree])
    assert len(network.edges) == len(list(rank(view)))
    assert network.get_node(0)["label"] == shorten(view.nodes[0].label, 34)
